package spec

import (
	"strings"

	"mizan"
)

// Uncertainty says what of the project might have been chosen or measured
// otherwise, and how often it is built so, at random.
type Uncertainty struct {
	Draws  int    `yaml:"draws"`  // default 10000, with a preset 4000
	Seed   int    `yaml:"seed"`   // default 1
	Year   int    `yaml:"year"`   // of the panel; 0 = its latest
	Top    []int  `yaml:"top"`    // how likely it is to be among so many best
	Preset string `yaml:"preset"` // factors of a known study, before those of Vary
	// Failed says what becomes of combinations of choices that cannot be
	// built: "refuse" (default) before any is drawn, or "count" those drawn.
	Failed string   `yaml:"failed"`
	Vary   []Factor `yaml:"vary"`
}

// The defaults of Uncertainty.
const (
	DefaultDraws = 10000
	PresetDraws  = 4000 // with a preset
	DefaultSeed  = 1
)

// Factor is one thing that varies. Exactly one of Weights, From (with Choose),
// Range, Drop, Error and Redraw is given.
type Factor struct {
	ID    string     `yaml:"id"`
	Title mizan.Text `yaml:"title"`

	// Weights varies weights of the framework.
	Weights *VaryWeights `yaml:"weights"`
	// Choose is a path whose value is one of From; "" if all of From have
	// edits of their own. Chances are those of From, equal if not given.
	Choose  string        `yaml:"choose"`
	From    []Alternative `yaml:"from"`
	Chances []float64     `yaml:"chances"`
	// Range is a path whose value is a number from Between, a whole one if
	// Whole.
	Range   string    `yaml:"range"`
	Between []float64 `yaml:"between"`
	Whole   bool      `yaml:"whole"`
	// Drop is the codes of which one is left out at a time; "indicators" or
	// "pillars" stand for all of them. Nothing is the chance that none is left
	// out; nil = as great as that of each.
	Drop    []string `yaml:"drop"`
	Nothing *float64 `yaml:"nothing"`
	// Error is the error of measurement of the figures.
	Error *VaryFigures `yaml:"error"`
	// Redraw is the path of a step that has a seed, which is drawn.
	Redraw string `yaml:"redraw"`

	at mizan.Place
}

// Kinds of factors.
const (
	FactorWeights = "weights"
	FactorChoose  = "choose"
	FactorRange   = "range"
	FactorDrop    = "drop"
	FactorError   = "error"
	FactorRedraw  = "redraw"
)

// Kind is which kind of factor it is; "" if none is given.
func (f *Factor) Kind() string {
	switch {
	case f.Weights != nil:
		return FactorWeights
	case len(f.From) > 0:
		return FactorChoose
	case f.Range != "":
		return FactorRange
	case len(f.Drop) > 0:
		return FactorDrop
	case f.Error != nil:
		return FactorError
	case f.Redraw != "":
		return FactorRedraw
	}
	return ""
}

// VaryWeights says how weights vary. One of Spread, Within, Dirichlet, Simplex
// and Bounds is given.
type VaryWeights struct {
	// Spread: w (1 + s (2u - 1)), u uniform from 0 to 1.
	Spread float64 `yaml:"spread"`
	// Within: the share of the weight among its siblings moves by up to so
	// much to either side, not below 0.
	Within float64 `yaml:"within"`
	// Dirichlet: shares among siblings have the Dirichlet distribution with
	// the project's own shares as mean and this as the sum of its parameters:
	// the greater, the nearer to the mean.
	Dirichlet float64 `yaml:"dirichlet"`
	// Simplex: any shares are as likely as any others, "siblings" among the
	// children of each aggregate, "indicators" among all indicators, whose
	// sums are the weights of the aggregates.
	Simplex string `yaml:"simplex"`
	// Bounds: uniform between bounds, by code.
	Bounds []WeightBounds `yaml:"bounds"`
	// Levels and Codes choose the nodes whose weights vary; all if neither is
	// given. Level 1 is the indicators.
	Levels []int    `yaml:"levels"`
	Codes  []string `yaml:"codes"`
}

// WeightBounds are the bounds of the weight of a node within its parent.
type WeightBounds struct {
	Code    string
	Between []float64 // low, high
}

// Alternative is one choice of a factor: the project as it stands, a value at
// the factor's path, or edits.
type Alternative struct {
	Title mizan.Text `yaml:"title"`
	Edits []Edit     `yaml:"edits"`
	AsIs  bool       // written `as-is`
	To    any        // of neither: the value, as OptionValue.Value

	value *node
	at    mizan.Place
}

// AsIs is how the project as it stands is written among alternatives.
const AsIs = "as-is"

// EditsOf are the edits of an alternative of a factor.
func (f *Factor) EditsOf(i int) []Edit {
	a := &f.From[i]
	switch {
	case a.AsIs:
		return nil
	case a.Edits != nil:
		return a.Edits
	}
	return []Edit{{Set: f.Choose, To: a.To, value: a.value, at: a.at}}
}

// RangeEdit sets the number of a range.
func (f *Factor) RangeEdit(x float64) Edit { return Edit{Set: f.Range, To: x, at: f.at} }

// Label names an alternative of a factor in short.
func (a *Alternative) Label() string {
	switch {
	case len(a.Title) > 0:
		return a.Title.In("en")
	case a.AsIs:
		return AsIs
	case a.Edits != nil:
		parts := make([]string, len(a.Edits))
		for i, e := range a.Edits {
			parts[i] = e.String()
		}
		return strings.Join(parts, "; ")
	}
	return string(flow(Edit{To: a.To, value: a.value}.node()))
}

// VaryFigures is the error of measurement of figures, by indicator; the key ""
// stands for every indicator that is not named. The error of a figure is
// independent of those of others.
type VaryFigures struct {
	// SD: normal, with this standard deviation in the indicator's measure.
	SD map[string]float64 `yaml:"sd"`
	// Relative: log-normal, with this standard deviation as a share of the
	// figure.
	Relative map[string]float64 `yaml:"relative"`
	// Rounding: uniform, half of this to either side.
	Rounding map[string]float64 `yaml:"rounding"`
	// Data: normal, with the standard deviation that stands beside the figure
	// in the data (column `sd`).
	Data bool `yaml:"data"`
}
