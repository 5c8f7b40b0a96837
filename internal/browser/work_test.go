package browser

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const order = `[...document.querySelectorAll("#ranking tbody tr:not([hidden])")].map((r) => r.cells[1].querySelector(".code").textContent).join(" ")`

// TestRanking: search and order take effect at once, the address keeps them, and
// so does the change to another language, and the way back.
func TestRanking(t *testing.T) {
	browser(t)
	w := theSite(t, "small")
	b := open(t)
	b.goTo(w.url + "/en/ranking.html")
	b.quick("ranking.")
	all := strings.Fields(ask[string](b, order))
	b.do(chromedp.Click(`th[data-key=health] button`))
	b.await(`document.querySelector("th[data-key=health]").hasAttribute("aria-sort")`)
	sorted := strings.Fields(ask[string](b, order))
	if slices.Equal(all, sorted) || !slices.Equal(slices.Sorted(slices.Values(all)), slices.Sorted(slices.Values(sorted))) {
		t.Errorf("sorted by health the order is %v, it was %v", sorted, all)
	}
	if falling := ask[bool](b, `(() => { const at = [...document.querySelectorAll("#ranking thead th")].findIndex((h) => h.dataset.key === "health"); const v = [...document.querySelectorAll("#ranking tbody tr")].map((r) => Number(r.cells[at].dataset.v)); return v.every((x, i) => i === 0 || x <= v[i - 1]); })()`); !falling {
		t.Error("the scores of health do not fall")
	}
	b.do(chromedp.SendKeys(`#q`, "in"))
	b.await(order + ` !== "` + strings.Join(sorted, " ") + `"`)
	found := ask[string](b, order)
	if n := len(strings.Fields(found)); n == 0 || n >= len(all) {
		t.Errorf("%d of %d units are found", n, len(all))
	}
	if q := ask[string](b, `location.search`); !strings.Contains(q, "q=in") || !strings.Contains(q, "sort=health") {
		t.Errorf("the address ends in %q", q)
	}
	shared := ask[string](b, `location.href`)

	// The other language has the same search and the same order; names differ, so
	// that what is found may.
	b.do(chromedp.Click(`.tongues a[hreflang=ar]`))
	b.await(`document.documentElement.lang === "ar" && document.querySelector("#finder") && !document.querySelector("#finder").hidden`)
	if got := ask[string](b, `document.getElementById("q").value + " " + document.querySelector("th[aria-sort]").dataset.key`); got != "in health" {
		t.Errorf("in Arabic the search and the order are %q", got)
	}
	b.run(`history.back()`)
	b.await(`document.documentElement.lang === "en" && document.querySelector("#finder") && !document.querySelector("#finder").hidden && ` + order + ` === "` + found + `"`)

	other := open(t)
	other.goTo(shared)
	other.quick("ranking.")
	if got := ask[string](other, order); got != found {
		t.Errorf("who follows the link sees %s, not %s", got, found)
	}
	other.do(chromedp.Click(`#clear`))
	other.await(order + ` === "` + strings.Join(sorted, " ") + `"`)
	other.do(chromedp.SendKeys(`#q`, "zzzz"))
	other.await(`!document.getElementById("empty").hidden`)
	b.quiet(w.url + "/")
	other.quiet(w.url + "/")
}

const weighed = `[...document.querySelectorAll("#weighed tbody tr")].map((r) => r.dataset.unit + r.querySelector(".num").textContent.replace(",", ".")).join(" ")`

// TestWeighing: a slider that is moved with the keyboard changes the ranking in a
// site without any program behind it; who gets the link, and who changes the
// language, sees the same.
func TestWeighing(t *testing.T) {
	browser(t)
	w := theSite(t, "small")
	b := open(t)
	b.goTo(w.url + "/en/weigh.html")
	if ask[bool](b, `document.getElementById("controls") === null`) {
		t.Skip("built without the engine for pages: make assets builds it")
	}
	b.quick("weigh.")
	published := ask[string](b, weighed)
	b.run(`document.getElementById("w-income").focus()`)
	for range 40 {
		b.press(kb.ArrowRight)
	}
	b.await(weighed + ` !== "` + published + `" && location.hash.includes("income=")`)
	b.await(`!document.getElementById("weighed").classList.contains("stale")`)
	mine, address := ask[string](b, weighed), ask[string](b, `location.href`)
	b.do(chromedp.Click(`#share`))
	b.await(`document.getElementById("shared").textContent !== "" || document.getElementById("link").value === location.href`)
	b.do(chromedp.Click(`.tongues a[hreflang=ru]`))
	b.await(`document.documentElement.lang === "ru" && document.getElementById("weigh") && document.getElementById("weigh").dataset.ready === "" && ` + weighed + ` === "` + mine + `"`)
	b.do(chromedp.Click(`#reset`))
	b.await(weighed + ` === "` + published + `" && location.hash === ""`)
	b.quiet(w.url + "/")

	other := open(t)
	other.wide(360)
	other.goTo(address)
	other.quick("weigh.")
	other.await(weighed + ` === "` + mine + `"`)
	other.fits()
	other.quiet(w.url + "/")
}

// TestAlliance: an alliance of one's own is built by names, is told, kept in the
// address and in the other languages.
func TestAlliance(t *testing.T) {
	browser(t)
	w := theSite(t, "race")
	b := open(t)
	b.goTo(w.url + "/en/alliances.html")
	if ask[bool](b, `document.getElementById("build-tools") === null`) {
		t.Skip("built without the engine for pages: make assets builds it")
	}
	b.quick("alliances.")
	const chips = `[...document.querySelectorAll("#build-chips button")].map((c) => c.dataset.unit).join(" ")`
	for i, name := range []string{"Russia", "China"} {
		b.do(chromedp.SendKeys(`#build-unit`, name+kb.Enter))
		b.await(fmt.Sprintf(`document.querySelectorAll("#build-chips button").length === %d`, i+1))
	}
	b.await(`!document.getElementById("build-outcome").hidden && /\d/.test(document.getElementById("build-says").textContent)`)
	if hash := ask[string](b, `location.hash`); hash != "#members=CHN,RUS" {
		t.Errorf("the address ends in %q", hash)
	}
	score := ask[string](b, `document.querySelector("#build [data-node] .score").textContent`)
	b.do(chromedp.Click(`.tongues a[hreflang=zh]`))
	b.await(`document.documentElement.lang === "zh" && document.getElementById("build") && document.getElementById("build").dataset.ready === "" && document.querySelectorAll("#build-chips button").length === 2`)
	b.await(`document.querySelector("#build [data-node] .score").textContent === "` + score + `"`)
	if text := ask[string](b, `document.getElementById("build-chips").textContent`); !strings.Contains(text, "中国") || !strings.Contains(text, "俄罗斯") {
		t.Errorf("in Chinese the members are %s", text)
	}
	b.do(chromedp.Click(`#build-chips button[data-unit=CHN]`))
	b.await(chips + ` === "RUS"`)
	b.do(chromedp.Click(`#build-clear`))
	b.await(chips + ` === "" && location.hash === ""`)
	b.do(chromedp.SendKeys(`#build-unit`, "Atlantis"+kb.Enter))
	b.await(`!document.getElementById("build-wrong").hidden`)
	b.quiet(w.url + "/")
}

// caught keeps what would be saved as a file.
const caught = `(() => {
  window.saved = [];
  const blobs = new Map(), make = URL.createObjectURL;
  URL.createObjectURL = (b) => { const u = make(b); blobs.set(u, b); return u; };
  HTMLAnchorElement.prototype.click = function () { if (this.download) saved.push({name: this.download, blob: blobs.get(this.href)}); };
})()`

// TestFigures: every chart of every kind of page gives its data as a table of as
// many rows as it shows, its picture as a document that can be read, and a citation
// and a code to embed with its own address, by which it is seen alone.
func TestFigures(t *testing.T) {
	browser(t)
	w := theSite(t, "race")
	all := kinds(t, w)
	b := open(t)
	for i, k := range slices.Sorted(maps.Keys(all)) {
		name := languages[i%len(languages)] + "/" + all[k][0]
		t.Run(strings.ReplaceAll(name, "/", "-"), func(t *testing.T) {
			b.t = t
			b.goTo(w.url + "/" + name)
			if ask[int](b, `document.querySelectorAll("figure[data-figure]").length`) == 0 {
				return
			}
			b.await(`[...document.querySelectorAll("figure[data-figure]")].every((f) => f.querySelector("[data-does=embed]"))`)
			b.run(caught)
			got := ask[struct {
				Wrong    string
				Pictures []string
			}](b, `(async () => {
			  const out = [], pictures = [];
			  for (const f of document.querySelectorAll("figure[data-figure]")) {
			    const id = f.dataset.figure, tell = (s) => out.push(id + ": " + s);
			    saved.length = 0;
			    for (const b of f.querySelectorAll("[data-does=csv], [data-does=svg]")) b.click();
			    for (const {name, blob} of saved) {
			      const text = await blob.text();
			      if (name.endsWith(".csv")) {
			        const lines = text.trim().split("\r\n"), rows = f.querySelectorAll(".chart-table tr").length;
			        if (lines.length !== rows || rows < 2) tell(lines.length + " lines for " + rows + " rows");
			      } else {
			        pictures.push(text);
			        if (/class=|var\(--/.test(text)) tell("the picture hangs on the style sheet");
			      }
			    }
			    const box = f.querySelector(".chart-text");
			    for (const does of ["cite", "embed"]) {
			      f.querySelector("[data-does=" + does + "]").click();
			      if (box.hidden || !box.value.includes(location.href.split("#")[0])) tell(does + " lacks the address");
			    }
			  }
			  return {wrong: out.join("; "), pictures};
			})()`)
			if got.Wrong != "" {
				t.Error(got.Wrong)
			}
			for _, p := range got.Pictures {
				if err := drawing(p); err != nil {
					t.Errorf("%v: %s", err, clip(p))
				}
			}
			id := ask[string](b, `document.querySelector("figure[data-figure]").dataset.figure`)
			b.goTo("about:blank")
			b.wide(600)
			b.goTo(w.url + "/" + name + "#embed=" + id)
			b.await(`document.documentElement.classList.contains("embedded")`)
			if alone := ask[string](b, `[...document.querySelectorAll("header, footer, h1, main > *, figure")].filter((e) => e.checkVisibility() && e.id !== "fig-`+id+`" && !e.querySelector("#fig-`+id+`")).map((e) => e.tagName + "." + e.className).join(" ")`); alone != "" {
				t.Errorf("beside the chart one sees %s", alone)
			}
			b.wide(1280)
			b.quiet(w.url + "/")
		})
	}
}

// drawing is nil for a document that holds a picture with words in it.
func drawing(text string) error {
	words := 0
	for d := xml.NewDecoder(strings.NewReader(text)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "text" && e.Name.Space == "http://www.w3.org/2000/svg" {
			words++
		}
	}
	if words < 2 {
		return errors.New("the picture lacks title or source")
	}
	return nil
}

// TestRightToLeft: in Arabic the page begins at the right, and so do tables, bars
// and the years of a curve; the world does not turn round.
func TestRightToLeft(t *testing.T) {
	browser(t)
	w := theSite(t, "race")
	b := open(t)
	for _, lang := range []string{"en", "ar"} {
		right := lang == "ar"
		later := func(first, second string) {
			t.Helper()
			x := func(s string) float64 {
				return ask[float64](b, `(() => { const r = `+s+`.getBoundingClientRect(); return (r.left + r.right) / 2; })()`)
			}
			if a, z := x(first), x(second); (a > z) != right {
				t.Errorf("%s: %s stands at %v, %s at %v", lang, first, a, second, z)
			}
		}
		b.goTo(w.url + "/" + lang + "/ranking.html")
		later(`document.querySelector(".brand")`, `document.querySelector(".tongues")`)
		later(`document.querySelector("#ranking tbody tr").cells[0]`, `document.querySelector("#ranking tbody tr").cells[1]`)
		later(`document.querySelector("#ranking tbody tr:nth-child(40) .bar .fill")`, `document.querySelector("#ranking tbody tr:nth-child(40) .bar .track")`)
		b.goTo(w.url + "/" + lang + "/unit/RUS.html")
		later(`document.querySelector("figure svg .across")`, `[...document.querySelector("figure svg .across").closest("svg").querySelectorAll(".across")].at(-1)`)
		b.goTo(w.url + "/" + lang + "/map.html")
		if ask[bool](b, `document.querySelector("#fig-world svg.world a") !== null`) {
			code := func(c string) string {
				return `document.querySelector("#fig-world svg.world a[href*='unit/` + c + `']")`
			}
			if x := ask[float64](b, code("USA")+`.getBoundingClientRect().left - `+code("CHN")+`.getBoundingClientRect().left`); x >= 0 {
				t.Errorf("%s: America stands to the right of China", lang)
			}
		}
		b.quiet(w.url + "/")
	}
}
