package network_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"mizan"
	"mizan/network"
	"mizan/stat"
)

// party is a network of five units of a project and one of outside. In 2020
// A-B 2 and A-C 1; in 2021 A-B 4, A-C 2, B-C 2, A-D 1 and X-A 5. E has no tie
// and F is not covered.
func party() *mizan.Ties {
	return &mizan.Ties{
		Code: "songs", Measure: "songs", Units: []string{"A", "B", "C", "D", "E", "F", "X"}, Inside: 6, Lacks: []string{"F"}, Years: []int{2020, 2021},
		Links: []mizan.Tie{
			{Year: 2020, A: 0, B: 1, Weight: 2},
			{Year: 2020, A: 0, B: 2, Weight: 1},
			{Year: 2021, A: 0, B: 1, Weight: 4},
			{Year: 2021, A: 0, B: 2, Weight: 2},
			{Year: 2021, A: 0, B: 3, Weight: 1},
			{Year: 2021, A: 0, B: 6, Weight: 5},
			{Year: 2021, A: 1, B: 2, Weight: 2},
		},
	}
}

func run(t *testing.T, in network.Input, o network.Options) *network.Result {
	t.Helper()
	r, err := network.Run(in, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRun(t *testing.T) {
	trio := func(year int) []network.Group {
		if year == 2020 {
			return []network.Group{{Code: "duo", Members: []string{"A", "B"}}}
		}
		return []network.Group{{Code: "duo", Members: []string{"B", "A", "C", "Z", "A"}}}
	}
	r := run(t, network.Input{Ties: party(), Groups: trio}, network.Options{Since: 2020})
	if !slices.Equal(r.Units, []string{"A", "B", "C", "D", "E"}) || !slices.Equal(r.Lacking, []string{"F"}) || !slices.Equal(r.Apart, []string{"E"}) {
		t.Errorf("units %v, lacking %v, apart %v", r.Units, r.Lacking, r.Apart)
	}
	if r.Year != 2021 || r.Links != 4 || r.Weight != 9 || r.Density != 0.4 || r.Outside != (network.Outside{Units: 1, Links: 1, Weight: 5}) {
		t.Errorf("%d: %d links, %v, density %v, outside %+v", r.Year, r.Links, r.Weight, r.Density, r.Outside)
	}
	s := r.Metric("strength")
	near(t, "strength", s.Values, []float64{7, 6, 4, 1, 0}, 0)
	near(t, "rank", s.Ranks, []float64{1, 2, 3, 4, 5}, 0)
	near(t, "before", s.Before, []float64{3, 2, 1, 0, 0}, 0)
	// Within A, B, C lie 8 of 9, and 1 crosses; by links 3 and 1. In 2020 the
	// members were A and B: 2 within, 1 across.
	g := r.Groups[0]
	near(t, "E-I", []float64{float64(g.EI.Value), float64(g.EILinks.Value), float64(g.Before)}, []float64{(1. - 8) / 9, (1. - 3) / 4, (1. - 2) / 3}, 1e-15)
	if !slices.Equal(g.Members, []string{"A", "B", "C"}) || !slices.Equal(g.Absent, []string{"Z"}) || !slices.Equal(g.BeforeMembers, []string{"A", "B"}) || g.WithinDensity != 1 {
		t.Errorf("%+v", g)
	}
	// Of the four groups of three units with a tie A, B, C has the most within:
	// 8, 5 (A, B, D), 3 (A, C, D) and 2 (B, C, D) of 9.
	near(t, "at random", []float64{float64(g.Random)}, []float64{((1. - 8) + (4. - 5) + (6. - 3) + (7. - 2)) / 9 / 4}, 0.06)
	near(t, "as much inwards", []float64{float64(g.Inward)}, []float64{0.25}, 0.05)
	// Q of one part: 16/18 - (17/18)^2.
	near(t, "modularity", []float64{float64(g.Modularity)}, []float64{16./18 - 17.*17/18/18}, 1e-15)
	if len(r.Series) != 2 || r.Series[0].Links != 2 || r.Series[0].Units != 3 || r.Series[0].Groups[0] != float64(g.Before) {
		t.Errorf("%+v", r.Series)
	}
}

func TestRunWithOutsiders(t *testing.T) {
	r := run(t, network.Input{Ties: party()}, network.Options{Everyone: true, Threshold: 2})
	if r.Units[len(r.Units)-1] != "X" || r.Links != 4 || r.Weight != 13 || r.Outside.Links != 0 {
		t.Errorf("%v, %d links, %v", r.Units, r.Links, r.Weight)
	}
	p, err := r.Partners("X")
	if err != nil || len(p) != 1 || p[0].Unit != "A" || p[0].Weight != 5 || p[0].Share != 1 {
		t.Errorf("%+v %v", p, err)
	}
}

// By hand: A of 10, B of 20, D of 0 works in all; A-B 4.
func TestPartners(t *testing.T) {
	totals := func(int) []float64 { return []float64{10, 20, 8, 0, math.NaN(), 9} }
	r := run(t, network.Input{Ties: party(), Totals: totals}, network.Options{Since: 2020})
	p, err := r.Partners("A")
	if err != nil {
		t.Fatal(err)
	}
	b, d := p[0], p[2]
	if b.Unit != "B" || d.Unit != "D" {
		t.Fatalf("%+v", p)
	}
	near(t, "A-B", b.Normalised, []float64{4 * 38. / 200, 4 / math.Sqrt(200), 4. / 26, 0.4}, 1e-15)
	near(t, "A-D", d.Normalised, slices.Repeat([]float64{math.NaN()}, 4), 0)
	near(t, "share and before", []float64{float64(b.Share), float64(b.Before), float64(d.Before)}, []float64{4. / 7, 2, 0}, 1e-15)
	for _, code := range []string{"F", "Q"} {
		if _, err := r.Partners(code); err == nil || !strings.Contains(err.Error(), code+" is not in the network") {
			t.Errorf("%v", err)
		}
	}
	links := 0
	r.Pairs(func(string, string, network.Partner) { links++ })
	if links != 4 {
		t.Errorf("%d pairs", links)
	}
}

func TestOptions(t *testing.T) {
	in := network.Input{Ties: party()}
	for want, o := range map[string]network.Options{
		"the ties songs have no year 2019; there are 2020 to 2021":                             {Year: 2019},
		"the ties songs have no year 2018; there are 2020 to 2021":                             {Since: 2018},
		"change since 2021 cannot be told of 2020; give an earlier year":                       {Year: 2020, Since: 2021},
		"the ties songs cannot be counted by fractions; pairs do not say":                      {Fractional: true},
		"the resolution -1 is not above 0; 1 is the usual one; more makes smaller communities": {Resolution: -1},
	} {
		_, err := network.Run(in, o)
		var ps mizan.Problems
		if !errors.As(err, &ps) || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%+v: %v, want %s", o, err, want)
		}
	}
}

// A work of three units counts one for each of its pairs, or a half.
func TestFractionalRun(t *testing.T) {
	ties := party()
	ties.Works = []mizan.Works{{Year: 2021, Units: []int32{0, 1, 2}, Number: 2}, {Year: 2021, Units: []int32{0, 3}, Number: 3}}
	r := run(t, network.Input{Ties: ties}, network.Options{Year: 2021, Fractional: true})
	near(t, "strength", r.Metric("strength").Values, []float64{5, 2, 2, 3, 0}, 0)
	if r.Counting != "fractional" {
		t.Error(r.Counting)
	}
}

// The draws give the same intervals whatever the number of workers, and those
// of a strength are those of a Poisson variable: 5 % below 18 and above 32 or
// so for a mean of 25 (exactly 17 and 33 by its distribution function).
func TestIntervals(t *testing.T) {
	ties := &mizan.Ties{Code: "k", Units: []string{"A", "B", "C"}, Inside: 3, Years: []int{2020}, Links: []mizan.Tie{
		{Year: 2020, A: 0, B: 1, Weight: 25}, {Year: 2020, A: 1, B: 2, Weight: 10_000},
	}}
	r := run(t, network.Input{Ties: ties}, network.Options{Draws: 4000, Seed: 3})
	s := r.Metric("strength")
	near(t, "low of 25 and 10000", []float64{s.Low[0], s.Low[2]}, []float64{17, 10000 - 1.645*100}, 8)
	near(t, "high of 25 and 10000", []float64{s.High[0], s.High[2]}, []float64{33, 10000 + 1.645*100}, 8)
	if math.Abs(s.Low[0]-17) > 1 || math.Abs(s.High[0]-33) > 1 {
		t.Errorf("%v to %v", s.Low[0], s.High[0])
	}
	again := run(t, network.Input{Ties: ties}, network.Options{Draws: 4000, Seed: 3})
	other := run(t, network.Input{Ties: ties}, network.Options{Draws: 4000, Seed: 4})
	if !slices.Equal(s.Low, again.Metric("strength").Low) {
		t.Error("the same seed gives other intervals")
	}
	if slices.Equal(s.Low, other.Metric("strength").Low) && slices.Equal(s.High, other.Metric("strength").High) {
		t.Error("another seed gives the same intervals")
	}
}

// Means and variances of the drawn counts are those of a Poisson variable,
// within four standard errors, on both sides of where the method changes.
func TestPoissonDraws(t *testing.T) {
	const n = 40_000
	for _, mean := range []float64{0, 0.3, 4, 29, 31, 200, 1e6} {
		x := make([]float64, n)
		s := stat.NewStream(1, 2, uint64(mean*10))
		for i := range x {
			x[i] = network.PoissonOf(mean, s)
		}
		m, v := stat.Mean(x), stat.Variance(x)
		if math.Abs(m-mean) > 4*math.Sqrt(mean/n) {
			t.Errorf("mean of %v: %v", mean, m)
		}
		// The variance of a sample variance is (mean + 2 mean^2)/n.
		if math.Abs(v-mean) > 4*math.Sqrt((mean+2*mean*mean)/n) {
			t.Errorf("variance of %v: %v", mean, v)
		}
	}
}

// What a model with a constant expects of all pairs together is what they have.
// Language and border, the same for all pairs, are left out.
func TestModelMeetsItsTotals(t *testing.T) {
	totals := func(int) []float64 { return []float64{3, 20, 8, 5, 11, 9} }
	where := mizan.Locations{
		{Unit: "A", Latitude: 0, Longitude: 0},
		{Unit: "B", Latitude: 10, Longitude: 0},
		{Unit: "C", Latitude: 0, Longitude: 50},
		{Unit: "D", Latitude: -40, Longitude: 120},
	}
	r := run(t, network.Input{Ties: party(), Totals: totals, Locations: where}, network.Options{Year: 2021})
	m := r.Model
	if m == nil || m.Pairs != 6 || m.Left != 4 || len(m.Terms) != 2 {
		t.Fatalf("E has no location: six pairs of four units are left, found %+v", m)
	}
	observed, expected := 0.0, 0.0
	for _, a := range []string{"A", "B", "C", "D"} {
		list, _ := r.Partners(a)
		for _, p := range list {
			observed += p.Weight
			expected += float64(p.Expected)
		}
	}
	for _, p := range slices.Concat(r.More, r.Less) {
		if p.Weight == 0 {
			expected += 2 * p.Expected
		}
	}
	if math.Abs(observed-expected) > 1e-6 {
		t.Errorf("%v ties, %v expected", observed, expected)
	}
}
