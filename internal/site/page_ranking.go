package site

import (
	"cmp"
	"maps"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// rankingView is the page of the ranking.
type rankingView struct {
	Query        string
	Filters      []filter
	Hidden       []pair // what the search form must carry along
	Clear        string // address without search and filters; "" if there are none
	Columns      []column
	Rows         []rankRow
	Action       string // address of the page, without a query
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
	Order           string // "ascending" or "descending", for aria-sort; "" if not sorted by
	Number          bool
	Group           bool
	LessIsBetter    bool
}

// rankRow is a unit of the ranking.
type rankRow struct {
	Rank, Code, Name, URL string
	Interval              string // of the rank; "" if nothing is uncertain
	Score                 gauge
	Pillars               []gauge
	Groups                []string
	unit                  int
}

// gauge is a figure with its bar: the length on a scale of 0 to 100.
type gauge struct {
	Text   string
	Length string
}

type removedUnit struct{ Name, URL, Reason string }

func (c *visit) gauge(v float64) gauge {
	return gauge{Text: c.scored(v), Length: coordinate(c.book.scale.percent(v))}
}

func rankingPage(c *visit) (any, error) {
	b := c.book
	v := &rankingView{
		Query:   clip(c.query.Get("q")),
		Of:      len(b.byRank(c.year, b.top)),
		Filters: c.filters(),
		Removed: c.removed(),
		Caption: c.t("ranking.caption", "title", c.text(b.Project.Title, b.Project.ID), "year", strconv.Itoa(c.yearNumber())),
		Action:  c.link(c.at, url.Values{}, nil),
	}
	if v.Query != "" || slices.ContainsFunc(v.Filters, filter.active) {
		v.Clear = c.to("/ranking", c.kept()...)
	}
	key, descending := c.sorting()
	v.Columns = c.columns(key, descending)
	v.Rows = c.rows(v)
	c.sortRows(v.Rows, key, descending)
	v.Shown = len(v.Rows)
	v.CountPattern = c.t("ranking.count", "of", v.Of)
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
		f := filter{Name: "g." + g, Label: c.groupName(g)}
		for _, l := range slices.Sorted(maps.Keys(labels)) {
			f.Options = append(f.Options, option{Value: l, Label: c.groupValue(l), Selected: l == c.query.Get(f.Name)})
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
	known := key == "unit" || slices.Contains(c.pillars(), key) || isGroup && slices.Contains(c.book.groups, group)
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
	cols := []column{{Key: "rank", Label: c.t("rank"), Number: true}, {Key: "unit", Label: c.t("unit")}, {Key: "score", Label: c.t("score"), Number: true}}
	for _, p := range c.pillars() {
		cols = append(cols, column{Key: p, Label: c.label(p), Number: true, LessIsBetter: c.book.facing[p] < 0})
	}
	for _, g := range c.book.groups {
		cols = append(cols, column{Key: "g." + g, Label: c.groupName(g), Group: true})
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

// rows makes the rows that the search and the filters let through.
func (c *visit) rows(v *rankingView) []rankRow {
	want := fold(v.Query)
	var rows []rankRow
	for _, u := range c.book.byRank(c.year, c.book.top) {
		if !c.found(u, want) || !c.passes(u, v.Filters) {
			continue
		}
		rows = append(rows, c.row(u))
	}
	return rows
}

func (c *visit) row(u int) rankRow {
	b := c.book
	unit := b.Units[u]
	row := rankRow{
		unit: u, Code: unit.Code, Name: c.unitName(u), URL: c.unitURL(unit.Code),
		Rank: c.whole(b.rank(c.year, b.top, u)), Score: c.gauge(b.score(c.year, b.top, u)),
		Interval: c.interval(u),
	}
	for _, p := range c.pillars() {
		row.Pillars = append(row.Pillars, c.gauge(b.score(c.year, p, u)))
	}
	for _, g := range b.groups {
		row.Groups = append(row.Groups, c.groupValue(unit.Groups[g]))
	}
	return row
}

// found tells whether the code or a name in any language holds the text.
func (c *visit) found(u int, want string) bool {
	unit := c.book.Units[u]
	if strings.Contains(fold(unit.Code), want) {
		return true
	}
	for _, name := range unit.Name {
		if strings.Contains(fold(name), want) {
			return true
		}
	}
	return false
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
	compare := func(a, b rankRow) int {
		switch {
		case key == "rank":
			return cmp.Compare(c.book.rank(c.year, c.book.top, a.unit), c.book.rank(c.year, c.book.top, b.unit))
		case key == "unit":
			return cmp.Compare(fold(a.Name), fold(b.Name))
		case isGroup:
			return cmp.Compare(c.book.Units[a.unit].Groups[group], c.book.Units[b.unit].Groups[group])
		}
		facing := float64(c.book.facing[key])
		return cmp.Compare(facing*c.book.score(c.year, key, b.unit), facing*c.book.score(c.year, key, a.unit))
	}
	pillar := key != "rank" && key != "unit" && !isGroup
	slices.SortStableFunc(rows, func(a, b rankRow) int {
		if pillar {
			na, nb := math.IsNaN(c.book.score(c.year, key, a.unit)), math.IsNaN(c.book.score(c.year, key, b.unit))
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
			rs = append(rs, removedUnit{c.unitName(u), c.unitURL(r.Unit), c.said(r.Reason)})
		}
	}
	return rs
}
