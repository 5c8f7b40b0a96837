package site

import (
	"cmp"
	"strconv"
	"strings"

	"mizan/internal/site/address"
	"mizan/internal/site/language"
	"mizan/spec"
)

// frame is what the layout shows around a page.
type frame struct {
	Lang, Dir string
	Title     string // of the project
	Home      string // address of the first page
	Nav       []menuEntry
	Languages []tongue
	Variants  []link
	Years     []link
	Year      string
	Compact   bool // many years: fold them
	Variant   string
	VariantIs string // what the variant is, in a sentence
	Stale     bool
	Written   bool   // the page is a file: nobody answers forms
	Problems  string // address of the page of problems
	Hash      string
	Version   string
	Page      any
	Release   *releaseNote // nil if there are no releases
	Follow    *follow      // what an open page asks for changes; nil if there are none
	Manners   *manners     // what the page says of itself to programs; nil on a page of errors

	visit *visit
}

// tongue is a language of the switch: its code, its name in itself, and the
// page shown in it.
type tongue struct {
	Code, Dir, Name, URL string
	Here                 bool
}

// Asset is the address of a file of the program's own: the style sheet, a
// script.
func (f *frame) Asset(name string) string {
	return address.Relative(f.visit.at.Path(), f.visit.site.assets[name].path)
}

// frame makes the surroundings of a page.
func (c *visit) frame(view any) *frame {
	f := &frame{
		Lang: c.Code, Dir: c.Dir, Title: "Mizan", Page: view, Home: c.to("/"), visit: c,
		Version: c.site.config.Version, Stale: c.stale != nil, Written: c.site.config.Written, Follow: c.follow(),
	}
	if f.Stale {
		f.Problems = c.to("/problems")
	}
	for _, code := range language.Codes() {
		l := language.Speak(code)
		f.Languages = append(f.Languages, tongue{Code: code, Dir: l.Dir, Name: l.T("language"), URL: c.inLanguage(code), Here: code == c.Code})
	}
	b := c.book
	if b == nil {
		b = c.base
	}
	if b == nil {
		return f
	}
	f.Title = c.Text(b.Project.Title, b.Project.ID)
	f.Hash = b.Project.Hash
	f.Nav = c.nav()
	f.Release = c.releaseNote()
	reading, year := true, true
	if c.site.config.Written {
		reading, year = kept(c.at.Page)
	}
	if reading {
		f.Variants = c.variantLinks()
	}
	for _, v := range f.Variants {
		if v.Here {
			f.Variant, f.VariantIs = v.Label, v.Note
		}
	}
	if c.book != nil {
		f.Year = strconv.Itoa(c.yearNumber())
		if len(c.book.Years) > 1 && year {
			f.Years = c.yearLinks()
		}
		f.Compact = len(f.Years) > 8
	}
	return f
}

// menu lists the pages of the menu: the group under which an entry is folded
// away, "" for those that always stand open; the key of the label; the page; and
// whether the project has what it shows, nil = always.
var menu = []struct {
	group, key, page string
	there            func(b *book) bool
}{
	{"", "nav.overview", "", nil},
	{"", "nav.ranking", "ranking", nil},
	{"", "nav.map", "map", (*book).mappable},
	{"", "nav.compare", "compare", nil},
	{"", "nav.weigh", "weigh", nil},
	{"nav.group.power", "nav.alliances", "alliances", declares(func(s *spec.Spec) int { return len(s.Alliances) })},
	{"nav.group.power", "nav.network", "network", declares(func(s *spec.Spec) int { return len(s.Ties) })},
	{"nav.group.power", "nav.supply", "supply", declares(func(s *spec.Spec) int { return len(s.Supply) })},
	{"nav.group.ahead", "nav.targets", "targets", (*book).hasTargets},
	{"nav.group.ahead", "nav.scenarios", "scenarios", (*book).hasScenarios},
	{"nav.group.behind", "nav.uncertainty", "uncertainty", nil},
	{"nav.group.behind", "nav.audit", "audit", nil},
	{"nav.group.behind", "nav.methodology", "methodology", nil},
	{"nav.group.behind", "nav.data", "data", nil},
	{"nav.group.behind", "nav.about", "about", nil},
}

// menuEntry is a page of the menu, or a group of them under one label.
type menuEntry struct {
	link
	Under []link
}

// declares reports whether a project has some of what count counts.
func declares(count func(*spec.Spec) int) func(b *book) bool {
	return func(b *book) bool { return b.Spec != nil && count(b.Spec) > 0 }
}

// nav makes the menu. A group of one is no group.
func (c *visit) nav() []menuEntry {
	var entries []menuEntry
	b := cmp.Or(c.book, c.base)
	group := ""
	for _, m := range menu {
		if m.there != nil && !m.there(b) {
			continue
		}
		l := link{Label: c.T(m.key), URL: c.to("/" + m.page), Here: c.at.Page == m.page || m.page != "" && strings.HasPrefix(c.at.Page, m.page+"/")}
		if m.group == "" || m.group != group {
			entries = append(entries, menuEntry{})
		}
		e := &entries[len(entries)-1]
		e.Under = append(e.Under, l)
		e.Here = e.Here || l.Here
		if group = m.group; group != "" {
			e.Label = c.T(group)
		}
	}
	if len(c.site.config.Articles) > 0 && !c.site.config.Written {
		l := link{Label: c.T("nav.article"), URL: c.to("/article/1"), Here: strings.HasPrefix(c.at.Page, "article/")}
		entries = append(entries, menuEntry{Under: []link{l}})
	}
	for i := range entries {
		if e := &entries[i]; len(e.Under) == 1 {
			e.link, e.Under = e.Under[0], nil
		}
	}
	return entries
}

// variantLinks lists the project as written and its variants; none if there
// is no choice. The year is left out, for variants may have other years.
func (c *visit) variantLinks() []link {
	if len(c.base.Project.Variants) == 0 {
		return nil
	}
	links := []link{{Label: c.T("variant.published"), URL: c.here("variant", "", "year", ""), Here: c.variant == ""}}
	for _, v := range c.base.Project.Variants {
		links = append(links, link{
			Label: c.Text(v.Title, v.Code), Note: c.Text(v.Description, ""),
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
