package audit

import "mizan"

// Statistics describe one indicator in the year, over the units that were not
// screened out: the raw figures, those after denomination and imputation, and
// those after treatment.
type Statistics struct {
	Code       string  `json:"code"`
	Raw        Moments `json:"raw"`
	Untreated  Moments `json:"untreated"`
	Treated    Moments `json:"treated"`
	Imputed    int     `json:"imputed"`    // figures that were missing and are imputed
	OtherYear  int     `json:"other_year"` // figures of another year
	EarliestAt int     `json:"earliest"`   // year of the oldest figure; 0 if none
	LatestAt   int     `json:"latest"`     // year of the newest figure; 0 if none
	Outlier    bool    `json:"outlier"`    // after treatment, by the rule of the check
}

// Moments are what Summarise of package stat says, with quartiles.
type Moments struct {
	N         int          `json:"n"`
	Available int          `json:"available"`
	NonZero   int          `json:"nonzero"`
	Unique    int          `json:"unique"`
	Same      int          `json:"same"`
	Min       mizan.Number `json:"min"`
	Lower     mizan.Number `json:"lower_quartile"`
	Median    mizan.Number `json:"median"`
	Upper     mizan.Number `json:"upper_quartile"`
	Max       mizan.Number `json:"max"`
	Mean      mizan.Number `json:"mean"`
	SD        mizan.Number `json:"sd"`
	Skewness  mizan.Number `json:"skewness"`
	Kurtosis  mizan.Number `json:"kurtosis"` // excess
}

// Availability is how much is known of one unit that was not screened out.
type Availability struct {
	Unit    string       `json:"unit"`
	Missing int          `json:"missing"`
	Zero    int          `json:"zero"`
	Share   mizan.Number `json:"share"`         // of figures that are there
	NonZero mizan.Number `json:"nonzero_share"` // of these, not zero
	// Groups is the share of figures that are there below each aggregate, in
	// the order of the aggregates in Nodes.
	Groups []mizan.Number `json:"groups"`
}

// SizeCorrelation is the correlation of a node's score with a denominator.
type SizeCorrelation struct {
	Code string       `json:"code"`
	With string       `json:"with"`
	R    mizan.Number `json:"r"`
	P    mizan.Number `json:"p"`
	N    int          `json:"n"`
}

// Group is how the children of an aggregate go together. Here and in Across
// scores are taken so that higher is better for the top: those of a reversed
// aggregate, and of what stands below it, change their sign.
type Group struct {
	Code     string         `json:"code"`
	Children []string       `json:"children"`
	R        []mizan.Column `json:"r"` // correlation of every two children
	P        []mizan.Column `json:"p"` // probability under independence
	N        [][]int        `json:"n"` // units with both
	// Parent is the correlation of each child with the aggregate.
	Parent      mizan.Column `json:"parent"`
	ParentP     mizan.Column `json:"parent_p"`
	Alpha       mizan.Number `json:"alpha"`
	Eigenvalues mizan.Column `json:"eigenvalues"` // empty where there are no components
	// Loadings are those of the first principal component.
	Loadings mizan.Column `json:"loadings"`
	Complete int          `json:"complete"` // units with all children
}

// Across is the correlation of every node with every aggregate.
type Across struct {
	Nodes      []string       `json:"nodes"`
	Aggregates []string       `json:"aggregates"`
	R          []mizan.Column `json:"r"` // [node][aggregate]
}

// Importance is how much of the variance of a parent a component explains,
// beside its weight.
type Importance struct {
	Code   string       `json:"code"`
	Parent string       `json:"parent"`
	Weight mizan.Number `json:"weight"` // share within the parent
	Linear mizan.Number `json:"linear"` // squared correlation
	Curve  mizan.Number `json:"curve"`  // squared correlation ratio, local-linear
	// Share is Curve as a share of the sum over the parent's components.
	Share mizan.Number `json:"share"`
	Ratio mizan.Number `json:"ratio"` // Share / Weight
}

// AddedValue is how far the ranks in a pillar are from those in the index; in a
// reversed pillar the unit with the least is first.
type AddedValue struct {
	Code    string       `json:"code"`
	Differ  mizan.Number `json:"differ"` // share of units that differ by a shift or more
	Mean    mizan.Number `json:"mean"`   // mean absolute difference of ranks
	R       mizan.Number `json:"r"`      // Spearman's correlation with the index
	Compare int          `json:"compared"`
}

// Shift is how ranks at the top move from one build to another.
type Shift struct {
	Compared int          `json:"compared"`       // units that both rank
	Mean     mizan.Number `json:"mean"`           // mean absolute change of rank
	Largest  mizan.Number `json:"largest"`        // largest absolute change
	Unit     string       `json:"unit"`           // that moves furthest, "" if none moves
	Moved    mizan.Number `json:"moved"`          // share of units that move by a shift or more
	Spearman mizan.Number `json:"spearman"`       // of the scores
	Ranks    mizan.Column `json:"ranks"`          // in the other build, parallel to Units
	Scores   mizan.Column `json:"scores"`         // in the other build, parallel to Units
	Note     string       `json:"note,omitempty"` // why there is no other build, or what was changed with it
}

// Comparison sets the arithmetic against the geometric mean.
type Comparison struct {
	Levels string       `json:"levels"` // "top" or "all"
	Base   mizan.Column `json:"base"`   // ranks with the arithmetic mean, parallel to Units
	Shift
}

// LeftOut is the index without one component.
type LeftOut struct {
	Code string `json:"code"`
	Shift
}

// Trends are how things change over the years of the panel.
type Trends struct {
	From       int              `json:"from"`
	To         int              `json:"to"`
	Units      []UnitTrend      `json:"units"`
	Indicators []IndicatorTrend `json:"indicators"`
	Stability  []YearStability  `json:"stability"`
}

// UnitTrend is the way of one unit's score at the top.
type UnitTrend struct {
	Unit      string       `json:"unit"`
	Available mizan.Number `json:"available"` // share of years with a score
	First     int          `json:"first"`     // year of the first score, 0 if none
	Last      int          `json:"last"`
	FirstRank mizan.Number `json:"first_rank"`
	LastRank  mizan.Number `json:"last_rank"`
	CAGR      mizan.Number `json:"cagr"`           // compound annual growth of the score
	Change    mizan.Number `json:"percent_change"` // per year, by least squares
}

// IndicatorTrend is the middle of the units' ways in one indicator's raw
// figures.
type IndicatorTrend struct {
	Code      string       `json:"code"`
	Units     int          `json:"units"`     // with two figures or more
	Available mizan.Number `json:"available"` // share of figures that are there
	CAGR      mizan.Number `json:"cagr"`      // median
	Change    mizan.Number `json:"percent_change"`
}

// YearStability is how ranks moved from the year before.
type YearStability struct {
	Year     int          `json:"year"`
	Spearman mizan.Number `json:"spearman"`
	Mean     mizan.Number `json:"mean"`  // mean absolute change of rank
	Jumps    int          `json:"jumps"` // units that move by a shift or more
}
