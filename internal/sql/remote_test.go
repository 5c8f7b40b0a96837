package sql_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"

	"mizan"
	"mizan/internal/sql"
	"mizan/internal/sql/sqltest"
)

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
		var seen []int64
		for n := first; n < min(first+3, rows); n++ {
			if c := int64(n) * countryOf % prime % countries; !slices.Contains(seen, c) {
				seen = append(seen, c)
			}
		}
		slices.Sort(seen)
		for i, a := range seen {
			for _, b := range seen[i+1:] {
				out[[3]int64{a, b, 2000 + int64(first)/3%years}]++
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
	options.Auth.Password = sqltest.Password
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
	rows := rowsWanted(t, 60_000)
	want := counted(rows)
	start := time.Now()
	embedded, err := sql.Query(context.Background(), []sql.Source{authorships(rows)}, pairs, sql.Options{Disk: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d rows, %d pairs, embedded: %v", rows, embedded.Rows, time.Since(start))
	sameAsCounted(t, "embedded", embedded, want)
	at := sqltest.Server(t)
	fill(t, at, rows)
	start = time.Now()
	remote, version, err := sql.Remote(context.Background(), at, sqltest.Password, pairs, sql.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("ClickHouse %s: %v", version, time.Since(start))
	sameAsCounted(t, "ClickHouse", remote, want)
}

// TestRemoteTypes: numbers to the last bit, text, null, and what is wrong.
func TestRemoteTypes(t *testing.T) {
	at := sqltest.Server(t)
	r, _, err := sql.Remote(context.Background(), at, sqltest.Password, "select toUInt64(18446744073709551615) as large, 0.1 + 0.2 as x, 'é' as t, null as n, toDate('2024-02-29') as d, nan as m", sql.Options{})
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
		_, _, err := sql.Remote(context.Background(), at, sqltest.Password, query, sql.Options{MostRows: 1000})
		var p *mizan.Problem
		if !errors.As(err, &p) || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", query, err)
		}
	}
	for _, query := range []string{"insert into x values (1)", "drop table x", "/* select */ create table x (a UInt8) engine = Memory", "", "set max_threads = 1"} {
		if _, _, err := sql.Remote(context.Background(), at, sqltest.Password, query, sql.Options{}); err == nil || !strings.Contains(err.Error(), "a question can only read") {
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
