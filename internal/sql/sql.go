// Package sql asks tables in SQL, in a database that lives in memory for one
// question (SQLite, by modernc.org/sqlite). Tables are those of a report
// (mizan.Relation) and files: CSV, Parquet, and folders of them. A question can only
// read.
package sql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"sync"

	"modernc.org/sqlite"

	"mizan"
)

// Engine names the engine, for the origin of figures that it computes.
const Engine = "SQLite"

// Options bound a question.
type Options struct {
	MostRows int // rows of the answer; 0 = a million
}

// mostRows is how many rows an answer has where nobody says.
const mostRows = 1_000_000

// mostCell bounds a single value, so that no expression makes one that fills the
// memory.
const mostCell = 16 << 20

// Source is a table that a question may name. It is loaded only where it does.
type Source struct {
	Name  string
	About string
	// Load fills the table. make creates it with its columns; add inserts a row, with
	// a value per column: string, int64, float64, bool or nil.
	Load func(ctx context.Context, make func(columns []mizan.RelationColumn) error, add func(row []any) error) error
}

// Relation is a table of a report as a source. Columns such as name:en are called
// name_en, which SQL takes without quotes.
func Relation(t *mizan.Relation) Source {
	return Source{Name: t.Name, About: t.About, Load: func(ctx context.Context, create func([]mizan.RelationColumn) error, add func([]any) error) error {
		if err := create(t.Columns); err != nil {
			return err
		}
		row := make([]any, len(t.Columns))
		for i := range t.Rows {
			for k := range t.Columns {
				row[k] = cellOf(&t.Columns[k], i)
			}
			if err := add(row); err != nil {
				return err
			}
		}
		return ctx.Err()
	}}
}

func cellOf(c *mizan.RelationColumn, row int) any {
	switch {
	case c.Missing(row):
		return nil
	case c.Kind == mizan.TextColumn:
		return c.Text(row)
	case c.Kind == mizan.WholeColumn:
		return int64(c.Number(row))
	}
	return c.Number(row)
}

// Query answers one SELECT over the sources. Columns of the answer are numbers where
// every value is one, else text. Errors are mizan.Problems: what SQLite says of the
// statement, a statement that does more than read, an answer that is too large; and
// those of ctx and of the sources.
func Query(ctx context.Context, sources []Source, query string, o Options) (*mizan.Relation, error) {
	if strings.TrimSpace(strings.TrimRight(strings.TrimSpace(query), ";")) == "" {
		return nil, &mizan.Problem{ID: "empty-query", Cause: "there is no statement", Remedy: "write one such as `select unit, score from results order by rank`"}
	}
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	c, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = c.Close() }()
	// Nothing outlives the question, so nothing has to be safe on a disk.
	for _, pragma := range []string{"journal_mode=OFF", "synchronous=OFF", "temp_store=MEMORY", "locking_mode=EXCLUSIVE"} {
		if _, err := c.ExecContext(ctx, "PRAGMA "+pragma); err != nil {
			return nil, err
		}
	}
	words := wordsOf(query)
	for _, s := range sources {
		if words[strings.ToLower(s.Name)] {
			if err := load(ctx, c, s); err != nil {
				return nil, err
			}
		}
	}
	if err := restrict(c); err != nil {
		return nil, err
	}
	return answer(ctx, c, sources, query, o)
}

var word = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[\p{L}\p{N}_]+`) })

// wordsOf are the words of a statement. One that a comment or a text has too loads a
// table for nothing, and no more.
func wordsOf(query string) map[string]bool {
	words := map[string]bool{}
	for _, w := range word().FindAllString(query, -1) {
		words[strings.ToLower(w)] = true
	}
	return words
}

// quote is a name as SQL takes it whatever it is.
func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// ColumnName is the name by which SQL knows a column.
func ColumnName(name string) string { return strings.ReplaceAll(name, ":", "_") }

// load makes a table and fills it in one transaction.
func load(ctx context.Context, c *sql.Conn, s Source) error {
	tx, err := c.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after the commit it does nothing
	var insert *sql.Stmt
	err = s.Load(ctx, func(columns []mizan.RelationColumn) error {
		var fields, marks []string
		for _, col := range columns {
			kind := map[mizan.ColumnKind]string{mizan.TextColumn: " TEXT", mizan.WholeColumn: " INTEGER", mizan.NumberColumn: " REAL"}[col.Kind]
			fields, marks = append(fields, quote(ColumnName(col.Name))+kind), append(marks, "?")
		}
		if _, err := tx.ExecContext(ctx, fmt.Sprintf("CREATE TABLE %s (%s)", quote(s.Name), strings.Join(fields, ", "))); err != nil {
			return &mizan.Problem{ID: "bad-table", Place: mizan.Place{File: s.Name}, Cause: "the table cannot be made: " + message(err), Remedy: "check the names of its columns"}
		}
		var err error
		insert, err = tx.PrepareContext(ctx, fmt.Sprintf("INSERT INTO %s VALUES (%s)", quote(s.Name), strings.Join(marks, ",")))
		return err
	}, func(row []any) error {
		_, err := insert.ExecContext(ctx, row...)
		return err
	})
	if err != nil {
		return err
	}
	return tx.Commit()
}

// readOnly are the actions of a statement that only reads.
var readOnly = []sqlite.AuthorizerActionCode{sqlite.AuthSelect, sqlite.AuthRead, sqlite.AuthFunction, sqlite.AuthRecursive}

// restrict lets statements read, and do nothing else: no file, no setting, no change.
func restrict(c *sql.Conn) error {
	return c.Raw(func(driver any) error {
		r, ok := driver.(sqlite.AuthorizerRegisterer)
		if !ok {
			return errors.New("the database cannot be restricted")
		}
		return r.RegisterAuthorizer(func(action sqlite.AuthorizerActionCode, _, name, _, _ string) sqlite.AuthorizerReturnCode {
			if !slices.Contains(readOnly, action) || action == sqlite.AuthFunction && strings.EqualFold(name, "load_extension") {
				return sqlite.AuthorizerDeny
			}
			return sqlite.AuthorizerOK
		})
	})
}

// answer runs the statement.
func answer(ctx context.Context, c *sql.Conn, sources []Source, query string, o Options) (*mizan.Relation, error) {
	const lengthLimit = 0 // SQLITE_LIMIT_LENGTH
	if _, err := sqlite.Limit(c, lengthLimit, mostCell); err != nil {
		return nil, err
	}
	rows, err := c.QueryContext(ctx, query)
	if err != nil {
		return nil, problem(ctx, sources, err)
	}
	defer func() { _ = rows.Close() }()
	names, err := rows.Columns()
	if err != nil {
		return nil, problem(ctx, sources, err)
	}
	if len(names) == 0 {
		return nil, &mizan.Problem{ID: "no-select", Cause: "the statement gives no rows", Remedy: "write one SELECT"}
	}
	most := o.MostRows
	if most <= 0 {
		most = mostRows
	}
	var table [][]any
	for rows.Next() {
		if len(table) == most {
			return nil, &mizan.Problem{ID: "too-many-rows", Cause: fmt.Sprintf("the answer has more than %d rows", most), Remedy: "ask for fewer by WHERE, GROUP BY or LIMIT"}
		}
		row, into := make([]any, len(names)), make([]any, len(names))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, problem(ctx, sources, err)
		}
		table = append(table, row)
	}
	if err := rows.Err(); err != nil {
		return nil, problem(ctx, sources, err)
	}
	return relationOf(names, table), nil
}

// problem is what SQLite says as a problem.
func problem(ctx context.Context, sources []Source, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	text := message(err)
	p := &mizan.Problem{ID: "bad-query", Cause: "the statement cannot be run: " + text}
	var names []string
	for _, s := range sources {
		names = append(names, s.Name)
	}
	switch {
	case strings.Contains(text, "no such table"):
		p.Remedy = "the tables are " + strings.Join(names, ", ")
	case strings.Contains(text, "not authorized"), strings.Contains(text, "prohibited"):
		p.ID, p.Remedy = "not-a-select", "a question can only read: write one SELECT"
	case strings.Contains(text, "no such column"):
		p.Remedy = "`select * from TABLE limit 1` shows the columns; texts stand in single quotes"
	}
	return p
}

// message is an error of SQLite without the code behind it.
func message(err error) string {
	text := strings.TrimPrefix(err.Error(), "SQL logic error: ")
	if i := strings.LastIndex(text, " ("); i > 0 && strings.HasSuffix(text, ")") {
		text = text[:i]
	}
	return text
}

// relationOf makes a relation of rows.
func relationOf(names []string, table [][]any) *mizan.Relation {
	t := &mizan.Relation{Name: "answer", About: "What a question in SQL gave.", Rows: len(table)}
	for k, name := range names {
		c := mizan.RelationColumn{Name: name, Kind: mizan.WholeColumn}
		for _, row := range table {
			switch v := row[k].(type) {
			case nil:
			case int64:
				// A double holds whole numbers up to 2^53 exactly; longer ones stay text.
				if v > 1<<53 || v < -1<<53 {
					c.Kind = mizan.TextColumn
				}
			case float64:
				if c.Kind == mizan.WholeColumn {
					c.Kind = mizan.NumberColumn
				}
			default:
				c.Kind = mizan.TextColumn
			}
		}
		if c.Kind == mizan.TextColumn {
			c.Text = func(i int) string { return textOf(table[i][k]) }
		} else {
			c.Number = func(i int) float64 { return numberOf(table[i][k]) }
		}
		t.Columns = append(t.Columns, c)
	}
	return t
}

func numberOf(v any) float64 {
	switch v := v.(type) {
	case int64:
		return float64(v)
	case float64:
		return v
	}
	return math.NaN()
}

func textOf(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case []byte:
		return string(v)
	case float64:
		return string(mizan.AppendNumber(nil, v, ""))
	}
	return fmt.Sprint(v)
}
