package site

import (
	"bytes"
	"context"
	"errors"
	"html"
	"net/url"
	"path"
	"regexp"
	"strings"
	"testing"

	"mizan/engine"
	"mizan/internal/site/language"
)

func newWritten(t *testing.T, load func(string) (*engine.Report, error)) *Site {
	t.Helper()
	s, err := New(Config{Written: true, Load: load})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// complete is the sample without the reading that cannot be built.
func complete(variant string) (*engine.Report, error) {
	r := sample()
	r.Project.Variant = variant
	r.Project.Variants = r.Project.Variants[:1]
	return r, nil
}

// In a written site every link is relative and leads to a file of it, every
// page is there in every language, and the bytes are the same each time.
func TestWrittenSite(t *testing.T) {
	files, err := newWritten(t, complete).Files(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	there := map[string][]byte{}
	for _, f := range files {
		if there[f.Path] != nil {
			t.Errorf("%s is written twice", f.Path)
		}
		there[f.Path] = f.Body
	}
	for _, code := range language.Codes() {
		for _, page := range []string{"index", "2022/index", "ranking", "variant/intensity/2022/ranking", "variant/intensity/index", "variant/intensity/2022/index", "unit/BRA", "indicator/staff", "methodology", "data", "uncertainty", "weigh"} {
			if there[code+"/"+page+".html"] == nil {
				t.Errorf("%s/%s.html is not written", code, page)
			}
		}
	}
	link := regexp.MustCompile(`(?:href|src|action)="([^"]*)"`)
	for name, body := range there {
		if path.Ext(name) != ".html" {
			continue
		}
		for _, m := range link.FindAllSubmatch(body, -1) {
			to := html.UnescapeString(string(m[1]))
			u, err := url.Parse(to)
			switch {
			case err != nil || strings.HasPrefix(to, "/"):
				t.Errorf("%s has the link %q", name, to)
			case u.Host != "" || u.Path == "":
			case there[path.Join(path.Dir(name), u.Path)] == nil:
				t.Errorf("%s leads to %s, which is not written", name, to)
			}
		}
	}
	again, err := newWritten(t, complete).Files(context.Background())
	if err != nil || len(again) != len(files) {
		t.Fatalf("%d files, then %d: %v", len(files), len(again), err)
	}
	for i := range files {
		if files[i].Path != again[i].Path || !bytes.Equal(files[i].Body, again[i].Body) {
			t.Errorf("%s differs from one time to the next", files[i].Path)
		}
	}
}

func TestWrittenSiteFails(t *testing.T) {
	if _, err := newWritten(t, func(string) (*engine.Report, error) { return nil, errors.New("no ink") }).Files(context.Background()); err == nil || err.Error() != "no ink" {
		t.Errorf("a project that cannot be built: %v", err)
	}
	fails := func(variant string) (*engine.Report, error) {
		if variant != "" {
			return nil, errors.New("no ink for " + variant)
		}
		return complete(variant)
	}
	if _, err := newWritten(t, fails).Files(context.Background()); err == nil || !strings.Contains(err.Error(), "no ink for intensity") {
		t.Errorf("a reading that cannot be built: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := newWritten(t, complete).Files(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("a writer that is stopped says %v", err)
	}
}
