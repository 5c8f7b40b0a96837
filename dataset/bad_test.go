package dataset_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"mizan"
	"mizan/dataset"
	"mizan/spec"
)

// lines are the problems of an error, one a line, without excerpts.
func lines(t *testing.T, err error) []string {
	t.Helper()
	if err == nil {
		return nil
	}
	var ps mizan.Problems
	if !errors.As(err, &ps) {
		t.Fatalf("%T is not mizan.Problems: %v", err, err)
	}
	var list []string
	for _, p := range ps {
		if p.ID == "" || p.Cause == "" || p.Remedy == "" {
			t.Errorf("%+v lacks an ID, a cause or a remedy", *p)
		}
		list = append(list, p.ID+" "+p.Place.String()+": "+p.Cause+"; "+p.Remedy)
	}
	return list
}

func equal(t *testing.T, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

// sample is a project with two indicators and one file.
func sample(format string) *spec.Spec {
	return &spec.Spec{
		Period:       spec.Period{Year: 2020},
		Observations: []spec.DataFile{{File: "o.csv", Format: format}},
		Indicators:   indicators("gdp", "pop"),
	}
}

const tidyHead = "unit,indicator,year,value\n"

// TestBadTidy gives a tidy file and all that must be said of it.
func TestBadTidy(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"empty", "", []string{`empty-file o.csv: the file is empty; its first row must name the columns`}},
		{"blank", "\n\n", []string{`empty-file o.csv: the file is empty; its first row must name the columns`}},
		{"header only", tidyHead, []string{"no-units : there is no unit to compare; add observations, or leave out fewer units"}},
		{"byte order mark and CRLF", "\ufeffunit,indicator,year,value\r\nA,gdp,2020,1\r\n", nil},
		{"no line end at the end", tidyHead + "A,gdp,2020,1", nil},
		{"blanks around cells", "unit, indicator ,year,value\n A ,gdp, 2020 , 1 \n", nil},
		{"quoted line break", "unit,indicator,year,value,origin\nA,gdp,2020,1,\"x\ny\"\n", nil},
		{"unit of two lines", tidyHead + "\"A\nB\",gdp,2020,1\n", []string{`bad-unit : the code of the unit, "A\nB", has characters that are not seen; delete them`}},
		{"unit that names a folder", tidyHead + "..,gdp,2020,1\n", []string{`bad-unit : ".." is no code of a unit, for it names a folder; choose another code`}},
		{"unit that is an essay", tidyHead + strings.Repeat("x", 81) + ",gdp,2020,1\n", []string{`bad-unit : the code of the unit has 81 bytes, more than 80; give it a short code and the long text as its name`}},
		{"unit that turns the text", tidyHead + "a\u202eb,gdp,2020,1\n", []string{`bad-unit : the code of the unit, "a\u202eb", has characters that are not seen; delete them`}},
		{"unit as long as may be", tidyHead + strings.Repeat("x", 80) + ",gdp,2020,1\n", nil},
		{"UTF-16", "\xff\xfeu\x00n\x00", []string{`utf-16 o.csv:1:1: the file is in UTF-16; save it as UTF-8 (in a spreadsheet: "CSV UTF-8")`}},
		{"UTF-16 without a mark", "u\x00n\x00i\x00", []string{`utf-16 o.csv:1:1: the file is in UTF-16; save it as UTF-8 (in a spreadsheet: "CSV UTF-8")`}},
		{"Latin-1", tidyHead + "A,gdp,2020,1\nC\xf4te,gdp,2020,1\n", []string{`not-utf-8 o.csv:3:2: byte 0xF4 is not UTF-8; save the file as UTF-8 (in a spreadsheet: "CSV UTF-8")`}},
		{"NUL", tidyHead + "A,gdp,2020,1\nÅ,gdp\x00,2020,1\n", []string{`nul-byte o.csv:3:6: the file holds a NUL byte; is it a text file? save it as CSV in UTF-8`}},
		{"spreadsheet", "PK\x03\x04rest", []string{`not-text o.csv:1:1: the file is a spreadsheet or a ZIP archive, not CSV; save the table as CSV in UTF-8`}},
		{"semicolons", "unit;indicator;year;value\nA;gdp;2020;1,5\n", []string{`not-comma-separated o.csv:1:1: the columns are separated by semicolons; save the file with commas, and with points in the numbers`}},
		{"tabs", "unit\tindicator\tyear\tvalue\n", []string{`not-comma-separated o.csv:1:1: the columns are separated by tabs; save the file with commas, and with points in the numbers`}},
		{"carriage returns", "unit,indicator,year,value\rA,gdp,2020,1\r", []string{`bare-cr o.csv:1:1: lines end in a carriage return alone; save the file with LF or CRLF line ends`}},
		{"no header", "A,gdp,2020,1\n", []string{
			`missing-column o.csv:1:1: the column "unit" is missing; add it; the columns are: A, gdp, 2020, 1`,
			`missing-column o.csv:1:1: the column "indicator" is missing; add it; the columns are: A, gdp, 2020, 1`,
			`missing-column o.csv:1:1: the column "year" is missing; add it; the columns are: A, gdp, 2020, 1`,
			`missing-column o.csv:1:1: the column "value" is missing; add it; the columns are: A, gdp, 2020, 1`,
		}},
		{"wide table", "unit,year,gdp,pop\nA,2020,1,2\n", []string{"not-tidy o.csv:1:11: the column \"gdp\" is an indicator: this is a wide table; write `format: wide` for the file in the project file"}},
		{"a line for Excel", "sep=,\nunit,indicator,year,value\n", []string{`no-header o.csv:1:1: the first row is not the names of the columns; delete what stands above them`}},
		{"a title", "Growth\nunit,indicator,year,value\n", []string{`no-header o.csv:1:1: the first row is not the names of the columns; delete what stands above them`}},
		{"years as columns", "unit,indicator,2020,2021\nA,gdp,1,2\n", []string{"not-tidy o.csv:1:16: the column \"2020\" is a year; make a row of every figure, with its year in a column `year` and itself in a column `value`"}},
		{"rows of commas", tidyHead + ",,,\n,,,\n", []string{`unknown-indicator o.csv:2:2: the indicator is missing (in 2 rows); write the indicator's code, or remove the row`}},
		{"misspelt header", "unit,indicater,year,value\n", []string{`missing-column o.csv:1:1: the column "indicator" is missing; is it the column "indicater"? rename it to "indicator"`}},
		{"misspelt optional column", "unit,indicator,year,value,origine\n", []string{`unknown-column o.csv:1:27: unknown column "origine"; did you mean "origin"? else write ` + "`extra: ignore` for the file"}},
		{"foreign column", "unit,indicator,year,value,écart,remark\n", []string{
			"unknown-column o.csv:1:27: unknown column \"écart\"; remove it, or write `extra: ignore` for the file in the project file",
			"unknown-column o.csv:1:33: unknown column \"remark\"; remove it, or write `extra: ignore` for the file in the project file",
		}},
		{"unnamed column", "unit,indicator,year,value,\n", []string{"unnamed-column o.csv:1:27: column 5 has no name; name it, remove it, or write `extra: ignore` for the file"}},
		{"column twice", "unit,indicator,year,value,year\n", []string{`duplicate-column o.csv:1:27: the column "year" occurs twice, first as column 3; rename or remove one of them`}},
		{"row too short", tidyHead + "A,gdp,2020\n", []string{`ragged-row o.csv:2:7: the row has 3 cells, the header has 4; write the missing cells, empty ones too, with their commas`}},
		{"row of one cell", tidyHead + "end\n", []string{`ragged-row o.csv:2:1: the row has 1 cell, the header has 4; write the missing cells, empty ones too, with their commas`}},
		{"row too long", tidyHead + "Å,gdp,2020,1,234\n", []string{`ragged-row o.csv:2:14: the row has 5 cells, the header has 4; put a cell that holds a comma in quotes, or remove what is too much`}},
		{"stray quote", tidyHead + "A \"x\",gdp,2020,1\nA,gdp,2020,x\n", []string{
			`stray-quote o.csv:2:3: a quote stands inside a cell that does not begin with one; put the whole cell in quotes and write the quote twice: "5"" disk"`,
			`bad-number o.csv:3:12: "x" is not a number; write a decimal number such as 1234.5, or leave the cell empty for a missing value`,
		}},
		{"text after quote", tidyHead + "\"A\"b,gdp,2020,1\n", []string{`stray-quote o.csv:2:3: a quote is not closed, or text follows a closing quote; a quote inside quotes is written twice: "5"" disk"`}},
		{"open quote", tidyHead + "A,gdp,2020,1\n\"B,gdp,2020,1\nC,gdp,2020,1\n", []string{`stray-quote o.csv:3:1: a quote opened in this row is not closed before the row should end; close it, or remove it`}},
		{"no unit", tidyHead + ",gdp,2020,1\n", []string{`missing-unit o.csv:2:1: the unit is missing; write the unit's code, or remove the row`}},
		{"unknown indicator", tidyHead + "A,gpd,2020,1\nB,gpd,2020,1\nA,xyzzy,2020,1\n", []string{
			`unknown-indicator o.csv:2:3: unknown indicator "gpd" (in 2 rows); did you mean "gdp"?`,
			"unknown-indicator o.csv:4:3: unknown indicator \"xyzzy\"; declare it under `indicators`, or write `extra: ignore` for the file",
		}},
		{"unknown status", "unit,indicator,year,value,status\nA,gdp,2020,1,estimate\nB,gdp,2020,1,observed\n", []string{`unknown-status o.csv:2:14: unknown status "estimate"; did you mean "estimated"?`}},
		{"missing with a value", "unit,indicator,year,value,status\nA,gdp,2020,1,missing\nB,gdp,2020,,missing\n", []string{`bad-status o.csv:2:14: the status is missing but there is a value; remove the value, or give its status`}},
		{"years", tidyHead + "A,gdp,,1\nA,gdp,20x,1\nA,gdp,2020.5,1\nA,gdp,2020.0,1\nA,gdp,12020,1\nA,gdp,0,1\nA,gdp,-5,1\nA,gdp,2020-12,1\n", []string{
			`bad-year o.csv:2:7: the year is missing; write the year that the figure is for`,
			`bad-year o.csv:3:7: "20x" is not a year; write the year alone, such as 2023`,
			`bad-year o.csv:4:7: "2020.5" is not a whole year; write the year alone, such as 2023`,
			`bad-year o.csv:5:7: "2020.0" is not a year; write 2020`,
			`bad-year o.csv:6:7: the year 12020 is out of range; write a year from 1 to 9999`,
			`bad-year o.csv:7:7: the year 0 is out of range; write a year from 1 to 9999`,
			`bad-year o.csv:8:7: the year -5 is out of range; write a year from 1 to 9999`,
			`bad-year o.csv:9:7: "2020-12" is not a year; write the year alone, such as 2023`,
		}},
		{"same value twice", tidyHead + "A,gdp,2020,1\nA,gdp,2020,1.0\n", nil},
		{"two values", tidyHead + "A,gdp,2020,1\nA,pop,2020,3\nA,gdp,2020,2.5\n", []string{`conflicting-observations o.csv:4: A, gdp, 2020 is 2.5 here and 1 in o.csv:2; keep one of them`}},
		{"two values of a year not built", tidyHead + "A,gdp,1999,1\nA,gdp,1999,2\n", []string{`conflicting-observations o.csv:3: A, gdp, 1999 is 2 here and 1 in o.csv:2; keep one of them`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := dataset.Load(sample("tidy"), folder("o.csv", c.text))
			equal(t, lines(t, err), c.want)
		})
	}
}

// TestNumbers tells for every refused number what to write instead.
func TestNumbers(t *testing.T) {
	const empty, plain = "leave the cell empty for a missing value", "write a decimal number such as 1234.5, or leave the cell empty for a missing value"
	for _, c := range []struct{ cell, remedy string }{
		{`"1,234.5"`, "write 1234.5, without separators"},
		{`"12,345,678"`, "write 12345678, without separators"},
		{`"1,234"`, "write 1234 if the comma separates thousands, 1.234 if it is a decimal comma"},
		{`"0,123"`, "write 0.123, with a decimal point"},
		{`"-3,5"`, "write -3.5, with a decimal point"},
		{`"1.234,5"`, "write 1234.5, without separators and with a decimal point"},
		{`1.234.567`, "write 1234567, without separators and with a decimal point"},
		{`12 345`, "write 12345, without separators"},
		{"12\u00a0345", "write 12345, without separators"},
		{`12'345.5`, "write 12345.5, without separators"},
		{`1_000`, "write it in decimal digits: 1000"},
		{`0x1F`, "write it in decimal digits: 31"},
		{`-0x1p-2`, "write it in decimal digits: -0.25"},
		{`12%`, "write 12, and `measure: \"%\"` for the indicator"},
		{`12.5 %`, "write 12.5, and `measure: \"%\"` for the indicator"},
		{`NaN`, empty},
		{`-nan`, empty},
		{`n/a`, empty},
		{`#N/A`, empty},
		{`..`, empty},
		{`-`, empty},
		{`–`, empty},
		{`null`, empty},
		{`Inf`, empty},
		{`-inf`, empty},
		{`+Infinity`, empty},
		{`∞`, empty},
		{"1\u200b", "write 1 anew; a character that cannot be seen stands with it"},
		{"−2.5", "write -2.5, with the signs 0 to 9, point and minus of a plain keyboard"},
		{"١٬٢٣٤٫٥", "write 1234.5, with the signs 0 to 9, point and minus of a plain keyboard"},
		{"۷", "write 7, with the signs 0 to 9, point and minus of a plain keyboard"},
		{"１２", "write 12, with the signs 0 to 9, point and minus of a plain keyboard"},
		{"\u202d-2.5", "write -2.5 anew; a character that cannot be seen stands with it"},
		{`1e999`, "numbers reach to about 1.8e308"},
		{`twelve`, plain},
		{`1.2.3e`, plain},
		{`"1,2,3.4.5"`, plain},
		{`12 kg`, plain},
	} {
		for _, format := range []string{"tidy", "wide"} {
			text := tidyHead + "A,gdp,2020," + c.cell + "\n"
			if format == "wide" {
				text = "unit,year,gdp\nA,2020," + c.cell + "\n"
			}
			_, _, err := dataset.Load(sample(format), folder("o.csv", text))
			var p *mizan.Problem
			if !errors.As(err, &p) || p.ID != "bad-number" || p.Remedy != c.remedy {
				t.Errorf("%s %s: got %v, want remedy %q", format, c.cell, err, c.remedy)
			}
		}
	}
	for _, good := range []string{"1", "+1", "-1.5", ".5", "1.", "1e3", "1E-3", "0", "-0", "1.7976931348623157e308", "5e-324", "NA", ""} {
		if _, _, err := dataset.Load(sample("tidy"), folder("o.csv", tidyHead+"A,gdp,2020,"+good+"\n")); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
}

// TestBadWide gives a wide file and all that must be said of it.
func TestBadWide(t *testing.T) {
	for _, c := range []struct {
		name, text string
		file       spec.DataFile
		want       []string
	}{
		{"fine", "unit,year,gdp,pop\nA,2020,1,2\nA,2021,1,\n", spec.DataFile{}, nil},
		{"one year", "unit,gdp,pop\nA,1,2\n", spec.DataFile{Year: 2020}, nil},
		{"own names", "gdp,code,t\n1,A,2020\n", spec.DataFile{Unit: "code", Time: "t"}, nil},
		{"no year", "unit,gdp,pop\nA,1,2\n", spec.DataFile{}, []string{
			"missing-column o.csv:1:1: there is no column \"year\"; add it, or give the year of all rows as the file's `year`, or the column's name as its `time`",
		}},
		{"tidy table", "unit,indicator,year,value\nA,gdp,2020,1\n", spec.DataFile{}, []string{
			"not-wide o.csv:1:6: there is a column of indicators: this is a tidy table; take `format: wide` away from the file in the project file",
		}},
		{"misspelt time", "unit,yearr,gdp\nA,2020,2\n", spec.DataFile{Time: "year"}, []string{
			`missing-column o.csv:1:1: the column "year" is missing; is it the column "yearr"? rename it to "year"`,
		}},
		{"two years", "unit,year,gdp\nA,2020,2\n", spec.DataFile{Year: 2020}, []string{
			"two-years o.csv:1:6: there is a column \"year\", and the project file says that all rows are of 2020; remove the column, or the file's `year`",
		}},
		{"misspelt indicator", "unit,year,gdp,popp\n", spec.DataFile{}, []string{
			"unknown-column o.csv:1:15: unknown column \"popp\"; did you mean \"pop\"? else write `extra: ignore` for the file",
		}},
		{"extra ignored", "unit,year,gdp,popp,popp,\nA,2020,1,x,y,z\n", spec.DataFile{Extra: "ignore"}, nil},
		{"indicator twice", "unit,gdp,year,gdp\n", spec.DataFile{}, []string{
			`duplicate-column o.csv:1:15: the column "gdp" occurs twice, first as column 2; rename or remove one of them`,
		}},
		{"many at once", "unit,year,gdp,pop\n,20,x,\"1,5\"\nB,2020,1\nC,y,1,2\n", spec.DataFile{}, []string{
			`missing-unit o.csv:2:1: the unit is missing; write the unit's code, or remove the row`,
			`bad-number o.csv:2:5: "x" is not a number; write a decimal number such as 1234.5, or leave the cell empty for a missing value`,
			`bad-number o.csv:2:7: "1,5" is not a number; write 1.5, with a decimal point`,
			`ragged-row o.csv:3:8: the row has 3 cells, the header has 4; write the missing cells, empty ones too, with their commas`,
			`bad-year o.csv:4:3: "y" is not a year; write the year alone, such as 2023`,
		}},
		{"row twice, same values", "unit,year,gdp,pop\nA,2020,1,\nA,2020,1,2\n", spec.DataFile{}, nil},
		{"row twice", "unit,year,gdp,pop\nA,2020,1,2\nA,2020,1,3\n", spec.DataFile{}, []string{
			`conflicting-observations o.csv:3: A, pop, 2020 is 3 here and 2 in o.csv:2; keep one of them`,
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := sample("wide")
			c.file.File, c.file.Format = "o.csv", "wide"
			s.Observations[0] = c.file
			_, _, err := dataset.Load(s, folder("o.csv", c.text))
			equal(t, lines(t, err), c.want)
		})
	}
}

// TestUnseen: a character that cannot be seen, or that turns the text around,
// is shown as a mark, and the caret stands where it stood.
func TestUnseen(t *testing.T) {
	_, _, err := dataset.Load(sample("tidy"), folder("o.csv", tidyHead+"A\u200b,gdp,20x,\u202e1\n"))
	var p *mizan.Problem
	if !errors.As(err, &p) {
		t.Fatal(err)
	}
	if want := "  A\uFFFD,gdp,20x,\uFFFD1\n         ^"; p.Excerpt != want {
		t.Errorf("the excerpt is\n%q, want\n%q", p.Excerpt, want)
	}
}

// TestManyProblems: fifty are told and the rest counted, in any number of
// blocks.
func TestManyProblems(t *testing.T) {
	for _, rows := range []int{50, 51, 1234, 200_000} {
		text := "unit,indicator,year,value\n" + strings.Repeat("A,gdp,2020,x\n", rows)
		_, _, err := dataset.Load(sample(""), folder("o.csv", text))
		got := lines(t, err)
		if rows == 50 {
			if len(got) != 50 {
				t.Errorf("%d problems told of 50", len(got))
			}
			continue
		}
		want := fmt.Sprintf("more-problems o.csv:51:12: and %d more problems in this file; mend those above first", rows-50)
		if len(got) != 51 || got[50] != want {
			t.Errorf("%d told, the last %q, want %q", len(got), got[len(got)-1], want)
		}
	}
}

// endless is a file that repeats its text for ever.
type endless struct{ text string }

func (e endless) Stat() (fs.FileInfo, error) { return nil, errors.New("no size") }
func (e endless) Close() error               { return nil }
func (e endless) Read(b []byte) (int, error) {
	return copy(b, strings.Repeat(e.text, 1+len(b)/len(e.text))), nil
}

type oneFile struct{ file fs.File }

func (o oneFile) Open(string) (fs.File, error) { return o.file, nil }

type sized struct {
	io.Reader
	size int64
}

func (s sized) Stat() (fs.FileInfo, error) { return s, nil }
func (s sized) Close() error               { return nil }
func (s sized) Name() string               { return "o.csv" }
func (s sized) Size() int64                { return s.size }
func (s sized) Mode() fs.FileMode          { return 0o644 }
func (s sized) ModTime() time.Time         { return time.Time{} }
func (s sized) IsDir() bool                { return false }
func (s sized) Sys() any                   { return nil }

// TestLongRows: a row without end is refused when its first MiB has been read.
func TestLongRows(t *testing.T) {
	for _, c := range []struct{ head, repeated, want string }{
		{"", "x", "long-line o.csv:1: the line is longer than 1 MiB; is this a CSV file with one row per line?"},
		{tidyHead, "9", "long-line o.csv:2: the line is longer than 1 MiB; is this a CSV file with one row per line?"},
		{tidyHead + "A,gdp,2020,1\nÅ,\"", "gdp,2020,1\n", "open-quote o.csv:3:3: the quote opened here is not closed within 1 MiB; close it, or remove it"},
	} {
		file := sized{io.MultiReader(strings.NewReader(c.head), endless{c.repeated}), 1 << 30}
		_, _, err := dataset.Load(sample(""), oneFile{file})
		equal(t, lines(t, err), []string{c.want})
	}
}

// TestTornFile: what fails in the middle is told, with the problems before it.
func TestTornFile(t *testing.T) {
	in := io.MultiReader(strings.NewReader(tidyHead+strings.Repeat("A,gdp,2020,\n", 200_000)+"A,gdp,x,1\n"+strings.Repeat("A,gdp,2020,\n", 200_000)),
		iotest.ErrReader(errors.New("input/output error")))
	_, _, err := dataset.Load(sample(""), oneFile{sized{in, 1 << 30}})
	equal(t, lines(t, err), []string{
		"unreadable-file o.csv: the file cannot be read: input/output error; is the file whole, and the disk?",
		`bad-year o.csv:200002:7: "x" is not a year; write the year alone, such as 2023`,
	})
}

// TestGrowingFile: the length that a file tells is only a hint.
func TestGrowingFile(t *testing.T) {
	text := tidyHead + strings.Repeat("A,pop,2019,2\n", 1) + "A,gdp,2020,1\n"
	for size := range int64(len(text) + 2) {
		p, _, err := dataset.Load(sample(""), oneFile{sized{strings.NewReader(text), size}})
		if err != nil {
			t.Fatalf("size %d: %v", size, err)
		}
		if p.At(0, 0, 0) != 1 || p.Cell(0, 0, 0).Line != 3 {
			t.Fatalf("size %d: %v %+v", size, p.Values, p.Cells)
		}
	}
}
