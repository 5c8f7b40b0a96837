// Package api lets other programs ask an index: a read-only HTTP API with its own
// description (OpenAPI 3.1), and a server of the Model Context Protocol for
// assistants. Both ask the same service, and both tell with every number who
// published it.
package api

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"mizan"
	"mizan/build"
	"mizan/engine"
	"mizan/spec"
)

// Config is what the API takes from outside.
type Config struct {
	// Report gives the build of a variant; "" is the project as written. It may be
	// asked by several goroutines, and keeps builds by itself. An error should be a
	// mizan.Problem.
	Report func(variant string) (*engine.Report, error)
	// CSV and Parquet write a table.
	CSV, Parquet Encoder
	// Query answers a question in SQL over the tables of a report; nil if there is no
	// database. An error should be a mizan.Problem.
	Query func(ctx context.Context, r *engine.Report, query string) (*mizan.Relation, error)
	// Version of the program.
	Version string
}

// service answers questions about an index.
type service struct{ Config }

// Overview is what an index is.
type Overview struct {
	ID          string           `json:"id" doc:"id of the project"`
	Title       mizan.Text       `json:"title" doc:"by language"`
	Description mizan.Text       `json:"description,omitempty" doc:"by language"`
	Imprint     spec.Imprint     `json:"imprint,omitzero" doc:"who made the index, who publishes it, under which licence, and how to cite it"`
	Hash        string           `json:"hash" doc:"SHA-256 of the project as it was built"`
	Variant     string           `json:"variant,omitempty" doc:"the variant that was built"`
	Variants    []engine.Variant `json:"variants,omitempty" doc:"other readings of the project, for the parameter variant"`
	Years       []int            `json:"years" doc:"years of the index, ascending"`
	Units       int              `json:"units" doc:"how many units are compared"`
	Top         string           `json:"top" doc:"code of the index itself"`
	Nodes       []Node           `json:"nodes" doc:"the framework: indicators, then aggregates level by level"`
	Tables      []TableInfo      `json:"tables" doc:"tables that can be read"`
	Findings    int              `json:"findings" doc:"how many remarks there are on data and results"`
}

// Node is an indicator or aggregate of the framework.
type Node struct {
	Code      string     `json:"code"`
	Name      mizan.Text `json:"name,omitempty" doc:"by language"`
	Level     int        `json:"level" doc:"1 for an indicator"`
	Parent    string     `json:"parent,omitempty"`
	Weight    float64    `json:"weight" doc:"within the parent"`
	Effective float64    `json:"effective_weight" doc:"share of the whole"`
}

// TableInfo describes a table.
type TableInfo struct {
	Name    string       `json:"name"`
	About   string       `json:"about"`
	Rows    int          `json:"rows"`
	Key     []string     `json:"key" doc:"columns that identify a row"`
	Columns []ColumnInfo `json:"columns"`
}

// ColumnInfo describes a column of a table.
type ColumnInfo struct {
	Name  string `json:"name"`
	Kind  string `json:"kind" enum:"text,integer,number"`
	About string `json:"about"`
}

// Ranking is the units by rank in one year.
type Ranking struct {
	Code   string   `json:"code" doc:"what is ranked: the index, an aggregate or an indicator"`
	Year   int      `json:"year"`
	Total  int      `json:"total" doc:"units, also those without a rank"`
	Offset int      `json:"offset"`
	Units  []Ranked `json:"units"`
}

// Ranked is a unit in a ranking.
type Ranked struct {
	Unit  string       `json:"unit"`
	Name  string       `json:"name"`
	Rank  mizan.Number `json:"rank" doc:"null if it is not ranked"`
	Score mizan.Number `json:"score"`
	// Parts are the scores of the children.
	Parts map[string]mizan.Number `json:"parts,omitempty" doc:"scores of what it is made of"`
}

// UnitDocument is why a unit ranks as it does.
type UnitDocument struct {
	Unit       string            `json:"unit"`
	Name       mizan.Text        `json:"name,omitempty"`
	Groups     map[string]string `json:"groups,omitempty"`
	Year       int               `json:"year"`
	Score      mizan.Number      `json:"score"`
	Rank       mizan.Number      `json:"rank"`
	Of         int               `json:"of" doc:"units with a rank"`
	NotRanked  string            `json:"not_ranked,omitempty" doc:"why it has no rank"`
	Pillars    []engine.Standing `json:"pillars"`
	Indicators []engine.Standing `json:"indicators"`
	Strengths  []engine.Standing `json:"strengths"`
	Weaknesses []engine.Standing `json:"weaknesses"`
	Peers      []engine.Peer     `json:"peers"`
	Up         *engine.Gap       `json:"up,omitempty" doc:"what would bring it past the one ahead"`
	Down       *engine.Gap       `json:"down,omitempty" doc:"what would let the one behind past it"`
}

// TraceDocument is the way of one number from its source to the top.
type TraceDocument struct {
	Trace  *build.Trace  `json:"trace,omitempty" doc:"absent for a series outside the framework"`
	Figure *Figure       `json:"figure,omitempty" doc:"the observation, for an indicator"`
	Origin *mizan.Origin `json:"origin,omitempty" doc:"who published it"`
}

// Figure is an observation.
type Figure struct {
	Value   mizan.Number `json:"value"`
	Measure string       `json:"measure,omitempty"`
	Year    int          `json:"year,omitempty" doc:"that the figure is of; it may differ from the year asked for"`
	Status  string       `json:"status"`
	File    string       `json:"file,omitempty"`
	Line    int          `json:"line,omitempty"`
}

// IndicatorDocument is a series with who published its figures.
type IndicatorDocument struct {
	engine.Indicator
	Figures int            `json:"figures" doc:"that the index uses"`
	Origins []mizan.Origin `json:"origins"`
}

// problem of something that there is not.
func unknown(what, name string, names []string) error {
	p := &mizan.Problem{ID: "unknown-" + what, Cause: fmt.Sprintf("there is no %s %q", what, clip(name))}
	if near, ok := spec.Suggest(name, names); ok {
		p.Remedy = fmt.Sprintf("did you mean %q?", near)
	} else if len(names) > 0 && len(names) <= 12 {
		p.Remedy = "there are " + strings.Join(names, ", ")
	}
	return p
}

// clip keeps what others wrote from filling a message.
func clip(s string) string {
	const most = 80
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// hasCode reports a code that is neither in the framework nor a series beside it.
func hasCode(r *engine.Report, code string) error {
	if slices.ContainsFunc(r.Indicators, func(i engine.Indicator) bool { return i.Code == code }) {
		return nil
	}
	return r.HasCode(code)
}

// report is the build of a variant; only those that the project names are built.
func (s *service) report(variant string) (*engine.Report, error) {
	if variant == "" {
		return s.Report("")
	}
	base, err := s.Report("")
	if err != nil {
		return nil, err
	}
	var codes []string
	for _, v := range base.Project.Variants {
		codes = append(codes, v.Code)
	}
	if !slices.Contains(codes, variant) {
		return nil, unknown("variant", variant, codes)
	}
	return s.Report(variant)
}

// at finds the build and the year; 0 is the latest.
func (s *service) at(variant string, year int) (*engine.Report, int, error) {
	r, err := s.report(variant)
	if err != nil {
		return nil, 0, err
	}
	if year == 0 {
		year = r.Years[len(r.Years)-1]
	}
	return r, year, r.HasYear(year)
}

func (s *service) overview(variant string) (*Overview, error) {
	r, err := s.report(variant)
	if err != nil {
		return nil, err
	}
	o := &Overview{
		ID: r.Project.ID, Title: r.Project.Title, Description: r.Project.Description, Imprint: r.Project.Imprint, Hash: r.Project.Hash, Variant: r.Project.Variant,
		Variants: r.Project.Variants, Years: r.Years, Units: len(r.Units), Top: r.Top(), Findings: len(r.Findings),
	}
	if o.Title == nil {
		o.Title = mizan.Text{} // by the description of the API it is always there
	}
	names := map[string]mizan.Text{}
	for _, i := range r.Indicators {
		names[i.Code] = i.Name
	}
	for _, n := range r.Nodes {
		name := n.Name
		if len(name) == 0 {
			name = names[n.Code]
		}
		o.Nodes = append(o.Nodes, Node{n.Code, name, n.Level, n.Parent, n.Weight, n.Effective})
	}
	o.Tables, err = s.tables(variant)
	return o, err
}

func (s *service) tables(variant string) ([]TableInfo, error) {
	r, err := s.report(variant)
	if err != nil {
		return nil, err
	}
	list, err := r.Relations("en")
	if err != nil {
		return nil, err
	}
	var out []TableInfo
	for _, t := range list {
		info := TableInfo{Name: t.Name, About: t.About, Rows: t.Rows, Key: t.Key}
		for _, c := range t.Columns {
			info.Columns = append(info.Columns, ColumnInfo{c.Name, string(c.Kind), c.About})
		}
		out = append(out, info)
	}
	return out, nil
}

// filter chooses rows of a table; "" and 0 are any.
type filter struct {
	unit, code string
	year       int
}

// table is a table of the report with the rows that a filter lets through. A filter
// on what the table has no column for is a problem.
func (s *service) table(variant, name, lang string, f filter) (*mizan.Relation, error) {
	r, err := s.report(variant)
	if err != nil {
		return nil, err
	}
	list, err := r.Relations(lang)
	if err != nil {
		return nil, err
	}
	var names []string
	var t *mizan.Relation
	for _, x := range list {
		names = append(names, x.Name)
		if x.Name == name {
			t = x
		}
	}
	if t == nil {
		return nil, unknown("table", name, names)
	}
	return choose(r, t, f)
}

// choose applies a filter.
func choose(r *engine.Report, t *mizan.Relation, f filter) (*mizan.Relation, error) {
	var problems mizan.Problems
	column := func(what string, names ...string) *mizan.RelationColumn {
		for _, n := range names {
			if c := t.Column(n); c != nil {
				return c
			}
		}
		problems.Add("no-such-column", mizan.Place{}, fmt.Sprintf("the table %s has no column to filter by %s", t.Name, what), "leave "+what+" out")
		return nil
	}
	var tests []func(row int) bool
	add := func(err error, c *mizan.RelationColumn, test func(c *mizan.RelationColumn, row int) bool) error {
		if c != nil {
			tests = append(tests, func(row int) bool { return test(c, row) })
		}
		return err
	}
	if f.unit != "" {
		if err := add(r.HasUnit(f.unit), column("unit", "unit"), func(c *mizan.RelationColumn, row int) bool { return c.Text(row) == f.unit }); err != nil {
			return nil, err
		}
	}
	if f.code != "" {
		if err := add(hasCode(r, f.code), column("code", "code", "indicator"), func(c *mizan.RelationColumn, row int) bool { return c.Text(row) == f.code }); err != nil {
			return nil, err
		}
	}
	if f.year != 0 {
		_ = add(nil, column("year", "year"), func(c *mizan.RelationColumn, row int) bool { return c.Number(row) == float64(f.year) })
	}
	if err := problems.OrNil(); err != nil || len(tests) == 0 {
		return t, err
	}
	return t.Where(func(row int) bool {
		return !slices.ContainsFunc(tests, func(test func(int) bool) bool { return !test(row) })
	}), nil
}

// ranking lists units by the rank of a node; "" is the index itself.
func (s *service) ranking(variant, code, lang string, year, offset, limit int) (*Ranking, error) {
	r, year, err := s.at(variant, year)
	if err != nil {
		return nil, err
	}
	if code == "" {
		code = r.Top()
	}
	if err := hasCode(r, code); err != nil {
		return nil, err
	}
	node := r.Node(code)
	if node == nil {
		return nil, &mizan.Problem{ID: "not-in-framework", Cause: fmt.Sprintf("%s is not in the framework, so that nobody is ranked by it", code), Remedy: "ask for a code of the framework"}
	}
	y, c := r.Ranks.Year(year), r.Ranks.Code(code)
	order := make([]int, len(r.Units))
	for u := range order {
		order[u] = u
	}
	place := func(u int) float64 {
		if v := r.Ranks.At(y, c, u); !math.IsNaN(v) {
			return v
		}
		return math.Inf(1)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch p, q := place(a), place(b); {
		case p < q:
			return -1
		case p > q:
			return 1
		}
		return 0
	})
	out := &Ranking{Code: code, Year: year, Total: len(order), Offset: offset, Units: []Ranked{}}
	for _, u := range page(order, offset, limit) {
		unit := Ranked{Unit: r.Units[u].Code, Name: r.Units[u].Name.In(lang), Rank: mizan.Number(r.Ranks.At(y, c, u)), Score: mizan.Number(r.Scores.At(y, c, u))}
		for _, child := range node.Children {
			if unit.Parts == nil {
				unit.Parts = map[string]mizan.Number{}
			}
			unit.Parts[child] = mizan.Number(r.Scores.At(y, r.Scores.Code(child), u))
		}
		out.Units = append(out.Units, unit)
	}
	return out, nil
}

// page is the part of a list from offset on.
func page[T any](list []T, offset, limit int) []T {
	list = list[min(offset, len(list)):]
	return list[:min(limit, len(list))]
}

func (s *service) unit(variant, unit string, year int) (*UnitDocument, error) {
	r, year, err := s.at(variant, year)
	if err != nil {
		return nil, err
	}
	e, err := r.Explain(unit, year)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(r.Units, func(u mizan.Unit) bool { return u.Code == unit })
	return &UnitDocument{
		Unit: unit, Name: r.Units[i].Name, Groups: r.Units[i].Groups, Year: year, Score: e.Score, Rank: e.Rank, Of: e.Of, NotRanked: e.NotRanked,
		Pillars: e.Pillars, Indicators: e.Indicators, Strengths: e.Strengths, Weaknesses: e.Weaknesses, Peers: e.Peers, Up: e.Up, Down: e.Down,
	}, nil
}

func (s *service) trace(variant, unit, code string, year int) (*TraceDocument, error) {
	r, year, err := s.at(variant, year)
	if err != nil {
		return nil, err
	}
	for _, err := range []error{r.HasUnit(unit), hasCode(r, code)} {
		if err != nil {
			return nil, err
		}
	}
	d := &TraceDocument{}
	if r.Node(code) != nil {
		if d.Trace, err = r.Result.Trace(unit, code, year); err != nil {
			return nil, err
		}
	}
	c := r.Panel.Code(code)
	if c < 0 {
		return d, nil
	}
	y, u := r.Panel.Year(year), r.Panel.Unit(unit)
	cell := r.Panel.Cell(y, c, u)
	d.Figure = &Figure{Value: mizan.Number(r.Panel.At(y, c, u)), Year: int(cell.Year), Status: cell.Status.String(), Line: int(cell.Line)}
	if cell.Line != 0 {
		d.Figure.File = r.Panel.Files[cell.File]
	}
	for _, i := range r.Indicators {
		if i.Code == code {
			d.Figure.Measure = i.Measure
		}
	}
	if o := r.Panel.Origins[cell.Origin]; o.Code != "" {
		d.Origin = &o
	}
	return d, nil
}

func (s *service) indicator(variant, code string) (*IndicatorDocument, error) {
	r, err := s.report(variant)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(r.Indicators, func(i engine.Indicator) bool { return i.Code == code })
	if i < 0 {
		var codes []string
		for _, i := range r.Indicators {
			codes = append(codes, i.Code)
		}
		return nil, unknown("indicator", code, codes)
	}
	d := &IndicatorDocument{Indicator: r.Indicators[i], Origins: []mizan.Origin{}}
	used := make([]bool, len(r.Panel.Origins))
	c := r.Panel.Code(code)
	for y := range r.Panel.Years {
		for u, v := range r.Panel.Column(y, c) {
			if !math.IsNaN(v) {
				d.Figures++
				used[r.Panel.Cell(y, c, u).Origin] = true
			}
		}
	}
	for o, is := range used {
		if is && o > 0 {
			d.Origins = append(d.Origins, r.Panel.Origins[o])
		}
	}
	return d, nil
}
