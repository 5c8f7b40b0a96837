package target

import (
	"hash/fnv"
	"math"
	"slices"

	"mizan"
	"mizan/spec"
	"mizan/stat"
)

// Model is one way in which the past may go on.
type Model struct {
	Name    string `json:"name"`
	Title   string `json:"title"`
	Formula string `json:"formula"`

	damped bool
	// scale turns values into the scale on which yearly changes are added, back
	// the other way; ok tells whether the values have a place there.
	scale func(t *Track) (there, back func(float64) float64, ok bool)
}

// models lists the models of the ensemble.
func models() []Model {
	same := func(v float64) float64 { return v }
	positive := func(t *Track) bool {
		return !slices.ContainsFunc(t.Series, func(p Point) bool { return !(p.Value > 0) })
	}
	return []Model{
		{
			Name: "linear", Title: "Linear trend", Formula: "y(t+1) = y(t) + drift + change",
			scale: func(*Track) (func(float64) float64, func(float64) float64, bool) { return same, same, true },
		},
		{
			Name: "growth", Title: "Constant growth", Formula: "ln y(t+1) = ln y(t) + drift + change",
			scale: func(t *Track) (func(float64) float64, func(float64) float64, bool) {
				return math.Log, math.Exp, positive(t)
			},
		},
		{
			Name: "damped", Title: "Damped growth", Formula: "as constant growth (linear where values are not above 0), the drift of each year being that of the year before times the damping",
			damped: true,
			scale: func(t *Track) (func(float64) float64, func(float64) float64, bool) {
				if positive(t) {
					return math.Log, math.Exp, true
				}
				return same, same, true
			},
		},
		{
			Name: "logistic", Title: "Logistic curve", Formula: "logit(y(t+1)/L) = logit(y(t)/L) + drift + change, L the natural limit",
			scale: func(t *Track) (func(float64) float64, func(float64) float64, bool) {
				limit, ok := t.ceiling()
				if !ok || slices.ContainsFunc(t.Series, func(p Point) bool { return !(p.Value > 0 && float64(p.Value) < limit) }) {
					return nil, nil, false
				}
				return func(v float64) float64 { return logit(v / limit) }, func(z float64) float64 { return limit * logistic(z) }, true
			},
		},
	}
}

// ModelNames lists the names of the models.
func ModelNames() []string {
	var names []string
	for _, m := range models() {
		names = append(names, m.Name)
	}
	return names
}

// Ensemble is how likely a target is, by paths of all models together. Each
// model that fits the series has as many paths as the others.
type Ensemble struct {
	Paths int `json:"paths"`
	// Probability is the share of paths that meet the target in its year;
	// Error its Monte-Carlo standard error, sqrt(p (1-p) / paths).
	Probability mizan.Number  `json:"probability"`
	Error       mizan.Number  `json:"error"`
	Median      mizan.Number  `json:"median"` // in the year of the target
	Models      []ModelResult `json:"models"`
	// Changes is how many changes of the past the paths are made of. Few says
	// that they are too few to be drawn from, so that their size is assumed.
	Changes int  `json:"changes"`
	Few     bool `json:"few"`
	// Fan holds quantiles of the value per year; of a total, FanSum those of
	// the sum.
	Fan        []FanYear   `json:"fan"`
	FanSum     []FanYear   `json:"fan_sum,omitempty"`
	Milestones []Milestone `json:"milestones,omitempty"`
}

// ModelResult is what the paths of one model say.
type ModelResult struct {
	Model       string       `json:"model"`
	Paths       int          `json:"paths"`
	Probability mizan.Number `json:"probability"`
	Median      mizan.Number `json:"median"`
}

// FanYear holds quantiles of the paths in one year.
type FanYear struct {
	Year int          `json:"year"`
	P05  mizan.Number `json:"p05"`
	P25  mizan.Number `json:"p25"`
	P50  mizan.Number `json:"p50"`
	P75  mizan.Number `json:"p75"`
	P95  mizan.Number `json:"p95"`
}

// Milestone is how likely a value before the target's year is.
type Milestone struct {
	Year        int          `json:"year"`
	Value       mizan.Number `json:"value"`
	Probability mizan.Number `json:"probability"`
}

// enoughChanges is from how many changes on they are drawn from.
const enoughChanges = 3

// fit is a model fitted to a series: the yearly drift on its scale, and the
// changes of the past around it.
type fit struct {
	model   Model
	back    func(float64) float64
	last    float64 // on the scale
	drift   float64
	changes []float64 // around the drift, per square root of a year
	sd      float64   // where changes are too few to be drawn from
	stretch float64   // of the uncertainty of the drift
	decay   []float64 // damping per year ahead
}

// stretch is by how much the mean of changes is less certain than that of as
// many independent ones, from their correlation r with the changes before them:
//
//	sqrt((1 + r) / (1 - r)),  r = sum e_i e_(i-1) / sum e_i^2, kept within 0 and 0.8
func stretch(e []float64) float64 {
	var ee, lag float64
	for i := range e {
		ee += float64(e[i] * e[i])
		if i > 0 {
			lag += float64(e[i] * e[i-1])
		}
	}
	if ee == 0 {
		return 1
	}
	r := min(max(lag/ee, 0), 0.8)
	return math.Sqrt((1 + r) / (1 - r))
}

// fitModel fits a model; false where the values have no place on its scale.
//
// With z the values on the scale and g the years between two of them,
//
//	drift  = (z_n - z_0) / (t_n - t_0)
//	change = (z_i - z_(i-1) - drift * g) / sqrt(g) * sqrt(n / (n-1))
//
// With fewer than three changes their spread is assumed: that of a normal
// distribution whose variance takes the drift itself for one more change.
//
//	sd = sqrt((sum change^2 + drift^2) / n)
func (t *Track) fitModel(m Model, damping float64, years int) (fit, bool) {
	there, back, ok := m.scale(t)
	n := len(t.Series) - 1
	if !ok || n < 1 {
		return fit{}, false
	}
	z := make([]float64, n+1)
	for i, p := range t.Series {
		z[i] = there(float64(p.Value))
	}
	f := fit{model: m, back: back, last: z[n]}
	f.drift = (z[n] - z[0]) / float64(t.Series[n].Year-t.Series[0].Year)
	squares := 0.0
	for i := 1; i <= n; i++ {
		g := float64(t.Series[i].Year - t.Series[i-1].Year)
		e := (z[i] - z[i-1] - float64(f.drift*g)) / math.Sqrt(g)
		squares += float64(e * e)
		f.changes = append(f.changes, e)
	}
	if n < enoughChanges {
		f.sd = math.Sqrt((squares + float64(f.drift*f.drift)) / float64(n))
		f.changes = nil
	}
	for i := range f.changes {
		f.changes[i] *= math.Sqrt(float64(n) / float64(n-1))
	}
	f.stretch = stretch(f.changes)
	f.decay = make([]float64, years)
	for k := range f.decay {
		f.decay[k] = 1
		if m.damped {
			f.decay[k] = math.Pow(damping, float64(k+1))
		}
	}
	return f, true
}

// draw writes one path into dst, a value per year ahead. The drift is drawn
// anew for each path, as the mean of as many changes as there were, so that it
// is as uncertain as it was measured; then a change of the past for each year.
func (f *fit) draw(dst []float64, s *stat.Stream, n int) {
	drift := f.drift
	if f.changes == nil {
		drift += f.sd / math.Sqrt(float64(n)) * normal(s)
	} else {
		sum := 0.0
		for range f.changes {
			sum += f.changes[s.Below(len(f.changes))]
		}
		drift += f.stretch * sum / float64(len(f.changes))
	}
	z := f.last
	for k := range dst {
		z += float64(drift * f.decay[k])
		if f.changes == nil {
			z += f.sd * normal(s)
		} else {
			z += f.changes[s.Below(len(f.changes))]
		}
		dst[k] = f.back(z)
	}
}

// normal is a standard normal number by inversion.
func normal(s *stat.Stream) float64 { return math.Sqrt2 * math.Erfinv(2*s.Uniform()-1) }

// purpose is the stream that belongs to a target: that of its id, so that the
// paths of one target do not hang on which others the project has.
func purpose(id string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte("target " + id))
	return h.Sum64()
}

// settings of an ensemble.
type settings struct {
	paths   int
	seed    int
	damping float64
	models  []Model
}

// project draws the paths of a target that has figures after its baseline.
// Path k is drawn from stream k of the target, by model k modulo their number.
func (t *Track) project(set settings) {
	last := t.Series[len(t.Series)-1]
	years := t.Goal.Year - last.Year
	if years < 1 || len(t.Series) < 2 {
		return
	}
	var fits []fit
	for _, m := range set.models {
		if f, ok := t.fitModel(m, set.damping, years); ok {
			fits = append(fits, f)
		}
	}
	if len(fits) == 0 {
		return
	}
	changes := len(t.Series) - 1
	e := &Ensemble{Paths: set.paths, Changes: changes, Few: changes < enoughChanges}
	t.Ensemble = e
	values := make([]float64, years*set.paths) // per year, per path
	path := make([]float64, years)
	stream := stat.NewStream(uint64(set.seed), purpose(t.ID), 0)
	for k := range set.paths {
		stream.Reset(uint64(k))
		fits[k%len(fits)].draw(path, stream, changes)
		for y, v := range path {
			values[y*set.paths+k] = t.within(v)
		}
	}
	t.tally(e, fits, values, last.Year)
}

// within keeps a value at the natural limit that it would pass.
func (t *Track) within(v float64) float64 {
	switch {
	case t.NaturalLimit == nil:
		return v
	case t.Direction < 0:
		return max(v, *t.NaturalLimit)
	}
	return min(v, *t.NaturalLimit)
}

// tally counts what the paths reach. values are per year, per path.
func (t *Track) tally(e *Ensemble, fits []fit, values []float64, last int) {
	n, years := e.Paths, len(values)/e.Paths
	meets := func(v float64, goal mizan.Number) bool {
		if t.Direction < 0 {
			return v <= float64(goal)
		}
		return v >= float64(goal)
	}
	final := values[(years-1)*n:]
	counted := values
	if t.Kind == spec.KindCumulative {
		counted = t.sums(values, n, last)
		final = counted[(years-1)*n:]
	}
	reached := 0
	median := make([]float64, 1)
	mine := make([]float64, 0, n/len(fits)+1)
	for m, f := range fits {
		r := ModelResult{Model: f.model.Name}
		mine = mine[:0]
		for k := m; k < n; k += len(fits) {
			mine = append(mine, final[k])
			if meets(final[k], t.Goal.Value) {
				reached++
				r.Probability++
			}
		}
		r.Paths = len(mine)
		r.Probability /= mizan.Number(max(len(mine), 1))
		stat.SelectQuantiles(median, mine, []float64{0.5})
		r.Median = mizan.Number(median[0])
		e.Models = append(e.Models, r)
	}
	p := float64(reached) / float64(n)
	e.Probability, e.Error = mizan.Number(p), mizan.Number(math.Sqrt(p*(1-p)/float64(n)))
	for _, g := range t.Milestones {
		if y := g.Year - last - 1; y >= 0 && y < years {
			hits := 0
			for _, v := range counted[y*n : (y+1)*n] {
				if meets(v, g.Value) {
					hits++
				}
			}
			e.Milestones = append(e.Milestones, Milestone{Year: g.Year, Value: g.Value, Probability: mizan.Number(float64(hits) / float64(n))})
		}
	}
	if t.Kind == spec.KindCumulative {
		e.FanSum = fan(counted, n, last)
		e.Median = e.FanSum[years-1].P50
	}
	e.Fan = fan(values, n, last)
	if t.Kind != spec.KindCumulative {
		e.Median = e.Fan[years-1].P50
	}
}

// sums adds up the paths of a flow from the first year that counts, upon what
// has come together.
func (t *Track) sums(values []float64, n, last int) []float64 {
	out := make([]float64, len(values))
	for k := range n {
		total := float64(t.Sum.SoFar)
		for y := range len(values) / n {
			if last+1+y >= t.From {
				total += values[y*n+k]
			}
			out[y*n+k] = total
		}
	}
	return out
}

// fanQuantiles are those of FanYear.
var fanQuantiles = []float64{0.05, 0.25, 0.5, 0.75, 0.95}

// fan takes the quantiles of each year; values are rearranged within the years.
func fan(values []float64, n, last int) []FanYear {
	list := make([]FanYear, len(values)/n)
	q := make([]float64, len(fanQuantiles))
	for y := range list {
		stat.SelectQuantiles(q, values[y*n:(y+1)*n], fanQuantiles)
		f := &list[y]
		f.Year = last + 1 + y
		for i, to := range []*mizan.Number{&f.P05, &f.P25, &f.P50, &f.P75, &f.P95} {
			*to = mizan.Number(q[i])
		}
	}
	return list
}
