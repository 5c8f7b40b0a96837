package site

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// browser starts Chromium without a window. Where there is none the test is
// left out, save on the build machine, which must have one.
func browser(t testing.TB) context.Context {
	t.Helper()
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("no Chromium found; the build machine needs one for the browser test")
		}
		t.Skip("no Chromium found: install it to run the browser test")
	}
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), chromedp.ExecPath(path),
		chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
		chromedp.UserDataDir(t.TempDir()))
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// look is one way of looking at a page.
type look struct {
	width  int64
	scheme string
	script bool
}

// TestBrowser opens the pages as people do: on a telephone, a tablet and a
// desk, by day and by night, with scripts and without. With MIZAN_SHOTS set to
// a folder it leaves a picture of each there.
func TestBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes a while")
	}
	ctx := browser(t)
	server := httptest.NewServer(newSample(t))
	defer server.Close()
	for _, target := range []string{"/", "/ranking?q=a&sort=talent&g.income=Middle", "/unit/BRA", "/indicator/staff", "/methodology", "/data", "/unit/nowhere"} {
		for _, l := range []look{{360, "light", true}, {768, "dark", true}, {1440, "light", true}, {1440, "dark", true}, {360, "dark", false}} {
			t.Run(fmt.Sprintf("%s %d %s script=%t", target, l.width, l.scheme, l.script), func(t *testing.T) {
				visitPage(t, ctx, server.URL, target, l)
			})
		}
	}
}

func visitPage(t *testing.T, ctx context.Context, base, target string, l look) {
	tab, cancel := chromedp.NewContext(ctx)
	defer cancel()
	messages := chromedp.Console(tab)
	media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: l.scheme}}}
	if _, err := chromedp.Call(tab, emulation.SetEmulatedMedia, media); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !l.script}); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(tab, chromedp.EmulateViewport(l.width, 900), chromedp.Navigate(base+target)); err != nil {
		t.Fatal(err)
	}
	over, err := chromedp.Run(tab, chromedp.Evaluate[int](`document.documentElement.scrollWidth - document.documentElement.clientWidth`))
	if err != nil || over > 0 {
		t.Errorf("the page is %d px too wide: %v", over, err)
	}
	loaded, err := chromedp.Run(tab, chromedp.Evaluate[[]string](`performance.getEntriesByType("resource").map((e) => e.name)`))
	if err != nil {
		t.Fatal(err)
	}
	for _, url := range loaded {
		if !strings.HasPrefix(url, base+"/") {
			t.Errorf("the page asked for %s", url)
		}
	}
	styled, err := chromedp.Run(tab, chromedp.Evaluate[bool](`getComputedStyle(document.body).margin === "0px" && document.querySelector("h1") !== null`))
	if err != nil || !styled {
		t.Errorf("the style sheet did not take effect: %v", err)
	}
	picture(t, tab, target, l)
	checkConsole(t, tab, messages, strings.Contains(target, "nowhere"))
}

// checkConsole reads the console up to a mark of its own. A page that is not
// found is itself one message.
func checkConsole(t *testing.T, tab context.Context, messages func(func(chromedp.ConsoleMessage, error) bool), notFound bool) {
	const mark = "end of the visit"
	if _, err := chromedp.Run(tab, chromedp.Evaluate[chromedp.Void](`console.log("`+mark+`")`)); err != nil {
		t.Fatal(err)
	}
	for m, err := range messages {
		if err != nil {
			t.Fatal(err)
		}
		if m.Text == mark {
			return
		}
		if notFound && m.Source == "network" && strings.Contains(m.Text, "404") {
			continue
		}
		t.Errorf("the console says: %s", m)
	}
}

// picture leaves a picture of the whole page where MIZAN_SHOTS says.
func picture(t *testing.T, tab context.Context, target string, l look) {
	folder := os.Getenv("MIZAN_SHOTS")
	if folder == "" {
		return
	}
	height, err := chromedp.Run(tab, chromedp.Evaluate[int64](`document.documentElement.scrollHeight`))
	if err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(tab, chromedp.EmulateViewport(l.width, min(height, 6000))); err != nil {
		t.Fatal(err)
	}
	png, err := chromedp.Run(tab, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	name := strings.Trim(strings.NewReplacer("/", "-", "?", "-", "&", "-", "=", "-").Replace(target), "-")
	name = fmt.Sprintf("%s-%d-%s-%t.png", name, l.width, l.scheme, l.script)
	if err := os.WriteFile(filepath.Join(folder, name), png, 0o600); err != nil {
		t.Fatal(err)
	}
}
