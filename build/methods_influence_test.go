package build

import (
	"math"
	"testing"

	"mizan/stat"

	"pgregory.net/rapid"
)

// For correlations with an arithmetic mean without gaps the sum of influences is
// 1'Rv / sqrt(v'Rv), v the weights times standard deviations, R the matrix of
// correlations. By the inequality of Cauchy and Schwarz it is greatest, at
// sqrt(1'R1), where all v are the same.
func TestInfomaxClosedForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := complete(t)
		r, _ := stat.Correlations(g.X)
		sum := 0.0
		var want []float64
		for i, x := range g.X {
			want = append(want, 1/stat.SD(x))
			sum += stat.Sum(r[i])
		}
		w, learnt, err := weigher(tb(t), "infomax", map[string]any{}).(Learner).Learn(g)
		if err != nil {
			t.Fatal(err)
		}
		for i, v := range rescaled(want) {
			if math.Abs(w[i]-v) > 1e-6 {
				t.Fatalf("weights %v, want %v", w, rescaled(want))
			}
		}
		if math.Abs(learnt[0].Value-math.Sqrt(sum)) > 1e-9 {
			t.Fatalf("%v, want %v", learnt[0], math.Sqrt(sum))
		}
	})
}
