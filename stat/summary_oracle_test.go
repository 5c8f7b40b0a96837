package stat_test

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mizan/internal/oracle"
	"mizan/stat"
)

func TestOracleSummary(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	for file, input := range map[string]string{"stats_Raw": "01_Raw", "stats_Aggregated": "07_Aggregated"} {
		in := oracle.Read(t, "pipeline/"+input+".csv")
		for _, row := range oracle.Read(t, "analysis/"+file+".csv").Rows {
			s := stat.Summarise(in.Numbers(t, row["iCode"]))
			got := []float64{
				s.Min, s.Max, s.Mean, s.Median, s.SD, s.Skewness, s.Kurtosis, float64(s.Available), float64(s.NonZero),
				float64(s.Unique), float64(s.Same), s.Availability(), s.NonZeroShare(), s.UniqueShare(), s.SameShare(),
			}
			var want []float64
			for _, name := range strings.Split("Min,Max,Mean,Median,Std,Skew,Kurt,N.Avail,N.NonZero,N.Unique,N.Same,Frc.Avail,Frc.NonZero,Frc.Unique,Frc.Same", ",") {
				want = append(want, oracle.Number(t, row[name]))
			}
			if !slices.EqualFunc(got, want, oracle.Near) {
				t.Errorf("%s %s:\ngot  %v\nwant %v", file, row["iCode"], got, want)
			}
		}
	}
}

// series are the years and values of every unit and indicator of a panel.
func series(t *testing.T, file string) (years []float64, values map[[2]string][]float64) {
	t.Helper()
	in := oracle.Read(t, file)
	time := in.Numbers(t, "Time")
	years = slices.Compact(slices.Sorted(slices.Values(time)))
	values = map[[2]string][]float64{}
	for _, name := range in.Names {
		if name == "uCode" || name == "uName" || name == "Time" || strings.HasSuffix(name, "_group") {
			continue
		}
		x := in.Numbers(t, name)
		for i, row := range in.Rows {
			key := [2]string{row["uCode"], name}
			if values[key] == nil {
				values[key] = slices.Repeat([]float64{nan}, len(years))
			}
			values[key][slices.Index(years, time[i])] = x[i]
		}
	}
	return years, values
}

func TestOracleTrends(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	direction := map[string]float64{}
	for _, row := range oracle.Read(t, "inputs/ASEM_iMeta.csv").Rows {
		direction[row["iCode"]], _ = strconv.ParseFloat(row["Direction"], 64)
	}
	for _, tt := range []struct {
		file, input, column string
		trend               func(t, y []float64, code string) float64
	}{
		{"CAGR_Raw", "inputs/ASEM_iData_p.csv", "CAGR", func(t, y []float64, _ string) float64 { return stat.CAGR(t, y) }},
		{"prc_change_Raw", "inputs/ASEM_iData_p.csv", "prc_change", func(t, y []float64, _ string) float64 { return stat.PercentChange(t, y) }},
		{"CAGR_holes_adjdir", "panel/holes_input.csv", "CAGR", func(t, y []float64, code string) float64 { return direction[code] * stat.CAGR(t, y) }},
		{"CAGR_uselatest3_Raw", "inputs/ASEM_iData_p.csv", "CAGR", func(t, y []float64, _ string) float64 {
			from, to, ok := stat.Latest(y, 3)
			if !ok {
				return nan
			}
			return stat.CAGR(t[from:to], y[from:to])
		}},
	} {
		years, values := series(t, tt.input)
		compared := 0
		for _, row := range oracle.Read(t, "panel/trends_"+tt.file+".csv").Rows {
			key := [2]string{row["uCode"], row["iCode"]}
			want := oracle.Number(t, row[tt.column])
			if got := tt.trend(years, values[key], row["iCode"]); !oracle.Near(got, want) && !(math.IsInf(want, 0) && math.IsInf(got, 0)) {
				t.Errorf("%s %v of %v: %v, want %v", tt.file, key, values[key], got, want)
			}
			compared++
		}
		t.Log(tt.file, compared)
	}
	// The years that were asked for, which COINr's own table misses.
	years, values := series(t, "inputs/ASEM_iData_p.csv")
	goods := values[[2]string{"AUT", "Goods"}]
	if got := stat.CAGR([]float64{years[2], years[4]}, []float64{goods[2], goods[4]}); math.Abs(got-0.1482) > 5e-5 {
		t.Errorf("CAGR of %v in 2020 to 2022 is %v, want 0.1482", goods, got)
	}
}

func TestOracleGroupRanks(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	scores := oracle.Read(t, "pipeline/07_Aggregated.csv")
	for file, group := range map[string]string{"aggs_groupranks_EurAsia": "EurAsia_group", "aggs_groupranks_GDP": "GDP_group"} {
		want := oracle.Read(t, "results/"+file+".csv")
		labels := map[string]string{}
		for _, row := range want.Rows {
			if row[group] != "NA" {
				labels[row["uCode"]] = row[group]
			}
		}
		of := make([]string, len(scores.Rows))
		for i, row := range scores.Rows {
			of[i] = labels[row["uCode"]]
		}
		for _, name := range want.Names[2:] {
			got := make([]float64, len(of))
			stat.GroupRanksDown(got, scores.Numbers(t, name), of, stat.TiesMin)
			ranks := map[string]float64{}
			for i, row := range scores.Rows {
				ranks[row["uCode"]] = got[i]
			}
			for _, row := range want.Rows {
				if w := oracle.Number(t, row[name]); !oracle.Near(ranks[row["uCode"]], w) {
					t.Errorf("%s %s of %s: %v, want %v", file, name, row["uCode"], ranks[row["uCode"]], w)
				}
			}
		}
	}
}
