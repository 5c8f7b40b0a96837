package export_test

import (
	"bytes"
	"encoding/csv"
	"io/fs"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"mizan"
	"mizan/engine"
	"mizan/internal/export"
)

// folder is what a form that is a folder writes.
func folder(t testing.TB, files []export.File, err error) fstest.MapFS {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	out := fstest.MapFS{}
	for _, f := range files {
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		if out[f.Name] != nil {
			t.Errorf("%s is written twice", f.Name)
		}
		out[f.Name] = &fstest.MapFile{Data: b.Bytes()}
	}
	return out
}

func csvFolder(t testing.TB, r *engine.Report, o export.Options) fstest.MapFS {
	t.Helper()
	files, err := export.CSVFolder(r, o)
	return folder(t, files, err)
}

// sameTables compares two builds, bit by bit.
func sameTables(t testing.TB, want, got *engine.Report) {
	t.Helper()
	values := 0
	for name, pair := range map[string][2]*mizan.Table{
		"scores": {want.Scores, got.Scores}, "ranks": {want.Ranks, got.Ranks}, "raw": {want.Stages.Raw, got.Stages.Raw},
		"imputed": {want.Stages.Imputed, got.Stages.Imputed}, "normalised": {want.Stages.Normalised, got.Stages.Normalised},
	} {
		a, b := pair[0], pair[1]
		if !slices.Equal(a.Units, b.Units) || !slices.Equal(a.Codes, b.Codes) || !slices.Equal(a.Years, b.Years) {
			t.Errorf("%s has other axes", name)
			continue
		}
		for i := range a.Values {
			if math.Float64bits(a.Values[i]) != math.Float64bits(b.Values[i]) && !(math.IsNaN(a.Values[i]) && math.IsNaN(b.Values[i])) {
				t.Fatalf("%s: value %d is %v, want %v", name, i, b.Values[i], a.Values[i])
			}
			if !math.IsNaN(a.Values[i]) {
				values++
			}
		}
	}
	if values == 0 {
		t.Error("there is nothing to compare")
	}
}

// lookingBack chooses figures of other years in several panel years at once: a
// figure that was chosen for 2020 must not serve as one of 2020.
var lookingBack = fstest.MapFS{
	"mizan.yaml": {Data: []byte(`mizan: 1
id: looking-back
period: {from: 2020, to: 2022, look_back: 1, stand_in: 1}
observations: [{file: wide.csv, format: wide, origin: office}, {file: more.csv}]
indicators:
  a: {look_back: 2}
  b: {absent: 7}
  c: {direction: -1}
figures: {c: {X: {2021: 4.5}, Y: {2022: null}}}
framework: {code: top, children: [{code: a}, {code: b}, {code: c}]}
`)},
	"wide.csv": {Data: []byte("unit,year,a,b\nX,2018,1.1,\nX,2019,0.1,2\nY,2021,3,4\nZ,2020,5,\nZ,2023,0.30000000000000004,6\n")},
	"more.csv": {Data: []byte("unit,indicator,year,value,status,sd\nX,c,2019,1,estimated,0.25\nY,c,2022,2,,\nY,c,2021,1e-300,provisional,\nZ,c,2020,9007199254740993,,\n")},
}

// TestCSVFolderBuildsTheSame: export, build the folder, and every stage is the
// same to the last bit.
func TestCSVFolderBuildsTheSame(t *testing.T) {
	for name, c := range map[string]struct {
		files fs.FS
		edits []string
	}{
		"stock": {stock, nil}, "small": {small, nil}, "looking-back": {lookingBack, nil}, "ai-race": {embedded(t, "ai-race"), nil},
		"ai-race, edited": {embedded(t, "ai-race"), []string{"build.normalise.method=z-score", "framework.talent.weight=3"}},
		"hdi":             {embedded(t, "hdi"), []string{"period.from=2015"}},
	} {
		t.Run(name, func(t *testing.T) {
			want := report(t, c.files, c.edits...)
			sameTables(t, want, report(t, csvFolder(t, want, export.Options{})))
		})
	}
}

// TestCSVFolderIsStable: what was exported and built is exported as it was.
func TestCSVFolderIsStable(t *testing.T) {
	first := csvFolder(t, report(t, lookingBack), export.Options{Raw: true})
	second := csvFolder(t, report(t, first), export.Options{Raw: true})
	for name, f := range first {
		if !bytes.Equal(f.Data, second[name].Data) {
			t.Errorf("%s differs:\n%s\n%s", name, f.Data, second[name].Data)
		}
	}
}

// TestStagesAsCSV: worked by hand. F's harvest of 100 is pulled in to 5; C's
// crime is none because nobody reports it; bread of D is the mean of the others.
func TestStagesAsCSV(t *testing.T) {
	rows := readCSV(t, csvFolder(t, report(t, stock), export.Options{})["data/stages.csv"].Data)
	at := map[string]map[string]string{}
	for _, row := range rows {
		at[row["unit"]+" "+row["indicator"]] = row
	}
	for cell, want := range map[string]string{
		"F harvest raw": "100", "F harvest treated": "5", "F harvest normalised": "100",
		"C crime raw": "0", "C crime status": "structural-zero", "C crime denominated": "0",
		"A bread raw": "0.1", "A bread year_used": "2022", "E bread status": "stand-in", "E bread year_used": "2024",
		"D bread raw": "", "D bread imputed": "0.3", "A harvest origin": "office", "G harvest screened": "",
	} {
		f := strings.Fields(cell)
		row, known := at[f[0]+" "+f[1]]
		if !known {
			t.Fatalf("there is no row %s %s", f[0], f[1])
		}
		if row[f[2]] != want {
			t.Errorf("%s is %q, want %q", cell, row[f[2]], want)
		}
	}
}

func readCSV(t testing.TB, text []byte) []map[string]string {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var list []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, cell := range row {
			m[rows[0][i]] = cell
		}
		list = append(list, m)
	}
	return list
}

// TestNoFormulas: no cell of a folder is a formula, save numbers; with raw the
// texts are as they were.
func TestNoFormulas(t *testing.T) {
	r := report(t, stock)
	for name, f := range csvFolder(t, r, export.Options{}) {
		if !strings.HasSuffix(name, ".csv") {
			continue
		}
		for _, row := range readCSV(t, f.Data) {
			for column, cell := range row {
				if cell == "" || !strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
					continue
				}
				if _, err := strconv.ParseFloat(cell, 64); err != nil {
					t.Errorf("%s: the %s %q would be computed", name, column, cell)
				}
			}
		}
	}
	text := string(csvFolder(t, r, export.Options{})["data/units.csv"].Data)
	if want := "A,'=cmd|' /C calc'!A0,Альфа,North"; !strings.Contains(text, want) {
		t.Errorf("units.csv lacks %s:\n%s", want, text)
	}
	text = string(csvFolder(t, r, export.Options{Raw: true})["data/units.csv"].Data)
	if want := "\nA,=cmd|' /C calc'!A0,"; !strings.Contains(text, want) {
		t.Errorf("raw units.csv lacks %q:\n%s", want, text)
	}
}

// TestFormulaCode: a code that the guard would change is refused, for the
// project file names it too.
func TestFormulaCode(t *testing.T) {
	files := fstest.MapFS{
		"mizan.yaml": {Data: []byte("mizan: 1\nid: x\nperiod: {year: 2020}\nobservations: [{file: f.csv}]\nindicators: {a: {}}\nframework: {code: top, children: [{code: a}]}\n")},
		"f.csv":      {Data: []byte("unit,indicator,year,value\n@A,a,2020,1\nB,a,2020,2\n")},
	}
	r := report(t, files)
	if _, err := export.CSVFolder(r, export.Options{}); err == nil || !strings.Contains(err.Error(), `"@A" for a formula; give the unit another code, or write the text as it is with --raw`) {
		t.Errorf("got %v", err)
	}
	sameTables(t, r, report(t, csvFolder(t, r, export.Options{Raw: true})))
}

// TestOneYear: stages and results are of the year that was asked for, and the
// project still builds all years.
func TestOneYear(t *testing.T) {
	r := report(t, lookingBack)
	files := csvFolder(t, r, export.Options{Year: 2021})
	for _, name := range []string{"data/stages.csv", "data/results.csv"} {
		rows := readCSV(t, files[name].Data)
		if len(rows) == 0 {
			t.Errorf("%s is empty", name)
		}
		for _, row := range rows {
			if row["year"] != "2021" {
				t.Errorf("%s has a row of %s", name, row["year"])
			}
		}
	}
	sameTables(t, r, report(t, files))
	if _, err := export.CSVFolder(r, export.Options{Year: 1990}); err == nil {
		t.Error("1990 was taken")
	}
}
