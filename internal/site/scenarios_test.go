package site

import (
	"html"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"mizan/engine"
)

// whatIfFiles are three units and two scenarios; labels are hostile.
func whatIfFiles() fstest.MapFS {
	return fstest.MapFS{
		"mizan.yaml": {Data: []byte(`mizan: 1
id: three
period: {year: 2023}
units: {file: u.csv}
observations: [{file: o.csv}]
indicators: {chips: {name: Chips, pool: sum}, papers: {name: Papers, pool: sum}}
framework: {code: top, children: [{code: chips}, {code: papers}]}
build: {normalise: {method: min-max, to: [0, 100]}}
alliances: [{code: pact, members: [AAA, CCC]}]
uncertainty: {draws: 60, vary: [{weights: {spread: 0.25}}]}
scenarios:
  - id: embargo
    title: '<b>No</b> chips'
    description: '<script>alert(1)</script>'
    limits: Stocks are left out.
    assumptions: [{id: lost, text: What is lost, distribution: {uniform: [0.3, 0.8]}, source: "javascript://alert(1)"}]
    edits:
      - {id: chips, text: Chips, dependence: lost, indicators: chips, units: AAA}
      - {id: papers, indicators: papers, units: AAA, op: add, value: 10}
  - {id: one, title: As one, edits: [{unite: pact}]}
`)},
		"u.csv": {Data: []byte("unit,name\nAAA,Alpha\nBBB,Beta\nCCC,Gamma\n")},
		"o.csv": {Data: []byte("unit,indicator,year,value\nAAA,chips,2023,80\nBBB,chips,2023,40\nCCC,chips,2023,20\nAAA,papers,2023,10\nBBB,papers,2023,50\nCCC,papers,2023,30\n")},
	}
}

func serveFiles(t *testing.T, files fstest.MapFS) *Site {
	t.Helper()
	s, err := New(Config{Project: "three", Load: func(string) (*engine.Report, error) {
		return engine.Run(engine.Input{Name: "mizan.yaml", Text: files["mizan.yaml"].Data, Files: files})
	}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestScenarioPages(t *testing.T) {
	s := serveFiles(t, whatIfFiles())
	for _, c := range []struct {
		path string
		want []string
	}{
		{"/scenarios", []string{"2 what-ifs", "<b>No</b> chips", "not forecasts", "mizan scenario -p three", "60 draws"}},
		{"/scenario/embargo", []string{
			"not forecasts", "Stocks are left out.", "chips of AAA × (1 − lost)", "uniform [0.3, 0.8]", "What is lost", "Which edit moves it", "Together",
			"mizan scenario embargo -p three",
		}},
		// By hand: 100 chips and 40 papers on scales of 20 to 80 and 10 to 50.
		{"/scenario/one", []string{"pact stands as one unit of 2 members: 104.2 points, rank 1."}},
	} {
		status, body, _ := get(t, s, c.path)
		if status != http.StatusOK {
			t.Errorf("%s: status %d", c.path, status)
			continue
		}
		if strings.Contains(body, "<b>No</b>") || strings.Contains(body, "<script>alert") || strings.Contains(body, `href="javascript`) {
			t.Errorf("%s: labels are not escaped", c.path)
		}
		plain := html.UnescapeString(body)
		for _, want := range c.want {
			if !strings.Contains(plain, want) {
				t.Errorf("%s does not say %q", c.path, want)
			}
		}
	}
	status, body, _ := get(t, s, "/scenario/embarg")
	if status != http.StatusNotFound || !strings.Contains(html.UnescapeString(body), "embargo") {
		t.Errorf("/scenario/embarg: status %d", status)
	}
}
