package stat_test

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"mizan/internal/oracle"
	"mizan/stat"
)

// parents is the parent of every code of the ASEM example.
func parents(t *testing.T) map[string]string {
	t.Helper()
	up := map[string]string{}
	for _, row := range oracle.Read(t, "inputs/ASEM_iMeta.csv").Rows {
		if row["Parent"] != "NA" {
			up[row["iCode"]] = row["Parent"]
		}
	}
	return up
}

// ancestor goes up as many steps as the level's name says.
func ancestor(up map[string]string, level, code string) string {
	for range map[string]int{"Pillar": 1, "Sub-index": 2, "Index": 3}[level] {
		code = up[code]
	}
	return code
}

func TestOracleCorrelations(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	up := parents(t)
	coefficient := map[string]stat.Coefficient{"pearson": stat.ByPearson, "spearman": stat.BySpearman, "kendall": stat.ByKendall}
	for _, file := range []string{
		"corr_L1_L2_all_Aggregated_pearson_pval0", "corr_L1_L2_all_Aggregated_spearman_pval0",
		"corr_L1_L2_parent_Aggregated_kendall_pval0", "corr_L1_L2_parent_Aggregated_pearson_pval0.05",
		"corr_L1_L2_parent_Aggregated_pearson_pval0", "corr_L1_L2_parent_Aggregated_spearman_pval0",
		"corr_L1_grouplev2_Raw_pearson_pval0", "corr_L1_grouplev2_Raw_spearman_pval0", "corr_L2_L2_Aggregated_spearman_pval0",
		"corr_L2_L4_Aggregated_pearson_pval0", "corr_L2_L4_Aggregated_spearman_pval0",
		"corr_family_L1_Aggregated_pearson_pval0", "corr_family_L1_Aggregated_spearman_pval0",
	} {
		input := "pipeline/07_Aggregated.csv"
		if strings.Contains(file, "Raw") {
			input = "pipeline/01_Raw.csv"
		}
		in := oracle.Read(t, input)
		names, columns := columnsOf(t, in)
		at := map[string]int{}
		for i, name := range names {
			at[name] = i
		}
		parts := strings.Split(file, "_")
		limit, _ := strconv.ParseFloat(strings.TrimPrefix(parts[len(parts)-1], "pval"), 64)
		c := stat.Correlate(columns, coefficient[parts[len(parts)-2]])
		for _, row := range oracle.Read(t, "analysis/"+file+".csv").Rows {
			first := row["Var1"]
			if strings.Contains(file, "family") {
				first = ancestor(up, first, row["Var2"])
			}
			r, p, _ := c.At(at[first], at[row["Var2"]])
			if limit > 0 && p > limit {
				r = nan // COINr leaves out what may be chance
			}
			want := oracle.Number(t, row["Correlation"])
			if strings.Contains(file, "grouplev2") && want != want {
				continue // a pair of different groups
			}
			if !oracle.Near(r, want) {
				t.Errorf("%s: %s, %s: %v, want %v", file, first, row["Var2"], r, want)
			}
		}
	}
}

// The pairs of one group above or below a threshold, and the indicators that
// go with a denominator.
func TestOracleCorrelationFlags(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	up := parents(t)
	in := oracle.Read(t, "pipeline/06_Normalised.csv")
	names, columns := columnsOf(t, in)
	for file, by := range map[string]stat.Coefficient{
		"high0.6_Normalised_pearson": stat.ByPearson, "high0.6_Normalised_spearman": stat.BySpearman,
		"low-0.2_Normalised_pearson": stat.ByPearson, "low-0.2_Normalised_spearman": stat.BySpearman, "default_Normalised": stat.ByPearson,
	} {
		limit, sign := 0.6, 1.0
		switch {
		case strings.HasPrefix(file, "low"):
			limit, sign = 0.2, -1
		case file == "default_Normalised":
			limit = 0.9
		}
		c := stat.Correlate(columns, by)
		got := map[[2]string]float64{}
		for i, a := range names {
			for j, b := range names {
				if r, _, _ := c.At(i, j); a < b && up[a] == up[b] && sign*r > limit {
					got[[2]string{a, b}] = r
				}
			}
		}
		rows := oracle.Read(t, "analysis/corr_flags_"+file+".csv").Rows
		if len(rows) != len(got) {
			t.Errorf("%s: %d pairs, want %d", file, len(got), len(rows))
		}
		for _, row := range rows {
			a, b := row["Ind1"], row["Ind2"]
			if b < a {
				a, b = b, a
			}
			if want := oracle.Number(t, row["Corr"]); !oracle.Near(got[[2]string{a, b}], want) {
				t.Errorf("%s: %s, %s: %v, want %v", file, a, b, got[[2]string{a, b}], want)
			}
		}
	}
}

func TestOracleDenominators(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	raw, data := oracle.Read(t, "pipeline/01_Raw.csv"), oracle.Read(t, "inputs/ASEM_iData.csv")
	for file, limit := range map[string]float64{"0.6_Raw_pearson": 0.6, "0.6_Raw_spearman": 0.6, "directions_Raw": 0} {
		f := stat.Pearson
		if strings.HasSuffix(file, "spearman") {
			f = stat.Spearman
		}
		want := map[[2]string]float64{}
		for _, row := range oracle.Read(t, "analysis/denom_corr_"+file+".csv").Rows {
			want[[2]string{row["Ind"], row["Denom"]}] = oracle.Number(t, row["Corr"])
		}
		// The table of figures has its own order of units.
		order := map[string]int{}
		for i, row := range data.Rows {
			order[row["uCode"]] = i
		}
		found := 0
		for _, denominator := range []string{"Area", "Energy", "GDP", "Population"} {
			d := make([]float64, len(raw.Rows))
			for i, row := range raw.Rows {
				d[i] = oracle.Number(t, data.Rows[order[row["uCode"]]][denominator])
			}
			for _, code := range raw.Names[1:] {
				r := f(raw.Numbers(t, code), d)
				w, ok := want[[2]string{code, denominator}]
				if ok != (math.Abs(r) > limit) || ok && !oracle.Near(r, w) {
					t.Errorf("%s: %s, %s: %v, want %v", file, code, denominator, r, w)
				}
				if ok {
					found++
				}
			}
		}
		if found != len(want) {
			t.Errorf("%s: %d pairs, want %d", file, found, len(want))
		}
	}
}
