package alliance_test

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"

	"mizan/alliance"
	"mizan/build"
	"mizan/stat"
)

// weightDraws are readings with other weights: every draw but each third, which fails, is the build with
// other weights; draw 0 is the build itself.
type weightDraws struct {
	result  *build.Result
	weights []float64
	n       int
	own     bool // every draw has a structure of its own
	year    int
}

func (d weightDraws) Len() int  { return d.n }
func (d weightDraws) Year() int { return d.year }

func (d weightDraws) Draw(k int, out *build.Draw) error {
	if k%3 == 2 {
		return errors.New("cannot be built")
	}
	out.Structure, out.Result = 0, d.result
	if d.own {
		out.Structure = -1
	}
	out.Weights = append(out.Weights[:0], d.weights...)
	if k == 0 {
		return nil
	}
	s := stat.NewStream(1, 2, uint64(k))
	for i := range out.Weights {
		out.Weights[i] *= 0.5 + s.Uniform()
	}
	return nil
}

func newWeightDraws(t tb, r *build.Result, n int, own bool) weightDraws {
	t.Helper()
	year := r.Years[0]
	k, err := build.NewKernel(r, year, build.KernelOptions{})
	if err != nil {
		t.Fatalf("%v", err)
	}
	return weightDraws{r, k.Weights(), n, own, year}
}

// An alliance of one has in every draw what its member has, so its interval is
// that of the member; failed draws are counted; a single draw that is the build
// itself gives the build's score and rank. Whether draws share their structure
// changes nothing.
func TestDraws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		_, r, ok := d.study(t, alliance.Options{})
		if !ok {
			return
		}
		draws := newWeightDraws(t, r, 30, rapid.Bool().Draw(t, "own structures"))
		st, err := alliance.New(d.spec, d.panel, r, alliance.Options{Draws: draws})
		if err != nil {
			t.Fatalf("%v", err)
		}
		e := kernelOf(t, r)
		for u, unit := range r.Units {
			var scores, ranks []float64
			failed := 0
			for k := range draws.n {
				var one build.Draw
				if draws.Draw(k, &one) != nil {
					failed++
					continue
				}
				top, err := e.Top(one.Weights)
				if err != nil || top[u] != top[u] {
					failed++
					continue
				}
				rank := 1.0
				for _, v := range top {
					if v > top[u] {
						rank++
					}
				}
				scores, ranks = append(scores, top[u]), append(ranks, rank)
			}
			in, err := alliance.IntervalOf(st, []string{unit})
			if err != nil {
				t.Fatalf("%v", err)
			}
			if in.Draws != len(scores) || in.Failed != failed {
				t.Fatalf("%s has %d draws and %d failed, want %d and %d", unit, in.Draws, in.Failed, len(scores), failed)
			}
			for _, c := range []struct {
				what      string
				got, want float64
			}{
				{"the low score", float64(in.Score.Low), stat.Quantile(scores, 0.05)},
				{"the median score", float64(in.Score.Median), stat.Median(scores)},
				{"the high rank", float64(in.Rank.High), stat.Quantile(ranks, 0.95)},
			} {
				if c.want == c.want {
					near(t, c.what, c.got, c.want, 1e-9*max(1, math.Abs(c.want)))
				} else if c.got == c.got {
					t.Fatalf("%s is %v, want none", c.what, c.got)
				}
			}
		}
		first, err := alliance.New(d.spec, d.panel, r, alliance.Options{Draws: newWeightDraws(t, r, 1, false)})
		if err != nil {
			t.Fatalf("%v", err)
		}
		g := named(t, first, r.Units[:2]...)
		s, err := first.Standing(g)
		if err != nil {
			return
		}
		in, err := alliance.IntervalOf(first, r.Units[:2])
		if err != nil {
			t.Fatalf("%v", err)
		}
		if want := s.Scores[len(s.Scores)-1]; want.Rank > 0 {
			near(t, "the only draw", float64(in.Score.Median), float64(want.Score), 1e-9*max(1, math.Abs(float64(want.Score))))
			near(t, "its rank", float64(in.Rank.Median), float64(want.Rank), 0)
		}
	})
}

func kernelOf(t tb, r *build.Result) *build.Evaluator {
	t.Helper()
	k, err := build.NewKernel(r, 2020, build.KernelOptions{})
	if err != nil {
		t.Fatalf("%v", err)
	}
	return k.Evaluator()
}

// What changes between an alliance and itself with a member more is the
// difference draw by draw: of weights alone, between the lowest and the highest
// difference in a pillar.
func TestChangeOverDraws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		_, r, ok := d.study(t, alliance.Options{})
		if !ok {
			return
		}
		st, err := alliance.New(d.spec, d.panel, r, alliance.Options{Draws: newWeightDraws(t, r, 60, false)})
		if err != nil {
			t.Fatalf("%v", err)
		}
		c, after, err := st.Change(named(t, st, r.Units[0]), r.Units[1:2], nil)
		if err != nil {
			return
		}
		if len(st.Pooled(after)) != 2 || c.Difference == nil {
			t.Fatalf("after: %v, difference %v", st.Pooled(after), c.Difference)
		}
		point := float64(c.After.Score - c.Before.Score)
		if point != point {
			return
		}
		d1, d2 := float64(c.Difference.Low), float64(c.Difference.High)
		if !(d1 <= d2) || float64(c.Better) < 0 || float64(c.Better) > 1 || d1 > 0 && c.Better < 0.9 || d2 < 0 && c.Better > 0.1 {
			t.Fatalf("from %v to %v, better in %v", d1, d2, c.Better)
		}
		back, _, err := st.Change(after, nil, r.Units[1:2])
		if err != nil {
			t.Fatalf("%v", err)
		}
		near(t, "the way back", float64(back.After.Score-back.Before.Score), -point, 1e-12*max(1, math.Abs(point)))
		near(t, "its interval", float64(back.Difference.Low), -d2, 1e-9*max(1, math.Abs(d2)))
	})
}
