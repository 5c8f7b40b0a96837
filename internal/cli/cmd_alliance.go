package cli

import (
	"cmp"
	"context"
	"encoding/csv"
	"strings"

	"github.com/spf13/cobra"

	"mizan/alliance"
	"mizan/engine"
	"mizan/spec"
)

// allianceFlags are the flags of `mizan alliance` alone.
type allianceFlags struct {
	members, statuses []string
	day               string
	year              int
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
alliance is told in full: its rank and its gap to the leader, by pillar; what each
member adds (Shapley values, exact up to 20 members, sampled with their error beyond);
whose leaving would cost the rank; who alone is strong where the others are not; the
standing with members of uncertain status; and what a reader must know of the figures.

Memberships are those that the project last tells of; --as-of takes those of a day.`,
		Example: `  mizan alliance
  mizan alliance brics
  mizan alliance --members RUS,CHN
  mizan alliance brics --status member,disputed --as-of 2024-12-31
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
	if len(args) > 0 && len(f.members) > 0 {
		return usage("the alliance is named twice, %q and by --members; name it once", args[0])
	}
	return nil
}

func (f *allianceFlags) run(ctx context.Context, env *Env, p *project, args []string, out *outputFlags, fail *failFlag) error {
	r, err := p.run(ctx)
	if err != nil {
		return err
	}
	st, err := r.Alliances(alliance.Options{Year: f.year, Day: f.day, Statuses: f.statuses})
	if err != nil {
		return p.relocate(err)
	}
	if len(args) == 0 && len(f.members) == 0 {
		list, err := st.Overview()
		if err != nil {
			return p.relocate(err)
		}
		return out.print(ctx, env, func(w *printer) error {
			switch out.format {
			case jsonFormat:
				return w.json(list)
			case csvFormat:
				return w.briefsCSV(list)
			}
			w.alliances(r, st, list, out.lang)
			return nil
		})
	}
	g, err := f.group(st, args)
	if err != nil {
		return err
	}
	d, err := whileWaiting(ctx, func() (*alliance.Detail, error) { return st.Detail(g, alliance.Sampling{}) })
	if err != nil {
		return p.relocate(err)
	}
	err = out.print(ctx, env, func(w *printer) error {
		switch out.format {
		case jsonFormat:
			return w.json(d)
		case csvFormat:
			return w.allianceCSV(d)
		}
		w.alliance(r, d, out.lang)
		return nil
	})
	return cmp.Or(err, fail.verdict(d.Findings))
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
	c := csv.NewWriter(w)
	_ = c.Write([]string{"alliance", "year", "as_of", "members", "outside", "incomplete", "score", "rank", "of", "leader", "leader_score", "gap", "best_member", "best_score", "gain"})
	for _, b := range list {
		_ = c.Write([]string{
			b.Code, number(b.Year), dayOf(b.Day), strings.Join(b.Members, " "), strings.Join(b.Outside, " "), yesNo(b.Incomplete),
			exact(float64(b.Score)), number(b.Rank), number(b.Of), b.Leader, exact(float64(b.LeaderScore)), exact(float64(b.Gap)),
			b.Best, exact(float64(b.BestScore)), exact(float64(b.Gain)),
		})
	}
	c.Flush()
	return c.Error()
}

// allianceCSV prints a row per node of the framework.
func (w *printer) allianceCSV(d *alliance.Detail) error {
	c := csv.NewWriter(w)
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
