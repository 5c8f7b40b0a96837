package sql

import (
	"context"

	"mizan"
)

// Engine answers questions over tables that it has: SQLite with tables that were
// loaded for it, or a ClickHouse server.
type Engine interface {
	// Query answers one SELECT, as Query and Remote say.
	Query(ctx context.Context, query string) (*mizan.Relation, error)
	// Name is the engine with its version: "SQLite 3.50.4".
	Name() string
	// Close lets go of the tables, or of the connection.
	Close() error
}
