package export

import (
	"bytes"
	"io"
	"strings"

	"mizan"
	"mizan/engine"
	"mizan/spec"
)

var cff = Format{
	Name:    "cff",
	Summary: "How to cite the index, as CITATION.cff for GitHub, Zenodo and Zotero",
	About: `Write a CITATION.cff (Citation File Format 1.2.0), which GitHub shows as "Cite this
repository", and Zenodo and Zotero read: authors with ORCID iD and affiliation, version,
date, DOI and licence from the project's ` + "`imprint`" + `, and the sources of the figures as
references.`,
	Suffix: ".cff",
	Write:  CFF,
}

// CFF writes how an index is cited as CITATION.cff, and its sources as references.
// Errors: those of w, and a project that names neither an author nor a publisher,
// as mizan.Problems.
//
// Source: Druskat et al. (2021), Citation File Format, version 1.2.0.
func CFF(w io.Writer, r *engine.Report, o Options) error {
	i := &r.Project.Imprint
	if !named(i) {
		return noAuthors(r)
	}
	c := &cffWriter{lang: o.Lang}
	c.line(0, "cff-version", "1.2.0")
	c.line(0, "message", "Please cite this index, and the sources of its figures, as told here.")
	c.line(0, "type", "dataset")
	c.line(0, "title", titleOf(r, o))
	c.line(0, "abstract", r.Project.Description.In(o.Lang))
	c.key(0, "authors")
	for k := range i.Authors {
		c.author(&i.Authors[k])
	}
	if len(i.Authors) == 0 {
		c.entity(2, i.Publisher.Name, i.Publisher.Link())
	}
	c.line(0, "version", i.Version)
	if len(i.Date) == len("2006-01-02") {
		c.line(0, "date-released", string(i.Date))
	}
	c.line(0, "doi", i.DOI)
	c.line(0, "url", i.HomePage)
	if strings.Contains(i.Licence, "://") {
		c.line(0, "license-url", i.Licence)
	} else {
		c.line(0, "license", i.Licence)
	}
	if i.Contact.Email != "" && len(i.Contact.Name) > 0 {
		c.key(0, "contact")
		c.item(2, "name", i.Contact.Name.In(o.Lang))
		c.line(4, "email", i.Contact.Email)
	}
	c.key(0, "identifiers")
	c.item(2, "type", "other")
	c.line(4, "value", "sha256:"+r.Project.Hash)
	c.line(4, "description", "The project as it was computed")
	c.references(r.Origins)
	_, err := w.Write(c.b.Bytes())
	return err
}

// cffWriter writes YAML.
type cffWriter struct {
	b    bytes.Buffer
	lang string
}

func (c *cffWriter) key(indent int, key string) {
	c.b.WriteString(strings.Repeat(" ", indent) + key + ":\n")
}

// line writes a key and a text, unless that is empty.
func (c *cffWriter) line(indent int, key, text string) {
	if text = oneLine(text); text != "" {
		c.b.WriteString(strings.Repeat(" ", indent) + key + ": ")
		c.b.Write(append(mizan.AppendYAML(nil, text), '\n'))
	}
}

// item begins an element of a list with a key.
func (c *cffWriter) item(indent int, key, text string) {
	c.line(indent, "- "+key, text)
}

func (c *cffWriter) entity(indent int, name mizan.Text, url string) {
	c.item(indent, "name", name.In(c.lang))
	c.line(indent+2, "website", url)
}

// author is a person whose name is known in parts, or else an entity.
func (c *cffWriter) author(a *spec.Author) {
	family, given := a.Split(c.lang)
	if family == "" {
		c.entity(2, a.Name, a.Link())
		return
	}
	c.item(2, "family-names", family)
	c.line(4, "given-names", given)
	c.line(4, "affiliation", a.Affiliation.In(c.lang))
	c.line(4, "orcid", a.ORCIDLink())
	c.line(4, "email", a.Email)
	c.line(4, "website", a.URL)
}

// references are the sources of which the publisher is known.
func (c *cffWriter) references(list []mizan.Origin) {
	first := true
	for _, at := range list {
		if at.Code == "" || at.Publisher == "" {
			continue
		}
		if first {
			c.key(0, "references")
			first = false
		}
		c.item(2, "type", "data")
		title := at.Title
		if title == "" {
			title = at.Code
		}
		c.line(4, "title", title)
		c.key(4, "authors")
		c.item(6, "name", at.Publisher)
		if at.Year != 0 {
			c.b.WriteString("    year: ")
			c.b.Write(append(mizan.AppendNumber(nil, float64(at.Year), ""), '\n'))
		}
		if url, ok := reference(at); ok {
			c.line(4, "url", url)
		}
		c.line(4, "notes", at.Licence)
	}
}
