package export_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"mizan"
	"mizan/internal/export"
)

// chromium finds a browser. Where there is none the test is left out, save on
// the build machine, which must have one.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("CI") != "" {
		t.Fatal("no Chromium found; the build machine needs one for the browser test")
	}
	t.Skip("no Chromium found: install it to run the browser test")
	return ""
}

func TestPDF(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes a while")
	}
	chromium(t)
	text, _ := page(t, embedded(t, "ai-race"), "ar")
	pdf, err := export.PDF(t.Context(), []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(pdf, []byte("%PDF-")) || !bytes.Contains(pdf[len(pdf)-1024:], []byte("%%EOF")) {
		t.Errorf("this is no PDF: %q", pdf[:20])
	}
	if n := bytes.Count(pdf, []byte("/Type /Page\n")) + bytes.Count(pdf, []byte("/Type /Page ")); n < 5 {
		t.Errorf("%d pages", n)
	}
	// A4 is 595.28 by 841.89 points; the browser rounds to pixels.
	if a4 := regexp.MustCompile(`/MediaBox \[0 0 59[45]\.\d+ 84[12]\.\d+\]`); !a4.Match(pdf) || len(a4.FindAll(pdf, -1)) != bytes.Count(pdf, []byte("/MediaBox")) {
		t.Error("the pages are not A4")
	}
}

// TestNoBrowser: the cause and what to do instead.
func TestNoBrowser(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := export.PDF(context.Background(), []byte("<p>x</p>"))
	var p *mizan.Problem
	if !errors.As(err, &p) || p.ID != "no-browser" || !strings.Contains(p.Remedy, "--format html") {
		t.Errorf("got %v", err)
	}
}

// TestBadBrowser: a program that is no browser.
func TestBadBrowser(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "chromium"), []byte("#!/bin/sh\necho no screen >&2\nexit 7\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":/bin:/usr/bin")
	_, err := export.PDF(context.Background(), []byte("<p>x</p>"))
	var p *mizan.Problem
	if !errors.As(err, &p) || p.ID != "browser-failed" || p.Remedy == "" || !strings.HasSuffix(p.Cause, "exit status 7: no screen") {
		t.Errorf("got %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "chromium"), []byte("#!/bin/sh\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	_, err = export.PDF(context.Background(), []byte("<p>x</p>"))
	if !errors.As(err, &p) || p.ID != "browser-failed" || !strings.HasSuffix(p.Cause, "it wrote no file") {
		t.Errorf("nothing written: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := export.PDF(ctx, []byte("<p>x</p>")); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
}

// TestReportFits: nothing is wider than a telephone, a desk or a sheet of A4
// (182 mm between the margins), and the console is silent.
func TestReportFits(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes a while")
	}
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), chromedp.ExecPath(chromium(t)), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.NoFirstRun, chromedp.Flag("disable-background-networking", true), chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND"),
		chromedp.UserDataDir(t.TempDir()))
	defer cancel()
	ctx, cancel = context.WithTimeout(ctx, 3*time.Minute)
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx)
	defer cancel()
	for _, name := range []string{"ai-race", "hdi"} {
		text, _ := page(t, embedded(t, name), "en")
		file := filepath.Join(t.TempDir(), "audit.html")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, look := range []struct {
			width int64
			media string
		}{{360, "screen"}, {1440, "screen"}, {688, "print"}} {
			if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: look.media}); err != nil {
				t.Fatal(err)
			}
			if err := chromedp.Do(ctx, chromedp.EmulateViewport(look.width, 900), chromedp.Navigate("file://"+file)); err != nil {
				t.Fatal(err)
			}
			over, err := chromedp.Run(ctx, chromedp.Evaluate[int](`document.documentElement.scrollWidth - document.documentElement.clientWidth`))
			if err != nil || over > 0 {
				t.Errorf("%s at %d px, %s: %d px too wide: %v", name, look.width, look.media, over, err)
			}
			asked, err := chromedp.Run(ctx, chromedp.Evaluate[int](`performance.getEntriesByType("resource").length`))
			if err != nil || asked != 0 {
				t.Errorf("%s asked for %d files: %v", name, asked, err)
			}
		}
	}
}
