package alliance

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"mizan"
	"mizan/build"
	"mizan/spec"
)

// Brief is the standing of an alliance in one line.
type Brief struct {
	Code        string       `json:"code,omitempty"`
	Name        mizan.Text   `json:"name,omitempty"`
	Incomplete  bool         `json:"incomplete,omitempty"`
	Year        int          `json:"year"` // of the figures
	Day         string       `json:"day"`  // of the memberships
	Statuses    []string     `json:"statuses,omitempty"`
	Members     []string     `json:"members"`           // whose figures are pooled
	Outside     []string     `json:"outside,omitempty"` // members that are none of the units
	Score       mizan.Number `json:"score"`
	Rank        int          `json:"rank"` // 0 = none
	Of          int          `json:"of"`
	Leader      string       `json:"leader,omitempty"`
	LeaderScore mizan.Number `json:"leader_score"`
	Gap         mizan.Number `json:"gap"`
	Best        string       `json:"best,omitempty"`
	BestScore   mizan.Number `json:"best_score"`
	BestRank    int          `json:"best_rank"`
	Gain        mizan.Number `json:"gain"`
	Interval    *Interval    `json:"interval,omitempty"` // nil without draws
	// Problem says why there is no score, where an aggregation is not defined for
	// what is pooled.
	Problem string `json:"problem,omitempty"`
}

// Overview is the standing of every alliance of the project, in its order, with
// the members of the day of the study. Alliances of which nobody is a unit then
// have no score, nor have those for which an aggregation is not defined.
func (st *Study) Overview() []Brief {
	list := make([]Brief, 0, len(st.spec.Alliances))
	for i := range st.spec.Alliances {
		g := st.group(&st.spec.Alliances[i], st.options.Day)
		list = append(list, st.brief(st.pooler, g))
	}
	if st.options.Draws != nil {
		for i, t := range st.drawnOf(list, 0) {
			list[i].Interval = t.interval
		}
	}
	return list
}

// positions finds units by their codes, which are sorted.
func (st *Study) positions(codes []string) []int {
	at := make([]int, len(codes))
	for i, code := range codes {
		at[i] = st.unit(code)
	}
	return at
}

// brief is the standing of a group in the year of a pooler.
func (st *Study) brief(p *pooler, g *Group) Brief {
	s, err := p.standing(st.panel, g.at)
	top, problem := none, ""
	if err != nil {
		problem = err.Error()
	} else {
		top = s.Scores[p.top]
	}
	b := Brief{
		Code: g.Code, Name: g.Name, Incomplete: g.Incomplete, Year: p.year, Day: g.Day, Statuses: g.Statuses, Members: p.codes(g.at), Problem: problem,
		Score: top.Score, Rank: top.Rank, Of: top.Of, Leader: top.Leader, LeaderScore: top.LeaderScore, Gap: top.Gap,
		Best: top.Best, BestScore: top.BestScore, BestRank: top.BestRank, Gain: top.Gain,
	}
	for _, m := range g.Memberships {
		if m.Outside && slices.Contains(g.Statuses, m.Status) {
			b.Outside = append(b.Outside, m.Unit)
		}
	}
	return b
}

// none is the score of what has none.
var none = Score{Score: nan, LeaderScore: nan, Gap: nan, BestScore: nan, Gain: nan}

var nan = mizan.Number(math.NaN())

// Detail is all that is known of one alliance.
type Detail struct {
	Format int    `json:"format"`
	ID     string `json:"id"`   // of the project
	Hash   string `json:"hash"` // of the project as it was built
	Year   int    `json:"year"`
	Group
	Standing
	Interval *Interval `json:"interval,omitempty"` // nil without draws
	// Otherwise is the standing with more statuses counted as members.
	Otherwise []Brief `json:"otherwise,omitempty"`
	// Years is the standing in every year of the build, with the members of the
	// end of that year and with those of the day of the study; nil for one year.
	Years         []YearStanding  `json:"years,omitempty"`
	Contributions []Contributions `json:"contributions"`
	Pivot         *Pivot          `json:"pivot,omitempty"` // nil if the alliance passes nobody
	Complement    *Complement     `json:"complement"`
	Findings      []Finding       `json:"findings"`
}

// Finding is a remark on an alliance, with what it is about.
type Finding struct {
	mizan.Finding
	Codes []string `json:"codes,omitempty"` // of indicators
	Units []string `json:"units,omitempty"`
}

// YearStanding is the standing in one year.
type YearStanding struct {
	Year int   `json:"year"`
	Then Brief `json:"then"` // with the members of the end of the year
	Now  Brief `json:"now"`  // with the members of the day of the study
}

// Detail looks at one group from all sides. Errors, as mizan.Problems: figures
// for which an aggregation is not defined.
func (st *Study) Detail(g *Group, s Sampling) (*Detail, error) {
	d := &Detail{Format: Format, ID: st.spec.ID, Hash: st.spec.Hash(), Year: st.options.Year, Group: *g}
	standing, err := st.Standing(g)
	if err != nil {
		return nil, err
	}
	d.Standing = *standing
	v, err := st.values(g)
	if err != nil {
		return nil, err
	}
	if d.Contributions, d.Pivot, err = st.contributions(g, s, v); err != nil {
		return nil, err
	}
	if d.Complement, err = st.Complement(g); err != nil {
		return nil, err
	}
	d.Otherwise = st.otherwise(g)
	if d.Years, err = st.years(g); err != nil {
		return nil, err
	}
	d.Findings = st.findings(g, standing)
	d.Findings = append(d.Findings, v.findings...)
	st.intervals(d)
	return d, nil
}

// intervals adds what the draws say, if there are any.
func (st *Study) intervals(d *Detail) {
	if st.options.Draws == nil {
		return
	}
	head := Brief{Members: st.Pooled(&d.Group), Leader: d.Scores[len(d.Scores)-1].Leader}
	told := st.drawnOf(append([]Brief{head}, d.Otherwise...), 1)
	for i := range d.Otherwise {
		d.Otherwise[i].Interval = told[i+1].interval
	}
	d.Interval = told[0].interval
	for n := range d.Scores {
		d.Scores[n].Scores, d.Scores[n].Ranks = &told[0].scores[n], &told[0].ranks[n]
	}
	if d.Interval.Failed > 0 {
		d.Findings = append(d.Findings, Finding{Finding: mizan.Finding{
			ID: "failed-draws", Severity: mizan.Warn,
		}.With(sayDrawsFailed.Say("n", d.Interval.Failed, "all", st.options.Draws.Len()))})
	}
}

// otherwise is the standing with the members of each further status.
func (st *Study) otherwise(g *Group) []Brief {
	var list []Brief
	for _, status := range spec.Statuses() {
		if slices.Contains(g.Statuses, status) || g.Code == "" {
			continue
		}
		more := *g
		more.Statuses = append(slices.Clone(g.Statuses), status)
		more.at = positions(g.Memberships, more.Statuses, st.result.Units)
		if len(more.at) == len(g.at) || len(more.at) == len(st.result.Units) {
			continue
		}
		list = append(list, st.brief(st.pooler, &more))
	}
	return list
}

// years is the standing in every year of the build.
func (st *Study) years(g *Group) ([]YearStanding, error) {
	if len(st.result.Years) < 2 {
		return nil, nil
	}
	var list []YearStanding
	for _, year := range st.result.Years {
		p, err := newPooler(st.spec, st.result, year, st.tiesOf(year))
		if err != nil {
			return nil, err
		}
		then := g
		if a, err := find(st.spec, g.Code); err == nil && g.Code != "" {
			then = st.group(a, fmt.Sprintf("%04d-12-31", year))
		}
		list = append(list, YearStanding{Year: year, Then: st.brief(p, then), Now: st.brief(p, g)})
	}
	return list, nil
}

// findings are the remarks on a standing that a reader must have with it.
func (st *Study) findings(g *Group, s *Standing) []Finding {
	list := st.membershipFindings(g)
	add := func(id string, severity mizan.Severity, codes []string, said mizan.Said) {
		if len(codes) > 0 {
			list = append(list, Finding{Finding: mizan.Finding{ID: id, Severity: severity}.With(said), Codes: codes})
		}
	}
	reach := map[build.Reach][]string{}
	var imputed, lacking, unpooled, untied []string
	figures, filled, missing := 0, 0, 0
	for _, f := range s.Pooled {
		reach[f.Reach] = append(reach[f.Reach], f.Code)
		figures += len(s.Members)
		filled += len(f.Imputed)
		missing += len(f.Missing)
		if len(f.Imputed) > 0 {
			imputed = append(imputed, f.Code)
		}
		if len(f.Missing) > 0 {
			lacking = append(lacking, f.Code)
		}
		rule := st.pooler.rule(f.Code)
		if rule.Rule == spec.PoolNone && len(s.Members) > 1 {
			unpooled = append(unpooled, f.Code)
		}
		if code := rule.Joint + rule.Internal; code != "" && st.joint[code] == nil && len(s.Members) > 1 {
			untied = append(untied, f.Code)
		}
	}
	for _, beyond := range []struct {
		reach        build.Reach
		one, several mizan.Sentence
	}{
		{build.Carried, sayCarriedOne, sayCarried},
		{build.Held, sayHeldOne, sayHeld},
		{build.Placed, sayPlacedOne, sayPlaced},
	} {
		codes := reach[beyond.reach]
		add("beyond-best-"+string(beyond.reach), mizan.Info, codes, counted(len(codes), beyond.one, beyond.several, "all", len(s.Pooled)))
	}
	add("imputed-figures", mizan.Info, imputed, sayImputed.Say("some", filled, "all", figures))
	add("missing-figures", mizan.Warn, lacking, sayMissing.Say("some", missing, "all", figures))
	add("not-pooled", mizan.Info, unpooled, counted(len(unpooled), sayNotPooled1, sayNotPooled))
	add("ties-missing", mizan.Warn, untied, sayNoTies.Say("year", st.options.Year))
	for _, ties := range st.uncovered(s.Members) {
		list = append(list, Finding{Finding: mizan.Finding{
			ID: "ties-uncovered", Severity: mizan.Info,
		}.With(sayUncovered.Say("code", ties.code)), Units: ties.units})
	}
	return list
}

// tieGap is ties that do not cover some units.
type tieGap struct {
	code  string
	units []string
}

// uncovered lists the members of whom ties that rules name know nothing.
func (st *Study) uncovered(members []string) []tieGap {
	var list []tieGap
	told := map[string]bool{}
	for _, i := range st.spec.Indicators {
		code := i.Pool.Joint + i.Pool.Internal
		m := st.joint[code]
		if m == nil || told[code] || len(members) < 2 {
			continue
		}
		told[code] = true
		g := tieGap{code: code}
		at := st.positions(members)
		for k, u := range at {
			if !slices.ContainsFunc(at, func(v int) bool { return v != u && m[u][v] == m[u][v] }) {
				g.units = append(g.units, members[k])
			}
		}
		if len(g.units) > 0 {
			list = append(list, g)
		}
	}
	return list
}

// membershipFindings are the remarks on who is counted.
func (st *Study) membershipFindings(g *Group) []Finding {
	var list []Finding
	add := func(id string, severity mizan.Severity, units []string, said mizan.Said) {
		list = append(list, Finding{Finding: mizan.Finding{ID: id, Severity: severity}.With(said), Units: units})
	}
	if g.Incomplete {
		add("incomplete-membership", mizan.Warn, nil, sayIncomplete.Say("note", strings.TrimSuffix(g.Note, ".")))
	}
	var outside, unranked []string
	unsure := map[string][]string{}
	for _, m := range g.Memberships {
		switch {
		case !slices.Contains(g.Statuses, m.Status) && g.Code != "":
			unsure[m.Status] = append(unsure[m.Status], m.Unit)
		case m.Outside:
			outside = append(outside, m.Unit)
		}
	}
	for _, u := range g.at {
		if !st.pooler.ranked[u] {
			unranked = append(unranked, st.result.Units[u])
		}
	}
	if n := len(outside); n > 0 {
		add("members-outside", mizan.Warn, outside, counted(n, sayOutside1, sayOutside))
	}
	if n := len(unranked); n > 0 {
		add("members-unranked", mizan.Info, unranked, counted(n, sayUnranked1, sayUnranked))
	}
	for _, status := range spec.Statuses() {
		if units := unsure[status]; len(units) > 0 {
			add("not-counted", mizan.Info, units, sayNotCounted.Say("status", status))
		}
	}
	return list
}

// rule is the pooling rule of an indicator of the framework.
func (p *pooler) rule(code string) spec.Pool {
	for i := range p.series {
		if p.series[i].code == code {
			return p.series[i].rule
		}
	}
	return spec.Pool{}
}
