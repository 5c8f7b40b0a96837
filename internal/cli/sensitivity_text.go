package cli

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"mizan"
	"mizan/engine"
	"mizan/uncertainty"
)

// sensitivity prints what drives the ranks: overall, of one unit if asked, and
// otherwise of every unit in a line.
func (w *printer) sensitivity(r *engine.Report, s *uncertainty.SensitivityResult, lang, unit string) {
	w.head(r, lang, s.Year)
	w.sensitivityPlan(s)
	l := newLabels(r, lang)
	names := w.factorNames(s, l, lang)
	fmt.Fprintf(w, "\n%s: ranks move by %s places on average (R_S), with a standard deviation of %s\n",
		w.bold("Overall"), fixed(float64(s.Overall.Mean), 2), fixed(float64(s.Overall.SD), 2))
	w.drivenBy(s, &s.Overall, names)
	for i := range s.Units {
		if t := &s.Units[i]; t.Unit == unit {
			fmt.Fprintf(w, "\n%s: rank %d; in the draws %s on average, with a standard deviation of %s\n",
				w.bold(named(l.unit[t.Unit], t.Unit)), t.Reference, fixed(float64(t.Mean), 1), fixed(float64(t.SD), 1))
			w.drivenBy(s, t, names)
		}
	}
	if unit == "" {
		w.drivers(s, l, names)
	}
	for _, f := range s.Findings {
		fmt.Fprintf(w, "\n%s %s: %s; %s\n", w.severity(f.Severity), f.ID, clean(f.Message), clean(f.Remedy))
	}
}

// sensitivityPlan says how the result was found.
func (w *printer) sensitivityPlan(s *uncertainty.SensitivityResult) {
	a := s.Account
	fmt.Fprintf(w, "What drives the ranks, by the method %s: %s, %s kept, %d failed\n",
		w.bold(s.Method), plural(a.Requested, "draw"), strconv.Itoa(a.Kept), a.Failed)
	for _, c := range a.Causes {
		fmt.Fprintf(w, "  %d × %s\n", c.Draws, clean(c.Cause))
	}
	switch s.Method {
	case uncertainty.Sobol:
		state := "converged"
		if !s.Converged {
			state = "not converged"
		}
		fmt.Fprintf(w, "%s after %s of the plan; rule: %s\n", strings.ToUpper(state[:1])+state[1:], plural(s.Rows, "row"), s.Rule)
	default:
		fmt.Fprintf(w, "Rule: %s\n", s.Rule)
	}
}

// factorNames are those of the factors, with what a weight belongs to.
func (w *printer) factorNames(s *uncertainty.SensitivityResult, l *labels, lang string) map[string]string {
	names := map[string]string{}
	for _, f := range s.Factors {
		name := f.Title.In(lang)
		switch {
		case f.Code != "":
			name = "weight of " + cmp.Or(l.code[f.Code], f.Code)
		case name == "":
			name = f.About
		}
		names[f.ID] = name
	}
	return names
}

// shownEffects is how many factors of many are printed.
const shownEffects = 15

// drivenBy prints the effects on one output, the strongest first.
func (w *printer) drivenBy(s *uncertainty.SensitivityResult, t *uncertainty.SensitivityTarget, names map[string]string) {
	if !(t.SD > 0) {
		fmt.Fprintln(w, "  Nothing that varies moves it.")
		return
	}
	order := strongestEffects(t)
	rest := order[min(len(order), shownEffects):]
	order = order[:len(order)-len(rest)]
	switch s.Method {
	case uncertainty.Sobol:
		w.sobolEffects(t, order, names)
	case uncertainty.Morris:
		w.morrisEffects(t, order, names)
	case uncertainty.PAWN:
		w.pawnEffects(s, t, order, names)
	}
	if len(rest) > 0 {
		fmt.Fprintf(w, "  … and %d weaker (--format csv has all)\n", len(rest))
	}
	for i, p := range t.Pairs {
		if i == 0 {
			fmt.Fprintln(w, "  Together, beyond what each does alone:")
		}
		if i == shownPairs {
			break
		}
		fmt.Fprintf(w, "    %s and %s: %s\n", p.Factors[0], p.Factors[1], effectShare(p.Share))
	}
}

const shownPairs = 5

// strongestEffects orders the effects of a target by what the method screens with.
func strongestEffects(t *uncertainty.SensitivityTarget) []uncertainty.Effect {
	order := slices.Clone(t.Effects)
	slices.SortStableFunc(order, func(a, b uncertainty.Effect) int { return cmp.Compare(effectStrength(b), effectStrength(a)) })
	return order
}

func effectStrength(e uncertainty.Effect) float64 {
	switch {
	case e.Sobol != nil:
		return float64(e.Sobol.Total)
	case e.Morris != nil:
		return float64(e.Morris.Strength)
	case e.PAWN != nil:
		return float64(e.PAWN.Median)
	}
	return math.NaN()
}

func (w *printer) sobolEffects(t *uncertainty.SensitivityTarget, order []uncertainty.Effect, names map[string]string) {
	table := newTable("factor", ">alone", "90 %", ">with others", "90 %", "", "what it is")
	alone := 0.0
	for _, e := range order {
		x := e.Sobol
		table.add(e.Factor, effectShare(x.First), effectSpan(x.FirstLow, x.FirstHigh), effectShare(x.Total), effectSpan(x.TotalLow, x.TotalHigh),
			shareBar(float64(x.Total)), names[e.Factor])
	}
	for _, e := range t.Effects {
		alone += max(0, float64(e.Sobol.First))
	}
	table.write(w, w.style, "  ")
	fmt.Fprintf(w, "  Single factors explain %s of the variance; the rest is what they do together.\n", percentOf(min(1, alone)))
}

func (w *printer) morrisEffects(t *uncertainty.SensitivityTarget, order []uncertainty.Effect, names map[string]string) {
	table := newTable("factor", ">mu*", "90 %", ">mu", ">sigma", "", "what it is")
	most := effectStrength(order[0])
	for _, e := range order {
		x := e.Morris
		table.add(e.Factor, fixed(float64(x.Strength), 2), "["+fixed(float64(x.Low), 2)+", "+fixed(float64(x.High), 2)+"]",
			unsigned(fixed(float64(x.Mean), 2)), fixed(float64(x.Spread), 2), shareBar(float64(x.Strength)/most), names[e.Factor])
	}
	table.write(w, w.style, "  ")
	up := "a greater R_S"
	if t.Unit != "" {
		up = "down the ranking"
	}
	fmt.Fprintf(w, "  In places, for a move over the whole range: mu* is the mean size of the effect,\n  mu its mean (above 0: %s), sigma its spread.\n", up)
}

func (w *printer) pawnEffects(s *uncertainty.SensitivityResult, _ *uncertainty.SensitivityTarget, order []uncertainty.Effect, names map[string]string) {
	inputs := map[string]int{}
	for _, f := range s.Factors {
		inputs[f.ID] = f.Inputs
	}
	table := newTable("factor", ">median", "90 %", ">max", ">chance", "", "", "what it is")
	for _, e := range order {
		x := e.PAWN
		tells := "tells"
		if !x.Tells {
			tells = "no more than chance"
		}
		name := names[e.Factor]
		if inputs[e.Factor] > 1 {
			name += "; most by " + x.Input
		}
		table.add(e.Factor, fixed(float64(x.Median), 3), "["+fixed(float64(x.Low), 3)+", "+fixed(float64(x.High), 3)+"]", fixed(float64(x.Max), 3), fixed(float64(x.Dummy), 3), tells, shareBar(float64(x.Median)), name)
	}
	table.write(w, w.style, "  ")
}

// drivers prints for every unit what drives it most.
func (w *printer) drivers(s *uncertainty.SensitivityResult, l *labels, _ map[string]string) {
	units := slices.Clone(s.Units)
	slices.SortStableFunc(units, func(a, b uncertainty.SensitivityTarget) int { return cmp.Compare(a.Reference, b.Reference) })
	fmt.Fprintf(w, "\n%s\n", w.bold("Every unit"))
	table := newTable(">rank", "unit", "name", ">mean", ">sd", "driven most by", ">"+measureOf(s.Method), "then by", ">"+measureOf(s.Method))
	for i := range units {
		t := &units[i]
		row := []string{strconv.Itoa(t.Reference), t.Unit, l.unit[t.Unit], fixed(float64(t.Mean), 1), fixed(float64(t.SD), 1)}
		if t.SD > 0 {
			for _, e := range strongestEffects(t)[:min(2, len(t.Effects))] {
				row = append(row, e.Factor, effectMeasure(e))
			}
		}
		for len(row) < 9 {
			row = append(row, "")
		}
		table.add(row...)
	}
	table.write(w, w.style, "  ")
}

func measureOf(method string) string {
	return map[string]string{uncertainty.Sobol: "total", uncertainty.Morris: "mu*", uncertainty.PAWN: "median"}[method]
}

func effectMeasure(e uncertainty.Effect) string {
	if e.Sobol != nil {
		return effectShare(e.Sobol.Total)
	}
	return fixed(effectStrength(e), 2)
}

// effectShare writes a share of the variance; estimates of nothing have no sign.
func effectShare(v mizan.Number) string { return unsigned(percentOf(float64(v))) }

// unsigned takes the sign off a number that is nothing as written.
func unsigned(text string) string {
	if strings.Trim(text, "-0. %") == "" {
		return strings.TrimPrefix(text, "-")
	}
	return text
}

func effectSpan(low, high mizan.Number) string {
	if low != low || high != high {
		return ""
	}
	return "[" + unsigned(fixed(100*float64(low), 0)) + ", " + unsigned(fixed(100*float64(high), 0)) + "]"
}

// shareBar draws a share in up to twenty signs.
func shareBar(share float64) string {
	if !(share > 0) {
		return ""
	}
	return strings.Repeat("█", int(math.Round(20*min(share, 1))))
}

// effectsTable has a row per output and factor; the output without a unit is
// the overall shift.
func effectsTable(w io.Writer, s *uncertainty.SensitivityResult) error {
	c := newCSV(w)
	head := []string{"unit", "rank", "mean", "sd", "factor", "rows"}
	switch s.Method {
	case uncertainty.Sobol:
		head = append(head, "first", "first_low", "first_high", "total", "total_low", "total_high")
	case uncertainty.Morris:
		head = append(head, "mu_star", "mu_star_low", "mu_star_high", "mu", "sigma")
	case uncertainty.PAWN:
		head = append(head, "median", "median_low", "median_high", "mean_distance", "max", "slices", "input", "dummy", "tells")
	}
	_ = c.Write(head)
	for _, t := range append([]uncertainty.SensitivityTarget{s.Overall}, s.Units...) {
		for _, e := range t.Effects {
			row := []string{t.Unit, number(t.Reference), exact(float64(t.Mean)), exact(float64(t.SD)), e.Factor, strconv.Itoa(e.Rows)}
			if x := e.Sobol; x != nil {
				row = append(row, exactly(x.First, x.FirstLow, x.FirstHigh, x.Total, x.TotalLow, x.TotalHigh)...)
			}
			if x := e.Morris; x != nil {
				row = append(row, exactly(x.Strength, x.Low, x.High, x.Mean, x.Spread)...)
			}
			if x := e.PAWN; x != nil {
				row = append(row, exactly(x.Median, x.Low, x.High, x.Mean, x.Max)...)
				row = append(row, strconv.Itoa(x.Slices), x.Input, exact(float64(x.Dummy)), strconv.FormatBool(x.Tells))
			}
			_ = c.Write(row)
		}
	}
	c.Flush()
	return c.Error()
}

// interactionsTable has a row per output that was asked for and pair.
func interactionsTable(w io.Writer, s *uncertainty.SensitivityResult) error {
	c := newCSV(w)
	_ = c.Write([]string{"unit", "factor", "with", "share"})
	for _, t := range append([]uncertainty.SensitivityTarget{s.Overall}, s.Units...) {
		for _, p := range t.Pairs {
			_ = c.Write([]string{t.Unit, p.Factors[0], p.Factors[1], exact(float64(p.Share))})
		}
	}
	c.Flush()
	return c.Error()
}

// convergenceTable has a row per step of the method of Sobol.
func convergenceTable(w io.Writer, s *uncertainty.SensitivityResult) error {
	c := newCSV(w)
	_ = c.Write([]string{"rows", "draws", "width", "change"})
	for _, x := range s.Convergence {
		_ = c.Write(append([]string{strconv.Itoa(x.Rows), strconv.Itoa(x.Draws)}, exactly(x.Width, x.Change)...))
	}
	c.Flush()
	return c.Error()
}

// causesTable has a row per cause of draws that failed.
func causesTable(w io.Writer, s *uncertainty.SensitivityResult) error {
	c := newCSV(w)
	_ = c.Write([]string{"cause", "draws"})
	for _, x := range s.Account.Causes {
		_ = c.Write([]string{x.Cause, strconv.Itoa(x.Draws)})
	}
	c.Flush()
	return c.Error()
}

func exactly(list ...mizan.Number) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = exact(float64(v))
	}
	return out
}
