// Package engine is the one composition of the pure packages: Run takes a
// project and returns a Report, which the command line, the site, the API and
// the page's own engine all read.
package engine

import (
	"io/fs"

	"mizan"
	"mizan/alliance"
	"mizan/build"
	"mizan/dataset"
	"mizan/network"
	"mizan/scenario"
	"mizan/spec"
	"mizan/uncertainty"
)

// Input is a project with the edits to apply.
type Input struct {
	Name    string // name of the project file in messages: "mizan.yaml"
	Text    []byte // the project file
	Files   fs.FS  // the project's folder
	Variant string // "" = as written
	Edits   []spec.Edit
}

// Format is the version of the report's document.
const Format = 1

// Report is everything known of one build. As JSON it is stable: keys in
// order, missing as null, numbers in full precision.
//
// Run leaves out what most readers do not need and what is large for a large
// build: Cells, Coverage, Contributions and Canonical. Complete fills them in;
// WriteJSON and MarshalJSON write them in any case.
type Report struct {
	Format  int     `json:"format"` // version of this document: 1
	Project Project `json:"project"`
	// Canonical is the project as it was built, in canonical form, without its
	// variants.
	Canonical string `json:"spec"`

	Units      []mizan.Unit   `json:"units"`
	Years      []int          `json:"years"`
	Nodes      []build.Node   `json:"nodes"` // indicators, then aggregates level by level
	Indicators []Indicator    `json:"indicators"`
	Origins    []mizan.Origin `json:"origins"`

	// Tables: values[year][code][unit] on the axes above.
	Scores *mizan.Table `json:"scores"`
	Ranks  *mizan.Table `json:"ranks"`
	Stages Stages       `json:"stages"`
	// Contributions are how much of the top score is due to each indicator of
	// the framework. They add up to the score; missing where they cannot.
	Contributions *mizan.Table `json:"contributions"`

	Cells    Provenance     `json:"provenance"`
	Coverage []YearCoverage `json:"coverage"`

	Removed  []build.Removal `json:"removed"`
	Findings []mizan.Finding `json:"findings"`

	// Uncertainty is how sure the ranks are, where it was drawn.
	Uncertainty *uncertainty.Result `json:"uncertainty,omitempty"`
	// Allied is the standing of every alliance in every year; filled in by
	// Complete.
	Allied []alliance.Brief `json:"alliances,omitempty"`

	// Drivers are what drives the ranks, where it was looked for.
	Drivers *uncertainty.SensitivityResult `json:"sensitivity,omitempty"`

	// Networks and Dependences are the tables of ties as networks and the tables
	// of supply, where they were asked for.
	Networks    []*network.Result       `json:"network,omitempty"`
	Dependences []*network.SupplyResult `json:"supply,omitempty"`

	// Tried is what the what-ifs of the project lead to, where they were
	// tried.
	Tried *scenario.Result `json:"scenarios,omitempty"`

	// Not in the document.
	Spec   *spec.Spec    `json:"-"`
	Panel  *mizan.Panel  `json:"-"`
	Result *build.Result `json:"-"`
	whole  string        // Spec in canonical form, with its variants

	full      *Report // what was built, where this one withholds figures; nil if it does not
	files     fs.FS   // the project's folder, for what is read on demand
	ties      tables[mizan.Ties]
	supply    tables[mizan.Supply]
	past      past
	relations relations
}

// Project identifies what was built.
type Project struct {
	ID          string     `json:"id"`
	Title       mizan.Text `json:"title"`
	Description mizan.Text `json:"description,omitempty"`
	Variant     string     `json:"variant,omitempty"`
	Variants    []Variant  `json:"variants,omitempty"` // those on offer
	Edits       []string   `json:"edits,omitempty"`
	Hash        string     `json:"hash"` // of the canonical spec with edits applied
	// Imprint is who made the index, under which licence, and how it is cited.
	Imprint spec.Imprint `json:"imprint,omitzero"`
}

// Variant names another reading of the project.
type Variant struct {
	Code        string     `json:"code"`
	Title       mizan.Text `json:"title"`
	Description mizan.Text `json:"description,omitempty"`
}

// Indicator is what a reader needs to know of a series.
type Indicator struct {
	Code        string     `json:"code"`
	Name        mizan.Text `json:"name"`
	Description mizan.Text `json:"description,omitempty"`
	Measure     string     `json:"measure"`
	Direction   int        `json:"direction"`
	Denominator string     `json:"denominator,omitempty"`
	InFramework bool       `json:"in_framework"`
	// Withheld says who has the figures where their licence does not let others
	// publish them; nil where it does.
	Withheld *Withheld `json:"withheld,omitempty"`
}

// Stages are the stage tables of the framework's indicators.
type Stages struct {
	Raw         *mizan.Table `json:"raw"`
	Denominated *mizan.Table `json:"denominated"`
	Imputed     *mizan.Table `json:"imputed"`
	Screened    *mizan.Table `json:"screened"`
	Treated     *mizan.Table `json:"treated"`
	Normalised  *mizan.Table `json:"normalised"`
}

// Provenance holds, for every raw cell on [year][code][unit] over all
// indicators, where its figure comes from.
type Provenance struct {
	Codes  []string     `json:"codes"`
	Year   [][][]int    `json:"year"` // 0 = missing
	Status [][][]string `json:"status"`
	Origin [][][]int    `json:"origin"` // index into Origins; 0 = none stated
}

// YearCoverage is how full the data are in one year.
type YearCoverage struct {
	Year       int                `json:"year"`
	Units      []dataset.Coverage `json:"units"`
	Indicators []dataset.Coverage `json:"indicators"`
}
