package build

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"mizan"
	"mizan/internal/oracle"
	"mizan/stat"
)

// asem is the framework of the example: the indicators' directions, and the
// aggregates with their children and weights.
type asem struct {
	indicators []string
	direction  map[string]int
	children   map[string][]string
	weight     map[string]float64
	levels     [][]string // aggregates from level 2 up
}

func readASEM(t *testing.T) asem {
	t.Helper()
	m := oracle.Read(t, "inputs/ASEM_iMeta.csv")
	a := asem{direction: map[string]int{}, children: map[string][]string{}, weight: map[string]float64{}, levels: make([][]string, 3)}
	level, direction, weight := m.Numbers(t, "Level"), m.Numbers(t, "Direction"), m.Numbers(t, "Weight")
	for i, code := range m.Text("iCode") {
		switch m.Text("Type")[i] {
		case "Indicator":
			a.indicators = append(a.indicators, code)
			a.direction[code] = int(direction[i])
		case "Aggregate":
			a.levels[int(level[i])-2] = append(a.levels[int(level[i])-2], code)
		default:
			continue
		}
		a.weight[code] = weight[i]
		if p := m.Text("Parent")[i]; p != "NA" {
			a.children[p] = append(a.children[p], code)
		}
	}
	return a
}

func TestOracleNormalise(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	a := readASEM(t)
	type o = map[string]any
	tests := []struct {
		file, method string
		opts         o
	}{
		{"none", "none", nil},
		{"withNA_none", "none", nil},
		{"n_minmax_1_100", "min-max", o{"to": []any{1.0, 100.0}}},
		{"n_minmax_0.01_1", "min-max", o{"to": []any{0.01, 1.0}}},
		{"withNA_n_minmax_1_100", "min-max", o{"to": []any{1.0, 100.0}}},
		{"withNA_n_zscore_0_1", "z-score", nil},
		{"withNA_n_rank_average", "rank", o{"ties": "average"}},
		{"withNA_n_rank_max", "rank", o{"ties": "max"}},
		{"n_borda_min", "borda", nil},
		{"n_borda_average", "borda", o{"ties": "average"}},
		{"withNA_n_borda_min", "borda", nil},
		{"withNA_n_borda_average", "borda", o{"ties": "average"}},
		{"n_prank_min", "percentile-rank", nil},
		{"n_prank_average", "percentile-rank", o{"ties": "average"}},
		{"withNA_n_prank_average", "percentile-rank", o{"ties": "average"}},
		{"n_dist2max", "distance-to-max", nil},
		{"withNA_n_dist2max", "distance-to-max", nil},
		{"withNA_n_fracmax", "fraction-of-max", o{"lower": "direct"}},
		{"n_dist2ref_3", "distance-to-unit", o{"unit": "C"}},
		{"n_dist2ref_3_cap", "distance-to-unit", o{"unit": "C", "cap": true}},
		{"withNA_n_dist2ref_3", "distance-to-unit", o{"unit": "C"}},
		{"withNA_n_dist2ref_3_cap", "distance-to-unit", o{"unit": "C", "cap": true}},
		{"n_scaled_0_100_100", "scaled", o{"reflect": false}},
		{"withNA_n_scaled_0_100_100", "scaled", o{"reflect": false}},
		{"n_scaled_1_10_10", "scaled", o{"from": []any{1.0, 10.0}, "to": []any{0.0, 10.0}, "reflect": false}},
		{"withNA_n_scaled_1_10_10", "scaled", o{"from": []any{1.0, 10.0}, "to": []any{0.0, 10.0}, "reflect": false}},
	}
	for _, tt := range tests {
		input := "pipeline/05_Treated.csv"
		if strings.HasPrefix(tt.file, "withNA") {
			input = "pipeline/02_Denominated.csv"
		}
		in, want := oracle.Read(t, input), oracle.Read(t, "normalise/"+tt.file+".csv")
		for _, code := range a.indicators {
			opts := o{}
			for k, v := range tt.opts {
				opts[k] = v
			}
			got := normalised(t, tt.method, opts, in.Numbers(t, code), a.direction[code])
			figures := want.Numbers(t, code)
			for i, v := range figures {
				if math.IsInf(v, 0) {
					figures[i] = nan // divided by a reference of 0: no score here
				}
			}
			sameColumn(t, tt.file+" "+code, got, figures)
		}
	}
}

// normalised fits and applies a method; the units are A, B, C and so on.
func normalised(t *testing.T, method string, given map[string]any, x []float64, direction int) []float64 {
	t.Helper()
	e, opts := checked(t, mizan.Normalise, method, given)
	n, err := e.NewNormaliser(opts)
	if err != nil {
		t.Fatal(err)
	}
	f, err := fitNormalise(n, x, letters(len(x)), direction)
	var degenerate *Degenerate
	if err != nil && !errors.As(err, &degenerate) {
		t.Fatalf("%s: %v", method, err)
	}
	y := make([]float64, len(x))
	applyTo(f, y, x)
	return y
}

// The parameters of each indicator from the table of indicators.
func TestOracleNormaliseByIndicator(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	meta, in := oracle.Read(t, "inputs/iMetaN.csv"), oracle.Read(t, "pipeline/05_Treated.csv")
	column := func(name string) []float64 { return meta.Numbers(t, name) }
	minmax, zscore, posts := oracle.Read(t, "normalise/iMeta_n_minmax.csv"), oracle.Read(t, "normalise/iMeta_n_zscore.csv"), oracle.Read(t, "normalise/iMeta_n_goalposts.csv")
	direction := column("Direction")
	for i, code := range meta.Text("iCode") {
		if meta.Text("Type")[i] != "Indicator" {
			continue
		}
		x, d := in.Numbers(t, code), int(direction[i])
		sameColumn(t, "minmax "+code, normalised(t, "min-max",
			map[string]any{"to": []any{column("minmax_lower")[i], column("minmax_upper")[i]}}, x, d), minmax.Numbers(t, code))
		sameColumn(t, "zscore "+code, normalised(t, "z-score",
			map[string]any{"mean": column("zscore_mean")[i], "sd": column("zscore_sd")[i]}, x, d), zscore.Numbers(t, code))
		sameColumn(t, "goalposts "+code, normalised(t, "goalposts", map[string]any{
			"posts": []any{column("goalpost_lower")[i], column("goalpost_upper")[i]}, "to": []any{0.0, column("goalpost_scale")[i]},
		}, x, d), posts.Numbers(t, code))
	}
}

func TestOracleImpute(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	a, meta := readASEM(t), oracle.Read(t, "inputs/ASEM_iData.csv")
	in := oracle.Read(t, "pipeline/02_Denominated.csv")
	labels := map[string]map[string]string{}
	for i, unit := range meta.Text("uCode") {
		labels[unit] = map[string]string{}
		for _, g := range []string{"EurAsia_group", "GDP_group"} {
			labels[unit][g] = meta.Text(g)[i]
		}
	}
	for _, tt := range []struct{ file, method, by string }{
		{"pipeline/03_Imputed.csv", "group-mean", "EurAsia_group"},
		{"impute/i_median.csv", "median", ""},
		{"impute/i_median_grp_GDP.csv", "group-median", "GDP_group"},
	} {
		want := oracle.Read(t, tt.file)
		m := &Matrix{Units: in.Text("uCode"), Codes: a.indicators}
		for _, code := range a.indicators {
			m.Columns = append(m.Columns, in.Numbers(t, code))
		}
		m.Groups = func(name string) ([]string, bool) {
			list := make([]string, len(m.Units))
			for i, u := range m.Units {
				list[i] = labels[u][name]
			}
			return list, true
		}
		given := map[string]any{}
		if tt.by != "" {
			given["by"] = tt.by
		}
		e, opts := checked(t, mizan.Impute, tt.method, given)
		im, err := e.NewImputer(opts)
		if err != nil {
			t.Fatal(err)
		}
		if err := im.Impute(m); err != nil {
			t.Fatal(err)
		}
		for j, code := range a.indicators {
			sameColumn(t, tt.file+" "+code, m.Columns[j], want.Numbers(t, code))
		}
	}
}

func TestOracleScreen(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	type o = map[string]any
	a, in := readASEM(t), oracle.Read(t, "pipeline/02_Denominated.csv")
	m := &Matrix{Units: in.Text("uCode"), Codes: a.indicators}
	for _, code := range a.indicators {
		m.Columns = append(m.Columns, in.Numbers(t, code))
	}
	for _, tt := range []struct {
		file, method string
		opts         o
	}{
		{"byNA_default", "coverage", o{}},
		{"byNA_0.9", "coverage", o{"min_coverage": 0.9}},
		{"byNA_0.95", "coverage", o{"min_coverage": 0.95}},
		{"byNA_0.95_force", "coverage", o{"min_coverage": 0.95, "force": o{"BRN": "keep", "AUT": "remove"}}},
		{"byzeros_default", "nonzero", o{}},
		{"byzeros_0.95", "nonzero", o{"min_nonzero": 0.95}},
		{"byNAandzeros_0.95_0.95", "coverage-and-nonzero", o{"min_coverage": 0.95, "min_nonzero": 0.95}},
	} {
		e, opts := checked(t, mizan.Screen, tt.method, tt.opts)
		s, err := e.NewScreener(opts)
		if err != nil {
			t.Fatal(err)
		}
		verdicts, err := s.Screen(m)
		if err != nil {
			t.Fatal(err)
		}
		var removed []string
		for i, v := range verdicts {
			if !v.Keep {
				removed = append(removed, m.Units[i])
			}
		}
		want := oracle.Read(t, "screen/"+tt.file+"_removed.csv").Text("removed")
		slices.Sort(want)
		if !slices.Equal(removed, want) {
			t.Errorf("%s removes %v, want %v", tt.file, removed, want)
		}
	}
}

func TestOracleTreat(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	type o = map[string]any
	a, screened, raw := readASEM(t), oracle.Read(t, "pipeline/04_Screened.csv"), oracle.Read(t, "pipeline/01_Raw.csv")
	for _, tt := range []struct {
		values, details string
		opts            o
	}{
		{"pipeline/05_Treated", "pipeline/05_Treated_DetsTable", o{}},
		{"treat/qTreat_default", "", o{}},
		{"treat/winmax3", "", o{"max_points": 3.0}},
		{"treat/winmaxNULL", "", o{}},
		{"", "treat/winmax10_DetsTable", o{"max_points": 10.0}},
		{"", "treat/default_on_Raw_DetsTable", o{}},
		{"treat/winmax1_combine", "treat/winmax1_combine_DetsTable", o{"max_points": 1.0, "combine": true}},
		{"treat/winmax1_log_CT_orig", "treat/winmax1_log_CT_orig_DetsTable", o{"max_points": 1.0, "else": "log-coin-original"}},
		{"", "treat/winmax1_log_CT_plus_DetsTable", o{"max_points": 1.0, "else": "log-coin-signed"}},
		{"treat/winmax1_boxcox0.25", "treat/winmax1_boxcox0.25_DetsTable", o{"max_points": 1.0, "else": "box-cox", "lambda": 0.25}},
	} {
		e, opts := checked(t, mizan.Treat, "winsorise", tt.opts)
		w, err := e.NewTreater(opts)
		if err != nil {
			t.Fatal(err)
		}
		for _, code := range a.indicators {
			in := screened
			if strings.Contains(tt.details, "on_Raw") {
				in = raw
			}
			x := in.Numbers(t, code)
			f, err := w.FitTreat(x)
			if err != nil {
				t.Fatal(err)
			}
			if tt.values != "" {
				y := make([]float64, len(x))
				applyTo(f, y, x)
				sameColumn(t, tt.values+" "+code, y, oracle.Read(t, tt.values+".csv").Numbers(t, code))
			}
			if tt.details != "" {
				sameDetails(t, oracle.Read(t, tt.details+".csv"), code, f)
			}
		}
	}
}

// sameDetails compares the checks and the number of points with the oracle's
// table of details.
func sameDetails(t *testing.T, want oracle.Frame, code string, got Treatment) {
	t.Helper()
	row := slices.Index(want.Text("iCode"), code)
	for k := range 3 {
		name := fmt.Sprintf("check_SkewKurt%d.", k)
		if want.Text(name+"Skew") == nil {
			continue
		}
		skew, kurt := want.Numbers(t, name+"Skew")[row], want.Numbers(t, name+"Kurt")[row]
		if skew != skew {
			if len(got.Checks) > k {
				t.Errorf("%s: check %d was made, want none", code, k)
			}
			continue
		}
		if len(got.Checks) <= k {
			t.Errorf("%s: check %d was not made", code, k)
			continue
		}
		c := got.Checks[k]
		if !oracle.Near(c.Skewness, skew) || !oracle.Near(c.Kurtosis, kurt) || fmt.Sprint(c.Pass) != strings.ToLower(want.Text(name + "Pass")[row]) {
			t.Errorf("%s: check %d is %v, want %v %v %v", code, k, c, skew, kurt, want.Text(name + "Pass")[row])
		}
	}
	points := got.Details["points"]
	if points == "" {
		points = "NA"
	}
	if points != want.Text("winsorise.nwin")[row] {
		t.Errorf("%s: %s points, want %s", code, points, want.Text("winsorise.nwin")[row])
	}
}

func TestOracleMoments(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	for _, tt := range [][2]string{{"Raw", "01_Raw"}, {"Denominated", "02_Denominated"}, {"Treated", "05_Treated"}} {
		want, in := oracle.Read(t, "treat/skewkurt_"+tt[0]+".csv"), oracle.Read(t, "pipeline/"+tt[1]+".csv")
		for i, code := range want.Text("iCode") {
			m := stat.MomentsOf(in.Numbers(t, code))
			if float64(m.N) != want.Numbers(t, "n")[i] || !oracle.Near(m.Skewness(), want.Numbers(t, "Skew")[i]) || !oracle.Near(m.Kurtosis(), want.Numbers(t, "Kurt")[i]) {
				t.Errorf("%s %s: %d %v %v", tt[0], code, m.N, m.Skewness(), m.Kurtosis())
			}
		}
	}
}
