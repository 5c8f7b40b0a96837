package site

import (
	"encoding/json"
	"io/fs"
	"math"
	"slices"
	"testing"

	"mizan/alliance"
	"mizan/build"
	"mizan/engine"
	"mizan/engine/live"
	"mizan/projects"
)

// What the page builds alliances from pools as the program does, to the last
// bit: every alliance of the project, a pair, and one unit alone.
func TestPooledInThePage(t *testing.T) {
	files, _ := projects.FS("ai-race")
	text, err := fs.ReadFile(files, "mizan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	r, err := engine.Run(engine.Input{Name: "mizan.yaml", Text: text, Files: files})
	if err != nil {
		t.Fatal(err)
	}
	const year = 2023
	own, err := r.Alliances(alliance.Options{Year: year})
	if err != nil {
		t.Fatal(err)
	}
	bundle, err := live.PoolBundle(r.Spec, r.Panel, r.Result, year)
	if err != nil {
		t.Fatal(err)
	}
	table, err := json.Marshal(own.TieTable())
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("the bundle has %d bytes, the ties %d", len(bundle), len(table))
	s, panel, of, err := live.Read(bundle)
	if err != nil || of != year {
		t.Fatal(of, err)
	}
	var ties alliance.TieTable
	if err := json.Unmarshal(table, &ties); err != nil {
		t.Fatal(err)
	}
	plan, err := build.Compile(s)
	if err != nil {
		t.Fatal(err)
	}
	result, err := plan.Run(panel)
	if err != nil {
		t.Fatal(err)
	}
	page, err := alliance.New(s, panel, result, alliance.Options{Year: of, Ties: &ties})
	if err != nil {
		t.Fatal(err)
	}
	sets := [][]string{{"RUS", "CHN"}, {"BRA"}}
	for _, a := range r.Spec.Alliances {
		g, err := own.Alliance(a.Code)
		if err != nil {
			t.Fatal(err)
		}
		sets = append(sets, own.Pooled(g))
	}
	for _, codes := range sets {
		got, want := standingOf(t, page, codes), standingOf(t, own, codes)
		if len(got.Scores) != len(want.Scores) || !slices.Equal(got.Members, want.Members) {
			t.Fatalf("%v: %d scores of %v, want %d of %v", codes, len(got.Scores), got.Members, len(want.Scores), want.Members)
		}
		for i, w := range want.Scores {
			g := got.Scores[i]
			if math.Float64bits(float64(g.Score)) != math.Float64bits(float64(w.Score)) || g.Rank != w.Rank || g.Leader != w.Leader || g.Best != w.Best {
				t.Errorf("%v in %s: %v, rank %d, behind %s; want %v, %d, %s", codes, w.Code, g.Score, g.Rank, g.Leader, w.Score, w.Rank, w.Leader)
			}
		}
	}
}

func standingOf(t *testing.T, st *alliance.Study, codes []string) *alliance.Standing {
	t.Helper()
	g, err := st.Named(codes)
	if err != nil {
		t.Fatal(err)
	}
	s, err := st.Standing(g)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
