package source_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"mizan"
	"mizan/internal/source"
)

// kinds has a column of each kind, written by the library from Go types.
type kinds struct {
	Name   string    `parquet:"name,optional"`
	Flag   bool      `parquet:"flag"`
	Small  int32     `parquet:"small"`
	Big    uint64    `parquet:"big"`
	Half   float32   `parquet:"half"`
	Number *float64  `parquet:"number,optional"`
	Day    int32     `parquet:"day,date"`
	Moment time.Time `parquet:"moment,timestamp(millisecond)"`
	Price  int64     `parquet:"price,decimal(2:18)"`
}

func kindsFile(t testing.TB) []byte {
	t.Helper()
	x := 0.1
	var b bytes.Buffer
	w := parquet.NewGenericWriter[kinds](&b)
	rows := []kinds{
		{"a, \"b\"", true, -3, 1<<63 + 1, 0.1, &x, 19723, time.UnixMilli(1700000000123).UTC(), -5},
		{"", false, 0, 0, 0, nil, -1, time.UnixMilli(0).UTC(), 12345},
	}
	if _, err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestParquetKinds: 19723 days after 1970 is 2024-01-01; 1700000000 s is
// 2023-11-14 22:13:20 UTC.
func TestParquetKinds(t *testing.T) {
	got, err := source.Parquet(source.Input{Name: "x.parquet", Text: kindsFile(t)})
	if err != nil {
		t.Fatal(err)
	}
	want := `name,flag,small,big,half,number,day,moment,price
"a, ""b""",true,-3,9223372036854775809,0.1,0.1,2024-01-01,2023-11-14T22:13:20.123Z,-0.05
,false,0,0,0,,1969-12-31,1970-01-01T00:00:00Z,123.45
`
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestParquetRefused: nested columns and what is no Parquet file.
func TestParquetRefused(t *testing.T) {
	type nested struct {
		List []int64 `parquet:"list"`
	}
	var b bytes.Buffer
	w := parquet.NewGenericWriter[nested](&b)
	if _, err := w.Write([]nested{{[]int64{1, 2}}}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		text []byte
		says string
	}{
		"nested": {b.Bytes(), `the column "list" holds lists or further columns; flatten it first`},
		"empty":  {nil, "this is no Parquet file"},
		"text":   {[]byte("unit,year\n"), "this is no Parquet file"},
		"magic":  {[]byte("PAR1" + strings.Repeat("\xff", 100) + "\xff\xff\xff\x7fPAR1"), "Parquet file"},
	} {
		_, err := source.Parquet(source.Input{Name: "x.parquet", Text: c.text})
		var p *mizan.Problem
		if !errors.As(err, &p) || !strings.HasPrefix(err.Error(), "x.parquet: ") || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v, want %s", name, err, c.says)
		}
	}
}

// TestParquetDamaged: a file with any one byte changed, or cut anywhere, is read
// or refused; it never stops the program.
func TestParquetDamaged(t *testing.T) {
	whole := kindsFile(t)
	for i := 0; i < len(whole); i += 5 {
		for _, change := range []byte{0xff, 0x01} {
			text := bytes.Clone(whole)
			text[i] ^= change
			read(t, text)
		}
		read(t, whole[:i])
	}
}

func read(t *testing.T, text []byte) {
	t.Helper()
	var p *mizan.Problem
	if _, err := source.Parquet(source.Input{Name: "x.parquet", Text: text}); err != nil && !errors.As(err, &p) {
		t.Errorf("got %v", err)
	}
}

func FuzzParquet(f *testing.F) {
	f.Add(kindsFile(f))
	f.Add([]byte("PAR1PAR1"))
	f.Add([]byte("PAR1\xff\xff\xff\xfePAR1")) // a footer of 4 GiB
	f.Fuzz(func(t *testing.T, text []byte) { read(t, text) })
}

// TestParquetBomb: a dictionary lets one long text stand in a million rows; what is made
// of a few kilobytes has an end.
func TestParquetBomb(t *testing.T) {
	defer source.LimitParquetText(4 << 20)()
	type row struct {
		Text string `parquet:"text,dict"`
	}
	var b bytes.Buffer
	w := parquet.NewGenericWriter[row](&b)
	rows := make([]row, 1000)
	for i := range rows {
		rows[i].Text = strings.Repeat("x", 10_000)
	}
	for range 100 {
		if _, err := w.Write(rows); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if b.Len() > 1<<20 {
		t.Fatalf("the file has %d bytes, which is no bomb", b.Len())
	}
	_, err := source.Parquet(source.Input{Name: "bomb.parquet", Text: b.Bytes()})
	if err == nil || !strings.Contains(err.Error(), "bomb.parquet: as text the table is larger than 4 MiB") {
		t.Errorf("got %v", err)
	}
}
