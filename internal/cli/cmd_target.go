package cli

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"mizan"
	"mizan/engine"
	"mizan/spec"
	"mizan/target"
)

// targetFlags are the flags of `mizan target` alone.
type targetFlags struct {
	by         string
	paths      int
	thresholds bool
	backtest   bool
	horizon    int
}

func newTarget(env *Env) *cobra.Command {
	var in projectFlags
	var out outputFlags
	var fail failFlag
	var own targetFlags
	cmd := &cobra.Command{
		Use:   "target [ID...]",
		Short: "Follow promises: how fast they must move, how likely they are",
		Long: `Follow the targets of a project. Without an ID all of them are listed, by who
promises, by the body that answers or by theme; with one or more IDs each is told in
full: growth observed and required, the path that the promise needs, what the published
methods say side by side with the rule that gave each verdict, and how likely the target
is by an ensemble of simple models.

Alternative readings of one promise are shown together when the promise is named in
place of an ID. Where nothing is known after the baseline, there is no verdict.

--backtest says how good such probabilities and verdicts would have been: all series of
the project are cut some years before their last figure, given targets by what was known
then, and what was stated is held against what came.`,
		Example: `  mizan target
  mizan target ru-ai-gdp
  mizan target --by theme --format csv
  mizan target --backtest --horizon 3
  mizan target --thresholds`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := cmp.Or(out.check(), fail.check(), own.check(&out, args)); err != nil {
				return err
			}
			p, err := in.open(env)
			if err != nil {
				return err
			}
			return own.run(cmd.Context(), env, p, args, &out, &fail)
		},
	}
	in.add(env, cmd)
	fail.add(cmd)
	out.add(cmd, textFormat, jsonFormat, csvFormat)
	flags := cmd.Flags()
	flags.StringVar(&own.by, "by", "unit", "group the list by `WORD`: unit, body, theme")
	flags.IntVar(&own.paths, "paths", 0, "draw so many paths per target, or per series of --backtest (default: as the project says, else 10000; 1000)")
	flags.BoolVar(&own.thresholds, "thresholds", false, "list the limits in effect, and follow nothing")
	flags.BoolVar(&own.backtest, "backtest", false, "hold what would have been said of the past against what came")
	flags.IntVar(&own.horizon, "horizon", 0, "years that --backtest foretells (default 5)")
	complete(cmd, "by", func(*cobra.Command, []string) []string { return groupWords })
	cmd.ValidArgsFunction = func(_ *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
		return in.targetIDs(env), cobra.ShellCompDirectiveNoFileComp
	}
	return cmd
}

var groupWords = []string{"unit", "body", "theme"}

// targetIDs lists the targets of the project that the flags name.
func (f *projectFlags) targetIDs(env *Env) []string {
	return f.idsOf(env, func(s *spec.Spec) []string {
		var ids []string
		for _, t := range s.Targets {
			ids = append(ids, t.ID)
		}
		return ids
	})
}

func (f *targetFlags) check(out *outputFlags, args []string) error {
	switch {
	case !slices.Contains(groupWords, f.by):
		return usage("unknown grouping %q; there are %s", f.by, strings.Join(groupWords, ", "))
	case f.paths < 0 || f.paths > 0 && f.paths < 100 || f.paths > 10_000_000:
		return usage("--paths cannot be %d; give a number from 100 to 10000000", f.paths)
	case f.thresholds && len(args) > 0:
		return usage("--thresholds are the same for all targets; leave %q out", args[0])
	case f.backtest && (len(args) > 0 || f.thresholds):
		return usage("--backtest takes all series of the project; leave targets and --thresholds out")
	case f.horizon != 0 && !f.backtest:
		return usage("--horizon goes with --backtest")
	case f.horizon < 0 || f.horizon > 100:
		return usage("--horizon cannot be %d; give a number of years from 1 to 100", f.horizon)
	case f.thresholds && out.format == csvFormat:
		return usage("--thresholds prints text or json")
	}
	return nil
}

func (f *targetFlags) run(ctx context.Context, env *Env, p *project, ids []string, out *outputFlags, fail *failFlag) error {
	r, err := p.run(ctx)
	if err != nil {
		return err
	}
	if f.backtest {
		return f.replay(ctx, env, p, r, out, fail)
	}
	res, err := whileWaiting(ctx, func() (*target.Result, error) {
		return r.Targets(target.Options{IDs: ids, Paths: f.paths})
	})
	if err != nil {
		return p.relocate(err)
	}
	err = out.print(ctx, env, func(w *printer) error {
		switch {
		case f.thresholds && out.format == jsonFormat:
			return w.json(res.Thresholds)
		case f.thresholds:
			w.targetThresholds(res.Thresholds)
			return nil
		case out.format == jsonFormat:
			return w.json(res)
		case out.format == csvFormat:
			return w.targetCSV(res)
		case len(ids) == 0:
			w.head(r, out.lang, 0)
			w.targetList(res, f.by, out.lang)
			return nil
		}
		w.targets(r, res, p.place, out.lang)
		return nil
	})
	return cmp.Or(err, fail.verdict(res.Findings))
}

// replay runs the back-test.
func (f *targetFlags) replay(ctx context.Context, env *Env, p *project, r *engine.Report, out *outputFlags, fail *failFlag) error {
	b, err := whileWaiting(ctx, func() (*target.Backtest, error) {
		return r.Backtest(target.BacktestOptions{Horizon: f.horizon, Paths: f.paths})
	})
	if err != nil {
		return p.relocate(err)
	}
	err = out.print(ctx, env, func(w *printer) error {
		switch out.format {
		case jsonFormat:
			return w.json(b)
		case csvFormat:
			return w.backtestCSV(b)
		}
		w.head(r, out.lang, 0)
		w.backtest(b)
		return nil
	})
	return cmp.Or(err, fail.verdict(b.Findings))
}

func (w *printer) targetThresholds(list []target.Threshold) {
	t := newTable("threshold", ">value", ">default", "what it limits")
	for _, x := range list {
		t.add(x.Name, short(x.Value), short(x.Default), x.Summary)
	}
	t.write(w, w.style, "")
}

// targetCSV writes a row per target and method; a target without verdicts has
// one row.
func (w *printer) targetCSV(res *target.Result) error {
	c := newCSV(w)
	_ = c.Write([]string{
		"id", "promise", "holder", "indicator", "measure", "kind", "direction", "state", "baseline_year", "baseline", "latest_year", "latest", "target_year", "target",
		"observed_growth", "required_growth", "required_growth_now", "observed_step", "required_step", "required_step_now", "probability", "agree", "method", "figure", "says", "grade", "rule", "body", "theme", "source", "place",
	})
	for i := range res.Targets {
		t := &res.Targets[i]
		verdicts := t.Verdicts
		if len(verdicts) == 0 {
			verdicts = []target.Verdict{{Figure: mizan.Number(math.NaN())}}
		}
		for _, v := range verdicts {
			_ = c.Write(slices.Concat(targetCells(t), []string{
				v.Method, exact(float64(v.Figure)), v.Says, string(v.Grade), v.Rule, t.Body.In("en"), t.Theme, t.Source, t.Place,
			}))
		}
	}
	c.Flush()
	return c.Error()
}

// targetCells are the cells of a target that are the same for all methods.
func targetCells(t *target.Track) []string {
	point := func(p *target.Point) (string, string) {
		if p == nil {
			return "", ""
		}
		return strconv.Itoa(p.Year), exact(float64(p.Value))
	}
	growth := func(g *target.Growth) (string, string) {
		if g == nil {
			return "", ""
		}
		return exact(float64(g.Compound)), exact(float64(g.Step))
	}
	baseYear, base := point(t.Baseline)
	latestYear, latest := point(t.Latest)
	goalYear, goal := point(&t.Goal)
	observed, observedStep := growth(t.Observed)
	required, requiredStep := growth(t.Required)
	now, nowStep := growth(t.RequiredNow)
	probability, agree := "", ""
	if t.Ensemble != nil {
		probability = exact(float64(t.Ensemble.Probability))
	}
	if len(t.Verdicts) > 0 {
		agree = strconv.FormatBool(t.Agree)
	}
	return []string{
		t.ID, t.Promise, t.Holder.In("en"), t.Indicator, t.Measure, t.Kind, strconv.Itoa(t.Direction), string(t.State), baseYear, base, latestYear, latest, goalYear, goal,
		observed, required, now, observedStep, requiredStep, nowStep, probability, agree,
	}
}
