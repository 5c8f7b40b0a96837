package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"mizan/engine"
	"mizan/internal/store"
	"mizan/scenario"
	"mizan/spec"
)

// scenarioFlags are the flags of `mizan scenario` alone.
type scenarioFlags struct {
	drawFlags
	sweepFlags
	edits   []string
	swept   string // the path of what is swept
	unit    string
	noDraws bool
	folder  string
}

func newScenario(env *Env) *cobra.Command {
	in, out, fail, own := &projectFlags{}, &outputFlags{}, &failFlag{}, &scenarioFlags{}
	cmd := &cobra.Command{
		Use:   "scenario [ID...]",
		Short: "Try what-ifs: what moves, by how much, how surely, and which edit moves it",
		Long: `Try the scenarios of a project. The index is built as it stands and with the edits of
the scenario, both on the same draws of what is uncertain, and the two are set side by
side: scores and ranks with the interval in which 90 % of the draws lie, how likely a
place is won or lost, how much each edit moves (Shapley values, which add up to the
movement) and which assumptions drive the answer.

Without an ID, or with several, scenarios are compared; with one it is told in full.

--edit tries an edit without writing it down, by itself or added to the scenario:
CODE.UNIT=3 sets a figure, CODE.UNIT*=0.5 scales it, CODE.UNIT+=10 adds to it; CODE may
be an aggregate, UNIT an alliance. PATH=VALUE edits the project file, and a mapping is
an edit as a project file has it, such as {unite: brics}.

--sweep PATH=A..B lets one number take many values: an assumption by its ID, a number of
an edit (edits.1.value), figures that are scaled (CODE.UNIT*=1..10), or a number of the
project file. --until rank=20 tells how large it must be: the tipping point.

A scenario is mechanical: nothing answers that is not declared. It is no forecast.

With -o FOLDER these files are written: report.json with all results, and in the folder
scenarios: units.csv, nodes.csv, assumptions.csv, attribution.csv, figures.csv.`,
		Example: `  mizan scenario
  mizan scenario chip-embargo
  mizan scenario chip-embargo --set scenarios.chip-embargo.assumptions.rerouting.distribution=0.9
  mizan scenario --unit CHN
  mizan scenario --edit 'rd_gdp.RUS*=2' --edit 'gh_devs.RUS+=1e6'
  mizan scenario chip-embargo --sweep rerouting=0..1
  mizan scenario --unit RUS --sweep 'ai_invest_eto.RUS*=1..1000' --until rank=25
  mizan scenario -o out`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := cmp.Or(out.check(), fail.check(), own.check(cmd)); err != nil {
				return err
			}
			p, err := in.open(env)
			if err != nil {
				return err
			}
			return own.run(cmd, env, p, args, out, fail)
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return in.scenarioIDs(env), cobra.ShellCompDirectiveNoFileComp
		},
	}
	in.add(env, cmd)
	own.addWhat(cmd)
	fail.add(cmd)
	out.addForms(cmd, textFormat, jsonFormat, csvFormat)
	flags := cmd.Flags()
	flags.IntVar(&own.draws, "draws", 0, "make this many draws (default: as the project says, else 10000)")
	flags.BoolVar(&own.noDraws, "no-draws", false, "leave out intervals and chances: the project as it stands, at the middle of the assumptions")
	flags.StringArrayVar(&own.edits, "edit", nil, "try this `EDIT`: CODE.UNIT=3, CODE.UNIT*=0.5, CODE.UNIT+=10, PATH=VALUE, {unite: brics} (may repeat)")
	flags.StringVar(&own.sweep, "sweep", "", "let one number take many values, `PATH=A..B`: an assumption, edits.ID.value, CODE.UNIT*, a path of the project")
	flags.IntVar(&own.steps, "steps", 0, "try so many values in a sweep (default 11)")
	flags.StringVar(&own.until, "until", "", "how large the swept number must be for a `GOAL`: rank=20 or score=45")
	flags.StringVar(&own.unit, "unit", "", "tell of this `UNIT`, a code or a name (default: whom each scenario is about)")
	flags.StringVarP(&own.folder, "output", "o", "", "write the results to this `FOLDER`")
	return cmd
}

// scenarioIDs lists the scenarios of the project that the flags name.
func (f *projectFlags) scenarioIDs(env *Env) []string {
	return f.idsOf(env, func(s *spec.Spec) []string {
		var ids []string
		for _, x := range s.Scenarios {
			ids = append(ids, x.ID)
		}
		return ids
	})
}

// check refuses flags that do not go together.
func (f *scenarioFlags) check(cmd *cobra.Command) error {
	given := cmd.Flags().Changed
	if err := f.sweepFlags.check(); err != nil {
		return err
	}
	switch {
	case f.sweep != "" && f.folder != "":
		return usage("a sweep is one table; take --format csv in place of -o")
	case given("draws") && f.draws < 1:
		return usage("--draws is %d; give 1 or more, or leave it out", f.draws)
	case given("draws") && f.noDraws:
		return usage("--draws and --no-draws do not go together; leave one of them out")
	case f.folder != "" && given("format"):
		return usage("--format is for the screen; the files of -o hold everything")
	}
	return nil
}

// adHoc is the ID of the scenario of edits that no scenario of the project has.
const adHoc = "edits"

// prepare puts what the flags say into the project, and gives the IDs of the
// scenarios to try.
func (f *scenarioFlags) prepare(cmd *cobra.Command, p *project, ids []string) ([]string, scenario.Options, error) {
	o := scenario.Options{}
	s, err := engine.Parse(p.Input)
	if err != nil {
		return nil, o, p.relocate(err)
	}
	f.drawn(cmd, p, s, &o)
	if len(f.edits) == 0 && f.sweep == "" {
		return ids, o, nil
	}
	if len(ids) > 1 {
		return nil, o, usage("--edit and --sweep are of one scenario; name one, or none to try by themselves")
	}
	if len(ids) == 0 {
		ids = []string{adHoc}
	} else if _, err := scenario.Find(s, ids); err != nil {
		return nil, o, err
	}
	for _, text := range f.edits {
		e, err := s.TryEdit(ids[0], text)
		if err != nil {
			return nil, o, &usageError{err}
		}
		if s, err = s.Apply(e); err != nil {
			return nil, o, p.relocate(err)
		}
		p.Edits = append(p.Edits, e)
	}
	if f.sweep != "" {
		err = f.prepareSweep(p, s, ids[0])
	}
	return ids, o, err
}

// prepareSweep puts what is swept into the project, where it is not there.
func (f *scenarioFlags) prepareSweep(p *project, s *spec.Spec, id string) error {
	path, low, _, err := sweepOf(f.sweep)
	if err != nil {
		return err
	}
	e, swept, is, err := sweptEdit(s, id, path, low)
	switch f.swept = swept; {
	case err != nil:
		return &usageError{err}
	case is:
		p.Edits = append(p.Edits, e)
	case !slices.ContainsFunc(s.Scenarios, func(x spec.Scenario) bool { return x.ID == id }):
		p.Edits = append(p.Edits, spec.Edit{Set: fmt.Sprintf("scenarios.%d", len(s.Scenarios)), To: map[string]any{"id": id}})
	}
	return nil
}

// drawn puts what the flags say of draws into the project, where it says what is
// uncertain, else into the options.
func (f *scenarioFlags) drawn(cmd *cobra.Command, p *project, s *spec.Spec, o *scenario.Options) {
	if f.noDraws {
		o.Draws = -1
	}
	if s.Uncertainty != nil || f.preset != "" {
		p.Edits = append(p.Edits, f.whatEdits(cmd)...)
		if cmd.Flags().Changed("draws") {
			p.Edits = append(p.Edits, spec.Edit{Set: "uncertainty.draws", To: float64(f.draws)})
		}
	} else {
		o.Year, o.Seed = f.year, uint64(max(f.seed, 0))
		o.Draws = cmp.Or(o.Draws, f.draws)
	}
}

func (f *scenarioFlags) run(cmd *cobra.Command, env *Env, p *project, ids []string, out *outputFlags, fail *failFlag) error {
	ctx := cmd.Context()
	ids, o, err := f.prepare(cmd, p, ids)
	if err != nil {
		return err
	}
	r, err := p.run(ctx)
	if err != nil {
		return err
	}
	if f.unit != "" {
		u, err := findUnit(r, f.unit)
		if err != nil {
			return err
		}
		o.Unit = r.Units[u].Code
	}
	list, err := scenario.Find(r.Spec, ids)
	if err != nil {
		return err
	}
	bar := newProgress(env, 0, 0)
	o.Progress = bar.of
	o.Stop = func() bool { return ctx.Err() != nil }
	if f.sweep != "" {
		sw, err := f.sweepResult(ctx, r, o, list[0], f.swept)
		bar.end()
		if err != nil {
			return p.relocate(err)
		}
		return f.showSweep(ctx, env, r, sw, out)
	}
	r.Tried, err = whileWaiting(ctx, func() (*scenario.Result, error) {
		st, err := r.Scenarios(o)
		if err != nil {
			return nil, err
		}
		return st.Run(list)
	})
	bar.end()
	if err != nil {
		return p.relocate(err)
	}
	if err := f.show(ctx, env, r, out, p); err != nil {
		return err
	}
	for i := range r.Tried.Scenarios {
		if err := fail.verdict(r.Tried.Scenarios[i].Findings); err != nil {
			return err
		}
	}
	return nil
}

// showSweep prints a sweep.
func (f *scenarioFlags) showSweep(ctx context.Context, env *Env, r *engine.Report, s *scenario.Sweep, out *outputFlags) error {
	return out.print(ctx, env, func(w *printer) error {
		switch out.format {
		case jsonFormat:
			return w.json(s)
		case csvFormat:
			return sweepCSV(w, s)
		}
		path, _, _, err := sweepOf(f.sweep)
		if err != nil {
			return err
		}
		w.sweep(r, s, path, out.lang)
		return nil
	})
}

// show prints the results, or writes them to a folder.
func (f *scenarioFlags) show(ctx context.Context, env *Env, r *engine.Report, out *outputFlags, p *project) error {
	if f.folder != "" {
		files := []store.File{{Name: "report.json", Write: func(w io.Writer) error { return r.WriteJSON(whileLive(ctx, w)) }}}
		for _, t := range scenarioTables {
			files = append(files, store.File{Name: "scenarios/" + t.name + ".csv", Write: func(w io.Writer) error { return t.write(whileLive(ctx, w), r.Tried) }})
		}
		if err := store.WriteFiles(env.path(f.folder), files); err != nil {
			return asFileProblem(unwritten(f.folder, env.path(f.folder), files, err), err)
		}
		fmt.Fprintf(env.Stdout, "%s written to %s\n", plural(len(files), "file"), f.folder)
		return nil
	}
	return out.print(ctx, env, func(w *printer) error {
		switch {
		case out.format == jsonFormat:
			return w.json(r.Tried)
		case out.format == csvFormat:
			return scenarioUnits(w, r.Tried)
		case len(r.Tried.Scenarios) == 1:
			w.scenario(r, &r.Tried.Scenarios[0], p, out.lang)
		default:
			w.scenarios(r, out.lang)
		}
		return nil
	})
}
