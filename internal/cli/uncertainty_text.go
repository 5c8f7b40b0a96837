package cli

import (
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"mizan"
	"mizan/engine"
	"mizan/internal/store"
	"mizan/uncertainty"
)

// uncertaintyView is how draws are shown.
type uncertaintyView struct {
	unit string
	top  int
}

func (v *uncertaintyView) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&v.unit, "unit", "", "tell of one unit: how likely each rank is, and whom it is ahead of (text)")
	flags.IntVar(&v.top, "top", 0, "print this many units at most (text)")
}

func (v *uncertaintyView) check(cmd *cobra.Command) error {
	if v.top < 0 {
		return usage("--top is negative; give 1 or more, or leave it out")
	}
	if format, _ := cmd.Flags().GetString("format"); v.unit != "" && format != textFormat {
		return usage("--unit is for text; as %s everything is printed", format)
	}
	return nil
}

// show prints the results, or writes them to a folder.
func (v *uncertaintyView) show(ctx context.Context, env *Env, r *engine.Report, out *outputFlags, folder string) error {
	if folder != "" {
		return writeUncertainty(ctx, env, r, folder)
	}
	return out.print(ctx, env, func(w *printer) error {
		switch {
		case out.format == jsonFormat:
			return w.json(r.Uncertainty)
		case out.format == csvFormat:
			return uncertainUnits(w, r.Uncertainty)
		case v.unit != "":
			w.uncertainUnit(r, v.unit, out.lang)
			return nil
		}
		w.uncertainty(r, out.lang, v.top)
		return nil
	})
}

// uncertaintyFiles are the tables that are written beside report.json.
var uncertaintyFiles = []struct {
	name  string
	write func(w io.Writer, u *uncertainty.Result) error
}{
	{"units.csv", uncertainUnits},
	{"acceptability.csv", acceptability},
	{"ahead.csv", aheadTable},
	{"choices.csv", choicesTable},
	{"failures.csv", failuresTable},
	{"central-weights.csv", centralTable},
}

func writeUncertainty(ctx context.Context, env *Env, r *engine.Report, folder string) error {
	files := []store.File{{Name: "report.json", Write: func(w io.Writer) error { return r.WriteJSON(whileLive(ctx, w)) }}}
	for _, f := range uncertaintyFiles {
		files = append(files, store.File{Name: "uncertainty/" + f.name, Write: func(w io.Writer) error { return f.write(whileLive(ctx, w), r.Uncertainty) }})
	}
	if err := store.WriteFiles(env.path(folder), files); err != nil {
		return asFileProblem(unwritten(folder, env.path(folder), files, err), err)
	}
	fmt.Fprintf(env.Stdout, "%s written to %s\n", plural(len(files), "file"), folder)
	return nil
}

func table(w io.Writer, rows func(add func(cells ...string))) error {
	c := newCSV(w)
	rows(func(cells ...string) { _ = c.Write(cells) })
	c.Flush()
	return c.Error()
}

func exactNumber(v mizan.Number) string { return exact(float64(v)) }

func uncertainUnits(w io.Writer, u *uncertainty.Result) error {
	return table(w, func(add func(cells ...string)) {
		head := []string{"unit", "rank", "ranked", "median", "mean", "low", "high", "best", "worst"}
		for _, k := range u.Top {
			head = append(head, "top_"+strconv.Itoa(k))
		}
		add(append(head, "score", "score_mean", "score_median", "score_low", "score_high")...)
		for i := range u.Units {
			x := &u.Units[i]
			row := []string{
				x.Unit, exactNumber(x.Rank), strconv.Itoa(x.Ranked), exactNumber(x.Median), exactNumber(x.Mean),
				exactNumber(x.Low), exactNumber(x.High), exactNumber(x.Best), exactNumber(x.Worst),
			}
			for _, p := range x.Top {
				row = append(row, exactNumber(p))
			}
			s := x.Score
			add(append(row, exactNumber(s.Reference), exactNumber(s.Mean), exactNumber(s.Median), exactNumber(s.Low), exactNumber(s.High))...)
		}
	})
}

func acceptability(w io.Writer, u *uncertainty.Result) error {
	return table(w, func(add func(cells ...string)) {
		head := []string{"unit"}
		for rank := range u.Units {
			head = append(head, strconv.Itoa(rank+1))
		}
		add(head...)
		for i := range u.Units {
			row := []string{u.Units[i].Unit}
			for rank := range u.Units {
				row = append(row, exact(u.Units[i].Share(rank+1)))
			}
			add(row...)
		}
	})
}

func aheadTable(w io.Writer, u *uncertainty.Result) error {
	return table(w, func(add func(cells ...string)) {
		head := []string{"unit"}
		for i := range u.Ahead {
			head = append(head, u.Units[i].Unit)
		}
		add(head...)
		for i, shares := range u.Ahead {
			row := []string{u.Units[i].Unit}
			for _, p := range shares {
				row = append(row, exact(p))
			}
			add(row...)
		}
	})
}

func choicesTable(w io.Writer, u *uncertainty.Result) error {
	return table(w, func(add func(cells ...string)) {
		add("factor", "choice", "draws", "failed", "shift")
		for _, t := range u.Choices {
			add(t.Factor, t.Choice, strconv.Itoa(t.Draws), strconv.Itoa(t.Failed), exactNumber(t.Shift))
		}
	})
}

func failuresTable(w io.Writer, u *uncertainty.Result) error {
	return table(w, func(add func(cells ...string)) {
		add("cause", "draws", "first")
		for _, f := range u.Failures {
			add(f.Cause, strconv.Itoa(f.Draws), strconv.Itoa(f.First))
		}
	})
}

func centralTable(w io.Writer, u *uncertainty.Result) error {
	return table(w, func(add func(cells ...string)) {
		head := []string{"unit", "first", "confidence"}
		if u.SMAA == nil {
			add(head...)
			return
		}
		add(append(head, u.SMAA.Nodes...)...)
		for _, x := range u.SMAA.Units {
			row := []string{x.Unit, exact(x.First), exactNumber(x.Confidence)}
			for _, p := range x.Central {
				row = append(row, exact(p))
			}
			add(row...)
		}
	})
}

// uncertainHead tells what was drawn.
func (w *printer) uncertainHead(r *engine.Report, lang string) {
	u := r.Uncertainty
	w.head(r, lang, u.Year)
	fmt.Fprintf(w, "%s %s draws, %s kept, %s failed; seed %d\n", w.bold("Uncertainty:"), grouped(u.Made), grouped(u.Kept), grouped(u.Failed), u.Seed)
	if u.Made < u.Requested {
		fmt.Fprintf(w, "%s draws are asked for; this is what was made.\n", grouped(u.Requested))
	}
	for _, f := range u.Failures {
		fmt.Fprintf(w, "  %s failed, the first being %d: %s\n", grouped(f.Draws), f.First, clean(f.Cause))
	}
	for _, f := range u.Factors {
		line := "  " + f.ID + ": " + f.About
		var labels []string
		for _, c := range f.Choices {
			labels = append(labels, c.Label)
		}
		if len(labels) > 12 {
			labels = append(labels[:11], fmt.Sprintf("and %d more", len(labels)-11))
		}
		if labels != nil {
			line += ": " + strings.Join(labels, "; ")
		}
		fmt.Fprintln(w, clean(line))
	}
}

// uncertainty prints how sure every rank is.
func (w *printer) uncertainty(r *engine.Report, lang string, top int) {
	u := r.Uncertainty
	w.uncertainHead(r, lang)
	if u.Kept == 0 {
		return
	}
	fmt.Fprintf(w, "Ranks move by %s places on average (R_S; 90 %% of draws %s to %s).\n\n",
		decimal(u.Shift.Mean), decimal(u.Shift.Low), decimal(u.Shift.High))
	heads := []string{">rank", "unit", "", ">median", ">90 %", ">best", ">worst"}
	for _, k := range u.Top {
		heads = append(heads, ">top "+strconv.Itoa(k))
	}
	t := newTable(heads...)
	units := byRank(u)
	for i, x := range units {
		if top > 0 && i >= top {
			break
		}
		row := []string{placeOf(x.Rank), x.Unit, nameOf(r, x.Unit, lang), placeOf(x.Median), interval(x), placeOf(x.Best), placeOf(x.Worst)}
		for _, p := range x.Top {
			row = append(row, percentage(float64(p)))
		}
		t.add(row...)
	}
	t.write(w, w.style, "")
	if top > 0 && top < len(units) {
		fmt.Fprintf(w, "… %s more\n", plural(len(units)-top, "unit"))
	}
	w.choices(u)
	fmt.Fprintf(w, "\nEvery median and interval is known to %s (95 %%); worst is %s. More draws tell more.\n",
		within(u.Stability.Places), u.Stability.Unit)
}

// within says how near: to 0 places is exactly.
func within(places float64) string {
	switch places {
	case 0:
		return "the place"
	case 1:
		return "a place or better"
	}
	return strconv.FormatFloat(places, 'f', -1, 64) + " places or better"
}

func (w *printer) choices(u *uncertainty.Result) {
	if len(u.Choices) == 0 {
		return
	}
	fmt.Fprintln(w)
	t := newTable("factor", "choice", ">draws", ">failed", ">mean shift")
	const most = 24
	for i, c := range u.Choices {
		if i == most {
			break
		}
		t.add(c.Factor, c.Choice, grouped(c.Draws), grouped(c.Failed), decimal(c.Shift))
	}
	t.write(w, w.style, "")
	if n := len(u.Choices); n > most {
		fmt.Fprintf(w, "… %s more; as CSV all are written\n", plural(n-most, "choice"))
	}
}

// byRank are the units that have a rank in some draw, in the order of the
// ranking, those that have none in it last.
func byRank(u *uncertainty.Result) []*uncertainty.Unit {
	var list []*uncertainty.Unit
	for i := range u.Units {
		if u.Units[i].Ranked > 0 {
			list = append(list, &u.Units[i])
		}
	}
	key := func(x *uncertainty.Unit) float64 {
		if x.Rank != x.Rank {
			return math.Inf(1)
		}
		return float64(x.Rank)
	}
	slices.SortStableFunc(list, func(a, b *uncertainty.Unit) int {
		switch {
		case key(a) < key(b):
			return -1
		case key(a) > key(b):
			return 1
		}
		return 0
	})
	return list
}

func nameOf(r *engine.Report, code, lang string) string {
	for _, u := range r.Units {
		if u.Code == code {
			return u.Name.In(lang)
		}
	}
	return ""
}

// placeOf is a rank, which may lie between two places.
func placeOf(v mizan.Number) string {
	if v != v {
		return noValue
	}
	return strconv.FormatFloat(math.Round(float64(v)*10)/10, 'f', -1, 64)
}

func interval(x *uncertainty.Unit) string {
	if x.Low != x.Low {
		return noValue
	}
	return placeOf(x.Low) + "–" + placeOf(x.High)
}

func decimal(v mizan.Number) string {
	if v != v {
		return noValue
	}
	return strconv.FormatFloat(float64(v), 'f', 2, 64)
}

// percentage is a share as people write it; what is neither nothing nor all
// does not look so.
func percentage(p float64) string {
	switch {
	case p != p:
		return noValue
	case p == 0 || p == 1:
		return strconv.FormatFloat(100*p, 'f', 0, 64) + " %"
	case p < 0.001:
		return "<0.1 %"
	case p > 0.999:
		return ">99.9 %"
	}
	return strconv.FormatFloat(100*p, 'f', 1, 64) + " %"
}

// barWidth is the length of the longest bar.
const barWidth = 40

// uncertainUnit prints how likely each rank of one unit is, and how likely it
// is ahead of its neighbours.
func (w *printer) uncertainUnit(r *engine.Report, code, lang string) {
	u := r.Uncertainty
	w.uncertainHead(r, lang)
	at := slices.IndexFunc(u.Units, func(x uncertainty.Unit) bool { return x.Unit == code })
	x := &u.Units[at]
	fmt.Fprintf(w, "\n%s: ", w.bold(strings.TrimSpace(code+" "+clean(nameOf(r, code, lang)))))
	if x.Ranked == 0 {
		fmt.Fprintln(w, "no rank in any draw")
		return
	}
	fmt.Fprintf(w, "rank %s; median %s, 90 %% of draws %s, best %s, worst %s\n", placeOf(x.Rank), placeOf(x.Median), interval(x), placeOf(x.Best), placeOf(x.Worst))
	for i, k := range u.Top {
		what := fmt.Sprintf("among the %d best", k)
		if k == 1 {
			what = "first"
		}
		fmt.Fprintf(w, "%s in %s of draws\n", what, percentage(float64(x.Top[i])))
	}
	fmt.Fprintln(w)
	largest := slices.Max(x.Acceptability)
	t := newTable(">rank", ">share", "")
	for i, p := range x.Acceptability {
		t.add(strconv.Itoa(x.First+i), percentage(p), strings.Repeat("█", int(math.Round(p/largest*barWidth))))
	}
	t.write(w, w.style, "")
	w.neighbours(r, at, lang)
}

// neighbours prints how likely a unit is ahead of those next to it.
func (w *printer) neighbours(r *engine.Report, at int, lang string) {
	u := r.Uncertainty
	units := byRank(u)
	own := slices.IndexFunc(units, func(x *uncertainty.Unit) bool { return x.Unit == u.Units[at].Unit })
	if u.Ahead == nil || own < 0 {
		return
	}
	fmt.Fprintln(w)
	t := newTable(">rank", "unit", "", ">ahead of it", ">behind it")
	const around = 5
	for i := max(0, own-around); i < min(len(units), own+around+1); i++ {
		if i == own {
			continue
		}
		b := slices.IndexFunc(u.Units, func(x uncertainty.Unit) bool { return x.Unit == units[i].Unit })
		t.add(placeOf(units[i].Rank), units[i].Unit, nameOf(r, units[i].Unit, lang), percentage(u.Ahead[at][b]), percentage(u.Ahead[b][at]))
	}
	t.write(w, w.style, "")
}
