package export_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io/fs"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xuri/excelize/v2"

	"mizan"
	"mizan/engine"
	"mizan/internal/export"
	"mizan/spec"
)

// stock has one figure of every kind, worked by hand: F's harvest is an outlier
// and pulled in from 100 to 5; bread is of an earlier year (A), estimated (B),
// provisional (C), imputed as the mean of the others (D) and a stand-in (E);
// nobody reports C's crime, which counts as none. G has no other figure.
// Names try to be formulas.
var stock = fstest.MapFS{
	"mizan.yaml": {Data: []byte(`mizan: 1
id: stock
title: {en: "=1+1 & <stock>", ru: Запас}
description: {en: "@SUM(A1)"}
period: {year: 2023, look_back: 1, stand_in: 1}
units: {file: units.csv}
observations: [{file: figures.csv, origin: office}]
origins: {file: origins.yaml}
indicators:
  harvest: {name: {en: "=HYPERLINK(\"https://example.org\")"}, measure: "+t"}
  bread: {name: {en: "_x0041_ bread"}, measure: "-kg"}
  crime: {name: {en: Crime}, measure: cases, direction: -1, absent: 0}
  heads: {name: {en: People}, measure: persons}
framework:
  code: top
  name: {en: Plenty}
  children:
    - {code: food, name: {en: Food}, weight: 3, children: [{code: harvest}, {code: bread}]}
    - {code: crime}
build:
  denominate: {crime: heads}
  impute: {method: mean}
  screen: {method: coverage, min_coverage: 0.6}
  treat: {method: none, each: {harvest: winsorise}}
  normalise: {method: min-max, to: [0, 100]}
`)},
	"units.csv":    {Data: []byte("unit,name:en,name:ru,region\nA,=cmd|' /C calc'!A0,Альфа,North\nB,Beta,Бета,North\nC,Gamma,Гамма,South\nD,Delta,Дельта,South\nE,Epsilon,,South\nF,Phi,,South\nG,Golf,,North\n")},
	"origins.yaml": {Data: []byte("office: {publisher: '=Office', title: Yearbook, licence: CC BY 4.0, url: 'https://example.org/a?b=1&c=2', year: 2024}\n")},
	"figures.csv": {Data: []byte(`unit,indicator,year,value,status
A,harvest,2023,1,
B,harvest,2023,2,
C,harvest,2023,3,
D,harvest,2023,4,
E,harvest,2023,5,
F,harvest,2023,100,
A,bread,2022,0.1,
B,bread,2023,0.2,estimated
C,bread,2023,0.3,provisional
E,bread,2024,0.4,
F,bread,2023,0.5,
A,crime,2023,1,
B,crime,2023,3,
D,crime,2023,5,
E,crime,2023,7,
F,crime,2023,9,
A,heads,2023,10,
B,heads,2023,10,
C,heads,2023,10,
D,heads,2023,10,
E,heads,2023,10,
F,heads,2023,30,
`)},
}

func report(t testing.TB, files fs.FS, edits ...string) *engine.Report {
	t.Helper()
	text, err := fs.ReadFile(files, "mizan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	in := engine.Input{Name: "mizan.yaml", Text: text, Files: files}
	for _, e := range edits {
		edit, err := spec.ParseEdit(e)
		if err != nil {
			t.Fatal(err)
		}
		in.Edits = append(in.Edits, edit)
	}
	r, err := engine.Run(in)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestWorkbookHoldsEveryNumber: each sheet of figures equals the report to the
// last bit, of small and large projects, of one year and of several.
func TestWorkbookHoldsEveryNumber(t *testing.T) {
	for name, files := range map[string]fs.FS{"stock": stock, "small": small, "ai-race": embedded(t, "ai-race"), "hdi": embedded(t, "hdi")} {
		t.Run(name, func(t *testing.T) {
			var edits []string
			if name == "hdi" {
				edits = []string{"period.from=2019"}
			}
			r := report(t, files, edits...)
			b, _ := written(t, r, export.Options{})
			for sheet, table := range map[string]*mizan.Table{
				"Scores": r.Scores, "Ranks": r.Ranks, "Contributions": r.Contributions, "Raw": r.Stages.Raw, "Denominated": r.Stages.Denominated,
				"Imputed": r.Stages.Imputed, "Screened": r.Stages.Screened, "Treated": r.Stages.Treated, "Normalised": r.Stages.Normalised,
			} {
				b.sameTable(sheet, table, r.Years...)
			}
			if name != "hdi" {
				return
			}
			column, rows, _ := b.table("Rank by year", "unit")
			c := r.Ranks.Code(r.Top())
			for u, row := range rows {
				for y, year := range r.Years {
					got, want := number(t, field(row, column[strconv.Itoa(year)])), r.Ranks.At(y, c, u)
					if got != want && !(math.IsNaN(got) && math.IsNaN(want)) {
						t.Errorf("rank of %s in %d: %v, want %v", row[0], year, got, want)
					}
				}
			}
		})
	}
}

// TestWorkbookMarks: what is marked, how, and what a note says.
func TestWorkbookMarks(t *testing.T) {
	b, _ := written(t, report(t, stock, "figures={heads: {F: 31}}"), export.Options{})
	const (
		earlier, later, estimate, provisional, zero, filled, gone = "FFF2CC", "F8CBAD", "DDEBF7", "E4DFEC", "D9EAD3", "A9D08E", "D9D9D9"
	)
	for _, tt := range []struct{ sheet, unit, code, value, colour string }{
		{"Raw", "A", "bread", "0.1", earlier},
		{"Raw", "B", "bread", "0.2", estimate},
		{"Raw", "C", "bread", "0.3", provisional},
		{"Raw", "D", "bread", "", ""},
		{"Raw", "E", "bread", "0.4", later},
		{"Raw", "F", "bread", "0.5", ""},
		{"Raw", "C", "crime", "0", zero},
		{"Raw", "G", "crime", "0", zero},
		{"Denominated", "B", "crime", "0.3", ""},
		{"Imputed", "D", "bread", "0.3", filled},
		{"Imputed", "A", "bread", "0.1", earlier},
		{"Screened", "G", "crime", "", gone},
		{"Treated", "D", "bread", "0.3", filled},
		{"Treated", "F", "harvest", "5", ""},
		{"Normalised", "F", "harvest", "100", ""},
		{"Scores", "G", "top", "", gone},
		{"Year used", "A", "bread", "2022", earlier},
		{"Year used", "E", "bread", "2024", later},
		{"Other series", "E", "heads", "10", ""},
		{"Other series", "F", "heads", "31", "FFCCE5"},
	} {
		at := b.address(tt.sheet, tt.unit, tt.code)
		value, err := b.GetCellValue(tt.sheet, at)
		if err != nil {
			t.Fatal(err)
		}
		if value != tt.value {
			t.Errorf("%s: %s of %s is %q, want %q", tt.sheet, tt.code, tt.unit, value, tt.value)
		}
		if got := b.style(tt.sheet, at); colour(got) != tt.colour {
			t.Errorf("%s: %s of %s has the colour %q, want %q", tt.sheet, tt.code, tt.unit, colour(got), tt.colour)
		}
	}
	for _, unit := range []string{"E", "F"} {
		if got := b.style("Treated", b.address("Treated", unit, "harvest")).Font.Bold; got != (unit == "F") {
			t.Errorf("the harvest of %s is marked as pulled in: %t", unit, got)
		}
	}
	comments, err := b.GetComments("Raw")
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	for _, c := range comments {
		said[c.Cell] = c.Text
	}
	for at, want := range map[string]string{
		b.address("Raw", "A", "bread"): "Figure of 2022. From =Office.",
		b.address("Raw", "B", "bread"): "Status: estimated. From =Office.",
		b.address("Raw", "C", "bread"): "Status: provisional. From =Office.",
		b.address("Raw", "E", "bread"): "Figure of 2024. Status: stand-in. From =Office.",
		b.address("Raw", "C", "crime"): "Status: structural-zero.",
	} {
		if said[at] != want && strings.TrimSpace(said[at]) != want {
			t.Errorf("the note at %s says %q, want %q", at, said[at], want)
		}
	}
	if len(comments) != 6 { // that of G's crime, of which nobody reports any, too
		t.Errorf("%d notes, want 6", len(comments))
	}
}

// TestWorkbookHasNoFormula: text is text whatever it begins with, and comes
// back as it was; numbers are numbers.
func TestWorkbookHasNoFormula(t *testing.T) {
	r := report(t, stock)
	b, file := written(t, r, export.Options{})
	seen := map[string]bool{}
	for _, sheet := range b.GetSheetList() {
		for i, row := range b.rows(sheet) {
			for j, text := range row {
				if text == "" {
					continue
				}
				at, err := excelize.CoordinatesToCellName(j+1, i+1)
				if err != nil {
					t.Fatal(err)
				}
				kind, err := b.GetCellType(sheet, at)
				if err != nil {
					t.Fatal(err)
				}
				if formula, _ := b.GetCellFormula(sheet, at); formula != "" || kind == excelize.CellTypeFormula {
					t.Errorf("%s!%s is a formula: %s", sheet, at, formula)
				}
				_, notNumber := strconv.ParseFloat(text, 64)
				if isNumber := kind == excelize.CellTypeUnset || kind == excelize.CellTypeNumber; isNumber && notNumber != nil {
					t.Errorf("%s!%s is a number cell with %q", sheet, at, text)
				}
				if kind == excelize.CellTypeInlineString && b.style(sheet, at).NumFmt != 49 {
					t.Errorf("%s!%s would become something else when it is edited", sheet, at)
				}
				seen[text] = true
			}
		}
	}
	for _, want := range []string{"=1+1 & <stock>", "@SUM(A1)", "=cmd|' /C calc'!A0", `=HYPERLINK("https://example.org")`, "_x0041_ bread", "+t", "-kg", "=Office"} {
		if !seen[want] {
			t.Errorf("%q does not come back", want)
		}
	}
	if bytes.Contains(file, []byte("<f>")) {
		t.Error("there is a formula")
	}
}

// TestWorkbookTellsTheWhole: weights, indicators, units, origins, findings and
// cover say what is in the report.
func TestWorkbookTellsTheWhole(t *testing.T) {
	r := report(t, stock, "framework.food.weight=1")
	b, _ := written(t, r, export.Options{})
	get := func(sheet, key, row, column string) string {
		t.Helper()
		columns, rows, _ := b.table(sheet, key)
		for _, x := range rows {
			if field(x, columns[key]) == row {
				return field(x, columns[column])
			}
		}
		t.Fatalf("%s has no row %s", sheet, row)
		return ""
	}
	for _, tt := range []struct{ sheet, key, row, column, want string }{
		{"Framework", "code", "food", "declared_weight", "1"},
		{"Framework", "code", "food", "share_of_parent", "0.5"},
		{"Framework", "code", "bread", "effective_weight", "0.25"},
		{"Framework", "code", "bread", "parent", "food"},
		{"Framework", "code", "crime", "direction", "-1"},
		{"Framework", "code", "top", "method", "arithmetic-mean"},
		{"Indicators", "code", "bread", "figures", "5"},
		{"Indicators", "code", "bread", "of", "7"},
		{"Indicators", "code", "bread", "of_another_year", "2"},
		{"Indicators", "code", "bread", "imputed", "1"},
		{"Indicators", "code", "bread", "imputation", "mean"},
		{"Indicators", "code", "crime", "denominator", "heads"},
		{"Indicators", "code", "heads", "in_framework", "no"},
		{"Indicators", "code", "harvest", "origins", "office"},
		{"Units", "unit", "A", "name:ru", "Альфа"},
		{"Units", "unit", "B", "region", "North"},
		{"Units", "unit", "G", "screened_out", "2023: " + r.Removed[0].Reason},
		{"Origins", "origin", "office", "licence", "CC BY 4.0"},
		{"Origins", "origin", "office", "figures", "22"},
		{"Ranking", "year", "2023", "rank", "1"},
	} {
		if got := get(tt.sheet, tt.key, tt.row, tt.column); got != tt.want {
			t.Errorf("%s: %s of %s is %q, want %q", tt.sheet, tt.column, tt.row, got, tt.want)
		}
	}
	cover, last := map[string]string{}, map[string]string{}
	for _, row := range b.rows("Cover") {
		label := field(row, 0)
		if last[label] = field(row, 1); cover[label] == "" {
			cover[label] = last[label]
		}
	}
	for label, want := range map[string]string{
		"Project": "stock", "Changed for once": "framework.food.weight=1", "Year": "2023", "Units": "7, of which 6 are ranked in 2023",
		"Normalisation": "min-max (to [0, 100])", "SHA-256 of the project": r.Project.Hash, "imputed": "not observed: filled in by the method of imputation",
		"CC BY 4.0": "22 figures: =Office",
	} {
		if cover[label] != want {
			t.Errorf("the cover says of %s %q, want %q", label, cover[label], want)
		}
	}
	for _, sheet := range b.GetSheetList()[1:] {
		if last[sheet] == "" {
			t.Errorf("the cover does not say what %s is", sheet)
		}
		panes, err := b.GetPanes(sheet)
		if err != nil || !panes.Freeze || panes.YSplit == 0 {
			t.Errorf("%s: the heads do not stay: %+v, %v", sheet, panes, err)
		}
	}
	if linked, target, err := b.GetCellHyperLink("Origins", "E2"); err != nil || !linked || target != "https://example.org/a?b=1&c=2" {
		t.Errorf("the address of the origin leads to %q, %v", target, err)
	}
	column, rows, _ := b.table("Ranking", "year")
	if last := rows[len(rows)-1]; last[column["unit"]] != "G" || !strings.HasPrefix(last[column["remark"]], "not ranked: ") {
		t.Errorf("the last of the ranking is %v", last)
	}
}

// TestWorkbookReadsBack: the figures of a workbook, saved as CSV, are the
// observations of a project that gives the same index.
func TestWorkbookReadsBack(t *testing.T) {
	for name, files := range map[string]fs.FS{"stock": stock, "ai-race": embedded(t, "ai-race"), "small": small} {
		r := report(t, files)
		b, _ := written(t, r, export.Options{})
		var observations bytes.Buffer
		w := csv.NewWriter(&observations)
		for _, row := range b.rows("Figures") {
			_ = w.Write(row[:6])
		}
		w.Flush()
		var project strings.Builder
		for _, row := range b.rows("Project")[1:] {
			project.WriteString(field(row, 1) + "\n")
		}
		again := fstest.MapFS{"mizan.yaml": {Data: []byte(project.String())}}
		again[r.Spec.Observations[0].File] = &fstest.MapFile{Data: observations.Bytes()}
		for _, path := range []string{r.Spec.Units.File, r.Spec.Origins.File} {
			if path == "" {
				continue
			}
			text, err := fs.ReadFile(files, path)
			if err != nil {
				t.Fatal(err)
			}
			again[path] = &fstest.MapFile{Data: text}
		}
		got := report(t, again, "published=[]", "period.look_back=0")
		for i, want := range r.Scores.Values {
			if v := got.Scores.Values[i]; v != want && !(math.IsNaN(v) && math.IsNaN(want)) {
				t.Fatalf("%s: score %d is %v, want %v", name, i, v, want)
			}
		}
	}
}

// TestWorkbookIsTheSame: the same bytes every time.
func TestWorkbookIsTheSame(t *testing.T) {
	_, first := written(t, report(t, stock), export.Options{})
	for range 3 {
		if _, again := written(t, report(t, stock), export.Options{}); !bytes.Equal(first, again) {
			t.Fatal("the file differs")
		}
	}
}

// TestWorkbookOfOneYear: one year alone, names in another language.
func TestWorkbookOfOneYear(t *testing.T) {
	r := report(t, small)
	b, _ := written(t, r, export.Options{Year: 2022, Lang: "ar"})
	b.sameTable("Scores", r.Scores, 2022)
	if slices.Contains(b.GetSheetList(), "Rank by year") {
		t.Error("there is one year")
	}
	if title, _ := b.GetCellValue("Cover", "A1"); title != "وفرة" {
		t.Errorf("the title is %q", title)
	}
	err := export.Excel(&bytes.Buffer{}, r, export.Options{Year: 1990})
	var p *mizan.Problem
	if !errors.As(err, &p) || p.ID != "unknown-year" {
		t.Errorf("1990: %v", err)
	}
}

// TestWorkbookOfLearntWeights: declared weights and those that were used are
// told apart.
func TestWorkbookOfLearntWeights(t *testing.T) {
	b, _ := written(t, report(t, stock, "build.weights=equal"), export.Options{})
	column, rows, _ := b.table("Framework", "code")
	for _, row := range rows {
		if row[0] == "food" && (row[column["declared_weight"]] != "3" || row[column["share_of_parent"]] != "0.5") {
			t.Errorf("food weighs %v", row)
		}
	}
}

// TestWorkbookTextIsCut: no text is longer than a cell may hold, and what is cut
// says so.
func TestWorkbookTextIsCut(t *testing.T) {
	files := maps.Clone(stock)
	long := strings.Repeat("ж", 40_000)
	files["mizan.yaml"] = &fstest.MapFile{Data: bytes.Replace(stock["mizan.yaml"].Data, []byte(`"@SUM(A1)"`), []byte(long), 1)}
	b, _ := written(t, report(t, files), export.Options{})
	for _, row := range b.rows("Cover") {
		if field(row, 0) == "About" && (!strings.HasSuffix(row[1], " … (cut)") || len([]rune(row[1])) > 32_767) {
			t.Errorf("%d characters", len([]rune(row[1])))
		}
	}
}

// TestFormats: every format describes itself, for the command that is made of
// it.
func TestFormats(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range export.Formats() {
		if f.Name == "" || seen[f.Name] || f.Summary == "" || strings.HasSuffix(f.Summary, ".") || f.About == "" || f.Folder() != (f.Suffix == "") || f.Folder() == (f.Write != nil) {
			t.Errorf("%+v", f)
		}
		seen[f.Name] = true
	}
}
