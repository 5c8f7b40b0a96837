package source_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"mizan"
	"mizan/internal/source"
)

// told imports what must be refused and gives the problems as they are shown.
func told(t *testing.T, data, meta string) []string {
	t.Helper()
	p, err := importCOINr(data, meta)
	if err == nil {
		t.Fatalf("taken:\n%s", text(p, "mizan.yaml"))
	}
	var ps mizan.Problems
	if !errors.As(err, &ps) {
		t.Fatalf("%T: %v", err, err)
	}
	var lines []string
	for _, q := range ps {
		lines = append(lines, q.Error())
	}
	return lines
}

// TestCOINrRefuses: every fault with its place, cause and remedy. A change is
// made to the good tables: in the data (d) or the metadata (m), old then new.
func TestCOINrRefuses(t *testing.T) {
	d := func(old, new string) [3]string { return [3]string{"d", old, new} }
	m := func(old, new string) [3]string { return [3]string{"m", old, new} }
	for _, test := range []struct {
		name    string
		changes [][3]string
		want    []string
	}{
		{"code twice", [][3]string{m(`"co2","Em`, `"gdp","Em`)}, []string{
			`iData.csv:1:45: the column "co2" is not in iMeta.csv; add a row for it to iMeta.csv, of Type Other to leave it out, or remove the column`,
			`iMeta.csv:3:3: the iCode "gdp" occurs twice, first in line 2; give one of them another code`,
		}},
		{"no code", [][3]string{m(`NA,"note"`, `NA,NA`)}, []string{
			`iData.csv:1:51: the column "note" is not in iMeta.csv; add a row for it to iMeta.csv, of Type Other to leave it out, or remove the column`,
			`iMeta.csv:9:4: the iCode is missing; write a code, or remove the row`}},
		{"parent unknown", [][3]string{m(`NA,"nature","Ind`, `NA,"Natur e","Ind`), m(`"top","Aggregate"`, `"peak","Aggregate"`)}, []string{
			`iMeta.csv:3:33: there is no iCode "Natur e"; did you mean "nature"?`,
			`iMeta.csv:4:41: there is no iCode "peak"; add a row of Type Aggregate with this iCode, or name another`,
			`iMeta.csv:5:3: nothing has the Parent "nature"; name it as a Parent, or remove the row`,
		}},
		{"parent is no aggregate", [][3]string{m(`"pop","prosperity"`, `"pop","pop"`), m(`NA,"nature","Ind`, `NA,"gdp","Ind`)}, []string{
			`iMeta.csv:2:59: the Parent "pop" is of Type Denominator; name an Aggregate`,
			`iMeta.csv:3:33: the Parent "gdp" is of Type Indicator; name an Aggregate`,
			`iMeta.csv:4:3: nothing has the Parent "prosperity"; name it as a Parent, or remove the row`,
			`iMeta.csv:5:3: nothing has the Parent "nature"; name it as a Parent, or remove the row`}},
		{"parent below", [][3]string{m(`NA,NA,"top"`, `NA,NA,"nature"`)}, []string{
			`iMeta.csv:4:41: the Parent "nature" is of Level 2, "prosperity" of Level 2; name an aggregate of the level above`}},
		{"no parent", [][3]string{m(`"t",NA,"nature"`, `"t",NA,NA`)}, []string{
			`iMeta.csv:3:33: "co2" has no Parent and is not the top level; name the aggregate above, or make it Other to leave it out`,
			`iMeta.csv:5:3: nothing has the Parent "nature"; name it as a Parent, or remove the row`}},
		{"two tops", [][3]string{m("NA,\"income\"", "3,\"peak\",\"\",1,1,NA,NA,NA,\"Aggregate\"\nNA,\"income\"")}, []string{
			`iMeta.csv:7:3: nothing has the Parent "peak"; name it as a Parent, or remove the row`,
			`iMeta.csv:7:23: "peak" has no Parent, and neither has "top"; put an aggregate above them, or import them one by one`}},
		{"level gap", [][3]string{m(`3,"top"`, `5,"top"`)}, []string{
			`iMeta.csv: there is a Level 5 but no Level 3; number the levels 1, 2, 3, … without gaps`}},
		{"levels that do not fit", [][3]string{m(`1,"gdp"`, `2,"gdp"`), m(`2,"nature"`, `1,"nature"`), m(`3,"top"`, `x,"top"`), m(`NA,"pop"`, `1,"pop"`)}, []string{
			`iMeta.csv:2:1: an Indicator has the Level 2; write 1, or make it an Aggregate`,
			`iMeta.csv:5:1: an Aggregate has the Level 1; write 2 or more, or make it an Indicator`,
			`iMeta.csv:6:1: "x" is not a Level; write 1 for an Indicator, 2 for the aggregates above, and so on`,
			`iMeta.csv:8:1: a row of Type Denominator has the Level "1"; leave the Level empty: it is no part of the framework`}},
		{"types", [][3]string{m(`"Denominator"`+"\nNA,\"note\"", `"denominator"`+"\nNA,\"note\""), m(`"Other"`, `"Note"`), m(`NA,"Group"`, `NA,NA`)}, []string{
			`iMeta.csv:7:43: the Type is missing; write Indicator, Aggregate, Group, Denominator or Other`,
			`iMeta.csv:8:44: unknown Type "denominator"; write "Denominator"`,
			`iMeta.csv:9:35: unknown Type "Note"; write Indicator, Aggregate, Group, Denominator or Other`}},
		{"direction", [][3]string{m(`product",1`, `product",0`), m(`"Emissions",-1`, `"Emissions",NA`)}, []string{
			`iMeta.csv:2:34: the Direction is "0"; write 1 if more is better, -1 if less is`,
			`iMeta.csv:3:21: the Direction is missing; write 1 if more is better, -1 if less is`}},
		{"weights", [][3]string{m(`product",1,2`, `product",1,-2`), m(`"Emissions",-1,1`, `"Emissions",-1,NA`), m(`"Nature",1,1`, `"Nature",1,"1,5"`)}, []string{
			`iMeta.csv:2:36: the Weight -2 is negative; write zero or more; set the Direction to -1 where less is better`,
			`iMeta.csv:3:24: the Weight is missing; write 1 if all weigh the same, 0 to leave it without weight`,
			`iMeta.csv:5:23: "1,5" is not a number; write 1.5 if the comma is a decimal one, 15 if it separates thousands`}},
		{"no weight at all", [][3]string{m(`product",1,2`, `product",1,0`)}, []string{
			`iMeta.csv:4:3: all weights below "prosperity" are zero; give at least one of them a Weight above 0`}},
		{"denominators", [][3]string{m(`current","pop"`, `current","Pop"`), m(`"t",NA,"nature"`, `"t","nature","nature"`)}, []string{
			`iMeta.csv:2:53: there is no iCode "Pop"; did you mean "pop"?`,
			`iMeta.csv:3:30: "nature" is of Type Aggregate; make it a Denominator, or name another series`}},
		{"columns that do not match", [][3]string{d(`"co2","note"`, `"CO_2","nature"`), d(`"gdp"`, `"hdi"`)}, []string{
			`iData.csv:1:39: the column "hdi" is not in iMeta.csv; add a row for it to iMeta.csv, of Type Other to leave it out, or remove the column`,
			`iData.csv:1:45: the column "CO_2" is not in iMeta.csv; did you mean "co2"?`,
			`iData.csv:1:52: the column "nature" is an Aggregate in iMeta.csv; remove the column: aggregates are computed`,
			`iMeta.csv:2:3: there is no column "gdp" in iData.csv; add the column, or remove the row`,
			`iMeta.csv:3:3: there is no column "co2" in iData.csv; is it the column "CO_2"? give both the same name`,
			`iMeta.csv:9:4: there is no column "note" in iData.csv; add the column, or remove the row`}},
		{"numbers", [][3]string{d("3.50", "Inf"), d(",30,", `,"1,234.5",`), d(",4,", ",TRUE,")}, []string{
			`iData.csv:2:43: "Inf" is not a finite number (co2); leave the cell empty for a missing value`,
			`iData.csv:3:25: "TRUE" is not a number (pop); write 1 for TRUE and 0 for FALSE`,
			`iData.csv:3:30: "1,234.5" is not a number (gdp); write 1234.5, without separators`}},
		{"units", [][3]string{d(`"BES"`, `"ALA"`)}, []string{
			`iData.csv:3:11: the uCode "ALA" occurs twice in 2020, first in line 2; keep one of the rows`}},
		{"units without time", [][3]string{d(`"Time",`, ""), d("2020,2", "2"), d("2020,4", "4"), d(`"BES"`, `"ALA"`)}, []string{
			`iData.csv:3:11: the uCode "ALA" occurs twice, first in line 2; keep one of the rows; if they are of several years, add the column Time`}},
		{"no unit, no year", [][3]string{d(`"BES"`, `""`), d("2020,2", "2020.5,2"), d("2020,4", "NA,4")}, []string{
			`iData.csv:2:33: "2020.5" is not a year; write a whole year from 1 to 9999, such as 2023`,
			`iData.csv:3:11: the uCode is missing; write the unit's code, or remove the row`,
			`iData.csv:3:17: the Time is missing; write the year of the row`}},
		{"ragged rows and quotes", [][3]string{d(`,"a"`, ""), d(`"Bonaire"`, `B"onaire`)}, []string{
			`iData.csv:2:43: the row has 7 cells, the header has 8; write the missing cells, empty ones too, with their commas`,
			`iData.csv:3:2: a quote stands inside a cell that does not begin with one; put the whole cell in quotes and write the quote twice: "5"" disk"`}},
	} {
		tables := map[string]string{"d": goodData, "m": goodMeta}
		for _, change := range test.changes {
			before := tables[change[0]]
			tables[change[0]] = strings.Replace(before, change[1], change[2], 1)
			if tables[change[0]] == before {
				t.Fatalf("%s: %q is not there", test.name, change[1])
			}
		}
		got := told(t, tables["d"], tables["m"])
		slices.Sort(got)
		slices.Sort(test.want)
		if !slices.Equal(got, test.want) {
			t.Errorf("%s:\n got:\n  %s\nwant:\n  %s", test.name, strings.Join(got, "\n  "), strings.Join(test.want, "\n  "))
		}
	}
}

// TestCOINrRefusesFiles: files that are not the tables at all.
func TestCOINrRefusesFiles(t *testing.T) {
	csv2 := strings.NewReplacer(",", ";", "3.50", "3,50").Replace
	for _, test := range []struct {
		name, data, meta string
		want             []string
	}{
		{"semicolons", csv2(goodData), csv2(goodMeta), []string{
			"iData.csv:1:1: the columns are separated by semicolons; save the file with commas between the cells and points in the numbers: in R with write.csv, not write.csv2; in a spreadsheet with the comma as separator",
			"iMeta.csv:1:1: the columns are separated by semicolons; save the file with commas"}},
		{"tabs", strings.ReplaceAll(goodData, ",", "\t"), goodMeta, []string{"iData.csv:1:1: the columns are separated by tabs"}},
		{"swapped", goodMeta, goodData, []string{
			`iData.csv:1:1: the column "uCode" is missing; this looks like iMeta; are the two files swapped?`,
			`iMeta.csv:1:1: the column "Level" is missing; this looks like iData; are the two files swapped?`}},
		{"misspelt", strings.Replace(goodData, `"uCode"`, `"UCODE"`, 1), strings.Replace(goodMeta, "iCode", "code", 1), []string{
			`iData.csv:1:1: the column "uCode" is missing; rename the column "UCODE" to "uCode"`,
			`iMeta.csv:1:1: the column "iCode" is missing; add it; the columns are: Level, code, iName`}},
		{"before 1.0", strings.Replace(goodData, `"uCode"`, `"UnitCode"`, 1), goodMeta, []string{
			`iData.csv:1:1: the column "uCode" is missing; this looks like a table for COINr before 1.0`}},
		{"empty", "", "\n", []string{
			"iData.csv: the file is empty; its first row must name the columns", "iMeta.csv: the file is empty"}},
		{"header alone", goodData[:strings.Index(goodData, "\n")], goodMeta, []string{"iData.csv: there is no row of figures"}},
		{"no rows of iMeta", goodData, goodMeta[:strings.Index(goodMeta, "\n")], []string{
			`iData.csv:1:17: the column "income" is not in iMeta.csv`}},
		{"UTF-16", "\xff\xfea\x00", goodMeta, []string{"iData.csv:1:1: the file is in UTF-16; save the file as CSV in UTF-8"}},
		{"Latin-1", strings.Replace(goodData, "Åland", "\xc5land", 1), goodMeta, []string{"iData.csv:2:2: the text is not UTF-8; save the file as CSV in UTF-8"}},
		{"workbook", "PK\x03\x04...", goodMeta, []string{"iData.csv:1:1: this is a workbook, not a CSV file"}},
		{"old Macintosh", strings.ReplaceAll(goodData, "\n", "\r"), goodMeta, []string{"iData.csv:1:57: lines end in a carriage return alone"}},
		{"column twice", strings.Replace(goodData, `"note"`, `"gdp"`, 1), goodMeta, []string{
			`iData.csv:1:51: the column "gdp" occurs twice, first as column 6; rename or remove one of them`}},
		{"column without name", strings.Replace(goodData, `"note"`, `""`, 1), goodMeta, []string{"iData.csv:1:51: column 8 has no name; name it, or remove it"}},
	} {
		got := strings.Join(told(t, test.data, test.meta), "\n")
		for _, want := range test.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s:\n got: %s\nwant: %s", test.name, got, want)
			}
		}
	}
}

// TestManyProblems: of many problems the first are told, and how many more
// there are.
func TestManyProblems(t *testing.T) {
	data := goodData
	for range 120 {
		data += "x,,High,2020,x,1,1,\n"
	}
	got := told(t, data, goodMeta)
	if len(got) != 51 || got[50] != "iData.csv:28:14: and 190 more problems in this file; mend those above first" {
		t.Errorf("%d problems, the last: %s", len(got), got[len(got)-1])
	}
}

// TestCOINrNeedsYear: without Time and without a guess, the year is asked for;
// with both, one is too much.
func TestCOINrNeedsYear(t *testing.T) {
	data := strings.ReplaceAll(strings.ReplaceAll(goodData, `"Time",`, ""), "2020,", "")
	in := func(text string) source.Input { return source.Input{Name: "t.csv", Text: []byte(text)} }
	if _, err := source.COINr(in(data), in(goodMeta), source.Options{}); err == nil || !strings.Contains(err.Error(), "--year 2023") {
		t.Errorf("no year: %v", err)
	}
	if _, err := source.COINr(in(goodData), in(goodMeta), source.Options{Year: 2020}); err == nil || !strings.Contains(err.Error(), "leave --year out") {
		t.Errorf("two years: %v", err)
	}
}

// FuzzCOINr: whatever the tables, the answer is a project that the program
// reads without a problem, or problems that say where and why.
func FuzzCOINr(f *testing.F) {
	f.Add(goodData, goodMeta)
	f.Add(strings.ReplaceAll(goodData, "\n", "\r\n"), "\ufeff"+goodMeta)
	f.Add(strings.ReplaceAll(goodData, "gdp", "a.b"), strings.ReplaceAll(goodMeta, `"gdp"`, "a.b"))
	f.Add(goodData, strings.Replace(goodMeta, "Type", `Type","Target`, 1))
	f.Add(goodMeta, goodData)
	f.Fuzz(func(t *testing.T, data, meta string) {
		p, err := importCOINr(data, meta)
		if err == nil {
			load(t, p)
			return
		}
		var ps mizan.Problems
		if !errors.As(err, &ps) || len(ps) == 0 || p != nil {
			t.Fatalf("%T with a project %v", err, p != nil)
		}
		for _, q := range ps {
			if q.ID == "" || q.Cause == "" || q.Place.File == "" || !utf8.ValidString(q.Error()) || q.Place.Line < 0 || q.Place.Column < 0 {
				t.Fatalf("bad problem: %+v", *q)
			}
		}
	})
}
