package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"

	"mizan"
	"mizan/engine"
)

var frictionless = Format{
	Name:    "frictionless",
	Summary: "The folder of CSV as a Frictionless data package",
	About: `Write the folder of ` + "`mizan export csv`" + ` with a datapackage.json that describes it:
a tabular data package of Frictionless Data (v1), with type and meaning of every
column, primary and foreign keys, and the sources with their licences.`,
	Files: described(datapackage),
}

var csvw = Format{
	Name:    "csvw",
	Summary: "The folder of CSV with metadata as CSV on the Web (W3C)",
	About: `Write the folder of ` + "`mizan export csv`" + ` with a csv-metadata.json that describes it
as CSV on the Web (W3C, 2015): a group of tables with the type and meaning of
every column, primary and foreign keys.`,
	Files: described(csvMetadata),
}

var openData = Format{
	Name:    "open-data",
	Summary: "The folder of CSV with every description: Frictionless, CSVW, DCAT, schema.org, citations",
	About: `Write the folder of ` + "`mizan export csv`" + ` with all that a catalogue may ask for:
datapackage.json (Frictionless), csv-metadata.json (CSV on the Web), dcat.jsonld
(DCAT 3), schema-org.jsonld, citation.bib, citation.ris and, where the project says who made
it, CITATION.cff.`,
	Files: described(datapackage, csvMetadata, single("dcat.jsonld", DCAT), single("schema-org.jsonld", SchemaOrg), single("citation.bib", BibTeX), single("citation.ris", RIS), citationFile),
}

// citationFile is CITATION.cff, of a project that names somebody to cite.
func citationFile(r *engine.Report, o Options, list []*mizan.Relation) (File, error) {
	if !named(&r.Project.Imprint) {
		return File{}, nil
	}
	return single("CITATION.cff", CFF)(r, o, list)
}

// descriptor makes a file that describes the folder's tables; one without Write is
// left out.
type descriptor func(r *engine.Report, o Options, list []*mizan.Relation) (File, error)

// described is the folder of CSV with files that describe it.
func described(more ...descriptor) func(*engine.Report, Options) ([]File, error) {
	return func(r *engine.Report, o Options) ([]File, error) {
		files, err := CSVFolder(r, o)
		if err != nil {
			return nil, err
		}
		list, err := tablesOf(r, o)
		if err != nil {
			return nil, err
		}
		for _, describe := range more {
			f, err := describe(r, o, list)
			if err != nil {
				return nil, err
			}
			if f.Write != nil {
				files = append(files, f)
			}
		}
		return files, nil
	}
}

// single is a form that is one file, as a file of a folder.
func single(name string, write func(io.Writer, *engine.Report, Options) error) descriptor {
	return func(r *engine.Report, o Options, _ []*mizan.Relation) (File, error) {
		return File{name, func(w io.Writer) error { return write(w, r, o) }}, nil
	}
}

// object is a JSON object; its keys come out sorted.
type object = map[string]any

// jsonText writes a value as indented JSON.
func jsonText(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(v)
	return b.Bytes(), err
}

func jsonFile(name string, v any) (File, error) {
	text, err := jsonText(v)
	return fileOf(name, text), err
}

// described project: title and description in the language that was asked for.
func titleOf(r *engine.Report, o Options) string {
	if t := r.Project.Title.In(o.Lang); t != "" {
		return t
	}
	return r.Project.ID
}

// guardNote says what the guard against formulas did to texts.
const guardNote = "Text that a spreadsheet would take for a formula has an apostrophe before it."

// datapackage describes the tables as a tabular data package.
//
// Source: Frictionless Data, Data Package and Table Schema, version 1.
func datapackage(r *engine.Report, o Options, list []*mizan.Relation) (File, error) {
	doc := object{
		"profile": "tabular-data-package", "name": r.Project.ID, "title": titleOf(r, o),
		"id": "sha256:" + r.Project.Hash,
	}
	var notes []string
	if d := r.Project.Description.In(o.Lang); d != "" {
		notes = append(notes, d)
	}
	if !o.Raw {
		notes = append(notes, guardNote)
	}
	if len(notes) > 0 {
		doc["description"] = strings.Join(notes, "\n\n")
	}
	var sources []object
	for _, at := range r.Origins {
		if at.Code == "" {
			continue
		}
		s := object{"title": sourceTitle(at)}
		if isLink(at.URL) {
			s["path"] = at.URL
		}
		sources = append(sources, s)
	}
	if len(sources) > 0 {
		doc["sources"] = sources
	}
	var resources []object
	for _, t := range list {
		resources = append(resources, object{
			"profile": "tabular-data-resource", "name": t.Name, "path": tableName(t), "description": t.About,
			"format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "schema": tableSchema(t),
			"dialect": object{"delimiter": ",", "quoteChar": `"`, "doubleQuote": true, "lineTerminator": "\n", "header": true},
		})
	}
	doc["resources"] = resources
	packageImprint(doc, &r.Project.Imprint, o)
	return jsonFile("datapackage.json", doc)
}

// sourceTitle is publisher, title and licence of an origin in one line.
func sourceTitle(o mizan.Origin) string {
	var parts []string
	for _, s := range []string{o.Publisher, o.Title, o.Licence} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if len(parts) == 0 {
		return o.Code
	}
	return strings.Join(parts, ", ")
}

func tableSchema(t *mizan.Relation) object {
	types := map[mizan.ColumnKind]string{mizan.TextColumn: "string", mizan.WholeColumn: "integer", mizan.NumberColumn: "number"}
	var fields, foreign []object
	for _, c := range t.Columns {
		f := object{"name": c.Name, "type": types[c.Kind], "description": c.About}
		if c.Required {
			f["constraints"] = object{"required": true}
		}
		fields = append(fields, f)
		if table, column, ok := strings.Cut(c.Refers, "."); ok {
			foreign = append(foreign, object{"fields": c.Name, "reference": object{"resource": table, "fields": column}})
		}
	}
	s := object{"fields": fields, "primaryKey": t.Key, "missingValues": []string{""}}
	if len(foreign) > 0 {
		s["foreignKeys"] = foreign
	}
	return s
}

// csvMetadata describes the tables as CSV on the Web.
//
// Source: W3C (2015), Metadata vocabulary for tabular data.
func csvMetadata(r *engine.Report, o Options, list []*mizan.Relation) (File, error) {
	types := map[mizan.ColumnKind]string{mizan.TextColumn: "string", mizan.WholeColumn: "integer", mizan.NumberColumn: "double"}
	var tables []object
	for _, t := range list {
		var columns, foreign []object
		for _, c := range t.Columns {
			columns = append(columns, object{
				"name": variableName(c.Name), "titles": c.Name, "datatype": types[c.Kind], "required": c.Required, "dc:description": c.About,
			})
			if table, column, ok := strings.Cut(c.Refers, "."); ok {
				foreign = append(foreign, object{
					"columnReference": variableName(c.Name),
					"reference":       object{"resource": "data/" + table + ".csv", "columnReference": variableName(column)},
				})
			}
		}
		var keys []string
		for _, k := range t.Key {
			keys = append(keys, variableName(k))
		}
		schema := object{"columns": columns, "primaryKey": keys}
		if len(foreign) > 0 {
			schema["foreignKeys"] = foreign
		}
		tables = append(tables, object{"url": tableName(t), "dc:title": t.Name, "dc:description": t.About, "tableSchema": schema})
	}
	doc := object{
		"@context": []any{"http://www.w3.org/ns/csvw", object{"@language": "en"}}, "@type": "TableGroup",
		"dc:title": titleOf(r, o), "dc:identifier": "sha256:" + r.Project.Hash, "tables": tables,
		"dialect": object{"delimiter": ",", "quoteChar": `"`, "doubleQuote": true, "lineTerminators": []string{"\n"}, "encoding": "utf-8", "header": true},
	}
	if d := r.Project.Description.In(o.Lang); d != "" {
		doc["dc:description"] = d
	}
	csvwImprint(doc, &r.Project.Imprint, o)
	return jsonFile("csv-metadata.json", doc)
}

// variableName is a name as a variable of a URI template (RFC 6570), which the
// names of columns have to be.
func variableName(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '_' && i > 0:
			b.WriteByte(c)
		case c == ':' || c == ' ' || c == '-':
			b.WriteByte('_')
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// languageText is a text as JSON-LD has it, one value per language.
func languageText(t mizan.Text) []object {
	var list []object
	for _, lang := range slices.Sorted(maps.Keys(t)) {
		v := object{"@value": t[lang]}
		if lang != "" {
			v["@language"] = lang
		}
		if t[lang] != "" {
			list = append(list, v)
		}
	}
	return list
}

// reference is an address where an origin has one that can be followed.
func reference(o mizan.Origin) (string, bool) {
	u, err := url.Parse(o.URL)
	return o.URL, err == nil && isLink(o.URL) && u.Host != ""
}
