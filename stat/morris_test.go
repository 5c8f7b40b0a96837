package stat_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"mizan/stat"

	"pgregory.net/rapid"
)

// effects runs f over trajectories.
func effects(t testing.TB, f func([]float64) float64, inputs []stat.MorrisInput, trajectories int) []stat.EffectSums {
	t.Helper()
	plan, err := stat.NewMorris(inputs, 4, 1)
	if err != nil {
		t.Fatal(err)
	}
	sums := make([]stat.EffectSums, plan.Factors())
	for k := range trajectories {
		path := plan.Trajectory(uint64(k))
		for i, factor := range path.Moved {
			step, signed := plan.Step(factor)
			if signed {
				step *= path.Signs[factor]
			}
			sums[factor].Add((f(path.Points[i+1]) - f(path.Points[i])) / step)
		}
	}
	return sums
}

func single(n int) []stat.MorrisInput {
	inputs := make([]stat.MorrisInput, n)
	for i := range inputs {
		inputs[i].Factor = i
	}
	return inputs
}

// morris is the function of Morris (1991) in 20 inputs, the small random
// coefficients left out: inputs 1 to 6 act together, 7 in a curve, 8 to 10 in a
// straight line of slope 40, the others not at all.
func morris(x []float64) float64 {
	var w [20]float64
	for i := range w {
		w[i] = 2 * (x[i] - 0.5)
		if i == 2 || i == 4 || i == 6 {
			w[i] = 2 * (1.1*x[i]/(x[i]+0.1) - 0.5)
		}
	}
	y := 0.0
	for i := range 10 {
		y += 20 * w[i]
	}
	for i := range 6 {
		for j := range i {
			y -= 15 * w[i] * w[j]
		}
	}
	for i := range 5 {
		for j := range i {
			for k := range j {
				y -= 10 * w[i] * w[j] * w[k]
			}
		}
	}
	return y + 5*w[0]*w[1]*w[2]*w[3]
}

func TestMorrisFunction(t *testing.T) {
	sums := effects(t, morris, single(20), 400)
	for i, s := range sums {
		switch {
		case i < 6:
			// Morris's figure 1: far from the origin, with spreads as great.
			if s.Strength() < 25 || s.Spread() < 20 {
				t.Errorf("input %d: mu* %v, sigma %v", i+1, s.Strength(), s.Spread())
			}
		case i == 6:
			// Its four levels give steps of 2/3 from 0 and from 1/3: 20·2·1.1
			// times (2/3)/(2/3+0.1) and 1/1.1 - (1/3)/(1/3+0.1), over 2/3.
			low := 44 * (2. / 3) / (2./3 + 0.1) * 1.5
			high := 44 * (1/1.1 - (1./3)/(1./3+0.1)) * 1.5
			share := (s.Mean() - high) / (low - high)
			if share < 0.4 || share > 0.6 || !near(s.Mean(), s.Strength()) {
				t.Errorf("input 7: mu %v of effects %v and %v", s.Mean(), low, high)
			}
		case i < 10:
			if !near(s.Mean(), 40) || s.Spread() > 1e-6 {
				t.Errorf("input %d: mu %v, sigma %v; want 40, 0", i+1, s.Mean(), s.Spread())
			}
		default:
			if s.Strength() > 1e-9 {
				t.Errorf("input %d, which does nothing: mu* %v", i+1, s.Strength())
			}
		}
	}
}

// For Ishigami's function on four levels the sine of x1 and x3 at -π and π is 0,
// so that only the levels of 1/3 and 2/3 tell: worked by hand for x2, where
// sin^2 is 0 and 3/4: every effect is 7·3/4 over 2/3, one up and one down.
func TestMorrisIshigami(t *testing.T) {
	s := effects(t, ishigami, single(3), 2000)[1]
	if !near(s.Strength(), 7.875) || math.Abs(s.Mean()) > 1 || math.Abs(s.Spread()-7.875) > 0.1 {
		t.Errorf("mu %v, mu* %v, sigma %v; want 0, 7.875, 7.875", s.Mean(), s.Strength(), s.Spread())
	}
}

func TestMorrisLinear(t *testing.T) {
	for i, s := range effects(t, linear, single(4), 10) {
		if !near(s.Mean(), linearCoefficients[i]) || !near(s.Strength(), linearCoefficients[i]) || s.Spread() > 1e-7 {
			t.Errorf("input %d: %v %v %v", i+1, s.Mean(), s.Strength(), s.Spread())
		}
	}
	// Inputs 1 and 4 together: 4±1; an input of three alternatives, whose parts'
	// middles are 1/6, 1/2 and 5/6: steps of 1/3 or 2/3, so 4/9 on average.
	inputs := []stat.MorrisInput{{Factor: 0}, {Factor: 1, Choices: 3}, {Factor: 2}, {Factor: 0}}
	sums := effects(t, func(u []float64) float64 { return u[0] + u[1] + u[2] + 4*u[3] }, inputs, 3000)
	if s := sums[0]; math.Abs(s.Strength()-4) > 0.1 {
		t.Errorf("together: %v", s.Strength())
	}
	if s := sums[1]; math.Abs(s.Strength()-4./9) > 0.02 {
		t.Errorf("alternatives: %v", s.Strength())
	}
}

func TestEffectSumsByHand(t *testing.T) {
	var s, rest stat.EffectSums
	s.Add(1)
	s.Add(nan)
	s.Add(-2)
	rest.Add(4)
	s.Merge(rest, 1)
	if !near(s.Mean(), 1) || !near(s.Strength(), 7./3) || !near(s.Spread(), 3) || s.N != 3 {
		t.Errorf("%v %v %v of %v", s.Mean(), s.Strength(), s.Spread(), s.N)
	}
	var none stat.EffectSums
	if v := none.Mean() + none.Strength() + none.Spread(); v == v {
		t.Errorf("no effects: %v", v)
	}
}

// A trajectory moves every factor once, along its grid, and nothing else.
func TestTrajectories(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		factors := rapid.IntRange(1, 8).Draw(t, "factors")
		inputs := make([]stat.MorrisInput, factors+rapid.IntRange(0, 4).Draw(t, "more"))
		for i := range inputs {
			inputs[i] = stat.MorrisInput{Factor: i % factors, Choices: rapid.IntRange(0, 3).Draw(t, "choices")}
		}
		levels := 2 * rapid.IntRange(1, 5).Draw(t, "half")
		plan, err := stat.NewMorris(inputs, levels, rapid.Uint64().Draw(t, "seed"))
		if err != nil {
			t.Fatal(err)
		}
		path := plan.Trajectory(rapid.Uint64().Draw(t, "number"))
		if moved := slices.Sorted(slices.Values(path.Moved)); !slices.Equal(moved, each(factors)) {
			t.Fatalf("moved %v", moved)
		}
		for k, factor := range path.Moved {
			for i, in := range inputs {
				was, is := path.Points[k][i], path.Points[k+1][i]
				switch {
				case is < 0 || is > 1:
					t.Fatalf("%v is outside", is)
				case in.Factor != factor:
					if was != is {
						t.Fatal("an input of another factor moved")
					}
				case in.Choices == 0:
					if want := float64(levels) / float64(2*(levels-1)); !near(math.Abs(is-was), want) {
						t.Fatalf("a step of %v, not %v", is-was, want)
					}
				case in.Choices > 1:
					if was == is {
						t.Fatal("an alternative stayed")
					}
				}
			}
		}
	})
}

func TestMorrisBad(t *testing.T) {
	for _, c := range []struct {
		inputs []stat.MorrisInput
		levels int
	}{{nil, 4}, {single(2), 3}, {single(2), 0}, {[]stat.MorrisInput{{Factor: 1}}, 4}, {[]stat.MorrisInput{{Factor: -1}}, 4}, {[]stat.MorrisInput{{Factor: 1}, {Factor: 1}}, 4}} {
		if _, err := stat.NewMorris(c.inputs, c.levels, 1); err == nil {
			t.Errorf("%v pass", c)
		}
	}
}

// Screening finds that the third of three inputs does nothing.
func ExampleMorris() {
	f := func(u []float64) float64 { return 3*u[0] - 2*u[1]*u[1] + 0*u[2] }
	plan, err := stat.NewMorris([]stat.MorrisInput{{Factor: 0}, {Factor: 1}, {Factor: 2}}, 4, 1)
	if err != nil {
		fmt.Println(err)
		return
	}
	sums := make([]stat.EffectSums, plan.Factors())
	for k := range uint64(500) {
		path := plan.Trajectory(k)
		for i, factor := range path.Moved {
			step, _ := plan.Step(factor)
			sums[factor].Add((f(path.Points[i+1]) - f(path.Points[i])) / (step * path.Signs[factor]))
		}
	}
	for i, s := range sums {
		fmt.Printf("x%d  mu %.1f  mu* %.1f  sigma %.1f\n", i+1, s.Mean(), s.Strength(), s.Spread())
	}
	// Output:
	// x1  mu 3.0  mu* 3.0  sigma 0.0
	// x2  mu -2.0  mu* 2.0  sigma 0.7
	// x3  mu 0.0  mu* 0.0  sigma 0.0
}
