package site

import (
	"html"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"mizan/engine"
)

const alliedProject = `
mizan: 1
id: allied
title: Allied
period: {from: 2022, to: 2023}
units: {file: u.csv}
observations: [{file: d.csv}]
indicators:
  life: {name: Life, measure: years, pool: {weighted_mean: pop}, pool_reason: "Per person, <b>bold</b>"}
  work: {name: Works, measure: works, pool: sum}
  pop: {name: People, measure: million, pool: sum}
framework: {code: top, children: [{code: people, children: [{code: life}]}, {code: amounts, children: [{code: work}]}]}
build: {normalise: {method: min-max, to: [0, 100], over: panel}}
alliances:
  - code: pact
    name: {en: "Pact <script>alert(1)</script>"}
    incomplete: true
    note: "Some <i>are</i> missing"
    source: "https://example.org/pact?a=b&c=d"
    members:
      - {unit: A, from: 2001-02-03}
      - {unit: B, from: 2023, source: "javascript:alert(1)"}
      - {unit: C, status: disputed, note: "<img src=x onerror=alert(1)>"}
      - {unit: ZZZ, outside: true}
`

// A has 1, B 3 million people; C and D 10 each.
const alliedFigures = "unit,indicator,year,value\n" +
	"A,life,2022,60\nB,life,2022,80\nC,life,2022,50\nD,life,2022,90\n" +
	"A,life,2023,60\nB,life,2023,80\nC,life,2023,50\nD,life,2023,90\n" +
	"A,work,2022,10\nB,work,2022,30\nC,work,2022,0\nD,work,2022,20\n" +
	"A,work,2023,10\nB,work,2023,30\nC,work,2023,0\nD,work,2023,20\n" +
	"A,pop,2022,1\nB,pop,2022,3\nC,pop,2022,10\nD,pop,2022,10\n" +
	"A,pop,2023,1\nB,pop,2023,3\nC,pop,2023,10\nD,pop,2023,10\n"

func newAllied(t *testing.T, text string) *Site {
	t.Helper()
	files := fstest.MapFS{"d.csv": {Data: []byte(alliedFigures)}, "u.csv": {Data: []byte("unit,name\nA,Austria\nB,\"<b>Belgium\"\nC,Chad\nD,Denmark\n")}}
	s, err := New(Config{Load: func(string) (*engine.Report, error) {
		r, err := engine.Run(engine.Input{Name: "mizan.yaml", Text: []byte(text), Files: files})
		if err != nil {
			return nil, err
		}
		return r.Complete(), nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// By hand: A and B together live (60 + 3 x 80) / 4 = 75 years, 62.5 on the scale
// of 50 to 90, and have 40 works, a third more than the best, 133.3 on that of 0
// to 30: 97.9, ahead of D with (100 + 66.7) / 2 = 83.3. A alone has 29.2, B 87.5.
func TestAlliancePages(t *testing.T) {
	s := newAllied(t, alliedProject)
	for target, wants := range map[string][]string{
		"/":          {`<a href="/alliances">Alliances</a>`},
		"/alliances": {`Pact &lt;script&gt;`, `<a href="/alliance/pact">`, "2 of 3", "incomplete", "97.9", "Build your own alliance"},
		"/alliance/pact": {
			"Pact &lt;script&gt;", "would rank 1 of 3, 14.6 ahead of Denmark", "Its best member, &lt;b&gt;Belgium, has 87.5 alone, rank 1",
			"133.3", "beyond the best: carried on", "mean weighted by People", "Per person, &lt;b&gt;bold&lt;/b&gt;",
			`<a href="https://example.org/pact?a=b&amp;c=d" rel="noreferrer external">who says so</a>`, "3 February 2001", "no figures here", "no source stated",
			"&lt;img src=x onerror=alert(1)&gt;", "Some &lt;i&gt;are&lt;/i&gt; missing", "Score by year", "disputed",
			// Shapley: (29.17 + 97.92 - 87.5) / 2 = 19.79, and 78.125
			"19.79", "78.12", "They add up to 97.9",
		},
		"/alliance/PACT":            {"97.9"},
		"/alliance?members=A,B":     {"Austria and &lt;b&gt;Belgium", "97.9"},
		"/alliance?members=austria": {"29.2", "rank 3 of 4"},
		"/alliance/pact?year=2022":  {`<b>2022</b>`},
	} {
		status, body, _ := get(t, s, target)
		if status != http.StatusOK {
			t.Errorf("%s: status %d", target, status)
		}
		for _, want := range wants {
			if !strings.Contains(html.UnescapeString(body), html.UnescapeString(want)) || strings.Contains(want, "&lt;") && !strings.Contains(body, want) {
				t.Errorf("%s lacks %q", target, want)
			}
		}
		for _, bad := range []string{"<script>alert", "javascript:", "<img", "ZgotmplZ", "NaN"} {
			if strings.Contains(body, bad) {
				t.Errorf("%s has %q", target, bad)
			}
		}
	}
	for target, want := range map[string]string{
		"/alliance/pakt":                `Did you mean <a href="/alliance/pact">pact</a>`,
		"/alliance?members=A,Q":         "There is no alliance",
		"/alliance":                     "There is no alliance",
		"/alliance?members=A,B,C,D":     "There is no alliance",
		"/alliance/%3Cscript%3Ealert(1": "&lt;script&gt;",
	} {
		status, body, _ := get(t, s, target)
		if status != http.StatusNotFound || !strings.Contains(body, want) {
			t.Errorf("%s: status %d, lacks %q", target, status, want)
		}
	}
	bare, _, _ := strings.Cut(alliedProject, "alliances:")
	if _, body, _ := get(t, newAllied(t, bare), "/"); strings.Contains(body, "Alliances") {
		t.Error("a project without alliances has a page of them in its menu")
	}
}
