package alliance_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"mizan"
	"mizan/alliance"
	"mizan/network"
)

// A chain of three stages, figures made up. Sand: U0 60, U1 40. Light, made by
// either of two kinds: old (U0 10, U1 30, U2 60) or new (U2 100). Test: U1 50,
// somebody unknown 50; of tape it is only known that U0 makes some; of glue
// nothing is known. U3 provides nothing.
func chain(string) (*mizan.Supply, error) {
	row := func(unit, good int32, q float64) mizan.SupplyRow {
		return mizan.SupplyRow{Year: 2021, Unit: unit, Supplier: -1, Good: good, Quantity: q, Unknown: unit == 4}
	}
	return &mizan.Supply{
		Code: "made", Provision: true, NonCommercial: true, Units: []string{"U0", "U1", "U2", "U3", "Various"}, Inside: 4, Years: []int{2021},
		Goods: []mizan.Good{{Code: "glue"}, {Code: "new"}, {Code: "old"}, {Code: "sand"}, {Code: "tape"}, {Code: "test"}},
		Stages: []mizan.SupplyStage{
			{Code: "ground", Goods: []int{3}}, {Code: "light", Goods: []int{1, 2}, Any: true}, {Code: "end", Goods: []int{4, 5}}, {Code: "bond", Goods: []int{0}},
		},
		Rows: []mizan.SupplyRow{
			row(0, 2, 10), row(0, 3, 60), row(0, 4, math.NaN()), row(1, 2, 30), row(1, 3, 40), row(1, 5, 50), row(2, 1, 100), row(2, 2, 60), row(4, 5, 50),
		},
	}, nil
}

const chainLines = `supply: [{code: made, file: s.csv, kind: provision}]`

// contributionsOf are the Shapley values of members by a value function, and
// what they are together.
func contributionsOf(t *testing.T, st *alliance.Study, game, supply string, members ...string) []float64 {
	t.Helper()
	all, _, err := st.Contributions(named(t, st, members...), alliance.Sampling{})
	if err != nil {
		t.Fatal(err)
	}
	var list []float64
	for _, c := range all {
		if c.Game != game || c.Supply != supply || !c.Declared {
			continue
		}
		for _, m := range c.Members {
			list = append(list, m.Shapley.Value)
		}
		list = append(list, float64(c.Total))
	}
	return list
}

// Worked by hand. The stages ground, light and end have, in hundredths:
//
//	U0 60 10 0     U1 40 30 50     U2 0 100 0
//	U0 U1 100 40 50     U0 U2 60 100 0     U1 U2 40 100 50     all 100 100 50
//
// so that the weakest stage has 0, 30, 0, 40, 0, 40 and 50, and the stages
// together 70, 120, 100, 190, 160, 190 and 250. A member's Shapley value is a
// third of what it has alone, a sixth of what it adds to either other and a
// third of what it adds to both.
func TestChainContributions(t *testing.T) {
	st := smallWith(t, "sum", "", chainLines, alliance.Options{Supply: chain}, 10, 20, 40, 5)
	nearAll(t, "self-sufficiency", contributionsOf(t, st, "self-sufficiency", "made", "U0", "U1", "U2"), []float64{
		0. + (40.-30)/6 + 0. + (50.-40)/3,
		30./3 + 40./6 + 40./6 + 50./3,
		0. + 0. + (40.-30)/6 + (50.-40)/3,
		50,
	}, 1e-12)
	nearAll(t, "coverage", contributionsOf(t, st, "coverage", "made", "U0", "U1", "U2"), []float64{
		(70./3 + (190.-120)/6 + (160.-100)/6 + (250.-190)/3) / 3,
		(120./3 + (190.-70)/6 + (190.-100)/6 + (250.-160)/3) / 3,
		(100./3 + (160.-70)/6 + (190.-120)/6 + (250.-190)/3) / 3,
		250. / 3,
	}, 1e-12)
	// U3 adds nothing, and takes nothing from the others.
	nearAll(t, "with U3", contributionsOf(t, st, "coverage", "made", "U1", "U3"), []float64{40, 0, 40}, 1e-12)
	c := network.NewChain(must(chain("")), 2021)
	for _, members := range [][]string{{"U0"}, {"U1", "U3"}, {"U0", "U2"}, {"U0", "U1", "U2"}} {
		of := contributionsOf(t, st, "coverage", "made", members...)
		near(t, "together", of[len(of)-1], 100*c.Coverage(members), 1e-12)
	}
}

func must(t *mizan.Supply, err error) *mizan.Supply {
	if err != nil {
		panic(err)
	}
	return t
}

// use is a table of use: U0 has 6 of its own firm a and 2 of b of U1, U1 has 4
// of b, U2 has 3 of b, 1 of somebody unknown and 9 of none.
func use(string) (*mizan.Supply, error) {
	return &mizan.Supply{
		Code: "machines", Units: []string{"U0", "U1", "U2", "U3"}, Inside: 4, Years: []int{2018, 2025}, Sample: "a tenth",
		Suppliers: []mizan.Supplier{{Code: "?", Unknown: true}, {Code: "a", Home: "U0"}, {Code: "b", Home: "U1"}, {Code: "none", Nobody: true}},
		Goods:     []mizan.Good{{}},
		Rows: []mizan.SupplyRow{
			{Year: 2018, Unit: 0, Supplier: 1, Quantity: 6},
			{Year: 2018, Unit: 0, Supplier: 2, Quantity: 2},
			{Year: 2018, Unit: 1, Supplier: 2, Quantity: 4},
			{Year: 2018, Unit: 2, Supplier: 0, Quantity: 1},
			{Year: 2018, Unit: 2, Supplier: 2, Quantity: 3},
			{Year: 2018, Unit: 2, Supplier: 3, Quantity: 9},
			{Year: 2025, Unit: 2, Supplier: 1, Quantity: 1000},
		},
	}, nil
}

// Worked by hand: at home is 6 of 8 with U0, all with U1, nothing with U2; all
// with U0 and U1, 6 of 11 with U0 and U2, all with U1 and U2, and with all three.
// U2 costs what the first of it costs U0. The index is of 2020, so that the
// figures of 2018 serve.
func TestHomeContributions(t *testing.T) {
	lines := "supply: [{code: machines, file: s.csv}]\nvalue_functions: [{coverage: machines}]"
	st := smallWith(t, "sum", "", lines, alliance.Options{Supply: use}, 10, 20, 40, 5)
	six := 600. / 11
	nearAll(t, "coverage", contributionsOf(t, st, "coverage", "machines", "U0", "U1", "U2"), []float64{
		75./3 + 0. + six/6 + 0., 100./3 + 25./6 + 100./6 + (100-six)/3, 0. + (six-75)/6 + 0. + 0., 100,
	}, 1e-12)
	// Only what is declared is told, and the score.
	all, _, err := st.Contributions(named(t, st, "U0", "U1"), alliance.Sampling{})
	if err != nil {
		t.Fatal(err)
	}
	games := ""
	for _, c := range all {
		if c.Declared {
			games += c.Game + " "
		}
	}
	if games != "score coverage " {
		t.Errorf("value functions %s", games)
	}
}

// What a reader must know of the tables stands among the findings.
func TestSupplyFindings(t *testing.T) {
	lines := "supply: [{code: made, file: s.csv, kind: provision}, {code: machines, file: m.csv}]\nvalue_functions: [{coverage: made}, {self-sufficiency: made}, {coverage: machines}]"
	both := func(code string) (*mizan.Supply, error) {
		if code == "made" {
			return chain(code)
		}
		return use(code)
	}
	st := smallWith(t, "sum", "", lines, alliance.Options{Supply: both}, 10, 20, 40, 5)
	d, err := st.Detail(named(t, st, "U0", "U2", "U3"), alliance.Sampling{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range d.Findings {
		if strings.HasPrefix(f.ID, "supply-") {
			got = append(got, strings.TrimSpace(f.Code+" "+strings.TrimPrefix(f.ID, "supply-")+" "+strings.Join(f.Units, " ")))
		}
	}
	want := []string{
		"made of-another-year", "made non-commercial", "made silent", "made unknown", "made without U3", "made unmeasured U0",
		"machines of-another-year", "machines sample", "machines unknown", "machines without U3",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("findings\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestSupplyNotGiven(t *testing.T) {
	st := smallWith(t, "sum", "", chainLines, alliance.Options{}, 10, 20, 40, 5)
	var ps mizan.Problems
	if _, _, err := st.Contributions(named(t, st, "U0"), alliance.Sampling{}); !errors.As(err, &ps) || ps[0].ID != "no-supply" {
		t.Errorf("%v", err)
	}
}
