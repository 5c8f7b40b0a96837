package dataset_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"mizan"
	"mizan/dataset"
	"mizan/spec"

	"github.com/google/go-cmp/cmp"
)

// tieProject is a project with one table of ties; table is its entry.
func tieProject(t *testing.T, table string) *spec.Spec {
	t.Helper()
	s, err := spec.Parse("mizan.yaml", []byte(`mizan: 1
id: x
period: {year: 2020}
observations: [{file: o.csv}]
indicators: {a: {}}
framework: {code: t, children: [{code: a}]}
ties: [`+table+`]
`))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func loadTies(t *testing.T, table, csv string) (*mizan.Ties, []mizan.Finding, error) {
	t.Helper()
	all, findings, err := dataset.LoadTies(tieProject(t, table), fstest.MapFS{"t.csv": {Data: []byte(csv)}}, []string{"CHN", "DEU", "FRA"})
	if err != nil {
		return nil, nil, err
	}
	return all[0], findings, nil
}

func TestTiesForms(t *testing.T) {
	// The same ties, written in each form: China and Germany 5, China and
	// France 2, in 2020; China and an outsider 7 in 2019.
	want := []mizan.Tie{{Year: 2019, A: 0, B: 3, Weight: 7}, {Year: 2020, A: 0, B: 1, Weight: 5}, {Year: 2020, A: 0, B: 2, Weight: 2}}
	for name, c := range map[string]struct{ table, csv string }{
		"pairs":   {`{code: k, file: t.csv}`, "a,b,year,weight\nDEU,CHN,2020,5\nCHN,FRA,2020,2\nXXX,CHN,2019,7\n"},
		"both":    {`{code: k, file: t.csv, form: both}`, "a,b,year,weight\nDEU,CHN,2020,5\nCHN,DEU,2020,5\nCHN,FRA,2020,2\nFRA,CHN,2020,2.0\nXXX,CHN,2019,7\nCHN,XXX,2019,7\n"},
		"works":   {`{code: k, file: t.csv, form: works}`, "units,year,weight\nDEU;CHN,2020,3\nCHN;DEU,2020,2\nFRA ; CHN,2020,2\nXXX;CHN,2019,7\nCHN,2020,99\n"},
		"columns": {`{code: k, file: t.csv, columns: {a: from, b: to, weight: n}}`, "note,n,from,year,to\nx,5,DEU,2020,CHN\n,2,CHN,2020,FRA\n,7,XXX,2019,CHN\n"},
	} {
		got, findings, err := loadTies(t, c.table, c.csv)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if d := cmp.Diff(want, got.Links); d != "" {
			t.Errorf("%s (-want +got)\n%s", name, d)
		}
		if d := cmp.Diff([]string{"CHN", "DEU", "FRA", "XXX"}, got.Units); d != "" || got.Inside != 3 {
			t.Errorf("%s: units (-want +got)\n%s and %d inside", name, d, got.Inside)
		}
		if !slices.Equal(got.Years, []int{2019, 2020}) {
			t.Errorf("%s: years %v", name, got.Years)
		}
		if len(findings) != 1 || findings[0].ID != "ties-outside" || !strings.Contains(findings[0].Message, "50.0 % of the weight") {
			t.Errorf("%s: one row of weight 7 of 14 is outside, found %v", name, findings)
		}
	}
}

func TestTiesOfOneYear(t *testing.T) {
	got, _, err := loadTies(t, `{code: k, file: t.csv, form: directed, year: 2022, threshold: 4}`, "a,b,weight\nDEU,CHN,5\nCHN,DEU,1\n")
	if err != nil {
		t.Fatal(err)
	}
	want := []mizan.Tie{{Year: 2022, A: 0, B: 1, Weight: 1}, {Year: 2022, A: 1, B: 0, Weight: 5}}
	if d := cmp.Diff(want, got.Links); d != "" || !got.Directed || got.Threshold != 4 {
		t.Errorf("(-want +got)\n%s, %+v", d, got)
	}
}

func TestTiesProblems(t *testing.T) {
	for name, c := range map[string]struct{ table, csv, want string }{
		"rows": {
			`{code: k, file: t.csv}`, "a,b,year,weight\nCHN,CHN,2020,5\nCHN,DEU,2020,-1\nCHN,FRA,,3\nCHN,,2020,1\nDEU,FRA,2020,\nDEU,FRA,2021,1\n",
			`t.csv:2:5: "CHN" is tied to itself; remove the row; what a unit does alone belongs to its total
  CHN,CHN,2020,5
      ^
t.csv:3:14: the weight -1 is negative; a tie has a weight of 0 or more
  CHN,DEU,2020,-1
               ^
t.csv:4:9: the year is missing; write the year; a whole file of one year may say ` + "`year:`" + ` in the project file instead
  CHN,FRA,,3
          ^
t.csv:5:5: the unit is missing; write the unit's code, or remove the row
  CHN,,2020,1
      ^
t.csv:6:14: the weight is missing; write 0 where there is no tie, or remove the row
  DEU,FRA,2020,
               ^`,
		},
		"both ways": {
			`{code: k, file: t.csv}`, "a,b,year,weight\nCHN,DEU,2020,5\nDEU,CHN,2020,5\nCHN,DEU,2020,6\n",
			`t.csv:3:14: the tie of CHN and DEU in 2020 occurs twice, with 5 in line 2 and 5 here; keep one of the rows; if the table has each pair both ways write ` + "`form: both`, if its ties have a direction `form: directed`" + `
  DEU,CHN,2020,5
               ^
t.csv:4:14: the tie of CHN and DEU in 2020 occurs twice, with 5 in line 2 and 6 here; keep one of the rows; if the table has each pair both ways write ` + "`form: both`, if its ties have a direction `form: directed`" + `
  CHN,DEU,2020,6
               ^`,
		},
		"asymmetric": {
			`{code: k, file: t.csv, form: both}`, "a,b,year,weight\nCHN,DEU,2020,5\nDEU,CHN,2020,6\nCHN,FRA,2020,1\nFRA,CHN,2020,1\n",
			`t.csv:3:14: the tie of CHN and DEU in 2020 has two weights, 5 in line 2 and 6 here; make them equal, or write ` + "`form: directed`" + ` if ties have a direction
  DEU,CHN,2020,6
               ^`,
		},
		"no mirror": {
			`{code: k, file: t.csv, form: both}`, "a,b,year,weight\nCHN,DEU,2020,5\nDEU,CHN,2020,5\nCHN,FRA,2020,1\n",
			"t.csv:4:1: the tie from CHN to FRA in 2020 has no row from FRA to CHN; add it, or write `form: pairs` if each pair stands once, `form: directed` if ties have a direction",
		},
		"works": {
			`{code: k, file: t.csv, form: works}`, "units,year,weight\nCHN;CHN,2020,5\nCHN;;DEU,2020,1\n",
			`t.csv:2:1: "CHN" is tied to itself; name each unit once, however many authors it has
  CHN;CHN,2020,5
  ^
t.csv:3:1: a unit is missing; write the codes of the units with semicolons between them: FRA;DEU;USA
  CHN;;DEU,2020,1
  ^`,
		},
		"empty":  {`{code: k, file: t.csv}`, "a,b,year,weight\n", "t.csv: the file has no ties; write a row for every tie below the header"},
		"column": {`{code: k, file: t.csv}`, "a,b,years,weight\nCHN,DEU,2020,1\n", "t.csv:1:1: the column \"year\" is missing; is it the column \"years\"? rename it to \"year\"\n  a,b,years,weight\n  ^"},
		"file":   {`{code: k, file: u.csv}`, "", "mizan.yaml:7:18: the file u.csv cannot be read: file does not exist; is the name right? names are relative to the project's folder\n   7 | ties: [{code: k, file: u.csv}]\n     |                  ^"},
		"nobody": {
			`{code: k, file: t.csv}`, "a,b,year,weight\nChina,Germany,2020,1\n",
			"mizan.yaml:7:18: no tie of k is between two units of the project: the table has China, Germany; write the codes that the project uses\n   7 | ties: [{code: k, file: t.csv}]\n     |                  ^",
		},
		"lacks": {
			`{code: k, file: t.csv, lacks: [FRA, CHM, DEU], partial: [{year: 2021, note: half}]}`, "a,b,year,weight\nCHN,DEU,2020,1\n",
			`mizan.yaml:7:44: unknown unit "CHM"; did you mean "CHN"?
   7 | ties: [{code: k, file: t.csv, lacks: [FRA, CHM, DEU], partial: [{year: 2021, …
     |                                            ^
mizan.yaml:7:49: "DEU" is said to be lacking, but the table has it; take it out of ` + "`lacks`" + `
   7 | ties: [{code: k, file: t.csv, lacks: [FRA, CHM, DEU], partial: [{year: 2021, …
     |                                                 ^
mizan.yaml:7:65: the table k has no year 2021; take it out of ` + "`partial`" + `
   7 | … sv, lacks: [FRA, CHM, DEU], partial: [{year: 2021, note: half}]}]
     |                                         ^`,
		},
	} {
		_, _, err := loadTies(t, c.table, c.csv)
		if err == nil {
			t.Errorf("%s is accepted", name)
			continue
		}
		if d := cmp.Diff(c.want, err.Error()); d != "" {
			t.Errorf("%s (-want +got)\n%s", name, d)
		}
	}
}

func TestTiesRepeated(t *testing.T) {
	csv := "a,b,year,weight\nCHN,DEU,2020,5\n" + strings.Repeat("CHN,DEU,2020,5\n", 12)
	got, findings, err := loadTies(t, `{code: k, file: t.csv}`, csv)
	if err != nil || len(got.Links) != 1 {
		t.Fatalf("%v %v", got, err)
	}
	if len(findings) != 11 || findings[0].Place.String() != "t.csv:3:14" || findings[10].Message != "and 2 rows more that repeat another" {
		t.Errorf("12 repeated rows are told in 11 findings, found %v", findings)
	}
}
