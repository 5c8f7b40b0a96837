package build

import (
	"mizan"
	"mizan/stat"
)

var imputeRowMean = Entry{
	Method: mizan.Method{
		Stage: mizan.Impute, Name: "row-mean",
		Summary: "Place each missing value in its indicator's range where the unit's other indicators place it on average.",
		Formula: "z = (d x - min) / (max - min), min and max of d x, d = direction; a gap gets z = mean of the unit's observed z, turned back into x",
		Missing: "A unit without any value, and an indicator without any, stay missing. An indicator whose values are all equal counts for nothing, and its gaps get that value.",
		Source:  handbook + ", step 3; Becker et al. (2022), COINr, impute_by = \"row\"",
		Options: []mizan.Option{withinOption},
	},
	NewImputer: func(o Options) (Imputer, error) { return rowFill{stat.Mean, "mean", o.text("within")}, nil },
}

// rowFill fills the gaps of a unit from its own other indicators, all brought
// onto the range from 0 to 1.
type rowFill struct {
	centre func([]float64) float64
	name   string
	within string
}

func (f rowFill) Impute(in *Matrix) error {
	for _, set := range columnSets(in, f.within) {
		if !hasGaps(in, set) {
			continue
		}
		lo, hi := make([]float64, len(set)), make([]float64, len(set))
		for i, c := range set {
			lo[i], hi[i] = directedRange(in.Columns[c], in.direction(c))
		}
		for row := range in.Columns[set[0]] {
			f.fillRow(in, set, row, lo, hi)
		}
	}
	return nil
}

func (f rowFill) fillRow(in *Matrix, set []int, row int, lo, hi []float64) {
	places := f.places(in, set, row, lo, hi)
	if len(places) == 0 || len(places) == len(set) {
		return
	}
	z := f.centre(places)
	for i, c := range set {
		x := in.Columns[c]
		if x[row] != x[row] && lo[i] == lo[i] {
			x[row] = directed(float64(z*(hi[i]-lo[i]))+lo[i], in.direction(c))
		}
	}
}

// places are where the observed values of a unit stand in the ranges of their
// indicators.
func (f rowFill) places(in *Matrix, set []int, row int, lo, hi []float64) []float64 {
	var places []float64
	for i, c := range set {
		if v := in.Columns[c][row]; v == v && lo[i] < hi[i] {
			places = append(places, (directed(v, in.direction(c))-lo[i])/(hi[i]-lo[i]))
		}
	}
	return places
}

// Explain says how many indicators of the unit placed the value.
func (f rowFill) Explain(in *Matrix, col, row int) mizan.Said {
	set := setOf(in, f.within, col)
	n := 0
	for _, c := range set {
		lo, hi := stat.MinMax(in.Columns[c])
		if v := in.Columns[c][row]; v == v && lo < hi {
			n++
		}
	}
	if f.name == "median" {
		return fromRowMedian.Say("n", n)
	}
	return fromRowMean.Say("n", n)
}
