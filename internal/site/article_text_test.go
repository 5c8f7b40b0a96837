package site

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"mizan/claim"
)

func spanned(id string, from, to int) claim.Claim {
	return claim.Claim{ID: id, Span: claim.Span{From: from, To: to}}
}

func TestParagraphs(t *testing.T) {
	text := "Russia is 31st of 83.\n\n“We will grow”, he said."
	quote := strings.Index(text, "“")
	got := paragraphsOf(text, []claim.Claim{spanned("c1", 0, 20), spanned("c2", quote, len(text)-1), spanned("c3", quote+3, quote+12)})
	var lines []string
	for _, p := range got {
		line := ""
		for _, part := range p.Parts {
			line += "[" + part.Claims + ":" + part.Text + "]"
		}
		lines = append(lines, line)
	}
	want := "[c1:Russia is 31st of 83][:.]\n[c2:“][c3 c2:We will g][c2:row”, he said][:.]"
	if s := strings.Join(lines, "\n"); s != want {
		t.Errorf("got\n%s\nwant\n%s", s, want)
	}
	if p := got[1].Parts; !p[0].First || p[2].First || !p[1].First || p[2].Claim != "c2" {
		t.Errorf("where claims begin: %+v", p)
	}
}

// Whatever the spans, all that is shown of the text is there, once and in order.
func TestParagraphsKeepText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("ab \n\u202eابج数,\x00"))).Draw(t, "text") + rapid.SampledFrom([]string{"", "\xff", "\xd8"}).Draw(t, "end")
		var claims []claim.Claim
		for i := range rapid.IntRange(0, 4).Draw(t, "claims") {
			from := rapid.IntRange(-1, len(text)+1).Draw(t, "from")
			claims = append(claims, spanned(string(rune('a'+i)), from, from+rapid.IntRange(0, 9).Draw(t, "length")))
		}
		var got strings.Builder
		for _, p := range paragraphsOf(text, claims) {
			for _, part := range p.Parts {
				got.WriteString(part.Text)
			}
		}
		plain := func(s string) string { return strings.Join(strings.Fields(shownText(s)), "") }
		if plain(got.String()) != plain(text) {
			t.Fatalf("%q is shown as %q", text, got.String())
		}
	})
}
