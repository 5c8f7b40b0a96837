package target_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"mizan"
	"mizan/dataset"
	"mizan/spec"
	"mizan/target"
)

const head = `mizan: 1
id: t
period: {year: 2023}
observations: [{file: d.csv}]
indicators: {a: {}, b: {}}
framework: {code: top, children: [{code: a}, {code: b}]}
alliances: [{code: eu, name: European Union, members: [FRA]}]
rates:
  - {from: USD, to: RUB, date: 2023-12-29, rate: 90, source: x}
`

// project parses targets, written as in a project file, and reads figures of
// the indicators a and b.
func project(t testing.TB, targets, figures string) (*spec.Spec, *mizan.Panel) {
	t.Helper()
	s, err := spec.Parse("mizan.yaml", []byte(head+targets))
	if err != nil {
		t.Fatal(err)
	}
	h, err := dataset.History(s, fstest.MapFS{"d.csv": {Data: []byte("unit,indicator,year,value\nFRA,b,2023,1\n" + figures)}})
	if err != nil {
		t.Fatal(err)
	}
	return s, h
}

// run follows targets.
func run(t testing.TB, targets, figures string) *target.Result {
	t.Helper()
	s, h := project(t, targets, figures)
	r, err := target.Run(s, h, target.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func one(t testing.TB, record, figures string) target.Track {
	t.Helper()
	return run(t, "targets:\n  - {id: x, unit: FRA, "+record+"}\n", figures).Targets[0]
}

func verdict(t testing.TB, tr target.Track, method string) target.Verdict {
	t.Helper()
	for _, v := range tr.Verdicts {
		if v.Method == method {
			return v
		}
	}
	t.Fatalf("no verdict of %s", method)
	return target.Verdict{}
}

func near(t testing.TB, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

func document(t testing.TB, v any) string {
	t.Helper()
	text, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func findings(tr target.Track) []string {
	var ids []string
	for _, f := range tr.Findings {
		ids = append(ids, f.ID)
	}
	return ids
}

// The worked numbers of the design: promises of Russia's AI strategy as the
// news reported them.
func TestPromisesOfTheReport(t *testing.T) {
	gdp := one(t, "currency: USD, prices: current, baseline: {2023: 1.9e9}, target: {2030: 109e9}", "")
	near(t, "growth to 109 billion", 100*float64(gdp.Required.Compound), 78.3, 0.05)
	if gdp.State != target.NoDataAfter || gdp.Verdicts != nil || gdp.Ensemble != nil || gdp.Observed != nil {
		t.Errorf("nothing was observed, and yet: %+v", gdp)
	}
	if got := findings(gdp); !slices.Equal(got, []string{"no-data-after-baseline"}) {
		t.Errorf("findings %v", got)
	}
	skills := one(t, "baseline: {2023: 5}, target: {2030: 80}", "")
	near(t, "growth to 80 %", 100*float64(skills.Required.Compound), 48.6, 0.05)
	near(t, "step to 80 %", float64(skills.Required.Step), 10.7, 0.05)
	money := one(t, "currency: RUB, prices: current, multiple: 7, baseline: 2023, target: {2030: 850e9}", "")
	near(t, "base of seven-fold growth", float64(money.Baseline.Value), 121e9, 0.5e9)
	if !money.Baseline.Implied || !slices.Contains(findings(money), "implied-baseline") {
		t.Error("it is not said that the baseline is implied")
	}
	twice := one(t, "multiple: 2, baseline: {2020: 21}, target: 2025", "")
	near(t, "implied target", float64(twice.Goal.Value), 42, 0)
}

// One observation, skills of 16 % in 2026. The figures of the design are 0.98
// on track, 0.94, 0.69 and 0.34; the first is the ratio of growth rates that
// were rounded before (47.4 over 48.6), or that of their logarithms. Unrounded
// it is 0.9745.
func TestMethodsDisagree(t *testing.T) {
	tr := one(t, "kind: share, natural_limit: 100, baseline: {2023: 5}, observations: {2026: 16}, target: {2030: 80}", "")
	for _, c := range []struct {
		method string
		figure float64
		says   string
		grade  target.Grade
	}{
		{"eurostat", 0.9745, "on track", target.OnTrack},
		{"un-desa", 0.94, "fair progress, to be accelerated", target.Behind},
		{"logistic", 0.69, "moderate progress", target.Behind},
		{"sdsn", 0.34, "stagnating", target.Behind},
	} {
		v := verdict(t, tr, c.method)
		near(t, c.method, float64(v.Figure), c.figure, 0.005)
		if v.Says != c.says || v.Grade != c.grade || v.Rule == "" {
			t.Errorf("%s says %+v", c.method, v)
		}
	}
	if d := verdict(t, tr, "eurostat").Detail; !strings.Contains(d, "0.98") {
		t.Errorf("the ratio of logarithms is missing: %s", d)
	}
	if tr.Agree || !slices.Contains(findings(tr), "methods-disagree") {
		t.Error("it is not found that the methods disagree")
	}
	on, all := tr.Pace()
	if on != 1 || all != 5 {
		t.Errorf("on track by %d of %d", on, all)
	}
}

// Cases by hand. Sources of the rules: for eurostat the Open SDG documentation
// of Statistics Canada's method (R = d CAGR_i / |CAGR_T|, 95 %, 60 %, 0; zero
// is 0.001); for un-desa the technical note on the Progress Chart of 2023
// (0.95, 0.10); for un-escap the formulas of the Asia-Pacific reports; for oecd
// the distances of Measuring Distance to the SDG Targets; for sdsn the methods
// summary of the Sustainable Development Report; logistic by the odds.
func TestMethods(t *testing.T) {
	for _, c := range []struct {
		method, record, figures string
		figure                  float64
		says                    string
		grade                   target.Grade
	}{
		// 10 % a year observed; 72.8 % in three years are 20 % a year.
		{"eurostat", "baseline: {2015: 100}, observations: {2017: 121}, target: {2018: 172.8}", "", 0.5, "insufficient progress", target.Behind},
		// 10 % and 13.125 % … 1.1/1.44 by hand: 20 % in one year against 25 % in one.
		{"eurostat", "baseline: {2015: 100}, observations: {2016: 120}, target: {2017: 156.25}", "", 0.8, "moderate progress", target.Behind},
		// Down 10 % a year where 20 % a year are wanted.
		{"eurostat", "direction: -1, baseline: {2015: 100}, observations: {2017: 81}, target: {2018: 51.2}", "", 0.5, "insufficient progress", target.Behind},
		{"eurostat", "direction: -1, baseline: {2015: 100}, observations: {2016: 110}, target: {2018: 51.2}", "", -0.5, "moving away", target.Away},
		// Negative values: the amount falls by 10 % a year, which is up; 20 % are wanted.
		{"eurostat", "baseline: {2015: -100}, observations: {2016: -90}, target: {2017: -64}", "", 0.5, "insufficient progress", target.Behind},
		// Zero is 0.001: ninefold growth in the first year, and to 1 in three years.
		{"eurostat", "baseline: {2015: 0}, observations: {2016: 0.01}, target: {2018: 1}", "", 1, "on track", target.OnTrack},
		{"eurostat", "baseline: {2015: 1}, observations: {2016: 3}, target: {2018: 2}", "", 2 / (math.Cbrt(2) - 1), "target achieved", target.Met},

		// 100, 110, so 121 in the year of the target.
		{"un-desa", "baseline: {2015: 100}, observations: {2016: 110}, target: {2017: 121}", "", 1, "met or on track", target.OnTrack},
		{"un-desa", "baseline: {2015: 100}, observations: {2016: 110}, target: {2017: 142}", "", 0.5, "fair progress, to be accelerated", target.Behind},
		{"un-desa", "baseline: {2015: 100}, observations: {2016: 101}, target: {2017: 200}", "", 0.0201, "stagnation or regression", target.Behind},
		{"un-desa", "baseline: {2015: 100}, observations: {2016: 90}, target: {2017: 119}", "", -1, "stagnation or regression", target.Away},
		{"un-desa", "direction: -1, baseline: {2015: 100}, observations: {2016: 90}, target: {2017: 62}", "", 0.5, "fair progress, to be accelerated", target.Behind},

		// Two points: the line through them is 20 in 2020.
		{"un-escap", "baseline: {2015: 10}, observations: {2016: 12}, target: {2020: 20}", "", 0, "maintain", target.OnTrack},
		// Points 0, 1, 4 weigh 1, 2, 3: slope 66/30, value 7/3 + 2.2 (5 - 4/3) = 10.4.
		{"un-escap", "baseline: {2015: 0}, observations: {2016: 1, 2017: 4}, target: {2020: 20}", "", 48, "accelerate", target.Behind},
		{"un-escap", "baseline: {2015: 10}, observations: {2016: 9}, target: {2020: 20}", "", 150, "reverse", target.Away},

		// Latest figures 1, 2, 3: their standard deviation is 1.
		{"oecd", "indicator: a, baseline: 2022, target: {2030: 3.5}", "FRA,a,2022,2\nFRA,a,2023,3\nBEL,a,2023,2\nCZE,a,2021,1\n", 0.5, "small distance", target.Distance},
		{"oecd", "indicator: a, baseline: 2022, target: {2030: 4.5}", "FRA,a,2022,2\nFRA,a,2023,3\nBEL,a,2023,2\nCZE,a,2021,1\n", 1.5, "medium distance", target.Distance},
		{"oecd", "indicator: a, direction: -1, baseline: 2022, target: {2030: 1}", "FRA,a,2022,2\nFRA,a,2023,3\nBEL,a,2023,2\nCZE,a,2021,1\n", 2, "large distance", target.Distance},
		{"oecd", "indicator: a, baseline: 2022, target: {2030: 1}", "FRA,a,2022,2\nFRA,a,2023,3\nBEL,a,2023,2\nCZE,a,2021,1\n", 0, "small distance", target.Distance},

		{"sdsn", "baseline: {2015: 10}, observations: {2016: 12}, target: {2020: 20}", "", 1, "on track", target.OnTrack},
		{"sdsn", "baseline: {2015: 10}, observations: {2017: 13}, target: {2020: 20}", "", 0.75, "moderately improving", target.Behind},
		{"sdsn", "baseline: {2015: 10}, observations: {2016: 10.5}, target: {2020: 20}", "", 0.25, "stagnating", target.Behind},
		{"sdsn", "direction: -1, baseline: {2015: 10}, observations: {2016: 11}, target: {2020: 5}", "", -1, "decreasing", target.Away},

		// The odds go from 1/4 to 1, to 4: equal steps.
		{"logistic", "natural_limit: 100, baseline: {2015: 20}, observations: {2016: 50}, target: {2017: 80}", "", 1, "on track", target.OnTrack},
		{"logistic", "natural_limit: 100, baseline: {2015: 20}, observations: {2017: 50}, target: {2018: 80}", "", 0.75, "moderate progress", target.Behind},
		{"logistic", "natural_limit: 1, baseline: {2015: 0.5}, observations: {2016: 0.2}, target: {2017: 0.8}", "", -2, "moving away", target.Away},
	} {
		v := verdict(t, one(t, c.record, c.figures), c.method)
		if math.Abs(float64(v.Figure)-c.figure) > 1e-9 || v.Says != c.says || v.Grade != c.grade || v.Rule == "" {
			t.Errorf("%s of {%s}: %+v, want %v, %s, %s", c.method, c.record, v, c.figure, c.says, c.grade)
		}
	}
}

// Where a method has nothing to say it says why.
func TestNoVerdict(t *testing.T) {
	for _, c := range []struct{ method, record, figures, why string }{
		{"eurostat", "baseline: {2015: -1}, observations: {2016: 1}, target: {2020: 5}", "", "one sign"},
		{"un-desa", "baseline: {2015: -1}, observations: {2016: 1}, target: {2020: 5}", "", "one sign"},
		{"eurostat", "baseline: {2015: 5}, observations: {2016: 4}, target: {2020: 5}", "", "no growth is required"},
		{"un-escap", "baseline: {2015: 5}, observations: {2016: 4}, target: {2020: 5}", "", "no way to go"},
		{"sdsn", "baseline: {2015: 5}, observations: {2016: 4}, target: {2020: 5}", "", "no step is required"},
		{"oecd", "baseline: {2015: 5}, observations: {2016: 4}, target: {2020: 6}", "", "no figures of other units"},
		{"oecd", "indicator: a, baseline: 2022, target: {2030: 5}", "FRA,a,2022,2\nFRA,a,2023,3\n", "only 1 units"},
		{"logistic", "baseline: {2015: 5}, observations: {2016: 4}, target: {2020: 6}", "", "no upper natural limit"},
		{"logistic", "natural_limit: 100, baseline: {2015: 5}, observations: {2016: 6}, target: {2020: 100}", "", "touches neither"},
	} {
		v := verdict(t, one(t, c.record, c.figures), c.method)
		if v.Grade != target.None || v.Says != "" || !strings.Contains(v.Why, c.why) || !math.IsNaN(float64(v.Figure)) {
			t.Errorf("%s of {%s}: %+v", c.method, c.record, v)
		}
	}
}

// Findings have a place, a cause and a remedy where there is one.
func TestFindings(t *testing.T) {
	for _, c := range []struct{ record, want string }{
		{"baseline: {2015: 0}, target: {2020: 5}", "mizan.yaml:11:24: the baseline is zero"},
		{"direction: -1, baseline: {2015: 3}, target: {2020: 0}", "mizan.yaml:11:60: the target is zero"},
		{"baseline: {2015: -2}, target: {2020: 5}", "mizan.yaml:11:24: baseline and target differ in sign"},
		{"baseline: {2015: 7}, target: {2020: 5}", "mizan.yaml:11:45: the target is not beyond the baseline"},
		{"kind: share, baseline: {2015: 2}, target: {2020: 5}", "mizan.yaml:11:24: a share without `natural_limit`"},
		{"target: {2020: 5}", "mizan.yaml:11:5: there is no baseline"},
		{"currency: EUR, baseline: {2015: 2}, target: {2020: 5}", "mizan.yaml:11:24: the price base is not stated"},
		{"currency: EUR, prices: current, baseline: {2015: {value: 2, prices: constant 2010}}, target: {2020: 5}", "mizan.yaml:11:39: figures have different price bases"},
		{"kind: cumulative, baseline: {2015: 1}, observations: {2016: 1, 2018: 3}, target: {2020: 50}", "mizan.yaml:11:63: years of the total without a figure are put between their neighbours: 2017"},
		{"kind: cumulative, baseline: {2015: -1}, target: {2020: 50}", "mizan.yaml:11:42: no yearly growth of the baseline makes the total"},
	} {
		tr := one(t, c.record, "")
		var got []string
		for _, f := range tr.Findings {
			got = append(got, f.Place.String()+": "+f.Message)
		}
		if !slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, c.want) }) {
			t.Errorf("{%s}: %q lacks %q", c.record, got, c.want)
		}
	}
}

// 1.9 billion dollars at 90 roubles are 171 billion; of the other way round
// 180 roubles are 2 dollars. Nothing is converted in silence.
func TestMoney(t *testing.T) {
	tr := one(t, "currency: RUB, prices: current, rate_date: 2023-12-29, baseline: {2023: {value: 1.9e9, currency: USD}}, target: {2030: 2e11}", "")
	near(t, "baseline in roubles", float64(tr.Baseline.Value), 171e9, 1e-3)
	if len(tr.Conversions) != 1 || tr.Conversions[0].Date != "2023-12-29" || tr.Conversions[0].Source != "x" || !slices.Contains(findings(tr), "converted") {
		t.Errorf("the conversion is not told: %+v", tr.Conversions)
	}
	tr = one(t, "currency: USD, prices: current, baseline: {2023: 1}, target: {2030: {value: 180, currency: RUB, rate_date: 2023-12-29}}", "")
	near(t, "target in dollars", float64(tr.Goal.Value), 2, 1e-12)
	if !tr.Conversions[0].Inverse {
		t.Error("it is not told that the rate was turned round")
	}
}

// A flow of 100 that doubles yearly is 200, 400, 800 in the next three years,
// 1400 together; from a flow of 200 observed the rest of 1200 needs the same.
func TestSum(t *testing.T) {
	near(t, "growth", target.SumGrowth(100, 1400, 1, 3), 1, 1e-12)
	near(t, "no growth", target.SumGrowth(10, 40, 1, 4), 0, 1e-12)
	near(t, "shrinking", target.SumGrowth(100, 50, 1, 1), -0.5, 1e-12)
	near(t, "later start", target.SumGrowth(1, 8, 3, 3), 1, 1e-12)
	for _, v := range []float64{target.SumGrowth(0, 5, 1, 2), target.SumGrowth(5, -1, 1, 2), target.SumGrowth(5, 5, 2, 1), target.SumGrowth(5, 5, 0, 1), target.SumGrowth(5, math.Inf(1), 1, 2)} {
		if !math.IsNaN(v) {
			t.Errorf("%v where there is no growth", v)
		}
	}
	tr := one(t, "kind: cumulative, baseline: {2020: 100}, observations: {2021: 200}, target: {2023: 1400}", "")
	s := tr.Sum
	near(t, "growth", float64(s.Growth), 1, 1e-12)
	near(t, "last flow", float64(s.Last), 800, 1e-9)
	near(t, "sum", float64(s.Path[2].Sum), 1400, 1e-9)
	near(t, "even flow", float64(s.Even), 1400.0/3, 1e-9)
	near(t, "so far", float64(s.SoFar), 200, 0)
	near(t, "growth from now", float64(tr.RequiredNow.Compound), 1, 1e-12)
	near(t, "Eurostat on the flow", float64(verdict(t, tr, "eurostat").Figure), 1, 1e-9)
	gap := one(t, "kind: cumulative, from: 2022, baseline: {2020: 100}, observations: {2021: 110, 2023: 130}, target: {2024: 500}", "")
	near(t, "sum over a gap", float64(gap.Sum.SoFar), 250, 1e-9)
	if gap.Sum.Until != 2023 {
		t.Errorf("summed until %d", gap.Sum.Until)
	}
}

func TestSumGrowthMakesTheTotal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// A share of less than a thousandth would leave 1 + g few digits.
		flow := rapid.Float64Range(0.1, 1e12).Draw(t, "flow")
		total := flow * rapid.Float64Range(0.001, 1e6).Draw(t, "total")
		first := rapid.IntRange(1, 4).Draw(t, "first")
		last := first + rapid.IntRange(0, 12).Draw(t, "years")
		g := target.SumGrowth(flow, total, first, last)
		sum := 0.0
		for k := first; k <= last; k++ {
			sum += flow * math.Pow(1+g, float64(k))
		}
		if math.Abs(sum/total-1) > 1e-9 {
			t.Fatalf("growth %v makes %v, not %v", g, sum, total)
		}
	})
}

// A target on an indicator takes its figures from the project's data, whatever
// the years that are built; one whose year has come is judged and not foretold.
func TestIndicator(t *testing.T) {
	figures := "FRA,a,2010,1\nFRA,a,2015,2\nFRA,a,2020,4\nBEL,a,2020,9\n"
	tr := one(t, "indicator: a, baseline: 2015, target: {2030: 10}", figures)
	if tr.State != target.Followed || tr.Latest.Year != 2020 || len(tr.Series) != 3 || tr.Baseline.Value != 2 {
		t.Errorf("%+v", tr)
	}
	due := one(t, "indicator: a, baseline: 2010, target: {2020: 5}", figures)
	if due.State != target.Due || due.Ensemble != nil || due.RequiredNow != nil || verdict(t, due, "sdsn").Says != "moderately improving" {
		t.Errorf("%+v", due)
	}
	s, h := project(t, "targets: [{id: x, unit: FRA, indicator: a, baseline: 2011, target: {2030: 10}}]\n", figures)
	_, err := target.Run(s, h, target.Options{})
	var problems mizan.Problems
	if !errors.As(err, &problems) || problems[0].Remedy != "give its value, or take one of 2010, 2015, 2020" || problems[0].Place.Line != 10 {
		t.Errorf("%v", err)
	}
}

func TestGroups(t *testing.T) {
	r := run(t, `targets:
  - {id: a, unit: FRA, promise: p, body: {en: Ministry}, theme: skills, baseline: {2015: 5}, observations: {2016: 80}, target: {2020: 50}}
  - {id: b, alliance: eu, theme: skills, baseline: {2015: 5}, observations: {2016: 1}, target: {2020: 50}}
  - {id: c, unit: FRA, promise: p, body: {en: Ministry}, baseline: {2015: 5}, target: {2020: 50}}
`, "")
	want := []target.Grouping{
		{By: "unit", Groups: []target.Group{
			{Key: "FRA", Name: mizan.Text{"": "FRA"}, Targets: []string{"a", "c"}, Followed: 1, OnTrack: 1},
			{Key: "eu", Name: mizan.Text{"": "European Union"}, Targets: []string{"b"}, Followed: 1, Behind: 1},
		}},
		{By: "body", Groups: []target.Group{
			{Targets: []string{"b"}, Followed: 1, Behind: 1},
			{Key: "Ministry", Name: mizan.Text{"en": "Ministry"}, Targets: []string{"a", "c"}, Followed: 1, OnTrack: 1},
		}},
		{By: "theme", Groups: []target.Group{
			{Targets: []string{"c"}},
			{Key: "skills", Targets: []string{"a", "b"}, Followed: 2, OnTrack: 1, Behind: 1},
		}},
	}
	if d := cmp.Diff(want, r.Groups); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]target.Promise{{Code: "p", Targets: []string{"a", "c"}}}, r.Promises); d != "" {
		t.Error(d)
	}
}

// Check tells all that the figures, units and origins of a project contradict.
func TestCheck(t *testing.T) {
	s, err := spec.Parse("mizan.yaml", []byte(head+`origins: {file: o.yaml}
projections: {models: [lineer, linear, linear], thresholds: {eurostat_ontrack: 1, un_desa_met: 0.05, oecd_small: -1}}
targets:
  - {id: a, unit: FRE, source: cbrr, baseline: {2015: {value: 5, source: cbr}}, target: {2020: 50}}
  - {id: b, unit: France, source: "https://example.org", baseline: {2015: 5}, target: {2020: 50}}
  - {id: c, unit: ATL, outside: true, baseline: {2015: 5}, target: {2020: 50}}
`))
	if err != nil {
		t.Fatal(err)
	}
	err = target.Check(s, []mizan.Unit{{Code: "FRA", Name: mizan.Text{"en": "France"}}}, []mizan.Origin{{}, {Code: "cbr"}, {Code: "x"}})
	var problems mizan.Problems
	if !errors.As(err, &problems) {
		t.Fatalf("%v", err)
	}
	var got []string
	for _, p := range problems {
		got = append(got, fmt.Sprintf("%d: %s; %s", p.Place.Line, p.Cause, p.Remedy))
	}
	want := []string{
		`11: there is no model "lineer"; did you mean "linear"?`,
		`11: the model "linear" is named twice; keep one`,
		`11: there is no threshold "eurostat_ontrack"; did you mean "eurostat_on_track"?`,
		`11: un_desa_progress is 0.1 and un_desa_met is 0.05; the first may not be above the second`,
		`11: oecd_small is -1; give a number of at least 0`,
		`13: the project has no unit "FRE"; did you mean "FRA"?`,
		`13: unknown origin "cbrr"; did you mean "cbr"?`,
		`14: the project has no unit "France"; did you mean "FRA"?`,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if _, err := target.Run(s, nil, target.Options{IDs: []string{"z"}}); err == nil || !strings.Contains(err.Error(), `no target "z"; there are a, b, c`) {
		t.Errorf("%v", err)
	}
}
