package site

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io/fs"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"golang.org/x/net/html"

	"mizan/engine"
	"mizan/internal/site/address"
	"mizan/internal/site/language"
)

// wild are names that try to be more than names.
var wild = []string{
	`<script>document.title="taken"</script>`,
	`"><img src=x onerror="document.title='taken'">`,
	`</title></script></style><svg onload=alert(1)>`,
	`' onmouseover='alert(1)' x='`,
	`back\slash\" \u003cscript\u003e {{.}} ${x} %s %n`,
	"evil \u202Egnp.exe\u202C left \u2066open", // overrides and an isolate left open
	"\u200Fright\u200E and \u202B embedded",
	`=cmd|' /C calc'!A0`, `+1+2`, `-2+3`, `@SUM(A1)`,
	"\u0627\u0644\u0639\u0631\u0628\u064A\u0629 mixed \u4E2D\u6587 \U0001F40E e\u0301\u0323\u0323\u0323",
	"zero\u200Bwidth\uFEFFjoin\u200Ded",
	`&lt;b&gt; &amp; &#x3c;`, `javascript:alert(1)`, `]]>--><!--`,
	strings.Repeat("long ", 2000), strings.Repeat("unbroken", 1250), strings.Repeat("\u5B57", 10000),
}

// wildCodes are codes that try to be more than codes.
var wildCodes = []string{
	`../x`, `...`, `CON`, `con`, `NUL.txt`, `a b`, `%2f`, `%2e%2e%2f`, `a/b`, `/etc/passwd`, `C:\x`, `a?b#c`, `~2e`, `~~`, `<b>`, `"q"`, `'q'`, `index`, `index.html`,
	"\u0631\u0648\u0633", "\u4E2D", "\U0001F40E", `-rf`, `=1+1`, `trailing.`, strings.Repeat("x", 80), strings.Repeat("\u5B57", 26), strings.Repeat("<", 80), `variant`, `2023`, `en`, `A&B`, `a+b`,
}

// wildProject is a project of many units and indicators whose names and codes are
// hostile, every file of it as a user could have written it.
func wildProject(units, indicators int) fstest.MapFS {
	quoted := func(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
	yaml := func(s string) string { return strconv.Quote(s) }
	var u, o, p strings.Builder
	u.WriteString("unit,name,name:ar,region\n")
	o.WriteString("unit,indicator,year,value\n")
	for i := range units {
		code := fmt.Sprintf("U%04d", i)
		if i%7 == 0 && i/7 < len(wildCodes) {
			code = wildCodes[i/7]
		}
		fmt.Fprintf(&u, "%s,%s,%s,%s\n", quoted(code), quoted(wild[i%len(wild)]+fmt.Sprint(" ", i)), quoted(wild[(i+5)%len(wild)]), quoted(wild[i%6]))
		for k := range indicators {
			fmt.Fprintf(&o, "%s,i%d,2023,%g\n", quoted(code), k, math.Round(1e4*math.Abs(math.Sin(float64(i*31+k*7))))/10)
		}
	}
	fmt.Fprintf(&p, "mizan: 1\nid: wild\ntitle: {en: %s, ar: %s}\ndescription: {en: %s}\nperiod: {year: 2023}\nunits: {file: units.csv}\nobservations: [{file: observations.csv, origin: office}]\norigins: {file: origins.yaml}\nindicators:\n",
		yaml(wild[0]), yaml(`<b>`+wild[11]), yaml(wild[2]+" "+wild[14]))
	for k := range indicators {
		fmt.Fprintf(&p, "  i%d: {name: {en: %s}, measure: %s}\n", k, yaml(wild[k%len(wild)]), yaml(wild[(k+3)%16]))
	}
	p.WriteString("framework:\n  code: top\n  name: {en: Top}\n  children:\n")
	for part := range 3 {
		fmt.Fprintf(&p, "    - code: part%d\n      name: {en: %s}\n      children: [", part, yaml(wild[part]))
		for k := part; k < indicators; k += 3 {
			if k > part {
				p.WriteString(", ")
			}
			fmt.Fprintf(&p, "{code: i%d}", k)
		}
		p.WriteString("]\n")
	}
	p.WriteString("build: {normalise: {method: min-max, to: [0, 100]}}\nuncertainty: {draws: 200, seed: 1, vary: [{weights: {spread: 0.25}}]}\n")
	origins := "office: {publisher: " + yaml(wild[1]) + ", title: " + yaml(wild[3]) + ", licence: " + yaml(wild[0]) + ", url: 'javascript:alert(1)', year: 2024}\n"
	return fstest.MapFS{
		"mizan.yaml": {Data: []byte(p.String())}, "units.csv": {Data: []byte(u.String())},
		"observations.csv": {Data: []byte(o.String())}, "origins.yaml": {Data: []byte(origins)},
	}
}

// wildSite is the site of a hostile project.
func wildSite(t testing.TB, units, indicators int, written bool) *Site {
	t.Helper()
	files := wildProject(units, indicators)
	s, err := New(Config{Written: written, Address: "https://example.org/", Load: func(variant string) (*engine.Report, error) {
		r, err := engine.Run(engine.Input{Name: "mizan.yaml", Text: files["mizan.yaml"].Data, Files: files, Variant: variant})
		if err != nil {
			return nil, err
		}
		return r.Complete(), nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Build(); err != nil {
		t.Fatal(err)
	}
	return s
}

// checkWhole holds a page against what a hostile name could do to it: elements
// that are not ours or not closed, scripts, handlers and addresses that run, text
// that turns the direction of what follows.
func checkWhole(t *testing.T, name, page string) {
	t.Helper()
	var open []string
	bad := func(format string, args ...any) { t.Errorf("%.80s: "+format, append([]any{name}, args...)...) }
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		token := z.Token()
		switch kind {
		case html.StartTagToken, html.SelfClosingTagToken:
			checkElement(bad, token)
			if kind == html.StartTagToken && !slices.Contains(voids, token.Data) {
				open = append(open, token.Data)
			}
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != token.Data {
				bad("</%s> closes %v", token.Data, open)
				return
			}
			open = open[:len(open)-1]
		case html.CommentToken:
			bad("the comment %.60q", token.Data)
		case html.TextToken:
			if len(open) > 0 && open[len(open)-1] == "script" {
				continue // data, which scripts set as text
			}
			checkText(bad, token.Data)
		}
	}
	if len(open) > 0 {
		bad("%v are not closed", open)
	}
}

var (
	voids = []string{"meta", "link", "input", "br", "hr", "wbr", "col"}
	// strange are elements that no page of ours has.
	strange = []string{"img", "iframe", "object", "embed", "base", "style", "animate", "set", "foreignobject", "math", "audio", "video", "textarea"}
)

func checkElement(bad func(string, ...any), token html.Token) {
	if slices.Contains(strange, token.Data) {
		bad("<%s>", token.Data)
	}
	a := map[string]string{}
	for _, x := range token.Attr {
		if _, twice := a[x.Key]; twice {
			bad("<%s> has %s twice", token.Data, x.Key)
		}
		a[x.Key] = x.Val
		if strings.HasPrefix(x.Key, "on") || x.Key == "style" || x.Key == "srcdoc" {
			bad("<%s %s=%.60q>", token.Data, x.Key, x.Val)
		}
		if x.Key == "href" || x.Key == "src" || x.Key == "action" {
			u, err := url.Parse(x.Val)
			if err != nil || u.Scheme != "" && u.Scheme != "https" && u.Scheme != "http" {
				bad("<%s %s=%.60q>", token.Data, x.Key, x.Val)
			}
		}
		checkText(bad, x.Val)
	}
	if token.Data == "script" && a["type"] == "" && !strings.Contains(a["src"], "static/") {
		bad("a script of the page's own: %v", a)
	}
}

func checkText(bad func(string, ...any), text string) {
	isolates := 0
	for _, r := range text {
		switch {
		case r >= '\u202A' && r <= '\u202E':
			bad("U+%04X in %.80q", r, text)
			return
		case r >= '\u2066' && r <= '\u2068':
			isolates++
		case r == '\u2069':
			isolates--
		case r != '\n' && r != '\t' && unicode.IsControl(r):
			bad("U+%04X in %.80q", r, text)
			return
		}
	}
	if isolates != 0 {
		bad("an isolate is left open in %.80q", text)
	}
}

// wander draws up to some pages of each kind in each language, each the first
// ones that links lead to.
func wander(t *testing.T, s *Site, ofKind int) map[string][]byte {
	t.Helper()
	drawn := map[string]int{}
	seen := map[string]bool{}
	pages := map[string][]byte{}
	var queue []address.Place
	follow := func(p address.Place) {
		kind, _, _ := strings.Cut(p.Page, "/")
		kind = p.Lang + " " + kind
		if path := p.Path(); !seen[path] && drawn[kind] < ofKind {
			seen[path] = true
			drawn[kind]++
			queue = append(queue, p)
		}
	}
	for _, l := range language.Codes() {
		follow(address.Place{Lang: l})
	}
	for len(queue) > 0 {
		p := queue[0]
		queue = queue[1:]
		body, err := s.draw(t.Context(), p, follow)
		if err != nil {
			t.Errorf("%.300s", err)
			continue
		}
		pages[p.Path()] = body
	}
	return pages
}

// Whatever units and indicators are called, pages stay whole: nothing of a name
// becomes an element, a script or an address that runs, none turns the text after
// it, and none makes a page boundless.
func TestHostile(t *testing.T) {
	checkHostile(t, wildSite(t, 600, 30, true), 8)
}

// The same of an index of 5,000 units: its tables are in parts, and no page is
// larger for it.
func TestHostileMany(t *testing.T) {
	if testing.Short() {
		t.Skip("5,000 units take a while")
	}
	s := wildSite(t, 5000, 30, true)
	checkHostile(t, s, 1)
	body, err := s.draw(t.Context(), address.Place{Lang: "en", Page: "ranking/page/10"}, nil)
	if err != nil || !strings.Contains(string(body), "Rows 4,501 to 5,000 of 5,000") {
		t.Errorf("the last part of the ranking: %v", err)
	}
}

// checkHostile draws pages of each kind and checks them.
func checkHostile(t *testing.T, s *Site, ofKind int) {
	t.Helper()
	pages := wander(t, s, ofKind)
	kinds := map[string]int{}
	for name, body := range pages {
		if !strings.HasSuffix(name, address.Ending) {
			checkFile(t, name, body)
			continue
		}
		kind := strings.Split(strings.TrimSuffix(name, address.Ending), "/")[1]
		kinds[kind] = max(kinds[kind], len(body))
		checkWhole(t, name, string(body))
		checkName(t, name)
		if len(body) > 2_000_000 {
			t.Errorf("%.80s has %d bytes", name, len(body))
		}
	}
	t.Log(len(pages), "pages; the largest of each kind:", kinds)
	for _, kind := range []string{"index", "ranking", "unit", "indicator", "weigh", "uncertainty", "methodology", "data"} {
		if kinds[kind] == 0 {
			t.Errorf("no page of the kind %s was drawn", kind)
		}
	}
}

// checkFile holds a file to download against what a spreadsheet would compute: no
// text of a CSV begins as a formula does, save codes, which are keys and stay.
func checkFile(t *testing.T, name string, body []byte) {
	t.Helper()
	if !strings.HasSuffix(name, ".csv") {
		return
	}
	rows, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
	if err != nil {
		t.Errorf("%s: %v", name, err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if _, err := strconv.ParseFloat(cell, 64); err != nil && cell != "" && !slices.Contains(wildCodes, cell) && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				t.Errorf("%s has the cell %.60q", name, cell)
				return
			}
		}
	}
}

// devices are names that Windows takes for devices, whatever their ending.
var devices = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])$`)

// checkName holds the name of a file against what file systems and hosts take.
func checkName(t *testing.T, name string) {
	t.Helper()
	for _, part := range strings.Split(name, "/") {
		stem, _, _ := strings.Cut(part, ".")
		if part == "" || part == "." || part == ".." || len(part) > 255 || strings.ContainsAny(part, `\:*?"<>|%`) || strings.HasSuffix(part, ".") || strings.HasSuffix(part, " ") || devices.MatchString(stem) || !fs.ValidPath(part) {
			t.Errorf("the name of a file is %q", name)
		}
	}
}

// Each code leads to its page when served too.
func TestHostileAddresses(t *testing.T) {
	s := wildSite(t, 300, 3, false)
	for _, code := range wildCodes {
		checkName(t, address.Place{Lang: "en", Page: "unit/" + address.Segment(code)}.Path())
		w := request(s, "/"+(&url.URL{Path: address.Place{Lang: "en", Page: "unit/" + address.Segment(code)}.Path()}).EscapedPath())
		if w.Code != http.StatusOK || !strings.Contains(html.UnescapeString(w.Body.String()), code) {
			t.Errorf("%q: status %d", code, w.Code)
		}
	}
}

// An address that is no text leads nowhere.
func TestAddressThatIsNoText(t *testing.T) {
	s := newSample(t)
	for _, path := range []string{"/en/unit/%ff.html", "/%ff", "/en/variant/%c3%28/index.html"} {
		if w := request(s, path); w.Code != http.StatusNotFound && w.Code != http.StatusFound {
			t.Errorf("%s: status %d", path, w.Code)
		}
	}
}

// In a browser hostile names run nothing, ask for nothing, and make no page wider
// than a telephone.
func TestHostileBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes a while")
	}
	ctx := browser(t)
	s := wildSite(t, 300, 12, false)
	server := httptest.NewServer(s)
	defer server.Close()
	unit := func(lang, code string) string {
		return "/" + address.Relative("", address.Place{Lang: lang, Page: "unit/" + address.Segment(code)}.Path())
	}
	for _, target := range []string{
		"/en/index.html", "/ar/index.html", "/en/ranking.html", "/ar/ranking.html", unit("en", "<b>"), unit("ar", `../x`), unit("zh", strings.Repeat("x", 80)),
		"/en/indicator/part0.html", "/ru/indicator/i1.html", "/en/weigh.html", "/en/uncertainty.html", "/ar/data.html", "/en/methodology.html",
	} {
		t.Run(target, func(t *testing.T) {
			visitPage(t, ctx, server.URL, target, look{360, "light", true})
		})
	}
}
