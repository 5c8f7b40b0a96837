package audit_test

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"mizan"
	"mizan/audit"
	"mizan/build"
	"mizan/internal/oracle"
	"mizan/spec"
)

var nan = math.NaN()

// project is a small project with its figures: by indicator, one per unit.
// Scores are the figures themselves unless build says otherwise.
type project struct {
	framework, build, rest string
	figures                map[string][]float64
	sources                map[string][]int // years of the figures, where not 2020
	before                 map[string][]float64
}

// make parses the project and runs it. Units are named U01, U02, ….
func (p project) make(t testing.TB) (*spec.Spec, *mizan.Panel, *build.Result) {
	t.Helper()
	codes := slices.Sorted(maps.Keys(p.figures))
	var b strings.Builder
	period := "{year: 2020}"
	years := []int{2020}
	if p.before != nil {
		period, years = "{from: 2019, to: 2020}", []int{2019, 2020}
	}
	fmt.Fprintf(&b, "mizan: 1\nid: small\nperiod: %s\nobservations: [{file: x.csv}]\nindicators:\n", period)
	for _, c := range codes {
		fmt.Fprintf(&b, "  %s: {}\n", c)
	}
	setup := p.build
	if setup == "" {
		setup = "normalise: none"
	}
	fmt.Fprintf(&b, "framework: %s\nbuild:\n  %s\n%s\n", p.framework, strings.ReplaceAll(setup, "\n", "\n  "), p.rest)
	s, err := spec.Parse("mizan.yaml", []byte(b.String()))
	if err != nil {
		t.Fatalf("%v\n%s", err, b.String())
	}
	var units []string
	for i := range p.figures[codes[0]] {
		units = append(units, fmt.Sprintf("U%02d", i+1))
	}
	panel := &mizan.Panel{Table: *mizan.NewTable(units, codes, years), Origins: []mizan.Origin{{}}}
	panel.Cells = make([]mizan.Cell, len(panel.Values))
	for _, u := range units {
		panel.Info = append(panel.Info, mizan.Unit{Code: u, Groups: map[string]string{"half": "one"}})
	}
	for y, year := range years {
		figures := p.figures
		if y < len(years)-1 {
			figures = p.before
		}
		for c, code := range codes {
			copy(panel.Column(y, c), figures[code])
			for u, v := range figures[code] {
				cell := mizan.Cell{Year: int16(year), Status: mizan.Observed}
				if of := p.sources[code]; of != nil {
					cell.Year = int16(of[u])
				}
				if v == v {
					panel.Cells[(y*len(codes)+c)*len(units)+u] = cell
				}
			}
		}
	}
	return s, panel, run(t, s, panel)
}

// finding is what a case wants: the ID and what it is about, and its figure
// (NaN where it has none, unchecked where it is not worked by hand).
type finding struct {
	what   string
	figure float64
}

const unchecked = math.MaxFloat64

var (
	five   = []float64{1, 2, 3, 4, 5}
	near8  = []float64{2, 1, 4, 3, 5} // correlates at 0.8 with five
	down   = []float64{5, 4, 3, 2, 1}
	tens   = []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	middle = []float64{2, 1, 1, 1, 2} // correlates at 0 with five
)

// cases are worked by hand, each for some kinds of findings: there are those
// and no others of these kinds.
var cases = []struct {
	name    string
	project project
	kinds   string
	want    []finding
}{
	{
		"components",
		project{
			framework: "{code: top, children: [{code: g, children: [{code: a}]}, {code: h, children: [{code: b}, {code: c}, {code: d}, {code: e}]}]}",
			figures:   map[string][]float64{"a": five, "b": five, "c": five, "d": five, "e": five},
			rest:      "audit: {thresholds: {max_components: 3, max_indicators: 4}}",
		},
		"few-components many-components many-indicators",
		[]finding{{"few-components g", 1}, {"many-components h", 4}, {"few-components top", 2}, {"many-indicators top", 5}},
	},
	// U01 is the best in b, and the last of the index, in which b counts little.
	{
		"on the frontier",
		project{
			framework: "{code: top, children: [{code: a, weight: 9}, {code: b}]}",
			figures:   map[string][]float64{"a": five, "b": {5, 1, 1, 1, 1}},
		},
		"on-frontier frontier-left-out",
		[]finding{{"on-frontier U01", 5}},
	},
	{
		"too large for the frontier",
		project{
			framework: "{code: top, children: [{code: a, weight: 9}, {code: b}]}",
			figures:   map[string][]float64{"a": five, "b": {5, 1, 1, 1, 1}},
			rest:      "audit: {thresholds: {max_frontier: 9}}",
		},
		"on-frontier frontier-left-out",
		[]finding{{"frontier-left-out top", 10}},
	},
	{
		"coverage",
		project{
			framework: "{code: top, children: [{code: a}, {code: b}, {code: c}]}",
			figures:   map[string][]float64{"a": {1, 2, 3, 4, 5, 6, nan, nan, nan, nan}, "b": {nan, 1, 2, nan, nan, nan, nan, 3, 4, nan}, "c": tens},
		},
		"low-coverage poor-coverage",
		[]finding{{"low-coverage a", 0.6}, {"poor-coverage b", 0.4}},
	},
	// U4 has 3 of 5 figures, U5 has 2 of 5 and none of g, whose score is made of means.
	{
		"coverage of units",
		project{
			framework: "{code: top, children: [{code: g, children: [{code: a}, {code: b}]}, {code: h, children: [{code: c}, {code: d}, {code: e}]}]}",
			build:     "impute: mean\nnormalise: none",
			figures: map[string][]float64{
				"a": {1, 2, 3, nan, nan}, "b": {1, 2, 3, 4, nan}, "c": {1, 2, 3, nan, nan},
				"d": five, "e": five,
			},
		},
		"low-coverage-of-unit poor-coverage-of-unit imputed-aggregate",
		[]finding{{"low-coverage-of-unit U04", 0.6}, {"poor-coverage-of-unit U05", 0.4}, {"imputed-aggregate U05 g", 0}},
	},
	{
		"years",
		project{
			framework: "{code: top, children: [{code: a}, {code: b}]}", figures: map[string][]float64{"a": {1, 2, 3, 4, nan}, "b": five},
			sources: map[string][]int{"a": {2018, 2020, 2019, 2017, 0}, "b": {2019, 2019, 2020, 2020, 2020}},
		},
		"old-figures",
		[]finding{{"old-figures a", 0.75}},
	},
	// Skewness 3.12 and kurtosis 9.80, by the formulas of METHODS on paper.
	{
		"outliers",
		project{
			framework: "{code: top, children: [{code: a}, {code: b}]}",
			figures:   map[string][]float64{"a": {1, 2, 3, 4, 5, 6, 7, 8, 9, 100}, "b": tens},
		},
		"outlier",
		[]finding{{"outlier a", 9.799244716163662}},
	},
	{"outliers, treated", project{
		framework: "{code: top, children: [{code: a}, {code: b}]}", build: "treat: winsorise\nnormalise: none",
		figures: map[string][]float64{"a": {1, 2, 3, 4, 5, 6, 7, 8, 9, 100}, "b": tens},
	}, "outlier", nil},
	{
		"zeros and few values",
		project{
			framework: "{code: top, children: [{code: a}, {code: b}]}",
			figures:   map[string][]float64{"a": {0, 0, 0, 1, 2, nan}, "b": {1, 1, 1, 1, 2, 5}},
		},
		"many-zeros few-values",
		[]finding{{"many-zeros a", 0.4}},
	},
	{
		"few values",
		project{
			framework: "{code: top, children: [{code: a}, {code: b}]}",
			figures:   map[string][]float64{"a": {1, 1, 1, 1, 2, 2, 3, 3}, "b": {1, 1, 2, 2, 3, 3, 4, 4}},
		},
		"many-zeros few-values",
		[]finding{{"few-values a", 0.375}},
	},
	// S2 of a and b are 10 and 1.2, their product is 1: the top has 8/sqrt(10 x 13.2).
	{
		"size",
		project{
			framework: "{code: top, children: [{code: a}, {code: b}]}",
			figures:   map[string][]float64{"a": near8, "b": middle, "size": five},
		},
		"size-bias",
		[]finding{{"size-bias a size", 0.8}, {"size-bias top size", 8 / math.Sqrt(132)}},
	},
	// c outweighs a, which it contradicts, and b hardly counts.
	{
		"parents",
		project{
			framework: "{code: top, children: [{code: a}, {code: b, weight: 0.01}, {code: c, weight: 3}]}",
			figures:   map[string][]float64{"a": five, "b": middle, "c": down},
		},
		"dominates-parent weak-in-parent contradicts-parent",
		[]finding{{"contradicts-parent a top", unchecked}, {"weak-in-parent b top", unchecked}, {"dominates-parent c top", unchecked}},
	},
	{
		"pairs",
		project{
			framework: "{code: top, children: [{code: a}, {code: b}, {code: c}, {code: d}]}",
			figures:   map[string][]float64{"a": five, "b": near8, "c": down, "d": five},
		},
		"redundant-pair negative-pair",
		[]finding{{"negative-pair a c", -1}, {"negative-pair b c", -0.8}, {"redundant-pair a d", 1}, {"negative-pair c d", -1}},
	},
	// c stands with d, and goes with a and b.
	{
		"placement",
		project{
			framework: "{code: top, children: [{code: g, children: [{code: a}, {code: b}]}, {code: h, children: [{code: c}, {code: d, weight: 9}]}]}",
			figures:   map[string][]float64{"a": five, "b": five, "c": five, "d": middle},
		},
		"nearer-to-another",
		[]finding{{"nearer-to-another c g", 1}},
	},
	// cov(a, b) = 0, so alpha is 0; of 1 to 5 and its half turned round it is
	// 2 x 2 x (-1.25) / (2.5 + 0.625 - 2.5) = -8.
	{
		"reliability",
		project{
			framework: "{code: top, children: [{code: g, children: [{code: a}, {code: b}]}, {code: h, children: [{code: c}, {code: d}]}, {code: i, children: [{code: e}, {code: f}]}]}",
			figures:   map[string][]float64{"a": five, "b": middle, "c": five, "d": {2.5, 2, 1.5, 1, 0.5}, "e": five, "f": near8},
		},
		"low-alpha negative-alpha",
		[]finding{{"low-alpha g", 0}, {"negative-alpha h", -8}},
	},
	// Two pairs of equal columns, each at right angles to the other: 2 2 0 0.
	{
		"dimensions",
		project{
			framework: "{code: top, children: [{code: g, children: [{code: a}, {code: b}, {code: c}, {code: d}]}, {code: h, children: [{code: e}, {code: f}]}]}",
			figures:   map[string][]float64{"a": five, "b": five, "c": middle, "d": middle, "e": five, "f": near8},
		},
		"several-components weak-first-component",
		[]finding{{"several-components g", 2}, {"weak-first-component g", 0.5}},
	},
	// b varies a hundred times as much as a, at the same weight.
	{
		"importance",
		project{
			framework: "{code: top, children: [{code: a}, {code: b}]}",
			figures:   map[string][]float64{"a": {5, 1, 3, 2, 4, 3, 5, 1, 2, 4}, "b": {100, 200, 300, 400, 500, 600, 700, 800, 900, 1000}},
		},
		"importance-off-weight",
		[]finding{{"importance-off-weight a top", unchecked}},
	},
	{
		"weights",
		project{
			framework: "{code: top, children: [{code: a}, {code: g, children: [{code: b}, {code: c, weight: 0}, {code: d, weight: 2}]}]}",
			figures:   map[string][]float64{"a": five, "b": five, "c": five, "d": five},
		},
		"heavy-indicator no-weight",
		[]finding{{"heavy-indicator a", 0.5}, {"no-weight c", 0}, {"heavy-indicator d", 1.0 / 3}},
	},
	// Of five units a shift is one place. The top, 1.5 1.5 3.5 3.5 5, has the
	// ranks 4 4 2 2 1; a has 5 4 3 2 1, b 4 5 2 3 1: 2 of 5 differ.
	{
		"added value",
		project{
			framework: "{code: top, children: [{code: a}, {code: b}]}", figures: map[string][]float64{"a": five, "b": near8},
			rest: "audit: {thresholds: {min_added_value: 0.5}}",
		},
		"no-added-value",
		[]finding{{"no-added-value a top", 0.4}, {"no-added-value b top", 0.4}},
	},
	{
		"added value, enough",
		project{framework: "{code: top, children: [{code: a}, {code: b}]}", figures: map[string][]float64{"a": five, "b": near8}},
		"no-added-value", nil,
	},
	{
		"shadow imputation",
		project{
			framework: "{code: top, children: [{code: a}, {code: g, weight: 3, children: [{code: b}, {code: c, weight: 3}]}]}",
			figures:   map[string][]float64{"a": five, "b": {1, 2, 3, nan, 5}, "c": {1, 2, 3, nan, nan}},
		},
		"shadow-imputation",
		[]finding{{"shadow-imputation U05 g", 0.75}, {"shadow-imputation U04 top", 0.75}},
	},
	// Arithmetic means 50.5 40 30 20 10, geometric 10 40 30 20 10: U01 falls by
	// three places to share the fourth, the others but the last move up by one,
	// and that one shares the fourth.
	{
		"compensability",
		project{
			framework: "{code: top, children: [{code: a}, {code: b}]}",
			figures:   map[string][]float64{"a": {100, 40, 30, 20, 10}, "b": {1, 40, 30, 20, 10}},
		},
		"compensable not-rebuilt",
		[]finding{{"compensable U01 top", 1}},
	},
	// Without a the ranks turn round: 4 2 0 2 4. Without b they stay.
	{
		"leave one out",
		project{framework: "{code: top, children: [{code: a, weight: 3}, {code: b}]}", figures: map[string][]float64{"a": five, "b": down}},
		"rank-driver",
		[]finding{{"rank-driver a", 2.4}},
	},
	{
		"over time",
		project{
			framework: "{code: top, children: [{code: a}, {code: b}]}", build: "normalise: z-score",
			figures: map[string][]float64{"a": {3, 1, 2, 4, 5}, "b": {3, 1, 2, 4, 5}}, before: map[string][]float64{"a": five, "b": five},
		},
		"rank-jump years-not-comparable",
		[]finding{{"years-not-comparable top", nan}, {"rank-jump U01 top 2020", 2}, {"rank-jump U02 top 2020", 1}, {"rank-jump U03 top 2020", 1}},
	},
	{"over time, comparable", project{
		framework: "{code: top, children: [{code: a}, {code: b}]}", build: "normalise: {method: z-score, over: panel}",
		figures: map[string][]float64{"a": five, "b": five}, before: map[string][]float64{"a": five, "b": five},
	}, "rank-jump years-not-comparable", nil},
	{
		"answers",
		project{
			framework: "{code: top, children: [{code: a}, {code: b}]}", figures: map[string][]float64{"a": five, "b": five},
			rest: "audit: {silence: [{finding: redundant-pair, code: b, with: a, reason: Meant so}, {finding: outlier, code: [a, b], reason: None there}, {finding: redundant-pair, code: [a, top], reason: Half of it fits}]}",
		},
		"unused-answer redundant-pair",
		[]finding{{"redundant-pair a b", 1}, {"unused-answer a", 1}, {"unused-answer b", 1}, {"unused-answer top", 2}},
	},
}

func describe(f audit.Finding) string {
	parts := []string{f.ID, f.Unit, f.Code, f.With}
	if f.Year != 0 {
		parts = append(parts, fmt.Sprint(f.Year))
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " ")
}

func all(out *audit.Result) []audit.Finding {
	var list []audit.Finding
	for _, c := range out.Checks {
		list = append(list, c.Findings...)
	}
	return list
}

func TestFindings(t *testing.T) {
	seen := map[string]bool{}
	for _, tt := range cases {
		t.Run(tt.name, func(t *testing.T) {
			s, panel, r := tt.project.make(t)
			looked := strings.Fields(tt.kinds)
			var got []audit.Finding
			for _, f := range all(audited(t, s, panel, r)) {
				if slices.Contains(looked, f.ID) {
					got = append(got, f)
					seen[f.ID] = true
				}
			}
			for i := range max(len(got), len(tt.want)) {
				switch {
				case i >= len(got):
					t.Errorf("no finding %v", tt.want[i])
				case i >= len(tt.want):
					t.Errorf("a finding too many: %s (%v)", describe(got[i]), got[i].Message)
				case describe(got[i]) != tt.want[i].what:
					t.Errorf("finding %q, want %q", describe(got[i]), tt.want[i].what)
				case tt.want[i].figure != unchecked && !oracle.Near(float64(got[i].Figure), tt.want[i].figure):
					t.Errorf("%s: %v, want %v", tt.want[i].what, got[i].Figure, tt.want[i].figure)
				}
			}
			for _, f := range got {
				if f.Message == "" || f.Remedy == "" || f.Severity == "" {
					t.Errorf("incomplete: %+v", f)
				}
			}
		})
	}
	for _, id := range audit.KindIDs() {
		if !seen[id] && id != "not-rebuilt" { // TestWhatCannotBeRebuilt
			t.Errorf("no case has the finding %s", id)
		}
	}
}

// TestWhatCannotBeRebuilt: a build that fails is named, and says why.
func TestWhatCannotBeRebuilt(t *testing.T) {
	p := project{
		framework: "{code: top, children: [{code: a}, {code: b}]}", build: "impute: {method: group-mean, by: half}\nnormalise: none",
		figures: map[string][]float64{"a": {1, 2, 3, 4, nan}, "b": five},
	}
	s, panel, r := p.make(t)
	for i := range panel.Info {
		panel.Info[i].Groups = nil // without groups no build can be made any more
	}
	notRebuilt(t, audited(t, s, panel, r), "half", "top", "top")

	// An interaction with what is left out means nothing.
	p = project{
		framework: "{code: top, children: [{code: a}, {code: b}, {code: c}]}",
		build:     "normalise: none\nweights: equal\naggregate: {method: choquet, interaction: {a: {b: 0.1}}}",
		figures:   map[string][]float64{"a": five, "b": near8, "c": down},
	}
	s, panel, r = p.make(t)
	notRebuilt(t, audited(t, s, panel, r), "interaction of choquet names", "a", "b")
}

// notRebuilt wants findings that some builds could not be made, with why.
func notRebuilt(t *testing.T, r *audit.Result, why string, want ...string) {
	t.Helper()
	var got []string
	for _, f := range all(r) {
		if f.ID == "not-rebuilt" {
			got = append(got, f.Code)
			if !strings.Contains(f.Message, why) {
				t.Errorf("%s does not say why", f.Message)
			}
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("not rebuilt: %v, want %v", got, want)
	}
}
