package site

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"
)

// loadPages are the pages that BenchmarkLoad asks for in turn.
var loadPages = []string{
	"/en/index.html", "/en/ranking.html", "/ar/ranking.html", "/en/unit/RUS.html", "/ar/unit/RUS.html", "/zh/unit/CHN.html",
	"/ru/methodology.html", "/en/data.html", "/en/alliances.html",
}

// BenchmarkLoad asks for pages of the AI race over loopback, sixteen visitors at
// a time: of the site, and of a static file server that has the same bytes, plain
// and packed. It tells requests a second and the 99th percentile of the time to
// the last byte.
func BenchmarkLoad(b *testing.B) {
	s := living(b, "ai-race")
	site := httptest.NewServer(s)
	defer site.Close()
	folder := b.TempDir()
	for _, page := range loadPages {
		for _, way := range []string{"plain", "gzip"} {
			file := filepath.Join(folder, way, filepath.FromSlash(page))
			body := fetched(b, site.URL+page, way == "gzip")
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				b.Fatal(err)
			}
			// http.FileServer leads index.html on to its folder.
			if filepath.Base(file) == "index.html" {
				file = filepath.Join(filepath.Dir(file), "overview.html")
			}
			if err := os.WriteFile(file, body, 0o600); err != nil {
				b.Fatal(err)
			}
		}
	}
	files := httptest.NewServer(http.FileServer(http.Dir(folder)))
	defer files.Close()
	for _, way := range []string{"plain", "gzip"} {
		b.Run(way+"/site", func(b *testing.B) { visitors(b, site.URL, loadPages, way == "gzip") })
		var pages []string
		for _, page := range loadPages {
			if page == "/en/index.html" {
				page = "/en/overview.html"
			}
			pages = append(pages, page)
		}
		b.Run(way+"/files", func(b *testing.B) { visitors(b, files.URL+"/"+way, pages, false) })
	}
}

// fetched is the body of an address as it comes, packed or plain.
func fetched(b *testing.B, address string, packed bool) []byte {
	b.Helper()
	body, err := fetch(http.DefaultTransport, address, packed)
	if err != nil {
		b.Fatal(err)
	}
	return body
}

func fetch(by http.RoundTripper, address string, packed bool) ([]byte, error) {
	r, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Accept-Encoding", map[bool]string{true: "gzip", false: "identity"}[packed])
	answer, err := by.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", address, answer.Status)
	}
	return body, err
}

// visitors ask for pages in turn, sixteen visitors at a time.
func visitors(b *testing.B, server string, pages []string, packed bool) {
	const many = 16
	by := &http.Transport{MaxIdleConnsPerHost: many, DisableCompression: true}
	defer by.CloseIdleConnections()
	took := make([][]time.Duration, many)
	b.ResetTimer()
	var all sync.WaitGroup
	for v := range many {
		all.Go(func() {
			for i := v; i < b.N; i += many {
				start := time.Now()
				if _, err := fetch(by, server+pages[i%len(pages)], packed); err != nil {
					b.Error(err)
					return
				}
				took[v] = append(took[v], time.Since(start))
			}
		})
	}
	all.Wait()
	b.StopTimer()
	times := slices.Sorted(slices.Values(slices.Concat(took...)))
	if len(times) > 0 {
		b.ReportMetric(float64(times[len(times)*99/100].Microseconds())/1000, "ms/p99")
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "requests/s")
	}
}
