package build

import (
	"math/bits"
	"slices"

	"mizan"
)

var imputeHotDeck = Entry{
	Method: mizan.Method{
		Stage: mizan.Impute, Name: "hot-deck",
		Summary: "Give each missing value the observed value of a donor, drawn at random among the units of the group.",
		Formula: "x_u = x_v, v drawn with equal chances among the units of the group of u with a value; the draw of a cell depends on seed, indicator, unit and year alone",
		Missing: "A unit of no group, and a group without any value, stay missing.",
		Source:  "Kalton and Kasprzyk (1986), The treatment of missing survey data (random hot deck within classes); " + handbook + ", step 3",
		Options: []mizan.Option{
			{Name: "by", Kind: mizan.GroupOption, Summary: "the group variable, a column of the file of units; all units are one group if it is left out"},
			{Name: "seed", Kind: mizan.WholeOption, Default: 1, Summary: "another seed draws other donors"},
		},
	},
	NewImputer: func(o Options) (Imputer, error) { return hotDeck{o.text("by"), uint64(o.whole("seed"))}, nil },
}

type hotDeck struct {
	by   string // "" for one group of all
	seed uint64
}

func (h hotDeck) Impute(in *Matrix) error {
	rows, err := h.groups(in)
	if err != nil {
		return err
	}
	for c, x := range in.Columns {
		for _, members := range rows {
			donors := h.donors(in, x, members)
			if len(donors) == 0 || len(donors) == len(members) {
				continue
			}
			// Donors are chosen before any gap is filled, so that nobody lends
			// what it borrowed.
			for _, row := range members {
				if x[row] != x[row] {
					x[row] = x[h.draw(in, c, row, donors)]
				}
			}
		}
	}
	return nil
}

func (h hotDeck) groups(in *Matrix) ([][]int, error) {
	if h.by != "" {
		return groupFill{by: h.by}.rows(in)
	}
	if len(in.Columns) == 0 {
		return nil, nil
	}
	all := make([]int, len(in.Columns[0]))
	for i := range all {
		all[i] = i
	}
	return [][]int{all}, nil
}

// donors are the rows with a value, by unit and year.
func (h hotDeck) donors(in *Matrix, x []float64, members []int) []int {
	var donors []int
	for _, row := range members {
		if x[row] == x[row] {
			donors = append(donors, row)
		}
	}
	slices.SortStableFunc(donors, in.inOrder)
	return donors
}

// draw picks the donor of a cell.
func (h hotDeck) draw(in *Matrix, col, row int, donors []int) int {
	at, _ := bits.Mul64(cellKey(h.seed, in, col, row), uint64(len(donors)))
	return donors[at]
}

// cellKey is a random number for a cell. Every cell has its own, so that a gap
// or a unit elsewhere changes nothing here.
func cellKey(seed uint64, in *Matrix, col, row int) uint64 {
	key := mix(seed)
	for _, label := range []string{in.code(col), in.unit(row)} {
		for i := range len(label) {
			key = mix(key ^ uint64(label[i]))
		}
		key = mix(key ^ 1<<8) // no label ends in this
	}
	return mix(key ^ uint64(in.year(row)))
}

// mix is the finishing step of SplitMix64 after one step of its counter.
//
// Source: Steele, Lea and Flood (2014), Fast splittable pseudorandom number
// generators.
func mix(z uint64) uint64 {
	z += 0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// Explain names the donor.
func (h hotDeck) Explain(in *Matrix, col, row int) mizan.Said {
	rows, err := h.groups(in)
	if err != nil {
		return fromNothing.Say()
	}
	for _, members := range rows {
		if !slices.Contains(members, row) {
			continue
		}
		donors := h.donors(in, in.Columns[col], members)
		if len(donors) == 0 {
			break
		}
		donor := h.draw(in, col, row, donors)
		return fromDonor.Say("unit", in.row(donor, row), "n", len(donors))
	}
	return fromNothing.Say()
}
