package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"mizan/engine"
	"mizan/internal/site"
	"mizan/spec"
)

func newServe(env *Env) *cobra.Command {
	in := &projectFlags{}
	addr := ""
	cmd := &cobra.Command{
		Use:   "serve [PROJECT]",
		Short: "Show the index as a site: the ranking, a page per unit and series, the methodology",
		Long: `Show the index as pages in the browser: the ranking with bars and search, a page
for every unit with the way of every figure, for every series with its source, the
methodology written from the project file, and the files of mizan build to download.

The pages work without JavaScript and load nothing from elsewhere. When the project
file or its tables change, the pages show it at the next visit; a project that no
longer builds shows what is wrong, and its last good build.

The server listens on this machine alone unless --addr says otherwise.`,
		Example: `  mizan serve
  mizan serve myindex --addr 127.0.0.1:0
  mizan serve ai-race --set build.treat.root=2`,
		Args: arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := in.open(env, args...)
			if err != nil {
				return err
			}
			if p.Variant != "" {
				return usage("--variant is chosen on the pages; leave it out")
			}
			return serve(cmd.Context(), env, newServed(env, in, p), addr)
		},
	}
	in.add(env, cmd)
	cmd.Flags().StringVar(&addr, "addr", "127.0.0.1:8080", "listen on this `HOST:PORT`; port 0 takes any free one")
	return cmd
}

// served is a project whose pages are shown. It is read anew for every build.
type served struct {
	env  *Env
	in   *projectFlags
	name string // as findProject takes it

	mu      sync.Mutex
	project *project
}

func newServed(env *Env, in *projectFlags, p *project) *served {
	return &served{env: quiet(env), in: &projectFlags{edits: in.edits}, name: p.Named, project: p}
}

// load builds a variant from the files as they are now.
func (s *served) load(variant string) (*engine.Report, error) {
	p, err := s.in.open(s.env, s.name)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	s.project = p
	s.mu.Unlock()
	p.Variant = variant
	r, err := p.run(context.Background())
	if err != nil {
		return nil, err
	}
	return r.Complete(), nil
}

// stamp tells the state of the files that the project names: their sizes and
// times. An embedded project does not change.
func (s *served) stamp() string {
	s.mu.Lock()
	p := s.project
	s.mu.Unlock()
	if p.Embedded {
		return ""
	}
	names := []string{p.Name}
	if read, err := spec.Parse(p.Name, p.Text); err == nil {
		names = append(names, read.Units.File, read.Origins.File)
		for _, o := range read.Observations {
			names = append(names, o.File)
		}
	}
	var b strings.Builder
	for _, name := range names {
		if f, err := p.Files.Open(name); err == nil {
			if info, err := f.Stat(); err == nil {
				fmt.Fprintf(&b, "%s %d %d\n", name, info.Size(), info.ModTime().UnixNano())
			}
			_ = f.Close()
		}
	}
	return b.String()
}

// serve answers requests until ctx is cancelled.
func serve(ctx context.Context, env *Env, s *served, addr string) error {
	pages, err := site.New(site.Config{Load: s.load, Stamp: s.stamp, Project: s.name, Version: buildVersion().Version, Downloads: downloads()})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return addressProblem(addr, err)
	}
	server := &http.Server{
		Handler: pages, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second,
		WriteTimeout: 2 * time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
	}
	if tcp, ok := listener.Addr().(*net.TCPAddr); ok && !tcp.IP.IsLoopback() {
		env.note("The pages can be read from other machines, for --addr %s is not this machine alone.", addr)
	}
	// Problems are told at once; the pages come up all the same, so that the
	// project can be mended while they are looked at.
	report, err := s.load("")
	title := s.project.Folder
	if err != nil {
		env.printError(err)
	} else {
		title = report.Project.ID
	}
	fmt.Fprintf(env.Stdout, "Mizan serves %s at http://%s/ (Ctrl-C stops it)\n", title, listener.Addr())
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
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

// downloads are the files of `mizan build -o`, by names that need no folder.
func downloads() []site.Download {
	var list []site.Download
	for _, f := range resultFiles {
		d := site.Download{Name: strings.ReplaceAll(f.name, "/", "-"), Type: "text/csv; charset=utf-8", Summary: f.summary, Write: func(w io.Writer, r *engine.Report) error { return f.write(w, r) }}
		if strings.HasSuffix(f.name, ".json") {
			d.Type = "application/json"
		}
		list = append(list, d)
	}
	return list
}
