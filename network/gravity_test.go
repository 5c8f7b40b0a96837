package network_test

import (
	"math"
	"testing"

	"mizan/network"
)

// Coefficients, fit and dispersion by statsmodels 0.13.5 (GLM, Poisson); the
// standard errors by the formula of Aronow, Samii and Assenova written out over
// all pairs of pairs in NumPy, save that of the distance, where the formula gives
// 0.0774, less than if pairs were independent (0.1184, HC0), which then stands.
func TestPoissonAgainstStatsmodels(t *testing.T) {
	c := table(t, "testdata/gravity.csv")
	i, j, w := numbers(t, c["i"]), numbers(t, c["j"]), numbers(t, c["weight"])
	size, distance, shared := numbers(t, c["size"]), numbers(t, c["distance"]), numbers(t, c["shared"])
	var pairs []network.Pair
	for k := range i {
		pairs = append(pairs, network.Pair{I: int(i[k]), J: int(j[k]), Weight: w[k], X: []float64{size[k], distance[k], shared[k]}})
	}
	fit, ok := network.Poisson(pairs, 14)
	if !ok || !fit.Converged {
		t.Fatal("no fit")
	}
	near(t, "coefficients", fit.Coefficients, []float64{-3.2658975709070877, 0.7987494149081661, -0.5390684378572708, 0.2725018460228923}, 1e-9)
	near(t, "standard errors", fit.Errors, []float64{0.5081444311290564, 0.07724902400191727, 0.11836925026169352, 0.2520738099307102}, 1e-9)
	near(t, "fit", []float64{fit.Explained, fit.Dispersion}, []float64{0.6619204991361445, 2.4045731340674017}, 1e-9)
	near(t, "expected", []float64{fit.Expected[0], fit.Expected[len(pairs)-1]}, []float64{0.316235763604934, 5.428399802029654}, 1e-9)
}

// By hand: with one covariate that is 0 or 1 the expected weights are the means
// of both groups, so that the coefficient is the logarithm of their ratio.
func TestPoissonOfTwoGroups(t *testing.T) {
	pairs := []network.Pair{
		{I: 0, J: 1, Weight: 2, X: []float64{0}},
		{I: 0, J: 2, Weight: 4, X: []float64{0}},
		{I: 0, J: 3, Weight: 0, X: []float64{0}},
		{I: 1, J: 2, Weight: 9, X: []float64{1}},
		{I: 1, J: 3, Weight: 7, X: []float64{1}},
	}
	fit, ok := network.Poisson(pairs, 4)
	if !ok {
		t.Fatal("no fit")
	}
	near(t, "coefficients", fit.Coefficients, []float64{math.Log(2), math.Log(4)}, 1e-9)
	near(t, "expected", fit.Expected, []float64{2, 2, 2, 8, 8}, 1e-9)
}

func TestPoissonRefuses(t *testing.T) {
	pair := func(i, j int, w float64, x ...float64) network.Pair { return network.Pair{I: i, J: j, Weight: w, X: x} }
	for name, pairs := range map[string][]network.Pair{
		"no pairs":      nil,
		"too few":       {pair(0, 1, 1, 1), pair(0, 2, 1, 2)},
		"no ties":       {pair(0, 1, 0, 1), pair(0, 2, 0, 2), pair(1, 2, 0, 3)},
		"collinear":     {pair(0, 1, 1, 1, 2), pair(0, 2, 2, 2, 4), pair(1, 2, 3, 3, 6), pair(0, 3, 1, 4, 8)},
		"constant only": {pair(0, 1, 1, 5), pair(0, 2, 2, 5), pair(1, 2, 3, 5), pair(0, 3, 1, 5)},
	} {
		if fit, ok := network.Poisson(pairs, 4); ok {
			t.Errorf("%s: %+v", name, fit)
		}
	}
	// A covariate that is 1 only where there is no tie pulls its coefficient
	// towards minus infinity; that must end, and expect next to nothing there.
	fit, ok := network.Poisson([]network.Pair{pair(0, 1, 5, 0), pair(0, 2, 7, 0), pair(1, 2, 0, 1), pair(0, 3, 6, 0)}, 4)
	if ok && fit.Expected[2] > 1e-6 {
		t.Errorf("%+v", fit)
	}
}
