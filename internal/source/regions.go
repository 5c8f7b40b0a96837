package source

import (
	_ "embed" // the list of countries
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"mizan"
)

// finder turns the publisher's names of units into codes of the project and
// remembers what it left out.
type finder struct {
	q     *Query
	known map[string]bool
	seen  map[string]string
	lost  []string
}

func newFinder(q *Query) *finder {
	f := &finder{q: q, seen: map[string]string{}}
	if q.Known != nil {
		f.known = make(map[string]bool, len(q.Known))
		for _, k := range q.Known {
			f.known[k] = true
		}
	}
	return f
}

// unit gives the project's code of a publisher's code or name; false where the
// project has no such unit.
func (f *finder) unit(name string) (string, bool) {
	code, ok := f.seen[name]
	if !ok {
		code = f.look(name)
		f.seen[name] = code
		if code == "" && strings.TrimSpace(name) != "" {
			f.lost = append(f.lost, name)
		}
	}
	return code, code != ""
}

func (f *finder) look(name string) string {
	if code, ok := f.q.Units[name]; ok {
		return f.admit(code)
	}
	name = strings.TrimSpace(name)
	if f.known[name] {
		return name
	}
	if code, ok := countryCode(name); ok {
		return f.admit(code)
	}
	return ""
}

// admit gives a code if the project has it; without a file of units it has all.
func (f *finder) admit(code string) string {
	if f.known != nil && !f.known[code] {
		return ""
	}
	return code
}

// finding tells what was left out that is no country, or none of the project.
func (f *finder) finding() []mizan.Finding {
	var names []string
	for _, n := range f.lost {
		if _, country := countryCode(n); !country {
			names = append(names, n)
		}
	}
	if len(names) == 0 {
		return nil
	}
	slices.Sort(names)
	return []mizan.Finding{{
		ID: "units-left-out", Severity: mizan.Info,
		Message: f.q.Source + ": left out, as they are neither units of the project nor known as countries: " + some(names),
		Remedy:  "if one of them is a unit, say so under `units` of the source: {NAME: CODE}",
	}}
}

// countryCode gives the ISO 3166 code of three letters for a code of two or
// three letters or of digits, or for an English name. EL and UK are Eurostat's
// Greece and United Kingdom; XKX is the World Bank's Kosovo.
func countryCode(s string) (string, bool) {
	s = strings.TrimSpace(s)
	switch s {
	case "EL":
		return "GRC", true
	case "UK":
		return "GBR", true
	case "XKX", "XK", "XKK", "KOS":
		return "XKX", true
	}
	if len(s) == 3 && s == strings.ToLower(s) {
		s = strings.ToUpper(s)
	}
	if len(s) == 2 || len(s) == 3 {
		if s != strings.ToUpper(s) {
			return "", false
		}
		r, err := language.ParseRegion(s)
		if err != nil || !r.IsCountry() || r.ISO3() == "ZZZ" {
			return "", false
		}
		// Codes of states that are no more are turned into those of today.
		if c := r.Canonicalize(); c != r {
			return "", false
		}
		return r.ISO3(), true
	}
	code, ok := countryNames()[folded(s)]
	return code, ok
}

//go:embed countries.txt
var countryList string

// countryNames finds codes by English names, folded.
var countryNames = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	for line := range strings.Lines(countryList) {
		code, list, _ := strings.Cut(strings.TrimSpace(line), ": ")
		if strings.HasPrefix(code, "#") {
			continue
		}
		for _, n := range strings.Split(list, "; ") {
			names[folded(n)] = code
		}
	}
	return names
})
