package site

import (
	"html"
	"math"
	"net/http"
	"regexp"
	"strings"
	"testing"
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
