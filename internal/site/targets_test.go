package site

import (
	"html"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"mizan/engine"
	"mizan/target"
)

// promiseFiles are three promises of one state: one that is followed and on
// which the methods disagree, one of which nothing is known since, and one
// without a value to start from. Labels are hostile.
func promiseFiles() fstest.MapFS {
	return fstest.MapFS{
		"mizan.yaml": {Data: []byte(`mizan: 1
id: promises
period: {year: 2023}
units: {file: u.csv}
observations: [{file: o.csv}]
origins: {file: origins.yaml}
indicators: {a: {name: Apples}, b: {name: Bread}}
framework: {code: top, children: [{code: a}, {code: b}]}
rates: [{from: USD, to: RUB, date: 2023-12-29, rate: 95.5, source: bank}]
projections: {paths: 200}
targets:
  - {id: skills, unit: AAA, title: '<b>80 %</b> have skills', theme: work, kind: share, measure: "% of workers", natural_limit: 100, source: "javascript://alert(1)", place: p. 7,
     baseline: {2023: 5}, observations: {2026: 16}, target: {2028: 40, 2030: 80}}
  - {id: sum, unit: AAA, promise: gdp, reading: together, title: GDP, kind: cumulative, measure: RUB, currency: RUB, rate_date: 2023-12-29, source: "https://example.org/promise",
     baseline: {2023: {value: 2e9, currency: USD}}, target: {2030: 11.2e12}}
  - {id: flow, unit: AAA, promise: gdp, reading: in the year, title: GDP, measure: USD a year, currency: USD, target: {2030: 109e9}}
  - {id: apples, unit: BBB, title: Apples, indicator: a, baseline: 2021, target: {2030: 30}}
`)},
		"origins.yaml": {Data: []byte("bank: {publisher: Central Bank, title: Rates, licence: free, url: 'https://example.org/rates', year: 2023}\n")},
		"u.csv":        {Data: []byte("unit,name\nAAA,Alpha\nBBB,Beta\n")},
		"o.csv":        {Data: []byte("unit,indicator,year,value\nAAA,a,2023,9\nBBB,a,2021,10\nBBB,a,2022,12\nBBB,a,2023,15\nAAA,b,2023,1\nBBB,b,2023,9\n")},
	}
}

func servePromises(t *testing.T) *Site {
	t.Helper()
	files := promiseFiles()
	s, err := New(Config{Project: "promises", Load: func(string) (*engine.Report, error) {
		return engine.Run(engine.Input{Name: "mizan.yaml", Text: files["mizan.yaml"].Data, Files: files})
	}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestTargetsPage(t *testing.T) {
	s := servePromises(t)
	status, body, _ := get(t, s, "/targets")
	if status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	for _, want := range []string{
		"4 promises, of which 2 can be followed. On 1 every method agrees that they are on track, on 0 none says so, and on 1 the methods disagree.",
		`<a href="/targets" aria-current="page">Targets</a>`, `<a href="/target/skills">&lt;b&gt;80 %&lt;/b&gt; have skills</a>`,
		`<th scope="rowgroup" colspan="8"><a href="/unit/AAA">Alpha</a></th>`, "15% of the way", `width="14.7"`, "1 of 5",
		`<span class="chip on-track" title="Eurostat and Statistics Canada: on track">`, "no figures since the baseline", "no value to start from",
		"11.2 trillion roubles", "in the year", `<code dir="ltr">mizan target -p promises</code>`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	_, body, _ = get(t, s, "/targets?by=theme")
	for _, want := range []string{`colspan="8">None stated</th>`, `colspan="8">Work</th>`, `<span class="soft">Alpha</span>`} {
		if !strings.Contains(body, want) {
			t.Errorf("by theme, the page lacks %s", want)
		}
	}
	if _, body, _ = get(t, newSample(t), "/targets"); !strings.Contains(body, "The project has no targets") || strings.Contains(body, `">Targets</a>`) {
		t.Error("a project without targets does not say so, or links to the page")
	}
	if _, body, _ = get(t, s, "/unit/AAA"); !strings.Contains(body, `<a href="/target/sum">GDP</a> <span class="soft">together</span>`) {
		t.Error("the page of a unit lacks its promises")
	}
}

func TestTargetPage(t *testing.T) {
	s := servePromises(t)
	for _, c := range []struct {
		target string
		want   []string
		not    []string
	}{
		{"/target/skills", []string{
			"Alpha promises at least 80% by 2030.", "The methods disagree.", ">0.975<", "on track", ">0.939<", ">0.693<", ">0.342<", "stagnating",
			"a share, % of workers, natural limit 100%", "too few changes", "On the way: 40% by 2028, probability ", "2023: 5%; 2026: 16%; target of 2030: 80%; half of the paths end between",
			"+47.4%", "+48.6%", "+10.71 points", "1 of 5 methods that judge the pace call it on track", "(p. 7)",
		}, []string{"<b>80", `href="javascript`}},
		{"/target/sum", []string{
			"promises at least 11.2 trillion roubles in all by 2030. Nothing is known after the baseline of 2023",
			"at $1 = 95.5 roubles on 29 December 2023 (Central Bank) that is 191 billion roubles", "A total of 11.2 trillion roubles over 2024 to 2030 is 1.6 trillion roubles in every year.", "Or growth of +55.",
			`<a href="/target/flow">in the year</a>`, `<a href="/target/sum" aria-current="true">together</a>`, `href="https://example.org/promise"`, "The path that it needs",
		}, []string{"Verdicts", "How likely"}},
		{"/target/flow", []string{"no value to start from, so that neither a path nor a verdict can be given"}, []string{"data-figure=\"path\"", "Growth</h2>"}},
		{"/target/apples", []string{`<a href="/indicator/a">Apples</a>`, "only 2 units have a figure", "made of 2 changes of the past"}, nil},
	} {
		status, body, _ := get(t, s, c.target)
		if status != http.StatusOK {
			t.Fatalf("%s: status %d", c.target, status)
		}
		for _, want := range c.want {
			if !strings.Contains(html.UnescapeString(body), want) {
				t.Errorf("%s lacks %s", c.target, want)
			}
		}
		for _, not := range c.not {
			if strings.Contains(body, not) {
				t.Errorf("%s has %s", c.target, not)
			}
		}
	}
	status, body, _ := get(t, s, "/target/skill")
	if status != http.StatusNotFound || !strings.Contains(body, `href="/target/skills"`) {
		t.Errorf("an unknown target: status %d", status)
	}
}

// 616 units of width from 118 over eight years, 300 of height from 326 up to 26;
// the axis ends at the target of 80.
func TestFanChart(t *testing.T) {
	track := &target.Track{
		Direction: 1, Baseline: &target.Point{Year: 2023, Value: 0}, Goal: target.Point{Year: 2031, Value: 80},
		Series: []target.Point{{Year: 2023, Value: 0}, {Year: 2027, Value: 20}},
		Path:   []target.PathYear{{Year: 2023, Linear: 0, Compound: 0}, {Year: 2031, Linear: 80, Compound: 80}},
	}
	c := speaker("en").fanOfTarget(track, "x")
	if c.Observed != "118.0,326.0 426.0,251.0" || c.Linear != "118.0,326.0 734.0,26.0" || c.Goal.X != "734.0" || c.HasFan {
		t.Errorf("%+v", c)
	}
	track.Ensemble = &target.Ensemble{Fan: []target.FanYear{{Year: 2031, P05: 0, P25: 20, P50: 40, P75: 60, P95: 1e6}}}
	c = speaker("en").fanOfTarget(track, "x")
	// The fan is cut at 1.35 times the target: 108.
	if !c.CutShort || c.Outer != "426.0,270.4 734.0,26.0 734.0,326.0 426.0,270.4" || !strings.HasSuffix(c.Median, " 734.0,214.9") {
		t.Errorf("outer %s, median %s", c.Outer, c.Median)
	}
	if c.Up[1].Label != "50" || c.Up[len(c.Up)-1].Label != "100" {
		t.Errorf("marks %v", c.Up)
	}
	// Where the script runs to the left the years do so too: 760 - 118 and 760 - 426.
	if turned := speaker("ar").fanOfTarget(track, "x"); turned.Observed != "642.0,326.0 334.0,270.4" {
		t.Errorf("in Arabic %s", turned.Observed)
	}
	track.Baseline = nil
	if speaker("en").fanOfTarget(track, "x") != nil {
		t.Error("a promise without baseline has no picture")
	}
}

func TestBrowserTargets(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes a while")
	}
	ctx := browser(t)
	server := httptest.NewServer(servePromises(t))
	defer server.Close()
	for _, page := range []string{"/targets", "/target/skills", "/target/sum"} {
		for _, l := range []look{{360, "dark", false}, {1440, "light", true}} {
			visitPage(t, ctx, server.URL, page, l)
		}
	}
}
