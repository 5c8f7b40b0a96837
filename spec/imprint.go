package spec

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"mizan"
)

// Imprint says who made an index, who publishes its results, under which
// licence, since when, and how it is cited. All of it may be missing; what is
// missing is said nowhere. The licence is that of results and texts: figures keep
// those of their publishers (mizan.Origin).
//
// Source: what Data Package (Frictionless), DCAT 3, schema.org Dataset, DataCite
// and CITATION.cff ask for.
type Imprint struct {
	Authors   []Author `json:"authors,omitempty" yaml:"authors"`
	Publisher Body     `json:"publisher,omitzero" yaml:"publisher"`
	// Licence is an identifier of the SPDX list, such as CC-BY-4.0, or the address
	// of the licence's text.
	Licence string `json:"licence,omitempty" yaml:"licence"`
	Version string `json:"version,omitempty" yaml:"version"`
	// Date is when this version was published, Since when the index first was.
	Date     Date       `json:"date,omitempty" yaml:"date"`
	Since    Date       `json:"since,omitempty" yaml:"since"`
	HomePage string     `json:"home_page,omitempty" yaml:"home_page"`
	DOI      string     `json:"doi,omitempty" yaml:"doi"` // without https://doi.org/
	Contact  Contact    `json:"contact,omitzero" yaml:"contact"`
	Funding  []Grant    `json:"funding,omitempty" yaml:"funding"`
	Citation mizan.Text `json:"citation,omitempty" yaml:"citation"` // in place of one made of the rest
}

// Author is a person, or an organisation, who made the index.
type Author struct {
	Name mizan.Text `json:"name" yaml:"name"` // as it is written in a text
	// Family is the part of a person's name that a list of references begins
	// with; it stands first or last in the name of the same language.
	Family       mizan.Text `json:"family,omitempty" yaml:"family"`
	Organisation bool       `json:"organisation,omitempty" yaml:"organisation"`
	Affiliation  mizan.Text `json:"affiliation,omitempty" yaml:"affiliation"`
	ORCID        string     `json:"orcid,omitempty" yaml:"orcid"` // of a person, as 0000-0002-1825-0097
	ROR          string     `json:"ror,omitempty" yaml:"ror"`     // of an organisation, as 052gg0110
	URL          string     `json:"url,omitempty" yaml:"url"`
	Email        string     `json:"email,omitempty" yaml:"email"`
}

// Body is an organisation.
type Body struct {
	Name mizan.Text `json:"name" yaml:"name"`
	ROR  string     `json:"ror,omitempty" yaml:"ror"`
	URL  string     `json:"url,omitempty" yaml:"url"`
}

// Contact is who answers questions about the index.
type Contact struct {
	Name  mizan.Text `json:"name,omitempty" yaml:"name"`
	Email string     `json:"email,omitempty" yaml:"email"`
	URL   string     `json:"url,omitempty" yaml:"url"`
}

// Grant is money for the index: who gave it and under which number.
type Grant struct {
	Name  mizan.Text `json:"name" yaml:"name"` // of the funder
	Grant string     `json:"grant,omitempty" yaml:"grant"`
	ROR   string     `json:"ror,omitempty" yaml:"ror"` // of the funder
	URL   string     `json:"url,omitempty" yaml:"url"` // of the grant
}

// IsZero reports whether nothing is said.
func (i *Imprint) IsZero() bool { return len(writeFields(i, imprintKeys()).entries) == 0 }

// IsZero reports whether there is no such organisation.
func (b Body) IsZero() bool { return b.Name.In("") == "" }

// IsZero reports whether there is nobody to ask.
func (c Contact) IsZero() bool { return c.Email == "" && c.URL == "" }

// Names gives the names of the authors in a language, in order.
func (i *Imprint) Names(lang string) []string {
	var names []string
	for k := range i.Authors {
		names = append(names, i.Authors[k].Name.In(lang))
	}
	return names
}

// Year is the year in which this version was published, or "".
func (i *Imprint) Year() string { return string(i.Date[:min(4, len(i.Date))]) }

// DOILink is the address to which the DOI leads, or "".
func (i *Imprint) DOILink() string {
	if i.DOI == "" {
		return ""
	}
	return "https://doi.org/" + i.DOI
}

// Link is where the index is found: its DOI, else its home page, else "".
func (i *Imprint) Link() string { return cmp.Or(i.DOILink(), i.HomePage) }

// licenceAddresses are where licences lie that have a page of their own.
var licenceAddresses = map[string]string{
	"CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/", "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
	"ODC-By-1.0": "https://opendatacommons.org/licenses/by/1-0/", "PDDL-1.0": "https://opendatacommons.org/licenses/pddl/1-0/",
}

// LicenceLink is the address of the licence's text: that of Creative Commons or
// Open Data Commons, else that of the SPDX list, or "".
func (i *Imprint) LicenceLink() string {
	id := i.Licence
	if own := licenceAddresses[id]; own != "" || id == "" || strings.Contains(id, "://") {
		return cmp.Or(own, id)
	}
	if parts := creativeCommons().FindStringSubmatch(id); parts != nil {
		link := "https://creativecommons.org/licenses/" + strings.ToLower(parts[1]) + "/" + parts[2] + "/"
		if parts[3] != "" {
			link += strings.ToLower(parts[3]) + "/"
		}
		return link
	}
	return "https://spdx.org/licenses/" + id + ".html"
}

var creativeCommons = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^CC-(BY(?:-NC)?(?:-SA|-ND)?)-([0-9]\.[0-9])(?:-([A-Z]+))?$`)
})

// Split gives the family name and the rest of a person's name in a language. The
// family name is "" where the project does not say which part it is.
func (a *Author) Split(lang string) (family, given string) {
	name := a.Name.In(lang)
	family, given, _ = splitName(name, a.Family.In(lang))
	return family, given
}

// splitName takes a family name off the beginning or the end of a name, where it
// stands as a word of its own, or the name is written without blanks.
func splitName(name, family string) (head, rest string, ok bool) {
	if family == "" {
		return "", name, false
	}
	apart := strings.ContainsFunc(name, betweenNames)
	for _, cut := range []func(s, part string) (string, bool){strings.CutPrefix, strings.CutSuffix} {
		rest, found := cut(name, family)
		given := strings.TrimFunc(rest, betweenNames)
		if found && (rest == "" || given != rest || !apart) {
			return family, given, true
		}
	}
	return "", name, false
}

// betweenNames are the characters that part the names of a person.
func betweenNames(c rune) bool { return unicode.IsSpace(c) || strings.ContainsRune(",،、·・", c) }

// ORCIDLink is the address of a person's ORCID iD, or "".
func (a *Author) ORCIDLink() string { return linked("https://orcid.org/", a.ORCID) }

// Link is where one learns who an author is: the ORCID iD, the ROR, the home page,
// or "".
func (a *Author) Link() string {
	return cmp.Or(a.ORCIDLink(), linked("https://ror.org/", a.ROR), a.URL)
}

// Link is the address of an organisation: its own, or that of its ROR, or "".
func (b Body) Link() string { return cmp.Or(b.URL, b.RORLink()) }

// RORLink is the address of an organisation's ROR, or "".
func (b Body) RORLink() string { return linked("https://ror.org/", b.ROR) }

// Funder is who gave the money.
func (g *Grant) Funder() Body { return Body{Name: g.Name, ROR: g.ROR} }

func linked(where, id string) string {
	if id == "" {
		return ""
	}
	return where + id
}

// imprintKeys are the keys of an imprint.
func imprintKeys() []field[Imprint] {
	authors := listOf("a list of authors such as [{name: Ada Lovelace, family: Lovelace}]", named("an author", authorKeys, func(a *Author) *mizan.Text { return &a.Name }))
	grants := listOf("a list of funders such as [{name: Science Fund, grant: A-17}]", named("a funder", grantKeys, func(g *Grant) *mizan.Text { return &g.Name }))
	return []field[Imprint]{
		key("authors", authors, func(i *Imprint) *[]Author { return &i.Authors }, "who made the index, in the order of a citation"),
		key("publisher", optionalRecord(named("a publisher", bodyKeys, func(b *Body) *mizan.Text { return &b.Name })), func(i *Imprint) *Body { return &i.Publisher },
			"the organisation that publishes the results"),
		key("licence", licence, func(i *Imprint) *string { return &i.Licence },
			"the licence of results and texts: an identifier of the SPDX list, such as CC-BY-4.0, or the address of its text; figures keep the licences of their origins"),
		key("version", line("a version"), func(i *Imprint) *string { return &i.Version }, "the version of the index, such as \"2026.1\""),
		key("date", date, func(i *Imprint) *Date { return &i.Date }, "when this version was published: 2026-11-25, or 2026-11 or 2026"),
		key("since", date, func(i *Imprint) *Date { return &i.Since }, "when the index was published first"),
		key("home_page", address, func(i *Imprint) *string { return &i.HomePage }, "the address where the index lives"),
		key("doi", doi, func(i *Imprint) *string { return &i.DOI }, "the DOI, as 10.5281/zenodo.1234567"),
		key("contact", optionalRecord(record("a mapping such as {email: index@example.org}", contactKeys)), func(i *Imprint) *Contact { return &i.Contact },
			"who answers questions: name, email, url"),
		key("funding", grants, func(i *Imprint) *[]Grant { return &i.Funding }, "who paid for the index, with the numbers of grants"),
		key("citation", lineLabels, func(i *Imprint) *mizan.Text { return &i.Citation },
			"how to cite the index in a text, in one or several languages, in place of a citation made of the rest"),
	}
}

func authorKeys() []field[Author] {
	return []field[Author]{
		key("name", lineLabels, func(a *Author) *mizan.Text { return &a.Name }, "the whole name, in one or several languages").must(),
		key("family", lineLabels, func(a *Author) *mizan.Text { return &a.Family }, "the family name within the name, with which a list of references begins"),
		key("organisation", flag, func(a *Author) *bool { return &a.Organisation }, "true for an organisation"),
		key("affiliation", lineLabels, func(a *Author) *mizan.Text { return &a.Affiliation }, "where the author works, in one or several languages"),
		key("orcid", orcid, func(a *Author) *string { return &a.ORCID }, "of a person: the ORCID iD, as 0000-0002-1825-0097"),
		key("ror", ror, func(a *Author) *string { return &a.ROR }, "of an organisation: the ROR ID, as 052gg0110"),
		key("url", address, func(a *Author) *string { return &a.URL }, "the author's home page"),
		key("email", email, func(a *Author) *string { return &a.Email }, "the author's address for mail, which is published"),
	}
}

func bodyKeys() []field[Body] {
	return []field[Body]{
		key("name", lineLabels, func(b *Body) *mizan.Text { return &b.Name }, "the name, in one or several languages").must(),
		key("ror", ror, func(b *Body) *string { return &b.ROR }, "the ROR ID, as 052gg0110"),
		key("url", address, func(b *Body) *string { return &b.URL }, "the home page"),
	}
}

func contactKeys() []field[Contact] {
	return []field[Contact]{
		key("name", lineLabels, func(c *Contact) *mizan.Text { return &c.Name }, "who it is, in one or several languages"),
		key("email", email, func(c *Contact) *string { return &c.Email }, "the address for mail, which is published"),
		key("url", address, func(c *Contact) *string { return &c.URL }, "a page for questions"),
	}
}

func grantKeys() []field[Grant] {
	return []field[Grant]{
		key("name", lineLabels, func(g *Grant) *mizan.Text { return &g.Name }, "the name of the funder, in one or several languages").must(),
		key("grant", line("the number of the grant"), func(g *Grant) *string { return &g.Grant }, "the number of the grant"),
		key("ror", ror, func(g *Grant) *string { return &g.ROR }, "the ROR ID of the funder, as 052gg0110"),
		key("url", address, func(g *Grant) *string { return &g.URL }, "the page of the grant"),
	}
}

// named is a mapping with a name, or the name alone.
func named[S any](what string, table func() []field[S], name func(*S) *mizan.Text) codec[S] {
	long := record("the name of "+what+", or a mapping with the key name", table)
	return codec[S]{
		read: func(r *reader, n *node, v *S) {
			if n.kind == text {
				lineLabels.read(r, n, name(v))
				return
			}
			long.read(r, n, v)
		},
		write: long.write,
		schema: func(b *schemaMaker) object {
			return object{"oneOf": []object{{"type": "string", "minLength": 1}, long.schema(b)}}
		},
	}
}

// imprint checks what the parts of an imprint say of one another.
func (c *checker) imprint() {
	i := &c.spec.Imprint
	var orcids, rors []string
	for k := range i.Authors {
		a, path := &i.Authors[k], "imprint.authors."+strconv.Itoa(k)
		orcids, rors = append(orcids, a.ORCID), append(rors, a.ROR)
		switch {
		case a.Organisation && a.ORCID != "":
			c.add("bad-author", path+".orcid", "an organisation has no ORCID iD", "give its `ror`, or take `organisation` away")
		case !a.Organisation && a.ROR != "":
			c.add("bad-author", path+".ror", "a person has no ROR ID", "add `organisation: true`, or give the person's `orcid`")
		case a.Organisation && len(a.Family) > 0:
			c.add("bad-author", path+".family", "an organisation has no family name", "take it away")
		}
		c.familyName(a, path)
	}
	c.twice("imprint.authors", "orcid", "the ORCID iD", orcids)
	c.twice("imprint.authors", "ror", "the ROR ID", rors)
	if i.Date != "" && i.Since != "" && i.Date.Last() < i.Since.First() {
		c.add("bad-dates", "imprint.date", "this version is of "+string(i.Date)+", before the first, of "+string(i.Since), "swap or correct the dates")
	}
	if len(i.Contact.Name) > 0 && i.Contact.IsZero() {
		c.add("bad-contact", "imprint.contact", "the contact has neither an email nor a url", "add `email:` or `url:`")
	}
}

// familyName reports a family name that is not part of the name.
func (c *checker) familyName(a *Author, path string) {
	if a.Organisation || len(a.Name) == 0 {
		return
	}
	for _, lang := range sortedKeys(a.Family) {
		name := a.Name.In(lang)
		if _, _, ok := splitName(name, a.Family[lang]); !ok && a.Family[lang] != "" {
			at := path + ".family"
			if lang != "" {
				at += "." + lang
			}
			c.add("bad-family-name", at, "the name "+quote(name)+" neither begins nor ends with the family name "+quote(a.Family[lang]), "write it as it stands in the name")
		}
	}
}

// twice reports an identifier that two elements of a list share.
func (c *checker) twice(path, key, what string, ids []string) {
	for k, id := range ids {
		if id != "" && slices.Index(ids, id) < k {
			c.add("duplicate-author", path+"."+strconv.Itoa(k)+"."+key, what+" "+id+" stands with two authors", "keep one, or correct it")
		}
	}
}
