package source_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"mizan"
	"mizan/internal/source"
)

// The two sheets of a small workbook in the layout that the documentation of
// COINTool describes, as CSV: what stands in a row is written there, from the
// column on that comes before the colon. Rows begin at 1.
const (
	database = `B:COIN Tool



D:Denominator
D:Unit,USD,t,"","",score
D:Weight,1,0.5,1,1,2,"",1
D:Direction,1,-1,1,1,1,"",1
D:Lower goalpost,0,0,1,0,-1,"",0
D:Upper goalpost,10,5,2,1,1,"",1
D:Index,Index,Index,Index,Index,Index,--,Index
D:Sub-index,si.01,si.01,si.01,si.01,si.01,--,si.01
D:Pillar,p.01,p.02,p.02,p.02,p.02,--,p.02
D:Sub-pillar,sp.01,sp.02,sp.02,sp.03,sp.03,--,sp.03
D:Name,"GDP, per head",Emissions,Forests,Parks,Parties,--,Planned
B:Unit,Code,"",Ind.01,Ind.02,Ind.03,Ind.04,Ind.05,Ind.06,Ind.07
B:Åland,ALA,"",0.1,2,1.5,0,-0.25,"",""
B:Bonaire,BES,"",1e3,n/a,1.7,1,0.5,"",n/a
B:Nowhere,XXX,"",n/a,n/a,n/a,n/a,n/a
B:Curaçao,CUW,"",12345678.12345678,3,"",0.5,N/A
`
	framework = `C:


C:Code,"",Weight,"","",Dimension/indicator
C:Index,"","","","",How they fare
C:si.01,"",1,"","",All of it
C:p.01,"",3,"","",Prosperity
C:p.02,"",1,"","",Nature
C:p.03,"",1,"","",--
C:sp.01,"",1,"","",Income
C:sp.02,"",1,"","",Air and wood
C:sp.03,"",0.5,"","",Life
`
)

// workbook makes the file of the sheets' texts.
func workbook(t testing.TB, sheets map[string]string) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for name, text := range sheets {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for r, row := range cells(text) {
			for c, cell := range row {
				at, err := excelize.CoordinatesToCellName(c+1, r+1)
				if err != nil {
					t.Fatal(err)
				}
				if cell == "" {
					continue
				}
				set := f.SetCellStr
				if _, err := strconv.ParseFloat(cell, 64); err == nil {
					set = f.SetCellDefault // a number with all its digits
				}
				if err := set(name, at, cell); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func importCOINTool(t testing.TB, database, framework string) (*source.Project, error) {
	t.Helper()
	book := workbook(t, map[string]string{"Start": "", "Database": database, "Framework": framework})
	return source.COINTool(source.Input{Name: "tool.xlsx", Text: book}, source.Options{ID: "small", Year: 2023})
}

func TestCOINTool(t *testing.T) {
	p, err := importCOINTool(t, database, framework)
	if err != nil {
		t.Fatal(err)
	}
	want := `# Imported from tool.xlsx of the COIN Tool.
mizan: 1
id: small
title: How they fare
period: {year: 2023}
units: {file: data/units.csv}
observations:
  - {file: data/observations.csv, format: wide, year: 2023}

indicators:
  Ind_01: {name: "GDP, per head"}
  Ind_02: {name: Emissions, direction: -1}
  Ind_03: {name: Forests}
  Ind_04: {name: Parks}
  Ind_05: {name: Parties}

framework:
  code: Index
  name: How they fare
  children:
    - code: p_01
      name: Prosperity
      weight: 3
      children:
        - code: sp_01
          name: Income
          children:
            - {code: Ind_01}
    - code: p_02
      name: Nature
      children:
        - code: sp_02
          name: Air and wood
          children:
            - {code: Ind_02, weight: 0.5}
            - {code: Ind_03}
        - code: sp_03
          name: Life
          weight: 0.5
          children:
            - {code: Ind_04}
            - {code: Ind_05, weight: 2}

build:
  # The settings of the COIN Tool stand on sheets that are not read. ` + "`mizan methods`" + `
  # lists the methods, for example
  #   treat: {method: winsorise, max_points: 5}
  impute: {method: none}
  screen: {method: none}
  treat: {method: none}
  normalise: {method: min-max, to: [0, 100]}
  weights: {method: declared}
  aggregate: {method: arithmetic-mean}

variants:
  goalposts:
    title: Goalposts of the COIN Tool
    description: "Min-max between the goalposts on the sheet Database, on 0 to 100. Scores beyond the posts are cut, which is Mizan's rule."
    edits:
      - set: build.normalise
        to:
          method: min-max # of indicators that are added later
          each:
            Ind_01: {method: goalposts, posts: [0, 10], to: [0, 100]}
            Ind_02: {method: goalposts, posts: [0, 5], to: [0, 100]}
            Ind_03: {method: goalposts, posts: [1, 2], to: [0, 100]}
            Ind_04: {method: goalposts, posts: [0, 1], to: [0, 100]}
            Ind_05: {method: goalposts, posts: [-1, 1], to: [0, 100]}
`
	if d := cmp.Diff(want, text(p, "mizan.yaml")); d != "" {
		t.Errorf("mizan.yaml (-want +got):\n%s", d)
	}
	if got := text(p, "data/units.csv"); got != "unit,name\nALA,Åland\nBES,Bonaire\nCUW,Curaçao\n" {
		t.Errorf("units:\n%s", got)
	}
	_, panel := load(t, p)
	for _, w := range []struct {
		unit, code string
		value      float64
	}{{"ALA", "Ind_01", 0.1}, {"BES", "Ind_01", 1000}, {"CUW", "Ind_01", 12345678.12345678}, {"ALA", "Ind_05", -0.25}, {"CUW", "Ind_04", 0.5}} {
		if got := panel.At(0, panel.Code(w.code), panel.Unit(w.unit)); got != w.value {
			t.Errorf("%s of %s is %v, want %v", w.code, w.unit, got, w.value)
		}
	}
	missing := 0
	for _, v := range panel.Values {
		if v != v {
			missing++
		}
	}
	if missing != 3 {
		t.Errorf("%d values are missing, want 3", missing)
	}
	said := fmt.Sprint(p.Findings)
	for _, want := range []string{"without any figure are left out: Planned", "without any figure are left out: XXX", "Ind.01 is now Ind_01"} {
		if !strings.Contains(said, want) {
			t.Errorf("not said: %s\n%s", want, said)
		}
	}
}

// TestCOINToolBefore2019: the sheet Framework of the first versions begins a
// row further down.
func TestCOINToolBefore2019(t *testing.T) {
	want, err := importCOINTool(t, database, framework)
	if err != nil {
		t.Fatal(err)
	}
	got, err := importCOINTool(t, database, "\n"+framework)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// TestCOINToolFormulas: a formula counts with the value that was computed last.
func TestCOINToolFormulas(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(workbook(t, map[string]string{"Database": database, "Framework": framework})))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.SetCellFormula("Database", "E17", "0.05+0.05"); err != nil {
		t.Fatal(err)
	}
	style, err := f.NewStyle(&excelize.Style{NumFmt: 1}) // shows no decimals
	if err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellStyle("Database", "E17", "E20", style); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	p, err := source.COINTool(source.Input{Name: "tool.xlsm", Text: b.Bytes()}, source.Options{Year: 2023})
	if err != nil {
		t.Fatal(err)
	}
	if got := text(p, "data/observations.csv"); !strings.Contains(got, "\nALA,0.1,") || !strings.Contains(got, "\nCUW,12345678.12345678,") {
		t.Errorf("figures:\n%s", got)
	}
}

// TestCOINToolRefuses: every fault with its cell, cause and remedy.
func TestCOINToolRefuses(t *testing.T) {
	for _, test := range []struct {
		name, old, new string
		want           []string
	}{
		{"direction", "D:Direction,1,-1", "D:Direction,n/a,2", []string{
			`tool.xlsx, sheet Database:8:5: E8: the direction is missing; write 1 if more is better, -1 if less is`,
			`tool.xlsx, sheet Database:8:6: F8: the direction is "2"; write 1 if more is better, -1 if less is`,
		}},
		{"weight", "D:Weight,1,0.5,1", "D:Weight,,-1,x", []string{
			`tool.xlsx, sheet Database:7:5: E7: the weight is missing`,
			`tool.xlsx, sheet Database:7:6: F7: the weight -1 is negative`,
			`tool.xlsx, sheet Database:7:7: G7: "x" is not a number`,
		}},
		{"figure", "0.1,2,1.5", "zero,2,#N/A", []string{
			`tool.xlsx, sheet Database:17:5: E17: "zero" is not a number; write a decimal number such as 1234.5, or leave the cell empty for a missing value; the COIN Tool writes n/a`,
			`tool.xlsx, sheet Database:17:7: G17: "#N/A" is not a number`,
		}},
		{"codes", "Ind.01,Ind.02,Ind.03", `"",Ind.04,p.02`, []string{
			`tool.xlsx, sheet Database:16:5: E16: the indicator has figures but no code; write a code, such as Ind.01`,
			`tool.xlsx, sheet Database:16:8: H16: the code "Ind.04" stands in column F too; give one of them another code`,
			`tool.xlsx, sheet Database:13:5: E13: "p.02" is the code of an indicator and of a pillar; give one of them another code`,
		}},
		{"units", "BES", "ALA", []string{`tool.xlsx, sheet Database:18:3: C18: the unit "ALA" stands in row 17 too; keep one of the rows`}},
		{"no unit", "BES", "--", []string{`tool.xlsx, sheet Database:18:3: C18: the unit has figures but no code; write its code`}},
		{"aggregate that is not there", "p.01,p.02", "p.04,p.02", []string{
			`tool.xlsx, sheet Database:13:5: E13: the pillar "p.04" is not in column C of the sheet Framework; add it there, with its weight in column E and its name in column H`,
		}},
		{"two parents", "sp.02,sp.02,sp.03", "sp.02,sp.01,sp.03", []string{
			`tool.xlsx, sheet Database:14:7: G14: the sub-pillar "sp.01" stands below "p.02" here and below "p.01" elsewhere; give one of them another code`,
		}},
		{"two indices", "D:Index,Index,Index", "D:Index,Index,si.01", []string{
			`tool.xlsx, sheet Database:11:6: F11: the index is "si.01" here and "Index" elsewhere; keep one index a workbook`,
		}},
		{"no index", "D:Index,Index,Index", "D:Index,Index,--", []string{
			`tool.xlsx, sheet Database:11:6: F11: the index is missing; write its code, Index`,
		}},
		{"weight of an aggregate", `C:p.02,"",1`, `C:p.02,"",much`, []string{`tool.xlsx, sheet Framework:8:5: E8: "much" is not a number`}},
		{"no weight at all", `D:Weight,1`, `D:Weight,0`, []string{`tool.xlsx, sheet Framework:10:3: C10: all weights below "sp.01" are zero; give at least one of them a weight above 0`}},
		{"goalpost", "D:Lower goalpost,0", "D:Lower goalpost,low", []string{`tool.xlsx, sheet Database:9:5: E9: "low" is not a number`}},
		{"no figures", database[strings.Index(database, "B:Åland"):], "", []string{`tool.xlsx, sheet Database:17:5: E17: there is no figure from here on; fill the sheet`}},
	} {
		d, f := strings.Replace(database, test.old, test.new, 1), strings.Replace(framework, test.old, test.new, 1)
		if d == database && f == framework {
			t.Fatalf("%s: %q is not there", test.name, test.old)
		}
		p, err := importCOINTool(t, d, f)
		if err == nil {
			t.Errorf("%s is taken:\n%s", test.name, text(p, "mizan.yaml"))
			continue
		}
		for _, want := range test.want {
			if !slices.ContainsFunc(strings.Split(err.Error(), "\n"), func(line string) bool { return strings.HasPrefix(line, want) }) {
				t.Errorf("%s:\n got: %v\nwant: %s", test.name, err, want)
			}
		}
		if n := strings.Count(err.Error(), "\n") + 1; n != len(test.want) {
			t.Errorf("%s: %d problems, want %d:\n%v", test.name, n, len(test.want), err)
		}
	}
}

// TestCOINToolGoalposts: goalposts of some indicators only are no variant.
func TestCOINToolGoalposts(t *testing.T) {
	p, err := importCOINTool(t, strings.Replace(database, "D:Lower goalpost,0,0", "D:Lower goalpost,n/a,6", 1), framework)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(text(p, "mizan.yaml"), "variants") || !strings.Contains(fmt.Sprint(p.Findings), "not below the upper: Ind.01, Ind.02") {
		t.Errorf("findings: %v", p.Findings)
	}
}

// TestCOINToolRefusesFiles: what is not a workbook of the COIN Tool.
func TestCOINToolRefusesFiles(t *testing.T) {
	good := workbook(t, map[string]string{"Database": database, "Framework": framework})
	for name, test := range map[string]struct {
		text []byte
		want string
	}{
		"empty":        {nil, "tool.xlsx: the file is empty"},
		"text":         {[]byte(goodData), "tool.xlsx: this is not a workbook; name the .xlsx or .xlsm of the COIN Tool"},
		"old Excel":    {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "in the format of Excel 97 to 2003; open it in a spreadsheet and save it as .xlsx without a password"},
		"cut off":      {good[:len(good)/2], "tool.xlsx: the workbook cannot be read"},
		"other sheets": {workbook(t, map[string]string{"Data": "", "Framework": framework}), `tool.xlsx: there is no sheet "Database"; name a workbook of the COIN Tool; its sheets are `},
	} {
		_, err := source.COINTool(source.Input{Name: "tool.xlsx", Text: test.text}, source.Options{Year: 2023})
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %s", name, err, test.want)
		}
	}
	_, err := source.COINTool(source.Input{Name: "tool.xlsx", Text: good}, source.Options{})
	if err == nil || !strings.Contains(err.Error(), "the workbook does not say of which year its figures are; give it: --year 2023") {
		t.Errorf("no year: %v", err)
	}
	p, err := source.COINTool(source.Input{Name: "tool.xlsx", Text: good}, source.Options{Year: 2024, Guessed: true})
	if err != nil || !strings.Contains(fmt.Sprint(p.Findings), "taken for those of 2024") {
		t.Errorf("guessed year: %v", err)
	}
}

// checkImport checks what must hold whatever the file is.
func checkImport(t *testing.T, p *source.Project, err error) {
	t.Helper()
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
}

// cells gives the rows of a sheet's text.
func cells(text string) [][]string {
	var rows [][]string
	for _, line := range strings.Split(text, "\n") {
		first, rest, _ := strings.Cut(line, ":")
		column, bad := excelize.ColumnNameToNumber(first)
		row, err := csv.NewReader(strings.NewReader(rest)).Read()
		if err != nil || bad != nil || column > 200 {
			rows = append(rows, nil)
			continue
		}
		rows = append(rows, append(make([]string, column-1), row...))
	}
	return rows
}

// FuzzCOINTool: whatever stands in the two sheets.
func FuzzCOINTool(f *testing.F) {
	f.Add(database, framework)
	f.Add(database, "\n"+framework)
	f.Add(strings.ReplaceAll(database, "Ind.", "children"), framework)
	f.Add(strings.ReplaceAll(database, "n/a", "--"), strings.ReplaceAll(framework, "Index", "p.01"))
	f.Fuzz(func(t *testing.T, database, framework string) {
		if !utf8.ValidString(database + framework) {
			return // XML is not read where it is not UTF-8
		}
		p, err := source.COINToolCells(cells(database), cells(framework), source.Options{Year: 2023})
		checkImport(t, p, err)
	})
}

// TestBrokenWorkbook: a workbook of which something was lost or changed is a
// problem, or is read as if it were whole; never a panic.
func TestBrokenWorkbook(t *testing.T) {
	good := workbook(t, map[string]string{"Database": database, "Framework": framework})
	for n := range 100 {
		at := len(good) * n / 100
		changed := bytes.Clone(good)
		changed[at] ^= 0x55
		for _, book := range [][]byte{good[:at], changed} {
			p, err := source.COINTool(source.Input{Name: "tool.xlsx", Text: book}, source.Options{Year: 2023})
			checkImport(t, p, err)
		}
	}
}
