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
