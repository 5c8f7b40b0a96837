package alliance_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"mizan"
	"mizan/alliance"
	"mizan/build"
	"mizan/spec"
)

// small builds a project of one indicator x and of size (U0: 1, U1: 2, U2: 3,
// U3: 4) from figures of U0 to U3, with a rule of pooling and more of the
// project.
func small(t *testing.T, rule, more string, o alliance.Options, figures ...float64) *alliance.Study {
	t.Helper()
	return smallWith(t, rule, more, "", o, figures...)
}

// smallWith is small with more lines of the project file.
func smallWith(t *testing.T, rule, more, lines string, o alliance.Options, figures ...float64) *alliance.Study {
	t.Helper()
	s, err := spec.Parse("mizan.yaml", fmt.Appendf(nil, `
mizan: 1
id: small
period: {year: 2020}
observations: [{file: o.csv}]
ties: [{code: t, file: t.csv}]
indicators: {x: {pool: %s}, size: {pool: sum}}
framework: {code: top, children: [{code: x}]}
build: {%s}
%s
`, rule, more, lines))
	if err != nil {
		t.Fatal(err)
	}
	units := []string{"U0", "U1", "U2", "U3"}
	panel := &mizan.Panel{Table: *mizan.NewTable(units, []string{"x", "size"}, []int{2020}), Origins: make([]mizan.Origin, 1), Cells: make([]mizan.Cell, 8)}
	for u := range units {
		panel.Column(0, 0)[u], panel.Column(0, 1)[u] = figures[u], float64(u+1)
		panel.Info = append(panel.Info, mizan.Unit{Code: units[u]})
	}
	st, err := alliance.New(s, panel, run(t, s, panel), o)
	if err != nil {
		t.Fatal(err)
	}
	return st
}

// figure is what members pool of x.
func figure(t *testing.T, st *alliance.Study, members string) alliance.Pooled {
	t.Helper()
	s, err := st.Standing(named(t, st, strings.Fields(members)...))
	if err != nil {
		t.Fatal(err)
	}
	return s.Pooled[0]
}

// Every rule, by hand: of the figures 10, 20, 40 and 5 those of U0, U1 and U2
// (of the sizes 1, 2 and 3).
func TestRules(t *testing.T) {
	nan := math.NaN()
	for _, tt := range []struct {
		rule, more       string
		raw, denominated float64
	}{
		{"sum", "", 70, 70},
		{"mean", "", 70.0 / 3, 70.0 / 3},
		{"{weighted_mean: size}", "", (10 + 2*20 + 3*40) / 6.0, (10 + 2*20 + 3*40) / 6.0},
		{"max", "", 40, 40},
		{"min", "", 10, 10},
		{"none", "", nan, nan},
		// Per head: 70 for a size of 6; and a rate per head, taken times heads.
		{"sum", "denominate: {x: size}", 70, 70.0 / 6},
		{"sum", "denominate: {x: {by: size, scale: 1000}}", 70, 70000.0 / 6},
		{"{weighted_mean: size}", "denominate: {x: {by: size, operation: multiply}}", 170.0 / 6, 170},
	} {
		f := figure(t, small(t, tt.rule, tt.more, alliance.Options{}, 10, 20, 40, 5), "U0 U1 U2")
		for _, c := range [][2]float64{{float64(f.Raw), tt.raw}, {float64(f.Denominated), tt.denominated}} {
			if c[1] != c[1] && c[0] == c[0] || math.Abs(c[0]-c[1]) > 1e-12*math.Abs(c[1]) {
				t.Errorf("%s, %s: %v and %v, want %v and %v", tt.rule, tt.more, f.Raw, f.Denominated, tt.raw, tt.denominated)
			}
		}
	}
}

// A member without a figure counts for nothing: neither in the weights nor in
// the denominator. One whose figure the index imputed counts with it.
func TestMissingFigures(t *testing.T) {
	nan := math.NaN()
	for _, tt := range []struct {
		rule, more       string
		want             float64
		missing, imputed string
	}{
		{"sum", "", 50, "U1", ""},
		{"{weighted_mean: size}", "", (10 + 3*40) / 4.0, "U1", ""},
		{"sum", "denominate: {x: size}", 50.0 / 4, "U1", ""},
		// The median of 10, 40 and 5 stands for U1.
		{"sum", "impute: median", 60, "", "U1"},
		// Per head the three have 10, 13.33 and 1.25: the median, 10, stands for
		// U1, so that its two heads have 20: 70 for a size of 6.
		{"sum", "denominate: {x: size}, impute: median", 70.0 / 6, "", "U1"},
	} {
		f := figure(t, small(t, tt.rule, tt.more, alliance.Options{}, 10, nan, 40, 5), "U0 U1 U2")
		near(t, tt.rule+" "+tt.more, float64(f.Denominated), tt.want, 1e-12)
		if m, i := strings.Join(f.Missing, " "), strings.Join(f.Imputed, " "); m != tt.missing || i != tt.imputed {
			t.Errorf("%s, %s: missing %q, imputed %q", tt.rule, tt.more, m, i)
		}
	}
}

// Joint works count once. Of three members with 100, 80 and 60 works, 20, 10 and
// 5 of them shared, there are at least 240 - 35 = 205 different ones (Bonferroni)
// and at most 240 - 20 - 10 = 210 (Hunter). Of three with 100 each and 80 shared
// by each pair there are at least 2 x 300 / 3 - 2 x 240 / 6 = 120 (Dawson and
// Sankoff, k = 2), where Bonferroni would say 60, and at most 140: with 60 shared
// by all three there are 120, with 80 there are 140. Links within do not count
// for an alliance as one: 240 - 2 x 35 = 170.
func TestJointWorks(t *testing.T) {
	few := tieTable{{"U0", "U1"}: 20, {"U0", "U2"}: 10, {"U1", "U2"}: 5, {"U0", "U3"}: 7}
	many := tieTable{{"U0", "U1"}: 80, {"U0", "U2"}: 80, {"U1", "U2"}: 80}
	nan := math.NaN()
	for _, tt := range []struct {
		rule             string
		ties             tieTable
		figures          []float64
		raw, least, most float64
	}{
		{"{sum: {joint: t}}", few, []float64{100, 80, 60, 5}, 205, 205, 210},
		{"{sum: {joint: t}}", many, []float64{100, 100, 100, 5}, 120, 120, 140},
		{"{sum: {internal: t}}", few, []float64{100, 80, 60, 5}, 170, nan, nan},
		{"{sum: {internal: t}}", many, []float64{100, 100, 100, 5}, 0, nan, nan},
		{"sum", few, []float64{100, 80, 60, 5}, 240, nan, nan},
	} {
		f := figure(t, small(t, tt.rule, "", alliance.Options{Ties: tt.ties}, tt.figures...), "U2 U0 U1")
		for i, c := range [][2]float64{{float64(f.Raw), tt.raw}, {float64(f.Least), tt.least}, {float64(f.Most), tt.most}} {
			if !same(c[0], c[1]) {
				t.Errorf("%s of %v: figure %d is %v, want %v", tt.rule, tt.figures, i, c[0], c[1])
			}
		}
	}
	// Of U3 only its tie with U0 is known, and none of U1 with it: 85 with U1.
	f := figure(t, small(t, "{sum: {joint: t}}", "", alliance.Options{Ties: few}, 100, 80, 60, 5), "U1 U3")
	near(t, "without a known tie", float64(f.Raw), 85, 0)
}

// A pooled figure beyond the best is carried on where the method is a formula,
// held where it is a cap, placed before all where it is a rank, and the findings
// say which.
func TestBeyondTheBest(t *testing.T) {
	for _, tt := range []struct {
		more  string
		score float64
		reach build.Reach
	}{
		{"normalise: {method: min-max, to: [0, 100]}", 100 * 65.0 / 35, build.Carried}, // 70 on 5 to 40
		{"normalise: rank", 5, build.Placed},
		{"normalise: {method: goalposts, posts: [0, 50]}", 1, build.Held},
		{"treat: {method: trim-percentiles, low: 0, high: 100}, normalise: {method: min-max, to: [0, 100]}", 100, build.Held},
	} {
		st := small(t, "sum", tt.more, alliance.Options{}, 10, 20, 40, 5)
		f := figure(t, st, "U0 U1 U2")
		near(t, tt.more, float64(f.Normalised), tt.score, 1e-12)
		d, err := st.Detail(named(t, st, "U0", "U1", "U2"), alliance.Sampling{})
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, x := range d.Findings {
			found = found || x.ID == "beyond-best-"+string(tt.reach) && len(x.Codes) == 1 && x.Codes[0] == "x"
		}
		if f.Reach != tt.reach || !found {
			t.Errorf("%s: %s, findings %v", tt.more, f.Reach, d.Findings)
		}
	}
}

// A unit that was screened out has no score alone; in an alliance what it has
// counts.
func TestScreenedOut(t *testing.T) {
	nan := math.NaN()
	st := small(t, "sum", "screen: {method: coverage, min_coverage: 1}", alliance.Options{}, 10, nan, 40, 5)
	s, err := st.Standing(named(t, st, "U1"))
	if err != nil || s.Scores[1].Rank != 0 || s.Scores[1].Score == s.Scores[1].Score {
		t.Errorf("a unit that is screened out stands as %+v, %v", s.Scores[1], err)
	}
	near(t, "together", float64(figure(t, st, "U0 U1").Raw), 10, 0)
}

// A unit that belongs by an alliance within an alliance belongs as long as all
// of it holds, of any depth; what is no full member there does not belong here.
func TestSpans(t *testing.T) {
	s, err := spec.Parse("mizan.yaml", []byte(`
mizan: 1
id: nested
period: {year: 2020}
observations: [{file: o.csv}]
indicators: {x: {}}
framework: {code: top, children: [{code: x}]}
alliances:
  - {code: inner, source: treaty, members: [{unit: A, from: 1950}, {unit: B, from: 1960-05, to: 1990}, {unit: C, status: partner}]}
  - {code: middle, members: [{alliance: inner, from: 1955, to: 1980-06-30}, {unit: D, from: 1990}]}
  - {code: outer, members: [{alliance: middle, from: 1970, status: invited}, {unit: B, from: 2000}]}
`))
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, m := range alliance.Spans(s, &s.Alliances[2]) {
		got += fmt.Sprintln(m.Unit, m.Status, m.From, m.To, m.Via, m.Source)
	}
	want := "A invited 1970 1980-06-30 middle treaty\nB invited 1970 1980-06-30 middle treaty\nD invited 1990  middle \nB member 2000   \n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
