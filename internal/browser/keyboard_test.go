package browser

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// recorder keeps, in the page, what gets the focus: how it is called, and whether
// one can see that it has it.
const recorder = `(() => {
  window.focused = [];
  document.addEventListener("focusin", ({target: e}) => {
    const s = getComputedStyle(e), r = e.getBoundingClientRect();
    const ring = s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 1 ||
      e instanceof SVGElement && [e, ...e.children].map((x) => getComputedStyle(x)).some((c) => c.stroke !== "none" && parseFloat(c.strokeWidth) >= 2);
    focused.push({
      path: [e.tagName.toLowerCase(), e.id && "#" + e.id, [...e.classList].map((c) => "." + c).join(""), e.dataset.does || ""].join(""),
      sign: [...document.querySelectorAll("*")].indexOf(e),
      shown: ring && (r.width > 0 && r.height > 0),
      on: window.wanted.filter((w) => e.matches(w)),
    });
  });
})()`

type focus struct {
	Path  string
	Sign  int
	Shown bool
	On    []string
}

// walked presses Tab until the focus is back at the start, and tells where it was.
func (b *tab) walked(wanted []string) []focus {
	b.t.Helper()
	list, err := json.Marshal(wanted)
	if err != nil {
		b.t.Fatal(err)
	}
	b.run(`window.wanted = ` + string(list) + `; ` + recorder)
	var seen []focus
	for len(seen) < 700 {
		before := len(seen)
		for range 25 {
			b.press(kb.Tab)
		}
		if err := json.Unmarshal([]byte(ask[string](b, `JSON.stringify(focused)`)), &seen); err != nil {
			b.t.Fatal(err)
		}
		if at := slices.IndexFunc(seen[1:], func(f focus) bool { return f.Sign == seen[0].Sign }); at >= 0 {
			return seen[:at+1]
		}
		if len(seen) == before {
			b.t.Fatalf("the focus stays at %s", seen[before-1].Path)
		}
	}
	b.t.Fatalf("after %d steps the focus is not back: %v", len(seen), seen[len(seen)-5:])
	return nil
}

// TestKeyboard: with the Tab key alone one reaches everything that can be worked,
// sees where one is, and comes out again; the first stop leads past the menu.
func TestKeyboard(t *testing.T) {
	browser(t)
	frame := []string{".skip", ".brand", ".tongues a", ".pages a, .pages summary"}
	for _, c := range []struct {
		site, page string
		wanted     []string
	}{
		{"small", "en/ranking.html", []string{"#q", "#finder select", "th button.sort", "tbody th a", ".switch a"}},
		{"small", "ar/ranking.html", []string{"#q", "#finder select", "th button.sort", "tbody th a"}},
		{"small", "en/weigh.html", []string{"#equal", "#reset", "input[type=range]", "#share", "summary"}},
		{"small", "en/map.html", []string{"#fig-world [data-does=csv]", "#fig-world [data-does=svg]", "#fig-world [data-does=png]", "#fig-world [data-does=cite]", "#fig-world [data-does=embed]", ".chart-table summary"}},
		{"small", "ru/unit/BRA.html", []string{"details.trail > summary"}},
		{"race", "en/alliances.html", []string{"#build-unit", "#build-start", "td a, th a"}},
		{"race", "en/network.html", []string{"#graph-unit", "#graph-least", ".graph-key-pick input", "#graph circle", "[data-does=csv]"}},
		{"race", "ar/supply.html", []string{".end", "[data-does=svg]"}},
		{"race", "en/compare.html", []string{"#choose input", "#x", "#y", "[data-does=cite]"}},
	} {
		t.Run(c.site+"/"+strings.ReplaceAll(c.page, "/", "-"), func(t *testing.T) {
			b := open(t)
			w := theSite(t, c.site)
			b.goTo(w.url + "/" + c.page)
			b.quick(c.page)
			wanted := append(slices.Clone(frame), c.wanted...)
			found := map[string]bool{}
			for i, f := range b.walked(wanted) {
				for _, on := range f.On {
					found[on] = true
				}
				if i == 0 && !slices.Contains(f.On, ".skip") {
					t.Errorf("the first stop is %s", f.Path)
				}
				if !f.Shown {
					t.Errorf("one cannot see that %s has the focus", f.Path)
				}
			}
			for _, s := range wanted {
				if !found[s] {
					t.Errorf("%s cannot be reached", s)
				}
			}
			b.run(`document.activeElement.blur(); scrollTo(0, 0)`)
			b.run(`document.querySelector(".skip").focus()`)
			b.await(`document.querySelector(".skip").getBoundingClientRect().top >= 0`)
			b.press(kb.Enter)
			b.await(`document.activeElement.id === "main"`)
			b.quiet(w.url + "/")
		})
	}
}

// quick waits until the script of a page is at work.
func (b *tab) quick(page string) {
	b.t.Helper()
	for part, sign := range map[string]string{
		"weigh.":     `document.getElementById("weigh").dataset.ready === ""`,
		"alliances.": `document.getElementById("build").dataset.ready === ""`,
		"network.":   `document.getElementById("graph").dataset.ready === ""`,
		"ranking.":   `!document.getElementById("finder").hidden`,
		"compare.":   `!document.getElementById("choose").hidden`,
	} {
		if strings.Contains(page, part) {
			b.await(sign)
		}
	}
}

// TestMenuByKeyboard: a group of the menu opens by Enter, shows its pages, and
// closes by Escape with the focus where it was.
func TestMenuByKeyboard(t *testing.T) {
	w := theSite(t, "small")
	for _, lang := range languages[:2] {
		b := open(t)
		b.goTo(fmt.Sprintf("%s/%s/index.html", w.url, lang))
		b.run(`document.querySelector(".pages summary").focus()`)
		b.press(kb.Enter)
		b.await(`document.querySelector(".pages details").open`)
		b.press(kb.Tab)
		if !ask[bool](b, `document.activeElement.matches(".pages details[open] a") && document.activeElement.getBoundingClientRect().height > 20`) {
			t.Errorf("%s: the pages of the group cannot be reached", lang)
		}
		b.press(kb.Escape)
		b.await(`!document.querySelector(".pages details").open && document.activeElement.matches(".pages summary")`)
		b.quiet(w.url + "/")
	}
}
