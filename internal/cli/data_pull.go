package cli

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"mizan"
	"mizan/internal/source"
	"mizan/internal/store"
	"mizan/spec"
)

// askFlags are the flags of commands that ask the network.
type askFlags struct {
	private bool
	limit   int
}

func (f *askFlags) add(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.private, "allow-private", false, "allow addresses of this machine and of private networks")
	cmd.Flags().IntVar(&f.limit, "limit", 512, "the largest answer, in `MiB`, unpacked")
}

// client is a client with the settings of the environment.
func (f *askFlags) client(env *Env) (*source.Client, error) {
	if f.limit < 1 {
		return nil, usage("--limit: give the number of MiB, 1 or more")
	}
	c := &source.Client{
		Agent: "mizan", Getenv: env.Getenv, AllowPrivate: f.private, Limit: int64(f.limit) << 20, Now: env.Now,
		Jitter: rand.Float64, Tell: func(text string) { env.note("%s", clean(text)) },
	}
	if env.Getenv != nil {
		c.Mirror = env.Getenv("MIZAN_MIRROR")
	}
	return c, nil
}

// pullFlags are the flags of `mizan data pull` alone.
type pullFlags struct {
	askFlags
	project string
	offline bool
	force   bool
	tables  []string
	refresh []string
	top     int
}

func newDataPull(env *Env) *cobra.Command {
	own := &pullFlags{}
	cmd := &cobra.Command{
		Use:   "pull [SOURCE…]",
		Short: "Get the figures of a project's sources",
		Long: `Get the figures of the project's sources, or of those that are named: ask the
publishers, keep their answers as snapshots in data/snapshots, note them in
mizan.lock, and make the files of figures. What has not changed since the last
pull is not sent again; what broke off is continued. A stop at any moment leaves
everything as it was or as it will be, and the next pull goes on from there.

Figures that the project defines by SQL (connector sql) are computed, by SQLite over
raw tables of the project or by a ClickHouse server, and the results kept as answers
are. --table NAME=PATH reads a raw table from elsewhere. The server's password is in
MIZAN_CLICKHOUSE_PASSWORD, and goes to the server alone that MIZAN_CLICKHOUSE_SERVER
names, as HOST:PORT.

--refresh SERIES pulls one series of a project that was copied with its figures
(ai-race, hdi), by the source that its refresh.csv knows. The figures that come replace
those of the same units; the source is added to the project file, and what that
changes in figures and ranks is told. The files that were there stay as they are.

A file that was changed by hand since it was made is not replaced, unless by
--force. --offline asks nobody and makes the files anew from the snapshots.

Keys of accounts are read from the environment alone (mizan data list CONNECTOR
names the variable), and so are proxies (HTTPS_PROXY, HTTP_PROXY, NO_PROXY) and
MIZAN_MIRROR, the address of a server that is asked in place of all others: for
https://HOST/PATH it is asked MIRROR/HOST/PATH. It gets no keys.`,
		Example: `  mizan data pull
  mizan data pull wdi --project myindex
  mizan data pull --offline
  mizan data pull counts --table works=/srv/openalex/works
  mizan data pull --refresh internet_pct`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			client, err := own.client(env)
			if err != nil {
				return err
			}
			if own.top < 0 {
				return usage("--top is a whole number from 0 up")
			}
			d, err := openData(env, own.project)
			if err != nil {
				return err
			}
			client.Local = d.readLocal
			if len(own.refresh) > 0 {
				if len(args) > 0 {
					return usage("name sources, or series by --refresh, but not both")
				}
				return (&puller{d, own, client}).renew(cmd.Context(), own.refresh)
			}
			sources, err := d.sources(args)
			if err != nil {
				return err
			}
			if err := own.checkTables(sources); err != nil {
				return err
			}
			return (&puller{d, own, client}).run(cmd.Context(), sources)
		},
	}
	own.add(cmd)
	flags := cmd.Flags()
	flags.StringVarP(&own.project, "project", "p", "", "the project: a folder or a project file")
	flags.BoolVar(&own.offline, "offline", false, "ask nobody; make the files from the snapshots")
	flags.StringArrayVar(&own.tables, "table", nil, "read a raw table from elsewhere: `NAME=PATH` of a CSV or Parquet file, or a folder of them (may repeat)")
	flags.StringSliceVar(&own.refresh, "refresh", nil, "pull this `SERIES` by the source that refresh.csv knows, in place of the project's figures (may repeat)")
	flags.IntVar(&own.top, "top", 20, "with --refresh: print this many changes and units at most; 0 means all")
	flags.BoolVar(&own.force, "force", false, "replace files that were changed by hand")
	return cmd
}

// puller carries out one pull.
type puller struct {
	*dataProject
	*pullFlags
	client *source.Client
}

func (p *puller) run(ctx context.Context, sources []spec.DataSource) error {
	// What the project says wrongly is told before anybody is asked.
	var problems mizan.Problems
	for _, s := range sources {
		if _, _, err := p.query(s); err != nil {
			problems = append(problems, asProblems(err)...)
		}
	}
	if err := problems.OrNil(); err != nil {
		return err
	}
	release, err := p.hold(ctx)
	if err != nil {
		return err
	}
	defer release()
	// Another pull may have written it while this one waited.
	if err := p.readLock(); err != nil {
		return err
	}
	for _, s := range sources {
		err := p.one(ctx, s)
		if ctx.Err() != nil {
			return context.Canceled
		}
		if ps := asProblems(err); ps != nil {
			problems = append(problems, ps...)
		} else if err != nil {
			return err
		}
	}
	return problems.OrNil()
}

// one pulls one source.
func (p *puller) one(ctx context.Context, s spec.DataSource) error {
	c, q, err := p.query(s)
	if err != nil {
		return err
	}
	before, err := p.mayReplace(s)
	if err != nil {
		return err
	}
	if p.offline {
		return p.remake(ctx, c, s, before)
	}
	got, err := p.ask(ctx, c, q)
	if err != nil {
		return p.ofQuery(s, q, err)
	}
	h, err := c.Harvest(q, got.parts)
	if err != nil {
		return p.ofQuery(s, q, p.placed(s, err))
	}
	table := h.Table(s.Origin)
	query, err := json.Marshal(q)
	if err != nil {
		return err
	}
	now := p.now()
	fresh := p.lock.Add(store.LockSource{Code: s.Code, Connector: c.Name, File: s.File, SHA256: store.Sum(table), Before: before},
		store.Vintage{Pulled: now, Checked: now, Licence: c.Licence, Query: query, Engine: got.engine, Tables: got.tables, Answers: kept(got.answers)})
	if err := p.write(ctx, s, table); err != nil {
		return err
	}
	state := "as before"
	if fresh {
		state = fmt.Sprintf("vintage %d", len(p.lock.Source(s.Code).Vintages))
	}
	return p.tell(s, h, state)
}

// asked is what came of a source.
type asked struct {
	answers []source.Answer
	parts   []source.Part
	engine  string // what computed it, "" if a publisher answered
	tables  []store.LockTable
}

// ask asks the publisher of a source, or an engine.
func (p *puller) ask(ctx context.Context, c *source.Connector, q *source.Query) (*asked, error) {
	progress := newProgress(p.env, 0, 1)
	progress.what = "answers of " + q.Source
	defer progress.end()
	if c.Computed {
		return p.compute(ctx, c, q, progress.of)
	}
	answers, parts, err := p.client.Pull(ctx, c, q, memory{p.dataProject}, progress.of)
	if err != nil && asProblems(err) == nil {
		err = asFileProblem(p.name(snapshotFolder), err)
	}
	return &asked{answers: answers, parts: parts}, err
}

// remake makes a source's file from its snapshots.
func (p *puller) remake(ctx context.Context, c *source.Connector, s spec.DataSource, before string) error {
	l := p.lock.Source(s.Code)
	if l == nil {
		return problem("nothing-pulled", p.name(lockFile), fmt.Sprintf("nothing was pulled for the source %q", s.Code), "pull it without --offline")
	}
	_, h, err := p.harvest(c, s, l.Last())
	if err != nil {
		return p.placed(s, err)
	}
	table := h.Table(s.Origin)
	l.Before, l.SHA256, l.File = before, store.Sum(table), s.File
	if err := p.write(ctx, s, table); err != nil {
		return err
	}
	return p.tell(s, h, "from the snapshots")
}

// mayReplace looks whether the file is one that a pull made, and gives its sum.
func (p *puller) mayReplace(s spec.DataSource) (string, error) {
	if err := p.within(s.File); err != nil {
		return "", err
	}
	sum, err := fileSum(p.path(s.File))
	if err != nil {
		return "", fileProblem(p.name(s.File), err)
	}
	l := p.lock.Source(s.Code)
	if sum == "" || p.force || l != nil && (sum == l.SHA256 || sum == l.Before) {
		return sum, nil
	}
	if l == nil {
		return "", problem("file-exists", p.name(s.File), fmt.Sprintf("the file exists and was not made by a pull of the source %q", s.Code),
			"move it away, name another `file`, or replace it by --force")
	}
	return "", problem("file-changed", p.name(s.File), "the file was changed by hand since it was made",
		"keep what you changed under `figures` of the project file or in a file of its own; then replace this one by --force")
}

// write writes the lock file and then the file of figures, which can be made
// of the lock file's snapshots whenever it is missing.
func (p *puller) write(ctx context.Context, s spec.DataSource, table []byte) error {
	if err := p.lock.Write(p.path(lockFile)); err != nil {
		return asFileProblem(p.name(lockFile), err)
	}
	if err := os.MkdirAll(filepath.Dir(p.path(s.File)), 0o755); err != nil {
		return fileProblem(p.name(s.File), err)
	}
	return asFileProblem(p.name(s.File), store.WriteFile(p.path(s.File), func(w io.Writer) error {
		_, err := whileLive(ctx, w).Write(table)
		return err
	}))
}

// tell says what came.
func (p *puller) tell(s spec.DataSource, h *source.Harvest, state string) error {
	figures, units, years := h.Count()
	b := &printer{&bytes.Buffer{}, p.env.style(p.env.Stderr)}
	b.printFindings(func(at mizan.Place) mizan.Place { return at }, h.Findings)
	if _, err := p.env.Stderr.Write(b.Bytes()); err != nil {
		return err
	}
	when := "no year"
	if len(years) > 0 {
		when = span(years)
	}
	word := "figures"
	if len(h.Pairs) > 0 {
		word = "pairs"
	}
	_, err := fmt.Fprintf(p.env.Stdout, "%s: %s %s of %s for %s in %s, %s\n", s.Code, grouped(figures), word, plural(units, "unit"), when, p.name(s.File), state)
	return err
}

// placed gives problems that have no place that of the source.
func (p *puller) placed(s spec.DataSource, err error) error {
	for _, q := range asProblems(err) {
		q.Place.File = cmp.Or(q.Place.File, "source "+s.Code)
	}
	return err
}

func (p *puller) now() time.Time {
	if p.env.Now == nil {
		return time.Now().UTC().Truncate(time.Second)
	}
	return p.env.Now().UTC().Truncate(time.Second)
}

// kept are answers as the lock file holds them.
func kept(answers []source.Answer) []store.Answer {
	list := make([]store.Answer, len(answers))
	for i, a := range answers {
		list[i] = store.Answer{URL: a.URL, From: a.From, Time: a.Time.Truncate(time.Second), SHA256: a.SHA256, Size: a.Size, Type: a.Type, ETag: a.ETag, LastModified: a.LastModified}
	}
	return list
}
