package site

import (
	"math"

	"mizan"
	"mizan/build"
	"mizan/dataset"
	"mizan/engine"
	"mizan/spec"
)

// hostile is a label that must never reach a page as markup.
const hostile = `<script>alert("x")</script>' onload=alert(1) {{.}}`

var nan = math.NaN()

// table makes a table from columns[year][code] = values per unit.
func table(r *engine.Report, codes []string, columns [][]mizan.Column) *mizan.Table {
	var units []string
	for _, u := range r.Units {
		units = append(units, u.Code)
	}
	t := mizan.NewTable(units, codes, r.Years)
	for y := range columns {
		for c := range columns[y] {
			copy(t.Column(y, c), columns[y][c])
		}
	}
	return t
}

// sample is a report written by hand: five units, of which one is screened
// out, three indicators under two pillars, two years. It has no Result, as a
// report read back from a file has none.
func sample() *engine.Report {
	r := &engine.Report{
		Format: 1,
		Project: engine.Project{
			ID: "sample", Title: mizan.Text{"en": "Sample " + hostile},
			Description: mizan.Text{"en": "First paragraph.\n\nSecond: the treatment of totals moves ranks."},
			Hash:        "0123456789abcdef",
			Variants: []engine.Variant{
				{Code: "intensity", Title: mizan.Text{"en": "Per head"}, Description: mizan.Text{"en": "Everything divided by population."}},
				{Code: "broken", Title: mizan.Text{"en": "Broken"}},
			},
		},
		Units: []mizan.Unit{
			{Code: "AUT", Name: mizan.Text{"en": "Austria", "ru": "Австрия"}, Groups: map[string]string{"region": "Europe", "income": "High"}},
			{Code: "BRA", Name: mizan.Text{"en": "Brazil"}, Groups: map[string]string{"region": "America", "income": "Middle"}},
			{Code: "CIV", Name: mizan.Text{"en": "Côte d’Ivoire"}, Groups: map[string]string{"region": "Africa", "income": "Middle"}},
			{Code: "DOM", Name: mizan.Text{"en": hostile}, Groups: map[string]string{"region": hostile, "income": "Middle"}},
			{Code: "ERI", Name: mizan.Text{"en": "Eritrea"}, Groups: map[string]string{"region": "Africa", "income": "Low"}},
		},
		Years: []int{2022, 2023},
		Nodes: []build.Node{
			{Code: "staff", Name: mizan.Text{"en": "Research staff"}, Level: 1, Parent: "talent", Weight: 1, Effective: 0.3},
			{Code: "degrees", Name: mizan.Text{"en": "Degrees"}, Level: 1, Parent: "talent", Weight: 1, Effective: 0.3},
			{Code: "funds", Name: mizan.Text{"en": "Funds"}, Level: 1, Parent: "money", Weight: 1, Effective: 0.4},
			{Code: "talent", Name: mizan.Text{"en": "Talent"}, Level: 2, Parent: "top", Children: []string{"staff", "degrees"}, Weight: 3, Effective: 0.6, Method: "arithmetic-mean"},
			{Code: "money", Name: mizan.Text{"en": "Money"}, Level: 2, Parent: "top", Children: []string{"funds"}, Weight: 2, Effective: 0.4, Method: "arithmetic-mean"},
			{Code: "top", Name: mizan.Text{"en": "Index"}, Level: 3, Children: []string{"talent", "money"}, Weight: 1, Effective: 1, Method: "arithmetic-mean"},
		},
		Indicators: []engine.Indicator{
			{Code: "staff", Name: mizan.Text{"en": "Research staff"}, Measure: "per million", Direction: 1, InFramework: true},
			{Code: "degrees", Name: mizan.Text{"en": "Degrees"}, Measure: "number", Direction: 1, Denominator: "people", InFramework: true},
			{Code: "funds", Name: mizan.Text{"en": "Funds"}, Measure: "USD", Direction: -1, InFramework: true},
			{Code: "people", Name: mizan.Text{"en": "People"}, Measure: "persons", Direction: 1},
		},
		Origins: []mizan.Origin{
			{},
			{Code: "bank", Publisher: "The Bank " + hostile, Title: "Tables", Licence: "CC BY 4.0", URL: "javascript:alert(1)", Year: 2024},
			{Code: "office", Publisher: "Office of Statistics", Licence: "public domain", URL: "https://example.org/tables"},
		},
		Removed: []build.Removal{{Unit: "ERI", Year: 2022, Reason: "figures for 1 of 3 indicators"}, {Unit: "ERI", Year: 2023, Reason: "figures for 1 of 3 indicators"}},
		Findings: []mizan.Finding{
			{ID: "later-figure", Severity: mizan.Info, Message: "a later year stands in for BRA"},
			{ID: "conflicting-observations", Severity: mizan.Warn, Message: hostile},
		},
		Coverage: []engine.YearCoverage{{
			Year:       2023,
			Units:      []dataset.Coverage{{Code: "AUT", Available: 3, Of: 3, Share: 1, Exact: 3}, {Code: "ERI", Available: 1, Of: 3, Share: 1.0 / 3, Exact: 1}},
			Indicators: []dataset.Coverage{{Code: "staff", Available: 5, Of: 5, Share: 1, Exact: 4, Later: 1}},
		}},
		Spec: &spec.Spec{
			Period: spec.Period{From: 2022, To: 2023, LookBack: 3},
			Build: spec.Build{
				Denominate: []spec.Denominator{{Code: "degrees", By: "people", Scale: 1000}},
				Normalise:  spec.Step{Method: "min-max", Options: []spec.OptionValue{{Name: "to", Value: []any{0.0, 100.0}}}},
				Aggregate:  []spec.Step{{Method: "arithmetic-mean"}},
			},
		},
	}
	sampleTables(r)
	return r
}

func sampleTables(r *engine.Report) {
	codes := []string{"staff", "degrees", "funds", "talent", "money", "top"}
	scores := []mizan.Column{
		{90, 20, 10, 40, nan},
		{70, 40, 0, 60, nan},
		{20, 100, 50, nan, nan},
		{80, 30, 5, 50, nan},
		{20, 100, 50, nan, nan},
		{56, 58, 23, 50, nan},
	}
	ranks := []mizan.Column{
		{1, 3, 4, 2, nan},
		{1, 3, 4, 2, nan},
		{3, 1, 2, nan, nan},
		{1, 3, 4, 2, nan},
		{3, 1, 2, nan, nan},
		{2, 1, 4, 3, nan},
	}
	earlier := []mizan.Column{scores[0], scores[1], scores[2], scores[3], scores[4], {60, 40, 20, 30, nan}}
	earlierRanks := []mizan.Column{ranks[0], ranks[1], ranks[2], ranks[3], ranks[4], {1, 2, 4, 3, nan}}
	r.Scores = table(r, codes, [][]mizan.Column{earlier, scores})
	r.Ranks = table(r, codes, [][]mizan.Column{earlierRanks, ranks})
	raw := []mizan.Column{{5432.1, 880, 70, 1200, 12}, {45000, 30000, 900, 41000, nan}, {3.2e9, 1.5e8, 9e8, nan, nan}}
	indicators := codes[:3]
	r.Stages.Raw = table(r, indicators, [][]mizan.Column{raw, raw})
	r.Stages.Normalised = table(r, indicators, [][]mizan.Column{scores[:3], scores[:3]})
	r.Cells = engine.Provenance{Codes: []string{"staff", "degrees", "funds", "people"}}
	for range r.Years {
		r.Cells.Year = append(r.Cells.Year, [][]int{{2023, 2024, 2023, 2021, 2023}, {2023, 2023, 2023, 2023, 0}, {2023, 2023, 2023, 0, 0}, {0, 0, 0, 0, 0}})
		r.Cells.Status = append(r.Cells.Status, [][]string{
			{"observed", "stand-in", "observed", "estimated", "observed"},
			{"observed", "observed", "observed", "observed", "missing"},
			{"observed", "observed", "structural-zero", "missing", "missing"},
			{"missing", "missing", "missing", "missing", "missing"},
		})
		r.Cells.Origin = append(r.Cells.Origin, [][]int{{1, 1, 1, 1, 1}, {2, 2, 2, 2, 0}, {2, 2, 2, 0, 0}, {0, 0, 0, 0, 0}})
	}
}
