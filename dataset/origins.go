package dataset

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"

	"github.com/goccy/go-yaml/ast"

	"mizan"
)

// maxOrigins bounds the file of origins, which is read whole.
const maxOrigins = 512 << 10

// originTable numbers the origins in the order of their file; 0 is the empty
// origin.
type originTable struct {
	file        string // "" if the origins are but words in the data
	index       map[string]uint16
	list        []mizan.Origin
	ofIndicator []uint16 // the origin that an indicator names
}

// resolve numbers an origin; it is false if a file of origins does not have it.
func (t *originTable) resolve(code string) (uint16, bool) {
	id, ok := t.index[code]
	if !ok && t.file == "" && len(t.list) <= math.MaxUint16 {
		return t.add(mizan.Origin{Code: code}), true
	}
	return id, ok
}

func (t *originTable) add(o mizan.Origin) uint16 {
	id := uint16(len(t.list))
	t.index[o.Code] = id
	t.list = append(t.list, o)
	return id
}

// unknown says whether a file of origins lacks an origin. Unlike resolve it
// may be called from several goroutines.
func (t *originTable) unknown(code string) bool {
	if t.file == "" {
		return false
	}
	_, ok := t.index[code]
	return !ok
}

func (t *originTable) codes() []string { return slices.Sorted(maps.Keys(t.index)) }

// loadOrigins reads the file of origins, if the spec names one, and resolves
// the origins that the indicators name.
func loadOrigins(l *loader) *originTable {
	t := &originTable{index: map[string]uint16{}, list: make([]mizan.Origin, 1)}
	if name := l.spec.Origins.File; name != "" {
		if text, ok := l.readWhole(name, "origins.file"); ok {
			rep := &report{file: name}
			l.reports = append(l.reports, rep)
			if list, ok := parseOrigins(name, text, rep); ok {
				for _, o := range list {
					t.add(o)
				}
				t.file = name
			}
		}
	}
	l.origins = t
	t.ofIndicator = make([]uint16, len(l.spec.Indicators))
	for i, ind := range l.spec.Indicators {
		if ind.Origin == "" {
			continue
		}
		var ok bool
		if t.ofIndicator[i], ok = t.resolve(ind.Origin); !ok {
			l.unknownOrigin(ind.Origin, "indicators."+ind.Code+".origin")
		}
	}
	return t
}

// unknownOrigin reports an origin that the project file names at path.
func (l *loader) unknownOrigin(code, path string) {
	l.problem("unknown-origin", path, fmt.Sprintf("unknown origin %q", code), suggestion(code, l.origins.codes()))
}

// readWhole reads a small file.
func (l *loader) readWhole(name, path string) ([]byte, bool) {
	if cause, remedy := checkName(name); cause != "" {
		l.problem("bad-file-name", path, cause, remedy)
		return nil, false
	}
	f, _, err := open(l.files, name)
	if err != nil {
		l.problem("unreadable-file", path, fmt.Sprintf("the file %s cannot be read: %s", name, reason(err)), remedyFor(err))
		return nil, false
	}
	defer func() { _ = f.Close() }()
	text, err := io.ReadAll(io.LimitReader(f, maxOrigins+1))
	switch {
	case err != nil:
		l.problem("unreadable-file", path, fmt.Sprintf("the file %s cannot be read: %s", name, reason(err)), remedyFor(err))
		return nil, false
	case len(text) > maxOrigins:
		l.problem("large-file", path, fmt.Sprintf("the file %s is larger than 512 KiB", name), "is it the file of origins?")
		return nil, false
	}
	return text, true
}

// originKeys are the keys of an origin.
var originKeys = []string{"publisher", "title", "licence", "url", "year", "note", "redistribute"}

// parseOrigins reads a mapping from origin code to its description. It is
// false if the text cannot be read as YAML.
func parseOrigins(name string, text []byte, rep *report) ([]mizan.Origin, bool) {
	bs := blocks{file: name, line: 1}
	for _, check := range []func() *mizan.Problem{
		func() *mizan.Problem { return notUTF8(name, text) }, func() *mizan.Problem { return bs.checkText(text) },
	} {
		if p := check(); p != nil {
			rep.add(p)
			return nil, false
		}
	}
	y := yamlFile{name: name, text: bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")), rep: rep}
	entries, ok := y.parse()
	if !ok {
		return nil, false
	}
	var list []mizan.Origin
	first := map[string]int{}
	for _, e := range entries {
		code := y.scalar(e.Key)
		at := e.Key.GetToken()
		switch line, twice := first[code]; {
		case code == "":
			y.problem(at, "missing-origin", "the origin's code is missing", "write code: {publisher: …}")
			continue
		case twice:
			y.problem(at, "duplicate-origin", fmt.Sprintf("the origin %q occurs twice, first in line %d", code, line), "keep one of them")
			continue
		}
		if len(list) == math.MaxUint16 {
			y.problem(at, "too-many-origins", "more than 65535 origins", "divide the project")
			break
		}
		first[code] = at.Position.Line
		list = append(list, y.origin(code, e.Value))
	}
	return list, true
}

// origin reads the description of an origin.
func (y *yamlFile) origin(code string, n ast.Node) mizan.Origin {
	o := mizan.Origin{Code: code}
	entries, _ := y.entries(n, fmt.Sprintf("the origin %q", code), "{publisher: …, title: …, licence: …, url: …, year: …}")
	seen := map[string]bool{}
	for _, e := range entries {
		key := y.scalar(e.Key)
		at := e.Key.GetToken()
		if seen[key] {
			y.problem(at, "duplicate-key", fmt.Sprintf("the key %q occurs twice", key), "keep one of them")
			continue
		}
		seen[key] = true
		switch key {
		case "publisher":
			o.Publisher = y.scalar(e.Value)
		case "title":
			o.Title = y.scalar(e.Value)
		case "licence":
			o.Licence = y.scalar(e.Value)
		case "url":
			o.URL = y.scalar(e.Value)
		case "note":
			o.Note = y.scalar(e.Value)
		case "redistribute":
			switch text := y.scalar(e.Value); text {
			case "yes", "":
			case "no":
				o.NoRedistribution = true
			default:
				y.problem(e.Value.GetToken(), "bad-redistribute", fmt.Sprintf("%q says not whether the figures may be published again", clip(text)), "write yes or no")
			}
		case "year":
			text := y.scalar(e.Value)
			if year, ok := parseYear(text); ok {
				o.Year = int(year)
			} else if text != "" {
				cause, remedy := badYear(text)
				y.problem(e.Value.GetToken(), "bad-year", cause, remedy)
			}
		default:
			y.problem(at, "unknown-key", fmt.Sprintf("unknown key %q", clip(key)), suggestion(key, originKeys))
		}
	}
	return o
}
