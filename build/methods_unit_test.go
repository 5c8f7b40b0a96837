package build

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mizan"
	"mizan/internal/oracle"
	"mizan/stat"
)

// unitCase is one call of a function of COINr on a short vector.
type unitCase struct {
	Fn    string
	X     []string
	Args  json.RawMessage
	Y     json.RawMessage
	Error *string
}

func (c unitCase) args(t *testing.T) map[string][]string {
	t.Helper()
	args := map[string][]string{}
	if !strings.HasPrefix(string(c.Args), "[") {
		if err := json.Unmarshal(c.Args, &args); err != nil {
			t.Fatal(err)
		}
	}
	return args
}

func TestOracleUnitCases(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	data, err := os.ReadFile(filepath.Join(oracle.Folder(t), "unit_cases.json"))
	if err != nil {
		t.Fatal(err)
	}
	var cases []unitCase
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	tried := map[string]int{}
	for i, c := range cases {
		what := fmt.Sprintf("case %d, %s %s", i, c.Fn, c.Args)
		x, args := oracle.Numbers(t, c.X), c.args(t)
		switch {
		case unitNormalise(t, what, c, x, args), unitTreat(t, what, c, x, args), unitAggregate(t, what, c, x, args), unitImpute(t, what, c, x, args), unitStat(t, what, c, x, args):
			tried[c.Fn]++
		}
	}
	total := 0
	for _, n := range tried {
		total += n
	}
	t.Logf("%d of %d cases: %v", total, len(cases), tried)
	if total < 170 {
		t.Errorf("only %d of %d cases were tried", total, len(cases))
	}
}

func texts(t *testing.T, raw json.RawMessage) []string {
	t.Helper()
	var s []string
	if err := json.Unmarshal(raw, &s); err == nil {
		return s
	}
	var under struct{ X []string }
	if err := json.Unmarshal(raw, &under); err != nil {
		t.Fatal(err)
	}
	return under.X
}

func unitNormalise(t *testing.T, what string, c unitCase, x []float64, args map[string][]string) bool {
	t.Helper()
	n := func(name string, i int) float64 { return oracle.Numbers(t, args[name])[i] }
	direction := 1
	if args["direction"] != nil {
		direction = int(n("direction", 0))
	}
	given := map[string]any{}
	if ties := args["ties.method"]; ties != nil {
		if ties[0] == "first" {
			return false // no function of the value: equal values get different ranks
		}
		given["ties"] = ties[0]
	}
	methods := map[string]string{
		"n_minmax": "min-max", "n_zscore": "z-score", "n_rank": "rank", "n_borda": "borda", "n_prank": "percentile-rank", "n_scaled": "scaled",
		"n_dist2max": "distance-to-max", "n_dist2ref": "distance-to-unit", "n_fracmax": "fraction-of-max", "n_dist2targ": "distance-to-target", "n_goalposts": "goalposts",
	}
	method := methods[c.Fn]
	switch c.Fn {
	case "n_minmax":
		if args["l_u"] != nil {
			given["to"] = []any{n("l_u", 0), n("l_u", 1)}
		}
	case "n_dist2ref":
		given["unit"], given["cap"] = letters(len(x))[int(n("iref", 0))-1], args["cap_max"][0] == "TRUE"
	case "n_dist2targ":
		given["target"], given["cap"] = n("targ", 0), args["cap_max"][0] == "TRUE"
		lo, hi := stat.MinMax(x)
		if direction < 0 && n("targ", 0) >= hi || direction > 0 && n("targ", 0) <= lo {
			return false // a target worse than the worst value is refused
		}
	case "n_goalposts":
		given["posts"], given["to"] = []any{n("gposts", 0), n("gposts", 1)}, []any{0.0, n("gposts", 2)}
		given["truncate"] = args["trunc2posts"][0] == "TRUE"
	}
	if method == "" {
		return false
	}
	want := oracle.Numbers(t, texts(t, c.Y))
	for i, v := range want {
		if math.IsInf(v, 0) {
			want[i] = nan // a distance in units of zero: no score here
		}
	}
	sameColumn(t, what, normalised(t, method, given, x, direction), want)
	return true
}

func unitTreat(t *testing.T, what string, c unitCase, x []float64, args map[string][]string) bool {
	t.Helper()
	methods := map[string]string{"winsorise": "winsorise", "boxcox": "box-cox", "log_CT": "log-coin", "log_CT_orig": "log-coin-original", "log_CT_plus": "log-coin-signed"}
	method := methods[c.Fn]
	if method == "" {
		return false
	}
	given := map[string]any{}
	switch method {
	case "winsorise":
		given["else"], given["max_points"] = "none", oracle.Numbers(t, args["winmax"])[0]
		if args["force_win"] != nil {
			given["when"] = "always"
		}
		if args["skew_thresh"] != nil {
			given["skewness"], given["kurtosis"] = oracle.Numbers(t, args["skew_thresh"])[0], oracle.Numbers(t, args["kurt_thresh"])[0]
		}
	case "box-cox":
		given["lambda"] = oracle.Numbers(t, args["lambda"])[0]
	}
	e, opts := checked(t, mizan.Treat, method, given)
	w, err := e.NewTreater(opts)
	if err != nil {
		t.Fatal(err)
	}
	f, err := w.FitTreat(x)
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	y := make([]float64, len(x))
	applyTo(f, y, x)
	sameColumn(t, what, y, oracle.Numbers(t, texts(t, c.Y)))
	var more struct{ Nwin []string }
	if json.Unmarshal(c.Y, &more) == nil && more.Nwin != nil && f.Details["points"] != "" && f.Details["points"] != more.Nwin[0] {
		t.Errorf("%s: %s points, want %s", what, f.Details["points"], more.Nwin[0])
	}
	return true
}

func unitAggregate(t *testing.T, what string, c unitCase, x []float64, args map[string][]string) bool {
	t.Helper()
	method := map[string]string{"a_gmean": "geometric-mean", "a_hmean": "harmonic-mean", "a_genmean": "generalised-mean"}[c.Fn]
	if method == "" {
		return false
	}
	given := map[string]any{}
	w := oracle.Numbers(t, args["w"])
	negative := slices.ContainsFunc(x, func(v float64) bool { return v < 0 })
	if c.Fn == "a_genmean" {
		given["exponent"] = oracle.Numbers(t, args["p"])[0]
		given["min_available"] = 1.0 // COINr does not leave out a missing child
		if given["exponent"] == 0.5 && negative {
			return false // COINr gives NaN, here it is an error
		}
	}
	if stat.Sum(w) == 0 && c.Error != nil {
		return false // a child of weight 0 takes no part
	}
	e, opts := checked(t, mizan.Aggregate, method, given)
	ag, err := e.NewAggregator(opts)
	if err != nil {
		t.Fatal(err)
	}
	g := &Group{Parent: "top", Units: []string{"A"}, W: w}
	for i, v := range x {
		g.X = append(g.X, []float64{v})
		g.Children = append(g.Children, fmt.Sprint("c", i))
	}
	out := []float64{0}
	err = ag.Aggregate(g, out)
	if (err != nil) != (c.Error != nil) {
		t.Errorf("%s: error %v, want %v", what, err, c.Error)
	}
	if err == nil {
		sameColumn(t, what, out, oracle.Numbers(t, texts(t, c.Y)))
	}
	return true
}

func unitImpute(t *testing.T, what string, c unitCase, x []float64, args map[string][]string) bool {
	t.Helper()
	method := map[string]string{"i_mean": "mean", "i_median": "median", "i_mean_grp": "group-mean", "i_median_grp": "group-median"}[c.Fn]
	if method == "" {
		return false
	}
	given := map[string]any{}
	labels := slices.Clone(args["f"])
	if labels != nil {
		given["by"] = "f"
	}
	for i := range labels {
		if labels[i] == "NA" {
			labels[i] = ""
		}
	}
	e, opts := checked(t, mizan.Impute, method, given)
	im, err := e.NewImputer(opts)
	if err != nil {
		t.Fatal(err)
	}
	m := &Matrix{Columns: [][]float64{x}, Groups: func(string) ([]string, bool) { return labels, true }}
	if err := im.Impute(m); err != nil {
		t.Fatal(err)
	}
	sameColumn(t, what, x, oracle.Numbers(t, texts(t, c.Y)))
	return true
}

func unitStat(t *testing.T, what string, c unitCase, x []float64, args map[string][]string) bool {
	t.Helper()
	switch c.Fn {
	case "skew":
		sameColumn(t, what, []float64{stat.Skewness(x)}, oracle.Numbers(t, texts(t, c.Y)))
	case "kurt":
		sameColumn(t, what, []float64{stat.Kurtosis(x)}, oracle.Numbers(t, texts(t, c.Y)))
	case "quantile_type7":
		var got []float64
		for _, q := range oracle.Numbers(t, args["probs"]) {
			got = append(got, stat.Quantile(x, q))
		}
		sameColumn(t, what, got, oracle.Numbers(t, texts(t, c.Y)))
	case "check_SkewKurt":
		var want struct{ Pass, Skew, Kurt []string }
		if err := json.Unmarshal(c.Y, &want); err != nil {
			t.Fatal(err)
		}
		check, _ := outlierTest{2, 3.5}.check(x)
		sameColumn(t, what, []float64{check.Skewness, check.Kurtosis}, oracle.Numbers(t, []string{want.Skew[0], want.Kurt[0]}))
		if fmt.Sprint(check.Pass) != strings.ToLower(want.Pass[0]) {
			t.Errorf("%s: pass %v, want %s", what, check.Pass, want.Pass[0])
		}
	default:
		return false
	}
	return true
}
