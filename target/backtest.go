package target

import (
	"fmt"
	"math"
	"slices"

	"mizan"
	"mizan/spec"
	"mizan/stat"
)

// BacktestOptions say how the past is replayed.
type BacktestOptions struct {
	// Horizon is how many years lie between the last figure that is used and
	// the one that is foretold; 0 = 5.
	Horizon int
	Paths   int // per series; 0 = 1,000
}

// steps are the targets that each series is given: how many times as far as
// the series moved on average, up or down, it would have to go.
var steps = []float64{-1, -0.5, 0, 0.25, 0.5, 1, 1.5, 2}

// fewest figures that a series must have before the years that are foretold.
const fewestFigures = enoughChanges + 1

// Backtest tells how well probabilities and verdicts of the past would have
// done: each series is cut some years before its last figure, targets are set
// by what was known then, and what is said of them is held against what came.
type Backtest struct {
	Format  int    `json:"format"`
	ID      string `json:"id"`
	Hash    string `json:"hash"`
	Horizon int    `json:"horizon"`
	Paths   int    `json:"paths"`
	Seed    int    `json:"seed"`

	Series  int `json:"series"` // of one indicator and unit each
	Short   int `json:"short"`  // left out: too few figures
	Still   int `json:"still"`  // left out: no change in the early window
	Targets int `json:"targets"`
	Reached int `json:"reached"`

	// Brier is the mean squared difference between probability and outcome, and
	// the sum reliability - resolution + uncertainty + within (what is lost by
	// binning). Base is the same score of somebody who knows how often each step
	// is reached and nothing else; Skill is 1 - Brier/Base.
	Brier       mizan.Number `json:"brier"`
	Base        mizan.Number `json:"base"`
	Skill       mizan.Number `json:"skill"`
	Reliability mizan.Number `json:"reliability"`
	Resolution  mizan.Number `json:"resolution"`
	Uncertainty mizan.Number `json:"uncertainty"`
	// Inside50 and Inside90 are how often the outcome lay between the quantiles
	// that hold 50 and 90 % of the paths.
	Inside50 mizan.Number `json:"inside_50"`
	Inside90 mizan.Number `json:"inside_90"`

	Rules      []Method        `json:"methods"`
	Bins       []Bin           `json:"bins"` // the reliability table
	Models     []ModelScore    `json:"models"`
	Steps      []StepScore     `json:"steps"`
	Verdicts   []MethodScore   `json:"verdicts"`
	Indicators []SeriesScore   `json:"indicators"`
	Replays    []Replay        `json:"replays"`
	Findings   []mizan.Finding `json:"findings"`
}

// Bin is a row of the reliability table: targets whose probability lay from
// From to below To.
type Bin struct {
	From    float64      `json:"from"`
	To      float64      `json:"to"`
	Targets int          `json:"targets"`
	Stated  mizan.Number `json:"stated"`  // mean probability
	Reached mizan.Number `json:"reached"` // share that was reached
}

// ModelScore is how one model alone would have done.
type ModelScore struct {
	Model   string       `json:"model"`
	Targets int          `json:"targets"`
	Brier   mizan.Number `json:"brier"`
}

// StepScore is how the targets of one step did.
type StepScore struct {
	Step    float64      `json:"step"` // times the average movement
	Targets int          `json:"targets"`
	Stated  mizan.Number `json:"stated"`
	Reached mizan.Number `json:"reached"`
}

// MethodScore is what became of the targets that a method gave a grade.
type MethodScore struct {
	Method  string       `json:"method"`
	Grade   Grade        `json:"grade"`
	Targets int          `json:"targets"`
	Reached mizan.Number `json:"reached"` // share
}

// SeriesScore is how the series of one indicator did.
type SeriesScore struct {
	Indicator string       `json:"indicator"`
	Series    int          `json:"series"`
	Targets   int          `json:"targets"`
	Brier     mizan.Number `json:"brier"`
	Inside90  mizan.Number `json:"inside_90"`
}

// Replay is one target of the past.
type Replay struct {
	Indicator   string       `json:"indicator"`
	Unit        string       `json:"unit"`
	Cut         int          `json:"cut"` // year of the last figure used
	Last        mizan.Number `json:"last"`
	Step        float64      `json:"step"`
	Year        int          `json:"year"`
	Target      mizan.Number `json:"target"`
	Probability mizan.Number `json:"probability"`
	Actual      mizan.Number `json:"actual"`
	Reached     bool         `json:"reached"`

	inside50, inside90 bool
	models             map[string]float64
	grades             []Grade // parallel to the methods
}

// RunBacktest replays all series of a project. history has all figures. Errors
// are mizan.Problems: those of models and thresholds, and a project in which no
// series is long enough.
func RunBacktest(s *spec.Spec, history *mizan.Panel, o BacktestOptions) (*Backtest, error) {
	limits, problems := resolve(s)
	problems = append(problems, checkModels(s)...)
	if err := problems.OrNil(); err != nil {
		return nil, err
	}
	b := &Backtest{Format: Format, ID: s.ID, Hash: s.Hash(), Horizon: o.Horizon, Paths: o.Paths, Seed: s.Projections.Seed}
	if b.Horizon == 0 {
		b.Horizon = 5
	}
	if b.Paths == 0 {
		b.Paths = 1000
	}
	list := methods(limits)
	b.Rules = list
	var cuts []replaySeries
	for c, code := range history.Codes {
		for u, unit := range history.Units {
			r := seriesOf(history, c, u)
			r.code, r.unit = code, unit
			switch early := r.cut(b.Horizon); {
			case early == nil && len(r.points) == 0:
			case early == nil:
				b.Short++
			case averageMovement(early) == 0:
				b.Still++
			default:
				cuts = append(cuts, r)
			}
		}
	}
	if len(cuts) == 0 {
		return nil, mizan.Problems{s.Problem("no-history", "observations", fmt.Sprintf("no series has %d figures, and one of %d years later", fewestFigures, b.Horizon),
			"add earlier figures, or shorten the horizon")}
	}
	b.Series = len(cuts)
	replays := make([][]Replay, len(cuts))
	set := settings{paths: b.Paths, seed: b.Seed, damping: damping(s), models: chosenModels(s)}
	stat.InParallel(len(cuts), func(i int) { replays[i] = cuts[i].replay(b.Horizon, list, limits, set) })
	for _, r := range replays {
		b.Replays = append(b.Replays, r...)
	}
	b.score(list, set.models)
	return b, nil
}

// replaySeries is the past of one indicator of one unit.
type replaySeries struct {
	code, unit string
	points     []Point
}

func seriesOf(history *mizan.Panel, c, u int) replaySeries {
	var r replaySeries
	for y, year := range history.Years {
		if v := history.At(y, c, u); !math.IsNaN(v) {
			r.points = append(r.points, Point{Year: year, Value: mizan.Number(v)})
		}
	}
	return r
}

// cut is the early window of a series: all figures up to the horizon before the
// last; nil where they are too few, or none is of just that year.
func (r *replaySeries) cut(horizon int) []Point {
	if len(r.points) == 0 {
		return nil
	}
	at := r.points[len(r.points)-1].Year - horizon
	i := slices.IndexFunc(r.points, func(p Point) bool { return p.Year == at })
	if i+1 < fewestFigures {
		return nil
	}
	return r.points[:i+1]
}

// averageMovement is the mean absolute change a year.
func averageMovement(points []Point) float64 {
	sum := 0.0
	for i := 1; i < len(points); i++ {
		sum += math.Abs(float64(points[i].Value - points[i-1].Value))
	}
	return sum / float64(points[len(points)-1].Year-points[0].Year)
}

// replay sets the targets of a series and says of each what would have been
// said.
func (r *replaySeries) replay(horizon int, list []Method, l limits, set settings) []Replay {
	early := r.cut(horizon)
	last, actual := early[len(early)-1], r.points[len(r.points)-1]
	t := &Track{ID: "backtest " + r.code + " " + r.unit, Indicator: r.code, Series: early, Direction: 1, Kind: spec.KindStock}
	t.Baseline, t.Latest = &t.Series[0], &t.Series[len(early)-1]
	finals, byModel := t.finals(horizon, set)
	if finals == nil {
		return nil
	}
	move := averageMovement(early) * float64(horizon)
	y := float64(actual.Value)
	between := func(p float64) bool {
		return y >= stat.QuantileOfSorted(finals, p) && y <= stat.QuantileOfSorted(finals, 1-p)
	}
	inside50, inside90 := between(0.25), between(0.05)
	var out []Replay
	for _, step := range steps {
		goal := float64(last.Value) + float64(step*move)
		p := Replay{
			Indicator: r.code, Unit: r.unit, Cut: last.Year, Last: last.Value, Step: step, Year: actual.Year, Target: mizan.Number(goal),
			Probability: mizan.Number(atLeast(finals, goal)), Actual: actual.Value, Reached: y >= goal, inside50: inside50, inside90: inside90,
			models: map[string]float64{},
		}
		for name, sorted := range byModel {
			p.models[name] = atLeast(sorted, goal)
		}
		if step > 0 {
			t.Goal = Point{Year: actual.Year, Value: mizan.Number(goal)}
			t.aim, t.Verdicts = t.Goal, nil
			t.judge(list, l)
			for _, v := range t.Verdicts {
				p.grades = append(p.grades, v.Grade)
			}
		}
		out = append(out, p)
	}
	return out
}

// finals are the sorted values of all paths at the horizon, and of each model.
func (t *Track) finals(horizon int, set settings) ([]float64, map[string][]float64) {
	var fits []fit
	for _, m := range set.models {
		if f, ok := t.fitModel(m, set.damping, horizon); ok {
			fits = append(fits, f)
		}
	}
	if len(fits) == 0 {
		return nil, nil
	}
	all := make([]float64, 0, set.paths)
	byModel := map[string][]float64{}
	path := make([]float64, horizon)
	stream := stat.NewStream(uint64(set.seed), purpose(t.ID), 0)
	for k := range set.paths {
		stream.Reset(uint64(k))
		f := &fits[k%len(fits)]
		f.draw(path, stream, len(t.Series)-1)
		all = append(all, path[horizon-1])
		byModel[f.model.Name] = append(byModel[f.model.Name], path[horizon-1])
	}
	slices.Sort(all)
	for _, values := range byModel {
		slices.Sort(values)
	}
	return all, byModel
}

// atLeast is the share of sorted values that are at least v.
func atLeast(sorted []float64, v float64) float64 {
	i, _ := slices.BinarySearch(sorted, v)
	return float64(len(sorted)-i) / float64(len(sorted))
}
