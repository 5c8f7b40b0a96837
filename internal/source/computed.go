package source

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"io/fs"
	"math"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"mizan"
)

// computed is the connector whose figures an engine computes by SQL: the key of a
// series is a query. Its answers are tables of results as ResultTable writes them,
// each a snapshot, so that a build needs neither the engine nor the raw tables.
func computed() *Connector {
	return &Connector{
		Name: "sql", Title: "Queries in SQL over Parquet, CSV, SQLite or ClickHouse", Publisher: "The publisher of the raw tables", URL: "docs/data.md",
		Series:  "a SELECT that gives unit, year and value, or a, b, year and weight for pairs",
		Example: "select country as unit, year, count(*) as value from works group by country, year",
		About: "Figures are computed of raw tables when they are pulled, and kept. The tables lie in files that the source names under tables, in an SQLite file (url: raw/works.sqlite), " +
			"or at a server (url: clickhouse://USER@HOST:9000/DATABASE). Every row of a result needs a unit and a year; one without a value is a missing figure.",
		Computed: true,
		Requests: func(q *Query) ([]Request, error) {
			if err := checkEngine(q); err != nil {
				return nil, err
			}
			var list []Request
			for i, s := range q.Series {
				list = append(list, Request{URL: cmp.Or(q.Base, "sqlite:") + "#" + s.Code, Series: i})
			}
			return list, nil
		},
		Parse: parseComputed,
	}
}

// Remote says whether the figures of a query are computed at a server.
func (q *Query) Remote() bool { return strings.Contains(q.Base, "://") }

// checkEngine looks at where the raw tables are.
func checkEngine(q *Query) error {
	if q.Remote() {
		u, err := url.Parse(q.Base)
		switch {
		case err != nil || u.Scheme != "clickhouse" || u.Hostname() == "" || u.Fragment != "":
			return badEngine(quote(redacted(q.Base))+" is no address of a ClickHouse server", "write clickhouse://USER@HOST:9000/DATABASE")
		case len(q.Tables) > 0:
			return badEngine("a server has tables of its own, and cannot read those of the project", "leave out `url` or `tables`")
		}
		if _, given := u.User.Password(); given {
			return badEngine("the address holds a password", "keep it in the variable MIZAN_CLICKHOUSE_PASSWORD")
		}
		return nil
	}
	if q.Base == "" {
		return nil
	}
	ext := strings.ToLower(path.Ext(q.Base))
	if !fs.ValidPath(q.Base) || !slices.Contains([]string{".db", ".sqlite", ".sqlite3"}, ext) {
		return badEngine(quote(q.Base)+" is neither a server nor an SQLite file of the project",
			"write clickhouse://…, or name a file that ends in .sqlite or .db; folders of Parquet and CSV stand under `tables`")
	}
	return nil
}

func badEngine(cause, remedy string) error {
	return mizan.Problems{{ID: "bad-engine", Cause: cause, Remedy: remedy}}
}

// redacted is an address without a password.
func redacted(s string) string {
	if u, err := url.Parse(s); err == nil {
		return u.Redacted()
	}
	before, rest, ok := strings.Cut(s, "://")
	if i := strings.LastIndexByte(rest, '@'); ok && i >= 0 {
		return before + "://…" + rest[i:]
	}
	return s
}

// ResultTable is the result of a query as CSV: a header, then the rows in order, for
// an engine gives them in any. Numbers are the shortest text that reads back as the
// same number, missing is nothing.
func ResultTable(t *mizan.Relation) []byte {
	rows := make([][]string, 1, t.Rows+1)
	for i := range t.Columns {
		rows[0] = append(rows[0], t.Columns[i].Name)
	}
	var cell []byte
	for r := range t.Rows {
		row := make([]string, len(t.Columns))
		for i := range t.Columns {
			cell = t.Columns[i].Append(cell[:0], r)
			row[i] = string(cell)
		}
		rows = append(rows, row)
	}
	slices.SortFunc(rows[1:], slices.Compare[[]string])
	return csvText(rows)
}

// The columns of a result, of figures and of pairs.
var (
	figureColumns = []string{"unit", "year", "value"}
	pairColumns   = []string{"a", "b", "year", "weight"}
)

// parseComputed makes figures of results. All that is wrong is told, as far as a list
// helps; the place of a problem is the address of the result.
func parseComputed(q *Query, parts []Part) (*Harvest, error) {
	h := &Harvest{}
	f := newFinder(q)
	var problems mizan.Problems
	for i := range parts {
		if s := parts[i].Series; s < 0 || s >= len(q.Series) {
			return nil, badAnswer(parts[i].URL, "the result is of no series", "pull again")
		}
		r := &resultReader{q: q, part: &parts[i], code: q.Series[parts[i].Series].Code, find: f, seen: map[string]string{}}
		r.read(h)
		problems = append(problems, r.problems...)
	}
	if len(h.Pairs) > 0 && len(h.Observations) > 0 {
		problems.Add("mixed-results", mizan.Place{}, "the source computes both figures of units and pairs of units", "make two sources of it, each with a file of its own")
	}
	return h, problems.OrNil()
}

// resultReader reads one result.
type resultReader struct {
	q        *Query
	part     *Part
	code     string
	find     *finder
	seen     map[string]string // by unit and year, or by pair and year: what is there
	problems mizan.Problems
	more     int
	missing  int
}

func (r *resultReader) problem(id, cause, remedy string) {
	if len(r.problems) == listed {
		r.more++
		return
	}
	r.problems.Add(id, mizan.Place{File: r.part.URL}, cause, remedy)
}

func (r *resultReader) read(h *Harvest) {
	rows, err := csv.NewReader(bytes.NewReader(r.part.Body)).ReadAll()
	if err != nil || len(rows) == 0 {
		r.problem("bad-answer", fmt.Sprintf("the result of the query of %s cannot be read", quote(r.code)), "pull again")
		return
	}
	columns, pairs := figureColumns, false
	if slices.Contains(rows[0], "a") && slices.Contains(rows[0], "b") {
		columns, pairs = pairColumns, true
	}
	for i, name := range rows[0] {
		rows[0][i] = oneLine(name)
	}
	at, ok := r.columns(rows[0], columns)
	if !ok {
		return
	}
	for _, row := range rows[1:] {
		cells := make([]string, len(at))
		for i, k := range at {
			cells[i] = row[k]
		}
		if pairs {
			r.pair(h, cells)
		} else {
			r.figure(h, cells)
		}
	}
	if r.missing > 0 {
		h.Findings = append(h.Findings, mizan.Finding{
			ID: "missing-values", Severity: mizan.Info, Code: r.code,
			Message: fmt.Sprintf("%s: the query gives %d rows without a value, which are missing figures", r.code, r.missing),
			Remedy:  "if they stand for nothing, say so in the query: coalesce(…, 0)",
		})
	}
	if r.more > 0 {
		r.problems.Add("more-problems", mizan.Place{File: r.part.URL}, fmt.Sprintf("and %d more problems in this result", r.more), "mend those above first")
	}
}

// columns finds the columns of a result, whatever their order and capitals.
func (r *resultReader) columns(head, want []string) (at []int, ok bool) {
	for _, name := range want {
		i := slices.IndexFunc(head, func(s string) bool { return strings.EqualFold(s, name) })
		if i >= 0 {
			at = append(at, i)
		}
	}
	if len(at) == len(want) && len(head) == len(want) {
		return at, true
	}
	r.problem("bad-columns", fmt.Sprintf("the query of %s gives the columns %s", quote(r.code), some(head)),
		"it must give unit, year and value, or a, b, year and weight, and no others: name them by `as`")
	return nil, false
}

// year reads a year, which may have come as a double.
func (r *resultReader) year(text, who string) (int, bool) {
	v, ok := parseNumber(text)
	switch {
	case text == "":
		r.problem("missing-year", fmt.Sprintf("a row of the query of %s, %s, has no year", quote(r.code), who), "leave such rows out by `where year is not null`")
		return 0, false
	case !ok || v != math.Trunc(v) || v < 1 || v > 9999:
		r.problem("bad-year", fmt.Sprintf("a row of the query of %s, %s, has the year %s", quote(r.code), who, quote(text)), "give a whole number, such as by cast(substr(date, 1, 4) as integer)")
		return 0, false
	}
	return int(v), true
}

// unit reads a unit; known is false where the row is left out or wrong.
func (r *resultReader) unit(name string) (code string, known bool) {
	if strings.TrimSpace(name) == "" {
		r.problem("missing-unit", fmt.Sprintf("a row of the query of %s has no unit", quote(r.code)), "leave such rows out by `where … is not null`")
		return "", false
	}
	_, before := r.find.seen[name]
	if code, known = r.find.unit(name); known {
		return code, true
	}
	_, mapped := r.q.Units[name]
	if _, country := countryCode(name); !country && !mapped && !before {
		r.problem("unknown-unit", fmt.Sprintf("the query of %s gives the unit %s, which is neither a unit of the project nor known as a country", quote(r.code), quote(name)),
			"say which it is under `units` of the source, {NAME: CODE}, or leave it out by `where`")
	}
	return "", false
}

// value reads a number; known is false where it is missing or wrong.
func (r *resultReader) value(text, what string) (v float64, known bool) {
	if text == "" {
		r.missing++
		return 0, false
	}
	v, ok := parseNumber(text)
	if !ok || math.IsInf(v, 0) || math.IsNaN(v) {
		r.problem("bad-value", fmt.Sprintf("the query of %s gives %s for %s, which is no number", quote(r.code), quote(text), what), "compute a number, or nothing (null) where there is none")
		return 0, false
	}
	return v, true
}

// once reports a key that stands twice.
func (r *resultReader) once(key, text string) bool {
	before, twice := r.seen[key]
	if twice {
		r.problem("two-figures", fmt.Sprintf("the query of %s gives two rows of %s, with %s and %s", quote(r.code), key, orNothing(before), orNothing(text)), "sum or choose: add `group by` the unit and the year")
		return false
	}
	r.seen[key] = text
	return true
}

func orNothing(s string) string {
	if s == "" {
		return "nothing"
	}
	return s
}

func (r *resultReader) figure(h *Harvest, cells []string) {
	who := cells[0]
	unit, known := r.unit(who)
	year, ok := r.year(cells[1], orNothing(who))
	if !known || !ok || !r.once(fmt.Sprintf("%s in %d", unit, year), cells[2]) {
		return
	}
	if v, ok := r.value(cells[2], fmt.Sprintf("%s in %d", unit, year)); ok {
		h.Observations = append(h.Observations, Observation{Unit: unit, Series: r.code, Year: year, Value: v})
	}
}

func (r *resultReader) pair(h *Harvest, cells []string) {
	a, known := r.unit(cells[0])
	b, also := r.unit(cells[1])
	year, ok := r.year(cells[2], orNothing(cells[0])+"–"+orNothing(cells[1]))
	key := a + "–" + b + " in " + strconv.Itoa(year)
	if !known || !also || !ok || !r.once(key, cells[3]) {
		return
	}
	if v, ok := r.value(cells[3], key); ok {
		h.Pairs = append(h.Pairs, Pair{A: a, B: b, Series: r.code, Year: year, Weight: v})
	}
}
