package oracle_test

import (
	"cmp"
	"slices"

	"mizan"
	"mizan/audit"
	"mizan/engine"
	"mizan/internal/oracle"
	"mizan/stat"
)

func resultTables() []entry {
	list := []entry{{file: "results/summ_scores.csv", verdict: matched, how: "scores and ranks", why: "COINr rounds to 12 decimals", compare: func(c *comparison) {
		r := c.builds.build(c.T, asem, treated...)
		top := r.Scores.Code(r.Top())
		before := 0.0
		for _, row := range oracle.Read(c.T, "results/summ_scores.csv").Rows {
			u := r.Scores.Unit(row["uCode"])
			c.same(r.Scores.At(0, top, u), oracle.Number(c.T, row["Index"]), row["uCode"])
			c.same(r.Ranks.At(0, top, u), oracle.Number(c.T, row["Rank"]), row["uCode"], "rank")
			if now := r.Ranks.At(0, top, u); now < before {
				c.Errorf("%s stands out of order", row["uCode"])
			} else {
				before = now
			}
		}
	}}}
	for file, group := range map[string]string{"aggs_groupranks_EurAsia": "EurAsia_group", "aggs_groupranks_GDP": "GDP_group"} {
		list = append(list, entry{file: "results/" + file + ".csv", verdict: matched, how: "`stat.GroupRanksDown`", compare: func(c *comparison) {
			r := c.builds.build(c.T, asem, treated...)
			labels, _ := r.Panel.Group(group)
			want := oracle.Read(c.T, "results/"+file+".csv")
			for _, code := range codesOf(want) {
				got := make([]float64, len(r.Result.Units))
				stat.GroupRanksDown(got, r.Scores.Column(0, r.Scores.Code(code)), labels, stat.TiesMin)
				for u, unit := range r.Result.Units {
					c.same(got[u], valueOf(c.T, want, unit, code), unit, code)
				}
			}
		}})
	}
	for _, kind := range []string{"strengths", "weaknesses"} {
		for _, name := range []string{"Raw", "Normalised_unq0.2"} {
			file := "results/" + kind + "_GBR_" + name + ".csv"
			list = append(list, entry{file: file, verdict: matched, how: "`audit.Strengths`", compare: func(c *comparison) { c.standings(kind, name, file) }})
		}
	}
	return list
}

// standings compares in what a unit is best and worst. COINr has the indicators
// in the order of their parents, which decides ties.
func (c *comparison) standings(kind, name, file string) {
	r := c.builds.build(c.T, asem, treated...)
	result := *r.Result
	order := map[string]int{}
	for i, row := range oracle.Read(c.T, "pipeline/00_Meta_Ind.csv").Rows {
		order[row["iCode"]] = i
	}
	codes := slices.Clone(result.Indicators)
	slices.SortStableFunc(codes, func(a, b string) int { return cmp.Compare(order[a], order[b]) })
	in := func(t *mizan.Table) *mizan.Table {
		out := mizan.NewTable(t.Units, codes, t.Years)
		for k, code := range codes {
			copy(out.Column(0, k), t.Column(0, t.Code(code)))
		}
		return out
	}
	result.Indicators = codes
	o := audit.StrengthOptions{Table: in(r.Stages.Normalised), Most: 8, Unique: 0.2}
	if name == "Raw" {
		o = audit.StrengthOptions{Table: in(r.Stages.Raw), Most: 5}
		for _, code := range codes {
			at := slices.IndexFunc(r.Indicators, func(i engine.Indicator) bool { return i.Code == code })
			o.Directions = append(o.Directions, r.Indicators[at].Direction)
		}
	}
	got, down := audit.Strengths(&result, slices.Index(result.Units, "GBR"), 0, o)
	if kind == "weaknesses" {
		got = down
	}
	want := oracle.Read(c.T, file).Rows
	if len(got) != len(want) {
		c.Fatalf("%d, want %d", len(got), len(want))
	}
	for i, row := range want {
		c.sameText(got[i].Code, row["Code"], i)
		c.sameText(got[i].Parent, row["Pillar"], i)
		c.same(float64(got[i].Rank), oracle.Number(c.T, row["Rank"]), i, "rank")
		c.same(float64(got[i].Value), oracle.Number(c.T, row["Value"]), i, "value")
	}
}
