package build

import (
	"math"
	"testing"

	"mizan/internal/oracle"

	"mizan"
)

// indicatorMatrix is a table of the oracle as an imputer gets it.
func indicatorMatrix(t *testing.T, a asem, in oracle.Frame) *Matrix {
	t.Helper()
	m := &Matrix{Units: in.Text("uCode"), Codes: a.indicators}
	parent := map[string]string{}
	for _, p := range a.levels[0] {
		for _, child := range a.children[p] {
			parent[child] = p
		}
	}
	for _, code := range a.indicators {
		m.Columns = append(m.Columns, in.Numbers(t, code))
		m.Directions = append(m.Directions, a.direction[code])
		m.Parents = append(m.Parents, parent[code])
	}
	return m
}

func imputed(t *testing.T, method string, given map[string]any, m *Matrix) {
	t.Helper()
	e, opts := checked(t, mizan.Impute, method, given)
	im, err := e.NewImputer(opts)
	if err != nil {
		t.Fatal(err)
	}
	if err := im.Impute(m); err != nil {
		t.Fatal(err)
	}
}

func TestOracleImputeByRow(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	a, in := readASEM(t), oracle.Read(t, "pipeline/02_Denominated.csv")
	for _, tt := range []struct{ file, within string }{
		{"impute/row_i_mean_all_normfirst.csv", "all"},
		{"impute/row_i_mean_grouplevel2_normfirst.csv", "parent"},
	} {
		m, want := indicatorMatrix(t, a, in), oracle.Read(t, tt.file)
		imputed(t, "row-mean", map[string]any{"within": tt.within}, m)
		for j, code := range a.indicators {
			sameColumn(t, tt.file+" "+code, m.Columns[j], want.Numbers(t, code))
		}
	}
}

// The figures are those of an EM written in R for the purpose, not of COINr,
// whose EM draws at random.
func TestOracleEM(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	a, in := readASEM(t), oracle.Read(t, "pipeline/01_Raw.csv")
	want := oracle.Read(t, "impute/EM_conditional_mean_raw_grouplevel2_independent.csv")
	m := indicatorMatrix(t, a, in)
	imputed(t, "em", map[string]any{"within": "parent"}, m)
	worst, filled := 0.0, 0
	for j, code := range a.indicators {
		figures := want.Numbers(t, code)
		sameColumn(t, "em "+code, m.Columns[j], figures)
		for i, v := range in.Numbers(t, code) {
			if v != v {
				filled++
				worst = math.Max(worst, math.Abs(m.Columns[j][i]-figures[i])/math.Max(1, math.Abs(figures[i])))
			}
		}
	}
	t.Logf("%d gaps, the greatest difference is %.1e", filled, worst)
	if filled == 0 {
		t.Error("there was nothing to fill")
	}
}

func TestOracleImputeOverYears(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	a, in := readASEM(t), oracle.Read(t, "panel/holes_input.csv")
	for _, tt := range []struct {
		file, method string
		given        map[string]any
	}{
		{"impute_panel_latest", "last-observation", nil},
		{"impute_panel_latest_max1", "last-observation", map[string]any{"limit": 1.0}},
		{"purse_impute_panel_latest", "last-observation", nil},
		{"impute_panel_constant", "constant", nil},
		{"impute_panel_linear_constant", "linear-constant", nil},
	} {
		m, want := indicatorMatrix(t, a, in), oracle.Read(t, "panel/"+tt.file+".csv")
		m.Years = years(t, in)
		imputed(t, tt.method, tt.given, m)
		place := map[cellOf]int{}
		for i, year := range years(t, want) {
			place[cellOf{want.Text("uCode")[i], year}] = i
		}
		if len(place) != len(m.Units) {
			t.Fatalf("%s has %d rows, want %d", tt.file, len(place), len(m.Units))
		}
		for j, code := range a.indicators {
			figures := want.Numbers(t, code)
			ordered := make([]float64, len(figures))
			for i := range ordered {
				ordered[i] = figures[place[cellOf{m.Units[i], m.Years[i]}]]
			}
			sameColumn(t, tt.file+" "+code, m.Columns[j], ordered)
		}
	}
}

// The year from which COINr took each value is the one that Explain names.
func TestOracleYearsOfValues(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	a, in := readASEM(t), oracle.Read(t, "panel/holes_input.csv")
	want := oracle.Read(t, "panel/impute_panel_latest_DataT.csv")
	m := indicatorMatrix(t, a, in)
	m.Years = years(t, in)
	e, opts := checked(t, mizan.Impute, "last-observation", map[string]any{})
	im, err := e.NewImputer(opts)
	if err != nil {
		t.Fatal(err)
	}
	row := map[cellOf]int{}
	for i, unit := range m.Units {
		row[cellOf{unit, m.Years[i]}] = i
	}
	told := 0
	for i, year := range years(t, want) {
		at := row[cellOf{want.Text("uCode")[i], year}]
		for j, code := range a.indicators {
			from := want.Text(code)[i]
			if m.Columns[j][at] == m.Columns[j][at] {
				continue
			}
			text := "its value of " + from
			if from == "NA" {
				text = "nothing"
			}
			told++
			if got := im.(Explainer).Explain(m, j, at).Text; got != text {
				t.Errorf("%s of %s in %d comes from %s, want %s", code, m.Units[at], year, got, text)
			}
		}
	}
	if told < 1000 {
		t.Errorf("only %d gaps", told)
	}
}

type cellOf struct {
	unit string
	year int
}

func years(t *testing.T, f oracle.Frame) []int {
	t.Helper()
	var list []int
	for _, y := range f.Numbers(t, "Time") {
		list = append(list, int(y))
	}
	return list
}
