package alliance

import (
	"math"
	"slices"

	"mizan"
	"mizan/build"
)

// Standing is how an alliance stands as one unit in place of its members.
type Standing struct {
	Members []string `json:"members"` // whose figures are pooled, by code
	// Scores are those of every node of the framework, indicators first.
	Scores []Score  `json:"scores"`
	Pooled []Pooled `json:"pooled"` // the figures, one per indicator
}

// Score is the score of an alliance at one node of the framework, beside the
// units that are not its members.
type Score struct {
	Code  string       `json:"code"`
	Score mizan.Number `json:"score"`
	Rank  int          `json:"rank"` // that it would hold; 0 = no score; 1 = the highest score
	Of    int          `json:"of"`   // units with a rank, the alliance among them
	// Leader is the best of the others, which in a node that counts against the
	// top is that with the lowest score; Gap is the alliance's score less the
	// leader's.
	Leader      string       `json:"leader,omitempty"`
	LeaderScore mizan.Number `json:"leader_score"`
	Gap         mizan.Number `json:"gap"`
	// Best is the best member, and Gain the alliance's score less the member's.
	Best      string       `json:"best,omitempty"`
	BestScore mizan.Number `json:"best_score"`
	BestRank  int          `json:"best_rank"`
	Gain      mizan.Number `json:"gain"`
	// Scores and Ranks are those over the draws; nil without.
	Scores *Spread `json:"scores,omitempty"`
	Ranks  *Spread `json:"ranks,omitempty"`
}

// Pooled is one figure of an alliance.
type Pooled struct {
	Code string `json:"code"`
	Rule string `json:"rule"` // in words
	// Raw is the pooled figure in the indicator's own measure; where works are
	// counted once Least and Most bound it, given that all joint works are
	// listed. They are missing elsewhere.
	Raw         mizan.Number `json:"raw"`
	Least       mizan.Number `json:"least"`
	Most        mizan.Number `json:"most"`
	Denominated mizan.Number `json:"denominated"`
	Treated     mizan.Number `json:"treated"`
	Normalised  mizan.Number `json:"normalised"`
	// Lowest and Median are those of the members' normalised figures, for what
	// does not pool.
	Lowest mizan.Number `json:"lowest"`
	Median mizan.Number `json:"median"`
	Reach  build.Reach  `json:"reach"`
	// Missing are the members whose figure could not be pooled, Imputed those
	// whose figure was imputed by the index.
	Missing []string `json:"missing,omitempty"`
	Imputed []string `json:"imputed,omitempty"`
	// From and To are the years from which the observed figures come; 0 = none.
	From int `json:"from,omitempty"`
	To   int `json:"to,omitempty"`
	// Statuses counts the members' figures that are not plainly observed, by
	// status.
	Statuses []StatusCount `json:"statuses,omitempty"`
}

// Plain reports whether all figures are plainly observed, or zeros of members
// who have none: no other year, estimate or guess stands in for one.
func (f *Pooled) Plain() bool {
	return !slices.ContainsFunc(f.Statuses, func(s StatusCount) bool { return s.Status != mizan.StructuralZero.String() })
}

// StatusCount is a number of figures of one status.
type StatusCount struct {
	Status string `json:"status"`
	Count  int    `json:"count"`
}

// normalised are the normalised figures of an alliance of members, given by
// their positions in ascending order, with its denominated figures.
func (p *pooler) normalised(members []int) (normalised, denominated []float64) {
	denominated, normalised = make([]float64, len(p.series)), make([]float64, len(p.series))
	if len(members) == 0 {
		for c := range normalised {
			normalised[c], denominated[c] = math.NaN(), math.NaN()
		}
		return normalised, denominated
	}
	p.column(denominated, members, p.pools(members))
	for c := range p.series {
		if len(members) == 1 {
			normalised[c] = p.result.Normalised.At(p.y, c, members[0])
			continue
		}
		_, normalised[c] = p.series[c].frozen.Apply(denominated[c])
	}
	return normalised, denominated
}

// standing makes the standing of members, given by their positions in ascending
// order.
func (p *pooler) standing(panel *mizan.Panel, members []int) (*Standing, error) {
	s := &Standing{Members: p.codes(members)}
	normalised, denominated := p.normalised(members)
	columns, at, err := p.outsiders.Join(normalised, members, nil)
	if err != nil {
		return nil, err
	}
	others := slices.DeleteFunc(slices.Clone(p.result.Units), func(code string) bool { return slices.Contains(s.Members, code) })
	for n, node := range p.result.Nodes {
		s.Scores = append(s.Scores, p.score(n, node.Code, columns[n], at, others, members))
	}
	pools := p.pools(members)
	for c := range p.series {
		one := p.pooled(panel, c, members, &pools[c], denominated[c], normalised[c])
		if p.hidden[one.Code] {
			nan := mizan.Number(math.NaN())
			one.Raw, one.Least, one.Most, one.Denominated, one.Treated = nan, nan, nan, nan, nan
		}
		s.Pooled = append(s.Pooled, one)
	}
	return s, nil
}

// codes names units by their positions.
func (p *pooler) codes(members []int) []string {
	list := make([]string, len(members))
	for i, u := range members {
		list[i] = p.result.Units[u]
	}
	return list
}

// score is the standing at one node. The column holds the scores of the others
// and, at its position, that of the alliance.
func (p *pooler) score(n int, code string, column []float64, at int, others []string, members []int) Score {
	rank, of := build.PlaceOf(column, at)
	s := Score{Code: code, Score: mizan.Number(column[at]), Rank: rank, Of: of}
	best, leader := math.NaN(), math.NaN()
	better := func(v, than float64) bool {
		return v == v && !(float64(p.facing[n])*than >= float64(p.facing[n])*v)
	}
	for i, u := range others {
		k := i
		if i >= at {
			k++
		}
		if v := column[k]; better(v, leader) {
			leader, s.Leader = v, u
		}
	}
	for _, u := range members {
		if v := p.result.Scores.At(p.y, n, u); better(v, best) {
			best, s.Best = v, p.result.Units[u]
			s.BestRank = int(p.result.Ranks.At(p.y, n, u))
		}
	}
	s.LeaderScore, s.Gap = mizan.Number(leader), mizan.Number(column[at]-leader)
	s.BestScore, s.Gain = mizan.Number(best), mizan.Number(column[at]-best)
	return s
}

// pooled tells of one figure.
func (p *pooler) pooled(panel *mizan.Panel, c int, members []int, own *pool, denominated, normalised float64) Pooled {
	s := &p.series[c]
	nan := mizan.Number(math.NaN())
	out := Pooled{
		Code: s.code, Rule: s.inWords(), Raw: nan, Least: nan, Most: nan, Lowest: nan, Median: nan,
		Denominated: mizan.Number(denominated), Normalised: mizan.Number(normalised), Reach: s.frozen.Reach(denominated),
	}
	treated, _ := s.frozen.Apply(denominated)
	out.Treated = mizan.Number(treated)
	raw, _ := s.value(own)
	out.Raw = mizan.Number(raw)
	if len(members) == 1 {
		out.Raw = mizan.Number(s.raw[members[0]])
	}
	if s.joint != nil && s.rule.Joint != "" && own.figure.count > 1 {
		out.Least, out.Most = mizan.Number(raw), mizan.Number(s.most(&own.figure, members))
	}
	var parts []float64
	at, counts := panel.Code(s.code), map[mizan.Status]int{}
	for _, u := range members {
		if v := p.result.Normalised.At(p.y, c, u); v == v {
			parts = append(parts, v)
		}
		code := p.result.Units[u]
		cell := panel.Cell(p.y, at, u)
		switch {
		case !s.counts[u] && len(members) > 1, s.raw[u] != s.raw[u]:
			out.Missing = append(out.Missing, code)
			continue
		case s.imputed[u]:
			out.Imputed = append(out.Imputed, code)
			continue
		}
		if cell.Status != mizan.Observed {
			counts[cell.Status]++
		}
		if y := int(cell.Year); y != 0 {
			if out.From == 0 || y < out.From {
				out.From = y
			}
			out.To = max(out.To, y)
		}
	}
	for status := mizan.Estimated; status <= mizan.StructuralZero; status++ {
		if counts[status] > 0 {
			out.Statuses = append(out.Statuses, StatusCount{status.String(), counts[status]})
		}
	}
	out.Lowest, out.Median = spread(parts)
	return out
}
