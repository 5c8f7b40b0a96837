package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"mizan"
	"mizan/engine"
	"mizan/internal/store"
	"mizan/spec"
	"mizan/uncertainty"
)

// drawFlags say what is drawn and how often, in place of what the project says.
type drawFlags struct {
	preset string
	draws  int
	seed   int
	year   int
	among  []int
}

func (f *drawFlags) add(cmd *cobra.Command) {
	f.addWhat(cmd)
	flags := cmd.Flags()
	flags.IntVar(&f.draws, "draws", 0, "make this many draws (default: as the project says, else 10000, with a preset 4000)")
	flags.IntSliceVar(&f.among, "among", nil, "how likely a unit is among so many best (default: as the project says, else 1,3,10)")
}

// addWhat adds the flags that say what is drawn, without how often.
func (f *drawFlags) addWhat(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.preset, "preset", "", "vary what this kind of study varies, in place of what the project says: "+strings.Join(spec.Presets(), ", "))
	flags.IntVar(&f.seed, "seed", 0, "draw by this seed (default: as the project says, else 1)")
	flags.IntVar(&f.year, "year", 0, "look at this year (default: as the project says, else the latest)")
	complete(cmd, "preset", func(*cobra.Command, []string) []string { return spec.Presets() })
}

// edits are the flags as edits of the project, so that they are told as such.
func (f *drawFlags) edits(cmd *cobra.Command) []spec.Edit {
	edits := f.whatEdits(cmd)
	if cmd.Flags().Changed("draws") {
		edits = append(edits, spec.Edit{Set: "uncertainty.draws", To: float64(f.draws)})
	}
	if cmd.Flags().Changed("among") {
		list := make([]any, len(f.among))
		for i, k := range f.among {
			list[i] = float64(k)
		}
		edits = append(edits, spec.Edit{Set: "uncertainty.top", To: list})
	}
	return edits
}

// whatEdits are the flags of addWhat as edits.
func (f *drawFlags) whatEdits(cmd *cobra.Command) []spec.Edit {
	var edits []spec.Edit
	if cmd.Flags().Changed("preset") {
		edits = append(edits, spec.Edit{Set: "uncertainty", To: map[string]any{"preset": f.preset}})
	}
	if cmd.Flags().Changed("seed") {
		edits = append(edits, spec.Edit{Set: "uncertainty.seed", To: float64(f.seed)})
	}
	if cmd.Flags().Changed("year") {
		edits = append(edits, spec.Edit{Set: "uncertainty.year", To: float64(f.year)})
	}
	return edits
}

// uncertaintyFlags are the flags of `mizan uncertainty` alone.
type uncertaintyFlags struct {
	drawFlags
	view       uncertaintyView
	workers    int
	stable     float64
	shard      string
	checkpoint string
	printDraw  int
	output     string
}

func newUncertainty(env *Env) *cobra.Command {
	in, out, own := &projectFlags{}, &outputFlags{}, &uncertaintyFlags{}
	cmd := &cobra.Command{
		Use:   "uncertainty [PROJECT]",
		Short: "Say how sure every rank is: draw what might have been chosen otherwise, and count",
		Long: `Draw, at random, what might have been chosen or measured otherwise, build the index
anew for every draw, and count how often each unit holds each rank. What varies stands
in the project under uncertainty.vary: weights, methods of any stage, indicators left
out, errors of measurement, seeds of imputation. --preset takes the factors of a known
kind of study: jrc-25 (weights 25 % up and down, with and without imputation, arithmetic
and geometric mean of the pillars) or gii (shares of the pillars 0.1 up and down, and
the same choices).

Every draw is accounted for: those that cannot be built are counted and named, and
choices that can never be built are refused before the first draw. A draw hangs on the
seed and its number alone, so the result is the same whatever the number of workers;
--print-draw prints any draw as a project, which mizan build builds to the same scores.

With -o FOLDER these files are written: report.json with all results, and in the folder
uncertainty: units.csv, acceptability.csv, ahead.csv, choices.csv, failures.csv,
central-weights.csv.

Long runs show how long they will take. Ctrl-C ends one early and prints what is done.
With --checkpoint FILE the draws are kept there, and the same command goes on with
them. --shard I/N makes one part of the draws for mizan merge, which puts the parts
together to the same bytes as one run.`,
		Example: `  mizan uncertainty
  mizan uncertainty ai-race --preset jrc-25
  mizan uncertainty --unit RUS --draws 1000000
  mizan uncertainty myindex --until-stable -o out
  mizan uncertainty myindex --print-draw 17 > myindex/draw-17.yaml
  mizan uncertainty myindex --shard 3/8 -o shard-3.json`,
		Args: arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := cmp.Or(out.check(), own.check(cmd)); err != nil {
				return err
			}
			p, err := in.open(env, args...)
			if err != nil {
				return err
			}
			p.Edits = append(p.Edits, own.edits(cmd)...)
			return own.run(cmd.Context(), env, p, out)
		},
	}
	in.add(env, cmd)
	own.add(cmd)
	own.view.add(cmd)
	out.addForms(cmd, textFormat, jsonFormat, csvFormat)
	flags := cmd.Flags()
	flags.StringVarP(&own.output, "output", "o", "", "write the results to this `FOLDER`; with --shard and --print-draw, write to this file")
	flags.IntVar(&own.workers, "workers", 0, "draw side by side so many times (default: as many as there are processors)")
	flags.Float64Var(&own.stable, "until-stable", 0, "stop when every median and interval is known to so many places, 1 if none is given")
	flags.Lookup("until-stable").NoOptDefVal = "1"
	flags.StringVar(&own.shard, "shard", "", "make part `I/N` of the draws, and write them to the file of -o")
	flags.StringVar(&own.checkpoint, "checkpoint", "", "keep the draws in this `FILE`, and go on with those that are there")
	flags.IntVar(&own.printDraw, "print-draw", 0, "print this draw, from 1, as a project")
	return cmd
}

// check refuses flags that do not go together.
func (f *uncertaintyFlags) check(cmd *cobra.Command) error {
	given := cmd.Flags().Changed
	alone := func(flag string, others ...string) error {
		for _, o := range others {
			if given(flag) && given(o) {
				return usage("--%s and --%s do not go together; leave one of them out", flag, o)
			}
		}
		return nil
	}
	switch {
	case given("shard") && f.output == "":
		return usage("--shard writes a file; say which with -o FILE")
	case given("workers") && f.workers < 1:
		return usage("--workers is %d; give 1 or more, or leave it out", f.workers)
	case given("until-stable") && !(f.stable > 0):
		return usage("--until-stable is not above 0; give a number of places such as 1")
	case given("print-draw") && f.printDraw < 1:
		return usage("--print-draw is %d; draws are numbered from 1", f.printDraw)
	case f.output != "" && !given("shard") && !given("print-draw") && (given("format") || given("unit")):
		return usage("--format and --unit are for the screen; the files of -o hold everything")
	}
	return cmp.Or(
		alone("print-draw", "shard", "checkpoint", "until-stable", "format", "unit"),
		alone("shard", "until-stable", "format", "unit"),
		f.view.check(cmd),
	)
}

func (f *uncertaintyFlags) run(ctx context.Context, env *Env, p *project, out *outputFlags) error {
	r, err := p.run(ctx)
	if err != nil {
		return err
	}
	m, err := r.Uncertain()
	if err != nil {
		return p.relocate(err)
	}
	if f.printDraw > 0 {
		return f.print(ctx, env, p, m)
	}
	if err := f.view.known(r, m); err != nil {
		return err
	}
	if _, err := whileWaiting(ctx, func() (bool, error) { return true, m.Check() }); err != nil {
		return p.relocate(err)
	}
	from, to, err := f.part(m)
	if err != nil {
		return err
	}
	state, err := f.draw(ctx, env, m, from, to)
	if err != nil {
		return err
	}
	stopped := ctx.Err() != nil
	if stopped && state.To == state.From {
		return context.Canceled
	}
	if stopped {
		f.tellStopped(env, state, to)
	}
	// What is done is told even though the user has had enough.
	ctx = context.WithoutCancel(ctx)
	if f.shard != "" {
		err = f.writeState(ctx, env, f.output, state)
		fmt.Fprintf(env.Stdout, "%s written to %s\n", drawsOf(state), f.output)
	} else {
		r.Uncertainty = m.Result(state)
		err = f.view.show(ctx, env, r, out, f.output)
	}
	if err == nil && stopped {
		return &statusError{statusFailed}
	}
	return err
}

func drawsOf(s *uncertainty.State) string {
	if s.To == s.From {
		return "no draws"
	}
	return fmt.Sprintf("draws %s to %s", grouped(s.From+1), grouped(s.To))
}

func (f *uncertaintyFlags) tellStopped(env *Env, s *uncertainty.State, to int) {
	line := fmt.Sprintf("Stopped: %s of %s are done, and what follows is of these.", drawsOf(s), grouped(to-s.From))
	if f.checkpoint != "" {
		line += fmt.Sprintf(" They are kept in %s; the same command goes on with them.", f.checkpoint)
	}
	env.note("%s", line)
}

// part is the range of draws that --shard names, or all.
func (f *uncertaintyFlags) part(m *uncertainty.Model) (from, to int, err error) {
	if f.shard == "" {
		return 0, m.Len(), nil
	}
	a, b, ok := strings.Cut(f.shard, "/")
	i, err1 := strconv.Atoi(a)
	n, err2 := strconv.Atoi(b)
	if !ok || err1 != nil || err2 != nil || n < 1 || i < 1 || i > n {
		return 0, 0, usage("--shard cannot be %q; write I/N, such as 3/8 for the third of eight parts", f.shard)
	}
	from, to = uncertainty.Shard(m.Len(), i, n)
	return from, to, nil
}

// saveEvery is how often draws are kept in the checkpoint.
const saveEvery = 10 * time.Second

// draw makes the draws, going on from the checkpoint if there is one.
func (f *uncertaintyFlags) draw(ctx context.Context, env *Env, m *uncertainty.Model, from, to int) (*uncertainty.State, error) {
	state, err := f.resume(env, m, from, to)
	if err != nil {
		return nil, err
	}
	done := 0
	if state != nil {
		done = state.To - state.From
	}
	bar := newProgress(env, done, to-from)
	defer bar.end()
	o := uncertainty.RunOptions{
		From: from, To: to, Workers: f.workers, Stable: f.stable, Progress: bar.tell,
		Stop: func() bool { return ctx.Err() != nil },
	}
	if f.checkpoint != "" && env.Now != nil {
		saved := env.Now()
		o.Save = func(s *uncertainty.State) error {
			if env.Now().Sub(saved) < saveEvery {
				return nil
			}
			err := f.writeState(context.WithoutCancel(ctx), env, f.checkpoint, s)
			saved = env.Now()
			return err
		}
	}
	state, err = m.Run(o, state)
	if err == nil && f.checkpoint != "" {
		err = f.writeState(context.WithoutCancel(ctx), env, f.checkpoint, state)
	}
	return state, err
}

// resume reads the checkpoint; nil if there is none yet.
func (f *uncertaintyFlags) resume(env *Env, m *uncertainty.Model, from, to int) (*uncertainty.State, error) {
	if f.checkpoint == "" {
		return nil, nil
	}
	state, err := readState(env, m, f.checkpoint)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	case state.From != from || state.To > to:
		return nil, problem("not-draws", f.checkpoint, fmt.Sprintf("the file holds the %s, which are of another part", drawsOf(state)), "give each shard a checkpoint of its own")
	}
	return state, nil
}

// maxStateFile bounds a file of draws.
const maxStateFile = 1 << 30

func readState(env *Env, m *uncertainty.Model, name string) (*uncertainty.State, error) {
	text, err := readFile(env.path(name), maxStateFile)
	if err != nil {
		return nil, &missingFile{fileProblem(name, err), err}
	}
	return m.ReadState(name, text)
}

func (f *uncertaintyFlags) writeState(ctx context.Context, env *Env, name string, s *uncertainty.State) error {
	return asFileProblem(name, store.WriteFile(env.path(name), func(w io.Writer) error { return s.Write(whileLive(ctx, w)) }))
}

// print prints a draw as a project.
func (f *uncertaintyFlags) print(ctx context.Context, env *Env, p *project, m *uncertainty.Model) error {
	u := make([]float64, len(m.Inputs()))
	m.Point(f.printDraw-1, u)
	s, err := m.Spec(u)
	if err != nil {
		return p.relocate(err)
	}
	head := fmt.Sprintf("# Draw %d of %s, seed %d. It stands in the folder of the project.\n", f.printDraw, s.ID, m.Seed())
	text := append([]byte(head), s.Canonical()...)
	if f.output == "" {
		_, err := env.Stdout.Write(text)
		return err
	}
	return asFileProblem(f.output, store.WriteFile(env.path(f.output), func(w io.Writer) error {
		_, err := whileLive(ctx, w).Write(text)
		return err
	}))
}

func newMerge(env *Env) *cobra.Command {
	in, out, own := &projectFlags{}, &outputFlags{}, &uncertaintyFlags{}
	cmd := &cobra.Command{
		Use:   "merge FILE...",
		Short: "Put the parts of mizan uncertainty --shard together",
		Long: `Put together what mizan uncertainty --shard made, with the results that one run would
have given, byte by byte. The project is named with -p; it, the flags that change it
and those of the draws must be those of the shards.`,
		Example: `  mizan merge shard-*.json -p myindex
  mizan merge shard-1.json shard-2.json -p ai-race --preset jrc-25 -o out`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("something is missing; it is used as `%s`", cmd.UseLine())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := cmp.Or(out.check(), own.view.check(cmd)); err != nil {
				return err
			}
			p, err := in.open(env)
			if err != nil {
				return err
			}
			p.Edits = append(p.Edits, own.edits(cmd)...)
			return own.merge(cmd.Context(), env, p, out, args)
		},
	}
	in.add(env, cmd)
	own.add(cmd)
	own.view.add(cmd)
	out.addForms(cmd, textFormat, jsonFormat, csvFormat)
	cmd.Flags().StringVarP(&own.output, "output", "o", "", "write the results to this `FOLDER`")
	return cmd
}

func (f *uncertaintyFlags) merge(ctx context.Context, env *Env, p *project, out *outputFlags, names []string) error {
	r, err := p.run(ctx)
	if err != nil {
		return err
	}
	m, err := r.Uncertain()
	if err != nil {
		return p.relocate(err)
	}
	if err := f.view.known(r, m); err != nil {
		return err
	}
	var states []*uncertainty.State
	var problems mizan.Problems
	for _, name := range names {
		s, err := readState(env, m, name)
		if err != nil {
			problems = append(problems, asProblems(err)...)
			continue
		}
		states = append(states, s)
	}
	if err := problems.OrNil(); err != nil {
		return err
	}
	sum, err := uncertainty.Merge(states)
	if err != nil {
		return err
	}
	if sum.From != 0 || sum.To != m.Len() {
		return mizan.Problems{problem("missing-draws", "", fmt.Sprintf("the files hold the %s of %s", drawsOf(sum), grouped(m.Len())), "name the files of all shards")}
	}
	r.Uncertainty = m.Result(sum)
	return f.view.show(ctx, env, r, out, f.output)
}

// known refuses a unit that the project has not.
func (v *uncertaintyView) known(r *engine.Report, _ *uncertainty.Model) error {
	if v.unit == "" {
		return nil
	}
	return r.HasUnit(v.unit)
}
