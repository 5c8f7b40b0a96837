package engine

import (
	"maps"
	"math"
	"slices"
	"sync"

	"mizan"
	"mizan/build"
)

// Relations are the report as tables for other programs, in an order in which a
// table comes after those that it refers to:
//
//	units         who is compared, with names and groups
//	origins       who published the figures
//	indicators    every series
//	framework     the tree, indicators first, then aggregates level by level
//	observations  every figure that the project has, of whatever year
//	stages        unit x year x indicator: from the raw figure to the contribution
//	results       unit x year x node: scores and ranks
//
// lang chooses the language of names where a table has one name. Errors are
// those of History. A report that was read from a document has none of them.
func (r *Report) Relations(lang string) ([]*mizan.Relation, error) {
	r.relations.Lock()
	defer r.relations.Unlock()
	if list, made := r.relations.byLang[lang]; made {
		return slices.Clone(list), nil
	}
	history, err := r.History()
	if err != nil {
		return nil, err
	}
	r.Complete()
	list := []*mizan.Relation{
		r.unitRelation(), r.originRelation(), r.indicatorRelation(lang), r.frameworkRelation(lang),
		observationRelation(history), r.stageRelation(), r.resultRelation(),
	}
	// Who asks for a language chooses its name: a few are kept.
	if len(r.relations.byLang) < mostLanguages {
		if r.relations.byLang == nil {
			r.relations.byLang = map[string][]*mizan.Relation{}
		}
		r.relations.byLang[lang] = list
	}
	return slices.Clone(list), nil
}

// mostLanguages is for how many languages a report keeps its relations.
const mostLanguages = 16

// relations are the report's relations by language, as they were made.
type relations struct {
	sync.Mutex
	byLang map[string][]*mizan.Relation
}

// text and number make columns.
func text(name, about string, at func(i int) string) mizan.RelationColumn {
	return mizan.RelationColumn{Name: name, About: about, Kind: mizan.TextColumn, Text: at}
}

func figure(name, about string, at func(i int) float64) mizan.RelationColumn {
	return mizan.RelationColumn{Name: name, About: about, Kind: mizan.NumberColumn, Number: at}
}

func whole(name, about string, at func(i int) float64) mizan.RelationColumn {
	return mizan.RelationColumn{Name: name, About: about, Kind: mizan.WholeColumn, Number: at}
}

// key is a column that is part of the key, or must be given.
func key(c mizan.RelationColumn, refers string) mizan.RelationColumn {
	c.Required, c.Refers = true, refers
	return c
}

// orMissing is a whole number of which 0 means that there is none.
func orMissing(n int) float64 {
	if n == 0 {
		return math.NaN()
	}
	return float64(n)
}

func (r *Report) unitRelation() *mizan.Relation {
	langs, groups := map[string]bool{}, map[string]bool{}
	for _, u := range r.Units {
		for l := range u.Name {
			langs[l] = true
		}
		for g := range u.Groups {
			groups[g] = true
		}
	}
	t := &mizan.Relation{Name: "units", About: "A row per unit that is compared.", Key: []string{"unit"}, Rows: len(r.Units)}
	t.Columns = append(t.Columns, key(text("unit", "code of the unit", func(i int) string { return r.Units[i].Code }), ""))
	for _, l := range slices.Sorted(maps.Keys(langs)) {
		name, about := "name:"+l, "name in the language "+l
		if l == "" {
			name, about = "name", "name"
		}
		t.Columns = append(t.Columns, text(name, about, func(i int) string { return r.Units[i].Name[l] }))
	}
	for _, g := range slices.Sorted(maps.Keys(groups)) {
		t.Columns = append(t.Columns, text(g, "group of the unit by "+g, func(i int) string { return r.Units[i].Groups[g] }))
	}
	return t
}

func (r *Report) originRelation() *mizan.Relation {
	list := r.Origins
	if len(list) > 0 {
		list = list[1:] // the empty origin
	}
	return &mizan.Relation{Name: "origins", About: "A row per source of figures.", Key: []string{"origin"}, Rows: len(list), Columns: []mizan.RelationColumn{
		key(text("origin", "code of the origin", func(i int) string { return list[i].Code }), ""),
		text("publisher", "who published it", func(i int) string { return list[i].Publisher }),
		text("title", "title of the publication", func(i int) string { return list[i].Title }),
		text("licence", "licence under which it may be used", func(i int) string { return list[i].Licence }),
		text("url", "where it is to be found", func(i int) string { return list[i].URL }),
		whole("year", "year of publication or of the vintage", func(i int) float64 { return orMissing(list[i].Year) }),
		text("note", "how the figures came here, cautions", func(i int) string { return list[i].Note }),
	}}
}

func (r *Report) indicatorRelation(lang string) *mizan.Relation {
	list := r.Indicators
	return &mizan.Relation{Name: "indicators", About: "A row per measured series.", Key: []string{"indicator"}, Rows: len(list), Columns: []mizan.RelationColumn{
		key(text("indicator", "code of the series", func(i int) string { return list[i].Code }), ""),
		text("name", "name", func(i int) string { return list[i].Name.In(lang) }),
		text("measure", "unit of measurement", func(i int) string { return list[i].Measure }),
		key(whole("direction", "1 if more is better, -1 if less is", func(i int) float64 { return float64(list[i].Direction) }), ""),
		key(whole("in_framework", "1 if the index is made of it, 0 if it serves otherwise", func(i int) float64 {
			if list[i].InFramework {
				return 1
			}
			return 0
		}), ""),
		text("denominator", "series by which it is divided", func(i int) string { return list[i].Denominator }),
		text("description", "what it measures", func(i int) string { return list[i].Description.In(lang) }),
	}}
}

func (r *Report) frameworkRelation(lang string) *mizan.Relation {
	list := r.Nodes
	names := map[string]mizan.Text{}
	for _, i := range r.Indicators {
		names[i.Code] = i.Name
	}
	return &mizan.Relation{Name: "framework", About: "A row per node of the framework: indicators, then aggregates level by level.", Key: []string{"code"}, Rows: len(list), Columns: []mizan.RelationColumn{
		key(text("code", "code of the indicator or aggregate", func(i int) string { return list[i].Code }), ""),
		text("name", "name", func(i int) string {
			if s := list[i].Name.In(lang); s != "" {
				return s
			}
			return names[list[i].Code].In(lang)
		}),
		key(whole("level", "1 for an indicator; a parent is above its highest child", func(i int) float64 { return float64(list[i].Level) }), ""),
		text("parent", "code of the parent; none at the top", func(i int) string { return list[i].Parent }),
		figure("weight", "weight within the parent", func(i int) float64 { return list[i].Weight }),
		figure("effective_weight", "share of the whole", func(i int) float64 { return list[i].Effective }),
		key(whole("direction", "-1 if a high score of the aggregate is bad", func(i int) float64 {
			if list[i].Reversed {
				return -1
			}
			return 1
		}), ""),
		text("method", "method of aggregation", func(i int) string { return list[i].Method }),
	}}
}

// observationRelation lists the figures of a history by indicator, unit and year.
// A row is what a tidy file of observations holds.
func observationRelation(p *mizan.Panel) *mizan.Relation {
	var at []int // positions in Values
	for c := range p.Codes {
		for u := range p.Units {
			for y := range p.Years {
				if i := (y*len(p.Codes)+c)*len(p.Units) + u; !math.IsNaN(p.Values[i]) {
					at = append(at, i)
				}
			}
		}
	}
	units, codes := len(p.Units), len(p.Codes)
	t := &mizan.Relation{Name: "observations", About: "A row per figure as it was published, of whatever year.", Key: []string{"unit", "indicator", "year"}, Rows: len(at), Columns: []mizan.RelationColumn{
		key(text("unit", "code of the unit", func(i int) string { return p.Units[at[i]%units] }), "units.unit"),
		key(text("indicator", "code of the series", func(i int) string { return p.Codes[at[i]/units%codes] }), "indicators.indicator"),
		key(whole("year", "year that the figure is of", func(i int) float64 { return float64(p.Years[at[i]/units/codes]) }), ""),
		key(figure("value", "the figure, in the measure of its series", func(i int) float64 { return p.Values[at[i]] }), ""),
		key(text("status", "observed, estimated or provisional", func(i int) string { return p.Cells[at[i]].Status.String() }), ""),
		{Name: "origin", About: "who published it", Kind: mizan.TextColumn, Refers: "origins.origin", Text: func(i int) string { return p.Origins[p.Cells[at[i]].Origin].Code }},
	}}
	if p.SDs != nil {
		t.Columns = append(t.Columns, figure("sd", "standard deviation of the figure", func(i int) float64 { return p.SDs[at[i]] }))
	}
	return t
}

func (r *Report) stageRelation() *mizan.Relation {
	codes := r.Result.Indicators
	series := make([]int, len(codes))
	for c, code := range codes {
		series[c] = r.Panel.Code(code)
	}
	g := grid{units: len(r.Units), years: len(r.Years), codes: len(codes)}
	table := func(t *mizan.Table) func(i int) float64 {
		return func(i int) float64 { u, y, c := g.split(i); return t.At(y, c, u) }
	}
	cell := func(i int) mizan.Cell { u, y, c := g.split(i); return r.Panel.Cell(y, series[c], u) }
	t := &mizan.Relation{Name: "stages", About: "A row per unit, year and indicator of the framework: the way of a figure through the stages.", Key: []string{"unit", "year", "indicator"}, Rows: g.rows()}
	t.Columns = append(g.key(r.Units, r.Years, codes, "indicator", "code of the indicator", "indicators.indicator"),
		figure("raw", "the figure as chosen for the year", table(r.Stages.Raw)),
		whole("year_used", "year of the figure used", func(i int) float64 { return orMissing(int(cell(i).Year)) }),
		text("status", "what kind of figure it is", func(i int) string { return cell(i).Status.String() }),
		mizan.RelationColumn{Name: "origin", About: "who published it", Kind: mizan.TextColumn, Refers: "origins.origin", Text: func(i int) string { return r.Panel.Origins[cell(i).Origin].Code }},
		figure("denominated", "after denomination", table(r.Stages.Denominated)),
		figure("imputed", "after imputation", table(r.Stages.Imputed)),
		figure("screened", "missing from here on if the unit was screened out", table(r.Stages.Screened)),
		figure("treated", "after the treatment of outliers", table(r.Stages.Treated)),
		figure("normalised", "on one scale, higher being better", table(r.Stages.Normalised)),
		figure("contribution", "points of the index that are due to it", table(r.Contributions)),
	)
	return t
}

func (r *Report) resultRelation() *mizan.Relation {
	codes := r.Scores.Codes
	g := grid{units: len(r.Units), years: len(r.Years), codes: len(codes)}
	t := &mizan.Relation{Name: "results", About: "A row per unit, year and node of the framework.", Key: []string{"unit", "year", "code"}, Rows: g.rows()}
	t.Columns = append(g.key(r.Units, r.Years, codes, "code", "code of the indicator or aggregate", "framework.code"),
		key(whole("level", "1 for an indicator", func(i int) float64 { _, _, c := g.split(i); return float64(r.Nodes[c].Level) }), ""),
		figure("score", "normalised indicator, or score of the aggregate", func(i int) float64 { u, y, c := g.split(i); return r.Scores.At(y, c, u) }),
		whole("rank", "1 is the highest score; ties share the smaller rank", func(i int) float64 { u, y, c := g.split(i); return r.Ranks.At(y, c, u) }),
	)
	return t
}

// DrawRelation lists the draws of the project's uncertainty: a row per draw and
// unit with its score and rank at the top. Draws are made in order as rows are
// read, the last one being kept; a draw that fails has missing scores and ranks.
// draws is how many there are, 0 = as many as the project asks for. Errors are
// mizan.Problems: a project that says nothing of its uncertainty.
func (r *Report) DrawRelation(draws int) (*mizan.Relation, error) {
	m, err := r.Uncertain()
	if err != nil {
		return nil, err
	}
	if err := m.Check(); err != nil {
		return nil, err
	}
	if draws <= 0 {
		draws = m.Len()
	}
	n, last := len(m.Units()), -1
	scores, ranks := make([]float64, n), make([]int32, n)
	kernels := map[int]*build.Evaluator{}
	draw := func(k int) {
		if k == last {
			return
		}
		last = k
		for u := range scores {
			scores[u], ranks[u] = math.NaN(), 0
		}
		var d build.Draw
		if err := m.Draw(k, &d); err != nil {
			return
		}
		e := kernels[d.Structure]
		if e == nil || d.Structure < 0 {
			kernel, err := build.NewKernel(d.Result, m.Year(), build.KernelOptions{})
			if err != nil {
				return
			}
			e = kernel.Evaluator()
			if d.Structure >= 0 {
				kernels[d.Structure] = e
			}
		}
		if top, err := e.Top(d.Weights); err == nil {
			copy(scores, top)
			e.Ranks(ranks, scores)
		}
	}
	return &mizan.Relation{Name: "draws", About: "A row per draw and unit: the score and rank at the top of the framework.", Key: []string{"draw", "unit"}, Rows: draws * n, Columns: []mizan.RelationColumn{
		key(whole("draw", "number of the draw, from 1", func(i int) float64 { return float64(i/n + 1) }), ""),
		key(text("unit", "code of the unit", func(i int) string { return m.Units()[i%n] }), "units.unit"),
		figure("score", "score at the top of the framework", func(i int) float64 { draw(i / n); return scores[i%n] }),
		whole("rank", "rank at the top of the framework", func(i int) float64 { draw(i / n); return orMissing(int(ranks[i%n])) }),
	}}, nil
}

// grid numbers the rows of units x years x codes.
type grid struct{ units, years, codes int }

func (g grid) rows() int { return g.units * g.years * g.codes }

func (g grid) split(i int) (u, y, c int) {
	return i / g.codes / g.years, i / g.codes % g.years, i % g.codes
}

// key is the columns that identify a row.
func (g grid) key(units []mizan.Unit, years []int, codes []string, code, about, refers string) []mizan.RelationColumn {
	return []mizan.RelationColumn{
		key(text("unit", "code of the unit", func(i int) string { u, _, _ := g.split(i); return units[u].Code }), "units.unit"),
		key(whole("year", "year of the index", func(i int) float64 { _, y, _ := g.split(i); return float64(years[y]) }), ""),
		key(text(code, about, func(i int) string { _, _, c := g.split(i); return codes[c] }), refers),
	}
}
