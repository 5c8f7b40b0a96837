package source

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mizan"
)

// project writes the index as the files of a project.
func (x *index) project(o Options) *Project {
	x.order()
	p := &Project{
		Files: []File{
			{"mizan.yaml", x.projectFile(o)},
			{"data/units.csv", x.unitFile()},
			{"data/observations.csv", x.figureFile()},
		},
		Units: len(x.units), Aggregates: x.root.aggregates(), Years: x.years,
	}
	for _, s := range x.series {
		if !s.outside {
			p.Indicators++
		}
	}
	return p
}

// order sorts units, and figures by unit and year. Indicators keep the order
// of the source.
func (x *index) order() {
	slices.SortFunc(x.units, func(a, b unit) int { return cmp.Compare(a.code, b.code) })
	slices.SortStableFunc(x.figures, func(a, b figures) int {
		return cmp.Or(cmp.Compare(a.unit, b.unit), cmp.Compare(a.year, b.year))
	})
}

// unitFile is data/units.csv: unit, name, and a column per group variable.
func (x *index) unitFile() []byte {
	rows := [][]string{append([]string{"unit", "name"}, x.groups...)}
	for _, u := range x.units {
		rows = append(rows, append([]string{u.code, u.name}, u.labels...))
	}
	return csvText(rows)
}

// figureFile is data/observations.csv: unit, year where the figures have one,
// and a column per indicator.
func (x *index) figureFile() []byte {
	head := []string{"unit"}
	if x.dated {
		head = append(head, "year")
	}
	for _, s := range x.series {
		head = append(head, s.code)
	}
	rows := [][]string{head}
	for _, f := range x.figures {
		row := []string{f.unit}
		if x.dated {
			row = append(row, strconv.Itoa(f.year))
		}
		rows = append(rows, append(row, f.values...))
	}
	return csvText(rows)
}

func csvText(rows [][]string) []byte {
	var b bytes.Buffer
	// Neither the buffer nor the cells can make this fail.
	_ = csv.NewWriter(&b).WriteAll(rows)
	return b.Bytes()
}

// projectFile is mizan.yaml, its keys in the order of the canonical form.
func (x *index) projectFile(o Options) []byte {
	w := &yaml{}
	w.line(0, "# Imported from %s of %s.", strings.Join(x.from, " and "), x.tool)
	w.line(0, "mizan: 1")
	w.line(0, "id: %s", yamlText(cmp.Or(o.ID, "imported")))
	if x.title != "" {
		w.line(0, "title: %s", yamlText(x.title))
	}
	if first, last := x.years[0], x.years[len(x.years)-1]; first == last {
		w.line(0, "period: {year: %d}", first)
	} else {
		w.line(0, "period: {from: %d, to: %d}", first, last)
	}
	w.line(0, "units: {file: data/units.csv}")
	w.line(0, "observations:")
	if x.dated {
		w.line(1, "- {file: data/observations.csv, format: wide}")
	} else {
		w.line(1, "- {file: data/observations.csv, format: wide, year: %d}", x.years[0])
	}
	w.line(0, "")
	w.line(0, "indicators:")
	x.writeSeries(w)
	w.line(0, "")
	w.line(0, "framework:")
	x.root.write(w, 1, "")
	w.line(0, "")
	x.writeBuild(w)
	x.writeVariants(w)
	return w.b
}

func (x *index) writeSeries(w *yaml) {
	outside := false
	for _, s := range x.series {
		if s.outside && !outside {
			outside = true
			w.line(1, "# Denominators; they are not part of the framework.")
		}
		var keys []string
		if s.name != "" {
			keys = append(keys, "name: "+yamlText(s.name))
		}
		if s.measure != "" {
			keys = append(keys, "measure: "+yamlText(s.measure))
		}
		if s.direction < 0 {
			keys = append(keys, "direction: -1")
		}
		w.line(1, "%s: {%s}", yamlText(s.code), strings.Join(keys, ", "))
	}
}

// write writes a node and all below it; dash stands before its first line.
func (n *node) write(w *yaml, depth int, dash string) {
	weight := ""
	if n.weight != 1 && dash != "" {
		weight = number(n.weight)
	}
	if len(n.children) == 0 {
		if weight != "" {
			weight = ", weight: " + weight
		}
		w.line(depth, "%s{code: %s%s}", dash, yamlText(n.code), weight)
		return
	}
	w.line(depth, "%scode: %s", dash, yamlText(n.code))
	inner := depth + len(dash)/2
	if n.name != "" {
		w.line(inner, "name: %s", yamlText(n.name))
	}
	if weight != "" {
		w.line(inner, "weight: %s", weight)
	}
	w.line(inner, "children:")
	for _, c := range n.children {
		c.write(w, inner+1, "- ")
	}
}

func (x *index) writeBuild(w *yaml) {
	w.line(0, "build:")
	if len(x.denoms) > 0 {
		w.line(1, "denominate:")
		for _, d := range x.denoms {
			w.line(2, "%s: %s", yamlText(d.code), yamlText(d.by))
		}
	}
	for _, text := range x.methods {
		w.line(1, "# %s", text)
	}
	w.line(1, "impute: {method: none}")
	w.line(1, "screen: {method: none}")
	w.line(1, "treat: {method: none}")
	w.line(1, "normalise: {method: min-max, to: [0, 100]}")
	w.line(1, "weights: {method: declared}")
	w.line(1, "aggregate: {method: arithmetic-mean}")
}

// writeVariants writes the normalisations that the tables describe: one step
// if it is the same for all indicators, else one for each.
func (x *index) writeVariants(w *yaml) {
	for i, v := range x.variant {
		if i == 0 {
			w.line(0, "")
			w.line(0, "variants:")
		}
		w.line(1, "%s:", v.code)
		w.line(2, "title: %s", yamlText(v.title))
		w.line(2, "description: %s", yamlText(v.description))
		w.line(2, "edits:")
		w.line(3, "- set: build.normalise")
		same := !slices.ContainsFunc(v.steps, func(s step) bool { return s.options != v.steps[0].options })
		if same {
			w.line(4, "to: {method: %s, %s}", v.method, v.steps[0].options)
			continue
		}
		w.line(4, "to:")
		w.line(5, "method: min-max # of indicators that are added later")
		w.line(5, "each:")
		for _, s := range v.steps {
			w.line(6, "%s: {method: %s, %s}", yamlText(s.code), v.method, s.options)
		}
	}
}

// yaml collects lines of YAML.
type yaml struct{ b []byte }

// line writes a line, indented by two blanks a level.
func (w *yaml) line(depth int, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if text != "" {
		w.b = append(w.b, strings.Repeat("  ", depth)...)
	}
	w.b = append(append(w.b, text...), '\n')
}

func number(v float64) string { return string(mizan.AppendNumber(nil, v, "null")) }

func yamlText(s string) string { return string(mizan.AppendYAML(nil, s)) }
