package cli

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"mizan"
	"mizan/dataset"
	"mizan/engine"
)

// checkDocument is what `mizan check --format json` prints. With problems
// there is nothing else.
type checkDocument struct {
	Problems []*mizan.Problem      `json:"problems"`
	Project  *engine.Project       `json:"project,omitempty"`
	Coverage []engine.YearCoverage `json:"coverage,omitempty"`
	Findings []mizan.Finding       `json:"findings,omitempty"`
}

func newCheck(env *Env) *cobra.Command {
	in, out, fail := &projectFlags{}, &outputFlags{}, &failFlag{}
	year := 0
	cmd := &cobra.Command{
		Use:   "check [PROJECT]",
		Short: "Check a project and its data, and tell how full the data are",
		Long: `Read a project with its data and build it without writing anything. All problems
are told at once, with place and remedy. If there are none, the coverage of the data
is printed, for the latest year in detail, and the findings: remarks that do not stop the work.

As CSV the findings are printed.`,
		Example: `  mizan check
  mizan check myindex --fail-on warn
  mizan check ai-race --variant trend --format json`,
		Args: arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := cmp.Or(out.check(), fail.check()); err != nil {
				return err
			}
			p, err := in.open(env, args...)
			if err != nil {
				return err
			}
			r, err := p.runWhole(cmd.Context())
			if err != nil {
				if ps := asProblems(err); out.format == jsonFormat && ps != nil {
					if err := out.print(cmd.Context(), env, func(w *printer) error { return w.json(checkDocument{Problems: ps}) }); err != nil {
						return err
					}
				}
				return err
			}
			y, err := oneYear(r, year)
			if err != nil {
				return err
			}
			r.Complete()
			err = out.print(cmd.Context(), env, func(w *printer) error {
				switch out.format {
				case jsonFormat:
					return w.json(checkDocument{Problems: []*mizan.Problem{}, Project: &r.Project, Coverage: r.Coverage, Findings: r.Findings})
				case csvFormat:
					return w.findingsCSV(p, r.Findings)
				}
				w.check(p, r, out.lang, y)
				return nil
			})
			return cmp.Or(err, fail.verdict(r.Findings))
		},
	}
	in.add(env, cmd)
	fail.add(cmd)
	out.add(cmd, textFormat, jsonFormat, csvFormat)
	cmd.Flags().IntVar(&year, "year", 0, "tell more of this year (default: the latest; text)")
	return cmd
}

// runWhole builds the project and reads what a build does not need as well.
func (p *project) runWhole(ctx context.Context) (*engine.Report, error) {
	r, err := p.run(ctx)
	if err != nil {
		return nil, err
	}
	more, err := whileWaiting(ctx, r.Check)
	if err != nil {
		return nil, p.relocate(err)
	}
	r.Findings = append(r.Findings, more...)
	return r, nil
}

func (w *printer) check(p *project, r *engine.Report, lang string, year int) {
	w.head(r, lang, 0)
	fmt.Fprintf(w, "%s, %s, %s\n", plural(len(r.Units), "unit"), plural(len(r.Result.Indicators), "indicator"), yearsOf(r))
	if len(r.Coverage) > 1 {
		fmt.Fprintf(w, "\n%s\n", w.bold("Coverage by year"))
		w.yearCoverage(r.Coverage)
	}
	for _, c := range r.Coverage {
		if c.Year != year {
			continue
		}
		fmt.Fprintf(w, "\n%s\n", w.bold(fmt.Sprintf("Coverage of %d by indicator", c.Year)))
		w.coverage(c.Indicators)
		if few := fewest(c.Units, 10); len(few) > 0 {
			fmt.Fprintf(w, "\n%s\n", w.bold(fmt.Sprintf("Units with the fewest figures in %d", c.Year)))
			w.coverage(few)
		}
	}
	fmt.Fprintln(w)
	for _, gone := range r.Removed {
		if gone.Year == year {
			fmt.Fprintf(w, "Screened out in %d: %s (%s)\n", gone.Year, gone.Unit, clean(gone.Reason))
		}
	}
	fmt.Fprintf(w, "%s %s\n", w.bold("Findings:"), countFindings(r.Findings))
	w.printFindings(p.place, r.Findings)
}

// yearCoverage prints how full each year is.
func (w *printer) yearCoverage(list []engine.YearCoverage) {
	t := newTable(">year", ">figures", ">of", ">share")
	for _, c := range list {
		available, of := 0, 0
		for _, i := range c.Indicators {
			available, of = available+i.Available, of+i.Of
		}
		t.add(strconv.Itoa(c.Year), strconv.Itoa(available), strconv.Itoa(of), percent(float64(available)/float64(max(of, 1))))
	}
	t.write(w, w.style, "  ")
}

// coverage prints counts; columns in which nothing is counted are left out.
func (w *printer) coverage(list []dataset.Coverage) {
	kinds := []struct {
		head string
		of   func(dataset.Coverage) int
	}{
		{">of the year", func(c dataset.Coverage) int { return c.Exact }},
		{">earlier", func(c dataset.Coverage) int { return c.Earlier }},
		{">later", func(c dataset.Coverage) int { return c.Later }},
		{">none means 0", func(c dataset.Coverage) int { return c.Zero }},
	}
	kinds = slices.DeleteFunc(kinds, func(k struct {
		head string
		of   func(dataset.Coverage) int
	},
	) bool {
		return !slices.ContainsFunc(list, func(c dataset.Coverage) bool { return k.of(c) > 0 })
	})
	heads := []string{"code", ">figures", ">of", ">share"}
	for _, k := range kinds {
		heads = append(heads, k.head)
	}
	t := newTable(heads...)
	for _, c := range list {
		row := []string{c.Code, strconv.Itoa(c.Available), strconv.Itoa(c.Of), percent(c.Share)}
		for _, k := range kinds {
			row = append(row, strconv.Itoa(k.of(c)))
		}
		t.add(row...)
	}
	t.write(w, w.style, "  ")
}

// fewest are the n units with the smallest share, those with every figure
// left out.
func fewest(units []dataset.Coverage, n int) []dataset.Coverage {
	list := slices.DeleteFunc(slices.Clone(units), func(c dataset.Coverage) bool { return c.Available == c.Of })
	slices.SortStableFunc(list, func(a, b dataset.Coverage) int { return cmp.Compare(a.Share, b.Share) })
	return list[:min(n, len(list))]
}

func (w *printer) findingsCSV(p *project, findings []mizan.Finding) error {
	c := newCSV(w)
	_ = c.Write([]string{"severity", "id", "file", "line", "column", "unit", "code", "year", "message", "remedy"})
	for _, f := range findings {
		at := p.place(f.Place)
		_ = c.Write([]string{string(f.Severity), f.ID, at.File, number(at.Line), number(at.Column), f.Unit, f.Code, number(f.Year), f.Message, f.Remedy})
	}
	c.Flush()
	return c.Error()
}

// number writes a count of which 0 means unknown.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// plural counts things: "1 unit", "3 units".
func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return strconv.Itoa(n) + " " + thing + "s"
}

// yearsOf says which years a build has.
func yearsOf(r *engine.Report) string {
	switch n := len(r.Years); n {
	case 0:
		return "no year"
	case 1:
		return strconv.Itoa(r.Years[0])
	default:
		return fmt.Sprintf("%d to %d", r.Years[0], r.Years[n-1])
	}
}

// head prints which project this is, and of which year unless that is 0.
func (w *printer) head(r *engine.Report, lang string, year int) {
	title := clean(r.Project.Title.In(lang))
	if title == "" {
		title = r.Project.ID
	}
	line := w.bold(title)
	if year != 0 {
		line += fmt.Sprintf(", %d", year)
	}
	if r.Project.Variant != "" {
		line += ", variant " + r.Project.Variant
	}
	if n := len(r.Project.Edits); n > 0 {
		line += ", with " + plural(n, "edit")
	}
	fmt.Fprintln(w, line)
}
