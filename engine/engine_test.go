package engine_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"mizan"
	"mizan/dataset"
	"mizan/engine"
	"mizan/spec"
)

// tiny is a project worked by hand. Min-max gives a 0 50 100, b 0 100 50 and c,
// where less is better, 100 50 0; food is the mean of a and b; the top weighs
// food 3 and peace 1. DDD has one figure of three and is screened out.
var tiny = fstest.MapFS{
	"mizan.yaml": {Data: []byte(`mizan: 1
id: tiny
title: {en: Tiny}
period: {year: 2023, look_back: 1}
units: {file: units.csv}
observations: [{file: figures.csv, origin: office}]
origins: {file: origins.yaml}
indicators:
  a: {name: {en: Apples}, measure: kg}
  b: {name: {en: Bread}, measure: kg}
  c: {name: {en: "Crime < 1 & more"}, measure: cases, direction: -1}
  heads: {name: {en: People}, measure: persons}
framework:
  code: top
  name: {en: Plenty}
  children:
    - {code: food, weight: 3, children: [{code: a}, {code: b}]}
    - {code: peace, children: [{code: c}]}
build:
  screen: {method: coverage, min_coverage: 0.6}
  normalise: {method: min-max, to: [0, 100]}
variants:
  even: {title: {en: Even weights}, edits: [{set: framework.food.weight, to: 1}]}
`)},
	"units.csv": {Data: []byte("unit,name:en,region\nAAA,Alpha,North\nBBB,Beta,South\nCCC,Gamma,South\nDDD,Delta,\n")},
	"figures.csv": {Data: []byte(`unit,indicator,year,value,status
AAA,a,2023,0,
BBB,a,2022,5,
CCC,a,2023,10,estimated
AAA,b,2023,10,
BBB,b,2023,30,
CCC,b,2023,20,
AAA,c,2023,1,
BBB,c,2023,2,
CCC,c,2023,3,
DDD,c,2023,2,
AAA,heads,2023,1000,
`)},
	"origins.yaml": {Data: []byte("office: {publisher: Office, title: Yearbook, licence: CC BY 4.0, url: 'https://example.org', year: 2024}\n")},
}

func input(edits ...string) engine.Input {
	in := engine.Input{Name: "mizan.yaml", Text: tiny["mizan.yaml"].Data, Files: tiny}
	for _, text := range edits {
		e, err := spec.ParseEdit(text)
		if err != nil {
			panic(err)
		}
		in.Edits = append(in.Edits, e)
	}
	return in
}

func run(t *testing.T, in engine.Input) *engine.Report {
	t.Helper()
	r, err := engine.Run(in)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func document(t *testing.T, r *engine.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := r.WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var nan = math.NaN()

func TestRun(t *testing.T) {
	r := run(t, input()).Complete()
	for _, want := range []struct {
		what  string
		table *mizan.Table
		code  string
		x     []float64
	}{
		{"score", r.Scores, "top", []float64{25, 68.75, 56.25, nan}},
		{"score", r.Scores, "food", []float64{0, 75, 75, nan}},
		{"rank", r.Ranks, "top", []float64{3, 1, 2, nan}},
		{"rank", r.Ranks, "food", []float64{3, 1, 1, nan}},
		{"raw", r.Stages.Raw, "c", []float64{1, 2, 3, 2}},
		{"normalised", r.Stages.Normalised, "c", []float64{100, 50, 0, nan}},
		{"contribution", r.Contributions, "a", []float64{0, 18.75, 37.5, nan}},
		{"contribution", r.Contributions, "c", []float64{25, 12.5, 0, nan}},
	} {
		if got := want.table.Column(0, want.table.Code(want.code)); !same(got, want.x) {
			t.Errorf("%s of %s: %v, want %v", want.what, want.code, got, want.x)
		}
	}
	if got, want := r.Cells.Year[0][0], []int{2023, 2022, 2023, 0}; !cmp.Equal(got, want) {
		t.Errorf("years of a: %v, want %v", got, want)
	}
	if got, want := r.Cells.Status[0][0], []string{"observed", "observed", "estimated", "missing"}; !cmp.Equal(got, want) {
		t.Errorf("statuses of a: %v, want %v", got, want)
	}
	want := dataset.Coverage{Code: "a", Available: 3, Of: 4, Share: 0.75, Exact: 2, Earlier: 1}
	if got := r.Coverage[0].Indicators[0]; got != want {
		t.Errorf("coverage of a: %+v, want %+v", got, want)
	}
	if len(r.Removed) != 1 || r.Removed[0].Unit != "DDD" {
		t.Errorf("removed: %v", r.Removed)
	}
	if !r.Indicators[0].InFramework || r.Indicators[3].InFramework {
		t.Error("a is in the framework and heads is not")
	}
}

func same(a, b []float64) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] && !(math.IsNaN(a[i]) && math.IsNaN(b[i])) {
			return false
		}
	}
	return true
}

func TestVariantAndEdits(t *testing.T) {
	in := input("framework.food.weight=2")
	in.Variant = "even"
	r := run(t, in)
	if got := r.Scores.At(0, r.Scores.Code("top"), 0); math.Abs(got-100.0/3) > 1e-12 {
		t.Errorf("AAA has %v: the edit comes after the variant", got)
	}
	if r.Project.Variant != "even" || !cmp.Equal(r.Project.Edits, []string{"framework.food.weight=2"}) {
		t.Errorf("project: %+v", r.Project)
	}
	in.Variant = "evn"
	var ps mizan.Problems
	if _, err := engine.Run(in); !errors.As(err, &ps) || ps[0].ID != "unknown-variant" {
		t.Errorf("unknown variant: %v", err)
	}
}

// TestProblemsTogether: a mistake in a method must not hide one in the data.
func TestProblemsTogether(t *testing.T) {
	files := fstest.MapFS{
		"units.csv": tiny["units.csv"], "origins.yaml": tiny["origins.yaml"],
		"figures.csv": {Data: []byte("unit,indicator,year,value\nAAA,a,2023,much\n")},
	}
	in := input()
	in.Files = files
	in.Text = bytes.Replace(in.Text, []byte("min-max"), []byte("minmax"), 1)
	_, err := engine.Run(in)
	var ps mizan.Problems
	if !errors.As(err, &ps) {
		t.Fatalf("%v", err)
	}
	var ids []string
	for _, p := range ps {
		ids = append(ids, p.ID)
	}
	if got := strings.Join(ids, " "); got != "bad-number unknown-method" {
		t.Errorf("problems: %s", got)
	}
}

// TestDocument compares the document with a file that was checked by eye
// against the hand-worked tables, and reads it back.
func TestDocument(t *testing.T) {
	r := run(t, input())
	got := document(t, r)
	const name = "testdata/tiny.json"
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), string(got)); d != "" {
		t.Errorf("the document changed (-want +got):\n%s", d)
	}
	if !json.Valid(got) {
		t.Error("the document is no JSON")
	}
	if r.Canonical != "" || r.Cells.Codes != nil {
		t.Error("writing keeps what it made")
	}
	if again := document(t, r.Complete()); !bytes.Equal(got, again) {
		t.Error("a complete report has another document")
	}
	back, err := engine.ReadReport(got)
	if err != nil {
		t.Fatal(err)
	}
	if again := document(t, back); !bytes.Equal(got, again) {
		t.Error("a report that was read has another document")
	}
	if back.Spec == nil || back.Spec.ID != "tiny" {
		t.Error("the spec was not read")
	}
	compact, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := engine.ReadReport(compact); err != nil {
		t.Errorf("as written by encoding/json: %v", err)
	}
}

func TestReadReportRefuses(t *testing.T) {
	good := string(document(t, run(t, input())))
	for name, text := range map[string]string{
		"nothing":      "",
		"no object":    "[]",
		"cut off":      good[:len(good)/2],
		"other format": strings.Replace(good, `"format":1`, `"format":2`, 1),
		"short column": strings.Replace(good, "[25,68.75,56.25,null]", "[25,68.75]", 1),
		"framework":    strings.Replace(good, `"children":["a","b"]`, `"children":["top","b"]`, 1),
		"provenance":   strings.Replace(good, `["observed","observed","estimated","missing"]`, `["observed"]`, 1),
		"null table":   strings.Replace(good, `"years":[2023]`, `"years":[2023,2024]`, 1),
	} {
		if text == good {
			t.Fatalf("%s: nothing was changed", name)
		}
		_, err := engine.ReadReport([]byte(text))
		var ps mizan.Problems
		if !errors.As(err, &ps) || ps[0].ID != "not-a-report" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzReadReport: what is read can be written, compared and explained without
// a panic.
func FuzzReadReport(f *testing.F) {
	golden, err := os.ReadFile("testdata/tiny.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(golden)
	f.Add([]byte(`{"format":1}`))
	f.Add([]byte(`{"format":1,"years":[1],"units":[{"code":"A"}],"nodes":[{"code":"t","children":["t"]}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := engine.ReadReport(text)
		if err != nil {
			return
		}
		var b bytes.Buffer
		if err := r.WriteJSON(&b); err != nil || !json.Valid(b.Bytes()) {
			t.Errorf("written: %v", err)
		}
		if _, err := engine.Diff(r, r, 0); err != nil {
			var p *mizan.Problem
			if !errors.As(err, &p) {
				t.Errorf("diff: %v", err)
			}
		}
	})
}

// TestCanonicalWithoutVariants: a project without variants has its text in the
// report too, and it builds the same.
func TestCanonicalWithoutVariants(t *testing.T) {
	r := run(t, input("variants=")).Complete()
	in := engine.Input{Name: "mizan.yaml", Text: []byte(r.Canonical), Files: tiny}
	if again := run(t, in); again.Project.Hash != r.Project.Hash || !same(again.Scores.Values, r.Scores.Values) {
		t.Errorf("%s builds %s, want %s", r.Canonical, again.Project.Hash, r.Project.Hash)
	}
	if !bytes.Contains(document(t, run(t, input("variants="))), []byte(`"spec":"mizan: 1\n`)) {
		t.Error("the document does not hold the project")
	}
}
