package site

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"mizan"
	"mizan/engine"
	"mizan/internal/site/language"
	"mizan/uncertainty"
)

// pairFiles are two units, each ahead in one indicator; the factor gives the
// other indicator more weight and turns the ranks round.
func pairFiles(factors string) fstest.MapFS {
	return fstest.MapFS{
		"mizan.yaml": {Data: []byte(`mizan: 1
id: pair
period: {from: 2019, to: 2020}
units: {file: u.csv}
observations: [{file: o.csv}]
indicators: {a: {name: {en: Apples}}, b: {name: {en: Bread}}}
framework: {code: top, children: [{code: a, weight: 2}, {code: b}]}
` + factors)},
		"u.csv": {Data: []byte("unit,name\nAAA,Alpha\nBBB,<b>Beta</b>\n")},
		"o.csv": {Data: []byte("unit,indicator,year,value\nAAA,a,2020,9\nBBB,a,2020,1\nAAA,b,2020,1\nBBB,b,2020,9\nAAA,a,2019,9\nBBB,a,2019,1\nAAA,b,2019,1\nBBB,b,2019,9\n")},
	}
}

func servePair(t *testing.T, factors string) *Site {
	t.Helper()
	files := pairFiles(factors)
	s, err := New(Config{Project: "pair", Load: func(string) (*engine.Report, error) {
		return engine.Run(engine.Input{Name: "mizan.yaml", Text: files["mizan.yaml"].Data, Files: files})
	}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Between a and b the weight of b decides: from 1/2 of a's to twice as much, so
// that all of the variance is its; the other factor fills gaps of which there
// are none.
const pairFactors = `uncertainty:
  vary:
    - {id: lead, title: {en: Which leads}, choose: framework.b.weight, from: [as-is, 4]}
    - {id: gaps, choose: build.impute, from: [as-is, mean]}
`

func TestDriversOfARank(t *testing.T) {
	s := servePair(t, pairFactors)
	_, body, _ := get(t, s, "/unit/AAA")
	section := body[strings.Index(body, `<section id="drivers">`):]
	for _, want := range []string{
		"Alpha ranks 1.5 on average, with a standard deviation of 0.5 places",
		`<th scope="row" title="framework.b.weight">Which leads</th><td class="n">100%</td>`,
		`<th scope="row" title="build.impute">Gaps</th><td class="n">0%</td>`,
		// Turning the ranks round moves the unit by one place, either way.
		`<th scope="row">Which leads</th><td class="n of">±1.0</td>`,
		`x="0.0" y="3" width="200.0"`,
		"mizan sensitivity pair --unit AAA --by input",
	} {
		if !strings.Contains(section, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Count(section, "Gaps") != 1 {
		t.Error("what moves nothing stands among what moves the rank")
	}
	_, other, _ := get(t, s, "/unit/BBB")
	if strings.Contains(other, "<b>Beta") || !strings.Contains(other, "&lt;b&gt;Beta&lt;/b&gt; ranks 1.5") {
		t.Error("the name of a unit reaches the page as markup")
	}
	_, all, _ := get(t, s, "/methodology")
	for _, want := range []string{
		"<h2>What drives the ranks</h2>", "units move by 0.50 places on average", `<a href="#drivers">`,
		`>Which leads</th><td class="n">100%</td>`, "mizan sensitivity pair</code>",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("the methodology lacks %s", want)
		}
	}
	// The result is of the latest year.
	if _, old, _ := get(t, s, "/unit/AAA?year=2019"); strings.Contains(old, "<h2>What drives the rank") {
		t.Error("another year shows the drivers of the latest")
	}
}

func TestDriversOfNothing(t *testing.T) {
	if _, body, _ := get(t, servePair(t, ""), "/unit/AAA"); strings.Contains(body, "<h2>What drives the rank") {
		t.Error("a project that says nothing of what varies has drivers")
	}
	_, body, _ := get(t, servePair(t, "uncertainty: {vary: [{choose: build.impute, from: [as-is, mean]}]}\n"), "/unit/AAA")
	if !regexp.MustCompile(`moves Alpha: it has the same rank in all [1-9][0-9]*\D?[0-9]+ draws`).MatchString(body) {
		t.Error("a rank that nothing moves is not said to stand still")
	}
	_, body, _ = get(t, servePair(t, "uncertainty: {vary: [{choose: build.impute, from: [as-is, mean]}]}\n"), "/methodology")
	if !strings.Contains(body, "moves a unit: the ranks are the same in all") {
		t.Error("ranks that nothing moves are not said to stand still")
	}
	_, body, _ = get(t, servePair(t, "uncertainty: {vary: [{choose: build.aggregate, from: [as-is, geometric-mean]}]}\n"), "/unit/AAA")
	if !strings.Contains(body, "cannot be drawn:") || !strings.Contains(body, "min-max puts the lowest unit of a at 0 or below") {
		t.Error("a factor that cannot be built is not told")
	}
}

// Moves by hand: of 4 places with an interval of 3 to 5 the axis ends at 5, so
// that the bar is 80 of 100 long.
func TestDriverMoves(t *testing.T) {
	nan := mizan.Number(nan)
	r := &uncertainty.SensitivityResult{Factors: []uncertainty.SensitivityFactor{{ID: "w.a", Code: "staff"}, {ID: "w.b"}, {ID: "gap-fill"}, {ID: "w.d"}, {ID: "none"}}}
	effect := func(mu, size, low, high mizan.Number) uncertainty.Effect {
		return uncertainty.Effect{Morris: &uncertainty.MorrisEffect{Mean: mu, Strength: size, Low: low, High: high}}
	}
	target := &uncertainty.SensitivityTarget{Effects: []uncertainty.Effect{
		effect(2, 2, 1, 2.5), effect(-4, 4, 3, 5), effect(nan, 1, 0.5, 1.5), effect(0.1, 3, 2.5, 3.5), effect(0, 0, 0, 0),
	}}
	book := newBook(sample())
	c := &visit{Language: language.Speak("en"), book: book, base: book}
	v := &driversView{}
	c.addMoves(v, r, target)
	want := []driverMove{
		{Label: "W.b", Places: "4.0", Way: "up", From: "20.0", Width: "80.0", Low: "0.0", High: "40.0"},
		{Label: "W.d", Places: "±3.0", Way: "either", From: "40.0", Width: "120.0", Low: "150.0", High: "170.0"},
		{Label: "Weight of Research staff", Places: "2.0", Way: "down", From: "100", Width: "40.0", Low: "120.0", High: "150.0"},
		{Label: "Gap fill", Places: "±1.0", Way: "either", From: "80.0", Width: "40.0", Low: "110.0", High: "130.0"},
	}
	if len(v.Moves) != len(want) || v.Most != 5 {
		t.Fatalf("%+v, axis to %d", v.Moves, v.Most)
	}
	for i := range want {
		if v.Moves[i] != want[i] {
			t.Errorf("got %+v, want %+v", v.Moves[i], want[i])
		}
	}
}

func TestDriverWords(t *testing.T) {
	for share, want := range map[float64]string{0.126: "13%", -0.03: "0%", 1.04: "100%", nan: language.Gap} {
		if got := speaker("en").percentage(share); got != want {
			t.Errorf("percentage(%v) = %s, want %s", share, got, want)
		}
	}
	if got := firstLine(errors.New("one\ntwo")); got != "one" {
		t.Error(got)
	}
}
