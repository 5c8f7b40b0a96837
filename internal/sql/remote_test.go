package sql_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"

	"mizan"
	"mizan/internal/sql"
)

// server starts a ClickHouse server of its own in a folder of its own, and gives its
// address. Debian's is of 2018 (18.16), which has to be told that a plain JOIN joins
// all rows, as servers do by themselves since 2019.
func server(t testing.TB) string {
	t.Helper()
	program, err := exec.LookPath("clickhouse-server")
	if err != nil {
		t.Skip("no clickhouse-server (Debian: apt-get install clickhouse-server)")
	}
	dir := t.TempDir()
	tcp, http := freePort(t), freePort(t)
	for name, text := range map[string]string{
		"config.xml": fmt.Sprintf(`<yandex><logger><level>warning</level><log>%[1]s/log</log><errorlog>%[1]s/errors</errorlog></logger>
<tcp_port>%[2]d</tcp_port><http_port>%[3]d</http_port><listen_host>127.0.0.1</listen_host><path>%[1]s/data/</path><tmp_path>%[1]s/tmp/</tmp_path>
<users_config>users.xml</users_config><default_profile>default</default_profile><default_database>default</default_database><mark_cache_size>67108864</mark_cache_size></yandex>`, dir, tcp, http),
		"users.xml": `<yandex><profiles><default><max_memory_usage>8000000000</max_memory_usage><join_default_strictness>ALL</join_default_strictness></default></profiles>
<users><default><password>sesame</password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default></users><quotas><default></default></quotas></yandex>`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"data", "tmp"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(program, "--config-file="+filepath.Join(dir, "config.xml"))
	cmd.Dir = dir
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	address := net.JoinHostPort("127.0.0.1", strconv.Itoa(tcp))
	for end := time.Now().Add(time.Minute); ; time.Sleep(100 * time.Millisecond) {
		if c, err := net.Dial("tcp", address); err == nil {
			_ = c.Close()
			return "clickhouse://default@" + address + "/default"
		} else if time.Now().After(end) {
			t.Fatalf("the server does not come up: %v", err)
		}
	}
}

func freePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port
}

// The invented authorships: row n is of work n/3, in a country of 40 and a year of 24.
const (
	countryOf = 7919
	prime     = 1000003
	countries = 40
	years     = 24
)

// pairs is SQL that both engines know: works of two countries, by year.
const pairs = `select country, partner, year, count(*) as works
from (select distinct work, country, year from authorships)
join (select distinct work, country as partner from authorships) using (work)
where country < partner group by country, partner, year order by country, partner, year`

// counted is the same in plain Go, work by work.
func counted(rows int) map[[3]int64]int64 {
	out := map[[3]int64]int64{}
	for first := 0; first < rows; first += 3 {
		seen := map[int64]bool{}
		for n := first; n < min(first+3, rows); n++ {
			seen[int64(n)*countryOf%prime%countries] = true
		}
		for a := range seen {
			for b := range seen {
				if a < b {
					out[[3]int64{a, b, 2000 + int64(first)/3%years}]++
				}
			}
		}
	}
	return out
}

// authorships are the rows for the embedded engine.
func authorships(rows int) sql.Source {
	return sql.Source{Name: "authorships", Load: func(_ context.Context, create func([]mizan.RelationColumn) error, add func([]any) error) error {
		whole := mizan.WholeColumn
		if err := create([]mizan.RelationColumn{{Name: "work", Kind: whole}, {Name: "country", Kind: whole}, {Name: "year", Kind: whole}}); err != nil {
			return err
		}
		row := make([]any, 3)
		for n := range int64(rows) {
			row[0], row[1], row[2] = n/3, n*countryOf%prime%countries, 2000+n/3%years
			if err := add(row); err != nil {
				return err
			}
		}
		return nil
	}}
}

// fill makes the same rows at the server.
func fill(t testing.TB, at string, rows int) {
	t.Helper()
	options, err := clickhouse.ParseDSN(at)
	if err != nil {
		t.Fatal(err)
	}
	options.Auth.Password = "sesame"
	db, err := clickhouse.Open(options)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for _, statement := range []string{
		"create table authorships (work UInt64, country UInt8, year UInt16) engine = MergeTree() order by (work, country)",
		fmt.Sprintf("insert into authorships select intDiv(number, 3), number * %d %% %d %% %d, 2000 + intDiv(number, 3) %% %d from system.numbers limit %d", countryOf, prime, countries, years, rows),
	} {
		if err := db.Exec(context.Background(), statement); err != nil {
			t.Fatal(err)
		}
	}
}

func sameAsCounted(t testing.TB, engine string, r *mizan.Relation, want map[[3]int64]int64) {
	t.Helper()
	if r.Rows != len(want) {
		t.Errorf("%s: %d rows, want %d", engine, r.Rows, len(want))
	}
	cell := func(i, k int) int64 { return int64(r.Columns[k].Number(i)) }
	for i := range r.Rows {
		if key := [3]int64{cell(i, 0), cell(i, 1), cell(i, 2)}; want[key] != cell(i, 3) {
			t.Fatalf("%s: %v have %d works, want %d", engine, key, cell(i, 3), want[key])
		}
	}
}

// TestPairTable: authorships reduced to country x country x year by both engines, by
// one text of SQL, against a count in plain Go. MIZAN_ROWS=20000000 takes as many
// rows.
func TestPairTable(t *testing.T) {
	rows := 60_000
	if text := os.Getenv("MIZAN_ROWS"); text != "" {
		var err error
		if rows, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	want := counted(rows)
	start := time.Now()
	embedded, err := sql.Query(context.Background(), []sql.Source{authorships(rows)}, pairs, sql.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d rows, %d pairs, embedded: %v", rows, embedded.Rows, time.Since(start))
	sameAsCounted(t, "embedded", embedded, want)
	at := server(t)
	fill(t, at, rows)
	start = time.Now()
	remote, version, err := sql.Remote(context.Background(), at, "sesame", pairs, sql.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("ClickHouse %s: %v", version, time.Since(start))
	sameAsCounted(t, "ClickHouse", remote, want)
}

// TestRemoteTypes: numbers to the last bit, text, null, and what is wrong.
func TestRemoteTypes(t *testing.T) {
	at := server(t)
	r, _, err := sql.Remote(context.Background(), at, "sesame", "select toUInt64(18446744073709551615) as large, 0.1 + 0.2 as x, 'é' as t, null as n, toDate('2024-02-29') as d, nan as m", sql.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for k := range r.Columns {
		got = append(got, string(r.Columns[k].Append(nil, 0)))
	}
	if s := strings.Join(got, "|"); !strings.HasPrefix(s, "18446744073709551615|0.30000000000000004|é||2024-02-29") || !strings.HasSuffix(s, "|") {
		t.Errorf("got %s", s)
	}
	for query, says := range map[string]string{"select x from nowhere": "the server says", "select number from system.numbers limit 2000": "more than 1000 rows"} {
		_, _, err := sql.Remote(context.Background(), at, "sesame", query, sql.Options{MostRows: 1000})
		var p *mizan.Problem
		if !errors.As(err, &p) || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", query, err)
		}
	}
	if _, _, err := sql.Remote(context.Background(), at, "wrong", "select 1", sql.Options{}); err == nil {
		t.Error("a wrong password opens the server")
	}
}

// TestRemoteAddress: what is no address is refused before anything is sent.
func TestRemoteAddress(t *testing.T) {
	for at, says := range map[string]string{
		"": "no address", "http://127.0.0.1": "no address", "clickhouse://": "no address", "clickhouse://u:secret@127.0.0.1:1/x": "has a password", "clickhouse://127.0.0.1:1/x": "does not answer",
	} {
		_, _, err := sql.Remote(context.Background(), at, "", "select 1", sql.Options{})
		if err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v, want %s", at, err, says)
		}
	}
}
