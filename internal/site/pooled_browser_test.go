package site

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"mizan/alliance"
	"mizan/internal/site/language"
)

// An alliance is built in the page, by name, by code and from one of the
// project; what it says is what the program says, the address keeps it, and a
// reader without a script asks the server.
func TestBuildAlliance(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes a while")
	}
	ctx := browser(t)
	s := living(t, "ai-race")
	server := httptest.NewServer(s)
	defer server.Close()
	tab := openTab(t, ctx, server.URL+"/en/alliances.html")
	wait := func(expression string) {
		t.Helper()
		if _, err := chromedp.Run(tab, chromedp.Poll[bool](expression, chromedp.WithPollingTimeout(40*time.Second), chromedp.WithPollingInterval(50*time.Millisecond))); err != nil {
			t.Fatalf("waiting for %s: %v; the page says %q, %q", expression, err,
				ask[string](t, tab, `document.getElementById("build-says").textContent`), ask[string](t, tab, `document.getElementById("build-wrong").textContent`))
		}
	}
	says := func() string {
		t.Helper()
		return ask[string](t, tab, `document.getElementById("build-says").textContent`)
	}
	wait(`document.getElementById("build").dataset.ready !== undefined`)
	if err := chromedp.Do(tab, chromedp.SendKeys("#build-unit", "china"+kb.Enter), chromedp.SendKeys("#build-unit", "rus, XQZ"+kb.Enter)); err != nil {
		t.Fatal(err)
	}
	wait(`document.getElementById("build").dataset.count > 0 && document.querySelectorAll("#build-chips button").length === 2`)
	wait(`document.getElementById("build-says").textContent.startsWith("As one unit")`)
	r := embedded(t, "ai-race", "")
	st, err := r.Alliances(alliance.Options{Year: 2023})
	if err != nil {
		t.Fatal(err)
	}
	want := standingOf(t, st, []string{"CHN", "RUS"})
	top := want.Scores[len(want.Scores)-1]
	l := language.Speak("en")
	for _, part := range []string{"rank " + l.Count(top.Rank) + " of " + l.Count(top.Of), "score " + l.Fixed(float64(top.Score), 1), "behind United States", "Its best member, China"} {
		if text := says(); !strings.Contains(text, part) {
			t.Errorf("the page says %q, which lacks %q", text, part)
		}
	}
	if got := ask[string](t, tab, `location.hash`); got != "#members=CHN,RUS" {
		t.Errorf("the address keeps %q", got)
	}
	if got := ask[string](t, tab, `document.querySelector("a[hreflang=ar]").href`); !strings.HasSuffix(got, "/ar/alliances.html#members=CHN,RUS") {
		t.Errorf("the switch of languages leads to %q", got)
	}
	if got := ask[string](t, tab, `document.getElementById("build-command").textContent`); got != "mizan alliance ai-race --members CHN,RUS" {
		t.Errorf("the command is %q", got)
	}
	if err := chromedp.Do(tab, chromedp.Click(`#build-chips button[data-unit="RUS"]`)); err != nil {
		t.Fatal(err)
	}
	ask[bool](t, tab, `(() => { const s = document.getElementById("build-start"); s.value = "g7"; return s.dispatchEvent(new Event("change")); })()`)
	wait(`document.getElementById("build-says").textContent.includes("ahead of China")`)
	if n := ask[int](t, tab, `document.querySelectorAll("#build-chips button").length`); n != 7 {
		t.Errorf("the G7 has %d members", n)
	}
	// The link that is shared opens the same, in another language too.
	other := openTab(t, ctx, server.URL+"/ar/alliances.html#members=CHN,RUS")
	tab = other
	wait(`document.querySelector("[data-node] .score").textContent !== ""`)
	if got := ask[string](t, tab, `document.querySelector("[data-node] .score").textContent`); got != language.Speak("ar").Fixed(float64(top.Score), 1) {
		t.Errorf("in Arabic the score is %q", got)
	}
	if status, body, _ := get(t, s, "/alliance?members=CHN,RUS"); status != 200 || !strings.Contains(body, l.Fixed(float64(top.Score), 1)) {
		t.Errorf("without a script: status %d", status)
	}
}
