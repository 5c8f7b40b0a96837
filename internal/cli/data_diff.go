package cli

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"mizan"
	"mizan/engine"
	"mizan/internal/source"
	"mizan/spec"
)

// vintageDocument is what `mizan data diff --format json` prints.
type vintageDocument struct {
	Sources []sourceChanges `json:"sources"`
	// Ranks is how the ranking moves, B being the later vintage; absent where one
	// of the two cannot be built, and then Unbuilt says why.
	Ranks   *engine.Difference `json:"ranks,omitempty"`
	Unbuilt string             `json:"unbuilt,omitempty"`
}

// sourceChanges is what changed between two vintages of a source.
type sourceChanges struct {
	Source  string          `json:"source"`
	Was     int             `json:"was"` // number of the vintage, from 1
	WasDate time.Time       `json:"was_pulled"`
	Now     int             `json:"now"`
	NowDate time.Time       `json:"now_pulled"`
	Changes []source.Change `json:"changes"`
	tables  [2][]byte
	file    string
}

// dataDiffFlags are the flags of `mizan data diff`.
type dataDiffFlags struct {
	project  string
	was, now int
	year     int
	top      int
}

func newDataDiff(env *Env) *cobra.Command {
	own, out := &dataDiffFlags{}, &outputFlags{}
	cmd := &cobra.Command{
		Use:   "diff [SOURCE…]",
		Short: "Tell what changed since the last vintage, and which ranks that moves",
		Long: `Compare two vintages of the project's sources, the last two unless --was and --now
say others: which figures were added, taken back or revised, and how the ranking
moves when the project is built with the later figures instead of the earlier ones.
Vintages count from 1. Everything else in the project is as it is today.

As CSV the changes are printed.`,
		Example: `  mizan data diff
  mizan data diff wdi --was 1 --now 3
  mizan data diff --format csv -o changes.csv`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := out.check(); err != nil {
				return err
			}
			if own.top < 0 || own.was < 0 || own.now < 0 {
				return usage("--was, --now and --top are whole numbers from 0 up")
			}
			d, err := openData(env, own.project)
			if err != nil {
				return err
			}
			sources, err := d.sources(args)
			if err != nil {
				return err
			}
			return d.diff(cmd.Context(), sources, len(args) > 0, own, out)
		},
	}
	out.add(cmd, textFormat, jsonFormat, csvFormat)
	flags := cmd.Flags()
	flags.StringVarP(&own.project, "project", "p", "", "the project: a folder or a project file")
	flags.IntVar(&own.was, "was", 0, "number of the earlier vintage (default: the last but one)")
	flags.IntVar(&own.now, "now", 0, "number of the later vintage (default: the last)")
	flags.IntVar(&own.year, "year", 0, "the year of the ranking (default: the latest)")
	flags.IntVar(&own.top, "top", 20, "print this many changes and units at most as text; 0 means all")
	return cmd
}

func (d *dataProject) diff(ctx context.Context, sources []spec.DataSource, named bool, own *dataDiffFlags, out *outputFlags) error {
	doc := &vintageDocument{Sources: []sourceChanges{}}
	var problems mizan.Problems
	for _, s := range sources {
		c, err := d.changes(s, own)
		if err != nil {
			if named || asProblems(err)[0].ID != "one-vintage" {
				problems = append(problems, asProblems(err)...)
			}
			continue
		}
		doc.Sources = append(doc.Sources, *c)
	}
	if len(problems) == 0 && len(doc.Sources) == 0 {
		problems = append(problems, problem("one-vintage", d.name(lockFile), "no source has two vintages", "pull again when the publisher has new figures"))
	}
	if err := problems.OrNil(); err != nil {
		return err
	}
	a, b, err := d.ranks(ctx, doc, own.year)
	if err != nil {
		return err
	}
	return out.print(ctx, d.env, func(w *printer) error {
		switch out.format {
		case jsonFormat:
			return w.json(doc)
		case csvFormat:
			w.vintagesCSV(doc)
			return nil
		}
		w.vintages(doc, own.top)
		if doc.Ranks != nil {
			w.movement(a, doc.Ranks, out.lang, own.top)
		} else if b == nil {
			fmt.Fprintf(w, "\nThe ranking cannot be compared: %s\n", clean(doc.Unbuilt))
		}
		return nil
	})
}

// movement prints how a ranking moves from earlier to later figures.
func (w *printer) movement(a *engine.Report, d *engine.Difference, lang string, top int) {
	fmt.Fprintf(w, "\n%s\n", w.bold("What that does to the ranking (A: earlier, B: later)"))
	w.agreement(d.Agreement)
	if moved := apart(d.Units); len(moved) > 0 {
		w.movers(newLabels(a, lang), moved, top, []string{"A", "B"})
	} else {
		fmt.Fprintln(w, "No score and no rank differs.")
	}
	w.only("A", d.OnlyA)
	w.only("B", d.OnlyB)
}

// changes compares two vintages of a source.
func (d *dataProject) changes(s spec.DataSource, own *dataDiffFlags) (*sourceChanges, error) {
	l := d.lock.Source(s.Code)
	if l == nil {
		return nil, problem("one-vintage", d.name(lockFile), fmt.Sprintf("nothing was pulled for the source %q", s.Code), "run `mizan data pull`")
	}
	n := len(l.Vintages)
	now := own.now
	if now == 0 {
		now = n
	}
	was := own.was
	if was == 0 {
		was = now - 1
	}
	switch {
	case own.was == 0 && own.now == 0 && n < 2:
		return nil, problem("one-vintage", d.name(lockFile), fmt.Sprintf("the source %q has one vintage", s.Code), "pull again when the publisher has new figures")
	case was < 1 || was > n || now < 1 || now > n || was == now:
		return nil, problem("no-vintage", d.name(lockFile), fmt.Sprintf("the source %q has the vintages 1 to %d, so that %d and %d cannot be compared", s.Code, n, was, now), "give two of them by --was and --now")
	}
	c := source.Find(l.Connector)
	if c == nil {
		return nil, problem("bad-lock", d.name(lockFile), fmt.Sprintf("there is no connector %q", l.Connector), "pull again")
	}
	_, first, err := d.harvest(c, s, &l.Vintages[was-1])
	if err != nil {
		return nil, err
	}
	q, second, err := d.harvest(c, s, &l.Vintages[now-1])
	if err != nil {
		return nil, err
	}
	found := &sourceChanges{
		Source: s.Code, Was: was, WasDate: l.Vintages[was-1].Pulled, Now: now, NowDate: l.Vintages[now-1].Pulled,
		Changes: source.Compare(q, first, second), file: s.File, tables: [2][]byte{first.Table(s.Origin), second.Table(s.Origin)},
	}
	if found.Changes == nil {
		found.Changes = []source.Change{}
	}
	return found, nil
}

// ranks builds the project with the earlier and with the later figures. Where
// one of them cannot be built the document says why.
func (d *dataProject) ranks(ctx context.Context, doc *vintageDocument, year int) (a, b *engine.Report, err error) {
	reports := [2]*engine.Report{}
	for i := range reports {
		p := *d.project
		over := overlay{FS: p.Files, files: map[string][]byte{}}
		for _, s := range doc.Sources {
			over.files[s.file] = s.tables[i]
		}
		p.Files = over
		r, err := p.run(ctx)
		if ctx.Err() != nil {
			return nil, nil, context.Canceled
		}
		if err != nil {
			doc.Unbuilt = fmt.Sprintf("with the %s figures, %v", []string{"earlier", "later"}[i], firstLine(err))
			return nil, nil, nil
		}
		reports[i] = r
	}
	doc.Ranks, err = engine.Diff(reports[0], reports[1], year)
	return reports[0], reports[1], err
}

func firstLine(err error) error {
	if ps := asProblems(err); len(ps) > 0 {
		q := *ps[0]
		q.Excerpt = ""
		return &q
	}
	return err
}

// overlay is a folder of which some files have other bytes.
type overlay struct {
	fs.FS
	files map[string][]byte
}

func (o overlay) Open(name string) (fs.File, error) {
	if text, ok := o.files[name]; ok {
		return &textFile{Reader: bytes.NewReader(text), name: name}, nil
	}
	return o.FS.Open(name)
}

type textFile struct {
	*bytes.Reader
	name string
}

func (f *textFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f *textFile) Close() error               { return nil }
func (f *textFile) Name() string               { return f.name }
func (f *textFile) Mode() fs.FileMode          { return 0o444 }
func (f *textFile) ModTime() time.Time         { return time.Time{} }
func (f *textFile) IsDir() bool                { return false }
func (f *textFile) Sys() any                   { return nil }

// vintages prints what changed, series by series.
func (w *printer) vintages(doc *vintageDocument, top int) {
	for i, s := range doc.Sources {
		if i > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintf(w, "%s vintage %d (%s) and %d (%s)\n", w.bold(s.Source+":"), s.Was, s.WasDate.Format(time.DateOnly), s.Now, s.NowDate.Format(time.DateOnly))
		w.changed(s.Changes, top)
	}
}

// changed prints what changed of a source: a line for each series, then the figures.
func (w *printer) changed(list []source.Change, top int) {
	if len(list) == 0 {
		fmt.Fprintln(w, "No figure differs.")
		return
	}
	t := newTable("indicator", ">added", ">taken back", ">revised", ">largest revision")
	var series []string
	counts, largest := map[string]map[string]int{}, map[string]float64{}
	for _, c := range list {
		if counts[c.Series] == nil {
			series = append(series, c.Series)
			counts[c.Series] = map[string]int{}
		}
		counts[c.Series][c.Kind]++
		if r := math.Abs(relative(c)); r > largest[c.Series] {
			largest[c.Series] = r
		}
	}
	for _, code := range series {
		n := counts[code]
		size := noValue
		if n[source.Revised] > 0 {
			size = fixed(100*largest[code], 1) + " %"
		}
		t.add(code, strconv.Itoa(n[source.Added]), strconv.Itoa(n[source.Removed]), strconv.Itoa(n[source.Revised]), size)
	}
	t.write(w, w.style, "  ")
	w.changes(list, top)
}

// relative is a revision as a share of what was.
func relative(c source.Change) float64 {
	if c.Kind != source.Revised {
		return 0
	}
	return (float64(c.Now) - float64(c.Was)) / math.Abs(float64(c.Was))
}

// changes prints the figures, revisions by their size first.
func (w *printer) changes(list []source.Change, top int) {
	order := slices.Clone(list)
	rank := map[string]int{source.Revised: 0, source.Removed: 1, source.Added: 2}
	slices.SortStableFunc(order, func(a, b source.Change) int {
		if rank[a.Kind] != rank[b.Kind] {
			return rank[a.Kind] - rank[b.Kind]
		}
		x, y := math.Abs(relative(a)), math.Abs(relative(b))
		switch {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	fmt.Fprintln(w)
	t := newTable("indicator", "unit", ">year", ">was", ">now", ">change")
	for i, c := range order {
		if top > 0 && i == top {
			break
		}
		change := map[string]string{source.Added: "added", source.Removed: "taken back"}[c.Kind]
		if c.Kind == source.Revised {
			change = signed(100*relative(c), 1) + " %"
		}
		unit := c.Unit
		if c.Other != "" {
			unit += "–" + c.Other
		}
		t.add(c.Series, unit, strconv.Itoa(c.Year), plain(c.Was), plain(c.Now), change)
	}
	t.write(w, w.style, "  ")
	if top > 0 && len(order) > top {
		fmt.Fprintf(w, "  and %d more (--top 0 prints all)\n", len(order)-top)
	}
}

// plain is a figure with all its digits.
func plain(v mizan.Number) string { return string(mizan.AppendNumber(nil, float64(v), noValue)) }

func (w *printer) vintagesCSV(doc *vintageDocument) {
	c := newCSV(w)
	_ = c.Write([]string{"source", "indicator", "unit", "other", "year", "kind", "was", "now"})
	number := func(v mizan.Number) string { return string(mizan.AppendNumber(nil, float64(v), "")) }
	for _, s := range doc.Sources {
		for _, x := range s.Changes {
			_ = c.Write([]string{s.Source, x.Series, x.Unit, x.Other, strconv.Itoa(x.Year), x.Kind, number(x.Was), number(x.Now)})
		}
	}
	c.Flush()
}
