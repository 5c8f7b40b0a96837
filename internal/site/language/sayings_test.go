package language

import "testing"

// A sentence of the engine is known again and told in the language of the page.
func TestSentencesOfTheEngine(t *testing.T) {
	if got, want := Speak("ru").said("figures for 1 of 3 indicators, 65 % asked for"), "есть данные по 1 показателям из 3, требуется 65\u00a0%"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := Speak("zh").said("never heard"); got != "never heard" {
		t.Error(got)
	}
}
