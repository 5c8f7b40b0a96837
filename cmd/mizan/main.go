// Command mizan weighs countries: from one project file and tables of figures
// it computes an index, and can say of every number where it came from. See
// `mizan --help`.
package main

import (
	"context"
	"io"
	"math"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"syscall"
	"time"

	"golang.org/x/term"

	"mizan/internal/cli"
)

func main() { os.Exit(run()) }

func run() int {
	spareCollections()
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

// quietHeap is the memory below which no garbage is collected, in bytes: most
// commands are over before they use as much.
const quietHeap = 32 << 20

// spareCollections lets a command begin without collecting garbage. From
// quietHeap on garbage may be a quarter of what is in use: a build holds few
// tables, large ones, and the usual whole would double the memory for little
// time. GOGC and GOMEMLIMIT in the environment have the last word.
func spareCollections() {
	const share = 25 // percent
	switch {
	case os.Getenv("GOGC") != "":
		return
	case os.Getenv("GOMEMLIMIT") != "":
		debug.SetGCPercent(share)
		return
	}
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(quietHeap)
	// What nobody holds is found by the first collection, which the limit
	// brings about.
	runtime.AddCleanup(new([4]int), func(struct{}) {
		debug.SetGCPercent(share)
		debug.SetMemoryLimit(math.MaxInt64)
	}, struct{}{})
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
