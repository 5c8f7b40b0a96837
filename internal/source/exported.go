package source

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"mizan"
)

// The sheets of `mizan export excel` that an import reads.
const (
	sheetProject = "Project"
	sheetFigures = "Figures"
	sheetUnits   = "Units"
	sheetOrigins = "Origins"
	sheetFiles   = "Files" // not in every workbook
)

// Exported is what a workbook of `mizan export excel` holds of a project: its
// project file, still with the names of files that it had, and the tables of
// units, observations (tidy) and origins as files of a portable project.
type Exported struct {
	Project                      []byte
	Units, Observations, Origins []byte
	Others                       []File // tables of ties, supply and the like, as they were
}

// Workbook reads a workbook that `mizan export excel` wrote. A figure stands in
// the year that it is of, not in that for which it was chosen; figures that the
// project file itself gives are left out, for they come again. Errors are mizan.Problems: no workbook, or not one of ours.
func Workbook(in Input) (*Exported, error) {
	at := mizan.Place{File: in.Name}
	book, err := openWorkbook(in.Text, usualLimits)
	if err != nil {
		return nil, &mizan.Problem{ID: "not-a-workbook", Place: at, Cause: fmt.Sprintf("this is no workbook that can be read (%v)", err), Remedy: "name a file that `mizan export excel` wrote"}
	}
	sheets := map[string][]map[string]string{}
	var problems mizan.Problems
	for _, sheet := range [][2]string{{sheetProject, "line"}, {sheetFigures, "unit"}, {sheetUnits, "unit"}, {sheetOrigins, "origin"}} {
		name, first := sheet[0], sheet[1]
		rows, err := book.rows(name)
		if err != nil {
			problems.Add("not-an-export", at, fmt.Sprintf("the sheet %s cannot be read (%v)", name, err), "name a file that `mizan export excel` wrote")
			continue
		}
		sheets[name] = below(rows, first)
		if sheets[name] == nil {
			problems.Add("not-an-export", at, fmt.Sprintf("the sheet %s has no row of heads that begins with %q", name, first), "name a file that `mizan export excel` wrote")
		}
	}
	if err := problems.OrNil(); err != nil {
		return nil, err
	}
	x := &Exported{Origins: originText(sheets[sheetOrigins])}
	for _, row := range sheets[sheetProject] {
		x.Project = append(append(x.Project, row["text"]...), '\n')
	}
	rows, _ := book.rows(sheetUnits) // they were read above
	x.Units = unitText(rows)
	x.Observations = observationText(sheets[sheetFigures])
	if slices.Contains(book.names(), sheetFiles) {
		rows, err := book.rows(sheetFiles)
		if err != nil {
			return nil, &mizan.Problem{ID: "not-an-export", Place: at, Cause: fmt.Sprintf("the sheet %s cannot be read (%v)", sheetFiles, err), Remedy: "name a file that `mizan export excel` wrote"}
		}
		x.Others = otherFiles(below(rows, "file"))
	}
	return x, nil
}

// otherFiles puts files together of their lines. Names that lead out of a folder
// are refused by whoever writes them.
func otherFiles(rows []map[string]string) []File {
	var files []File
	for _, row := range rows {
		if n := len(files); n == 0 || files[n-1].Name != row["file"] {
			files = append(files, File{Name: row["file"]})
		}
		f := &files[len(files)-1]
		f.Text = append(append(f.Text, row["text"]...), '\n')
	}
	return files
}

// below lists the rows below the heads, which begin with a word; nil if there are
// no such heads.
func below(rows [][]string, first string) []map[string]string {
	at := slices.IndexFunc(rows, func(row []string) bool { return len(row) > 0 && row[0] == first })
	if at < 0 {
		return nil
	}
	list := []map[string]string{}
	for _, row := range rows[at+1:] {
		m := map[string]string{}
		for i, cell := range row {
			if i < len(rows[at]) {
				m[rows[at][i]] = cell
			}
		}
		list = append(list, m)
	}
	return list
}

// unitText is the file of units: the sheet without what came of the build.
func unitText(rows [][]string) []byte {
	at := slices.IndexFunc(rows, func(row []string) bool { return len(row) > 0 && row[0] == "unit" })
	width := slices.Index(rows[at], "screened_out")
	if width < 0 {
		width = len(rows[at])
	}
	var out [][]string
	for _, row := range rows[at:] {
		cells := make([]string, width)
		copy(cells, row)
		out = append(out, cells)
	}
	return csvText(out)
}

// observationText is a tidy file of the figures, each once.
func observationText(figures []map[string]string) []byte {
	rows := [][]string{{"unit", "indicator", "year", "value", "status", "origin"}}
	seen := map[[3]string]bool{}
	for _, f := range figures {
		switch f["status"] {
		case mizan.Edited.String(), mizan.Missing.String():
			continue
		case mizan.StandIn.String():
			f["status"] = mizan.Observed.String()
		}
		year := f["year_used"]
		if year == "" {
			year = f["year"]
		}
		key := [3]string{f["unit"], f["indicator"], year}
		if seen[key] {
			continue
		}
		seen[key] = true
		rows = append(rows, []string{f["unit"], f["indicator"], year, f["value"], f["status"], f["origin"]})
	}
	return csvText(rows)
}

// originText is a file of origins.
func originText(list []map[string]string) []byte {
	var b bytes.Buffer
	for _, o := range list {
		fmt.Fprintf(&b, "%s:\n", jsonText(o["origin"]))
		for _, key := range []string{"publisher", "title", "licence", "url", "note"} {
			if o[key] != "" {
				fmt.Fprintf(&b, "  %s: %s\n", key, jsonText(o[key]))
			}
		}
		if o["year"] != "" {
			fmt.Fprintf(&b, "  year: %s\n", strings.TrimSuffix(o["year"], ".0"))
		}
	}
	return b.Bytes()
}

// jsonText is a text in double quotes, which YAML reads as JSON does.
func jsonText(s string) string {
	text, _ := json.Marshal(s) // a string does not fail
	return string(text)
}
