package scenario_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"mizan/scenario"
	"mizan/spec"
)

// supplied adds a table of use to the project of three: of AAA's chips 60 of 80
// come from the firm X at home in BBB, 20 from Y at home in CCC.
const supplied = three + `supply: [{code: fabs, file: fabs.csv, year: 2023, suppliers: firms.csv}]
`

const (
	fabs  = "unit,supplier,quantity\nAAA,X,60\nAAA,Y,20\nBBB,X,40\n"
	firms = "supplier,home,name\nX,BBB,X\nY,CCC,Y\n"
)

func TestEmbargoByHand(t *testing.T) {
	// Dependence 60/80 = 0.75; of that half is up for renewal, a fifth of this is
	// replaced and half of the rest comes by detours: the loss is
	// 0.75 x 0.5 x 0.8 x 0.5 = 0.15, and AAA's chips are 80 x 0.85 = 68.
	// Papers follow with elasticity 0.5: 10 x 0.85^0.5.
	// Scores: chips on the scale (68-20)/48 = 100, papers lower than all = 0.
	// BBB: chips (40-20)/48, papers 100.
	r := report(t, supplied+lines(
		"scenarios:",
		"  - id: embargo",
		"    edits:",
		"      - {supply: fabs, suppliers: X, exposure: 0.5, substitution: 0.2, rerouting: 0.5, indicators: chips, units: AAA}",
		"    links: [{from: chips, to: papers, elasticity: 0.5}]"), "fabs.csv", fabs, "firms.csv", firms)
	o := try(t, r, scenario.Options{}).Scenarios[0]
	near(t, "dependence", float64(o.Edits[0].Dependence[0].Share), 0.75)
	after := map[string]float64{}
	for _, f := range o.Figures {
		after[f.Indicator] = float64(f.After)
		if f.Link != (f.Indicator == "papers") {
			t.Errorf("%s: by a link %v", f.Indicator, f.Link)
		}
	}
	near(t, "chips", after["chips"], 68)
	near(t, "papers", after["papers"], 10*math.Sqrt(0.85))
	near(t, "AAA", float64(o.Move("AAA").After.Score), 50)
	near(t, "BBB", float64(o.Move("BBB").After.Score), (100*20.0/48+100)/2)
}

func TestEmbargoOfAHome(t *testing.T) {
	// All suppliers at home in BBB or CCC: dependence 1, and nothing is left.
	r := report(t, supplied+lines("scenarios:", "  - {id: all, edits: [{supply: fabs, homes: [BBB, CCC], indicators: chips, units: AAA}]}"), "fabs.csv", fabs, "firms.csv", firms)
	o := try(t, r, scenario.Options{}).Scenarios[0]
	near(t, "chips", float64(o.Figures[0].After), 0)
}

func TestTiesByHand(t *testing.T) {
	// 4 of AAA's 10 papers are joint with BBB, half of which are not written:
	// 10 (1 - 0.4 x 0.5) = 8.
	r := report(t, three+lines(
		"ties: [{code: joint, file: ties.csv, totals: papers}]",
		"scenarios:", "  - {id: apart, edits: [{ties: joint, with: BBB, exposure: 0.5, indicators: papers, units: AAA}]}"),
		"ties.csv", "a,b,year,weight\nAAA,BBB,2023,4\nAAA,CCC,2023,1\n")
	o := try(t, r, scenario.Options{}).Scenarios[0]
	near(t, "papers", float64(o.Figures[0].After), 8)
}

// allied adds an alliance of AAA and CCC.
const allied = three + "alliances: [{code: pact, members: [AAA, CCC]}]\n"

func TestUnitedByHand(t *testing.T) {
	// AAA and CCC together have 100 chips and 40 papers. On the scale that stands,
	// 20 to 80 and 10 to 50, that is 133.33 and 75: 104.17. BBB keeps 66.67 and is
	// second of two.
	r := report(t, allied+lines("scenarios:", "  - {id: one, edits: [{unite: pact}]}"))
	o := try(t, r, scenario.Options{}).Scenarios[0]
	together := (100*80.0/60 + 100*30.0/40) / 2
	for _, code := range []string{"AAA", "CCC"} {
		m := o.Move(code)
		near(t, code, float64(m.After.Score), together)
		near(t, code+" rank", float64(m.After.Rank), 1)
		if m.In != "pact" {
			t.Errorf("%s stands as a part of %q", code, m.In)
		}
	}
	near(t, "BBB", float64(o.Move("BBB").After.Score), 200.0/3)
	near(t, "BBB rank", float64(o.Move("BBB").After.Rank), 2)
	a := o.Alliances[0]
	near(t, "pact", float64(a.After.Score), together)
	if !a.United || !slices.Equal(a.MembersAfter, []string{"AAA", "CCC"}) {
		t.Errorf("united %v, members %v", a.United, a.MembersAfter)
	}
}

func TestJoinAndLeave(t *testing.T) {
	// BBB joins and CCC leaves: 120 chips, 60 papers; the edit of the members'
	// figures after that changes AAA's and BBB's, not CCC's.
	r := report(t, allied+lines("scenarios:", "  - id: change", "    edits:",
		"      - {join: pact, units: BBB}", "      - {leave: pact, units: CCC}", "      - {alliance: pact, indicators: chips, op: add, value: 1}"))
	o := try(t, r, scenario.Options{}).Scenarios[0]
	a := o.Alliances[0]
	if !slices.Equal(a.MembersBefore, []string{"AAA", "CCC"}) || !slices.Equal(a.MembersAfter, []string{"AAA", "BBB"}) || a.United {
		t.Errorf("members %v, then %v; united %v", a.MembersBefore, a.MembersAfter, a.United)
	}
	var changed []string
	for _, f := range o.Figures {
		changed = append(changed, f.Unit)
	}
	if !slices.Equal(changed, []string{"AAA", "BBB"}) {
		t.Errorf("figures of %v changed", changed)
	}
	// Before the third edit everything commutes but the join or leave with it.
	var pairs []string
	for _, p := range o.Orders {
		pairs = append(pairs, p.First+"-"+p.Second)
	}
	if !slices.Equal(pairs, []string{"1-3", "2-3"}) {
		t.Errorf("pairs that do not commute: %v", pairs)
	}
}

func TestProjectEditByHand(t *testing.T) {
	// Papers count three times as much: AAA 25, BBB (33.33 + 300)/4, CCC 37.5.
	r := report(t, three+lines("scenarios:", "  - {id: weights, edits: [{set: framework.papers.weight, to: 3}]}"))
	o := try(t, r, scenario.Options{}).Scenarios[0]
	near(t, "AAA", float64(o.Move("AAA").After.Score), 25)
	near(t, "BBB", float64(o.Move("BBB").After.Score), (100.0/3+300)/4)
	near(t, "CCC", float64(o.Move("CCC").After.Score), 37.5)
}

func TestRangeHolds(t *testing.T) {
	// 50 papers times 3 would be 150; the range ends at 100.
	r := report(t, three+lines("scenarios:", "  - {id: much, edits: [{indicators: papers, units: BBB, op: scale, value: 3}]}"))
	o := try(t, r, scenario.Options{}).Scenarios[0]
	near(t, "papers", float64(o.Figures[0].After), 100)
	if !slices.ContainsFunc(o.Findings, func(f finding) bool { return f.ID == "held-at-range" }) {
		t.Errorf("nobody is told: %v", o.Findings)
	}
}

func TestLagAndSetFigures(t *testing.T) {
	// Over two years: chips double in 2022 and are set back in 2023 by nobody;
	// papers follow a year later with elasticity 1: 10 x 2 in 2023, none in 2022.
	text := strings.Replace(three, "{year: 2023}", "{from: 2022, to: 2023}", 1)
	data := strings.ReplaceAll(threeData, "2023", "2022") + strings.TrimPrefix(threeData, "unit,indicator,year,value\n")
	r := report(t, text+lines("scenarios:", "  - id: late",
		"    edits: [{indicators: chips, units: AAA, years: 2022, op: scale, value: 2}]",
		"    links: [{from: chips, to: papers, elasticity: 1, lag: 1}]"), "data.csv", data)
	o := try(t, r, scenario.Options{}).Scenarios[0]
	if len(o.Figures) != 2 || o.Figures[0].Year != 2022 || o.Figures[1].Year != 2023 {
		t.Fatalf("figures that change: %+v", o.Figures)
	}
	near(t, "chips 2022", float64(o.Figures[0].After), 160)
	near(t, "papers 2023", float64(o.Figures[1].After), 20)
}

func TestQuantiles(t *testing.T) {
	// By hand, from the distribution functions. The median of a standard normal
	// number above 0 is its 75 % quantile. The mean of PERT is (low + 4 mode +
	// high) / 6; a symmetric one has its median at the mode, and its quartile is
	// that of Beta(3, 3): 0.3594 of the way (tables of the beta distribution).
	for _, c := range []struct {
		text    string
		u, want float64
		within  float64
	}{
		{"0.4", 0.9, 0.4, 0},
		{"{uniform: [2, 6]}", 0.25, 3, 1e-12},
		{"{triangular: [0, 1, 4]}", 0.25, 1, 1e-12},           // F(mode) = 1/4
		{"{triangular: [0, 1, 4]}", 0.8125, 4 - 1.5, 1e-12},   // F(x) = 1 - (4-x)^2/12
		{"{pert: [0, 5, 10]}", 0.5, 5, 1e-9},                  // symmetric
		{"{pert: [0, 5, 10]}", 0.25, 3.594, 1e-3},             // Beta(3, 3)
		{"{normal: [0, 1]}", 0.975, 1.959963984540054, 1e-12}, // tables
		{"{normal: [10, 2], within: [10, 1000]}", 0.5, 10 + 2*0.6744897501960817, 1e-9},
		{"{normal: [0, 1], within: [5, 9]}", 0.5, 5.132018332044224, 1e-9}, // bisection of the tail with erfc
		{"{values: [1, 2, 3], chances: [1, 2, 1]}", 0.74, 2, 0},
		{"{values: [1, 2, 3], chances: [1, 2, 1]}", 0.76, 3, 0},
		{"{values: [7, 8]}", 0.49, 7, 0},
	} {
		d, err := spec.ParseDistribution(c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if got := scenario.Quantile(d, c.u); math.Abs(got-c.want) > c.within {
			t.Errorf("quantile %v of %s is %v, want %v", c.u, c.text, got, c.want)
		}
	}
}
