package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"mizan"
	"mizan/internal/source"
	"mizan/internal/store"
	"mizan/spec"
)

const (
	lockFile       = "mizan.lock"
	snapshotFolder = "data/snapshots"
	holdFile       = "data/snapshots/.pull"
)

// dataProject is a project with what was pulled for it.
type dataProject struct {
	*project
	env   *Env
	spec  *spec.Spec
	snaps *store.Snapshots
	lock  *store.Lock
	known []string // the codes of its units; nil = all countries
}

// openData finds a project on disk and reads its lock file.
func openData(env *Env, named string) (*dataProject, error) {
	flags := projectFlags{}
	p, err := flags.open(env, named)
	if err != nil {
		return nil, err
	}
	if p.Embedded {
		return nil, problem("embedded-project", "", fmt.Sprintf("the embedded project %s has its figures within the program", p.Folder),
			fmt.Sprintf("copy it first: `mizan new FOLDER --from %s`", p.Folder))
	}
	s, err := spec.Parse(p.Name, p.Text)
	if err != nil {
		return nil, p.relocate(err)
	}
	d := &dataProject{project: p, env: env, spec: s}
	d.snaps = store.OpenSnapshotsIn(p.folder, d.path("."), snapshotFolder)
	if err := d.readLock(); err != nil {
		return nil, err
	}
	if s.Units.File != "" {
		if text, err := fs.ReadFile(p.Files, s.Units.File); err == nil {
			d.known = source.UnitCodes(text)
		}
	}
	if len(s.Units.Only) > 0 && d.known != nil {
		d.known = slices.DeleteFunc(d.known, func(c string) bool { return !slices.Contains(s.Units.Only, c) })
	}
	return d, nil
}

// name is a file of the project as the user would name it, path where it is.
func (d *dataProject) name(file string) string {
	return filepath.Join(d.Folder, filepath.FromSlash(file))
}
func (d *dataProject) path(file string) string { return d.env.path(d.name(file)) }

// within refuses a file of the project where a link leads out of its folder.
func (d *dataProject) within(file string) error {
	return asFileProblem(d.name(file), d.folder.Within(file))
}

func (d *dataProject) readLock() error {
	if err := d.within(lockFile); err != nil {
		return err
	}
	lock, err := store.ReadLock(d.path(lockFile))
	var bad *store.BadLockError
	if errors.As(err, &bad) {
		return &mizan.Problem{
			ID: "bad-lock", Place: mizan.Place{File: d.name(lockFile), Line: bad.Line}, Cause: bad.Cause,
			Remedy: "take it back from version control, or remove it and pull again",
		}
	}
	if err != nil {
		return fileProblem(d.name(lockFile), err)
	}
	d.lock = lock
	return nil
}

// sources are the sources of the project that are named, all without names.
func (d *dataProject) sources(names []string) ([]spec.DataSource, error) {
	if len(d.spec.DataSources) == 0 {
		return nil, problem("no-sources", d.name(d.Name), "the project names no sources",
			"add `sources: [{code: wdi, connector: worldbank, series: {rd_gdp: GB.XPD.RSDV.GD.ZS}, file: data/wdi.csv}]`")
	}
	if len(names) == 0 {
		return d.spec.DataSources, nil
	}
	var codes []string
	for _, s := range d.spec.DataSources {
		codes = append(codes, s.Code)
	}
	var list []spec.DataSource
	for _, n := range names {
		i := slices.Index(codes, n)
		if i < 0 {
			if near, ok := spec.Suggest(n, codes); ok {
				return nil, usage("the project has no source %q; did you mean %q?", n, near)
			}
			return nil, usage("the project has no source %q; it has %s", n, strings.Join(codes, ", "))
		}
		list = append(list, d.spec.DataSources[i])
	}
	return list, nil
}

// query is what the project asks of a connector for a source.
func (d *dataProject) query(s spec.DataSource) (*source.Connector, *source.Query, error) {
	path := fmt.Sprintf("sources.%d", slices.IndexFunc(d.spec.DataSources, func(x spec.DataSource) bool { return x.Code == s.Code }))
	c := source.Find(s.Connector)
	if c == nil {
		remedy := "there are " + strings.Join(source.Names(), ", ")
		if near, ok := spec.Suggest(s.Connector, source.Names()); ok {
			remedy = fmt.Sprintf("did you mean %q?", near)
		}
		return nil, nil, d.relocate(d.spec.Problem("unknown-connector", path+".connector", fmt.Sprintf("there is no connector %q", s.Connector), remedy))
	}
	q := &source.Query{Source: s.Code, From: s.From, To: s.To, Base: s.URL, Options: s.Options, Tables: s.Tables, Units: s.Units, Known: d.known}
	for _, x := range s.Series {
		q.Series = append(q.Series, source.Series{Code: x.Code, Key: x.Key})
	}
	if years := d.spec.Period.Years(); len(years) > 0 {
		if q.From == 0 {
			q.From = max(years[0]-d.spec.Period.LookBack, 1)
		}
		if q.To == 0 {
			q.To = years[len(years)-1] + d.spec.Period.StandIn
		}
	}
	var problems mizan.Problems
	for _, p := range asProblems(c.Check(q)) {
		problems = append(problems, d.spec.Problem(p.ID, path, p.Cause, p.Remedy))
	}
	return c, q, d.relocate(problems.OrNil())
}

// asAsked is the query by which a vintage was pulled, for the project's units
// of today. It is looked at as that of a project file is: a lock file comes from
// anybody too, and a query over a billion years would be as many requests.
func (d *dataProject) asAsked(c *source.Connector, s spec.DataSource, v *store.Vintage) (*source.Query, error) {
	q := &source.Query{}
	err := json.Unmarshal(v.Query, q)
	q.Units, q.Known = s.Units, d.known
	if err == nil && (q.From < 1 || q.To > 9999 || q.From > q.To || len(q.Series) == 0) {
		err = errors.New("its years or series are none")
	}
	if err == nil {
		err = c.Check(q)
	}
	if err != nil {
		return nil, problem("bad-lock", d.name(lockFile), fmt.Sprintf("the query of the source %q is none: %v", s.Code, firstLine(err)), "take the file back from version control, or remove it and pull again")
	}
	return q, nil
}

// harvest makes figures of a vintage's snapshots. What is missing or damaged is
// told, all of it.
func (d *dataProject) harvest(c *source.Connector, s spec.DataSource, v *store.Vintage) (*source.Query, *source.Harvest, error) {
	q, err := d.asAsked(c, s, v)
	if err != nil {
		return nil, nil, err
	}
	requests, err := d.roles(c, q, v)
	if err != nil {
		return nil, nil, err
	}
	var problems mizan.Problems
	var parts []source.Part
	for i, a := range v.Answers {
		body, err := d.snaps.Get(a.SHA256, a.Size)
		if err != nil {
			problems = append(problems, d.badSnapshot(a, err))
			continue
		}
		parts = append(parts, source.Part{Request: requests[i], Type: a.Type, Body: body})
	}
	if err := problems.OrNil(); err != nil {
		return nil, nil, err
	}
	h, err := c.Harvest(q, parts)
	return q, h, err
}

// roles says what each answer of a vintage is: the first of each request is
// known by its address, those that follow are of the same kind.
func (d *dataProject) roles(c *source.Connector, q *source.Query, v *store.Vintage) ([]source.Request, error) {
	first, err := c.Requests(q)
	if err != nil {
		return nil, err
	}
	list := make([]source.Request, len(v.Answers))
	at := -1
	for i, a := range v.Answers {
		if at+1 < len(first) && first[at+1].URL == a.URL {
			at++
		}
		if at < 0 {
			return nil, problem("bad-lock", d.name(lockFile), fmt.Sprintf("the answers of the source %q are not those to its query", q.Source), "pull again")
		}
		list[i] = first[at]
		list[i].URL = a.URL
	}
	return list, nil
}

// badSnapshot says what is wrong with a snapshot.
func (d *dataProject) badSnapshot(a store.Answer, err error) *mizan.Problem {
	name := d.name(snapshotFolder + "/" + a.SHA256[:2] + "/" + a.SHA256)
	var damaged *store.DamagedError
	switch {
	case errors.As(err, &damaged):
		return problem("damaged-snapshot", name, "the snapshot is not what it was: its SHA-256 is another", "take it back from version control, or remove it and pull again")
	case errors.Is(err, fs.ErrNotExist):
		return problem("missing-snapshot", name, "the snapshot of "+clean(a.URL)+" is missing", "take it back from version control, or pull again")
	}
	return fileProblem(name, err)
}

// readLocal reads a file of the project that a source names as its address.
func (d *dataProject) readLocal(name string) ([]byte, error) {
	f, err := d.Files.Open(name)
	if err != nil {
		return nil, lastError(err)
	}
	defer func() { _ = f.Close() }()
	return readLimited(f, maxImport)
}

// hold waits until no other pull works on the project.
func (d *dataProject) hold(ctx context.Context) (func(), error) {
	if err := d.within(holdFile); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(d.path(snapshotFolder), 0o755); err != nil {
		return nil, fileProblem(d.name(snapshotFolder), err)
	}
	for told := false; ; {
		release, ok, err := store.TryHold(d.path(holdFile))
		if err != nil {
			return nil, fileProblem(d.name(holdFile), err)
		}
		if ok {
			return release, nil
		}
		if !told {
			d.env.note("Another pull works on this project; waiting for it to end.")
			told = true
		}
		select {
		case <-ctx.Done():
			return nil, context.Canceled
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// memory lets a pull see what earlier ones brought.
type memory struct{ *dataProject }

func (m memory) Last(url string) (source.Answer, bool) {
	for _, s := range m.lock.Sources {
		for _, a := range s.Last().Answers {
			if a.URL != url || a.ETag == "" && a.LastModified == "" {
				continue
			}
			if body, err := m.snaps.Get(a.SHA256, a.Size); err == nil {
				return source.Answer{URL: a.URL, From: a.From, Time: a.Time, SHA256: a.SHA256, Size: a.Size, Type: a.Type, ETag: a.ETag, LastModified: a.LastModified, Body: body}, true
			}
		}
	}
	return source.Answer{}, false
}

func (m memory) Half(url string) (source.Half, error) {
	h, err := m.snaps.Half(url)
	if err != nil {
		return nil, err
	}
	return h, nil
}

func (m memory) Keep(url string, body []byte) (string, error) { return m.snaps.Keep(url, body) }

// forgetful is the memory of a command that keeps nothing.
type forgetful struct{}

func (forgetful) Last(string) (source.Answer, bool)   { return source.Answer{}, false }
func (forgetful) Half(string) (source.Half, error)    { return &inMemory{}, nil }
func (forgetful) Keep(string, []byte) (string, error) { return "", nil }

type inMemory struct{ b []byte }

func (m *inMemory) Size() int64                     { return int64(len(m.b)) }
func (m *inMemory) Validator() string               { return "" }
func (m *inMemory) Restart(string) error            { m.b = nil; return nil }
func (m *inMemory) Bytes() ([]byte, error)          { return m.b, nil }
func (m *inMemory) Close() error                    { return nil }
func (m *inMemory) Write(p []byte) (n int, e error) { m.b = append(m.b, p...); return len(p), nil }

// fileSum is the SHA-256 of a file, "" if there is none.
func fileSum(name string) (string, error) {
	b, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}
