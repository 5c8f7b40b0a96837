// Package dataset turns files of observations into a Panel: it reads tidy and
// wide CSV, units with their groups, and origins; chooses the year of each
// figure by look-back and stand-in; and reports every problem with file, line
// and column.
package dataset

import (
	"io/fs"

	"mizan"
	"mizan/spec"
)

// Load reads the files that a spec names from a project's folder and
// assembles the panel. Codes are all the spec's indicators, in its order.
// Errors come all at once, as mizan.Problems; remarks come as findings.
func Load(s *spec.Spec, files fs.FS) (*mizan.Panel, []mizan.Finding, error) { panic("stub") }

// Coverage is the share of indicators for which a unit has a figure, or of
// units for which an indicator has one, over the framework's indicators.
type Coverage struct {
	Code      string  `json:"code"`
	Available int     `json:"available"`
	Of        int     `json:"of"`
	Share     float64 `json:"share"`
	// Exact, Earlier, Later and Zero count the figures of the wanted year, of
	// earlier years, of later years and structural zeros.
	Exact   int `json:"exact"`
	Earlier int `json:"earlier"`
	Later   int `json:"later"`
	Zero    int `json:"zero"`
}

// CoverageByUnit and CoverageByIndicator count the cells of one year (a
// position) for the given codes.
func CoverageByUnit(p *mizan.Panel, codes []string, year int) []Coverage { panic("stub") }

// CoverageByIndicator counts per indicator.
func CoverageByIndicator(p *mizan.Panel, codes []string, year int) []Coverage { panic("stub") }
