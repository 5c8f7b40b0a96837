package site

import (
	"net/http"
	"strings"
	"testing"
)

// The first page says what the project is and who is at the head, and leads to
// the whole ranking.
func TestOverviewLeadsOn(t *testing.T) {
	status, body, _ := get(t, newSample(t), "/")
	if status != http.StatusOK || order(body) != "" && !strings.HasPrefix("BRA AUT DOM CIV", order(body)) {
		t.Errorf("status %d, units %q", status, order(body))
	}
	for _, want := range []string{"treatment of totals moves ranks", `href="/ranking"`, `<a href="/unit/BRA">`} {
		if !strings.Contains(body, want) {
			t.Errorf("the overview lacks %q", want)
		}
	}
}
