package site

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"mizan"
	"mizan/engine"
	"mizan/internal/site/language"
	"mizan/internal/site/publish"
)

// releaseOf is a release of units by rank: a code, or a code and a score.
func releaseOf(date string, codes ...string) *publish.Release {
	r := &publish.Release{Format: 1, Date: date, Project: "p", Title: mizan.Text{"en": "Index & <b>"}, Year: 2023, Hash: date}
	for i, c := range codes {
		r.Units = append(r.Units, publish.Unit{Code: c, Name: mizan.Text{"en": "Unit " + c}, Rank: i + 1, Score: float64(100 - i)})
	}
	return r
}

// releasing is the sample published on a day, after others.
func releasing(date string, past ...*publish.Release) func(*Config) {
	return func(c *Config) {
		c.Release, c.Releases = date, past
		c.Descriptions = nil
		c.Downloads = []Download{{Name: "report.json", Type: "application/json", Write: func(w io.Writer, _ *engine.Report) error {
			_, err := io.WriteString(w, date)
			return err
		}}}
	}
}

// siteOf writes a site with a release as it would lie in its folder.
func siteOf(t *testing.T, change func(*Config)) fstest.MapFS {
	t.Helper()
	config := Config{Written: true, Load: complete, Address: home}
	change(&config)
	s, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	frozen, err := s.Frozen(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	root, err := s.Files(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	there := fstest.MapFS{}
	for _, f := range append(frozen, root...) {
		if there[f.Path] != nil {
			t.Errorf("%s is written twice", f.Path)
		}
		there[f.Path] = &fstest.MapFile{Data: f.Body}
	}
	return there
}

// A release is whole in its folder: its links lead within it, but for those to
// the newest version, which every page has.
func TestFrozen(t *testing.T) {
	files := siteOf(t, releasing("2026-02-01", releaseOf("2026-01-01", "AUT", "BRA")))
	files["releases/2026-01-01/en/index.html"] = &fstest.MapFile{}
	for _, code := range language.Codes() {
		files["releases/2026-01-01/"+code+"/index.html"] = &fstest.MapFile{}
	}
	link := regexp.MustCompile(`(?:href|src|action|data-index)="([^"]*)"`)
	pages := 0
	for name, f := range files {
		if path.Ext(name) != ".html" || name == "404.html" {
			continue
		}
		outside := map[string]bool{}
		for _, m := range link.FindAllStringSubmatch(string(f.Data), -1) {
			u, err := url.Parse(html.UnescapeString(m[1]))
			if err != nil || u.Host != "" || u.Path == "" {
				continue
			}
			to := path.Join(path.Dir(name), u.Path)
			if files[to] == nil {
				t.Errorf("%s leads to %s, which is not there", name, m[1])
			}
			if strings.HasPrefix(name, "releases/") && !strings.HasPrefix(to, "releases/2026-02-01/") {
				outside[to] = true
			}
		}
		within, frozen := strings.CutPrefix(name, "releases/2026-02-01/")
		lang, _, _ := strings.Cut(within, "/")
		if !frozen || !language.Known(lang) {
			continue
		}
		pages++
		want := map[string]bool{within: true, lang + "/releases.html": true, "releases.json": true}
		if !cmp.Equal(outside, want) {
			t.Errorf("%s leads out of its release to %v", name, outside)
		}
		if h := headOf(t, string(f.Data)); h.canonical != home+within {
			t.Errorf("%s says that its newest version is %s", name, h.canonical)
		}
	}
	if pages < 40 {
		t.Errorf("%d pages", pages)
	}
	if files["releases/2026-02-01/robots.txt"] != nil || files["releases/2026-02-01/en/releases.html"] != nil {
		t.Error("a release has what belongs to the root")
	}
	r, err := publish.ParseRelease(files["releases/2026-02-01/release.json"].Data)
	if err != nil {
		t.Fatal(err)
	}
	var order []string
	for _, u := range r.Units {
		order = append(order, u.Code)
	}
	if !slices.Equal(order, []string{"BRA", "AUT", "DOM", "CIV"}) || r.Units[0].Score != 58 || r.Units[0].Rank != 1 || r.Year != 2023 {
		t.Errorf("%+v", r)
	}
}

// The list, releases.json and the feeds tell of the same releases, the newest
// first, in every language, and hold whatever names the project has.
func TestArchive(t *testing.T) {
	files := siteOf(t, releasing("2026-02-01", releaseOf("2025-01-01", "AUT"), releaseOf("2026-01-01", "AUT", "BRA", "DOM", "CIV")))
	var index struct {
		Releases []struct{ Date, Folder string }
	}
	if err := json.Unmarshal(files["releases.json"].Data, &index); err != nil {
		t.Fatal(err)
	}
	var days []string
	for _, r := range index.Releases {
		days = append(days, r.Date)
	}
	if want := []string{"2026-02-01", "2026-01-01", "2025-01-01"}; !slices.Equal(days, want) {
		t.Errorf("releases.json has %v", days)
	}
	for _, code := range language.Codes() {
		var atom struct {
			ID    string `xml:"id"`
			Entry []struct {
				ID      string `xml:"id"`
				Title   string `xml:"title"`
				Updated string `xml:"updated"`
				Content string `xml:"content"`
				Link    struct {
					Href string `xml:"href,attr"`
				} `xml:"link"`
			} `xml:"entry"`
		}
		if err := xml.Unmarshal(files[code+"/releases.atom"].Data, &atom); err != nil {
			t.Fatal(err)
		}
		var rss struct {
			Item []struct {
				Title, Description, Guid, PubDate string
			} `xml:"channel>item"`
		}
		if err := xml.Unmarshal([]byte(regexp.MustCompile(`(title|description|guid|pubDate)\b`).ReplaceAllStringFunc(string(files[code+"/releases.rss"].Data), func(s string) string {
			return strings.ToUpper(s[:1]) + s[1:]
		})), &rss); err != nil {
			t.Fatal(err)
		}
		page := string(files[code+"/releases.html"].Data)
		if len(atom.Entry) != 3 || len(rss.Item) != 3 || strings.Count(page, `<section class="release"`) != 3 {
			t.Fatalf("%s: %d, %d", code, len(atom.Entry), len(rss.Item))
		}
		e := atom.Entry[0]
		if e.ID != home+"releases/2026-02-01/" || e.Updated != "2026-02-01T00:00:00Z" || e.Link.Href != home+"releases/2026-02-01/"+code+"/index.html" || rss.Item[0].Guid != e.ID || rss.Item[0].PubDate != "Sun, 01 Feb 2026 00:00:00 +0000" {
			t.Errorf("%s: %+v", code, e)
		}
		if e.Content != rss.Item[0].Description || strings.Contains(e.Content, "release.") || strings.Contains(e.Content, "<script") {
			t.Errorf("%s: %s", code, e.Content)
		}
	}
	english := string(files["en/releases.html"].Data)
	for _, want := range []string{"Brazil is first, in place of Unit AUT.", "2 ranks of 4 changed.", "Furthest up: Brazil from 2 to 1.", "3 more units: Unit BRA; Unit DOM; Unit CIV.", "First version: 1 unit, Unit AUT first", "1 February 2026", "mizan diff releases/2026-01-01/download/report.json releases/2026-02-01/download/report.json"} {
		if !strings.Contains(english, want) {
			t.Errorf("the list does not say %q", want)
		}
	}
	if foot := string(files["ru/unit/BRA.html"].Data); !strings.Contains(foot, "Выпуск от 1\u00a0февраля 2026\u00a0г. · ") || !strings.Contains(foot, `<link rel="alternate" type="application/atom+xml" href="`+home+`ru/releases.atom">`) {
		t.Error("a page does not say of which release it is")
	}
	if without := published(t, nil); without["releases.json"] != "" || without["en/releases.html"] != "" || without["en/releases.atom"] != "" {
		t.Error("a site without releases has a list of them")
	}
}

// In a browser a page of an older release says that there is a newer, leads to
// the same page there, and to the first page where that is gone; the newest
// release says nothing of the kind.
func TestNewerVersion(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes a while")
	}
	ctx := browser(t)
	first := siteOf(t, releasing("2026-01-01"))
	old, err := publish.ParseRelease(first["releases/2026-01-01/release.json"].Data)
	if err != nil {
		t.Fatal(err)
	}
	files := siteOf(t, releasing("2026-02-01", old))
	for name, f := range first {
		if strings.HasPrefix(name, "releases/2026-01-01/") {
			files[name] = f
		}
	}
	delete(files, "en/unit/CIV.html")
	server := httptest.NewServer(http.FileServerFS(files))
	defer server.Close()
	for _, c := range []struct{ page, leads string }{
		{"releases/2026-01-01/ar/unit/BRA.html", "/ar/unit/BRA.html"},
		{"releases/2026-01-01/en/unit/CIV.html", "/en/index.html"},
		{"releases/2026-02-01/en/unit/BRA.html", ""},
	} {
		tab, cancel := chromedp.NewContext(ctx)
		messages := chromedp.Console(tab)
		if err := chromedp.Do(tab, chromedp.Navigate(server.URL+"/"+c.page)); err != nil {
			t.Fatal(err)
		}
		const shown = `new Promise((done) => { let n = 0; const look = () => { const s = document.querySelector("aside.release .newer"), a = document.querySelector("aside.release .newest"); !s.hidden && n > 3 || n++ > 15 ? done(s.hidden ? "" : new URL(a.href).pathname) : setTimeout(look, 50); }; look(); })`
		leads, err := chromedp.Run(tab, chromedp.Evaluate[string](shown, chromedp.EvalAwaitPromise))
		if err != nil || leads != c.leads {
			t.Errorf("%s leads to %q: %v", c.page, leads, err)
		}
		checkConsole(t, tab, messages, strings.Contains(c.page, "CIV"))
		cancel()
	}
}
