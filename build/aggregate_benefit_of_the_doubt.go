package build

import (
	"fmt"
	"math"

	"mizan"
	"mizan/stat"
)

var aggregateBenefit = Entry{
	Method: mizan.Method{
		Stage: mizan.Aggregate, Name: "benefit-of-the-doubt",
		Summary: "Each unit is weighted in the way that is best for it; 1 means that no other unit does better under those weights. Of the declared weights only zero counts.",
		Formula: "max sum_i v_i x_i  subject to  sum_i v_i x_ji <= 1 for every unit j, v >= 0,\n" +
			"and min_share s <= v_i x_i <= max_share s for every child i, s = sum_i v_i x_i.\n" +
			"weights: common: one v for all, max of the sum of the scores, the limits of shares in the mean of the units",
		Missing: "A child without a value takes no part for the unit, and counts as 0 where the unit is a yardstick for others (Kuosmanen). " +
			"Common weights are found from the units without gaps; one with a gap is measured by the best unit in the children that it has. " +
			"A unit gets no score if no child has a value, or fewer than min_available of them. " +
			"A negative value is an error, and a zero where shares are limited.",
		Source: "Melyn and Moesen (1991); Cherchye, Moesen, Rogge and Van Puyenbroeck (2007), An introduction to ‘benefit of the doubt’ composite indicators, " +
			"Social Indicators Research 82; common weights: Despotis (2005), A reassessment of the human development index via data envelopment analysis, with t = 1; " +
			"gaps: Kuosmanen (2009), Data envelopment analysis with missing data",
		Options: []mizan.Option{
			{
				Name: "min_share", Kind: mizan.NumberOption, Default: 0.0, Min: new(0.0), Max: new(1.0),
				Summary: "the least share that each child must have in the unit's score",
			},
			{
				Name: "max_share", Kind: mizan.NumberOption, Default: 1.0, Min: new(0.0), Max: new(1.0),
				Summary: "the greatest share that a child may have in the unit's score",
			},
			{
				Name: "weights", Kind: mizan.ChoiceOption, Default: "own", Choices: []string{"own", "common"},
				Summary: "own: each unit has its own best weights; common: all have those with which they score most together",
			},
			availabilityOption,
		},
	},
	NeedsPositive: func(o Options) bool { return o.number("min_share") > 0 || o.number("max_share") < 1 },
	Mirror:        func(Options) float64 { return 1 },
	NewAggregator: func(o Options) (Aggregator, error) {
		b := benefit{o.number("min_available"), o.number("min_share"), o.number("max_share"), o.text("weights") == "common"}
		if b.low >= b.high {
			return nil, &OptionError{"bad-option", "max_share", fmt.Sprintf("max_share %v is not above min_share %v", b.high, b.low), "give a greater max_share"}
		}
		return b, nil
	},
}

type benefit struct {
	least, low, high float64
	common           bool
}

func (b benefit) limited() bool { return b.low > 0 || b.high < 1 }

func (b benefit) Aggregate(g *Group, out []float64) error {
	p, err := b.programmes(g)
	if err != nil {
		return err
	}
	// Which units get a score is settled first: those that do not need not
	// keep the limits of shares.
	for u := range out {
		out[u] = math.NaN()
		if p.have(u) > 0 {
			out[u] = 0
		}
	}
	dropScarce(g, out, b.least)
	if b.common {
		return p.commonScores(out)
	}
	v := make([]float64, len(p.y))
	for u, s := range out {
		if s != s {
			continue
		}
		if out[u], err = p.own(u, v); err != nil {
			return err
		}
	}
	return nil
}

// GroupShares gives v_i x_i with the weights that Aggregate found.
func (b benefit) GroupShares(g *Group, unit int, score float64, out []float64) error {
	p, err := b.programmes(g)
	if err != nil {
		return err
	}
	v := make([]float64, len(p.y))
	if b.common {
		var ok bool
		if v, ok, err = p.commonWeights(); err != nil || !ok {
			return err
		}
	} else if _, err = p.own(unit, v); err != nil {
		return err
	}
	for i, x := range g.X {
		out[i] = 0
		if x[unit] != x[unit] {
			out[i] = math.NaN()
		}
	}
	var sum float64
	for k, i := range p.child {
		if y := p.y[k][unit]; y == y {
			out[i] = float64(v[k] * y)
			sum += out[i]
		}
	}
	for _, i := range p.child {
		if sum != 0 {
			out[i] *= score / sum
		}
	}
	return nil
}

// programmes holds what the linear programmes of a group have in common.
type programmes struct {
	benefit
	g     *Group
	child []int       // positions of the children that count
	y     [][]float64 // their values, divided by the best: [child][unit]
	rows  [][]float64 // [unit][child], missing as 0
}

func (b benefit) programmes(g *Group) (*programmes, error) {
	p := &programmes{benefit: b, g: g, rows: make([][]float64, len(g.Units))}
	var bad *BadValue
	for i, x := range g.X {
		if !(g.W[i] > 0) {
			continue
		}
		best := 0.0
		for u, v := range x {
			switch {
			case v < 0:
				bad = refuse(bad, g, i, u, "the benefit of the doubt is not defined where a value is negative", positiveRemedy)
			case v == 0 && b.limited():
				bad = refuse(bad, g, i, u, "a child of value 0 cannot have the share in the score that min_share and max_share ask for", positiveRemedy)
			}
			if v > best {
				best = v
			}
		}
		y := make([]float64, len(x))
		for u, v := range x {
			y[u] = v
			if best > 0 {
				y[u] = v / best
			}
		}
		p.child, p.y = append(p.child, i), append(p.y, y)
	}
	if bad != nil {
		return nil, bad
	}
	for u := range p.rows {
		p.rows[u] = make([]float64, len(p.y))
		for k, y := range p.y {
			if y[u] == y[u] {
				p.rows[u][k] = y[u]
			}
		}
	}
	return p, nil
}

// have is the number of children that a unit has values for.
func (p *programmes) have(u int) int {
	n := 0
	for _, y := range p.y {
		if y[u] == y[u] {
			n++
		}
	}
	return n
}

// own solves the programme of one unit: v are its weights, with 0 for a child
// without a value.
func (p *programmes) own(u int, v []float64) (score float64, err error) {
	var at []int
	for k, y := range p.y {
		if v[k] = 0; y[u] == y[u] {
			at = append(at, k)
		}
	}
	if err := p.possible(len(at), p.g.Units[u]); err != nil {
		return 0, err
	}
	c := pick(p.rows[u], at)
	a := make([][]float64, 0, len(p.rows)+2*len(at))
	limits := make([]float64, len(p.rows), cap(a))
	for j, row := range p.rows {
		a = append(a, pick(row, at))
		limits[j] = 1
	}
	a = p.limits(a, c)
	x, score, err := stat.Simplex(c, a, append(limits, make([]float64, len(a)-len(limits))...))
	if err != nil {
		return 0, fmt.Errorf("the weights that are best for %s in %s were not found: %w", p.g.Units[u], p.g.Parent, err)
	}
	for i, k := range at {
		v[k] = x[i]
	}
	return math.Min(score, 1), nil
}

func pick(x []float64, at []int) []float64 {
	y := make([]float64, len(at))
	for i, k := range at {
		y[i] = x[k]
	}
	return y
}

// possible checks that shares of n children within their limits can add up
// to 1.
func (p *programmes) possible(n int, unit string) error {
	const slack = 1e-12
	who := fmt.Sprintf("%s has %d of the children of %s", unit, n, p.g.Parent)
	switch k := float64(n); {
	case k*p.high < 1-slack:
		return &OptionError{
			"bad-option", "max_share", fmt.Sprintf("%s, and with at most %v each they cannot make up the score", who, p.high),
			fmt.Sprintf("give a max_share of at least 1/%d, impute what is missing, or set min_available", n),
		}
	case k*p.low > 1+slack:
		return &OptionError{
			"bad-option", "min_share", fmt.Sprintf("%s, and with at least %v each they make up more than the score", who, p.low),
			fmt.Sprintf("give a min_share of at most 1/%d", n),
		}
	}
	return nil
}

// limits adds the limits of shares in a unit whose values are c.
func (p *programmes) limits(a [][]float64, c []float64) [][]float64 {
	for i := range c {
		low, high := make([]float64, len(c)), make([]float64, len(c))
		for k, y := range c {
			low[k], high[k] = p.low*y, -p.high*y
		}
		low[i] -= c[i]
		high[i] += c[i]
		if p.low > 0 {
			a = append(a, low)
		}
		if p.high < 1 {
			a = append(a, high)
		}
	}
	return a
}

// commonWeights finds the weights with which the units without gaps score most
// together; false if there are no such units.
func (p *programmes) commonWeights() (v []float64, ok bool, err error) {
	c, a := make([]float64, len(p.y)), [][]float64(nil)
	for u, row := range p.rows {
		if p.have(u) < len(p.y) {
			continue
		}
		a = append(a, row)
		for k, y := range row {
			c[k] += y
		}
	}
	if a == nil {
		return nil, false, nil
	}
	if err := p.possible(len(p.y), "every unit"); err != nil {
		return nil, false, err
	}
	limits := make([]float64, len(a))
	for j := range limits {
		limits[j] = 1
	}
	a = p.limits(a, c) // a child has the same share in the mean as in the sum
	v, _, err = stat.Simplex(c, a, append(limits, make([]float64, len(a)-len(limits))...))
	if err != nil {
		return nil, false, fmt.Errorf("the common weights of %s were not found: %w", p.g.Parent, err)
	}
	return v, true, nil
}

// commonScores scores every unit of which out is not missing.
func (p *programmes) commonScores(out []float64) error {
	v, ok, err := p.commonWeights()
	if err != nil {
		return err
	}
	if !ok {
		for u := range out {
			out[u] = math.NaN()
		}
		return learnsNothing("no-values", noCommon.Say("code", p.g.Parent))
	}
	var flat []int
	for u, s := range out {
		if s != s {
			continue
		}
		out[u] = p.against(u, u, v)
		if p.have(u) == len(p.y) {
			continue
		}
		best := 0.0
		for j := range p.rows {
			if other := p.against(j, u, v); other > best {
				best = other
			}
		}
		out[u] /= best
		if best == 0 {
			out[u] = math.NaN()
			flat = append(flat, u)
		}
	}
	if flat != nil {
		return learnsNothing("no-values", noShare.Say("code", p.g.Parent, "units", andMore(p.g, flat)))
	}
	return nil
}

// against is the weighted sum of unit j in the children that unit u has; NaN if
// j has not all of them.
func (p *programmes) against(j, u int, v []float64) float64 {
	sum := 0.0
	for k, y := range p.y {
		if y[u] == y[u] {
			sum += float64(v[k] * y[j])
		}
	}
	return sum
}
