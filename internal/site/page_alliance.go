package site

import (
	"cmp"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strings"

	"mizan"
	"mizan/alliance"
	"mizan/build"
	"mizan/spec"
)

// allianceView is the page of one alliance.
type allianceView struct {
	Name, Code, About, Note string
	Year                    int
	Score, Rank, Of         string
	Lead                    string // how it stands, in a sentence
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
	Heads                   []link // members at the head of the matrix
	Matrix                  []matrixRow
	Strong                  int
	Alone                   []aloneRow
	Otherwise               []otherwiseRow
	Charts                  []*lineChart
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
	Cells              []matrixCell
	Strong             string
	Missing            bool
}

type matrixCell struct {
	Score  string
	Rank   string
	Strong bool
}

type aloneRow struct {
	Name  string
	Codes []link
}

type otherwiseRow struct{ With, Score, Rank, Of, Whom string }

type membershipRow struct {
	Name, URL, Status, From, To, Via, Note, Source string
	Pooled, Outside                                bool
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
			if code := c.book.names[fold(name)]; code != "" {
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
		Name: c.text(d.Name, cmp.Or(d.Code, c.namesOf(d.Members))), Code: d.Code, About: c.text(d.Description, ""), Note: d.Note, Year: d.Year,
		Score: c.points(top.Score), Rank: rankText(top.Rank), Of: whole(float64(top.Of)), Declared: d.Code != "",
		Drawn: d.Interval != nil, Members: c.namesOf(d.Members), Strong: d.Complement.Strong,
	}
	v.Lead = c.allianceLead(d, top)
	c.addStandings(v, d)
	c.addContributions(v, d)
	c.addMatrix(v, d)
	c.addMemberships(v, d)
	c.addFigures(v, d)
	for _, b := range d.Otherwise {
		v.Otherwise = append(v.Otherwise, otherwiseRow{
			With: b.Statuses[len(b.Statuses)-1], Score: c.points(b.Score), Rank: rankText(b.Rank), Of: whole(float64(b.Of)),
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
func (c *visit) allianceLead(d *alliance.Detail, top alliance.Score) string {
	if top.Rank == 0 {
		return "It has no score in this year."
	}
	text := fmt.Sprintf("As one unit in place of its members it would rank %d of %d", top.Rank, top.Of)
	switch gap := float64(top.Gap); {
	case top.Leader == "":
	case gap < 0:
		text += fmt.Sprintf(", %s behind %s", c.points(-top.Gap), c.nameOf(top.Leader))
	default:
		text += fmt.Sprintf(", %s ahead of %s", c.points(top.Gap), c.nameOf(top.Leader))
	}
	if len(d.Members) > 1 && top.Gain == top.Gain {
		text += fmt.Sprintf(". Its best member, %s, has %s alone, rank %d", c.nameOf(top.Best), c.points(top.BestScore), top.BestRank)
	}
	text += "."
	if i := d.Interval; i != nil && i.Draws > 0 {
		text += fmt.Sprintf(" Over %s draws of what might have been chosen otherwise it has %s points and rank %s in 90 %% of them", group(fmt.Sprint(i.Draws)), c.range90(&i.Score), ranks90(&i.Rank))
		if top.Leader != "" {
			text += fmt.Sprintf(", a gap to %s of %s to %s, and is ahead of it in %s", c.nameOf(top.Leader), c.book.scale.signed(float64(i.Gap.Low)), c.book.scale.signed(float64(i.Gap.High)), percent(i.Passes, 0))
		}
		text += "."
	}
	return text
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
	text := capital(f.Message)
	if len(about) > 0 {
		text += ": " + strings.Join(about, "; ")
	}
	return text + "."
}

// figureCaution tells of a figure that is not plainly observed what is known
// against it.
func (c *visit) figureCaution(f *alliance.Pooled, year int) string {
	text := c.label(f.Code)
	for _, s := range f.Statuses {
		switch s.Status {
		case mizan.StructuralZero.String():
		case mizan.StandIn.String():
			text += fmt.Sprintf("; figures of other years stand in for %d (%d)", year, s.Count)
		default:
			text += fmt.Sprintf("; %d %s", s.Count, s.Status)
		}
	}
	text += "."
	if i := c.book.indicators[f.Code]; i != nil {
		text += " " + c.text(i.Description, "")
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
			Rank: rankText(s.Rank), Of: whole(float64(s.Of)), Gap: c.book.scale.signed(float64(s.Gap)), Leader: c.nameOf(s.Leader),
			Gain: c.book.scale.signed(float64(s.Gain)), Best: c.nameOf(s.Best), Range: c.range90(s.Scores), Ranks: ranks90(s.Ranks),
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
			v.Values = append(v.Values, valueHead{strings.TrimSpace(o.Game + " " + o.Supply), o.Summary, fixed(float64(o.Total), 2)})
		}
	}
	most := 0.0
	for _, m := range score.Members {
		most = math.Max(most, m.Shapley.Value)
	}
	for i, m := range score.Members {
		row := contribution{
			Name: c.nameOf(m.Unit), URL: c.unitURL(m.Unit), points: m.Shapley.Value,
			Points: gauge{Text: fixed(m.Shapley.Value, 2), Length: coordinate(100 * math.Max(0, m.Shapley.Value) / math.Max(most, 1e-9))},
			Share:  percent(m.Shapley.Value/float64(score.Total), 1), Alone: c.points(m.Alone), Loss: c.book.scale.signed(-float64(m.Loss)),
			Redundant: percent(float64(m.Redundancy), 0),
		}
		if !score.Exact {
			row.Error = fixed(m.Shapley.StandardError, 2)
		}
		for _, o := range others {
			row.Values = append(row.Values, fixed(o.Members[i].Shapley.Value, 2))
		}
		v.Contributions = append(v.Contributions, row)
	}
	slices.SortStableFunc(v.Contributions, func(a, b contribution) int { return cmp.Compare(b.points, a.points) })
	p := d.Pivot
	if p == nil {
		return
	}
	passes := fmt.Sprintf("It passes %s (%s)", c.nameOf(p.Passed), c.points(p.Score))
	switch len(p.Critical) {
	case 0:
		v.Pivot = append(v.Pivot, passes+" without any one of its members too.")
	case 1:
		v.Pivot = append(v.Pivot, passes+"; without "+c.nameOf(p.Critical[0])+" it would not.")
	default:
		v.Pivot = append(v.Pivot, passes+"; without any one of "+c.namesOf(p.Critical)+" it would not.")
	}
}

// mostMatrix is how many members the matrix has at most.
const mostMatrix = 12

// addMatrix sets the members beside one another.
func (c *visit) addMatrix(v *allianceView, d *alliance.Detail) {
	if len(d.Members) < 2 {
		return
	}
	all := len(d.Members) <= mostMatrix
	if all {
		for _, m := range d.Members {
			v.Heads = append(v.Heads, link{Label: m, URL: c.unitURL(m), Note: c.nameOf(m)})
		}
	}
	for _, p := range d.Complement.Pillars {
		row := matrixRow{Label: c.label(p.Code), URL: c.codeURL(p.Code), Pooled: c.points(p.Pooled), Missing: len(p.Strong) == 0}
		for i := range d.Members {
			if all {
				row.Cells = append(row.Cells, matrixCell{c.points(p.Scores[i]), rankText(p.Ranks[i]), slices.Contains(p.Strong, d.Members[i])})
			}
		}
		switch len(p.Strong) {
		case 0:
			row.Strong = "nobody: the gap remains"
		case 1:
			row.Strong = c.nameOf(p.Strong[0]) + " alone"
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
			Name: c.nameOf(m.Unit), Status: m.Status, From: string(m.From), To: string(m.To), Via: m.Via, Note: m.Note, Outside: m.Outside,
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
		return slices.Index(spec.Statuses(), a.Status) - slices.Index(spec.Statuses(), b.Status)
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
	reaches := map[build.Reach]string{build.Carried: "beyond the best: carried on", build.Held: "beyond the best: held at the bound", build.Placed: "before all units"}
	for _, f := range d.Pooled {
		row := figureRow{
			Label: c.label(f.Code), URL: c.codeURL(f.Code), Rule: f.Rule, Reason: reasons[f.Code], Raw: figure(float64(f.Raw)),
			Normalised: c.points(f.Normalised), Reach: reaches[f.Reach],
		}
		if i := c.book.indicators[f.Code]; i != nil {
			row.Measure = i.Measure
		}
		if known := func(n mizan.Number) bool { return n == n }; known(f.Most) && f.Most > f.Least {
			row.Bounds = figure(float64(f.Least)) + " to " + figure(float64(f.Most))
		}
		switch f.From {
		case 0:
		case f.To:
			row.Years = fmt.Sprint(f.From)
		default:
			row.Years = fmt.Sprintf("%d to %d", f.From, f.To)
		}
		if n := len(f.Imputed); n > 0 {
			row.Years += fmt.Sprintf(", %d imputed", n)
		}
		if n := len(f.Missing); n > 0 {
			row.Years += fmt.Sprintf(", %d missing", n)
		}
		v.Figures = append(v.Figures, row)
	}
}

// allianceCharts draws score and rank over the years, with the members of today.
func (c *visit) allianceCharts(d *alliance.Detail) []*lineChart {
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
	var charts []*lineChart
	for _, ch := range []*lineChart{
		c.newLineChart("Score by year, with the members pooled here", years, scores, c.book.scale.score, false),
		c.newLineChart("Rank by year, first place on top", years, ranks, whole, true),
	} {
		if ch != nil {
			charts = append(charts, ch)
		}
	}
	return charts
}
