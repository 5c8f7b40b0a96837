package language

import "testing"

func TestFold(t *testing.T) {
	for in, want := range map[string]string{"Côte  d’IVOIRE ": "cote d’ivoire", "Türkiye": "turkiye", "STRASSE ß": "strasse ss", "Россия": "россия"} {
		if got := Fold(in); got != want {
			t.Errorf("fold(%q) = %q, want %q", in, got, want)
		}
	}
}
