package site

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"sync"

	"mizan"
	"mizan/uncertainty"
)

// sureness is how sure the ranks of a book are: drawn once, when first asked
// for.
type sureness struct {
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

// intervals are the ranks with their intervals in the year shown; nil if the
// project does not say what is uncertain, or says it of another year.
func (c *visit) intervals() *uncertainty.Result {
	s := &c.book.sure
	s.once.Do(func() { s.result = c.book.IntervalsOf(firstDraws(len(c.book.Units))) })
	if s.result == nil || s.result.Year != c.yearNumber() || len(s.result.Units) != len(c.book.Units) {
		return nil
	}
	return s.result
}

// interval is that of one unit's rank: "24–31".
func (c *visit) interval(u int) string {
	r := c.intervals()
	if r == nil || r.Units[u].Ranked == 0 || math.IsNaN(float64(r.Units[u].Low)) {
		return ""
	}
	return whole(float64(r.Units[u].Low)) + "–" + whole(float64(r.Units[u].High))
}

// uncertaintyView is the page of how sure every rank is.
type uncertaintyView struct {
	Known            bool
	Command          string
	Requested, Kept  string
	Short            string // draws made, where they are fewer than asked for
	Failed           string
	Failures         []failureRow
	Choices          []choiceRow
	Neighbours       bool // the chances against the next are known
	Seed             string
	Shift, Low, High string
	Factors          []pair
	Tops             []string
	Rows             []sureRow
	Size, Width      string // of the heat map: units, and ranks with room for codes
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
type failureRow struct{ Cause, Draws string }

// heatCell is the share of draws in which a unit has a rank.
type heatCell struct{ X, Opacity, Title string }

// labelRoom is the width, in cells, of a code beside the last cell.
const labelRoom = 4

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
	v.Requested, v.Kept, v.Seed = whole(float64(r.Requested)), whole(float64(r.Kept)), strconv.Itoa(r.Seed)
	if r.Failed > 0 {
		v.Failed = whole(float64(r.Failed))
	}
	if r.Made < r.Requested {
		v.Short = whole(float64(r.Made))
	}
	for _, f := range r.Failures {
		v.Failures = append(v.Failures, failureRow{f.Cause, whole(float64(f.Draws))})
	}
	names := map[string]string{}
	v.Shift, v.Low, v.High = fixed(float64(r.Shift.Mean), 2), fixed(float64(r.Shift.Low), 2), fixed(float64(r.Shift.High), 2)
	for _, f := range r.Factors {
		name := c.text(f.Title, f.ID)
		v.Factors, names[f.ID] = append(v.Factors, pair{name, f.About}), name
	}
	v.Choices = c.choiceRows(r.Choices, names)
	for _, k := range r.Top {
		v.Tops = append(v.Tops, strconv.Itoa(k))
	}
	order := c.book.byRank(c.year, c.book.top)
	v.Size, v.Width = strconv.Itoa(len(order)), strconv.Itoa(len(order)+labelRoom)
	v.Neighbours = r.Ahead != nil
	for i, u := range order {
		row := c.sureRow(&r.Units[u], u, i)
		if v.Neighbours && i+1 < len(order) {
			row.Ahead = percentText(float64(r.Ahead[u][order[i+1]]))
		}
		v.Rows = append(v.Rows, row)
	}
	return v, nil
}

// choicesListed is how many choices of a factor are told one by one.
const choicesListed = 6

// choiceRows tells of every choice of a factor, or where they are many of those
// that move most and of the others together.
func (c *visit) choiceRows(list []uncertainty.Tally, names map[string]string) []choiceRow {
	var rows []choiceRow
	add := func(t uncertainty.Tally, choice string) {
		rows = append(rows, choiceRow{names[t.Factor], choice, whole(float64(t.Draws)), whole(float64(t.Failed)), fixed(float64(t.Shift), 2)})
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
			choice := t.Choice
			if c.book.indicators[choice] != nil {
				choice = c.label(choice)
			}
			add(t, choice)
		}
		if shown < n {
			add(together(of[shown:]), strconv.Itoa(n-shown)+" others")
		}
	}
	return rows
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

func (c *visit) sureRow(t *uncertainty.Unit, u, line int) sureRow {
	code := c.book.Units[u].Code
	row := sureRow{
		Name: c.unitName(u), URL: c.unitURL(code), Code: code, Rank: whole(float64(t.Rank)), Median: whole(float64(t.Median)),
		Interval: c.interval(u), Best: whole(float64(t.Best)), Worst: whole(float64(t.Worst)),
		Y: strconv.Itoa(line), TextY: fixed(float64(line)+0.8, 1), RankX: fixed(float64(t.Rank)-1, 0),
	}
	for _, share := range t.Top {
		row.Tops = append(row.Tops, percentText(float64(share)))
	}
	last := int(t.Rank)
	for i, share := range t.Acceptability {
		if share >= leastShown {
			rank := t.First + i
			last = max(last, rank)
			row.Cells = append(row.Cells, heatCell{
				X: strconv.Itoa(rank - 1), Opacity: fixed(0.08+0.92*share, 2),
				Title: row.Name + ": rank " + strconv.Itoa(rank) + " in " + percentText(share) + " of draws",
			})
		}
	}
	row.TextX = fixed(float64(last)+0.4, 1)
	return row
}

// percentText is a share as a percentage; one that is not zero is not shown as
// such.
func percentText(share float64) string {
	if share > 0 && share < leastShown {
		return "< 0.5 %"
	}
	return percent(share, 0)
}
