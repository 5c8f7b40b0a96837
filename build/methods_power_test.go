package build

import (
	"math"
	"testing"

	"mizan/internal/oracle"

	"mizan"
)

// The likeliest powers. The documentation of scikit-learn's PowerTransformer
// has 1.386 and -3.100; the others are from a golden-section search of the
// likelihood in Python. The volumes are R's data set trees.
func TestLikelyPowers(t *testing.T) {
	trees := []float64{
		10.3, 10.3, 10.2, 16.4, 18.8, 19.7, 15.6, 18.2, 22.6, 19.9, 24.2, 21, 21.4, 21.3, 19.1, 22.2,
		33.8, 27.4, 25.7, 24.9, 34.5, 31.7, 36.3, 38.3, 42.6, 55.4, 55.7, 58.3, 51.5, 51, 77,
	}
	for _, tt := range []struct {
		method string
		given  map[string]any
		x      []float64
		want   float64
		digits float64
	}{
		{"yeo-johnson", nil, []float64{1, 3, 4}, 1.386, 1e-3},
		{"yeo-johnson", nil, []float64{2, 2, 5}, -3.1, 1e-3},
		{"yeo-johnson", nil, []float64{1, 3, 4}, 1.3866818136401573, 1e-6},
		{"yeo-johnson", nil, []float64{-1, -3, nan, -4}, 2 - 1.3866818136401573, 1e-6},
		{"box-cox", map[string]any{"shift": false}, trees, -0.07476602522263738, 1e-6},
		{"box-cox", nil, []float64{30, 2, 1, 9, 5, 3}, -0.20198340643376456, 1e-6},
		{"box-cox", nil, []float64{130, 102, 101, 109, 105, 103}, -0.20198340643376456, 1e-6},
	} {
		e, opts := checked(t, mizan.Treat, tt.method, tt.given)
		w, err := e.NewTreater(opts)
		if err != nil {
			t.Fatal(err)
		}
		f, err := w.FitTreat(tt.x)
		if err != nil {
			t.Fatal(err)
		}
		ps := f.Parameters()
		if got := ps[len(ps)-1]; got.Name != "lambda" || math.Abs(got.Value-tt.want) > tt.digits {
			t.Errorf("%s of %v: %v, want %v", tt.method, tt.x, got, tt.want)
		}
	}
}

// The likelihood rises beyond the bounds where figures far from zero have a
// long tail below: the bound is taken, and nothing is lost.
func TestPowerAtItsBound(t *testing.T) {
	x := []float64{950, 1000, 1001, 1002, 1003, 1004, 1005}
	e, opts := checked(t, mizan.Treat, "box-cox", map[string]any{"shift": false})
	w, err := e.NewTreater(opts)
	if err != nil {
		t.Fatal(err)
	}
	f, err := w.FitTreat(x)
	if err != nil {
		t.Fatal(err)
	}
	if lambda := f.Parameters()[0].Value; !oracle.Near(lambda, 5) {
		t.Errorf("lambda is %v, want the bound 5", lambda)
	}
	for i, v := range x {
		// By the formula, (v^5 - 1) / 5.
		if y := f.Apply(v); !oracle.Near(y, (math.Pow(v, 5)-1)/5) {
			t.Errorf("value %d became %v", i, y)
		}
	}
}

// A box-cox with the likeliest power is the likeliest: neighbouring powers make
// the profile likelihood less.
func TestNoPowerIsLikelier(t *testing.T) {
	x := longTail(200, 3)
	likelihood := func(lambda float64) float64 {
		var sum, logs float64
		y := make([]float64, len(x))
		for i, v := range x {
			y[i] = (math.Pow(v, lambda) - 1) / lambda
			sum += y[i]
			logs += math.Log(v)
		}
		mean, s := sum/float64(len(x)), 0.0
		for _, v := range y {
			s += (v - mean) * (v - mean)
		}
		return -float64(len(x))/2*math.Log(s/float64(len(x))) + (lambda-1)*logs
	}
	e, opts := checked(t, mizan.Treat, "box-cox", map[string]any{"shift": false})
	w, err := e.NewTreater(opts)
	if err != nil {
		t.Fatal(err)
	}
	f, err := w.FitTreat(x)
	if err != nil {
		t.Fatal(err)
	}
	lambda := f.Parameters()[0].Value
	for _, step := range []float64{-1, -0.1, -1e-3, 1e-3, 0.1, 1} {
		if likelihood(lambda+step) >= likelihood(lambda) {
			t.Errorf("%v is likelier than %v", lambda+step, lambda)
		}
	}
}

// A method that looks at the units says so where they are not given, and finds
// its unit in every year below another.
func TestUnitNormalisers(t *testing.T) {
	for method, given := range map[string]map[string]any{
		"distance-to-unit":          {"unit": "B"},
		"adjusted-mazziotta-pareto": {"reference_unit": "B"},
	} {
		e, opts := checked(t, mizan.Normalise, method, given)
		n, err := e.NewNormaliser(opts)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := n.FitNormalise([]float64{1, 2}, 1); err == nil {
			t.Errorf("%s was fitted without units", method)
		}
		// The latest value of B is 8; A never has one.
		f, err := fitNormalise(n, []float64{nan, 5, 0, nan, 8, 1}, []string{"A", "B", "C"}, 1)
		if err != nil {
			t.Fatal(err)
		}
		if want := map[string]float64{"distance-to-unit": 1, "adjusted-mazziotta-pareto": 100}[method]; f.Apply(8) != want {
			t.Errorf("%s gives the unit of reference %v, want %v", method, f.Apply(8), want)
		}
	}
}
