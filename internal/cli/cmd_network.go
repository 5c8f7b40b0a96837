package cli

import (
	"cmp"
	"context"

	"github.com/spf13/cobra"

	"mizan/engine"
	"mizan/network"
)

// networkFlags are the flags of `mizan network` alone.
type networkFlags struct {
	ties      string
	year      int
	threshold float64
	everyone  bool
	top       int
}

func newNetwork(env *Env) *cobra.Command {
	in, out, own := &projectFlags{}, &outputFlags{}, &networkFlags{}
	cmd := &cobra.Command{
		Use:   "network [PROJECT]",
		Short: "Look at the ties between units as a network",
		Long: `Look at a table of ties (joint articles, work on one another's projects) as a network:
how strongly each unit is tied, to how many, and how often it stands between others.

A tie counts as a link from the threshold up. As CSV a row per unit is printed, as JSON
all there is.`,
		Example: `  mizan network
  mizan network --ties ai_articles --year 2020
  mizan network --ties ncses_articles --threshold 1000 --format csv`,
		Args: arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := cmp.Or(out.check(), own.check()); err != nil {
				return err
			}
			if !cmd.Flags().Changed("threshold") {
				own.threshold = -1
			}
			p, err := in.open(env, args...)
			if err != nil {
				return err
			}
			return own.run(cmd.Context(), env, p, out)
		},
	}
	in.add(env, cmd)
	out.add(cmd, textFormat, jsonFormat, csvFormat)
	flags := cmd.Flags()
	flags.StringVar(&own.ties, "ties", "", "the `CODE` of the table of ties (default: the project's first)")
	flags.IntVar(&own.year, "year", 0, "the year (default: the latest that the source has whole)")
	flags.Float64Var(&own.threshold, "threshold", 0, "count a tie as a link from this `WEIGHT` up (default: as the project says)")
	flags.BoolVar(&own.everyone, "everyone", false, "take in the units that the project does not have")
	flags.IntVar(&own.top, "top", 20, "print this many units at most as text; 0 means all")
	complete(cmd, "ties", func(cmd *cobra.Command, args []string) []string {
		p, err := in.open(quiet(env), positional(cmd, args)...)
		if err != nil {
			return nil
		}
		s, err := engine.Parse(p.Input)
		if err != nil {
			return nil
		}
		var codes []string
		for _, t := range s.Ties {
			codes = append(codes, t.Code)
		}
		return codes
	})
	return cmd
}

// check refuses what cannot be meant.
func (f *networkFlags) check() error {
	switch {
	case f.threshold < 0:
		return usage("--threshold cannot be negative; give 0 or more")
	case f.top < 0:
		return usage("--top cannot be negative; 0 means all")
	}
	return nil
}

func (f *networkFlags) run(ctx context.Context, env *Env, p *project, out *outputFlags) error {
	r, err := p.run(ctx)
	if err != nil {
		return err
	}
	n, err := whileWaiting(ctx, func() (*network.Result, error) {
		return r.Network(f.ties, network.Options{Year: f.year, Threshold: f.threshold, Everyone: f.everyone})
	})
	if err != nil {
		return p.relocate(err)
	}
	return out.print(ctx, env, func(w *printer) error {
		switch out.format {
		case jsonFormat:
			return w.json(n)
		case csvFormat:
			return w.networkCSV(n)
		}
		w.network(r, n, out.lang, f.top)
		return nil
	})
}
