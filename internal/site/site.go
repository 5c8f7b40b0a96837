// Package site makes a build into pages: the ranking, a page per unit, per
// indicator and per aggregate, the methodology and the data, in every language
// of the folder messages. The pages are drawn by the server, need no script, set
// no cookie, and ask nothing of any other host. Links between them are relative,
// so that the same pages are served live and written as files.
//
// A page is a view (a function from a request to a value) and a template of
// the same name; pages.go lists them.
package site

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"

	"mizan/engine"
	"mizan/internal/reply"
	"mizan/internal/site/address"
	"mizan/internal/site/language"
	"mizan/internal/site/publish"
)

// Config is what a site takes from outside.
type Config struct {
	// Load builds the project as a variant; "" is the project as written. An
	// error should be a mizan.Problems.
	Load func(variant string) (*engine.Report, error)
	// Stamp tells the state of the project's files: whenever the text changes,
	// builds are made anew, and open pages are loaded again. It is asked on every
	// request. nil means never.
	Stamp func() string
	// Project is how the project is named on a command line; "" if the
	// commands find it by themselves.
	Project string
	// Version of the program, for the foot of the page.
	Version string
	// Written says that the pages become files: nothing on them needs an answer.
	Written bool
	// Address is where a written site will be, with a slash at its end; "" if
	// that is not known. ParseAddress makes it.
	Address string
	// Release is the day that a written site is published on, as 2026-11-25; ""
	// if it is no release. Releases are those before it, in any order.
	Release  string
	Releases []*publish.Release
	// Descriptions are documents on the data, for search engines and catalogues.
	Descriptions []Description
	// Downloads are offered on the data page under /download/NAME.
	Downloads []Download
	// Articles are texts of the user's own, shown beside their claims.
	Articles []Article
}

// Download is one file made from a report.
type Download struct {
	Name    string // name of the file, and the last part of its address
	Type    string // media type
	Summary string // what it holds, one clause
	Write   func(w io.Writer, r *engine.Report) error
}

// Site is the handler of all pages.
type Site struct {
	config    Config
	builds    *builds
	drawn     reply.Shelf // pages as they were sent, until a build changes that they show
	templates *templates
	assets    map[string]asset
	cards     cards
	frozen    bool           // the pages are those of a release in the archive
	mux       *http.ServeMux // of addresses that have no language
	inner     *http.ServeMux // of pages, by what follows language, variant and year
	started   string         // tells this run of the program from others; see follows
	chores    []chore        // what Warm finds ahead of readers
	busy      atomic.Int64   // pages that are being made
}

// New makes the handler. It fails if the templates of the program itself do
// not parse.
func New(config Config) (*Site, error) {
	s := &Site{config: config, builds: newBuilds(config.Load, config.Stamp), mux: http.NewServeMux(), inner: http.NewServeMux(), chores: chores}
	var err error
	if s.assets, err = loadAssets(); err != nil {
		return nil, err
	}
	if s.templates, err = parseTemplates(); err != nil {
		return nil, err
	}
	for _, p := range pages {
		s.inner.HandleFunc(p.pattern, s.page(p))
	}
	s.inner.HandleFunc("/download/{name}", s.download)
	s.mux.HandleFunc("GET /static/{name}", s.static)
	s.mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		_, _ = io.WriteString(w, "ok\n")
	})
	s.follows()
	s.mux.HandleFunc("GET /", s.route)
	return s, nil
}

// placeKey is the key of the place in the context of a request to inner.
type placeKey struct{}

// route finds out which page in which language, variant and year is asked for.
// An address without a language is led on to the one that the reader prefers,
// one that tells variant or year in its query to that which has them in its
// path.
func (s *Site) route(w http.ResponseWriter, r *http.Request) {
	at := address.Parse(strings.TrimPrefix(r.URL.EscapedPath(), "/"))
	query := r.URL.Query()
	exact := at.Lang != "" || strings.HasPrefix(at.Page, "download/")
	if exact && query.Get("variant") == "" && query.Get("year") == "" && ranked(at.Page, query) == at.Page {
		inner := r.Clone(context.WithValue(r.Context(), placeKey{}, at))
		path := at.Inner()
		inner.URL.RawPath = path
		inner.URL.Path, _ = url.PathUnescape(path) // it was escaped by inner
		s.inner.ServeHTTP(w, inner)
		return
	}
	if !exact {
		at.Lang = language.Negotiate(r.Header.Get("Accept-Language"))
		w.Header().Add("Vary", "Accept-Language")
	}
	at.Page = ranked(at.Page, query)
	at.Variant, at.Year = cmp.Or(clip(query.Get("variant")), at.Variant), cmp.Or(clip(query.Get("year")), at.Year)
	if !address.IsYear(at.Year) {
		at.Page, at.Year = cmp.Or(at.Page, "index"), address.Segment(at.Year)
	}
	query.Del("variant")
	query.Del("year")
	http.Redirect(w, r, withQuery("/"+address.Relative("", at.Path()), query, nil), http.StatusFound)
}

// ranked leads a choice that older addresses make on the first page to the
// ranking, which stood there.
func ranked(page string, query url.Values) string {
	for key := range query {
		if page == "" && (key == "q" || key == "sort" || key == "dir" || strings.HasPrefix(key, "g.")) {
			return "ranking"
		}
	}
	return page
}

// Build builds the project as written, as the first visit would, and keeps the
// build. With an error the last good build may still be given.
func (s *Site) Build() (*engine.Report, error) {
	b, err := s.builds.get("")
	if b.book == nil {
		return nil, err
	}
	return b.book.Report, err
}

// Report is the build of a variant as the pages show it, made on first use: the
// last good one where the newest failed, else the error.
func (s *Site) Report(variant string) (*engine.Report, error) {
	b, err := s.builds.get(variant)
	if b.book == nil {
		return nil, err
	}
	return b.book.Report, nil
}

// ServeHTTP sets the headers that hold for everything and hands over.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", pagePolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	s.mux.ServeHTTP(w, r)
}

// page serves one page: find the build, make the view, fill the template.
func (s *Site) page(p page) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.busy.Add(1)
		defer s.busy.Add(-1)
		c, err := s.visit(r)
		if err != nil {
			s.fail(w, r, c, err)
			return
		}
		if c.sendDrawn(w) {
			return
		}
		view, err := p.view(c)
		if err != nil {
			s.fail(w, r, c, err)
			return
		}
		s.render(w, r, http.StatusOK, p.template, c.frame(view))
	}
}

// visit finds the build that a request asks for. Even with an error it is
// fit to make the frame of an error page.
func (s *Site) visit(r *http.Request) (*visit, error) {
	at, _ := r.Context().Value(placeKey{}).(address.Place)
	return s.visitAt(r, at)
}

func (s *Site) visitAt(r *http.Request, at address.Place) (*visit, error) {
	c := &visit{Language: language.Speak(at.Lang), r: r, site: s, at: at, query: r.URL.Query(), variant: clip(at.Variant)}
	c.way, _ = r.Context().Value(wayKey{}).(func(address.Place))
	base, err := s.builds.get("")
	c.base, c.stamp = base.book, base.stamp
	if base.book == nil {
		return c, err
	}
	if c.variant != "" && !c.base.hasVariant(c.variant) {
		unknown := c.variant
		c.variant = ""
		return c, missing("variant", unknown, c.base.variantCodes())
	}
	b, err := s.builds.get(c.variant)
	c.book, c.stale = b.book, b.err
	if b.book == nil {
		return c, err
	}
	return c, c.chooseYear(at.Year)
}

// fail answers with an error page: 404 for what does not exist, 500 with the
// problems of a project that cannot be built.
func (s *Site) fail(w http.ResponseWriter, r *http.Request, c *visit, err error) {
	var nf *notFound
	if errors.As(err, &nf) {
		s.render(w, r, http.StatusNotFound, "missing", c.frame(missingOf(c, nf)))
		return
	}
	s.render(w, r, http.StatusInternalServerError, "problems", c.frame(problemsOf(c, err)))
}

// drawing keeps buffers for pages; what is sent from one is copied.
var drawing = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// render fills a template and sends it whole, so that a failure half-way can
// not leave half a page.
func (s *Site) render(w http.ResponseWriter, r *http.Request, status int, name string, f *frame) {
	b := drawing.Get().(*bytes.Buffer)
	defer drawing.Put(b)
	b.Reset()
	if err := s.templates.execute(b, name, f); err != nil {
		http.Error(w, fmt.Sprintf("the page %q could not be drawn: %v", name, err), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if s.config.Written {
		w.WriteHeader(status)
		_, _ = w.Write(b.Bytes()) // it is kept, not sent
		return
	}
	body := reply.New(bytes.Clone(b.Bytes()), gzip.DefaultCompression)
	if status == http.StatusOK {
		f.visit.keepDrawn(body)
	}
	body.Send(w, r, status)
}

// download sends a file made from the build that the address asks for.
func (s *Site) download(w http.ResponseWriter, r *http.Request) {
	c, err := s.visit(r)
	if err != nil {
		s.fail(w, r, c, err)
		return
	}
	name := r.PathValue("name")
	for _, d := range s.config.Downloads {
		if d.Name != name {
			continue
		}
		var b bytes.Buffer
		if err := d.Write(&b, c.book.Report); err != nil {
			s.fail(w, r, c, err)
			return
		}
		w.Header().Set("Content-Type", d.Type)
		w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", d.Name))
		send(w, r, http.StatusOK, b.Bytes())
		return
	}
	if body, kind, ok := c.seriesFile(name); ok {
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", name))
		send(w, r, http.StatusOK, body)
		return
	}
	s.fail(w, r, c, missing("file", name, s.downloadNames()))
}

func (s *Site) downloadNames() []string {
	var names []string
	for _, d := range s.config.Downloads {
		names = append(names, d.Name)
	}
	return names
}
