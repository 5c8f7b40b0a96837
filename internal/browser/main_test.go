// Package browser looks at the pages of a written site in a real browser, as
// readers do: every kind of page in every language, by day and by night, on a
// telephone and on a desk, with the keyboard alone, without scripts, from a host
// and from a folder. Pages are found by their links, so a new one is looked at
// without a word here.
package browser

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"mizan/internal/cli"
)

// languages are those of the pages; the second is written to the left.
var languages = []string{"en", "ar", "ru", "zh"}

// ended is called when all tests are done.
var ended []func()

func TestMain(m *testing.M) {
	status := m.Run()
	for i := len(ended) - 1; i >= 0; i-- {
		ended[i]()
	}
	os.Exit(status)
}

// folder is a folder that stays until all tests are done.
func folder() (string, error) {
	dir, err := os.MkdirTemp("", "mizan-browser-")
	ended = append(ended, func() { _ = os.RemoveAll(dir) })
	return dir, err
}

// command runs a command of the program in a folder.
func command(dir string, args ...string) error {
	var said bytes.Buffer
	if status := cli.Run(context.Background(), &cli.Env{Args: args, Dir: dir, Stdin: strings.NewReader(""), Stdout: &said, Stderr: &said}); status != 0 {
		return fmt.Errorf("mizan %s: status %d: %s", strings.Join(args, " "), status, said.String())
	}
	return nil
}

// written is a site as `mizan site` leaves it, served by a plain file server.
type written struct {
	dir string // of the files
	url string // of the server, without a slash at the end
	err error
}

// race is the site of the embedded project, small that of what `mizan new` gives.
// MIZAN_SITE names a folder into which the former was written before, for who
// looks at it again and again.
var (
	race = sync.OnceValue(func() written {
		if dir := os.Getenv("MIZAN_SITE"); dir != "" {
			return serve(dir)
		}
		return write("ai-race")
	})
	small = sync.OnceValue(func() written { return write("") })
)

func write(project string) written {
	dir, err := folder()
	if err != nil {
		return written{err: err}
	}
	if project == "" {
		project = "myindex"
		if err := command(dir, "new", project); err != nil {
			return written{err: err}
		}
	}
	out := filepath.Join(dir, "site")
	if err := command(dir, "site", project, "-o", out); err != nil {
		return written{err: err}
	}
	return serve(out)
}

func serve(dir string) written {
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	ended = append(ended, server.Close)
	return written{dir: dir, url: server.URL}
}

// sites are both, for tests that look at every kind of page.
var sites = map[string]func() written{"race": race, "small": small}

// theSite is one of them.
func theSite(t *testing.T, name string) written {
	t.Helper()
	w := sites[name]()
	if w.err != nil {
		t.Fatal(w.err)
	}
	return w
}

// chromium is the one browser of all tests, without a window; nil where there is
// none.
var chromium = sync.OnceValues(func() (context.Context, error) {
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		return nil, nil
	}
	profile, err := folder()
	if err != nil {
		return nil, err
	}
	ctx, stop := chromedp.NewExecAllocator(context.Background(), chromedp.ExecPath(path),
		chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
		chromedp.UserDataDir(profile))
	ctx, cancel := chromedp.NewContext(ctx)
	ended = append(ended, stop, func() { _ = chromedp.Cancel(ctx); cancel() })
	return ctx, chromedp.Do(ctx)
})

// browser is the browser. Where there is none the test is left out, save on the
// build machine, which must have one.
func browser(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes a while")
	}
	ctx, err := chromium()
	switch {
	case err != nil:
		t.Fatal(err)
	case ctx == nil && os.Getenv("CI") != "":
		t.Fatal("no Chromium found; the build machine needs one for the browser tests")
	case ctx == nil:
		t.Skip("no Chromium found: install it to run the browser tests")
	}
	return ctx
}

// patience bounds every wait for a page.
const patience = 30 * time.Second
