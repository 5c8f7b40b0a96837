package engine_test

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"mizan/engine"
)

// withTables is a project with ties and both kinds of tables of supply, figures
// made up.
func withTables() engine.Input {
	files := fstest.MapFS{
		"figures.csv": {Data: []byte("unit,indicator,year,value\nA,x,2020,1\nB,x,2020,2\nC,x,2020,4\nD,x,2020,3\n")},
		"ties.csv":    {Data: []byte("a,b,year,weight\nA,B,2019,3\nA,B,2020,4\nB,C,2020,1\nA,D,2020,2\nC,D,2020,5\nD,X,2020,1\n")},
		"use.csv":     {Data: []byte("unit,supplier,quantity,year\nA,a,6,2020\nA,b,2,2020\nB,b,4,2020\nC,?,1,2020\n")},
		"homes.csv":   {Data: []byte("supplier,home\na,A\nb,B\n")},
		"exports.csv": {Data: []byte("unit,quantity,year\nA,4,2020\nB,0,2020\n")},
		"chain.csv":   {Data: []byte("unit,good,quantity,year\nA,sand,60,2020\nB,sand,40,2020\nA,light,,2020\nC,light,60,2020\n")},
	}
	return engine.Input{Name: "mizan.yaml", Files: files, Text: []byte(`
mizan: 1
id: tables
period: {year: 2020}
observations: [{file: figures.csv}]
ties: [{code: t, file: ties.csv}]
supply:
  - {code: use, file: use.csv, suppliers: homes.csv, exports: exports.csv, unknown: ["?"]}
  - {code: made, file: chain.csv, kind: provision}
indicators: {x: {pool: sum}}
framework: {code: top, children: [{code: x}]}
alliances: [{code: ab, members: [A, B]}]
`)}
}

// parsed is the document of a report, read as JSON.
func parsed(t *testing.T, r *engine.Report) map[string]any {
	t.Helper()
	var b bytes.Buffer
	if err := r.WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	var doc map[string]any
	if err := json.Unmarshal(b.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

// What is asked for is in the document, says what the commands say, and is read
// back; what is not asked for is not there.
func TestAdd(t *testing.T) {
	r, err := engine.Run(withTables())
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range engine.Parts() {
		if doc := parsed(t, r); doc[part] != nil {
			t.Errorf("%s is there and was not asked for", part)
		}
	}
	if err := r.Add(engine.PartNetwork, engine.PartSupply); err != nil {
		t.Fatal(err)
	}
	doc := parsed(t, r)
	at := func(path ...any) (v any) {
		v = any(doc)
		for _, p := range path {
			switch p := p.(type) {
			case string:
				v = v.(map[string]any)[p]
			case int:
				v = v.([]any)[p]
			}
		}
		return v
	}
	// By hand: four links of 12 in 2020, the one with X outside; of all three
	// supplies A has 2 of 8 from outside over exports of 4.
	got := []any{
		at("network", 0, "links"), at("network", 0, "weight"), at("network", 0, "outside", "weight"),
		at("supply", 0, "units", 0, "cdi2"), at("supply", 0, "units", 0, "cdi3"), at("supply", 1, "chain", "goods", 1, "choke"), at("uncertainty"),
	}
	if d := cmp.Diff([]any{4., 12., 1., 0.25, 0.5, "A", nil}, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	text, err := r.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	again, err := engine.ReadReport(text)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(doc["network"], parsed(t, again)["network"]); d != "" {
		t.Errorf("network read back (-want +got)\n%s", d)
	}
	if d := cmp.Diff(doc["supply"], parsed(t, again)["supply"]); d != "" {
		t.Errorf("supply read back (-want +got)\n%s", d)
	}
}

// All that is wrong with what is asked for is told.
func TestAddProblems(t *testing.T) {
	err := build(t, "hdi").Add("netwrk", engine.PartSupply, engine.PartUncertainty)
	for _, want := range []string{`the document has no part "netwrk"; did you mean "network"?`, "hdi has no tables of supply", "uncertain"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// docs/report.md names every key of the document, and of its parts network and
// supply those at any depth.
func TestReportIsDocumented(t *testing.T) {
	page, err := os.ReadFile("../docs/report.md")
	if err != nil {
		t.Fatal(err)
	}
	top, rest, _ := strings.Cut(string(page), "\n## network\n")
	networks, supplies, _ := strings.Cut(rest, "\n## supply\n")
	r, err := engine.Run(withTables())
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Add(engine.PartNetwork, engine.PartSupply); err != nil {
		t.Fatal(err)
	}
	text, err := r.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string][]string{"": jsonKeys(engine.Report{}), "network": nil, "supply": nil}
	var doc map[string]any
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	for part := range keys {
		if part != "" {
			keys[part] = collect(doc[part], nil)
		}
	}
	for part, page := range map[string]string{"": top, "network": networks, "supply": supplies} {
		named := map[string]bool{}
		for _, m := range regexp.MustCompile("`([a-z_0-9.\\[\\]]+)`").FindAllStringSubmatch(page, -1) {
			for name := range strings.SplitSeq(strings.ReplaceAll(m[1], "[]", ""), ".") {
				named[name] = true
			}
		}
		for _, key := range keys[part] {
			if !named[key] {
				t.Errorf("%s: the page does not name %s", part, key)
			}
		}
	}
}

// jsonKeys are the keys of a struct's document.
func jsonKeys(v any) []string {
	var keys []string
	for i := range reflect.TypeOf(v).NumField() {
		f := reflect.TypeOf(v).Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name != "" && name != "-" {
			keys = append(keys, name)
		}
	}
	return keys
}

// collect lists the keys of a document at any depth; a text in several languages
// and what is the same everywhere (an interval) count as one.
func collect(v any, keys []string) []string {
	switch v := v.(type) {
	case map[string]any:
		for key, below := range v {
			keys = append(keys, key)
			if key == "name" || key == "description" {
				continue
			}
			keys = collect(below, keys)
		}
	case []any:
		for _, below := range v {
			keys = collect(below, keys)
		}
	}
	return keys
}
