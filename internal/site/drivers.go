package site

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync"

	"mizan/internal/site/draw"
	"mizan/internal/site/language"
	"mizan/uncertainty"
)

// drivers are what drives the ranks of a book: found once, when first asked
// for, since it takes a good part of a second.
type drivers struct {
	once   sync.Once
	shares *uncertainty.SensitivityResult // Sobol indices of the factors
	moves  *uncertainty.SensitivityResult // elementary effects of every input
	err    error
}

// find makes both results; none for a project that says nothing of what varies,
// or a report without its build.
func (b *book) findDrivers() *drivers {
	d := &b.driven
	d.once.Do(func() {
		if b.Spec == nil || b.Spec.Uncertainty == nil || b.Result == nil {
			return
		}
		d.shares, d.err = b.Sensitivity(uncertainty.SensitivityOptions{Quick: true})
		if d.err == nil {
			d.moves, d.err = b.Sensitivity(uncertainty.SensitivityOptions{Method: uncertainty.Morris, By: uncertainty.ByInput, Quick: true})
		}
	})
	return d
}

// driversView tells what drives the rank of one unit, or of all if it has no
// name.
type driversView struct {
	Name, Command string
	Draws         int
	Mean, SD      language.Decimal
	Still         bool // nothing moves it
	Alone         string
	Shares        []driverShare
	Moves         []driverMove
	Most          int    // places at the ends of the axis of Moves
	Failed        int    // draws
	Problem       string // why there is nothing to show
}

// driverShare is a bar of Sobol indices on an axis of 0 to 100.
type driverShare struct {
	Label, About           string
	First, Total, Interval string
	FirstTo, TotalTo       string
	Low, High              string
}

// driverMove is a bar of an elementary effect on an axis of 0 to 200 with its
// zero at 100: to the left up the ranking.
type driverMove struct {
	Label       string
	Places      string
	Way         string // up, down or either
	From, Width string
	Low, High   string // of the interval, on the bar's side
}

// shownMoves is how many inputs the tornado has at most.
const shownMoves = 10

// drivers is what drives the rank of a unit in the year of the page; nil if
// that is not known.
func (c *visit) drivers(code string) *driversView {
	v, d := c.newDrivers()
	if v == nil || v.Problem != "" {
		return v
	}
	at := slices.IndexFunc(d.shares.Units, func(t uncertainty.SensitivityTarget) bool { return t.Unit == code })
	if at < 0 {
		return nil
	}
	t := &d.shares.Units[at]
	v.Name = c.unitName(c.book.units[code])
	v.Command += " --unit " + shellWord(code) + " --by input"
	v.Mean, v.SD, v.Still = language.NewDecimal(float64(t.Mean), 1), language.NewDecimal(float64(t.SD), 1), !(t.SD > 0)
	if !v.Still {
		c.addShares(v, d.shares, t)
		c.addMoves(v, d.moves, &d.moves.Units[at])
	}
	return v
}

// allDrivers is what drives the ranks of all units together.
func (c *visit) allDrivers() *driversView {
	v, d := c.newDrivers()
	if v == nil || v.Problem != "" {
		return v
	}
	t := &d.shares.Overall
	v.Mean, v.SD, v.Still = language.NewDecimal(float64(t.Mean), 2), language.NewDecimal(float64(t.SD), 2), !(t.SD > 0)
	if !v.Still {
		c.addShares(v, d.shares, t)
	}
	return v
}

// newDrivers begins a view; nil if nothing is known of the year of the page.
func (c *visit) newDrivers() (*driversView, *drivers) {
	d := c.book.findDrivers()
	v := &driversView{Command: "mizan sensitivity" + c.arguments()}
	switch {
	case d.err != nil:
		v.Problem = firstLine(d.err)
	case d.shares == nil || d.shares.Year != c.yearNumber():
		return nil, nil
	default:
		v.Draws = d.shares.Account.Kept
		v.Failed = d.shares.Account.Failed
	}
	return v, d
}

func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}

func (c *visit) addShares(v *driversView, r *uncertainty.SensitivityResult, t *uncertainty.SensitivityTarget) {
	alone := 0.0
	for f, e := range t.Effects {
		x := e.Sobol
		alone += max(0, float64(x.First))
		v.Shares = append(v.Shares, driverShare{
			Label: c.factorLabel(&r.Factors[f]), About: c.factorAbout(&r.Factors[f]),
			First: c.percentage(float64(x.First)), Total: c.percentage(float64(x.Total)),
			Interval: c.T("range", "low", c.percentage(float64(x.TotalLow)), "high", c.percentage(float64(x.TotalHigh))),
			FirstTo:  axis(float64(x.First)), TotalTo: axis(float64(x.Total)),
			Low: axis(float64(x.TotalLow)), High: axis(float64(x.TotalHigh)),
		})
	}
	order := make([]int, len(v.Shares))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(t.Effects[b].Sobol.Total, t.Effects[a].Sobol.Total) })
	sorted := make([]driverShare, len(order))
	for i, at := range order {
		sorted[i] = v.Shares[at]
	}
	v.Shares, v.Alone = sorted, c.percentage(min(1, alone))
}

func (c *visit) addMoves(v *driversView, r *uncertainty.SensitivityResult, t *uncertainty.SensitivityTarget) {
	order := make([]int, len(t.Effects))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(t.Effects[b].Morris.Strength, t.Effects[a].Morris.Strength) })
	order = order[:min(len(order), shownMoves)]
	if len(order) == 0 {
		return
	}
	most := math.Ceil(max(1, float64(t.Effects[order[0]].Morris.High)))
	v.Most = int(most)
	for _, f := range order {
		x := t.Effects[f].Morris
		if x.Strength < 0.05 {
			break
		}
		m := driverMove{Label: c.factorLabel(&r.Factors[f])}
		size := float64(x.Strength)
		length := func(places float64) float64 { return 100 * min(1, places/most) }
		switch mu := float64(x.Mean); {
		case math.Abs(mu) < size/2 || mu != mu:
			// It has no direction, or moves up as often as down.
			m.Way, m.Places = "either", "±"+c.Fixed(size, 1)
			m.From, m.Width = draw.Coordinate(100-length(size)), draw.Coordinate(2*length(size))
			m.Low, m.High = draw.Coordinate(100+length(float64(x.Low))), draw.Coordinate(100+length(float64(x.High)))
		case mu < 0:
			m.Way, m.Places = "up", c.Fixed(size, 1)
			m.From, m.Width = draw.Coordinate(100-length(size)), draw.Coordinate(length(size))
			m.Low, m.High = draw.Coordinate(100-length(float64(x.High))), draw.Coordinate(100-length(float64(x.Low)))
		default:
			m.Way, m.Places = "down", c.Fixed(size, 1)
			m.From, m.Width = "100", draw.Coordinate(length(size))
			m.Low, m.High = draw.Coordinate(100+length(float64(x.Low))), draw.Coordinate(100+length(float64(x.High)))
		}
		v.Moves = append(v.Moves, m)
	}
}

// factorLabel is what a factor is called: its title, the node whose weight it
// is, or its id in words.
func (c *visit) factorLabel(f *uncertainty.SensitivityFactor) string {
	switch {
	case f.Code != "":
		return c.T("drivers.weight", "of", c.label(f.Code))
	case len(f.Title) > 0:
		return c.Text(f.Title, f.ID)
	}
	return language.Human(strings.ReplaceAll(f.ID, "-", "_"))
}

// factorAbout is what a factor does, if its label does not say it.
func (c *visit) factorAbout(f *uncertainty.SensitivityFactor) string {
	if f.About == f.Title.In("en") {
		return ""
	}
	return c.saying(f.Said, f.About)
}

// percentage writes a share of the variance; estimates may leave 0 to 1.
func (c *visit) percentage(share float64) string {
	if math.IsNaN(share) {
		return language.Gap
	}
	return c.Percent(min(1, max(0, share)), 0)
}

// axis places a share on an axis of 0 to 100.
func axis(share float64) string {
	if math.IsNaN(share) {
		return "0"
	}
	return draw.Coordinate(100 * min(1, max(0, share)))
}
