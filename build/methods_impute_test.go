package build

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"mizan/internal/oracle"

	"mizan"
)

func newImputer(t *testing.T, method string, given map[string]any) Imputer {
	t.Helper()
	e, opts := checked(t, mizan.Impute, method, given)
	im, err := e.NewImputer(opts)
	if err != nil {
		t.Fatal(err)
	}
	return im
}

// TestExplainMore: where the values of the other methods come from, with the
// year where it is another.
func TestExplainMore(t *testing.T) {
	type o = map[string]any
	m := &Matrix{
		Units:   []string{"AUT", "AUT", "AUT", "BEL", "BEL", "BEL"},
		Years:   []int{2019, 2020, 2021, 2019, 2020, 2021},
		Codes:   []string{"gdp", "pop", "area"},
		Columns: [][]float64{{1, 2, 4, 5, 5.5, 7}, {10, nan, 30, 40, nan, nan}, {3, 3, 3, nan, 3, 3}},
		Parents: []string{"p", "p", "q"},
		Groups:  func(string) ([]string, bool) { return []string{"a", "a", "a", "b", "b", "b"}, true },
	}
	for _, tt := range []struct {
		method   string
		given    o
		col, row int
		want     string
	}{
		{"row-mean", nil, 1, 1, "the mean place of the unit in the ranges of 1 other indicators"},
		{"row-median", nil, 1, 1, "the median place of the unit in the ranges of 1 other indicators"},
		{"em", nil, 1, 1, "1 other indicators of the unit, by EM over 3 units"},
		{"em", nil, 2, 3, "the one value that the indicator has"},
		{"em", o{"within": "parent"}, 2, 3, "the one value that the indicator has"},
		{"regression", o{"on": []any{"gdp"}}, 1, 1, "its gdp, by a regression over 3 units"},
		{"nearest-neighbours", o{"k": 2.0}, 1, 1, "the mean of its nearest neighbours: AUT in 2019, AUT in 2021"},
		{"hot-deck", o{"by": "g"}, 1, 4, "the value of BEL in 2019, drawn among 1"},
		{"last-observation", nil, 1, 5, "its value of 2019"},
		{"last-observation", o{"limit": 1.0}, 1, 5, "nothing"},
		{"next-observation", nil, 1, 1, "its value of 2021"},
		{"constant", nil, 1, 1, "its value of 2019"},
		{"linear", nil, 1, 1, "the straight line between its values of 2019 and 2021"},
		{"linear-constant", nil, 1, 4, "its value of 2019"},
	} {
		im := newImputer(t, tt.method, tt.given)
		if got := im.(Explainer).Explain(m, tt.col, tt.row).Text; got != tt.want {
			t.Errorf("%s: %q, want %q", tt.method, got, tt.want)
		}
	}
}

// The first outputs of SplitMix64 for the seeds 0 and 1234567, as they are
// published with the algorithm's test vectors.
func TestMix(t *testing.T) {
	for _, tt := range []struct{ seed, want uint64 }{
		{0, 0xe220a8397b1dcdaf},
		{0x9e3779b97f4a7c15, 0x6e789e6aa1b965f4},
		{1234567, 6457827717110365317},
	} {
		if got := mix(tt.seed); got != tt.want {
			t.Errorf("mix(%d) is %#x, want %#x", tt.seed, got, tt.want)
		}
	}
}

// Donors are drawn with equal chances: of 4 donors and 4,000 gaps each is drawn
// about 1,000 times, here within five standard deviations (27.4), and each seed
// draws anew.
func TestHotDeckDraws(t *testing.T) {
	const gaps = 4000
	deck := func(seed float64) []float64 {
		m := &Matrix{Codes: []string{"x"}, Columns: [][]float64{{1, 2, 3, 4}}}
		for i := range gaps + 4 {
			m.Units = append(m.Units, fmt.Sprintf("U%04d", i))
		}
		for range gaps {
			m.Columns[0] = append(m.Columns[0], nan)
		}
		if err := newImputer(t, "hot-deck", map[string]any{"seed": seed}).Impute(m); err != nil {
			t.Fatal(err)
		}
		return m.Columns[0]
	}
	first, second := deck(1), deck(2)
	same := 0
	for donor := 1.0; donor <= 4; donor++ {
		n := 0
		for i, v := range first[4:] {
			if v == donor {
				n++
			}
			if donor == 1 && v == second[4+i] {
				same++
			}
		}
		if math.Abs(float64(n)-gaps/4) > 5*27.4 {
			t.Errorf("donor %v was drawn %d times in %d", donor, n, gaps)
		}
	}
	if math.Abs(float64(same)-gaps/4) > 5*27.4 {
		t.Errorf("two seeds agree in %d of %d draws", same, gaps)
	}
	if !slices.Equal(first, deck(1)) {
		t.Error("the same seed drew other donors")
	}
}

// A gap elsewhere changes no draw, and a donor's own gap is not lent on.
func TestHotDeckCellsAreIndependent(t *testing.T) {
	fresh := func() *Matrix {
		return &Matrix{
			Units: []string{"A", "B", "C", "D"}, Codes: []string{"x", "y"},
			Columns: [][]float64{{1, 2, nan, 3}, {5, nan, nan, 6}},
		}
	}
	im := newImputer(t, "hot-deck", map[string]any{"seed": 3.0})
	both, alone := fresh(), fresh()
	alone.Columns, alone.Codes = alone.Columns[1:], alone.Codes[1:]
	for _, m := range []*Matrix{both, alone} {
		if err := im.Impute(m); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(both.Columns[1], alone.Columns[0]) {
		t.Errorf("with another indicator %v, without %v", both.Columns[1], alone.Columns[0])
	}
}

// What was imputed in one indicator does not serve to predict another.
func TestImputedValuesAreNotLent(t *testing.T) {
	for method, given := range map[string]map[string]any{
		"regression":         {"on": []any{"b", "a"}},
		"nearest-neighbours": {"k": 1.0},
		"row-mean":           {},
	} {
		whole := &Matrix{
			Units: letters(6), Codes: []string{"a", "b", "c"},
			Columns: [][]float64{{1, 2, 3, 4, nan, 6}, {2, 1, 4, 3, 6, 9}, {1, 4, 9, 16, nan, nan}},
		}
		known := &Matrix{Units: letters(6), Codes: whole.Codes, Columns: observed(whole)}
		im := newImputer(t, method, given)
		if err := im.Impute(whole); err != nil {
			t.Fatal(err)
		}
		// The same with the indicators in the other order.
		slices.Reverse(known.Columns)
		known.Codes = []string{"c", "b", "a"}
		if err := im.Impute(known); err != nil {
			t.Fatal(err)
		}
		for c := range whole.Columns {
			if got, want := known.Columns[2-c], whole.Columns[c]; !slices.EqualFunc(got, want, oracle.Near) {
				t.Errorf("%s: %s is %v, but %v with the indicators in another order", method, whole.Codes[c], got, want)
			}
		}
	}
}

// TestAllFailingSetsAreTold: a fault in one parent does not hide that in
// another, and nothing is half filled.
func TestAllFailingSetsAreTold(t *testing.T) {
	m := &Matrix{
		Units: letters(4), Codes: []string{"a", "b", "c", "d", "e", "f"},
		Parents: []string{"p", "p", "q", "q", "r", "r"},
		Columns: [][]float64{{1, 2, 3, nan}, {2, 4, 6, 8}, {1, 2, 5, 3}, {3, 4, 7, nan}, {1, 2, 5, 3}, {4, 1, 1, nan}},
	}
	err := newImputer(t, "em", map[string]any{"within": "parent"}).Impute(m)
	if err == nil {
		t.Fatal("no error")
	}
	for _, part := range []string{"b follows from the other indicators (a)", "d follows from the other indicators (c)"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%v\ndoes not say that %s", err, part)
		}
	}
	if v := m.Columns[5][3]; v == v {
		t.Errorf("the third parent was filled with %v all the same", v)
	}

	for i, code := range []string{"unknown", "other"} {
		err = newImputer(t, "regression", map[string]any{"on": []any{"unknown", "other"}}).Impute(m)
		var option *OptionError
		if !errors.As(err, &option) || option.Option != "on" || !strings.Contains(err.Error(), fmt.Sprintf("%q", code)) {
			t.Errorf("error %d: %v", i, err)
		}
	}
}

// With a ridge, indicators that depend on one another can be fitted, and the
// imputed value follows the dependence.
func TestRidgeMendsDependence(t *testing.T) {
	m := &Matrix{Units: letters(5), Codes: []string{"a", "b"}, Columns: [][]float64{{1, 2, 3, 4, 5}, {3, 5, 7, 9, nan}}}
	if err := newImputer(t, "em", map[string]any{"ridge": 1e-6}).Impute(m); err != nil {
		t.Fatal(err)
	}
	if got := m.Columns[1][4]; math.Abs(got-11) > 0.01 {
		t.Errorf("imputed %v, want about 1 + 2 x 5", got)
	}
}

// The figures of one unit or of none are an error, or stay as they are.
func TestImputersOfAlmostNothing(t *testing.T) {
	for _, e := range entries() {
		if e.Stage != mizan.Impute {
			continue
		}
		for _, columns := range [][][]float64{nil, {{}}, {{nan}}, {{3}}, {{nan, nan}, {nan, nan}}} {
			m := &Matrix{Columns: columns}
			m.Groups = func(string) ([]string, bool) { return m.Units, true }
			for c := range columns {
				m.Codes = append(m.Codes, fmt.Sprint("x", c+1))
				m.Units, m.Years = letters(len(columns[c])), []int{2020, 2021}[:len(columns[c])]
			}
			more := map[string]any{}
			if e.Name == "regression" && columns == nil {
				continue // there is no indicator to predict from
			}
			im, err := e.NewImputer(optionsFor(t, e, more))
			if err != nil {
				t.Fatal(err)
			}
			before := observed(m)
			err = im.Impute(m)
			var option *OptionError
			if err != nil && (!errors.As(err, &option) || option.Remedy == "") {
				t.Errorf("%s of %v: %v", e.Name, before, err)
			}
			for c := range before {
				if !slices.EqualFunc(m.Columns[c], before[c], oracle.Near) {
					t.Errorf("%s of %v made %v", e.Name, before, m.Columns)
				}
			}
		}
	}
}

// TestDrawnEM: what EM draws spreads about the expectation as the regression's
// residuals do. By hand: b on a leaves 1.1, -1.3, -0.7, 0.9 of four units, c on
// a leaves 1.6, -1.8, -1.2, 1.4, so that given a = 5 they have the means 10.5
// and 10, the variances 4.2 / 4 and 9.2 / 4, and the covariance 6.2 / 4.
func TestDrawnEM(t *testing.T) {
	const draws = 4000
	var sum, square [2]float64
	var cross float64
	for seed := range draws {
		m := &Matrix{Units: letters(5), Codes: []string{"a", "b", "c"}, Columns: [][]float64{{1, 2, 3, 4, 5}, {6, 5, 7, 10, nan}, {2, 1, 4, 9, nan}}}
		if err := newImputer(t, "em", map[string]any{"draw": true, "seed": float64(seed), "ridge": 1e-9}).Impute(m); err != nil {
			t.Fatal(err)
		}
		b, c := m.Columns[1][4]-10.5, m.Columns[2][4]-10
		sum[0], sum[1] = sum[0]+b, sum[1]+c
		square[0], square[1], cross = square[0]+b*b, square[1]+c*c, cross+b*c
	}
	for _, x := range []struct {
		what            string
		got, want, wide float64
	}{
		{"mean of b", sum[0] / draws, 0, math.Sqrt(1.05)},
		{"mean of c", sum[1] / draws, 0, math.Sqrt(2.3)},
		{"variance of b", square[0] / draws, 1.05, 1.05 * math.Sqrt2},
		{"variance of c", square[1] / draws, 2.3, 2.3 * math.Sqrt2},
		{"covariance", cross / draws, 1.55, 1.55 * math.Sqrt2},
	} {
		if math.Abs(x.got-x.want) > 4*x.wide/math.Sqrt(draws) {
			t.Errorf("%s is %v, want %v", x.what, x.got, x.want)
		}
	}
	if _, err := mustEntry(t, mizan.Impute, "em").NewImputer(optionsFor(t, mustEntry(t, mizan.Impute, "em"), map[string]any{"seed": 3.0})); err == nil {
		t.Error("a seed is taken although nothing is drawn")
	}
}
