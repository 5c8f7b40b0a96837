package claim_test

import (
	"testing"

	"mizan/claim"
)

// The names are those that the CLDR gives.
func TestTerritory(t *testing.T) {
	for _, c := range []struct{ language, code, want string }{
		{"en", "CUB", "Cuba"},
		{"ar", "BOL", "بوليفيا"},
		{"ru", "UGA", "Уганда"},
		{"zh", "AZE", "阿塞拜疆"},
		{"zh", "ABW", "阿鲁巴"}, // the first of two
		{"en", "XXX", ""},
		{"fr", "CUB", ""},
		{"en", "code", ""},
	} {
		if got := claim.Territory(c.language, c.code); got != c.want {
			t.Errorf("%s in %s is %q, want %q", c.code, c.language, got, c.want)
		}
	}
}
