package network

// Metric is a measure of a unit's place in a network, as data.
type Metric struct {
	Name    string `json:"name"`
	Title   string `json:"title"`
	Summary string `json:"summary"`
	Formula string `json:"formula"`
	Source  string `json:"source"`
	// Directed says that the metric is for directed ties alone.
	Directed bool `json:"-"`
	value    func(g *Graph) []float64
}

// Metrics lists the metrics of a network. Those for directed ties alone are
// left out of others.
func Metrics(directed bool) []Metric {
	var list []Metric
	for _, m := range metrics() {
		if directed || !m.Directed {
			list = append(list, m)
		}
	}
	return list
}

func metrics() []Metric {
	const lengths = "; the length of a link is 1/weight, so that strong ties are short"
	return []Metric{
		{
			Name: "strength", Title: "strength", Summary: "The sum of the weights of a unit's links",
			Formula: "s_i = sum over j of w_ij", Source: "Barrat, Barthélemy, Pastor-Satorras and Vespignani (2004)",
			value: (*Graph).Strength,
		},
		{
			Name: "strength-in", Title: "strength in", Summary: "The sum of the weights of the links that lead to a unit",
			Formula: "sum over j of w_ji", Source: "as strength", Directed: true, value: (*Graph).InStrength,
		},
		{
			Name: "degree", Title: "links", Summary: "How many links a unit has",
			Formula: "number of j with w_ij at the threshold or above", Source: "Freeman (1978)", value: (*Graph).Degree,
		},
		{
			Name: "degree-in", Title: "links in", Summary: "How many links lead to a unit",
			Formula: "number of j with w_ji at the threshold or above", Source: "as degree", Directed: true, value: (*Graph).InDegree,
		},
		{
			Name: "betweenness", Title: "betweenness", Summary: "How many pairs of others are joined by way of a unit, counting links alone",
			Formula: "sum over pairs s, t of (shortest paths by i) / (all shortest paths)", Source: "Freeman (1977); Brandes (2001)",
			value: func(g *Graph) []float64 { return g.Betweenness(false) },
		},
		{
			Name: "betweenness-weighted", Title: "weighted betweenness", Summary: "The same with the shortest paths by weight" + lengths,
			Formula: "as betweenness, lengths 1/w_ij", Source: "Newman (2001); Brandes (2001)",
			value: func(g *Graph) []float64 { return g.Betweenness(true) },
		},
		{
			Name: "closeness", Title: "closeness", Summary: "How near a unit is to the others, in links; 1 for a unit tied to all",
			Formula: "(r-1)/(n-1) * (r-1) / (sum of the distances of the r-1 units that reach it)", Source: "Wasserman and Faust (1994)",
			value: func(g *Graph) []float64 { return g.Closeness(false) },
		},
		{
			Name: "closeness-weighted", Title: "weighted closeness", Summary: "The same with distances by weight" + lengths,
			Formula: "as closeness, lengths 1/w_ij", Source: "as closeness",
			value: func(g *Graph) []float64 { return g.Closeness(true) },
		},
		{
			Name: "pagerank", Title: "PageRank", Summary: "How often a walker is at a unit who follows ties by their weights, and now and then goes anywhere",
			Formula: "p_i = (1-d)/n + d (sum over j of p_j w_ji / s_j + idle/n), d = 0.85", Source: "Brin and Page (1998)",
			value: func(g *Graph) []float64 { return g.PageRank(Damping) },
		},
		{
			Name: "eigenvector", Title: "eigenvector", Summary: "How central a unit is by the centrality of those it is tied to; the largest is 1",
			Formula: "lambda x_i = sum over j of w_ji x_j", Source: "Bonacich (1972)", value: (*Graph).Eigenvector,
		},
	}
}
