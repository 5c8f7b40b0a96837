package site

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"mizan/engine"
	"mizan/internal/reply"
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
	if kept := len(s.drawn.young); kept != 3 {
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

// However many pages are asked for, those that are kept take a bounded amount,
// and one that is asked for again and again stays.
func TestDrawnPagesAreBounded(t *testing.T) {
	var d drawnPages
	b := &book{}
	big := make([]byte, 1<<20)
	d.put("often", &drawnPage{b, b, reply.New([]byte("often"), 1)})
	for i := range 300 {
		d.put(fmt.Sprint(i), &drawnPage{b, b, reply.New(big, 1)})
		if d.get("often", b, b) == nil {
			t.Fatalf("the page that is asked for often went after %d others", i)
		}
		size := 0
		for _, of := range []map[string]*drawnPage{d.young, d.elder} {
			for _, p := range of {
				size += p.body.Size()
			}
		}
		if size > mostDrawn+4<<20 {
			t.Fatalf("%d bytes are kept after %d pages", size, i)
		}
	}
	if d.get("0", b, b) != nil {
		t.Error("the first page is still kept")
	}
	if d.get("often", b, &book{}) != nil {
		t.Error("a page of another build is given")
	}
}
