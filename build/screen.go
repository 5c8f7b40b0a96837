package build

import (
	"fmt"
	"maps"
	"slices"

	"mizan"
)

var (
	minCoverage = mizan.Option{
		Name: "min_coverage", Kind: mizan.NumberOption, Default: 2.0 / 3, Min: new(0.0), Max: new(1.0),
		Summary: "the least share of indicators for which a unit must have a value",
	}
	minNonzero = mizan.Option{
		Name: "min_nonzero", Kind: mizan.NumberOption, Default: 0.05, Min: new(0.0), Max: new(1.0),
		Summary: "the least share of a unit's values that must not be zero",
	}
	screenOn = mizan.Option{
		Name: "on", Kind: mizan.ChoiceOption, Default: "raw", Choices: []string{"raw", "denominated", "imputed"},
		Summary: "the table whose values are counted",
	}
	screenForce = mizan.Option{
		Name: "force", Kind: mizan.MapOption, Choices: []string{"keep", "remove"},
		Summary: "units that are kept or removed whatever the figures say, each with keep or remove",
	}
)

// shares is a Screener by the share of values that a unit has, and by the
// share of those that are not zero. A limit of 0 always lets pass.
type shares struct {
	minCoverage, minNonzero float64
	testCoverage, testZero  bool
	force                   map[string]any
}

func newShares(o Options, coverage, zero bool) (Screener, error) {
	force, _ := o["force"].(map[string]any)
	return shares{o.number("min_coverage"), o.number("min_nonzero"), coverage, zero, force}, nil
}

func (s shares) Screen(in *Matrix) ([]Verdict, error) {
	for _, unit := range slices.Sorted(maps.Keys(s.force)) {
		if !slices.Contains(in.Units, unit) {
			return nil, &OptionError{
				"bad-option", "force", fmt.Sprintf("force names %q, which is not a unit", unit),
				"use the code of a unit of the data",
			}
		}
	}
	n := len(in.Units)
	have, zero := make([]int, n), make([]int, n)
	for _, x := range in.Columns {
		for i, v := range x {
			if v == v {
				have[i]++
			}
			if v == 0 {
				zero[i]++
			}
		}
	}
	verdicts := make([]Verdict, n)
	for i, unit := range in.Units {
		verdicts[i] = s.verdict(unit, len(in.Columns), have[i], zero[i])
	}
	return verdicts, nil
}

func (s shares) verdict(unit string, p, have, zero int) Verdict {
	v := Verdict{Keep: true}
	// Quotients of counts are rounded once, as the limit is when it is read,
	// so that 13 of 20 is not under 0.65.
	coverage := float64(have) / float64(p)
	nonzero := float64(have-zero) / float64(have)
	switch {
	case s.testCoverage && p > 0 && coverage < s.minCoverage:
		v = reason(false, sayCoverage.Say("have", have, "all", p, "share", fmt.Sprintf("%.3g", 100*s.minCoverage)))
	case s.testZero && p > 0 && have == 0:
		v = reason(false, sayNoFigures.Say())
	case s.testZero && nonzero < s.minNonzero:
		v = reason(false, sayNonzero.Say("have", have-zero, "all", have, "share", fmt.Sprintf("%.3g", 100*s.minNonzero)))
	}
	switch s.force[unit] {
	case "keep":
		if !v.Keep {
			v = reason(true, sayForced.Say("why", v.why()))
		}
	case "remove":
		v = reason(false, sayRemoved.Say())
	}
	return v
}
