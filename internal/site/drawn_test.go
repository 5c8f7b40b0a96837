package site

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"mizan/engine"
)

// A page that was drawn is sent again while its build lasts, is drawn anew when
// the project changes, and is not kept while the project cannot be built.
func TestDrawnPages(t *testing.T) {
	stamp, title, broken := "1", "first", false
	s, err := New(Config{
		Stamp: func() string { return stamp },
		Load: func(string) (*engine.Report, error) {
			if broken {
				return nil, fmt.Errorf("cannot be built")
			}
			r := sample()
			r.Project.Title = map[string]string{"en": title}
			return r, nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	shows := func(address, want string) {
		t.Helper()
		for range 2 {
			w := httptest.NewRecorder()
			s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
			if w.Code != 200 || !strings.Contains(w.Body.String(), want) {
				t.Fatalf("%s: %d, without %q", address, w.Code, want)
			}
		}
	}
	shows("/en/ranking.html", "first")
	shows("/en/ranking.html?q=brazil", "Brazil")
	shows("/en/2022/ranking.html", "first")
	if kept := s.drawn.Len(); kept != 3 {
		t.Errorf("%d pages are kept, want 3", kept)
	}
	stamp, title = "2", "second"
	shows("/en/ranking.html", "second")
	stamp, broken = "3", true
	shows("/en/ranking.html", "second")
	shows("/en/ranking.html", `class="notice"`)
	stamp, broken, title = "4", false, "third"
	shows("/en/ranking.html", "third")
}
