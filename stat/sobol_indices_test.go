package stat_test

import (
	"fmt"
	"math"
	"testing"

	"mizan/internal/oracle"
	"mizan/stat"

	"pgregory.net/rapid"
)

// ishigami is the test function of Ishigami and Homma (1990), a = 7, b = 0.1,
// on the unit cube.
func ishigami(u []float64) float64 {
	x1, x2, x3 := math.Pi*(2*u[0]-1), math.Pi*(2*u[1]-1), math.Pi*(2*u[2]-1)
	return math.Sin(x1) + 7*math.Pow(math.Sin(x2), 2) + 0.1*math.Pow(x3, 4)*math.Sin(x1)
}

// Its indices are known: Saltelli and others (2008), Global Sensitivity
// Analysis: The Primer, example 4.
var (
	ishigamiFirst = []float64{0.3139, 0.4424, 0}
	ishigamiTotal = []float64{0.5576, 0.4424, 0.2437}
)

// gFunction is Sobol's g-function with the coefficients of Saltelli and Sobol
// (1995), gIndices its indices by their formula: V_i = 1/(3 (1+a_i)^2).
var gCoefficients = []float64{0, 1, 4.5, 9, 99, 99, 99, 99}

func gFunction(u []float64) float64 {
	y := 1.0
	for i, a := range gCoefficients {
		y *= (math.Abs(4*u[i]-2) + a) / (1 + a)
	}
	return y
}

func gIndices() (first, total []float64) {
	all := 1.0
	for _, a := range gCoefficients {
		all *= 1 + 1/(3*(1+a)*(1+a))
	}
	for _, a := range gCoefficients {
		v := 1 / (3 * (1 + a) * (1 + a))
		first = append(first, v/(all-1))
		total = append(total, v*all/(1+v)/(all-1))
	}
	return first, total
}

var linearCoefficients = []float64{1, 2, 3, 4}

func linear(u []float64) float64 {
	y := 0.0
	for i, c := range linearCoefficients {
		y += c * u[i]
	}
	return y
}

func each(n int) []int {
	groups := make([]int, n)
	for i := range groups {
		groups[i] = i
	}
	return groups
}

// sample runs f over a plan of Saltelli in blocks of rows.
func sample(t testing.TB, f func([]float64) float64, factorOf []int, rows, blocks int, seed uint64) []*stat.SobolSums {
	t.Helper()
	plan, err := stat.NewSaltelli(factorOf, seed)
	if err != nil {
		t.Fatal(err)
	}
	n := len(factorOf)
	a, b, mixed := make([]float64, n), make([]float64, n), make([]float64, n)
	sums := make([]*stat.SobolSums, blocks)
	for k := range sums {
		sums[k] = stat.NewSobolSums(plan.Factors(), 1)
		for r := range rows / blocks {
			plan.Row(uint32(k*(rows/blocks)+r), a, b)
			ya, yb := []float64{f(a)}, []float64{f(b)}
			sums[k].AddBase(ya, yb)
			for i := range plan.Factors() {
				plan.Mix(mixed, a, b, i)
				sums[k].AddFactor(i, ya, yb, []float64{f(mixed)})
			}
		}
	}
	return sums
}

func TestSobolIndices(t *testing.T) {
	gFirst, gTotal := gIndices()
	linearIndices := []float64{1. / 30, 4. / 30, 9. / 30, 16. / 30}
	for _, tt := range []struct {
		name         string
		f            func([]float64) float64
		factorOf     []int
		first, total []float64
	}{
		{"Ishigami", ishigami, each(3), ishigamiFirst, ishigamiTotal},
		// Inputs 1 and 3 together: their own shares and that of their interaction.
		{"Ishigami, 1 and 3 together", ishigami, []int{0, 1, 0}, []float64{0.5576, 0.4424}, []float64{0.5576, 0.4424}},
		{"Sobol's g", gFunction, each(8), gFirst, gTotal},
		{"linear", linear, each(4), linearIndices, linearIndices},
	} {
		index := stat.SobolBootstrap(sample(t, tt.f, tt.factorOf, 8192, 128, 1), 0, stat.NewResamples(128, 200, 1), 0.99)
		for i, got := range index {
			if math.Abs(got.First-tt.first[i]) > 0.02 || math.Abs(got.Total-tt.total[i]) > 0.02 {
				t.Errorf("%s, factor %d: first %.4f, want %.4f; total %.4f, want %.4f",
					tt.name, i+1, got.First, tt.first[i], got.Total, tt.total[i])
			}
			// The published figures have four digits.
			if tt.first[i] < got.FirstLow-5e-5 || tt.first[i] > got.FirstHigh+5e-5 {
				t.Errorf("%s, factor %d: %.4f is not in [%.4f, %.4f]", tt.name, i+1, tt.first[i], got.FirstLow, got.FirstHigh)
			}
			if tt.total[i] < got.TotalLow-5e-5 || tt.total[i] > got.TotalHigh+5e-5 {
				t.Errorf("%s, factor %d: %.4f is not in [%.4f, %.4f]", tt.name, i+1, tt.total[i], got.TotalLow, got.TotalHigh)
			}
			if got.Rows != 8192 {
				t.Errorf("%s: %d rows", tt.name, got.Rows)
			}
		}
	}
}

// An interval of 90 % holds the truth in at least 80 of 100 samples of 512 rows
// (here 165 to 200 of 200, by index).
func TestSobolIntervalsHold(t *testing.T) {
	const samples = 200
	first, total := gIndices()
	var inFirst, inTotal [8]int
	for seed := range uint64(samples) {
		for i, x := range stat.SobolBootstrap(sample(t, gFunction, each(8), 512, 64, seed), 0, stat.NewResamples(64, 200, seed), 0.9) {
			if x.FirstLow <= first[i] && first[i] <= x.FirstHigh {
				inFirst[i]++
			}
			if x.TotalLow <= total[i] && total[i] <= x.TotalHigh {
				inTotal[i]++
			}
		}
	}
	for i := range inFirst {
		if inFirst[i] < samples*80/100 || inTotal[i] < samples*80/100 {
			t.Errorf("factor %d: %d and %d of %d intervals hold the index", i+1, inFirst[i], inTotal[i], samples)
		}
	}
}

func TestSecondOrder(t *testing.T) {
	const rows = 1 << 14
	plan, err := stat.NewSaltelli(each(3), 1)
	if err != nil {
		t.Fatal(err)
	}
	sums, pairs, half := stat.NewSobolSums(3, 1), stat.NewSobolPairs(3), stat.NewSobolPairs(3)
	var a, b, x [3]float64
	for k := range uint32(rows) {
		plan.Row(k, a[:], b[:])
		ya, yb := ishigami(a[:]), ishigami(b[:])
		sums.AddBase([]float64{ya}, []float64{yb})
		var ab, ba [3]float64
		for i := range 3 {
			plan.Mix(x[:], a[:], b[:], i)
			ab[i] = ishigami(x[:])
			plan.Mix(x[:], b[:], a[:], i)
			ba[i] = ishigami(x[:])
			sums.AddFactor(i, []float64{ya}, []float64{yb}, ab[i:i+1])
		}
		if k%2 == 0 {
			half.Add(ya, yb, ab[:], ba[:])
		} else {
			pairs.Add(ya, yb, ab[:], ba[:])
		}
	}
	pairs.Merge(half)
	// Only inputs 1 and 3 act together, by 0.2437 of the variance.
	for _, c := range []struct {
		i, j int
		want float64
	}{{0, 1, 0.3139 + 0.4424}, {0, 2, 0.3139 + 0.2437}, {2, 1, 0.4424}} {
		if got := pairs.Closed(c.i, c.j, sums.Mean(0), sums.Variance(0)); math.Abs(got-c.want) > 0.02 {
			t.Errorf("inputs %d and %d: %.4f, want %.4f", c.i+1, c.j+1, got, c.want)
		}
	}
	if got := pairs.Closed(0, 1, 0, 0); got == got {
		t.Errorf("without variance: %v", got)
	}
}

// Two rows worked by hand: V of 1, 3, 2, 6 is 14/3; first order
// (2(2-1) + 6(5-3)) / 2 / V = 7/V; total (1 + 4) / 4 / V.
func TestSobolIndicesByHand(t *testing.T) {
	s := stat.NewSobolSums(1, 2)
	for _, row := range [][3]float64{{1, 2, 2}, {3, 6, 5}, {nan, 9, 9}} {
		// The second output is the first, shifted by 10, and constant in AB.
		y := func(v float64) []float64 { return []float64{v, 10 + v} }
		if row[0] == row[0] {
			s.AddBase(y(row[0]), y(row[1]))
		}
		s.AddFactor(0, y(row[0]), y(row[1]), y(row[2]))
	}
	first, total := s.Indices(0, 0, 0)
	if v := s.Variance(0); !near(v, 14./3) || !near(s.Mean(0), 3) || !near(s.Variance(1), 14./3) {
		t.Errorf("variance %v", v)
	}
	if !near(first, 7/(14./3)) || !near(total, 5./4/(14./3)) || s.Rows(0, 0) != 2 {
		t.Errorf("first %v, total %v, %d rows", first, total, s.Rows(0, 0))
	}
	// Centred, both outputs are the same: (-1·1 + 3·2)/2 / V.
	for o := range 2 {
		if first, _ := s.Indices(0, o, s.Mean(o)); !near(first, 2.5/(14./3)) {
			t.Errorf("output %d, centred: %v", o, first)
		}
	}
}

// The estimators on a sample of COINr's own, which does not centre.
func TestSobolIndicesCOINr(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	y := oracle.Read(t, "sensitivity/estimator_ishigami.csv").Numbers(t, "y")
	want := oracle.Read(t, "sensitivity/estimator_ishigami_indices.csv")
	n := len(y) / 5
	s := stat.NewSobolSums(3, 1)
	for r := range n {
		a, b := y[r:r+1], y[n+r:n+r+1]
		s.AddBase(a, b)
		for i := range 3 {
			s.AddFactor(i, a, b, y[(2+i)*n+r:(2+i)*n+r+1])
		}
	}
	var first, total, variance []float64
	for i := range 3 {
		f, g := s.Indices(i, 0, 0)
		first, total, variance = append(first, f), append(total, g), append(variance, s.Variance(0))
	}
	sameColumn(t, "first", first, want.Numbers(t, "Si"))
	sameColumn(t, "total", total, want.Numbers(t, "STi"))
	sameColumn(t, "variance", variance, want.Numbers(t, "Variance"))
}

// Blocks merged are the rows together, an output that does not vary has no
// indices, and a factor that does nothing has a total of exactly 0.
func TestSobolSumsProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// Whole numbers, as ranks are: their sums are exact.
		value := rapid.Custom(func(t *rapid.T) float64 {
			v := rapid.IntRange(-40, 40).Draw(t, "value")
			if v == 40 {
				return nan
			}
			return float64(v)
		})
		rows := rapid.SliceOfN(rapid.SliceOfN(value, 4, 4), 0, 30).Draw(t, "rows")
		whole, parts := stat.NewSobolSums(2, 1), []*stat.SobolSums{stat.NewSobolSums(2, 1), stat.NewSobolSums(2, 1)}
		for k, r := range rows {
			for _, s := range []*stat.SobolSums{whole, parts[k%2]} {
				s.AddBase(r[:1], r[1:2])
				s.AddFactor(0, r[:1], r[1:2], r[2:3])
				s.AddFactor(1, r[:1], r[1:2], r[:1])
			}
		}
		parts[0].Merge(parts[1])
		f1, t1 := whole.Indices(0, 0, 2)
		f2, t2 := parts[0].Indices(0, 0, 2)
		if whole.Rows(0, 0) != parts[0].Rows(0, 0) || !near(f1, f2) || !near(t1, t2) {
			t.Fatal("blocks merged differ from the whole")
		}
		if t1 < 0 {
			t.Fatalf("a total index of %v", t1)
		}
		_, total := whole.Indices(1, 0, 3)
		if whole.Rows(1, 0) > 0 && total == total && total != 0 {
			t.Fatalf("a factor that does nothing: %v", total)
		}
	})
	constant := stat.NewSobolSums(1, 1)
	for range 5 {
		constant.AddBase([]float64{0.1}, []float64{0.1})
		constant.AddFactor(0, []float64{0.1}, []float64{0.1}, []float64{0.1})
	}
	if first, total := constant.Indices(0, 0, 0); first == first || total == total {
		t.Errorf("an output that does not vary: %v, %v", first, total)
	}
	if got := stat.SobolBootstrap(nil, 0, nil, 0.9); got != nil {
		t.Errorf("no blocks: %v", got)
	}
	one := stat.SobolBootstrap([]*stat.SobolSums{constant}, 0, stat.NewResamples(1, 10, 1), 0.9)
	if len(one) != 1 || one[0].TotalLow == one[0].TotalLow {
		t.Errorf("one block: %v", one)
	}
}

// More inputs than Sobol points have dimensions for: the rest is random, and
// still uniform and apart.
func TestSaltelliOfManyInputs(t *testing.T) {
	const n, rows = 600, 500
	plan, err := stat.NewSaltelli(each(n), 7)
	if err != nil {
		t.Fatal(err)
	}
	other := plan.Clone()
	a, b := make([]float64, n), make([]float64, n)
	c, d := make([]float64, n), make([]float64, n)
	var meanA, meanB, product float64
	for k := range uint32(rows) {
		plan.Row(k, a, b)
		other.Row(rows-1-k, c, d)
		other.Row(k, c, d)
		if a[n-1] != c[n-1] || b[n-1] != d[n-1] {
			t.Fatal("a row depends on the rows before")
		}
		meanA, meanB = meanA+a[n-1]/rows, meanB+b[n-1]/rows
		product += (a[n-1] - 0.5) * (b[n-1] - 0.5) / rows
	}
	spread := 5 * math.Sqrt(1./12/rows)
	if math.Abs(meanA-0.5) > spread || math.Abs(meanB-0.5) > spread || math.Abs(product) > 5./12/math.Sqrt(rows) {
		t.Errorf("means %v, %v, covariance %v", meanA, meanB, product)
	}
}

func TestSaltelliBadFactors(t *testing.T) {
	for _, factorOf := range [][]int{nil, {1}, {0, -1}, {0, 2, 2}} {
		if _, err := stat.NewSaltelli(factorOf, 1); err == nil {
			t.Errorf("factors %v pass", factorOf)
		}
	}
}

// What drives the Ishigami function: the third input does nothing by itself,
// but a quarter of the variance together with the first.
func ExampleSobolBootstrap() {
	f := func(u []float64) float64 {
		x1, x2, x3 := math.Pi*(2*u[0]-1), math.Pi*(2*u[1]-1), math.Pi*(2*u[2]-1)
		return math.Sin(x1) + 7*math.Pow(math.Sin(x2), 2) + 0.1*math.Pow(x3, 4)*math.Sin(x1)
	}
	plan, err := stat.NewSaltelli([]int{0, 1, 2}, 1)
	if err != nil {
		fmt.Println(err)
		return
	}
	var a, b, mixed [3]float64
	blocks := make([]*stat.SobolSums, 64)
	for k := range blocks {
		blocks[k] = stat.NewSobolSums(3, 1)
		for row := range 256 {
			plan.Row(uint32(256*k+row), a[:], b[:])
			ya, yb := []float64{f(a[:])}, []float64{f(b[:])}
			blocks[k].AddBase(ya, yb)
			for i := range 3 {
				plan.Mix(mixed[:], a[:], b[:], i)
				blocks[k].AddFactor(i, ya, yb, []float64{f(mixed[:])})
			}
		}
	}
	for i, x := range stat.SobolBootstrap(blocks, 0, stat.NewResamples(64, 500, 1), 0.9) {
		fmt.Printf("x%d  alone %.1f  with the others %.1f\n", i+1, math.Abs(x.First), x.Total)
	}
	// Output:
	// x1  alone 0.3  with the others 0.6
	// x2  alone 0.4  with the others 0.4
	// x3  alone 0.0  with the others 0.2
}

func BenchmarkSobolBootstrap(b *testing.B) {
	blocks, again := sample(b, gFunction, each(8), 4096, 64, 1), stat.NewResamples(64, 200, 1)
	for b.Loop() {
		stat.SobolBootstrap(blocks, 0, again, 0.9)
	}
}
