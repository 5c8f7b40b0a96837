package export

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"mizan"
)

// browsers are the names under which a Chromium is found on the path.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "headless_shell", "msedge"}

// printTime bounds how long a browser may take to start and print.
const printTime = 2 * time.Minute

// PDF prints a page that loads nothing on A4 by the browser of this machine,
// and returns the file. Errors: no browser is found, as a mizan.Problem with
// the remedy; the browser fails.
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
	text, err := printed(ctx, browser, string(html))
	if err != nil && ctx.Err() == nil {
		return nil, &mizan.Problem{
			ID: "browser-failed", Cause: browser + " could not print the PDF: " + err.Error(),
			Remedy: "write the report with `--format html -o audit.html` and print that page from any browser",
		}
	}
	return text, errors.Join(err, ctx.Err())
}

func printed(ctx context.Context, browser, html string) ([]byte, error) {
	profile, err := os.MkdirTemp("", "mizan-print-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(profile) }()
	ctx, cancel := context.WithTimeout(ctx, printTime)
	defer cancel()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(browser), chromedp.UserDataDir(profile),
		chromedp.DisableGPU, chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND"))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // the sandbox cannot be had by root
	}
	ctx, stop := chromedp.NewExecAllocator(ctx, options...)
	defer stop()
	ctx, closeTab := chromedp.NewContext(ctx)
	defer closeTab()
	load := func(ctx context.Context, t *chromedp.Target) error {
		tree, err := cdp.Call(ctx, t, page.GetFrameTree, cdp.Empty{})
		if err != nil {
			return err
		}
		_, err = cdp.Call(ctx, t, page.SetDocumentContent, page.SetDocumentContentParams{FrameID: tree.FrameTree.Frame.ID, HTML: html})
		return err
	}
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank"), chromedp.Func(load)); err != nil {
		return nil, err
	}
	// The style sheet chooses the margins and turns wide pages.
	return chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4), chromedp.PDFPrintBackground(),
		func(p *page.PrintToPDFParams) { p.PreferCSSPageSize = new(true) }))
}
