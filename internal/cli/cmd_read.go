package cli

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"mizan"
	"mizan/claim"
	"mizan/engine"
	"mizan/internal/source"
)

// maxArticle bounds an article that is read.
const maxArticle = 64 << 20

func newRead(env *Env) *cobra.Command {
	in, out := &projectFlags{}, &outputFlags{}
	o := claim.Options{}
	folder, merging, write := "", false, false
	cmd := &cobra.Command{
		Use:   "read FILE",
		Short: "Read an article and check its claims",
		Long: `Read an article in Arabic, Chinese, English or Russian, find what it claims
(ranks, levels, changes, targets, memberships, relations, quotations) and check
it against the project: what agrees, what differs and by how much, and what
there is nothing to check against. Every claim comes with its place in the text,
the rule that read it, how sure the reading is, and what is missing from it.

FILE is text, a page (HTML) or a PDF; "-" is the standard input. The text is
read by rules and word lists, never sent anywhere, and not kept.`,
		Example: `  mizan read article.txt
  mizan read article.html --year 2024 --format json
  mizan read article.txt --draft mydraft
  mizan read article.txt --project mine --merge
  curl -s https://example.org/story | mizan read -`,
		Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := out.check(); err != nil {
				return err
			}
			if l := o.Language; l != "" && !slices.Contains(claim.Languages(), l) {
				return usage("no text in %q can be read; there are %s", l, strings.Join(claim.Languages(), ", "))
			}
			text, err := readArticle(cmd.Context(), env, args[0])
			if err != nil {
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
			reading, err := r.ReadArticle(text, o)
			if err != nil {
				return err
			}
			if reading.Language == "" {
				return problem("unread-language", args[0], fmt.Sprintf("the text seems to be in %s, which cannot be read", cmp.Or(reading.Detected, "an unknown language")),
					"give it in ar, en, ru or zh; if it is in one of them say so with --language")
			}
			switch {
			case folder != "":
				return draft(cmd.Context(), env, folder, args[0], r, reading)
			case merging || write:
				return merge(cmd.Context(), env, p, reading, write)
			}
			return out.print(cmd.Context(), env, func(w *printer) error {
				switch out.format {
				case jsonFormat:
					return w.json(reading)
				case csvFormat:
					return w.claimsCSV(reading)
				}
				w.claims(r, out.lang, reading)
				return nil
			})
		},
	}
	in.add(env, cmd)
	out.add(cmd, textFormat, jsonFormat, csvFormat)
	cmd.Flags().StringVar(&o.Language, "language", "", "language of the text: ar, en, ru, zh (default: detected)")
	cmd.Flags().IntVar(&o.Year, "year", 0, "year in which the article appeared: later years are promises")
	cmd.Flags().StringVar(&folder, "draft", "", "draft a project of what the article states, in this `FOLDER`, for you to confirm")
	cmd.Flags().BoolVar(&merging, "merge", false, "show what the article would add to the project file")
	cmd.Flags().BoolVar(&write, "write", false, "with --merge, add it")
	complete(cmd, "language", func(*cobra.Command, []string) []string { return claim.Languages() })
	return cmd
}

// readArticle reads the text of a file, or of the standard input.
func readArticle(ctx context.Context, env *Env, name string) (string, error) {
	var content []byte
	var err error
	if name == "-" {
		content, err = io.ReadAll(io.LimitReader(env.Stdin, maxArticle+1))
		if err == nil && len(content) > maxArticle {
			err = problem("too-large", name, fmt.Sprintf("the text is larger than %d MB", maxArticle>>20), "give a part of it")
		}
	} else {
		content, err = readFile(env.path(name), maxArticle)
		if err != nil {
			err = fileProblem(name, err)
		}
	}
	if err != nil {
		return "", err
	}
	if len(bytes.TrimSpace(content)) == 0 {
		return "", problem("empty-file", name, "there is no text in it", "give an article")
	}
	return source.Article(ctx, name, content)
}

// claims prints what was read, kind by kind.
func (w *printer) claims(r *engine.Report, lang string, reading *claim.Reading) {
	l := newLabels(r, lang)
	fmt.Fprintf(w, "%s in %s (%s), checked against %s.\n", plural(len(reading.Claims), "claim"), plural(reading.Sentences, "sentence"), reading.Detected, r.Project.ID)
	count := map[claim.Outcome]int{}
	for _, c := range reading.Claims {
		count[c.Verdict.Outcome]++
	}
	fmt.Fprintf(w, "%d agree, %d differ, for %d there is nothing to check against.\n", count[claim.Agrees], count[claim.Differs], count[claim.Nothing])
	for _, kind := range claim.Kinds() {
		headed := false
		for _, c := range reading.Claims {
			if c.Kind != kind {
				continue
			}
			if !headed {
				fmt.Fprintf(w, "\n%s\n", w.bold(strings.ToUpper(string(kind[:1]))+string(kind[1:])))
				headed = true
			}
			w.claim(l, &c)
		}
	}
	if len(reading.Unread) > 0 {
		fmt.Fprintf(w, "\nNot understood: %s.\n", plural(len(reading.Unread), "number"))
	}
}

// claim prints one claim: its reading, the words it was read from, the verdict.
func (w *printer) claim(l *labels, c *claim.Claim) {
	fmt.Fprintf(w, "  %-4s %s  (%s", c.ID, claimLine(l, c), c.Confidence)
	if len(c.Missing) > 0 {
		fmt.Fprintf(w, "; not said: %s", strings.Join(c.Missing, ", "))
	}
	fmt.Fprintf(w, ")\n       “%s”\n", clean(shortened(c.Text, 160)))
	if v := c.Verdict; v.Outcome != claim.Nothing {
		fmt.Fprintf(w, "       %s: %s\n", v.Outcome, v.Note)
	}
}

// claimLine is the reading of a claim in one line.
func claimLine(l *labels, c *claim.Claim) string {
	name := func(code string) string {
		if code == "" {
			return "?"
		}
		return l.unitOf(code)
	}
	var b strings.Builder
	if c.Negated {
		b.WriteString("not: ")
	}
	switch c.Kind {
	case claim.Rank:
		fmt.Fprintf(&b, "%s: rank %g", name(c.Unit), c.Quantity.Value)
		if c.Of > 0 {
			fmt.Fprintf(&b, " of %d", c.Of)
		}
	case claim.Membership:
		fmt.Fprintf(&b, "%s: %s %s", name(c.Unit), c.Verb, c.Alliance)
	case claim.Relation:
		fmt.Fprintf(&b, "%s: %s %s", name(c.Unit), c.Verb, name(c.Other))
	case claim.Quotation:
		b.WriteString(cmp.Or(clean(c.Speaker), "?"))
	default:
		fmt.Fprintf(&b, "%s: %s", name(c.Unit), quantityText(c))
		if len(c.Topic) > 0 {
			fmt.Fprintf(&b, ", %s", strings.Join(c.Topic, " "))
		}
	}
	switch {
	case c.From > 0:
		fmt.Fprintf(&b, ", %d to %d", c.From, c.Year)
	case c.Year > 0:
		fmt.Fprintf(&b, ", %d", c.Year)
	}
	if c.Baseline != "" {
		fmt.Fprintf(&b, ", against %s", c.Baseline)
	}
	return b.String()
}

func quantityText(c *claim.Claim) string {
	q := c.Quantity
	s := short(q.Value)
	if q.High != q.Value {
		s += " to " + short(q.High)
	}
	switch q.Measure {
	case claim.Percent:
		s += " %"
	case claim.Points:
		s += " points"
	case claim.Money:
		s += " " + q.Currency
	case claim.Times:
		s = "times " + s
	}
	if c.Kind == claim.Change {
		s = c.Verb + " " + s
	}
	if q.Bound != "" {
		s = strings.ReplaceAll(q.Bound, "-", " ") + " " + s
	}
	if q.Approx {
		s = "about " + s
	}
	return s
}

// shortened cuts a text to so many characters.
func shortened(s string, most int) string {
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	return string(runes[:most/2]) + " … " + string(runes[len(runes)-most/2:])
}

// claimsCSV prints a row per claim.
func (w *printer) claimsCSV(reading *claim.Reading) error {
	rows := [][]string{{
		"id", "kind", "unit", "value", "high", "measure", "currency", "of", "from_year", "year", "alliance", "verb", "other", "speaker",
		"negated", "confidence", "outcome", "against", "ours", "from", "to", "text",
	}}
	for _, c := range reading.Claims {
		row := []string{c.ID, string(c.Kind), c.Unit, "", "", "", "", given(c.Of), given(c.From), given(c.Year), c.Alliance, c.Verb, c.Other, c.Speaker}
		if q := c.Quantity; q != nil {
			row[3], row[4], row[5], row[6] = string(mizan.AppendNumber(nil, q.Value, "")), string(mizan.AppendNumber(nil, q.High, "")), string(q.Measure), q.Currency
		}
		ours := ""
		if c.Verdict.Ours != nil {
			ours = string(mizan.AppendNumber(nil, *c.Verdict.Ours, ""))
		}
		row = append(row, strconv.FormatBool(c.Negated), string(c.Confidence), string(c.Verdict.Outcome), c.Verdict.Against, ours,
			strconv.Itoa(c.Span.From), strconv.Itoa(c.Span.To), c.Text)
		rows = append(rows, row)
	}
	out := newCSV(w)
	return out.WriteAll(rows)
}

// given is a number that may be absent, which 0 says.
func given(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
