package build

import "mizan"

var weighSwing = Entry{
	Method: mizan.Method{
		Stage: mizan.Weight, Name: "swing",
		Summary: "Weights by how much it is worth to bring each child from its worst to its best value, the most worthwhile being 100.",
		Formula: "w_i = p_i / sum p, p = the points within the aggregate",
		Missing: missingChildren + declaredElsewhere,
		Source:  "von Winterfeldt and Edwards (1986), Decision Analysis, chapter 8",
		Options: []mizan.Option{
			{
				Name: "points", Kind: mizan.MapOption, Required: true, Min: new(0.0),
				Summary: "the worth of each child's swing, such as {skills: 100, roads: 60}",
			},
		},
	},
	NewWeigher: func(o Options) (Weigher, error) { return swing{o.numbers("points")}, nil },
}

type swing struct{ points map[string]float64 }

// Names are the codes that have points.
func (s swing) Names() []OptionCodes { return []OptionCodes{{"points", sortedKeys(s.points)}} }

func (s swing) Weigh(g *Group) ([]float64, error) {
	p, err := judged(g, "points", s.points)
	switch {
	case err != nil:
		return nil, err
	case p == nil:
		return declared{}.Weigh(g)
	}
	return rescaled(p), nil
}
