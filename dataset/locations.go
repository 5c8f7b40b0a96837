package dataset

import (
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strings"

	"mizan"
	"mizan/spec"
)

// LoadLocations reads where units lie, if the spec names a file of it; nil if
// not. The file has the columns unit, place, latitude and longitude, and may
// have languages and borders, with semicolons within the cell.
//
// A unit that stands twice, a coordinate that is none, and a border that only
// one of both sides has are problems; they come all at once, as mizan.Problems.
func LoadLocations(s *spec.Spec, files fs.FS) (mizan.Locations, error) {
	if s.Locations.File == "" {
		return nil, nil
	}
	l := &loader{spec: s, files: files}
	l.checkOrigin(s.Locations.Origin, "locations.origin")
	var list mizan.Locations
	rows := map[string]*locationRow{}
	fine := l.readTable(s.Locations.File, "locations.file",
		columns{must: []string{"unit", "place", "latitude", "longitude"}, may: []string{"languages", "borders"}},
		"write a row for every unit below the header", func(r *row, at []int) {
			p, ok := readLocation(r, at)
			if first := rows[p.Unit]; first != nil && p.Unit != "" {
				r.problem(at[0], "duplicate-unit", fmt.Sprintf("the unit %q occurs twice, first in line %d", p.Unit, first.line), "keep one of the rows")
				return
			}
			rows[p.Unit] = &locationRow{p, r.line}
			if ok {
				list = append(list, p)
			}
		})
	if fine {
		l.oneSided(list, rows)
	}
	for _, r := range l.reports {
		l.problems = append(l.problems, r.list()...)
	}
	if err := l.problems.OrNil(); err != nil {
		return nil, err
	}
	slices.SortFunc(list, func(a, b mizan.Location) int { return strings.Compare(a.Unit, b.Unit) })
	return list, nil
}

// checkOrigin reports an origin that the file of origins does not have.
func (l *loader) checkOrigin(code, path string) {
	l.origins = loadOrigins(l)
	l.problems, l.reports = nil, nil // Load has told of the origins
	if code == "" {
		return
	}
	if _, ok := l.origins.resolve(code); !ok {
		l.unknownOrigin(code, path)
	}
}

type locationRow struct {
	location mizan.Location
	line     int
}

// readLocation reads a row; it is false if anything is wrong with it.
func readLocation(r *row, at []int) (mizan.Location, bool) {
	p := mizan.Location{Unit: strings.Clone(r.cell(at[0])), Name: strings.Clone(r.cell(at[1]))}
	fine := true
	if p.Unit == "" {
		r.problem(at[0], "missing-unit", "the unit is missing", "write the unit's code, or remove the row")
		fine = false
	}
	for i, c := range []struct {
		to   *float64
		most float64
		name string
	}{{&p.Latitude, 90, "latitude"}, {&p.Longitude, 180, "longitude"}} {
		text := r.cell(at[2+i])
		if missing(text) {
			*c.to = math.NaN()
			continue
		}
		v, ok := parseNumber(text)
		switch {
		case !ok:
			cause, remedy := badNumber(text)
			r.problem(at[2+i], "bad-number", cause, remedy)
			fine = false
		case math.Abs(v) > c.most:
			r.problem(at[2+i], "out-of-range", fmt.Sprintf("the %s %s is out of range", c.name, text),
				fmt.Sprintf("write degrees from -%g to %g", c.most, c.most))
			fine = false
		}
		*c.to = v
	}
	p.Languages, p.Borders = parts(r, at[4]), parts(r, at[5])
	if slices.Contains(p.Borders, p.Unit) && p.Unit != "" {
		r.problem(at[5], "self-border", fmt.Sprintf("%q borders on itself", p.Unit), "take it out")
		fine = false
	}
	return p, fine
}

// parts are the parts of a cell between semicolons; nil for a column that is
// absent.
func parts(r *row, at int) []string {
	if at < 0 {
		return nil
	}
	var list []string
	for s := range strings.SplitSeq(r.cell(at), ";") {
		if s = strings.TrimSpace(s); s != "" {
			list = append(list, strings.Clone(s))
		}
	}
	return list
}

// oneSided reports borders that the other side does not have. Neighbours that
// have no row are passed over.
func (l *loader) oneSided(list mizan.Locations, rows map[string]*locationRow) {
	rep := l.reports[len(l.reports)-1]
	for _, p := range list {
		for _, code := range p.Borders {
			if other := rows[code]; other != nil && !slices.Contains(other.location.Borders, p.Unit) {
				rep.add(&mizan.Problem{
					ID: "one-sided-border", Place: mizan.Place{File: rep.file, Line: rows[p.Unit].line, Column: 1},
					Cause:  fmt.Sprintf("%s borders on %s, and %s in line %d not on %s", p.Unit, code, code, other.line, p.Unit),
					Remedy: "name the border on both sides, or on none",
				})
			}
		}
	}
}
