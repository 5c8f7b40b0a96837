package uncertainty

import (
	"mizan"
)

// The methods of sensitivity analysis.
const (
	Sobol  = "sobol"
	Morris = "morris"
	PAWN   = "pawn"
)

// What is taken for one factor of a sensitivity analysis.
const (
	// ByFactor takes each entry of `uncertainty.vary` as one factor.
	ByFactor = "factor"
	// ByLevel takes the weights of each level of the framework apart.
	ByLevel = "level"
	// ByInput takes every single weight as a factor.
	ByInput = "input"
)

// SensitivityFormat is the version of the document of a SensitivityResult.
const SensitivityFormat = 1

// SensitivityOptions say how to find what drives the ranks. The zero value is
// the usual: Sobol indices of each factor, with 90 % intervals.
type SensitivityOptions struct {
	Method string // "" = Sobol
	By     string // "" = ByFactor
	// Draws is how many readings of the project may be built; 0 = the default
	// of the method. The analysis of Sobol stops before if it has converged.
	Draws int
	// Unit asks that the analysis go on until it has converged for this unit
	// too. Results are for every unit in any case.
	Unit string
	// Quick takes fewer draws where neither Draws nor Tolerance are given, so
	// that a reader who waits for it has an answer in about a second.
	Quick bool
	// Tolerance is the width of the intervals of all total indices at which
	// the analysis of Sobol stops; 0 = 0.05. Below 0 it does not stop before
	// Draws are used.
	Tolerance float64
	// SecondOrder adds, with the method of Sobol, the interaction of every pair
	// of factors on the overall shift and on Unit, which nearly doubles the
	// draws of a row.
	SecondOrder bool
	// Progress is told, now and then, how many of at most how many draws are
	// done; it is called from several goroutines, one at a time. Stop, asked as
	// often, ends the analysis with what is done.
	Progress func(done, most int)
	Stop     func() bool
	// Workers is how many goroutines build; 0 = one a processor. It changes
	// nothing of the result.
	Workers int
}

// The defaults of SensitivityOptions, and the shape of every analysis.
const (
	defaultTolerance  = 0.05
	defaultSobolDraws = 100_000
	defaultMorrisRuns = 200 // trajectories
	defaultPAWNDraws  = 10_000
	confidence        = 0.9 // share of the intervals
	resamples         = 200 // of the bootstrap
	blocksAtMost      = 64  // the bootstrap resamples blocks of rows
	morrisLevels      = 4
	pawnSlices        = 10
	pawnDummies       = 100 // shuffled inputs that tell what chance does
)

// SensitivityResult tells which of the things that vary drive the ranks,
// overall and for each unit. As JSON it is stable: keys and rows in a fixed
// order, missing as null.
type SensitivityResult struct {
	Format int    `json:"format"`
	ID     string `json:"id"`   // of the project
	Hash   string `json:"hash"` // of the project as it was built
	Year   int    `json:"year"`
	Method string `json:"method"`
	By     string `json:"by"`
	Seed   uint64 `json:"seed"`

	Factors []SensitivityFactor `json:"factors"`
	// Overall is what drives the mean absolute shift of ranks, R_S.
	Overall SensitivityTarget `json:"overall"`
	// Units is what drives the rank of each unit that has one, by code.
	Units []SensitivityTarget `json:"units"`

	Account SensitivityAccount `json:"account"`
	// Rows is the number of rows of the plan (Sobol), of trajectories (Morris)
	// or of draws (PAWN) that the indices rest on.
	Rows        int               `json:"rows"`
	Confidence  float64           `json:"confidence"` // share of the intervals
	Convergence []SensitivityStep `json:"convergence,omitempty"`
	Converged   bool              `json:"converged"`
	Rule        string            `json:"rule"` // of convergence, or of screening
	Findings    []mizan.Finding   `json:"findings"`
}

// SensitivityFactor is something that varies.
type SensitivityFactor struct {
	ID     string       `json:"id"`
	Title  mizan.Text   `json:"title,omitempty"`
	About  string       `json:"about,omitempty"`  // what it does, in a few words
	Said   mizan.Saying `json:"said,omitzero"`    // About by identity
	Kind   string       `json:"kind"`             // as in the project file: weights, choose, ...
	Inputs int          `json:"inputs"`           // random numbers that it takes
	Of     string       `json:"of,omitempty"`     // the factor of the project file of which it is a part
	Code   string       `json:"code,omitempty"`   // of the node whose weight it is
	Labels []string     `json:"labels,omitempty"` // of its alternatives
}

// SensitivityTarget is an output with what each factor does to it.
type SensitivityTarget struct {
	Unit      string       `json:"unit,omitempty"`      // "" = overall
	Reference int          `json:"reference,omitempty"` // rank of the unit in the project as it stands
	Mean      mizan.Number `json:"mean"`                // of the rank, or of R_S
	SD        mizan.Number `json:"sd"`                  // standard deviation
	Effects   []Effect     `json:"effects"`             // parallel to the factors
	// Pairs are the interactions of pairs of factors, the strongest first.
	Pairs []Interaction `json:"pairs,omitempty"`
}

// Effect is what a factor does to an output. Which of its parts is given hangs
// on the method.
type Effect struct {
	Factor string `json:"factor"`
	Rows   int    `json:"rows"` // that count: those without a draw that failed

	Sobol  *SobolEffect  `json:"sobol,omitempty"`
	Morris *MorrisEffect `json:"morris,omitempty"`
	PAWN   *PAWNEffect   `json:"pawn,omitempty"`
}

// SobolEffect are shares of the variance: First is that of the factor alone,
// Total with all that it does together with others. Both are estimates and can
// leave 0 to 1 a little.
type SobolEffect struct {
	First     mizan.Number `json:"first"`
	FirstLow  mizan.Number `json:"first_low"`
	FirstHigh mizan.Number `json:"first_high"`
	Total     mizan.Number `json:"total"`
	TotalLow  mizan.Number `json:"total_low"`
	TotalHigh mizan.Number `json:"total_high"`
}

// MorrisEffect sums up the elementary effects, in ranks: of a factor's move
// over its whole range, or from one alternative to another.
type MorrisEffect struct {
	Mean     mizan.Number `json:"mu"`      // missing for factors without a direction
	Strength mizan.Number `json:"mu_star"` // mean absolute effect
	Low      mizan.Number `json:"mu_star_low"`
	High     mizan.Number `json:"mu_star_high"`
	Spread   mizan.Number `json:"sigma"`
}

// PAWNEffect sums up how far the distribution of the output moves when the
// input is known to be in a slice of its range: 0 = not at all, 1 = wholly.
type PAWNEffect struct {
	Median mizan.Number `json:"median"`
	Low    mizan.Number `json:"median_low"` // overall and for the unit asked for; else missing
	High   mizan.Number `json:"median_high"`
	Mean   mizan.Number `json:"mean"`
	Max    mizan.Number `json:"max"`
	Slices int          `json:"slices"`
	Input  string       `json:"input"` // that of the factor's inputs which tells most
	// Dummy is what 19 of 20 inputs that do nothing stay below.
	Dummy mizan.Number `json:"dummy"`
	Tells bool         `json:"tells"` // Median is above Dummy
}

// Interaction is what two factors do together beyond what each does alone, as
// a share of the variance.
type Interaction struct {
	Factors [2]string    `json:"factors"`
	Share   mizan.Number `json:"share"`
}

// SensitivityAccount accounts for every draw: Requested = Kept + Failed.
type SensitivityAccount struct {
	Requested int                  `json:"requested"`
	Kept      int                  `json:"kept"`
	Failed    int                  `json:"failed"`
	Stopped   bool                 `json:"stopped"` // before the plan was carried out
	Causes    []SensitivityFailure `json:"causes,omitempty"`
}

// SensitivityFailure is why draws failed, the most frequent cause first.
type SensitivityFailure struct {
	Cause string `json:"cause"`
	Draws int    `json:"draws"`
}

// SensitivityStep is the state of an analysis of Sobol at a number of rows.
type SensitivityStep struct {
	Rows  int `json:"rows"`
	Draws int `json:"draws"`
	// Width is that of the widest interval of a total index, Change the
	// greatest change of one since the step before.
	Width  mizan.Number `json:"width"`
	Change mizan.Number `json:"change"`
}
