package build

import (
	"fmt"
	"math"
	"slices"

	"mizan"
)

var aggregateChoquet = Entry{
	Method: mizan.Method{
		Stage: mizan.Aggregate, Name: "choquet",
		Summary: "The weighted mean with interactions between two children: children that complement one another count when both are high, those that say the same count once (2-additive Choquet integral).",
		Formula: "sum_i f_i x_i - 1/2 sum_{i<j} I_ij |x_i - x_j|,\n" +
			"f = the weights, rescaled (Shapley indices); I_ij = the interaction, above 0 where both are needed, below 0 where one will do;\n" +
			"f_i >= 1/2 sum_j |I_ij| for every i",
		Missing: "A child without a value is left out with its interactions, and the weights of the others and their interactions are rescaled by the same factor; " +
			"a unit gets no score if no child has a value, or fewer than min_available of them.",
		Source: "Grabisch (1997), k-order additive discrete fuzzy measures and their representation; Choquet (1954), Theory of capacities; Murofushi and Soneda (1993) for the interaction index",
		Options: []mizan.Option{
			{
				Name: "interaction", Kind: mizan.TableOption, Required: true, Min: new(-1.0), Max: new(1.0),
				Summary: "the interactions of pairs of children, such as {skills: {income: 0.2}}; a pair that is not named has none",
			},
			availabilityOption,
		},
	},
	UnitByUnit:    true,
	NewAggregator: newChoquet,
}

func newChoquet(o Options) (Aggregator, error) {
	c := choquet{least: o.number("min_available"), pairs: map[[2]string]float64{}}
	table := o.table("interaction")
	for _, a := range sortedKeys(table) {
		for _, b := range sortedKeys(table[a]) {
			pair := [2]string{min(a, b), max(a, b)}
			v, twice := c.pairs[pair]
			switch {
			case a == b:
				return nil, &OptionError{"bad-option", "interaction", fmt.Sprintf("the interaction of %s with itself is given", a), "take it away"}
			case twice && v != table[a][b]:
				return nil, &OptionError{"bad-option", "interaction", fmt.Sprintf("the interaction of %s and %s is given twice, as %v and %v", pair[0], pair[1], v, table[a][b]), "keep one"}
			}
			c.pairs[pair] = table[a][b]
		}
	}
	return c, nil
}

// choquet knows the interactions of pairs of codes, the lower code first.
type choquet struct {
	least float64
	pairs map[[2]string]float64
}

// Names are the codes between which there are interactions.
func (c choquet) Names() []OptionCodes {
	seen := map[string]bool{}
	for p := range c.pairs {
		seen[p[0]], seen[p[1]] = true, true
	}
	return []OptionCodes{{"interaction", sortedKeys(seen)}}
}

// interaction is I_ij of two children by their positions.
type interaction struct {
	i, j  int
	value float64
}

// fitted finds the weights, rescaled, and interactions of a group, and checks
// that no child's interactions are too great for its weight, with which a
// better value could lower the score.
func (c choquet) fitted(g *Group) ([]float64, []interaction, error) {
	var total float64
	for _, w := range g.W {
		total += w
	}
	f := make([]float64, len(g.W))
	for i, w := range g.W {
		f[i] = w / total
	}
	if err := c.within(g); err != nil {
		return nil, nil, err
	}
	var list []interaction
	size := make([]float64, len(f))
	for i, a := range g.Children {
		for j, b := range g.Children[:i] {
			if v := c.pairs[[2]string{min(a, b), max(a, b)}]; v != 0 {
				list = append(list, interaction{i, j, v})
				size[i] += math.Abs(v)
				size[j] += math.Abs(v)
			}
		}
	}
	for i := range f {
		if size[i] > 2*f[i]*(1+1e-12) {
			return nil, nil, &OptionError{
				"bad-option", "interaction",
				fmt.Sprintf("the interactions of %s in %s add up to %.4g, more than twice its share of the weights, %.4g", g.Children[i], g.Parent, size[i], f[i]),
				"give smaller interactions, or it a greater weight",
			}
		}
	}
	return f, list, nil
}

// within checks that no child of a group interacts with a code outside of it.
func (c choquet) within(g *Group) error {
	var out []string
	for p := range c.pairs {
		a, b := slices.Contains(g.Children, p[0]), slices.Contains(g.Children, p[1])
		if a != b {
			out = append(out, p[0]+" and "+p[1])
		}
	}
	if out == nil {
		return nil
	}
	slices.Sort(out)
	return &OptionError{
		"bad-option", "interaction",
		fmt.Sprintf("there is an interaction of %s, of which only one is a child of %s", out[0], g.Parent), "name two children of one aggregate",
	}
}

func (c choquet) Aggregate(g *Group, out []float64) error {
	f, list, err := c.fitted(g)
	if err != nil {
		return err
	}
	weights := make([]float64, len(out))
	clear(out)
	for i, x := range g.X {
		for u, v := range x {
			if v == v && g.W[i] != 0 {
				out[u] += float64(f[i] * v)
				weights[u] += f[i]
			}
		}
	}
	for _, p := range list {
		for u := range out {
			if d := math.Abs(g.X[p.i][u] - g.X[p.j][u]); d == d {
				out[u] -= float64(p.value*d) / 2
			}
		}
	}
	for u, w := range weights {
		if w == 0 {
			out[u] = math.NaN()
			continue
		}
		out[u] /= w
	}
	dropScarce(g, out, c.least)
	return nil
}

// GroupShares gives x_i df/dx_i = f_i x_i - 1/2 sum_j I_ij sign(x_i - x_j) x_i.
func (c choquet) GroupShares(g *Group, unit int, _ float64, out []float64) error {
	f, list, err := c.fitted(g)
	if err != nil {
		return err
	}
	var weights float64
	for i, x := range g.X {
		out[i] = float64(f[i] * x[unit])
		if x[unit] == x[unit] {
			weights += f[i]
		}
	}
	for _, p := range list {
		a, b := g.X[p.i][unit], g.X[p.j][unit]
		if a != a || b != b {
			continue
		}
		half := math.Copysign(p.value/2, (a-b)*p.value)
		if a != b {
			out[p.i] -= float64(half * a)
			out[p.j] += float64(half * b)
		}
	}
	for i := range out {
		out[i] /= weights
	}
	return nil
}
