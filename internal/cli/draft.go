package cli

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"mizan"
	"mizan/claim"
	"mizan/engine"
	"mizan/internal/store"
	"mizan/spec"
)

// draft writes a project of what an article states, into a folder that must
// not have its files yet.
func draft(ctx context.Context, env *Env, folder, article string, r *engine.Report, reading *claim.Reading) error {
	d := claim.NewDraft(reading, nil)
	if len(d.Units) == 0 {
		return problem("nothing-to-draft", article, "the article names no member of an alliance, no target and no figure with unit and year", "read it without --draft to see what was found")
	}
	var files []store.File
	for _, f := range []struct{ name, text string }{
		{projectFile, draftProject(article, reading, d)},
		{"data/units.csv", draftUnits(r, d)},
		{"data/observations.csv", draftObservations(d)},
		{"data/origins.yaml", draftOrigins(article)},
	} {
		files = append(files, store.File{Name: f.name, Write: func(w io.Writer) error {
			_, err := io.WriteString(whileLive(ctx, w), f.text)
			return err
		}})
	}
	if err := noneExists(env, folder, files); err != nil {
		return err
	}
	if err := store.CreateFiles(env.path(folder), files); err != nil {
		return asFileProblem(unwritten(folder, env.path(folder), files, err), err)
	}
	_, err := fmt.Fprintf(env.Stdout, "Drafted a project in %s. Every entry is for you to confirm; now try:\n\n  mizan check %s\n", folder, shellWord(folder))
	return err
}

func draftProject(article string, reading *claim.Reading, d *claim.Draft) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Drafted from %s: nothing here is true because it was drafted. Look at every\n# entry beside the words that it was read from, which are quoted above it.\n", filepath.Base(article))
	year := 0
	for _, o := range d.Observations {
		year = max(year, o.Year)
	}
	if year == 0 {
		year = max(reading.Year, 2000)
	}
	fmt.Fprintf(&b, "mizan: 1\nid: draft\ntitle: {en: %s}\nperiod: {year: %d, look_back: 10}\n", strconv.Quote("Drafted from "+filepath.Base(article)), year)
	b.WriteString("units: {file: data/units.csv}\nobservations: [{file: data/observations.csv}]\norigins: {file: data/origins.yaml}\n\nindicators:\n")
	codes, measures := d.Indicators()
	if len(codes) == 0 {
		b.WriteString("  # The article states no figure with unit and year: replace this by an indicator of yours.\n")
		codes, measures = []string{"to_fill_in"}, []string{"to be said"}
	}
	for i, code := range codes {
		fmt.Fprintf(&b, "  %s:\n    name: {en: %q}\n    measure: %q\n    pool: none\n    origin: %s\n", code, strings.ReplaceAll(code, "_", " "), measures[i], claim.ArticleOrigin)
	}
	b.WriteString("\nframework:\n  code: draft_index\n  children:\n")
	for _, code := range codes {
		fmt.Fprintf(&b, "    - {code: %s}\n", code)
	}
	b.WriteString("\nbuild:\n  normalise: {method: min-max, to: [0, 100]}\n  aggregate: [{method: arithmetic-mean}]\n")
	if d.Alliances != "" {
		b.WriteString("\nalliances:\n" + d.Alliances)
	}
	if d.Targets != "" {
		b.WriteString("\ntargets:\n" + d.Targets)
	}
	return b.String()
}

// draftUnits lists the units with the names that the project has for them.
func draftUnits(r *engine.Report, d *claim.Draft) string {
	rows := [][]string{{"unit"}}
	var names []*labels
	for _, lang := range []string{"en", "ar", "ru", "zh"} {
		rows[0] = append(rows[0], "name:"+lang)
		names = append(names, newLabels(r, lang))
	}
	for _, code := range d.Units {
		row := []string{code}
		for _, l := range names {
			row = append(row, l.unitOf(code))
		}
		rows = append(rows, row)
	}
	return csvText(rows)
}

func draftObservations(d *claim.Draft) string {
	rows := [][]string{{"unit", "indicator", "year", "value", "status", "origin"}}
	seen := map[[3]string]bool{}
	for _, o := range d.Observations {
		key := [3]string{o.Unit, o.Indicator, strconv.Itoa(o.Year)}
		if seen[key] {
			continue // the article states it twice; the first stands
		}
		seen[key] = true
		rows = append(rows, []string{o.Unit, o.Indicator, strconv.Itoa(o.Year), string(mizan.AppendNumber(nil, o.Value, "")), "provisional", claim.ArticleOrigin})
	}
	return csvText(rows)
}

func draftOrigins(article string) string {
	return fmt.Sprintf("%s:\n  publisher: to be said\n  title: %s\n  licence: to be said\n  url: to be said\n  note: figures as an article states them, to be confirmed at their source\n",
		claim.ArticleOrigin, strconv.Quote(filepath.Base(article)))
}

func csvText(rows [][]string) string {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.WriteAll(rows) // a buffer takes everything
	return b.String()
}

// merge shows what an article would add to the project file, and adds it if
// asked to. Claims that the project holds already are left out.
func merge(ctx context.Context, env *Env, p *project, reading *claim.Reading, write bool) error {
	if p.Embedded {
		return problem("embedded-project", p.Folder, "an embedded project cannot be changed", "copy it first: mizan new mine --from "+p.Folder)
	}
	d := claim.NewDraft(reading, func(c *claim.Claim) bool { return c.Verdict != nil && c.Verdict.Outcome == claim.Agrees })
	text := string(p.Text)
	for _, part := range []struct{ key, items string }{{"alliances", d.Alliances}, {"targets", d.Targets}} {
		if part.items == "" {
			continue
		}
		next, at, ok := claim.Insert(text, part.key, part.items)
		if !ok {
			return problem("inline-list", fmt.Sprintf("%s:%d", filepath.Join(p.Folder, p.Name), at), part.key+" is written on one line, and nothing can be added to it so", "write it as a list, an entry a line")
		}
		fmt.Fprintf(env.Stdout, "@@ %s:%d, %s @@\n", p.Name, at, part.key)
		for line := range strings.Lines(part.items) {
			fmt.Fprintf(env.Stdout, "+%s", line)
		}
		text = next
	}
	if text == string(p.Text) {
		_, err := fmt.Fprintln(env.Stdout, "The project holds all of it already.")
		return err
	}
	if _, err := spec.Parse(p.Name, []byte(text)); err != nil {
		return fmt.Errorf("with these entries the project file is not whole; nothing was written\n%w", err)
	}
	if !write {
		_, err := fmt.Fprintf(env.Stdout, "\nNothing was written; --write adds it to %s. The origin %q must be among the project's origins.\n", p.Name, claim.ArticleOrigin)
		return err
	}
	name := filepath.Join(p.Folder, p.Name)
	info, err := os.Stat(env.path(name))
	if err != nil || info.IsDir() {
		return asFileProblem(name, err)
	}
	err = store.WriteFile(env.path(name), func(w io.Writer) error {
		_, err := io.WriteString(whileLive(ctx, w), text)
		return err
	})
	return asFileProblem(name, err)
}
