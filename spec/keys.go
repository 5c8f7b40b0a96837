package spec

import (
	"sync"

	"mizan"
)

// The tables of keys. Reading, the canonical form and the JSON Schema are all
// made from them.

const (
	minYear, maxYear = 1, 9999
	maxYears         = 1000 // longest panel, and longest look back
)

var (
	year     = given(whole(minYear, maxYear))
	years    = whole(0, maxYears)
	mapTexts = "a mapping with one entry per "
)

// specKeys are the keys of the file.
var specKeys = sync.OnceValue(makeSpecKeys)

func makeSpecKeys() []field[Spec] {
	return []field[Spec]{
		key("mizan", version, func(s *Spec) *int { return &s.Mizan }, "the version of the file format, 1").must(),
		key("id", idWord, func(s *Spec) *string { return &s.ID }, "the project's id: small letters, digits and hyphens").must(),
		key("title", labels, func(s *Spec) *mizan.Text { return &s.Title }, "the title, in one or several languages"),
		key("description", labels, func(s *Spec) *mizan.Text { return &s.Description }, "what the project measures and for whom"),
		key("imprint", optionalRecord(record("a mapping such as {authors: […], licence: CC-BY-4.0}", imprintKeys)), func(s *Spec) *Imprint { return &s.Imprint },
			"who made the index, who publishes it, under which licence, and how to cite it"),
		key("period", record("a mapping such as {year: 2023}, or {from: 2019, to: 2023}", periodKeys), func(s *Spec) *Period { return &s.Period },
			"the years that are built").must(),
		key("units", optionalRecord(record("a mapping such as {file: data/units.csv}", unitsKeys)), func(s *Spec) *Units { return &s.Units },
			"who is compared"),
		key("observations", listOf("a list of data files", record("a mapping such as {file: data/observations.csv}", dataFileKeys)),
			func(s *Spec) *[]DataFile { return &s.Observations }, "the files that hold the figures").must(),
		key("origins", optionalRecord(record("a mapping such as {file: data/origins.yaml}", originKeys)), func(s *Spec) *OriginFile { return &s.Origins },
			"who published the figures"),
		key("figures", figures, func(s *Spec) *[]Figure { return &s.Figures },
			"figures in place of those of the files, by indicator and unit: {gdp: {FRA: 3.1}}, and by year where several are built; null takes one away"),
		key("ties", listOf("a list of tables of ties", record("a mapping such as {code: articles, file: data/ties.csv}", tieKeys)),
			func(s *Spec) *[]TieTable { return &s.Ties }, "tables of weighted links between units"),
		key("locations", optionalRecord(record("a mapping such as {file: data/locations.csv}", locationKeys)), func(s *Spec) *LocationFile { return &s.Locations },
			"where units lie, for what distance, language and borders let one expect of ties"),
		key("supply", listOf("a list of tables of supply", record("a mapping such as {code: chips, file: data/chips.csv}", supplyKeys)),
			func(s *Spec) *[]SupplyTable { return &s.Supply }, "tables of who depends on whom for goods"),
		key("sources", listOf("a list of sources", record("a mapping such as {code: wdi, connector: worldbank, series: {…}, file: data/wdi.csv}", sourceKeys)),
			func(s *Spec) *[]DataSource { return &s.DataSources }, "where files of figures come from, for `mizan data pull`; a build does not read it"),
		key("indicators", keyed(mapTexts+"indicator", record("a mapping with the keys of an indicator", indicatorKeys),
			func(i *Indicator) *string { return &i.Code }, checkCode), func(s *Spec) *[]Indicator { return &s.Indicators },
			"the measured series, by code; their order is the order of columns").must(),
		key("framework", frameworkNode(), func(s *Spec) *Node { return &s.Framework }, "the tree of aggregates and indicators").must(),
		key("build", record("a mapping with one entry per stage", buildKeys), func(s *Spec) *Build { return &s.Build },
			"the method of each stage"),
		key("variants", keyed(mapTexts+"variant", record("a mapping with title, description and edits", variantKeys),
			func(v *Variant) *string { return &v.Code }, checkCode), func(s *Spec) *[]Variant { return &s.Variants },
			"other readings of the project, each a list of edits"),
		key("alliances", listOf("a list of alliances", record("a mapping such as {code: eu, members: […]}", allianceKeys)),
			func(s *Spec) *[]Alliance { return &s.Alliances }, "sets of units that are looked at as one, with dates of membership"),
		key("value_functions", listOf("a list such as [score, best-of, {coverage: chips}]", valueFunction), func(s *Spec) *[]ValueFunction { return &s.ValueFunctions },
			"what a coalition of members is worth, for what each adds: score, best-of, reach, {coverage: SUPPLY}, {self-sufficiency: SUPPLY}"),
		key("targets", listOf("a list of targets", record("a mapping such as {id: ru-ai-gdp, unit: RUS, baseline: {2023: 1.9e9}, target: {2030: 109e9}}", targetKeys)),
			func(s *Spec) *[]Target { return &s.Targets }, "promises: values aimed at, by a date"),
		key("rates", listOf("a list of exchange rates", record("a mapping such as {from: USD, to: RUB, date: 2023-12-29, rate: 89.6883, source: …}", rateKeys)),
			func(s *Spec) *[]Rate { return &s.Rates }, "the exchange rates by which figures of targets are converted"),
		key("projections", optionalRecord(record("a mapping with paths, seed, models, damping and thresholds", projectionKeys)),
			func(s *Spec) *Projections { return &s.Projections }, "how targets are followed: the paths that are drawn, and the limits of verdicts"),
		key("scenarios", listOf("a list of scenarios", record("a mapping such as {id: chip-embargo, edits: […]}", scenarioKeys)),
			func(s *Spec) *[]Scenario { return &s.Scenarios }, "what-ifs: edits with the assumptions on which they hang"),
		key("published", listOf("a list of published rankings", record("a mapping with code and file", comparisonKeys)),
			func(s *Spec) *[]Comparison { return &s.Published }, "published rankings to set the result against"),
		key("audit", optionalRecord(record("a mapping with thresholds and silence", auditKeys)), func(s *Spec) *Audit { return &s.Audit },
			"thresholds of the audit, and findings of it that are answered"),
		key("uncertainty", uncertain, func(s *Spec) **Uncertainty { return &s.Uncertainty },
			"what might have been chosen or measured otherwise, and how often it is drawn"),
	}
}

// optionalRecord leaves a mapping out of the canonical form when it is empty.
func optionalRecord[S any](c codec[S]) codec[S] {
	write := c.write
	c.write = func(v S) *node {
		if n := write(v); len(n.entries) > 0 {
			return n
		}
		return nil
	}
	return c
}

func periodKeys() []field[Period] {
	return []field[Period]{
		key("year", year, func(p *Period) *int { return &p.Year }, "the one year that is built"),
		key("from", year, func(p *Period) *int { return &p.From }, "the first year of a panel"),
		key("to", year, func(p *Period) *int { return &p.To }, "the last year of a panel"),
		key("look_back", years, func(p *Period) *int { return &p.LookBack },
			"how many years before the wanted year a figure may come from when that year has none; the latest wins"),
		key("stand_in", years, func(p *Period) *int { return &p.StandIn },
			"how many years after the wanted year a figure may come from when look_back gives none; the earliest wins"),
	}
}

func unitsKeys() []field[Units] {
	unitList := listOf("a list of units", line("the code of a unit"))
	return []field[Units]{
		key("file", fileName, func(u *Units) *string { return &u.File }, "CSV with the columns unit, name (or name:en, …) and one per group variable"),
		key("only", unitList, func(u *Units) *[]string { return &u.Only }, "keep these units and no others"),
		key("exclude", unitList, func(u *Units) *[]string { return &u.Exclude }, "drop these units"),
	}
}

func dataFileKeys() []field[DataFile] {
	return []field[DataFile]{
		key("file", fileName, func(d *DataFile) *string { return &d.File }, "CSV of figures").must(),
		key("format", orDefault("tidy", choice("tidy", "wide")), func(d *DataFile) *string { return &d.Format },
			"tidy: a row per figure (unit, indicator, year, value); wide: a column per indicator"),
		key("unit", orDefault("unit", line("the name of a column")), func(d *DataFile) *string { return &d.Unit }, "name of the column of units"),
		key("time", line("the name of a column"), func(d *DataFile) *string { return &d.Time }, "wide: name of the column of years"),
		key("year", year, func(d *DataFile) *int { return &d.Year }, "wide without a column of years: the year of all rows"),
		key("origin", line("the code of an origin"), func(d *DataFile) *string { return &d.Origin }, "origin of the figures that name none"),
		key("extra", orDefault("error", choice("error", "ignore")), func(d *DataFile) *string { return &d.Extra },
			"what to do with indicators that the project does not declare"),
		key("replaces", choice("yes", "no"), func(d *DataFile) *string { return &d.Replaces },
			"yes: where the file has figures of an indicator for a unit, those of the files before it do not count, of whatever year"),
	}
}

// orDefault writes the default in place of an empty text. Reading leaves the
// default to fill, which does it for keys that are absent too.
func orDefault(value string, c codec[string]) codec[string] {
	schema := c.schema
	c.write = func(s string) *node {
		if s == "" {
			s = value
		}
		return textNode(s)
	}
	c.schema = func(b *schemaMaker) object { return schema(b).with("default", value) }
	return c
}

func originKeys() []field[OriginFile] {
	return []field[OriginFile]{
		key("file", fileName, func(o *OriginFile) *string { return &o.File }, "YAML: a mapping from origin to publisher, title, licence, url, year, note, redistribute").must(),
	}
}

func indicatorKeys() []field[Indicator] {
	return []field[Indicator]{
		key("name", labels, func(i *Indicator) *mizan.Text { return &i.Name }, "the name, in one or several languages"),
		key("description", labels, func(i *Indicator) *mizan.Text { return &i.Description }, "what it measures and what it does not"),
		key("measure", line("a unit of measurement"), func(i *Indicator) *string { return &i.Measure }, "unit of measurement, such as \"% of GDP\""),
		key("direction", direction, func(i *Indicator) *int { return &i.Direction }, "1 if more is better (default), -1 if less is"),
		key("origin", line("the code of an origin"), func(i *Indicator) *string { return &i.Origin }, "origin of its figures that name none"),
		key("pool", pooling, func(i *Indicator) *Pool { return &i.Pool }, "how alliances pool it: sum, mean, max, min, none, {weighted_mean: CODE} or {sum: {joint: TIES}}"),
		key("pool_reason", line("a reason"), func(i *Indicator) *string { return &i.PoolReason }, "why it is pooled so"),
		key("look_back", optional(years), func(i *Indicator) **int { return &i.LookBack }, "in place of the period's"),
		key("stand_in", optional(years), func(i *Indicator) **int { return &i.StandIn }, "in place of the period's"),
		key("absent", optional(real), func(i *Indicator) **float64 { return &i.Absent },
			"the value of a unit without any figure, where the source lists only units that have some"),
		key("redistribute", choice("yes", "no"), func(i *Indicator) *string { return &i.Redistribute },
			"no where the licence of its figures does not let others publish them again: a site and exports then leave them out (default yes, unless their origin says no)"),
		key("range", interval, func(i *Indicator) *[]float64 { return &i.Range }, "[low, high] in which every figure must lie"),
	}
}

// nodeKeys returns a fresh table because nodes hold nodes.
func nodeKeys() []field[Node] {
	return []field[Node]{
		key("code", codeWord, func(n *Node) *string { return &n.Code }, "the code of the aggregate, or of an indicator").must(),
		key("name", labels, func(n *Node) *mizan.Text { return &n.Name }, "the name, in one or several languages"),
		key("weight", weight, func(n *Node) **float64 { return &n.Weight }, "weight within the parent (default 1); weights are rescaled"),
		key("direction", nodeDirection, func(n *Node) *int { return &n.Direction },
			"of an aggregate: 1 (default), or -1 if more of it is worse for its parent, which then sees its score mirrored"),
		key("aggregate", levelStep, func(n *Node) **Step { return &n.Aggregate }, "the method of this aggregate, in place of its level's"),
		key("children", listOf("a list of nodes such as [{code: gdp}, {code: life}]", frameworkNode()), func(n *Node) *[]Node { return &n.Children }, "what the aggregate is made of"),
	}
}

var nodeKeyNames = sync.OnceValue(func() []string { return fieldNames(nodeKeys()) })

func buildKeys() []field[Build] {
	return []field[Build]{
		key("denominate", keyed("a mapping from indicator to denominator", denominator,
			func(d *Denominator) *string { return &d.Code }, checkCode), func(b *Build) *[]Denominator { return &b.Denominate },
			"which indicators are divided by another"),
		key("impute", stageStep(mizan.Impute), func(b *Build) *Step { return &b.Impute }, "how missing values are filled (default none)"),
		key("screen", stageStep(mizan.Screen), func(b *Build) *Step { return &b.Screen }, "which units have enough figures (default: all stay)"),
		key("treat", stageStep(mizan.Treat), func(b *Build) *Step { return &b.Treat }, "what is done about outliers and skewness (default nothing)"),
		key("normalise", stageStep(mizan.Normalise), func(b *Build) *Step { return &b.Normalise }, "how indicators are brought to one scale (default min-max)"),
		key("weights", stageStep(mizan.Weight), func(b *Build) *Step { return &b.Weights }, "where weights come from (default declared)"),
		key("aggregate", levelSteps, func(b *Build) *[]Step { return &b.Aggregate },
			"how children become their parent's score: one step, or one per level upwards, the last for all above (default arithmetic-mean)"),
	}
}

func variantKeys() []field[Variant] {
	return []field[Variant]{
		key("title", labels, func(v *Variant) *mizan.Text { return &v.Title }, "the title, in one or several languages"),
		key("description", labels, func(v *Variant) *mizan.Text { return &v.Description }, "what it answers"),
		key("edits", listOf("a list of edits", edit), func(v *Variant) *[]Edit { return &v.Edits },
			"changes to the project: {set: PATH, to: VALUE} or {remove: PATH}"),
	}
}

func comparisonKeys() []field[Comparison] {
	return []field[Comparison]{
		key("code", codeWord, func(c *Comparison) *string { return &c.Code }, "the code of the published ranking").must(),
		key("name", labels, func(c *Comparison) *mizan.Text { return &c.Name }, "the name, in one or several languages"),
		key("file", fileName, func(c *Comparison) *string { return &c.File }, "CSV with the columns unit and score").must(),
		key("origin", line("the code of an origin"), func(c *Comparison) *string { return &c.Origin }, "who published it"),
	}
}

func auditKeys() []field[Audit] {
	return []field[Audit]{
		key("thresholds", numbers("a mapping from threshold to number"), func(a *Audit) *map[string]float64 { return &a.Thresholds },
			"limits in place of the audit's own; `mizan audit --thresholds` lists them"),
		key("silence", listOf("a list of answered findings", record("a mapping with finding and reason", silenceKeys)),
			func(a *Audit) *[]Silence { return &a.Silence }, "findings that are answered: they are listed with the reason and no longer weigh"),
	}
}

func silenceKeys() []field[Silence] {
	return []field[Silence]{
		key("finding", line("the ID of a finding"), func(s *Silence) *string { return &s.Finding }, "the ID of the findings, such as redundant-pair").must(),
		key("code", oneOrMore("a code, or a list of codes", codeWord), func(s *Silence) *[]string { return &s.Code },
			"only findings about this indicator or aggregate, or about one of these"),
		key("with", codeWord, func(s *Silence) *string { return &s.With }, "only findings about the pair of `code` and this one"),
		key("unit", line("the code of a unit"), func(s *Silence) *string { return &s.Unit }, "only findings about this unit"),
		key("year", year, func(s *Silence) *int { return &s.Year }, "only findings about this year"),
		key("reason", line("a reason"), func(s *Silence) *string { return &s.Reason }, "why it is no fault").must(),
	}
}
