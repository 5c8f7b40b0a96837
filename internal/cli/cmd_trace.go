package cli

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"mizan"
	"mizan/build"
	"mizan/engine"
)

// traceDocument is what `mizan trace --format json` prints.
type traceDocument struct {
	Project string `json:"project"`
	Variant string `json:"variant,omitempty"`
	Unit    string `json:"unit"`
	Name    string `json:"name,omitempty"`
	Code    string `json:"code"`
	Label   string `json:"label,omitempty"`
	Year    int    `json:"year"`
	// Figures are the observation of an indicator and, if it has one, of its
	// denominator.
	Figures []figureDocument `json:"figures,omitempty"`
	// Trace is absent for an indicator outside the framework.
	Trace     *build.Trace `json:"trace,omitempty"`
	Check     *checkSum    `json:"check,omitempty"`
	NotRanked string       `json:"not_ranked,omitempty"` // why the unit is not ranked
	node      *build.Node
	report    *engine.Report
}

// figureDocument is an observation with everything known of where it is from.
type figureDocument struct {
	Code  string `json:"code"`
	Label string `json:"label,omitempty"`
	// Use is what a denominator does to the indicator: divide or multiply.
	Use     string        `json:"use,omitempty"`
	Measure string        `json:"measure,omitempty"`
	Value   mizan.Number  `json:"value"`
	Year    int           `json:"year,omitempty"` // of the figure, which may differ from the year asked for
	Status  string        `json:"status"`
	File    string        `json:"file,omitempty"`
	Line    int           `json:"line,omitempty"`
	Origin  *mizan.Origin `json:"origin,omitempty"`
}

// checkSum says whether contributions add up to the score that they split.
type checkSum struct {
	What       string       `json:"what"`
	Sum        mizan.Number `json:"sum"`
	Score      mizan.Number `json:"score"`
	Difference mizan.Number `json:"difference"`
}

func newTrace(env *Env) *cobra.Command {
	in, out := &projectFlags{}, &outputFlags{}
	year := 0
	cmd := &cobra.Command{
		Use:   "trace UNIT CODE [YEAR]",
		Short: "Tell where a number comes from, from the source to the top of the index",
		Long: `Tell the whole history of one number. For an indicator: the observation with its
file and line, the year used, the publisher with licence and address, what every
stage did with which parameters, and what it contributes to every aggregate above
it. For an aggregate: its parts with weights and contributions. A last line checks
that contributions add up to the score.

UNIT is a code or a name. YEAR may be left out; the latest is taken.`,
		Example: `  mizan trace RUS rd_gdp
  mizan trace "United States" ai_invest_eto --variant intensity
  mizan trace NOR education 1990 --project hdi
  mizan trace CHN research --format json`,
		Args: arguments(2, 3),
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			return completeCell(cmd, env, in, args), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := out.check(); err != nil {
				return err
			}
			if len(args) == 3 {
				y, err := strconv.Atoi(args[2])
				switch {
				case err != nil:
					return usage("%q is no year; write one such as 2023", args[2])
				case year != 0 && year != y:
					return usage("the year is given twice, %d and %d; give it once", y, year)
				}
				year = y
			}
			p, err := in.open(env)
			if err != nil {
				return err
			}
			r, err := p.run(cmd.Context())
			if err != nil {
				return err
			}
			doc, err := traceOf(p, r, args[0], args[1], year, out.lang)
			if err != nil {
				return err
			}
			return out.print(cmd.Context(), env, func(w *printer) error {
				if out.format == jsonFormat {
					return w.json(doc)
				}
				w.trace(doc)
				return nil
			})
		},
	}
	in.add(env, cmd)
	out.add(cmd, textFormat, jsonFormat)
	cmd.Flags().IntVar(&year, "year", 0, "the year (default: the latest)")
	return cmd
}

// completeCell offers the units, then the codes.
func completeCell(cmd *cobra.Command, env *Env, in *projectFlags, args []string) []string {
	p, err := in.open(quiet(env))
	if err != nil || len(args) > 1 {
		return nil
	}
	r, err := p.run(cmd.Context())
	if err != nil {
		return nil
	}
	var words []string
	if len(args) == 1 {
		for _, n := range r.Nodes {
			words = append(words, n.Code+"\t"+n.Name.In("en"))
		}
		return words
	}
	for _, u := range r.Units {
		words = append(words, u.Code+"\t"+u.Name.In("en"))
	}
	return words
}

// findUnit resolves a unit given by code or by a name in any language,
// whatever the capitals.
func findUnit(r *engine.Report, word string) (position int, err error) {
	if i := slices.IndexFunc(r.Units, func(u mizan.Unit) bool { return u.Code == word }); i >= 0 {
		return i, nil
	}
	for i, u := range r.Units {
		if strings.EqualFold(u.Code, word) {
			return i, nil
		}
		for _, name := range u.Name {
			if strings.EqualFold(name, word) {
				return i, nil
			}
		}
	}
	return -1, r.HasUnit(word)
}

// traceOf puts together the history of a cell.
func traceOf(p *project, r *engine.Report, unit, code string, year int, lang string) (*traceDocument, error) {
	var problems mizan.Problems
	keep := func(err error) { problems = append(problems, asProblems(err)...) }
	u, err := findUnit(r, unit)
	keep(err)
	ind := slices.IndexFunc(r.Indicators, func(i engine.Indicator) bool { return i.Code == code })
	if ind < 0 {
		keep(r.HasCode(code))
	}
	year, err = oneYear(r, year)
	keep(err)
	if len(problems) > 0 {
		return nil, problems
	}
	doc := &traceDocument{
		Project: r.Project.ID, Variant: r.Project.Variant, Unit: r.Units[u].Code, Name: r.Units[u].Name.In(lang),
		Code: code, Year: year, node: r.Node(code), report: r,
	}
	y := slices.Index(r.Years, year)
	if ind >= 0 {
		doc.Label = r.Indicators[ind].Name.In(lang)
		doc.Figures = append(doc.Figures, figureOf(p, r, y, code, u, lang))
		if d := r.Indicators[ind].Denominator; d != "" {
			by := figureOf(p, r, y, d, u, lang)
			by.Use = operationOf(r, code)
			doc.Figures = append(doc.Figures, by)
		}
	}
	if doc.node == nil {
		return doc, nil
	}
	if doc.Label == "" {
		doc.Label = doc.node.Name.In(lang)
	}
	for _, g := range r.Removed {
		if g.Unit == doc.Unit && g.Year == year {
			doc.NotRanked = g.Reason
		}
	}
	if doc.Trace, err = r.Result.Trace(doc.Unit, code, year); err != nil {
		return nil, err
	}
	doc.Check, err = addUp(r, doc)
	return doc, err
}

// operationOf is what the denominator of an indicator does to it.
func operationOf(r *engine.Report, code string) string {
	for _, d := range r.Spec.Build.Denominate {
		if d.Code == code {
			return d.Operation
		}
	}
	return ""
}

// figureOf is the observation of an indicator, with its origin and its line.
func figureOf(p *project, r *engine.Report, y int, code string, u int, lang string) figureDocument {
	c := r.Panel.Code(code)
	f := figureDocument{Code: code, Status: mizan.Missing.String(), Value: mizan.Number(math.NaN())}
	for _, ind := range r.Indicators {
		if ind.Code == code {
			f.Label, f.Measure = ind.Name.In(lang), ind.Measure
		}
	}
	if c < 0 {
		return f
	}
	cell := r.Panel.Cell(y, c, u)
	f.Value, f.Year, f.Status, f.Line = mizan.Number(r.Panel.At(y, c, u)), int(cell.Year), cell.Status.String(), int(cell.Line)
	if cell.Line > 0 && int(cell.File) < len(r.Panel.Files) {
		f.File = filepath.Join(p.Folder, r.Panel.Files[cell.File])
	}
	if o := int(cell.Origin); o > 0 && o < len(r.Origins) {
		f.Origin = &r.Origins[o]
	}
	return f
}

// addUp sums the contributions: of all indicators to the top score, or of the
// parts of an aggregate to its own.
func addUp(r *engine.Report, doc *traceDocument) (*checkSum, error) {
	var parts []float64
	score := float64(doc.Trace.Score)
	var what string
	if len(doc.Trace.Parts) > 0 {
		for _, p := range doc.Trace.Parts {
			if !math.IsNaN(float64(p.Value)) {
				parts = append(parts, float64(p.Contribution))
			}
		}
		what = fmt.Sprintf("the contributions of %s to %s", plural(len(parts), "part"), doc.Code)
	} else {
		all, err := r.Result.Contributions(doc.Unit, doc.Year)
		if err != nil {
			return nil, err
		}
		for c, v := range all {
			if !math.IsNaN(v) || !math.IsNaN(cellOf(r.Scores, doc.Year, r.Result.Indicators[c], doc.Unit)) {
				parts = append(parts, v)
			}
		}
		what = fmt.Sprintf("the contributions of %s to %s", plural(len(parts), "indicator"), r.Top())
		score = cellOf(r.Scores, doc.Year, r.Top(), doc.Unit)
	}
	if math.IsNaN(score) {
		return nil, nil
	}
	sum := 0.0
	for _, v := range parts {
		sum += v
	}
	return &checkSum{what, mizan.Number(sum), mizan.Number(score), mizan.Number(sum - score)}, nil
}

// cellOf reads a table by names; missing if it lacks one of them.
func cellOf(t *mizan.Table, year int, code, unit string) float64 {
	y, c, u := t.Year(year), t.Code(code), t.Unit(unit)
	if y < 0 || c < 0 || u < 0 {
		return math.NaN()
	}
	return t.At(y, c, u)
}
