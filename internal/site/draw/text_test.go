package draw

import (
	"strings"
	"testing"
)

func TestTwoLines(t *testing.T) {
	for label, want := range map[string]string{
		"Talent": "Talent", "Operating environment": "Operating|environment", "Государственная стратегия": "Государственная|стратегия", "OneVeryLongWordAlone": "OneVeryLongWordAlone",
	} {
		if got := strings.Join(twoLines(label), "|"); got != want {
			t.Errorf("%q is %q, want %q", label, got, want)
		}
	}
}

func TestWrapped(t *testing.T) {
	for _, c := range []struct {
		text string
		want string
	}{
		{"Talent", "Talent"},
		{"Operating environment", "Operating/environment"},
		{"Infrastructures of all", "Infrastruct…/of all"},
		{"Internationalisation", "Internation…"},
		{"研究与开发与创新能力建设", "研究与开发与…"},
		{"", ""},
	} {
		if got := strings.Join(wrapped(c.text, 12), "/"); got != c.want {
			t.Errorf("%q becomes %q, want %q", c.text, got, c.want)
		}
	}
	at := []float64{10, 12, 100}
	apart(at, []int{0, 1, 2}, 14, 100)
	if at[0] != 10 || at[1] != 24 || at[2] != 100 {
		t.Errorf("labels at %v", at)
	}
}

// A name is as wide as its letters: "Saudi A…" is 4.86 sizes of them. A label that is
// cut closes the piece with its own direction that it opened.
func TestElide(t *testing.T) {
	if got := elide("abc", 10); got != "abc" {
		t.Errorf("a short label becomes %q", got)
	}
	if got := elide("\u2068abcdefghij\u2069", 4); !strings.HasPrefix(got, "\u2068abc") || !strings.HasSuffix(got, "…\u2069") || textWidth(got) > 4+2*0.6 {
		t.Errorf("cut to %q", got)
	}
	for n, want := range map[float64]string{20: "Saudi Arabia", 4.9: "Saudi A…", 4.8: "Saudi…", 0: "Sa…"} {
		if got := fitName("Saudi Arabia", n); got != want {
			t.Errorf("within %v: %q, want %q", n, got, want)
		}
	}
}
