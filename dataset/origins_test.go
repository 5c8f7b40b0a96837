package dataset_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mizan"
	"mizan/dataset"
	"mizan/spec"
)

const goodOrigins = `# Who published the figures.
wb:
  publisher: World Bank
  title: World Development Indicators
  licence: CC BY 4.0
  url: https://databank.worldbank.org
  year: 2024
  note: >
    Read in spring.
un: {publisher: United Nations, year: 2023}
own:
`

// TestOrigins: a figure's origin is its row's, else its file's, else its
// indicator's.
func TestOrigins(t *testing.T) {
	s := sample("")
	s.Observations = []spec.DataFile{{File: "a.csv"}, {File: "b.csv", Origin: "un"}, {File: "c.csv", Format: "wide", Year: 2020}}
	s.Indicators = indicators("gdp", "pop", "area", "zero")
	s.Indicators[0].Origin, s.Indicators[2].Origin, s.Indicators[3].Origin = "wb", "wb", "own"
	s.Indicators[3].Absent = value(0)
	s.Origins.File = "o.yaml"
	p, findings, err := dataset.Load(s, folder("o.yaml", goodOrigins,
		"a.csv", "unit,indicator,year,value,origin\nA,gdp,2020,1,un\nB,gdp,2020,2,\nA,pop,2020,3,\nB,zero,2020,1,wb\n",
		"b.csv", "unit,indicator,year,value,origin\nC,gdp,2020,4,\nD,gdp,2020,5,wb\n",
		"c.csv", "unit,area\nA,6\n"))
	if err != nil {
		t.Fatal(err)
	}
	origin := func(code, unit string) string { return p.Origins[p.Cell(0, p.Code(code), p.Unit(unit)).Origin].Code }
	for _, want := range [][3]string{
		{"gdp", "A", "un"}, {"gdp", "B", "wb"}, {"pop", "A", ""}, {"gdp", "C", "un"}, {"gdp", "D", "wb"}, {"area", "A", "wb"}, {"zero", "A", "own"},
	} {
		if got := origin(want[0], want[1]); got != want[2] {
			t.Errorf("origin of %s, %s is %q, want %q", want[0], want[1], got, want[2])
		}
	}
	if diff := cmp.Diff([]mizan.Origin{
		{},
		{
			Code: "wb", Publisher: "World Bank", Title: "World Development Indicators", Licence: "CC BY 4.0",
			URL: "https://databank.worldbank.org", Year: 2024, Note: "Read in spring.",
		},
		{Code: "un", Publisher: "United Nations", Year: 2023},
		{Code: "own"},
	}, p.Origins); diff != "" {
		t.Errorf("origins differ (-want +got):\n%s", diff)
	}
	var unlicensed []string
	for _, f := range findings {
		if f.ID != "no-licence" || f.Severity != mizan.Warn || f.Place.File != "o.yaml" || f.Remedy == "" {
			t.Errorf("finding: %+v", f)
		}
		unlicensed = append(unlicensed, f.Message)
	}
	equal(t, unlicensed, []string{"the origin un has no licence", "the origin own has no licence"})
}

// TestBadOrigins gives a file of origins and all that must be said of it.
func TestBadOrigins(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"empty", "", nil},
		{"only a comment", "# none yet\n", nil},
		{"null", "~\n", nil},
		{"byte order mark and CRLF", "\ufeffwb:\r\n  publisher: x\r\n", nil},
		{"a number for a code", "2020: {title: 1984}\n", nil},
		{"list", "- wb\n", []string{`not-a-mapping o.yaml:1:1: the file of origins is not a mapping; write code: {publisher: …, licence: …}`}},
		{"text", "wb\n", []string{`not-a-mapping o.yaml:1:1: the file of origins is not a mapping; write code: {publisher: …, licence: …}`}},
		{"word for a description", "wb: World Bank\n", []string{`not-a-mapping o.yaml:1:5: the origin "wb" is not a mapping; write {publisher: …, title: …, licence: …, url: …, year: …}`}},
		{"unknown keys", "wb:\n  publsher: x\n  license: y\nun: {xyzzy: 1}\n", []string{
			`unknown-key o.yaml:2:3: unknown key "publsher"; did you mean "publisher"?`,
			`unknown-key o.yaml:3:3: unknown key "license"; did you mean "licence"?`,
			`unknown-key o.yaml:4:6: unknown key "xyzzy"; known are: publisher, title, licence, url, year, note, redistribute`,
		}},
		{"twice", "wb: {}\nwb: {title: x, title: y}\nun: {title: x, title: y}\n", []string{
			`duplicate-origin o.yaml:2:1: the origin "wb" occurs twice, first in line 1; keep one of them`,
			`duplicate-key o.yaml:3:16: the key "title" occurs twice; keep one of them`,
		}},
		{"wrong kinds", "wb: {title: [a], year: soon, url: {a: b}}\n", []string{
			`not-text o.yaml:1:13: a text is wanted here; write it in quotes: "…"`,
			`bad-year o.yaml:1:24: "soon" is not a year; write the year alone, such as 2023`,
			`not-text o.yaml:1:35: a text is wanted here; write it in quotes: "…"`,
		}},
		{"UTF-16", "\xfe\xff\x00w", []string{`utf-16 o.yaml:1:1: the file is in UTF-16; save it as UTF-8 (in a spreadsheet: "CSV UTF-8")`}},
		{"deep brackets", "wb:\n" + strings.Repeat("[", 500_000), []string{
			`large-file o.yaml:2: more than 64 brackets or lists are open at once; close them; an origin is but a list of keys`,
		}},
		{"deep lists", strings.Repeat("- ", 200_000), []string{
			`large-file o.yaml:1: more than 64 brackets or lists are open at once; close them; an origin is but a list of keys`,
		}},
		{"many entries", strings.Repeat("a:\n", 100_000), []string{
			`large-file o.yaml:20001: the file has more than 20000 lines or commas; is it the file of origins?`,
		}},
		{"large", strings.Repeat("# 5678\n", 1<<17), []string{
			`large-file : the file o.yaml is larger than 512 KiB; is it the file of origins?`,
		}},
		{"tab", "wb:\n\tpublisher: x\n", []string{"bad-yaml o.yaml:2:1: the YAML cannot be read: a tab in the indentation; indent with blanks"}},
		{"two documents", "wb: {}\n---\nun: {}\n", []string{"bad-yaml o.yaml:2:1: the file holds several documents; keep one, without `---`"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := sample("")
			s.Origins.File = "o.yaml"
			_, _, err := dataset.Load(s, folder("o.csv", tidyHead+"A,gdp,2020,1\n", "o.yaml", c.text))
			equal(t, lines(t, err), c.want)
		})
	}
	s := sample("")
	s.Origins.File = "o.yaml"
	_, _, err := dataset.Load(s, folder("o.csv", tidyHead, "o.yaml", "wb:\n  title: \"open\nun: {]\n"))
	var p *mizan.Problem
	if !errors.As(err, &p) || p.ID != "bad-yaml" || p.Place.Line == 0 || p.Remedy == "" {
		t.Errorf("broken YAML: %v", err)
	}
}

// TestUnknownOrigins names origins that the file does not have.
func TestUnknownOrigins(t *testing.T) {
	s := sample("")
	s.Origins.File = "o.yaml"
	s.Observations[0].Origin = "wbb"
	s.Indicators[0].Origin = "xyzzy"
	_, _, err := dataset.Load(s, folder("o.yaml", goodOrigins,
		"o.csv", "unit,indicator,year,value,origin\nA,gdp,2020,1,unn\nB,gdp,2020,1,\"unn\"\n"))
	got := lines(t, err)
	for _, want := range []string{
		`unknown origin "wbb"; did you mean "wb"?`, `unknown origin "xyzzy"; known are: own, un, wb`,
		`unknown-origin o.csv:2:14: unknown origin "unn" (in 2 rows); did you mean "un"?`,
	} {
		if !slices.ContainsFunc(got, func(s string) bool { return strings.HasSuffix(s, want) }) {
			t.Errorf("no problem ends in %q:\n  %s", want, strings.Join(got, "\n  "))
		}
	}
	if len(got) != 3 {
		t.Errorf("%d problems, want 3:\n  %s", len(got), strings.Join(got, "\n  "))
	}
}
