package site

import (
	"errors"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"mizan/engine"
)

// An open page knows the state of the files that it shows, also one that tells
// what is wrong with them, and can ask for that of now. Two runs of the program
// never agree.
func TestFollow(t *testing.T) {
	state, broken := "1", false
	config := Config{
		Load: func(variant string) (*engine.Report, error) {
			if broken {
				return nil, errors.New("no good")
			}
			return complete(variant)
		},
		Stamp: func() string { return state },
	}
	s, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	shown := func(page string) (url, state string) {
		m := regexp.MustCompile(`src="[^"]*/follow\.[0-9a-f]+\.js" defer data-changes="([^"]*)" data-state="([^"]*)"`).FindStringSubmatch(request(s, page).Body.String())
		if m == nil {
			t.Fatalf("%s does not follow", page)
		}
		return m[1], m[2]
	}
	now := func() string {
		w := request(s, "/changes")
		if w.Code != http.StatusOK || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("status %d, %v", w.Code, w.Header())
		}
		return w.Body.String()
	}
	url, first := shown("/en/unit/BRA.html")
	if url != "../../changes" || first != now() {
		t.Errorf("the page shows %q and asks %s, which says %q", first, url, now())
	}
	if _, same := shown("/ar/unit/NOBODY.html"); same != first {
		t.Errorf("the same files are %q and %q", first, same)
	}
	for _, bad := range []bool{true, false} {
		state, broken = state+"1", bad
		if now() == first {
			t.Error("a change is not told")
		}
		for _, page := range []string{"/en/unit/BRA.html", "/en/problems.html"} {
			if _, after := shown(page); after != now() {
				t.Errorf("broken=%t: %s shows %q, the files are %q", bad, page, after, now())
			}
		}
	}
	again, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	if request(again, "/changes").Body.String() == now() {
		t.Error("a program that was started again cannot be told from the first")
	}

	// What cannot change is not asked for.
	config.Stamp = nil
	still, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	if body := request(still, "/en/unit/BRA.html").Body.String(); strings.Contains(body, "data-changes") {
		t.Error("a page of a project that does not change follows it")
	}
	if still.assets[followFile].path != "" {
		t.Error("the script is there all the same")
	}
}
