package audit_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"mizan"
	"mizan/audit"
	"mizan/internal/oracle"
)

// Five units in two pillars. Weights (v, w) may give nobody more than 1:
// 4v + w, v + 4w and 3v + 3w at most 1. So U01 (4, 1), U02 (1, 4) and U03 (3, 3)
// reach 1; U04 (2, 2) reaches 2/3 along 3v + 3w = 1; and U05 (2, 1) has its best
// where 4v + w = 3v + 3w = 1, at v = 2/9, w = 1/9: 5/9. In the index, the mean,
// they score 2.5, 2.5, 3, 2 and 1.5: ranks 2, 2, 1, 4, 5.
func TestFrontier(t *testing.T) {
	p := project{
		framework: "{code: top, children: [{code: a}, {code: b}]}",
		figures:   map[string][]float64{"a": {4, 1, 3, 2, 2}, "b": {1, 4, 3, 2, 1}},
	}
	s, panel, r := p.make(t)
	f := audited(t, s, panel, r).Frontier
	for u, want := range []float64{1, 1, 1, 2. / 3, 5. / 9} {
		if math.Abs(f.Scores[u]-want) > 1e-12 || f.Ranks[u] != []float64{1, 1, 1, 4, 5}[u] {
			t.Errorf("%s: score %v, want %v; rank %v", r.Units[u], f.Scores[u], want, f.Ranks[u])
		}
	}
	if !slices.Equal(f.Units, []string{"U01", "U02", "U03"}) || f.Mean != 0.4 || f.Largest != 1 || f.Unit != "U01" || f.Compared != 5 {
		t.Errorf("%+v", f)
	}
	// Scores below zero are brought onto a scale above it: a goes from 100 to 1
	// over three steps, b over three; the order of the units is the same.
	for _, x := range p.figures {
		for u := range x {
			x[u] -= 3
		}
	}
	s, panel, r = p.make(t)
	f = audited(t, s, panel, r).Frontier
	if !strings.Contains(f.Note, "from 1 to 100") || f.Scores[0] != 1 || f.Scores[1] != 1 || f.Scores[4] >= f.Scores[3] {
		t.Errorf("%+v", f)
	}
	// One pillar has no weights to choose.
	p = project{framework: "{code: top, children: [{code: a}]}", figures: map[string][]float64{"a": five}}
	s, panel, r = p.make(t)
	if out := audited(t, s, panel, r); out.Frontier != nil || verdictOf(out, "frontier") != audit.None {
		t.Errorf("%+v", out.Frontier)
	}
}

func verdictOf(r *audit.Result, id string) audit.Verdict {
	i := slices.IndexFunc(r.Checks, func(c audit.Check) bool { return c.ID == id })
	return r.Checks[i].Verdict
}

// TestOracleFrontier: the scores that lpSolve gives for the five pillars of
// Connectivity in the ASEM example.
func TestOracleFrontier(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	for _, kind := range []string{"amean_of_minmax_0.01_1", "rescaled_0.01_1"} {
		in, want := oracle.Read(t, "bod/input_pillars_"+kind+".csv"), oracle.Read(t, "bod/bod_free_"+kind+".csv")
		p := project{figures: map[string][]float64{}}
		var nodes []string
		for _, pillar := range in.Names[1:] {
			code := strings.ToLower(pillar)
			nodes = append(nodes, "{code: "+code+"}")
			for _, row := range in.Rows {
				p.figures[code] = append(p.figures[code], oracle.Number(t, row[pillar]))
			}
		}
		p.framework = "{code: top, children: [" + strings.Join(nodes, ", ") + "]}"
		s, panel, r := p.make(t)
		out := audited(t, s, panel, r)
		var leaders []string
		for u, row := range in.Rows {
			score := oracle.Number(t, want.Row(t, "uCode", row["uCode"])["score"])
			if !oracle.Near(out.Frontier.Scores[u], score) {
				t.Errorf("%s: %s scores %v, want %v", kind, row["uCode"], out.Frontier.Scores[u], score)
			}
			if score > 1-1e-9 {
				leaders = append(leaders, r.Units[u])
			}
		}
		if !slices.Equal(out.Frontier.Units, leaders) {
			t.Errorf("%s: frontier %v, want %v", kind, out.Frontier.Units, leaders)
		}
	}
}

// A year that is not built, and scores for which there is no benefit of the
// doubt, are errors with a place.
func TestFrontierErrors(t *testing.T) {
	_, _, r := project{
		framework: "{code: top, children: [{code: a}, {code: b}]}", figures: map[string][]float64{"a": {-1, 2}, "b": {1, 4}},
	}.make(t)
	if _, err := r.Frontier(1900); err == nil {
		t.Error("a year that is not built is taken")
	}
	_, err := r.Frontier(2020)
	var ps mizan.Problems
	if !errors.As(err, &ps) || len(ps) != 1 || !strings.Contains(ps[0].Cause, "a of U01") || ps[0].Place.Line == 0 {
		t.Errorf("%v", err)
	}
}
