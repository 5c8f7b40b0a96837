package dataset

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"mizan"
	"mizan/spec"
)

// lockFile is what a pull notes beside the project file.
const lockFile = "mizan.lock"

// pulledLock is what the loader reads of the lock file: by which queries, and which
// engine, figures were computed. The store keeps and checks the rest.
type pulledLock struct {
	Sources []struct {
		Code     string `json:"code"`
		Vintages []struct {
			Engine string `json:"engine"`
			Query  struct {
				Base   string            `json:"base"`
				Tables map[string]string `json:"tables"`
				Series []struct {
					Code string `json:"code"`
					Key  string `json:"key"`
				} `json:"series"`
			} `json:"query"`
		} `json:"vintages"`
	} `json:"sources"`
}

// computed adds to the origins of figures that SQL defines the query and the engine by
// which they were computed, so that every output tells it. Without a lock file nothing
// was computed yet. A query that was changed since is a finding.
func (l *loader) computed() {
	if !slices.ContainsFunc(l.spec.DataSources, func(s spec.DataSource) bool { return s.Connector == spec.SQLConnector }) {
		return
	}
	text, err := fs.ReadFile(l.files, lockFile)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	lock := pulledLock{}
	if err == nil {
		err = json.Unmarshal(text, &lock)
	}
	if err != nil {
		l.problems = append(l.problems, &mizan.Problem{
			ID: "bad-lock", Place: mizan.Place{File: lockFile}, Cause: "the lock file, which tells how figures were computed, cannot be read",
			Remedy: "take it back from version control, or remove it and pull again",
		})
		return
	}
	for i := range l.spec.DataSources {
		s := &l.spec.DataSources[i]
		if s.Connector != spec.SQLConnector {
			continue
		}
		for _, k := range lock.Sources {
			if k.Code != s.Code || len(k.Vintages) == 0 {
				continue
			}
			v := k.Vintages[len(k.Vintages)-1]
			for _, x := range v.Query.Series {
				l.noteQuery(s, x.Code, fmt.Sprintf("%s computed by %s%s: %s", x.Code, v.Engine, over(v.Query.Base, v.Query.Tables), oneLine(x.Key)))
				l.changedQuery(s, x.Code, x.Key)
			}
		}
	}
}

// over says of what figures were computed.
func over(base string, tables map[string]string) string {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(tables)) {
		list = append(list, name+" = "+tables[name])
	}
	switch {
	case strings.Contains(base, "://"):
		return " at " + base
	case base != "":
		list = append([]string{base}, list...)
	}
	if list == nil {
		return ""
	}
	return " of " + strings.Join(list, ", ")
}

// noteQuery adds a note to the origin of a source, or to that of the indicator.
func (l *loader) noteQuery(s *spec.DataSource, code, note string) {
	origin := s.Origin
	if i, ok := l.codes[code]; ok && origin == "" {
		origin = l.spec.Indicators[i].Origin
	}
	id, ok := l.origins.resolve(origin)
	if !ok || id == 0 {
		return // an unknown origin is told where it is named
	}
	o := &l.origins.list[id]
	if o.Note != "" {
		o.Note = strings.TrimRight(o.Note, " ")
		if !strings.HasSuffix(o.Note, ".") {
			o.Note += "."
		}
		o.Note += " "
	}
	o.Note += note
}

// changedQuery tells of a query that is no longer the one by which figures were
// computed.
func (l *loader) changedQuery(s *spec.DataSource, code, was string) {
	for _, x := range s.Series {
		if x.Code == code && x.Key != was {
			l.findings = append(l.findings, mizan.Finding{
				ID: "query-changed", Severity: mizan.Warn, Code: code,
				Message: fmt.Sprintf("%s: the query was changed since its figures were computed", code),
				Remedy:  "compute them anew: `mizan data pull " + s.Code + "`",
			})
		}
	}
}

// oneLine is a query in one line: without comments, and with single blanks outside
// of quotation marks.
func oneLine(query string) string {
	var b strings.Builder
	gap := false
	for i := 0; i < len(query); i++ {
		switch c := query[i]; {
		case c == '\'' || c == '"' || c == '`':
			end := strings.IndexByte(query[i+1:], c)
			if end < 0 {
				end = len(query) - i - 2
			}
			space(&b, &gap)
			b.WriteString(strings.ReplaceAll(query[i:i+end+2], "\n", " "))
			i += end + 1
		case strings.HasPrefix(query[i:], "--"):
			end := strings.IndexByte(query[i:], '\n')
			if end < 0 {
				return b.String()
			}
			gap = true
			i += end
		case strings.HasPrefix(query[i:], "/*"):
			end := strings.Index(query[i:], "*/")
			if end < 0 {
				return b.String()
			}
			gap = true
			i += end + 1
		case c == ' ' || c == '\n' || c == '\t':
			gap = true
		default:
			space(&b, &gap)
			b.WriteByte(c)
		}
	}
	return strings.TrimRight(b.String(), "; ")
}

// space writes the blank that stands for what was left out.
func space(b *strings.Builder, gap *bool) {
	if *gap && b.Len() > 0 {
		b.WriteByte(' ')
	}
	*gap = false
}
