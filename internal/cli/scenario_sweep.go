package cli

import (
	"context"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"mizan"
	"mizan/engine"
	"mizan/scenario"
	"mizan/spec"
)

// sweepFlags are the flags of sweeps.
type sweepFlags struct {
	sweep string
	steps int
	until string
}

// check refuses sweeps that cannot be read.
func (f *sweepFlags) check() error {
	switch {
	case f.sweep == "" && f.until != "":
		return usage("--until is for --sweep; say what takes many values, such as --sweep 'rd_gdp.RUS*=1..10'")
	case f.sweep == "" && f.steps != 0:
		return usage("--steps is for --sweep; add --sweep PATH=A..B")
	case f.steps != 0 && (f.steps < 2 || f.steps > 10000):
		return usage("--steps cannot be %d; give a number from 2 to 10000", f.steps)
	}
	if f.sweep == "" {
		return nil
	}
	if _, _, _, err := sweepOf(f.sweep); err != nil {
		return err
	}
	if f.until != "" {
		_, err := standingGoal(f.until)
		return err
	}
	return nil
}

// sweepOf reads PATH=A..B.
func sweepOf(text string) (path string, low, high float64, err error) {
	i := strings.LastIndex(text, "=")
	from, to, ok := strings.Cut(text[i+1:], "..")
	low, err1 := strconv.ParseFloat(strings.TrimSpace(from), 64)
	high, err2 := strconv.ParseFloat(strings.TrimSpace(to), 64)
	if i <= 0 || !ok || err1 != nil || err2 != nil || !(low < high) || math.IsInf(low, 0) || math.IsInf(high, 0) {
		return "", 0, 0, usage("--sweep cannot be %q; write PATH=A..B with the lower number first, such as rerouting=0..1", text)
	}
	return strings.TrimSpace(text[:i]), low, high, nil
}

// standingGoal reads rank=20 or score=45.
func standingGoal(text string) (*scenario.Goal, error) {
	kind, value, ok := strings.Cut(text, "=")
	value = strings.TrimSpace(value)
	switch {
	case ok && kind == "rank":
		if n, err := strconv.Atoi(value); err == nil && n >= 1 {
			return &scenario.Goal{Rank: n}, nil
		}
	case ok && kind == "score":
		if v, err := strconv.ParseFloat(value, 64); err == nil && !math.IsNaN(v) && !math.IsInf(v, 0) {
			return &scenario.Goal{Score: v}, nil
		}
	}
	return nil, usage("--until cannot be %q; write rank=20 or score=45", text)
}

// sweptEdit makes an edit of what is swept, where that is no number of the
// project: rd_gdp.RUS* is the factor by which figures are scaled. It gives the
// path of the number.
func sweptEdit(s *spec.Spec, id, path string, low float64) (e spec.Edit, swept string, is bool, err error) {
	code, whose, _ := strings.Cut(strings.TrimRight(path, "*+"), ".")
	figures := whose != "" && code != "edits" && code != "links" && code != "assumptions"
	known := false
	for _, i := range s.Indicators {
		known = known || i.Code == code
	}
	if !figures || !known && strings.TrimRight(path, "*+") == path {
		return spec.Edit{}, path, false, nil
	}
	n := 0
	for _, x := range s.Scenarios {
		if x.ID == id {
			n = len(x.Edits)
		}
	}
	e, err = s.TryEdit(id, path+"="+exact(low))
	return e, fmt.Sprintf("edits.%d.value", n+1), true, err
}

// sweepResult is a sweep to print.
func (f *scenarioFlags) sweepResult(ctx context.Context, r *engine.Report, o scenario.Options, s *spec.Scenario, path string) (*scenario.Sweep, error) {
	_, low, high, err := sweepOf(f.sweep)
	if err != nil {
		return nil, err
	}
	so := scenario.SweepOptions{Path: path, Low: low, High: high, Steps: f.steps, Draws: f.draws}
	if f.until != "" {
		if so.Goal, err = standingGoal(f.until); err != nil {
			return nil, err
		}
	}
	return whileWaiting(ctx, func() (*scenario.Sweep, error) {
		st, err := r.Scenarios(o)
		if err != nil {
			return nil, err
		}
		return st.Sweep(s, so)
	})
}

// sweep prints a sweep.
func (w *printer) sweep(r *engine.Report, s *scenario.Sweep, named, lang string) {
	l := newLabels(r, lang)
	w.head(r, lang, s.Year)
	title := s.Title.In(lang)
	if title == "" {
		title = s.Scenario
	}
	fmt.Fprintf(w, "\n%s: %s, which stands at %s points and rank %s without it\n", w.bold(title), l.unitOf(s.Unit), l.score(s.Before.Score), whole(float64(s.Before.Rank)))
	heads := []string{">" + named, ">score", ">rank"}
	if s.Draws > 0 {
		heads = append(heads, ">90 % of scores", ">of ranks")
	}
	goal := s.Tipping != nil && s.Draws > 0
	if goal {
		heads = append(heads, ">reaches "+s.Tipping.Goal)
	}
	t := newTable(heads...)
	for _, x := range s.Steps {
		row := []string{short(x.Value), l.score(x.After.Score), whole(float64(x.After.Rank))}
		switch {
		case x.Over != nil:
			row = append(row, fromTo(x.Over.ScoreAfter.Low, x.Over.ScoreAfter.High, l.digits), fromTo(x.Over.RankAfter.Low, x.Over.RankAfter.High, 0))
		case s.Draws > 0:
			row = append(row, noValue, noValue)
		}
		if goal {
			row = append(row, chance(x.Reaches))
		}
		t.add(row...)
	}
	t.write(w, w.style, "  ")
	if s.Draws > 0 {
		fmt.Fprintf(w, "  %s\n", w.dim(fmt.Sprintf("over %s draws a step", grouped(s.Draws))))
	}
	if s.Tipping != nil {
		fmt.Fprintln(w)
		w.wrap("", tippingWords(l, s, named))
	}
	fmt.Fprintf(w, "\n%s\n", noForecast)
}

func chance(v mizan.Number) string {
	if v != v {
		return noValue
	}
	return shareOf(float64(v))
}

// tippingWords say where a goal is reached.
func tippingWords(l *labels, s *scenario.Sweep, named string) string {
	t := s.Tipping
	low, high := short(s.Steps[0].Value), short(s.Steps[len(s.Steps)-1].Value)
	var line string
	switch t.Where {
	case scenario.Nowhere:
		return fmt.Sprintf("%s does not reach %s with any %s from %s to %s: the best is rank %s with %s points, at %s (%d values tried).",
			l.unitOf(s.Unit), t.Goal, named, low, high, whole(float64(t.Best.Rank)), l.score(t.Best.Score), short(t.BestAt), t.Points)
	case scenario.Everywhere:
		return fmt.Sprintf("%s reaches %s with every %s from %s to %s (%d values tried).", l.unitOf(s.Unit), t.Goal, named, low, high, t.Points)
	case scenario.UpTo:
		line = fmt.Sprintf("%s reaches %s up to %s = %s", l.unitOf(s.Unit), t.Goal, named, short(float64(t.Value)))
	default:
		line = fmt.Sprintf("%s reaches %s from %s = %s on", l.unitOf(s.Unit), t.Goal, named, short(float64(t.Value)))
	}
	if t.Monotone {
		line += ", found by bisection: the score goes one way all along"
	} else {
		line += fmt.Sprintf(", the first such point of a scan of %d values: the score does not go one way, and there may be others", t.Points)
	}
	if t.Reaches == t.Reaches {
		line += fmt.Sprintf("; there it does in %s of the draws", shareOf(float64(t.Reaches)))
	}
	return line + "."
}

func sweepCSV(w io.Writer, s *scenario.Sweep) error {
	return table(w, func(add func(cells ...string)) {
		add("scenario", "unit", "path", "value", "score", "rank", "score_low", "score_median", "score_high", "rank_low", "rank_median", "rank_high", "reaches")
		for _, x := range s.Steps {
			row := []string{s.Scenario, s.Unit, s.Path, exact(x.Value), exactNumber(x.After.Score), exactNumber(x.After.Rank), "", "", "", "", "", "", exactNumber(x.Reaches)}
			if o := x.Over; o != nil {
				copy(row[6:], []string{
					exactNumber(o.ScoreAfter.Low), exactNumber(o.ScoreAfter.Median), exactNumber(o.ScoreAfter.High),
					exactNumber(o.RankAfter.Low), exactNumber(o.RankAfter.Median), exactNumber(o.RankAfter.High),
				})
			}
			add(row...)
		}
	})
}
