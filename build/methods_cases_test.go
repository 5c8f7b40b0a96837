package build

import (
	"errors"
	"fmt"
	"math"
	"os"
	"testing"

	"mizan/internal/oracle"

	"github.com/goccy/go-yaml"
	"github.com/rogpeppe/go-internal/txtar"

	"mizan"
	"mizan/stat"
)

// example is a worked example of testdata/methods; README.md there says what
// the keys mean.
type example struct {
	Options   map[string]any `yaml:"options"`
	Direction int            `yaml:"direction"`
	X         []any          `yaml:"x"`
	Groups    []string       `yaml:"groups"`
	Columns   [][]any        `yaml:"columns"`
	Children  [][]any        `yaml:"children"`
	Weights   []any          `yaml:"weights"`
	Want      []any          `yaml:"want"`
	Shares    [][]any        `yaml:"shares"`
	Later     []any          `yaml:"later"`
	LaterWant []any          `yaml:"later_want"`
	Applied   string         `yaml:"applied"`
	Points    *int           `yaml:"points"`
	Codes     []string       `yaml:"codes"`
	Outcome   []any          `yaml:"outcome"`
	Learnt    map[string]any `yaml:"learnt"`
	Digits    int            `yaml:"digits"`
	Within    float64        `yaml:"within"`
	Error     string         `yaml:"error"`
	Source    string         `yaml:"source"`
	Published bool           `yaml:"published"`

	MatrixExample `yaml:",inline"`
}

// TestWorkedExamples runs every example, and asks for one of every method.
func TestWorkedExamples(t *testing.T) {
	for _, e := range entries() {
		name := examplesOf(e)
		t.Run(string(e.Stage)+" "+e.Name, func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			archive := txtar.Parse(data)
			if len(archive.Files) == 0 {
				t.Errorf("%s has no example", name)
			}
			for _, file := range archive.Files {
				t.Run(file.Name, func(t *testing.T) { runExample(t, e, file.Data) })
			}
		})
	}
}

func runExample(t *testing.T, e Entry, data []byte) {
	var ex example
	if err := yaml.UnmarshalWithOptions(data, &ex, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	if ex.Source == "" {
		t.Error("the example has no source")
	}
	if ex.Direction == 0 {
		ex.Direction = 1
	}
	given := map[string]any{}
	for k, v := range ex.Options {
		given[k] = plain(v)
	}
	_, opts := checked(t, e.Stage, e.Name, given)
	var err error
	switch e.Stage {
	case mizan.Impute:
		err = ex.impute(t, e, opts)
	case mizan.Screen:
		err = ex.screen(t, e, opts)
	case mizan.Treat:
		err = ex.treat(t, e, opts)
	case mizan.Normalise:
		err = ex.normalise(t, e, opts)
	case mizan.Weight:
		err = ex.weigh(t, e, opts)
	default:
		err = ex.aggregate(t, e, opts)
	}
	switch {
	case err == nil && ex.Error != "":
		t.Errorf("no error, want %s", ex.Error)
	case err != nil && err.Error() != ex.Error:
		t.Errorf("got  %v\nwant %s", err, ex.Error)
	}
}

func (ex example) screen(t *testing.T, e Entry, o Options) error {
	s, err := e.NewScreener(o)
	if err != nil {
		return err
	}
	m := &Matrix{Units: letters(len(ex.Columns[0])), Columns: table(t, ex.Columns)}
	verdicts, err := s.Screen(m)
	if err != nil {
		return err
	}
	for i, v := range verdicts {
		if want := fmt.Sprint(ex.Want[i]); v.Keep != (want == "keep") {
			t.Errorf("unit %s: keep is %v (%s), want %s", m.Units[i], v.Keep, v.Reason, want)
		}
		if !v.Keep && v.Reason == "" {
			t.Errorf("unit %s is removed without a reason", m.Units[i])
		}
	}
	return nil
}

func (ex example) treat(t *testing.T, e Entry, o Options) error {
	w, err := e.NewTreater(o)
	if err != nil {
		return err
	}
	x := figures(t, ex.X)
	f, err := w.FitTreat(x)
	if err != nil {
		return err
	}
	ex.apply(t, f, x)
	if ex.Applied != "" && f.Applied != ex.Applied {
		t.Errorf("applied %s, want %s", f.Applied, ex.Applied)
	}
	if ex.Points != nil && f.Details["points"] != fmt.Sprint(*ex.Points) {
		t.Errorf("%s points, want %d", f.Details["points"], *ex.Points)
	}
	y := make([]float64, len(x))
	applyTo(f, y, x)
	left := stat.MomentsOf(y)
	ex.sameLearnt(t, append(f.Parameters(), Parameter{"skewness left", left.Skewness()}, Parameter{"kurtosis left", left.Kurtosis()}))
	return nil
}

func (ex example) normalise(t *testing.T, e Entry, o Options) error {
	n, err := e.NewNormaliser(o)
	if err != nil {
		return err
	}
	x := figures(t, ex.X)
	units := ex.Units
	if units == nil {
		units = letters(len(x))
	}
	f, err := fitNormalise(n, x, units, ex.Direction)
	var degenerate *Degenerate
	if err == nil || errors.As(err, &degenerate) {
		ex.apply(t, f, x)
	}
	return err
}

// apply compares what a transform makes of the figures, in one go and one by
// one, and of the later ones.
func (ex example) apply(t *testing.T, f Transform, x []float64) {
	t.Helper()
	y := make([]float64, len(x))
	applyTo(f, y, x)
	ex.sameFigures(t, "column", y, ex.Want)
	for i, v := range x {
		y[i] = f.Apply(v)
	}
	ex.sameFigures(t, "one by one", y, ex.Want)
	later := figures(t, ex.Later)
	applyTo(f, later, later)
	ex.sameFigures(t, "later", later, ex.LaterWant)
}

func (ex example) weigh(t *testing.T, e Entry, o Options) error {
	w, err := e.NewWeigher(o)
	if err != nil {
		return err
	}
	g := &Group{Parent: "top", Children: ex.Codes, W: figures(t, ex.Weights), X: table(t, ex.Children)}
	n := max(len(ex.Codes), len(g.W), len(g.X))
	if g.Children == nil {
		g.Children = letters(n)
	}
	for len(g.W) < n {
		g.W = append(g.W, 1)
	}
	if len(g.X) > 0 {
		g.Units = letters(len(g.X[0]))
	}
	g.Outcome = func(code string) ([]float64, bool) {
		return figures(t, ex.Outcome), code == "outcome" && ex.Outcome != nil
	}
	got, err := w.Weigh(g)
	if err != nil {
		return err
	}
	ex.sameFigures(t, "weights", got, ex.Want)
	if ex.Learnt == nil {
		return nil
	}
	_, learnt, err := w.(Learner).Learn(g)
	if err != nil {
		t.Fatal(err)
	}
	ex.sameLearnt(t, learnt)
	return nil
}

// sameLearnt compares what a method tells of itself besides its figures.
func (ex example) sameLearnt(t *testing.T, learnt []Parameter) {
	t.Helper()
	for _, p := range learnt {
		want, ok := ex.Learnt[p.Name]
		if delete(ex.Learnt, p.Name); ok && !ex.agree(p.Value, plain(want).(float64)) {
			t.Errorf("learnt %s: %v, want %v", p.Name, p.Value, want)
		}
	}
	if len(ex.Learnt) > 0 {
		t.Errorf("did not learn %v", ex.Learnt)
	}
}

// sameFigures compares figures to as many digits as were published; those that
// were not are _ in the example.
func (ex example) sameFigures(t *testing.T, what string, got []float64, want []any) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d figures, want %d", what, len(got), len(want))
	}
	for i, v := range got {
		if want[i] == "_" {
			continue
		}
		if w := figures(t, want[i:i+1])[0]; !ex.agree(v, w) {
			t.Errorf("%s: figure %d is %v, want %v", what, i+1, v, w)
		}
	}
}

func (ex example) agree(a, b float64) bool {
	switch {
	case a != a || b != b:
		return oracle.Near(a, b)
	case ex.Within > 0:
		return math.Abs(a-b) <= ex.Within
	case ex.Digits == 0:
		return oracle.Near(a, b)
	}
	return math.Abs(a-b) <= 0.5000001*math.Pow10(-ex.Digits)
}

func (ex example) aggregate(t *testing.T, e Entry, o Options) error {
	ag, err := e.NewAggregator(o)
	if err != nil {
		return err
	}
	g := &Group{Parent: "top", X: table(t, ex.Children), W: figures(t, ex.Weights), Units: letters(len(ex.Children[0]))}
	for i := range g.X {
		g.Children = append(g.Children, fmt.Sprint("c", i))
	}
	out := make([]float64, len(g.Units))
	if err := ag.Aggregate(g, out); err != nil {
		return err
	}
	ex.sameFigures(t, "scores", out, ex.Want)
	checkShares(t, "shares", ag, g, out)
	if ex.Shares != nil {
		ex.compareShares(t, ag, g, out)
	}
	return nil
}

func (ex example) compareShares(t *testing.T, ag Aggregator, g *Group, out []float64) {
	t.Helper()
	want := table(t, ex.Shares)
	got, expected := make([]float64, len(g.X)), make([]float64, len(g.X))
	for u := range out {
		for i := range g.X {
			expected[i] = want[i][u]
		}
		if out[u] == out[u] {
			sharesOf(t, "shares of "+g.Units[u], ag, g, u, out[u], got)
			sameColumn(t, "shares of "+g.Units[u], got, expected)
		}
	}
}

// figures reads a line of figures; NA is missing.
func figures(t *testing.T, list []any) []float64 {
	t.Helper()
	x := make([]float64, len(list))
	for i, v := range list {
		switch v := plain(v).(type) {
		case float64:
			x[i] = v
		case string:
			x[i] = nan
			if v != "NA" {
				t.Fatalf("%q is no figure", v)
			}
		default:
			t.Fatalf("%v is no figure", v)
		}
	}
	return x
}

func table(t *testing.T, list [][]any) [][]float64 {
	t.Helper()
	rows := make([][]float64, len(list))
	for i, row := range list {
		rows[i] = figures(t, row)
	}
	return rows
}

// plain turns what the YAML reader gives into the values of a project.
func plain(v any) any {
	switch v := v.(type) {
	case int:
		return float64(v)
	case int64:
		return float64(v)
	case uint64:
		return float64(v)
	case []any:
		list := make([]any, len(v))
		for i, e := range v {
			list[i] = plain(e)
		}
		return list
	case map[string]any:
		m := map[string]any{}
		for k, e := range v {
			m[k] = plain(e)
		}
		return m
	}
	return v
}

func letters(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = string(rune('A' + i))
	}
	return list
}
