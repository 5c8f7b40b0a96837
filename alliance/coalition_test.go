package alliance_test

import (
	"math"
	"math/bits"
	"testing"

	"pgregory.net/rapid"

	"mizan/alliance"
)

// game makes the values of a game of n members from a function of the members
// that belong.
func game(n int, value func(in func(i int) bool) float64) []float64 {
	v := make([]float64, 1<<n)
	for mask := range v {
		v[mask] = value(func(i int) bool { return mask>>i&1 == 1 })
	}
	return v
}

// tb is a test or a property.
type tb interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

func near(t tb, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

func nearAll(t tb, what string, got, want []float64, tolerance float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s has %d values, want %d", what, len(got), len(want))
	}
	for i := range got {
		if !(math.Abs(got[i]-want[i]) <= tolerance) {
			t.Errorf("%s is %v, want %v", what, got, want)
			return
		}
	}
}

// Worked by hand: one left glove and two right ones, a pair is worth 1. Of the
// six orders the left glove completes a pair in four, each right one in one.
func TestGloves(t *testing.T) {
	v := game(3, func(in func(int) bool) float64 {
		if in(0) && (in(1) || in(2)) {
			return 1
		}
		return 0
	})
	nearAll(t, "Shapley", alliance.Shapley(v), []float64{4. / 6, 1. / 6, 1. / 6}, 1e-15)
	// Of the four coalitions without it the left glove completes three; a right
	// one completes that of the left glove alone.
	nearAll(t, "Banzhaf", alliance.Banzhaf(v), []float64{3. / 4, 1. / 4, 1. / 4}, 1e-15)
}

// The airport game: a runway costs what the largest aircraft among its users
// needs. With needs of 8, 11, 13 and 18 the first 8 are borne by four, the next
// 3 by three, the next 2 by two and the last 5 by one: 2, 3, 4 and 9.
//
// Source: Littlechild and Owen (1973), A simple expression for the Shapley value
// in a special case.
func TestAirport(t *testing.T) {
	cost := []float64{8, 11, 13, 18}
	v := game(4, func(in func(int) bool) float64 {
		most := 0.0
		for i, c := range cost {
			if in(i) {
				most = max(most, c)
			}
		}
		return most
	})
	nearAll(t, "Shapley", alliance.Shapley(v), []float64{2, 3, 4, 9}, 1e-14)
}

// The Security Council of the United Nations: five permanent members, all of
// whom are needed, and ten others, four of whom are needed. A permanent member
// has the power 421/2145, each other 4/2145 (Shapley and Shubik); a permanent
// member is decisive in 848 coalitions, each other in 84 (Banzhaf).
//
// Source: Straffin (1993), Game Theory and Strategy, chapter 27; for Banzhaf,
// Felsenthal and Machover (1998), The Measurement of Voting Power.
func TestSecurityCouncil(t *testing.T) {
	v := game(15, func(in func(int) bool) float64 {
		permanent, others := 0, 0
		for i := range 15 {
			switch {
			case in(i) && i < 5:
				permanent++
			case in(i):
				others++
			}
		}
		if permanent == 5 && others >= 4 {
			return 1
		}
		return 0
	})
	shapley, banzhaf := alliance.Shapley(v), alliance.Banzhaf(v)
	for i := range 15 {
		s, b := 4./2145, 84./(1<<14)
		if i < 5 {
			s, b = 421./2145, 848./(1<<14)
		}
		near(t, "Shapley", shapley[i], s, 1e-14)
		near(t, "Banzhaf", banzhaf[i], b, 1e-14)
	}
}

// What Shapley (1953) asks of a value: it divides v(all) - v(nobody); a member
// that adds nothing gets nothing; two that add the same to all others get the
// same; that of a sum of games is the sum of those of the games.
func TestShapleyAxioms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 9).Draw(t, "members")
		draw := func(name string) []float64 {
			return rapid.SliceOfN(rapid.Float64Range(-100, 100), 1<<n, 1<<n).Draw(t, name)
		}
		v := draw("values")
		a := rapid.IntRange(0, n-1).Draw(t, "null")
		b := rapid.IntRange(0, n-1).Filter(func(b int) bool { return b != a }).Draw(t, "twin")
		sum := 0.0
		for _, s := range alliance.Shapley(v) {
			sum += s
		}
		near(t, "the sum", sum, v[len(v)-1]-v[0], 1e-9)
		null := append([]float64{}, v...)
		for mask := range null {
			null[mask] = v[mask&^(1<<a)]
		}
		near(t, "the value of a member that adds nothing", alliance.Shapley(null)[a], 0, 1e-12)
		near(t, "the Banzhaf value of a member that adds nothing", alliance.Banzhaf(null)[a], 0, 1e-12)
		twins := append([]float64{}, v...)
		for mask := range twins {
			if mask>>a&1 != mask>>b&1 {
				twins[mask] = v[mask&^(1<<a)|1<<b]
			}
		}
		s := alliance.Shapley(twins)
		near(t, "the difference of twins", s[a]-s[b], 0, 1e-10)
		w := draw("more values")
		both := append([]float64{}, v...)
		for i := range both {
			both[i] += w[i]
		}
		together, one, other := alliance.Shapley(both), alliance.Shapley(v), alliance.Shapley(w)
		for i := range together {
			near(t, "the value of a sum", together[i], one[i]+other[i], 1e-9)
		}
	})
}

// Against the definition: the mean over all orders of what a member adds.
func TestShapleyByOrders(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "members")
		v := rapid.SliceOfN(rapid.Float64Range(-10, 10), 1<<n, 1<<n).Draw(t, "values")
		want, orders := make([]float64, n), 0
		var join func(mask int, add func())
		join = func(mask int, add func()) {
			if bits.OnesCount(uint(mask)) == n {
				orders++
				add()
				return
			}
			for i := range n {
				if mask>>i&1 == 0 {
					join(mask|1<<i, func() { add(); want[i] += v[mask|1<<i] - v[mask] })
				}
			}
		}
		join(0, func() {})
		for i := range want {
			want[i] /= float64(orders)
		}
		nearAll(t, "Shapley", alliance.Shapley(v), want, 1e-11)
	})
}
