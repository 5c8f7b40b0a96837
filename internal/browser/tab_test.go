package browser

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// tab is a page of the browser that tells what goes wrong on it. It is used for
// one visit after the other, for a new one takes long to open.
type tab struct {
	ctx context.Context
	t   *testing.T // of the visit

	mu    sync.Mutex
	wrong []string // said by the console, or thrown
	asked []string // addresses that were asked for
}

// free keeps tabs that nobody uses.
var free = struct {
	sync.Mutex
	tabs []*tab
}{}

// open gives a tab with a clean slate: desk, day, scripts, no page. It is given
// back when the test ends.
func open(t *testing.T) *tab {
	t.Helper()
	ctx := browser(t)
	free.Lock()
	var b *tab
	if n := len(free.tabs); n > 0 {
		b, free.tabs = free.tabs[n-1], free.tabs[:n-1]
	}
	free.Unlock()
	if b == nil {
		b = newTab(t, ctx)
	}
	b.t = t
	b.wide(1280)
	b.scheme("light")
	b.scripts(true)
	b.take()
	t.Cleanup(func() {
		if t.Failed() {
			return // who knows in which state it is
		}
		free.Lock()
		free.tabs = append(free.tabs, b)
		free.Unlock()
	})
	return b
}

func newTab(t *testing.T, ctx context.Context) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(ctx)
	ended = append(ended, cancel)
	b := &tab{ctx: ctx}
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	return b
}

// hear keeps what the browser tells of the page.
func (b *tab) hear(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		b.wrong = append(b.wrong, fmt.Sprintf("exception: %s", said(e.ExceptionDetails)))
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning || e.Type == runtime.ConsoleAPICalledTypeAssert {
			b.wrong = append(b.wrong, fmt.Sprintf("console.%s: %v", e.Type, e.Args))
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
			b.wrong = append(b.wrong, fmt.Sprintf("%s %s: %s", e.Entry.Source, e.Entry.Level, e.Entry.Text))
		}
	case *network.EventRequestWillBeSent:
		b.asked = append(b.asked, e.Request.URL)
	}
}

func said(d *runtime.ExceptionDetails) string {
	if d.Exception != nil && d.Exception.Description != "" {
		return d.Exception.Description
	}
	return d.Text
}

// take gives what was heard since the last time.
func (b *tab) take() (wrong, asked []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	wrong, asked = b.wrong, b.asked
	b.wrong, b.asked = nil, nil
	return wrong, asked
}

// quiet fails if the page said something wrong, or asked an address that does
// not begin with home.
func (b *tab) quiet(home string) {
	b.t.Helper()
	wrong, asked := b.take()
	slices.Sort(wrong)
	for _, w := range slices.Compact(wrong) {
		b.t.Errorf("the browser says: %s", clip(w))
	}
	for _, a := range asked {
		if !strings.HasPrefix(a, home) && !strings.HasPrefix(a, "data:") && !strings.HasPrefix(a, "blob:"+home) {
			b.t.Errorf("the page asked for %s", a)
		}
	}
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 2*patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// goTo opens an address and waits until it is loaded.
func (b *tab) goTo(url string) {
	b.t.Helper()
	b.do(chromedp.Navigate(url))
}

// wide sets the width of the window.
func (b *tab) wide(width int64) {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(width, 900))
}

// scheme sets day or night, and back to the screen.
func (b *tab) scheme(name string) { b.t.Helper(); b.media("", name) }

func (b *tab) media(media, scheme string) {
	b.t.Helper()
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: media, Features: features}); err != nil {
		b.t.Fatal(err)
	}
}

func (b *tab) scripts(on bool) {
	b.t.Helper()
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on}); err != nil {
		b.t.Fatal(err)
	}
}

// ask evaluates an expression, which may be a promise.
func ask[T any](b *tab, expression string) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 2*patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", clip(expression), err)
	}
	return v
}

// run evaluates statements.
func (b *tab) run(statements string) {
	b.t.Helper()
	ask[string](b, "(async () => {"+statements+"; return ''})()")
}

// await waits until an expression holds, on this page or the one that follows it.
func (b *tab) await(expression string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	for {
		holds, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`document.readyState === "complete" && (`+expression+`)`))
		if err == nil && holds {
			return
		}
		select {
		case <-ctx.Done():
			wrong, _ := b.take()
			b.t.Fatalf("waited in vain for %s: %v; the browser says %q", clip(expression), err, wrong)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// press types keys, with modifiers.
func (b *tab) press(keys string, options ...chromedp.KeyOption) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(keys, options...))
}

func clip(s string) string {
	if len(s) > 300 {
		return s[:300] + "…"
	}
	return s
}
