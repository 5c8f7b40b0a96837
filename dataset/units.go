package dataset

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"mizan"
)

// unitTable numbers the units in the order in which they occur.
type unitTable struct {
	file  string // "" if the units are those of the observations
	index map[string]int32
	list  []mizan.Unit
	// Set by settleUnits: the units of the panel, and the position there of
	// every unit of list, -1 if it is left out.
	sorted   []mizan.Unit
	position []int32
}

// resolve numbers a unit; it is false if a file of units does not have it.
func (t *unitTable) resolve(code string) (int32, bool) {
	id, ok := t.index[code]
	if !ok && t.file == "" {
		id = t.add(mizan.Unit{Code: code})
		return id, true
	}
	return id, ok
}

func (t *unitTable) add(u mizan.Unit) int32 {
	id := int32(len(t.list))
	t.index[u.Code] = id
	t.list = append(t.list, u)
	return id
}

// unknown says whether a file of units lacks a unit. Unlike resolve it may be
// called from several goroutines.
func (t *unitTable) unknown(code string) bool {
	if t.file == "" {
		return false
	}
	_, ok := t.index[code]
	return !ok
}

func (t *unitTable) codes() []string { return slices.Sorted(maps.Keys(t.index)) }

// loadUnits reads the file of units, if the spec names one. Its column unit
// holds the code; columns `name` and `name:LANG` the names; every other column
// is a group variable, and an empty cell there means "in no group".
func loadUnits(l *loader) *unitTable {
	t := &unitTable{index: map[string]int32{}}
	file := l.spec.Units.File
	if file == "" {
		return t
	}
	bs, b, h, rep, done := l.openFile(file, "units.file")
	if h == nil {
		return t
	}
	defer done()
	h.distinct(func(string) bool { return true })
	at := h.need("unit")
	for i, name := range h.names {
		if name == "" {
			h.row.problem(i, "unnamed-column", fmt.Sprintf("column %d has no name", i+1), "name it after what it groups by, or remove it")
			h.bad = true
		}
	}
	if h.bad {
		return t
	}
	lines := map[string]int{}
	for ok := true; ok; b, ok = bs.next(nil) {
		b.rows(len(h.names), rep, func(r *row) {
			code := strings.Clone(r.cell(at))
			if code == "" {
				r.problem(at, "missing-unit", "the unit is missing", "write the unit's code, or remove the row")
				return
			}
			if cause, remedy := badCode(code); cause != "" {
				r.problem(at, "bad-unit", cause, remedy)
				return
			}
			if line, twice := lines[code]; twice {
				r.problem(at, "duplicate-unit", fmt.Sprintf("the unit %q occurs twice, first in line %d", code, line), "keep one of the rows")
				return
			}
			lines[code] = r.line
			t.add(readUnit(code, h.names, r, at))
		})
	}
	switch {
	case bs.fault != nil:
		rep.add(bs.fault)
		return t
	case len(t.list) == 0 && len(rep.problems) == 0:
		rep.add(&mizan.Problem{ID: "no-units", Place: mizan.Place{File: file}, Cause: "the file names no unit", Remedy: "write a row for every unit below the header"})
		return t
	}
	t.file = file
	return t
}

// readUnit reads the names and groups of a unit.
func readUnit(code string, names []string, r *row, at int) mizan.Unit {
	u := mizan.Unit{Code: code}
	for i, name := range names {
		text := strings.Clone(r.cell(i))
		if i == at || text == "" {
			continue
		}
		kind, lang, tagged := strings.Cut(name, ":")
		switch {
		case kind == "name" && (tagged || lang == ""):
			if u.Name == nil {
				u.Name = mizan.Text{}
			}
			u.Name[lang] = text
		default:
			if u.Groups == nil {
				u.Groups = map[string]string{}
			}
			u.Groups[name] = text
		}
	}
	return u
}

// settleUnits decides which units the panel has, in the order of their codes.
func (l *loader) settleUnits() {
	t, s := l.units, l.spec.Units
	whole := s.File == "" || t.file != ""
	for _, list := range []struct {
		path  string
		codes []string
	}{{"units.only", s.Only}, {"units.exclude", s.Exclude}} {
		for i, code := range list.codes {
			if _, ok := t.index[code]; !ok && whole {
				l.problem("unknown-unit", fmt.Sprintf("%s.%d", list.path, i), fmt.Sprintf("unknown unit %q", code), suggestion(code, t.codes()))
			}
		}
	}
	for _, u := range t.list {
		if cause, remedy := badCode(u.Code); cause != "" && t.file == "" {
			l.problem("bad-unit", "observations", cause, remedy)
		}
	}
	only, exclude := set(s.Only), set(s.Exclude)
	for _, u := range t.list {
		if (len(s.Only) == 0 || only[u.Code]) && !exclude[u.Code] {
			t.sorted = append(t.sorted, u)
		}
	}
	slices.SortFunc(t.sorted, func(a, b mizan.Unit) int { return strings.Compare(a.Code, b.Code) })
	t.position = make([]int32, len(t.list))
	for i := range t.position {
		t.position[i] = -1
	}
	for i, u := range t.sorted {
		t.position[t.index[u.Code]] = int32(i)
	}
}

// longestCode is how long the code of a unit may be, in bytes: it becomes the
// name of files.
const longestCode = 80

// badCode says what is wrong with the code of a unit, if anything is: codes
// stand in tables, addresses and names of files.
func badCode(code string) (cause, remedy string) {
	hidden := func(r rune) bool {
		return unicode.IsControl(r) || r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069' || r == '\u2028' || r == '\u2029' || r == '\uFEFF'
	}
	switch {
	case len(code) > longestCode:
		return fmt.Sprintf("the code of the unit has %d bytes, more than %d", len(code), longestCode), "give it a short code and the long text as its name"
	case code == "." || code == "..":
		return fmt.Sprintf("%q is no code of a unit, for it names a folder", code), "choose another code"
	case strings.TrimSpace(code) != code:
		return fmt.Sprintf("the code of the unit, %q, begins or ends with a blank", code), "delete the blank"
	case !utf8.ValidString(code) || strings.ContainsFunc(code, hidden):
		return fmt.Sprintf("the code of the unit, %+q, has characters that are not seen", code), "delete them"
	}
	return "", ""
}

func set(list []string) map[string]bool {
	m := make(map[string]bool, len(list))
	for _, s := range list {
		m[s] = true
	}
	return m
}
