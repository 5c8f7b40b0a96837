package oracle_test

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mizan"
	"mizan/engine"
	"mizan/internal/oracle"
	"mizan/stat"
)

func inputs() []entry {
	list := []entry{
		{file: "panel/holes_input.csv", why: "the panel with holes"},
		{file: "inputs/WorldDenoms.csv", why: "a table of COINr that the example does not use"},
	}
	for _, name := range []string{"ASEM_iData", "ASEM_iData_p", "ASEM_iMeta", "iMetaN", "weights_custom"} {
		list = append(list, entry{file: "inputs/" + name + ".csv"})
	}
	for i := range list {
		list[i].verdict = input
	}
	return list
}

// simple is an entry that compares a stage of a build with a file.
func simple(file string, d data, chain []string, of func(*engine.Report) *mizan.Table, told ...string) entry {
	return entry{file: file, verdict: matched, how: shown(told...), compare: stage(file, d, with(chain, told...), of)}
}

// last shows the step that a chain ends with.
func last(file string, chain []string, of func(*engine.Report) *mizan.Table) entry {
	e := simple(file, asem, chain, of)
	if len(chain) > 0 {
		e.how = shown(chain[len(chain)-1])
	}
	return e
}

// said tells in words how Mizan is told.
func said(e entry, how string) entry {
	e.how = how
	return e
}

func pipelines() []entry {
	return []entry{
		{file: "pipeline/00_Lineage.csv", verdict: matched, how: "the framework", compare: lineage},
		{file: "pipeline/00_Meta_Ind.csv", verdict: matched, how: "the framework and the indicators", why: "Target is a setting of one normalisation, which the import makes a variant", compare: metaOfIndicators},
		{file: "pipeline/00_Meta_Unit.csv", verdict: matched, how: "the units and the series beside the framework", compare: metaOfUnits},
		{file: "pipeline/00_Weights_Original.csv", verdict: matched, how: "the framework", compare: originalWeights},
		said(last("pipeline/01_Raw.csv", nil, raw), "as it is imported"),
		said(last("pipeline/02_Denominated.csv", nil, denominated), "as it is imported"),
		last("pipeline/03_Imputed.csv", imputed, filled),
		last("pipeline/04_Screened.csv", screened, kept),
		last("pipeline/05_Treated.csv", treated, tamed),
		{file: "pipeline/05_Treated_DetsTable.csv", verdict: matched, how: "its checks and points", compare: details("pipeline/05_Treated_DetsTable.csv", screened, "max_points: 5")},
		{file: "pipeline/05_Treated_Points.csv", verdict: matched, how: "what differs between screened and treated", compare: treatedPoints},
		said(last("pipeline/06_Normalised.csv", treated, normal), "as it is imported: min-max on [0, 100]"),
		said(last("pipeline/07_Aggregated.csv", treated, scores), "as it is imported: arithmetic means"),
		said(last("pipeline/check_example_coin_Aggregated.csv", treated, scores), "all of these steps"),
	}
}

func lineage(c *comparison) {
	r := c.builds.build(c.T, asem)
	f := treeOf(r)
	for _, row := range oracle.Read(c.T, "pipeline/00_Lineage.csv").Rows {
		for level, name := range []string{"Indicator", "Pillar", "Sub-index", "Index"} {
			c.sameText(f.up(row["Indicator"], level+1), row[name], row["Indicator"], name)
		}
	}
}

func metaOfIndicators(c *comparison) {
	r := c.builds.build(c.T, asem)
	for _, row := range oracle.Read(c.T, "pipeline/00_Meta_Ind.csv").Rows {
		code := row["iCode"]
		at := slices.IndexFunc(r.Indicators, func(i engine.Indicator) bool { return i.Code == code })
		if row["Type"] == "Group" {
			c.sameText(map[bool]string{true: "a group"}[r.Units[0].Groups[code] != ""], "a group", code)
			continue
		}
		if at >= 0 {
			i := r.Indicators[at]
			c.sameText(cmp.Or(i.Name.In("en"), code), row["iName"], code, "name")
			c.sameText(i.Measure, strings.ReplaceAll(row["Unit"], "NA", ""), code, "unit")
			c.sameText(i.Denominator, strings.ReplaceAll(row["Denominator"], "NA", ""), code, "denominator")
			if row["Direction"] != "NA" {
				c.same(float64(i.Direction), oracle.Number(c.T, row["Direction"]), code, "direction")
			}
		}
		if n := r.Node(code); n != nil {
			c.same(float64(n.Level), oracle.Number(c.T, row["Level"]), code, "level")
			c.same(n.Weight, oracle.Number(c.T, row["Weight"]), code, "weight")
			c.sameText(n.Parent, strings.ReplaceAll(row["Parent"], "NA", ""), code, "parent")
		}
	}
}

func metaOfUnits(c *comparison) {
	r := c.builds.build(c.T, asem)
	for _, row := range oracle.Read(c.T, "pipeline/00_Meta_Unit.csv").Rows {
		u := slices.IndexFunc(r.Units, func(u mizan.Unit) bool { return u.Code == row["uCode"] })
		c.sameText(r.Units[u].Name.In("en"), row["uName"], row["uCode"], "name")
		for name, want := range row {
			switch {
			case strings.HasSuffix(name, "_group"):
				c.sameText(r.Units[u].Groups[name], strings.ReplaceAll(want, "NA", ""), row["uCode"], name)
			case c.isDenominator(name):
				c.same(r.Panel.At(0, r.Panel.Code(name), u), oracle.Number(c.T, want), row["uCode"], name)
			}
		}
	}
}

func originalWeights(c *comparison) {
	r := c.builds.build(c.T, asem)
	for _, row := range oracle.Read(c.T, "pipeline/00_Weights_Original.csv").Rows {
		n := r.Node(row["iCode"])
		c.same(n.Weight, oracle.Number(c.T, row["Weight"]), n.Code)
		c.same(float64(n.Level), oracle.Number(c.T, row["Level"]), n.Code)
	}
}

func denominations() []entry {
	by := map[string]string{
		"Flights": "Population", "Bord": "Area", "Elec": "Energy", "Gas": "Energy", "Goods": "GDP", "Services": "GDP", "FDI": "GDP", "PRemit": "GDP",
		"ForPort": "GDP", "StMob": "Population", "Research": "GDP", "Pat": "GDP", "CultServ": "GDP", "CultGood": "GDP", "Tourist": "Population",
		"MigStock": "Population", "NGOs": "Population",
	}
	var times []string
	for _, code := range sorted(by) {
		times = append(times, "build.denominate."+code+"={by: "+by[code]+", operation: multiply}")
	}
	multiplied := simple("pipeline/02c_Denominated_fdenom_multiply.csv", asem, times, denominated)
	multiplied.how = shown(times[0]) + " and likewise for the others"
	return []entry{
		simple("pipeline/02b_Denominated_scale.csv", asem, nil, denominated,
			"build.denominate={Goods: GDP, Flights: {by: Population, scale: 1000}, CO2: {by: Area, scale: 0.5}}"),
		multiplied,
	}
}

func imputations() []entry {
	return []entry{
		simple("impute/i_median.csv", asem, nil, filled, "build.impute=median"),
		simple("impute/i_median_grp_GDP.csv", asem, nil, filled, "build.impute={method: group-median, by: GDP_group}"),
		simple("impute/row_i_mean_all_normfirst.csv", asem, nil, filled, "build.impute={method: row-mean, within: all}"),
		simple("impute/row_i_mean_grouplevel2_normfirst.csv", asem, nil, filled, "build.impute={method: row-mean, within: parent}"),
		simple("impute/EM_conditional_mean_raw_grouplevel2_independent.csv", asem, []string{"build.denominate="}, filled, "build.impute={method: em, within: parent}"),
		{
			file: "impute/i_EM_Amelia_raw_grouplevel2_seed1.csv", verdict: excepted, how: shown("build.impute={method: em, within: parent}"),
			why: "Amelia draws what it fills in at random; compared is what is observed, and that the same cells are filled", compare: amelia,
		},
	}
}

// amelia compares the cells that were observed, and which ones were not.
func amelia(c *comparison) {
	r := c.builds.build(c.T, asem, "build.denominate=", "build.impute={method: em, within: parent}")
	for _, row := range oracle.Read(c.T, "impute/i_EM_Amelia_raw_grouplevel2_seed1.csv").Rows {
		u := r.Stages.Raw.Unit(row["uCode"])
		for k, code := range r.Result.Indicators {
			want := oracle.Number(c.T, row[code])
			got := r.Stages.Imputed.At(0, k, u)
			if observed := r.Stages.Raw.At(0, k, u); observed == observed {
				c.same(got, want, row["uCode"], code)
			} else if (got == got) != (want == want) {
				c.Errorf("%s of %s: %v, Amelia %v", code, row["uCode"], got, want)
			}
		}
	}
}

func screenings() []entry {
	var list []entry
	for _, s := range []struct{ name, told string }{
		{"byNA_default", "{method: coverage, min_coverage: 0.6666666666666666}"},
		{"byNA_0.9", "{method: coverage, min_coverage: 0.9}"},
		{"byNA_0.95", "{method: coverage, min_coverage: 0.95}"},
		{"byNA_0.95_force", "{method: coverage, min_coverage: 0.95, force: {BRN: keep, AUT: remove}}"},
		{"byzeros_default", "{method: nonzero, min_nonzero: 0.05}"},
		{"byzeros_0.95", "{method: nonzero, min_nonzero: 0.95}"},
		{"byNAandzeros_0.95_0.95", "{method: coverage-and-nonzero, min_coverage: 0.95, min_nonzero: 0.95}"},
	} {
		edit := "build.screen=" + strings.TrimSuffix(s.told, "}") + ", on: denominated}"
		file := "screen/" + s.name + "_removed.csv"
		removed := entry{file: file, verdict: matched, how: shown(edit), compare: func(c *comparison) {
			var got, want []string
			for _, g := range c.builds.build(c.T, asem, edit).Removed {
				got = append(got, g.Unit)
			}
			for _, row := range oracle.Read(c.T, file).Rows {
				want = append(want, row["removed"])
			}
			slices.Sort(want)
			if !slices.Equal(got, want) {
				c.miss(strings.Join(got, " ") + ", want " + strings.Join(want, " "))
			}
			c.values += len(want)
		}}
		if strings.HasSuffix(s.name, "default") {
			removed.why = "no rows: nothing is removed, here and there"
		}
		list = append(list, removed, entry{
			file: "screen/" + s.name + "_summary.csv", verdict: matched, how: shown(edit),
			compare: func(c *comparison) { c.screenSummary("screen/"+s.name+"_summary.csv", edit) },
		})
	}
	return list
}

var limit = regexp.MustCompile(`min_(coverage|nonzero): ([0-9.]+)`)

// screenSummary compares what is known of each unit, and which units stay.
func (c *comparison) screenSummary(file, edit string) {
	r := c.builds.build(c.T, asem, edit)
	gone := map[string]bool{}
	for _, g := range r.Removed {
		gone[g.Unit] = true
	}
	want := oracle.Read(c.T, file)
	limits := map[string]float64{"coverage": 2. / 3, "nonzero": 0.05} // COINr's defaults
	for _, m := range limit.FindAllStringSubmatch(edit, -1) {
		limits[m[1]], _ = strconv.ParseFloat(m[2], 64)
	}
	for u, unit := range r.Result.Units {
		var row []float64
		for k := range r.Result.Indicators {
			row = append(row, r.Stages.Denominated.At(0, k, u))
		}
		s := stat.Summarise(row)
		missing, zero := float64(s.N-s.Available), float64(s.Available-s.NonZero)
		for name, got := range map[string]float64{
			"N_missing": missing, "N_zero": zero, "N_miss_or_zero": missing + zero, "Dat_Avail": s.Availability(), "Non_Zero": s.NonZeroShare(),
			"LowData": truth(s.Availability() < limits["coverage"]), "LowNonZero": truth(s.NonZeroShare() < limits["nonzero"]), "Included": truth(!gone[unit]),
		} {
			c.same(got, valueOf(c.T, want, unit, name), unit, name)
		}
	}
	if len(r.Result.Units) != len(want.Rows) {
		c.Errorf("%d units, want %d", len(r.Result.Units), len(want.Rows))
	}
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func treatments() []entry {
	treat := func(name, options, why string) []entry {
		told := "build.treat={method: winsorise, " + options + "}"
		return []entry{
			{file: "treat/" + name + ".csv", verdict: matched, how: shown(told), why: why, compare: stage("treat/"+name+".csv", asem, with(screened, told), tamed)},
			{file: "treat/" + name + "_DetsTable.csv", verdict: matched, how: shown(told) + ", its checks and points", compare: details("treat/"+name+"_DetsTable.csv", screened, options)},
		}
	}
	all := slices.Concat(
		treat("qTreat_default", "max_points: 5", ""),
		treat("winmax3", "max_points: 3", ""),
		treat("winmaxNULL", "max_points: 5", "COINr's fault 8: NULL, \"no limit\", means 5; here `unlimited: true` is no limit"),
		treat("winmax10", "max_points: 10", ""),
		treat("winmax1_combine", "max_points: 1, combine: true", ""),
		treat("winmax1_log_CT_orig", "max_points: 1, else: log-coin-original", ""),
		treat("winmax1_log_CT_plus", "max_points: 1, else: log-coin-signed", ""),
		treat("winmax1_boxcox0.25", "max_points: 1, else: box-cox, lambda: 0.25", ""),
	)
	// Of these COINr's values or details are not among the files.
	all = slices.DeleteFunc(all, func(e entry) bool {
		return slices.Contains([]string{
			"treat/winmax10.csv", "treat/winmax1_log_CT_plus.csv", "treat/qTreat_default_DetsTable.csv", "treat/winmax3_DetsTable.csv", "treat/winmaxNULL_DetsTable.csv",
		}, e.file)
	})
	all = append(all, entry{
		file: "treat/default_on_Raw_DetsTable.csv", verdict: matched, how: shown("build.treat={method: winsorise, max_points: 5}") + " without the other steps",
		compare: details("treat/default_on_Raw_DetsTable.csv", []string{"build.denominate="}, "max_points: 5"),
	}, entry{
		file: "treat/winmax1_log_GII.csv", verdict: differs, how: shown("build.treat={method: winsorise, max_points: 1, else: log-gii}") + " for the indicators that allow a logarithm",
		why: "COINr's fault 2: its log_GII returns what it gets; here it is the logarithm of the Global Innovation Index, compared with its formula", compare: logGII,
	})
	for _, s := range []struct {
		name  string
		chain []string
		of    func(*engine.Report) *mizan.Table
	}{{"Raw", nil, raw}, {"Denominated", nil, denominated}, {"Treated", treated, tamed}} {
		file := "treat/skewkurt_" + s.name + ".csv"
		all = append(all, entry{file: file, verdict: matched, how: "`stat.MomentsOf` each column", compare: func(c *comparison) {
			t := s.of(c.builds.build(c.T, asem, s.chain...))
			for _, row := range oracle.Read(c.T, file).Rows {
				m := stat.MomentsOf(t.Column(0, t.Code(row["iCode"])))
				c.same(float64(m.N), oracle.Number(c.T, row["n"]), row["iCode"], "n")
				c.same(m.Skewness(), oracle.Number(c.T, row["Skew"]), row["iCode"], "skewness")
				c.same(m.Kurtosis(), oracle.Number(c.T, row["Kurt"]), row["iCode"], "kurtosis")
			}
		}})
	}
	return all
}

var points = regexp.MustCompile(`points (\d+)`)

// details compares the checks before and after each step of a treatment, and
// how many points were pulled in. What the first step alone gives is a build of
// its own.
func details(file string, chain []string, options string) func(c *comparison) {
	return func(c *comparison) {
		whole := c.builds.build(c.T, asem, with(chain, "build.treat={method: winsorise, "+options+"}")...)
		first := whole
		if !strings.Contains(options, "else") {
			first = c.builds.build(c.T, asem, with(chain, "build.treat={method: winsorise, else: none, "+strings.ReplaceAll(options, ", combine: true", "")+"}")...)
		} else if most, _, _ := strings.Cut(options, ","); most != "" {
			first = c.builds.build(c.T, asem, with(chain, "build.treat={method: winsorise, else: none, "+most+"}")...)
		}
		for _, row := range oracle.Read(c.T, file).Rows {
			code := row["iCode"]
			at := whole.Stages.Treated.Code(code)
			tables := []*mizan.Table{whole.Stages.Screened, first.Stages.Treated, whole.Stages.Treated}
			passed := false
			for k, t := range tables {
				name := "check_SkewKurt" + strconv.Itoa(k) + "."
				if _, has := row[name+"Skew"]; !has {
					continue
				}
				skew, kurt, pass := nan, nan, nan
				if !passed {
					m := stat.MomentsOf(t.Column(0, at))
					skew, kurt = m.Skewness(), m.Kurtosis()
					passed = math.Abs(skew) < 2 || kurt < 3.5
					pass = truth(passed)
				}
				c.same(pass, oracle.Number(c.T, row[name+"Pass"]), code, k, "pass")
				c.same(skew, oracle.Number(c.T, row[name+"Skew"]), code, k, "skewness")
				c.same(kurt, oracle.Number(c.T, row[name+"Kurt"]), code, k, "kurtosis")
			}
			c.same(pulledIn(c.T, whole, code), oracle.Number(c.T, row["winsorise.nwin"]), code, "points")
		}
	}
}

// pulledIn is how many points a treatment pulled in, as its history tells.
func pulledIn(t testing.TB, r *engine.Report, code string) float64 {
	t.Helper()
	trace, err := r.Result.Trace("AUT", code, r.Years[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range trace.Steps {
		if m := points.FindStringSubmatch(s.Note); s.Stage == mizan.Treat && m != nil {
			return oracle.Number(t, m[1])
		}
	}
	return nan
}

func treatedPoints(c *comparison) {
	r := c.builds.build(c.T, asem, treated...)
	for _, row := range oracle.Read(c.T, "pipeline/05_Treated_Points.csv").Rows {
		u := r.Stages.Treated.Unit(row["uCode"])
		for k, code := range r.Result.Indicators {
			got, x, y := "", r.Stages.Screened.At(0, k, u), r.Stages.Treated.At(0, k, u)
			if x > y {
				got = "winhi"
			} else if x < y {
				got = "winlo"
			}
			c.sameText(got, row[code], row["uCode"], code)
		}
	}
}

// logGII compares indicator by indicator: where the maximum is not above 1 the
// logarithm is refused.
func logGII(c *comparison) {
	before := c.builds.build(c.T, asem, screened...).Stages.Screened
	alone := c.builds.build(c.T, asem, with(screened, "build.treat={method: winsorise, max_points: 1, else: none}")...).Stages.Treated
	want := oracle.Read(c.T, "treat/winmax1_log_GII.csv")
	logs := 0
	for k, code := range before.Codes {
		x := before.Column(0, k)
		low, high := stat.MinMax(x)
		m, once := stat.MomentsOf(x), stat.MomentsOf(alone.Column(0, k))
		fails := func(m stat.Moments) bool { return !(math.Abs(m.Skewness()) < 2 || m.Kurtosis() < 3.5) }
		if high <= 1 && fails(m) && fails(once) {
			continue
		}
		r := c.builds.build(c.T, asem, with(screened, "build.treat={method: none, each: {"+code+": {method: winsorise, max_points: 1, else: log-gii}}}")...)
		for u, unit := range before.Units {
			got := r.Stages.Treated.At(0, k, u)
			c.same(got, valueOf(c.T, want, unit, code), unit, code)
			if fails(m) && fails(once) {
				logs++
				c.right(got, math.Log((high-1)*(x[u]-low)/(high-low)+1), unit, code, "formula")
			}
		}
	}
	if logs == 0 {
		c.Error("no logarithm was taken")
	}
}
