package build

import (
	"errors"
	"fmt"

	"mizan"
	"mizan/stat"
)

var imputeEM = Entry{
	Method: mizan.Method{
		Stage: mizan.Impute, Name: "em",
		Summary: "Give each missing value its expectation given the unit's other indicators, in the normal distribution that fits all figures best.",
		Formula: "E: x_m = mu_m + S_mo S_oo^-1 (x_o - mu_o); M: mu = mean of x, S = covariance (n) of x + mean of (S_mm - S_mo S_oo^-1 S_om) + ridge I; " +
			"in turns until mu and S stand still; o = observed, m = missing, in standard deviations (n - 1) from the mean; then x_m, " +
			"or with draw x_m + e, e drawn from the normal distribution with covariance S_mm - S_mo S_oo^-1 S_om",
		Missing: "A unit without any value gets the means. An indicator without any value stays missing; one whose values are all equal counts for nothing, and its gaps get that value.",
		Source:  "Dempster, Laird and Rubin (1977), Maximum likelihood from incomplete data via the EM algorithm; Little and Rubin (2019), Statistical Analysis with Missing Data, section 11.2; drawn: Rubin (1987), Multiple Imputation for Nonresponse in Surveys",
		Options: []mizan.Option{
			withinOption,
			{
				Name: "ridge", Kind: mizan.NumberOption, Default: 0.0, Min: new(0.0), Max: new(1.0),
				Summary: "what is added to every variance, as a share of it, where indicators depend on one another",
			},
			{
				Name: "tolerance", Kind: mizan.NumberOption, Default: 1e-12, Min: new(0.0), Max: new(0.01),
				Summary: "mean and covariance stand still when none changes by more than this, in standard deviations",
			},
			{Name: "max_iterations", Kind: mizan.WholeOption, Default: 20000, Min: new(1.0), Summary: "the most turns"},
			{
				Name: "draw", Kind: mizan.BoolOption, Default: false,
				Summary: "draw each value from its distribution in place of the expectation, so that what is imputed spreads as the observed figures do",
			},
			{Name: "seed", Kind: mizan.WholeOption, Summary: "with draw: another seed draws other values; 1 if it is left out"},
		},
	},
	NewImputer: newEM,
}

func newEM(o Options) (Imputer, error) {
	e := em{within: o.text("within"), ridge: o.number("ridge"), tolerance: o.number("tolerance"), maxIterations: o.whole("max_iterations"), draw: o.flag("draw"), seed: 1}
	if o.given("seed") {
		if !e.draw {
			return nil, &OptionError{"needless-option", "seed", "a seed is given, but nothing is drawn", "write `draw: true`, or leave the seed out"}
		}
		e.seed = uint64(o.whole("seed"))
	}
	return e, nil
}

type em struct {
	within           string
	ridge, tolerance float64
	maxIterations    int
	draw             bool
	seed             uint64
}

// Impute errors: an *OptionError for each set of indicators that has too few
// units, or depends on one another, or does not settle; the sets are then all
// left as they are.
func (e em) Impute(in *Matrix) error {
	var fits []*normalFit
	var errs []error
	for _, set := range columnSets(in, e.within) {
		if !hasGaps(in, set) {
			continue
		}
		f := newNormalFit(in, set)
		if len(f.cols) > 0 && f.hasGaps() {
			if err := e.settle(in, f); err != nil {
				errs = append(errs, err)
			}
		}
		fits = append(fits, f)
	}
	if errs != nil {
		return errors.Join(errs...)
	}
	for _, f := range fits {
		if e.draw {
			f.scatter(in, e.seed)
		}
		f.write(in)
	}
	return nil
}

// settle takes turns until mean and covariance stand still.
func (e em) settle(in *Matrix, f *normalFit) error {
	if units := f.informed(); units <= len(f.cols) && e.ridge == 0 {
		return &OptionError{
			"bad-option", "ridge",
			fmt.Sprintf("EM fits %d indicators (%s) to only %d units, and needs more units than indicators", len(f.cols), codeList(in, f.cols), units),
			"fit fewer at a time with `within: parent`, give a `ridge` such as 0.01, or fit all years together with `over: panel`",
		}
	}
	change := 0.0
	for range e.maxIterations {
		var dependent int
		if change, dependent = f.turn(e.ridge); dependent >= 0 {
			return &OptionError{
				"bad-option", "ridge",
				fmt.Sprintf("EM finds that %s follows from the other indicators (%s), so that they have no normal distribution",
					in.code(f.cols[dependent]), codeList(in, f.others(dependent))),
				"give a `ridge` such as 0.01, leave one of them out, or use another method",
			}
		}
		if change <= e.tolerance {
			return nil
		}
	}
	return &OptionError{
		"bad-option", "max_iterations",
		fmt.Sprintf("EM over %s has not settled after %d turns; the last still changed by %.1e", codeList(in, f.cols), e.maxIterations, change),
		"allow more `max_iterations` or a larger `tolerance`, or give a `ridge`",
	}
}

// Explain says how many indicators of the unit the expectation is given.
func (e em) Explain(in *Matrix, col, row int) mizan.Said {
	set := setOf(in, e.within, col)
	n := 0
	for _, c := range set {
		if _, sd, _ := spreadOf(in.Columns[c]); in.Columns[c][row] == in.Columns[c][row] && sd > 0 {
			n++
		}
	}
	if _, sd, _ := spreadOf(in.Columns[col]); !(sd > 0) {
		return fromOne.Say()
	}
	if n == 0 {
		return fromEMMean.Say()
	}
	how := fromEM
	if e.draw {
		how = fromEMDrawn
	}
	return how.Say("n", n, "all", stat.Count(in.Columns[col]))
}
