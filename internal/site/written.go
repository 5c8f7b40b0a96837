package site

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"html"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"

	"mizan/internal/site/address"
	"mizan/internal/site/language"
	"mizan/internal/site/publish"
)

// kept tells which pages a written site has in every reading and year: a page of
// each unit in each of them would be too much. Links to all others lead to the
// project as written, in its last year.
func kept(page string) (reading, year bool) {
	switch page = unpaged(page); {
	case page == "", page == "ranking":
		return true, true
	case page == "alliances", page == "compare", page == "methodology", page == "uncertainty", page == "weigh", strings.HasPrefix(page, "download/"):
		return true, false
	}
	return false, false
}

// shown is the place that stands in for one that a link leads to.
func (s *Site) shown(p address.Place) address.Place {
	if !s.config.Written {
		return p
	}
	reading, year := kept(p.Page)
	if !reading {
		p.Variant = ""
	}
	if !year {
		p.Year = ""
	}
	return p
}

// Files makes every page of the site as a file: what the first page of each
// language leads to, however far, and what the program has of its own. The
// files are in the order of their paths, and the same bytes each time. The
// site must have been made to be written.
//
// Errors: that of a reading which cannot be built; a page that cannot be drawn;
// that of ctx.
func (s *Site) Files(ctx context.Context) ([]publish.File, error) {
	base, err := s.builds.get("")
	if err != nil {
		return nil, err
	}
	for _, variant := range base.book.variantCodes() {
		if _, err := s.builds.get(variant); err != nil {
			return nil, err
		}
	}
	w := &writer{site: s, ctx: ctx, seen: map[string]bool{}}
	w.more.L = &w.mu
	for _, code := range language.Codes() {
		w.follow(address.Place{Lang: code})
	}
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(w.work)
	}
	all.Wait()
	if err := cmp.Or(w.err, ctx.Err()); err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(s.assets)) {
		w.files = append(w.files, publish.File{Path: s.assets[name].path, Body: s.assets[name].body})
	}
	w.files = append(w.files, publish.File{Path: "index.html", Body: s.welcome(base.book)})
	more, err := s.signposts(w.files, base.book)
	if err != nil {
		return nil, err
	}
	w.files = append(w.files, more...)
	w.files = append(w.files, s.cards.files(runtime.GOMAXPROCS(0))...)
	if more, err = s.archive(); err != nil {
		return nil, err
	}
	w.files = append(w.files, more...)
	slices.SortFunc(w.files, func(a, b publish.File) int { return strings.Compare(a.Path, b.Path) })
	return w.files, nil
}

// writer walks through the pages.
type writer struct {
	site *Site
	ctx  context.Context

	mu    sync.Mutex
	more  sync.Cond
	seen  map[string]bool
	queue []address.Place
	busy  int
	files []publish.File
	err   error
}

// follow puts a place on the list, once.
func (w *writer) follow(p address.Place) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if path := p.Path(); !w.seen[path] {
		w.seen[path] = true
		w.queue = append(w.queue, p)
		w.more.Signal()
	}
}

// work draws pages until there are none and nobody can find more.
func (w *writer) work() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for {
		for len(w.queue) == 0 && w.busy > 0 && w.err == nil {
			w.more.Wait()
		}
		if len(w.queue) == 0 || w.err != nil || w.ctx.Err() != nil {
			w.more.Broadcast()
			return
		}
		p := w.queue[0]
		w.queue = w.queue[1:]
		w.busy++
		w.mu.Unlock()
		body, err := w.site.draw(w.ctx, p, w.follow)
		w.mu.Lock()
		w.busy--
		if err != nil {
			w.err = cmp.Or(w.err, err)
		} else {
			w.files = append(w.files, publish.File{Path: p.Path(), Body: body})
		}
		w.more.Broadcast()
	}
}

// wayKey is the key, in the context of a request, of who is told of links.
type wayKey struct{}

// draw answers for a place as it would a visitor.
func (s *Site) draw(ctx context.Context, p address.Place, way func(address.Place)) ([]byte, error) {
	ctx = context.WithValue(context.WithValue(ctx, placeKey{}, p), wayKey{}, way)
	inner := p.Inner()
	u := &url.URL{RawPath: inner}
	u.Path, _ = url.PathUnescape(inner) // it was escaped by inner
	a := &answer{header: http.Header{}, status: http.StatusOK}
	s.inner.ServeHTTP(a, (&http.Request{Method: http.MethodGet, URL: u, Header: http.Header{}}).WithContext(ctx))
	if a.status != http.StatusOK {
		return nil, fmt.Errorf("the page %s cannot be drawn: %s", p.Path(), a.says())
	}
	return a.body, nil
}

// answer keeps what is sent.
type answer struct {
	header http.Header
	status int
	body   []byte
}

// Header, WriteHeader and Write make it an http.ResponseWriter.
func (a *answer) Header() http.Header { return a.header }

// WriteHeader keeps the status.
func (a *answer) WriteHeader(status int) { a.status = status }

// Write keeps the body, which comes in one piece.
func (a *answer) Write(p []byte) (int, error) {
	a.body = append(slices.Grow(a.body, len(p)), p...)
	return len(p), nil
}

// says is the text of the page in short.
func (a *answer) says() string {
	body := string(a.body)
	if _, main, ok := strings.Cut(body, "<main"); ok {
		main, _, _ = strings.Cut(main, "</main>")
		_, body, _ = strings.Cut(main, ">")
	}
	text := html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(body, " "))
	return clip(strings.Join(strings.Fields(text), " "))
}

// welcome is the page at the root of a written site: the languages. A script
// leads on to the reader's.
func (s *Site) welcome(b *book) []byte {
	var out bytes.Buffer
	asset := func(name string) string { return s.assets[name].path }
	fmt.Fprintf(&out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"%s\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n", filePolicy)
	fmt.Fprintf(&out, "<title>%s</title>\n<link rel=\"icon\" type=\"image/svg+xml\" href=\"%s\">\n<link rel=\"stylesheet\" href=\"%s\">\n<script src=\"%s\" defer></script>\n</head>\n<body>\n<main class=\"wide welcome\" id=\"welcome\">\n<ul>\n",
		html.EscapeString(language.Speak("en").Text(b.Project.Title, b.Project.ID)), asset("logo.svg"), asset("style.css"), asset("site.js"))
	for _, code := range language.Codes() {
		l := language.Speak(code)
		fmt.Fprintf(&out, "<li lang=\"%s\" dir=\"%s\"><a href=\"%s/index.html\" hreflang=\"%s\"><b>%s</b> <span>%s</span></a></li>\n",
			code, l.Dir, code, code, html.EscapeString(l.T("language")), html.EscapeString(l.Text(b.Project.Title, b.Project.ID)))
	}
	out.WriteString("</ul>\n</main>\n</body>\n</html>\n")
	return out.Bytes()
}
