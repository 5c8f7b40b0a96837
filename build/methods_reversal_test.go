package build

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"mizan"
	"mizan/internal/oracle"
	"mizan/stat"
)

// The trials of rank reversal: so many draws of so many units in so many
// children.
const (
	reversalDraws    = 200
	reversalUnits    = 12
	reversalChildren = 5
)

// newcomers are the units that join a group, made from the figures of the
// others.
var newcomers = []struct {
	name string
	make func(x []float64) float64
}{
	{"worst of all", func(x []float64) float64 { lo, _ := stat.MinMax(x); return lo - 5 }},
	{"just below one", func(x []float64) float64 { return x[0] - 1 }},
	{"double of one", func(x []float64) float64 { return x[0] }},
}

// reversalDraw is the k-th group: figures from 20 to 100 of units that are good
// or bad in all children, but not equally, and an outcome.
func reversalDraw(k int) (g *Group, outcome []float64) {
	s := uint64(k)*2654435761 + 12345
	draw := func() float64 {
		s = s*6364136223846793005 + 1442695040888963407
		return float64(s>>40) / (1 << 24)
	}
	draw()
	common := make([]float64, reversalUnits)
	for u := range common {
		common[u] = draw()
		outcome = append(outcome, 50*(common[u]+draw()))
	}
	g = &Group{Parent: "top", Units: letters(reversalUnits), Children: letters(reversalChildren)}
	for i := range reversalChildren {
		x := make([]float64, reversalUnits)
		for u := range x {
			x[u] = math.Round((20+30*common[u]+50*draw())*10) / 10
		}
		g.X, g.W = append(g.X, x), append(g.W, float64(1+i%3))
	}
	return g, outcome
}

// joined is the group with a newcomer at the end.
func joined(g *Group, newcomer func(x []float64) float64) *Group {
	h := *g
	h.Units = append(slices.Clone(g.Units), "new")
	h.X = nil
	for _, x := range g.X {
		h.X = append(h.X, append(slices.Clone(x), newcomer(x)))
	}
	return &h
}

// scorer scores a group by one method, the rest being as plain as can be.
type scorer func(t *testing.T, e Entry, g *Group, outcome []float64) []float64

func scoreByAggregation(t *testing.T, e Entry, g *Group, _ []float64) []float64 {
	return scoresOf(t, aggregator(t, e.Name, reversalOptions(e)), g)
}

func scoreByWeights(t *testing.T, e Entry, g *Group, outcome []float64) []float64 {
	given := judgements(e.Name, g.Children)
	h := *g
	h.Outcome = func(string) ([]float64, bool) { return outcome, true }
	w, err := weigher(t, e.Name, given).Weigh(&h)
	if err != nil {
		t.Fatal(err)
	}
	h.W = w
	return scoresOf(t, arithmetic{}, &h)
}

func scoreByNormalisation(t *testing.T, e Entry, g *Group, _ []float64) []float64 {
	h := *g
	h.X = nil
	for _, x := range g.X {
		h.X = append(h.X, normalised(t, e.Name, reversalOptions(e), x, 1))
	}
	return scoresOf(t, arithmetic{}, &h)
}

func reversalOptions(e Entry) map[string]any {
	given := map[string]any{}
	for k, v := range required[e.Name] {
		given[k] = v
	}
	switch e.Name {
	case "choquet":
		given["interaction"] = map[string]any{"A": map[string]any{"B": 0.2}, "C": map[string]any{"E": -0.2}}
	case "distance-to-target":
		given["target"] = 110.0
	}
	return given
}

// reversals counts the pairs of which the order changed; being level is an
// order too.
func reversals(before, after []float64) (changed int) {
	order := func(a, b float64) int {
		if oracle.Near(a, b) {
			return 0
		}
		if a > b {
			return 1
		}
		return -1
	}
	for i := range before {
		for j := range i {
			if order(before[i], before[j]) != order(after[i], after[j]) {
				changed++
			}
		}
	}
	return changed
}

const reversalIntro = `# Rank reversal

A unit that joins an index should not change the order of those that were in
it. Some methods look at all units at once, and then it can. This page counts
how often, in drawn data: %d times %d units with %d children between 20 and 100,
weights 1 to 3. Each time one unit joins: one that is worse than all others in
every child, one that is just below another in every child, or the double of
another. The figures are the share of draws in which some two of the first %d
units changed places, or were level only before or only after, and, in brackets,
how many of the %d pairs did on average.

Most methods with 0 %% everywhere are independent of irrelevant alternatives: the
order of two units hangs on their own figures alone. (The benefit of the doubt is
not: a unit that beats others in something can reverse their order, but these
newcomers do not.) Where it is not, report the
set of units with the ranking, and hold goalposts and weights fixed when
alliances or scenarios are compared.

The page is written by ` + "`UPDATE_GOLDEN=1 go test ./build -run TestRankReversal`" + `.
`

// TestRankReversal counts, for every method of the registry that can bring it
// about, how often the order of units is changed by another that joins, and
// compares the counts with docs/rank-reversal.md.
func TestRankReversal(t *testing.T) {
	var page bytes.Buffer
	fmt.Fprintf(&page, reversalIntro, reversalDraws, reversalUnits, reversalChildren, reversalUnits, reversalUnits*(reversalUnits-1)/2)
	share := map[string][]float64{}
	for _, part := range []struct {
		stage       mizan.Stage
		title, note string
		score       scorer
	}{
		{mizan.Aggregate, "Aggregation", "The children's scores stay as they were.", scoreByAggregation},
		{mizan.Weight, "Weights", "The children's scores stay, weights are made anew, and the arithmetic mean is taken.", scoreByWeights},
		{mizan.Normalise, "Normalisation", "The figures are normalised anew, each year by itself, and the arithmetic mean is taken.", scoreByNormalisation},
	} {
		fmt.Fprintf(&page, "\n## %s\n\n%s\n\n| method |", part.title, part.note)
		for _, n := range newcomers {
			fmt.Fprintf(&page, " %s |", n.name)
		}
		page.WriteString("\n|---|" + strings.Repeat("---|", len(newcomers)) + "\n")
		for _, e := range entries() {
			if e.Stage != part.stage {
				continue
			}
			fmt.Fprintf(&page, "| %s |", e.Name)
			for _, n := range newcomers {
				draws, pairs := countReversals(t, e, n.make, part.score)
				share[string(e.Stage)+" "+e.Name] = append(share[string(e.Stage)+" "+e.Name], draws)
				fmt.Fprintf(&page, " %s |", reversalCell(draws, pairs))
			}
			page.WriteString("\n")
		}
	}
	// What is known of the methods without counting.
	for _, name := range []string{
		"arithmetic-mean", "geometric-mean", "harmonic-mean", "generalised-mean", "median", "minimum", "ordered-weighted-average", "mean-min", "mazziotta-pareto", "choquet",
		"benefit-of-the-doubt",
	} { // for which a unit that another beats in all is no yardstick
		if slices.Max(share["aggregate "+name]) > 0 {
			t.Errorf("%s cannot reverse ranks: %v", name, share["aggregate "+name])
		}
	}
	for _, name := range []string{"declared", "equal", "ahp", "budget-allocation", "swing"} {
		if slices.Max(share["weight "+name]) > 0 {
			t.Errorf("%s does not look at units and cannot reverse ranks: %v", name, share["weight "+name])
		}
	}
	for _, name := range []string{"borda-count", "copeland", "topsis"} {
		if slices.Max(share["aggregate "+name]) == 0 {
			t.Errorf("%s is known to reverse ranks", name)
		}
	}
	golden(t, "../docs/rank-reversal.md", page.Bytes())
}

func reversalCell(draws, pairs float64) string {
	if draws == 0 {
		return "0 %"
	}
	return fmt.Sprintf("%.0f %% (%.1f)", 100*draws, pairs)
}

// countReversals gives the share of draws with a reversal and the mean number
// of pairs.
func countReversals(t *testing.T, e Entry, newcomer func(x []float64) float64, score scorer) (draws, pairs float64) {
	t.Helper()
	for k := range reversalDraws {
		g, outcome := reversalDraw(k)
		before := score(t, e, g, outcome)
		after := score(t, e, joined(g, newcomer), append(slices.Clone(outcome), newcomer(outcome)))
		if n := reversals(before, after[:len(before)]); n > 0 {
			draws++
			pairs += float64(n)
		}
	}
	return draws / reversalDraws, pairs / reversalDraws
}

// golden compares a file with what it should hold, or writes it when
// UPDATE_GOLDEN is set.
func golden(t *testing.T, name string, want []byte) {
	t.Helper()
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(name, want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is out of date; run UPDATE_GOLDEN=1 go test ./build -run %s and look at the difference:\n%s", name, t.Name(), want)
	}
}
