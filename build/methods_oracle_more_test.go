package build

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"mizan/internal/oracle"

	"mizan"
)

// COINr's "no limit" means 5 (winmaxNULL.csv, compared above); here no limit is
// none, and every indicator of the example passes the test in the end, after
// the points that COINr pulls in if it is allowed 10.
func TestOracleWinsoriseUnlimited(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	a, in, details := readASEM(t), oracle.Read(t, "pipeline/04_Screened.csv"), oracle.Read(t, "treat/winmax10_DetsTable.csv")
	e, opts := checked(t, mizan.Treat, "winsorise", map[string]any{"unlimited": true})
	w, err := e.NewTreater(opts)
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range a.indicators {
		f, err := w.FitTreat(in.Numbers(t, code))
		if err != nil {
			t.Fatal(err)
		}
		if last := f.Checks[len(f.Checks)-1]; !last.Pass {
			t.Errorf("%s: the test is not passed by %s", code, f.Applied)
		}
		sameDetails(t, details, code, f)
	}
}

// COINr's log_GII returns its input (winmax1_log_GII.csv); here the formula is
// computed anew for the indicators that one point does not mend.
func TestOracleLogGII(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	a, in, coinr := readASEM(t), oracle.Read(t, "pipeline/04_Screened.csv"), oracle.Read(t, "treat/winmax1_log_GII.csv")
	e, opts := checked(t, mizan.Treat, "winsorise", map[string]any{"max_points": 1.0, "else": "log-gii"})
	w, err := e.NewTreater(opts)
	if err != nil {
		t.Fatal(err)
	}
	logs, small := 0, 0
	for _, code := range a.indicators {
		x := in.Numbers(t, code)
		most := slices.Max(x)
		f, err := w.FitTreat(x)
		var bad *BadValue
		if errors.As(err, &bad) {
			if most > 1 || bad.Value != most {
				t.Errorf("%s: %v, though the maximum is %v", code, err, most)
			}
			small++
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		y, want := make([]float64, len(x)), coinr.Numbers(t, code)
		applyTo(f, y, x)
		if f.Applied == "log-gii" {
			logs++
			sameColumn(t, "COINr "+code, want, x)
			least := slices.Min(x)
			for i, v := range x {
				want[i] = math.Log((most-1)*(v-least)/(most-least) + 1)
			}
		}
		sameColumn(t, code, y, want)
	}
	if logs == 0 || small == 0 {
		t.Errorf("%d logarithms, %d refused: the example shows nothing", logs, small)
	}
}

// Methods of single indicators beside one for the rest.
func TestOracleNormaliseEach(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	type o = map[string]any
	a, in, want := readASEM(t), oracle.Read(t, "pipeline/05_Treated.csv"), oracle.Read(t, "normalise/indiv_specs.csv")
	for _, code := range a.indicators {
		method, opts := "min-max", o{}
		switch code {
		case "Goods":
			method, opts = "z-score", o{"mean": 10.0, "sd": 2.0}
		case "LPI":
			method = "borda"
		case "Flights":
			opts = o{"to": []any{1.0, 10.0}}
		}
		sameColumn(t, code, normalised(t, method, opts, in.Numbers(t, code), a.direction[code]), want.Numbers(t, code))
	}
}

// Each year on its own, and all years together.
func TestOracleNormalisePanel(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	a, in := readASEM(t), oracle.Read(t, "panel/purse_Treated.csv")
	local, global := oracle.Read(t, "panel/purse_Normalised_local.csv"), oracle.Read(t, "panel/purse_Normalised_global_zscore.csv")
	for _, f := range []oracle.Frame{local, global} {
		if !slices.Equal(f.Text("uCode"), in.Text("uCode")) || !slices.Equal(f.Text("Time"), in.Text("Time")) {
			t.Fatal("the rows stand in another order")
		}
	}
	byYear := map[int][]int{}
	for i, year := range years(t, in) {
		byYear[year] = append(byYear[year], i)
	}
	for _, code := range a.indicators {
		x := in.Numbers(t, code)
		sameColumn(t, "global "+code, normalised(t, "z-score", map[string]any{}, x, a.direction[code]), global.Numbers(t, code))
		for _, rows := range byYear {
			got := normalised(t, "min-max", map[string]any{}, gather(nil, x, rows), a.direction[code])
			sameColumn(t, "local "+code, got, gather(nil, local.Numbers(t, code), rows))
		}
	}
}

// The group mean of each year.
func TestOracleImputeYearByYear(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	a, in := readASEM(t), oracle.Read(t, "panel/holes_input.csv")
	want := oracle.Read(t, "panel/purse_impute_i_mean_grp.csv")
	place := map[cellOf]int{}
	for i, year := range years(t, want) {
		place[cellOf{want.Text("uCode")[i], year}] = i
	}
	byYear := map[int][]int{}
	for i, year := range years(t, in) {
		byYear[year] = append(byYear[year], i)
	}
	for year, rows := range byYear {
		m := &Matrix{Codes: a.indicators}
		labels := make([]string, len(rows))
		for k, i := range rows {
			m.Units = append(m.Units, in.Text("uCode")[i])
			labels[k] = strings.ReplaceAll(in.Text("EurAsia_group")[i], "NA", "")
		}
		for _, code := range a.indicators {
			m.Columns = append(m.Columns, gather(nil, in.Numbers(t, code), rows))
		}
		m.Groups = func(string) ([]string, bool) { return labels, true }
		imputed(t, "group-mean", map[string]any{"by": "EurAsia_group"}, m)
		for j, code := range a.indicators {
			var figures []float64
			for _, unit := range m.Units {
				figures = append(figures, want.Numbers(t, code)[place[cellOf{unit, year}]])
			}
			sameColumn(t, code, m.Columns[j], figures)
		}
	}
}
