package site

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"mizan/engine"
)

// Pages of ties and supply of the real project: what they say is what the
// documents and the tests of package network hold.
func TestNetworkPages(t *testing.T) {
	files := os.DirFS("../../projects/ai-race")
	text, err := os.ReadFile("../../projects/ai-race/mizan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(Config{Load: func(string) (*engine.Report, error) {
		r, err := engine.Run(engine.Input{Name: "mizan.yaml", Text: text, Files: files})
		if err != nil {
			return nil, err
		}
		return r.Complete(), nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	get := func(path string, status int, wants ...string) {
		t.Helper()
		w := request(s, path)
		if w.Code == http.StatusFound {
			w = request(s, w.Header().Get("Location"))
		}
		body := w.Body.String()
		if w.Code != status {
			t.Errorf("%s: status %d, want %d", path, w.Code, status)
		}
		for _, want := range wants {
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks %q", path, want)
			}
		}
	}
	get("/network", 200, "Joint AI articles", "735", "fewer than 25 articles", "Pakistan – Saudi Arabia", `<circle class="k`, "European Union")
	get("/network?ties=ncses_articles", 200, "The twenty years 2003 to 2022", "232.0", "113.3")
	get("/network?ties=github&of=2025", 200, "three quarters")
	get("/network?ties=nothing", 404, "ai_articles")
	get("/network?of=1999", 404)
	get("/supply", 200, "Accelerators in supercomputers", "NVIDIA", "The table is a sample")
	get("/supply?table=gpu_clusters", 200, "10 to 20 % of the world", "not named")
	get("/supply?table=x", 404)
}
