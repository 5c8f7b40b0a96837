package site

import (
	"cmp"
	"html/template"
	"math"
	"slices"
	"strconv"
	"sync"

	"mizan"
	"mizan/internal/site/draw"
	"mizan/internal/site/language"
	"mizan/uncertainty"
)

// sureness is how sure the ranks of a book are: drawn once, when first asked
// for.
type sureness struct {
	draw   func(most int) *uncertainty.Result // Report.IntervalsOf
	once   sync.Once
	result *uncertainty.Result
}

// mostCounted is about how many ranks are counted for the first reader of a page,
// which takes a second or two on a small machine, and fewestDraws the draws that
// are made in any case.
const (
	mostCounted = 30_000_000
	fewestDraws = 500
)

// firstDraws is how many draws are made for the first reader at most.
func firstDraws(units int) int { return max(fewestDraws, mostCounted/max(1, units)) }

// intervals draws the ranks; nil if the project does not say what is uncertain.
func (b *book) intervals() *uncertainty.Result {
	b.sure.once.Do(func() { b.sure.result = b.sure.draw(firstDraws(len(b.Units))) })
	return b.sure.result
}

// intervals are the ranks with their intervals in the year shown; nil if the
// project does not say what is uncertain, or says it of another year.
func (c *visit) intervals() *uncertainty.Result {
	r := c.book.intervals()
	if r == nil || r.Year != c.yearNumber() || len(r.Units) != len(c.book.Units) {
		return nil
	}
	return r
}

// interval is that of one unit's rank: "24–31".
func (c *visit) interval(u int) string {
	r := c.intervals()
	if r == nil || r.Units[u].Ranked == 0 || math.IsNaN(float64(r.Units[u].Low)) {
		return ""
	}
	return c.Whole(float64(r.Units[u].Low)) + "–" + c.Whole(float64(r.Units[u].High))
}

// uncertaintyView is the page of how sure every rank is.
type uncertaintyView struct {
	Known           bool
	Command         string
	Requested, Kept int
	Short           int // draws made, where they are fewer than asked for; else 0
	Failed          int
	Failures        []failureRow
	Choices         []choiceRow
	Neighbours      bool // the chances against the next are known
	Seed            string
	Shift           language.Decimal
	Low, High       string
	Factors         []factorLine
	Tops            []string
	Rows            []sureRow
	Size, Width     string // of the heat map: units, and ranks with room for codes
	Heat            bool   // the units are few enough for a picture
	Pager           *pager
	Frame           figureFrame
}

// sureRow is one unit: its rank, what the draws make of it, and its line of
// the heat map.
type sureRow struct {
	Name, URL, Code        string
	Rank, Median, Interval string
	Best, Worst            string
	Ahead                  string // share of draws in which it is before the next
	Tops                   []string
	Y, TextX, TextY, RankX string
	Cells                  []heatCell
}

// choiceRow is what became of the draws with one choice.
type choiceRow struct{ Factor, Choice, Draws, Failed, Shift string }

// failureRow is a reason for which draws could not be built.
type failureRow struct {
	Cause string
	Draws int
}

// heatCell is the share of draws in which a unit has a rank.
type heatCell struct{ X, Opacity, Title string }

// labelRoom is the width, in cells, of a code beside the last cell.
const labelRoom = 4

// mostDrawnUnits is how many units a heat map has room for.
const mostDrawnUnits = 300

// leastShown is the share of draws below which a cell of the heat map stays
// empty.
const leastShown = 0.005

func uncertaintyPage(c *visit) (any, error) {
	v := &uncertaintyView{Command: "mizan uncertainty" + c.arguments()}
	r := c.intervals()
	if r == nil {
		return v, nil
	}
	v.Known = true
	v.Requested, v.Kept, v.Failed, v.Seed = r.Requested, r.Kept, r.Failed, strconv.Itoa(r.Seed)
	if r.Made < r.Requested {
		v.Short = r.Made
	}
	for _, f := range r.Failures {
		v.Failures = append(v.Failures, failureRow{f.Cause, f.Draws})
	}
	names := map[string]string{}
	v.Shift, v.Low, v.High = language.NewDecimal(float64(r.Shift.Mean), 2), c.Fixed(float64(r.Shift.Low), 2), c.Fixed(float64(r.Shift.High), 2)
	for _, f := range r.Factors {
		name := c.Text(f.Title, f.ID)
		about := f.About
		if about == f.Title.In("en") {
			about = "" // the title says it
		}
		line := factorLine{name, c.toldOf(f.Said, about)}
		if choices := c.choicesOf(r.Choices, f.ID); len(choices) > 0 && f.Said.IsZero() {
			// in place of where in the project they are set
			line.About = template.HTML(template.HTMLEscapeString(c.List(choices))) //nolint:gosec // it is escaped
		}
		v.Factors, names[f.ID] = append(v.Factors, line), name
	}
	v.Choices = c.choiceRows(r.Choices, names)
	for _, k := range r.Top {
		v.Tops = append(v.Tops, strconv.Itoa(k))
	}
	order := c.book.byRank(c.year, c.book.top)
	v.Size, v.Width = strconv.Itoa(len(order)), strconv.Itoa(len(order)+labelRoom)
	v.Neighbours = r.Ahead != nil
	from, to, pages := c.paged("uncertainty", len(order))
	v.Pager, v.Heat = pages, len(order) <= mostDrawnUnits
	for i := from; i < to; i++ {
		u := order[i]
		row := c.sureRow(&r.Units[u], u, i, len(order)+labelRoom)
		if !v.Heat {
			row.Cells = nil
		}
		if v.Neighbours && i+1 < len(order) {
			row.Ahead = c.percentText(float64(r.Ahead[u][order[i+1]]))
		}
		v.Rows = append(v.Rows, row)
	}
	if v.Heat {
		v.Frame = c.sureFrame(r, order)
	}
	return v, nil
}

// mostNamed is how many choices of a factor are named in a line.
const mostNamed = 6

// choicesOf lists the choices of a factor, if they are few.
func (c *visit) choicesOf(list []uncertainty.Tally, factor string) []string {
	var names []string
	for _, t := range list {
		if t.Factor == factor {
			names = append(names, c.choiceName(factor, t.Choice))
		}
	}
	if len(names) > mostNamed {
		return nil
	}
	return names
}

// sureFrame stands around the heat map; its title names the unit whose rank is
// the least sure.
func (c *visit) sureFrame(r *uncertainty.Result, order []int) figureFrame {
	f := figureFrame{
		ID: "heat", File: "ranks-" + strconv.Itoa(c.yearNumber()), Sources: c.sourcesOf(c.book.top), Title: c.T("uncertainty.heat"),
		Table: &figureTable{Columns: []string{c.T("rank"), c.T("unit"), c.T("figure.code"), c.T("median.head"), c.T("uncertainty.low"), c.T("uncertainty.high"), c.T("uncertainty.best"), c.T("uncertainty.worst")}},
	}
	widest := 0.0
	for _, u := range order {
		t := &r.Units[u]
		cell := func(v mizan.Number) figureCell { return numberCell(float64(v), c.Whole) }
		f.Table.Rows = append(f.Table.Rows, []figureCell{
			cell(t.Rank), {Text: c.unitName(u)}, {Text: c.book.Units[u].Code}, cell(t.Median), cell(t.Low), cell(t.High), cell(t.Best), cell(t.Worst),
		})
		if width := float64(t.High) - float64(t.Low); width > widest {
			widest = width
			f.Title = c.T("uncertainty.widest", "unit", c.unitName(u), "low", c.Whole(float64(t.Low)), "high", c.Whole(float64(t.High)))
		}
	}
	return f
}

// choicesListed is how many choices of a factor are told one by one.
const choicesListed = 6

// choiceRows tells of every choice of a factor, or where they are many of those
// that move most and of the others together.
func (c *visit) choiceRows(list []uncertainty.Tally, names map[string]string) []choiceRow {
	var rows []choiceRow
	add := func(t uncertainty.Tally, choice string) {
		rows = append(rows, choiceRow{names[t.Factor], choice, c.Count(t.Draws), c.Count(t.Failed), c.Fixed(float64(t.Shift), 2)})
	}
	for len(list) > 0 {
		n := 1
		for n < len(list) && list[n].Factor == list[0].Factor {
			n++
		}
		of := slices.Clone(list[:n])
		list = list[n:]
		shown := n
		if n > choicesListed+2 {
			shown = choicesListed
			slices.SortStableFunc(of, func(a, b uncertainty.Tally) int { return cmp.Compare(b.Shift, a.Shift) })
		}
		for _, t := range of[:shown] {
			add(t, c.choiceName(t.Factor, t.Choice))
		}
		if shown < n {
			add(together(of[shown:]), c.T("uncertainty.others", "n", n-shown))
		}
	}
	return rows
}

// choiceName is what a choice of a factor is called: its title in the project,
// the name of an indicator or a method, or how the engine writes it.
func (c *visit) choiceName(factor, choice string) string {
	if s := c.book.Spec; s != nil && s.Uncertainty != nil {
		for i := range s.Uncertainty.Vary {
			v := &s.Uncertainty.Vary[i]
			for k := range v.From {
				if v.ID == factor && len(v.From[k].Title) > 0 && v.From[k].Label() == choice {
					return c.Text(v.From[k].Title, choice)
				}
			}
		}
	}
	if c.book.nodes[choice] != nil || c.book.indicators[choice] != nil {
		return c.label(choice)
	}
	if name := c.Word("uncertainty.choice", choice); name != choice {
		return name
	}
	return c.Word("method", choice)
}

// together are several choices as one.
func together(of []uncertainty.Tally) uncertainty.Tally {
	all := uncertainty.Tally{Factor: of[0].Factor}
	moved, kept := 0.0, 0
	for _, t := range of {
		all.Draws += t.Draws
		all.Failed += t.Failed
		if n := t.Draws - t.Failed; n > 0 {
			moved += float64(n) * float64(t.Shift)
			kept += n
		}
	}
	all.Shift = mizan.Number(moved / float64(kept))
	return all
}

func (c *visit) sureRow(t *uncertainty.Unit, u, line, width int) sureRow {
	code := c.book.Units[u].Code
	// Where the script runs to the left, so do the ranks.
	from := func(x, wide float64) string {
		if c.Dir == "rtl" {
			x = float64(width) - x - wide
		}
		return draw.Coordinate(x)
	}
	row := sureRow{
		Name: c.unitName(u), URL: c.unitURL(code), Code: code, Rank: c.Whole(float64(t.Rank)), Median: c.Whole(float64(t.Median)),
		Interval: c.interval(u), Best: c.Whole(float64(t.Best)), Worst: c.Whole(float64(t.Worst)),
		Y: strconv.Itoa(line), TextY: draw.Coordinate(float64(line) + 0.8), RankX: from(float64(t.Rank)-1, 1),
	}
	for _, share := range t.Top {
		row.Tops = append(row.Tops, c.percentText(float64(share)))
	}
	last := int(t.Rank)
	for i, share := range t.Acceptability {
		if share >= leastShown {
			rank := t.First + i
			last = max(last, rank)
			row.Cells = append(row.Cells, heatCell{
				X: from(float64(rank-1), 1), Opacity: strconv.FormatFloat(0.08+0.92*share, 'f', 2, 64),
				Title: c.T("uncertainty.cell", "unit", row.Name, "rank", rank, "share", c.percentText(share)),
			})
		}
	}
	row.TextX = from(float64(last)+0.4, 0)
	return row
}

// percentText is a share as a percentage; one that is not zero is not shown as
// such.
func (c *visit) percentText(share float64) string {
	if share > 0 && share < leastShown {
		return "< " + c.Percent(leastShown, 1)
	}
	return c.Percent(share, 0)
}

// factorLine is something that varies, and what it does.
type factorLine struct {
	Name  string
	About template.HTML
}
