package cli

import (
	"fmt"
	"math"
	"slices"

	"github.com/spf13/cobra"

	"mizan"
	"mizan/engine"
)

func newExplain(env *Env) *cobra.Command {
	in, out := &projectFlags{}, &outputFlags{}
	year := 0
	cmd := &cobra.Command{
		Use:   "explain UNIT",
		Short: "Tell why a unit ranks as it does, and what would move it a rank",
		Long: `Tell why a unit ranks as it does: what each pillar and indicator contributes to
its score, its strengths and weaknesses, the units with the most alike profile,
and which single changes would bring it past the unit ahead, or let the unit
behind past it, with all else and every scale as it is.

UNIT is a code or a name.`,
		Example: `  mizan explain RUS
  mizan explain "South Africa" --project hdi --year 2000
  mizan explain CHN --variant intensity --format json`,
		Args: arguments(1, 1),
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return completeCell(cmd, env, in, args), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := out.check(); err != nil {
				return err
			}
			p, err := in.open(env)
			if err != nil {
				return err
			}
			r, err := p.run(cmd.Context())
			if err != nil {
				return err
			}
			u, err := findUnit(r, args[0])
			if err != nil {
				return err
			}
			y, err := oneYear(r, year)
			if err != nil {
				return err
			}
			e, err := r.Explain(r.Units[u].Code, y)
			if err != nil {
				return err
			}
			return out.print(cmd.Context(), env, func(w *printer) error {
				if out.format == jsonFormat {
					return w.json(e)
				}
				w.explain(newLabels(r, out.lang), e)
				return nil
			})
		},
	}
	in.add(env, cmd)
	out.add(cmd, textFormat, jsonFormat)
	cmd.Flags().IntVar(&year, "year", 0, "the year (default: the latest)")
	return cmd
}

// labels are the names of units and codes in one language.
type labels struct {
	report *engine.Report
	unit   map[string]string
	code   map[string]string
	digits int // decimals of scores
}

func newLabels(r *engine.Report, lang string) *labels {
	l := &labels{report: r, unit: map[string]string{}, code: map[string]string{}}
	for _, u := range r.Units {
		l.unit[u.Code] = u.Name.In(lang)
	}
	for _, n := range r.Nodes {
		l.code[n.Code] = n.Name.In(lang)
	}
	for _, i := range r.Indicators {
		if l.code[i.Code] == "" {
			l.code[i.Code] = i.Name.In(lang)
		}
	}
	l.digits = decimals(r.Scores.Values)
	return l
}

func (l *labels) score(v mizan.Number) string { return fixed(float64(v), l.digits) }

func rankOf(rank mizan.Number, of int) string {
	if math.IsNaN(float64(rank)) {
		return noValue
	}
	return fmt.Sprintf("%s of %d", whole(float64(rank)), of)
}

func (w *printer) explain(l *labels, e *engine.Explanation) {
	fmt.Fprintf(w, "%s, %d", w.bold(named(l.unit[e.Unit], e.Unit)), e.Year)
	if v := l.report.Project.Variant; v != "" {
		fmt.Fprintf(w, ", variant %s", v)
	}
	if e.NotRanked != "" {
		fmt.Fprintf(w, ": not ranked, %s\n", clean(e.NotRanked))
		return
	}
	fmt.Fprintf(w, ": rank %s, score %s\n", rankOf(e.Rank, e.Of), l.score(e.Score))
	w.standings("Pillars", l, e.Pillars, false)
	w.standings("Indicators, by what they contribute", l, e.Indicators, true)
	w.standings("Strengths", l, e.Strengths, true)
	w.standings("Weaknesses", l, e.Weaknesses, true)
	fmt.Fprintf(w, "\n%s\n", w.bold("Most alike"))
	t := newTable("unit", "name", ">rank", ">score", ">distance")
	for _, p := range e.Peers {
		t.add(p.Unit, l.unit[p.Unit], whole(float64(p.Rank)), l.score(p.Score), fixed(p.Distance, l.digits))
	}
	t.write(w, w.style, "  ")
	w.gap("To pass %s, any one of these would do, all else as it is", "ahead", l, e.Up)
	w.gap("To fall behind %s, any one of these would do", "behind", l, e.Down)
}

// standings prints how a unit stands in nodes, with the figures of indicators.
func (w *printer) standings(head string, l *labels, list []engine.Standing, figures bool) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", w.bold(head))
	heads := []string{"code", "name", ">score", ">rank", ">weight", ">contribution"}
	if figures {
		heads = append(heads, ">figure")
	}
	turned := slices.ContainsFunc(list, func(s engine.Standing) bool { return s.LessIsBetter })
	if turned {
		heads = append(heads, "")
	}
	t := newTable(heads...)
	for _, s := range list {
		row := []string{s.Code, l.code[s.Code], l.score(s.Score), rankOf(s.Rank, s.Of), percentOf(s.Weight), fixed(float64(s.Contribution), l.digits)}
		if figures {
			row = append(row, short(float64(s.Value)))
		}
		if turned {
			row = append(row, "")
			if s.LessIsBetter {
				row[len(row)-1] = "less is better"
			}
		}
		t.add(row...)
	}
	t.write(w, w.style, "  ")
}

// gap prints what would move the unit past a neighbour.
func (w *printer) gap(head, where string, l *labels, g *engine.Gap) {
	if g == nil {
		return
	}
	fmt.Fprintf(w, "\n%s\n", w.bold(fmt.Sprintf(head, named(l.unit[g.Unit], g.Unit))))
	fmt.Fprintf(w, "  %s is %s %s, rank %s.\n", clean(g.Unit), fixed(g.Gap, l.digits+1), where, whole(float64(g.Rank)))
	if len(g.Changes) == 0 {
		fmt.Fprintf(w, "  No single indicator would do it.\n")
		return
	}
	t := newTable("code", ">score", ">needed", "as has", ">figure", ">there")
	for _, c := range g.Changes {
		t.add(c.Code, fixed(c.Score, l.digits), fixed(c.Needed, l.digits), c.Like, short(float64(c.Value)), short(float64(c.LikeValue)))
	}
	t.write(w, w.style, "  ")
}
