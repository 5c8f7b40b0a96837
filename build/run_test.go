package build_test

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"mizan"
	"mizan/build"
	"mizan/spec"
)

// wide makes a spec of two pillars over n indicators and a panel of figures
// with some gaps and some outliers.
func wide(units, indicators int, seed uint64) (*spec.Spec, *mizan.Panel) {
	var b bytes.Buffer
	b.WriteString("mizan: 1\nid: wide\ntitle: {en: Wide}\nperiod: {year: 2020}\nobservations: [{file: x.csv}]\nindicators:\n")
	codes := make([]string, indicators)
	for c := range codes {
		codes[c] = fmt.Sprintf("i%03d", c)
		fmt.Fprintf(&b, "  %s: {name: %s, measure: x, direction: %d}\n", codes[c], codes[c], 1-2*(c%3/2))
	}
	b.WriteString("framework:\n  code: top\n  children:\n")
	for p := range 2 {
		fmt.Fprintf(&b, "    - code: p%d\n      weight: %d\n      children:\n", p, p+1)
		for c := p * indicators / 2; c < (p+1)*indicators/2; c++ {
			fmt.Fprintf(&b, "        - {code: %s, weight: %d}\n", codes[c], 1+c%4)
		}
	}
	b.WriteString("build:\n  screen: {min_coverage: 0.5}\n  impute: mean\n  treat: winsorise\n  normalise: {method: min-max, to: [1, 100]}\n  aggregate: [arithmetic-mean, geometric-mean]\n")
	s, err := spec.Parse("mizan.yaml", b.Bytes())
	if err != nil {
		panic(err)
	}
	names := make([]string, units)
	for u := range names {
		names[u] = fmt.Sprintf("U%06d", u)
	}
	panel := &mizan.Panel{Table: *mizan.NewTable(names, codes, []int{2020}), Info: make([]mizan.Unit, units), Origins: []mizan.Origin{{}}}
	panel.Cells = make([]mizan.Cell, len(panel.Values))
	r := rand.New(rand.NewPCG(seed, 1))
	for i := range panel.Values {
		if r.Float64() > 0.03 {
			panel.Values[i] = math.Exp(r.NormFloat64() * 1.2)
		}
	}
	return s, panel
}

func runWide(t testing.TB, s *spec.Spec, panel *mizan.Panel) *build.Result {
	t.Helper()
	plan, err := build.Compile(s)
	if err != nil {
		t.Fatal(err)
	}
	r, err := plan.Run(panel)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestWorkersChangeNothing: the same bits whatever the number of processors.
func TestWorkersChangeNothing(t *testing.T) {
	s, panel := wide(300, 40, 7)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	one := runWide(t, s, panel)
	for _, n := range []int{2, 3, 8} {
		runtime.GOMAXPROCS(n)
		other := runWide(t, s, panel)
		for name, tables := range map[string][2]*mizan.Table{"scores": {one.Scores, other.Scores}, "ranks": {one.Ranks, other.Ranks}, "treated": {one.Treated, other.Treated}} {
			for i, v := range tables[0].Values {
				if math.Float64bits(v) != math.Float64bits(tables[1].Values[i]) {
					t.Fatalf("%s: value %d is %v by one worker, %v by %d", name, i, v, tables[1].Values[i], n)
				}
			}
		}
	}
}

// TestPanelIsUntouched: a panel may be run again and again.
func TestPanelIsUntouched(t *testing.T) {
	s, panel := wide(50, 8, 3)
	before := slices.Clone(panel.Values)
	runWide(t, s, panel)
	for i, v := range panel.Values {
		if math.Float64bits(v) != math.Float64bits(before[i]) {
			t.Fatalf("value %d was %v and is %v", i, before[i], v)
		}
	}
}

// TestContributionsAddUp holds for every framework, weights, gaps and means:
// contributions add up to the score, effective weights to 1 level by level,
// and the trace says the same as the tables.
func TestContributionsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, files := drawProject(t)
		r, err := project(files)
		if err != nil {
			t.Fatalf("%v\n%s", err, s)
		}
		sum := 0.0
		for _, n := range r.Nodes {
			if n.Level == 1 {
				sum += n.Effective
			}
		}
		if math.Abs(sum-1) > 1e-12 {
			t.Errorf("effective weights of the indicators add up to %v", sum)
		}
		top := len(r.Scores.Codes) - 1
		for u, unit := range r.Units {
			score := r.Scores.At(0, top, u)
			parts, err := r.Contributions(unit, 2020)
			if err != nil {
				t.Fatal(err)
			}
			if score != score {
				continue
			}
			sum := 0.0
			for c, v := range parts {
				if r.Scores.At(0, c, u) == r.Scores.At(0, c, u) {
					sum += v
				}
			}
			if math.Abs(sum-score) > 1e-9*math.Max(1, math.Abs(score)) {
				t.Errorf("%s: contributions add up to %v, the score is %v\n%s", unit, sum, score, s)
			}
			checkTraces(t, r, unit, u)
		}
	})
}

// checkTraces: what a code contributes to the top by its trace is what the
// contributions say, and parts add up.
func checkTraces(t *rapid.T, r *build.Result, unit string, u int) {
	parts, _ := r.Contributions(unit, 2020)
	for n, node := range r.Nodes {
		tr, err := r.Trace(unit, node.Code, 2020)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := float64(tr.Score), r.Scores.At(0, n, u); got != want && got == got {
			t.Errorf("%s %s: the trace has %v, the table %v", unit, node.Code, got, want)
		}
		if node.Level == 1 && len(tr.Path) > 0 {
			got, want := float64(tr.Path[len(tr.Path)-1].Contribution), parts[n]
			if math.Abs(got-want) > 1e-9 || (got == got) != (want == want) {
				t.Errorf("%s %s contributes %v by its trace, %v by the whole", unit, node.Code, got, want)
			}
		}
		sum, any := 0.0, false
		for _, p := range tr.Parts {
			if v := float64(p.Value); v == v {
				sum, any = sum+float64(p.Contribution), true
			}
		}
		if score := float64(tr.Score); any && score == score && math.Abs(sum-score) > 1e-9*math.Max(1, math.Abs(score)) {
			t.Errorf("%s: the parts of %s add up to %v, its score is %v", unit, node.Code, sum, score)
		}
	}
}

// drawProject makes a random framework over random figures.
func drawProject(t *rapid.T) (string, fstest.MapFS) {
	n := rapid.IntRange(1, 9).Draw(t, "indicators")
	var b bytes.Buffer
	b.WriteString("mizan: 1\nid: drawn\ntitle: {en: Drawn}\nperiod: {year: 2020}\nobservations: [{file: d.csv, format: wide, year: 2020}]\nindicators:\n")
	head := "unit"
	for c := range n {
		fmt.Fprintf(&b, "  i%d: {name: x, measure: x, direction: %d}\n", c, rapid.SampledFrom([]int{1, -1}).Draw(t, "direction"))
		head += fmt.Sprintf(",i%d", c)
	}
	b.WriteString("framework: ")
	aggregates := 0
	drawTree(t, &b, rapid.Permutation(numbers(n)).Draw(t, "order"), &aggregates)
	method := rapid.SampledFrom([]string{"arithmetic-mean", "geometric-mean", "harmonic-mean", "median", "minimum", "{method: generalised-mean, exponent: 2}"})
	fmt.Fprintf(&b, "\nbuild:\n  normalise: {method: min-max, to: [1, 100]}\n  aggregate: [%s, %s]\n", method.Draw(t, "low"), method.Draw(t, "high"))
	data := head + "\n"
	for u := range rapid.IntRange(1, 6).Draw(t, "units") {
		data += fmt.Sprintf("U%d", u)
		for range n {
			if rapid.IntRange(0, 9).Draw(t, "gap") == 0 {
				data += ","
			} else {
				data += fmt.Sprintf(",%d", rapid.IntRange(-20, 20).Draw(t, "figure"))
			}
		}
		data += "\n"
	}
	return b.String() + data, fstest.MapFS{"mizan.yaml": {Data: b.Bytes()}, "d.csv": {Data: []byte(data)}}
}

func numbers(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// drawTree writes an aggregate over the given indicators.
func drawTree(t *rapid.T, b *bytes.Buffer, leaves []int, aggregates *int) {
	*aggregates++
	fmt.Fprintf(b, "{code: g%d, weight: %d, ", *aggregates, rapid.IntRange(1, 5).Draw(t, "weight"))
	if *aggregates > 1 {
		fmt.Fprintf(b, "direction: %d, ", rapid.SampledFrom([]int{1, 1, -1}).Draw(t, "direction"))
	}
	b.WriteString("children: [")
	for first := true; len(leaves) > 0; first = false {
		if !first {
			b.WriteString(", ")
		}
		k := rapid.IntRange(1, len(leaves)).Draw(t, "part")
		if k == 1 || *aggregates > 6 {
			fmt.Fprintf(b, "{code: i%d, weight: %d}", leaves[0], rapid.IntRange(1, 5).Draw(t, "weight"))
			k = 1
		} else {
			drawTree(t, b, leaves[:k], aggregates)
		}
		leaves = leaves[k:]
	}
	b.WriteString("]}")
}

// BenchmarkRun is the way from panel to ranks: screening, imputation,
// winsorising, min-max, means by level, ranks.
func BenchmarkRun(b *testing.B) {
	for _, size := range []struct{ units, indicators int }{{51, 49}, {193, 49}, {100_000, 49}} {
		s, panel := wide(size.units, size.indicators, 1)
		plan, err := build.Compile(s)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("%dx%d", size.units, size.indicators), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := plan.Run(panel); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
