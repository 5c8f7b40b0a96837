package scenario

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"mizan"
	"mizan/spec"
)

// SweepOptions say what is swept.
type SweepOptions struct {
	// Path is what takes many values: the ID of an assumption of the scenario; a
	// number of an edit or link of it, such as edits.1.value or
	// links.1.elasticity, edits by their IDs and links by their numbers; or a path
	// of the project file.
	Path      string
	Low, High float64
	Steps     int // at least 2; 0 = 11
	// Draws of every step; 0 = 1000, or as many as the study has if these are
	// fewer; less than 0 = none.
	Draws int
	Goal  *Goal // nil = none
}

// Goal is what the unit is to reach: a rank at least as good, or a score at
// least as high. One of them is given, the other is 0 or missing.
type Goal struct {
	Rank  int
	Score float64
}

// String says the goal.
func (g Goal) String() string {
	if g.Rank > 0 {
		return fmt.Sprintf("rank %d", g.Rank)
	}
	return "score " + figure(g.Score)
}

func (g Goal) reached(s Standing) bool {
	if g.Rank > 0 {
		return float64(s.Rank) <= float64(g.Rank)
	}
	return float64(s.Score) >= g.Score
}

// Sweep is what a scenario leads to while one number takes many values.
type Sweep struct {
	Scenario string      `json:"scenario"`
	Title    mizan.Text  `json:"title,omitempty"`
	Unit     string      `json:"unit"`
	Year     int         `json:"year"`
	Path     string      `json:"path"`
	Draws    int         `json:"draws"` // of every step; 0 = none
	Before   Standing    `json:"before"`
	Steps    []SweepStep `json:"steps"`
	Tipping  *Tipping    `json:"tipping,omitempty"`
}

// SweepStep is one value.
type SweepStep struct {
	Value float64   `json:"value"`
	After Standing  `json:"after"`
	Over  *MoveOver `json:"over,omitempty"`
	// Reaches is the share of draws that reach the goal; missing without either.
	Reaches mizan.Number `json:"reaches"`
}

// Tipping is the value at which the goal begins, or ends, to be reached.
type Tipping struct {
	Goal string `json:"goal"`
	// Where is "from" the value on, "up-to" it, "everywhere" or "nowhere".
	Where string       `json:"where"`
	Value mizan.Number `json:"value"`
	// Monotone tells that the score only rises, or only falls, over the values
	// that were tried: the tipping point is then the only one, found by
	// bisection. Else it is the first of them that a scan finds.
	Monotone bool `json:"monotone"`
	Points   int  `json:"points"` // that were scanned
	// Best is the best standing that was met, at BestAt.
	Best   Standing `json:"best"`
	BestAt float64  `json:"best_at"`
	// Reaches is the share of draws that reach the goal at the value.
	Reaches mizan.Number `json:"reaches"`
}

// The places of a tipping point.
const (
	From       = "from"
	UpTo       = "up-to"
	Everywhere = "everywhere"
	Nowhere    = "nowhere"
)

const (
	defaultSteps = 11
	stepDraws    = 1000
	// scanned is at how many values a goal is looked for before bisection, and
	// halvings how often its bracket is halved.
	scanned, halvings = 65, 40
)

// Sweep tries a scenario with many values of one number, all else being as it
// is. Errors are mizan.Problems: a path that is not there, a value with which
// the project cannot be built.
func (st *Study) Sweep(s *spec.Scenario, o SweepOptions) (*Sweep, error) {
	if o.Steps == 0 {
		o.Steps = defaultSteps
	}
	draws := o.Draws
	if draws == 0 {
		draws = stepDraws
	}
	draws = min(draws, st.draws)
	w := &sweeper{st: st, s: s, o: o, known: map[float64]Standing{}, worker: st.newWorker()}
	first, err := w.at(o.Low)
	if err != nil {
		return nil, err
	}
	_, sc, err := first.world(first.all())
	if err != nil {
		return nil, err
	}
	w.subject = max(0, slices.Index(st.units, first.subject(sc)))
	out := &Sweep{Scenario: s.ID, Title: s.Title, Unit: st.units[w.subject], Year: st.year, Path: o.Path}
	top := len(st.base.Result.Nodes) - 1
	y := slices.Index(st.base.Result.Years, st.year)
	out.Before = Standing{mizan.Number(st.base.Result.Scores.At(y, top, w.subject)), mizan.Number(st.base.Result.Ranks.At(y, top, w.subject))}
	values := make([]float64, o.Steps)
	for i := range values {
		values[i] = o.Low + float64((o.High-o.Low)*float64(i))/float64(o.Steps-1)
	}
	drawn := draws > 0 && st.o.Draws >= 0
	if drawn {
		st.total = draws * (o.Steps + 1)
	}
	for _, x := range values {
		step, err := w.step(x, draws, drawn)
		if err != nil {
			return nil, err
		}
		if step.Over != nil {
			out.Draws = draws
		}
		out.Steps = append(out.Steps, *step)
	}
	if o.Goal != nil {
		if out.Tipping, err = w.tip(values, draws, drawn); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// sweeper tries values of one number.
type sweeper struct {
	st      *Study
	s       *spec.Scenario
	o       SweepOptions
	subject int
	worker  *worker
	known   map[float64]Standing
}

// at is the scenario with a value.
func (w *sweeper) at(x float64) (*compiled, error) {
	s := *w.s
	if !put(&s, w.o.Path, x) {
		if first, _, _ := strings.Cut(w.o.Path, "."); slices.Contains([]string{"edits", "links", "assumptions"}, first) {
			return nil, w.unknown()
		}
		s.Edits = append(slices.Clone(s.Edits), spec.ScenarioEdit{ID: "sweep", Edit: spec.Edit{Set: w.o.Path, To: x}})
	}
	return w.st.compile(&s)
}

// unknown tells of a path that a scenario does not have.
func (w *sweeper) unknown() error {
	var known []string
	for i := range w.s.Edits {
		_, keys := w.s.Edits[i].Quantities()
		for _, key := range keys {
			known = append(known, "edits."+w.s.EditID(i)+"."+key)
		}
	}
	for i := range w.s.Links {
		known = append(known, fmt.Sprintf("links.%d.elasticity", i+1))
	}
	for _, a := range w.s.Assumptions {
		known = append(known, a.ID)
	}
	remedy := "the scenario has no numbers; name a path of the project file"
	if near, ok := spec.Suggest(w.o.Path, known); ok {
		remedy = fmt.Sprintf("did you mean %s?", near)
	} else if len(known) > 0 {
		remedy = "its numbers are " + listed(known)
	}
	return mizan.Problems{{ID: "unknown-path", Cause: fmt.Sprintf("scenario %s has no number %s", w.s.ID, w.o.Path), Remedy: remedy}}
}

// put puts a value in place of a number of a scenario; false if it has none of
// that name.
func put(s *spec.Scenario, path string, x float64) bool {
	fixed := spec.Distribution{Kind: spec.Fixed, Parameters: []float64{x}}
	for i, a := range s.Assumptions {
		if a.ID == strings.TrimPrefix(path, "assumptions.") {
			s.Assumptions = slices.Clone(s.Assumptions)
			s.Assumptions[i].Distribution = fixed
			return true
		}
	}
	parts := strings.Split(path, ".")
	if len(parts) != 3 {
		return false
	}
	quantity := spec.Quantity{Number: x}
	if n, err := strconv.Atoi(parts[1]); err == nil && parts[0] == "links" && parts[2] == "elasticity" && n >= 1 && n <= len(s.Links) {
		s.Links = slices.Clone(s.Links)
		s.Links[n-1].Elasticity = quantity
		return true
	}
	for i := range s.Edits {
		if parts[0] != "edits" || s.EditID(i) != parts[1] {
			continue
		}
		s.Edits = slices.Clone(s.Edits)
		return putEdit(&s.Edits[i], parts[2], quantity)
	}
	return false
}

// putEdit puts a number into an edit.
func putEdit(e *spec.ScenarioEdit, key string, q spec.Quantity) bool {
	_, keys := e.Quantities()
	if !slices.Contains(keys, key) {
		return false
	}
	switch key {
	case "value":
		e.Value = q
	case "dependence":
		e.Dependence = &q
	case "exposure":
		e.Exposure = &q
	case "substitution":
		e.Substitution = &q
	case "rerouting":
		e.Rerouting = &q
	case "elasticity":
		e.Elasticity = &q
	}
	return true
}

// standing is where the unit stands with a value, at the middle of the
// assumptions.
func (w *sweeper) standing(x float64) (Standing, error) {
	if s, known := w.known[x]; known {
		return s, nil
	}
	c, err := w.at(x)
	if err != nil {
		return Standing{}, err
	}
	s, sc, err := c.world(c.all())
	if err != nil {
		return Standing{}, err
	}
	var out outcome
	if err := w.worker.evaluate(s, sc, &s.own, c.middle, w.subject, &out); err != nil {
		return Standing{}, err
	}
	w.known[x] = Standing{mizan.Number(out.top[w.subject]), mizan.Number(out.ranks[w.subject])}
	return w.known[x], nil
}

// step tries one value, drawn if wanted.
func (w *sweeper) step(x float64, draws int, drawn bool) (*SweepStep, error) {
	after, err := w.standing(x)
	if err != nil {
		return nil, err
	}
	out := &SweepStep{Value: x, After: after, Reaches: mizan.Number(math.NaN())}
	c, err := w.at(x)
	if err != nil || !drawn || !c.varies() {
		return out, err
	}
	s, sc, err := c.world(c.all())
	if err != nil {
		return nil, err
	}
	o := c.sample(s, sc, w.subject, draws)
	u := w.subject
	out.Over = over(o.before.scores[u], o.after.scores[u], o.before.ranks[u], o.after.ranks[u])
	if w.o.Goal != nil {
		have, of := 0.0, 0.0
		for k, r := range o.after.ranks[u] {
			if r == r {
				of++
				if w.o.Goal.reached(Standing{mizan.Number(o.after.scores[u][k]), mizan.Number(r)}) {
					have++
				}
			}
		}
		out.Reaches = mizan.Number(have / of)
	}
	return out, nil
}

// tip finds where the goal begins or ends to be reached.
func (w *sweeper) tip(values []float64, draws int, drawn bool) (*Tipping, error) {
	for i := range scanned {
		values = append(values, w.o.Low+float64((w.o.High-w.o.Low)*float64(i))/(scanned-1))
	}
	slices.Sort(values)
	values = slices.Compact(values)
	out := &Tipping{Goal: w.o.Goal.String(), Value: mizan.Number(math.NaN()), Reaches: mizan.Number(math.NaN()), Points: len(values)}
	var list []Standing
	rises, falls := true, true
	for i, x := range values {
		s, err := w.standing(x)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			rises, falls = rises && s.Score >= list[i-1].Score, falls && s.Score <= list[i-1].Score
		}
		if i == 0 || s.Rank < out.Best.Rank || s.Rank == out.Best.Rank && s.Score > out.Best.Score {
			out.Best, out.BestAt = s, x
		}
		list = append(list, s)
	}
	out.Monotone = rises || falls
	flip := 0
	for i := 1; i < len(list) && flip == 0; i++ {
		if w.o.Goal.reached(list[i]) != w.o.Goal.reached(list[i-1]) {
			flip = i
		}
	}
	begins := w.o.Goal.reached(list[0])
	if flip == 0 {
		out.Where = map[bool]string{true: Everywhere, false: Nowhere}[begins]
		return out, nil
	}
	out.Where = map[bool]string{true: UpTo, false: From}[begins]
	low, high := values[flip-1], values[flip]
	for range halvings {
		middle := low + (high-low)/2
		s, err := w.standing(middle)
		if err != nil {
			return nil, err
		}
		if w.o.Goal.reached(s) == begins {
			low = middle
		} else {
			high = middle
		}
	}
	// The end of the bracket at which the goal is reached.
	at := high
	if begins {
		at = low
	}
	out.Value = mizan.Number(at)
	step, err := w.step(at, draws, drawn)
	if err != nil {
		return nil, err
	}
	out.Reaches = step.Reaches
	return out, nil
}
