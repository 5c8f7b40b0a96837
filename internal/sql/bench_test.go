package sql_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"mizan/internal/sql"
)

// rowsWanted is how many authorships are invented: MIZAN_ROWS, else few.
func rowsWanted(t testing.TB, otherwise int) int {
	t.Helper()
	text := os.Getenv("MIZAN_ROWS")
	if text == "" {
		return otherwise
	}
	rows, err := strconv.Atoi(text)
	if err != nil || rows < 1 {
		t.Fatalf("MIZAN_ROWS is %q, not a number of rows", text)
	}
	return rows
}

// authorshipFile writes the invented authorships as CSV.
func authorshipFile(t testing.TB, rows int) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "authorships.csv")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(f)
	line := []byte("work,country,year\n")
	for n := int64(0); n < int64(rows); n++ {
		_, _ = w.Write(line)
		line = strconv.AppendInt(line[:0], n/3, 10)
		line = strconv.AppendInt(append(line, ','), n*countryOf%prime%countries, 10)
		line = append(strconv.AppendInt(append(line, ','), 2000+n/3%years, 10), '\n')
	}
	_, _ = w.Write(line)
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return name
}

// shellPairs lets SQLite's own shell do the same: the CSV into a table of a temporary
// database, and the pairs out of it.
func shellPairs(t testing.TB, file string) string {
	t.Helper()
	shell, err := exec.LookPath("sqlite3")
	if err != nil {
		t.Skip("no sqlite3 (Debian: apt-get install sqlite3)")
	}
	cmd := exec.Command(shell, filepath.Join(t.TempDir(), "x.db"),
		fmt.Sprintf("pragma journal_mode=off; pragma synchronous=off; pragma locking_mode=exclusive; pragma temp_store=file; pragma cache_size=-%d;", sql.MostMemory>>10),
		"create table authorships (work integer, country integer, year integer);", ".mode csv", ".import --skip 1 "+file+" authorships", pairs+";")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	text := strings.ReplaceAll(string(out), "\r\n", "\n")
	return text[strings.Index(text, "exclusive\n")+len("exclusive\n"):]
}

// embeddedPairs is the pair table of a CSV by the embedded engine, as CSV.
func embeddedPairs(t testing.TB, file string) string {
	t.Helper()
	r, err := sql.Query(context.Background(), []sql.Source{sql.Files("authorships", file)}, pairs, sql.Options{Disk: true})
	if err != nil {
		t.Fatal(err)
	}
	var b []byte
	for i := range r.Rows {
		for k := range r.Columns {
			if k > 0 {
				b = append(b, ',')
			}
			b = r.Columns[k].Append(b, i)
		}
		b = append(b, '\n')
	}
	return string(b)
}

// TestShellAgrees: the embedded engine and SQLite's own shell give the same pairs.
func TestShellAgrees(t *testing.T) {
	file := authorshipFile(t, 20_000)
	if got, want := embeddedPairs(t, file), shellPairs(t, file); got != want || strings.Count(got, "\n") < 1000 {
		t.Errorf("got %d bytes, the shell gives %d", len(got), len(want))
	}
}

// BenchmarkPairTable reduces authorships in a CSV to country x country x year, by the
// embedded engine and by SQLite's own shell in turn; /shell is how many times as long
// the embedded engine takes. MIZAN_ROWS says how many rows.
func BenchmarkPairTable(b *testing.B) {
	rows := rowsWanted(b, 200_000)
	file := authorshipFile(b, rows)
	var own, shell time.Duration
	for b.Loop() {
		start := time.Now()
		got := embeddedPairs(b, file)
		own += time.Since(start)
		start = time.Now()
		want := shellPairs(b, file)
		shell += time.Since(start)
		if got != want {
			b.Fatal("the pairs differ")
		}
	}
	b.ReportMetric(own.Seconds()/float64(b.N), "s/own")
	b.ReportMetric(shell.Seconds()/float64(b.N), "s/shell")
	b.ReportMetric(own.Seconds()/shell.Seconds(), "own/shell")
	b.ReportMetric(0, "ns/op")
}
