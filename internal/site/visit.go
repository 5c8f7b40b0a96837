package site

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"mizan/internal/site/address"
	"mizan/internal/site/draw"
	"mizan/internal/site/language"
	"mizan/spec"
)

// visit is one request with the build, the year and the language it asks for.
type visit struct {
	*language.Language
	r       *http.Request
	site    *Site
	at      address.Place
	query   url.Values
	variant string              // "" = the project as written
	base    *book               // the project as written
	book    *book               // the build asked for; nil if there is none
	stamp   string              // of the files that base was built from
	stale   error               // why the newest state could not be built, if it could not
	year    int                 // position in book.Years
	way     func(address.Place) // told of every page that is linked; nil = nobody asks
}

// lang is the code of the language of the page.
func (c *visit) lang() string { return c.Code }

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

// to makes an address within the site that keeps language, variant and year:
// the way from the page shown. Pairs of key and value are added to the query,
// save variant and year, which are part of the path; an empty value removes the
// key.
func (c *visit) to(path string, pairs ...string) string {
	p := address.Place{Lang: c.at.Lang, Variant: c.variant, Page: address.PageOf(path)}
	if c.book != nil && c.year != len(c.book.Years)-1 {
		p.Year = strconv.Itoa(c.yearNumber())
	}
	return c.link(p, url.Values{}, pairs)
}

// here makes the address of the page shown, with some keys changed.
func (c *visit) here(pairs ...string) string {
	q := url.Values{}
	for k, v := range c.query {
		if len(v) > 0 && v[0] != "" {
			q.Set(k, v[0])
		}
	}
	return c.link(c.at, q, pairs)
}

// link makes the way to a place; the year may be written that is the last.
func (c *visit) link(p address.Place, q url.Values, pairs []string) string {
	var rest []string
	for i := 0; i+1 < len(pairs); i += 2 {
		switch pairs[i] {
		case "variant":
			p.Variant = pairs[i+1]
		case "year":
			p.Year = pairs[i+1]
		default:
			rest = append(rest, pairs[i:i+2]...)
		}
	}
	if c.book != nil && p.Variant == c.variant && p.Year == strconv.Itoa(c.book.Years[len(c.book.Years)-1]) {
		p.Year = ""
	}
	if strings.HasPrefix(p.Page, "download/") {
		p.Lang = ""
	}
	p = c.site.shown(p)
	if c.way != nil {
		c.way(p)
	}
	return withQuery(address.Relative(c.at.Path(), p.Path()), q, rest)
}

// chosen is a choice that the path makes, or the query of an older address.
func (c *visit) chosen(name string) string {
	return clip(cmp.Or(c.r.PathValue(name), c.query.Get(name)))
}

// inLanguage is the address of the page shown in another language.
func (c *visit) inLanguage(code string) string {
	p := c.at
	p.Lang = code
	return c.link(p, maps.Clone(c.query), nil)
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

// hand is how pictures are drawn for the readers of the page.
func (c *visit) hand() draw.Hand {
	return draw.Hand{Mirrored: c.Dir == "rtl", Colon: c.T("colon"), Semicolon: c.T("list.semicolon")}
}

// withQuery joins a path and a query from pairs of key and value added to q; an
// empty value removes the key.
func withQuery(p string, q url.Values, pairs []string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			q.Del(pairs[i])
		} else {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return p
	}
	return p + "?" + q.Encode()
}
