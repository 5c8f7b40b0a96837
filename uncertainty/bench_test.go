package uncertainty_test

import (
	"fmt"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"mizan/spec"
	"mizan/stat"
	"mizan/uncertainty"
)

// section replaces what a project says of its uncertainty.
func section(vary ...any) spec.Edit {
	return spec.Edit{Set: "uncertainty", To: map[string]any{"draws": 1e9, "vary": vary}}
}

type m = map[string]any

var benchmarks = []struct {
	name string
	slow bool // a build a draw
	vary []any
}{
	{"weights", false, []any{m{"weights": m{"spread": 0.25}}}},
	{"weights-and-means", false, []any{m{"weights": m{"spread": 0.25}}, m{"choose": "framework.aggregate", "from": []any{"arithmetic-mean", "geometric-mean"}}}},
	{"structures", false, []any{
		m{"weights": m{"spread": 0.25}},
		m{"choose": "build.aggregate", "from": []any{"arithmetic-mean", "geometric-mean"}},
		m{"choose": "build.impute", "from": []any{"as-is", "none"}},
		m{"choose": "build.treat", "from": []any{"as-is", "none"}},
		m{"choose": "build.normalise.to", "from": []any{[]any{1.0, 100.0}, []any{10.0, 100.0}}},
	}},
	{"pillars", false, []any{m{"weights": m{"within": 0.1, "codes": []any{"implementation", "innovation", "investment"}}}}},
	{"rebuilt", true, []any{m{"weights": m{"spread": 0.25}}, m{"error": m{"relative": 0.02}}}},
	{"edited", true, []any{m{"weights": m{"spread": 0.25}}, m{"range": "build.treat.root", "between": []any{2.0, 4.0}}}},
}

// BenchmarkDraws is how long a draw of the flagship project takes, drawn,
// evaluated, ranked and counted.
func BenchmarkDraws(b *testing.B) {
	for _, c := range benchmarks {
		b.Run(c.name, func(b *testing.B) {
			model := aiRace(b, section(c.vary...)).model(b)
			if err := model.Check(); err != nil {
				b.Fatal(err)
			}
			b.ResetTimer()
			before := processor()
			if _, err := model.Run(uncertainty.RunOptions{To: b.N}, nil); err != nil {
				b.Fatal(err)
			}
			report(b, b.N, before)
		})
	}
}

// processor is the time that this process has had on processors, which says
// more than the clock where others use them too.
func processor() time.Duration {
	var r syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &r) != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// report tells draws a second, and draws a second of processor time.
func report(b *testing.B, draws int, before time.Duration) {
	b.ReportMetric(float64(draws)/b.Elapsed().Seconds(), "draws/s")
	b.ReportMetric(float64(draws)/(processor()-before).Seconds(), "draws/cpu-s")
}

// plain is what a draw of weights takes at the least: the weights of every node
// at random, their products down the tree, the scores of the units as sums over
// the indicators, eight units side by side, ranks by insertion from the last
// order, and a count of ranks. It knows this one project and nothing else:
// no gaps, no other mean, no failures, no scores, pairs or shifts, and its
// random numbers are the cheapest. No method, no interface, no check stands
// between it and the processor.
type plain struct {
	parent  []int // per node
	weights []float64
	inputs  int
	units   int
	x       []float64 // tile by tile, input by input, unit by unit
	w, sum  []float64
	share   []float64
	scores  []float64
	order   []int
	counts  []uint32
	state   uint64
}

func newPlain(b *testing.B) *plain {
	r := aiRace(b).build(b)
	p := &plain{inputs: len(r.Indicators), state: 1}
	top := len(r.Nodes) - 1
	position := map[string]int{}
	for n, node := range r.Nodes {
		position[node.Code] = n
	}
	for _, node := range r.Nodes {
		p.weights = append(p.weights, node.Weight)
		parent := -1
		if node.Parent != "" {
			parent = position[node.Parent]
		}
		p.parent = append(p.parent, parent)
	}
	var units []int
	for u, v := range r.Scores.Column(0, top) {
		if v == v {
			units = append(units, u)
		}
	}
	p.units = len(units)
	tiles := (p.units + 7) / 8
	p.x = make([]float64, tiles*8*p.inputs)
	for i := range p.inputs {
		for k, u := range units {
			p.x[(k/8*p.inputs+i)*8+k%8] = r.Normalised.At(0, i, u)
		}
	}
	p.w, p.sum, p.share = make([]float64, top+1), make([]float64, top+1), make([]float64, top+1)
	p.scores, p.order, p.counts = make([]float64, tiles*8), make([]int, p.units), make([]uint32, p.units*p.units)
	for i := range p.order {
		p.order[i] = i
	}
	return p
}

func (p *plain) uniform() float64 {
	p.state += 0x9e3779b97f4a7c15
	z := p.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return float64((z^z>>31)>>11) / (1 << 53)
}

func (p *plain) draw() {
	top := len(p.w) - 1
	clear(p.sum)
	for n := range top {
		p.w[n] = p.weights[n] * (0.75 + 0.5*p.uniform())
		p.sum[p.parent[n]] += p.w[n]
	}
	p.share[top] = 1
	for n := top - 1; n >= 0; n-- {
		p.share[n] = p.share[p.parent[n]] * p.w[n] / p.sum[p.parent[n]]
	}
	share := p.share[:p.inputs]
	x := p.x
	for t := 0; t < len(p.scores); t += 8 {
		var s0, s1, s2, s3, s4, s5, s6, s7 float64
		for _, e := range share {
			v := (*[8]float64)(x)
			x = x[8:]
			s0 += e * v[0]
			s1 += e * v[1]
			s2 += e * v[2]
			s3 += e * v[3]
			s4 += e * v[4]
			s5 += e * v[5]
			s6 += e * v[6]
			s7 += e * v[7]
		}
		*(*[8]float64)(p.scores[t:]) = [8]float64{s0, s1, s2, s3, s4, s5, s6, s7}
	}
	for i, u := range p.order {
		v, j := p.scores[u], i
		for ; j > 0 && p.scores[p.order[j-1]] < v; j-- {
			p.order[j] = p.order[j-1]
		}
		p.order[j] = u
	}
	for rank, u := range p.order {
		p.counts[u*p.units+rank]++
	}
}

// BenchmarkRoofline sets draws beside the plain kernel, a slice of each in turn,
// so that other work on the machine weighs on both alike; both on one processor
// and measured by its time. The ratio is draws a second over plain draws a
// second.
func BenchmarkRoofline(b *testing.B) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	const slice = 1 << 14
	for _, c := range benchmarks {
		if c.slow {
			continue
		}
		b.Run(c.name, func(b *testing.B) {
			p, model := newPlain(b), aiRace(b, section(c.vary...)).model(b)
			if err := model.Check(); err != nil {
				b.Fatal(err)
			}
			var state *uncertainty.State
			var err error
			var plainly, fully time.Duration
			done := 0
			for b.Loop() {
				before := processor()
				for range slice {
					p.draw()
				}
				between := processor()
				done += slice
				if state, err = model.Run(uncertainty.RunOptions{To: done, Workers: 1}, state); err != nil {
					b.Fatal(err)
				}
				plainly, fully = plainly+between-before, fully+processor()-between
			}
			b.ReportMetric(float64(done)/fully.Seconds(), "draws/s")
			b.ReportMetric(float64(done)/plainly.Seconds(), "plain/s")
			b.ReportMetric(plainly.Seconds()/fully.Seconds(), "ratio")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// large is a project of so many units and indicators in five pillars, without
// gaps.
func large(b testing.TB, units, indicators int, vary ...any) project {
	b.Helper()
	var y, head, data strings.Builder
	y.WriteString("mizan: 1\nid: large\nperiod: {year: 2020}\nobservations: [{file: o.csv, format: wide, year: 2020}]\nindicators:\n")
	head.WriteString("unit")
	for i := range indicators {
		fmt.Fprintf(&y, "  i%d: {}\n", i)
		fmt.Fprintf(&head, ",i%d", i)
	}
	y.WriteString("framework:\n  code: top\n  children:\n")
	for p := range 5 {
		fmt.Fprintf(&y, "    - code: p%d\n      children:\n", p)
		for i := p * indicators / 5; i < (p+1)*indicators/5; i++ {
			fmt.Fprintf(&y, "        - {code: i%d}\n", i)
		}
	}
	y.WriteString("build: {normalise: {method: min-max, to: [1, 100]}}\n")
	s := stat.NewStream(1, 99, 0)
	data.WriteString(head.String() + "\n")
	for u := range units {
		fmt.Fprintf(&data, "U%05d", u)
		level := s.Uniform()
		for range indicators {
			fmt.Fprintf(&data, ",%.4f", level+s.Uniform())
		}
		data.WriteByte('\n')
	}
	files := fstest.MapFS{"mizan.yaml": {Data: []byte(y.String())}, "o.csv": {Data: []byte(data.String())}}
	return load(b, files, section(vary...))
}

// BenchmarkLarge is a draw of 5,000 units and 100 indicators.
func BenchmarkLarge(b *testing.B) {
	weights := m{"weights": m{"spread": 0.25}}
	for _, c := range []struct {
		name string
		vary []any
	}{
		{"weights", []any{weights}},
		{"weights-and-means", []any{weights, m{"choose": "framework.aggregate", "from": []any{"arithmetic-mean", "geometric-mean"}}}},
		{"simplex", []any{m{"weights": "simplex"}}},
		{"rebuilt", []any{weights, m{"error": m{"relative": 0.02}}}},
	} {
		b.Run(c.name, func(b *testing.B) {
			model := large(b, 5000, 100, c.vary...).model(b)
			b.ResetTimer()
			before := processor()
			if _, err := model.Run(uncertainty.RunOptions{To: b.N}, nil); err != nil {
				b.Fatal(err)
			}
			report(b, b.N, before)
		})
	}
}

// BenchmarkMemory tells the memory in use after so many draws, to which it
// makes no difference how many they are.
func BenchmarkMemory(b *testing.B) {
	for _, draws := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(draws), func(b *testing.B) {
			for b.Loop() {
				model := aiRace(b, section(benchmarks[1].vary...)).model(b)
				s, err := model.Run(uncertainty.RunOptions{To: draws}, nil)
				if err != nil {
					b.Fatal(err)
				}
				runtime.GC()
				var use runtime.MemStats
				runtime.ReadMemStats(&use)
				b.ReportMetric(float64(use.HeapAlloc)/(1<<20), "MB")
				runtime.KeepAlive(s)
				runtime.KeepAlive(model)
			}
		})
	}
}
