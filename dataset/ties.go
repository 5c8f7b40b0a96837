package dataset

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"slices"
	"strings"

	"mizan"
	"mizan/spec"
)

// LoadTies reads the tables of ties that a spec names from a project's folder,
// in the order of the spec. units are the codes of the project's units, sorted;
// ties with others are kept, and counted in a finding.
//
// A row is two units, a year and a weight (see spec.TieTable for the forms).
// A unit tied to itself, a negative or missing weight, a missing year, a pair
// that stands twice with different weights, and in tables that have each pair
// both ways a pair without its mirror image are problems; they come all at
// once, as mizan.Problems, at most 50 for one file. A row that repeats another
// is a finding.
func LoadTies(s *spec.Spec, files fs.FS, units []string) ([]*mizan.Ties, []mizan.Finding, error) {
	l := &loader{spec: s, files: files}
	l.origins = loadOrigins(l)
	l.problems, l.reports = nil, nil // Load has told of the origins
	return loadTables(l, s.Ties, func(st *spec.TieTable) *mizan.Ties { return l.loadTies(st, units) })
}

// loadTables loads tables one after another. Their problems come all at once,
// as mizan.Problems.
func loadTables[S, T any](l *loader, tables []S, load func(*S) *T) ([]*T, []mizan.Finding, error) {
	var all []*T
	for i := range tables {
		all = append(all, load(&tables[i]))
	}
	for _, r := range l.reports {
		l.problems = append(l.problems, r.list()...)
	}
	if err := l.problems.OrNil(); err != nil {
		return nil, nil, err
	}
	return all, l.findings, nil
}

// checkTableOrigin reports the origin of a table that is not described; "" is
// none.
func (l *loader) checkTableOrigin(origin, path string) {
	if origin == "" {
		return
	}
	if _, ok := l.origins.resolve(origin); !ok {
		l.unknownOrigin(origin, path+".origin")
	}
}

// tieRow is a row of a table of ties before its units are numbered.
type tieRow struct {
	tieKey
	weight  float64
	line    int
	swapped bool     // of pairs: the file has b first
	units   []string // of works
}

// tieKey is what may stand once in a table.
type tieKey struct {
	year int
	a, b string
}

// tieReader reads one table.
type tieReader struct {
	*loader
	spec  *spec.TieTable
	path  string
	file  string
	rep   *report
	rows  []tieRow
	index map[tieKey]int    // of rows
	words map[string]string // every code once, so that rows share their text
	again int               // rows that repeat another
}

// loadTies reads one table.
func (l *loader) loadTies(st *spec.TieTable, units []string) *mizan.Ties {
	r := &tieReader{loader: l, spec: st, path: "ties." + st.Code, file: st.File, words: map[string]string{}, index: map[tieKey]int{}}
	t := &mizan.Ties{
		Code: st.Code, Name: st.Name, Description: st.Description, Measure: st.Measure, Origin: st.Origin, Note: st.Note,
		Directed: st.Form == spec.FormDirected, Least: st.Least, Threshold: st.Threshold, Totals: st.Totals,
		Lacks: slices.Sorted(slices.Values(st.Lacks)), Inside: len(units),
	}
	for _, p := range st.Partial {
		t.Partial = append(t.Partial, mizan.PartialYear(p))
	}
	l.checkTableOrigin(st.Origin, r.path)
	r.read()
	if r.rep == nil || len(r.rep.problems) > 0 {
		return t
	}
	r.number(t, units)
	if st.Covers == spec.CoversListed {
		for _, code := range units {
			if r.words[code] == "" {
				t.Lacks = append(t.Lacks, code)
			}
		}
		slices.Sort(t.Lacks)
		t.Lacks = slices.Compact(t.Lacks)
	}
	if st.Form == spec.FormWorks {
		r.countWorks(t)
	} else {
		r.link(t)
	}
	for _, row := range r.rows {
		t.Years = append(t.Years, row.year)
	}
	slices.Sort(t.Years)
	t.Years = slices.Compact(t.Years)
	r.remarks(t)
	return t
}

// read reads the rows of the file.
func (r *tieReader) read() {
	bs, b, h, rep, done := r.openFile(r.file, r.path+".file")
	r.rep = rep
	if h == nil {
		return
	}
	defer done()
	works := r.spec.Form == spec.FormWorks
	name := func(given, usual string) string { return cmp.Or(given, usual) }
	c := r.spec.Columns
	year := name(c.Year, "year")
	used := []string{name(c.A, "a"), name(c.B, "b"), name(c.Weight, "weight")}
	if works {
		used = []string{name(c.Units, "units"), name(c.Weight, "weight")}
	}
	if r.spec.Year == 0 {
		used = append(used, year)
	}
	h.distinct(func(n string) bool { return slices.Contains(used, n) })
	at := make([]int, len(used))
	for i, n := range used {
		at[i] = h.need(n, used...)
	}
	if h.bad {
		return
	}
	for ok := true; ok; b, ok = bs.next(nil) {
		b.rows(len(h.names), rep, func(row *row) {
			if works {
				r.work(row, at)
			} else {
				r.tie(row, at)
			}
		})
	}
	if bs.fault != nil {
		rep.add(bs.fault)
	}
	if len(r.rows) == 0 && len(rep.problems) == 0 {
		rep.add(&mizan.Problem{ID: "no-ties", Place: mizan.Place{File: r.file}, Cause: "the file has no ties", Remedy: "write a row for every tie below the header"})
	}
}

// tie reads a row of two units. at are the columns a, b, weight and, if there
// is one, year.
func (r *tieReader) tie(row *row, at []int) {
	t := tieRow{line: row.line, tieKey: tieKey{year: r.spec.Year}}
	fine := true
	for i, unit := range []*string{&t.a, &t.b} {
		*unit = r.word(row.cell(at[i]))
		if *unit == "" {
			row.problem(at[i], "missing-unit", "the unit is missing", "write the unit's code, or remove the row")
			fine = false
		}
	}
	if fine && t.a == t.b {
		row.problem(at[1], "self-tie", fmt.Sprintf("%q is tied to itself", t.a), "remove the row; what a unit does alone belongs to its total")
		fine = false
	}
	if fine = r.yearAndWeight(row, at[2:], &t) && fine; !fine {
		return
	}
	if r.spec.Form == spec.FormPairs && t.a > t.b {
		// A pair has no order; the file may write it either way.
		t.a, t.b, t.swapped = t.b, t.a, true
	}
	if r.once(row, at[2], &t) {
		r.index[t.tieKey] = len(r.rows)
		r.rows = append(r.rows, t)
	}
}

// maxTogether bounds the units of one work, whose pairs are counted.
const maxTogether = 1000

// work reads a row of units that made works together.
func (r *tieReader) work(row *row, at []int) {
	t := tieRow{line: row.line, tieKey: tieKey{year: r.spec.Year}}
	fine := true
	for code := range strings.SplitSeq(row.cell(at[0]), ";") {
		code = r.word(strings.TrimSpace(code))
		switch {
		case code == "":
			row.problem(at[0], "missing-unit", "a unit is missing", "write the codes of the units with semicolons between them: FRA;DEU;USA")
			fine = false
		case slices.Contains(t.units, code):
			row.problem(at[0], "self-tie", fmt.Sprintf("%q is tied to itself", code), "name each unit once, however many authors it has")
			fine = false
		}
		t.units = append(t.units, code)
	}
	if len(t.units) > maxTogether {
		row.problem(at[0], "too-many-units", fmt.Sprintf("one work has %d units", len(t.units)), fmt.Sprintf("at most %d can be tied by one work", maxTogether))
		return
	}
	slices.Sort(t.units)
	if r.yearAndWeight(row, at[1:], &t) && fine {
		r.rows = append(r.rows, t)
	}
}

// yearAndWeight reads what every row has. at are the columns of the weight and,
// if there is one, of the year.
func (r *tieReader) yearAndWeight(row *row, at []int, t *tieRow) bool {
	v, fine := row.amount(at[0], weightWords)
	t.weight = v
	if len(at) < 2 {
		return fine
	}
	y, ok := row.year(at[1])
	t.year = y
	return fine && ok
}

// word keeps one copy of every code.
func (r *tieReader) word(s string) string {
	if w, ok := r.words[s]; ok {
		return w
	}
	s = strings.Clone(s)
	r.words[s] = s
	return s
}

// number gives the units of the table their positions.
func (r *tieReader) number(t *mizan.Ties, units []string) {
	var outside []string
	for _, code := range slices.Sorted(maps.Keys(r.words)) {
		if _, inside := slices.BinarySearch(units, code); !inside && code != "" {
			outside = append(outside, code)
		}
	}
	t.Units = slices.Concat(units, outside)
}

// remarks tells of units that the project does not have.
func (r *tieReader) remarks(t *mizan.Ties) {
	ties, weight := 0, 0.0
	for _, l := range t.Links {
		if int(l.A) >= t.Inside || int(l.B) >= t.Inside {
			ties++
			weight += l.Weight
		}
	}
	if more := r.again - listedTwice; more > 0 {
		r.findings = append(r.findings, mizan.Finding{
			ID: "duplicate-tie", Severity: mizan.Warn, Code: r.spec.Code, Place: mizan.Place{File: r.file},
			Message: fmt.Sprintf("and %s more that repeat another", plural(more, "row")), Remedy: "keep one of each",
		})
	}
	outside := t.Units[t.Inside:]
	at := mizan.Place{File: r.file}
	if len(outside) > 0 && ties == len(t.Links) {
		r.problem("unknown-units", r.path+".file", fmt.Sprintf("no tie of %s is between two units of the project: the table has %s", r.spec.Code, shorten(outside)),
			"write the codes that the project uses")
	}
	if len(outside) > 0 {
		r.findings = append(r.findings, mizan.Finding{
			ID: "ties-outside", Severity: mizan.Info, Code: r.spec.Code, Place: at,
			Message: fmt.Sprintf("%s of the ties %s, with %s that the project does not have (%s), are kept outside: %s of the weight",
				plural(ties, "row"), r.spec.Code, plural(len(outside), "unit"), shorten(outside), shareOf(weight, total(t.Links))),
		})
	}
	for i, code := range r.spec.Lacks {
		if t.Unit(code) < 0 {
			r.problem("unknown-unit", fmt.Sprintf("%s.lacks.%d", r.path, i), fmt.Sprintf("unknown unit %q", code), suggestion(code, t.Units))
		} else if r.words[code] != "" {
			r.problem("unknown-unit", fmt.Sprintf("%s.lacks.%d", r.path, i), fmt.Sprintf("%q is said to be lacking, but the table has it", code), "take it out of `lacks`")
		}
	}
	for i, p := range t.Partial {
		if !t.Has(p.Year) {
			r.problem("unknown-year", fmt.Sprintf("%s.partial.%d", r.path, i), fmt.Sprintf("the table %s has no year %d", t.Code, p.Year), "take it out of `partial`")
		}
	}
}

func total(links []mizan.Tie) float64 {
	sum := 0.0
	for _, l := range links {
		sum += l.Weight
	}
	return sum
}

// shareOf is a share in per cent with one decimal.
func shareOf(part, of float64) string {
	if of == 0 {
		return "0.0 %"
	}
	return fmt.Sprintf("%.1f %%", math.Round(1000*part/of)/10)
}
