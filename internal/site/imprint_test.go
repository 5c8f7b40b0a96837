package site

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"mizan"
	"mizan/engine"
	"mizan/internal/site/language"
	"mizan/spec"
)

// signed is a site of the sample with an imprint, whose names are as hostile as
// those of units.
func signed(t *testing.T, i spec.Imprint) *Site {
	t.Helper()
	s, err := New(Config{
		Load: func(string) (*engine.Report, error) {
			r := sample()
			r.Project.Imprint = i
			return r, nil
		},
		Version: "1.2.3", Address: "https://example.org/pages/", Release: "2026-11-25",
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func imprint() spec.Imprint {
	return spec.Imprint{
		Authors: []spec.Author{
			{Name: mizan.Text{"en": "Ada Lovelace", "ru": "Ада Лавлейс"}, Family: mizan.Text{"en": "Lovelace"}, ORCID: "0000-0002-1825-0097", Affiliation: mizan.Text{"": hostile}},
			{Name: mizan.Text{"": hostile + "\\ {x} \u202e"}, Organisation: true},
		},
		Publisher: spec.Body{Name: mizan.Text{"en": "Index House", "zh": "指数出版社"}, URL: "https://example.org/house"},
		Licence:   "CC-BY-4.0", Version: "2026.1", Date: "2026-03-01", Since: "2019", DOI: "10.5281/zenodo.1234567",
		Contact: spec.Contact{Email: "desk@example.org"}, Funding: []spec.Grant{{Name: mizan.Text{"": "Science Fund"}, Grant: "A-17"}},
	}
}

// The page about the index names authors, publisher and licence, and every foot
// the publisher and the licence.
func TestImprintOnPages(t *testing.T) {
	s := signed(t, imprint())
	for path, wants := range map[string][]string{
		"/en/about": {
			"Ada Lovelace and ", "(2026): Sample ", "Version 2026.1. Index House. Composite index, computed by Mizan 1.2.3.", "https://doi.org/10.5281/zenodo.1234567", "author    = {{Lovelace}, Ada and {",
			"publisher = {Index House}", "doi       = {10.5281/zenodo.1234567}", `href="https://orcid.org/0000-0002-1825-0097"`, `href="https://creativecommons.org/licenses/by/4.0/"`, "1 March 2026", `href="mailto:desk@example.org"`,
			"Science Fund", `href="https://example.org/house"`, `<meta name="author" content="Index House">`, `<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">`, "Name the authors",
		},
		"/ru/about":   {"Ада Лавлейс", "марта", "Первая публикация"},
		"/zh/ranking": {"指数出版社", "得分与文字："},
		"/en/ranking": {`<bdi>Index House</bdi> · Scores and texts: <a href="https://creativecommons.org/licenses/by/4.0/">CC-BY-4.0</a>`},
		"/en/":        {"data-creators=\"Lovelace|Ada\n"},
	} {
		status, body, _ := get(t, s, path)
		if status != http.StatusOK {
			t.Errorf("%s: status %d", path, status)
		}
		for _, want := range wants {
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks %q", path, want)
			}
		}
		if strings.Contains(body, "<script>alert") || strings.Contains(body, "\u202e") {
			t.Errorf("%s: a hostile author gets through", path)
		}
	}
}

// A project that says nothing of its makers gets none.
func TestNoImprint(t *testing.T) {
	_, body, _ := get(t, signed(t, spec.Imprint{}), "/en/about")
	for _, never := range []string{`class="facts imprint"`, `name="author"`, `rel="license"`, "author    =", "data-creators", "Name the authors"} {
		if strings.Contains(body, never) {
			t.Errorf("the page has %q", never)
		}
	}
}

// A sentence of the project's own stands in place of the citation that would be
// made.
func TestOwnCitation(t *testing.T) {
	i := imprint()
	i.Citation = mizan.Text{"en": "Cite it as the House says."}
	if _, body, _ := get(t, signed(t, i), "/en/about"); !strings.Contains(body, "Cite it as the House says. Composite index, computed by Mizan") {
		t.Error("the citation of the project is not on the page")
	}
}

// Feeds name who publishes the index, and its licence.
func TestImprintInFeeds(t *testing.T) {
	s := signed(t, imprint())
	list, err := s.released()
	if err != nil {
		t.Fatal(err)
	}
	var atom, rss bytes.Buffer
	f := s.feed(language.Speak("en"), list)
	f.Atom(&atom)
	f.RSS(&rss)
	for text, want := range map[string]string{atom.String(): "<author><name>Index House</name></author>\n<rights>CC-BY-4.0</rights>", rss.String(): "<copyright>Index House, CC-BY-4.0</copyright>"} {
		if !strings.Contains(text, want) {
			t.Errorf("the feed lacks %s:\n%s", want, text)
		}
	}
	var plain bytes.Buffer
	if signed(t, spec.Imprint{}).feed(language.Speak("en"), list).Atom(&plain); !strings.Contains(plain.String(), "<author><name>Mizan</name></author>\n<entry>") {
		t.Errorf("without an imprint:\n%s", plain.String())
	}
}

// The citation that a chart offers names the authors of the project, divided as
// BibTeX and RIS have them.
func TestChartNamesAuthors(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes a while")
	}
	ctx := browser(t)
	i := imprint()
	i.Authors[1].Name = mizan.Text{"": "Index Institute, Geneva"}
	server := httptest.NewServer(signed(t, i))
	defer server.Close()
	tab := openTab(t, ctx, server.URL+"/en/")
	await(t, tab, `document.querySelector("[data-does=cite]") !== null`)
	cite := ask[string](t, tab, `(() => { const b = document.querySelector("[data-does=cite]"); b.click(); return b.closest("figure").querySelector(".chart-text").value; })()`)
	for _, part := range []string{"Ada Lovelace, Index Institute, Geneva. ", "author       = {{Lovelace}, Ada and {Index Institute, Geneva}},", "AU  - Lovelace, Ada\nAU  - Index Institute, Geneva\n"} {
		if !strings.Contains(cite, part) {
			t.Errorf("the citation lacks %q:\n%s", part, cite)
		}
	}
}
