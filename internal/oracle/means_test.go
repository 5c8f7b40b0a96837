package oracle_test

import (
	"fmt"
	"slices"
	"strings"

	"mizan/build"
	"mizan/internal/oracle"
)

func normalisations() []entry {
	var list []entry
	for _, n := range []struct{ file, told string }{
		{"none", "none"},
		{"n_minmax_1_100", "{method: min-max, to: [1, 100]}"},
		{"n_minmax_0.01_1", "{method: min-max, to: [0.01, 1]}"},
		{"n_zscore_0_1", "z-score"},
		{"n_rank_average", "{method: rank, ties: average}"},
		{"n_rank_max", "{method: rank, ties: max}"},
		{"n_borda_min", "borda"},
		{"n_borda_average", "{method: borda, ties: average}"},
		{"n_prank_min", "percentile-rank"},
		{"n_prank_average", "{method: percentile-rank, ties: average}"},
		{"n_dist2max", "distance-to-max"},
		{"n_fracmax", "{method: fraction-of-max, lower: direct}"},
		{"n_dist2ref_3", "{method: distance-to-unit, unit: BEL}"},
		{"n_dist2ref_3_cap", "{method: distance-to-unit, unit: BEL, cap: true}"},
		{"n_scaled_0_100_100", "{method: scaled, reflect: false}"},
		{"n_scaled_1_10_10", "{method: scaled, from: [1, 10], to: [0, 10], reflect: false}"},
	} {
		for _, prefix := range []string{"", "withNA_"} {
			chain := treated
			if prefix != "" {
				chain = nil
			}
			e := simple("normalise/"+prefix+n.file+".csv", asem, chain, normal, "build.normalise="+n.told)
			if strings.Contains(n.file, "dist2ref") && prefix != "" || strings.Contains(n.file, "fracmax") {
				e.why = "where COINr divides by zero and gives -Inf, there is no score here"
				e.compare = withoutInfinities(e.file, with(chain, "build.normalise="+n.told))
			}
			list = append(list, e)
		}
	}
	// Of these COINr's figures are not among the files.
	list = slices.DeleteFunc(list, func(e entry) bool {
		return slices.Contains([]string{
			"normalise/n_zscore_0_1.csv", "normalise/n_rank_average.csv", "normalise/n_rank_max.csv", "normalise/n_fracmax.csv",
			"normalise/withNA_n_minmax_0.01_1.csv", "normalise/withNA_n_prank_min.csv",
		}, e.file)
	})
	each := "build.normalise.each={Goods: {method: z-score, mean: 10, sd: 2}, LPI: borda, Flights: {method: min-max, to: [1, 10]}}"
	list = append(list, simple("normalise/indiv_specs.csv", asem, treated, normal, each))
	for file, variant := range map[string]string{"iMeta_n_goalposts": "goalposts", "iMeta_n_minmax": "min-max", "iMeta_n_zscore": "z-score"} {
		chain := with(imputed, treated[len(treated)-1], "variant:"+variant)
		e := simple("normalise/"+file+".csv", posts, chain, normal)
		e.how = "`--variant " + variant + "`, which the import makes of iMeta's columns"
		list = append(list, e)
	}
	return list
}

// withoutInfinities compares a normalisation whose reference is zero for some
// indicator.
func withoutInfinities(file string, chain []string) func(c *comparison) {
	return func(c *comparison) {
		got := c.builds.build(c.T, asem, chain...).Stages.Normalised
		for _, row := range oracle.Read(c.T, file).Rows {
			for k, code := range got.Codes {
				v := got.At(0, k, got.Unit(row["uCode"]))
				if strings.HasSuffix(row[code], "Inf") {
					c.same(v, nan, row["uCode"], code)
					continue
				}
				c.same(v, oracle.Number(c.T, row[code]), row["uCode"], code)
			}
		}
	}
}

func aggregations() []entry {
	list := []entry{simple("aggregate/NA_input_normalised.csv", asem, unimputed, normal)}
	list[0].how = shown(unimputed...)
	for _, a := range []struct {
		file, told, why string
		chain           []string
		custom, single  bool
	}{
		{file: "a_amean", told: "arithmetic-mean", chain: weighed},
		{file: "a_gmean_wcustom", told: "geometric-mean", chain: weighed, custom: true},
		{file: "a_hmean_wcustom", told: "harmonic-mean", chain: weighed, custom: true},
		{file: "a_genmean_p-1_wcustom", told: "{method: generalised-mean, exponent: -1}", chain: weighed, custom: true},
		{file: "a_genmean_p3_wcustom", told: "{method: generalised-mean, exponent: 3}", chain: weighed, custom: true},
		{file: "bylevel_amean_gmean_hmean", told: "[arithmetic-mean, geometric-mean, harmonic-mean]", chain: weighed},
		{file: "a_copeland_equalw", told: "copeland", chain: weighed, why: "COINr's fault 1: its own call fails, so a wrapper made the file"},
		{file: "a_copeland_w_none", told: "copeland", chain: with(weighed, "build.weights=equal")},
		{file: "NA_a_amean_nothresh", told: "arithmetic-mean", chain: unimputed},
		{file: "NA_a_amean_thresh_0.5", told: "{method: arithmetic-mean, min_available: 0.5}", chain: unimputed},
		{file: "NA_a_amean_thresh_0.9", told: "{method: arithmetic-mean, min_available: 0.9}", chain: unimputed},
		{
			file:  "NA_a_amean_thresh_bylevel_0.9_0.5_0.5",
			told:  "[{method: arithmetic-mean, min_available: 0.9}, {method: arithmetic-mean, min_available: 0.5}]",
			chain: unimputed,
		},
		{file: "NA_a_gmean_thresh_0.8_wcustom", told: "{method: geometric-mean, min_available: 0.8}", chain: unimputed, custom: true},
		{
			file: "NA_a_genmean_p2", told: "{method: generalised-mean, exponent: 2, min_available: 1}", chain: unimputed,
			why: "COINr's fault 13: a gap makes its generalised mean missing; here that is asked for by a threshold of 1",
		},
	} {
		told := "build.aggregate=" + a.told
		e := entry{file: "aggregate/" + a.file + ".csv", verdict: matched, how: shown(told), why: a.why}
		if a.custom {
			e.how += "<br>with the weights of weights_custom.csv"
		}
		if strings.Contains(a.file, "w_none") {
			e.how += "<br>`build.weights=equal`"
		}
		e.compare = func(c *comparison) {
			chain := with(a.chain, told)
			if a.custom {
				chain = append(chain, customWeights(c.T)...)
			}
			c.tableOfAll(c.builds.build(c.T, asem, chain...).Scores, oracle.Read(c.T, e.file))
		}
		list = append(list, e)
	}
	return append(list, entry{
		file: "aggregate/weightedMedian_matrixStats_wcustom.csv", verdict: differs,
		how: shown("build.aggregate={method: median, interpolate: true}") + "<br>with the weights of weights_custom.csv",
		why: "not COINr but R's matrixStats: in 3 scores of pillars, and in what is made of them, the order in which an unstable sort leaves equal values of " +
			"different weights decides; here equal values are one, so that no order matters. Level by level on matrixStats' own values all others are the same",
		compare: weightedMedian,
	})
}

// weightedMedian compares level by level, each made of the file's values of the
// level below, so that the three do not spread upward.
func weightedMedian(c *comparison) {
	want := oracle.Read(c.T, "aggregate/weightedMedian_matrixStats_wcustom.csv")
	weights := map[string]string{}
	for _, row := range oracle.Read(c.T, "inputs/weights_custom.csv").Rows {
		weights[row["iCode"]] = row["Weight"]
	}
	f := treeOf(c.builds.build(c.T, asem))
	var differ []string
	for level := 2; level <= 4; level++ {
		for _, parent := range f.levels[level] {
			children := f.members(parent, level-1)
			table := "unit," + strings.Join(children, ",")
			for _, row := range want.Rows {
				table += "\n" + row["uCode"]
				for _, child := range children {
					table += "," + row[child]
				}
			}
			edits := []string{"build.aggregate={method: median, interpolate: true}"}
			for _, child := range children {
				edits = append(edits, "framework."+child+".weight="+weights[child])
			}
			r, err := small(c.T, table, edits...)
			if err != nil {
				c.Fatal(err)
			}
			for u, unit := range r.Result.Units {
				before := c.far
				c.same(r.Scores.At(0, len(children), u), valueOf(c.T, want, unit, parent), unit, parent)
				if c.far > before {
					differ = append(differ, parent+" "+unit)
				}
			}
		}
	}
	slices.Sort(differ)
	if want := []string{"Instit BGD", "Instit PAK", "Political FRA"}; !slices.Equal(differ, want) {
		c.Errorf("%v differ, want %v", differ, want)
	}
}

// benefits are the programmes that lpSolve solved.
func benefits() []entry {
	const unscaled, rescaled = "bod/input_pillars_amean_of_minmax_0.01_1.csv", "bod/input_pillars_rescaled_0.01_1.csv"
	list := []entry{
		simple(unscaled, asem, treated, scores, "build.normalise.to=[0.01, 1]"),
		{file: rescaled, verdict: matched, how: "the pillars as indicators, " + shown("build.normalise={method: min-max, to: [0.01, 1]}"), compare: func(c *comparison) {
			r, err := small(c.T, pillarTable(oracle.Read(c.T, unscaled)), "build.normalise={method: min-max, to: [0.01, 1]}")
			if err != nil {
				c.Fatal(err)
			}
			c.table(r.Stages.Normalised, oracle.Read(c.T, rescaled))
		}},
	}
	list[0].compare = func(c *comparison) {
		c.table(c.builds.build(c.T, asem, with(treated, "build.normalise.to=[0.01, 1]")...).Scores, oracle.Read(c.T, unscaled))
	}
	for _, limits := range []string{"free", "share_0.05_0.5"} {
		for _, pillars := range []string{"amean_of_minmax_0.01_1", "rescaled_0.01_1"} {
			told := "build.aggregate=benefit-of-the-doubt"
			if limits != "free" {
				told = "build.aggregate={method: benefit-of-the-doubt, min_share: 0.05, max_share: 0.5}"
			}
			file := "bod/bod_" + limits + "_" + pillars + ".csv"
			list = append(list, entry{
				file: file, verdict: matched, how: shown(told), why: "the scores; the weights behind them are one choice of several, as the manifest says",
				compare: func(c *comparison) {
					r, err := small(c.T, pillarTable(oracle.Read(c.T, "bod/input_pillars_"+pillars+".csv")), told)
					if err != nil {
						c.Fatal(err)
					}
					want := oracle.Read(c.T, file)
					for u, unit := range r.Result.Units {
						c.same(r.Scores.At(0, r.Scores.Code("top"), u), valueOf(c.T, want, unit, "score"), unit)
					}
				},
			})
		}
	}
	return list
}

// pillarTable is a file of pillars as a table of figures.
func pillarTable(f oracle.Frame) string {
	table := "unit," + strings.Join(f.Names[1:], ",")
	for _, row := range f.Rows {
		table += "\n" + row["uCode"]
		for _, name := range f.Names[1:] {
			table += "," + row[name]
		}
	}
	return table
}

// outranking compares matrices of which unit is better than which.
func outranking() []entry {
	group := func(c *comparison, chain []string, codes func(tree) []string, weights map[string]float64) *build.Group {
		r := c.builds.build(c.T, asem, chain...)
		g := &build.Group{Parent: "all", Children: codes(treeOf(r)), Units: r.Result.Units}
		g.X = columns(r.Scores, g.Children)
		for _, code := range g.Children {
			w, given := weights[code]
			if !given {
				w = 1
			}
			g.W = append(g.W, w)
		}
		return g
	}
	indicators := func(f tree) []string { return f.levels[1] }
	custom := func(c *comparison) map[string]float64 {
		w := map[string]float64{}
		for _, row := range oracle.Read(c.T, "inputs/weights_custom.csv").Rows {
			w[row["iCode"]] = oracle.Number(c.T, row["Weight"])
		}
		return w
	}
	return []entry{
		{file: "analysis/outrank_indicators_wcustom.csv", verdict: matched, how: "`build.OutrankingMatrix`", compare: func(c *comparison) {
			g := group(c, treated, indicators, custom(c))
			m := build.OutrankingMatrix(g)
			f := oracle.Read(c.T, "analysis/outrank_indicators_wcustom.csv")
			for i, row := range f.Rows {
				for j, unit := range g.Units {
					c.same(m.Share[i][j], oracle.Number(c.T, row[unit]), g.Units[i], unit)
				}
			}
		}},
		{file: "analysis/outrank_dominance.csv", verdict: matched, how: "`build.OutrankingMatrix`", compare: func(c *comparison) {
			want := oracle.Read(c.T, "analysis/outrank_dominance.csv")
			for i, g := range []*build.Group{
				group(c, treated, func(f tree) []string { return f.levels[2] }, nil),
				group(c, treated, indicators, custom(c)),
				group(c, unimputed, indicators, nil),
			} {
				m := build.OutrankingMatrix(g)
				c.same(float64(m.Dominant), oracle.Number(c.T, want.Rows[i]["nDominant"]), fmt.Sprint(i))
				c.same(m.Fraction, oracle.Number(c.T, want.Rows[i]["fracDominant"]), fmt.Sprint(i))
			}
		}},
	}
}
