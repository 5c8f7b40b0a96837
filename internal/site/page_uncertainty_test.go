package site

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"mizan"
	"mizan/engine"
	"mizan/internal/site/language"
	"mizan/uncertainty"
)

// Between the two units the weight of b decides: as it is nothing moves, with 4
// both move by one place; gaps there are none to fill.
func TestChoicesOnThePage(t *testing.T) {
	_, body, _ := get(t, servePair(t, pairFactors), "/uncertainty")
	for _, want := range []string{
		`<th scope="row">Which leads</th><td>as it is</td><td class="n">[0-9,]+</td><td class="n">0</td><td class="n">0\.00</td>`,
		`<th scope="row">Which leads</th><td>4</td><td class="n">[0-9,]+</td><td class="n">0</td><td class="n">1\.00</td>`,
		`<th scope="col" class="n">Before the next</th>`,
		// One of two: about a half of the draws, of which there are thousands.
		`<span class="code">[AB]{3}</span></th>(<td class="n">[^<]*</td>){4}<td class="n">(4[5-9]|5[0-5]).{0,3}%</td>`,
	} {
		if !regexp.MustCompile(want).MatchString(body) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(body, "Why draws failed") || strings.Contains(body, "were made here") {
		t.Error("failures or a lack of draws are told that there are not")
	}
}

func TestFirstDraws(t *testing.T) {
	for units, want := range map[int]int{0: 30_000_000, 100: 300_000, 5000: 6000, 1_000_000: 500} {
		if got := firstDraws(units); got != want {
			t.Errorf("%d draws of %d units, want %d", got, units, want)
		}
	}
}

// By hand: of nine choices the six that move most stand alone; the three others
// were made in 10 + 10 + 20 draws, of which 10 failed, and moved 1, 1 and, in
// those that did not fail, 2 places: (10 + 10 + 20)/30.
func TestManyChoices(t *testing.T) {
	c := &visit{Language: language.Speak("en"), book: &book{Report: &engine.Report{}}}
	var list []uncertainty.Tally
	for i := range 6 {
		list = append(list, uncertainty.Tally{Factor: "f", Choice: string(rune('a' + i)), Draws: 5, Shift: mizan.Number(9 - i)})
	}
	list = append(list, uncertainty.Tally{Factor: "f", Choice: "x", Draws: 10, Shift: 1}, uncertainty.Tally{Factor: "f", Choice: "y", Draws: 10, Shift: 1},
		uncertainty.Tally{Factor: "f", Choice: "z", Draws: 20, Failed: 10, Shift: 2}, uncertainty.Tally{Factor: "g", Choice: "alone", Draws: 1, Shift: 3})
	slices.Reverse(list[:9])
	rows := c.choiceRows(list, map[string]string{"f": "F", "g": "G"})
	if len(rows) != 8 || rows[0] != (choiceRow{"F", "a", "5", "0", "9.00"}) || rows[6] != (choiceRow{"F", "3 others", "40", "10", "1.33"}) || rows[7] != (choiceRow{"G", "alone", "1", "0", "3.00"}) {
		t.Errorf("%+v", rows)
	}
}
