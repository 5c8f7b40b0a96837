package oracle_test

import (
	"math"
	"regexp"
	"strings"

	"mizan"
	"mizan/internal/oracle"
	"mizan/stat"
)

func panels() []entry {
	over := func(method string) string { return "build.impute={method: " + method + ", over: panel}" }
	bare := []string{"build.denominate="}
	list := []entry{
		simple("panel/impute_panel_latest.csv", holes, bare, filled, over("last-observation")),
		simple("panel/purse_impute_panel_latest.csv", holes, bare, filled, over("last-observation")),
		simple("panel/impute_panel_latest_max1.csv", holes, bare, filled, over("last-observation, limit: 1")),
		simple("panel/impute_panel_constant.csv", holes, bare, filled, over("constant")),
		simple("panel/impute_panel_linear_constant.csv", holes, bare, filled, over("linear-constant")),
		simple("panel/purse_impute_i_mean_grp.csv", holes, bare, filled, imputed[0]),
		{
			file: "panel/impute_panel_latest_DataT.csv", verdict: matched, how: shown(over("last-observation")) + ", the years that `mizan trace` tells",
			compare: func(c *comparison) { c.yearsOfValues(over("last-observation")) },
		},
		simple("panel/purse_Screened.csv", purse, pursed[:2], kept),
		simple("panel/purse_Treated.csv", purse, pursed, tamed),
		simple("panel/purse_Normalised_local.csv", purse, pursed, normal, "build.normalise=min-max"),
		simple("panel/purse_Normalised_global_zscore.csv", purse, pursed, normal, "build.normalise={method: z-score, over: panel}"),
	}
	list[7].how, list[8].how = shown(pursed[1]), shown(pursed[2])
	return append(list, trends()...)
}

var told = regexp.MustCompile(`^imputed from its value of (\d+)$`)

// yearsOfValues compares the year that each value comes from.
func (c *comparison) yearsOfValues(edit string) {
	r := c.builds.build(c.T, holes, "build.denominate=", edit)
	for _, row := range oracle.Read(c.T, "panel/impute_panel_latest_DataT.csv").Rows {
		year := int(oracle.Number(c.T, row["Time"]))
		y, u := r.Stages.Raw.Year(year), r.Stages.Raw.Unit(row["uCode"])
		for k, code := range r.Result.Indicators {
			got := float64(year)
			if v := r.Stages.Raw.At(y, k, u); v != v {
				got = nan
				trace, err := r.Result.Trace(row["uCode"], code, year)
				if err != nil {
					c.Fatal(err)
				}
				for _, s := range trace.Steps {
					if m := told.FindStringSubmatch(s.Note); s.Stage == mizan.Impute && m != nil {
						got = oracle.Number(c.T, m[1])
					}
				}
			}
			c.same(got, oracle.Number(c.T, row[code]), row["uCode"], year, code)
		}
	}
}

// trends are the changes of every series over the years.
func trends() []entry {
	series := func(t *mizan.Table, unit, code string) (years, y []float64) {
		for k, year := range t.Years {
			years, y = append(years, float64(year)), append(y, t.At(k, t.Code(code), t.Unit(unit)))
		}
		return years, y
	}
	trend := func(file, column, how, why string, d data, chain []string, of func(t, y []float64, code string, c *comparison) float64) entry {
		file = "panel/trends_" + file + ".csv"
		e := entry{file: file, verdict: matched, how: how, why: why}
		e.compare = func(c *comparison) {
			r := c.builds.build(c.T, d, chain...)
			table := r.Stages.Raw
			if strings.Contains(file, "Index") {
				table = r.Scores
			}
			for _, row := range oracle.Read(c.T, file).Rows {
				t, y := series(table, row["uCode"], row["iCode"])
				want := oracle.Number(c.T, row[column])
				got := of(t, y, row["iCode"], c)
				if math.IsInf(got, 0) && math.IsInf(want, 0) {
					got = math.Copysign(got, want)
				}
				c.same(got, want, row["uCode"], row["iCode"])
				c.span(t, y, row)
			}
		}
		return e
	}
	growth := func(t, y []float64, _ string, _ *comparison) float64 { return stat.CAGR(t, y) }
	recent := func(t, y []float64, _ string, _ *comparison) float64 {
		from, to, ok := stat.Latest(y, 3)
		if !ok {
			return nan
		}
		return stat.CAGR(t[from:to], y[from:to])
	}
	directed := func(t, y []float64, code string, c *comparison) float64 {
		for _, i := range c.builds.build(c.T, holes, "build.denominate=").Indicators {
			if i.Code == code {
				return float64(i.Direction) * stat.CAGR(t, y)
			}
		}
		return nan
	}
	wrong := trend("CAGR_Time2020_2022_Raw_BUGGY", "CAGR", "`stat.CAGR` from 2020 to 2022",
		"COINr's fault 5: it takes the figures of the first two years, 2018 and 2019, for those that were asked for", purse, []string{"build.denominate="}, func(t, y []float64, _ string, _ *comparison) float64 {
			return stat.CAGR([]float64{t[2], t[4]}, []float64{y[2], y[4]})
		})
	wrong.verdict = differs
	compare := wrong.compare
	wrong.compare = func(c *comparison) {
		compare(c)
		c.asFaulty()
	}
	return []entry{
		trend("CAGR_Raw", "CAGR", "`stat.CAGR`", "", purse, []string{"build.denominate="}, growth),
		trend("prc_change_Raw", "prc_change", "`stat.PercentChange`", "", purse, []string{"build.denominate="}, func(t, y []float64, _ string, _ *comparison) float64 {
			return stat.PercentChange(t, y)
		}),
		trend("CAGR_holes_adjdir", "CAGR", "the direction times `stat.CAGR`", "", holes, []string{"build.denominate="}, directed),
		trend("CAGR_uselatest3_Raw", "CAGR", "`stat.Latest`, `stat.CAGR`", "", purse, []string{"build.denominate="}, recent),
		trend("CAGR_Index", "CAGR", "`stat.CAGR` of the scores; "+shown("build.normalise={method: min-max, over: panel}"), "", purse,
			with(pursed, "build.normalise={method: min-max, over: panel}"), growth),
		wrong,
	}
}

// span compares how full a series is, and the years of its ends.
func (c *comparison) span(t, y []float64, row map[string]string) {
	c.Helper()
	first, latest, n := nan, nan, 0.0
	for i, v := range y {
		if v == v {
			if n++; first != first {
				first = t[i]
			}
			latest = t[i]
		}
	}
	c.same(n/float64(len(y)), oracle.Number(c.T, row["Avail"]), row["uCode"], row["iCode"], "available")
	c.same(first, oracle.Number(c.T, row["t_first"]), row["uCode"], row["iCode"], "first")
	c.same(latest, oracle.Number(c.T, row["t_latest"]), row["uCode"], row["iCode"], "latest")
}

// asFaulty shows that COINr's file takes the figures of 2018 and 2019 for those
// of 2020 and 2022, and that ours is that of the years asked for, worked by hand for Austria's trade.
func (c *comparison) asFaulty() {
	r := c.builds.build(c.T, purse, "build.denominate=")
	t := r.Stages.Raw
	for _, row := range oracle.Read(c.T, "panel/trends_CAGR_Time2020_2022_Raw_BUGGY.csv").Rows {
		u, k := t.Unit(row["uCode"]), t.Code(row["iCode"])
		got := stat.CAGR([]float64{2020, 2022}, []float64{t.At(0, k, u), t.At(1, k, u)})
		if want := oracle.Number(c.T, row["CAGR"]); !math.IsInf(want, 0) {
			c.right(got, want, row["uCode"], row["iCode"], "figures of 2018 and 2019")
		}
		if row["uCode"] == "AUT" && row["iCode"] == "Goods" {
			now := stat.CAGR([]float64{2020, 2022}, []float64{t.At(2, k, u), t.At(4, k, u)})
			if math.Abs(now-0.1482) > 5e-5 {
				c.Errorf("Austria's trade grew by %v a year from 2020 to 2022, want 0.1482", now)
			}
		}
	}
}
