package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"mizan"
	"mizan/engine"
)

// Marker is the first line of the project file of every folder that is written
// here, by which such a folder is known from one with a project of its own.
const Marker = "# Written by `mizan export`, which may write it anew."

var csvFolder = Format{
	Name:    "csv",
	Summary: "A folder of CSV files and a project file that builds the same index",
	About: `Write the whole index as a folder of CSV files:

  data/units.csv         who is compared, with names and groups
  data/origins.csv       who published the figures, under which licence
  data/indicators.csv    every series
  data/framework.csv     the tree with its weights
  data/observations.csv  every figure of whatever year, with status and origin
  data/stages.csv        a row per unit, year and indicator: the way of a figure
                         through the stages
  data/results.csv       a row per unit, year and node: score and rank
  mizan.yaml             the project as it was built; with data/units.csv,
                         observations.csv and origins.yaml it is a project, which
                         builds the same scores to the last bit
  others/                the tables of ties, supply and published rankings

Numbers carry full precision; missing is an empty cell. Text that a spreadsheet
would take for a formula has an apostrophe before it (not with --raw).`,
	Files: CSVFolder,
}

// CSVFolder lists the files of an index as CSV: what csvFolder.About says. The
// report must come from engine.Run. Errors are mizan.Problems: an unknown year,
// a report without figures, a unit whose code is no safe text (see CSV).
func CSVFolder(r *engine.Report, o Options) ([]File, error) {
	list, err := tablesOf(r, o)
	if err != nil {
		return nil, err
	}
	if err := codesAreSafe(r, o); err != nil {
		return nil, err
	}
	var files []File
	for _, t := range list {
		files = append(files, File{tableName(t), func(w io.Writer) error { return CSV(w, t, o.Raw) }})
	}
	project, err := projectFiles(r)
	return append(files, project...), err
}

// tableName is the name of a relation's CSV file.
func tableName(t *mizan.Relation) string { return "data/" + t.Name + ".csv" }

// tablesOf are the relations of the report, in one year where one is asked for.
// Observations are of all years in any case: the project needs them.
func tablesOf(r *engine.Report, o Options) ([]*mizan.Relation, error) {
	if o.Year != 0 {
		if err := r.HasYear(o.Year); err != nil {
			return nil, err
		}
	}
	list, err := r.Relations(o.Lang)
	if err != nil || o.Year == 0 {
		return list, err
	}
	for i, t := range list {
		if c := t.Column("year"); c != nil && (t.Name == "stages" || t.Name == "results") {
			list[i] = t.Where(func(row int) bool { return c.Number(row) == float64(o.Year) })
		}
	}
	return list, nil
}

// projectFiles are the project file, its origins, and the files that are given
// as they are. The tables of units and observations are CSV of the relations.
func projectFiles(r *engine.Report) ([]File, error) {
	s, others, err := r.Portable()
	if err != nil {
		return nil, err
	}
	files := []File{fileOf("mizan.yaml", slices.Concat([]byte(Marker+"\n"), s.Canonical()))}
	if s.Origins.File != "" {
		text, err := originsFile(r.Panel.Origins)
		if err != nil {
			return nil, err
		}
		files = append(files, fileOf(engine.PortableOrigins, text))
	}
	for _, f := range others {
		files = append(files, fileOf(f.Name, f.Text))
	}
	return files, nil
}

// originsFile writes a file of origins. Texts are in double quotes as JSON has
// them, which YAML reads the same.
func originsFile(list []mizan.Origin) ([]byte, error) {
	var b bytes.Buffer
	for _, o := range list {
		if o.Code == "" {
			continue
		}
		code, err := quoted(o.Code)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "%s:\n", code)
		for _, field := range []struct{ key, text string }{
			{"publisher", o.Publisher}, {"title", o.Title}, {"licence", o.Licence}, {"url", o.URL}, {"note", o.Note},
		} {
			if field.text == "" {
				continue
			}
			text, err := quoted(field.text)
			if err != nil {
				return nil, err
			}
			fmt.Fprintf(&b, "  %s: %s\n", field.key, text)
		}
		if o.Year != 0 {
			fmt.Fprintf(&b, "  year: %d\n", o.Year)
		}
	}
	return b.Bytes(), nil
}

func quoted(s string) (string, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return "", err
	}
	return string(bytes.TrimSuffix(b.Bytes(), []byte{'\n'})), nil
}
