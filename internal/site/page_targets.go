package site

import (
	"cmp"
	"fmt"
	"math"
	"net/url"
	"sync"

	"mizan/target"
)

// promises are the targets of a book, followed once when first asked for.
type promises struct {
	once   sync.Once
	result *target.Result // nil without targets
	err    error
}

func (b *book) targets() (*target.Result, error) {
	p := &b.promised
	p.once.Do(func() {
		if b.hasTargets() {
			p.result, p.err = b.Targets(target.Options{})
		}
	})
	return p.result, p.err
}

func (b *book) hasTargets() bool { return b.Spec != nil && len(b.Spec.Targets) > 0 && b.Result != nil }

func (b *book) target(id string) (*target.Result, *target.Track) {
	r, err := b.targets()
	if err != nil || r == nil {
		return nil, nil
	}
	for i := range r.Targets {
		if r.Targets[i].ID == id {
			return r, &r.Targets[i]
		}
	}
	return r, nil
}

// targetsView lists what was promised.
type targetsView struct {
	By       []link
	ByWord   string
	Groups   []targetGroup
	Count    int
	Followed int
	OnTrack  int
	Behind   int
	Open     int
	Paths    string
	Command  string
	Problem  string
}

type targetGroup struct {
	Name, URL string
	Rows      []targetRow
}

// targetRow is one promise: where it stands between baseline and target, on an
// axis of 0 to 100.
type targetRow struct {
	Title, URL, Reading, Holder string
	Aim, Year                   string
	State                       string // what stands in place of verdicts
	Progress                    string // length of the bar; "" without figures since
	ProgressWords               string
	Needs                       string
	On, All                     int
	Chips                       []chip
	Probability                 gauge
	Likely                      bool
}

// chip is a verdict as a small mark.
type chip struct{ Method, Says, Grade string }

func (c *visit) targetURL(id string) string { return c.to("/target/" + url.PathEscape(id)) }

var groupings = []struct{ by, label string }{{"unit", "Who promises"}, {"body", "Who answers for it"}, {"theme", "Theme"}}

func targetsPage(c *visit) (any, error) {
	v := &targetsView{Command: "mizan target" + c.projectFlag(), ByWord: "unit"}
	for _, g := range groupings {
		way := "/targets/by/" + g.by
		if g.by == "unit" {
			way = "/targets"
		}
		if c.chosen("by") == g.by {
			v.ByWord = g.by
		}
		v.By = append(v.By, link{Label: g.label, URL: c.to(way)})
	}
	for i, g := range groupings {
		v.By[i].Here = g.by == v.ByWord
	}
	r, err := c.book.targets()
	if err != nil {
		v.Problem = firstLine(err)
	}
	if r == nil {
		return v, nil
	}
	v.Count, v.Paths = len(r.Targets), whole(float64(r.Paths))
	for _, g := range r.Groups {
		if g.By != v.ByWord {
			continue
		}
		for _, group := range g.Groups {
			v.Followed += group.Followed
			v.OnTrack += group.OnTrack
			v.Behind += group.Behind
			v.Open += group.Open
			v.Groups = append(v.Groups, c.targetGroup(r, v.ByWord, group))
		}
	}
	return v, nil
}

// projectFlag names the project to a command whose arguments are other things.
func (c *visit) projectFlag() string {
	args := c.arguments()
	if c.site.config.Project != "" {
		args = " -p" + args
	}
	return args
}

func (c *visit) targetGroup(r *target.Result, by string, g target.Group) targetGroup {
	out := targetGroup{Name: c.text(g.Name, human(g.Key))}
	if out.Name == "" {
		out.Name = "None stated"
	}
	for _, id := range g.Targets {
		_, t := c.book.target(id)
		row := c.targetRow(r, t)
		if by != "unit" {
			row.Holder = c.text(t.Holder, t.Unit+t.Alliance)
		}
		out.Rows = append(out.Rows, row)
		if u := t.Unit; by == "unit" && u != "" {
			if _, known := c.book.units[u]; known {
				out.URL = c.unitURL(u)
			}
		}
	}
	return out
}

func (c *visit) targetRow(r *target.Result, t *target.Track) targetRow {
	row := targetRow{
		Title: c.targetTitle(t), URL: c.targetURL(t.ID), Reading: c.text(t.Reading, ""),
		Aim: targetAmount(t, float64(t.Goal.Value)), Year: fmt.Sprint(t.Goal.Year),
	}
	row.On, row.All = t.Pace()
	row.Chips = chips(r, t)
	switch t.State {
	case target.NoBaseline:
		row.State = "no value to start from"
	case target.NoDataAfter:
		row.State = "no figures since the baseline"
	}
	switch g := cmp.Or(t.RequiredNow, t.Required); {
	case t.Reached():
		row.Needs = fmt.Sprintf("met in %d", t.Latest.Year)
	case g != nil && !math.IsNaN(float64(g.Compound)):
		row.Needs = signedPercent(float64(g.Compound)) + " a year"
	case g != nil:
		row.Needs = targetStep(t, float64(g.Step)) + " a year"
	}
	if share, ok := progress(t); ok {
		row.Progress = fixed(100*min(max(share, 0), 1), 1)
		row.ProgressWords = percent(share, 0) + " of the way"
	}
	if e := t.Ensemble; e != nil {
		row.Likely = true
		row.Probability = gauge{Text: probability(float64(e.Probability)), Length: fixed(100*float64(e.Probability), 1)}
	}
	return row
}

// progress is the share of the way from baseline to target that lies behind the
// latest figure; of a total, the share that has come together.
func progress(t *target.Track) (float64, bool) {
	if t.Latest == nil {
		return 0, false
	}
	if t.Sum != nil {
		return float64(t.Sum.SoFar / t.Sum.Total), true
	}
	way := float64(t.Goal.Value - t.Baseline.Value)
	return float64(t.Latest.Value-t.Baseline.Value) / way, way != 0
}

// chips are the verdicts on the pace.
func chips(r *target.Result, t *target.Track) []chip {
	var list []chip
	for i, v := range t.Verdicts {
		if v.Grade != target.None && v.Grade != target.Distance {
			list = append(list, chip{Method: r.Methods[i].Title, Says: v.Says, Grade: string(v.Grade)})
		}
	}
	return list
}

func (c *visit) targetTitle(t *target.Track) string {
	return c.text(t.Title, c.text(t.What, t.ID))
}

// targetAmount is a value with its currency, or with the sign of per cent.
func targetAmount(t *target.Track, v float64) string {
	s := targetFigure(v)
	switch {
	case s == gap:
	case t.Currency != "":
		s += " " + t.Currency
	case percentages(t):
		s += " %"
	}
	return s
}

// targetFigure writes four digits, and what is large in words.
func targetFigure(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return gap
	}
	if a := math.Abs(v); a >= 1e6 || a < 1e4 {
		return groupedWords(target.Words(v))
	}
	return fixed(v, 0)
}

func groupedWords(s string) string {
	if len(s) > 0 && s[0] == '-' {
		return "−" + s[1:]
	}
	return s
}

func percentages(t *target.Track) bool { return len(t.Measure) > 0 && t.Measure[0] == '%' }

// targetStep is a yearly step; percentages move in points.
func targetStep(t *target.Track, v float64) string {
	s := targetFigure(v)
	if v > 0 {
		s = "+" + s
	}
	switch {
	case s == gap:
	case t.Currency != "":
		s += " " + t.Currency
	case percentages(t):
		s += " points"
	}
	return s
}

func signedPercent(v float64) string {
	s := percent(v, 1)
	if v > 0 {
		s = "+" + s
	}
	return s
}

// probability writes a share of paths; only what none or all did is 0 or 100 %.
func probability(p float64) string {
	switch {
	case p > 0 && p < 0.001:
		return "< 0.1 %"
	case p < 1 && p > 0.999:
		return "> 99.9 %"
	}
	return percent(p, 1)
}

// originOf finds an origin by code, or takes the source for an address.
func (c *visit) originOf(source string) sourceWords {
	for _, o := range c.book.Origins {
		if o.Code == source && source != "" {
			return sourceWords{Publisher: o.Publisher, Title: o.Title, URL: webAddress(o.URL), Licence: o.Licence}
		}
	}
	if u, err := url.Parse(source); err == nil && webAddress(source) != "" {
		return sourceWords{Publisher: u.Hostname(), URL: source}
	}
	return sourceWords{Publisher: source}
}

// sourceWords is a source as the part "source" shows it.
type sourceWords struct{ Publisher, Title, Licence, URL string }

// promisesOf lists the targets of a unit.
func (c *visit) promisesOf(code string) []link {
	if !c.book.hasTargets() {
		return nil
	}
	var list []link
	for _, t := range c.book.Spec.Targets {
		if t.Unit == code && !t.Outside {
			list = append(list, link{Label: c.text(t.Title, c.text(t.What, t.ID)), Note: c.text(t.Reading, ""), URL: c.targetURL(t.ID)})
		}
	}
	return list
}
