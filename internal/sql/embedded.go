package sql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"

	"mizan"
)

// MostMemory is how many bytes of tables stay in memory where Options.Disk lets the
// others spill.
const MostMemory = 512 << 20

// embedded is SQLite with the tables that some questions need.
type embedded struct {
	db      *sql.DB
	conn    *sql.Conn
	sources []Source
	tables  []string // their names, and those of the file
	version string
	o       Options
}

// Open makes a database of those sources, and of those columns, that the questions
// name. Questions that name others are refused by SQLite. Errors: as Query.
func Open(ctx context.Context, sources []Source, queries []string, o Options) (Engine, error) {
	for _, q := range queries {
		if strings.TrimSpace(strings.TrimRight(strings.TrimSpace(q), ";")) == "" {
			return nil, &mizan.Problem{ID: "empty-query", Cause: "there is no statement", Remedy: "write one such as `select unit, score from results order by rank`"}
		}
	}
	where := ":memory:"
	if o.Disk {
		where = "" // a temporary file, made when the memory is full
	}
	db, err := sql.Open("sqlite", where)
	if err != nil {
		return nil, err
	}
	e := &embedded{db: db, sources: sources, o: o}
	if e.conn, err = db.Conn(ctx); err == nil {
		err = e.prepare(ctx, queries)
	}
	if err != nil {
		_ = e.Close()
		return nil, err
	}
	return e, nil
}

// prepare loads the tables, and takes from the connection what only loading needs.
func (e *embedded) prepare(ctx context.Context, queries []string) error {
	// Nothing outlives the questions, so nothing has to be safe on a disk.
	pragmas := []string{"journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE", "trusted_schema=OFF", "cell_size_check=ON"}
	if e.o.Disk {
		pragmas = append(pragmas, fmt.Sprintf("cache_size=-%d", MostMemory>>10), "temp_store=FILE")
	} else {
		pragmas = append(pragmas, "temp_store=MEMORY")
	}
	for _, pragma := range pragmas {
		if _, err := e.conn.ExecContext(ctx, "PRAGMA "+pragma); err != nil {
			return err
		}
	}
	if err := e.conn.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&e.version); err != nil {
		return err
	}
	if e.o.File != "" {
		if err := e.attach(ctx); err != nil {
			return err
		}
	}
	for _, s := range e.sources {
		e.tables = append(e.tables, s.Name)
	}
	words, need := map[string]bool{}, needed(queries)
	for _, q := range queries {
		for w := range wordsOf(q) {
			words[w] = true
		}
	}
	for _, s := range e.sources {
		if !words[strings.ToLower(s.Name)] {
			continue
		}
		if s.Pick != nil {
			s = s.Pick(need)
		}
		if err := load(ctx, e.conn, s); err != nil {
			return err
		}
	}
	return restrict(e.conn)
}

// attach lets questions ask the tables of a file of SQLite, which nothing changes.
func (e *embedded) attach(ctx context.Context) error {
	f, err := os.Open(e.o.File)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fileProblem(e.o.File, "there is no such file", "check the name")
	case err != nil:
		return fileProblem(e.o.File, "it cannot be opened", "check that it may be read")
	}
	head := make([]byte, 16)
	n, _ := f.Read(head)
	_ = f.Close()
	if string(head[:n]) != "SQLite format 3\x00" {
		return fileProblem(e.o.File, "this is no database of SQLite", "name such a file, or give CSV and Parquet under `tables`")
	}
	path, err := filepath.Abs(e.o.File)
	if err != nil {
		return err
	}
	at := url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: "mode=ro&immutable=1"}
	if _, err := e.conn.ExecContext(ctx, "ATTACH ? AS raw", at.String()); err != nil {
		return e.damaged(err)
	}
	rows, err := e.conn.QueryContext(ctx, "SELECT name FROM raw.sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER BY name")
	if err != nil {
		return e.damaged(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		name := ""
		if err := rows.Scan(&name); err != nil {
			return e.damaged(err)
		}
		e.tables = append(e.tables, name)
	}
	if err := rows.Err(); err != nil {
		return e.damaged(err)
	}
	return nil
}

func (e *embedded) damaged(err error) error {
	return fileProblem(e.o.File, "the database cannot be read: "+message(err), "check it with `sqlite3 FILE 'pragma integrity_check'`")
}

func (e *embedded) Query(ctx context.Context, query string) (*mizan.Relation, error) {
	return answer(ctx, e.conn, e.tables, query, e.o)
}

func (e *embedded) Name() string { return EmbeddedEngine + " " + e.version }

func (e *embedded) Close() error {
	var err error
	if e.conn != nil {
		err = e.conn.Close()
	}
	return errors.Join(err, e.db.Close())
}

var (
	countAll = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)\bcount\s*\(\s*\*\s*\)`) })
	allWord  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)\bnatural\b|\*`) })
)

// needed says which columns some questions may read: all where one of them has a star
// or a natural join, else those whose words all occur in them. What is loaded for
// nothing costs time and no more.
func needed(queries []string) func(column string) bool {
	words := map[string]bool{}
	for _, q := range queries {
		if allWord().MatchString(countAll().ReplaceAllString(q, "")) {
			return func(string) bool { return true }
		}
		for w := range wordsOf(q) {
			words[w] = true
		}
	}
	return func(column string) bool {
		for _, w := range word().FindAllString(column, -1) {
			if !words[strings.ToLower(w)] {
				return false
			}
		}
		return true
	}
}

// batch is how many rows are inserted by one statement: each statement has a price
// of its own, far above that of a row.
const batch = 128

// load makes a table and fills it in one transaction.
func load(ctx context.Context, c *sql.Conn, s Source) error {
	tx, err := c.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after the commit it does nothing
	in := &inserter{ctx: ctx, tx: tx, name: s.Name}
	if err := s.Load(ctx, in.create, in.add); err != nil {
		return err
	}
	if err := in.flush(); err != nil {
		return err
	}
	return tx.Commit()
}

// inserter fills a table.
type inserter struct {
	ctx     context.Context
	tx      *sql.Tx
	name    string
	width   int
	many    *sql.Stmt // of batch rows
	pending []any
}

func (in *inserter) create(columns []mizan.RelationColumn) error {
	var fields []string
	for _, col := range columns {
		kind := map[mizan.ColumnKind]string{mizan.TextColumn: " TEXT", mizan.WholeColumn: " INTEGER", mizan.NumberColumn: " REAL"}[col.Kind]
		fields = append(fields, quote(ColumnName(col.Name))+kind)
	}
	if _, err := in.tx.ExecContext(in.ctx, fmt.Sprintf("CREATE TABLE %s (%s)", quote(in.name), strings.Join(fields, ", "))); err != nil {
		return &mizan.Problem{ID: "bad-table", Place: mizan.Place{File: in.name}, Cause: "the table cannot be made: " + message(err), Remedy: "check the names of its columns"}
	}
	in.width = len(columns)
	if in.width*batch <= mostParameters {
		in.pending = make([]any, 0, in.width*batch)
	} else {
		in.pending = make([]any, 0, in.width)
	}
	var err error
	in.many, err = in.tx.PrepareContext(in.ctx, in.statement(cap(in.pending)/max(in.width, 1)))
	return err
}

// mostParameters is SQLite's own limit on the parameters of a statement.
const mostParameters = 32766

// statement inserts some rows.
func (in *inserter) statement(rows int) string {
	row := "(" + strings.TrimSuffix(strings.Repeat("?,", in.width), ",") + ")"
	return fmt.Sprintf("INSERT INTO %s VALUES %s", quote(in.name), strings.TrimSuffix(strings.Repeat(row+",", rows), ","))
}

func (in *inserter) add(row []any) error {
	in.pending = append(in.pending, row...)
	if len(in.pending) < cap(in.pending) {
		return nil
	}
	_, err := in.many.ExecContext(in.ctx, in.pending...)
	in.pending = in.pending[:0]
	return err
}

// flush inserts the rows that fill no batch.
func (in *inserter) flush() error {
	if len(in.pending) == 0 {
		return nil
	}
	_, err := in.tx.ExecContext(in.ctx, in.statement(len(in.pending)/in.width), in.pending...)
	return err
}
