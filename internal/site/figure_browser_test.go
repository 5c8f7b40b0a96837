package site

import (
	"context"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"mizan/internal/site/language"
)

// caught replaces the download of a chart by keeping what would be saved.
const caught = `(() => { window.saved = {}; const old = HTMLAnchorElement.prototype.click; HTMLAnchorElement.prototype.click = function () { if (this.download) { const name = this.download; fetchBlob(this.href).then((b) => { saved[name] = b; }); } else { old.call(this); } };
const blobs = new Map(); const make = URL.createObjectURL; URL.createObjectURL = (b) => { const u = make(b); blobs.set(u, b); return u; };
window.fetchBlob = async (u) => { const b = blobs.get(u); const bytes = new Uint8Array(await b.arrayBuffer()); return {type: b.type, size: bytes.length, head: String.fromCharCode(...bytes.slice(0, 8)), text: b.type.startsWith("image/png") ? "" : await b.text()}; }; return ""; })()`

// TestFigures takes a chart out of the page in every way that is offered.
func TestFigures(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes a while")
	}
	if theWorld() == nil {
		t.Skip("built without the outlines of countries; `make assets` makes them")
	}
	ctx := browser(t)
	server := httptest.NewServer(living(t, "ai-race"))
	defer server.Close()
	tab := openTab(t, ctx, server.URL+"/en/map.html")
	messages := chromedp.Console(tab)
	await(t, tab, `document.querySelectorAll("#fig-world .chart-tools button").length === 5`)
	ask[string](t, tab, caught)
	press := func(what string) {
		ask[string](t, tab, `(document.querySelector("#fig-world [data-does=`+what+`]").click(), "")`)
	}

	press("csv")
	await(t, tab, `saved["map-ai_race.csv"] !== undefined`)
	lines := strings.Split(strings.TrimPrefix(ask[string](t, tab, `saved["map-ai_race.csv"].text`), "\uFEFF"), "\r\n")
	r := embedded(t, "ai-race", "")
	if lines[0] != "Rank,Unit,Code,Score" || len(lines) != 90 || !strings.HasPrefix(lines[1], "1,United States,USA,") {
		t.Errorf("the CSV begins %q, %q and has %d lines", lines[0], lines[1], len(lines))
	}
	want := language.Exact(r.Scores.At(0, len(r.Nodes)-1, r.Scores.Unit("USA")))
	if !strings.HasSuffix(lines[1], ","+want) {
		t.Errorf("the CSV has %q, the score is %s", lines[1], want)
	}

	press("svg")
	await(t, tab, `saved["map-ai_race.svg"] !== undefined`)
	svg := ask[string](t, tab, `saved["map-ai_race.svg"].text`)
	for _, part := range []string{`<?xml version="1.0"`, "United States leads in", "Natural Earth", "Source:", "fill:"} {
		if !strings.Contains(svg, part) {
			t.Errorf("the SVG lacks %q", part)
		}
	}
	if strings.Contains(svg, "class=") || strings.Contains(svg, "var(--") {
		t.Error("the SVG hangs on the style sheet of the page")
	}

	press("png")
	await(t, tab, `saved["map-ai_race.png"] !== undefined`)
	if head := ask[string](t, tab, `saved["map-ai_race.png"].head.slice(1, 4)`); head != "PNG" {
		t.Errorf("the PNG begins %q", head)
	}

	press("cite")
	cite := ask[string](t, tab, `document.querySelector("#fig-world .chart-text").value`)
	for _, part := range []string{"@misc{mizan", "TY  - ELEC", "United States leads", server.URL + "/en/map.html#fig-world"} {
		if !strings.Contains(cite, part) {
			t.Errorf("the citation lacks %q", part)
		}
	}

	press("embed")
	code := ask[string](t, tab, `document.querySelector("#fig-world .chart-text").value`)
	address := regexp.MustCompile(`src="([^"]+)"`).FindStringSubmatch(code)
	if address == nil {
		t.Fatalf("the code to embed is %q", code)
	}
	// The code, put into a page of another kind, shows the chart and nothing else.
	frame := openTab(t, ctx, server.URL+"/healthz")
	ask[string](t, frame, `(document.body.innerHTML = `+"`"+code+"`"+`, "")`)
	await(t, frame, `(() => { const d = document.querySelector("iframe").contentDocument; const f = d && d.getElementById("fig-world"); return !!f && d.documentElement.classList.contains("embedded") && f.getBoundingClientRect().height > 100 && d.querySelector("header.top").getBoundingClientRect().height === 0 && d.getElementById("fig-tiles").getBoundingClientRect().height === 0; })()`)
	checkConsole(t, tab, messages, false)

	lookAtMap(t, ctx, tab, server.URL)
}

// lookAtMap looks at the page of the map in several widths, and in Arabic.
func lookAtMap(t *testing.T, ctx, tab context.Context, base string) {
	for _, l := range []look{{1440, "light", true}, {1440, "dark", true}, {360, "light", true}} {
		media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: l.scheme}}}
		if _, err := chromedp.Call(tab, emulation.SetEmulatedMedia, media); err != nil {
			t.Fatal(err)
		}
		if err := chromedp.Do(tab, chromedp.EmulateViewport(l.width, 900)); err != nil {
			t.Fatal(err)
		}
		if over := ask[int](t, tab, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
			t.Errorf("at %d px the page is %d px too wide", l.width, over)
		}
		picture(t, tab, "/map", l)
	}

	// In Arabic the words run to the left, the world does not.
	arabic := openTab(t, ctx, base+"/ar/map.html")
	await(t, arabic, `document.documentElement.dir === "rtl" && document.querySelectorAll("#fig-world .chart-tools button").length === 5`)
	if ask[string](t, arabic, `document.querySelector("#fig-world path.q6").getAttribute("d")`) != ask[string](t, tab, `document.querySelector("#fig-world path.q6").getAttribute("d")`) {
		t.Error("the map in Arabic is another map")
	}
	picture(t, arabic, "/map-ar", look{1440, "light", true})
}

// TestMapOfUnits: every unit that is a country stands on the map once, as a
// shape or a dot, and once on the grid, no two tiles in one place.
func TestMapOfUnits(t *testing.T) {
	if theWorld() == nil {
		t.Skip("built without the outlines of countries; `make assets` makes them")
	}
	s := living(t, "ai-race")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/en/map.html", nil))
	body := w.Body.String()
	world, grid, _ := strings.Cut(body, `id="fig-tiles"`)
	for _, name := range []string{"United States", "Russia", "Hong Kong SAR China", "Singapore", "Malta"} {
		if n := strings.Count(world, "<title>"+name+": "); n != 1 {
			t.Errorf("%s stands on the map %d times", name, n)
		}
	}
	if !regexp.MustCompile(`<circle class="q\d"[^>]*><title>Singapore`).MatchString(world) {
		t.Error("Singapore is no dot")
	}
	tiles := regexp.MustCompile(`<rect class="q\d" x="(-?\d+)" y="(-?\d+)"`).FindAllStringSubmatch(grid, -1)
	seen := map[string]bool{}
	for _, tile := range tiles {
		at := tile[1] + " " + tile[2]
		if seen[at] {
			t.Errorf("two tiles stand at %s", at)
		}
		seen[at] = true
	}
	if len(tiles) != 88 {
		t.Errorf("%d tiles for 88 units with a score", len(tiles))
	}
}
