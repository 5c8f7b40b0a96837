package alliance_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"mizan"
	"mizan/alliance"
	"mizan/build"
	"mizan/dataset"
	"mizan/spec"
)

// raceStudy looks at the AI race of the project.
func raceStudy(t testing.TB, o alliance.Options, edits ...string) *alliance.Study {
	t.Helper()
	text, err := os.ReadFile("../projects/ai-race/mizan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	s, err := spec.Parse("mizan.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range edits {
		edit, err := spec.ParseEdit(e)
		if err != nil {
			t.Fatal(err)
		}
		if s, err = s.Apply(edit); err != nil {
			t.Fatal(err)
		}
	}
	panel, _, err := dataset.Load(s, os.DirFS("../projects/ai-race"))
	if err != nil {
		t.Fatal(err)
	}
	st, err := alliance.New(s, panel, run(t, s, panel), o)
	if err != nil {
		t.Fatal(err)
	}
	return st
}

func run(t tb, s *spec.Spec, panel *mizan.Panel) *build.Result {
	t.Helper()
	plan, err := build.Compile(s)
	if err != nil {
		t.Fatalf("%v", err)
	}
	r, err := plan.Run(panel)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return r
}

// drawn is a random project with its panel.
type drawn struct {
	spec  *spec.Spec
	panel *mizan.Panel
}

// draw makes a project of three to seven units, four to six indicators of all
// pooling rules, some of them divided or multiplied by another, with gaps, and
// any methods.
func draw(t *rapid.T) drawn {
	units := make([]string, rapid.IntRange(3, 7).Draw(t, "units"))
	for i := range units {
		units[i] = fmt.Sprintf("U%d", i)
	}
	n := rapid.IntRange(4, 6).Draw(t, "indicators")
	rules := []string{"sum", "{sum: {joint: t}}", "{sum: {internal: t}}", "mean", "max", "min", "none", "{weighted_mean: size}", "{weighted_mean: wealth}"}
	var b strings.Builder
	b.WriteString("mizan: 1\nid: drawn\nperiod: {year: 2020}\nobservations: [{file: o.csv}]\nties: [{code: t, file: t.csv}]\nindicators:\n  size: {pool: sum}\n  wealth: {pool: sum}\n")
	codes := []string{"size", "wealth"}
	for i := range n {
		codes = append(codes, fmt.Sprintf("i%d", i))
		fmt.Fprintf(&b, "  i%d: {pool: %s, direction: %d}\n", i, rapid.SampledFrom(rules).Draw(t, "rule"), rapid.SampledFrom([]int{1, -1}).Draw(t, "direction"))
	}
	half := n / 2
	fmt.Fprintf(&b, "framework:\n  code: top\n  children:\n    - {code: a, weight: 2, children: [%s]}\n    - {code: b, direction: %d, children: [%s]}\n",
		children(0, half), rapid.SampledFrom([]int{1, 1, -1}).Draw(t, "pillar's direction"), children(half, n))
	fmt.Fprintf(&b, "build:\n  impute: %s\n  screen: %s\n  treat: %s\n  normalise: %s\n  aggregate: [%s, %s]\n  denominate: {i0: size, i1: {by: wealth, scale: 10, operation: multiply}}\n",
		rapid.SampledFrom([]string{"none", "median", "mean"}).Draw(t, "impute"),
		rapid.SampledFrom([]string{"none", "{method: coverage, min_coverage: 0.4}"}).Draw(t, "screen"),
		rapid.SampledFrom([]string{"none", "{method: power, root: 3}", "{method: winsorise, max_points: 1, when: always}", "{method: inverse-hyperbolic-sine}"}).Draw(t, "treat"),
		rapid.SampledFrom([]string{"{method: min-max, to: [1, 100]}", "z-score", "percentile-rank", "rank", "{method: fraction-of-max}"}).Draw(t, "normalise"),
		rapid.SampledFrom(aggregations).Draw(t, "first level"), rapid.SampledFrom(aggregations).Draw(t, "second level"))
	s, err := spec.Parse("mizan.yaml", []byte(b.String()))
	if err != nil {
		t.Fatalf("%v\n%s", err, b.String())
	}
	panel := &mizan.Panel{Table: *mizan.NewTable(units, codes, []int{2020}), Origins: make([]mizan.Origin, 1)}
	for c := range codes {
		for u := range units {
			v := rapid.Float64Range(1, 1000).Draw(t, "figure")
			if c > 1 && rapid.IntRange(0, 5).Draw(t, "gap") == 0 {
				v = math.NaN()
			}
			panel.Column(0, c)[u] = v
		}
	}
	for _, u := range units {
		panel.Info = append(panel.Info, mizan.Unit{Code: u})
	}
	for _, v := range panel.Values {
		cell := mizan.Cell{Year: 2020, Status: mizan.Observed}
		if v != v {
			cell = mizan.Cell{}
		}
		panel.Cells = append(panel.Cells, cell)
	}
	return drawn{s, panel}
}

// tieTable is ties between units of one code, by the two of them in order.
type tieTable map[[2]string]float64

func (m tieTable) Between(code string, _ int, a, b string) (float64, bool) {
	if a > b {
		a, b = b, a
	}
	w, known := m[[2]string{a, b}]
	return w, code == "t" && known
}

// drawTies makes ties between some pairs of units; of others nothing is known.
func drawTies(t *rapid.T) alliance.Ties {
	m := tieTable{}
	for a := range 7 {
		for b := range a {
			if rapid.IntRange(0, 3).Draw(t, "tied") > 0 {
				m[[2]string{fmt.Sprintf("U%d", b), fmt.Sprintf("U%d", a)}] = rapid.Float64Range(0, 400).Draw(t, "tie")
			}
		}
	}
	return m
}

var aggregations = []string{
	"arithmetic-mean", "median", "minimum", "{method: generalised-mean, exponent: 3}", "mean-min", "{method: arithmetic-mean, min_available: 0.6}",
	"copeland", "borda-count", "topsis", "{method: ordered-weighted-average, exponent: 2}",
}

func children(from, to int) string {
	var list []string
	for i := from; i < to; i++ {
		list = append(list, fmt.Sprintf("{code: i%d, weight: %d}", i, 1+i%3))
	}
	return strings.Join(list, ", ")
}

// study builds a drawn project; false if its methods are not defined for its
// figures.
func (d drawn) study(t *rapid.T, o alliance.Options) (*alliance.Study, *build.Result, bool) {
	plan, err := build.Compile(d.spec)
	if err != nil {
		return nil, nil, false
	}
	r, err := plan.Run(d.panel)
	if err != nil {
		return nil, nil, false
	}
	st, err := alliance.New(d.spec, d.panel, r, o)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return st, r, true
}

func named(t tb, st *alliance.Study, codes ...string) *alliance.Group {
	t.Helper()
	g, err := st.Named(codes)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return g
}

func same(a, b float64) bool { return a == b || a != a && b != b }

// An alliance of one is its member: every score and every rank has the same
// bits, whatever the methods, and whatever was imputed or screened out.
func TestAllianceOfOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		st, r, ok := d.study(t, alliance.Options{Ties: drawTies(t)})
		if !ok {
			return
		}
		for u, unit := range r.Units {
			s, err := st.Standing(named(t, st, unit))
			if err != nil {
				t.Fatalf("%v", err)
			}
			for n, score := range s.Scores {
				if want := r.Scores.At(0, n, u); !same(float64(score.Score), want) {
					t.Fatalf("%s scores %v in %s, and as an alliance of one %v\n%s", unit, want, score.Code, score.Score, d.spec.Canonical())
				}
				want := r.Ranks.At(0, n, u)
				if want != want {
					want = 0
				}
				if float64(score.Rank) != want {
					t.Fatalf("%s has rank %v in %s, and as an alliance of one %d", unit, want, score.Code, score.Rank)
				}
			}
		}
	})
}

// Every unit of the AI race too, as the alliance of one that a user would type.
func TestAllianceOfOneInTheRace(t *testing.T) {
	st := raceStudy(t, alliance.Options{})
	for _, unit := range st.Units() {
		s, err := st.Standing(named(t, st, unit))
		if err != nil {
			t.Fatal(err)
		}
		top := s.Scores[len(s.Scores)-1]
		if !same(float64(top.Score), float64(top.BestScore)) || top.Rank != top.BestRank || top.Gain != 0 && top.Gain == top.Gain {
			t.Errorf("%s scores %v, rank %d, and as an alliance of one %v, rank %d", unit, top.BestScore, top.BestRank, top.Score, top.Rank)
		}
	}
}

func asJSON(t tb, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return string(text)
}

// The order in which members are named changes nothing, to the last bit, and
// the value of a coalition among many is its standing.
func TestPoolingIsFreeOfOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		st, r, ok := d.study(t, alliance.Options{Ties: drawTies(t)})
		if !ok {
			return
		}
		members := rapid.Permutation(r.Units[1:]).Draw(t, "members")
		first, err := st.Standing(named(t, st, members...))
		if err != nil {
			return // an aggregation that is not defined for what was pooled
		}
		again, err := st.Standing(named(t, st, r.Units[1:]...))
		if err != nil {
			t.Fatalf("%v", err)
		}
		if a, b := asJSON(t, first), asJSON(t, again); a != b {
			t.Fatalf("in one order\n%s\nin another\n%s", a, b)
		}
		values, err := alliance.ExactScores(st, members)
		if err != nil {
			return
		}
		mask := rapid.IntRange(1, len(values)-1).Draw(t, "coalition")
		var coalition []string
		for i, unit := range r.Units[1:] {
			if mask>>i&1 == 1 {
				coalition = append(coalition, unit)
			}
		}
		want := 0.0 // the value of coalitions without a score
		if s, err := st.Standing(named(t, st, coalition...)); err == nil {
			if v := float64(s.Scores[len(s.Scores)-1].Score); v == v {
				want = v
			}
		}
		if values[mask] != want {
			t.Fatalf("%v is worth %v among many and %v by itself", coalition, values[mask], want)
		}
	})
}

// An alliance in the project, and looking at it, moves no figure of the index by
// a bit.
func TestAlliancesMoveNoUnit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		_, before, ok := d.study(t, alliance.Options{Ties: drawTies(t)})
		if !ok {
			return
		}
		members := rapid.Permutation(before.Units).Draw(t, "members")[:len(before.Units)-1]
		list := make([]any, len(members))
		for i, m := range members {
			list[i] = m
		}
		with, err := d.spec.Apply(spec.Edit{Set: "alliances", To: []any{map[string]any{"code": "x", "members": list}}})
		if err != nil {
			t.Fatalf("%v", err)
		}
		if err := alliance.Check(with, d.panel); err != nil {
			t.Fatalf("%v", err)
		}
		st, after, _ := drawn{with, d.panel}.study(t, alliance.Options{})
		g, err := st.Alliance("X")
		if err != nil {
			t.Fatalf("%v", err)
		}
		if _, err := st.Detail(g, alliance.Sampling{}); err != nil {
			return
		}
		for _, tables := range [][2]*mizan.Table{{before.Scores, after.Scores}, {before.Ranks, after.Ranks}, {before.Normalised, after.Normalised}, {before.Raw, after.Raw}} {
			if !slices.EqualFunc(tables[0].Values, tables[1].Values, same) {
				t.Fatalf("without %v\nwith %v", tables[0].Values, tables[1].Values)
			}
		}
	})
}

// The contributions of every value function add up to the value of the whole.
func TestContributionsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		st, r, ok := d.study(t, alliance.Options{Ties: drawTies(t)})
		if !ok {
			return
		}
		all, pivot, err := st.Contributions(named(t, st, r.Units[1:]...), alliance.Sampling{})
		if err != nil {
			return
		}
		if pivot != nil {
			all = append(all, pivot.Power)
		}
		for _, c := range all {
			sum := 0.0
			for _, m := range c.Members {
				sum += m.Shapley.Value
			}
			near(t, c.Game, sum, float64(c.Total), 1e-9*max(1, math.Abs(float64(c.Total))))
		}
	})
}

// Sampled against exact on 18 members: within three standard errors, and the
// estimates add up too.
func TestSampledAgainstExact(t *testing.T) {
	st := raceStudy(t, alliance.Options{})
	var members []string
	for i, unit := range st.Units() {
		if i%4 == 1 && len(members) < 18 && unit != "TWN" {
			members = append(members, unit)
		}
	}
	if len(members) != 18 {
		t.Fatalf("%d members", len(members))
	}
	values, err := alliance.ExactScores(st, members)
	if err != nil {
		t.Fatal(err)
	}
	shapley, banzhaf, err := alliance.SampledScores(st, members, 300, 1)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for i, want := range alliance.Shapley(values) {
		got := shapley[i]
		sum += got.Value
		if d := math.Abs(got.Value - want); d > 3*got.StandardError || got.StandardError > 0.1 {
			t.Errorf("Shapley of %s: sampled %v with error %v, exact %v", members[i], got.Value, got.StandardError, want)
		}
	}
	near(t, "the sum", sum, values[len(values)-1], 1e-9)
	for i, want := range alliance.Banzhaf(values) {
		if d := math.Abs(banzhaf[i].Value - want); d > 3*banzhaf[i].StandardError {
			t.Errorf("Banzhaf of %s: sampled %v with error %v, exact %v", members[i], banzhaf[i].Value, banzhaf[i].StandardError, want)
		}
	}
	again, _, err := alliance.SampledScores(st, members, 300, 1)
	if err != nil || !slices.Equal(again, shapley) {
		t.Errorf("the same seed gives %v and %v", shapley, again)
	}
}

// A search by bounds finds what valuing every coalition finds.
func TestBoundsLoseNothing(t *testing.T) {
	bounded := 0
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		st, r, ok := d.study(t, alliance.Options{Ties: drawTies(t)})
		if !ok {
			return
		}
		top := r.Scores.Column(0, len(r.Nodes)-1)
		goal := rapid.SampledFrom(top).Draw(t, "goal") + rapid.SampledFrom([]float64{0, 1, 5}).Draw(t, "more")
		if goal != goal {
			return
		}
		var base *alliance.Group
		if rapid.Bool().Draw(t, "from some") {
			base = named(t, st, r.Units[0])
		}
		s := alliance.Search{Goal: alliance.Goal{Score: goal}, Most: 5, Show: 100}
		f, err := st.Search(base, s)
		if err != nil {
			return
		}
		if f.Method == "bounds" {
			bounded++
		}
		want := everyPasser(t, st, r, base, goal, f.Most)
		var got []string
		for _, a := range f.Alliances {
			got = append(got, strings.Join(a.Members, " "))
		}
		slices.Sort(got)
		if !slices.Equal(got, want) || f.Count != len(want) {
			t.Fatalf("found %v (%s), there are %v\n%s", got, f.Method, want, d.spec.Canonical())
		}
	})
	if bounded == 0 {
		t.Error("no search went by bounds")
	}
}

// everyPasser lists the smallest alliances that pass by looking at each.
func everyPasser(t *rapid.T, st *alliance.Study, r *build.Result, base *alliance.Group, goal float64, most int) []string {
	var start []string
	if base != nil {
		start = st.Pooled(base)
	}
	bySize := map[int][]string{}
	for mask := range 1 << len(r.Units) {
		members, joined := slices.Clone(start), 0
		ok := true
		for i, u := range r.Units {
			if mask>>i&1 == 0 {
				continue
			}
			score := r.Scores.At(0, len(r.Nodes)-1, i)
			ok = ok && score == score && !slices.Contains(start, u)
			members, joined = append(members, u), joined+1
		}
		if !ok || len(members) == 0 || len(members) == len(r.Units) || joined > most {
			continue
		}
		slices.Sort(members)
		s, err := st.Standing(named(t, st, members...))
		if err != nil {
			continue // an aggregation is not defined for what is pooled
		}
		if float64(s.Scores[len(s.Scores)-1].Score) > goal {
			bySize[joined] = append(bySize[joined], strings.Join(members, " "))
		}
	}
	for size := range most + 1 {
		if list := bySize[size]; len(list) > 0 {
			slices.Sort(list)
			return list
		}
	}
	return nil
}
