package alliance

import (
	"slices"

	"mizan"
)

// TieTable is the ties of one year as a document: for each code the weights of
// all pairs of units, missing (NaN, null in JSON) where a pair is not known. The
// weight of units i and j, i above j, stands at i (i - 1) / 2 + j. It is Ties.
type TieTable struct {
	Year    int                     `json:"year"`
	Units   []string                `json:"units"` // sorted by code
	Weights map[string]mizan.Column `json:"weights"`
}

// TieTable is what a study knows of the ties that rules of pooling name, in its
// year. A study with these ties in place of its own pools the same, bit by bit.
func (st *Study) TieTable() *TieTable {
	t := &TieTable{Year: st.options.Year, Units: st.result.Units, Weights: map[string]mizan.Column{}}
	for code, m := range st.joint {
		for i := range m {
			t.Weights[code] = append(t.Weights[code], m[i][:i]...)
		}
	}
	return t
}

// Between tells the weight of the tie of two units; it is not known in another
// year, of other units, and where the table has it missing.
func (t *TieTable) Between(code string, year int, a, b string) (weight float64, known bool) {
	i, has := slices.BinarySearch(t.Units, a)
	j, other := slices.BinarySearch(t.Units, b)
	if i < j {
		i, j = j, i
	}
	at := i*(i-1)/2 + j
	if !has || !other || i == j || year != t.Year || at >= len(t.Weights[code]) {
		return 0, false
	}
	w := t.Weights[code][at]
	return w, w == w
}
