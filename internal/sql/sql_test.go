package sql_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"mizan"
	"mizan/internal/sql"
)

// harvest is three rows with a missing number and a missing text.
func harvest() *mizan.Relation {
	names, values := []string{"A", "B", ""}, []float64{0.1, math.NaN(), 0.30000000000000004}
	return &mizan.Relation{Name: "harvest", Rows: 3, Columns: []mizan.RelationColumn{
		{Name: "name:en", Kind: mizan.TextColumn, Text: func(i int) string { return names[i] }},
		{Name: "value", Kind: mizan.NumberColumn, Number: func(i int) float64 { return values[i] }},
		{Name: "year", Kind: mizan.WholeColumn, Number: func(i int) float64 { return float64(2020 + i) }},
	}}
}

func ask(t testing.TB, query string, more ...sql.Source) (string, error) {
	t.Helper()
	r, err := sql.Query(context.Background(), append([]sql.Source{sql.Relation(harvest())}, more...), query, sql.Options{MostRows: 1000})
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	for i := range r.Rows {
		for k := range r.Columns {
			if k > 0 {
				b.WriteByte('|')
			}
			b.Write(r.Columns[k].Append(nil, i))
		}
		b.WriteByte('\n')
	}
	return b.String(), nil
}

// TestAnswers: worked by hand. Missing is NULL, and numbers keep every bit.
func TestAnswers(t *testing.T) {
	for query, want := range map[string]string{
		"select * from harvest": "A|0.1|2020\nB||2021\n|0.30000000000000004|2022\n",
		"select count(*), count(value), count(name_en), max(year) from HARVEST;":                           "3|2|2|2022\n",
		"select name_en from harvest where value is null":                                                  "B\n",
		"with recursive n(i) as (select 1 union all select i + 1 from n where i < 5) select sum(i) from n": "15\n",
		"select 9007199254740993 as large, 'x' as text, 1.5 as number":                                     "9007199254740993|x|1.5\n",
		"select year, value from harvest where false":                                                      "",
		"values (1, 'a'), (2, 'b')":                                                                        "1|a\n2|b\n",
	} {
		if got, err := ask(t, query); err != nil || got != want {
			t.Errorf("%s gives %q, %v, want %q", query, got, err, want)
		}
	}
}

// TestOnlyReads: a statement that changes, reads a file or a setting, or never ends is
// refused.
func TestOnlyReads(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "x.db")
	for query, says := range map[string]string{
		"":                                   "there is no statement",
		" ; ":                                "there is no statement",
		"select * from harvst":               "no such table: harvst; the tables are harvest",
		"select valu from harvest":           "no such column: valu",
		"select from":                        "cannot be run",
		"delete from harvest":                "can only read",
		"create table x (a)":                 "can only read",
		"drop table harvest":                 "can only read",
		"attach '" + secret + "' as x":       "can only read",
		"vacuum into '" + secret + "'":       "cannot be run",
		"pragma query_only":                  "can only read",
		"select load_extension('x')":         "cannot be run",
		"select 1; delete from harvest":      "can only read",
		"select * from pragma_database_list": "cannot be run",
		"select * from harvest, harvest b, harvest c, harvest d, harvest e, harvest f, harvest g": "more than 1000 rows",
		"select zeroblob(1000000000)": "too big",
	} {
		_, err := ask(t, query)
		var p *mizan.Problem
		if !errors.As(err, &p) || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want %s", query, err, says)
		}
	}
	if _, err := os.Stat(secret); err == nil {
		t.Error("a file was written")
	}
	ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer cancel()
	_, err := sql.Query(ctx, nil, "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n", sql.Options{})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("without end: %v", err)
	}
}

// TestFiles: a folder of CSV and Parquet is one table.
func TestFiles(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, text []byte) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	type row struct {
		Work    int64   `parquet:"work"`
		Country *string `parquet:"country,optional"`
		Share   float64 `parquet:"share"`
	}
	rus := "RUS"
	for i, rows := range [][]row{{{1, &rus, 0.5}, {1, nil, 0.25}}, {{2, &rus, 0.1}}} {
		var b bytes.Buffer
		w := parquet.NewGenericWriter[row](&b)
		if _, err := w.Write(rows); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		write(fmt.Sprintf("works/year=%d/part.parquet", 2020+i), b.Bytes())
	}
	works := sql.Files("works", filepath.Join(dir, "works"))
	if got, err := ask(t, "select country, count(*), sum(share) from works group by 1 order by 1", works); err != nil || got != "|1|0.25\nRUS|2|0.6\n" {
		t.Errorf("got %q, %v", got, err)
	}
	write("codes.csv", []byte("code,n,x\n007,1,1.5\nNA,-0,\n1e5x,12,1e3\n"))
	codes := sql.Files("codes", filepath.Join(dir, "codes.csv"))
	if got, err := ask(t, "select code, typeof(code), n + 1, x from codes order by rowid", codes); err != nil || got != "007|text|2|1.5\nNA|text|1|\n1e5x|text|13|1000\n" {
		t.Errorf("got %q, %v", got, err)
	}
	write("mixed/a.csv", []byte("a,b\n1,2\n"))
	write("mixed/b.csv", []byte("a,c\n1,2\n"))
	write("empty/readme.txt", nil)
	write("bad.parquet", []byte("PAR1 no PAR1"))
	write("bomb.parquet", []byte("PAR1\x29\xfc\xff\xff\xff\xff\x07\x07\x00\x00\x00PAR1")) // a list of 2147483647 structures
	for name, says := range map[string]string{
		"mixed": "its columns are not those of the first file", "empty": "there is no CSV or Parquet file", "none": "there is no such file or folder", "bad.parquet": "no Parquet file",
		"bomb.parquet": "a list would have 2147483647 items",
	} {
		_, err := ask(t, "select * from x", sql.Files("x", filepath.Join(dir, name)))
		var p *mizan.Problem
		if !errors.As(err, &p) || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want %s", name, err, says)
		}
	}
}
