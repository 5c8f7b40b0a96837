package network

import (
	"math"

	"mizan"
)

// Measure is a way to set the tie of two units in relation to their sizes.
// Value takes the tie c, the totals wi and wj of the two, and the sum n of all
// totals; it is NaN where a total is missing or 0.
type Measure struct {
	Name    string
	Summary string
	Formula string
	Source  string
	Value   func(c, wi, wj, n float64) float64
}

// Measures lists the normalisations of ties.
func Measures() []Measure {
	return []Measure{
		{
			Name: "association-strength", Summary: "How many times more than if ties were spread by size alone; also called probabilistic affinity",
			Formula: "n c_ij / (w_i w_j)", Source: "Zitt, Bassecoulard and Okubo (2000); van Eck and Waltman (2009)",
			Value: func(c, wi, wj, n float64) float64 { return ratio(n*c, wi*wj) },
		},
		{
			Name: "salton", Summary: "The tie as a share of the geometric mean of both totals",
			Formula: "c_ij / sqrt(w_i w_j)", Source: "Salton and McGill (1983)",
			Value: func(c, wi, wj, _ float64) float64 { return ratio(c, math.Sqrt(wi*wj)) },
		},
		{
			Name: "jaccard", Summary: "The tie as a share of all that either has",
			Formula: "c_ij / (w_i + w_j - c_ij)", Source: "Jaccard (1901); Luukkonen, Tijssen, Persson and Sivertsen (1993)",
			Value: func(c, wi, wj, _ float64) float64 { return jaccard(c, wi, wj) },
		},
		{
			Name: "inclusion", Summary: "The tie as a share of the smaller of both totals",
			Formula: "c_ij / min(w_i, w_j)", Source: "van Eck and Waltman (2009)",
			Value: func(c, wi, wj, _ float64) float64 { return ratio(c, min(wi, wj)) },
		},
	}
}

// MeasureNames lists the names of all normalisations.
func MeasureNames() []string {
	var names []string
	for _, m := range Measures() {
		names = append(names, m.Name)
	}
	return names
}

func jaccard(c, wi, wj float64) float64 {
	if wi == 0 || wj == 0 {
		return math.NaN()
	}
	return ratio(c, wi+wj-c)
}

// ratio is a/b, NaN where b is 0 or missing.
func ratio(a, b float64) float64 {
	if b == 0 {
		return math.NaN()
	}
	return a / b
}

// Fractional counts the ties of works so that every work weighs one for each
// of its units, however many they are: a work of k units gives each of its
// pairs 1/(k-1), where full counting gives 1. The ties are sorted.
//
// Source: Perianes-Rodriguez, Waltman and van Eck (2016), Constructing
// bibliometric networks: a comparison between full and fractional counting.
func Fractional(works []mizan.Works) []mizan.Tie {
	at := map[mizan.Tie]int{}
	t := mizan.Ties{}
	for _, w := range works {
		weight := w.Number / float64(len(w.Units)-1)
		for i, a := range w.Units {
			for _, b := range w.Units[i+1:] {
				pair := mizan.Tie{Year: w.Year, A: a, B: b}
				k, known := at[pair]
				if !known {
					k = len(t.Links)
					at[pair] = k
					t.Links = append(t.Links, pair)
				}
				t.Links[k].Weight += weight
			}
		}
	}
	t.Sort()
	return t.Links
}
