package site

import (
	"html"
	"math"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"mizan/internal/site/language"
)

// names lists those compared, in order.
func comparedNames(body string) string {
	_, list, _ := strings.Cut(body, `<ul class="chosen"`)
	list, _, _ = strings.Cut(list, "</ul>")
	var names []string
	for _, m := range regexp.MustCompile(`<a href="[^"]*">([^<]*)</a>`).FindAllStringSubmatch(list, -1) {
		names = append(names, html.UnescapeString(m[1]))
	}
	return strings.Join(names, ", ")
}

// Whom to compare: codes and names, in any language, twice is once; without any
// the first three; to one alone the best other.
func TestCompareWhom(t *testing.T) {
	for _, c := range []struct{ query, want string }{
		{"", "Brazil, Austria, " + hostile},
		{"?units=CIV,AUT", "Côte d’Ivoire, Austria"},
		{"?u=cote+d%E2%80%99ivoire&u=&u=%D0%90%D0%B2%D1%81%D1%82%D1%80%D0%B8%D1%8F", "Côte d’Ivoire, Austria"},
		{"?units=AUT,AUT,austria,CIV", "Austria, Côte d’Ivoire"},
		{"?units=AUT", "Austria, Brazil"},
		{"?units=BRA", "Brazil, Austria"},
		{"?units=Atlantis", "Brazil, Austria, " + hostile},
		{"?units=ERI,AUT", "Eritrea, Austria"},
	} {
		status, body, _ := get(t, newSample(t), "/compare"+c.query)
		if status != http.StatusOK || comparedNames(body) != c.want {
			t.Errorf("%s: status %d, compared %q, want %q", c.query, status, comparedNames(body), c.want)
		}
	}
	_, body, _ := get(t, newSample(t), "/compare?units=Austra,CIV")
	if !strings.Contains(body, "Not found: Austra.") || !strings.Contains(body, "Did you mean “Austria”?") {
		t.Error("an unknown name is not told of, or nothing offered in its place")
	}
	if _, body, _ := get(t, newSample(t), "/compare?units=%3Cscript%3Ealert(1)"); strings.Contains(body, "<script>alert") {
		t.Error("what was asked for becomes a script")
	}
}

// In the table each code has scores, ranks, and a mark at the best. In the sample
// Brazil has 58 and Austria 56; in talent 30 and 80, ranks 3 and 1; in money 100
// and 20, ranks 1 and 3.
func TestCompareTable(t *testing.T) {
	_, body, _ := get(t, newSample(t), "/compare?units=BRA,AUT")
	_, table, _ := strings.Cut(body, `id="compared"`)
	table = strings.Join(strings.Fields(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(strings.ReplaceAll(table, `class="n best"`, `class="n">*<i`), " ")), " ")
	for _, want := range []string{"Index *", "58.0 1 56.0 2", "Talent 30.0 3", "80.0 1", "100.0 1 20.0 3"} {
		if !strings.Contains(table, want) {
			t.Errorf("the table lacks %q: %s", want, table)
		}
	}
	if !strings.Contains(body, "Furthest apart in Money: Brazil 100.0, Austria 20.0") {
		t.Error("the title of the parts is another")
	}
}

// An alliance stands as one: A and B together have 97.9 (see TestAlliancePages).
func TestCompareAlliance(t *testing.T) {
	_, body, _ := get(t, newAllied(t, alliedProject), "/compare?units=pact,D")
	if got := comparedNames(body); !strings.HasPrefix(got, "Pact <script>") || !strings.HasSuffix(got, ", Denmark") || !strings.Contains(body, "<b>97.9</b>") {
		t.Errorf("compared are %q, or the alliance has another score", got)
	}
	if !strings.Contains(body, "Since 2022: ") || !strings.Contains(body, `class="sketch trends"`) {
		t.Error("two years make no curve")
	}
}

// Four axes, two points: the corner of a full score lies on the rim, above, and
// that of half a score half-way to the right; in Arabic to the left.
func TestRadar(t *testing.T) {
	m := &comparison{
		codes: []comparedCode{{name: "a", facing: 1}, {name: "b", facing: 1}, {name: "c", facing: 1}, {name: "d", facing: 1}},
		all:   []compared{{name: "A", scores: []float64{100, 50, math.NaN(), 0}}}, chosen: []int{0}, high: 100, axes: []int{0, 1, 2, 3},
	}
	for _, c := range []struct{ lang, want string }{{"en", "M230.0 64.0L289.0 182.0L230.0 182.0Z"}, {"ar", "M230.0 64.0L171.0 182.0L230.0 182.0Z"}} {
		v := &visit{Language: language.Speak(c.lang), book: &book{scale: scale{0, 100, 1}}}
		d := v.radar(m)
		for _, mark := range d.Marks {
			if mark.Class == "area s0" && mark.D != c.want {
				t.Errorf("%s: the area is %s, want %s", c.lang, mark.D, c.want)
			}
		}
	}
}

// y = x² over 1 to 5: r = 60/sqrt(10·374) = 0.98, and the ranks agree.
func TestCorrelation(t *testing.T) {
	m := &comparison{x: 0, y: 1, units: 6, all: []compared{
		{scores: []float64{1, 1}},
		{scores: []float64{2, 4}},
		{scores: []float64{3, 9}},
		{scores: []float64{4, 16}},
		{scores: []float64{5, 25}},
		{scores: []float64{math.NaN(), 3}},
		{scores: []float64{9, -50}}, // the last is an alliance
	}}
	r, rho, n := m.correlation()
	if math.Abs(r-60/math.Sqrt(3740)) > 1e-12 || math.Abs(rho-1) > 1e-12 || n != 5 {
		t.Errorf("r %v, rho %v, n %d", r, rho, n)
	}
	for r, want := range map[float64]string{0.98: "closely", 0.5: "loosely", 0.1: "hardly", -0.2: "hardly", -0.5: "against"} {
		if got := togetherness(r); got != want {
			t.Errorf("%v is %s, want %s", r, got, want)
		}
	}
}

func TestWrapped(t *testing.T) {
	for _, c := range []struct {
		text string
		want string
	}{
		{"Talent", "Talent"},
		{"Operating environment", "Operating/environment"},
		{"Infrastructures of all", "Infrastruct…/of all"},
		{"Internationalisation", "Internation…"},
		{"研究与开发与创新能力建设", "研究与开发与…"},
		{"", ""},
	} {
		if got := strings.Join(wrapped(c.text, 12), "/"); got != c.want {
			t.Errorf("%q becomes %q, want %q", c.text, got, c.want)
		}
	}
	at := []float64{10, 12, 100}
	apart(at, []int{0, 1, 2}, 14, 100)
	if at[0] != 10 || at[1] != 24 || at[2] != 100 {
		t.Errorf("labels at %v", at)
	}
}

// A served page leads to a comparison with what is asked behind the ?, a written
// one behind the #.
func TestCompareIsLedTo(t *testing.T) {
	_, body, _ := get(t, newSample(t), "/unit/CIV")
	if !strings.Contains(body, `href="/compare?units=CIV"`) {
		t.Error("the page of a unit does not lead to its comparison")
	}
	if _, body, _ = get(t, newSample(t), "/ranking"); !strings.Contains(body, `href="/compare"`) {
		t.Error("the ranking does not lead to the comparison")
	}
	w := request(newWritten(t, complete), "/en/unit/CIV.html")
	if !strings.Contains(w.Body.String(), `href="../compare.html#units=CIV"`) {
		t.Error("a written page of a unit does not lead to its comparison")
	}
}
