package build

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"mizan"
	"mizan/stat"

	"pgregory.net/rapid"
)

// extrapolates are the methods that may go beyond the observed values.
var extrapolates = []string{"em", "regression"}

// drawMatrix draws indicators of some units over some years, with ties and
// gaps, and with two parents and groups of which one may be none.
func drawMatrix(t *rapid.T) *Matrix {
	m := &Matrix{}
	units, years := rapid.IntRange(1, 7).Draw(t, "units"), rapid.IntRange(2, 4).Draw(t, "years")
	of := map[string]string{}
	for _, unit := range letters(units) {
		of[unit] = rapid.SampledFrom([]string{"g", "h", ""}).Draw(t, "group")
	}
	of["A"] = "g"
	for y := range years {
		for _, unit := range letters(units) {
			m.Units, m.Years = append(m.Units, unit), append(m.Years, 2015+y*y)
		}
	}
	figure := rapid.OneOf(
		rapid.Map(rapid.IntRange(500, 1_000_000), func(i int) float64 { return float64(i) / 1000 }),
		rapid.Map(rapid.IntRange(1, 6), func(i int) float64 { return float64(i) }), rapid.Just(nan))
	for i := range rapid.IntRange(1, 4).Draw(t, "indicators") {
		m.Codes = append(m.Codes, []string{"x1", "x2", "x3", "x4"}[i])
		m.Columns = append(m.Columns, rapid.SliceOfN(figure, len(m.Units), len(m.Units)).Draw(t, "x"))
		m.Directions = append(m.Directions, rapid.SampledFrom([]int{1, -1}).Draw(t, "direction"))
		m.Parents = append(m.Parents, rapid.SampledFrom([]string{"p", "q"}).Draw(t, "parent"))
	}
	m.Groups = func(string) ([]string, bool) {
		var labels []string
		for _, unit := range m.Units {
			labels = append(labels, of[unit])
		}
		return labels, true
	}
	return m
}

// copied is a matrix with its rows in another order.
func copied(m *Matrix, order []int) *Matrix {
	c := *m
	c.Units, c.Years, c.Columns = nil, nil, nil
	for _, row := range order {
		c.Units, c.Years = append(c.Units, m.Units[row]), append(c.Years, m.Years[row])
	}
	for _, x := range m.Columns {
		c.Columns = append(c.Columns, shuffled(x, order))
	}
	labels, known := m.Groups("")
	moved := make([]string, len(order))
	for i, row := range order {
		moved[i] = labels[row]
	}
	c.Groups = func(string) ([]string, bool) { return moved, known }
	return &c
}

func inPlace(n int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	return order
}

func TestImputeContract(t *testing.T) {
	eachMethod(t, mizan.Impute, func(t *rapid.T, e Entry) {
		given := drawMatrix(t)
		more := map[string]any{}
		if slices.ContainsFunc(e.Options, func(o mizan.Option) bool { return o.Name == "within" }) {
			more["within"] = rapid.SampledFrom([]string{"all", "parent"}).Draw(t, "within")
		}
		im, err := e.NewImputer(optionsFor(tb(t), e, more))
		if err != nil {
			t.Fatal(err)
		}
		n := len(given.Units)
		got := copied(given, inPlace(n))
		err = im.Impute(got)
		var refused *OptionError
		if err != nil && (!errors.As(err, &refused) || refused.Cause == "" || refused.Remedy == "") {
			t.Fatalf("the error %v has no cause or no remedy", err)
		}
		for c := range given.Columns {
			fillsGapsOnly(t, e, im, given, got, c)
		}
		order := permutation(t, n)
		again := copied(given, order)
		if other := im.Impute(again); (other == nil) != (err == nil) {
			t.Fatalf("units in another order: %v, but before %v", other, err)
		}
		for c := range given.Columns {
			agree(t, given.Columns[c], again.Columns[c], shuffled(got.Columns[c], order))
		}
		for c := 0; err == nil && e.ColumnByColumn && c < len(given.Columns); c++ {
			alone := copied(given, inPlace(n))
			alone.Codes, alone.Columns = alone.Codes[c:c+1], alone.Columns[c:c+1]
			if err := im.Impute(alone); err != nil || !sameFigures(alone.Columns[0], got.Columns[c]) {
				t.Fatalf("%s alone is %v (%v), with others %v", given.Codes[c], alone.Columns[0], err, got.Columns[c])
			}
		}
		if err == nil {
			full := copied(got, inPlace(n))
			// What stayed missing has nothing to learn from; the rest is as
			// complete as it will be, and has no reason to change.
			for c, x := range full.Columns {
				fill(x, 1)
				copy(got.Columns[c], x)
			}
			if err := im.Impute(full); err != nil {
				t.Fatalf("refused though nothing is missing: %v", err)
			}
			for c := range full.Columns {
				if !slices.Equal(full.Columns[c], got.Columns[c]) {
					t.Fatalf("a column without gaps changed")
				}
			}
		}
	})
}

// fillsGapsOnly says that what was observed stays, that what is imputed is a
// number, in range and explained, and that nothing is made of nothing.
func fillsGapsOnly(t *rapid.T, e Entry, im Imputer, given, got *Matrix, c int) {
	x, y := given.Columns[c], got.Columns[c]
	lo, hi := stat.MinMax(x)
	slack := 1e-9 * math.Max(1, hi)
	for i, v := range x {
		switch {
		case v == v && y[i] != v:
			t.Fatalf("the observed %v became %v", v, y[i])
		case v == v || y[i] != y[i]:
			continue
		case lo != lo || math.IsInf(y[i], 0):
			t.Fatalf("imputed %v where nothing is known", y[i])
		case !slices.Contains(extrapolates, e.Name) && (y[i] < lo-slack || y[i] > hi+slack):
			t.Fatalf("imputed %v, outside of %v to %v", y[i], lo, hi)
		}
		text := im.(Explainer).Explain(given, c, i).Text
		if text == "" || text == "nothing" || strings.Contains(text, " 0 ") {
			t.Fatalf("%v is imputed from %q", y[i], text)
		}
	}
}

// agree compares imputed columns by the size of the figures in them.
func agree(t *rapid.T, given, got, want []float64) {
	size := 1.0
	for _, list := range [][]float64{given, want} {
		for _, v := range list {
			if v == v {
				size = math.Max(size, math.Abs(v))
			}
		}
	}
	for i := range want {
		if (got[i] != got[i]) != (want[i] != want[i]) || math.Abs(got[i]-want[i]) > 1e-8*size {
			t.Fatalf("units in another order: value %d is %v, want %v", i, got[i], want[i])
		}
	}
}
