package browser

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// some are the largest page of each kind of the race, each in one language, all
// languages in turn.
func some(t *testing.T, w written) []string {
	var list []string
	all := kinds(t, w)
	for i, k := range slices.Sorted(maps.Keys(all)) {
		list = append(list, languages[i%len(languages)]+"/"+all[k][0])
	}
	return list
}

// TestWithoutScripts: every kind of page has its text, and all rows of its tables,
// also where scripts are off; nothing is offered that would not work; links work.
func TestWithoutScripts(t *testing.T) {
	browser(t)
	w := theSite(t, "race")
	b := open(t)
	for _, name := range some(t, w) {
		t.Run(strings.ReplaceAll(name, "/", "-"), func(t *testing.T) {
			b.t = t
			b.scripts(false)
			b.wide(360)
			b.goTo(w.url + "/" + name)
			b.fits()
			got := ask[struct {
				Text, Rows, Empty int
				Idle              string
			}](b, `(() => {
			  const seen = (e) => e.checkVisibility({contentVisibilityAuto: false});
			  const main = document.getElementById("main");
			  return {
			    text: main.innerText.length,
			    rows: [...main.querySelectorAll("tbody tr")].length,
			    empty: [...main.querySelectorAll("tbody, svg, ul, ol")].filter((e) => seen(e) && e.childElementCount === 0).length,
			    idle: [...main.querySelectorAll("button, input:not([type=hidden]), select")].filter((e) => seen(e) && !e.closest("form[action]")).map((e) => e.outerHTML.slice(0, 80)).join(" "),
			  };
			})()`)
			if got.Text < 150 {
				t.Errorf("the page has %d letters", got.Text)
			}
			if got.Empty > 0 {
				t.Errorf("%d tables, lists or pictures are empty", got.Empty)
			}
			if got.Idle != "" {
				t.Errorf("without scripts nobody answers %s", got.Idle)
			}
			b.quiet(w.url + "/")
		})
	}
	b.t = t
	b.goTo(w.url + "/en/ranking.html")
	b.do(chromedp.Click(`#ranking tbody th a`))
	b.await(`location.pathname.includes("/en/unit/") && document.querySelector("h1") !== null`)
	b.do(chromedp.Click(`.tongues a[hreflang=ru]`))
	b.await(`location.pathname.includes("/ru/unit/") && document.documentElement.lang === "ru"`)
	b.scripts(true)
}

// TestFromFolder: the same pages open from a folder, with their looks and scripts,
// ask nothing of any host, and lead to one another.
func TestFromFolder(t *testing.T) {
	browser(t)
	w := theSite(t, "race")
	home := "file://" + filepath.ToSlash(w.dir) + "/"
	b := open(t)
	for _, name := range append(some(t, w), "index.html") {
		t.Run(strings.ReplaceAll(name, "/", "-"), func(t *testing.T) {
			b.t = t
			b.goTo(home + name)
			if !ask[bool](b, `getComputedStyle(document.body).margin === "0px"`) {
				t.Error("the style sheet did not take effect")
			}
			b.quiet(home)
		})
	}
	b.t = t
	b.goTo(home + "ar/ranking.html")
	b.await(`!document.getElementById("finder").hidden`)
	b.do(chromedp.SendKeys(`#q`, "RUS"))
	const found = `document.querySelectorAll("#ranking tbody tr:not([hidden])").length < 20 && document.getElementById("q").value === "RUS"`
	b.await(found)
	b.do(chromedp.Click(`.tongues a[hreflang=zh]`))
	b.await(`location.pathname.endsWith("/zh/ranking.html") && ` + found)
	b.quiet(home)
}

// TestPrint: on paper a page is black on white, whatever the screen, without what
// only a screen can do, and with all that is folded away on it.
func TestPrint(t *testing.T) {
	browser(t)
	w := theSite(t, "race")
	b := open(t)
	for _, name := range some(t, w) {
		t.Run(strings.ReplaceAll(name, "/", "-"), func(t *testing.T) {
			b.t = t
			b.media("print", "dark")
			b.goTo(w.url + "/" + name)
			b.run(`dispatchEvent(new Event("beforeprint"))`)
			wrong := ask[string](b, `(() => {
			  const out = [], seen = (e) => e.checkVisibility();
			  const s = getComputedStyle(document.body);
			  if (s.backgroundColor !== "rgb(255, 255, 255)" || s.color !== "rgb(0, 0, 0)") out.push("the page is " + s.color + " on " + s.backgroundColor);
			  for (const e of document.querySelectorAll(".top nav, .skip, main .switches, .chart-tools, .finder")) if (seen(e)) out.push(e.className + " is printed");
			  const folded = [...document.querySelectorAll("main details:not([open])")].filter(seen).length;
			  if (folded) out.push(folded + " parts stay folded");
			  for (const e of document.querySelectorAll("main .scroll")) if (getComputedStyle(e).overflowX !== "visible") { out.push("a table is cut off: " + e.className); break; }
			  return out.join("; ");
			})()`)
			if wrong != "" {
				t.Error(wrong)
			}
			b.quiet(w.url + "/")
		})
	}
	b.t = t
	b.scheme("light")
}
