package site

import (
	"bytes"
	"encoding/json"
	"errors"
	"html/template"
	"io"
	"net/url"
	"strings"

	"mizan/engine"
	"mizan/internal/site/address"
	"mizan/internal/site/card"
	"mizan/internal/site/language"
	"mizan/internal/site/publish"
)

// pagePolicy is the Content-Security-Policy of every page: nothing but what the
// site itself has, and no script within a page.
const pagePolicy = "default-src 'self'; img-src 'self' blob:; base-uri 'none'; form-action 'self'; object-src 'none'"

// filePolicy is the same within a written page, for hosts that send no headers.
// What a page opened from a folder loads has the scheme file; a page of a host
// can load nothing of that scheme, whatever its policy says.
const filePolicy = "default-src 'self' file:; img-src 'self' file: blob:; base-uri 'none'; form-action 'self'; object-src 'none'"

// Description is a document that describes the data of the index for search
// engines and catalogues, as JSON-LD.
type Description struct {
	Name  string // of the file, such as dcat.jsonld
	Write func(w io.Writer, r *engine.Report, at Published) error
	// First says that the first page holds it too, and not only that of the data.
	First bool
}

// Published is the page that a description is for.
type Published struct {
	Lang    string     // "" = all languages
	Page    string     // its address; "" if that is not known
	Release string     // the day of the release; "" if it is none
	Files   []Download // what can be loaded there, with addresses in place of names
}

// ParseAddress reads the address that a site will have, such as
// https://example.org/index, and gives it with a slash at its end.
//
// Errors: it is no address of the web, or has a query, a fragment or a user.
func ParseAddress(text string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(text))
	switch {
	case err != nil:
		return "", errors.New("it is no address")
	case u.Scheme != "https" && u.Scheme != "http" || u.Host == "":
		return "", errors.New("it does not begin with https:// and the name of a host")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || u.User != nil:
		return "", errors.New("it has more than a host and a folder")
	}
	return strings.TrimRight(u.String(), "/") + "/", nil
}

// manners are what a page says of itself to programs: search engines,
// catalogues, and whoever shows a link to it as a card.
type manners struct {
	Policy     string // of a written page
	Summary    string // the finding of the page, in a sentence or two
	Heading    string // its title
	Site       string // the title of the project
	Canonical  string // its own address; "" if that is not known
	Locale     string // as Open Graph has it
	Locales    []string
	Alternates []tongue // the page in each language
	Default    string   // for readers of any other
	Card       string   // address of the picture; "" if there is none
	CardText   string   // what the picture shows
	Documents  []template.JS
	Catalogue  string // address of the description of the data as a file
}

// locales are the languages as Open Graph writes them.
var locales = map[string]string{"en": "en_GB", "ar": "ar_AR", "ru": "ru_RU", "zh": "zh_CN"}

// introduce fills in what the page says of itself. It needs the template of the
// page, which knows its title.
func (f *frame) introduce(set *template.Template, name string) error {
	c := f.visit
	if c.book == nil || name == "missing" || name == "problems" {
		return nil
	}
	var title bytes.Buffer
	if err := set.ExecuteTemplate(&title, "title", f); err != nil {
		return err
	}
	m := &manners{Heading: plainText(title.String()), Site: f.Title, Locale: locales[f.Lang]}
	m.Summary = c.finding(name, m.Heading)
	if f.Written {
		m.Policy = filePolicy
	}
	p := c.site.shown(c.at)
	for _, l := range f.Languages {
		at := tongue{Code: l.Code, URL: l.URL}
		if c.site.config.Address != "" {
			there := p
			there.Lang = l.Code
			at.URL = c.site.absolute(there.Path())
		}
		m.Alternates = append(m.Alternates, at)
		if l.Code != f.Lang {
			m.Locales = append(m.Locales, locales[l.Code])
		}
	}
	m.Default = c.anyLanguage(p)
	if c.site.config.Address != "" {
		m.Canonical = c.site.absolute(p.Path())
		f.illustrate(m)
	}
	f.Manners = m
	return f.describe(name)
}

// illustrate gives a written page its card. A page in another reading or year has
// that of the project as written.
func (f *frame) illustrate(m *manners) {
	c := f.visit
	if !f.Written || fonts() == nil || c.at.Page == "releases" {
		return
	}
	path, own := cardOf(c.at)
	m.Card, m.CardText = c.site.own(path), m.Heading+". "+m.Summary
	if own {
		foot := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(c.site.config.Address, "https://"), "http://"), "/")
		if plain, err := url.PathUnescape(foot); err == nil {
			foot = language.Tidy(plain, language.LongestName)
		}
		c.site.cards.add(path, &card.Card{Lang: f.Lang, Site: f.Title, Heading: m.Heading, Finding: m.Summary, Foot: foot})
	}
}

// anyLanguage is the address of a page for readers of other languages: the one
// that asks the browser, or in a written site the list of languages, and the
// first language where there is no such list.
func (c *visit) anyLanguage(p address.Place) string {
	p.Lang = ""
	to := p.Path()
	if c.site.config.Written {
		p.Lang = language.Codes()[0]
		if to = p.Path(); p == (address.Place{Lang: p.Lang}) {
			to = "index.html"
		}
	}
	if c.site.config.Address != "" {
		return c.site.absolute(to)
	}
	return address.Relative(c.at.Path(), to)
}

// absolute is the whole address of a path from the root of the site.
func (s *Site) absolute(path string) string { return s.config.Address + address.Relative("", path) }

// own is the whole address of a path within the release that the site is, if it
// is one in the archive.
func (s *Site) own(path string) string {
	if s.frozen {
		path = publish.ReleaseFolder(s.config.Release) + "/" + path
	}
	return s.absolute(path)
}

// describe sets the documents on the data into the pages that are for them: the
// first page and that of the data, of the project as written.
func (f *frame) describe(name string) error {
	c := f.visit
	first := c.at.Page == ""
	if c.variant != "" || c.at.Year != "" || !first && name != "data" {
		return nil
	}
	at := Published{Lang: c.lang(), Release: c.site.config.Release}
	if c.site.config.Address != "" {
		at.Page = c.site.own(c.at.Path())
	}
	for _, d := range c.site.config.Downloads {
		name := d.Name
		d.Name = c.to("/download/" + url.PathEscape(name))
		if at.Page != "" {
			d.Name = c.site.own(address.PageOf("download/" + url.PathEscape(name)))
		}
		at.Files = append(at.Files, d)
	}
	for _, d := range c.site.config.Descriptions {
		if first && !d.First {
			continue
		}
		var b, small bytes.Buffer
		if err := d.Write(&b, c.book.Report, at); err != nil {
			return err
		}
		if err := json.Compact(&small, b.Bytes()); err != nil {
			return err
		}
		b.Reset()
		json.HTMLEscape(&b, small.Bytes())
		f.Manners.Documents = append(f.Manners.Documents, template.JS(b.String())) //nolint:gosec // JSON without <, > and &
	}
	return nil
}
