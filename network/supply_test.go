package network_test

import (
	"math"
	"strings"
	"testing"

	"mizan"
	"mizan/network"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestIndices(t *testing.T) {
	nan := math.NaN()
	// Quantities 1, 1, 2: shares 1/4, 1/4, 1/2.
	near(t, "HHI", []float64{network.HHI([]float64{1, 1, 2}), network.HHI([]float64{5}), network.HHI([]float64{0, 0})}, []float64{0.375, 1, nan}, 1e-15)
	// With 4 of unknown owners of 8: spread thin (1+1+4)/64, all to the largest
	// (1+1+36)/64.
	low, high := network.HHIBounds([]float64{1, 1, 2}, 4)
	near(t, "bounds", []float64{low, high}, []float64{6. / 64, 38. / 64}, 1e-15)
	low, high = network.HHIBounds(nil, 4)
	near(t, "bounds of nothing known", []float64{low, high}, []float64{0, 1}, 0)
	near(t, "distrusted", []float64{
		network.Distrusted([]float64{0.25, 0.25, 0.5}, []float64{0, 0, 0}),
		network.Distrusted([]float64{0.25, 0.25, 0.5}, []float64{0, 1, 0.5}),
	}, []float64{0.375, 0.125}, 1e-15)
	for want, q := range map[int][]float64{0: {0, 0}, 1: {3, 1}, 2: {2, 1, 1}, 3: {1, 1, 1, 1}} {
		if got := network.FewestTo(0.75, q); got != want {
			t.Errorf("%v: %d reach 75 %%, want %d", q, got, want)
		}
	}
}

// What must hold of any quantities.
func TestAnyConcentration(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := rapid.SliceOfN(rapid.Float64Range(0.001, 100), 1, 9).Draw(t, "quantities")
		unknown := rapid.Float64Range(0, 50).Draw(t, "unknown")
		h := network.HHI(q)
		if n := float64(len(q)); h < 1/n-1e-12 || h > 1+1e-12 {
			t.Fatalf("HHI %v of %d", h, len(q))
		}
		low, high := network.HHIBounds(q, unknown)
		owner := append(q[:len(q):len(q)], unknown) // one owner more
		if v := network.HHI(owner); unknown > 0 && (v < low-1e-12 || v > high+1e-12) {
			t.Fatalf("%v is not between %v and %v", v, low, high)
		}
	})
}

// machines is a table of use: A has 6 of its own firm a and 2 of b of B, B has
// 4 of b, C has 3 of b, 1 of somebody unknown and 9 of none.
func machines() *mizan.Supply {
	return &mizan.Supply{
		Code: "machines", Units: []string{"A", "B", "C", "D"}, Inside: 4, Years: []int{2025}, Sample: "a tenth",
		Suppliers: []mizan.Supplier{{Code: "?", Unknown: true}, {Code: "a", Home: "A"}, {Code: "b", Home: "B"}, {Code: "none", Nobody: true}},
		Goods:     []mizan.Good{{}},
		Rows: []mizan.SupplyRow{
			{Year: 2025, Unit: 0, Supplier: 1, Quantity: 6},
			{Year: 2025, Unit: 0, Supplier: 2, Quantity: 2},
			{Year: 2025, Unit: 1, Supplier: 2, Quantity: 4},
			{Year: 2025, Unit: 2, Supplier: 0, Quantity: 1},
			{Year: 2025, Unit: 2, Supplier: 2, Quantity: 3},
			{Year: 2025, Unit: 2, Supplier: 3, Quantity: 9},
		},
	}
}

func TestDependence(t *testing.T) {
	groups := func(int) []network.Group { return []network.Group{{Code: "g", Members: []string{"C", "B", "D", "B"}}} }
	r, err := network.RunSupply(machines(), groups, network.SupplyOptions{Trust: 0.5})
	if err != nil {
		t.Fatal(err)
	}
	nan := math.NaN()
	values := func(d *network.Dependence) []float64 {
		return []float64{
			d.Quantity, float64(d.Unknown), d.Without, float64(d.HHI), float64(d.HHILow), float64(d.HHIHigh), float64(d.To75),
			float64(d.CDI1), float64(d.CDI2), float64(d.Inside), float64(d.Outside), float64(d.Distrusted),
		}
	}
	// All: 6 of a, 9 of b, 1 unknown; HHI (36+81)/225, bounds (36+81)/256 and
	// (36+100)/256.
	near(t, "world", values(r.World), []float64{16, 1. / 16, 9, 117. / 225, 117. / 256, 136. / 256, 2, nan, nan, nan, nan, nan}, 1e-12)
	byCode := map[string]*network.Dependence{}
	for i := range r.Units {
		byCode[r.Units[i].Code] = &r.Units[i]
	}
	near(t, "A", values(byCode["A"]), []float64{8, 0, 0, 0.625, 0.625, 0.625, 1, 1, 0.25, 0.5625, 0.0625, 0.0625}, 1e-12)
	near(t, "B", values(byCode["B"]), []float64{4, 0, 0, 1, 1, 1, 1, nan, 0, 1, 0, 0}, 1e-12)
	near(t, "C", values(byCode["C"]), []float64{4, 0.25, 9, 1, 9. / 16, 1, 1, 1, 1, 0, 1, 1}, 1e-12)
	// B and C: 7 of b, which is at home in B and trusted by a half: (1/2)^2.
	near(t, "B and C", values(&r.Groups[0]), []float64{8, 1. / 8, 9, 1, 49. / 64, 1, 1, nan, 0, 1, 0, 0.25}, 1e-12)
	if byCode["D"] != nil || r.Units[0].Code != "A" || strings.Join(r.Groups[0].Absent, "") != "D" {
		t.Errorf("%+v", r.Groups[0])
	}
	ids := ""
	for _, f := range r.Findings {
		ids += f.ID + " "
	}
	if ids != "sample unknown-suppliers " {
		t.Errorf("findings %s", ids)
	}
}

// CDI3 by hand, with exports of 1 by A, none by B and 2 by D, and of C not known:
// A has 2 from outside over 1, which is not above 2; B nothing over 0; of C
// nothing can be said. A and B together have nothing from outside over 1; with C
// exports are not known. A and D, with no chips of its own, have 2 over 3.
func TestExports(t *testing.T) {
	m := machines()
	m.Exports = []mizan.SupplyExport{{Year: 2024, Unit: 0, Quantity: 50}, {Year: 2025, Unit: 0, Quantity: 1}, {Year: 2025, Unit: 1}, {Year: 2025, Unit: 3, Quantity: 2}}
	groups := func(int) []network.Group {
		return []network.Group{{Members: []string{"A", "B"}}, {Members: []string{"A", "B", "C"}}, {Members: []string{"A", "D"}}}
	}
	run := func(o network.SupplyOptions) *network.SupplyResult {
		r, err := network.RunSupply(m, groups, o)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	r := run(network.SupplyOptions{Limits: [3]float64{1, 0.2, 2}})
	nan := math.NaN()
	var cdi3, exports []float64
	above := ""
	for _, d := range append(r.Units, r.Groups...) { // units by quantity: A, B and C
		cdi3, exports = append(cdi3, float64(d.CDI3)), append(exports, float64(d.Exports))
		above += strings.Join(d.Above, "+") + " "
	}
	near(t, "CDI3", cdi3, []float64{2, nan, nan, 0, nan, 2. / 3}, 1e-15)
	near(t, "exports", exports, []float64{1, 0, nan, 1, nan, 3}, 0)
	if above != "cdi2  cdi2   cdi2 " || !r.Table.Exports {
		t.Errorf("above limits: %q", above)
	}
	// With the usual limits: A has all its outside from one home (1 > 0.4), a
	// quarter of all (not > 0.5), twice what it exports (2 > 1).
	if r := run(network.SupplyOptions{}); strings.Join(r.Units[0].Above, "+") != "cdi1+cdi3" || r.Limits != network.DefaultLimits {
		t.Errorf("above the usual limits: %v", r.Units[0].Above)
	}
	m.Exports[1].Quantity = 0
	if d := run(network.SupplyOptions{}).Units[0]; strings.Join(d.Above, "+") != "cdi1+cdi3" || !math.IsNaN(float64(d.CDI3)) {
		t.Errorf("without exports: %v, %v", d.Above, d.CDI3)
	}
	m.Exports = nil
	if r := run(network.SupplyOptions{}); r.Table.Exports || strings.Join(r.Units[0].Above, "+") != "cdi1" {
		t.Errorf("exports not known: %v", r.Units[0].Above)
	}
}

func TestSupplyOptions(t *testing.T) {
	_, err := network.RunSupply(machines(), nil, network.SupplyOptions{Year: 2024, Trust: 2, Choke: -1, Limits: [3]float64{0.4, -1, 1}})
	for _, want := range []string{"the table machines has no year 2024; the only year is 2025", "a trust of 2 is out of range", "a choke point of -1 is out of range", "a limit of -1 is out of range"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// made is a chain of three stages, figures made up. Sand: A 60, B 40. Light,
// made by either of two kinds: old (A 10, B 30, C 60) or new (C 100). Test: B
// 50, somebody unknown 50; of tape it is only known that A makes some.
func made() *mizan.Supply {
	row := func(unit, good int32, q float64) mizan.SupplyRow {
		return mizan.SupplyRow{Year: 2020, Unit: unit, Supplier: -1, Good: good, Quantity: q, Unknown: unit == 3}
	}
	return &mizan.Supply{
		Code: "made", Provision: true, Units: []string{"A", "B", "C", "Various"}, Inside: 3, Years: []int{2019, 2020},
		Goods: []mizan.Good{{Code: "new"}, {Code: "old"}, {Code: "sand"}, {Code: "tape"}, {Code: "test"}},
		Stages: []mizan.SupplyStage{
			{Code: "ground", Goods: []int{2}}, {Code: "light", Goods: []int{0, 1}, Any: true}, {Code: "end", Goods: []int{3, 4}},
		},
		Rows: []mizan.SupplyRow{
			{Year: 2019, Unit: 0, Supplier: -1, Good: 2, Quantity: 100}, // older than what there is of sand
			row(0, 1, 10), row(0, 2, 60), row(0, 3, math.NaN()), row(1, 1, 30), row(1, 2, 40), row(1, 4, 50), row(2, 0, 100), row(2, 1, 60), row(3, 4, 50),
		},
	}
}

func TestChain(t *testing.T) {
	c := network.NewChain(made(), 2025)
	for _, x := range []struct {
		members          string
		ground, light    float64
		end, self, cover float64
	}{
		{"A", 0.6, 0.1, 0, 0, 0.7 / 3},
		{"B", 0.4, 0.3, 0.5, 0.3, 1.2 / 3},
		{"C", 0, 1, 0, 0, 1. / 3},
		{"A B", 1, 0.4, 0.5, 0.4, 1.9 / 3},
		{"B C B", 0.4, 1, 0.5, 0.4, 1.9 / 3},
		{"A B C", 1, 1, 0.5, 0.5, 2.5 / 3},
		{"Nobody", 0, 0, 0, 0, 0},
	} {
		m := strings.Fields(x.members)
		near(t, x.members, []float64{c.Share(0, m), c.Share(1, m), c.Share(2, m), c.SelfSufficiency(m), c.Coverage(m)},
			[]float64{x.ground, x.light, x.end, x.self, x.cover}, 1e-12)
	}
	// In 2019 only sand is known, of which A has all.
	old := network.NewChain(made(), 2019)
	near(t, "2019", []float64{old.Share(0, []string{"A"}), old.Share(1, []string{"A"}), old.SelfSufficiency([]string{"A"})}, []float64{1, math.NaN(), 1}, 0)
}

func TestChainResult(t *testing.T) {
	groups := func(int) []network.Group { return []network.Group{{Code: "ab", Members: []string{"A", "B"}}} }
	r, err := network.RunSupply(made(), groups, network.SupplyOptions{})
	if err != nil {
		t.Fatal(err)
	}
	chokes, also := "", ""
	for _, g := range r.Chain.Goods {
		chokes += g.Good + ":" + g.Choke + " "
		also += strings.Join(g.Also, "")
	}
	// Half of the tests are B's, which is a choke point at 50 %.
	if chokes != "new:C old:C sand:A tape: test:B " || also != "A" {
		t.Errorf("%s, %s", chokes, also)
	}
	test := r.Chain.Goods[4]
	near(t, "test", []float64{float64(test.HHI), float64(test.HHILow), float64(test.HHIHigh), test.Unknown}, []float64{1, 0.25, 1, 0.5}, 1e-12)
	g := r.Chain.Groups[0]
	want := []network.WeakStage{{Stage: "light", Share: 0.4, Good: "old", Holder: "C", Held: 0.6}}
	if d := cmp.Diff(want, g.Weakest); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	if strings.Join(g.Holds, " ") != "sand test" {
		t.Errorf("%v", g.Holds)
	}
	if len(r.Chain.Units) != 3 || r.Chain.Units[0].Code != "B" {
		t.Errorf("%+v", r.Chain.Units)
	}
}
