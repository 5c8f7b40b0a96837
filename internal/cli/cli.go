// Package cli is the command line: one file per command, a line each in
// root.go. Everything a command takes from outside comes in through Env, and
// nothing here ends the process: Run returns the exit status.
//
// How commands speak:
//
//   - results go to standard output, remarks and errors to standard error;
//   - a problem is printed as place, cause, remedy, with the line it stands in;
//   - all problems are printed, not the first alone;
//   - colours are for terminals, and never where NO_COLOR is set.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
)

// Env is what the program takes from the world around it.
type Env struct {
	Args           []string // the command line without the program's name
	Dir            string   // folder from which relative paths are read; "" = the process's own
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Now            func() time.Time
	Getenv         func(name string) string
	// IsTerminal reports whether a person reads what is written to w.
	IsTerminal func(w io.Writer) bool
}

// The exit statuses.
const (
	statusFine     = 0
	statusFailed   = 1
	statusUsage    = 2
	statusFindings = 3
)

// Run executes a command line and returns the exit status: 0 fine, 1 failed, 2
// wrong usage, 3 findings at or above --fail-on. When ctx is cancelled, files
// that are being written are left as they were.
func Run(ctx context.Context, env *Env) int {
	root := newRoot(env)
	root.SetArgs(append([]string{}, env.Args...))
	root.SetIn(env.Stdin)
	root.SetOut(env.Stdout)
	root.SetErr(env.Stderr)
	cmd, err := root.ExecuteContextC(ctx)
	return env.finish(cmd, err)
}

// path is a path as the user wrote it, made absolute if Env has a folder.
func (e *Env) path(name string) string {
	if e.Dir == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(e.Dir, name)
}

// note prints a remark for a person.
func (e *Env) note(format string, args ...any) {
	fmt.Fprintf(e.Stderr, format+"\n", args...)
}

// usageError is a command line that cannot be understood.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

func usage(format string, args ...any) error {
	return &usageError{fmt.Errorf(format, args...)}
}

// statusError ends a command whose output has said everything already.
type statusError struct{ status int }

func (e *statusError) Error() string { return fmt.Sprintf("exit status %d", e.status) }

// finish prints an error and gives the exit status.
func (e *Env) finish(cmd *cobra.Command, err error) int {
	var wrong *usageError
	var status *statusError
	switch {
	case err == nil:
		return statusFine
	case errors.As(err, &status):
		return status.status
	case errors.Is(err, context.Canceled):
		e.note("mizan: stopped")
		return statusFailed
	case errors.As(err, &wrong):
		e.printError(wrong.err)
		e.note("See `%s --help`.", cmd.CommandPath())
		return statusUsage
	}
	e.printError(err)
	return statusFailed
}
