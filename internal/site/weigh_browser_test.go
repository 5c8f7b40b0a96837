package site

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"mizan/engine"
	"mizan/internal/reply"
	"mizan/projects"
	"mizan/spec"
)

// embedded builds an embedded project as the command line does.
func embedded(t testing.TB, name, variant string, edits ...spec.Edit) *engine.Report {
	t.Helper()
	files, _ := projects.FS(name)
	text, err := fs.ReadFile(files, "mizan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	r, err := engine.Run(engine.Input{Name: "mizan.yaml", Text: text, Files: files, Variant: variant, Edits: edits})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// living makes the site of an embedded project with the engine in it, which is
// built here if `make assets` has not built it.
func living(t testing.TB, name string) *Site {
	t.Helper()
	s, err := New(Config{Project: name, Load: func(variant string) (*engine.Report, error) { return embedded(t, name, variant).Complete(), nil }})
	if err != nil {
		t.Fatal(err)
	}
	if s.alive() {
		return s
	}
	out := filepath.Join(t.TempDir(), "engine.wasm")
	build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", out, "mizan/cmd/mizan-wasm")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if text, err := build.CombinedOutput(); err != nil {
		t.Fatalf("the engine cannot be built: %v\n%s", err, text)
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string]string{engineFile: out, loaderFile: filepath.Join(strings.TrimSpace(string(root)), "lib/wasm/wasm_exec.js")} {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if name == engineFile {
			var b bytes.Buffer
			z := gzip.NewWriter(&b)
			_, _ = z.Write(body)
			_ = z.Close()
			body = b.Bytes()
		}
		s.assets[name] = asset{body: body, kind: kindOf(name), path: "static/" + name}
	}
	if s.templates, err = parseTemplates(); err != nil {
		t.Fatal(err)
	}
	return s
}

// ask evaluates an expression that may be a promise.
func ask[T any](t testing.TB, tab context.Context, expression string) T {
	t.Helper()
	v, err := chromedp.Run(tab, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// await waits until an expression holds.
func await(t *testing.T, tab context.Context, expression string) {
	t.Helper()
	if _, err := chromedp.Run(tab, chromedp.Poll[bool](expression, chromedp.WithPollingTimeout(20*time.Second), chromedp.WithPollingInterval(30*time.Millisecond))); err != nil {
		says, _ := chromedp.Run(tab, chromedp.Evaluate[string](`document.getElementById("says").textContent + " | " + document.getElementById("wrong").textContent + " | " + document.getElementById("drawn").textContent`))
		t.Fatalf("waiting for %s: %v; the page says %s", expression, err, says)
	}
}

func openTab(t testing.TB, ctx context.Context, address string) context.Context {
	t.Helper()
	tab, cancel := chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(tab, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(address)); err != nil {
		t.Fatal(err)
	}
	return tab
}

const (
	alive = `document.getElementById("weigh").dataset.ready === ""`
	drawn = `Number(document.getElementById("weigh").dataset.drawn) >= 1 && !document.getElementById("weighed").classList.contains("stale")`
)

// inPage starts an engine as the page does and calls it.
const inPage = `(async () => {
  const root = document.getElementById("weigh"), worker = new Worker(root.dataset.worker);
  let done; const answer = () => new Promise((ok, no) => { worker.onmessage = ({data}) => data.error === undefined ? ok(data.result) : no(new Error(data.error)); });
  const call = (name, ...args) => { const a = answer(); worker.postMessage({id: 1, call: name, args}); return a; };
  const at = (s) => new URL(s, document.baseURI).href;
  await call("start", {loader: at(root.dataset.loader), engine: at(root.dataset.engine)});
  const project = await call("open", document.getElementById("bundle").textContent);
  const result = await (%s)(call, project);
  worker.terminate();
  return JSON.stringify(result);
})()`

// TestEngineInPage: for 200 random weightings the engine in the browser gives
// the scores of a build to 9 significant digits, and the same ranks.
func TestEngineInPage(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes a while")
	}
	ctx := browser(t)
	server := httptest.NewServer(living(t, "ai-race"))
	defer server.Close()
	tab := openTab(t, ctx, server.URL+"/weigh")

	const weightings = 200
	base := embedded(t, "ai-race", "")
	random := rand.New(rand.NewPCG(7, 200))
	all := make([][]float64, weightings)
	for i := range all {
		all[i] = make([]float64, len(base.Nodes))
		for n := range all[i] {
			all[i][n] = math.Round(random.Float64()*4000) / 1000
		}
		all[i][len(all[i])-1] = 1
	}
	asked, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	text := ask[string](t, tab, fmt.Sprintf(inPage, `async (call, project) => {
	  const out = [];
	  for (const w of `+string(asked)+`) {
	    const {scores, ranks} = await call("weigh", Float64Array.from(w), project.nodes.length, project.units.length);
	    out.push({scores: [...scores.subarray(-project.units.length)].map((v) => Number.isNaN(v) ? null : v), ranks: [...ranks]});
	  }
	  return out;
	}`))
	var got []struct {
		Scores []*float64
		Ranks  []int
	}
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatal(err)
	}
	if len(got) != weightings {
		t.Fatalf("%d standings for %d weightings", len(got), weightings)
	}
	for i, w := range all {
		var edits []spec.Edit
		for n, node := range base.Nodes[:len(base.Nodes)-1] {
			edits = append(edits, spec.Edit{Set: "framework." + node.Code + ".weight", To: w[n]})
		}
		want := embedded(t, "ai-race", "", edits...)
		top := len(want.Nodes) - 1
		for u, s := range want.Scores.Column(len(want.Years)-1, top) {
			g, rank := got[i].Scores[u], want.Ranks.At(len(want.Years)-1, top, u)
			if math.IsNaN(s) {
				if g != nil || got[i].Ranks[u] != 0 {
					t.Fatalf("weighting %d: %s has a score in the page and none in a build", i, want.Units[u].Code)
				}
				continue
			}
			if g == nil || fmt.Sprintf("%.9g", *g) != fmt.Sprintf("%.9g", s) || got[i].Ranks[u] != int(rank) {
				t.Fatalf("weighting %d: %s has %v at rank %d in the page, %.12g at rank %v in a build", i, want.Units[u].Code, g, got[i].Ranks[u], s, rank)
			}
		}
	}
}

// TestWeighPage weighs as a reader does: with the keyboard, by other methods,
// by a link that was shared, and back.
func TestWeighPage(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes a while")
	}
	ctx := browser(t)
	server := httptest.NewServer(living(t, "ai-race"))
	defer server.Close()
	tab := openTab(t, ctx, server.URL+"/weigh")
	messages := chromedp.Console(tab)
	await(t, tab, alive)
	await(t, tab, drawn)
	const ranking = `[...document.querySelectorAll("#weighed tbody tr")].map((r) => r.dataset.unit).join(" ")`
	published := ask[string](t, tab, ranking)

	// The keyboard alone moves a slider; the ranks, the address and the command follow.
	ask[string](t, tab, `(document.getElementById("w-implementation").focus(), "")`)
	for range 30 {
		if err := chromedp.Do(tab, chromedp.KeyEvent(kb.ArrowLeft)); err != nil {
			t.Fatal(err)
		}
	}
	await(t, tab, ranking+` !== "`+published+`"`)
	if hash := ask[string](t, tab, `location.hash`); !strings.HasPrefix(hash, "#implementation=") {
		t.Errorf("the address ends in %q", hash)
	}
	await(t, tab, `document.getElementById("command").textContent.includes("--set framework.implementation.weight=")`)
	await(t, tab, `/change their rank/.test(document.getElementById("says").textContent)`)
	if text := ask[string](t, tab, `document.getElementById("w-implementation").getAttribute("aria-valuetext")`); !strings.HasSuffix(text, "%") {
		t.Errorf("the slider is read as %q", text)
	}

	// Another method, too.
	ask[string](t, tab, `(() => { const s = document.getElementById("m-framework.aggregate"); s.value = "minimum"; s.dispatchEvent(new Event("change", {bubbles: true})); return ""; })()`)
	await(t, tab, `location.hash.includes("framework.aggregate=minimum")`)
	await(t, tab, `document.getElementById("command").textContent.includes("--set framework.aggregate=minimum")`)
	await(t, tab, drawn)
	weighed, address := ask[string](t, tab, ranking), ask[string](t, tab, `location.href`)

	// Who gets the link sees the same, on a telephone too.
	other := openTab(t, ctx, address)
	await(t, other, alive)
	await(t, other, ranking+` === "`+weighed+`"`)
	await(t, other, drawn)
	for _, l := range []look{{1440, "light", true}, {768, "dark", true}, {360, "light", true}} {
		media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: l.scheme}}}
		if _, err := chromedp.Call(other, emulation.SetEmulatedMedia, media); err != nil {
			t.Fatal(err)
		}
		if err := chromedp.Do(other, chromedp.EmulateViewport(l.width, 900)); err != nil {
			t.Fatal(err)
		}
		if over := ask[int](t, other, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
			t.Errorf("at %d px the page is %d px too wide", l.width, over)
		}
		picture(t, other, "/weigh", l)
	}

	// What cannot be built is told, and nothing breaks.
	ask[string](t, tab, `(() => { const s = document.getElementById("m-build.normalise"); s.value = "z-score"; s.dispatchEvent(new Event("change", {bubbles: true})); const g = document.getElementById("m-framework.aggregate"); g.value = "geometric-mean"; g.dispatchEvent(new Event("change", {bubbles: true})); return ""; })()`)
	await(t, tab, `!document.getElementById("wrong").hidden`)
	ask[string](t, tab, `(document.getElementById("reset").click(), "")`)
	await(t, tab, ranking+` === "`+published+`"`)
	await(t, tab, `document.getElementById("wrong").hidden && location.hash === ""`)

	// Addresses that were tampered with are read as far as they make sense.
	bad := openTab(t, ctx, server.URL+"/weigh#talent=-1&infrastructure=NaN&nothing=3&build.normalise=%3Cscript%3E&framework.aggregate=")
	await(t, bad, alive)
	await(t, bad, ranking+` === "`+published+`"`)
	checkConsole(t, tab, messages, false)
}

// TestWeighWithoutScript: the ranking stands as published, and the page says so.
func TestWeighWithoutScript(t *testing.T) {
	s := living(t, "ai-race")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/en/weigh.html", nil))
	body := w.Body.String()
	for _, want := range []string{"<noscript>", "United States", `data-unit="RUS"`, "mizan build ai-race --set framework.CODE.weight=2"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	delete(s.assets, engineFile)
	s.drawn = reply.Shelf{} // pages that were drawn name the engine
	w = httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/en/weigh.html", nil))
	if body := w.Body.String(); !strings.Contains(body, "built without the engine") || strings.Contains(body, `id="bundle"`) {
		t.Error("a program without the engine does not say that the page stays plain")
	}
}

// BenchmarkEngineInPage measures in the browser what a reader waits for: the
// engine's start, a ranking under new weights and 2,000 draws around them, all
// in milliseconds (medians).
func BenchmarkEngineInPage(b *testing.B) {
	ctx := browser(b)
	server := httptest.NewServer(living(b, "ai-race"))
	defer server.Close()
	tab := openTab(b, ctx, server.URL+"/weigh")
	for b.Loop() {
		text := ask[string](b, tab, fmt.Sprintf(inPage, `async (call, project) => {
		  const median = (x) => x.sort((a, b) => a - b)[x.length >> 1];
		  const w = Float64Array.from(project.weights), inside = [], around = [], draws = [];
		  for (let i = 0; i < 200; i++) {
		    w[i % (w.length - 1)] = 0.5 + (i % 7) / 4;
		    const began = performance.now();
		    inside.push((await call("weigh", w.slice(), project.nodes.length, project.units.length)).took);
		    around.push(performance.now() - began);
		  }
		  for (let i = 0; i < 9; i++) {
		    w[w.length - 2] = 1 + i / 10;
		    const began = performance.now();
		    await call("draw", w.slice(), 2000);
		    draws.push(performance.now() - began);
		  }
		  const first = draws[0];
		  return {inside: median(inside), around: median(around), first, draws: median(draws)};
		}`))
		var m struct{ Inside, Around, First, Draws float64 }
		if err := json.Unmarshal([]byte(text), &m); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(m.Inside, "ms/rank")
		b.ReportMetric(m.Around, "ms/rank-with-message")
		b.ReportMetric(m.First, "ms/first-2000-draws")
		b.ReportMetric(m.Draws, "ms/2000-draws")
	}
}
