package export_test

import (
	"io/fs"
	"math"
	"strings"
	"testing"
	"testing/fstest"

	"mizan/engine"
	"mizan/internal/export"
	"mizan/internal/source"
)

// throughCOINr exports the tables and makes a project of them by the importer, which
// was written against COINr's own tables.
func throughCOINr(t *testing.T, r *engine.Report, edits ...string) *engine.Report {
	t.Helper()
	files, err := export.COINr(r, export.Options{})
	tables := folder(t, files, err)
	o := source.Options{}
	if len(r.Years) == 1 {
		o.Year = r.Years[0]
	}
	p, err := source.COINr(source.Input{Name: "iData.csv", Text: tables["iData.csv"].Data}, source.Input{Name: "iMeta.csv", Text: tables["iMeta.csv"].Data}, o)
	if err != nil {
		t.Fatal(err)
	}
	out := fstest.MapFS{}
	for _, f := range p.Files {
		out[f.Name] = &fstest.MapFile{Data: f.Text}
	}
	return report(t, out, edits...)
}

// TestCOINrBuildsTheSame: export, import, build by the same methods, and every score
// is the same to the last bit.
func TestCOINrBuildsTheSame(t *testing.T) {
	plain := []string{"build.screen=none", "build.impute=none", "build.treat=none", "build.normalise={method: min-max, to: [0, 100]}", "build.weights=declared", "build.aggregate=arithmetic-mean"}
	for name, c := range map[string]struct {
		files fs.FS
		more  []string // of both
		own   []string // of the first alone
	}{
		"stock":          {files: stock},
		"stock, treated": {files: stock, more: []string{"build.treat=winsorise", "build.impute=median"}},
		"ai-race":        {files: embedded(t, "ai-race")},
		"ai-race, by intensity": {
			files: embedded(t, "ai-race"), more: []string{"build.normalise=z-score"},
			own: []string{"build.denominate={ai_invest_eto: {by: gdp_usd, scale: 1e9}, gh_orgs: pop}"},
		},
		"hdi": {files: embedded(t, "hdi"), own: []string{"period.from=2020"}},
	} {
		t.Run(name, func(t *testing.T) {
			first := append(append(append([]string{}, plain...), c.more...), c.own...)
			want := report(t, c.files, first...)
			got := throughCOINr(t, want, c.more...)
			sameScores(t, want, got)
		})
	}
}

// sameScores compares the scores of every code, which may stand in another order.
func sameScores(t *testing.T, want, got *engine.Report) {
	t.Helper()
	values := 0
	for c, code := range want.Scores.Codes {
		k := got.Scores.Code(code)
		if k < 0 {
			t.Errorf("%s is gone", code)
			continue
		}
		for y, year := range want.Years {
			for u, unit := range want.Scores.Units {
				v := math.NaN()
				if gy, gu := got.Scores.Year(year), got.Scores.Unit(unit); gy >= 0 && gu >= 0 {
					v = got.Scores.At(gy, k, gu)
				}
				if w := want.Scores.At(y, c, u); math.Float64bits(v) != math.Float64bits(w) && !(math.IsNaN(v) && math.IsNaN(w)) {
					t.Fatalf("%s of %s in %d is %v, want %v", code, unit, year, v, w)
				} else if !math.IsNaN(w) {
					values++
				}
			}
		}
	}
	if values == 0 {
		t.Error("there is nothing to compare")
	}
}

// TestCOINrLevels: COINr wants a parent one level up; crime, whose parent stands on
// level 3, gets an aggregate of its own between.
func TestCOINrLevels(t *testing.T) {
	files, err := export.COINr(report(t, stock), export.Options{})
	meta := readCSV(t, folder(t, files, err)["iMeta.csv"].Data)
	level := map[string]string{}
	for _, row := range meta {
		level[row["iCode"]] = row["Level"]
	}
	for _, row := range meta {
		switch row["Type"] {
		case "Indicator", "Aggregate":
			up := map[string]string{"1": "2", "2": "3"}[row["Level"]]
			if row["Parent"] == "NA" && row["Level"] != "3" || row["Parent"] != "NA" && level[row["Parent"]] != up {
				t.Errorf("%s on level %s has the parent %s on level %s", row["iCode"], row["Level"], row["Parent"], level[row["Parent"]])
			}
		case "Denominator":
			if row["iCode"] != "heads" || row["Level"] != "" {
				t.Errorf("the row %v", row)
			}
		}
	}
	if level["crime_level2"] != "2" {
		t.Errorf("levels %v", level)
	}
}

// TestCOINrRefuses: what COINr cannot hold is told.
func TestCOINrRefuses(t *testing.T) {
	r := report(t, stock, "framework.food.direction=-1")
	_, err := export.COINr(r, export.Options{})
	if err == nil || !strings.Contains(err.Error(), "COINr has no aggregates of direction -1, as food is; turn the indicators below it instead") {
		t.Errorf("got %v", err)
	}
}
