package site

import (
	"cmp"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"mizan"
	"mizan/alliance"
	"mizan/build"
	"mizan/internal/site/draw"
	"mizan/internal/site/language"
	"mizan/spec"
)

// allianceView is the page of one alliance.
type allianceView struct {
	Name, Code, About, Note string
	Year                    int
	Score, Rank, Of         string
	Lead                    []string // how it stands, in sentences
	Members                 string
	Declared                bool // an alliance of the project, not put together here
	Drawn                   bool
	Standings               []allianceStanding
	Contributions           []contribution
	Values                  []valueHead // the value functions beside the score
	Exact                   bool
	Circles                 int
	Total                   string
	Pivot                   []string
	Adding                  []*draw.Adding
	AddingFrame             figureFrame
	Heat                    *draw.HeatMap
	HeatFrame               figureFrame
	Change                  string // address where its members can be changed
	Matrix                  []matrixRow
	Strong                  int
	Alone                   []aloneRow
	Otherwise               []otherwiseRow
	Charts                  []*framedCurve
	Memberships             []membershipRow
	Figures                 []figureRow
	Cautions                []string
}

type allianceStanding struct {
	Label, URL   string
	Depth        int
	LessIsBetter bool
	Score        gauge
	Rank, Of     string
	Range, Ranks string // in which 90 % of the draws lie; "" without
	Gap, Leader  string
	Gain, Best   string
}

type contribution struct {
	Name, URL          string
	Points             gauge
	Error              string
	Share, Alone, Loss string
	Redundant          string
	Values             []string
	points             float64
}

// valueHead is a value function with what a coalition is worth by it.
type valueHead struct{ Name, Summary, Total string }

type matrixRow struct {
	Label, URL, Pooled string
	Strong             string
	Missing            bool
}

type aloneRow struct {
	Name  string
	Codes []link
}

type otherwiseRow struct{ With, Score, Rank, Of, Whom string }

type membershipRow struct {
	Name, URL, Status, From, To, Via, Note, Source string
	Pooled, Outside                                bool
	status                                         string
}

type figureRow struct {
	Label, URL, Rule, Reason, Raw, Measure, Normalised, Reach, Bounds, Years string
}

func alliancePage(c *visit) (any, error) {
	st, err := c.study()
	if err != nil {
		return nil, err
	}
	g, err := c.allianceGroup(st)
	if err != nil {
		return nil, err
	}
	d, err := c.detail(st, g)
	if err != nil {
		return nil, err
	}
	return c.allianceView(d), nil
}

// allianceGroup is the alliance that the address names, or the units that it
// puts together.
func (c *visit) allianceGroup(st *alliance.Study) (*alliance.Group, error) {
	code := c.r.PathValue("code")
	if code == "" {
		asked := strings.FieldsFunc(clip(c.query.Get("members")), func(r rune) bool { return r == ',' || r == ';' || r == ' ' })
		for i, name := range asked {
			if code := c.book.names[language.Fold(name)]; code != "" {
				asked[i] = code
			}
		}
		g, err := st.Named(asked)
		if err != nil {
			return nil, missing("alliance", strings.Join(asked, ", "), nil)
		}
		return g, nil
	}
	g, err := st.Alliance(code)
	if err != nil {
		var codes []string
		for _, a := range c.book.Spec.Alliances {
			codes = append(codes, a.Code)
		}
		return nil, missing("alliance", code, codes)
	}
	return g, nil
}

func (c *visit) allianceView(d *alliance.Detail) *allianceView {
	top := d.Scores[len(d.Scores)-1]
	v := &allianceView{
		Name: c.Text(d.Name, cmp.Or(d.Code, c.namesOf(d.Members))), Code: d.Code, About: c.Text(d.Description, ""), Note: d.Note, Year: d.Year,
		Score: c.points(top.Score), Rank: c.rankText(top.Rank), Of: c.Count(top.Of), Declared: d.Code != "",
		Drawn: d.Interval != nil, Members: c.namesOf(d.Members), Strong: d.Complement.Strong,
	}
	v.Lead = c.allianceLead(d, top)
	c.addStandings(v, d)
	c.addContributions(v, d)
	c.addContributionChart(v, d)
	v.Change = c.to("/alliances") + "#members=" + strings.Join(d.Members, ",")
	c.addMatrix(v, d)
	c.addMemberships(v, d)
	c.addFigures(v, d)
	for _, b := range d.Otherwise {
		v.Otherwise = append(v.Otherwise, otherwiseRow{
			With: c.Word("alliance.status", b.Statuses[len(b.Statuses)-1]), Score: c.points(b.Score), Rank: c.rankText(b.Rank), Of: c.Count(b.Of),
			Whom: c.namesOf(slices.DeleteFunc(slices.Clone(b.Members), func(m string) bool { return slices.Contains(d.Members, m) })),
		})
	}
	v.Charts = c.allianceCharts(d)
	for _, f := range d.Findings {
		v.Cautions = append(v.Cautions, c.caution(f))
	}
	for i := range d.Pooled {
		if f := &d.Pooled[i]; !f.Plain() && len(d.Members) > 1 {
			v.Cautions = append(v.Cautions, c.figureCaution(f, d.Year))
		}
	}
	return v
}

// allianceLead says how the alliance stands.
func (c *visit) allianceLead(d *alliance.Detail, top alliance.Score) []string {
	if top.Rank == 0 {
		return []string{c.T("alliance.unscored")}
	}
	leader := c.nameOf(top.Leader)
	var said []string
	switch gap := float64(top.Gap); {
	case top.Leader == "":
		said = append(said, c.T("alliance.standing.plain", "rank", top.Rank, "of", top.Of))
	case gap < 0:
		said = append(said, c.T("alliance.behind", "rank", top.Rank, "of", top.Of, "gap", c.points(-top.Gap), "leader", leader))
	default:
		said = append(said, c.T("alliance.ahead", "rank", top.Rank, "of", top.Of, "gap", c.points(top.Gap), "leader", leader))
	}
	if len(d.Members) > 1 && top.Gain == top.Gain {
		said = append(said, c.T("alliance.best", "unit", c.nameOf(top.Best), "score", c.points(top.BestScore), "rank", top.BestRank))
	}
	if i := d.Interval; i != nil && i.Draws > 0 {
		said = append(said, c.T("alliance.drawn", "n", i.Draws, "scores", c.range90(&i.Score), "ranks", c.ranks90(&i.Rank)))
		if top.Leader != "" {
			said = append(said, c.T("alliance.drawn.gap", "leader", leader, "low", c.gained(float64(i.Gap.Low)), "high", c.gained(float64(i.Gap.High)), "share", c.Percent(i.Passes, 0)))
		}
	}
	return said
}

// caution is a remark with what it is about.
func (c *visit) caution(f alliance.Finding) string {
	var about []string
	for _, code := range f.Codes {
		about = append(about, c.label(code))
	}
	for _, unit := range f.Units {
		about = append(about, c.nameOf(unit))
	}
	text := language.Capital(c.remark(&f.Finding))
	if len(about) > 0 {
		text += c.T("colon") + strings.Join(about, c.T("list.semicolon"))
	}
	return c.Ended(text)
}

// figureCaution tells of a figure that is not plainly observed what is known
// against it.
func (c *visit) figureCaution(f *alliance.Pooled, year int) string {
	said := []string{c.label(f.Code)}
	for _, s := range f.Statuses {
		switch s.Status {
		case mizan.StructuralZero.String():
		case mizan.StandIn.String():
			said = append(said, c.T("alliance.caution.stand-in", "year", strconv.Itoa(year), "n", s.Count))
		default:
			said = append(said, c.T("alliance.caution.status", "status", c.Word("status", s.Status), "n", s.Count))
		}
	}
	text := c.Ended(strings.Join(said, c.T("list.semicolon")))
	if i := c.book.indicators[f.Code]; i != nil {
		text += " " + c.Text(i.Description, "")
	}
	return text
}

// addStandings lists the aggregates, each below its parent.
func (c *visit) addStandings(v *allianceView, d *alliance.Detail) {
	at := map[string]alliance.Score{}
	highest := 0.0
	for _, s := range d.Scores {
		at[s.Code] = s
		if n := c.book.nodes[s.Code]; n != nil && len(n.Children) > 0 {
			highest = math.Max(highest, float64(s.Score))
		}
	}
	var down func(code string, depth int)
	down = func(code string, depth int) {
		n := c.book.nodes[code]
		if n == nil || len(n.Children) == 0 {
			return
		}
		s := at[code]
		v.Standings = append(v.Standings, allianceStanding{
			Label: c.label(code), URL: c.codeURL(code), Depth: depth, LessIsBetter: c.book.facing[code] < 0, Score: c.pooledGauge(s.Score, highest),
			Rank: c.rankText(s.Rank), Of: c.Count(s.Of), Gap: c.gained(float64(s.Gap)), Leader: c.nameOf(s.Leader),
			Gain: c.gained(float64(s.Gain)), Best: c.nameOf(s.Best), Range: c.range90(s.Scores), Ranks: c.ranks90(s.Ranks),
		})
		for _, child := range n.Children {
			down(child, depth+1)
		}
	}
	down(c.book.top, 0)
}

// addContributions lists what each member adds, the most first.
func (c *visit) addContributions(v *allianceView, d *alliance.Detail) {
	if len(d.Members) < 2 {
		return
	}
	score := &d.Contributions[0]
	v.Exact, v.Circles, v.Total = score.Exact, score.Circles, c.points(score.Total)
	var others []*alliance.Contributions
	for i := range d.Contributions[1:] {
		if o := &d.Contributions[i+1]; o.Declared {
			others = append(others, o)
			v.Values = append(v.Values, valueHead{c.gameName(o), c.gameSummary(o), c.Fixed(float64(o.Total), 2)})
		}
	}
	most := 0.0
	for _, m := range score.Members {
		most = math.Max(most, m.Shapley.Value)
	}
	for i, m := range score.Members {
		row := contribution{
			Name: c.nameOf(m.Unit), URL: c.unitURL(m.Unit), points: m.Shapley.Value,
			Points: gauge{Text: c.Fixed(m.Shapley.Value, 2), Length: draw.Coordinate(100 * math.Max(0, m.Shapley.Value) / math.Max(most, 1e-9))},
			Share:  c.Percent(m.Shapley.Value/float64(score.Total), 1), Alone: c.points(m.Alone), Loss: c.gained(-float64(m.Loss)),
			Redundant: c.Percent(float64(m.Redundancy), 0),
		}
		if !score.Exact {
			row.Error = c.Fixed(m.Shapley.StandardError, 2)
		}
		for _, o := range others {
			row.Values = append(row.Values, c.Fixed(o.Members[i].Shapley.Value, 2))
		}
		v.Contributions = append(v.Contributions, row)
	}
	slices.SortStableFunc(v.Contributions, func(a, b contribution) int { return cmp.Compare(b.points, a.points) })
	if p := d.Pivot; p != nil {
		pairs := []any{"unit", c.nameOf(p.Passed), "score", c.points(p.Score), "members", c.namesOf(p.Critical)}
		key := "alliance.pivot.some"
		switch len(p.Critical) {
		case 0:
			key = "alliance.pivot.any"
		case 1:
			key = "alliance.pivot.one"
		}
		v.Pivot = append(v.Pivot, c.T(key, pairs...))
	}
}

// gameName is what a value function is called.
func (c *visit) gameName(o *alliance.Contributions) string {
	name := c.Word("alliance.game", o.Game)
	if o.Supply != "" {
		name = c.T("in-brackets", "text", name, "note", c.supplyName(o.Supply))
	}
	return name
}

// addMatrix tells who is strong in every pillar.
func (c *visit) addMatrix(v *allianceView, d *alliance.Detail) {
	if len(d.Members) < 2 {
		return
	}
	c.addHeat(v, d)
	for _, p := range d.Complement.Pillars {
		row := matrixRow{Label: c.label(p.Code), URL: c.codeURL(p.Code), Pooled: c.points(p.Pooled), Missing: len(p.Strong) == 0}
		switch len(p.Strong) {
		case 0:
			row.Strong = c.T("alliance.strong.none")
		case 1:
			row.Strong = c.T("alliance.strong.one", "unit", c.nameOf(p.Strong[0]))
		default:
			row.Strong = c.namesOf(p.Strong)
		}
		v.Matrix = append(v.Matrix, row)
	}
	for _, m := range d.Members {
		row := aloneRow{Name: c.nameOf(m)}
		for _, code := range alliance.Alone(d.Complement.Indicators, m) {
			row.Codes = append(row.Codes, link{Label: c.label(code), URL: c.codeURL(code)})
		}
		if len(row.Codes) > 0 {
			v.Alone = append(v.Alone, row)
		}
	}
}

// addMemberships lists who belongs, with dates and sources.
func (c *visit) addMemberships(v *allianceView, d *alliance.Detail) {
	if d.Code == "" {
		return
	}
	for _, m := range d.Memberships {
		row := membershipRow{
			Name: c.nameOf(m.Unit), Status: c.Word("alliance.status", m.Status), From: c.Date(string(m.From)), To: c.Date(string(m.To)), Via: c.allianceName(m.Via), status: m.Status, Note: m.Note, Outside: m.Outside,
			Pooled: slices.Contains(d.Members, m.Unit) && !m.Outside,
		}
		if !m.Outside {
			row.URL = c.unitURL(m.Unit)
		}
		if u, err := url.Parse(m.Source); err == nil && (u.Scheme == "https" || u.Scheme == "http") {
			row.Source = m.Source
		}
		v.Memberships = append(v.Memberships, row)
	}
	slices.SortStableFunc(v.Memberships, func(a, b membershipRow) int {
		return slices.Index(spec.Statuses(), a.status) - slices.Index(spec.Statuses(), b.status)
	})
}

// addFigures lists the pooled figures, each with its rule and the reason.
func (c *visit) addFigures(v *allianceView, d *alliance.Detail) {
	reasons := map[string]string{}
	if c.book.Spec != nil {
		for _, i := range c.book.Spec.Indicators {
			reasons[i.Code] = i.PoolReason
		}
	}
	for _, f := range d.Pooled {
		row := figureRow{
			Label: c.label(f.Code), URL: c.codeURL(f.Code), Rule: c.poolRule(f.Rule), Reason: reasons[f.Code], Raw: c.Figure(float64(f.Raw)),
			Normalised: c.points(f.Normalised),
		}
		if i := c.book.indicators[f.Code]; i != nil {
			row.Measure = c.Measure(i.Measure)
		}
		if known := func(n mizan.Number) bool { return n == n }; known(f.Most) && f.Most > f.Least {
			row.Bounds = c.T("range", "low", c.Figure(float64(f.Least)), "high", c.Figure(float64(f.Most)))
		}
		if f.Reach != "" && f.Reach != build.Within {
			row.Reach = c.Word("alliance.reach", string(f.Reach))
		}
		var years []string
		switch f.From {
		case 0:
		case f.To:
			years = append(years, strconv.Itoa(f.From))
		default:
			years = append(years, c.T("range", "low", strconv.Itoa(f.From), "high", strconv.Itoa(f.To)))
		}
		if n := len(f.Imputed); n > 0 {
			years = append(years, c.T("alliance.figures.imputed", "n", n))
		}
		if n := len(f.Missing); n > 0 {
			years = append(years, c.T("alliance.figures.missing", "n", n))
		}
		row.Years = strings.Join(years, c.T("list.comma"))
		v.Figures = append(v.Figures, row)
	}
}

// poolRule is a rule of pooling, which the engine tells in English.
func (c *visit) poolRule(rule string) string {
	inner := func(s, front string) (string, bool) {
		s, ok := strings.CutPrefix(s, front)
		return strings.TrimSuffix(s, ")"), ok
	}
	if by, ok := inner(rule, "mean weighted by "); ok {
		return c.T("alliance.rule.weighted", "by", c.label(by))
	}
	if ties, ok := inner(rule, "sum, joint works counted once ("); ok {
		return c.T("alliance.rule.joint", "ties", c.tiesName(ties))
	}
	if ties, ok := inner(rule, "sum, less ties between members ("); ok {
		return c.T("alliance.rule.internal", "ties", c.tiesName(ties))
	}
	if rule == "not pooled" {
		rule = spec.PoolNone
	}
	return c.Word("alliance.rule", rule)
}

// tiesName is what a table of ties is called.
func (c *visit) tiesName(code string) string {
	for _, t := range c.book.Spec.Ties {
		if t.Code == code {
			return c.Text(t.Name, code)
		}
	}
	return code
}

// allianceCharts draws score and rank over the years, with the members of today.
func (c *visit) allianceCharts(d *alliance.Detail) []*framedCurve {
	var years []int
	var scores, ranks []float64
	for _, y := range d.Years {
		years = append(years, y.Year)
		scores = append(scores, float64(y.Now.Score))
		rank := math.NaN()
		if y.Now.Rank > 0 {
			rank = float64(y.Now.Rank)
		}
		ranks = append(ranks, rank)
	}
	var charts []*framedCurve
	for _, ch := range []*draw.Curve{
		c.hand().Curve(c.T("alliance.years.score"), years, scores, c.scored, false),
		c.hand().Curve(c.T("chart.rank"), years, ranks, c.Whole, true),
	} {
		if ch != nil {
			charts = append(charts, &framedCurve{Curve: ch})
		}
	}
	return charts
}
