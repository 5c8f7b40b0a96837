package site

import (
	"net/http"
	"strings"
	"testing"

	"mizan/internal/site/language"
)

// The page about the index says what it is, how to cite it and how to compute it
// again, in words of every language. The sample has two publishers: both stand
// behind the series of staff, one behind each of the others.
func TestAbout(t *testing.T) {
	status, body, _ := get(t, newSample(t), "/about")
	if status != http.StatusOK {
		t.Errorf("status %d", status)
	}
	for _, want := range []string{
		"treatment of totals moves ranks", "computed by Mizan 1.2.3. sha256:0123456789abcdef", "@misc{sample,", `mizan build &#39;my index&#39;`,
		`<th scope="row" dir="auto">Office of Statistics</th><td class="n">2</td>`, `<th scope="row" dir="auto">CC BY 4.0</th><td class="n">1</td>`,
		`href="/methodology"`, `href="/data"`, "no cookies", "screen reader",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if strings.Contains(body, "All versions") {
		t.Error("a site without releases speaks of them")
	}
	if strings.Contains(body, "{alert") || strings.Contains(body, `\{`) {
		t.Error("a hostile title ends the entry of BibTeX")
	}
}

// What BibTeX reads as a command is escaped or left out.
func TestBibText(t *testing.T) {
	if got := bibText(`R&D_100% {x} \input`); got != `R\&D\_100\% x input` {
		t.Errorf("got %s", got)
	}
	if got := bibKey("a b{c},é"); got != "a-b-c---" {
		t.Errorf("got %s", got)
	}
}

// English gives some names an article within a sentence; no other language of
// the pages does.
func TestNamesInSentences(t *testing.T) {
	for _, c := range []struct{ lang, name, want string }{
		{"en", "United States", "the United States"}, {"en", "China", "China"}, {"en", "Netherlands", "the Netherlands"}, {"ru", "Китай", "Китай"}, {"en", "", ""},
	} {
		if got := language.Speak(c.lang).Definite(c.name); got != c.want {
			t.Errorf("%s: %q becomes %q, want %q", c.lang, c.name, got, c.want)
		}
	}
}

func TestShellWord(t *testing.T) {
	for in, want := range map[string]string{"hdi": "hdi", "my index": "'my index'", "it's; rm": `'it'\''s; rm'`, "": "''"} {
		if got := shellWord(in); got != want {
			t.Errorf("shellWord(%q) = %s, want %s", in, got, want)
		}
	}
}
