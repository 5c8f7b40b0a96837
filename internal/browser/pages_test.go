package browser

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// auditor is axe-core, which checks a page for barriers; "" if it is not
// installed.
func auditor(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../scripts/validators/node_modules/axe-core/axe.min.js")
	switch {
	case err != nil && os.Getenv("CI") != "":
		t.Fatal("axe-core is not installed; the build machine needs it: sh scripts/validators.sh")
	case err != nil:
		t.Log("axe-core is not installed, so nothing is audited: sh scripts/validators.sh does it, and so does make test")
	}
	return string(text)
}

// each calls look for the largest page of each kind of both sites, in each
// language. Two of them are looked at together.
func each(t *testing.T, look func(b *tab, w written, lang, rest string)) {
	browser(t)
	for site := range sites {
		t.Run(site, func(t *testing.T) {
			w := theSite(t, site)
			all := kinds(t, w)
			for i, k := range slices.Sorted(maps.Keys(all)) {
				spoken := languages
				if site != "race" || strings.Contains(k, "variant/") || strings.HasPrefix(k, "*/") {
					// A small project, other readings and years have pages that are looked at
					// already: one language each will do.
					spoken = languages[i%len(languages):][:1]
				}
				for _, lang := range spoken {
					t.Run(lang+"-"+strings.ReplaceAll(all[k][0], "/", "-"), func(t *testing.T) {
						t.Parallel()
						look(open(t), w, lang, all[k][0])
					})
				}
			}
		})
	}
}

// TestPages: every kind of page in every language loads without a word of the
// console and without asking another host, says in which language it is, has one
// heading of the first order, is free of barriers by day and by night, and fits a
// telephone.
func TestPages(t *testing.T) {
	axe := auditor(t)
	each(t, func(b *tab, w written, lang, rest string) {
		b.goTo(w.url + "/" + lang + "/" + rest)
		dir := map[bool]string{true: "rtl", false: "ltr"}[lang == "ar"]
		if got := ask[string](b, `document.documentElement.lang + " " + getComputedStyle(document.body).direction`); got != lang+" "+dir {
			b.t.Errorf("the page is %s", got)
		}
		if n := ask[int](b, `document.querySelectorAll("h1").length`); n != 1 {
			b.t.Errorf("%d headings of the first order", n)
		}
		if axe != "" {
			b.audit(axe, "light")
			if lang == "ar" { // colours are the same in all languages
				b.scheme("dark")
				b.audit(axe, "dark")
			}
		}
		b.wide(360)
		b.fits()
		b.quiet(w.url + "/")
	})
}

// fits fails if a reader must scroll the page sideways.
func (b *tab) fits() {
	b.t.Helper()
	over := ask[string](b, `(() => {
	  const room = document.documentElement.clientWidth;
	  if (document.documentElement.scrollWidth <= room) return "";
	  const scrolls = (e) => { for (let p = e.parentElement; p && p !== document.body; p = p.parentElement) if (getComputedStyle(p).overflowX !== "visible") return getComputedStyle(e).position !== "absolute" || getComputedStyle(p).position !== "static"; };
	  const wide = [...document.body.querySelectorAll("*")].filter((e) => { const r = e.getBoundingClientRect(); return (r.right > room + 1 || r.left < -1) && r.width > 0 && !scrolls(e); });
	  return (document.documentElement.scrollWidth - room) + " px too wide: " + wide.slice(0, 4).map((e) => e.tagName + "." + e.getAttribute("class") + " " + e.textContent.trim().slice(0, 30)).join("; ");
	})()`)
	if over != "" {
		b.t.Errorf("at 360 px the page is %s", over)
	}
}

// thin leaves four of neighbours that look the same, tags and classes all the way
// down: what is wrong with the fifth row of a table is wrong with the first.
const thin = `(() => {
  const looks = (e) => [e, ...e.querySelectorAll("*")].map((x) => x.tagName + "." + x.getAttribute("class") + [...x.attributes].map((a) => a.name)).join(" ");
  for (const parent of document.querySelectorAll("main *")) {
    if (parent.childElementCount < 12) continue;
    const seen = new Map();
    for (const child of [...parent.children]) {
      const l = looks(child), n = (seen.get(l) || 0) + 1;
      seen.set(l, n);
      if (n > 4 && !["TH", "TD", "THEAD", "TBODY", "DEFS"].includes(child.tagName)) child.remove();
    }
  }
})()`

// audit lets axe-core look at the page. All of it is looked at, also what is
// folded away. Colours alone depend on the scheme.
func (b *tab) audit(axe, scheme string) {
	b.t.Helper()
	rules := `{type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}`
	if scheme == "dark" {
		rules = `{type: "rule", values: ["color-contrast", "link-in-text-block"]}`
	}
	b.run(`document.querySelectorAll("main details").forEach((d) => { d.open = true; }); ` + thin)
	if ask[bool](b, `typeof axe === "undefined"`) {
		ask[string](b, axe+`; ""`)
	}
	text := ask[string](b, `axe.run(document, {runOnly: `+rules+`, resultTypes: ["violations"], elementRef: false}).then((r) => JSON.stringify(r.violations.filter((v) => {
	  // Names are compared letter by letter; the marks that keep directions apart,
	  // which nobody sees or says, count as letters there.
	  if (v.id === "label-content-name-mismatch") v.nodes = v.nodes.filter((n) => !/[\u2066-\u2069]/.test(n.html));
	  return v.nodes.length > 0;
	}).map((v) => ({id: v.id, impact: v.impact, help: v.help, count: v.nodes.length,
	  nodes: v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160) + " — " + [...n.any, ...n.all, ...n.none].map((c) => c.message).join("; ").slice(0, 240))}))))`)
	var found []struct {
		ID, Impact, Help string
		Count            int
		Nodes            []string
	}
	if err := json.Unmarshal([]byte(text), &found); err != nil {
		b.t.Fatal(err)
	}
	for _, f := range found {
		b.t.Errorf("%s, %s: %s (%d): %s", scheme, f.Impact, fmt.Sprint(f.ID, ": ", f.Help), f.Count, strings.Join(f.Nodes, "\n    "))
	}
}
