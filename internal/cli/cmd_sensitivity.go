package cli

import (
	"cmp"
	"context"

	"github.com/spf13/cobra"

	"mizan/uncertainty"
)

func newSensitivity(env *Env) *cobra.Command {
	in, out, fail := &projectFlags{}, &outputFlags{}, &failFlag{}
	o := uncertainty.SensitivityOptions{}
	unit := ""
	cmd := &cobra.Command{
		Use:   "sensitivity [PROJECT]",
		Short: "Tell which choices drive the ranks, overall and of each unit",
		Long: `Tell which of the things that vary under ` + "`uncertainty`" + ` drive the ranks: overall,
by the mean absolute shift of ranks R_S, and for each unit, by its own rank.

  sobol   shares of the variance: of each factor alone (first order) and with all
          that it does together with others (total), with 90 % intervals; the plan
          grows until the intervals are narrow, or the draws are used up
  morris  elementary effects, in places: cheap, to screen many factors
  pawn    how far the distribution of ranks moves when a factor is known, from
          plain draws

A factor is an entry of ` + "`uncertainty.vary`" + `; --by level takes the weights of each level
apart, --by input every single weight. Every draw is accounted for: a draw that
fails is counted, with its cause.`,
		Example: `  mizan sensitivity
  mizan sensitivity --unit RUS --by input
  mizan sensitivity ai-race --method morris --by input --format csv -o morris.csv
  mizan sensitivity --set uncertainty.preset=gii --second-order`,
		Args: arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := cmp.Or(out.check(), fail.check()); err != nil {
				return err
			}
			p, err := in.open(env, args...)
			if err != nil {
				return err
			}
			return runSensitivity(cmd.Context(), env, p, o, unit, out, fail)
		},
	}
	in.add(env, cmd)
	fail.add(cmd)
	out.add(cmd, textFormat, jsonFormat, csvFormat)
	flags := cmd.Flags()
	flags.StringVar(&o.Method, "method", uncertainty.Sobol, "the `METHOD`: sobol, morris, pawn")
	flags.StringVar(&o.By, "by", uncertainty.ByFactor, "take each `THING` as one factor: factor, level, input")
	flags.StringVar(&unit, "unit", "", "tell of this `UNIT`, a code or a name, and converge for it too")
	flags.IntVar(&o.Draws, "draws", 0, "build at most so many draws (default: 100000, with morris 200 trajectories, with pawn 10000)")
	flags.Float64Var(&o.Tolerance, "tolerance", 0, "stop when all intervals of total indices are at most so wide (default: 0.05; below 0: use all draws)")
	flags.BoolVar(&o.SecondOrder, "second-order", false, "with sobol: the interaction of every pair of factors too")
	complete(cmd, "method", func(*cobra.Command, []string) []string {
		return []string{uncertainty.Sobol, uncertainty.Morris, uncertainty.PAWN}
	})
	complete(cmd, "by", func(*cobra.Command, []string) []string {
		return []string{uncertainty.ByFactor, uncertainty.ByLevel, uncertainty.ByInput}
	})
	return cmd
}

func runSensitivity(ctx context.Context, env *Env, p *project, o uncertainty.SensitivityOptions, unit string, out *outputFlags, fail *failFlag) error {
	r, err := p.run(ctx)
	if err != nil {
		return err
	}
	if unit != "" {
		u, err := findUnit(r, unit)
		if err != nil {
			return err
		}
		o.Unit = r.Units[u].Code
	}
	o.Stop = func() bool { return ctx.Err() != nil }
	s, err := r.Sensitivity(o)
	if err != nil {
		return p.relocate(err)
	}
	// What was done before a stop is printed all the same.
	err = out.print(context.WithoutCancel(ctx), env, func(w *printer) error {
		switch out.format {
		case jsonFormat:
			return w.json(s)
		case csvFormat:
			return w.sensitivityCSV(s)
		}
		w.sensitivity(r, s, out.lang, o.Unit)
		return nil
	})
	if s.Account.Stopped {
		err = cmp.Or(err, ctx.Err())
	}
	return cmp.Or(err, fail.verdict(s.Findings))
}
