package uncertainty_test

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"testing"

	"mizan/stat"
	"mizan/uncertainty"
)

func counted(t testing.TB, model *uncertainty.Model, o uncertainty.RunOptions) *uncertainty.State {
	t.Helper()
	s, err := model.Run(o, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func written(t testing.TB, s *uncertainty.State) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := s.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func document(t testing.TB, r *uncertainty.Result) []byte {
	t.Helper()
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestWorkersAndShards: the same bytes whatever the number of workers, whether
// it is done at once, in shards, or stopped and gone on with.
func TestWorkersAndShards(t *testing.T) {
	for _, name := range []string{"spread", "simplex", "normalise", "drop", "together"} {
		t.Run(name, func(t *testing.T) {
			model := load(t, files("uncertainty: "+kinds[name][:len(kinds[name])-1]+", draws: 700}\n")).model(t)
			one := counted(t, model, uncertainty.RunOptions{Workers: 1})
			want, wantResult := written(t, one), document(t, model.Result(one))
			for _, workers := range []int{2, 8} {
				if got := written(t, counted(t, model, uncertainty.RunOptions{Workers: workers})); !bytes.Equal(got, want) {
					t.Errorf("%d workers:\n%s\none:\n%s", workers, got, want)
				}
			}
			for _, n := range []int{2, 3, 7} {
				var shards []*uncertainty.State
				for i := n; i >= 1; i-- {
					from, to := uncertainty.Shard(model.Len(), i, n)
					text := written(t, counted(t, model, uncertainty.RunOptions{From: from, To: to, Workers: i}))
					s, err := model.ReadState("shard", text)
					if err != nil {
						t.Fatal(err)
					}
					shards = append(shards, s)
				}
				sum, err := uncertainty.Merge(shards)
				if err != nil {
					t.Fatal(err)
				}
				if got := written(t, sum); !bytes.Equal(got, want) {
					t.Errorf("%d shards:\n%s\nat once:\n%s", n, got, want)
				}
				if got := document(t, model.Result(sum)); !bytes.Equal(got, wantResult) {
					t.Errorf("%d shards: another result", n)
				}
			}
			asked := 0
			stopped := counted(t, model, uncertainty.RunOptions{Workers: 1, Stop: func() bool { asked++; return asked > 3 }})
			if stopped.To == 0 || stopped.To == model.Len() {
				t.Fatalf("stopped after %d draws", stopped.To)
			}
			again, err := model.ReadState("checkpoint", written(t, stopped))
			if err != nil {
				t.Fatal(err)
			}
			if again, err = model.Run(uncertainty.RunOptions{Workers: 3}, again); err != nil {
				t.Fatal(err)
			}
			if got := written(t, again); !bytes.Equal(got, want) {
				t.Errorf("gone on with after %d:\n%s\nat once:\n%s", stopped.To, got, want)
			}
		})
	}
}

// TestCounts: what is told of the draws is what the scores of all draws, kept
// one by one, say.
func TestCounts(t *testing.T) {
	const draws = 500
	for _, name := range []string{"spread", "impute", "aggregate", "drop", "together"} {
		t.Run(name, func(t *testing.T) {
			p := load(t, files("uncertainty: "+kinds[name][:len(kinds[name])-1]+", draws: 500, top: [2, 4]}\n"))
			model := p.model(t)
			r := model.Result(counted(t, model, uncertainty.RunOptions{}))
			if r.Kept != draws || r.Failed != 0 || r.Made != draws || r.Requested != draws {
				t.Fatalf("%d kept and %d failed of %d made, %d requested", r.Kept, r.Failed, r.Made, r.Requested)
			}
			n := len(model.Units())
			ranks, scores := make([][]float64, n), make([][]float64, n)
			base := p.build(t)
			reference := base.Ranks.Column(base.Ranks.Year(model.Year()), len(base.Nodes)-1)
			var shifts []float64
			for k := range draws {
				u := make([]float64, len(model.Inputs()))
				model.Point(k, u)
				x, err := model.Scores(u)
				if err != nil {
					t.Fatal(err)
				}
				y := make([]float64, n)
				stat.RanksDown(y, x, stat.TiesMin)
				shift, have := 0.0, 0.0
				for i := range n {
					ranks[i], scores[i] = append(ranks[i], y[i]), append(scores[i], x[i])
					if y[i] == y[i] && reference[i] == reference[i] {
						shift += math.Abs(y[i] - reference[i])
					}
					if reference[i] == reference[i] {
						have++
					}
				}
				shifts = append(shifts, shift/have)
			}
			near := func(what string, got, want, tolerance float64) {
				t.Helper()
				if !(math.Abs(got-want) <= tolerance) && (got == got || want == want) {
					t.Errorf("%s is %v, want %v", what, got, want)
				}
			}
			for i, u := range r.Units {
				have := stat.Present(nil, ranks[i])
				near(u.Unit+" ranked", float64(u.Ranked), float64(len(have)), 0)
				near(u.Unit+" median", float64(u.Median), stat.Median(have), 0)
				near(u.Unit+" mean", float64(u.Mean), stat.Mean(have), 1e-12)
				near(u.Unit+" low", float64(u.Low), stat.Quantile(have, 0.05), 1e-12)
				near(u.Unit+" high", float64(u.High), stat.Quantile(have, 0.95), 1e-12)
				near(u.Unit+" best", float64(u.Best), slices.Min(have), 0)
				near(u.Unit+" worst", float64(u.Worst), slices.Max(have), 0)
				for rank := 1; rank <= n; rank++ {
					share, top2 := 0.0, 0.0
					for _, v := range have {
						if v == float64(rank) {
							share++
						}
						if v <= 2 {
							top2++
						}
					}
					near(u.Unit+" acceptability", u.Share(rank), share/draws, 1e-12)
					near(u.Unit+" top 2", float64(u.Top[0]), top2/draws, 1e-12)
				}
				x := stat.Present(nil, scores[i])
				near(u.Unit+" mean score", float64(u.Score.Mean), stat.Mean(x), 1e-6*max(1, r.ScoreError*4096))
				near(u.Unit+" low score", float64(u.Score.Low), stat.Quantile(x, 0.05), r.ScoreError)
				near(u.Unit+" median score", float64(u.Score.Median), stat.Quantile(x, 0.5), r.ScoreError)
				near(u.Unit+" high score", float64(u.Score.High), stat.Quantile(x, 0.95), r.ScoreError)
				for j := range r.Units {
					wins := 0.0
					for k := range draws {
						if ranks[i][k] < ranks[j][k] {
							wins++
						}
					}
					near(u.Unit+" ahead of "+r.Units[j].Unit, r.Ahead[i][j], wins/draws, 1e-12)
				}
			}
			near("mean shift", float64(r.Shift.Mean), stat.Mean(shifts), 1e-12)
			near("deviation of shift", float64(r.Shift.SD), stat.SD(shifts), 1e-12)
			near("median shift", float64(r.Shift.Median), stat.Median(shifts), 1e-12)
			near("low shift", float64(r.Shift.Low), stat.Quantile(shifts, 0.05), 1e-12)
			near("high shift", float64(r.Shift.High), stat.Quantile(shifts, 0.95), 1e-12)
		})
	}
}
