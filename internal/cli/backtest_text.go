package cli

import (
	"fmt"
	"strconv"

	"mizan"
	"mizan/target"
)

// backtest prints how the past would have been foretold.
func (w *printer) backtest(b *target.Backtest) {
	titles := map[string]string{}
	for _, m := range b.Rules {
		titles[m.Name] = m.Title
	}
	fmt.Fprintf(w, "%s %d series of %s, horizon %s\n", w.bold("Back-test:"), b.Series, plural(len(b.Indicators), "indicator"), plural(b.Horizon, "year"))
	fmt.Fprintf(w, "Each series was cut %s before its last figure and given %s by how far it moved till then;\n", plural(b.Horizon, "year"), plural(len(b.Steps), "target"))
	fmt.Fprintf(w, "%s, of which %d were reached; %d paths per series, seed %d.\n", plural(b.Targets, "target"), b.Reached, b.Paths, b.Seed)
	if b.Short+b.Still > 0 {
		fmt.Fprintf(w, "Left out: %d series with too few figures, %d that did not move.\n", b.Short, b.Still)
	}

	fmt.Fprintf(w, "\n%s\n", w.bold("Reliability: what was stated, and how often it came"))
	t := newTable("probability", ">targets", ">stated on average", ">reached")
	for _, x := range b.Bins {
		t.add(fmt.Sprintf("%.0f to %.0f %%", 100*x.From, 100*x.To), strconv.Itoa(x.Targets), share(float64(x.Stated)), share(float64(x.Reached)))
	}
	t.write(w, w.style, "  ")
	fmt.Fprintf(w, "\n  Brier score %s (0 is best) = reliability %s - resolution %s + uncertainty %s, up to what binning loses.\n",
		fixed(float64(b.Brier), 4), fixed(float64(b.Reliability), 4), fixed(float64(b.Resolution), 4), fixed(float64(b.Uncertainty), 4))
	fmt.Fprintf(w, "  Somebody who knew how often each size of step is reached would have scored %s: skill %s.\n", fixed(float64(b.Base), 4), fixed(float64(b.Skill), 3))
	fmt.Fprintf(w, "  Between the quantiles that hold 50 and 90 %% of the paths lay %s and %s of what came.\n", share(float64(b.Inside50)), share(float64(b.Inside90)))

	fmt.Fprintf(w, "\n%s\n", w.bold("Models, each alone"))
	t = newTable("model", ">targets", ">Brier score")
	for _, x := range b.Models {
		t.add(x.Model, strconv.Itoa(x.Targets), fixed(float64(x.Brier), 4))
	}
	t.write(w, w.style, "  ")

	fmt.Fprintf(w, "\n%s\n", w.bold("Size of the step, times the average movement"))
	t = newTable(">step", ">targets", ">stated on average", ">reached")
	for _, x := range b.Steps {
		t.add(short(x.Step), strconv.Itoa(x.Targets), share(float64(x.Stated)), share(float64(x.Reached)))
	}
	t.write(w, w.style, "  ")

	fmt.Fprintf(w, "\n%s\n", w.bold("Verdicts, and how many of the targets were reached (steps upwards only)"))
	t = newTable("method", "said", ">targets", ">reached")
	for _, x := range b.Verdicts {
		t.add(titles[x.Method], string(x.Grade), strconv.Itoa(x.Targets), share(float64(x.Reached)))
	}
	t.write(w, w.style, "  ")

	fmt.Fprintf(w, "\n%s\n", w.bold("Indicators"))
	t = newTable("indicator", ">series", ">targets", ">Brier score", ">inside 90 %")
	for _, x := range b.Indicators {
		t.add(x.Indicator, strconv.Itoa(x.Series), strconv.Itoa(x.Targets), fixed(float64(x.Brier), 3), share(float64(x.Inside90)))
	}
	t.write(w, w.style, "  ")
	if len(b.Findings) > 0 {
		fmt.Fprintln(w)
		w.printFindings(func(at mizan.Place) mizan.Place { return at }, b.Findings)
	}
}

// share writes a share of what was counted.
func share(v float64) string { return probability(v) }

// backtestCSV writes a row per target of the past.
func (w *printer) backtestCSV(b *target.Backtest) error {
	c := newCSV(w)
	_ = c.Write([]string{"indicator", "unit", "cut", "last", "step", "year", "target", "probability", "actual", "reached"})
	for _, r := range b.Replays {
		_ = c.Write([]string{
			r.Indicator, r.Unit, strconv.Itoa(r.Cut), exact(float64(r.Last)), exact(r.Step), strconv.Itoa(r.Year), exact(float64(r.Target)),
			exact(float64(r.Probability)), exact(float64(r.Actual)), strconv.FormatBool(r.Reached),
		})
	}
	c.Flush()
	return c.Error()
}
