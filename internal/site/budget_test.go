package site

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"net/http/httptest"
	"path"
	"regexp"
	"strings"
	"testing"
)

// firstLoad is what a browser loads to show a page, each file packed: the page,
// its styles, its scripts and its pictures.
func firstLoad(t *testing.T, s *Site, address string) (total int, files map[string]int) {
	t.Helper()
	files = map[string]int{}
	load := func(address string) string {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
		if w.Code != 200 {
			t.Fatalf("%s answers %d", address, w.Code)
		}
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, _ = z.Write(w.Body.Bytes())
		_ = z.Close()
		files[address] = b.Len()
		return w.Body.String()
	}
	body := load(address)
	for _, m := range regexp.MustCompile(`<(?:link rel="(?:stylesheet|icon)"[^>]*?href|script[^>]*?src|img[^>]*?src)="([^"]+)"`).FindAllStringSubmatch(body, -1) {
		at := path.Join(path.Dir(address), m[1])
		if strings.HasPrefix(m[1], "/") {
			at = m[1]
		}
		if _, seen := files[at]; !seen {
			load(at)
		}
	}
	for _, size := range files {
		total += size
	}
	return total, files
}

// TestFirstLoad holds the budgets: a page of 88 units loads at most 300 KB, and
// the engine is named by the page that weighs and by no other.
func TestFirstLoad(t *testing.T) {
	s := living(t, "ai-race")
	for _, p := range []struct {
		address string
		most    int
	}{
		{"/en/index.html", 300_000},
		{"/en/ranking.html", 300_000},
		{"/ar/index.html", 300_000},
		{"/en/unit/RUS.html", 300_000},
		{"/en/map.html", 300_000},
		{"/zh/weigh.html", 300_000},
		{"/en/methodology.html", 300_000},
		{"/en/data.html", 300_000},
	} {
		total, files := firstLoad(t, s, p.address)
		t.Logf("%s: %d bytes packed in %d files", p.address, total, len(files))
		if len(files) < 3 {
			t.Errorf("%s loads %d files: were its styles and scripts found?", p.address, len(files))
		}
		if total > p.most {
			t.Errorf("%s loads %d bytes, more than %d: %v", p.address, total, p.most, files)
		}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, p.address, nil))
		if named := strings.Contains(w.Body.String(), "engine."); named != strings.Contains(p.address, "weigh") {
			t.Errorf("%s names the engine: %t", p.address, named)
		}
	}
}
