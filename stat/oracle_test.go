package stat_test

import (
	"math"
	"testing"

	"mizan/internal/oracle"
	"mizan/stat"
)

// columns are the columns of numbers after the first.
func columnsOf(t *testing.T, f oracle.Frame) (names []string, columns [][]float64) {
	t.Helper()
	for _, name := range f.Names[1:] {
		names = append(names, name)
		columns = append(columns, f.Numbers(t, name))
	}
	return names, columns
}

func TestOracleSignificance(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	for _, tt := range []struct {
		file, input string
		by          stat.Coefficient
	}{
		{"pvals_L1_Raw_pearson", "pipeline/01_Raw.csv", stat.ByPearson},
		{"pvals_L1_Raw_spearman", "pipeline/01_Raw.csv", stat.BySpearman},
		{"pvals_L2_Aggregated_pearson", "pipeline/07_Aggregated.csv", stat.ByPearson},
	} {
		in, want := oracle.Read(t, tt.input), oracle.Read(t, "analysis/"+tt.file+".csv")
		names := want.Names[1:]
		columns := make([][]float64, len(names))
		for i, name := range names {
			columns[i] = in.Numbers(t, name)
		}
		got := stat.Correlate(columns, tt.by)
		compared := 0
		for i, row := range want.Rows {
			if row[want.Names[0]] != names[i] {
				t.Fatalf("%s: row %d is %s", tt.file, i, row[want.Names[0]])
			}
			for j := range names {
				_, p, _ := got.At(i, j)
				w := oracle.Number(t, row[names[j]])
				if i == j || w != w {
					continue
				}
				compared++
				if math.Abs(p-w) > 1e-9*w && math.Abs(p-w) > 1e-15 {
					t.Errorf("%s: %s, %s: %v, want %v", tt.file, names[i], names[j], p, w)
				}
			}
		}
		t.Log(tt.file, compared)
	}
}
