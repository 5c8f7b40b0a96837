package sql

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/url"
	"reflect"
	"regexp"
	"strings"
	"sync"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"mizan"
)

// RemoteEngine names the engine of Remote.
const RemoteEngine = "ClickHouse"

// Remote answers one SELECT at a ClickHouse server or cluster, by its native
// protocol: at is clickhouse://USER@HOST:PORT/DATABASE, with ?secure=true for TLS.
// The password is given apart, so that no list of processes shows it. Columns of the
// answer are numbers or text as in Query. It also gives the version of the server.
// Errors are mizan.Problems: a bad address, a server that does not answer, what it says
// of the statement, a statement that does more than read, an answer that is too large;
// and those of ctx.
func Remote(ctx context.Context, at, password, query string, o Options) (t *mizan.Relation, version string, err error) {
	e, err := OpenRemote(ctx, at, password, o)
	if err != nil {
		return nil, "", err
	}
	defer func() { _ = e.Close() }()
	t, err = e.Query(ctx, query)
	return t, strings.TrimPrefix(e.Name(), RemoteEngine+" "), err
}

// remote is a connection to a ClickHouse server.
type remote struct {
	db      driver.Conn
	options *clickhouse.Options
	version string
	o       Options
}

// OpenRemote connects to a server for several questions. Errors: as Remote.
func OpenRemote(ctx context.Context, at, password string, o Options) (Engine, error) {
	options, err := remoteOptions(at, password)
	if err != nil {
		return nil, err
	}
	options.DialContext = o.Dial
	// The server refuses what changes anything, whoever the user is.
	options.Settings = clickhouse.Settings{"readonly": 2}
	e := &remote{options: options, o: o}
	if err = e.open(ctx); refusesSettings(err) {
		options.Settings = nil // this user can only read, and may set nothing
		err = e.open(ctx)
	}
	if err != nil {
		_ = e.Close()
		return nil, err
	}
	return e, nil
}

func (e *remote) open(ctx context.Context) error {
	_ = e.Close()
	db, err := clickhouse.Open(e.options)
	if err != nil {
		return e.problem(ctx, "unusable-engine", err)
	}
	e.db = db
	server, err := db.ServerVersion()
	if err == nil {
		e.version = server.Version.String()
		err = db.Exec(ctx, "SELECT 1")
	}
	if refusesSettings(err) {
		return err
	}
	return e.problem(ctx, "unusable-engine", err)
}

// refusesSettings says whether a server refuses to let this user set anything.
func refusesSettings(err error) bool {
	const readOnly = 164
	var said *clickhouse.Exception
	return errors.As(err, &said) && said.Code == readOnly
}

func (e *remote) Name() string { return RemoteEngine + " " + e.version }

func (e *remote) Close() error {
	if e.db == nil {
		return nil
	}
	db := e.db
	e.db = nil
	return db.Close()
}

var selects = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?is)^(\s|\(|--[^\n]*\n|/\*.*?\*/)*(select|with)\b`)
})

func (e *remote) Query(ctx context.Context, query string) (*mizan.Relation, error) {
	if !selects().MatchString(query) {
		return nil, &mizan.Problem{ID: "not-a-select", Cause: "the statement is no SELECT", Remedy: "a question can only read: write one SELECT"}
	}
	rows, err := e.db.Query(ctx, strings.TrimRight(strings.TrimSpace(query), ";"))
	if err != nil {
		return nil, e.problem(ctx, "bad-query", err)
	}
	defer func() { _ = rows.Close() }()
	most := e.o.MostRows
	if most <= 0 {
		most = mostRows
	}
	types := rows.ColumnTypes()
	var table [][]any
	for rows.Next() {
		if len(table) == most {
			return nil, &mizan.Problem{ID: "too-many-rows", Cause: fmt.Sprintf("the answer has more than %d rows", most), Remedy: "ask for fewer by WHERE, GROUP BY or LIMIT"}
		}
		into := make([]any, len(types))
		for i, c := range types {
			into[i] = reflect.New(c.ScanType()).Interface()
		}
		if err := rows.Scan(into...); err != nil {
			return nil, e.problem(ctx, "bad-query", err)
		}
		row := make([]any, len(types))
		for i := range into {
			row[i] = plain(reflect.ValueOf(into[i]).Elem())
		}
		table = append(table, row)
	}
	if err := rows.Err(); err != nil {
		return nil, e.problem(ctx, "bad-query", err)
	}
	return relationOf(rows.Columns(), table), nil
}

func remoteOptions(at, password string) (*clickhouse.Options, error) {
	const remedy = "write clickhouse://USER@HOST:9000/DATABASE; the password comes from the environment"
	u, err := url.Parse(at)
	if err != nil || u.Scheme != "clickhouse" || u.Host == "" {
		return nil, &mizan.Problem{ID: "unusable-engine", Cause: "this is no address of a ClickHouse server", Remedy: remedy}
	}
	if _, given := u.User.Password(); given {
		return nil, &mizan.Problem{ID: "unusable-engine", Cause: "the address has a password, which others could read", Remedy: remedy}
	}
	options, err := clickhouse.ParseDSN(at)
	if err != nil {
		return nil, &mizan.Problem{ID: "unusable-engine", Cause: "the address cannot be read: " + err.Error(), Remedy: remedy}
	}
	options.Auth.Password = password
	return options, nil
}

// problem is what the server says, or why it says nothing.
func (e *remote) problem(ctx context.Context, id string, err error) error {
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	}
	p := &mizan.Problem{ID: id, Place: mizan.Place{File: strings.Join(e.options.Addr, ",")}, Cause: "the server says: " + err.Error()}
	var said *clickhouse.Exception
	if !errors.As(err, &said) {
		p.ID, p.Cause, p.Remedy = "unusable-engine", "the server does not answer: "+err.Error(), "check the address, and that the server speaks the native protocol there"
	}
	return p
}

// plain is a value as string, int64, float64 or nil.
func plain(v reflect.Value) any {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		if v.IsNil() {
			return nil
		}
		v = v.Elem()
	}
	switch {
	case v.CanInt():
		return v.Int()
	case v.CanUint():
		if n := v.Uint(); n <= math.MaxInt64 {
			return int64(n)
		}
	case v.CanFloat():
		if x := v.Float(); !math.IsNaN(x) && !math.IsInf(x, 0) {
			return x
		}
		return nil
	case v.Kind() == reflect.Bool:
		if v.Bool() {
			return int64(1)
		}
		return int64(0)
	}
	return fmt.Sprint(v.Interface())
}
