// Command mizan weighs countries: from one project file and tables of figures
// it computes an index, and can say of every number where it came from. See
// `mizan --help`.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"golang.org/x/term"

	"mizan/internal/cli"
)

func main() { os.Exit(run()) }

func run() int {
	// A build holds few tables, large ones: to let garbage grow as large as
	// what is in use would double the memory for little time. GOGC in the
	// environment has the last word.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(25)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return cli.Run(ctx, &cli.Env{
		Args:       os.Args[1:],
		Stdin:      os.Stdin,
		Stdout:     os.Stdout,
		Stderr:     os.Stderr,
		Now:        time.Now,
		Getenv:     os.Getenv,
		IsTerminal: isTerminal,
	})
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
