package cli

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"mizan/internal/site"
)

// BenchmarkAPI asks the API for documents and tables of the AI race, over loopback, eight
// programs at a time, and then a plain file server for the same bytes; files/api is how
// many times as many requests a second the file server answers.
func BenchmarkAPI(b *testing.B) {
	env := &Env{Dir: b.TempDir(), Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: io.Discard}
	in := &projectFlags{}
	p, err := in.open(env, "ai-race")
	if err != nil {
		b.Fatal(err)
	}
	pages, err := site.New(newServed(env, in, p).config(b.Context(), false))
	if err != nil {
		b.Fatal(err)
	}
	api := httptest.NewServer(front(pages, apiConfig(pages.Report)))
	defer api.Close()
	asked := []string{
		"/api/v1", "/api/v1/units/RUS", "/api/v1/indicators/rd_gdp", "/api/v1/trace/CHN/rd_gdp", "/api/v1/trace/RUS/ai_race",
		"/api/v1/tables/results", "/api/v1/tables/results?format=csv", "/api/v1/tables/observations?format=parquet",
	}
	dir, files := b.TempDir(), make([]string, len(asked))
	for i, path := range asked {
		status, body := get(b, api.URL+path)
		if status != http.StatusOK || len(body) < 200 {
			b.Fatalf("%s: status %d, %d bytes", path, status, len(body))
		}
		files[i] = "/" + strconv.Itoa(i) + ".json"
		if err := os.WriteFile(filepath.Join(dir, files[i]), body, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	plain := httptest.NewServer(http.FileServer(http.Dir(dir)))
	defer plain.Close()
	var own, other time.Duration
	n := 0
	for b.Loop() {
		const rounds = 50
		own += ask(b, api.URL, asked, rounds)
		other += ask(b, plain.URL, files, rounds)
		n += rounds * len(asked)
	}
	b.ReportMetric(float64(n)/own.Seconds(), "api-requests/s")
	b.ReportMetric(float64(n)/other.Seconds(), "file-requests/s")
	b.ReportMetric(own.Seconds()/other.Seconds(), "files/api")
	b.ReportMetric(0, "ns/op")
}

// ask asks for all paths several times, eight at a time.
func ask(b *testing.B, url string, paths []string, rounds int) time.Duration {
	b.Helper()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 8, DisableCompression: true}}
	defer client.CloseIdleConnections()
	jobs := make(chan string)
	var wait sync.WaitGroup
	start := time.Now()
	for range 8 {
		wait.Go(func() {
			for path := range jobs {
				resp, err := client.Get(url + path)
				if err != nil {
					b.Error(err)
					continue
				}
				_, _ = io.Copy(io.Discard, resp.Body)
				_ = resp.Body.Close()
				if resp.StatusCode != http.StatusOK {
					b.Errorf("%s: status %d", path, resp.StatusCode)
				}
			}
		})
	}
	for range rounds {
		for _, path := range paths {
			jobs <- path
		}
	}
	close(jobs)
	wait.Wait()
	return time.Since(start)
}

func get(b *testing.B, url string) (int, []byte) {
	b.Helper()
	resp, err := http.Get(url)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		b.Fatal(err)
	}
	return resp.StatusCode, body
}
