package site

import (
	"cmp"
	"strings"

	"mizan/internal/site/language"
	"mizan/spec"
)

// maker is an author, the publisher or a funder as a page names them.
type maker struct {
	Name, Of string // Of is an affiliation, or the number of a grant
	URL      string // "" if there is none
}

// imprintView is what a page says of who made the index.
type imprintView struct {
	Authors   []maker
	Publisher maker
	Licence   maker
	HomePage  string
	DOI       maker
	Contact   maker
	Funding   []maker
	Facts     []pair // version and dates
}

// imprintOf is the imprint in the language of the page; nil if the project says
// nothing.
func (c *visit) imprintOf(i *spec.Imprint) *imprintView {
	if i.IsZero() {
		return nil
	}
	v := &imprintView{Licence: maker{Name: language.Tidy(i.Licence, language.LongestName), URL: i.LicenceLink()}, HomePage: i.HomePage, DOI: maker{Name: i.DOI, URL: i.DOILink()}}
	for k := range i.Authors {
		a := &i.Authors[k]
		v.Authors = append(v.Authors, maker{Name: c.Text(a.Name, ""), Of: c.Text(a.Affiliation, ""), URL: a.Link()})
	}
	v.Publisher = maker{Name: c.Text(i.Publisher.Name, ""), URL: i.Publisher.Link()}
	for k := range i.Funding {
		g := &i.Funding[k]
		v.Funding = append(v.Funding, maker{Name: c.Text(g.Name, ""), Of: language.Tidy(g.Grant, language.LongestName), URL: cmp.Or(g.URL, g.Funder().Link())})
	}
	if at := i.Contact; !at.IsZero() {
		v.Contact = maker{Name: c.Text(at.Name, cmp.Or(at.Email, at.URL)), URL: at.URL}
		if at.Email != "" {
			v.Contact.URL = "mailto:" + at.Email
		}
	}
	add := func(key, text string) {
		if text != "" {
			v.Facts = append(v.Facts, pair{c.T(key), text})
		}
	}
	add("about.imprint.version", language.Tidy(i.Version, language.LongestName))
	for _, d := range []struct {
		key  string
		date spec.Date
	}{{"about.imprint.date", i.Date}, {"about.imprint.since", i.Since}} {
		if d.date != "" {
			add(d.key, c.Date(string(d.date)))
		}
	}
	return v
}

// credited is how a text names the index: authors, year and title, then version,
// publisher and address, as far as the project says them; or what it says itself.
func (c *visit) credited(i *spec.Imprint, title, year string) string {
	if own := c.Text(i.Citation, ""); own != "" {
		return own
	}
	var parts []string
	if names := c.authors(i); len(names) > 0 {
		parts = append(parts, c.T("about.citation.by", "authors", c.List(names), "year", year, "title", title))
	} else {
		parts = append(parts, c.T("about.citation.title", "title", title, "year", year))
	}
	if i.Version != "" {
		parts = append(parts, c.T("about.citation.version", "version", language.Tidy(i.Version, language.LongestName)))
	}
	if p := c.Text(i.Publisher.Name, ""); p != "" {
		parts = append(parts, strings.TrimSuffix(p, ".")+c.T("about.citation.stop"))
	}
	return strings.Join(parts, c.T("about.citation.blank"))
}

// authors are the names of the authors.
func (c *visit) authors(i *spec.Imprint) []string {
	var names []string
	for k := range i.Authors {
		names = append(names, c.Text(i.Authors[k].Name, ""))
	}
	return names
}

// responsible names who answers for the index: the publisher, else the authors; ""
// if the project says neither.
func responsible(l *language.Language, i *spec.Imprint) string {
	if p := l.Text(i.Publisher.Name, ""); p != "" {
		return p
	}
	var names []string
	for k := range i.Authors {
		names = append(names, l.Text(i.Authors[k].Name, ""))
	}
	return l.List(names)
}

// imprint is that of the project as the page shows it; nil on pages of errors.
func (f *frame) imprint() *spec.Imprint {
	if f.visit.book == nil {
		return nil
	}
	return &f.visit.book.Project.Imprint
}

// By names who answers for the index, for the foot of the page.
func (f *frame) By() string {
	if i := f.imprint(); i != nil {
		return responsible(f.visit.Language, i)
	}
	return ""
}

// Licence is that of scores and texts; nil if the project does not say it.
func (f *frame) Licence() *maker {
	i := f.imprint()
	if i == nil || i.Licence == "" {
		return nil
	}
	return &maker{Name: strings.TrimPrefix(language.Tidy(i.Licence, language.LongestName), "https://"), URL: i.LicenceLink()}
}

// Creators are the authors for the citation of a chart, one a line: the family name
// and the rest with a bar between them, or a name as a whole.
func (f *frame) Creators() string {
	i := f.imprint()
	if i == nil {
		return ""
	}
	var lines []string
	for k := range i.Authors {
		name := strings.ReplaceAll(f.visit.Text(i.Authors[k].Name, ""), "|", " ")
		if family, given := i.Authors[k].Split(f.Lang); family != "" && given != "" {
			name = language.Tidy(family, language.LongestName) + "|" + language.Tidy(given, language.LongestName)
		}
		lines = append(lines, name)
	}
	if p := f.visit.Text(i.Publisher.Name, ""); len(lines) == 0 && p != "" {
		lines = append(lines, strings.ReplaceAll(p, "|", " "))
	}
	return strings.Join(lines, "\n")
}
