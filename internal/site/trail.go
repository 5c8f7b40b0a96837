package site

import (
	"html/template"
	"math"
	"strconv"
	"strings"

	"mizan"
	"mizan/build"
	"mizan/internal/site/language"
)

// trailGroup is the indicators of one aggregate.
type trailGroup struct {
	Label, URL   string
	Score        gauge
	LessIsBetter bool
	Trails       []trail
}

// trail is the way of one cell from the figure as published to the top.
type trail struct {
	Code, Label, URL, Anchor string
	About                    template.HTML
	Measure                  string
	Direction                int
	Raw, RawExact            string
	Source                   sourceView
	Withheld                 *withheldView // nil if the figure may be shown
	Score                    gauge
	Rank, Of                 string
	Steps                    []step
	Path                     []pathStep
	Turned                   bool // some score on the path is mirrored
	Effective                string
	Contribution             string
}

// sourceView is where a figure comes from, ready to be shown.
type sourceView struct {
	Year      string
	OtherYear bool // the figure is of another year than the one shown
	Status    string
	Plain     bool // observed, of the year shown
	Publisher string
	Title     string
	Licence   string
	URL       string // "" unless it is a web address
	Note      string
}

// step is what one stage did.
type step struct{ Stage, Method, Value, How string }

// pathStep is the share of the cell in one ancestor.
type pathStep struct {
	Label, URL, Method, Weight, Contribution, Score string
	Seen                                            string // mirrored score of the node below; "" if it is not
}

func (c *visit) sourceView(code string, u int) sourceView {
	s := c.book.source(c.year, code, u)
	v := sourceView{Status: c.Word("status", s.Status), OtherYear: s.Year != 0 && s.Year != c.yearNumber()}
	v.Plain = s.Status == mizan.Observed.String() && !v.OtherYear
	if s.Year != 0 {
		v.Year = strconv.Itoa(s.Year)
	}
	if o := s.Origin; o != nil {
		v.Publisher, v.Title, v.Licence, v.URL, v.Note = o.Publisher, o.Title, o.Licence, webAddress(o.URL), o.Note
	}
	return v
}

// webAddress lets only http and https through; anything else is not linked.
func webAddress(s string) string {
	if strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") {
		return s
	}
	return ""
}

// addTrails makes the trail of every indicator, by parent in the order of the
// framework, and the sum of the contributions.
func (c *visit) addTrails(v *unitView, u int) {
	b := c.book
	shares, sum := c.contributions(v.Code)
	v.Sum, v.SumKnown = c.Fixed(sum, 4), !math.IsNaN(sum)
	var walk func(code string)
	walk = func(code string) {
		n := b.nodes[code]
		if n == nil {
			return
		}
		g := trailGroup{Label: c.label(code), URL: c.codeURL(code), Score: c.gauge(b.score(c.year, code, u)), LessIsBetter: b.facing[code] < 0}
		for _, child := range n.Children {
			if k := b.nodes[child]; k != nil && len(k.Children) == 0 {
				g.Trails = append(g.Trails, c.trail(k, u, shares))
			}
		}
		if len(g.Trails) > 0 {
			v.Trails = append(v.Trails, g)
		}
		for _, child := range n.Children {
			if k := b.nodes[child]; k != nil && len(k.Children) > 0 {
				walk(child)
			}
		}
	}
	walk(b.top)
}

// contributions maps every indicator to its share of the unit's score, and
// gives their sum; missing where the aggregation cannot be parted.
func (c *visit) contributions(unit string) (shares map[string]float64, sum float64) {
	shares, sum = map[string]float64{}, math.NaN()
	if c.book.Result == nil {
		return shares, sum
	}
	col, err := c.book.Result.Contributions(unit, c.yearNumber())
	if err != nil {
		return shares, sum
	}
	for i, code := range c.book.Result.Indicators {
		shares[code] = col[i]
		if !math.IsNaN(col[i]) {
			if math.IsNaN(sum) {
				sum = 0
			}
			sum += col[i]
		}
	}
	return shares, sum
}

func (c *visit) trail(n *build.Node, u int, shares map[string]float64) trail {
	b := c.book
	raw := at(b.Stages.Raw, c.year, n.Code, u)
	t := trail{
		Code: n.Code, Label: c.label(n.Code), URL: c.codeURL(n.Code), Anchor: anchor(n.Code),
		Raw: c.Figure(raw), RawExact: language.Exact(raw), Source: c.sourceView(n.Code, u), Withheld: c.withheld(n.Code),
		Score: c.gauge(b.score(c.year, n.Code, u)), Rank: c.Whole(b.rank(c.year, n.Code, u)),
		Of:        c.Count(len(b.byRank(c.year, n.Code))),
		Effective: c.Percent(n.Effective, 2), Contribution: language.Gap,
	}
	if i := b.indicators[n.Code]; i != nil {
		t.Measure, t.Direction, t.About = c.Measure(i.Measure), i.Direction, c.written(i.Description)
	}
	if s, ok := shares[n.Code]; ok {
		t.Contribution = c.Fixed(s, b.scale.digits+2)
	}
	if b.Result == nil {
		return t
	}
	trace, err := b.Result.Trace(b.Units[u].Code, n.Code, c.yearNumber())
	if err != nil {
		return t
	}
	for _, s := range trace.Steps {
		t.Steps = append(t.Steps, step{Stage: c.Word("stage.done", string(s.Stage)), Method: c.saying(s.How, c.Word("method", s.Method)), Value: language.Exact(float64(s.After)), How: c.how(s)})
	}
	for _, l := range trace.Path {
		p := pathStep{
			Label: c.label(l.Code), URL: c.codeURL(l.Code), Method: c.Word("method", l.Method),
			Weight: c.Percent(l.Weight, 1), Contribution: c.Fixed(float64(l.Contribution), b.scale.digits+2), Score: c.scored(float64(l.Score)),
		}
		if l.Seen != nil {
			p.Seen, t.Turned = c.scored(float64(*l.Seen)), true
		}
		t.Path = append(t.Path, p)
	}
	return t
}

// how joins the note of a step and the figures that the method had learnt.
func (c *visit) how(s build.TraceStep) string {
	var parts []string
	for _, said := range s.Said {
		own, _ := c.Say(said, s.Note, c.named)
		parts = append(parts, own)
	}
	if s.Note != "" && (len(s.Said) == 0 || c.Code == "en") {
		parts = []string{s.Note}
	}
	for _, p := range s.Parameters {
		name := c.Parameter(p.Name)
		if c.book.nodes[p.Name] != nil || c.book.indicators[p.Name] != nil {
			name = c.label(p.Name)
		}
		parts = append(parts, name+" "+c.Figure(p.Value))
	}
	return strings.Join(parts, c.T("list.semicolon"))
}
