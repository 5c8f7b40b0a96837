package stat_test

import (
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"mizan/stat"

	"pgregory.net/rapid"
)

// Programmes worked by hand or well known.
func TestSimplex(t *testing.T) {
	type rows = [][]float64
	for _, tt := range []struct {
		name  string
		c     []float64
		a     rows
		b     []float64
		x     []float64 // nil where several are as good
		value float64
		err   error
	}{
		{"Wyndor Glass, Hillier and Lieberman", []float64{3, 5}, rows{{1, 0}, {0, 2}, {3, 2}}, []float64{4, 12, 18}, []float64{2, 6}, 36, nil},
		{"limits from below", []float64{-2, -3}, rows{{-1, -1}, {-1, -3}}, []float64{-4, -6}, []float64{3, 1}, -9, nil},
		{"an equation", []float64{1, 2}, rows{{1, 1}, {-1, -1}, {0, 1}}, []float64{3, -3, 2}, []float64{1, 2}, 5, nil},
		{
			"Beale (1955), who saw it cycle",
			[]float64{0.75, -150, 0.02, -6},
			rows{{0.25, -60, -0.04, 9}, {0.5, -90, -0.02, 3}, {0, 0, 1, 0}},
			[]float64{0, 0, 1},
			[]float64{0.04, 0, 1, 0},
			0.05, nil,
		},
		{"Klee and Minty (1972)", []float64{100, 10, 1}, rows{{1, 0, 0}, {20, 1, 0}, {200, 20, 1}}, []float64{1, 100, 10000}, []float64{0, 0, 10000}, 10000, nil},
		{"a whole edge", []float64{1, 1}, rows{{1, 1}}, []float64{2}, nil, 2, nil},
		{"no limits reached", []float64{-1, -1}, rows{{1, 1}}, []float64{2}, []float64{0, 0}, 0, nil},
		{"no limits at all", []float64{-1}, nil, nil, []float64{0}, 0, nil},
		{"small and large figures", []float64{1e-6, 1e6}, rows{{1e-9, 0}, {0, 1e9}}, []float64{1, 1}, []float64{1e9, 1e-9}, 1000.001, nil},
		{"rows of very different size", []float64{1, 1}, rows{{1, 0.5}, {0.5, 1}, {1e-9, 2e-9}}, []float64{1, 1, 1}, []float64{2. / 3, 2. / 3}, 4. / 3, nil},
		{"contrary limits", []float64{1}, rows{{1}, {-1}}, []float64{1, -2}, nil, nan, stat.ErrInfeasible},
		{"without limit", []float64{1, 0}, rows{{-1, 1}}, []float64{1}, nil, nan, stat.ErrUnbounded},
		{"without limit, from below", []float64{1, 1}, rows{{-1, -1}}, []float64{-1}, nil, nan, stat.ErrUnbounded},
		{"missing", []float64{nan}, rows{{1}}, []float64{1}, nil, nan, stat.ErrBadNumbers},
		{"missing limit", []float64{1}, rows{{1}}, []float64{math.Inf(1)}, nil, nan, stat.ErrBadNumbers},
		{"short row", []float64{1, 2}, rows{{1}}, []float64{1}, nil, nan, stat.ErrBadNumbers},
	} {
		x, value, err := stat.Simplex(tt.c, tt.a, tt.b)
		if !errors.Is(err, tt.err) || !near(value, tt.value) {
			t.Errorf("%s: %v %v, want %v %v", tt.name, value, err, tt.value, tt.err)
		}
		if tt.x != nil {
			sameColumn(t, tt.name, x, tt.x)
		}
	}
}

// programme is a random one with small whole coefficients, so that many
// corners coincide, and some with others.
func programme(t *rapid.T) (c []float64, a [][]float64, b []float64) {
	n, m := rapid.IntRange(1, 5).Draw(t, "variables"), rapid.IntRange(1, 7).Draw(t, "limits")
	whole := rapid.Map(rapid.IntRange(-4, 6), func(i int) float64 { return float64(i) })
	value := rapid.OneOf(whole, whole, rapid.Map(rapid.IntRange(-500, 2000), func(i int) float64 { return float64(i) / 100 }))
	c = rapid.SliceOfN(value, n, n).Draw(t, "c")
	for range m {
		a = append(a, rapid.SliceOfN(value, n, n).Draw(t, "row"))
		b = append(b, value.Draw(t, "limit"))
	}
	return c, a, b
}

// The dual programme has the same value, and its solution proves the first one
// right: no point within the limits can be better.
func TestSimplexDuality(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, a, b := programme(t)
		x, value, err := stat.Simplex(c, a, b)
		dualA := make([][]float64, len(c))
		dualC, dualB := make([]float64, len(b)), make([]float64, len(c))
		for i := range b {
			dualC[i] = -b[i]
		}
		for j := range c {
			dualB[j] = -c[j]
			for i := range b {
				dualA[j] = append(dualA[j], -a[i][j])
			}
		}
		y, dual, dualErr := stat.Simplex(dualC, dualA, dualB)
		switch {
		case err == nil && dualErr == nil:
			if math.Abs(value+dual) > 1e-7*math.Max(1, math.Abs(value)) {
				t.Fatalf("value %v, of the dual %v", value, -dual)
			}
			within(t, a, b, x)
			within(t, dualA, dualB, y)
		case errors.Is(err, stat.ErrUnbounded) && errors.Is(dualErr, stat.ErrInfeasible):
		case errors.Is(err, stat.ErrInfeasible) && (errors.Is(dualErr, stat.ErrUnbounded) || errors.Is(dualErr, stat.ErrInfeasible)):
		default:
			t.Fatalf("%v, and the dual %v", err, dualErr)
		}
	})
}

func within(t *rapid.T, a [][]float64, b, x []float64) {
	for i, row := range a {
		sum, size := 0.0, math.Abs(b[i])
		for j, v := range x {
			if !(v >= 0) {
				t.Fatalf("x %v is negative", x)
			}
			sum += row[j] * v
			size = math.Max(size, math.Abs(row[j]*v))
		}
		if sum > b[i]+1e-8*math.Max(1, size) {
			t.Fatalf("limit %d: %v is above %v", i, sum, b[i])
		}
	}
}

// GLPK, where it is installed, finds the same values and the same faults.
func TestSimplexAgainstGLPK(t *testing.T) {
	glpsol, err := exec.LookPath("glpsol")
	if err != nil {
		t.Log("glpsol is not installed; the duals alone decide")
		return
	}
	folder := t.TempDir()
	s := uint64(7)
	draw := func() float64 {
		s = s*6364136223846793005 + 1442695040888963407
		return float64(s>>11) / (1 << 53)
	}
	kinds := map[error]int{}
	for k := range 120 {
		n, m := 1+int(draw()*12), 1+int(draw()*25)
		var c, b []float64
		var a [][]float64
		for range n {
			c = append(c, math.Round(draw()*100)/10-2)
		}
		for range m {
			row := make([]float64, n)
			for j := range row {
				row[j] = math.Round(draw()*100)/10 - float64(k%5)*1.5
			}
			a = append(a, row)
			b = append(b, math.Round(draw()*100)-float64(k%3)*15+10)
		}
		_, value, err := stat.Simplex(c, a, b)
		want, status := glpk(t, glpsol, folder, c, a, b)
		kinds[err]++
		switch status {
		case "OPTIMAL":
			// glpsol prints nine digits.
			if err != nil || math.Abs(value-want) > 1e-8*math.Max(1, math.Abs(want)) {
				t.Errorf("programme %d: %v %v, GLPK has %v", k, value, err, want)
			}
		default:
			if (err == nil) || errors.Is(err, stat.ErrNoEnd) {
				t.Errorf("programme %d: %v %v, GLPK says %s", k, value, err, status)
			}
		}
	}
	if kinds[nil] < 20 || kinds[stat.ErrInfeasible] < 5 || kinds[stat.ErrUnbounded] < 5 {
		t.Errorf("the programmes are not of all kinds: %v", kinds)
	}
}

var (
	glpkStatus = regexp.MustCompile(`Status:\s+(\S+)`)
	glpkValue  = regexp.MustCompile(`Objective:\s+\S+ = (\S+)`)
)

// glpk solves a programme with glpsol.
func glpk(t *testing.T, glpsol, folder string, c []float64, a [][]float64, b []float64) (value float64, status string) {
	t.Helper()
	terms := func(row []float64) string {
		var s strings.Builder
		for j, v := range row {
			fmt.Fprintf(&s, " %+.17g x%d", v, j)
		}
		return s.String()
	}
	var text strings.Builder
	fmt.Fprintf(&text, "max\n obj:%s\nSubject To\n", terms(c))
	for i, row := range a {
		fmt.Fprintf(&text, " r%d:%s <= %.17g\n", i, terms(row), b[i])
	}
	text.WriteString("End\n")
	in, out := filepath.Join(folder, "in.lp"), filepath.Join(folder, "out.txt")
	if err := os.WriteFile(in, []byte(text.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	if log, err := exec.Command(glpsol, "--lp", in, "--nopresol", "-o", out).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, log)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	status = glpkStatus.FindStringSubmatch(string(data))[1]
	value, err = strconv.ParseFloat(glpkValue.FindStringSubmatch(string(data))[1], 64)
	if err != nil {
		t.Fatal(err)
	}
	return value, status
}

func BenchmarkSimplex(b *testing.B) {
	const n, m = 30, 200
	draws := benchmarkColumn(n * (m + 1))
	a, limits := make([][]float64, m), make([]float64, m)
	for i := range a {
		a[i], limits[i] = draws[i*n:(i+1)*n], 1
	}
	for b.Loop() {
		if _, _, err := stat.Simplex(draws[n*m:], a, limits); err != nil {
			b.Fatal(err)
		}
	}
}
