package build

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"mizan"
)

var imputeNearestNeighbours = Entry{
	Method: mizan.Method{
		Stage: mizan.Impute, Name: "nearest-neighbours",
		Summary: "Give each missing value the mean of those of the units that are most alike in their other indicators.",
		Formula: "x_u = mean of x over the k units with a value of the least distance; " +
			"distance(u, v) = sqrt(mean over the shared indicators of ((x_u - x_v) / s)^2), s = standard deviation (n - 1); equal distances: by code of the unit",
		Missing: "Distances are over the indicators that both units have. Fewer neighbours than k serve if there are no more; a gap without any stays missing.",
		Source:  "Troyanskaya et al. (2001), Missing value estimation methods for DNA microarrays (KNNimpute, here unweighted); distance over what is shared: Gower (1971), A general coefficient of similarity",
		Options: []mizan.Option{
			{Name: "k", Kind: mizan.WholeOption, Default: 5, Min: new(1.0), Summary: "how many neighbours"},
			{Name: "min_shared", Kind: mizan.WholeOption, Default: 1, Min: new(1.0), Summary: "how many indicators a neighbour must share with the unit"},
			withinOption,
		},
	},
	NewImputer: func(o Options) (Imputer, error) {
		return neighbours{o.whole("k"), o.whole("min_shared"), o.text("within")}, nil
	},
}

type neighbours struct {
	k, minShared int
	within       string
}

func (n neighbours) Impute(in *Matrix) error {
	x := observed(in)
	for _, set := range columnSets(in, n.within) {
		if !hasGaps(in, set) {
			continue
		}
		sd := deviations(x, set)
		for row := range x[set[0]] {
			var order []int
			for _, c := range set {
				if x[c][row] == x[c][row] {
					continue
				}
				if order == nil {
					order = n.order(in, x, set, sd, row)
				}
				if near := n.nearest(x[c], order); len(near) > 0 {
					in.Columns[c][row] = meanAt(x[c], near)
				}
			}
		}
	}
	return nil
}

// deviations are the standard deviations of some columns, 0 where there is no
// spread.
func deviations(x [][]float64, set []int) []float64 {
	sd := make([]float64, len(set))
	for i, c := range set {
		_, sd[i], _ = spreadOf(x[c])
	}
	return sd
}

// order lists the rows that are near enough to tell, from the nearest on.
func (n neighbours) order(in *Matrix, x [][]float64, set []int, sd []float64, row int) []int {
	away := make([]float64, len(x[set[0]]))
	order := []int{}
	for other := range away {
		if other == row {
			continue
		}
		var sum float64
		shared := 0
		for i, c := range set {
			// Figures are subtracted before they are scaled: two units that lie
			// as far apart on either side are then equally far to the last bit.
			if d := x[c][row] - x[c][other]; d == d && sd[i] > 0 {
				d /= sd[i]
				sum += float64(d * d)
				shared++
			}
		}
		if shared >= n.minShared {
			away[other] = math.Sqrt(sum / float64(shared))
			order = append(order, other)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if c := cmp.Compare(away[a], away[b]); c != 0 {
			return c
		}
		return in.inOrder(a, b)
	})
	return order
}

// nearest are the first k rows with a value.
func (n neighbours) nearest(x []float64, order []int) []int {
	var near []int
	for _, row := range order {
		if x[row] == x[row] {
			if near = append(near, row); len(near) == n.k {
				break
			}
		}
	}
	return near
}

func meanAt(x []float64, rows []int) float64 {
	var rest float64
	for _, row := range rows {
		rest += x[row] - x[rows[0]]
	}
	return x[rows[0]] + rest/float64(len(rows))
}

// Explain names the neighbours.
func (n neighbours) Explain(in *Matrix, col, row int) mizan.Said {
	set := setOf(in, n.within, col)
	order := n.order(in, in.Columns, set, deviations(in.Columns, set), row)
	near := n.nearest(in.Columns[col], order)
	names := make([]string, len(near))
	for i, other := range near {
		names[i] = in.row(other, row)
	}
	return fromNeighbours.Say("units", strings.Join(names, ", "))
}
