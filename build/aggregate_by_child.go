package build

// byChild is an aggregation that scores every unit against the others in each
// child alone, and takes the arithmetic mean of those scores.
type byChild struct {
	least float64
	// score writes what a unit gets for a child: x are the children's values,
	// of which units have some. A unit without a value gets NaN.
	score func(out, x []float64, units int)
}

func (a byChild) Aggregate(g *Group, out []float64) error {
	if err := (arithmetic{}).Aggregate(a.scored(g), out); err != nil {
		return err
	}
	dropScarce(g, out, a.least)
	return nil
}

// scored is the group with the scores of each child in place of its values.
func (a byChild) scored(g *Group) *Group {
	units := 0
	for u := range g.Units {
		for i, x := range g.X {
			if x[u] == x[u] && g.W[i] != 0 {
				units++
				break
			}
		}
	}
	s := *g
	s.X = make([][]float64, len(g.X))
	for i, x := range g.X {
		s.X[i] = make([]float64, len(x))
		a.score(s.X[i], x, units)
	}
	return &s
}

// GroupShares gives each child its weight times its score.
func (a byChild) GroupShares(g *Group, unit int, score float64, out []float64) error {
	x := make([]float64, len(g.X))
	for i, s := range a.scored(g).X {
		x[i] = s[unit]
	}
	arithmetic{}.Shares(x, g.W, score, out)
	return nil
}
