// Package target follows promises: a value aimed at, by a date. Of each it
// says how fast things have moved since the baseline and how fast they would
// have to move; how the published methods judge that, side by side, each with
// its rule; and how likely the target is, by an ensemble of simple models with
// the changes of the past.
//
// Where nothing was observed after the baseline there is no verdict: the path
// that the promise needs is all that can be told.
package target

import (
	"mizan"
	"mizan/spec"
)

// Format is the version of the document of a Result.
const Format = 1

// Options say which targets are followed and how.
type Options struct {
	// IDs are the targets that are followed; none means all.
	IDs []string
	// Paths is the number of paths per target; 0 is that of the project.
	Paths int
}

// Result is what is known of targets. As JSON it is stable: missing as null.
type Result struct {
	Format     int             `json:"format"`
	ID         string          `json:"id"`   // of the project
	Hash       string          `json:"hash"` // of the project as it was built
	Paths      int             `json:"paths"`
	Seed       int             `json:"seed"`
	Thresholds []Threshold     `json:"thresholds"`
	Methods    []Method        `json:"methods"`
	Models     []Model         `json:"models"` // of the ensemble, in their order
	Targets    []Track         `json:"targets"`
	Promises   []Promise       `json:"promises"` // those with more than one reading
	Groups     []Grouping      `json:"groups"`
	Findings   []mizan.Finding `json:"findings"` // those of all targets
}

// Track is one target with all that is known of it. Values are in the
// target's own currency.
type Track struct {
	ID           string     `json:"id"`
	Unit         string     `json:"unit,omitempty"`
	Alliance     string     `json:"alliance,omitempty"`
	Holder       mizan.Text `json:"holder"` // the name of who promises
	Title        mizan.Text `json:"title,omitempty"`
	Promise      string     `json:"promise"`
	Reading      mizan.Text `json:"reading,omitempty"`
	Indicator    string     `json:"indicator,omitempty"`
	What         mizan.Text `json:"what"`
	Measure      string     `json:"measure"`
	Kind         string     `json:"kind"`
	From         int        `json:"from,omitempty"` // cumulative: first year that counts
	Currency     string     `json:"currency,omitempty"`
	Prices       string     `json:"prices,omitempty"`
	Direction    int        `json:"direction"`
	NaturalLimit *float64   `json:"natural_limit,omitempty"`
	Body         mizan.Text `json:"body,omitempty"`
	Theme        string     `json:"theme,omitempty"`
	Source       string     `json:"source,omitempty"`
	Place        string     `json:"place,omitempty"`
	Note         mizan.Text `json:"note,omitempty"`

	State       State        `json:"state"`
	Baseline    *Point       `json:"baseline"`
	Latest      *Point       `json:"latest"` // nil if nothing is known after the baseline
	Goal        Point        `json:"goal"`
	Milestones  []Point      `json:"milestones,omitempty"`
	Series      []Point      `json:"series"` // all that was observed, the baseline included
	Conversions []Conversion `json:"conversions,omitempty"`

	Observed    *Growth    `json:"observed"`     // from the baseline to the latest
	Required    *Growth    `json:"required"`     // from the baseline to the target
	RequiredNow *Growth    `json:"required_now"` // from the latest to the target
	Path        []PathYear `json:"path"`         // that the promise needs, from the baseline
	Sum         *Sum       `json:"sum,omitempty"`

	Verdicts []Verdict       `json:"verdicts"`
	Agree    bool            `json:"agree"` // the verdicts do not contradict one another
	Ensemble *Ensemble       `json:"ensemble"`
	Findings []mizan.Finding `json:"findings"`

	aim           Point     // what growth and methods look at: the goal, or the last flow of a total
	reference     []float64 // latest figures of all units, NaN where there is none
	referenceYear int
}

// State tells how much can be said of a target.
type State string

// The states of a target.
const (
	Followed    State = "followed"      // there are figures after the baseline
	NoDataAfter State = "no-data-after" // the required path only
	NoBaseline  State = "no-baseline"   // nothing to start from
	Due         State = "due"           // the year of the target is observed
)

// Point is the value of a year.
type Point struct {
	Year   int          `json:"year"`
	Value  mizan.Number `json:"value"`
	Source string       `json:"source,omitempty"` // code of an origin, or an address
	Note   string       `json:"note,omitempty"`
	// Implied is set where the value was not stated but follows from another.
	Implied bool `json:"implied,omitempty"`
}

// Conversion tells by which rate a figure was converted.
type Conversion struct {
	Of        string       `json:"of"` // "baseline", "target" or "observation"
	Year      int          `json:"year"`
	Given     mizan.Number `json:"given"`
	Currency  string       `json:"currency"` // of what was given
	Converted mizan.Number `json:"converted"`
	From      string       `json:"from"` // the rate as it stands in the project
	To        string       `json:"to"`
	Date      spec.Date    `json:"date"`
	Rate      mizan.Number `json:"rate"`
	Inverse   bool         `json:"inverse,omitempty"` // divided by the rate
	Source    string       `json:"source"`
}

// Promise is a promise that can be read in more ways than one.
type Promise struct {
	Code    string   `json:"code"`
	Targets []string `json:"targets"`
}
