package export

import (
	"cmp"
	"fmt"
	"strings"

	"mizan"
	"mizan/engine"
	"mizan/spec"
)

// The imprint of a project in the vocabularies of catalogues. What it does not say
// is left out; nothing is guessed.

// schemaImprint adds the imprint to a Dataset of schema.org.
func schemaImprint(doc object, i *spec.Imprint, o Options) {
	var creators, money []object
	for k := range i.Authors {
		creators = append(creators, schemaAuthor(&i.Authors[k], o))
	}
	setList(doc, "creator", creators)
	if !i.Publisher.IsZero() {
		p := schemaBody(i.Publisher, o)
		if !i.Contact.IsZero() {
			p["contactPoint"] = schemaContact(i.Contact, o)
		}
		doc["publisher"] = p
	} else if !i.Contact.IsZero() && len(i.Contact.Name) > 0 {
		m := schemaContact(i.Contact, o)
		m["@type"] = "Organization" //nolint:misspell // a word of schema.org
		doc["maintainer"] = m
	}
	for k := range i.Funding {
		g := &i.Funding[k]
		grant := object{"@type": "Grant", "funder": schemaBody(g.Funder(), o)}
		setText(grant, "identifier", g.Grant)
		setText(grant, "url", g.URL)
		money = append(money, grant)
	}
	setList(doc, "funding", money)
	setText(doc, "license", i.LicenceLink())
	setText(doc, "version", i.Version)
	setText(doc, "sameAs", i.HomePage)
	if i.DOI != "" {
		doc["identifier"] = []any{doc["identifier"], i.DOILink()}
	}
	if len(i.Citation) > 0 {
		doc["creditText"] = wording(i.Citation, o)
	}
	if i.Since != "" {
		doc["datePublished"] = string(i.Since)
	}
	if i.Date != "" {
		doc["dateModified"] = string(i.Date)
	}
}

func schemaAuthor(a *spec.Author, o Options) object {
	person := object{"@type": "Person", "name": wording(a.Name, o)}
	if a.Organisation {
		person["@type"] = "Organization" //nolint:misspell // a word of schema.org
	}
	if family, given := a.Split(o.Lang); family != "" {
		person["familyName"] = family
		setText(person, "givenName", given)
	}
	if len(a.Affiliation) > 0 {
		person["affiliation"] = schemaBody(spec.Body{Name: a.Affiliation}, o)
	}
	if link := a.Link(); link != a.URL {
		person["@id"], person["sameAs"] = link, link
	}
	setText(person, "url", a.URL)
	setText(person, "email", a.Email)
	return person
}

func schemaBody(b spec.Body, o Options) object {
	body := object{"@type": "Organization", "name": wording(b.Name, o)} //nolint:misspell // a word of schema.org
	setText(body, "url", b.URL)
	if b.ROR != "" {
		body["@id"], body["sameAs"] = b.RORLink(), b.RORLink()
	}
	return body
}

func schemaContact(c spec.Contact, o Options) object {
	contact := object{"@type": "ContactPoint"}
	if len(c.Name) > 0 {
		contact["name"] = wording(c.Name, o)
	}
	setText(contact, "email", c.Email)
	setText(contact, "url", c.URL)
	return contact
}

// dcatImprint adds the imprint to a dcat:Dataset.
func dcatImprint(doc object, i *spec.Imprint) {
	var creators []object
	for k := range i.Authors {
		a := &i.Authors[k]
		agent := object{"@type": "foaf:Person", "foaf:name": languageText(a.Name)}
		if a.Organisation {
			agent["@type"] = "foaf:Organization" //nolint:misspell // a word of FOAF
		}
		setText(agent, "@id", cmp.Or(a.ORCIDLink(), spec.Body{ROR: a.ROR}.RORLink()))
		if a.URL != "" {
			agent["foaf:homepage"] = object{"@id": a.URL}
		}
		creators = append(creators, agent)
	}
	setList(doc, "dct:creator", creators)
	if p := i.Publisher; !p.IsZero() {
		agent := object{"@type": "foaf:Organization", "foaf:name": languageText(p.Name)} //nolint:misspell // a word of FOAF
		setText(agent, "@id", p.RORLink())
		if p.URL != "" {
			agent["foaf:homepage"] = object{"@id": p.URL}
		}
		doc["dct:publisher"] = agent
	}
	if i.Licence != "" {
		doc["dct:license"] = object{"@id": i.LicenceLink()}
	}
	setText(doc, "dcat:version", i.Version)
	if i.HomePage != "" {
		doc["dcat:landingPage"] = object{"@id": i.HomePage}
	}
	if i.DOI != "" {
		doc["dct:identifier"] = []any{doc["dct:identifier"], i.DOILink()}
	}
	if !i.Contact.IsZero() {
		contact := object{"@type": "vcard:Kind"}
		if len(i.Contact.Name) > 0 {
			contact["vcard:fn"] = languageText(i.Contact.Name)
		}
		if i.Contact.Email != "" {
			contact["vcard:hasEmail"] = object{"@id": "mailto:" + i.Contact.Email}
		}
		if i.Contact.URL != "" {
			contact["vcard:hasURL"] = object{"@id": i.Contact.URL}
		}
		doc["dcat:contactPoint"] = contact
	}
	if len(i.Citation) > 0 {
		doc["dct:bibliographicCitation"] = languageText(i.Citation)
	}
	if i.Since != "" {
		doc["dct:issued"] = xsdDate(i.Since)
	}
	if i.Date != "" {
		doc["dct:modified"] = xsdDate(i.Date)
	}
}

// xsdDate is a date with the type that it has by its form.
func xsdDate(d spec.Date) object {
	types := map[int]string{len("2006"): "xsd:gYear", len("2006-01"): "xsd:gYearMonth", len("2006-01-02"): "xsd:date"}
	return object{"@type": types[len(d)], "@value": string(d)}
}

// packageImprint adds the imprint to a data package.
func packageImprint(doc object, i *spec.Imprint, o Options) {
	var people []object
	for k := range i.Authors {
		a := &i.Authors[k]
		person := object{"title": a.Name.In(o.Lang), "role": "author"}
		setText(person, "path", a.Link())
		setText(person, "email", a.Email)
		setText(person, "organization", a.Affiliation.In(o.Lang)) //nolint:misspell // a word of Frictionless
		people = append(people, person)
	}
	if !i.Publisher.IsZero() {
		p := object{"title": i.Publisher.Name.In(o.Lang), "role": "publisher"}
		setText(p, "path", i.Publisher.Link())
		people = append(people, p)
	}
	setList(doc, "contributors", people)
	if i.Licence != "" {
		l := object{"path": i.LicenceLink()}
		if i.Licence != i.LicenceLink() {
			l["name"] = i.Licence
		}
		doc["licenses"] = []object{l}
	}
	setText(doc, "version", i.Version)
	setText(doc, "homepage", i.HomePage)
}

// csvwImprint adds the imprint to the metadata of CSV on the Web.
func csvwImprint(doc object, i *spec.Imprint, o Options) {
	if names := i.Names(o.Lang); len(names) > 0 {
		doc["dc:creator"] = names
	}
	setText(doc, "dc:publisher", i.Publisher.Name.In(o.Lang))
	if i.Licence != "" {
		doc["dc:license"] = object{"@id": i.LicenceLink()}
	}
	if i.DOI != "" {
		doc["dc:identifier"] = []any{doc["dc:identifier"], i.DOILink()}
	}
	if len(i.Citation) > 0 {
		doc["dc:bibliographicCitation"] = i.Citation.In(o.Lang)
	}
	if i.Since != "" {
		doc["dc:issued"] = string(i.Since)
	}
	if i.Date != "" {
		doc["dc:modified"] = string(i.Date)
	}
	setText(doc, "schema:version", i.Version)
}

// setText sets a key of a document unless the text is empty.
func setText(doc object, key, text string) {
	if text != "" {
		doc[key] = text
	}
}

// setList sets a key of a document unless the list is empty.
func setList(doc object, key string, list []object) {
	if len(list) > 0 {
		doc[key] = list
	}
}

// cited is the year of publication, or where that is not said the last of the
// index.
func cited(r *engine.Report) string {
	return cmp.Or(r.Project.Imprint.Year(), fmt.Sprint(r.Years[len(r.Years)-1]))
}

// credit is a sentence that names an index as a list of references does: authors,
// year, title, version, publisher, address. It is the project's own where it has
// one.
func credit(i *spec.Imprint, title, year, lang string) string {
	if own := i.Citation.In(lang); own != "" {
		return own
	}
	text := title
	if names := i.Names(lang); len(names) > 0 {
		text = strings.Join(names, ", ") + " (" + year + "): " + title
	} else {
		text += ", " + year
	}
	if i.Version != "" {
		text += ", version " + i.Version
	}
	text += "."
	for _, more := range []string{i.Publisher.Name.In(lang), i.Link()} {
		if more != "" {
			text += " " + strings.TrimSuffix(more, ".") + "."
		}
	}
	return text
}

// bibAuthors are the authors as BibTeX divides them. A name of which the project
// does not say what is the family name is not taken apart.
func bibAuthors(i *spec.Imprint, lang string) string {
	var names []string
	for k := range i.Authors {
		family, given := i.Authors[k].Split(lang)
		switch {
		case family != "" && given != "" && !strings.Contains(given, ","):
			names = append(names, bibPart(family)+", "+bibPart(given))
		default:
			names = append(names, "{"+latex(i.Authors[k].Name.In(lang))+"}")
		}
	}
	return strings.Join(names, " and ")
}

// bibPart is a part of a name, kept together where BibTeX would take it apart.
func bibPart(s string) string {
	if strings.Contains(s, ",") || strings.Contains(" "+strings.ToLower(s)+" ", " and ") {
		return "{" + latex(s) + "}"
	}
	return latex(s)
}

// plainAddress is an address that BibTeX takes as it stands, or "".
func plainAddress(s string) string {
	if strings.ContainsAny(s, `{}\`) {
		return ""
	}
	return s
}

// risImprint are the fields of a record of RIS that come of the imprint.
func risImprint(i *spec.Imprint, lang string) [][2]string {
	var fields [][2]string
	for k := range i.Authors {
		family, given := i.Authors[k].Split(lang)
		name := i.Authors[k].Name.In(lang)
		if family != "" && given != "" {
			name = family + ", " + given
		}
		fields = append(fields, [2]string{"AU", name})
	}
	if len(i.Date) == len("2006-01-02") {
		fields = append(fields, [2]string{"DA", strings.ReplaceAll(string(i.Date), "-", "/")})
	}
	return append(fields, [2]string{"ET", i.Version}, [2]string{"PB", i.Publisher.Name.In(lang)}, [2]string{"DO", i.DOI}, [2]string{"UR", i.HomePage}, [2]string{"C1", i.Licence})
}

// fundingText lists who paid, with the numbers of grants.
func fundingText(list []spec.Grant, lang string) string {
	var parts []string
	for k := range list {
		text := list[k].Name.In(lang)
		if list[k].Grant != "" {
			text += " (" + list[k].Grant + ")"
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ")
}

// authorText is an author with affiliation and address.
func authorText(a *spec.Author, lang string) string {
	text := a.Name.In(lang)
	if at := a.Affiliation.In(lang); at != "" {
		text += ", " + at
	}
	if link := a.Link(); link != "" {
		text += ", " + link
	}
	return text
}

// contactText is who answers questions.
func contactText(c spec.Contact, lang string) string {
	var parts []string
	for _, s := range []string{c.Name.In(lang), c.Email, c.URL} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ", ")
}

// named reports whether there is somebody to name as the author of an index.
func named(i *spec.Imprint) bool { return len(i.Authors) > 0 || !i.Publisher.IsZero() }

// noAuthors is the problem of a form that has to name an author.
func noAuthors(r *engine.Report) error {
	return mizan.Problems{{
		ID: "no-authors", Cause: fmt.Sprintf("%s names no authors and no publisher, of which CITATION.cff needs one", r.Project.ID),
		Remedy: "add `imprint: {authors: [NAME]}` to the project",
	}}
}
