package site

import (
	"html"
	"strings"
	"testing"
	"testing/fstest"

	"mizan"

	"mizan/engine"
	"mizan/internal/site/language"
)

// Of four units the figures are 1 2 3 4 for apples, 2 4 6 8 for bread and
// 1 3 2 4 for cider: apples and bread go together at 1, cider with either at
// 0.8 (the sum of the products of the deviations is 4, that of the squares 5
// in both). The project answers one finding and leaves the other open.
func auditSite(t *testing.T) *Site {
	t.Helper()
	files := fstest.MapFS{
		"u.csv": {Data: []byte("unit,name\nAAA,Alpha\nBBB,Beta\nCCC,Gamma\nDDD,Delta\n")},
		"o.csv": {Data: []byte("unit,indicator,year,value\nAAA,a,2020,1\nBBB,a,2020,2\nCCC,a,2020,3\nDDD,a,2020,4\nAAA,b,2020,2\nBBB,b,2020,4\nCCC,b,2020,6\nDDD,b,2020,8\nAAA,c,2020,1\nBBB,c,2020,3\nCCC,c,2020,2\nDDD,c,2020,4\n")},
	}
	text := []byte(`mizan: 1
id: four
period: {year: 2020}
units: {file: u.csv}
observations: [{file: o.csv}]
indicators:
  a: {name: {en: Apples, ru: Яблоки}}
  b: {name: {en: Bread, ru: Хлеб}}
  c: {name: {en: Cider, ru: Сидр}}
framework: {code: top, name: {en: Food}, children: [{code: a}, {code: b}, {code: c}]}
audit:
  silence: [{finding: redundant-pair, reason: They are <b>meant</b> so}]
`)
	s, err := New(Config{Project: "four", Load: func(string) (*engine.Report, error) {
		return engine.Run(engine.Input{Name: "mizan.yaml", Text: text, Files: files})
	}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAuditPage(t *testing.T) {
	s := auditSite(t)
	_, body, _ := get(t, s, "/audit")
	text := html.UnescapeString(body)
	for _, want := range []string{
		"The strongest tie between two indicators: Bread and Apples correlate at 1.00",
		"<title>Bread and Apples: 1.00 (4 units)</title>", "<title>Cider and Apples: 0.80 (4 units)</title>", "<title>Cider and Bread: 0.80 (4 units)</title>",
		"Apples and Bread correlate at 1.00.",
		"They are <b>meant</b> so", "Do components of one group tell the same, or the opposite?", "correlation of two components below 0.9 and above -0.4",
		"mizan audit four --all", "Ranks without each pillar", `href="/indicator/a"`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(body, "<b>meant") {
		t.Error("a reason of the project became markup")
	}
	russian := html.UnescapeString(request(s, "/ru/audit.html").Body.String())
	for _, want := range []string{"Яблоки и Хлеб: корреляция 1,00.", "корреляция двух компонентов ниже 0,9 и выше −0,4", "<title>Сидр и Яблоки: 0,80 (4 страны)</title>"} {
		if !strings.Contains(russian, want) {
			t.Errorf("the Russian page lacks %s", want)
		}
	}
}

// A report that was read back from a document has nothing that could be audited.
func TestAuditOfADocument(t *testing.T) {
	if status, body, _ := get(t, newSample(t), "/audit"); status != 200 || !strings.Contains(body, "cannot be audited") {
		t.Errorf("status %d", status)
	}
}

// Names stand in place of codes and numbers as the language writes them; a
// sentence that no message knows is marked as English.
func TestTold(t *testing.T) {
	c := &visit{Language: language.Speak("ru"), book: newBook(sample())}
	drop := mizan.Sentence{ID: "factor.drop-one-of", Text: "leave out one of {codes}"}.Say("codes", "staff, funds")
	if got, want := string(c.toldOf(drop.Saying, drop.Text)), "исключить одно из: Research staff, Funds"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := string(c.Told("Mice ate `x < y`")), `<span lang="en" dir="ltr">Mice ate <code dir="ltr">x &lt; y</code></span>`; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := c.Said("not |skewness| > 2 with excess kurtosis > 3.5, nor excess kurtosis > 10"), "не должно быть |асимметрии| > 2 при эксцессе > 3,5, а также эксцесса > 10"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
