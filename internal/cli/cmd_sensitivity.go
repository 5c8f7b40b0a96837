package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"mizan/engine"
	"mizan/internal/store"
	"mizan/uncertainty"
)

// sensitivityFlags are the flags of `mizan sensitivity` alone.
type sensitivityFlags struct {
	drawFlags
	uncertainty.SensitivityOptions
	unit   string // as the user names it
	folder string
}

func newSensitivity(env *Env) *cobra.Command {
	in, out, fail, own := &projectFlags{}, &outputFlags{}, &failFlag{}, &sensitivityFlags{}
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
apart, --by input every single weight. --preset takes the factors of a known kind of
study. Every draw is accounted for: a draw that fails is counted, with its cause.

With -o FOLDER these files are written: report.json with all results, and in the folder
sensitivity: effects.csv, pairs.csv, convergence.csv, failures.csv.

Long runs show how long they will take. Ctrl-C ends one early and prints what is done.`,
		Example: `  mizan sensitivity
  mizan sensitivity --unit RUS --by input
  mizan sensitivity ai-race --preset gii --second-order
  mizan sensitivity --method morris --by input --format csv
  mizan sensitivity myindex --draws 1000000 --tolerance 0.01 -o out`,
		Args: arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := cmp.Or(out.check(), fail.check(), own.check(cmd)); err != nil {
				return err
			}
			p, err := in.open(env, args...)
			if err != nil {
				return err
			}
			p.Edits = append(p.Edits, own.whatEdits(cmd)...)
			return own.run(cmd.Context(), env, p, out, fail)
		},
	}
	in.add(env, cmd)
	own.addWhat(cmd)
	fail.add(cmd)
	out.addForms(cmd, textFormat, jsonFormat, csvFormat)
	flags := cmd.Flags()
	flags.StringVarP(&own.folder, "output", "o", "", "write the results to this `FOLDER`")
	flags.StringVar(&own.Method, "method", uncertainty.Sobol, "the `METHOD`: sobol, morris, pawn")
	flags.StringVar(&own.By, "by", uncertainty.ByFactor, "take each `THING` as one factor: factor, level, input")
	flags.StringVar(&own.unit, "unit", "", "tell of this `UNIT`, a code or a name, and converge for it too")
	flags.IntVar(&own.Draws, "draws", 0, "build at most so many draws (default: 100000, 10000 where each has figures of its own; with morris 200 trajectories, with pawn 10000)")
	flags.Float64Var(&own.Tolerance, "tolerance", 0, "stop when all intervals of total indices are at most so wide (default: 0.05; below 0: use all draws)")
	flags.BoolVar(&own.SecondOrder, "second-order", false, "with sobol: the interaction of every pair of factors too")
	flags.IntVar(&own.Workers, "workers", 0, "draw side by side so many times (default: as many as there are processors)")
	complete(cmd, "method", func(*cobra.Command, []string) []string {
		return []string{uncertainty.Sobol, uncertainty.Morris, uncertainty.PAWN}
	})
	complete(cmd, "by", func(*cobra.Command, []string) []string {
		return []string{uncertainty.ByFactor, uncertainty.ByLevel, uncertainty.ByInput}
	})
	return cmd
}

// check refuses flags that do not go together.
func (f *sensitivityFlags) check(cmd *cobra.Command) error {
	given := cmd.Flags().Changed
	switch {
	case given("draws") && f.Draws < 1:
		return usage("--draws is %d; give 1 or more, or leave it out", f.Draws)
	case given("workers") && f.Workers < 1:
		return usage("--workers is %d; give 1 or more, or leave it out", f.Workers)
	case given("tolerance") && f.Method != uncertainty.Sobol:
		return usage("--tolerance is for the method sobol; the method %s makes all its draws", f.Method)
	case f.folder != "" && given("format"):
		return usage("--format is for the screen; the files of -o hold everything")
	}
	return nil
}

func (f *sensitivityFlags) run(ctx context.Context, env *Env, p *project, out *outputFlags, fail *failFlag) error {
	r, err := p.run(ctx)
	if err != nil {
		return err
	}
	if f.unit != "" {
		u, err := findUnit(r, f.unit)
		if err != nil {
			return err
		}
		f.Unit = r.Units[u].Code
	}
	bar := newProgress(env, 0, 0)
	f.Stop = func() bool { return ctx.Err() != nil }
	f.Progress = bar.of
	r.Drivers, err = r.Sensitivity(f.SensitivityOptions)
	bar.end()
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return p.relocate(err)
	}
	stopped := r.Drivers.Account.Stopped
	if stopped {
		env.note("Stopped: what follows is of the %s that were made.", plural(r.Drivers.Account.Requested, "draw"))
	}
	// What is done is told even though the user has had enough.
	if err := f.show(context.WithoutCancel(ctx), env, r, out); err != nil {
		return err
	}
	if stopped {
		return &statusError{statusFailed}
	}
	return fail.verdict(r.Drivers.Findings)
}

// show prints the results, or writes them to a folder.
func (f *sensitivityFlags) show(ctx context.Context, env *Env, r *engine.Report, out *outputFlags) error {
	if f.folder != "" {
		return writeSensitivity(ctx, env, r, f.folder)
	}
	return out.print(ctx, env, func(w *printer) error {
		switch out.format {
		case jsonFormat:
			return w.json(r.Drivers)
		case csvFormat:
			return effectsTable(w, r.Drivers)
		}
		w.sensitivity(r, r.Drivers, out.lang, f.Unit)
		return nil
	})
}

// sensitivityFiles are the tables that are written beside report.json.
var sensitivityFiles = []struct {
	name  string
	write func(w io.Writer, s *uncertainty.SensitivityResult) error
}{
	{"effects.csv", effectsTable},
	{"pairs.csv", interactionsTable},
	{"convergence.csv", convergenceTable},
	{"failures.csv", causesTable},
}

func writeSensitivity(ctx context.Context, env *Env, r *engine.Report, folder string) error {
	files := []store.File{{Name: "report.json", Write: func(w io.Writer) error { return r.WriteJSON(whileLive(ctx, w)) }}}
	for _, f := range sensitivityFiles {
		files = append(files, store.File{Name: "sensitivity/" + f.name, Write: func(w io.Writer) error { return f.write(whileLive(ctx, w), r.Drivers) }})
	}
	if err := store.WriteFiles(env.path(folder), files); err != nil {
		return asFileProblem(unwritten(folder, env.path(folder), files, err), err)
	}
	fmt.Fprintf(env.Stdout, "%s written to %s\n", plural(len(files), "file"), folder)
	return nil
}
