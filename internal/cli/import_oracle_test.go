package cli

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The figures that COINr 1.1.14 gave for its example, the ASEM Sustainable
// Connectivity Portal of the European Commission's Joint Research Centre. They
// lie beside the project where it is developed; without them the small table
// of TestImportedBuild decides alone.
const coinrFolder = "../../../shared/oracle/coinr"

// place is where a value stands: its unit, its year ("" where there is but
// one) and its code.
type place struct{ unit, year, code string }

// readTable reads a table of ours or of COINr's; missing is NaN.
func readTable(t *testing.T, name string) map[place]float64 {
	t.Helper()
	rows := csvRows(t, name)
	values := map[place]float64{}
	for _, row := range rows[1:] {
		var at place
		for i, head := range rows[0] {
			switch head {
			case "unit", "uCode":
				at.unit = row[i]
			case "year", "Time":
				at.year = row[i]
			}
		}
		for i, head := range rows[0] {
			v := math.NaN()
			switch head {
			case "unit", "uCode", "year", "Time":
				continue
			}
			if s := row[i]; s != "" && s != "NA" && s != "NaN" {
				var err error
				if v, err = strconv.ParseFloat(s, 64); err != nil {
					t.Fatalf("%s: %v", name, err)
				}
			}
			at.code = head
			values[at] = v
		}
	}
	return values
}

// compareTables fails for every value that is not the same within 1e-9.
func compareTables(t *testing.T, got, want map[place]float64) {
	t.Helper()
	wrong := 0
	for at, w := range want {
		g, ok := got[at]
		if ok && (g != g && w != w || math.Abs(g-w) <= 1e-9*math.Max(1, math.Abs(w))) {
			continue
		}
		if wrong++; wrong <= 5 {
			t.Errorf("%+v: got %v (there: %v), want %v", at, g, ok, w)
		}
	}
	if wrong > 5 {
		t.Errorf("%d values differ, of %d", wrong, len(want))
	}
	if len(want) == 0 {
		t.Error("nothing to compare with")
	}
}

// denominateBy is an edit that gives denominators anew.
func denominateBy(entries ...string) []string {
	return []string{"--set", "build.denominate={" + strings.Join(entries, ", ") + "}"}
}

// asemDenominators are those of COINr's iMeta.
var asemDenominators = map[string]string{
	"Flights": "Population", "Bord": "Area", "Elec": "Energy", "Gas": "Energy", "Goods": "GDP", "Services": "GDP", "FDI": "GDP", "PRemit": "GDP",
	"ForPort": "GDP", "StMob": "Population", "Research": "GDP", "Pat": "GDP", "CultServ": "GDP", "CultGood": "GDP", "Tourist": "Population",
	"MigStock": "Population", "NGOs": "Population",
}

func multiplied() []string {
	var args []string
	for _, code := range slices.Sorted(maps.Keys(asemDenominators)) {
		args = append(args, "--set", "build.denominate."+code+"={by: "+asemDenominators[code]+", operation: multiply}")
	}
	return args
}

// set makes --set arguments.
func set(edits ...string) []string {
	var args []string
	for _, e := range edits {
		args = append(args, "--set", e)
	}
	return args
}

func join(lists ...[]string) []string {
	var all []string
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

// The calls by which COINr's example coin is built, as edits.
var (
	asemImputed  = set("build.impute={method: group-mean, by: EurAsia_group}")
	asemScreened = set("build.screen={method: coverage, min_coverage: 0.9, on: imputed}")
	asemTreated  = set("build.treat={method: winsorise, max_points: 5}")
	asemBuilt    = join(asemImputed, asemScreened, asemTreated)
	purseBuilt   = join([]string{"--unset", "build.denominate"}, set("build.screen={method: coverage, min_coverage: 0.9, on: raw}"), asemTreated)
)

// reweighted stands for iMeta with the weights of inputs/weights_custom.csv.
const reweighted = "iMeta with other weights"

func weighedBuild(aggregate string) []string {
	return join(asemBuilt, set("build.normalise.to=[1, 100]", "build.aggregate="+aggregate))
}

// reweigh writes iMeta with the other weights.
func reweigh(t *testing.T, dir, inputs string) string {
	t.Helper()
	weights := map[string]string{}
	for _, row := range csvRows(t, filepath.Join(inputs, "weights_custom.csv"))[1:] {
		weights[row[0]] = row[2]
	}
	rows := csvRows(t, filepath.Join(inputs, "ASEM_iMeta.csv"))
	code, weight := slices.Index(rows[0], "iCode"), slices.Index(rows[0], "Weight")
	for _, row := range rows[1:] {
		if w, ok := weights[row[code]]; ok {
			row[weight] = w
		}
	}
	name := filepath.Join(dir, "iMeta.csv")
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := csv.NewWriter(file).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return name
}

func csvRows(t *testing.T, name string) [][]string {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestImportedMatchesCOINr: COINr's own tables, imported and built with the
// methods that its calls name, give the figures of every stage that COINr gave.
// Each case names the files of a build and the file of COINr that holds the
// same; manifest.json there says by which call it was made.
func TestImportedMatchesCOINr(t *testing.T) {
	if _, err := os.Stat(coinrFolder); errors.Is(err, fs.ErrNotExist) {
		t.Log("the figures of COINr are not here")
		return
	}
	for _, test := range []struct {
		name, data, meta string
		edits            []string
		files            map[string]string // ours -> COINr's
	}{
		{"example coin", "ASEM_iData", "ASEM_iMeta", asemBuilt, map[string]string{
			"stages/raw": "pipeline/01_Raw", "stages/denominated": "pipeline/02_Denominated", "stages/imputed": "pipeline/03_Imputed",
			"stages/screened": "pipeline/04_Screened", "stages/treated": "pipeline/05_Treated", "stages/normalised": "pipeline/06_Normalised",
			"scores": "pipeline/07_Aggregated",
		}},
		{"scaled denominators", "ASEM_iData", "ASEM_iMeta",
			denominateBy("Goods: GDP", "Flights: {by: Population, scale: 1000}", "CO2: {by: Area, scale: 0.5}"),
			map[string]string{"stages/raw": "pipeline/01_Raw", "stages/denominated": "pipeline/02b_Denominated_scale"}},
		{"multiplied denominators", "ASEM_iData", "ASEM_iMeta", multiplied(),
			map[string]string{"stages/denominated": "pipeline/02c_Denominated_fdenom_multiply"}},
		{"nothing imputed", "ASEM_iData", "ASEM_iMeta", join(asemTreated, set("build.normalise.to=[1, 100]")),
			map[string]string{"stages/normalised": "aggregate/NA_input_normalised", "scores": "aggregate/NA_a_amean_nothresh"}},
		{"nine tenths of the children needed", "ASEM_iData", "ASEM_iMeta",
			join(asemTreated, set("build.normalise.to=[1, 100]", "build.aggregate.min_available=0.9")),
			map[string]string{"scores": "aggregate/NA_a_amean_thresh_0.9"}},
		{"more needed below than above", "ASEM_iData", "ASEM_iMeta",
			join(asemTreated, set("build.normalise.to=[1, 100]",
				"build.aggregate=[{method: arithmetic-mean, min_available: 0.9}, {method: arithmetic-mean, min_available: 0.5}]")),
			map[string]string{"scores": "aggregate/NA_a_amean_thresh_bylevel_0.9_0.5_0.5"}},
		{"means by level", "ASEM_iData", "ASEM_iMeta",
			join(asemBuilt, set("build.normalise.to=[1, 100]", "build.aggregate=[arithmetic-mean, geometric-mean, harmonic-mean]")),
			map[string]string{"scores": "aggregate/bylevel_amean_gmean_hmean"}},
		{"median within groups", "ASEM_iData", "ASEM_iMeta", set("build.impute={method: group-median, by: GDP_group}"),
			map[string]string{"stages/imputed": "impute/i_median_grp_GDP"}},
		{"normalised one by one", "ASEM_iData", "ASEM_iMeta",
			join(asemBuilt, set("build.normalise.each={Goods: {method: z-score, mean: 10, sd: 2}, LPI: borda, Flights: {method: min-max, to: [1, 10]}}")),
			map[string]string{"stages/normalised": "normalise/indiv_specs"}},
		{"geometric mean, other weights", "ASEM_iData", reweighted, weighedBuild("geometric-mean"),
			map[string]string{"scores": "aggregate/a_gmean_wcustom"}},
		{"harmonic mean, other weights", "ASEM_iData", reweighted, weighedBuild("harmonic-mean"),
			map[string]string{"scores": "aggregate/a_hmean_wcustom"}},
		{"mean of cubes, other weights", "ASEM_iData", reweighted, weighedBuild("{method: generalised-mean, exponent: 3}"),
			map[string]string{"scores": "aggregate/a_genmean_p3_wcustom"}},
		{"geometric mean of what is there", "ASEM_iData", reweighted,
			join(asemTreated, set("build.normalise.to=[1, 100]", "build.aggregate={method: geometric-mean, min_available: 0.8}")),
			map[string]string{"scores": "aggregate/NA_a_gmean_thresh_0.8_wcustom"}},
		{"goalposts of iMeta", "ASEM_iData", "iMetaN", join(asemImputed, asemTreated, []string{"--variant", "goalposts"}),
			map[string]string{"stages/normalised": "normalise/iMeta_n_goalposts"}},
		{"min-max of iMeta", "ASEM_iData", "iMetaN", join(asemImputed, asemTreated, []string{"--variant", "min-max"}),
			map[string]string{"stages/normalised": "normalise/iMeta_n_minmax"}},
		{"z-scores of iMeta", "ASEM_iData", "iMetaN", join(asemImputed, asemTreated, []string{"--variant", "z-score"}),
			map[string]string{"stages/normalised": "normalise/iMeta_n_zscore"}},
		{"example purse", "ASEM_iData_p", "ASEM_iMeta", purseBuilt, map[string]string{
			"stages/screened": "panel/purse_Screened", "stages/treated": "panel/purse_Treated", "stages/normalised": "panel/purse_Normalised_local",
		}},
		{"purse normalised over all years", "ASEM_iData_p", "ASEM_iMeta", join(purseBuilt, set("build.normalise={method: z-score, over: panel}")),
			map[string]string{"stages/normalised": "panel/purse_Normalised_global_zscore"}},
		{"purse with holes", "../panel/holes_input", "ASEM_iMeta", join([]string{"--unset", "build.denominate"}, asemImputed),
			map[string]string{"stages/imputed": "panel/purse_impute_i_mean_grp"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			inputs, err := filepath.Abs(filepath.Join(coinrFolder, "inputs"))
			if err != nil {
				t.Fatal(err)
			}
			meta := filepath.Join(inputs, test.meta+".csv")
			if test.meta == reweighted {
				meta = reweigh(t, dir, inputs)
			}
			run := func(args ...string) {
				t.Helper()
				if status, _, msg := typed(t.Context(), dir, args...); status != 0 {
					t.Fatalf("%s: %s", strings.Join(args, " "), msg)
				}
			}
			run("import", "coinr", "--data", filepath.Join(inputs, test.data+".csv"), "--meta", meta, "asem")
			run(join([]string{"build", "asem", "-o", "out"}, test.edits)...)
			for ours, theirs := range test.files {
				got := readTable(t, filepath.Join(dir, "out", ours+".csv"))
				want := readTable(t, filepath.Join(coinrFolder, theirs+".csv"))
				t.Run(ours, func(t *testing.T) { compareTables(t, got, want) })
				if strings.HasPrefix(theirs, "panel/") && len(got) != len(want) {
					t.Errorf("%s has %d values, want %d", ours, len(got), len(want))
				}
			}
		})
	}
}

func nan() float64 { return math.NaN() }
