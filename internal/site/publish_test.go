package site

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"mizan/engine"
	"mizan/internal/site/language"
)

const home = "https://example.org/a%20b/"

// published is the sample as a written site with an address.
func published(t *testing.T, change func(*Config)) map[string]string {
	t.Helper()
	config := Config{
		Written: true, Load: complete, Address: home,
		Downloads: []Download{{Name: "scores.csv", Type: "text/csv", Summary: "scores", Write: func(io.Writer, *engine.Report) error { return nil }}},
		Descriptions: []Description{
			{Name: "a.jsonld", First: true, Write: func(w io.Writer, r *engine.Report, at Published) error {
				return json.NewEncoder(w).Encode(map[string]any{"name": r.Project.Title.In("en"), "lang": at.Lang, "page": at.Page, "files": at.Files[0].Name})
			}},
			{Name: "b.jsonld", Write: func(w io.Writer, _ *engine.Report, _ Published) error {
				_, err := io.WriteString(w, "{}\n")
				return err
			}},
		},
	}
	if change != nil {
		change(&config)
	}
	s, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	files, err := s.Files(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]string{}
	for _, f := range files {
		there[f.Path] = string(f.Body)
	}
	return there
}

// head is what the head of a page says of it.
type head struct {
	meta       map[string]string // by name, property or http-equiv
	canonical  string
	alternates map[string]string
	documents  []string
	first      string // the key of the first meta that is not the character set
}

func headOf(t *testing.T, page string) head {
	t.Helper()
	h := head{meta: map[string]string{}, alternates: map[string]string{}}
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		a := map[string]string{}
		for _, x := range n.Attr {
			a[x.Key] = x.Val
		}
		switch {
		case n.Data == "meta" && a["charset"] == "":
			key := a["name"] + a["property"] + a["http-equiv"]
			if h.first == "" {
				h.first = key
			}
			h.meta[key] = a["content"]
		case n.Data == "link" && a["rel"] == "canonical":
			h.canonical = a["href"]
		case n.Data == "link" && a["rel"] == "alternate" && a["hreflang"] != "":
			h.alternates[a["hreflang"]] = a["href"]
		case n.Data == "script" && a["type"] == "application/ld+json" && n.FirstChild != nil:
			h.documents = append(h.documents, n.FirstChild.Data)
		}
	}
	return h
}

// With an address every page says where it is, in which languages it is there,
// and what it shows; the pages of a set name one another; the sitemap lists them.
func TestPublished(t *testing.T) {
	files := published(t, nil)
	var pages []string
	for name, body := range files {
		lang, rest, _ := strings.Cut(name, "/")
		if path.Ext(name) != ".html" || !language.Known(lang) {
			continue
		}
		pages = append(pages, name)
		h := headOf(t, body)
		if h.canonical != home+name {
			t.Errorf("%s says that it is %s", name, h.canonical)
		}
		if h.meta["og:url"] != h.canonical || h.meta["og:title"] == "" || h.meta["og:site_name"] == "" {
			t.Errorf("%s: the card says %v", name, h.meta)
		}
		for _, code := range language.Codes() {
			if want := code + "/" + rest; h.alternates[code] != home+want || files[want] == "" {
				t.Errorf("%s: in %s it is %s", name, code, h.alternates[code])
			}
		}
		if to := h.alternates["x-default"]; files[strings.TrimPrefix(to, home)] == "" {
			t.Errorf("%s: for all other languages it is %s", name, to)
		}
		if image := h.meta["og:image"]; (image == "") != (fonts() == nil) || image != "" && files[strings.TrimPrefix(image, home)] == "" {
			t.Errorf("%s has the card %q", name, image)
		}
		if said := h.meta["description"]; said == "" || len([]rune(said)) > longestSummary || said != h.meta["og:description"] || strings.Contains(said, "finding.") {
			t.Errorf("%s is described as %q", name, said)
		}
		if h.first != "Content-Security-Policy" || !strings.Contains(h.meta[h.first], "default-src 'self'") || strings.Contains(h.meta[h.first], "unsafe") {
			t.Errorf("%s begins with %s %q", name, h.first, h.meta[h.first])
		}
	}
	slices.Sort(pages)
	var listing struct {
		URL []struct {
			Loc  string `xml:"loc"`
			Link []struct {
				Lang string `xml:"hreflang,attr"`
				Href string `xml:"href,attr"`
			} `xml:"link"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal([]byte(files["sitemap.xml"]), &listing); err != nil {
		t.Fatal(err)
	}
	var listed []string
	for _, u := range listing.URL {
		listed = append(listed, strings.TrimPrefix(u.Loc, home))
		if len(u.Link) != len(language.Codes()) {
			t.Errorf("the sitemap has %s in %d languages", u.Loc, len(u.Link))
		}
	}
	if !slices.Equal(listed, pages) {
		t.Errorf("the sitemap lists %d pages of %d", len(listed), len(pages))
	}
	if !strings.Contains(files["robots.txt"], "\nSitemap: "+home+"sitemap.xml\n") {
		t.Errorf("robots.txt: %s", files["robots.txt"])
	}
	for _, code := range language.Codes() {
		if !strings.Contains(files["404.html"], `href="/a%20b/`+code+`/index.html"`) {
			t.Errorf("404.html does not lead to %s", code)
		}
	}
}

// What a page says of itself is its own finding, in its own language.
func TestFindings(t *testing.T) {
	files := published(t, nil)
	for _, c := range []struct{ page, want string }{
		{"en/unit/BRA.html", "Brazil ranks 1 of 4 in Sample"},
		{"en/unit/BRA.html", "with a score of 58.0"},
		{"en/unit/ERI.html", "Eritrea has no rank in"},
		{"ru/unit/AUT.html", "Австрия: 2-е место из 4"},
		{"en/indicator/funds.html", "Funds: Brazil is first of 3 units"},
		{"zh/data.html", "的全部数据"},
		{"ar/methodology.html", "كيف يُحسب"},
	} {
		if said := headOf(t, files[c.page]).meta["description"]; !strings.Contains(said, c.want) {
			t.Errorf("%s is described as %q, without %q", c.page, said, c.want)
		}
	}
}

// The documents on the data are JSON, whatever the project says, and stand in
// the pages that are for them.
func TestDescriptions(t *testing.T) {
	files := published(t, nil)
	for page, want := range map[string]int{"ar/index.html": 1, "ar/data.html": 2, "ar/unit/BRA.html": 0, "ar/2022/index.html": 0, "ar/variant/intensity/index.html": 0} {
		documents := headOf(t, files[page]).documents
		if len(documents) != want {
			t.Errorf("%s has %d documents", page, len(documents))
			continue
		}
		if want == 0 {
			continue
		}
		var said struct{ Name, Lang, Page, Files string }
		if err := json.Unmarshal([]byte(documents[0]), &said); err != nil {
			t.Errorf("%s: %v", page, err)
		}
		if said.Name != "Sample "+hostile || said.Lang != "ar" || said.Page != home+page || said.Files != home+"download/scores.csv" {
			t.Errorf("%s says %+v", page, said)
		}
	}
	if files["b.jsonld"] != "{}\n" {
		t.Errorf("the file says %q", files["b.jsonld"])
	}
	fails := func(io.Writer, *engine.Report, Published) error { return errors.New("no ink") }
	s, err := New(Config{Written: true, Load: complete, Descriptions: []Description{{Name: "c.jsonld", Write: fails}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Files(context.Background()); err == nil || !strings.Contains(err.Error(), "no ink") {
		t.Errorf("a document that cannot be written: %v", err)
	}
}

// Without an address nothing on the pages or beside them claims one.
func TestUnaddressed(t *testing.T) {
	files := published(t, func(c *Config) { c.Address = "" })
	for _, name := range []string{"sitemap.xml", "404.html", "a.jsonld"} {
		if _, ok := files[name]; ok {
			t.Errorf("%s is written", name)
		}
	}
	if strings.Contains(files["robots.txt"], "Sitemap") {
		t.Errorf("robots.txt: %s", files["robots.txt"])
	}
	h := headOf(t, files["en/unit/BRA.html"])
	if h.canonical != "" || h.meta["og:url"] != "" || h.alternates["ru"] != "../../ru/unit/BRA.html" {
		t.Errorf("%+v", h)
	}
	if to := headOf(t, files["ru/index.html"]).alternates["x-default"]; to != "../index.html" {
		t.Errorf("the first page in any language is %s", to)
	}
}

// A page that is served asks its reader's browser for the language; errors are
// not for search engines.
func TestServedManners(t *testing.T) {
	s := newSample(t)
	h := headOf(t, request(s, "/en/unit/BRA.html").Body.String())
	if h.alternates["x-default"] != "../../unit/BRA" || h.meta["Content-Security-Policy"] != "" || h.canonical != "" {
		t.Errorf("%+v", h)
	}
	if h := headOf(t, request(s, "/en/unit/NOBODY.html").Body.String()); h.meta["robots"] != "noindex" || len(h.alternates) > 0 {
		t.Errorf("%+v", h)
	}
}

func TestParseAddress(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"https://example.org", "https://example.org/"},
		{" http://example.org/a b/ ", "http://example.org/a%20b/"},
		{"https://пример.рф/индекс//", "https://%D0%BF%D1%80%D0%B8%D0%BC%D0%B5%D1%80.%D1%80%D1%84/%D0%B8%D0%BD%D0%B4%D0%B5%D0%BA%D1%81/"},
		{"example.org", ""},
		{"ftp://example.org", ""},
		{"https://", ""},
		{"https://me@example.org/", ""},
		{"https://example.org/?a=b", ""},
		{"https://example.org/#a", ""},
		{"https://exa mple.org", ""},
		{"javascript:alert(1)", ""},
		{"", ""},
	} {
		got, err := ParseAddress(c.in)
		if got != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%q is %q, %v", c.in, got, err)
		}
	}
}
