package cli

import (
	"cmp"
	"context"
	"math"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"mizan"
	"mizan/alliance"
	"mizan/build"
	"mizan/engine"
	"mizan/spec"
)

// allianceFlags are the flags of `mizan alliance` alone.
type allianceFlags struct {
	members, statuses []string
	day               string
	year              int
	add, remove       []string
	search            string
	most              int
	next, noDraws     bool
	full              bool
}

func newAlliance(env *Env) *cobra.Command {
	in, out, fail, own := &projectFlags{}, &outputFlags{}, &failFlag{}, &allianceFlags{}
	cmd := &cobra.Command{
		Use:   "alliance [CODE]",
		Short: "Weigh alliances as one: pooled standing, what each member adds, who lacks what",
		Long: `Look at an alliance as one unit in place of its members. Quantities are pooled as
published (sums of amounts, weighted means of rates; works that members share count
once), and measured on the scale of the index as it stands without the alliance: no
unit's score changes, and scores are never added.

Without CODE every alliance of the project is ranked. With one, or with --members, the
alliance is told on one screen: its rank, how sure that is, its gap to the leader by
pillar, who alone is strong where the others are not, and what a reader must know.

--full tells all: every score with its interval, what each member adds by several
values (Shapley values, exact up to 20 members, sampled with their error beyond), whose
leaving would cost the rank, the years, and the figures that move it most.

Where the project says what is uncertain (uncertainty), every standing has the interval
in which 90 % of the draws lie, and every search the share of draws that pass.

Memberships are those that the project last tells of; --as-of takes those of a day.

--add and --remove tell what changes when members come or go, --next what each further
member would bring. --search finds the smallest alliances that pass a unit or a score:
made of anybody, or of an alliance and those who join it.`,
		Example: `  mizan alliance
  mizan alliance brics
  mizan alliance --members RUS,CHN
  mizan alliance --members RUS,CHN --full
  mizan alliance brics --status member,disputed --as-of 2024-12-31
  mizan alliance brics --add SAU --remove ETH
  mizan alliance brics --next
  mizan alliance --search pass=USA
  mizan alliance russia-china --search pass=USA --most 3
  mizan alliance eu --variant trend --format json`,
		Args: arguments(0, 1),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return completeAlliance(env, in), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := cmp.Or(out.check(), fail.check(), own.check(args)); err != nil {
				return err
			}
			p, err := in.open(env)
			if err != nil {
				return err
			}
			return own.run(cmd.Context(), env, p, args, out, fail)
		},
	}
	in.add(env, cmd)
	fail.add(cmd)
	out.add(cmd, textFormat, jsonFormat, csvFormat)
	flags := cmd.Flags()
	flags.StringSliceVar(&own.members, "members", nil, "in place of CODE: the codes of units, or of alliances, such as RUS,CHN")
	flags.StringSliceVar(&own.statuses, "status", nil, "whose figures are pooled, by status: member (default), partner, invited, disputed")
	flags.StringVar(&own.day, "as-of", "", "take the memberships of this `DAY`, such as 2023-12-31 (default: as the project last has them)")
	flags.IntVar(&own.year, "year", 0, "take the figures of this year (default: the latest)")
	flags.StringSliceVar(&own.add, "add", nil, "tell what changes when these units, or members of alliances, join")
	flags.StringSliceVar(&own.remove, "remove", nil, "tell what changes when these leave")
	flags.BoolVar(&own.next, "next", false, "tell what each unit outside would bring as the next member")
	flags.StringVar(&own.search, "search", "", "find the smallest alliances that reach a `GOAL`: pass=UNIT or score=NUMBER")
	flags.BoolVar(&own.full, "full", false, "tell all of one alliance, not just what goes on one screen")
	flags.BoolVar(&own.noDraws, "no-draws", false, "leave out intervals and probabilities, which are drawn where the project has a section uncertainty")
	flags.IntVar(&own.most, "most", 0, "let this many join at most in a search (default 5)")
	complete(cmd, "status", func(*cobra.Command, []string) []string { return spec.Statuses() })
	return cmd
}

// completeAlliance offers the codes of the project's alliances.
func completeAlliance(env *Env, in *projectFlags) []string {
	p, err := in.open(quiet(env))
	if err != nil {
		return nil
	}
	s, err := engine.Parse(p.Input)
	if err != nil {
		return nil
	}
	var codes []string
	for _, a := range s.Alliances {
		codes = append(codes, a.Code)
	}
	return codes
}

// check refuses flags that do not go together.
func (f *allianceFlags) check(args []string) error {
	named := len(args) > 0 || len(f.members) > 0
	change := len(f.add)+len(f.remove) > 0
	switch {
	case len(args) > 0 && len(f.members) > 0:
		return usage("the alliance is named twice, %q and by --members; name it once", args[0])
	case change && f.next, change && f.search != "", f.next && f.search != "":
		return usage("--add and --remove, --next and --search ask different things; ask one at a time")
	case (change || f.next) && !named:
		return usage("no alliance is named that could change; name one, such as brics, or --members RUS,CHN")
	case f.most != 0 && f.search == "":
		return usage("--most is for --search; add --search pass=UNIT")
	case f.most < 0:
		return usage("--most cannot be %d; give a number from 1 on", f.most)
	}
	if f.search != "" {
		_, err := goalOf(f.search)
		return err
	}
	return nil
}

// goalOf reads pass=UNIT or score=NUMBER.
func goalOf(text string) (alliance.Goal, error) {
	kind, value, ok := strings.Cut(text, "=")
	switch value = strings.TrimSpace(value); {
	case ok && kind == "pass" && value != "":
		return alliance.Goal{Unit: value}, nil
	case ok && kind == "score":
		if v, err := strconv.ParseFloat(value, 64); err == nil && !math.IsNaN(v) && !math.IsInf(v, 0) {
			return alliance.Goal{Score: v}, nil
		}
	}
	return alliance.Goal{}, usage("--search cannot be %q; write pass=UNIT, such as pass=USA, or score=NUMBER", text)
}

func (f *allianceFlags) run(ctx context.Context, env *Env, p *project, args []string, out *outputFlags, fail *failFlag) error {
	r, err := p.run(ctx)
	if err != nil {
		return err
	}
	o := alliance.Options{Year: f.year, Day: f.day, Statuses: f.statuses}
	if !f.noDraws {
		if o.Draws, err = whileWaiting(ctx, func() (build.Draws, error) { return r.Draws(f.year) }); err != nil {
			return p.relocate(err)
		}
	}
	st, err := r.Alliances(o)
	if err != nil {
		return p.relocate(err)
	}
	named := len(args) > 0 || len(f.members) > 0
	var g *alliance.Group
	if named {
		if g, err = f.group(st, args); err != nil {
			return err
		}
	}
	switch a := (allianceAnswer{ctx, env, p, r, out}); {
	case f.search != "":
		return a.search(st, g, f)
	case !named:
		return a.overview(st)
	case f.next:
		return a.next(st, g)
	case len(f.add)+len(f.remove) > 0:
		return a.change(st, g, f)
	default:
		return a.detail(st, g, f.full, fail)
	}
}

// allianceAnswer is what every answer of the command needs.
type allianceAnswer struct {
	ctx context.Context
	env *Env
	p   *project
	r   *engine.Report
	out *outputFlags
}

// print prints a value as JSON, CSV or text.
func (a *allianceAnswer) print(v any, table func(w *printer) error, text func(w *printer)) error {
	return a.out.print(a.ctx, a.env, func(w *printer) error {
		switch a.out.format {
		case jsonFormat:
			return w.json(v)
		case csvFormat:
			return table(w)
		}
		text(w)
		return nil
	})
}

func (a *allianceAnswer) overview(st *alliance.Study) error {
	list, err := whileWaiting(a.ctx, func() ([]alliance.Brief, error) { return st.Overview(), nil })
	if err != nil {
		return err
	}
	return a.print(list, func(w *printer) error { return w.briefsCSV(list) }, func(w *printer) { w.alliances(a.r, st, list, a.out.lang) })
}

func (a *allianceAnswer) detail(st *alliance.Study, g *alliance.Group, full bool, fail *failFlag) error {
	d, err := whileWaiting(a.ctx, func() (*alliance.Detail, error) { return st.Detail(g, alliance.Sampling{}) })
	if err != nil {
		return a.p.relocate(err)
	}
	err = a.print(d, func(w *printer) error { return w.allianceCSV(d) }, func(w *printer) {
		if full {
			w.alliance(a.r, d, a.out.lang)
		} else {
			w.allianceShort(a.r, d, a.out.lang)
		}
	})
	var findings []mizan.Finding
	for _, f := range d.Findings {
		findings = append(findings, f.Finding)
	}
	return cmp.Or(err, fail.verdict(findings))
}

func (a *allianceAnswer) change(st *alliance.Study, g *alliance.Group, f *allianceFlags) error {
	c, err := whileWaiting(a.ctx, func() (*alliance.Change, error) {
		c, _, err := st.Change(g, f.add, f.remove)
		return c, err
	})
	if err != nil {
		return a.p.relocate(err)
	}
	return a.print(c, func(w *printer) error { return w.changeCSV(c) }, func(w *printer) { w.change(a.r, c, a.out.lang) })
}

func (a *allianceAnswer) next(st *alliance.Study, g *alliance.Group) error {
	list, err := whileWaiting(a.ctx, func() ([]alliance.Next, error) { return st.Next(g) })
	if err != nil {
		return a.p.relocate(err)
	}
	return a.print(list, func(w *printer) error { return w.nextCSV(list) }, func(w *printer) { w.next(a.r, st, g, list, a.out.lang) })
}

func (a *allianceAnswer) search(st *alliance.Study, g *alliance.Group, f *allianceFlags) error {
	goal, err := goalOf(f.search)
	if err != nil {
		return err
	}
	found, err := whileWaiting(a.ctx, func() (*alliance.Found, error) { return st.Search(g, alliance.Search{Goal: goal, Most: f.most}) })
	if err != nil {
		return a.p.relocate(err)
	}
	return a.print(found, func(w *printer) error { return w.foundCSV(found) }, func(w *printer) { w.found(a.r, g, found, a.out.lang) })
}

// group is the alliance that the command line names.
func (f *allianceFlags) group(st *alliance.Study, args []string) (*alliance.Group, error) {
	if len(args) > 0 {
		return st.Alliance(args[0])
	}
	codes := make([]string, len(f.members))
	for i, code := range f.members {
		codes[i] = strings.TrimSpace(code)
	}
	return st.Named(codes)
}

func (w *printer) briefsCSV(list []alliance.Brief) error {
	c := newCSV(w)
	_ = c.Write([]string{"alliance", "year", "as_of", "members", "outside", "incomplete", "score", "rank", "of", "leader", "leader_score", "gap", "best_member", "best_score", "gain", "score_low", "score_high", "rank_low", "rank_high", "first", "passes"})
	for _, b := range list {
		_ = c.Write(append([]string{
			b.Code, number(b.Year), dayOf(b.Day), strings.Join(b.Members, " "), strings.Join(b.Outside, " "), yesNo(b.Incomplete),
			exact(float64(b.Score)), number(b.Rank), number(b.Of), b.Leader, exact(float64(b.LeaderScore)), exact(float64(b.Gap)),
			b.Best, exact(float64(b.BestScore)), exact(float64(b.Gain)),
		}, intervalCells(b.Interval)...))
	}
	c.Flush()
	return c.Error()
}

// intervalCells are the cells of an interval; empty without draws.
func intervalCells(i *alliance.Interval) []string {
	if i == nil {
		return make([]string, 6)
	}
	return []string{
		exact(float64(i.Score.Low)), exact(float64(i.Score.High)), exact(float64(i.Rank.Low)), exact(float64(i.Rank.High)), exact(i.First), exact(i.Passes),
	}
}

// allianceCSV prints a row per node of the framework.
func (w *printer) allianceCSV(d *alliance.Detail) error {
	c := newCSV(w)
	_ = c.Write([]string{"code", "score", "rank", "of", "leader", "leader_score", "gap", "best_member", "best_score", "gain", "rule", "raw", "normalised", "reach", "missing", "imputed"})
	for i, s := range d.Scores {
		row := []string{
			s.Code, exact(float64(s.Score)), number(s.Rank), number(s.Of), s.Leader, exact(float64(s.LeaderScore)), exact(float64(s.Gap)),
			s.Best, exact(float64(s.BestScore)), exact(float64(s.Gain)), "", "", "", "", "", "",
		}
		if i < len(d.Pooled) {
			f := d.Pooled[i]
			copy(row[10:], []string{
				f.Rule, exact(float64(f.Raw)), exact(float64(f.Normalised)), string(f.Reach), strings.Join(f.Missing, " "), strings.Join(f.Imputed, " "),
			})
		}
		_ = c.Write(row)
	}
	c.Flush()
	return c.Error()
}

func (w *printer) changeCSV(d *alliance.Change) error {
	c := newCSV(w)
	_ = c.Write([]string{"code", "before", "after", "difference", "rank_before", "rank_after"})
	for _, n := range d.Nodes {
		_ = c.Write([]string{
			n.Code, exact(float64(n.Before)), exact(float64(n.After)), exact(float64(n.Difference)), number(n.RankBefore), number(n.RankAfter),
		})
	}
	c.Flush()
	return c.Error()
}

func (w *printer) nextCSV(list []alliance.Next) error {
	c := newCSV(w)
	_ = c.Write([]string{"unit", "score", "rank", "gain", "alone", "passes", "probability"})
	for _, n := range list {
		_ = c.Write([]string{
			n.Unit, exact(float64(n.Score)), number(n.Rank), exact(float64(n.Gain)), exact(float64(n.Alone)), strings.Join(n.Passes, " "), exact(float64(n.Probability)),
		})
	}
	c.Flush()
	return c.Error()
}

func (w *printer) foundCSV(f *alliance.Found) error {
	c := newCSV(w)
	_ = c.Write([]string{"members", "joined", "score", "margin", "probability"})
	for _, a := range f.Alliances {
		_ = c.Write([]string{
			strings.Join(a.Members, " "), strings.Join(a.Joined, " "), exact(float64(a.Score)), exact(float64(a.Margin)), exact(float64(a.Probability)),
		})
	}
	c.Flush()
	return c.Error()
}

// dayOf is a day of memberships as it was given; "" for what the project last
// tells of.
func dayOf(day string) string {
	if day == alliance.Now {
		return ""
	}
	return day
}

func yesNo(v bool) string {
	if v {
		return "true"
	}
	return "false"
}
