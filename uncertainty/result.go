package uncertainty

import (
	"cmp"
	"math"
	"slices"

	"mizan"
)

// Format is the version of the document of a Result.
const Format = 1

// Result is what the draws say. As JSON it is stable: keys and rows in a fixed
// order, missing as null. Shares are of the draws that are kept.
type Result struct {
	Format    int    `json:"format"`
	ID        string `json:"id"`   // of the project
	Hash      string `json:"hash"` // of the project as it was built
	Year      int    `json:"year"`
	Seed      int    `json:"seed"`
	Preset    string `json:"preset,omitempty"`
	Requested int    `json:"requested"` // draws that the project asks for
	// Made is how many were made, kept and failed together: all, unless it was
	// stopped or stable before.
	Made     int       `json:"made"`
	Kept     int       `json:"kept"`
	Failed   int       `json:"failed"`
	Failures []Failure `json:"failures"`
	Factors  []Factor  `json:"factors"`
	Choices  []Tally   `json:"choices"` // of the factors that choose

	Top   []int  `json:"top"` // parallel to Unit.Top
	Units []Unit `json:"units"`
	// Ahead holds the share of draws in which a unit has a smaller rank than
	// another, [unit][unit]; nil if there are more than 512 units.
	Ahead     []mizan.Column `json:"ahead,omitempty"`
	Shift     Shift          `json:"shift"`
	Stability Stability      `json:"stability"`
	// ScoreError is the most by which quantiles of scores may be off, since
	// scores are counted in bins. Quantiles of ranks are exact.
	ScoreError float64 `json:"score_error"`
	SMAA       *SMAA   `json:"smaa,omitempty"` // nil if no weights vary
}

// Failure is a reason for which draws could not be built.
type Failure struct {
	Cause string `json:"cause"` // of the first of them
	Draws int    `json:"draws"`
	First int    `json:"first"` // the number of the first draw, from 1
}

// Tally is what became of the draws with one choice.
type Tally struct {
	Factor string `json:"factor"`
	Choice string `json:"choice"`
	Draws  int    `json:"draws"`
	Failed int    `json:"failed"`
	// Shift is the mean over draws and units of abs(rank - reference rank).
	Shift mizan.Number `json:"shift"`
}

// Unit is how sure one unit's rank is. Quantiles are of type 7 (Hyndman and
// Fan 1996), over the draws in which it has a rank.
type Unit struct {
	Unit   string       `json:"unit"`
	Rank   mizan.Number `json:"rank"`   // of the project as it stands
	Ranked int          `json:"ranked"` // draws in which it has a rank
	Median mizan.Number `json:"median"`
	Mean   mizan.Number `json:"mean"`
	Low    mizan.Number `json:"low"`   // 5 % quantile
	High   mizan.Number `json:"high"`  // 95 % quantile
	Best   mizan.Number `json:"best"`  // smallest rank of any draw
	Worst  mizan.Number `json:"worst"` // greatest
	// Top is the share of draws in which it is among the k best, per k of
	// Result.Top.
	Top []mizan.Number `json:"top"`
	// Acceptability is the share of draws in which it has each rank, from the
	// rank First on (Lahdelma and Salminen 2001).
	First         int       `json:"first"`
	Acceptability []float64 `json:"acceptability"`
	Score         Scores    `json:"score"`
}

// Scores are those of one unit at the top.
type Scores struct {
	Reference mizan.Number `json:"reference"`
	Mean      mizan.Number `json:"mean"`
	Median    mizan.Number `json:"median"`
	Low       mizan.Number `json:"low"`
	High      mizan.Number `json:"high"`
}

// Share is the share of draws in which the unit has a rank.
func (u *Unit) Share(rank int) float64 {
	if i := rank - u.First; i >= 0 && i < len(u.Acceptability) {
		return u.Acceptability[i]
	}
	return 0
}

// Shift tells of R_S, the mean over units of abs(rank - reference rank), which
// a draw has (Saisana, Saltelli and Tarantola 2005).
type Shift struct {
	Mean   mizan.Number `json:"mean"`
	SD     mizan.Number `json:"sd"`
	Low    mizan.Number `json:"low"` // 5 % quantile
	Median mizan.Number `json:"median"`
	High   mizan.Number `json:"high"` // 95 % quantile
}

// Stability is how well the draws know what they say: the median and the ends
// of the interval of every unit lie within so many places of what is told, with
// 95 % confidence for each.
//
//	order statistics at n q -+ 1.96 sqrt(n q (1 - q))
//
// Source: Conover (1999), Practical nonparametric statistics, section 3.2.
type Stability struct {
	Places   float64 `json:"places"`
	Unit     string  `json:"unit"`     // of which it is known worst
	Quantile float64 `json:"quantile"` // 0.05, 0.5 or 0.95
}

var quantiles = []float64{0.05, 0.5, 0.95}

func rankOf(v int) float64 { return float64(v) }

// Result says what a state holds.
func (m *Model) Result(s *State) *Result {
	r := m.Intervals(s)
	c := s.counts
	if c.Beats != nil {
		r.Ahead = ahead(c, len(r.Units))
	}
	r.SMAA = m.smaa(c, s.To-s.From)
	return r
}

// Intervals is Result without Ahead and SMAA, of which the latter takes as long
// as many draws.
func (m *Model) Intervals(s *State) *Result {
	c := s.counts
	r := &Result{
		Format: Format, ID: m.spec.ID, Hash: m.spec.Hash(), Year: m.Year(), Seed: m.config.Seed, Preset: m.config.Preset,
		Requested: m.config.Draws, Made: s.To - s.From, Kept: int(c.Kept), Failed: int(c.failed()),
		Failures: []Failure{}, Factors: m.Factors(), Choices: m.tallies(c), Top: m.config.Top,
		Stability: m.stability(c), Units: make([]Unit, len(m.base.Units)),
	}
	if len(r.Top) == 0 {
		r.Top = []int{1, 3, 10}
	}
	for _, f := range c.Failures {
		r.Failures = append(r.Failures, Failure{f.Text, int(f.Draws), f.First + 1})
	}
	slices.SortFunc(r.Failures, func(a, b Failure) int { return cmp.Or(b.Draws-a.Draws, a.First-b.First) })
	scale := m.scale()
	r.ScoreError = scale.width / scoreBins
	reference := m.Reference()
	for u := range r.Units {
		r.Units[u] = m.unit(c, u, reference[u], r.Top, &scale)
	}
	r.Shift = m.shift(c)
	return r
}

func (m *Model) unit(c *counts, u int, reference int32, top []int, scale *scoreScale) Unit {
	one := &c.Units[u]
	n := one.Ranks.total()
	out := Unit{
		Unit: m.base.Units[u], Rank: missingIf(float64(reference), reference == 0), Ranked: int(n), Acceptability: []float64{},
		Low:  mizan.Number(one.Ranks.quantile(0.05, rankOf)),
		High: mizan.Number(one.Ranks.quantile(0.95, rankOf)), Median: mizan.Number(one.Ranks.quantile(0.5, rankOf)),
		Score: Scores{
			Reference: mizan.Number(m.base.Scores.At(m.y, len(m.base.Nodes)-1, u)),
			Mean:      missingIf(scale.mean(one.ScoreSum, n), n == 0),
			Low:       mizan.Number(one.Scores.quantile(0.05, scale.score)),
			Median:    mizan.Number(one.Scores.quantile(0.5, scale.score)),
			High:      mizan.Number(one.Scores.quantile(0.95, scale.score)),
		},
	}
	out.Best, out.Worst, out.Mean = missingIf(0, true), missingIf(0, true), missingIf(0, true)
	if n > 0 {
		w := one.Ranks
		w.trim()
		out.Best, out.Worst = mizan.Number(w.From), mizan.Number(w.From+len(w.Counts)-1)
		out.Mean = mizan.Number(w.mean())
		out.First = w.From
		for _, count := range w.Counts {
			out.Acceptability = append(out.Acceptability, float64(count)/float64(c.Kept))
		}
	}
	for _, k := range top {
		among := int64(0)
		for i, count := range one.Ranks.Counts {
			if one.Ranks.From+i <= k {
				among += int64(count)
			}
		}
		out.Top = append(out.Top, missingIf(float64(among)/float64(c.Kept), c.Kept == 0))
	}
	return out
}

func missingIf(v float64, missing bool) mizan.Number {
	if missing {
		v = math.NaN()
	}
	return mizan.Number(v)
}

// mean is that of the numbers counted, whose sum is exact.
func (w *window) mean() float64 {
	var sum, n int64
	for i, c := range w.Counts {
		sum += int64(c) * int64(w.From+i)
		n += int64(c)
	}
	return float64(sum) / float64(n)
}

func ahead(c *counts, n int) []mizan.Column {
	rows := make([]mizan.Column, n)
	for a := range rows {
		rows[a] = make(mizan.Column, n)
		for b := range rows[a] {
			rows[a][b] = float64(c.Beats[a*n+b]) / float64(c.Kept)
			if a == b {
				rows[a][b] = 0
			}
		}
	}
	return rows
}

// shift tells of R_S over the units that have a rank in the project as it
// stands.
func (m *Model) shift(c *counts) Shift {
	units := 0
	for _, r := range m.Reference() {
		if r != 0 {
			units++
		}
	}
	none := c.Kept == 0 || units == 0
	per := func(bin int) float64 { return shiftOf(bin) / float64(units) }
	mean := float64(c.ShiftSum) / float64(c.Kept) / float64(units)
	squares := 0.0
	for i, count := range c.Shift.Counts {
		d := per(c.Shift.From+i) - mean
		squares += float64(count) * float64(d*d)
	}
	return Shift{
		Mean: missingIf(mean, none), SD: missingIf(math.Sqrt(squares/float64(c.Kept-1)), none || c.Kept < 2),
		Low: mizan.Number(c.Shift.quantile(0.05, per)), Median: mizan.Number(c.Shift.quantile(0.5, per)), High: mizan.Number(c.Shift.quantile(0.95, per)),
	}
}

func (m *Model) tallies(c *counts) []Tally {
	units := 0
	for _, r := range m.Reference() {
		if r != 0 {
			units++
		}
	}
	list := []Tally{}
	at := 0
	for _, f := range m.factors {
		for i := range f.choices {
			t := c.Choices[at]
			list = append(list, Tally{
				Factor: f.ID, Choice: f.Choices[i].Label, Draws: int(t.Kept + t.Failed), Failed: int(t.Failed),
				Shift: missingIf(float64(t.ShiftSum)/float64(t.Kept)/float64(units), t.Kept == 0 || units == 0),
			})
			at++
		}
	}
	return list
}

// stability finds what the draws know worst.
func (m *Model) stability(c *counts) Stability {
	worst := Stability{Places: -1}
	for u := range c.Units {
		w := &c.Units[u].Ranks
		n := float64(w.total())
		if n == 0 {
			continue
		}
		for _, q := range quantiles {
			half := 1.96 * math.Sqrt(n*q*(1-q))
			at := func(i float64) float64 { return float64(w.at(int64(min(max(math.Round(i), 0), n-1)))) }
			middle := w.quantile(q, rankOf)
			off := max(at(n*q+half)-middle, middle-at(n*q-half))
			if off > worst.Places {
				worst = Stability{off, m.base.Units[u], q}
			}
		}
	}
	worst.Places = max(worst.Places, 0)
	return worst
}
