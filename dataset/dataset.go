// Package dataset turns files of observations into a Panel: it reads tidy and
// wide CSV, units with their groups, and origins; chooses the year of each
// figure by look-back and stand-in; and reports every problem with file, line
// and column.
//
// # Files
//
// Data files are CSV with commas, in UTF-8 (a byte order mark is skipped),
// lines ending in LF or CRLF, the first line a header, cells in double quotes
// where they hold a comma, a quote or a line break. No row may be longer than
// 1 MiB. Blanks around a cell are not part of it.
//
// Numbers are decimal, with a point and without separators: 1234.5, -3, 6e9.
// An empty cell is a missing value, and so is the text NA, as statistical
// packages write it. Nothing else is: NaN, Inf, "n/a", ".." and "-" are
// problems, because they may as well be a slip.
//
// # Provenance
//
// The origin of a figure is the one its row names, else that of its file, else
// that of its indicator, else the empty origin.
package dataset

import (
	"io/fs"
	"math"

	"mizan"
	"mizan/spec"
)

// Load reads the files that a spec names from a project's folder and
// assembles the panel. Codes are all the spec's indicators, in its order;
// units are sorted by code; years are those of the period.
//
// The figure of a cell is that of the year itself; failing that the latest of
// the look_back years before; failing that the earliest of the stand_in years
// after, with the status StandIn; failing that the indicator's `absent` value,
// with the status StructuralZero; failing that the cell is missing. A figure
// that the project file gives under `figures` then takes the cell's place, with
// the status Edited.
//
// A unit, indicator and year that occurs twice is a finding if the values are
// equal and a problem if they differ. Problems come all at once, as
// mizan.Problems, at most 50 for one file; remarks come as findings.
func Load(s *spec.Spec, files fs.FS) (*mizan.Panel, []mizan.Finding, error) {
	l := &loader{spec: s, files: files}
	l.checkSpec()
	l.origins = loadOrigins(l)
	l.computed()
	l.units = loadUnits(l)
	for i := range s.Observations {
		l.loadFile(i)
	}
	l.settleUnits()
	l.index()
	for _, r := range l.reports {
		l.problems = append(l.problems, r.list()...)
	}
	if len(l.problems) == 0 && len(l.units.sorted) == 0 {
		l.problem("no-units", "units", "there is no unit to compare", "add observations, or leave out fewer units")
	}
	if err := l.problems.OrNil(); err != nil {
		return nil, nil, err
	}
	p := l.panel()
	l.spread(p)
	l.edit(p)
	if err := l.problems.OrNil(); err != nil {
		return nil, nil, err
	}
	return p, append(l.findings, l.remarks(p)...), nil
}

// maxCells bounds the panel, so that a slip in the period is a message and
// not an exhausted memory.
const maxCells = 1 << 28

// checkSpec reports what would not fit a panel.
func (l *loader) checkSpec() {
	s := l.spec
	l.codes = map[string]int{}
	for i, ind := range s.Indicators {
		l.codes[ind.Code] = i
		l.names = append(l.names, ind.Code)
	}
	if p := s.Period; p.Year < 0 || p.Year > 9999 || p.Year == 0 && (p.From < 1 || p.To < p.From || p.To > 9999) {
		l.problem("bad-period", "period", "the period is not one or more years from 1 to 9999", "give `year`, or `from` and a later `to`")
	} else {
		l.years = p.Years()
	}
	if len(s.Indicators) > math.MaxUint16 {
		l.problem("too-many-indicators", "indicators", "more than 65535 indicators", "divide the project")
	}
	if len(s.Observations) == 0 {
		l.problem("no-observations", "observations", "no file of observations is named",
			"add `observations: [{file: data/observations.csv}]`")
	}
	if len(s.Observations) > math.MaxUint8 {
		l.problem("too-many-files", "observations", "more than 255 files of observations", "put some of them together")
	}
}

// loader carries one Load from file to file.
type loader struct {
	spec     *spec.Spec
	files    fs.FS
	problems mizan.Problems // of the project file
	reports  []*report      // of the data files
	findings []mizan.Finding

	codes   map[string]int // indicator -> position
	names   []string       // indicators, for suggestions
	years   []int
	origins *originTable
	units   *unitTable

	sheets  []*sheet
	figures []figure
	sds     map[fileLine]float64 // standard deviations of figures, where they are given
	seen    []int                // figures per indicator, of any year
}

func (l *loader) problem(id, path, cause, remedy string) {
	l.problems = append(l.problems, l.spec.Problem(id, path, cause, remedy))
}
