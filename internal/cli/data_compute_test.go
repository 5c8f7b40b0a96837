package cli_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"

	"mizan/internal/cli"
	"mizan/internal/sql/sqltest"
)

// rawWorks are some thousand authorships, by the same arithmetic everywhere.
const rawCount = 5000

func rawRow(n int) (work int, country string, year, cites int) {
	return n / 3, []string{"BRA", "CHN", "IND", "RUS", "ZAF"}[n*7919%1000003%5], 2020 + n/3%4, n * 31 % 97
}

// rawProject is a project whose indicators are defined by one query each.
func rawProject(where string) string {
	return `mizan: 1
id: raw
title: Raw
period: {from: 2020, to: 2023}
observations: [{file: works.csv}]
ties: [{code: joint, file: joint.csv}]
indicators: {works: {}, cites: {}, share: {}}
framework: {code: top, children: [{code: works}, {code: cites}, {code: share}]}
sources:
  - code: works
    connector: sql
` + where + `
    series:
      works: select country as unit, year, count(distinct work) as value from authorships group by country, year
      cites: select country as unit, year, sum(cites) as value from authorships group by country, year
      share: select country as unit, year, 1.0 * sum(cites) / count(*) as value from authorships group by country, year
    file: works.csv
    origin: counted
  - code: joint
    connector: sql
` + where + `
    series:
      joint: |
        select country as a, partner as b, year, count(*) as weight
        from (select distinct work, country, year from authorships)
        join (select distinct work, country as partner from authorships) using (work)
        where country < partner
        group by country, partner, year
    file: joint.csv
    origin: counted
`
}

// pullRaw pulls a project and gives its files of figures.
func pullRaw(t *testing.T, project string, env map[string]string, fill func(dir string), flags ...string) (figures, message string, status int) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "mizan.yaml"), []byte(project), 0o644); err != nil {
		t.Fatal(err)
	}
	fill(dir)
	var out bytes.Buffer
	run := func(args ...string) int {
		return cli.Run(t.Context(), &cli.Env{
			Args: args, Dir: dir, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Getenv: func(n string) string { return env[n] },
			Now: func() time.Time { return time.Date(2025, 1, 2, 3, 4, 5, 0, time.UTC) },
		})
	}
	if status = run(append([]string{"data", "pull"}, flags...)...); status != 0 {
		return "", out.String(), status
	}
	for _, args := range [][]string{{"data", "verify"}, {"trace", "RUS", "works"}} {
		if status = run(args...); status != 0 {
			t.Fatalf("%v: %s", args, out.String())
		}
	}
	for _, name := range []string{"works.csv", "joint.csv"} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		figures += string(text)
	}
	return figures, out.String(), 0
}

func rawCSV(from, to int) string {
	var b strings.Builder
	b.WriteString("work,country,year,cites\n")
	for n := from; n < to; n++ {
		work, country, year, cites := rawRow(n)
		fmt.Fprintf(&b, "%d,%s,%d,%d\n", work, country, year, cites)
	}
	return b.String()
}

func writeRaw(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestEnginesAgree: the same queries give the same bytes of figures over a folder of
// CSV, over Parquet, over an SQLite file made by SQLite's own shell, and at a ClickHouse
// server that the test starts.
func TestEnginesAgree(t *testing.T) {
	tables := rawProject("    tables: {authorships: raw/all}")
	want, text, status := pullRaw(t, tables, nil, func(dir string) {
		writeRaw(t, filepath.Join(dir, "raw/all/a.csv"), rawCSV(0, 2000))
		writeRaw(t, filepath.Join(dir, "raw/all/b/c.csv"), rawCSV(2000, rawCount))
	})
	if status != 0 || !strings.Contains(text, "works computed by SQLite 3.") {
		t.Fatal(text)
	}
	// RUS is country 3 of 5; its distinct works and citations of 2020, counted here.
	seen, cites := map[int]bool{}, 0
	for n := range rawCount {
		if work, country, year, c := rawRow(n); country == "RUS" && year == 2020 {
			seen[work] = true
			cites += c
		}
	}
	for _, line := range []string{fmt.Sprintf("\nRUS,works,2020,%d,counted\n", len(seen)), fmt.Sprintf("\nRUS,cites,2020,%d,counted\n", cites)} {
		if !strings.Contains(want, line) {
			t.Errorf("the figures lack %q", line)
		}
	}

	got, text, status := pullRaw(t, tables, nil, func(dir string) {
		writeRaw(t, filepath.Join(dir, "all.csv"), rawCSV(0, rawCount))
		writeRaw(t, filepath.Join(dir, "raw/all/readme.txt"), "")
		var out bytes.Buffer
		if status := cli.Run(t.Context(), &cli.Env{Args: []string{"data", "sql", "select * from a", "hdi", "--table", "a=all.csv", "--format", "parquet", "-o", "raw/all/all.parquet"}, Dir: dir, Stdout: &out, Stderr: &out}); status != 0 {
			t.Fatal(out.String())
		}
	})
	if status != 0 || got != want {
		t.Errorf("Parquet: %s\n%.300s", text, got)
	}

	shell, err := exec.LookPath("sqlite3")
	if err != nil {
		t.Skip("no sqlite3 (Debian: apt-get install sqlite3)")
	}
	got, text, status = pullRaw(t, rawProject("    url: raw/works.sqlite"), nil, func(dir string) {
		writeRaw(t, filepath.Join(dir, "raw/all.csv"), rawCSV(0, rawCount))
		cmd := exec.Command(shell, "works.sqlite", "create table authorships (work integer, country text, year integer, cites integer);", ".mode csv", ".import --skip 1 all.csv authorships")
		cmd.Dir = filepath.Join(dir, "raw")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	})
	if status != 0 || got != want {
		t.Errorf("SQLite: %s\n%.300s", text, got)
	}

	at := sqltest.Server(t)
	rawServer(t, at)
	project := rawProject("    url: " + at)
	env := map[string]string{"MIZAN_CLICKHOUSE_PASSWORD": sqltest.Password}
	nothing := func(string) {}
	host := strings.TrimSuffix(strings.TrimPrefix(at, "clickhouse://default@"), "/default")
	if _, text, status = pullRaw(t, project, env, nothing, "--allow-private"); status != 1 || !strings.Contains(text, "set MIZAN_CLICKHOUSE_SERVER="+host) {
		t.Errorf("the password goes to any server: %s", text)
	}
	env["MIZAN_CLICKHOUSE_SERVER"] = host
	if _, text, status = pullRaw(t, project, env, nothing); status != 1 || !strings.Contains(text, "stands on this machine or in a private network; allow it by --allow-private") {
		t.Errorf("a private address is asked: %s", text)
	}
	got, text, status = pullRaw(t, project, env, nothing, "--allow-private")
	if status != 0 || got != want {
		t.Errorf("ClickHouse: %s\n%.300s", text, got)
	}
	if !strings.Contains(text, "works computed by ClickHouse 18") && !strings.Contains(text, "works computed by ClickHouse 2") || !strings.Contains(text, "at "+at) {
		t.Errorf("the origin tells no engine: %s", text)
	}
}

// rawServer makes the rows at a server.
func rawServer(t *testing.T, at string) {
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
		"create table authorships (work UInt32, country String, year UInt16, cites UInt32) engine = Memory",
		fmt.Sprintf("insert into authorships select intDiv(number, 3), ['BRA', 'CHN', 'IND', 'RUS', 'ZAF'][number * 7919 %% 1000003 %% 5 + 1], 2020 + intDiv(number, 3) %% 4, number * 31 %% 97 from system.numbers limit %d", rawCount),
	} {
		if err := db.Exec(context.Background(), statement); err != nil {
			t.Fatal(err)
		}
	}
}
