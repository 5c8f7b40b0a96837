package sql

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/url"
	"reflect"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2"

	"mizan"
)

// RemoteEngine names the engine of Remote.
const RemoteEngine = "ClickHouse"

// Remote answers one SELECT at a ClickHouse server or cluster, by its native
// protocol: at is clickhouse://USER@HOST:PORT/DATABASE, with ?secure=true for TLS.
// The password is given apart, so that no list of processes shows it. Columns of the
// answer are numbers or text as in Query. It also gives the version of the server.
// Errors are mizan.Problems: a bad address, a server that does not answer, what it says
// of the statement, an answer that is too large; and those of ctx.
func Remote(ctx context.Context, at, password, query string, o Options) (t *mizan.Relation, version string, err error) {
	options, err := remoteOptions(at, password)
	if err != nil {
		return nil, "", err
	}
	db, err := clickhouse.Open(options)
	if err != nil {
		return nil, "", remoteProblem(options, "unusable-engine", err)
	}
	defer func() { _ = db.Close() }()
	server, err := db.ServerVersion()
	if err != nil {
		return nil, "", remoteProblem(options, "unusable-engine", err)
	}
	version = server.Version.String()
	rows, err := db.Query(ctx, query)
	if err != nil {
		if ctx.Err() != nil {
			return nil, version, ctx.Err()
		}
		return nil, version, remoteProblem(options, "bad-query", err)
	}
	defer func() { _ = rows.Close() }()
	most := o.MostRows
	if most <= 0 {
		most = mostRows
	}
	types := rows.ColumnTypes()
	var table [][]any
	for rows.Next() {
		if len(table) == most {
			return nil, version, &mizan.Problem{ID: "too-many-rows", Cause: fmt.Sprintf("the answer has more than %d rows", most), Remedy: "ask for fewer by WHERE, GROUP BY or LIMIT"}
		}
		into := make([]any, len(types))
		for i, c := range types {
			into[i] = reflect.New(c.ScanType()).Interface()
		}
		if err := rows.Scan(into...); err != nil {
			return nil, version, remoteProblem(options, "bad-query", err)
		}
		row := make([]any, len(types))
		for i := range into {
			row[i] = plain(reflect.ValueOf(into[i]).Elem())
		}
		table = append(table, row)
	}
	if err := rows.Err(); err != nil {
		if ctx.Err() != nil {
			return nil, version, ctx.Err()
		}
		return nil, version, remoteProblem(options, "bad-query", err)
	}
	return relationOf(rows.Columns(), table), version, nil
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

func remoteProblem(o *clickhouse.Options, id string, err error) error {
	p := &mizan.Problem{ID: id, Place: mizan.Place{File: strings.Join(o.Addr, ",")}, Cause: "the server says: " + err.Error()}
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
