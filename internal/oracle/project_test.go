package oracle_test

import (
	"encoding/csv"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"mizan"
	"mizan/audit"
	"mizan/engine"
	"mizan/internal/oracle"
	"mizan/internal/source"
	"mizan/spec"
)

// builds makes the example as a user would: it imports COINr's tables and
// builds them with edits. Builds are kept.
type builds struct {
	projects map[string]fstest.MapFS
	reports  map[string]*engine.Report
	audits   map[string]*audit.Result
}

func newBuilds() *builds {
	return &builds{map[string]fstest.MapFS{}, map[string]*engine.Report{}, map[string]*audit.Result{}}
}

// data are the tables that a project is imported from, below inputs.
type data struct{ values, meta string }

var (
	asem  = data{"ASEM_iData", "ASEM_iMeta"}
	purse = data{"ASEM_iData_p", "ASEM_iMeta"}
	holes = data{"../panel/holes_input", "ASEM_iMeta"}
	posts = data{"ASEM_iData", "iMetaN"}
)

func (o *builds) project(t testing.TB, d data) fstest.MapFS {
	t.Helper()
	key := d.values + " " + d.meta
	if p, ok := o.projects[key]; ok {
		return p
	}
	text := func(name string) source.Input {
		b, err := os.ReadFile(filepath.Join(oracle.Folder(t), "inputs", name+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		return source.Input{Name: name + ".csv", Text: b}
	}
	p, err := source.COINr(text(d.values), text(d.meta), source.Options{ID: "asem", Guessed: true})
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, f := range p.Files {
		files[f.Name] = &fstest.MapFile{Data: f.Text}
	}
	o.projects[key] = files
	return files
}

// build builds with edits as they are typed after --set; "variant:NAME" takes a
// variant of the project.
func (o *builds) build(t testing.TB, d data, edits ...string) *engine.Report {
	t.Helper()
	key := d.values + " " + d.meta + "\n" + strings.Join(edits, "\n")
	if r, ok := o.reports[key]; ok {
		return r
	}
	files := o.project(t, d)
	in := engine.Input{Name: "mizan.yaml", Text: files["mizan.yaml"].Data, Files: files}
	for _, text := range edits {
		if name, is := strings.CutPrefix(text, "variant:"); is {
			in.Variant = name
			continue
		}
		e, err := spec.ParseEdit(text)
		if err != nil {
			t.Fatal(err)
		}
		in.Edits = append(in.Edits, e)
	}
	r, err := engine.Run(in)
	if err != nil {
		t.Fatal(err)
	}
	o.reports[key] = r
	return r
}

// audit audits a build.
func (o *builds) audit(t testing.TB, d data, edits ...string) *audit.Result {
	t.Helper()
	key := d.values + " " + d.meta + "\n" + strings.Join(edits, "\n")
	if a, ok := o.audits[key]; ok {
		return a
	}
	a, err := o.build(t, d, edits...).Audit(audit.Options{})
	if err != nil {
		t.Fatal(err)
	}
	o.audits[key] = a
	return a
}

// small builds a project of a table of figures: a column of units, then a
// column per indicator, all children of the top. A column named group is one of
// labels.
func small(t testing.TB, table string, edits ...string) (*engine.Report, error) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(table)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var b, units, figures strings.Builder
	b.WriteString("mizan: 1\nid: small\nperiod: {year: 2000}\nunits: {file: u.csv}\nobservations: [{file: x.csv, format: wide, year: 2000}]\nindicators:\n")
	labels := slices.Index(rows[0], "group")
	for i, row := range rows {
		units.WriteString(row[0])
		if labels > 0 {
			units.WriteString("," + row[labels])
			row = slices.Delete(row, labels, labels+1)
		}
		units.WriteString("\n")
		figures.WriteString(strings.Join(row, ",") + "\n")
		if i == 0 {
			rows[0] = row
		}
	}
	codes := rows[0][1:]
	for _, c := range codes {
		b.WriteString("  " + c + ": {}\n")
	}
	b.WriteString("framework:\n  code: top\n  children: [{code: " + strings.Join(codes, "}, {code: ") + "}]\nbuild: {normalise: none}\n")
	in := engine.Input{Name: "mizan.yaml", Text: []byte(b.String()), Files: fstest.MapFS{
		"x.csv": {Data: []byte(figures.String())}, "u.csv": {Data: []byte(units.String())},
	}}
	for _, text := range edits {
		e, err := spec.ParseEdit(text)
		if err != nil {
			t.Fatal(err)
		}
		in.Edits = append(in.Edits, e)
	}
	return engine.Run(in)
}

// The calls by which COINr's example coin is built, as edits.
var (
	imputed  = []string{"build.impute={method: group-mean, by: EurAsia_group}"}
	screened = append(slices.Clip(imputed), "build.screen={method: coverage, min_coverage: 0.9, on: imputed}")
	treated  = append(slices.Clip(screened), "build.treat={method: winsorise, max_points: 5}")
	// unimputed is treated and nothing else.
	unimputed = []string{"build.treat={method: winsorise, max_points: 5}", "build.normalise.to=[1, 100]"}
	// weighed is what the means are tried on.
	weighed = append(slices.Clip(treated), "build.normalise.to=[1, 100]")
	// pursed is the example purse.
	pursed = []string{"build.denominate=", "build.screen={method: coverage, min_coverage: 0.9, on: raw}", "build.treat={method: winsorise, max_points: 5}"}
)

// with appends edits to a chain.
func with(chain []string, edits ...string) []string { return append(slices.Clip(chain), edits...) }

// shown are edits as the table shows them.
func shown(edits ...string) string {
	list := make([]string, len(edits))
	for i, e := range edits {
		list[i] = "`" + e + "`"
	}
	return strings.Join(list, "<br>")
}

// customWeights are the weights of inputs/weights_custom.csv as edits.
func customWeights(t testing.TB) []string {
	t.Helper()
	var edits []string
	for _, row := range oracle.Read(t, "inputs/weights_custom.csv").Rows {
		if row["iCode"] != "Index" {
			edits = append(edits, "framework."+row["iCode"]+".weight="+row["Weight"])
		}
	}
	return edits
}

// table compares a table of the report with a file: a row per unit, and per
// year where the file has years, and a column per code.
func (c *comparison) table(got *mizan.Table, want oracle.Frame) {
	c.Helper()
	for _, row := range want.Rows {
		u, y := got.Unit(row["uCode"]), 0
		if row["Time"] != "" {
			y = got.Year(int(oracle.Number(c.T, row["Time"])))
		}
		if u < 0 || y < 0 {
			c.Errorf("no row of %s %s", row["uCode"], row["Time"])
			continue
		}
		for _, code := range codesOf(want) {
			at := got.Code(code)
			if at < 0 {
				if c.isDenominator(code) {
					continue
				}
				c.Fatalf("no column %s", code)
			}
			c.same(got.At(y, at, u), oracle.Number(c.T, row[code]), row["uCode"], row["Time"], code)
		}
	}
}

// tableOfAll compares as table does, and says that units and years without a
// row have no values.
func (c *comparison) tableOfAll(got *mizan.Table, want oracle.Frame) {
	c.Helper()
	c.table(got, want)
	has := map[[2]string]bool{}
	for _, row := range want.Rows {
		has[[2]string{row["uCode"], row["Time"]}] = true
	}
	for u, unit := range got.Units {
		for y, year := range got.Years {
			time := ""
			if len(got.Years) > 1 {
				time = strconv.Itoa(year)
			}
			if has[[2]string{unit, time}] {
				continue
			}
			for k := range got.Codes {
				if v := got.At(y, k, u); v == v {
					c.miss(fmt.Sprintf("%s %s has %s = %v, and no row", unit, time, got.Codes[k], v))
				}
			}
		}
	}
}

// isDenominator says whether a code stands beside the framework.
func (c *comparison) isDenominator(code string) bool {
	return slices.Contains([]string{"Area", "Energy", "GDP", "Population"}, code)
}

// stage compares a stage of a build with a file.
func stage(file string, d data, edits []string, of func(*engine.Report) *mizan.Table) func(c *comparison) {
	return func(c *comparison) { c.tableOfAll(of(c.builds.build(c.T, d, edits...)), oracle.Read(c.T, file)) }
}

// The tables of a report.
func raw(r *engine.Report) *mizan.Table         { return r.Stages.Raw }
func denominated(r *engine.Report) *mizan.Table { return r.Stages.Denominated }
func filled(r *engine.Report) *mizan.Table      { return r.Stages.Imputed }
func kept(r *engine.Report) *mizan.Table        { return r.Stages.Screened }
func tamed(r *engine.Report) *mizan.Table       { return r.Stages.Treated }
func normal(r *engine.Report) *mizan.Table      { return r.Stages.Normalised }
func scores(r *engine.Report) *mizan.Table      { return r.Scores }

// columns are the columns of codes in the first year.
func columns(t *mizan.Table, codes []string) [][]float64 {
	list := make([][]float64, len(codes))
	for i, code := range codes {
		list[i] = t.Column(0, t.Code(code))
	}
	return list
}

// tree is the framework of the example.
type tree struct {
	parent map[string]string
	level  map[string]int
	levels [][]string // codes by level, indicators first
}

func treeOf(r *engine.Report) tree {
	f := tree{map[string]string{}, map[string]int{}, make([][]string, 5)}
	for _, n := range r.Nodes {
		f.parent[n.Code], f.level[n.Code] = n.Parent, n.Level
		f.levels[n.Level] = append(f.levels[n.Level], n.Code)
	}
	return f
}

// up is the ancestor of a code at a level.
func (f tree) up(code string, level int) string {
	for code != "" && f.level[code] < level {
		code = f.parent[code]
	}
	return code
}

// members are the codes of a level below an aggregate.
func (f tree) members(group string, level int) []string {
	var list []string
	for _, code := range f.levels[level] {
		if f.up(code, f.level[group]) == group {
			list = append(list, code)
		}
	}
	return list
}

// signif rounds to so many significant digits, as R's signif.
func signif(v float64, digits int) float64 {
	if v == 0 || math.IsNaN(v) {
		return v
	}
	scale := math.Pow(10, float64(digits-1-int(math.Floor(math.Log10(math.Abs(v))))))
	return math.RoundToEven(v*scale) / scale
}

func sorted[K interface{ ~string }, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
