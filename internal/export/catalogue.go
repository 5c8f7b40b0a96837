package export

import (
	"fmt"
	"io"
	"strings"

	"mizan"
	"mizan/engine"
)

var dcat = Format{
	Name:    "dcat",
	Summary: "What a catalogue of data asks for, as DCAT 3 in JSON-LD",
	About: `Describe the index for catalogues of open data as DCAT version 3 (W3C, 2024) in
JSON-LD: titles in every language, the years covered, the files of
` + "`mizan export csv`" + ` as distributions, the sources with publisher and licence.`,
	Suffix: ".jsonld",
	Write:  DCAT,
}

var schemaOrg = Format{
	Name:    "schema-org",
	Summary: "What search engines ask for, as a schema.org Dataset in JSON-LD",
	About: `Describe the index for search engines as a Dataset of schema.org in JSON-LD: what
is measured in which unit, years and places covered, the files of
` + "`mizan export csv`" + ` as downloads, the sources with their licences.`,
	Suffix: ".jsonld",
	Write:  SchemaOrg,
}

// DCAT describes an index as a dcat:Dataset in JSON-LD. Errors: those of w, and
// those of Report.Relations.
//
// Source: W3C (2024), Data Catalog Vocabulary (DCAT), version 3.
func DCAT(w io.Writer, r *engine.Report, o Options) error {
	list, err := tablesOf(r, o)
	if err != nil {
		return err
	}
	years := yearsOf(r, o)
	doc := object{
		"@context": object{
			"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/", "xsd": "http://www.w3.org/2001/XMLSchema#",
			"vcard": "http://www.w3.org/2006/vcard/ns#",
		},
		"@type": "dcat:Dataset", "@id": "#" + r.Project.ID, "dct:identifier": "sha256:" + r.Project.Hash,
		"dct:title": languageText(orCode(r.Project.Title, r.Project.ID)),
		"dct:temporal": object{
			"@type":          "dct:PeriodOfTime",
			"dcat:startDate": object{"@type": "xsd:gYear", "@value": fmt.Sprintf("%04d", years[0])},
			"dcat:endDate":   object{"@type": "xsd:gYear", "@value": fmt.Sprintf("%04d", years[len(years)-1])},
		},
	}
	if d := languageText(r.Project.Description); len(d) > 0 {
		doc["dct:description"] = d
	}
	var words []object
	for _, i := range r.Indicators {
		words = append(words, languageText(orCode(i.Name, i.Code))...)
	}
	doc["dcat:keyword"] = words
	var files []object
	for _, f := range loadable(list, o) {
		media, _, _ := strings.Cut(f.Type, ";")
		files = append(files, object{
			"@type": "dcat:Distribution", "dct:title": f.Name, "dct:description": f.About, "dcat:downloadURL": object{"@id": f.Address},
			"dcat:mediaType": object{"@id": "https://www.iana.org/assignments/media-types/" + media},
		})
	}
	doc["dcat:distribution"] = files
	dcatImprint(doc, &r.Project.Imprint)
	if o.Page != nil && o.Page.Address != "" {
		doc["@id"], doc["dcat:landingPage"] = o.Page.Address+"#"+r.Project.ID, object{"@id": o.Page.Address}
	}
	var sources []object
	for _, at := range r.Origins {
		if at.Code != "" {
			sources = append(sources, dcatSource(at))
		}
	}
	if len(sources) > 0 {
		doc["dct:source"] = sources
	}
	if o.Page != nil && o.Page.Date != "" {
		day := object{"@type": "xsd:date", "@value": o.Page.Date}
		if doc["dct:issued"] == nil {
			doc["dct:issued"] = day
		} else {
			doc["dct:modified"] = day
		}
		if doc["dcat:version"] == nil {
			doc["dcat:version"] = o.Page.Date
		}
	}
	return writeJSON(w, doc)
}

func dcatSource(at mizan.Origin) object {
	s := object{"@type": "dcat:Dataset", "@id": "#origin-" + variableName(at.Code), "dct:identifier": at.Code}
	for key, text := range map[string]string{"dct:title": at.Title, "dct:rights": at.Licence, "dct:description": at.Note} {
		if text != "" {
			s[key] = text
		}
	}
	if at.Publisher != "" {
		s["dct:publisher"] = object{"@type": "foaf:Agent", "foaf:name": at.Publisher}
	}
	if url, ok := reference(at); ok {
		s["dcat:landingPage"] = object{"@id": url}
	}
	if at.Year != 0 {
		s["dct:issued"] = object{"@type": "xsd:gYear", "@value": fmt.Sprintf("%04d", at.Year)}
	}
	return s
}

// SchemaOrg describes an index as a schema.org Dataset in JSON-LD. Errors: those
// of w, and those of Report.Relations.
//
// Source: schema.org, Dataset.
func SchemaOrg(w io.Writer, r *engine.Report, o Options) error {
	list, err := tablesOf(r, o)
	if err != nil {
		return err
	}
	years := yearsOf(r, o)
	doc := object{
		"@context": "https://schema.org/", "@type": "Dataset", "identifier": "sha256:" + r.Project.Hash,
		"name": wording(orCode(r.Project.Title, r.Project.ID), o), "temporalCoverage": isoSpan(years), "isAccessibleForFree": true,
	}
	if d := r.Project.Description; len(languageText(d)) > 0 {
		doc["description"] = wording(d, o)
	}
	if o.Page != nil && o.Page.Address != "" {
		doc["@id"], doc["url"] = o.Page.Address+"#"+r.Project.ID, o.Page.Address
	}
	var measured, files, sources, places []object
	for _, i := range r.Indicators {
		v := object{"@type": "PropertyValue", "propertyID": i.Code, "name": wording(orCode(i.Name, i.Code), o)}
		if i.Measure != "" {
			v["unitText"] = i.Measure
		}
		measured = append(measured, v)
	}
	for _, u := range r.Units {
		places = append(places, object{"@type": "Place", "identifier": u.Code, "name": wording(orCode(u.Name, u.Code), o)})
	}
	for _, f := range loadable(list, o) {
		media, _, _ := strings.Cut(f.Type, ";")
		files = append(files, object{"@type": "DataDownload", "name": f.Name, "description": f.About, "encodingFormat": media, "contentUrl": f.Address})
	}
	for _, at := range r.Origins {
		if at.Code != "" {
			sources = append(sources, schemaSource(at))
		}
	}
	doc["variableMeasured"], doc["spatialCoverage"], doc["distribution"] = measured, places, files
	if len(sources) > 0 {
		doc["isBasedOn"] = sources
	}
	schemaImprint(doc, &r.Project.Imprint, o)
	if o.Page != nil && o.Page.Date != "" {
		if doc["datePublished"] == nil {
			doc["datePublished"] = o.Page.Date
		} else {
			doc["dateModified"] = o.Page.Date
		}
		if doc["version"] == nil {
			doc["version"] = o.Page.Date
		}
	}
	return writeJSON(w, doc)
}

func schemaSource(at mizan.Origin) object {
	s := object{"@type": "Dataset", "identifier": at.Code, "name": at.Code}
	if at.Title != "" {
		s["name"] = at.Title
	}
	if at.Publisher != "" {
		s["publisher"] = object{"@type": "Organization", "name": at.Publisher} //nolint:misspell // a word of schema.org
	}
	if at.Licence != "" {
		s["license"] = at.Licence
	}
	if url, ok := reference(at); ok {
		s["url"] = url
	}
	if at.Year != 0 {
		s["datePublished"] = fmt.Sprintf("%04d", at.Year)
	}
	return s
}

// loadable lists the files that a description names: those of the page that it
// stands in, else the tables of the export.
func loadable(tables []*mizan.Relation, o Options) []PageFile {
	if o.Page != nil {
		return o.Page.Files
	}
	var files []PageFile
	for _, t := range tables {
		files = append(files, PageFile{Name: t.Name, About: t.About, Type: "text/csv", Address: tableName(t)})
	}
	return files
}

// wording is a text as a description has it: in every language, or for a page in
// the page's own, since search engines show what stands there as it is.
func wording(t mizan.Text, o Options) any {
	if o.Page != nil && o.Lang != "" {
		return t.In(o.Lang)
	}
	return languageText(t)
}

// yearsOf are the years that are written.
func yearsOf(r *engine.Report, o Options) []int {
	if o.Year != 0 {
		return []int{o.Year}
	}
	return r.Years
}

// isoSpan is "2020" or "2018/2022" (ISO 8601).
func isoSpan(years []int) string {
	if len(years) == 1 {
		return fmt.Sprintf("%04d", years[0])
	}
	return fmt.Sprintf("%04d/%04d", years[0], years[len(years)-1])
}

// orCode is the code where there is no name.
func orCode(t mizan.Text, code string) mizan.Text {
	if t.In("") == "" {
		return mizan.Text{"": code}
	}
	return t
}

func writeJSON(w io.Writer, v any) error {
	text, err := jsonText(v)
	if err == nil {
		_, err = w.Write(text)
	}
	return err
}
