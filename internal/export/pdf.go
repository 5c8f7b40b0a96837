package export

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"mizan"
)

// browsers are the names under which a Chromium is found on the path.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "headless_shell", "msedge"}

// printTime bounds how long a browser may take to start and print.
const printTime = 2 * time.Minute

// PDF prints a page that loads nothing by the browser of this machine, and
// returns the file. The page's style sheet chooses the sheet and its margins.
// Errors: no browser is found, as a mizan.Problem with the remedy; the browser
// fails.
func PDF(ctx context.Context, html []byte) ([]byte, error) {
	browser := ""
	for _, name := range browsers {
		if path, err := exec.LookPath(name); err == nil {
			browser = path
			break
		}
	}
	if browser == "" {
		return nil, &mizan.Problem{
			ID: "no-browser", Cause: "no Chromium or Chrome is found on this machine, which would print the PDF",
			Remedy: "write the report with `--format html -o audit.html` and print that page from any browser, or install chromium",
		}
	}
	text, err := printed(ctx, browser, html)
	if err != nil && ctx.Err() == nil {
		return nil, &mizan.Problem{
			ID: "browser-failed", Cause: browser + " could not print the PDF: " + err.Error(),
			Remedy: "write the report with `--format html -o audit.html` and print that page from any browser",
		}
	}
	return text, errors.Join(err, ctx.Err())
}

// printed runs the browser once, in a folder of its own. The library that the
// tests drive browsers with would do it too, but sets itself up at the start
// of every command (docs/decisions/0008-start.md).
func printed(ctx context.Context, browser string, html []byte) (pdf []byte, err error) {
	dir, err := os.MkdirTemp("", "mizan-print-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	page, out := filepath.Join(dir, "page.html"), filepath.Join(dir, "page.pdf")
	if err := os.WriteFile(page, html, 0o600); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, printTime)
	defer cancel()
	var said bytes.Buffer
	cmd := exec.CommandContext(ctx, browser, printing(dir, page, out)...)
	cmd.Stderr = &said
	cmd.WaitDelay = 5 * time.Second // its helpers may hold the pipe
	err = cmd.Run()
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return nil, fmt.Errorf("it took longer than %v", printTime)
	case err != nil:
		return nil, fmt.Errorf("%w%s", err, lastLine(said.String()))
	}
	pdf, err = os.ReadFile(out)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("it wrote no file%s", lastLine(said.String()))
	}
	return pdf, err
}

// printing are the browser's arguments: no window, no network, nothing kept.
func printing(dir, page, out string) []string {
	args := []string{
		"--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions", "--disable-sync",
		"--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-dev-shm-usage",
		"--metrics-recording-only", "--mute-audio", "--password-store=basic", "--use-mock-keychain",
		"--host-resolver-rules=MAP * ~NOTFOUND",
		"--user-data-dir=" + filepath.Join(dir, "profile"),
		"--no-pdf-header-footer", "--print-to-pdf-no-header", // the latter before Chromium 112
		"--print-to-pdf=" + out,
	}
	if os.Geteuid() == 0 {
		args = append(args, "--no-sandbox") // the sandbox cannot be had by root
	}
	address := url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(filepath.ToSlash(page), "/")}
	return append(args, address.String())
}

// lastLine is the last thing that a program said, to be put after a cause.
func lastLine(said string) string {
	lines := strings.Split(strings.TrimSpace(said), "\n")
	return strings.TrimSuffix(": "+strings.TrimSpace(lines[len(lines)-1]), ": ")
}
