package dataset_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"mizan/dataset"
	"mizan/spec"
)

// TestReplaces goes by hand through a newer vintage: of an indicator and unit that it
// has, nothing older counts, of whatever year; all else stays. That holds for tidy and
// wide files, for what is built and for the history.
func TestReplaces(t *testing.T) {
	const old = "unit,indicator,year,value\nAUT,a,2022,1\nAUT,a,2021,2\nAUT,b,2022,3\nBEL,a,2022,4\n"
	nan := math.NaN()
	for name, c := range map[string]struct {
		files []spec.DataFile
		text  []string
		built []float64 // AUT a, b; then BEL, of 2022
		past  []float64 // 2021 and 2022, indicators, units
	}{
		"tidy": {
			[]spec.DataFile{{File: "o.csv"}, {File: "n.csv", Replaces: "yes"}},
			[]string{"o.csv", old, "n.csv", "unit,indicator,year,value\nAUT,a,2022,10\n"},
			[]float64{10, 4, 3, nan},
			[]float64{10, 4, 3, nan},
		},
		"taken back": { // AUT has no figure of 2022 any more
			[]spec.DataFile{{File: "o.csv"}, {File: "n.csv", Replaces: "yes"}},
			[]string{"o.csv", old, "n.csv", "unit,indicator,year,value\nAUT,a,2021,20\n"},
			[]float64{nan, 4, 3, nan},
			[]float64{20, nan, nan, nan, nan, 4, 3, nan},
		},
		"wide": { // BEL has a cell without a figure, which replaces nothing
			[]spec.DataFile{{File: "o.csv"}, {File: "n.csv", Format: "wide", Time: "year", Replaces: "yes"}},
			[]string{"o.csv", old, "n.csv", "unit,year,a\nAUT,2022,10\nBEL,2022,\n"},
			[]float64{10, 4, 3, nan},
			[]float64{10, 4, 3, nan},
		},
		"last": { // the newest of two
			[]spec.DataFile{{File: "o.csv"}, {File: "n.csv", Replaces: "yes"}, {File: "m.csv", Replaces: "yes"}},
			[]string{"o.csv", old, "n.csv", "unit,indicator,year,value\nAUT,a,2022,10\nBEL,a,2022,40\n", "m.csv", "unit,indicator,year,value\nAUT,a,2022,100\n"},
			[]float64{100, 40, 3, nan},
			[]float64{100, 40, 3, nan},
		},
		"first": { // what stands before replaces nothing after it
			[]spec.DataFile{{File: "n.csv", Replaces: "yes"}, {File: "o.csv"}},
			[]string{"o.csv", old, "n.csv", "unit,indicator,year,value\nBEL,b,2022,5\n"},
			[]float64{1, 4, 3, 5},
			[]float64{2, nan, nan, nan, 1, 4, 3, 5},
		},
	} {
		s := &spec.Spec{Period: spec.Period{Year: 2022}, Observations: c.files, Indicators: indicators("a", "b")}
		p, _, err := dataset.Load(s, folder(c.text...))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if d := cmp.Diff(c.built, p.Values, cmpopts.EquateNaNs()); d != "" {
			t.Errorf("%s: %s", name, d)
		}
		h, err := dataset.History(s, folder(c.text...))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if d := cmp.Diff(c.past, h.Values, cmpopts.EquateNaNs()); d != "" {
			t.Errorf("%s, history: %s", name, d)
		}
	}
}
