package site

import (
	"html"
	"math"
	"strconv"
	"strings"

	"mizan/internal/site/language"
)

// longestSummary is how long a description of a page may be, in characters:
// search engines show about half of that.
const longestSummary = 300

// finding says in a sentence or two what a page shows: for search engines, for
// feeds and for cards. name is that of the template, heading the title of the
// page.
func (c *visit) finding(name, heading string) string {
	b := c.book
	title := c.Text(b.Project.Title, b.Project.ID)
	year := strconv.Itoa(c.yearNumber())
	pairs := []any{"title", title, "year", year, "heading", heading, "n", len(b.byRank(c.year, b.top))}
	var text string
	switch name {
	case "overview", "ranking", "weigh", "uncertainty", "compare":
		text = c.leaders(name, pairs)
	case "unit":
		text = c.standsAt(c.chosen("code"), pairs)
	case "indicator", "map":
		text = c.leadsIn(name, pairs)
	default:
		key := "finding." + name
		if !c.Has(key) {
			key = "finding.page"
		}
		text = c.T(key, pairs...)
	}
	return language.Shorten(text, longestSummary)
}

// leaders names the first three of the ranking.
func (c *visit) leaders(name string, pairs []any) string {
	b := c.book
	order := b.byRank(c.year, b.top)
	if len(order) < 3 {
		return c.T("finding.page", pairs...)
	}
	pairs = append(pairs, "score", c.scored(b.score(c.year, b.top, order[0])))
	for i, key := range []string{"first", "second", "third"} {
		pairs = append(pairs, key, c.inText(order[i]))
	}
	key := "finding." + name
	if !c.Has(key) {
		key = "finding.ranking"
	}
	return c.T(key, pairs...)
}

// standsAt says how one unit stands.
func (c *visit) standsAt(code string, pairs []any) string {
	b := c.book
	u, ok := b.units[code]
	if !ok {
		return ""
	}
	rank := b.rank(c.year, b.top, u)
	pairs = append(pairs, "unit", language.Capital(c.inText(u)))
	if math.IsNaN(rank) {
		return c.T("finding.unit.unranked", pairs...)
	}
	pairs = append(pairs, "rank", int(rank), "score", c.scored(b.score(c.year, b.top, u)))
	if between := c.interval(u); between != "" {
		return c.T("finding.unit.interval", append(pairs, "interval", between)...)
	}
	return c.T("finding.unit", pairs...)
}

// leadsIn says who is first by a code.
func (c *visit) leadsIn(name string, pairs []any) string {
	b := c.book
	code := c.chosen("code")
	if code == "" {
		code = b.top
	}
	order := b.byRank(c.year, code)
	if len(order) == 0 {
		return c.T("finding.page", pairs...)
	}
	return c.T("finding."+name, append(pairs, "what", language.Shorten(c.label(code), 120), "count", len(order), "first", c.inText(order[0]))...)
}

// plainText is the text of a piece of a page that has no elements in it.
func plainText(s string) string { return strings.Join(strings.Fields(html.UnescapeString(s)), " ") }
