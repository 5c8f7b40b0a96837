package build

import (
	"errors"
	"fmt"
	"slices"

	"mizan"
	"mizan/stat"
)

var imputeRegression = Entry{
	Method: mizan.Method{
		Stage: mizan.Impute, Name: "regression",
		Summary: "Predict each missing value from chosen indicators by a straight line, fitted to the units that have them all.",
		Formula: "x_u = b0 + sum b_i z_iu; b makes sum (x - b0 - sum b_i z_i)^2 least over the units that have x and every z_i, the indicators of on other than x itself",
		Missing: "A unit that lacks one of the chosen indicators stays missing, as does an indicator without any value. Imputed values are not used to predict others.",
		Source:  "Buck (1960), A method of estimation of missing values in multivariate data; " + handbook + ", step 3 (regression imputation)",
		Options: []mizan.Option{{
			Name: "on", Kind: mizan.CodesOption, Required: true,
			Summary: "the indicators to predict from, which the units should have",
		}},
	},
	NewImputer: func(o Options) (Imputer, error) { return regression{o.codes("on")}, nil },
}

type regression struct{ on []string }

// Impute errors: an *OptionError of `on` for each code that is not among the
// indicators, and for each indicator that has a gap and figures but cannot be
// fitted, because too few units have everything or because the chosen
// indicators depend on one another.
func (r regression) Impute(in *Matrix) error {
	var unknown []error
	for _, code := range r.on {
		if !slices.Contains(in.Codes, code) {
			unknown = append(unknown, badReference("on", "there is no indicator %q", "name indicators of the framework", code))
		}
	}
	if unknown != nil {
		return errors.Join(unknown...)
	}
	x := observed(in)
	var errs []error
	for c := range x {
		if n := stat.Count(x[c]); n == 0 || n == len(x[c]) {
			continue
		}
		fit, err := r.fit(in, x, c)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		for row, v := range x[c] {
			if v != v && fit != nil {
				in.Columns[c][row] = fit.predict(x, row)
			}
		}
	}
	return errors.Join(errs...)
}

// hyperplane is mean + sum b (z - centre).
type hyperplane struct {
	on         []int // columns
	mean       float64
	b, centre  []float64
	fittedWith int // units
}

// fit regresses a column on the chosen ones; nil if there are none other.
func (r regression) fit(in *Matrix, x [][]float64, col int) (*hyperplane, error) {
	h := &hyperplane{}
	for _, code := range r.on {
		if c := slices.Index(in.Codes, code); c != col {
			h.on = append(h.on, c)
		}
	}
	if len(h.on) == 0 {
		return nil, nil
	}
	var rows []int
	for row := range x[col] {
		if x[col][row] == x[col][row] && h.complete(x, row) {
			rows = append(rows, row)
		}
	}
	h.fittedWith = len(rows)
	if len(rows) <= len(h.on) {
		return nil, badReference("on", "%d units have a value of %s and of %s, which is too few for %d coefficients",
			"predict from fewer indicators, or from some that more units have", len(rows), in.code(col), codeList(in, h.on), len(h.on)+1)
	}
	// Centred columns spare the intercept a column of its own and keep the
	// digits of figures that lie far from zero.
	y := gather(nil, x[col], rows)
	h.mean = stat.Mean(y)
	z := make([][]float64, len(h.on))
	for i, c := range h.on {
		z[i] = gather(nil, x[c], rows)
		h.centre = append(h.centre, stat.Mean(z[i]))
		if lo, hi := stat.MinMax(z[i]); !(lo < hi) {
			return nil, r.dependent(in, col, h, i, "has the same value everywhere")
		}
		for k := range z[i] {
			z[i][k] -= h.centre[i]
		}
	}
	for k := range y {
		y[k] -= h.mean
	}
	b, dependent := stat.LeastSquares(z, y)
	if dependent >= 0 {
		return nil, r.dependent(in, col, h, dependent, "follows from "+codeList(in, h.on[:dependent]))
	}
	h.b = b
	return h, nil
}

func (regression) dependent(in *Matrix, col int, h *hyperplane, i int, why string) error {
	code := in.code(h.on[i])
	return &OptionError{
		"bad-option", "on",
		fmt.Sprintf("over the %d units that have a value of %s and of %s, %s %s, so that the regression has no single answer",
			h.fittedWith, in.code(col), codeList(in, h.on), code, why),
		"take " + code + " out of `on`",
	}
}

func (h *hyperplane) complete(x [][]float64, row int) bool {
	return !slices.ContainsFunc(h.on, func(c int) bool { return x[c][row] != x[c][row] })
}

// predict is missing where one of the chosen indicators is.
func (h *hyperplane) predict(x [][]float64, row int) float64 {
	v := h.mean
	for i, c := range h.on {
		v += float64(h.b[i] * (x[c][row] - h.centre[i]))
	}
	return v
}

// Explain names the indicators and the number of units.
func (r regression) Explain(in *Matrix, col, _ int) mizan.Said {
	fit, err := r.fit(in, in.Columns, col)
	if err != nil || fit == nil {
		return fromNothing.Say()
	}
	return fromRegression.Say("codes", codeList(in, fit.on), "n", fit.fittedWith)
}
