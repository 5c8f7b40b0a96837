package build

import (
	"math"

	"mizan"
	"mizan/stat"
)

var aggregateCopeland = Entry{
	Method: mizan.Method{
		Stage: mizan.Aggregate, Name: "copeland",
		Summary: "A tournament of units: one point for each other unit that it beats in more than half of the weights, one less for each that beats it. Nothing makes up for anything.",
		Formula: "#(o_ij > 1/2) - #(o_ij < 1/2) over the other units j;\n" +
			"o_ij = the share of the weights where x_i > x_j + half of that where x_i = x_j",
		Missing: "Two units are compared in the children that both have, whose weights count alone; without any they do not meet. " +
			"A unit gets no score if no child has a value, or fewer than min_available of them.",
		Source: "Copeland (1951), A reasonable social welfare function; as in COINr (Becker), whose figures it matches: sums of weights are " +
			"rounded once and compared with one half exactly, and the share of the unit that stands later in the table is 1 less the other's. Munda and Nardo (2009), Noncompensatory/nonlinear composite indicators for ranking countries",
		Options: []mizan.Option{
			{
				Name: "tie_tolerance", Kind: mizan.NumberOption, Default: 0.0, Min: new(0.0), Max: new(0.5),
				Summary: "two units tie if o_ij is within this of one half. With 0 and unequal weights rounding can decide a tie, as in COINr; 1e-12 prevents it",
			},
			availabilityOption,
		},
	},
	Mirror: func(Options) float64 { return 0 },
	NewAggregator: func(o Options) (Aggregator, error) {
		return copeland{o.number("min_available"), o.number("tie_tolerance")}, nil
	},
}

type copeland struct{ least, tolerance float64 }

// block is how many units are compared with one unit at a time: their counters
// and ranks stay in the nearest memory.
const block = 2048

func (c copeland) Aggregate(g *Group, out []float64) error {
	t := newTournament(g, c.tolerance)
	n := len(out)
	wins := make([]int, n)
	lead := make([]int64, block)
	for from := 0; from < n; from += block {
		to := min(from+block, n)
		for i := range to {
			first := max(i+1, from)
			if first >= to {
				break
			}
			t.meet(i, first, to, lead[:to-first], wins)
		}
	}
	for u := range out {
		out[u] = float64(wins[u])
		if !t.plays[u] {
			out[u] = math.NaN()
		}
	}
	dropScarce(g, out, c.least)
	return nil
}

// tournament compares units by whole numbers: values are ranks and weights are
// counted in small units, so that sums are exact and fast. Where the lead of
// one over the other is smaller than the weights' rounding, pairs decides.
type tournament struct {
	pairs
	tolerance float64
	rank      [][]int64 // [child][unit]; 0 = missing
	present   [][]int64 // [child][unit]; all ones where there is a value; nil = no gaps
	weight    []int64
	doubt     int64 // leads up to this are looked at again
	plays     []bool
}

// unity is the sum of the weights as whole numbers.
const unity = 1 << 52

func newTournament(g *Group, tolerance float64) *tournament {
	t := &tournament{pairs: newPairs(g), tolerance: tolerance, plays: make([]bool, len(g.Units))}
	rank := make([]float64, len(g.Units))
	for k, x := range t.x {
		stat.Ranks(rank, x, stat.TiesMin)
		ranks, present := make([]int64, len(x)), make([]int64, len(x))
		for u, r := range rank {
			if r == r {
				ranks[u], present[u], t.plays[u] = int64(r), -1, true
			}
		}
		if stat.Count(x) == len(x) {
			present = nil
		}
		t.rank, t.present = append(t.rank, ranks), append(t.present, present)
		t.weight = append(t.weight, int64(math.Round(t.w[k]*unity)))
	}
	t.doubt = int64(len(t.x)) + int64(math.Ceil(tolerance*2*unity))
	if t.even && tolerance == 0 {
		t.doubt = 0
		for k := range t.weight {
			t.weight[k] = 1
		}
	}
	return t
}

// meet lets unit i meet the units from first to before last, and adds to the
// wins of each. lead is scratch, one per unit.
func (t *tournament) meet(i, first, last int, lead []int64, wins []int) {
	clear(lead)
	for k, ranks := range t.rank {
		mine, w := ranks[i], t.weight[k]
		if mine == 0 {
			continue
		}
		theirs := ranks[first:last][:len(lead)]
		// d>>63 is all ones where d is negative, else 0: so w is added where
		// mine is better, taken away where it is worse, without a branch.
		if t.present[k] == nil {
			for j, r := range theirs {
				d := mine - r
				lead[j] += (-d>>63)&w - (d>>63)&w
			}
			continue
		}
		there := t.present[k][first:last][:len(lead)]
		for j, r := range theirs {
			d := mine - r
			lead[j] += ((-d>>63)&w - (d>>63)&w) & there[j]
		}
	}
	for j, l := range lead {
		switch {
		case l > t.doubt:
			wins[i]++
			wins[first+j]--
		case l < -t.doubt:
			wins[i]--
			wins[first+j]++
		case !t.even || t.tolerance > 0:
			o := t.share(i, first+j)
			wins[i] += t.verdict(o)
			wins[first+j] += t.verdict(1 - o)
		}
	}
}

// verdict is 1 for a share that wins, -1 for one that loses, else 0.
func (t *tournament) verdict(share float64) int {
	switch {
	case share > 0.5+t.tolerance:
		return 1
	case share < 0.5-t.tolerance:
		return -1
	}
	return 0
}
