package site

import (
	"cmp"
	"maps"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"mizan"
	"mizan/internal/site/address"
	"mizan/internal/site/draw"
	"mizan/internal/site/language"
)

// rankingView is the page of the ranking.
type rankingView struct {
	Query        string
	Filters      []filter
	Hidden       []pair // what the search form must carry along
	Clear        string // address without search and filters
	Narrowed     bool   // there are some
	Columns      []column
	Pager        *pager
	Rows         []rankRow
	Trend        *trendHead // of the small curves; nil where no reading has several years
	Action       string     // address of the page, without a query
	Shown        int
	Of           int
	CountPattern string // for the script that narrows the table
	Caption      string
	Draws        int    // that the intervals are of
	Sure         string // address of the page of uncertainty; "" if there are none
	Removed      []removedUnit
}

// filter is one choice of a group.
type filter struct {
	Name, Label string
	Options     []option
}

type option struct {
	Value, Label string
	Selected     bool
}

type pair struct{ Name, Value string }

// column is a heading that sorts.
type column struct {
	Key, Label, URL string
	Note            string // what the column shows, for a reader who lingers
	Order           string // "ascending" or "descending", for aria-sort; "" if not sorted by
	Number          bool
	Group           bool
	LessIsBetter    bool
}

// rankRow is a unit of the ranking.
type rankRow struct {
	Rank, Code, Name, URL string
	Interval              string // of the rank; "" if nothing is uncertain
	Score                 rankCell
	Pillars               []rankCell
	Trend                 *trendCell
	Groups                []option // of the columns shown: the label as the project has it, and as it is read
	Labels                string   // of all groups that filter, as the project has them, a line each
	Find                  string   // code and names in all languages, folded, for the search
	Hidden                bool     // search or filters leave it out
	unit                  int
}

// rankCell is a score with the value that a script sorts by; "" is missing.
type rankCell struct {
	gauge
	Value string
}

// gauge is a figure with its bar: the length on a scale of 0 to 100.
type gauge struct {
	Text   string
	Length string
}

type removedUnit struct{ Name, URL, Reason string }

func (c *visit) gauge(v float64) gauge {
	return gauge{Text: c.scored(v), Length: draw.Coordinate(c.book.scale.percent(v))}
}

func rankingPage(c *visit) (any, error) {
	b := c.book
	v := &rankingView{
		Query:   clip(c.query.Get("q")),
		Of:      len(b.byRank(c.year, b.top)),
		Filters: c.filters(),
		Removed: c.removed(),
		Caption: c.T("ranking.caption", "title", c.Text(b.Project.Title, b.Project.ID), "year", strconv.Itoa(c.yearNumber())),
		Action:  c.link(c.at, url.Values{}, nil),
	}
	v.Clear, v.Narrowed = c.to("/ranking", c.kept()...), v.Query != "" || slices.ContainsFunc(v.Filters, filter.active)
	key, descending := c.sorting()
	v.Columns = c.columns(key, descending)
	v.Trend = c.trendHead()
	v.Rows = c.rows(v)
	c.sortRows(v.Rows, key, descending)
	for _, row := range v.Rows {
		if !row.Hidden {
			v.Shown++
		}
	}
	if len(v.Rows) > rowsPerPage {
		// What is hidden need not be sent: the script that would show it again
		// has no use where the table is in parts.
		v.Rows = slices.DeleteFunc(v.Rows, func(r rankRow) bool { return r.Hidden })
		from, to, pages := c.paged("ranking", len(v.Rows))
		v.Rows, v.Pager = v.Rows[from:to], pages
		v.Action = c.link(address.Place{Lang: c.at.Lang, Variant: c.at.Variant, Year: c.at.Year, Page: "ranking"}, url.Values{}, nil)
	}
	v.CountPattern = c.T("ranking.count", "of", v.Of)
	if r := c.intervals(); r != nil {
		v.Draws, v.Sure = r.Kept, c.to("/uncertainty")
	}
	v.Hidden = c.hidden()
	return v, nil
}

// pillars are the children of the top of the framework.
func (c *visit) pillars() []string {
	if n := c.book.nodes[c.book.top]; n != nil {
		return n.Children
	}
	return nil
}

// filters lists the group variables whose labels are few enough to choose
// from, with the choice made.
func (c *visit) filters() []filter {
	var fs []filter
	for _, g := range c.book.groups {
		labels := map[string]bool{}
		for _, u := range c.book.Units {
			if l := u.Groups[g]; l != "" {
				labels[l] = true
			}
		}
		if len(labels) < 2 || len(labels) > 40 {
			continue
		}
		f := filter{Name: "g." + g, Label: c.GroupName(g)}
		for _, l := range slices.Sorted(maps.Keys(labels)) {
			f.Options = append(f.Options, option{Value: l, Label: c.GroupValue(l), Selected: l == c.query.Get(f.Name)})
		}
		fs = append(fs, f)
	}
	return fs
}

func (f filter) active() bool {
	return slices.ContainsFunc(f.Options, func(o option) bool { return o.Selected })
}

// sorting reads the column to sort by; an unknown one means the rank.
func (c *visit) sorting() (key string, descending bool) {
	key = c.query.Get("sort")
	group, isGroup := strings.CutPrefix(key, "g.")
	known := key == "unit" || key == "trend" || slices.Contains(c.pillars(), key) || isGroup && slices.Contains(c.book.groups, group)
	if !known {
		key = "rank"
	}
	return key, c.query.Get("dir") == "desc"
}

// kept are the pairs that sorting needs in an address.
func (c *visit) kept() []string {
	key, descending := c.sorting()
	var pairs []string
	if key != "rank" {
		pairs = append(pairs, "sort", key)
	}
	if descending {
		pairs = append(pairs, "dir", "desc")
	}
	return pairs
}

// hidden carries the sorting through the search form.
func (c *visit) hidden() []pair {
	var ps []pair
	for _, name := range []string{"sort", "dir"} {
		if v := clip(c.query.Get(name)); v != "" {
			ps = append(ps, pair{name, v})
		}
	}
	return ps
}

// columns makes the headings. Figures are sorted best first, text by the
// alphabet; a second click turns the order round.
func (c *visit) columns(key string, descending bool) []column {
	cols := []column{{Key: "rank", Label: c.T("rank"), Number: true}, {Key: "unit", Label: c.T("unit")}, {Key: "score", Label: c.T("score"), Number: true}}
	for _, p := range c.pillars() {
		cols = append(cols, column{Key: p, Label: c.label(p), Number: true, LessIsBetter: c.book.facing[p] < 0})
	}
	if h := c.trendHead(); h != nil {
		cols = append(cols, column{Key: "trend", Label: h.Label, Note: h.Note, Number: true})
	}
	for _, g := range c.shownGroups() {
		cols = append(cols, column{Key: "g." + g, Label: c.GroupName(g), Group: true})
	}
	for i := range cols {
		col := &cols[i]
		sort, next := col.Key, ""
		if sort == "rank" || sort == "score" {
			sort = ""
		}
		if col.Key == key {
			largestFirst := col.Number && key != "rank" && !col.LessIsBetter
			col.Order = "ascending"
			if descending != largestFirst {
				col.Order = "descending"
			}
			if !descending {
				next = "desc"
			}
		}
		col.URL = c.here("sort", sort, "dir", next)
	}
	return cols
}

// rows makes all rows; those that the search or the filters leave out are
// hidden, so that a script can show them again.
func (c *visit) rows(v *rankingView) []rankRow {
	want := language.Fold(v.Query)
	trends := c.trends()
	var rows []rankRow
	for _, u := range c.book.byRank(c.year, c.book.top) {
		row := c.row(u)
		row.Trend = trends[row.Code]
		row.Hidden = !strings.Contains(row.Find, want) || !c.passes(u, v.Filters)
		rows = append(rows, row)
	}
	return rows
}

// rankCell is a score of the ranking.
func (c *visit) rankCell(v float64) rankCell {
	cell := rankCell{gauge: c.gauge(v)}
	if !math.IsNaN(v) {
		cell.Value = strconv.FormatFloat(v, 'g', 9, 64)
	}
	return cell
}

func (c *visit) row(u int) rankRow {
	b := c.book
	unit := b.Units[u]
	row := rankRow{
		unit: u, Code: unit.Code, Name: c.unitName(u), URL: c.unitURL(unit.Code),
		Rank: c.Whole(b.rank(c.year, b.top, u)), Score: c.rankCell(b.score(c.year, b.top, u)),
		Interval: c.interval(u), Find: searched(unit),
	}
	for _, p := range c.pillars() {
		row.Pillars = append(row.Pillars, c.rankCell(b.score(c.year, p, u)))
	}
	for _, g := range c.shownGroups() {
		row.Groups = append(row.Groups, option{Value: unit.Groups[g], Label: c.GroupValue(unit.Groups[g])})
	}
	var labels []string
	for _, f := range c.filters() {
		labels = append(labels, unit.Groups[strings.TrimPrefix(f.Name, "g.")])
	}
	row.Labels = strings.Join(labels, "\n")
	return row
}

// shownGroups are the groups that have a column: one, for which there is room,
// the region if the project has it. All others are in the filters.
func (c *visit) shownGroups() []string {
	switch {
	case slices.Contains(c.book.groups, "region"):
		return []string{"region"}
	case len(c.book.groups) > 0:
		return c.book.groups[:1]
	}
	return nil
}

// searched is what a search looks through: the code and the names in every
// language, each once.
func searched(unit mizan.Unit) string {
	words := []string{language.Fold(unit.Code)}
	for _, lang := range slices.Sorted(maps.Keys(unit.Name)) {
		if name := language.Fold(unit.Name[lang]); !slices.Contains(words, name) {
			words = append(words, name)
		}
	}
	return strings.Join(words, "|")
}

func (c *visit) passes(u int, filters []filter) bool {
	for _, f := range filters {
		for _, o := range f.Options {
			if o.Selected && c.book.Units[u].Groups[strings.TrimPrefix(f.Name, "g.")] != o.Value {
				return false
			}
		}
	}
	return true
}

// sortRows sorts by a column; missing figures go last, ties keep the order of
// the ranking.
func (c *visit) sortRows(rows []rankRow, key string, descending bool) {
	group, isGroup := strings.CutPrefix(key, "g.")
	facing := float64(c.book.facing[key])
	value := func(r rankRow) float64 { return facing * c.book.score(c.year, key, r.unit) }
	if key == "trend" {
		value = func(r rankRow) float64 { return r.Trend.change() }
	}
	compare := func(a, b rankRow) int {
		switch {
		case key == "rank":
			return cmp.Compare(c.book.rank(c.year, c.book.top, a.unit), c.book.rank(c.year, c.book.top, b.unit))
		case key == "unit":
			return cmp.Compare(language.Fold(a.Name), language.Fold(b.Name))
		case isGroup:
			label := func(r rankRow) string { return language.Fold(c.GroupValue(c.book.Units[r.unit].Groups[group])) }
			return cmp.Compare(label(a), label(b))
		}
		return cmp.Compare(value(b), value(a))
	}
	figures := key != "rank" && key != "unit" && !isGroup
	slices.SortStableFunc(rows, func(a, b rankRow) int {
		if figures {
			na, nb := math.IsNaN(value(a)), math.IsNaN(value(b))
			if na || nb {
				return cmp.Compare(bit(na), bit(nb))
			}
		}
		if descending {
			return -compare(a, b)
		}
		return compare(a, b)
	})
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// removed lists the units that were screened out in the year shown.
func (c *visit) removed() []removedUnit {
	var rs []removedUnit
	for _, r := range c.book.Removed {
		if u, ok := c.book.units[r.Unit]; ok && r.Year == c.yearNumber() {
			rs = append(rs, removedUnit{c.unitName(u), c.unitURL(r.Unit), c.saying(r.Said, r.Reason)})
		}
	}
	return rs
}
