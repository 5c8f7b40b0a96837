package language

import "testing"

// A sentence of the engine is known again and told in the language of the page.
func TestSentencesOfTheEngine(t *testing.T) {
	same := func(_, value string) string { return value }
	for _, c := range []struct {
		code, sentence, want string
		known                bool
	}{
		{"ru", "X has no figure in any file", "X: данных нет ни в одном файле", true},
		{"zh", "never heard", "never heard", false},
		{"en", "never heard", "never heard", true},
	} {
		if got, known := Speak(c.code).SaidWith(c.sentence, same); got != c.want || known != c.known {
			t.Errorf("%s: %q (known %v), want %q (known %v)", c.code, got, known, c.want, c.known)
		}
	}
}
