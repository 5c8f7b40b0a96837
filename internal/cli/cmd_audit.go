package cli

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"mizan"
	"mizan/audit"
	"mizan/engine"
	"mizan/internal/export"
	"mizan/internal/store"
)

// The forms of an audit beside text, JSON and CSV.
const (
	htmlFormat = "html"
	pdfFormat  = "pdf"
)

// auditFlags are the flags of `mizan audit` alone.
type auditFlags struct {
	year       int
	all        bool
	thresholds bool
}

func newAudit(env *Env) *cobra.Command {
	in, out, fail, own := &projectFlags{}, &outputFlags{}, &failFlag{}, &auditFlags{}
	cmd := &cobra.Command{
		Use:   "audit [PROJECT]",
		Short: "Audit the index: data, coherence, weights, robustness, with a report to sign",
		Long: `Ask of the index what a statistical reviewer would: are the data full and sound,
does the framework hold together, do weights and means do what they are meant to, how
far do ranks hang on single choices. Each check has a verdict (pass, warn, fail), its
rule and, for what it finds, the figure and a remedy.

A project answers a finding in its file, under audit.silence, with a reason; what is
answered is listed and no longer weighs. Limits are set under audit.thresholds;
--thresholds lists them.

As html the audit is a report for a reviewer to sign, with figures, in one file that
loads nothing; as pdf it is the same report, printed by a Chromium or Chrome on this
machine. As CSV the findings are printed.`,
		Example: `  mizan audit
  mizan audit ai-race --all --fail-on warn
  mizan audit myindex --format html -o audit.html
  mizan audit hdi --year 2000 --set audit.thresholds.redundant=0.95
  mizan audit --thresholds`,
		Args: arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := cmp.Or(out.check(), fail.check(), own.check(out)); err != nil {
				return err
			}
			p, err := in.open(env, args...)
			if err != nil {
				return err
			}
			return own.run(cmd.Context(), env, p, out, fail)
		},
	}
	in.add(env, cmd)
	fail.add(cmd)
	out.add(cmd, textFormat, jsonFormat, csvFormat, htmlFormat, pdfFormat)
	flags := cmd.Flags()
	flags.IntVar(&own.year, "year", 0, "audit this year (default: the latest)")
	flags.BoolVar(&own.all, "all", false, "print every finding, and those that are answered (text)")
	flags.BoolVar(&own.thresholds, "thresholds", false, "list the limits in effect, and audit nothing")
	return cmd
}

// check refuses flags that do not go together.
func (f *auditFlags) check(out *outputFlags) error {
	if f.thresholds && out.format != textFormat && out.format != jsonFormat {
		return usage("--thresholds prints text or json")
	}
	if out.format == pdfFormat && out.file == "" {
		return usage("a PDF is not for the screen; say where with -o FILE")
	}
	return nil
}

func (f *auditFlags) run(ctx context.Context, env *Env, p *project, out *outputFlags, fail *failFlag) error {
	r, err := p.run(ctx)
	if err != nil {
		return err
	}
	a, err := whileWaiting(ctx, func() (*audit.Result, error) { return r.Audit(audit.Options{Year: f.year}) })
	if err != nil {
		return p.relocate(err)
	}
	if f.thresholds {
		return out.print(ctx, env, func(w *printer) error {
			if out.format == jsonFormat {
				return w.json(a.Thresholds)
			}
			w.thresholds(a.Thresholds)
			return nil
		})
	}
	if out.format == htmlFormat || out.format == pdfFormat {
		err = f.report(ctx, env, r, a, out)
	} else {
		err = out.print(ctx, env, func(w *printer) error {
			switch out.format {
			case jsonFormat:
				return w.json(a)
			case csvFormat:
				return w.auditCSV(a)
			}
			w.audit(r, a, out.lang, f.all)
			return nil
		})
	}
	return cmp.Or(err, fail.verdict(plainFindings(a)))
}

// report writes the audit as a page, or as the same page printed.
func (f *auditFlags) report(ctx context.Context, env *Env, r *engine.Report, a *audit.Result, out *outputFlags) error {
	var page bytes.Buffer
	if err := export.AuditHTML(&page, r, a, out.lang); err != nil {
		return err
	}
	text := page.Bytes()
	if out.format == pdfFormat {
		var err error
		if text, err = export.PDF(ctx, text); err != nil {
			return err
		}
	}
	if out.file == "" {
		_, err := env.Stdout.Write(text)
		return err
	}
	err := store.WriteFile(env.path(out.file), func(w io.Writer) error {
		_, err := whileLive(ctx, w).Write(text)
		return err
	})
	return asFileProblem(out.file, err)
}

// whileWaiting does something that cannot be stopped, and returns at once when
// ctx is cancelled.
func whileWaiting[T any](ctx context.Context, do func() (T, error)) (T, error) {
	type outcome struct {
		value T
		err   error
	}
	done := make(chan outcome, 1)
	go func() {
		v, err := do()
		done <- outcome{v, err}
	}()
	select {
	case <-ctx.Done():
		var none T
		return none, context.Canceled
	case o := <-done:
		return o.value, o.err
	}
}

// plainFindings are the findings that weigh, for --fail-on.
func plainFindings(a *audit.Result) []mizan.Finding {
	var list []mizan.Finding
	for _, f := range a.Findings() {
		list = append(list, f.Finding)
	}
	return list
}

func (w *printer) thresholds(list []audit.Threshold) {
	t := newTable("threshold", ">value", ">default", "what it limits")
	for _, x := range list {
		t.add(x.Name, short(x.Value), short(x.Default), x.Summary)
	}
	t.write(w, w.style, "")
}

// audit prints the verdicts, then the findings part by part.
func (w *printer) audit(r *engine.Report, a *audit.Result, lang string, all bool) {
	w.head(r, lang, a.Year)
	s := a.Summary
	fmt.Fprintf(w, "%s %d pass, %d warn, %d fail", w.bold("Audit:"), s.Pass, s.Warn, s.Fail)
	if s.None > 0 {
		fmt.Fprintf(w, ", %d with nothing to look at", s.None)
	}
	fmt.Fprintf(w, "; %s", plural(s.Findings, "finding"))
	if s.Answered > 0 {
		fmt.Fprintf(w, ", %d answered by the project", s.Answered)
	}
	fmt.Fprintf(w, "\n%s, %s\n", plural(a.Ranked, "ranked unit"), plural(len(a.Statistics), "indicator"))
	part := ""
	for i := range a.Checks {
		c := &a.Checks[i]
		if c.Part != part {
			part = c.Part
			fmt.Fprintf(w, "\n%s\n", w.bold(part))
		}
		w.auditCheck(c, all)
	}
	if s.Answered > 0 && !all {
		fmt.Fprintf(w, "\n`mizan audit --all` prints what is answered too.\n")
	}
}

// auditCheck prints one check, and of each kind of finding some, with the
// remedy of the kind once.
func (w *printer) auditCheck(c *audit.Check, all bool) {
	fmt.Fprintf(w, "%s %s\n", w.verdict(c.Verdict), c.Title)
	if c.Verdict != audit.None {
		fmt.Fprintf(w, "     %s\n", w.dim("rule: "+c.Rule))
	}
	if c.Note != "" {
		fmt.Fprintf(w, "     %s\n", w.dim(c.Note))
	}
	var kinds []string
	of := map[string][]audit.Finding{}
	answered := 0
	for _, f := range c.Findings {
		if f.Answer != "" {
			answered++
			if !all {
				continue
			}
		}
		if of[f.ID] == nil {
			kinds = append(kinds, f.ID)
		}
		of[f.ID] = append(of[f.ID], f)
	}
	if answered > 0 {
		fmt.Fprintf(w, "     %s\n", w.dim(fmt.Sprintf("answered by the project: %s", plural(answered, "finding"))))
	}
	for _, id := range kinds {
		list := of[id]
		remedy := ""
		if list[0].Remedy != "" {
			remedy = ": " + list[0].Remedy
		}
		fmt.Fprintf(w, "     %s %s%s\n", w.severity(list[0].Severity), id, clean(remedy))
		for i, f := range list {
			if i == shownPerKind && !all {
				fmt.Fprintf(w, "       … %d more (--all prints them)\n", len(list)-i)
				break
			}
			line := "       - " + f.Message
			if f.Answer != "" {
				line += "; answered: " + f.Answer
			}
			fmt.Fprintln(w, clean(line))
		}
	}
}

func (w *printer) verdict(v audit.Verdict) string {
	word := fmt.Sprintf("%-4s", string(v))
	switch v {
	case audit.Failed:
		return w.red(word)
	case audit.Warning:
		return w.yellow(word)
	case audit.None:
		return w.dim("–   ")
	}
	return word
}

func (w *printer) auditCSV(a *audit.Result) error {
	c := newCSV(w)
	_ = c.Write([]string{"check", "verdict", "severity", "id", "unit", "code", "with", "year", "figure", "message", "remedy", "answer"})
	for _, check := range a.Checks {
		for _, f := range check.Findings {
			year := f.Year
			if year == 0 {
				year = a.Year
			}
			_ = c.Write([]string{
				check.ID, string(check.Verdict), string(f.Severity), f.ID, f.Unit, f.Code, f.With, number(year),
				exact(float64(f.Figure)), f.Message, f.Remedy, f.Answer,
			})
		}
	}
	c.Flush()
	return c.Error()
}
