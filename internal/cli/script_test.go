package cli_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"mizan/internal/cli"
	"mizan/internal/source/replay"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"mizan": mizanCommand, "get": getCommand})
}

// mizanCommand is the program as the scripts run it, as a process of its own.
// MIZAN_TERMINAL makes it believe that a person reads.
func mizanCommand() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(cli.Run(ctx, &cli.Env{
		Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv,
		Now:        func() time.Time { return time.Date(2025, 1, 2, 3, 4, 5, 0, time.UTC) },
		IsTerminal: func(io.Writer) bool { return os.Getenv("MIZAN_TERMINAL") != "" },
	}))
}

// getCommand is `get FILE PATH`: it waits until a file holds the address of a
// server, and prints the status and the body of one of its pages.
func getCommand() {
	address := ""
	for end := time.Now().Add(time.Minute); address == "" && time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		text, _ := os.ReadFile(os.Args[1])
		address = regexp.MustCompile(`http://127\.0\.0\.1:\d+`).FindString(string(text))
	}
	client := http.Client{Timeout: time.Minute}
	resp, err := client.Get(address + os.Args[2])
	if err == nil {
		defer resp.Body.Close()
		fmt.Println(resp.StatusCode)
		_, err = io.Copy(os.Stdout, resp.Body)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// TestScripts runs what a user types and compares what they see. A script asks
// for the exit status by `status N mizan …`.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		UpdateScripts:       os.Getenv("UPDATE_GOLDEN") != "",
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"status": status},
		Setup: func(e *testscript.Env) error {
			e.Setenv("LC_ALL", "C.UTF-8")
			// All publishers are one server of ours.
			publishers := httptest.NewServer(replay.New())
			e.Defer(publishers.Close)
			e.Setenv("MIZAN_MIRROR", publishers.URL)
			// The folder of mizan alone, for what happens where other programs are missing.
			e.Setenv("BARE_PATH", filepath.SplitList(e.Getenv("PATH"))[0])
			return os.CopyFS(filepath.Join(e.WorkDir, "tiny"), os.DirFS("testdata/tiny"))
		},
	})
}

// status runs a command that must end with an exit status.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N command [argument…]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}
