package export

import (
	"fmt"
	"io"

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
	for _, t := range list {
		files = append(files, object{
			"@type": "dcat:Distribution", "dct:title": t.Name, "dct:description": t.About, "dcat:downloadURL": object{"@id": tableName(t)},
			"dcat:mediaType": object{"@id": "https://www.iana.org/assignments/media-types/text/csv"},
		})
	}
	doc["dcat:distribution"] = files
	var sources []object
	for _, at := range r.Origins {
		if at.Code != "" {
			sources = append(sources, dcatSource(at))
		}
	}
	if len(sources) > 0 {
		doc["dct:source"] = sources
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
		"name": languageText(orCode(r.Project.Title, r.Project.ID)), "temporalCoverage": isoSpan(years), "isAccessibleForFree": true,
	}
	if d := languageText(r.Project.Description); len(d) > 0 {
		doc["description"] = d
	}
	var measured, files, sources, places []object
	for _, i := range r.Indicators {
		v := object{"@type": "PropertyValue", "propertyID": i.Code, "name": languageText(orCode(i.Name, i.Code))}
		if i.Measure != "" {
			v["unitText"] = i.Measure
		}
		measured = append(measured, v)
	}
	for _, u := range r.Units {
		places = append(places, object{"@type": "Place", "identifier": u.Code, "name": languageText(orCode(u.Name, u.Code))})
	}
	for _, t := range list {
		files = append(files, object{"@type": "DataDownload", "name": t.Name, "description": t.About, "encodingFormat": "text/csv", "contentUrl": tableName(t)})
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
