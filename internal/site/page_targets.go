package site

import (
	"cmp"
	"math"
	"net/url"
	"sync"

	"mizan/internal/site/draw"
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
	Paths    int
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
	Path                        *draw.PathChart
}

// chip is a verdict as a small mark.
type chip struct{ Method, Says, Grade string }

func (c *visit) targetURL(id string) string { return c.to("/target/" + url.PathEscape(id)) }

// groupings are what targets are grouped by; their labels are messages.
var groupings = []string{"unit", "body", "theme"}

func targetsPage(c *visit) (any, error) {
	v := &targetsView{Command: "mizan target" + c.projectFlag(), ByWord: "unit"}
	for _, g := range groupings {
		way := "/targets/by/" + g
		if g == "unit" {
			way = "/targets"
		}
		if c.chosen("by") == g {
			v.ByWord = g
		}
		v.By = append(v.By, link{Label: c.T("targets.by." + g), URL: c.to(way)})
	}
	for i, g := range groupings {
		v.By[i].Here = g == v.ByWord
	}
	r, err := c.book.targets()
	if err != nil {
		v.Problem = firstLine(err)
	}
	if r == nil {
		return v, nil
	}
	v.Count, v.Paths = len(r.Targets), r.Paths
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
	out := targetGroup{Name: c.Text(g.Name, g.Key)}
	switch {
	case g.Key == "":
		out.Name = c.T("targets.none-stated")
	case by == "theme":
		out.Name = c.themeName(g.Key)
	}
	for _, id := range g.Targets {
		_, t := c.book.target(id)
		row := c.targetRow(r, t)
		if by != "unit" {
			row.Holder = c.Text(t.Holder, t.Unit+t.Alliance)
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
		Title: c.targetTitle(t), URL: c.targetURL(t.ID), Reading: c.Text(t.Reading, ""),
		Aim: c.ofTarget(t, float64(t.Goal.Value)), Year: year(t.Goal.Year), Path: c.pathOfTarget(t),
	}
	row.On, row.All = t.Pace()
	row.Chips = c.chips(r, t)
	switch t.State {
	case target.NoBaseline:
		row.State = c.T("targets.no-baseline")
	case target.NoDataAfter:
		row.State = c.T("targets.no-data-after")
	}
	switch g := cmp.Or(t.RequiredNow, t.Required); {
	case t.Reached():
		row.Needs = c.T("targets.met", "year", year(t.Latest.Year))
	case g != nil && !math.IsNaN(float64(g.Compound)):
		row.Needs = c.T("targets.a-year", "n", c.yearlyGrowth(float64(g.Compound)))
	case g != nil:
		row.Needs = c.T("targets.a-year", "n", c.stepOfTarget(t, float64(g.Step)))
	}
	if share, ok := progress(t); ok {
		row.Progress = draw.Coordinate(100 * min(max(share, 0), 1))
		row.ProgressWords = c.T("targets.of-the-way", "share", c.Percent(share, 0))
	}
	if e := t.Ensemble; e != nil {
		row.Likely = true
		row.Probability = gauge{Text: c.probability(float64(e.Probability)), Length: draw.Coordinate(100 * float64(e.Probability))}
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
func (c *visit) chips(r *target.Result, t *target.Track) []chip {
	var list []chip
	for i := range t.Verdicts {
		v := &t.Verdicts[i]
		if v.Grade != target.None && v.Grade != target.Distance {
			list = append(list, chip{Method: c.methodName(&r.Methods[i]), Says: c.verdictWords(v), Grade: string(v.Grade)})
		}
	}
	return list
}
