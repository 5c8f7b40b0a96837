package site

import (
	"compress/gzip"
	"errors"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"mizan"
	"mizan/engine"
)

// newSample serves the report written by hand.
func newSample(t *testing.T) *Site {
	t.Helper()
	s, err := New(Config{
		Load: func(variant string) (*engine.Report, error) {
			if variant == "broken" {
				return nil, mizan.Problems{{
					ID: "unknown-method", Place: mizan.Place{File: "mizan.yaml", Line: 3, Column: 9},
					Cause: `unknown method "minmax"`, Remedy: `did you mean "min-max"?`, Excerpt: "  method: minmax\n          ^",
				}}
			}
			r := sample()
			r.Project.Variant = variant
			return r, nil
		},
		Project: "my index", Version: "1.2.3",
		Downloads: []Download{{Name: "scores.csv", Type: "text/csv; charset=utf-8", Summary: "scores", Write: func(w io.Writer, r *engine.Report) error {
			_, err := io.WriteString(w, "unit,top\n"+r.Project.Variant+"\n")
			return err
		}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// get asks for a page, goes where it is led, and writes the links of the page
// as the addresses that they lead to, without the language and the ending:
// href="/unit/BRA" for href="../unit/BRA.html".
func get(t *testing.T, h http.Handler, target string) (int, string, http.Header) {
	t.Helper()
	w := request(h, target)
	for range 3 {
		if w.Code != http.StatusFound {
			break
		}
		target = w.Header().Get("Location")
		w = request(h, target)
	}
	base, err := url.Parse(target)
	if err != nil {
		t.Fatal(err)
	}
	body := attribute().ReplaceAllStringFunc(w.Body.String(), func(s string) string {
		name, value, _ := strings.Cut(strings.TrimSuffix(s, `"`), `="`)
		to, err := base.Parse(html.UnescapeString(value))
		if err != nil || to.Host != "" || strings.HasPrefix(value, "#") || to.Scheme != "" {
			return s
		}
		p := strings.TrimPrefix(to.EscapedPath(), "/en")
		to.RawPath, to.Path = "", strings.TrimSuffix(strings.TrimSuffix(p, ".html"), "index")
		return name + `="` + html.EscapeString(to.String()) + `"`
	})
	return w.Code, body, w.Header()
}

var attribute = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?:href|action|src)="[^"]*"`) })

func request(h http.Handler, target string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, target, nil))
	return w
}

// order lists the units of the ranking as they are seen on the page.
func order(body string) string {
	var codes []string
	body = regexp.MustCompile(`(?s)<tr data-find="[^"]*" data-groups="[^"]*" hidden>.*?</tr>`).ReplaceAllString(body, "")
	for _, m := range regexp.MustCompile(`<span class="code">([A-Z]{3})</span>`).FindAllStringSubmatch(body, -1) {
		codes = append(codes, m[1])
	}
	return strings.Join(codes, " ")
}

func TestRankingOrder(t *testing.T) {
	s := newSample(t)
	for _, c := range []struct{ target, want string }{
		{"/ranking", "BRA AUT DOM CIV"},
		{"/ranking?dir=desc", "CIV DOM AUT BRA"},
		{"/ranking?year=2022", "AUT BRA DOM CIV"},
		{"/ranking?sort=talent", "AUT DOM BRA CIV"},
		{"/ranking?sort=talent&dir=desc", "CIV BRA DOM AUT"},
		{"/ranking?sort=money", "BRA CIV AUT DOM"},
		{"/ranking?sort=money&dir=desc", "AUT CIV BRA DOM"}, // missing stays last
		{"/ranking?sort=g.income", "AUT BRA DOM CIV"},
		{"/ranking?sort=nonsense", "BRA AUT DOM CIV"},
		{"/ranking?q=COTE+d", "CIV"},
		{"/ranking?q=%D0%90%D0%92%D0%A1%D0%A2%D0%A0", "AUT"},
		{"/ranking?q=bra", "BRA"},
		{"/ranking?q=zzz", ""},
		{"/ranking?g.income=Middle", "BRA DOM CIV"},
		{"/ranking?g.income=Middle&g.region=Africa", "CIV"},
		{"/ranking?g.income=Nobody", "BRA AUT DOM CIV"},
		{"/ranking?variant=intensity", "BRA AUT DOM CIV"},
		{"/?sort=talent", "AUT DOM BRA CIV"}, // the ranking stood on the first page once
		{"/en/variant/intensity/index.html?q=bra", "BRA"},
		{"/2022/?dir=desc", "CIV DOM BRA AUT"},
	} {
		status, body, _ := get(t, s, c.target)
		if status != http.StatusOK || order(body) != c.want {
			t.Errorf("%s: status %d, units %q, want %q", c.target, status, order(body), c.want)
		}
	}
}

func TestRankingSaysWhatItShows(t *testing.T) {
	_, body, _ := get(t, newSample(t), "/ranking?q=a&sort=talent")
	for _, want := range []string{
		`<html lang="en" dir="ltr">`, `<caption id="ranking-caption">`, `<th scope="row">`, `aria-sort="descending"`,
		`href="#main"`, `value="a"`, `name="sort" value="talent"`, "Without a rank", "figures for 1 of 3 indicators",
		`<label for="q">`, "/variant/intensity/ranking?q=a&amp;sort=talent", `href="/2022/ranking?q=a&amp;sort=talent"`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the ranking lacks %q", want)
		}
	}
}

func TestUnitPage(t *testing.T) {
	status, body, _ := get(t, newSample(t), "/unit/BRA")
	if status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	for _, want := range []string{
		"<h1>Brazil", "<b>1</b>", "of 4", "<b>58.0</b>", "Strengths", "Weaknesses", "Neighbours", "In other readings", "Per head",
		"Office of Statistics", "a later year stands in", `<span class="badge">2024</span>`, "150000000", `href="https://example.org/tables"`,
		"Score by year", "2022: 40.0; 2023: 58.0", `id="i-staff"`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page of Brazil lacks %q", want)
		}
	}
	if strings.Contains(body, "javascript:") {
		t.Error("an address that is not of the web became a link")
	}
	if _, body, _ = get(t, newSample(t), "/unit/ERI"); !strings.Contains(body, "No rank in 2023") {
		t.Error("the page of a unit that was screened out does not say so")
	}
}

// The median of funds is 50, its weight 0.4: Brazil with 100 gains 20 points.
// The medians of staff and degrees are 30 and 50, their weights 0.3: Brazil
// with 20 and 40 loses 3 in each.
func TestStrengths(t *testing.T) {
	_, body, _ := get(t, newSample(t), "/unit/BRA")
	text := html.UnescapeString(body)
	for _, want := range []string{
		`<ol class="effects good"><li><a href="#i-funds"><bdi>Funds</bdi></a> <b><bdi>+20.00</bdi></b> <span class="soft">rank 1 of 3</span></li></ol>`,
		`<a href="#i-degrees"><bdi>Degrees</bdi></a> <b><bdi>−3.00</bdi></b>`, `<a href="#i-staff"><bdi>Research staff</bdi></a> <b><bdi>−3.00</bdi></b>`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the page of Brazil lacks %s", want)
		}
	}
}

func TestOtherPages(t *testing.T) {
	s := newSample(t)
	for _, c := range []struct {
		target string
		want   []string
	}{
		{"/indicator/staff", []string{"Research staff", "per million", "One line per unit", "5,432", "No value:", "More is better", "a later year stands in"}},
		{"/indicator/funds", []string{"Less is better", "3.2 billion"}},
		{"/indicator/talent?mark=AUT", []string{"Made of:", "80.0", `class="marked"`}},
		{"/indicator/degrees", []string{"<dt>Denominated</dt><dd>÷ (People / 1,000)</dd>"}},
		{"/indicator/people", []string{"Not part of the score"}},
		{"/methodology", []string{
			"Framework and weights", "60.00%", "min-max", "[0, 100]", "People / 1,000", "conflicting-observations",
			"mizan build &#39;my index&#39; -o out", "0123456789abcdef", "Eritrea", "3 years before",
		}},
		{"/methodology?variant=intensity", []string{"--variant intensity"}},
		{"/data", []string{"CC BY 4.0", "/download/scores.csv", "not scored", `id="o-office"`}},
		{"/problems", []string{"No problems"}},
		{"/healthz", []string{"ok"}},
		{"/download/scores.csv?variant=intensity", []string{"intensity"}},
	} {
		status, body, _ := get(t, s, c.target)
		if status != http.StatusOK {
			t.Errorf("%s: status %d", c.target, status)
		}
		for _, want := range c.want {
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks %q", c.target, want)
			}
		}
	}
}

func TestNotFound(t *testing.T) {
	s := newSample(t)
	for _, c := range []struct{ target, want string }{
		{"/unit/BRZ", `Did you mean <a href="/unit/BRA">BRA</a>`},
		{"/unit/Brazl", `Did you mean <a href="/unit/BRA">Brazil</a>`},
		{"/unit/..%2f..%2fetc%2fpasswd", "There is no unit"},
		{"/unit/%3Cscript%3E", "“&lt;script&gt;”"},
		{"/indicator/stff", `<a href="/indicator/staff">staff</a>`},
		{"/methodolgy", `Did you mean <a href="/methodology">`},
		{"/?year=1999", `<a href="/2022/">2022</a>`},
		{"/?year=x", "There is no page"},
		{"/?variant=intensty", `<a href="/variant/intensity/">`},
		{"/download/scores.xls", `/download/scores.csv`},
		{"/static/../site.go", ""},
		{"/static/..%2fsite.go", ""},
		{"/static/", ""},
	} {
		status, body, _ := get(t, s, c.target)
		moved := status >= 300 && status < 400 && c.want == ""
		if status != http.StatusNotFound && !moved {
			t.Errorf("%s: status %d, want 404", c.target, status)
		}
		if !strings.Contains(body, c.want) {
			t.Errorf("%s lacks %q", c.target, c.want)
		}
	}
}

func TestHostileLabelsStayText(t *testing.T) {
	s := newSample(t)
	for _, target := range []string{
		"/", "/ranking", "/unit/DOM", "/unit/AUT", "/indicator/staff", "/methodology", "/data",
		"/ranking?q=%3Cscript%3Ealert(1)%3C/script%3E", "/unit/%22%3E%3Cscript%3Ealert(1)", "/ranking?g.region=%22%3E%3Cscript%3E", "/ranking?sort=%22onload=x",
	} {
		_, body, _ := get(t, s, target)
		if strings.Contains(body, "<script>") || strings.Contains(body, "ZgotmplZ") || regexp.MustCompile(`<[^>]*" onload=`).MatchString(body) {
			t.Errorf("%s lets a label through as markup", target)
		}
		if regexp.MustCompile(`(?i)<[a-z][^>]* (style|on[a-z]+)=`).MatchString(strings.ReplaceAll(body, "onload=alert(1)", "")) {
			t.Errorf("%s has an inline style or handler, which its own policy forbids", target)
		}
	}
}

func TestMethodsOfHTTP(t *testing.T) {
	s := newSample(t)
	for _, c := range []struct {
		method string
		want   int
	}{{http.MethodHead, http.StatusOK}, {http.MethodPost, http.StatusMethodNotAllowed}, {http.MethodDelete, http.StatusMethodNotAllowed}} {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest(c.method, "/en/", strings.NewReader("q=1")))
		if w.Code != c.want {
			t.Errorf("%s: status %d, want %d", c.method, w.Code, c.want)
		}
		if c.method == http.MethodHead && (w.Body.Len() != 0 || w.Header().Get("Content-Length") == "0") {
			t.Error("HEAD should send the length and no body")
		}
	}
}

func TestHeaders(t *testing.T) {
	s := newSample(t)
	_, body, h := get(t, s, "/")
	if got := h.Get("Content-Security-Policy"); !strings.HasPrefix(got, "default-src 'self';") || strings.Contains(got, "unsafe") {
		t.Errorf("policy %q", got)
	}
	if len(h.Values("Set-Cookie")) > 0 {
		t.Error("a cookie was set")
	}
	r := httptest.NewRequest(http.MethodGet, "/en/", nil)
	r.Header.Set("If-None-Match", h.Get("ETag"))
	w := httptest.NewRecorder()
	if s.ServeHTTP(w, r); w.Code != http.StatusNotModified || w.Body.Len() != 0 {
		t.Errorf("with the same validator: status %d", w.Code)
	}
	r = httptest.NewRequest(http.MethodGet, "/en/", nil)
	r.Header.Set("Accept-Encoding", "br, gzip;q=0.5")
	w = httptest.NewRecorder()
	s.ServeHTTP(w, r)
	z, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := io.ReadAll(z); err != nil || string(plain) != request(s, "/en/").Body.String() {
		t.Errorf("the compressed page differs: %v", err)
	}
	asset := regexp.MustCompile(`/static/style\.[0-9a-f]+\.css`).FindString(body)
	if _, _, h = get(t, s, asset); !strings.Contains(h.Get("Cache-Control"), "immutable") || !strings.HasPrefix(h.Get("Content-Type"), "text/css") {
		t.Errorf("%s: headers %v", asset, h)
	}
}

func TestNothingFromOtherHosts(t *testing.T) {
	s := newSample(t)
	load := regexp.MustCompile(`(?:src|<link[^>]+href|action|srcset)="([^"]+)"`) // get makes them addresses of the site
	for _, target := range []string{"/", "/ranking", "/unit/AUT", "/indicator/staff", "/methodology", "/data"} {
		_, body, _ := get(t, s, target)
		for _, m := range load.FindAllStringSubmatch(body, -1) {
			if !strings.HasPrefix(m[1], "/") || strings.HasPrefix(m[1], "//") {
				t.Errorf("%s loads %s", target, m[1])
			}
		}
	}
}

func TestProblemsArePages(t *testing.T) {
	status, body, _ := get(t, newSample(t), "/?variant=broken")
	for _, want := range []string{"mizan.yaml:3:9", "unknown method &#34;minmax&#34;", "did you mean &#34;min-max&#34;?", "method: minmax"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page of problems lacks %q", want)
		}
	}
	if status != http.StatusInternalServerError {
		t.Errorf("status %d", status)
	}
}

// A project that breaks while it is served keeps its last good build; when it
// is mended, the new build shows.
func TestRebuild(t *testing.T) {
	stamp, title, fails := "1", "Edition one", false
	s, err := New(Config{Stamp: func() string { return stamp }, Load: func(string) (*engine.Report, error) {
		if fails {
			return nil, errors.New("spilt ink")
		}
		r := sample()
		r.Project.Title = mizan.Text{"en": title}
		return r, nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	see := func(want, unwanted string) {
		t.Helper()
		status, body, _ := get(t, s, "/")
		if status != http.StatusOK || !strings.Contains(body, want) || strings.Contains(body, unwanted) {
			t.Errorf("status %d; want %q and not %q", status, want, unwanted)
		}
	}
	see("Edition one", "last good build")
	title = "Edition two"
	see("Edition one", "Edition two")
	stamp = "2"
	see("Edition two", "Edition one")
	stamp, fails = "3", true
	see("last good build", "Edition one")
	if _, body, _ := get(t, s, "/problems"); !strings.Contains(body, "spilt ink") {
		t.Error("the page of problems does not say what is wrong")
	}
	stamp, fails, title = "4", false, "Edition three"
	see("Edition three", "last good build")
}

// A site that is built beforehand is not built again for the first visit.
func TestBuild(t *testing.T) {
	loads, fails := 0, false
	stamp := "1"
	s, err := New(Config{Stamp: func() string { return stamp }, Load: func(string) (*engine.Report, error) {
		loads++
		if fails {
			return nil, errors.New("spilt ink")
		}
		return sample(), nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Build()
	if err != nil || r.Project.ID != sample().Project.ID {
		t.Fatalf("%v", err)
	}
	if status, _, _ := get(t, s, "/"); status != http.StatusOK || loads != 1 {
		t.Errorf("status %d after %d builds", status, loads)
	}
	stamp, fails = "2", true
	if r, err := s.Build(); err == nil || r == nil {
		t.Errorf("a build that fails gives %v and the last good one %v", err, r != nil)
	}
}

// A site whose project has never been built shows the problems everywhere.
func TestNeverBuilt(t *testing.T) {
	s, err := New(Config{Load: func(string) (*engine.Report, error) { return nil, errors.New("no ink") }})
	if err != nil {
		t.Fatal(err)
	}
	for _, target := range []string{"/", "/unit/AUT", "/data", "/nowhere", "/download/scores.csv"} {
		if status, body, _ := get(t, s, target); status != http.StatusInternalServerError || !strings.Contains(body, "no ink") {
			t.Errorf("%s: status %d", target, status)
		}
	}
}
