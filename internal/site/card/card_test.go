package card

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mizan/internal/site/language"
)

// drawCard draws a card, or says that there are no fonts.
func drawCard(t *testing.T, c *Card) []byte {
	t.Helper()
	fonts := ReadFonts(os.DirFS("../assets"))
	if fonts == nil {
		t.Skip("the fonts of cards are not there: make assets brings them")
	}
	return c.Draw(NewQuill(fonts))
}

// ink counts the pixels of a card, within a part of it, that are not paper.
func ink(t *testing.T, body []byte, x0, y0, x1, y1 int) int {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if b := picture.Bounds(); b.Dx() != cardWidth || b.Dy() != cardHeight {
		t.Errorf("the card is %v", b)
	}
	paper := picture.At(cardWidth-1, cardHeight-1)
	n := 0
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			if picture.At(x, y) != paper {
				n++
			}
		}
	}
	return n
}

// A card has its title and finding in every script, from the side where the
// script begins; with MIZAN_SHOTS it is left there to be looked at.
func TestCard(t *testing.T) {
	for lang, c := range map[string]*Card{
		"en": {Lang: "en", Site: "The AI race", Heading: "Russia", Finding: "Russia ranks 28 of 88.", Foot: "example.org"},
		"ar": {Lang: "ar", Site: "سباق الذكاء الاصطناعي", Heading: "روسيا", Finding: "روسيا: المرتبة 28 من 88 في سباق الذكاء الاصطناعي لعام 2023 (في 90% من عمليات المحاكاة: 22–31) بدرجة 39.6، مع نقاط القوة", Foot: "example.org"},
		"ru": {Lang: "ru", Site: "Гонка", Heading: "Россия", Finding: "28-е место из 88.", Foot: "example.org"},
		"zh": {Lang: "zh", Site: "人工智能竞赛", Heading: "俄罗斯", Finding: "第 28 位", Foot: "example.org"},
	} {
		body := drawCard(t, c)
		if folder := os.Getenv("MIZAN_SHOTS"); folder != "" {
			if err := os.WriteFile(filepath.Join(folder, "card-"+lang+".png"), body, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		left, right := ink(t, body, 0, 150, 500, 300), ink(t, body, 700, 150, cardWidth, 300)
		if lang == "ar" {
			left, right = right, left
		}
		if left < 1000 || right > 0 {
			t.Errorf("%s: the title has %d pixels where it begins and %d at the other side", lang, left, right)
		}
		if len(body) > 100_000 || !bytes.Equal(body, drawCard(t, c)) {
			t.Errorf("%s: %d bytes, or not the same twice", lang, len(body))
		}
	}
}

// Arabic letters join: a word has another shape than its letters one by one.
func TestCardJoins(t *testing.T) {
	joined := drawCard(t, &Card{Lang: "ar", Heading: "بيت"})
	apart := drawCard(t, &Card{Lang: "ar", Heading: "ب\u200Cي\u200Cت"})
	if a, b := ink(t, joined, 0, 150, cardWidth, 300), ink(t, apart, 0, 150, cardWidth, 300); a == 0 || 10*a > 9*b {
		t.Errorf("%d pixels joined, %d apart", a, b)
	}
}

// Whatever a text is, it stays within its lines.
func TestCardHostile(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("endless ", 400), strings.Repeat("x", 400), strings.Repeat("ي", 300), strings.Repeat("e\u0301\u0323", 80), "שלום \u202Egnp.exe\u202C",
		strings.Repeat("漢字", 200), "👩‍👩‍👧‍👦" + strings.Repeat("🏳️‍🌈", 90), "two\nlines\tand\x00more",
	} {
		body := drawCard(t, &Card{Lang: "ar", Site: text, Heading: language.Tidy(text, language.LongestName), Finding: language.Tidy(text, 300), Foot: text})
		if n := ink(t, body, 0, 551, cardWidth, 563); n > 0 || ink(t, body, 0, 100, 40, 540) > 0 {
			t.Errorf("%.20q leaves its place", text)
		}
	}
	drawCard(t, &Card{Lang: "en"})
	drawCard(t, &Card{Lang: "en", Heading: strings.Repeat("\u0301", 100), Finding: "\uFFFE\U0010FFFF"})
}
