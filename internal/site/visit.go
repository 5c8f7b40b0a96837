package site

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"mizan"
	"mizan/spec"
)

// visit is one request with the build, the year and the language it asks for.
type visit struct {
	r       *http.Request
	site    *Site
	query   url.Values
	variant string // "" = the project as written
	base    *book  // the project as written
	book    *book  // the build asked for; nil if there is none
	stale   error  // why the newest state could not be built, if it could not
	year    int    // position in book.Years
}

// lang is the language of labels.
func (c *visit) lang() string { return "en" }

// text picks a label in the language of the page, or the fallback.
func (c *visit) text(t mizan.Text, fallback string) string {
	if s := t.In(c.lang()); s != "" {
		return s
	}
	return fallback
}

// chooseYear sets the year from the query; the default is the last.
func (c *visit) chooseYear(asked string) error {
	c.year = len(c.book.Years) - 1
	if asked == "" {
		return nil
	}
	y, err := strconv.Atoi(asked)
	at := slices.Index(c.book.Years, y)
	if err != nil || at < 0 {
		var years []string
		for _, y := range c.book.Years {
			years = append(years, strconv.Itoa(y))
		}
		return missing("year", asked, years)
	}
	c.year = at
	return nil
}

// yearNumber is the year shown, as a number.
func (c *visit) yearNumber() int { return c.book.Years[c.year] }

// to makes an address within the site that keeps variant and year. Pairs of
// key and value are added; an empty value removes the key.
func (c *visit) to(path string, pairs ...string) string {
	q := url.Values{}
	if c.variant != "" {
		q.Set("variant", c.variant)
	}
	if c.book != nil && c.year != len(c.book.Years)-1 {
		q.Set("year", strconv.Itoa(c.yearNumber()))
	}
	return address(path, q, pairs)
}

// here makes the address of the page shown, with some keys changed.
func (c *visit) here(pairs ...string) string {
	q := url.Values{}
	for k, v := range c.query {
		if len(v) > 0 && v[0] != "" {
			q.Set(k, v[0])
		}
	}
	return address(c.r.URL.EscapedPath(), q, pairs)
}

func address(path string, q url.Values, pairs []string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			q.Del(pairs[i])
		} else {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

func (c *visit) unitURL(code string) string { return c.to("/unit/" + url.PathEscape(code)) }

func (c *visit) codeURL(code string) string { return c.to("/indicator/" + url.PathEscape(code)) }

// notFound says that what was asked for does not exist, and what may have
// been meant.
type notFound struct {
	kind, name string
	suggestion string
	known      []string // if few enough to list
}

func (n *notFound) Error() string { return fmt.Sprintf("no %s %q", n.kind, n.name) }

// missing makes a notFound with a suggestion from the names that exist.
func missing(kind, name string, known []string) *notFound {
	n := &notFound{kind: kind, name: clip(name)}
	if s, ok := spec.Suggest(n.name, known); ok {
		n.suggestion = s
	}
	if len(known) <= 60 {
		n.known = known
	}
	return n
}

// clip bounds what a visitor typed: 200 characters, valid text, no blanks at
// the ends.
func clip(s string) string {
	r := []rune(strings.ToValidUTF8(strings.TrimSpace(s), "\uFFFD"))
	return string(r[:min(len(r), 200)])
}

// link is a named address; Here marks the one that is shown.
type link struct {
	Label, URL string
	Here       bool
	Note       string
}

// frame is what the layout shows around a page.
type frame struct {
	Lang, Dir string
	Title     string // of the project
	Nav       []link
	Variants  []link
	Years     []link
	Year      string
	Compact   bool // many years: fold them
	Variant   string
	VariantIs string // what the variant is, in a sentence
	Stale     bool
	Problems  string // address of the page of problems
	Hash      string
	Version   string
	Page      any
}

// frame makes the surroundings of a page.
func (c *visit) frame(view any) *frame {
	f := &frame{
		Lang: c.lang(), Dir: "ltr", Title: "Mizan", Page: view,
		Version: c.site.config.Version, Stale: c.stale != nil, Problems: c.to("/problems"),
	}
	b := c.book
	if b == nil {
		b = c.base
	}
	if b == nil {
		return f
	}
	f.Title = c.text(b.Project.Title, b.Project.ID)
	f.Hash = b.Project.Hash
	f.Nav = c.nav()
	f.Variants = c.variantLinks()
	for _, v := range f.Variants {
		if v.Here {
			f.Variant, f.VariantIs = v.Label, v.Note
		}
	}
	if c.book != nil {
		f.Year = strconv.Itoa(c.yearNumber())
		if len(c.book.Years) > 1 {
			f.Years = c.yearLinks()
		}
		f.Compact = len(f.Years) > 8
	}
	return f
}

func (c *visit) nav() []link {
	var links []link
	targets := cmp.Or(c.book, c.base).hasTargets()
	for _, l := range []link{
		{Label: "Ranking", URL: "/"},
		{Label: "Weigh it yourself", URL: "/weigh"},
		{Label: "Alliances", URL: "/alliances"},
		{Label: "Targets", URL: "/targets"},
		{Label: "Ties", URL: "/network"},
		{Label: "Supply", URL: "/supply"},
		{Label: "Uncertainty", URL: "/uncertainty"},
		{Label: "Methodology", URL: "/methodology"},
		{Label: "Data", URL: "/data"},
	} {
		if l.URL == "/alliances" && !c.hasAlliances() || l.URL == "/targets" && !targets || l.URL == "/network" && !c.has(func(s *spec.Spec) int { return len(s.Ties) }) ||
			l.URL == "/supply" && !c.has(func(s *spec.Spec) int { return len(s.Supply) }) {
			continue
		}
		l.Here = c.r.URL.Path == l.URL
		l.URL = c.to(l.URL)
		links = append(links, l)
	}
	return links
}

// has reports whether the project declares some of what count counts.
func (c *visit) has(count func(*spec.Spec) int) bool {
	return c.base != nil && c.base.Spec != nil && count(c.base.Spec) > 0
}

// hasAlliances reports whether the project declares alliances.
func (c *visit) hasAlliances() bool {
	return c.base != nil && c.base.Spec != nil && len(c.base.Spec.Alliances) > 0
}

// variantLinks lists the project as written and its variants; none if there
// is no choice. The year is left out, for variants may have other years.
func (c *visit) variantLinks() []link {
	if len(c.base.Project.Variants) == 0 {
		return nil
	}
	links := []link{{Label: "As published", URL: c.here("variant", "", "year", ""), Here: c.variant == ""}}
	for _, v := range c.base.Project.Variants {
		links = append(links, link{
			Label: c.text(v.Title, v.Code), Note: c.text(v.Description, ""),
			URL: c.here("variant", v.Code, "year", ""), Here: c.variant == v.Code,
		})
	}
	return links
}

func (c *visit) yearLinks() []link {
	var links []link
	for i, y := range c.book.Years {
		label := strconv.Itoa(y)
		links = append(links, link{Label: label, URL: c.here("year", label), Here: i == c.year})
	}
	return links
}
