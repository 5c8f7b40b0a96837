package target

import (
	"math"

	"mizan"
	"mizan/spec"
)

// Sum is what a promise of a total over several years implies for each year.
type Sum struct {
	From  int          `json:"from"`
	To    int          `json:"to"`
	Total mizan.Number `json:"total"`
	SoFar mizan.Number `json:"so_far"` // what has come together, 0 before the first year
	Until int          `json:"until"`  // the year through which; 0 = none
	// Growth is the constant yearly growth of the flow, from the baseline, that
	// makes the total; Last the flow of the final year on that path.
	Growth mizan.Number `json:"growth"`
	Last   mizan.Number `json:"last"`
	Even   mizan.Number `json:"even"` // the flow of each year if all were equal
	Path   []SumYear    `json:"path"`
}

// SumYear is a year of the path that a total implies.
type SumYear struct {
	Year int          `json:"year"`
	Flow mizan.Number `json:"flow"`
	Sum  mizan.Number `json:"sum"`
}

// SumGrowth is the constant yearly growth g of a flow that makes a total.
//
//	sum over k = first … last of  flow * (1 + g)^k  =  total
//
// k counts the years after that of flow. It is NaN where flow or total is not
// above 0, or the years are out of order. Found by bisection to the last bits.
func SumGrowth(flow, total float64, first, last int) float64 {
	if !(flow > 0) || !(total > 0) || math.IsInf(total, 0) || first < 1 || last < first {
		return math.NaN()
	}
	sum := func(factor float64) float64 {
		s := 0.0
		for k := first; k <= last; k++ {
			s += flow * math.Pow(factor, float64(k))
		}
		return s
	}
	low, high := 0.0, 1.0
	for sum(high) < total {
		high *= 2
	}
	for range 200 {
		middle := low + (high-low)/2
		if middle <= low || middle >= high {
			break
		}
		if sum(middle) < total {
			low = middle
		} else {
			high = middle
		}
	}
	return high - 1
}

// addSum works out what a total implies, and puts the flow of the final year
// in place of the total as the value that growth and methods aim at.
func (t *Track) addSum() {
	if t.Kind != spec.KindCumulative {
		return
	}
	goal := t.Goal
	s := &Sum{From: t.From, To: goal.Year, Total: goal.Value, Growth: mizan.Number(math.NaN()), Last: mizan.Number(math.NaN())}
	t.Sum = s
	if s.From == 0 || s.To < s.From {
		s.Even = mizan.Number(math.NaN())
		return
	}
	s.Even = goal.Value / mizan.Number(s.To-s.From+1)
	if t.Baseline == nil {
		return
	}
	base := *t.Baseline
	g := SumGrowth(float64(base.Value), float64(goal.Value), s.From-base.Year, s.To-base.Year)
	s.Growth = mizan.Number(g)
	total := 0.0
	for y := s.From; y <= s.To; y++ {
		flow := float64(base.Value) * math.Pow(1+g, float64(y-base.Year))
		total += flow
		s.Path = append(s.Path, SumYear{Year: y, Flow: mizan.Number(flow), Sum: mizan.Number(total)})
		s.Last = mizan.Number(flow)
	}
	t.aim = Point{Year: s.To, Value: s.Last, Implied: true}
	s.SoFar, s.Until = t.sumSoFar()
}

// sumSoFar adds the flows that were observed from the first year that counts;
// years between two figures are put on the straight line between them.
func (t *Track) sumSoFar() (mizan.Number, int) {
	total, until := 0.0, 0
	for i := 1; i < len(t.Series); i++ {
		a, b := t.Series[i-1], t.Series[i]
		for y := a.Year + 1; y <= b.Year; y++ {
			if y < t.From || y > t.Goal.Year {
				continue
			}
			share := float64(y-a.Year) / float64(b.Year-a.Year)
			total += float64(a.Value) + float64(share*float64(b.Value-a.Value))
			until = y
		}
	}
	return mizan.Number(total), until
}

// sumNow is the growth, from the latest figure, that the rest of a total needs.
func (t *Track) sumNow() *Growth {
	s, latest := t.Sum, t.Latest
	rest := float64(s.Total - s.SoFar)
	first := max(s.From, s.Until+1) - latest.Year
	g := SumGrowth(float64(latest.Value), rest, first, s.To-latest.Year)
	last := Point{Year: s.To, Value: latest.Value * mizan.Number(math.Pow(1+g, float64(s.To-latest.Year)))}
	return t.growth(*latest, last)
}
