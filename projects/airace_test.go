package projects_test

import (
	"encoding/csv"
	"io/fs"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mizan"
	"mizan/dataset"
	"mizan/engine"
	"mizan/spec"
)

var (
	aiRace    = os.DirFS("ai-race")
	languages = []string{"en", "ar", "ru", "zh"}
	rivals    = []string{"RUS", "CHN", "USA", "IND", "BRA"}
)

// table reads a CSV into one map per row.
func table(t *testing.T, fsys fs.FS, name string) []map[string]string {
	t.Helper()
	f, err := fsys.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var list []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, cell := range row {
			m[rows[0][i]] = cell
		}
		list = append(list, m)
	}
	return list
}

func parse(t *testing.T) *spec.Spec {
	t.Helper()
	text, err := fs.ReadFile(aiRace, "mizan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	s, err := spec.Parse("mizan.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// leaves lists the indicators of a framework.
func leaves(n spec.Node) []string {
	if len(n.Children) == 0 {
		return []string{n.Code}
	}
	var list []string
	for _, c := range n.Children {
		list = append(list, leaves(c)...)
	}
	return list
}

// run builds a project as written, or a variant of it.
func run(t *testing.T, project fs.FS, variant string, edits ...string) *engine.Report {
	t.Helper()
	text, err := fs.ReadFile(project, "mizan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	in := engine.Input{Name: "mizan.yaml", Text: text, Files: project, Variant: variant}
	for _, e := range edits {
		edit, err := spec.ParseEdit(e)
		if err != nil {
			t.Fatal(err)
		}
		in.Edits = append(in.Edits, edit)
	}
	r, err := engine.Run(in)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// top gives the score and rank of every ranked unit in a year.
func top(t *testing.T, r *engine.Report, year int) (score map[string]float64, rank map[string]int) {
	t.Helper()
	y := slices.Index(r.Years, year)
	if y < 0 {
		t.Fatalf("no year %d in %v", year, r.Years)
	}
	c := len(r.Scores.Codes) - 1
	at := (y*len(r.Scores.Codes) + c) * len(r.Scores.Units)
	score, rank = map[string]float64{}, map[string]int{}
	for i, u := range r.Scores.Units {
		if v := r.Scores.Values[at+i]; !math.IsNaN(v) {
			score[u], rank[u] = v, int(r.Ranks.Values[at+i])
		}
	}
	return score, rank
}

func TestAIRaceFramework(t *testing.T) {
	s := parse(t)
	inFramework := leaves(s.Framework)
	if n := len(inFramework); n < 38 {
		t.Errorf("%d indicators in the framework, want at least 38", n)
	}
	want := []string{"talent", "infrastructure", "operating_environment", "research", "development", "commercial", "government_strategy"}
	weights := []float64{5, 3, 2, 5, 3, 1, 5}
	var got []string
	for _, pillar := range s.Framework.Children {
		sum := 0.0
		for _, sub := range pillar.Children {
			if i := len(got); i < len(weights) && (sub.Weight == nil || *sub.Weight != weights[i]) {
				t.Errorf("%s does not weigh %v", sub.Code, weights[i])
			}
			if len(sub.Children) < 3 {
				t.Errorf("%s has %d components, want at least 3", sub.Code, len(sub.Children))
			}
			got = append(got, sub.Code)
			sum += *sub.Weight
		}
		if pillar.Weight == nil || *pillar.Weight != sum {
			t.Errorf("%s should weigh as much as its sub-pillars, %v", pillar.Code, sum)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("sub-pillars are %v, want %v", got, want)
	}
}

func TestAIRaceNamesInFourLanguages(t *testing.T) {
	s := parse(t)
	check := func(what string, text mizan.Text) {
		for _, lang := range languages {
			if text[lang] == "" {
				t.Errorf("%s has no %s", what, lang)
			}
		}
	}
	check("the title", s.Title)
	check("the description", s.Description)
	for _, ind := range s.Indicators {
		check(ind.Code, ind.Name)
		if ind.Description["en"] == "" {
			t.Errorf("%s has no description", ind.Code)
		}
	}
	var walk func(spec.Node)
	walk = func(n spec.Node) {
		if len(n.Children) > 0 {
			check(n.Code, n.Name)
		}
		for _, c := range n.Children {
			walk(c)
		}
	}
	walk(s.Framework)
	for _, v := range s.Variants {
		check(v.Code, v.Title)
		check(v.Code, v.Description)
	}
	units := table(t, aiRace, "data/units.csv")
	if len(units) < 85 {
		t.Errorf("%d units, want at least 85", len(units))
	}
	for _, u := range units {
		for _, lang := range languages {
			if u["name:"+lang] == "" {
				t.Errorf("unit %s has no name in %s", u["unit"], lang)
			}
		}
		for _, group := range []string{"region", "income", "income_band"} {
			if u[group] == "" {
				t.Errorf("unit %s has no %s", u["unit"], group)
			}
		}
	}
}

// Figures that may not stand in the project: not free for commercial use, or
// with terms that nobody has stated.
var barred = []string{"ai_policies", "chip_share"}

func TestAIRaceFigures(t *testing.T) {
	s := parse(t)
	declared := map[string]bool{}
	for _, ind := range s.Indicators {
		declared[ind.Code] = true
	}
	rows := table(t, aiRace, "data/observations.csv")
	last := ""
	for _, r := range rows {
		if slices.Contains(barred, r["indicator"]) || !declared[r["indicator"]] {
			t.Fatalf("figures of %q have no place here", r["indicator"])
		}
		if key := r["unit"] + "," + r["indicator"] + "," + r["year"]; key <= last {
			t.Fatalf("%s after %s: not sorted, or twice", key, last)
		} else {
			last = key
		}
		if r["origin"] == "" {
			t.Fatalf("no origin: %v", r)
		}
	}
	if info, err := fs.Stat(aiRace, "data/observations.csv"); err != nil || info.Size() > 1_500_000 {
		t.Errorf("observations.csv should stay below 1.5 MB: %v, %v", info, err)
	}
}

func TestAIRaceLoads(t *testing.T) {
	s := parse(t)
	panel, _, err := dataset.Load(s, aiRace)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(panel.Units); n < 85 {
		t.Errorf("%d units, want at least 85", n)
	}
	for _, o := range panel.Origins[1:] {
		if o.Publisher == "" || o.Title == "" || o.Licence == "" || !strings.HasPrefix(o.URL, "https://") || o.Year == 0 {
			t.Errorf("origin %s is incomplete: %+v", o.Code, o)
		}
		for _, word := range []string{"NC", "non-commercial", "noncommercial"} {
			if strings.Contains(o.Licence, word) {
				t.Errorf("origin %s: %s", o.Code, o.Licence)
			}
		}
	}
	for i, c := range panel.Cells {
		if !math.IsNaN(panel.Values[i]) && c.Status != mizan.StructuralZero && (c.Origin == 0 || c.Year == 0) {
			t.Fatalf("value %d has no origin or year", i)
		}
	}
	for _, c := range dataset.CoverageByIndicator(panel, leaves(s.Framework), 0) {
		if c.Share < 0.65 {
			t.Errorf("%s covers %.0f %% of units, want 65", c.Code, 100*c.Share)
		}
	}
}

// The table was computed by a program in another language that shares nothing
// with this one but the figures and the rules stated in the project's README.
func TestAIRaceEqualsAnIndependentComputation(t *testing.T) {
	rows := table(t, os.DirFS("testdata"), "ai-race.csv")
	for _, variant := range []string{"scale", "intensity", "trend"} {
		r := run(t, aiRace, variant)
		for _, year := range r.Years {
			score, rank := top(t, r, year)
			seen := 0
			for _, row := range rows {
				if row["variant"] != variant || row["year"] != strconv.Itoa(year) {
					continue
				}
				seen++
				u := row["unit"]
				want, _ := strconv.ParseFloat(row["score"], 64)
				got, ok := score[u]
				if !ok || math.Abs(got-want) > 1e-9 || strconv.Itoa(rank[u]) != row["rank"] {
					t.Errorf("%s %d %s: score %v, rank %d, want %v, %s", variant, year, u, got, rank[u], want, row["rank"])
				}
			}
			if seen == 0 || seen != len(score) {
				t.Errorf("%s %d: %d units are ranked, want %d", variant, year, len(score), seen)
			}
		}
	}
}

func TestAIRaceRanks(t *testing.T) {
	_, rank := top(t, run(t, aiRace, "scale"), 2023)
	if rank["USA"] != 1 || rank["CHN"] != 2 {
		t.Errorf("the United States is %d, China %d; want 1 and 2", rank["USA"], rank["CHN"])
	}
	if _, plain := top(t, run(t, aiRace, ""), 2023); plain["RUS"] != rank["RUS"] {
		t.Errorf("scale is not the project as written: Russia is %d and %d", rank["RUS"], plain["RUS"])
	}
	trend := run(t, aiRace, "trend")
	if !slices.Equal(trend.Years, []int{2018, 2019, 2020, 2021, 2022, 2023}) {
		t.Errorf("trend has the years %v", trend.Years)
	}
	for _, year := range trend.Years {
		_, in := top(t, trend, year)
		for _, u := range rivals {
			if rank[u] == 0 || in[u] == 0 {
				t.Errorf("%s: rank %d in scale, %d in trend %d", u, rank[u], in[u], year)
			}
		}
	}
}

// averageRanks ranks values, ties sharing the mean of their places.
func averageRanks(x []float64) []float64 {
	ranks := make([]float64, len(x))
	for i, v := range x {
		for _, w := range x {
			switch {
			case w < v:
				ranks[i]++
			case w == v:
				ranks[i] += 0.5
			}
		}
	}
	return ranks
}

func spearman(x, y []float64) float64 {
	a, b := averageRanks(x), averageRanks(y)
	mean := float64(len(a)) / 2
	var ab, aa, bb float64
	for i := range a {
		ab += (a[i] - mean) * (b[i] - mean)
		aa += (a[i] - mean) * (a[i] - mean)
		bb += (b[i] - mean) * (b[i] - mean)
	}
	return ab / math.Sqrt(aa*bb)
}

func TestAIRaceAgreesWithAPublishedIndex(t *testing.T) {
	published := table(t, aiRace, "published/oxford-2023.csv")
	for _, edits := range [][]string{nil, {"build.treat.root=2"}} {
		score, _ := top(t, run(t, aiRace, "scale", edits...), 2023)
		var ours, theirs []float64
		for _, row := range published {
			if v, ok := score[row["unit"]]; ok {
				w, _ := strconv.ParseFloat(row["score"], 64)
				ours, theirs = append(ours, v), append(theirs, w)
			}
		}
		if r := spearman(ours, theirs); len(ours) < 85 || r < 0.9 {
			t.Errorf("%v: Spearman correlation %.3f over %d units, want at least 0.9 over 85", edits, r, len(ours))
		}
	}
}
