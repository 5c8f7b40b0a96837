package stat_test

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"mizan/stat"
)

// The figures that COINr 1.1.14 gave for the ASEM example. They lie beside the
// project where it is developed; without them the worked examples decide.
const oracle = "../../shared/oracle/coinr"

func hasOracle(t *testing.T) bool {
	t.Helper()
	_, err := os.Stat(oracle)
	if errors.Is(err, fs.ErrNotExist) {
		t.Log("the figures of COINr are not here")
		return false
	}
	return true
}

// frame is a table of the oracle.
type frame struct {
	names []string
	rows  []map[string]string
}

func readFrame(t *testing.T, name string) frame {
	t.Helper()
	file, err := os.Open(filepath.Join(oracle, name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	f := frame{names: rows[0]}
	for _, row := range rows[1:] {
		m := map[string]string{}
		for j, s := range row {
			m[rows[0][j]] = s
		}
		f.rows = append(f.rows, m)
	}
	return f
}

func figure(t *testing.T, s string) float64 {
	t.Helper()
	switch s {
	case "NA", "NaN", "":
		return nan
	case "Inf":
		return math.Inf(1)
	case "-Inf":
		return math.Inf(-1)
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func (f frame) column(t *testing.T, name string) []float64 {
	t.Helper()
	x := make([]float64, len(f.rows))
	for i, row := range f.rows {
		s, ok := row[name]
		if !ok {
			t.Fatalf("no column %s", name)
		}
		x[i] = figure(t, s)
	}
	return x
}

// columns are the columns of numbers after the first.
func (f frame) columns(t *testing.T) (names []string, columns [][]float64) {
	t.Helper()
	for _, name := range f.names[1:] {
		names = append(names, name)
		columns = append(columns, f.column(t, name))
	}
	return names, columns
}

// close9 is agreement to 1e-9 of the value, or of one where that is larger.
func close9(a, b float64) bool {
	if a != a || b != b {
		return a != a && b != b
	}
	return a == b || math.Abs(a-b) <= 1e-9*math.Max(1, math.Abs(b))
}

func TestOracleSignificance(t *testing.T) {
	if !hasOracle(t) {
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
		in, want := readFrame(t, tt.input), readFrame(t, "analysis/"+tt.file+".csv")
		names := want.names[1:]
		columns := make([][]float64, len(names))
		for i, name := range names {
			columns[i] = in.column(t, name)
		}
		got := stat.Correlate(columns, tt.by)
		compared := 0
		for i, row := range want.rows {
			if row[want.names[0]] != names[i] {
				t.Fatalf("%s: row %d is %s", tt.file, i, row[want.names[0]])
			}
			for j := range names {
				_, p, _ := got.At(i, j)
				w := figure(t, row[names[j]])
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
