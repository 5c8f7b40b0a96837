package cli

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"mizan"
	"mizan/internal/source"
	"mizan/internal/sql"
	"mizan/internal/store"
	"mizan/spec"
)

// The variables of the environment that a ClickHouse server needs.
const (
	passwordVariable = "MIZAN_CLICKHOUSE_PASSWORD"
	serverVariable   = "MIZAN_CLICKHOUSE_SERVER"
)

// checkTables looks at --table before anything is pulled.
func (f *pullFlags) checkTables(sources []spec.DataSource) error {
	for _, t := range f.tables {
		name, path, ok := strings.Cut(t, "=")
		if !ok || name == "" || path == "" {
			return usage("--table %s: write NAME=PATH, such as works=raw/works", t)
		}
		if !slices.ContainsFunc(sources, func(s spec.DataSource) bool { return s.Tables[name] != "" }) {
			return usage("--table %s: no source that is pulled has a table of this name under tables", t)
		}
	}
	return nil
}

// compute lets an engine answer the queries of a source, and keeps the results.
func (p *puller) compute(ctx context.Context, c *source.Connector, q *source.Query, told func(done, known int)) (*asked, error) {
	requests, err := c.Requests(q)
	if err != nil {
		return nil, err
	}
	got := &asked{}
	e, err := p.engine(ctx, q, got)
	if err != nil {
		return nil, err
	}
	defer func() { _ = e.Close() }()
	got.engine = e.Name()
	var problems mizan.Problems
	for i, r := range requests {
		t, err := e.Query(ctx, q.Series[r.Series].Key)
		if ps := asProblems(err); ps != nil {
			for _, x := range ps {
				x.Place = mizan.Place{File: r.URL}
			}
			problems = append(problems, ps...)
			continue
		}
		if err != nil {
			return nil, err
		}
		body := source.ResultTable(t)
		sum, err := p.snaps.Keep(r.URL, body)
		if err != nil {
			return nil, asFileProblem(p.name(snapshotFolder), err)
		}
		const kind = "text/csv"
		got.answers = append(got.answers, source.Answer{URL: r.URL, Time: p.now(), SHA256: sum, Size: int64(len(body)), Type: kind})
		got.parts = append(got.parts, source.Part{Request: r, Type: kind, Body: body})
		told(i+1, len(requests))
	}
	return got, problems.OrNil()
}

// engine opens the engine of a source, and notes which raw tables it reads.
func (p *puller) engine(ctx context.Context, q *source.Query, got *asked) (sql.Engine, error) {
	if q.Remote() {
		password, err := p.password(q.Base)
		if err != nil {
			return nil, err
		}
		return p.remote(ctx, q, password)
	}
	o := sql.Options{Disk: true}
	if q.Base != "" {
		for _, suffix := range []string{"", "-wal", "-journal", "-shm"} { // what SQLite may read beside it
			if err := p.within(q.Base + suffix); err != nil {
				return nil, err
			}
		}
		o.File = p.path(q.Base)
		t, err := fingerprint(q.Base, []string{o.File})
		if err != nil {
			return nil, fileProblem(p.name(q.Base), err)
		}
		got.tables = append(got.tables, t)
	}
	var sources []sql.Source
	for _, name := range slices.Sorted(maps.Keys(q.Tables)) {
		path, own := p.path(q.Tables[name]), true
		for _, t := range p.tables {
			if elsewhere, ok := strings.CutPrefix(t, name+"="); ok {
				path, own = p.env.path(elsewhere), false
			}
		}
		if own {
			if err := p.tableWithin(q.Tables[name]); err != nil {
				return nil, err
			}
		}
		files, err := sql.FilesOf(path)
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			if rel, err := filepath.Rel(p.path("."), file); own && err == nil {
				if err := p.tableWithin(rel); err != nil {
					return nil, err
				}
			}
		}
		t, err := fingerprint(name, files)
		if err != nil {
			return nil, fileProblem(path, err)
		}
		got.tables = append(got.tables, t)
		sources = append(sources, sql.Files(name, path))
	}
	var queries []string
	for _, s := range q.Series {
		queries = append(queries, s.Key)
	}
	return sql.Open(ctx, sources, queries, o)
}

// tableWithin refuses a raw table where a link leads out of the project.
func (p *puller) tableWithin(file string) error {
	err := p.within(file)
	for _, q := range asProblems(err) {
		q.Remedy = "if you trust the project, name the table yourself: `mizan data pull --table NAME=PATH`"
	}
	return err
}

// remote connects to the server of a source; private addresses are refused as those of
// publishers are.
func (p *puller) remote(ctx context.Context, q *source.Query, password string) (sql.Engine, error) {
	var refused error
	e, err := sql.OpenRemote(ctx, q.Base, password, sql.Options{Dial: func(ctx context.Context, address string) (net.Conn, error) {
		c, err := p.client.Dial(ctx, address)
		if source.IsPrivate(err) {
			refused = err
		}
		return c, err
	}})
	if refused != nil && err != nil {
		u, _ := url.Parse(q.Base) // it was read before
		return nil, problem("private-address", "", u.Host+" stands on this machine or in a private network", "allow it by --allow-private if the server is yours")
	}
	return e, err
}

// password is that of the server of a project, if the user says that it is for this
// server: a project may come from anybody, and name any.
func (p *puller) password(at string) (string, error) {
	get := p.env.Getenv
	if get == nil || get(passwordVariable) == "" {
		return "", nil
	}
	u, err := url.Parse(at)
	if err != nil {
		return "", nil // opening it tells what is wrong
	}
	host := net.JoinHostPort(u.Hostname(), cmp.Or(u.Port(), "9000"))
	if get(serverVariable) != host {
		return "", problem("unsent-password", "", fmt.Sprintf("the variable %s holds a password, which no project gets unless you name its server", passwordVariable),
			fmt.Sprintf("if the password is for this server, set %s=%s", serverVariable, host))
	}
	return get(passwordVariable), nil
}

// fingerprint is the SHA-256 of files, one after another.
func fingerprint(name string, files []string) (store.LockTable, error) {
	t := store.LockTable{Name: name, Files: len(files)}
	h := sha256.New()
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			return t, err
		}
		n, err := io.Copy(h, f)
		_ = f.Close()
		if err != nil {
			return t, err
		}
		t.Size += n
	}
	t.SHA256 = hex.EncodeToString(h.Sum(nil))
	return t, nil
}

// ofQuery gives problems of a computed result the place of its query in the project
// file.
func (p *puller) ofQuery(s spec.DataSource, q *source.Query, err error) error {
	ps := asProblems(err)
	if ps == nil || s.Connector != spec.SQLConnector {
		return err
	}
	path := fmt.Sprintf("sources.%d", slices.IndexFunc(p.spec.DataSources, func(x spec.DataSource) bool { return x.Code == s.Code }))
	out := make(mizan.Problems, len(ps))
	for i, x := range ps {
		at := path
		for _, series := range q.Series {
			if strings.HasSuffix(x.Place.File, "#"+series.Code) {
				at = path + ".series." + series.Code
			}
		}
		if at == path && x.Place.File != "" && x.Place.File != "source "+s.Code {
			out[i] = x // a file
			continue
		}
		out[i] = p.spec.Problem(x.ID, at, x.Cause, x.Remedy)
		out[i].Place = p.place(out[i].Place)
	}
	return out
}
