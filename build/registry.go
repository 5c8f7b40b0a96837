package build

import "mizan"

// The interfaces of the stages. A method fits first and is applied after, so
// that what was learnt from the reference set (a cap, a goalpost, a mean) can
// be kept as a frozen function and applied to a pooled alliance or a scenario.

// Imputer fills missing values in place.
type Imputer interface {
	Impute(in *Matrix) error
}

// Screener decides which units stay. It returns, per unit, whether it is kept
// and the figures on which that was decided.
type Screener interface {
	Screen(in *Matrix) ([]Verdict, error)
}

// Verdict is the outcome of screening one unit.
type Verdict struct {
	Keep   bool
	Reason string       // why not kept, or why forced; "" if kept in the ordinary way
	Said   mizan.Saying // Reason by identity
}

// Treater learns a transformation of one indicator's reference values (missing
// is NaN), as they are before any direction is applied. Where the method is not
// defined for one of them the error is a *BadValue. Values that tell nothing
// (too few, or all equal) are left as they are.
type Treater interface {
	FitTreat(x []float64) (Treatment, error)
}

// Treatment is a fitted treatment with what a reviewer wants to know of it.
type Treatment struct {
	Transform
	Applied string            // what was done: "none", "winsorise", "log", …
	Checks  []Check           // before, after the first step, after the second
	Details map[string]string // for the trace: "points": "3", "cap": "812.4"
}

// Check is skewness and excess kurtosis with the verdict.
type Check struct {
	Skewness, Kurtosis float64
	Pass               bool
}

// Normaliser learns a transformation of one indicator's reference values, given
// its direction (+1 or -1): whatever the direction, a higher result is better.
//
// Where the reference values tell nothing (all equal, or all missing) the error
// is a *Degenerate and the Transform, which is then not nil, gives NaN for
// every value. Where the method is not defined for one of them the error is a
// *BadValue.
type Normaliser interface {
	FitNormalise(x []float64, direction int) (Transform, error)
}

// Transform is a frozen function of one value.
type Transform interface {
	// Apply maps one value; NaN stays NaN, and a value outside of what the
	// method is defined for becomes NaN.
	Apply(x float64) float64
	// Parameters are what was learnt, for the trace, in a fixed order:
	// {"min", "0.2"}, {"max", "5.7"}.
	Parameters() []Parameter
}

// ColumnTransform is a Transform with a faster way for a whole column. ApplyTo
// writes Apply of every value of src to dst, which has its length and may be
// src itself.
type ColumnTransform interface {
	Transform
	ApplyTo(dst, src []float64)
}

// applyTo writes the transform of every value of src to dst, which may be src.
func applyTo(t Transform, dst, src []float64) {
	if c, ok := t.(ColumnTransform); ok {
		c.ApplyTo(dst, src)
		return
	}
	for i, v := range src {
		dst[i] = t.Apply(v)
	}
}

// Parameter is a learnt figure with its name.
type Parameter struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
}

// Weigher makes the weights of the children of every aggregate.
type Weigher interface {
	// Weigh returns the weight of each child of group, not rescaled, none of
	// them negative unless an option asks for it. Where the children's values
	// tell nothing the error is a *Degenerate that names them and there are no
	// weights: the build cannot go on. An option that does not fit the group is
	// an *OptionError.
	Weigh(group *Group) ([]float64, error)
}

// Learner is a Weigher that learns from the group or from judgements: besides
// the weights, which are those of Weigh, it tells what a reviewer wants to know
// of them, in a fixed order: {"share of variance", "0.42"}, {"consistency
// ratio", "0.03"}.
type Learner interface {
	Learn(group *Group) (weights []float64, learnt []Parameter, err error)
}

// Namer is a method whose options name codes of the framework. Compile checks
// that there are such; a method cannot, since it sees one aggregate at a time.
type Namer interface {
	// Names lists the codes by option, each once, sorted.
	Names() []OptionCodes
}

// OptionCodes are the codes that one option names.
type OptionCodes struct {
	Option string
	Codes  []string
}

// Aggregator makes the scores of an aggregate from those of its children.
type Aggregator interface {
	// Aggregate writes the score of every unit to out. Children without a
	// value are left out and the weights of the others count alone; a unit
	// without any, or with weights that add up to zero, gets NaN. Where the
	// method is not defined for a value the error is a *BadValue that names
	// unit and child. Where the values tell nothing of some units the error is
	// a *Degenerate, those units get NaN and the others their scores. An option
	// that does not fit the group is an *OptionError.
	Aggregate(g *Group, out []float64) error
}

// Sharer is an Aggregator that can say how much of a unit's score is due to
// each child: shares add up to the score. For means this is Euler's theorem,
// c_i = x_i df/dx_i, exact because means are homogeneous of degree one.
type Sharer interface {
	// Shares writes the share of each child of one unit to out: x are the
	// children's values, w their weights, score what Aggregate gave. A child
	// without a value has no share (NaN).
	Shares(x, w []float64, score float64, out []float64)
}

// GroupSharer is an Aggregator whose shares hang on more than the unit's own
// values: on the other units, or on which child is which. The shares add up to
// the score here too.
type GroupSharer interface {
	// GroupShares writes the share of each child in the score of one unit, by
	// its position, to out. A child without a value has no share (NaN).
	GroupShares(g *Group, unit int, score float64, out []float64) error
}

// Matrix is one year of indicators, or all years below one another when the
// step says `over: panel`: a column per indicator.
type Matrix struct {
	Units      []string    // row labels; repeated year by year when over the panel
	Years      []int       // parallel to Units
	Codes      []string    // one per column
	Columns    [][]float64 // missing is NaN; imputers write here
	Directions []int       // +1 or -1 per column
	Parents    []string    // parent aggregate per column
	// Groups gives the labels of a group variable, parallel to Units.
	Groups func(name string) (labels []string, known bool)
}

// Group is an aggregate with its children in one year.
type Group struct {
	Parent   string
	Children []string
	X        [][]float64 // [child][unit]
	W        []float64   // declared weights
	Units    []string

	// Aggregator makes the parent of the children; nil = the arithmetic mean.
	// Weighers that look at what the weights bring about need it.
	Aggregator Aggregator
	// Outcome gives the figures of any indicator of the project in this year,
	// one per unit, times its direction, as they were before treatment; nil, or
	// not known, if there are none.
	Outcome func(code string) (x []float64, known bool)
}

// Entry is a method of the registry: its description and how to make it.
// Exactly one of the New functions is set, the one of its stage.
type Entry struct {
	mizan.Method
	// NeedsPositive says of an aggregator whether it is not defined where a
	// child is zero or negative (nil = it is defined everywhere); Lowest, of a
	// normaliser, is a value that some unit surely gets or falls below (nil or
	// NaN = nothing is sure). From the two, a geometric mean over a zero is
	// refused before a number is touched.
	NeedsPositive func(Options) bool
	Lowest        func(Options) float64
	// ColumnByColumn says of an imputer that it fills each indicator from its
	// own figures alone, and not from those of other indicators.
	ColumnByColumn bool
	// Mirror, of a normaliser or an aggregator, is the sum of the two ends of
	// its scores, or twice their mean, about the middle of which a reversed
	// aggregate is mirrored; NaN if the options do not tell. Nil: nothing is known
	// of a normaliser's scores, and an aggregator keeps the scale of its children.
	Mirror func(Options) float64
	// UnitByUnit says of an aggregator that a unit's score hangs on its own
	// values alone, and not on which other units there are.
	UnitByUnit bool

	NewImputer    func(Options) (Imputer, error)
	NewScreener   func(Options) (Screener, error)
	NewTreater    func(Options) (Treater, error)
	NewNormaliser func(Options) (Normaliser, error)
	NewWeigher    func(Options) (Weigher, error)
	NewAggregator func(Options) (Aggregator, error)
}
