package export_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"mizan/engine"
	"mizan/internal/export"
)

func formatFolder(t testing.TB, name string, r *engine.Report, o export.Options) fstest.MapFS {
	t.Helper()
	for _, f := range export.Formats() {
		if f.Name == name {
			files, err := f.Files(r, o)
			return folder(t, files, err)
		}
	}
	t.Fatalf("there is no format %s", name)
	return nil
}

// validate runs a validator of scripts/validators on a folder that is written to
// the disk.
func validate(t *testing.T, script, file string, files fstest.MapFS) string {
	t.Helper()
	scripts, err := filepath.Abs("../../scripts/validators")
	if err != nil {
		t.Fatal(err)
	}
	node, err := exec.LookPath("node")
	if _, e := os.Stat(filepath.Join(scripts, "node_modules")); err != nil || e != nil {
		t.Skip("the validators are not installed: sh scripts/validators.sh does it, and so does make test")
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, files); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(node, script, filepath.Join(dir, file))
	cmd.Dir = scripts
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s%s", script, err, out, stderr.String())
	}
	return string(out)
}

// tables of the folder, in the order of its descriptors.
var tables = []string{"units", "origins", "indicators", "framework", "observations", "stages", "results"}

// TestFrictionlessIsValid: the Frictionless Data library accepts descriptor, cells
// and keys, and sees every row; and it refuses a broken key and a broken number.
func TestFrictionlessIsValid(t *testing.T) {
	for name, r := range map[string]*engine.Report{"stock": report(t, stock), "looking-back": report(t, lookingBack), "ai-race": report(t, embedded(t, "ai-race"))} {
		t.Run(name, func(t *testing.T) {
			files := formatFolder(t, "frictionless", r, export.Options{})
			var want strings.Builder
			for _, table := range tables {
				fmt.Fprintln(&want, table, len(readCSV(t, files["data/"+table+".csv"].Data)))
			}
			if got := validate(t, "frictionless.cjs", "datapackage.json", files); got != want.String() {
				t.Errorf("the validator counts\n%s\nwant\n%s", got, want.String())
			}
		})
	}
}

// TestCSVWIsRead: rdf-parser-csvw reads every table by its metadata, and counts as
// many values of each type as there are cells.
func TestCSVWIsRead(t *testing.T) {
	for name, r := range map[string]*engine.Report{"stock": report(t, stock), "ai-race": report(t, embedded(t, "ai-race"))} {
		t.Run(name, func(t *testing.T) {
			files := formatFolder(t, "csvw", r, export.Options{})
			whole := []string{"year", "direction", "in_framework", "level", "year_used", "rank"}
			double := []string{"weight", "effective_weight", "value", "raw", "denominated", "imputed", "screened", "treated", "normalised", "contribution", "score"}
			var want strings.Builder
			for _, table := range tables {
				count := map[string]int{}
				for _, row := range readCSV(t, files["data/"+table+".csv"].Data) {
					count["integer"]++ // the library numbers rows
					for column, cell := range row {
						switch {
						case cell == "":
						case slices.Contains(whole, column):
							count["integer"]++
						case slices.Contains(double, column):
							count["double"]++
						default:
							count["string"]++
						}
					}
				}
				want.WriteString(table)
				for _, kind := range slices.Sorted(maps.Keys(count)) {
					fmt.Fprintf(&want, " %s=%d", kind, count[kind])
				}
				want.WriteByte('\n')
			}
			got := validate(t, "csvw.cjs", "", files)
			// Cells without text are no values to us, and "" to the library where the type is text.
			if stripped(got, "string") != stripped(want.String(), "string") {
				t.Errorf("the library counts\n%s\nwant\n%s", got, want.String())
			}
		})
	}
}

func stripped(s, kind string) string {
	var lines []string
	for line := range strings.Lines(s) {
		var words []string
		for _, w := range strings.Fields(line) {
			if !strings.HasPrefix(w, kind+"=") {
				words = append(words, w)
			}
		}
		lines = append(lines, strings.Join(words, " "))
	}
	return strings.Join(lines, "\n")
}

// TestDescriptorsFit: what a descriptor says of a table is what its CSV has, and
// every key that it refers to is there.
func TestDescriptorsFit(t *testing.T) {
	files := formatFolder(t, "open-data", report(t, stock), export.Options{})
	var doc struct {
		Resources []struct {
			Path   string
			Schema struct {
				Fields     []struct{ Name, Type string }
				PrimaryKey []string
			}
		}
	}
	if err := json.Unmarshal(files["datapackage.json"].Data, &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Resources) != len(tables) {
		t.Errorf("%d resources, want %d", len(doc.Resources), len(tables))
	}
	for _, r := range doc.Resources {
		head, _, _ := strings.Cut(string(files[r.Path].Data), "\n")
		var names []string
		for _, f := range r.Schema.Fields {
			names = append(names, f.Name)
		}
		if got := strings.Join(names, ","); got != head {
			t.Errorf("%s has the columns %s, described as %s", r.Path, head, got)
		}
		seen := map[string]bool{}
		for _, row := range readCSV(t, files[r.Path].Data) {
			var key []string
			for _, k := range r.Schema.PrimaryKey {
				key = append(key, row[k])
			}
			if k := strings.Join(key, " "); seen[k] {
				t.Errorf("%s: the key %s is there twice", r.Path, k)
			} else {
				seen[k] = true
			}
		}
	}
	for _, name := range []string{"csv-metadata.json", "dcat.jsonld", "schema-org.jsonld"} {
		if !json.Valid(files[name].Data) {
			t.Errorf("%s is no JSON", name)
		}
	}
}

func single(t testing.TB, write func(io.Writer, *engine.Report, export.Options) error, r *engine.Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, r, export.Options{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestCatalogues: titles in every language, years, sources with licence.
func TestCatalogues(t *testing.T) {
	r := report(t, stock)
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"dcat": {single(t, export.DCAT, r), []string{
			`"@type": "dcat:Dataset"`, `"@language": "ru"`, `"@value": "Запас"`, `"dcat:startDate"`, `"@value": "2023"`, `"foaf:name": "=Office"`, `"dct:rights": "CC BY 4.0"`, `"@id": "https://example.org/a?b=1&c=2"`, `"@id": "data/results.csv"`,
		}},
		"schema.org": {single(t, export.SchemaOrg, r), []string{`"@type": "Dataset"`, `"temporalCoverage": "2023"`, `"unitText": "+t"`, `"license": "CC BY 4.0"`, `"contentUrl": "data/stages.csv"`, `"datePublished": "2024"`}},
	} {
		for _, want := range c.want {
			if !strings.Contains(c.text, want) {
				t.Errorf("%s lacks %s:\n%s", name, want, c.text)
			}
		}
	}
}

// A description for a page is in the page's language, says where the page is, and
// names the files that can be loaded from there.
func TestDescriptionOfPage(t *testing.T) {
	r := report(t, stock)
	at := &export.Page{Address: "https://example.org/ru/", Files: []export.PageFile{{Name: "scores.csv", About: "scores", Type: "text/csv; charset=utf-8", Address: "../scores.csv"}}}
	for name, c := range map[string]struct {
		write func(io.Writer, *engine.Report, export.Options) error
		want  []string
	}{
		"schema.org": {export.SchemaOrg, []string{`"name": "Запас"`, `"url": "https://example.org/ru/"`, `"contentUrl": "../scores.csv"`, `"encodingFormat": "text/csv"`}},
		"dcat":       {export.DCAT, []string{`"dcat:landingPage"`, `"@id": "https://example.org/ru/"`, `"@id": "../scores.csv"`, `media-types/text/csv"`}},
	} {
		var b bytes.Buffer
		if err := c.write(&b, r, export.Options{Lang: "ru", Page: at}); err != nil {
			t.Fatal(err)
		}
		for _, want := range c.want {
			if !strings.Contains(b.String(), want) {
				t.Errorf("%s lacks %s:\n%s", name, want, b.String())
			}
		}
		if strings.Contains(b.String(), "data/results.csv") {
			t.Errorf("%s names a file of the export", name)
		}
	}
}

// TestCitations: what LaTeX would take for its own is escaped, and a record of RIS
// has a tag a line.
func TestCitations(t *testing.T) {
	files := maps.Clone(stock)
	files["origins.yaml"] = &fstest.MapFile{Data: []byte("office: {publisher: 'A & B_{50%}', title: \"Year\\nbook\\\\ #1\", licence: CC BY 4.0, url: 'https://example.org/a_b', year: 2024}\n")}
	r := report(t, files)
	bib := single(t, export.BibTeX, r)
	want := `@misc{office,
  author       = {{A \& B\_\{50\%\}}},
  title        = {{Year book\textbackslash{} \#1}},
  year         = {2024},
  url          = {https://example.org/a_b},
  note         = {Licence: CC BY 4.0}
}
`
	if !strings.HasSuffix(bib, want) {
		t.Errorf("got\n%s\nwant at the end\n%s", bib, want)
	}
	ris := single(t, export.RIS, r)
	want = "TY  - DATA\r\nID  - office\r\nAU  - A & B_{50%}\r\nTI  - Year book\\ #1\r\nPY  - 2024\r\nUR  - https://example.org/a_b\r\nC1  - CC BY 4.0\r\nER  - \r\n\r\n"
	if !strings.HasSuffix(ris, want) {
		t.Errorf("got\n%q\nwant at the end\n%q", ris, want)
	}
}

// TestSDMX: the structure is well-formed XML, every code of the data is in its code
// list, and every figure, score and rank is in the data.
func TestSDMX(t *testing.T) {
	r := report(t, embedded(t, "ai-race"))
	files := formatFolder(t, "sdmx", r, export.Options{})
	var doc struct {
		Codelists []struct {
			ID    string `xml:"id,attr"`
			Codes []struct {
				ID    string `xml:"id,attr"`
				Names []struct {
					Lang string `xml:"lang,attr"`
				} `xml:"Name"`
			} `xml:"Code"`
		} `xml:"Structures>Codelists>Codelist"`
		Dimensions []struct {
			ID string `xml:"id,attr"`
		} `xml:"Structures>DataStructures>DataStructure>DataStructureComponents>DimensionList>Dimension"`
	}
	if err := xml.Unmarshal(files["structure.xml"].Data, &doc); err != nil {
		t.Fatal(err)
	}
	codes := map[string]map[string]bool{}
	for _, l := range doc.Codelists {
		codes[l.ID] = map[string]bool{}
		for _, c := range l.Codes {
			codes[l.ID][c.ID] = len(c.Names) > 0
		}
	}
	if len(doc.Dimensions) != 3 {
		t.Errorf("dimensions %v", doc.Dimensions)
	}
	counts, want := map[string]int{}, map[string]int{}
	for _, row := range readCSV(t, files["data.csv"].Data) {
		for column, list := range map[string]string{"REF_AREA": "CL_AREA", "STAGE": "CL_STAGE", "INDICATOR": "CL_INDICATOR", "OBS_STATUS": "CL_OBS_STATUS"} {
			if !codes[list][row[column]] {
				t.Fatalf("%s has no named code %q", list, row[column])
			}
		}
		if row["DATAFLOW"] != "MIZAN:AI_RACE(1.0)" || row["TIME_PERIOD"] != "2023" || row["OBS_VALUE"] == "" {
			t.Fatalf("the row %v", row)
		}
		counts[row["STAGE"]]++
	}
	for stage, values := range map[string][]float64{"RAW": r.Stages.Raw.Values, "SCORE": r.Scores.Values, "RANK": r.Ranks.Values} {
		for _, v := range values {
			if v == v {
				want[stage]++
			}
		}
	}
	if !maps.Equal(counts, want) {
		t.Errorf("observations %v, want %v", counts, want)
	}
	small := maps.Clone(stock)
	small["units.csv"] = &fstest.MapFile{Data: bytes.ReplaceAll(stock["units.csv"].Data, []byte("\nG,"), []byte("\nÖ,"))}
	if _, err := export.SDMX(report(t, small), export.Options{}); err == nil || !strings.Contains(err.Error(), `the code of the unit "Ö" has a character that SDMX does not take`) {
		t.Errorf("got %v", err)
	}
}
