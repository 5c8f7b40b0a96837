package cli

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"mizan"
	"mizan/build"
)

// trace prints the history of a cell for a person.
func (w *printer) trace(d *traceDocument) {
	fmt.Fprintf(w, "%s, %s, %d", w.bold(named(d.Name, d.Unit)), w.bold(named(d.Label, d.Code)), d.Year)
	if d.Variant != "" {
		fmt.Fprintf(w, ", variant %s", d.Variant)
	}
	fmt.Fprintln(w)
	if d.NotRanked != "" {
		fmt.Fprintf(w, "Not ranked: %s\n", clean(d.NotRanked))
	}
	for _, f := range d.Figures {
		head := "Figure"
		switch f.Use {
		case "divide":
			head = "Divided by " + named(f.Label, f.Code)
		case "multiply":
			head = "Multiplied by " + named(f.Label, f.Code)
		}
		fmt.Fprintf(w, "\n%s\n", w.bold(head))
		w.figure(f, d.Year)
	}
	if d.Trace == nil {
		fmt.Fprintf(w, "\n%s is not in the framework: it has no score of its own.\n", d.Code)
		return
	}
	w.steps(d.Trace.Steps)
	w.parts(d)
	w.path(d)
	if c := d.Check; c != nil {
		if math.IsNaN(float64(c.Sum)) {
			fmt.Fprintf(w, "\nCheck: the score of %s cannot be split, for a method on the way has no contributions.\n", d.report.Top())
			return
		}
		fmt.Fprintf(w, "\nCheck: %s add up to %s; the score is %s (difference %s).\n", c.What,
			short(float64(c.Sum)), short(float64(c.Score)), small(float64(c.Difference)))
	}
}

// named is a label with its code: "Norway (NOR)".
func named(label, code string) string {
	if label == "" || label == code {
		return clean(code)
	}
	return clean(label) + " (" + clean(code) + ")"
}

// small writes a difference that should be nothing.
func small(v float64) string {
	if v == 0 {
		return "0"
	}
	return fmt.Sprintf("%.1e", v)
}

// figure prints an observation with its source.
func (w *printer) figure(f figureDocument, year int) {
	t := newTable("", "")
	value := short(float64(f.Value))
	if !math.IsNaN(float64(f.Value)) && f.Measure != "" {
		value += " " + f.Measure
	}
	t.add("value", value)
	switch {
	case f.Year == 0:
	case f.Year < year:
		t.add("year", fmt.Sprintf("%d, %s before", f.Year, plural(year-f.Year, "year")))
	case f.Year > year:
		t.add("year", fmt.Sprintf("%d, %s after", f.Year, plural(f.Year-year, "year")))
	default:
		t.add("year", fmt.Sprint(f.Year))
	}
	t.add("status", f.Status)
	if f.Line > 0 {
		t.add("line", fmt.Sprintf("%s:%d", f.File, f.Line))
	}
	if o := f.Origin; o != nil {
		t.add("publisher", o.Publisher)
		for _, line := range []struct{ head, text string }{{"title", o.Title}, {"licence", o.Licence}, {"address", o.URL}, {"note", o.Note}} {
			if line.text != "" {
				t.add(line.head, line.text)
			}
		}
	}
	t.write(w, w.style, "  ")
}

// stageWords say what a stage did, as the stage tables are named.
var stageWords = map[mizan.Stage]string{
	mizan.Denominate: "denominated", mizan.Impute: "imputed", mizan.Screen: "screened", mizan.Treat: "treated",
	mizan.Normalise: "normalised", mizan.Weight: "weighted", mizan.Aggregate: "aggregated",
}

func (w *printer) steps(steps []build.TraceStep) {
	if len(steps) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", w.bold("Stages"))
	t := newTable("stage", "method", ">before", ">after", "how")
	for _, s := range steps {
		var how []string
		for _, p := range s.Parameters {
			how = append(how, p.Name+" "+short(p.Value))
		}
		if s.Note != "" {
			how = append(how, s.Note)
		}
		t.add(stageWords[s.Stage], s.Method, short(float64(s.Before)), short(float64(s.After)), strings.Join(how, ", "))
	}
	t.write(w, w.style, "  ")
}

func (w *printer) parts(d *traceDocument) {
	if len(d.Trace.Parts) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s, %s\n", w.bold("Parts"), d.node.Method)
	turned := slices.ContainsFunc(d.Trace.Parts, func(p build.Part) bool { return p.Seen != nil })
	t := newTable(withSeen(turned, ">score", "code", ">score", ">weight", ">contribution")...)
	for _, p := range d.Trace.Parts {
		row := []string{p.Code, short(float64(p.Value))}
		if turned {
			row = append(row, seenAs(p.Seen))
		}
		t.add(append(row, short(p.Weight), short(float64(p.Contribution)))...)
	}
	t.write(w, w.style, "  ")
}

// withSeen puts a column for mirrored scores after another, where there are any.
func withSeen(turned bool, after string, heads ...string) []string {
	if i := slices.Index(heads, after); turned {
		return slices.Insert(heads, i+1, ">seen as")
	}
	return heads
}

// seenAs is a mirrored score; empty where the parent sees the score itself.
func seenAs(v *mizan.Number) string {
	if v == nil {
		return ""
	}
	return short(float64(*v))
}

// path prints the score of the cell and its way up the framework.
func (w *printer) path(d *traceDocument) {
	line := fmt.Sprintf("score %s", short(float64(d.Trace.Score)))
	if !math.IsNaN(float64(d.Trace.Rank)) {
		line += fmt.Sprintf(", rank %s of %d", whole(float64(d.Trace.Rank)), d.Trace.Of)
	}
	if d.node.Parent != "" {
		line += fmt.Sprintf(", weight %s in %s, %s of the whole", short(d.node.Weight), d.node.Parent, percentOf(d.node.Effective))
	}
	if d.node.Reversed {
		line += fmt.Sprintf("; less is better, %s sees %s - score", d.node.Parent, short(d.node.Mirror))
	}
	fmt.Fprintf(w, "\n%s: %s\n", w.bold(d.Code), line)
	if len(d.Trace.Path) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", w.bold("What it contributes"))
	turned := slices.ContainsFunc(d.Trace.Path, func(l build.Link) bool { return l.Seen != nil })
	t := newTable(withSeen(turned, "method", "to", "method", ">weight below", ">contribution", ">of a score of")...)
	for _, l := range d.Trace.Path {
		row := []string{l.Code, l.Method}
		if turned {
			row = append(row, seenAs(l.Seen))
		}
		t.add(append(row, short(l.Weight), short(float64(l.Contribution)), short(float64(l.Score)))...)
	}
	t.write(w, w.style, "  ")
}

// percentOf writes a share with one decimal.
func percentOf(share float64) string { return fixed(100*share, 1) + " %" }
