package uncertainty

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"strings"
	"sync/atomic"
	"testing"

	"mizan"
	"mizan/stat"
)

// ishigamiModel is the function of Ishigami and Homma (1990), a = 7, b = 0.1,
// with a second output that never varies and a third that is x2 alone.
func ishigamiModel() *sensitivityModel {
	return &sensitivityModel{
		inputs: []sensitivityInput{{id: "x1", factor: 0, code: "x1", level: 1}, {id: "x2", factor: 0, code: "x2", level: 2}, {id: "x3", factor: 1}},
		factors: []SensitivityFactor{
			{ID: "first", Kind: "weights", Inputs: 2},
			{ID: "x3", Kind: "range", Inputs: 1},
		},
		outputs: 3,
		seed:    1,
		worker: func() func(dst, u []float64) error {
			return func(dst, u []float64) error {
				x1, x2, x3 := math.Pi*(2*u[0]-1), math.Pi*(2*u[1]-1), math.Pi*(2*u[2]-1)
				dst[0] = math.Sin(x1) + 7*math.Pow(math.Sin(x2), 2) + 0.1*math.Pow(x3, 4)*math.Sin(x1)
				dst[1] = 3
				dst[2] = u[1]
				return nil
			}
		},
		plain: func(k int, u []float64) { stat.NewStream(1, 0, uint64(k)).Uniforms(u) },
	}
}

func ishigamiTargets() []SensitivityTarget {
	return []SensitivityTarget{{}, {Unit: "SAME", Reference: 1}, {Unit: "TWO", Reference: 2}}
}

func run(t *testing.T, m *sensitivityModel, o SensitivityOptions) *SensitivityResult {
	t.Helper()
	r, err := m.analyse(o, ishigamiTargets())
	if err != nil {
		t.Fatal(err)
	}
	if a := r.Account; a.Requested != a.Kept+a.Failed {
		t.Errorf("requested %d, kept %d, failed %d", a.Requested, a.Kept, a.Failed)
	}
	return r
}

// The indices of the function are published: Saltelli and others (2008),
// Global Sensitivity Analysis: The Primer.
func TestSensitivityIshigami(t *testing.T) {
	for _, tt := range []struct {
		by           string
		first, total []float64
		ids          string
	}{
		{ByInput, []float64{0.3139, 0.4424, 0}, []float64{0.5576, 0.4424, 0.2437}, "first.x1 first.x2 x3"},
		{ByLevel, []float64{0.3139, 0.4424, 0}, []float64{0.5576, 0.4424, 0.2437}, "first.level-1 first.level-2 x3"},
		{ByFactor, []float64{0.7563, 0}, []float64{1, 0.2437}, "first x3"},
	} {
		r := run(t, ishigamiModel(), SensitivityOptions{By: tt.by})
		var ids []string
		for i, e := range r.Overall.Effects {
			ids = append(ids, e.Factor)
			s := e.Sobol
			if float64(s.FirstLow) > tt.first[i]+1e-3 || float64(s.FirstHigh) < tt.first[i]-1e-3 {
				t.Errorf("%s: first %v in [%v, %v], want %v", e.Factor, s.First, s.FirstLow, s.FirstHigh, tt.first[i])
			}
			if float64(s.TotalLow) > tt.total[i]+1e-3 || float64(s.TotalHigh) < tt.total[i]-1e-3 {
				t.Errorf("%s: total %v in [%v, %v], want %v", e.Factor, s.Total, s.TotalLow, s.TotalHigh, tt.total[i])
			}
		}
		if got := strings.Join(ids, " "); got != tt.ids {
			t.Errorf("factors %s, want %s", got, tt.ids)
		}
		last := r.Convergence[len(r.Convergence)-1]
		if !r.Converged || last.Width > 0.05 || last.Rows != r.Rows || last.Draws != r.Account.Requested || r.Account.Failed != 0 {
			t.Errorf("%s: converged %v, %+v, %+v", tt.by, r.Converged, last, r.Account)
		}
		if e := r.Units[0].Effects[0].Sobol; e.First == e.First || e.TotalLow == e.TotalLow || r.Units[0].Mean != 4 {
			t.Errorf("an output that never varies: %+v, mean %v", e, r.Units[0].Mean)
		}
	}
	// The third output is x2, uniform: mean 2 + 1/2, variance 1/12, and x2 is
	// all there is to it.
	u := run(t, ishigamiModel(), SensitivityOptions{By: ByInput}).Units[1]
	if math.Abs(float64(u.Mean)-2.5) > 0.01 || math.Abs(float64(u.SD)-math.Sqrt(1./12)) > 0.01 ||
		math.Abs(float64(u.Effects[1].Sobol.First)-1) > 0.05 || u.Effects[0].Sobol.Total != 0 {
		t.Errorf("%+v", u)
	}
}

func TestSensitivitySecondOrder(t *testing.T) {
	r := run(t, ishigamiModel(), SensitivityOptions{By: ByInput, SecondOrder: true, Draws: 1 << 17, Tolerance: -1, Unit: "TWO"})
	p := r.Overall.Pairs
	if len(p) != 3 || p[0].Factors != [2]string{"first.x1", "x3"} || math.Abs(float64(p[0].Share)-0.2437) > 0.02 ||
		math.Abs(float64(p[1].Share)) > 0.02 || math.Abs(float64(p[2].Share)) > 0.02 {
		t.Errorf("%+v", p)
	}
	if len(r.Units[1].Pairs) != 3 || r.Units[0].Pairs != nil {
		t.Error("pairs are those of the unit asked for alone")
	}
	if r.Rows*(2*3+2) != r.Account.Requested || r.Account.Requested > 1<<17 {
		t.Errorf("%d rows, %+v", r.Rows, r.Account)
	}
}

// Elementary effects of x2, worked by hand: the four levels of the plan are at
// 1/8, 3/8, 5/8 and 7/8, where sin^2 is 1/2 four times, so that nothing moves;
// u[1] as an output moves by 1 over the whole range.
func TestSensitivityMorris(t *testing.T) {
	r := run(t, ishigamiModel(), SensitivityOptions{Method: Morris, By: ByInput, Draws: 803})
	if r.Rows != 200 || r.Account.Requested != 800 {
		t.Errorf("%d trajectories, %+v", r.Rows, r.Account)
	}
	x2, two := r.Overall.Effects[1].Morris, r.Units[1].Effects[1].Morris
	if x2.Strength > 1e-9 {
		t.Errorf("x2: %+v", x2)
	}
	if math.Abs(float64(two.Mean)-1) > 1e-9 || math.Abs(float64(two.Strength)-1) > 1e-9 || two.Spread > 1e-6 || math.Abs(float64(two.Low)-1) > 1e-9 {
		t.Errorf("x2 on itself: %+v", two)
	}
	if x1 := r.Overall.Effects[0].Morris; !(x1.Low <= x1.Strength && x1.Strength <= x1.High && x1.Strength > 1) {
		t.Errorf("x1: %+v", x1)
	}
	// A factor of two inputs has no direction.
	if e := run(t, ishigamiModel(), SensitivityOptions{Method: Morris}).Overall.Effects[0].Morris; e.Mean == e.Mean || e.Strength != e.Strength {
		t.Errorf("two inputs together: %+v", e)
	}
}

func TestSensitivityPAWN(t *testing.T) {
	r := run(t, ishigamiModel(), SensitivityOptions{Method: PAWN, By: ByInput})
	for i, e := range r.Overall.Effects[:2] {
		if !e.PAWN.Tells {
			t.Errorf("x%d: %+v", i+1, e.PAWN)
		}
	}
	if e := r.Overall.Effects[0].PAWN; !(e.Low < e.High && e.Low < 1.1*e.Median && e.High > 0.9*e.Median) {
		t.Errorf("interval: %+v", e)
	}
	two := r.Units[1].Effects
	if !two[1].PAWN.Tells || two[1].PAWN.Median < 0.5 || two[0].PAWN.Median > 0.1 {
		t.Errorf("x2 tells all of itself, x1 nothing: %+v, %+v", two[1].PAWN, two[0].PAWN)
	}
	// Of a factor's inputs the one that tells most speaks for it.
	if e := run(t, ishigamiModel(), SensitivityOptions{Method: PAWN}).Units[1].Effects[0].PAWN; e.Input != "x2" {
		t.Errorf("%+v", e)
	}
}

// An input of alternatives with chances of 1/4 and 3/4 of which only one
// matters: y = 1 under the first, so that all the variance is its.
func TestSensitivityAlternatives(t *testing.T) {
	m := ishigamiModel()
	m.inputs[2].ends = []float64{0.25, 1}
	m.worker = func() func(dst, u []float64) error {
		return func(dst, u []float64) error {
			dst[0], dst[1], dst[2] = 0, 0, u[1]
			if u[2] < 0.25 {
				dst[0] = 1
			}
			return nil
		}
	}
	r := run(t, m, SensitivityOptions{By: ByInput})
	if e := r.Overall.Effects[2].Sobol; math.Abs(float64(e.First)-1) > 0.05 || math.Abs(float64(e.Total)-1) > 0.05 || math.Abs(float64(r.Overall.Mean)-0.25) > 0.01 {
		t.Errorf("sobol: %+v", e)
	}
	if e := run(t, m, SensitivityOptions{By: ByInput, Method: Morris}).Overall.Effects[2].Morris; e.Strength != 1 || e.Mean == e.Mean {
		t.Errorf("morris: %+v", e)
	}
	// P(y = 0) is 3/4 in all, 0 under the one, 1 under the other.
	if e := run(t, m, SensitivityOptions{By: ByInput, Method: PAWN}).Overall.Effects[2].PAWN; e.Slices != 2 || math.Abs(float64(e.Max)-0.75) > 0.02 || math.Abs(float64(e.Median)-0.5) > 0.02 {
		t.Errorf("pawn: %+v", e)
	}
}

func TestSensitivityAnyWorkers(t *testing.T) {
	for _, method := range []string{Sobol, Morris, PAWN} {
		var want []byte
		for _, workers := range []int{1, 2, 8} {
			r := run(t, ishigamiModel(), SensitivityOptions{Method: method, By: ByInput, Workers: workers, SecondOrder: method == Sobol, Draws: 5000})
			got, err := json.Marshal(r)
			if err != nil {
				t.Fatal(err)
			}
			if want == nil {
				want = got
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s: %d workers give other bytes", method, workers)
			}
			var back SensitivityResult
			if err := json.Unmarshal(got, &back); err != nil {
				t.Error(err)
			}
		}
	}
}

// Draws fail where x1 is in its last eighth: each is counted, and the indices
// are those of the rest.
func TestSensitivityFailures(t *testing.T) {
	for _, method := range []string{Sobol, Morris, PAWN} {
		m := ishigamiModel()
		whole := m.worker
		m.worker = func() func(dst, u []float64) error {
			eval := whole()
			return func(dst, u []float64) error {
				if u[0] >= 0.875 {
					return errors.New("no logarithm of 0")
				}
				if u[0] > 0.87 {
					return errors.New("a rarer thing")
				}
				return eval(dst, u)
			}
		}
		r := run(t, m, SensitivityOptions{Method: method, By: ByInput, Draws: 1 << 14})
		a := r.Account
		if a.Failed == 0 || a.Causes[0].Cause != "no logarithm of 0" || math.Abs(float64(a.Failed)/float64(a.Requested)-0.13) > 0.12 {
			t.Errorf("%s: %+v", method, a)
		}
		told := 0
		for _, c := range a.Causes {
			told += c.Draws
		}
		if told != a.Failed {
			t.Errorf("%s: %d failures are told of %d", method, told, a.Failed)
		}
		for _, e := range r.Overall.Effects {
			if e.Rows == 0 || e.Rows >= r.Rows && method != Morris {
				t.Errorf("%s, %s: %d of %d rows", method, e.Factor, e.Rows, r.Rows)
			}
		}
		if !found(r, "failed-draws") {
			t.Errorf("%s: nothing is said of draws that failed", method)
		}
	}
}

func found(r *SensitivityResult, id string) bool {
	for _, f := range r.Findings {
		if f.ID == id {
			return true
		}
	}
	return false
}

func TestSensitivityOfNothing(t *testing.T) {
	m := ishigamiModel()
	m.worker = func() func(dst, u []float64) error {
		return func(dst, _ []float64) error { clear(dst); return nil }
	}
	for _, method := range []string{Sobol, Morris, PAWN} {
		r := run(t, m, SensitivityOptions{Method: method, Draws: 2000})
		if !found(r, "constant-output") || r.Converged {
			t.Errorf("%s: %+v", method, r.Findings)
		}
	}
	m.worker = func() func(dst, u []float64) error {
		return func(_, _ []float64) error { return errors.New("never") }
	}
	for _, method := range []string{Sobol, Morris, PAWN} {
		r := run(t, m, SensitivityOptions{Method: method, Draws: 2000})
		if r.Account.Kept != 0 || r.Overall.Mean == r.Overall.Mean {
			t.Errorf("%s: %+v", method, r.Account)
		}
	}
}

// What was done before a stop is kept and told; progress reaches what it said.
func TestSensitivityStops(t *testing.T) {
	for _, method := range []string{Sobol, Morris, PAWN} {
		var asked, last atomic.Int64
		o := SensitivityOptions{Method: method, Draws: 20_000, Tolerance: -1, Progress: func(done, most int) {
			if done > most || int64(done) < last.Load() {
				t.Errorf("%d of %d, after %d", done, most, last.Load())
			}
			last.Store(int64(done))
		}}
		r := run(t, ishigamiModel(), o)
		if int(last.Load()) != r.Account.Requested || r.Account.Stopped {
			t.Errorf("%s: told %d of %+v", method, last.Load(), r.Account)
		}
		last.Store(0)
		o.Stop = func() bool { return asked.Add(1) > 20 }
		r = run(t, ishigamiModel(), o)
		if a := r.Account; !a.Stopped || a.Requested == 0 || a.Requested > 19_000 || !found(r, "stopped") {
			t.Errorf("%s: %+v", method, a)
		}
		o.Stop = func() bool { return true }
		if _, err := ishigamiModel().analyse(o, ishigamiTargets()); err == nil {
			t.Errorf("%s: stopped before the first draw", method)
		}
	}
}

func TestSensitivityBadOptions(t *testing.T) {
	for _, tt := range []struct {
		o    SensitivityOptions
		want string
	}{
		{SensitivityOptions{Method: "sobel"}, "unknown method"},
		{SensitivityOptions{By: "pillar"}, "unknown grouping"},
		{SensitivityOptions{Draws: -1}, "-1 draws"},
		{SensitivityOptions{Draws: 63}, "63 draws are too few for 2 factors with the method sobol; allow at least 64"},
		{SensitivityOptions{Method: Morris, Draws: 5}, "allow at least 6"},
		{SensitivityOptions{Method: PAWN, Draws: 5}, "allow at least 20"},
		{SensitivityOptions{Method: PAWN, Draws: 1e9}, "1000000000 draws are more than the method pawn can hold in memory here; allow at most 22369621"},
		{SensitivityOptions{Method: PAWN, SecondOrder: true}, "no interactions"},
		{SensitivityOptions{Unit: "XXX"}, `"XXX"`},
	} {
		_, err := ishigamiModel().analyse(tt.o, ishigamiTargets())
		var ps mizan.Problems
		if !errors.As(err, &ps) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%+v: %v", tt.o, err)
		}
	}
	none := ishigamiModel()
	none.inputs, none.factors = nil, nil
	if _, err := none.analyse(SensitivityOptions{}, ishigamiTargets()); err == nil || !strings.Contains(err.Error(), "nothing varies") {
		t.Error(err)
	}
}

// Worked by hand: shifts of 1 down, 0 and 2 up, one unit without a rank.
func TestShiftOutputs(t *testing.T) {
	y := make([]float64, 5)
	shiftOutputs(y, []int32{2, 2, 1, 0}, []int32{1, 2, 3, 4})
	if y[0] != 0.75 || y[1] != 1 || y[2] != 0 || y[3] != -2 || y[4] == y[4] {
		t.Errorf("%v", y)
	}
	shiftOutputs(y[:2], []int32{1}, []int32{0})
	if y[0] == y[0] || y[1] == y[1] {
		t.Errorf("no unit is ranked: %v", y[:2])
	}
}
