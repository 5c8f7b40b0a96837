package site

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
