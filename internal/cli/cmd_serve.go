package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"mizan"
	"mizan/engine"
	"mizan/internal/api"
	"mizan/internal/export"
	"mizan/internal/site"
)

func newServe(env *Env) *cobra.Command {
	in := &projectFlags{}
	addr, public, all := "", false, false
	reading := &articleFlags{}
	cmd := &cobra.Command{
		Use:   "serve [PROJECT]",
		Short: "Show the index as a site: the ranking, a page per unit and series, the methodology",
		Long: `Show the index as pages in the browser: the ranking with bars and search, a page
for every unit with the way of every figure, for every series with its source, the
methodology written from the project file, and the files of mizan build to download.

The pages work without JavaScript and load nothing from elsewhere. When the project
file or its tables change, the pages show it at the next visit; a project that no
longer builds shows what is wrong, and its last good build.

With --article a text of your own (text, HTML or PDF; Arabic, Chinese, English or
Russian) is shown beside what it claims, as mizan read finds it.

Other programs read it at /api/v1, which /api/v1/docs describes; assistants ask it
by the Model Context Protocol at /mcp. Both only read.

The server listens on this machine alone unless --addr says otherwise; then figures
that may not be published again (redistribute: no) are left out.`,
		Example: `  mizan serve
  mizan serve myindex --addr 127.0.0.1:0
  mizan serve ai-race --set build.treat.root=2
  mizan serve ai-race --article story.txt`,
		Args: arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := in.open(env, args...)
			if err != nil {
				return err
			}
			if p.Variant != "" {
				return usage("--variant is chosen on the pages; leave it out")
			}
			served := newServed(env, in, p)
			if served.articles, err = reading.read(cmd.Context(), env); err != nil {
				return err
			}
			if public && all {
				return usage("--public and --all contradict each other")
			}
			served.public = public || !all && !loopback(addr)
			return serve(cmd.Context(), env, served, addr)
		},
	}
	in.add(env, cmd)
	reading.add(cmd)
	cmd.Flags().StringVar(&addr, "addr", "127.0.0.1:8080", "listen on this `HOST:PORT`; port 0 takes any free one")
	cmd.Flags().BoolVar(&public, "public", false, "leave out figures that may not be published again, as mizan site does; so by itself where others can reach --addr")
	cmd.Flags().BoolVar(&all, "all", false, "show all figures, also where others can reach --addr")
	return cmd
}

// loopback says whether an address is of this machine alone.
func loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	at, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && at.Unmap().IsLoopback()
}

// served is a project whose pages are shown. It is read anew for every build.
type served struct {
	env    *Env
	in     *projectFlags
	name   string // as findProject takes it
	file   string // the project file within its folder
	public bool   // figures that may not be published again are left out
	watch  *watch // nil: an embedded project does not change

	articles []site.Article // of the user's own, to be read beside the index
}

func newServed(env *Env, in *projectFlags, p *project) *served {
	s := &served{env: quiet(env), in: &projectFlags{edits: in.edits}, name: p.Named, file: p.Name}
	if !p.Embedded {
		s.watch = newWatch(p.Files)
	}
	return s
}

// load builds a variant from the files as they are now.
func (s *served) load(ctx context.Context, variant string) (*engine.Report, error) {
	if s.watch != nil {
		s.watch.look(s.file)
	}
	p, err := s.in.open(s.env, s.name)
	if err != nil {
		return nil, err
	}
	if !p.Embedded {
		p.Files = s.watch
	}
	p.Variant = variant
	r, err := p.run(ctx)
	if err != nil {
		return nil, err
	}
	if s.public {
		if r, err = r.Public(); err != nil {
			return nil, p.relocate(err)
		}
	}
	return r.Complete(), nil
}

// config says what the pages are made from, live or to be written. What they
// build stops with ctx.
func (s *served) config(ctx context.Context, written bool) site.Config {
	config := site.Config{
		Load:    func(variant string) (*engine.Report, error) { return s.load(ctx, variant) },
		Project: s.name, Version: buildVersion().Version, Downloads: downloads(), Articles: s.articles, Written: written, Descriptions: descriptions(),
	}
	if s.watch != nil && !written {
		config.Stamp = s.watch.stamp
	}
	return config
}

// serve answers requests until ctx is cancelled.
func serve(ctx context.Context, env *Env, s *served, addr string) error {
	pages, err := site.New(s.config(ctx, false))
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return addressProblem(addr, err)
	}
	defer func() { _ = listener.Close() }()
	server := &http.Server{
		Handler: front(pages, apiConfig(pages.Report)), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second,
		WriteTimeout: 2 * time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		ErrorLog: log.New(env.Stderr, "mizan: ", 0),
	}
	if tcp, ok := listener.Addr().(*net.TCPAddr); ok && !tcp.IP.IsLoopback() {
		env.note("The pages can be read from other machines, for --addr %s is not this machine alone.", addr)
	}
	// Problems are told at once; the pages come up all the same, so that the
	// project can be mended while they are looked at.
	report, err := pages.Build()
	title := "a project with problems"
	switch {
	case ctxErr(err):
		return err
	case err != nil:
		env.printError(err)
	default:
		title = report.Project.ID
	}
	fmt.Fprintf(env.Stdout, "Mizan serves %s at http://%s/ (Ctrl-C stops it)\n", title, visitable(listener.Addr()))
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	go pages.Warm(ctx)
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	// What is being sent may be finished, but not for ever.
	end, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	if err := server.Shutdown(end); err != nil {
		_ = server.Close()
	}
	return nil
}

// front hands requests to the API, to assistants and to the pages.
func front(pages http.Handler, c api.Config) http.Handler {
	rest, assistants := api.Handler(c), api.MCPHandler(c)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == api.Base || strings.HasPrefix(r.URL.Path, api.Base+"/"):
			h := w.Header()
			h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; frame-ancestors 'none'")
			h.Set("X-Content-Type-Options", "nosniff")
			h.Set("Referrer-Policy", "no-referrer")
			rest.ServeHTTP(w, r)
		case r.URL.Path == "/mcp":
			assistants.ServeHTTP(w, r)
		default:
			pages.ServeHTTP(w, r)
		}
	})
}

// apiConfig is what the API and assistants ask.
func apiConfig(report func(variant string) (*engine.Report, error)) api.Config {
	return api.Config{
		Report: report, Version: buildVersion().Version, Parquet: export.Parquet,
		CSV:   func(w io.Writer, t *mizan.Relation) error { return export.CSV(w, t, false) },
		Query: queryReport,
	}
}

// visitable is an address that a browser can go to: a server that listens on
// every address of the machine is found on this machine's own.
func visitable(at net.Addr) string {
	tcp, ok := at.(*net.TCPAddr)
	if !ok || !tcp.IP.IsUnspecified() {
		return at.String()
	}
	return net.JoinHostPort("127.0.0.1", strconv.Itoa(tcp.Port))
}

// addressProblem says in plain words why an address cannot be listened on.
func addressProblem(addr string, err error) error {
	remedy := "give --addr as HOST:PORT, such as 127.0.0.1:8080"
	cause := "it cannot be listened on"
	var dns *net.DNSError
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		cause, remedy = "another program listens there", "choose another port, or any free one by --addr 127.0.0.1:0"
	case errors.Is(err, os.ErrPermission):
		cause, remedy = "permission is denied", "choose a port above 1023"
	case errors.As(err, &dns):
		cause = "there is no such host"
	}
	return problem("unusable-address", "--addr "+addr, cause, remedy)
}

// downloads are the files of `mizan build -o`, by names that need no folder, and
// the citations.
func downloads() []site.Download {
	var list []site.Download
	for _, f := range resultFiles {
		d := site.Download{Name: strings.ReplaceAll(f.name, "/", "-"), Type: "text/csv; charset=utf-8", Summary: f.summary, Write: func(w io.Writer, r *engine.Report) error { return f.write(w, r) }}
		if strings.HasSuffix(f.name, ".json") {
			d.Type = "application/json"
		}
		list = append(list, d)
	}
	return append(list,
		site.Download{Name: "citation.bib", Type: "application/x-bibtex; charset=utf-8", Summary: "the index and its sources as BibTeX", Write: func(w io.Writer, r *engine.Report) error { return export.BibTeX(w, r, export.Options{}) }},
		site.Download{Name: "citation.ris", Type: "application/x-research-info-systems; charset=utf-8", Summary: "the index and its sources for reference managers", Write: func(w io.Writer, r *engine.Report) error { return export.RIS(w, r, export.Options{}) }},
	)
}
