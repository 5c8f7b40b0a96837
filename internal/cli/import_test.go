package cli

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// imported is a fresh folder with the small ASEM tables imported as asem.
func imported(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/coinr")); err != nil {
		t.Fatal(err)
	}
	if status, _, msg := typed(t.Context(), dir, "import", "coinr", "--data", "iData.csv", "--meta", "iMeta.csv", "asem"); status != 0 || msg != "" {
		t.Fatalf("status %d: %s", status, msg)
	}
	return dir
}

// TestImportedBuild: a few figures of every stage after an import. The
// denominated ones are COINr's (its files 02_Denominated, and 02b and 02c with
// scale factors and with multiplication), which depend on the unit alone. The
// others were worked out in exact fractions from the six units by the formulas
// of the Handbook (OECD/JRC, 2008): the mean of the group for a missing value,
// min-max on [0, 100], and weighted means.
func TestImportedBuild(t *testing.T) {
	for _, test := range []struct {
		name  string
		edits []string
		file  string
		want  map[place]float64
	}{
		{"denominated", nil, "stages/denominated", map[place]float64{
			{"AUT", "", "Flights"}: 0.0033217796489775635, {"AUT", "", "Goods"}: 0.71245242146112553, {"AUT", "", "CO2"}: 6.8737132203369988,
			{"BRN", "", "Flights"}: 0.0047096200813161746, {"BRN", "", "Goods"}: 0.63453865402181431, {"CHN", "", "Goods"}: 0.15275236870288905,
		}},
		{"scaled", denominateBy("Goods: GDP", "Flights: {by: Population, scale: 1000}", "CO2: {by: Area, scale: 0.5}"), "stages/denominated", map[place]float64{
			{"AUT", "", "Flights"}: 3.3217796489775631, {"AUT", "", "CO2"}: 4.09778899758975e-05, {"CHN", "", "Flights"}: 0.081021206437794674,
			{"BRN", "", "CO2"}: 0.0019188812872219228,
		}},
		{"multiplied", denominateBy("Goods: {by: GDP, operation: multiply}", "Flights: {by: Population, operation: multiply}"), "stages/denominated", map[place]float64{
			{"AUT", "", "Flights"}: 253478.82356424999, {"BRN", "", "Goods"}: 82.468504568519165, {"CHN", "", "Goods"}: 19223859.519145124,
		}},
		{"imputed", asemImputed, "stages/imputed", map[place]float64{
			{"BGD", "", "ConSpeed"}: 9.35, {"BRN", "", "ConSpeed"}: 9.35, {"CHN", "", "ConSpeed"}: 7.6,
		}},
		{"normalised", asemImputed, "stages/normalised", map[place]float64{
			{"AUT", "", "LPI"}: 99.26950456724047, {"AUT", "", "Flights"}: 70.36828233510508, {"AUT", "", "ConSpeed"}: 74.71264367816092,
			{"AUT", "", "Goods"}: 49.756659147959446, {"AUT", "", "CO2"}: 70.39277327872382, {"BRN", "", "CO2"}: 0, {"BGD", "", "CO2"}: 100,
		}},
		{"scores", asemImputed, "scores", map[place]float64{
			{"AUT", "", "Physical"}: 79.76576856466684, {"AUT", "", "Conn"}: 64.76121385631315, {"AUT", "", "Index"}: 66.16910371191581,
			{"AUS", "", "Index"}: 27.847027830857172, {"BEL", "", "Index"}: 87.07707040626579, {"BGD", "", "Index"}: 32.16936113323754,
			{"BRN", "", "Index"}: 30.548554711636548, {"CHN", "", "Index"}: 23.406374813646394, {"CHN", "", "Sust"}: 67.29941015549305,
		}},
		{"missing stays missing", nil, "stages/imputed", map[place]float64{{"BGD", "", "ConSpeed"}: nan()}},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := imported(t)
			if status, _, msg := typed(t.Context(), dir, join([]string{"build", "asem", "-o", "out"}, test.edits)...); status != 0 {
				t.Fatal(msg)
			}
			compareTables(t, readTable(t, filepath.Join(dir, "out", test.file+".csv")), test.want)
		})
	}
}

// TestImportKeepsFigures: every figure of the project is the text of the source.
func TestImportKeepsFigures(t *testing.T) {
	files := contents(t, filepath.Join(imported(t), "asem"))
	want := "unit,year,LPI,Flights,ConSpeed,Goods,CO2,Area,GDP,Population\n" +
		"AUS,2018,3.7933849999999998,36.05498,11.1,288.48930000000001,15.37013776042329,7741220,1304.4631049645,24450.561000000002\n" +
		"AUT,2018,4.0979850000000004,29.017250000000001,14.1,278.4264,6.8737132203369988,83871,390.79999114746801,8735.4529999999995\n" +
		"BEL,2018,4.1085380000000002,31.885459999999998,16.300000000000001,597.8723,8.3281598978397557,30528,467.95526735685604,11429.335999999999\n" +
		"BGD,2018,2.6639020000000002,4.2795500000000004,,56.241660000000003,0.45914196480280933,148460,220.83673289280702,164669.75099999999\n" +
		"BRN,2018,2.870492,2.0190000000000001,,7.2339099999999998,22.12470124166877,5765,11.4002668775972,428.697\n" +
		"CHN,2018,3.6611039999999999,114.2008,7.5999999999999996,1713.6189999999999,7.5439076414492741,9596960,11218.281029298301,1409517.3970000001\n"
	if got := files["data/observations.csv"]; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if len(files) != 3 {
		t.Errorf("%d files", len(files))
	}
}

// TestImportStopped: nothing is left of an import that was stopped, or refused.
func TestImportStopped(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/coinr")); err != nil {
		t.Fatal(err)
	}
	before := contents(t, dir)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if status, _, msg := typed(ctx, dir, "import", "coinr", "iData.csv", "iMeta.csv", "asem"); status != statusFailed || !strings.Contains(msg, "stopped") {
		t.Errorf("status %d, %q", status, msg)
	}
	if status, _, msg := typed(t.Context(), dir, "import", "coinr", "iMeta.csv", "iData.csv", "asem"); status != statusFailed || !strings.Contains(msg, "swapped") {
		t.Errorf("status %d, %q", status, msg)
	}
	if after := contents(t, dir); len(after) != len(before) {
		t.Errorf("there are now %d files, were %d", len(after), len(before))
	}
}
