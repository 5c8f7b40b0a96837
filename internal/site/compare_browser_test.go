package site

import (
	"math"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"mizan/engine"
)

// compared is everything that a comparison shows: marks, titles, hints, tables.
const shownThere = `[...document.querySelectorAll("#charts path, #charts text, #charts .chart-title, #charts .chart-hint, #charts .chart-table td, #charts .chart-table th, #compared th, #compared td, #chosen li, #chosen path")]
  .map((e) => [e.tagName, e.getAttribute("class"), e.getAttribute("d"), e.getAttribute("x"), e.getAttribute("y"), e.dataset.value && Number(e.dataset.value).toPrecision(6), e.querySelector("tspan") ? [...e.querySelectorAll("tspan")].map((s) => s.textContent).join("/") : e.textContent.trim().replace(/\s+/g, " ")].join("|")).join("\n")`

var written = regexp.MustCompile(`-?[0-9]+\.[0-9]`)

// alike tells whether two lines differ in nothing but the last digit of places
// on the sheet.
func alike(a, b string) bool {
	if a == b {
		return true
	}
	if written.ReplaceAllString(a, "#") != written.ReplaceAllString(b, "#") {
		return false
	}
	x, y := written.FindAllString(a, -1), written.FindAllString(b, -1)
	for i := range x {
		v, _ := strconv.ParseFloat(x[i], 64)
		w, _ := strconv.ParseFloat(y[i], 64)
		if math.Abs(v-w) > 0.11 {
			return false
		}
	}
	return true
}

// TestCompareInThePage: what the script draws is what the server draws.
func TestCompareInThePage(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes a while")
	}
	s, err := New(Config{Load: func(variant string) (*engine.Report, error) { return embedded(t, "ai-race", variant).Complete(), nil }})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s)
	defer server.Close()
	ctx := browser(t)
	choices := "units=RUS,brics,IND,USA&x=talent&y=governance_and_security"
	for _, page := range []string{"/ar/compare.html", "/en/variant/trend/compare.html", "/zh/compare.html"} {
		tab := openTab(t, ctx, server.URL+page+"?"+choices)
		messages := chromedp.Console(tab)
		await(t, tab, `document.querySelectorAll("#charts .chart-tools").length >= 3`)
		drawn := strings.Split(ask[string](t, tab, shownThere), "\n")
		alive := openTab(t, ctx, server.URL+page+"#"+choices)
		await(t, alive, `document.querySelectorAll("#chosen li").length === 4 && document.querySelectorAll("#charts .chart-tools").length >= 3`)
		again := strings.Split(ask[string](t, alive, shownThere), "\n")
		if len(drawn) < 300 || len(drawn) != len(again) {
			t.Errorf("%s: the server shows %d pieces, the script %d", page, len(drawn), len(again))
			continue
		}
		wrong := 0
		for i := range drawn {
			if !alike(drawn[i], again[i]) {
				if wrong++; wrong < 6 {
					t.Errorf("%s: the server shows\n%s\nthe script\n%s", page, drawn[i], again[i])
				}
			}
		}
		checkConsole(t, tab, messages, false)
	}

	// Names typed into the form are taken up, what is not known is said, and the
	// choice goes with the switch of languages.
	tab := openTab(t, ctx, server.URL+"/en/compare.html")
	await(t, tab, `document.querySelectorAll("#chosen li").length === 3`)
	ask[string](t, tab, `(() => { const f = document.getElementById("choose"); const [a, b, c] = f.querySelectorAll("input"); a.value = "germany"; b.value = "BRICS"; c.value = "Atlantis"; f.requestSubmit(); return ""; })()`)
	await(t, tab, `location.hash.startsWith("#units=DEU%2Cbrics&")`)
	if got := ask[string](t, tab, `document.getElementById("unknown").textContent`); got != "Not found: Atlantis." {
		t.Errorf("the page says %q", got)
	}
	if got := ask[string](t, tab, `document.querySelector("a[hreflang=ar]").hash`); !strings.HasPrefix(got, "#units=DEU%2Cbrics&") {
		t.Errorf("the switch of languages leads to %q", got)
	}
}
