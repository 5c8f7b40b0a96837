package cli

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
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

// TestImportedMatchesCOINr: COINr's own tables, imported and built by the
// commands that a user types, give the files of every stage that COINr gave, for
// one year and for several. Every other file is compared in internal/oracle.
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
		{"example purse", "ASEM_iData_p", "ASEM_iMeta", purseBuilt, map[string]string{
			"stages/screened": "panel/purse_Screened", "stages/treated": "panel/purse_Treated", "stages/normalised": "panel/purse_Normalised_local",
		}},
		{
			"purse normalised over all years", "ASEM_iData_p", "ASEM_iMeta", join(purseBuilt, set("build.normalise={method: z-score, over: panel}")),
			map[string]string{"stages/normalised": "panel/purse_Normalised_global_zscore"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			inputs, err := filepath.Abs(filepath.Join(coinrFolder, "inputs"))
			if err != nil {
				t.Fatal(err)
			}
			meta := filepath.Join(inputs, test.meta+".csv")
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
