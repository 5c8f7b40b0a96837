package site

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// writtenFolder writes the sample as files, as a host would hold them.
func writtenFolder(t *testing.T) string {
	t.Helper()
	files, err := newWritten(t, complete).Files(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for _, f := range files {
		name := filepath.Join(folder, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Body, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// seen is the order of the units that are not hidden.
const seen = `[...document.querySelectorAll("#ranking tbody tr:not([hidden]) .code")].map((c) => c.textContent).join(" ")`

// The ranking of a written site, where nobody answers, narrows and turns over in
// the page, says so, and keeps it in the address, whether it comes from a host
// or from a folder.
func TestBrowserRanking(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes a while")
	}
	ctx := browser(t)
	folder := writtenFolder(t)
	server := httptest.NewServer(http.FileServer(http.Dir(folder)))
	defer server.Close()
	for _, base := range []string{server.URL, "file://" + folder} {
		tab := openTab(t, ctx, base+"/en/ranking.html")
		do := func(script string) { ask[chromedp.Void](t, tab, script) }
		is := func(expression, want string) {
			t.Helper()
			if got := ask[string](t, tab, expression); got != want {
				t.Errorf("%s: %s is %q, want %q", base[:4], expression, got, want)
			}
		}
		is(seen, "BRA AUT DOM CIV")
		is(`document.querySelector("#ranking [aria-sort]").dataset.key + document.querySelector("#ranking [aria-sort]").getAttribute("aria-sort")`, "rankascending")
		do(`document.querySelector('[data-key=talent] .sort').click()`)
		is(seen, "AUT DOM BRA CIV")
		is(`document.querySelector("[data-key=talent]").getAttribute("aria-sort")`, "descending")
		do(`document.querySelector('[data-key=talent] .sort').click()`)
		is(seen, "CIV BRA DOM AUT")
		do(`document.querySelector('[data-key=money] .sort').click(); document.querySelector('[data-key=money] .sort').click()`)
		is(seen, "AUT CIV BRA DOM") // missing stays last
		do(`const q = document.getElementById("q"); q.value = "АВСТР"; q.dispatchEvent(new Event("input"))`)
		is(seen, "AUT")
		is(`document.getElementById("count").textContent`, "1 of 4 units")
		do(`document.getElementById("clear").click()`)
		do(`const s = document.querySelector('[name="g.income"]'); s.value = "Middle"; s.dispatchEvent(new Event("change", {bubbles: true}))`)
		is(`document.getElementById("count").textContent`, "3 of 4 units")
		is(seen, "CIV BRA DOM")
		address := ask[string](t, tab, `location.href`)
		if !strings.HasSuffix(address, "?g.income=Middle&sort=money&dir=desc") {
			t.Errorf("the address is %s", address)
		}
		arabic := ask[string](t, tab, `document.querySelector('a[hreflang=ar]').href`)
		other := openTab(t, ctx, arabic)
		if got := ask[string](t, other, seen); got != "CIV BRA DOM" {
			t.Errorf("in Arabic %s shows %s", arabic, got)
		}
		do(`const z = document.getElementById("q"); z.value = "zzz"; z.dispatchEvent(new Event("input"))`)
		if !ask[bool](t, tab, `!document.getElementById("empty").hidden && document.getElementById("ranking").parentElement.hidden`) {
			t.Error("nothing fits, and the page does not say so")
		}
	}
}
