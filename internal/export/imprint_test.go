package export_test

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"mizan/engine"
	"mizan/internal/export"

	"github.com/goccy/go-yaml"
)

// imprinted is stock with an imprint that has all there is.
func imprinted(t testing.TB) *engine.Report {
	t.Helper()
	files := maps.Clone(stock)
	text := strings.Replace(string(files["mizan.yaml"].Data), "period:", `imprint:
  authors:
    - {name: {en: Ada Lovelace, ru: Ада Лавлейс}, family: {en: Lovelace, ru: Лавлейс}, orcid: 0000-0002-1825-0097, affiliation: {en: "Engines & Sons", ru: Машины и сыновья}, email: ada@example.org}
    - {name: "Plato"}
    - {name: Index and Number Institute, organisation: true, ror: 052gg0110, url: "https://example.org/institute"}
  publisher: {name: {en: Index House, ru: Дом индексов}, url: "https://example.org/house"}
  licence: CC-BY-4.0
  version: "2.1"
  date: 2026-03-01
  since: 2019
  home_page: https://example.org/stock
  doi: 10.5281/zenodo.1234567
  contact: {name: The desk, email: desk@example.org}
  funding: [{name: Science Fund, grant: A-17, ror: 042nb2s44}]
period:`, 1)
	files["mizan.yaml"] = &fstest.MapFile{Data: []byte(text)}
	return report(t, files)
}

// at follows keys and positions into a JSON document.
func at(t testing.TB, text string, path ...any) any {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	for _, p := range path {
		switch k := p.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[k]
		case int:
			list, _ := v.([]any)
			if k >= len(list) {
				return nil
			}
			v = list[k]
		}
	}
	return v
}

// Every form that has a place for it says who made the index, under which licence.
func TestImprintInCatalogues(t *testing.T) {
	r := imprinted(t)
	folder := formatFolder(t, "open-data", r, export.Options{})
	texts := map[string]string{}
	for name, f := range folder {
		texts[name] = string(f.Data)
	}
	const by = "https://creativecommons.org/licenses/by/4.0/"
	for _, tt := range []struct {
		file string
		path []any
		want any
	}{
		{"datapackage.json", []any{"contributors", 0, "title"}, "Ada Lovelace"},
		{"datapackage.json", []any{"contributors", 0, "organization"}, "Engines & Sons"}, //nolint:misspell // a word of Frictionless
		{"datapackage.json", []any{"contributors", 0, "path"}, "https://orcid.org/0000-0002-1825-0097"},
		{"datapackage.json", []any{"contributors", 3, "role"}, "publisher"},
		{"datapackage.json", []any{"licenses", 0, "name"}, "CC-BY-4.0"},
		{"datapackage.json", []any{"licenses", 0, "path"}, by},
		{"datapackage.json", []any{"homepage"}, "https://example.org/stock"},
		{"datapackage.json", []any{"version"}, "2.1"},
		{"csv-metadata.json", []any{"dc:creator", 1}, "Plato"},
		{"csv-metadata.json", []any{"dc:license", "@id"}, by},
		{"csv-metadata.json", []any{"dc:publisher"}, "Index House"},
		{"dcat.jsonld", []any{"dct:creator", 0, "foaf:name", 1, "@value"}, "Ада Лавлейс"},
		{"dcat.jsonld", []any{"dct:creator", 0, "@id"}, "https://orcid.org/0000-0002-1825-0097"},
		{"dcat.jsonld", []any{"dct:creator", 2, "@type"}, "foaf:Organization"}, //nolint:misspell // a word of FOAF
		{"dcat.jsonld", []any{"dct:publisher", "foaf:name", 0, "@value"}, "Index House"},
		{"dcat.jsonld", []any{"dct:license", "@id"}, by},
		{"dcat.jsonld", []any{"dct:issued", "@type"}, "xsd:gYear"},
		{"dcat.jsonld", []any{"dct:modified", "@value"}, "2026-03-01"},
		{"dcat.jsonld", []any{"dcat:contactPoint", "vcard:hasEmail", "@id"}, "mailto:desk@example.org"},
		{"dcat.jsonld", []any{"dct:identifier", 1}, "https://doi.org/10.5281/zenodo.1234567"},
		{"schema-org.jsonld", []any{"creator", 0, "familyName"}, "Lovelace"},
		{"schema-org.jsonld", []any{"creator", 0, "givenName"}, "Ada"},
		{"schema-org.jsonld", []any{"creator", 2, "sameAs"}, "https://ror.org/052gg0110"},
		{"schema-org.jsonld", []any{"publisher", "contactPoint", "email"}, "desk@example.org"},
		{"schema-org.jsonld", []any{"license"}, by},
		{"schema-org.jsonld", []any{"version"}, "2.1"},
		{"schema-org.jsonld", []any{"datePublished"}, "2019"},
		{"schema-org.jsonld", []any{"dateModified"}, "2026-03-01"},
		{"schema-org.jsonld", []any{"funding", 0, "identifier"}, "A-17"},
		{"schema-org.jsonld", []any{"funding", 0, "funder", "sameAs"}, "https://ror.org/042nb2s44"},
	} {
		if got := at(t, texts[tt.file], tt.path...); got != tt.want {
			t.Errorf("%s: %v is %v, want %v", tt.file, tt.path, got, tt.want)
		}
	}
	want := strings.Join(slices.Concat(tables), " ")
	if got := validate(t, "frictionless.cjs", "datapackage.json", folder); len(strings.Fields(got)) != 2*len(strings.Fields(want)) {
		t.Errorf("the validator says %s", got)
	}
}

// A release keeps the version and the dates of the imprint beside its own day.
func TestImprintOfRelease(t *testing.T) {
	var b strings.Builder
	if err := export.SchemaOrg(&b, imprinted(t), export.Options{Lang: "ru", Page: &export.Page{Address: "https://example.org/", Date: "2026-11-25"}}); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{"version": "2.1", "datePublished": "2019", "dateModified": "2026-11-25"} {
		if got := at(t, b.String(), key); got != want {
			t.Errorf("%s is %v, want %s", key, got, want)
		}
	}
	if got := at(t, b.String(), "creator", 0, "name"); got != "Ада Лавлейс" {
		t.Errorf("the creator is %v", got)
	}
}

func TestImprintInCitations(t *testing.T) {
	r := imprinted(t)
	bib := single(t, export.BibTeX, r)
	want := `@misc{stock,
  author       = {Lovelace, Ada and {Plato} and {Index and Number Institute}},
  title        = {{=1+1 \& <stock>}},
  year         = {2026},
  version      = {2.1},
  publisher    = {Index House},
  doi          = {10.5281/zenodo.1234567},
  url          = {https://example.org/stock},
  note         = {Composite index, computed by Mizan. sha256:` + r.Project.Hash + `. Licence: CC-BY-4.0}
}
`
	if !strings.HasPrefix(bib, want) {
		t.Errorf("got\n%s\nwant first\n%s", bib, want)
	}
	ris := strings.ReplaceAll(single(t, export.RIS, r), "\r\n", "\n")
	for _, line := range []string{"AU  - Lovelace, Ada", "AU  - Plato", "AU  - Index and Number Institute", "PY  - 2026", "DA  - 2026/03/01", "PB  - Index House", "DO  - 10.5281/zenodo.1234567", "UR  - https://example.org/stock", "C1  - CC-BY-4.0"} {
		if !strings.Contains(ris, line+"\n") {
			t.Errorf("RIS lacks %q:\n%s", line, ris)
		}
	}
}

// CITATION.cff, read as YAML by another reader, has what version 1.2.0 asks for.
func TestCFF(t *testing.T) {
	r := imprinted(t)
	var doc struct {
		Version string `yaml:"cff-version"`
		Message string
		Type    string
		Title   string
		Authors []map[string]string
		Edition string `yaml:"version"`
		Date    string `yaml:"date-released"`
		DOI     string
		URL     string
		License string
		Contact []map[string]string
		Sources []struct {
			Type, Title, URL, Notes string
			Year                    int
			Authors                 []map[string]string
		} `yaml:"references"`
	}
	text := single(t, export.CFF, r)
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if doc.Version != "1.2.0" || doc.Type != "dataset" || doc.Title != "=1+1 & <stock>" || doc.Message == "" {
		t.Errorf("head: %+v", doc)
	}
	want := []map[string]string{
		{"family-names": "Lovelace", "given-names": "Ada", "affiliation": "Engines & Sons", "orcid": "https://orcid.org/0000-0002-1825-0097", "email": "ada@example.org"},
		{"name": "Plato"},
		{"name": "Index and Number Institute", "website": "https://ror.org/052gg0110"},
	}
	if !slices.EqualFunc(doc.Authors, want, maps.Equal) {
		t.Errorf("authors %v, want %v", doc.Authors, want)
	}
	if doc.Edition != "2.1" || doc.Date != "2026-03-01" || doc.DOI != "10.5281/zenodo.1234567" || doc.URL != "https://example.org/stock" || doc.License != "CC-BY-4.0" || len(doc.Contact) != 1 {
		t.Errorf("publication: %+v", doc)
	}
	if len(doc.Sources) != 1 || doc.Sources[0].Title != "Yearbook" || doc.Sources[0].Year != 2024 || doc.Sources[0].Authors[0]["name"] != "=Office" || doc.Sources[0].Notes != "CC BY 4.0" {
		t.Errorf("references: %+v", doc.Sources)
	}
	nobody := report(t, stock)
	if err := export.CFF(io.Discard, nobody, export.Options{}); err == nil || !strings.Contains(err.Error(), "names no authors") {
		t.Errorf("without authors: %v", err)
	}
	if files := formatFolder(t, "open-data", nobody, export.Options{}); files["CITATION.cff"] != nil {
		t.Error("open-data has a CITATION.cff without authors")
	}
}

// The structure of SDMX stays well-formed and names author, publisher and licence.
func TestImprintInSDMX(t *testing.T) {
	files := formatFolder(t, "sdmx", imprinted(t), export.Options{})
	var doc struct {
		Flow struct {
			Annotations []struct {
				Type string   `xml:"AnnotationType"`
				URL  string   `xml:"AnnotationURL"`
				Text []string `xml:"AnnotationText"`
			} `xml:"Annotations>Annotation"`
		} `xml:"Structures>Dataflows>Dataflow"`
	}
	if err := xml.Unmarshal(files["structure.xml"].Data, &doc); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, a := range doc.Flow.Annotations {
		got[a.Type] += strings.Join(a.Text, "/") + "<" + a.URL + ">"
	}
	for kind, want := range map[string]string{
		"AUTHOR":    "Ada Lovelace/Ада Лавлейс<https://orcid.org/0000-0002-1825-0097>Plato<>Index and Number Institute<https://ror.org/052gg0110>",
		"PUBLISHER": "Index House/Дом индексов<https://example.org/house>",
		"LICENCE":   "CC-BY-4.0<https://creativecommons.org/licenses/by/4.0/>",
	} {
		if got[kind] != want {
			t.Errorf("%s: %s, want %s", kind, got[kind], want)
		}
	}
}

// The folder of CSV is a project that has the same imprint.
func TestImprintSurvivesExport(t *testing.T) {
	r := imprinted(t)
	back := report(t, csvFolder(t, r, export.Options{}))
	if got, want := back.Project.Imprint.Names("ru"), []string{"Ада Лавлейс", "Plato", "Index and Number Institute"}; !slices.Equal(got, want) {
		t.Errorf("the authors are %v, want %v", got, want)
	}
	if back.Project.Imprint.DOI != r.Project.Imprint.DOI || len(back.Project.Imprint.Funding) != 1 {
		t.Errorf("the imprint is %+v", back.Project.Imprint)
	}
}
