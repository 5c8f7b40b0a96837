// Package spec is the project file as Go values: a strict parse in which every
// error has file, line and column, defaults as one value, a canonical form
// with its hash, typed edits, variants, and the JSON Schema.
//
// spec knows the shape of a project; package build knows its meaning. Method
// names and their options are therefore kept as given, with their places, and
// checked by build.Compile against the registry.
package spec

import "mizan"

// Version is the format version that the key `mizan` must hold.
const Version = 1

// Spec is a whole project file. The order of fields is the order of keys in
// the canonical form. A parsed Spec has all defaults filled in; it is changed
// with Apply, not by setting fields.
type Spec struct {
	Mizan        int           `yaml:"mizan"`
	ID           string        `yaml:"id"`
	Title        mizan.Text    `yaml:"title"`
	Description  mizan.Text    `yaml:"description"`
	Imprint      Imprint       `yaml:"imprint"`
	Period       Period        `yaml:"period"`
	Units        Units         `yaml:"units"`
	Observations []DataFile    `yaml:"observations"`
	Origins      OriginFile    `yaml:"origins"`
	Figures      []Figure      `yaml:"figures"` // a mapping in the file: indicator, unit, year
	Ties         []TieTable    `yaml:"ties"`
	Locations    LocationFile  `yaml:"locations"`
	Supply       []SupplyTable `yaml:"supply"`
	DataSources  []DataSource  `yaml:"sources"`
	Indicators   []Indicator   `yaml:"indicators"` // a mapping in the file; order kept
	Framework    Node          `yaml:"framework"`
	Build        Build         `yaml:"build"`
	Variants     []Variant     `yaml:"variants"` // a mapping in the file; order kept
	Alliances    []Alliance    `yaml:"alliances"`
	// ValueFunctions are those that are declared; Values gives those in force.
	ValueFunctions []ValueFunction `yaml:"value_functions"`
	Targets        []Target        `yaml:"targets"`
	Rates          []Rate          `yaml:"rates"`
	Projections    Projections     `yaml:"projections"`
	Scenarios      []Scenario      `yaml:"scenarios"`
	Published      []Comparison    `yaml:"published"`
	Audit          Audit           `yaml:"audit"`
	Uncertainty    *Uncertainty    `yaml:"uncertainty"` // nil if the project says nothing of it

	doc *Document // where each key stands; nil for a spec made in code
}

// Period is the years that are built and the rule for figures of other years.
// Either Year, or From and To, is given.
type Period struct {
	Year int `yaml:"year"` // one reference year
	From int `yaml:"from"` // first year of a panel
	To   int `yaml:"to"`   // last year of a panel
	// LookBack is how many years before the wanted year a figure may come
	// from when that year has none; the latest wins.
	LookBack int `yaml:"look_back"`
	// StandIn is how many years after the wanted year a figure may come from
	// when neither that year nor LookBack gives one; the earliest wins and
	// the cell's status says so.
	StandIn int `yaml:"stand_in"`
}

// Years lists the years of the panel, ascending.
func (p Period) Years() []int {
	if p.Year != 0 {
		return []int{p.Year}
	}
	var ys []int
	for y := p.From; y <= p.To; y++ {
		ys = append(ys, y)
	}
	return ys
}

// Units names the file of units. Its CSV has a column `unit` (the code), any
// number of columns `name` or `name:LANG`, and one column per group variable.
// Without a file the units are those of the observations.
type Units struct {
	File    string   `yaml:"file"`
	Only    []string `yaml:"only"`    // if given, keep these units
	Exclude []string `yaml:"exclude"` // drop these units
}

// DataFile is a CSV of observations. A tidy file has the columns unit,
// indicator, year, value and optionally status, origin and sd; a wide file has a
// column of units, optionally one of years, and a column per indicator.
type DataFile struct {
	File   string `yaml:"file"`
	Format string `yaml:"format"` // "tidy" (default) or "wide"
	Unit   string `yaml:"unit"`   // name of the unit column, default "unit"
	Time   string `yaml:"time"`   // wide: name of the year column, default "year"
	Year   int    `yaml:"year"`   // wide without a year column: the year of all rows
	Origin string `yaml:"origin"` // origin of all rows that name none
	// Extra says what columns (wide) or indicators (tidy) that the project
	// does not declare mean: "error" (default) or "ignore".
	Extra string `yaml:"extra"`
	// Replaces is "yes" where the file holds a newer vintage: of each indicator
	// and unit of which it has a figure, the figures of files before it do not
	// count, of whatever year; "no" or empty otherwise.
	Replaces string `yaml:"replaces"`
}

// OriginFile names the YAML file of origins: a mapping from origin code to
// publisher, title, licence, url, year and note.
type OriginFile struct {
	File string `yaml:"file"`
}

// Indicator is a measured series. Indicators outside the framework serve as
// denominators and for display.
type Indicator struct {
	Code        string     `yaml:"-"` // the key in the file
	Name        mizan.Text `yaml:"name"`
	Description mizan.Text `yaml:"description"`
	Measure     string     `yaml:"measure"`   // unit of measurement
	Direction   int        `yaml:"direction"` // +1 (default) or -1
	Origin      string     `yaml:"origin"`    // origin of its figures that name none
	// Pool is how alliances pool it: "sum", "mean", "max", "min", "none",
	// {weighted_mean: CODE}, or a sum that takes off what members have in
	// common, {sum: {joint: TIES}} or {sum: {internal: TIES}}.
	Pool Pool `yaml:"pool"`
	// PoolReason says why it is pooled so.
	PoolReason string `yaml:"pool_reason"`
	// LookBack and StandIn override the period's; nil means not given.
	LookBack *int `yaml:"look_back"`
	StandIn  *int `yaml:"stand_in"`
	// Absent is the value a unit without any usable figure gets, because the
	// source lists only units that have some; nil means missing.
	Absent *float64 `yaml:"absent"`
	// Redistribute is "no" where the licence of its figures does not let others
	// publish them again, else "yes" or "".
	Redistribute string `yaml:"redistribute"`
	// Range, if given, is the interval [low, high] in which every figure must
	// lie; a figure outside is an error in the data.
	Range []float64 `yaml:"range"`
}

// Pool is a pooling rule: a rule name, and for "weighted_mean" the weighting
// indicator. A sum may name ties by which members are linked: Joint are works
// that two members share, which both count and the sum counts once; Internal
// are links between members, which are none of the alliance as one unit.
type Pool struct {
	Rule     string
	By       string
	Joint    string
	Internal string
}

// Node is a node of the framework: an aggregate if it has children, else an
// indicator. Any depth, unbalanced trees too. A code stands once in the tree,
// and is none of the keys of a node, so that paths are clear.
//
// An aggregate of direction -1 measures something bad: its own score says how
// much of it there is, and its parent sees that score mirrored. The direction of
// an indicator stands with the indicator (Indicator.Direction); here it is +1.
type Node struct {
	Code      string     `yaml:"code"`
	Name      mizan.Text `yaml:"name"`
	Weight    *float64   `yaml:"weight"`    // within the parent; nil = 1, which Parse fills in
	Direction int        `yaml:"direction"` // of an aggregate as its parent sees it: +1 (default) or -1
	Aggregate *Step      `yaml:"aggregate"` // overrides the level's method
	Children  []Node     `yaml:"children"`
}

// Step is one method with its options, for one stage. In the file it is a
// mapping `{method: NAME, option: value, …}` or the bare name. Each holds
// deviations per indicator code (`each: {gdp: {method: log}}`); an entry
// replaces the step for that indicator as a whole. `over` is one of Options.
type Step struct {
	Method  string
	Options []OptionValue
	Each    []EachStep
	// Path of the step in the project: "build.normalise", "build.aggregate.0",
	// "framework.talent.aggregate", "build.treat.each.gdp".
	Path string
}

// OptionValue is one option as given. Value is a float64, string, bool, nil,
// []any or map[string]any of these.
type OptionValue struct {
	Name  string
	Value any
}

// EachStep is the step of one indicator.
type EachStep struct {
	Code string
	Step Step
}

// Denominator divides one indicator by another.
type Denominator struct {
	Code      string  `yaml:"-"`         // the indicator; the key in the file
	By        string  `yaml:"by"`        // the denominator's code
	Scale     float64 `yaml:"scale"`     // result is x/(by/scale); default 1
	Operation string  `yaml:"operation"` // "divide" (default) or "multiply"
}

// Build is the chain of stages. Denominate is a mapping from indicator to
// denominator code, or to {by, scale, operation}.
type Build struct {
	Denominate []Denominator `yaml:"denominate"`
	Impute     Step          `yaml:"impute"`
	Screen     Step          `yaml:"screen"`
	Treat      Step          `yaml:"treat"`
	Normalise  Step          `yaml:"normalise"`
	Weights    Step          `yaml:"weights"`
	// Aggregate has a step per level from level 2 upwards; the last serves
	// all levels above. One step may stand without a list.
	Aggregate []Step `yaml:"aggregate"`
}

// Variant is a named list of edits that makes another reading of the project.
type Variant struct {
	Code        string     `yaml:"-"` // the key in the file
	Title       mizan.Text `yaml:"title"`
	Description mizan.Text `yaml:"description"`
	Edits       []Edit     `yaml:"edits"`
}

// Edit is a typed change to a project: set the value at a path, or remove it.
//
// A path is keys joined by dots: `build.normalise.method`,
// `framework.talent.gh_devs.weight`, `build.aggregate.0.method`. An element of
// a list is named by its code or id, by itself if it is text, or by its
// position from 0, in this order; the position after the last adds an element.
// Below `framework`, the word `children` may be left out, and any node may be
// named by its code alone. Where `build.aggregate` is one step, its position
// may be left out too.
type Edit struct {
	Set    string `yaml:"set"`
	To     any    `yaml:"to"`     // as OptionValue.Value
	Remove string `yaml:"remove"` // instead of Set

	value *node       // To as it was written, with its places and its order
	at    mizan.Place // of the edit
}

// Comparison is a published ranking to set the result against: a CSV with the
// columns unit and score.
type Comparison struct {
	Code   string     `yaml:"code"`
	Name   mizan.Text `yaml:"name"`
	File   string     `yaml:"file"`
	Origin string     `yaml:"origin"`
}

// Audit is what the project says to its audit: thresholds in place of the
// defaults, and findings that have been answered. Names of thresholds and IDs
// of findings are checked by package audit, which knows them.
type Audit struct {
	Thresholds map[string]float64 `yaml:"thresholds"`
	Silence    []Silence          `yaml:"silence"`
}

// Silence answers findings of the audit, which are then listed with the reason
// and no longer weigh. What is left out fits any.
type Silence struct {
	Finding string   `yaml:"finding"` // ID of the findings
	Code    []string `yaml:"code"`    // only those about one of these indicators or aggregates
	With    string   `yaml:"with"`    // only those about a pair of Code and this one
	Unit    string   `yaml:"unit"`    // only those about this unit
	Year    int      `yaml:"year"`    // only those about this year
	Reason  string   `yaml:"reason"`  // why they are no fault
}
