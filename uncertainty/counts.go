package uncertainty

import (
	"math"
	"math/bits"
	"slices"
)

// counts is what is kept of draws. All of it is whole numbers that are added
// up, so that neither the order in which draws are counted nor how they are
// shared out among workers and machines changes a bit, and its size does not
// hang on how many draws there are.
type counts struct {
	Kept     int64             `json:"kept"`
	Failures map[string]*cause `json:"failures"` // by group
	Units    []unitCounts      `json:"units"`
	// Shift counts draws by the sum over units of abs(rank - reference rank).
	Shift    window  `json:"shift"`
	ShiftSum int64   `json:"shift_sum"`
	Choices  []tally `json:"choices"` // of all structural factors, one after another
	// Beats[a*n+b] counts the draws in which unit a has a smaller rank than b;
	// nil if there are too many units to count pairs.
	Beats []uint32 `json:"beats,omitempty"`
}

// cause is a reason for which draws failed.
type cause struct {
	Draws int64  `json:"draws"`
	First int    `json:"first"` // the first of them
	Text  string `json:"text"`  // what was wrong with it
}

// tally is what became of the draws of one choice.
type tally struct {
	Kept     int64 `json:"kept"`
	Failed   int64 `json:"failed"`
	ShiftSum int64 `json:"shift_sum"`
}

// unitCounts is what is kept of one unit.
type unitCounts struct {
	Ranks  window `json:"ranks"`
	Scores window `json:"scores"` // in bins of scoreScale
	// ScoreSum is the sum of scores as whole numbers of scoreScale.
	ScoreSum uint64 `json:"score_sum"`
	// Central are the sums of the shares of weights, in units of 2^-32, in the
	// draws in which the unit was first.
	Central []uint64 `json:"central,omitempty"`
}

// window counts whole numbers that lie near one another.
type window struct {
	From   int      `json:"from"`
	Counts []uint32 `json:"counts"`
}

// add counts a number n times.
func (w *window) add(v int, n uint32) {
	if i := v - w.From; i < 0 || i >= len(w.Counts) {
		w.grow(v)
	}
	w.Counts[v-w.From] += n
}

// grow makes room for a number, and for some beyond it.
func (w *window) grow(v int) {
	if len(w.Counts) == 0 {
		w.From, w.Counts = v-4, make([]uint32, 9)
		return
	}
	room := len(w.Counts) / 2
	from, to := min(w.From, v), max(w.From+len(w.Counts), v+1)
	if v < w.From {
		from -= room
	} else {
		to += room
	}
	counts := make([]uint32, to-from)
	copy(counts[w.From-from:], w.Counts)
	w.From, w.Counts = from, counts
}

// trim drops what is zero at both ends, so that equal counts look the same.
func (w *window) trim() {
	for len(w.Counts) > 0 && w.Counts[0] == 0 {
		w.Counts = w.Counts[1:]
		w.From++
	}
	for len(w.Counts) > 0 && w.Counts[len(w.Counts)-1] == 0 {
		w.Counts = w.Counts[:len(w.Counts)-1]
	}
	if len(w.Counts) == 0 {
		*w = window{}
	}
	w.Counts = slices.Clone(w.Counts)
}

func (w *window) total() (n int64) {
	for _, c := range w.Counts {
		n += int64(c)
	}
	return n
}

func (w *window) merge(other *window) {
	for i, c := range other.Counts {
		if c > 0 {
			w.add(other.From+i, c)
		}
	}
}

// at is the i-th smallest number that was counted, from 0.
func (w *window) at(i int64) int {
	for v, c := range w.Counts {
		if i < int64(c) {
			return w.From + v
		}
		i -= int64(c)
	}
	return w.From + len(w.Counts) - 1
}

// quantile is that of package stat: linear between order statistics.
func (w *window) quantile(q float64, value func(v int) float64) float64 {
	n := w.total()
	if n == 0 {
		return math.NaN()
	}
	h := float64(n-1) * q
	i := int64(h)
	low := value(w.at(i))
	if i+1 >= n {
		return low
	}
	return low + float64((h-float64(i))*(value(w.at(i+1))-low))
}

// mostPaired is up to how many units all pairs are counted.
const mostPaired = 512

func newCounts(m *Model) *counts {
	n := len(m.base.Units)
	c := &counts{Failures: map[string]*cause{}, Units: make([]unitCounts, n)}
	if n <= mostPaired {
		c.Beats = make([]uint32, n*n)
	}
	total := 0
	for _, size := range m.sizes {
		total += size
	}
	c.Choices = make([]tally, total)
	return c
}

// merge adds the counts of other draws.
func (c *counts) merge(o *counts) {
	c.Kept += o.Kept
	for group, f := range o.Failures {
		c.fail(group, *f)
	}
	for u := range c.Units {
		a, b := &c.Units[u], &o.Units[u]
		a.Ranks.merge(&b.Ranks)
		a.Scores.merge(&b.Scores)
		a.ScoreSum += b.ScoreSum
		if b.Central != nil {
			a.central(len(b.Central))
			for i, v := range b.Central {
				a.Central[i] += v
			}
		}
	}
	c.Shift.merge(&o.Shift)
	c.ShiftSum += o.ShiftSum
	for i, t := range o.Choices {
		c.Choices[i].Kept += t.Kept
		c.Choices[i].Failed += t.Failed
		c.Choices[i].ShiftSum += t.ShiftSum
	}
	for i, v := range o.Beats {
		c.Beats[i] += v
	}
}

func (u *unitCounts) central(n int) {
	if u.Central == nil {
		u.Central = make([]uint64, n)
	}
}

func (c *counts) fail(group string, more cause) {
	f := c.Failures[group]
	if f == nil {
		c.Failures[group] = &more
		return
	}
	f.Draws += more.Draws
	if more.First < f.First {
		f.First, f.Text = more.First, more.Text
	}
}

func (c *counts) failed() (n int64) {
	for _, f := range c.Failures {
		n += f.Draws
	}
	return n
}

// trim makes equal counts look the same.
func (c *counts) trim() {
	for u := range c.Units {
		c.Units[u].Ranks.trim()
		c.Units[u].Scores.trim()
	}
	c.Shift.trim()
}

// scoreScale turns scores into whole numbers: bins of 1/4096 of the range of
// the reference scores, each of 1024 parts.
type scoreScale struct {
	low, width float64 // of the reference scores
	times      float64
}

const (
	scoreBins  = 4096
	scoreParts = 1024
	scoreZero  = 1 << 31 // where the lowest reference score is
)

func newScale(reference []float64) scoreScale {
	low, high := math.Inf(1), math.Inf(-1)
	for _, v := range reference {
		if v == v {
			low, high = min(low, v), max(high, v)
		}
	}
	s := scoreScale{low: low, width: high - low}
	if !(s.width > 0) {
		s.width = 1
	}
	if math.IsInf(low, 1) {
		s.low = 0
	}
	s.times = scoreBins * scoreParts / s.width
	return s
}

// parts is a score as a whole number; what lies farther than 512 ranges away is
// held at the end.
func (s *scoreScale) parts(v float64) uint64 {
	x := float64((v-s.low)*s.times) + (scoreZero + 0.5)
	if !(x > 0) {
		return 0
	}
	if x >= 1<<32 {
		return 1<<32 - 1
	}
	return uint64(x)
}

// score is the middle of a bin.
func (s *scoreScale) score(bin int) float64 {
	return s.low + float64((float64(bin)+0.5-scoreZero/scoreParts)/scoreBins)*s.width
}

// mean is the mean of scores whose sum is given.
func (s *scoreScale) mean(sum uint64, n int64) float64 {
	return s.low + (float64(sum)/float64(n)-scoreZero)/s.times
}

// shiftBin is the bin of a sum of shifts: itself up to 2^17, above it its first
// 17 binary digits.
func shiftBin(sum int) int {
	s := max(0, bits.Len(uint(sum))-17)
	return s<<16 + sum>>s
}

// shiftOf is the sum of shifts of a bin.
func shiftOf(bin int) float64 {
	if bin < 1<<17 {
		return float64(bin)
	}
	s := bin>>16 - 1
	return float64((bin - s<<16) << s)
}
