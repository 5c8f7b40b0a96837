package site

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"mizan/internal/site/language"
)

// luminance is the relative luminance of WCAG 2.2 of a colour "#rrggbb".
func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimPrefix(colour, "#"), 16, 32)
	if err != nil {
		t.Fatalf("colour %q: %v", colour, err)
	}
	linear := func(c uint64) float64 {
		v := float64(c&255) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(n>>16) + 0.7152*linear(n>>8) + 0.0722*linear(n)
}

// Text must stand out from what lies behind it by 4.5 to 1, bars and marks by
// 3 to 1 (WCAG 2.2, level AA), by day and by night.
func TestContrast(t *testing.T) {
	blocks := regexp.MustCompile(`(?s):root \{(.*?)\}`).FindAllStringSubmatch(string(mustRead(t, "style.css")), -1)
	if len(blocks) < 2 {
		t.Fatal("the style sheet should have colours for day and night")
	}
	for i, when := range []string{"day", "night"} {
		colours := map[string]string{}
		for _, m := range regexp.MustCompile(`--([a-z]+): (#[0-9a-f]{6})`).FindAllStringSubmatch(blocks[i][1], -1) {
			colours[m[1]] = m[2]
		}
		for _, c := range []struct {
			front, back string
			least       float64
		}{
			{"ink", "paper", 4.5},
			{"ink", "card", 4.5},
			{"ink", "wash", 4.5},
			{"ink", "self", 4.5},
			{"soft", "paper", 4.5},
			{"soft", "card", 4.5},
			{"soft", "wash", 4.5},
			{"soft", "self", 4.5},
			{"accent", "paper", 4.5},
			{"accent", "card", 4.5},
			{"accent", "wash", 4.5},
			{"accent", "self", 4.5},
			{"card", "accent", 4.5},
			{"brass", "self", 4.5},
			{"brass", "paper", 4.5},
			{"good", "paper", 4.5},
			{"bad", "paper", 4.5},
			{"bad", "self", 4.5},
			{"bar", "track", 3},
			{"bar", "card", 3},
			{"brass", "card", 3},
		} {
			a, b := luminance(t, colours[c.front]), luminance(t, colours[c.back])
			if got := (max(a, b) + 0.05) / (min(a, b) + 0.05); got < c.least {
				t.Errorf("by %s, %s on %s has contrast %.2f, less than %g", when, c.front, c.back, got, c.least)
			}
		}
	}
}

// speaker is a visit that only speaks a language.
func speaker(code string) *visit { return &visit{Language: language.Speak(code)} }

func mustRead(t *testing.T, name string) []byte {
	t.Helper()
	b, err := staticFiles.ReadFile("static/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
