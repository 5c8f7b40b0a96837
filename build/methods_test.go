package build

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"mizan"
	"mizan/internal/oracle"
	"mizan/spec"
)

var nan = math.NaN()

func sameColumn(t *testing.T, what string, got, want []float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d values, want %d", what, len(got), len(want))
	}
	for i := range got {
		if !oracle.Near(got[i], want[i]) {
			t.Errorf("%s: value %d is %v, want %v", what, i+1, got[i], want[i])
		}
	}
}

// checked gives an entry with its options as a project would give them.
func checked(t testing.TB, stage mizan.Stage, name string, given map[string]any) (Entry, Options) {
	t.Helper()
	e, ok := entry(stage, name)
	if !ok {
		t.Fatalf("no method %s of %s", name, stage)
	}
	step := spec.Step{Method: name}
	for _, o := range stepOptions(e.Method) {
		if v, ok := given[o.Name]; ok {
			step.Options = append(step.Options, spec.OptionValue{Name: o.Name, Value: v})
			delete(given, o.Name)
		}
	}
	for name, v := range given {
		step.Options = append(step.Options, spec.OptionValue{Name: name, Value: v})
	}
	opts, bad := checkOptions(step, e.Method)
	if len(bad) > 0 {
		t.Fatalf("options of %s: %v", name, bad[0])
	}
	return e, opts
}

// TestEveryMethodIsDocumented holds the promise of the registry: an entry
// describes itself and makes what its stage needs.
func TestEveryMethodIsDocumented(t *testing.T) {
	kebab := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	snake := regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`)
	stages := []mizan.Stage{mizan.Impute, mizan.Screen, mizan.Treat, mizan.Normalise, mizan.Weight, mizan.Aggregate}
	seen := map[string]bool{}
	last := 0
	for _, e := range entries() {
		name := fmt.Sprintf("%s %s", e.Stage, e.Name)
		if seen[name] {
			t.Errorf("%s stands twice in the registry", name)
		}
		seen[name] = true
		at := slices.Index(stages, e.Stage)
		if at < last {
			t.Errorf("%s stands after the methods of a later stage", name)
		}
		last = at
		for what, text := range map[string]string{"summary": e.Summary, "formula": e.Formula, "missing": e.Missing, "source": e.Source} {
			if strings.TrimSpace(text) == "" {
				t.Errorf("%s has no %s", name, what)
			}
		}
		if !kebab.MatchString(e.Name) || !strings.HasSuffix(e.Summary, ".") {
			t.Errorf("%s: name or summary is not in the usual form", name)
		}
		makers := map[mizan.Stage]bool{
			mizan.Impute: e.NewImputer != nil, mizan.Screen: e.NewScreener != nil, mizan.Treat: e.NewTreater != nil,
			mizan.Normalise: e.NewNormaliser != nil, mizan.Weight: e.NewWeigher != nil, mizan.Aggregate: e.NewAggregator != nil,
		}
		for stage, set := range makers {
			if set != (stage == e.Stage) {
				t.Errorf("%s: the New function of stage %s is set: %v", name, stage, set)
			}
		}
		for _, o := range e.Options {
			if !snake.MatchString(o.Name) || o.Summary == "" || o.Name == "over" && o.Default != "panel" || o.Name == "each" || o.Name == "method" {
				t.Errorf("%s: option %q has no summary or a name that will not do", name, o.Name)
			}
			if o.Required && o.Default != nil {
				t.Errorf("%s: option %s is required and has a default", name, o.Name)
			}
			if o.Kind == mizan.ChoiceOption && o.Default != nil && !slices.Contains(o.Choices, o.Default.(string)) {
				t.Errorf("%s: the default of %s is not among its choices", name, o.Name)
			}
		}
	}
}

func TestMethodsAreCopies(t *testing.T) {
	list := Methods()
	if len(list) != len(entries()) {
		t.Fatalf("%d methods, want %d", len(list), len(entries()))
	}
	for i := range list {
		for j := range list[i].Options {
			list[i].Options[j].Name = "spoilt"
		}
		list[i].Name = "spoilt"
	}
	if e, ok := entry(mizan.Normalise, "min-max"); !ok || e.Options[0].Name != "to" {
		t.Error("changing what Methods returned changed the registry")
	}
	if names := methodNames(mizan.Weight); len(names) < 2 || names[0] != "declared" || names[1] != "equal" {
		t.Errorf("the weights are %v", names)
	}
}

func TestBadOptionsTogether(t *testing.T) {
	e, _ := entry(mizan.Treat, "winsorise")
	step := spec.Step{Method: "winsorise", Options: []spec.OptionValue{
		{Name: "max_point", Value: 5.0},
		{Name: "max_points", Value: 2.5},
		{Name: "else", Value: "log-coim"},
		{Name: "over", Value: "panel"},
		{Name: "kurtosis", Value: math.Inf(1)},
		{Name: "skewness", Value: -1.0},
		{Name: "skewness", Value: 1.0},
	}}
	_, bad := checkOptions(step, e.Method)
	want := []string{
		`the method "winsorise" has no option "max_point"; did you mean "max_points"?`,
		`max_points cannot be 2.5; give a whole number of at least 0`,
		`else cannot be "log-coim"; did you mean "log-coin"?`,
		`kurtosis cannot be not a number; give a number`,
		`skewness cannot be -1; give a number of at least 0`,
		`the option "skewness" is given twice; keep one`,
	}
	if len(bad) != len(want) {
		t.Fatalf("%d errors, want %d: %v", len(bad), len(want), bad)
	}
	for i, e := range bad {
		if e.Error() != want[i] {
			t.Errorf("got  %s\nwant %s", e, want[i])
		}
	}
}

func TestOptionKinds(t *testing.T) {
	tests := []struct {
		stage  mizan.Stage
		method string
		option string
		value  any
		want   string // of the error; "" = good
	}{
		{mizan.Normalise, "min-max", "to", []any{1.0, 100.0}, ""},
		{mizan.Normalise, "min-max", "to", []any{100.0, 1.0}, "to cannot be [100, 1]; give a list of two numbers, the lower first, such as [0, 100]"},
		{mizan.Normalise, "min-max", "to", []any{1.0}, "to cannot be [1]; give a list of two numbers, the lower first, such as [0, 100]"},
		{mizan.Normalise, "min-max", "to", "0..100", `to cannot be "0..100"; give a list of two numbers, the lower first, such as [0, 100]`},
		{mizan.Normalise, "min-max", "min", nil, "min cannot be empty; give a number"},
		{mizan.Normalise, "min-max", "range", 1.0, `the method "min-max" has no option "range"; its options are to, min, max, over`},
		{mizan.Normalise, "none", "over", "month", `over cannot be "month"; give one of year, panel`},
		{mizan.Weight, "equal", "by", "x", `the method "equal" has no option "by"; it has no options`},
		{mizan.Impute, "group-mean", "by", true, "by cannot be true; give the name of a group variable, a column of the file of units"},
		{mizan.Impute, "group-mean", "over", "panel", `the method "group-mean" needs the option "by"; give by: the group variable, a column of the file of units`},
		{mizan.Screen, "coverage", "min_coverage", 1.5, "min_coverage cannot be 1.5; give a number from 0 to 1"},
		{mizan.Screen, "coverage", "force", map[string]any{"RUS": "keep", "AND": "remove"}, ""},
		{mizan.Screen, "coverage", "force", map[string]any{"RUS": "yes"}, `force cannot be {RUS: "yes"}; give a mapping such as {RUS: keep}; each value is one of keep, remove`},
		{mizan.Impute, "regression", "on", []any{"gdp", "pop"}, ""},
		{mizan.Impute, "regression", "on", []any{"gdp", "gdp"}, `on cannot be ["gdp", "gdp"]; give a list of codes of indicators, each once, such as [gdp, pop]`},
		{mizan.Impute, "regression", "on", []any{"gdp", 3.0}, `on cannot be ["gdp", 3]; give a list of codes of indicators, each once, such as [gdp, pop]`},
		{mizan.Impute, "regression", "on", []any{}, `on cannot be []; give a list of codes of indicators, each once, such as [gdp, pop]`},
		{mizan.Impute, "regression", "on", "gdp", `on cannot be "gdp"; give a list of codes of indicators, each once, such as [gdp, pop]`},
		{mizan.Impute, "linear", "over", "panel", ""},
		{mizan.Impute, "linear", "over", "year", `over cannot be "year"; give panel, or leave it out`},
		{mizan.Impute, "linear", "limit", 0.0, `limit cannot be 0; give a whole number of at least 1`},
		{mizan.Normalise, "goalposts", "truncate", "no", `truncate cannot be "no"; give true or false`},
	}
	for _, tt := range tests {
		e, _ := entry(tt.stage, tt.method)
		opts, bad := checkOptions(spec.Step{Options: []spec.OptionValue{{Name: tt.option, Value: tt.value}}}, e.Method)
		bad = slices.DeleteFunc(bad, func(e *OptionError) bool { return e.ID == "missing-option" && tt.method == "goalposts" })
		switch {
		case tt.want == "" && (len(bad) > 0 || !opts.given(tt.option)):
			t.Errorf("%s %s: %v refused: %v", tt.method, tt.option, tt.value, bad)
		case tt.want != "" && (len(bad) != 1 || bad[0].Error() != tt.want):
			t.Errorf("%s %s:\ngot  %v\nwant %s", tt.method, tt.option, bad, tt.want)
		}
	}
}

// TestNumbersTogether: the kinds of options that hold many numbers.
func TestNumbersTogether(t *testing.T) {
	m := mizan.Method{Name: "judged", Options: []mizan.Option{
		{Name: "order", Kind: mizan.ListOption, Min: new(0.0), Max: new(1.0)},
		{Name: "pairs", Kind: mizan.TableOption, Min: new(0.0)},
		{Name: "points", Kind: mizan.MapOption, Max: new(100.0)},
	}}
	type object = map[string]any
	for _, tt := range []struct {
		option string
		value  any
		want   string // of the error; "" = good
	}{
		{"order", []any{0.5, 0.0, 1.0}, ""},
		{"order", []any{}, "order cannot be []; give a list of numbers from 0 to 1, such as [4, 3, 1]"},
		{"order", []any{0.5, 2.0}, "order cannot be [0.5, 2]; give a list of numbers from 0 to 1, such as [4, 3, 1]"},
		{"order", 0.5, "order cannot be 0.5; give a list of numbers from 0 to 1, such as [4, 3, 1]"},
		{"pairs", object{"a": object{"b": 3.0}, "c": object{}}, ""},
		{"pairs", object{"a": 3.0}, "pairs cannot be {a: 3}; give a mapping of mappings to numbers of at least 0, such as {a: {b: 3, c: 5}, b: {c: 2}}"},
		{"pairs", object{"a": object{"b": -1.0}}, "pairs cannot be {a: {b: -1}}; give a mapping of mappings to numbers of at least 0, such as {a: {b: 3, c: 5}, b: {c: 2}}"},
		{"points", object{"a": 100.0}, ""},
		{"points", object{"a": 101.0}, "points cannot be {a: 101}; give a mapping from code to number of at most 100"},
	} {
		opts, bad := checkOptions(spec.Step{Options: []spec.OptionValue{{Name: tt.option, Value: tt.value}}}, m)
		switch {
		case tt.want == "" && (len(bad) > 0 || !opts.given(tt.option)):
			t.Errorf("%v refused: %v", tt.value, bad)
		case tt.want != "" && (len(bad) != 1 || bad[0].Error() != tt.want):
			t.Errorf("got  %v\nwant %s", bad, tt.want)
		}
	}
	opts := Options{"order": []float64{1, 2}, "pairs": object{"a": object{"b": 3.0}}, "points": object{"a": 7.0}}
	if got := fmt.Sprint(opts.list("order"), opts.table("pairs"), opts.numbers("points"), opts.table("none"), opts.numbers("none")); got != "[1 2] map[a:map[b:3]] map[a:7] map[] map[]" {
		t.Errorf("the options read back as %s", got)
	}
}

// TestRefusedOptions: options that are fine one by one and not together.
func TestRefusedOptions(t *testing.T) {
	tests := []struct {
		stage  mizan.Stage
		method string
		given  map[string]any
		option string
	}{
		{mizan.Normalise, "min-max", map[string]any{"min": 5.0, "max": 5.0}, "max"},
		{mizan.Normalise, "z-score", map[string]any{"sd": 0.0}, "sd"},
		{mizan.Normalise, "goalposts", map[string]any{"posts": []any{0.0, 5.0}, "log": true}, "posts"},
		{mizan.Treat, "power", map[string]any{"exponent": -1.0}, "exponent"},
		{mizan.Treat, "trim-percentiles", map[string]any{"low": 50.0, "high": 50.0}, "high"},
		{mizan.Treat, "log-gii", map[string]any{"factor": -1.0}, "factor"},
		{mizan.Treat, "inverse-hyperbolic-sine", map[string]any{"theta": 0.0}, "theta"},
		{mizan.Treat, "winsorise", map[string]any{"unlimited": true, "when": "always"}, "unlimited"},
		{mizan.Treat, "winsorise", map[string]any{"factor": 10.0}, "factor"},
		{mizan.Treat, "winsorise", map[string]any{"else": "none", "lambda": 0.0}, "lambda"},
		{mizan.Treat, "winsorise", map[string]any{"else": "power", "exponent": -1.0}, "exponent"},
		{mizan.Normalise, "mazziotta-pareto", map[string]any{"sd": -1.0}, "sd"},
		{mizan.Normalise, "adjusted-mazziotta-pareto", map[string]any{"reference": 1.0, "reference_unit": "A"}, "reference_unit"},
		{mizan.Aggregate, "generalised-mean", map[string]any{"exponent": 0.0}, "exponent"},
	}
	for _, tt := range tests {
		e, opts := checked(t, tt.stage, tt.method, tt.given)
		err := makeAny(e, opts)
		var bad *OptionError
		if !errors.As(err, &bad) || bad.Option != tt.option || bad.Remedy == "" {
			t.Errorf("%s: %v, want an error of option %s with a remedy", tt.method, err, tt.option)
		}
	}
}

// makeAny calls the New function of an entry.
func makeAny(e Entry, o Options) (err error) {
	switch e.Stage {
	case mizan.Impute:
		_, err = e.NewImputer(o)
	case mizan.Screen:
		_, err = e.NewScreener(o)
	case mizan.Treat:
		_, err = e.NewTreater(o)
	case mizan.Normalise:
		_, err = e.NewNormaliser(o)
	case mizan.Weight:
		_, err = e.NewWeigher(o)
	default:
		_, err = e.NewAggregator(o)
	}
	return err
}

// TestExplain: an imputed cell says where it comes from.
func TestExplain(t *testing.T) {
	m := &Matrix{
		Columns: [][]float64{{10, 20, nan, 5, nan}},
		Groups: func(string) ([]string, bool) {
			return []string{"high", "high", "high", "low", "low"}, true
		},
	}
	for _, tt := range []struct{ method, want string }{
		{"mean", "the mean of 3 values"},
		{"median", "the median of 3 values"},
		{"group-mean", "the mean of 2 values of income high"},
		{"group-median", "the median of 2 values of income high"},
	} {
		given := map[string]any{}
		if strings.HasPrefix(tt.method, "group") {
			given["by"] = "income"
		}
		e, opts := checked(t, mizan.Impute, tt.method, given)
		im, err := e.NewImputer(opts)
		if err != nil {
			t.Fatal(err)
		}
		if got := im.(Explainer).Explain(m, 0, 2).Text; got != tt.want {
			t.Errorf("%s: %q, want %q", tt.method, got, tt.want)
		}
	}
}

// TestParameters: what was learnt is told in the indicator's own measure.
func TestParameters(t *testing.T) {
	x := []float64{2, 4, nan, 10}
	for _, tt := range []struct{ method, want string }{
		{"min-max", "[{min 2} {max 10} {low 0} {high 100}]"},
		{"distance-to-max", "[{best 2} {worst 10}]"},
		{"fraction-of-max", "[{min 2}]"},
		{"rank", "[{values 3}]"},
		{"none", "[]"},
		{"distance-to-unit", "[{worst 10} {reference 2}]"},
		{"mazziotta-pareto", "[{mean 5.333333333333333} {sd 3.39934634239519}]"},
		{"adjusted-mazziotta-pareto", "[{low post 2} {high post 10}]"},
	} {
		opts := optionsFor(t, mustEntry(t, mizan.Normalise, tt.method), nil)
		n, err := mustEntry(t, mizan.Normalise, tt.method).NewNormaliser(opts)
		if err != nil {
			t.Fatal(err)
		}
		f, err := fitNormalise(n, x, letters(4), -1)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(f.Parameters()); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.method, got, tt.want)
		}
	}
}

func mustEntry(t *testing.T, stage mizan.Stage, name string) Entry {
	t.Helper()
	e, ok := entry(stage, name)
	if !ok {
		t.Fatalf("no method %s of %s", name, stage)
	}
	return e
}

// TestTreatParameters: caps and constants of a treatment are told.
func TestTreatParameters(t *testing.T) {
	long := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 200, 300, 1000, -2000}
	for _, tt := range []struct {
		method, want string
		given        map[string]any
	}{
		{"winsorise", "[{low cap 1} {high cap 20}]", map[string]any{}},
		{"winsorise", "[{low cap 1} {min 1} {max 1000}]", map[string]any{"max_points": 1.0, "combine": true}},
		{"log-coin-original", "[{min -2000}]", map[string]any{}},
		{"power", "[{exponent 0.5}]", map[string]any{}},
		{"box-cox", "[{min -2000} {lambda 0.5}]", map[string]any{"lambda": 0.5}},
		{"yeo-johnson", "[{lambda 0.5}]", map[string]any{"lambda": 0.5}},
		{"log-gii", "[{min -2000} {max 1000} {factor 1}]", map[string]any{}},
		{"inverse-hyperbolic-sine", "[{theta 1}]", map[string]any{}},
		{"trim-percentiles", "[{low cap 1} {high cap 17}]", map[string]any{"low": 100.0 / 23, "high": 1700.0 / 23}},
		{"winsorise", "[{theta 3}]", map[string]any{"max_points": 0.0, "else": "inverse-hyperbolic-sine", "theta": 3.0}},
	} {
		e, opts := checked(t, mizan.Treat, tt.method, tt.given)
		w, err := e.NewTreater(opts)
		if err != nil {
			t.Fatal(err)
		}
		f, err := w.FitTreat(long)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(f.Parameters()); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.method, got, tt.want)
		}
	}
}
