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
	"net"
	"regexp"
	"slices"
	"strings"
	"sync"

	"modernc.org/sqlite"

	"mizan"
)

// EmbeddedEngine names the engine of Query and Open.
const EmbeddedEngine = "SQLite"

// Options bound a question.
type Options struct {
	MostRows int // rows of the answer; 0 = a million
	// File is an SQLite file whose tables can be asked too, as they lie there; "" =
	// none. It is only read.
	File string
	// Disk lets tables that are larger than the memory meant for them (MostMemory)
	// spill into temporary files, which nobody else sees.
	Disk bool
	// Dial connects to a server; nil connects to any.
	Dial func(ctx context.Context, address string) (net.Conn, error)
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
	// Pick, where a table need not be loaded whole, gives the table of those columns
	// alone that are needed, of which there is at least one.
	Pick func(need func(column string) bool) Source
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
	e, err := Open(ctx, sources, []string{query}, o)
	if err != nil {
		return nil, err
	}
	defer func() { _ = e.Close() }()
	return e.Query(ctx, query)
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

// answer runs a statement.
func answer(ctx context.Context, c *sql.Conn, tables []string, query string, o Options) (*mizan.Relation, error) {
	const lengthLimit = 0 // SQLITE_LIMIT_LENGTH
	if _, err := sqlite.Limit(c, lengthLimit, mostCell); err != nil {
		return nil, err
	}
	rows, err := c.QueryContext(ctx, query)
	if err != nil {
		return nil, problem(ctx, tables, err)
	}
	defer func() { _ = rows.Close() }()
	names, err := rows.Columns()
	if err != nil {
		return nil, problem(ctx, tables, err)
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
			return nil, problem(ctx, tables, err)
		}
		table = append(table, row)
	}
	if err := rows.Err(); err != nil {
		return nil, problem(ctx, tables, err)
	}
	return relationOf(names, table), nil
}

// problem is what SQLite says as a problem.
func problem(ctx context.Context, tables []string, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	text := message(err)
	p := &mizan.Problem{ID: "bad-query", Cause: "the statement cannot be run: " + text}
	switch {
	case strings.Contains(text, "no such table"):
		p.Remedy = "the tables are " + strings.Join(tables, ", ")
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
