package site

import (
	"html"
	"net/http"
	"strings"
	"testing"

	"mizan/engine"
)

// The pillar talent of the sample is turned: less of it is better. Its scores
// are 80, 30, 5, 50; Brazil's 30 is the second best, and what its staff and
// degrees lose to the median is a gain of 0.3 times 10 each.
func TestReversedPillar(t *testing.T) {
	s, err := New(Config{Load: func(string) (*engine.Report, error) {
		r := sample()
		r.Node("talent").Reversed, r.Node("talent").Mirror = true, 100
		r.Project.Variants = nil
		return r, nil
	}, Project: "x"})
	if err != nil {
		t.Fatal(err)
	}
	for target, want := range map[string]string{"/ranking?sort=talent": "CIV BRA DOM AUT", "/ranking?sort=talent&dir=desc": "AUT DOM BRA CIV"} {
		if _, body, _ := get(t, s, target); order(body) != want {
			t.Errorf("%s: units %s, want %s", target, order(body), want)
		}
	}
	for target, wants := range map[string][]string{
		"/ranking": {`Talent</a> <span class="badge">less is better</span>`},
		"/unit/BRA": {
			"stands best in Money (1 of 3) and worst in Talent (2 of 4)", "first rank has the most of it",
			`<a href="#i-staff"><bdi>Research staff</bdi></a> <b><bdi>+3.00</bdi></b>`, `<a href="#i-degrees"><bdi>Degrees</bdi></a> <b><bdi>+3.00</bdi></b>`,
			`<td class="best-unit">5.0 <span class="soft">Côte d’Ivoire</span>`,
		},
		"/indicator/talent":  {"Less is better: Index sees 100 less the score."},
		"/indicator/staff":   {"A high score is bad: it stands below Talent", "More is better."},
		"/methodology":       {"Index sees 100 less the score"},
		"/indicator/degrees": {"it stands below Talent"},
	} {
		status, body, _ := get(t, s, target)
		for _, want := range wants {
			if status != http.StatusOK || !strings.Contains(html.UnescapeString(body), want) {
				t.Errorf("%s (status %d) lacks %s", target, status, want)
			}
		}
	}
	if _, body, _ := get(t, s, "/indicator/funds"); strings.Contains(body, "A high score is bad") {
		t.Error("funds stand below no reversed aggregate")
	}
}
