package spec_test

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"mizan"
	"mizan/spec"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// methods is a small registry of every stage and kind of option.
func methods() []mizan.Method {
	zero, one := 0.0, 1.0
	return []mizan.Method{
		{Stage: mizan.Impute, Name: "none"},
		{Stage: mizan.Impute, Name: "median"},
		{Stage: mizan.Impute, Name: "group-median", Options: []mizan.Option{{Name: "by", Kind: mizan.GroupOption, Required: true}}},
		{Stage: mizan.Impute, Name: "regression", Options: []mizan.Option{{Name: "on", Kind: mizan.CodesOption, Required: true}}},
		{Stage: mizan.Impute, Name: "linear", Options: []mizan.Option{{Name: "over", Kind: mizan.ChoiceOption, Choices: []string{"panel"}, Default: "panel"}}},
		{Stage: mizan.Screen, Name: "none"},
		{Stage: mizan.Screen, Name: "coverage", Options: []mizan.Option{
			{Name: "min_coverage", Kind: mizan.NumberOption, Min: &zero, Max: &one, Default: 0.65},
			{Name: "on", Kind: mizan.ChoiceOption, Choices: []string{"raw", "denominated", "imputed"}, Default: "raw"},
			{Name: "force", Kind: mizan.MapOption, Choices: []string{"keep", "remove"}},
		}},
		{Stage: mizan.Treat, Name: "none"},
		{Stage: mizan.Treat, Name: "log"},
		{Stage: mizan.Treat, Name: "power", Options: []mizan.Option{{Name: "root", Kind: mizan.NumberOption, Required: true}}},
		{Stage: mizan.Treat, Name: "winsorise", Options: []mizan.Option{
			{Name: "max_points", Kind: mizan.WholeOption, Min: &zero, Default: 5},
			{Name: "else", Kind: mizan.ChoiceOption, Choices: []string{"log", "none"}},
		}},
		{Stage: mizan.Normalise, Name: "z-score"},
		{Stage: mizan.Normalise, Name: "min-max", Options: []mizan.Option{{Name: "to", Kind: mizan.RangeOption, Default: []float64{0, 100}}}},
		{Stage: mizan.Normalise, Name: "goalposts", Options: []mizan.Option{
			{Name: "posts", Kind: mizan.RangeOption, Required: true}, {Name: "log", Kind: mizan.BoolOption},
		}},
		{Stage: mizan.Weight, Name: "declared"},
		{Stage: mizan.Weight, Name: "equal"},
		{Stage: mizan.Weight, Name: "ahp", Options: []mizan.Option{{Name: "comparisons", Kind: mizan.TableOption, Min: &zero}, {Name: "order", Kind: mizan.ListOption, Max: &one}, {Name: "targets", Kind: mizan.MapOption, Min: &zero}}},
		{Stage: mizan.Aggregate, Name: "arithmetic-mean"},
		{Stage: mizan.Aggregate, Name: "geometric-mean"},
		{Stage: mizan.Aggregate, Name: "median"},
	}
}

func compile(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := spec.Schema(methods())
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	if err := c.AddResource("project.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("project.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// value reads YAML as an editor does before it validates.
func value(t *testing.T, text []byte) any {
	t.Helper()
	raw, err := json.Marshal(spec.Plain(text))
	if err != nil {
		t.Fatal(err)
	}
	out, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestSchemaAcceptsProjects(t *testing.T) {
	s := compile(t)
	for _, file := range append(projects, sample) {
		parsed, text := load(t, file)
		for _, form := range [][]byte{text, parsed.Canonical()} {
			if err := s.Validate(value(t, form)); err != nil {
				t.Errorf("%s: %v", file, err)
			}
		}
	}
}

// A file that is refused for its shape is refused by the schema too.
func TestSchemaRefusesBadShapes(t *testing.T) {
	s := compile(t)
	_, text := load(t, sample)
	for _, tt := range []struct{ old, bad string }{
		{"mizan: 1", "mizan: 2"},
		{"mizan: 1", "mizan: '1'"},
		{"id: sample", "id: Big Sample"},
		{"id: sample", "ID: sample"},
		{"id: sample", "id: sample\nimprint: {licence: all rights}"},
		{"id: sample", "id: sample\nimprint: {authors: Ada Lovelace}"},
		{"id: sample", "id: sample\nimprint: {authors: [{affiliation: A}]}"},
		{"id: sample", "id: sample\nimprint: {authors: [{name: A, orcid: 0000-0002-1825-009}]}"},
		{"id: sample", "id: sample\nimprint: {authors: [{name: A, email: a@b}]}"},
		{"id: sample", "id: sample\nimprint: {publisher: {name: A, ror: 152gg0110}}"},
		{"id: sample", "id: sample\nimprint: {doi: 'doi:10.5281/zenodo.1'}"},
		{"id: sample", "id: sample\nimprint: {home_page: example.org}"},
		{"title: {en: Sample,", "title: {english: Sample,"},
		{"title: {en: Sample,", "title: {en: 7,"},
		{"look_back: 5", "lookback: 5"},
		{"look_back: 5", "look_back: -1"},
		{"look_back: 5", "look_back: 1.5"},
		{"year: 2023", "year: now"},
		{"{file: data/units.csv}", "data/units.csv"},
		{"[{file: data/observations.csv}]", "data/observations.csv"},
		{"[{file: data/observations.csv}]", "[{file: o.csv, format: long}]"},
		{"[{file: data/observations.csv}]", "[{format: wide}]"},
		{"direction: -1", "direction: 2"},
		{"direction: -1", "direction: up"},
		{"pool: sum", "pool: total"},
		{"pool: sum", "pool: {mean: pop}"},
		{"pop: {}", "pop: {range: [1]}"},
		{"pop: {}", "gdp.ppp: {}"},
		{"weight: 0.5", "weight: -0.5"},
		{"weight: 0.5", "weigth: 0.5"},
		{"code: talent", "direction: 0\n      code: talent"},
		{"code: talent", "name: talent"},
		{"denominate: {patents: pop}", "denominate: {patents: {scale: 2}}"},
		{"denominate: {patents: pop}", "denominate: {patents: {by: pop, scale: 0}}"},
		{"normalise:", "normalize:"},
		{"impute: median", "impute: 3"},
		{"aggregate: [arithmetic-mean, geometric-mean]", "aggregate: []"},
		{"{remove: framework.patents}", "{remove: framework.patents, to: 1}"},
		{"{remove: framework.patents}", "{set: title}"},
		{"{remove: framework.patents}", "{}"},
		{"file: published/other.csv", "fil: published/other.csv"},
		{"min_alpha: 0.6", "min_alpha: high"},
		{", reason: Both are needed", ""},
		{"finding: redundant-pair", "find: redundant-pair"},
	} {
		bad := bytes.Replace(text, []byte(tt.old), []byte(tt.bad), 1)
		if bytes.Equal(bad, text) {
			t.Fatalf("%q is not in the sample", tt.old)
		}
		if _, err := spec.Parse("f", bad); err == nil {
			t.Errorf("%s: Parse accepts it", tt.bad)
		}
		if err := s.Validate(value(t, bad)); err == nil {
			t.Errorf("%s: the schema accepts it", tt.bad)
		}
	}
}

// Methods and options are refused by the schema; package build refuses them
// for the command line.
func TestSchemaKnowsMethods(t *testing.T) {
	s := compile(t)
	_, text := load(t, sample)
	for _, tt := range []struct {
		old, step string
		fine      bool
	}{
		{"impute: median", "impute: meedian", false},
		{"impute: median", "impute: {method: group-median}", false},
		{"impute: median", "impute: {method: group-median, each: {debt: none}}", true},
		{"impute: median", "impute: {method: group-median, by: income}", true},
		{"impute: median", "impute: {method: median, by: income}", false},
		{"impute: median", "impute: {method: median, over: panel}", true},
		{"impute: median", "impute: {method: median, over: ever}", false},
		{"impute: median", "impute: {method: linear, over: panel}", true},
		{"impute: median", "impute: {method: linear, over: year}", false},
		{"impute: median", "impute: {method: regression, on: [debt, patents]}", true},
		{"impute: median", "impute: {method: regression, on: []}", false},
		{"impute: median", "impute: {method: regression, on: debt}", false},
		{"impute: median", "impute: {each: {debt: none}}", false},
		{"{min_coverage: 0.65}", "{min_coverage: 65}", false},
		{"{min_coverage: 0.65}", "{on: imputed, force: {RUS: keep}}", true},
		{"{min_coverage: 0.65}", "{on: raw, force: {RUS: maybe}}", false},
		{"{min_coverage: 0.65}", "none", true},
		{"max_points: 5,", "max_points: 1.5,", false},
		{"max_points: 5,", "points: 5,", false},
		{"{debt: log}", "{debt: {method: power}}", false},
		{"{debt: log}", "{debt: {method: power, root: 3}}", true},
		{"{debt: log}", "{debt: {method: log, each: {}}}", false},
		{"to: [1, 100]", "to: [1]", false},
		{"to: [1, 100]", "to: 100", false},
		{"{method: min-max, to: [1, 100]}", "{method: goalposts}", false},
		{"{method: min-max, to: [1, 100]}", "{method: goalposts, each: {debt: {method: goalposts, posts: [0, 9]}}}", true},
		{"aggregate: [arithmetic-mean, geometric-mean]", "weights: {method: ahp, comparisons: {a: {b: 3, c: 0.2}, b: {c: 1}}}", true},
		{"aggregate: [arithmetic-mean, geometric-mean]", "weights: {method: ahp, comparisons: {a: {b: -3}}}", false},
		{"aggregate: [arithmetic-mean, geometric-mean]", "weights: {method: ahp, comparisons: {a: 3}}", false},
		{"aggregate: [arithmetic-mean, geometric-mean]", "weights: {method: ahp, comparisons: {a: {b: c}}}", false},
		{"aggregate: [arithmetic-mean, geometric-mean]", "weights: {method: ahp, order: [0.5, 1]}", true},
		{"aggregate: [arithmetic-mean, geometric-mean]", "weights: {method: ahp, order: [2]}", false},
		{"aggregate: [arithmetic-mean, geometric-mean]", "weights: {method: ahp, order: []}", false},
		{"aggregate: [arithmetic-mean, geometric-mean]", "weights: {method: ahp, order: 1}", false},
		{"aggregate: [arithmetic-mean, geometric-mean]", "weights: {method: ahp, targets: {a: 1}}", true},
		{"aggregate: [arithmetic-mean, geometric-mean]", "weights: {method: ahp, targets: {a: -1}}", false},
		{"[arithmetic-mean, geometric-mean]", "median", true},
		{"[arithmetic-mean, geometric-mean]", "[{method: median}]", true},
		{"[arithmetic-mean, geometric-mean]", "mean", false},
	} {
		form := bytes.Replace(text, []byte(tt.old), []byte(tt.step), 1)
		if bytes.Equal(form, text) {
			t.Fatalf("%q is not in the sample", tt.old)
		}
		if err := s.Validate(value(t, form)); (err == nil) != tt.fine {
			t.Errorf("%s: %v", tt.step, err)
		}
	}
}

// Every golden file that is refused for its keys or types is refused by the
// schema.
func TestSchemaRefusesGoldenFiles(t *testing.T) {
	s := compile(t)
	archive, err := txtar.ParseFile(filepath.Join("testdata", "keys.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.Files {
		if strings.HasSuffix(f.Name, ".yaml") && f.Name != "types_deeper.yaml" {
			if err := s.Validate(value(t, f.Data)); err == nil {
				t.Errorf("the schema accepts %s", f.Name)
			}
		}
	}
}

// Every key of the types, by their tags, is in the schema with a description,
// and the schema has no other.
func TestSchemaHasEveryKey(t *testing.T) {
	text, err := spec.Schema(methods())
	if err != nil {
		t.Fatal(err)
	}
	var root map[string]any
	if err := json.Unmarshal(text, &root); err != nil {
		t.Fatal(err)
	}
	at := func(path ...string) map[string]any {
		n := root
		for _, p := range path {
			n = n[p].(map[string]any)
		}
		return n
	}
	denominator := at("properties", "build", "properties", "denominate", "additionalProperties")["oneOf"].([]any)[1].(map[string]any)
	member := at("properties", "alliances", "items", "properties", "members", "items")["oneOf"].([]any)[1].(map[string]any)
	observation := at("properties", "targets", "items", "properties", "observations")["oneOf"].([]any)[1].(map[string]any)
	figure := observation["additionalProperties"].(map[string]any)["oneOf"].([]any)[1].(map[string]any)
	factor := at("properties", "uncertainty", "properties", "vary", "items")
	imprint := func(path ...string) map[string]any {
		return at(append([]string{"properties", "imprint", "properties"}, path...)...)["oneOf"].([]any)[1].(map[string]any)
	}
	within := func(key string) map[string]any { return factor["properties"].(map[string]any)[key].(map[string]any) }
	alternative := within("from")["items"].(map[string]any)["anyOf"].([]any)[1].(map[string]any)
	for _, tt := range []struct {
		of     any
		schema map[string]any
	}{
		{spec.Spec{}, root},
		{spec.Imprint{}, at("properties", "imprint")},
		{spec.Author{}, imprint("authors", "items")},
		{spec.Body{}, imprint("publisher")},
		{spec.Contact{}, at("properties", "imprint", "properties", "contact")},
		{spec.Grant{}, imprint("funding", "items")},
		{spec.Period{}, at("properties", "period")},
		{spec.Units{}, at("properties", "units")},
		{spec.DataFile{}, at("properties", "observations", "items")},
		{spec.OriginFile{}, at("properties", "origins")},
		{spec.Indicator{}, at("properties", "indicators", "additionalProperties")},
		{spec.Node{}, at("$defs", "node")},
		{spec.Build{}, at("properties", "build")},
		{spec.Denominator{}, denominator},
		{spec.Variant{}, at("properties", "variants", "additionalProperties")},
		{spec.Edit{}, at("properties", "variants", "additionalProperties", "properties", "edits", "items")},
		{spec.Alliance{}, at("properties", "alliances", "items")},
		{spec.Member{}, member},
		{spec.Target{}, at("properties", "targets", "items")},
		{spec.TargetFigure{}, figure},
		{spec.Rate{}, at("properties", "rates", "items")},
		{spec.Projections{}, at("properties", "projections")},
		{spec.TieTable{}, at("properties", "ties", "items")},
		{spec.TieColumns{}, at("properties", "ties", "items", "properties", "columns")},
		{spec.LocationFile{}, at("properties", "locations")},
		{spec.SupplyTable{}, at("properties", "supply", "items")},
		{spec.SupplyColumns{}, at("properties", "supply", "items", "properties", "columns")},
		{spec.SupplyStage{}, at("properties", "supply", "items", "properties", "stages", "items")},
		{spec.DataSource{}, at("properties", "sources", "items")},
		{spec.PartialYear{}, at("properties", "ties", "items", "properties", "partial", "items")},
		{spec.Comparison{}, at("properties", "published", "items")},
		{spec.Audit{}, at("properties", "audit")},
		{spec.Uncertainty{}, at("properties", "uncertainty")},
		{spec.Factor{}, factor},
		{spec.VaryWeights{}, within("weights")["oneOf"].([]any)[1].(map[string]any)},
		{spec.Alternative{}, alternative},
		{spec.VaryFigures{}, within("error")},
		{spec.Silence{}, at("properties", "audit", "properties", "silence", "items")},
	} {
		properties := tt.schema["properties"].(map[string]any)
		typ := reflect.TypeOf(tt.of)
		keys := map[string]bool{}
		for i := range typ.NumField() {
			if tag := typ.Field(i).Tag.Get("yaml"); tag != "" && tag != "-" {
				keys[tag] = true
				p, ok := properties[tag].(map[string]any)
				if !ok {
					t.Errorf("%s: the schema lacks %s", typ.Name(), tag)
				} else if p["description"] == nil || p["description"] == "" {
					t.Errorf("%s.%s has no description", typ.Name(), tag)
				}
			}
		}
		for k := range properties {
			if !keys[k] {
				t.Errorf("%s: the schema has %s, the type has not", typ.Name(), k)
			}
		}
	}
}

func TestSchemaIsStable(t *testing.T) {
	a, err := spec.Schema(methods())
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		if b, _ := spec.Schema(methods()); !bytes.Equal(a, b) {
			t.Fatal("the schema differs from call to call")
		}
	}
}
