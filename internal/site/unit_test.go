package site

import (
	"html"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"mizan/engine"
)

// unitFiles are four units of one region with ties, chips, an alliance, a promise
// and a scenario. Scores are min-max over 0 to 100: of apples 0, 40, 60, 100, of
// bread 100, 40, 60, 0, so that the index is 50, 40, 60, 50.
func unitFiles() fstest.MapFS {
	return fstest.MapFS{
		"mizan.yaml": {Data: []byte(`mizan: 1
id: four
period: {year: 2023}
units: {file: u.csv}
observations: [{file: o.csv}]
indicators: {a: {name: Apples, pool: sum}, b: {name: Bread, pool: mean}}
framework: {code: top, children: [{code: a}, {code: b}]}
build:
  normalise: {method: min-max, to: [0, 100]}
ties: [{code: letters, name: Letters, file: t.csv, measure: letters}]
supply: [{code: chips, name: Chips, file: s.csv, measure: chips, year: 2023, suppliers: who.csv}]
alliances: [{code: pact, name: The Pact, members: [{unit: AAA, from: 2000-01-01}, {unit: BBB, from: 2000-01-01}]}]
targets: [{id: more, unit: AAA, title: More apples, indicator: a, baseline: 2021, target: {2030: 30}}]
scenarios:
  - {id: gift, title: A gift, unit: BBB, edits: [{id: give, indicators: a, units: BBB, op: scale, value: 1.5}]}
variants:
  years: {title: Two years, edits: [{set: period, to: {from: 2022, to: 2023}}]}
`)},
		"u.csv": {Data: []byte("unit,name,region\nAAA,Alpha,North\nBBB,Beta,North\nCCC,Gamma,North\nDDD,Delta,North\n")},
		"o.csv": {Data: []byte(`unit,indicator,year,value
AAA,a,2021,10
AAA,a,2022,12
AAA,a,2023,10
BBB,a,2022,20
BBB,a,2023,30
CCC,a,2022,30
CCC,a,2023,40
DDD,a,2022,60
DDD,a,2023,60
AAA,b,2022,9
AAA,b,2023,10
BBB,b,2022,4
BBB,b,2023,4
CCC,b,2022,6
CCC,b,2023,6
DDD,b,2022,0
DDD,b,2023,0
`)},
		"t.csv":   {Data: []byte("a,b,year,weight\nAAA,BBB,2023,30\nAAA,CCC,2023,10\nBBB,DDD,2023,5\n")},
		"s.csv":   {Data: []byte("unit,supplier,quantity\nAAA,one,75\nAAA,two,25\nBBB,one,1\n")},
		"who.csv": {Data: []byte("supplier,name,home\none,One Works,DDD\ntwo,Two Works,AAA\n")},
	}
}

func serveUnits(t *testing.T) *Site {
	t.Helper()
	files := unitFiles()
	s, err := New(Config{Load: func(variant string) (*engine.Report, error) {
		return engine.Run(engine.Input{Name: "mizan.yaml", Text: files["mizan.yaml"].Data, Files: files, Variant: variant})
	}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// textOf is what is read in a section of a page.
func textOf(t *testing.T, body, id string) string {
	t.Helper()
	_, body, found := strings.Cut(body, `<section id="`+id+`">`)
	if !found {
		t.Errorf("there is no section %s", id)
	}
	body, _, _ = strings.Cut(body, "</section>")
	body = html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(body, " "))
	return strings.Join(strings.Fields(body), " ")
}

func TestUnitSections(t *testing.T) {
	s := serveUnits(t)
	status, body, _ := get(t, s, "/unit/AAA")
	if status != http.StatusOK {
		t.Fatalf("status %d: %s", status, body)
	}
	for section, wants := range map[string][]string{
		// The other three have 40, 60 and 50.
		"peers": {"Alpha scores 50.0. Median, North (3 others): 50.0", "Best: Gamma 60.0", "The Pact as one", "The whole ranking"},
		"ties":  {"Letters 2023", "Beta 30 75.0%", "Gamma 10 25.0%"},
		// 0.75² + 0.25² = 0.625, rounded to the even digit.
		"chips":     {"100 chips; 75% from outside. Concentration over suppliers (HHI): 0.62.", "One Works Delta 75.0%", "Two Works Alpha 25.0%"},
		"promises":  {"More apples", "30", "2030", "0% of the way"},
		"years":     {"The years are those of the reading “Two years”"},
		"effects":   {"Bread", "Apples"},
		"trails":    {"Apples", "10"},
		"lacks":     {"The chance of each rank: the project does not say what is uncertain in this year.", "What drives the rank"},
		"scenarios": nil,
	} {
		if wants == nil {
			continue
		}
		text := textOf(t, body, section)
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %q: %s", section, want, text)
			}
		}
	}
	// Every entry of the table of contents leads to a section.
	contents := regexp.MustCompile(`(?s)<nav class="toc contents".*?</nav>`).FindString(body)
	links := regexp.MustCompile(`href="#([a-z]+)"`).FindAllStringSubmatch(contents, -1)
	if len(links) < 8 {
		t.Errorf("the table of contents has %d entries", len(links))
	}
	for _, m := range links {
		if !strings.Contains(body, `id="`+m[1]+`"`) {
			t.Errorf("the contents lead to %s, which is not there", m[1])
		}
	}
	_, body, _ = get(t, s, "/unit/BBB")
	if text := textOf(t, body, "scenarios"); !strings.Contains(text, "A gift about it") {
		t.Errorf("the scenario about the unit is missing: %s", text)
	}
	if text := textOf(t, body, "lacks"); !strings.Contains(text, "Promises: none of the targets in the project is its own or of an alliance of its.") {
		t.Errorf("what is missing: %s", text)
	}
	_, body, _ = get(t, s, "/unit/CCC")
	if text := textOf(t, body, "lacks"); !strings.Contains(text, "it belonged to none of those in the project") {
		t.Errorf("what is missing: %s", text)
	}
	if text := textOf(t, body, "chips"); !strings.Contains(text, "Nothing is known of it in this table.") {
		t.Errorf("chips: %s", text)
	}
}

// The ranking has a curve for each unit in the reading that has several years, and
// says so where there is none.
func TestRankingTrend(t *testing.T) {
	_, body, _ := get(t, serveUnits(t), "/ranking")
	for _, want := range []string{"in the reading “Two years”", `<td class="n trend" data-v="`, `<polyline points="3.0,`} {
		if !strings.Contains(html.UnescapeString(body), want) {
			t.Errorf("the ranking lacks %s", want)
		}
	}
	_, body, _ = get(t, servePromises(t), "/ranking")
	if !strings.Contains(body, "so there are no curves over the years") || strings.Contains(body, "<polyline") {
		t.Error("a project of one year has curves, or does not say that it has none")
	}
}

// The axis of Eurostat's method has the marks -1, 0, 60 %, 95 % and 190 %; that
// of ESCAP's falls from 200 over 100 and 10 to 0.
func TestAxisOf(t *testing.T) {
	limits := map[string]float64{"eurostat_moderate": .6, "eurostat_on_track": .95, "un_escap_maintain": 10, "un_escap_accelerate": 100}
	if axis, share := axisOf("eurostat", limits); !slices.Equal(axis.At, []float64{-1, 0, .6, .95, 1.9}) || !share {
		t.Errorf("eurostat: %v, shares %v", axis, share)
	}
	if axis, share := axisOf("un-escap", limits); !slices.Equal(axis.At, []float64{200, 100, 10, 0}) || share {
		t.Errorf("un-escap: %v, shares %v", axis, share)
	}
	if axis, _ := axisOf("tea-leaves", limits); axis.At != nil {
		t.Error("an unknown method has an axis")
	}
}
