package scenario

import (
	"math"
	"math/bits"

	"mizan"
	"mizan/stat"
)

// mostExact is up to how many edits all sets are tried.
const mostExact = 12

// mostEdits is up to how many edits a movement is divided.
const mostEdits = 60

// someOrders is in how many random orders more edits are made.
const someOrders = 200

// purposeOrders is the purpose of the stream of random orders.
const purposeOrders = 0x4f72_6465_7273 // "Orders"

// attribute finds how much of the subject's movement is due to each edit: its
// Shapley value in the game whose value is what a set of edits leads to, at the
// middle of the assumptions. The edits of a set are made in the order of the
// scenario. The values add up to the whole movement.
//
//	sum over sets S without i of |S|! (n - |S| - 1)! / n! (v(S and i) - v(S))
//
// Of more than 12 edits the value is the mean over 200 random orders, in each of
// which an edit has what it adds to those before it; these add up too.
//
// Source: Shapley (1953), A value for n-person games; Castro, Gomez and Tejada
// (2009), Polynomial calculation of the Shapley value based on sampling.
func (c *compiled) attribute(o *Outcome, subject int) {
	n := len(c.Edits)
	o.Attribution = Attribution{Parts: []Part{}, Score: mizan.Number(o.Units[subject].Score()), Places: mizan.Number(o.Units[subject].Places())}
	if n == 0 {
		o.Attribution.Score, o.Attribution.Places = 0, 0
		return
	}
	untold := func(said mizan.Said) {
		o.Findings = append(o.Findings, mizan.Finding{ID: "no-attribution", Severity: mizan.Info}.With(said))
	}
	if n > mostEdits {
		untold(sayTooMany.Say("n", n))
		return
	}
	w := c.st.newWorker()
	known := map[uint64][2]float64{0: {float64(o.Units[subject].Before.Score), -float64(o.Units[subject].Before.Rank)}}
	var out outcome
	value := func(set uint64) ([2]float64, error) {
		if v, is := known[set]; is {
			return v, nil
		}
		var edits []int
		for i := range n {
			if set>>i&1 == 1 {
				edits = append(edits, i)
			}
		}
		s, sc, err := c.world(edits)
		if err != nil {
			return [2]float64{}, err
		}
		if err := w.evaluate(s, sc, &s.own, c.middle, subject, &out); err != nil {
			return [2]float64{}, err
		}
		v := [2]float64{out.top[subject], -out.ranks[subject]}
		known[set] = v
		return v, nil
	}
	parts, err := c.shares(n, value, o)
	if err != nil {
		untold(sayApart.Say("cause", causeOf(err)))
		return
	}
	for i, p := range parts {
		o.Attribution.Parts = append(o.Attribution.Parts, Part{Edit: c.EditID(i), Score: mizan.Number(p[0]), Places: mizan.Number(p[1])})
	}
}

// shares are the Shapley values of n edits.
func (c *compiled) shares(n int, value func(set uint64) ([2]float64, error), o *Outcome) ([][2]float64, error) {
	parts := make([][2]float64, n)
	add := func(i int, set uint64, weight float64) error {
		without, err := value(set)
		if err != nil {
			return err
		}
		with, err := value(set | 1<<i)
		if err != nil {
			return err
		}
		for k := range parts[i] {
			parts[i][k] += float64(weight * (with[k] - without[k]))
		}
		return nil
	}
	if n <= mostExact {
		weights := sizeWeights(n)
		for set := range uint64(1) << n {
			for i := range n {
				if set>>i&1 == 1 {
					continue
				}
				if err := add(i, set, weights[bits.OnesCount64(set)]); err != nil {
					return nil, err
				}
			}
		}
		return parts, nil
	}
	o.Attribution.Orders = someOrders
	order := make([]int, n)
	for k := range someOrders {
		s := stat.NewStream(c.st.o.Seed, purposeOrders, uint64(k))
		for i := range order {
			order[i] = i
		}
		for i := n - 1; i > 0; i-- {
			j := s.Below(i + 1)
			order[i], order[j] = order[j], order[i]
		}
		set := uint64(0)
		for _, i := range order {
			if err := add(i, set, 1.0/someOrders); err != nil {
				return nil, err
			}
			set |= 1 << i
		}
	}
	return parts, nil
}

// sizeWeights are |S|! (n - |S| - 1)! / n! by the size of S.
func sizeWeights(n int) []float64 {
	list := make([]float64, n)
	for s := range list {
		ways := 1.0 // (n - 1) choose s
		for i := range s {
			ways = ways * float64(n-1-i) / float64(i+1)
		}
		list[s] = 1 / (float64(n) * math.Round(ways))
	}
	return list
}
