package export_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"mizan/audit"
	"mizan/engine"
	"mizan/internal/export"
	"mizan/projects"
	"mizan/spec"
)

// small is a project worked by hand: a and b of food are equal, c of peace goes
// the other way; D is screened out. Names try to break out of the page.
var small = fstest.MapFS{
	"mizan.yaml": {Data: []byte(`mizan: 1
id: small
title: {en: "Plenty <script>alert(1)</script> & more", ar: وفرة}
period: {from: 2022, to: 2023}
units: {file: units.csv}
observations: [{file: figures.csv}]
indicators:
  a: {name: {en: Apples}}
  b: {name: {en: "Bread \"<b>\""}}
  c: {name: {en: Crime}, direction: -1}
  size: {name: {en: Size}}
framework:
  code: top
  children:
    - {code: food, weight: 3, children: [{code: a}, {code: b}]}
    - {code: peace, children: [{code: c}]}
build:
  screen: {method: coverage, min_coverage: 0.6}
  normalise: {method: min-max, to: [0, 100], over: panel}
audit:
  thresholds: {min_alpha: 0.8}
  silence: [{finding: redundant-pair, code: a, reason: "Both <i>are</i> wanted"}]
`)},
	"units.csv": {Data: []byte("unit,name:en\nA,Alpha <x>\nB,Beta\nC,Gamma\nD,Delta\n")},
	"figures.csv": {Data: []byte(`unit,indicator,year,value
A,a,2022,1
B,a,2022,2
C,a,2022,3
A,b,2022,1
B,b,2022,2
C,b,2022,3
A,c,2022,1
B,c,2022,2
C,c,2022,3
A,a,2023,1
B,a,2023,2
C,a,2023,4
A,b,2023,1
B,b,2023,2
C,b,2023,4
A,c,2023,2
B,c,2023,1
C,c,2023,3
D,c,2023,3
A,size,2023,10
B,size,2023,20
C,size,2023,30
`)},
}

// page audits a project and writes the report.
func page(t testing.TB, files fs.FS, lang string, edits ...string) (string, *audit.Result) {
	t.Helper()
	text, err := fs.ReadFile(files, "mizan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	in := engine.Input{Name: "mizan.yaml", Text: text, Files: files}
	for _, e := range edits {
		edit, err := spec.ParseEdit(e)
		if err != nil {
			t.Fatal(err)
		}
		in.Edits = append(in.Edits, edit)
	}
	r, err := engine.Run(in)
	if err != nil {
		t.Fatal(err)
	}
	a, err := r.Audit(audit.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := export.AuditHTML(&b, r, a, lang); err != nil {
		t.Fatal(err)
	}
	return b.String(), a
}

func embedded(t testing.TB, name string) fs.FS {
	t.Helper()
	files, ok := projects.FS(name)
	if !ok {
		t.Fatalf("no project %s", name)
	}
	return files
}

// TestReportSaysEverything: every verdict, rule, finding, remedy, answer and
// changed limit stands in the report, as text and not as markup.
func TestReportSaysEverything(t *testing.T) {
	text, a := page(t, small, "en", "framework.food.weight=2")
	plain := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(text, "")
	plain = strings.NewReplacer("&#39;", "'", "&#34;", `"`, "&lt;", "<", "&gt;", ">", "&amp;", "&", "&#43;", "+").Replace(plain)
	want := []string{
		"Plenty <script>alert(1)</script> & more", "framework.food.weight=2", a.Hash, "Opinion of the reviewer", "Signature",
		"Alpha <x> (A)", "1 of the limits are the project",
	}
	for _, c := range a.Checks {
		want = append(want, c.Title, c.Rule, c.Source, c.Note)
		for _, f := range c.Findings {
			want = append(want, f.Message, f.ID, strings.ReplaceAll(f.Remedy, "`", ""), f.Answer)
		}
	}
	for _, w := range want {
		if !strings.Contains(plain, w) {
			t.Errorf("the report does not say %q", w)
		}
	}
	for _, tile := range []string{fmt.Sprintf("<b>%d</b> pass", a.Summary.Pass), fmt.Sprintf("<b>%d</b> warn", a.Summary.Warn), fmt.Sprintf("<b>%d</b> fail", a.Summary.Fail)} {
		if !strings.Contains(text, tile) {
			t.Errorf("no tile %s", tile)
		}
	}
}

var (
	loads = regexp.MustCompile(`<script|<link|<img|<iframe|src=|url\(|@import|https?://|javascript:|\son[a-z]+=`)
	wrong = regexp.MustCompile(`\bNaN\b|\bInf\b|%!|ZgotmplZ`)
)

// TestReportLoadsNothing: no script, nothing from elsewhere, and a policy that
// says so.
func TestReportLoadsNothing(t *testing.T) {
	for _, files := range []fs.FS{small, embedded(t, "ai-race"), embedded(t, "hdi")} {
		text, _ := page(t, files, "en")
		if bad := loads.FindString(text); bad != "" {
			t.Errorf("the report has %q", bad)
		}
		if !strings.Contains(text, "default-src 'none'") {
			t.Error("the report has no policy")
		}
		if bad := wrong.FindString(text); bad != "" {
			t.Errorf("a figure or a format went wrong: %s", bad)
		}
	}
}

var picture = regexp.MustCompile(`(?s)<svg.*?</svg>`)

// pictures reads every picture of a report as XML and returns the text in each.
func pictures(t *testing.T, text string) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, svg := range picture.FindAllString(text, -1) {
		title := ""
		d := xml.NewDecoder(strings.NewReader(svg))
		d.Entity = xml.HTMLEntity
		in := ""
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("a picture is not well formed: %v\n%.300s", err, svg)
			}
			switch x := token.(type) {
			case xml.StartElement:
				in = x.Name.Local
				for _, a := range x.Attr {
					if a.Name.Local == "aria-label" {
						title = a.Value
						out[title] = nil
					}
				}
			case xml.EndElement:
				in = ""
			case xml.CharData:
				if in == "text" {
					out[title] = append(out[title], string(x))
				}
			}
		}
		if title == "" {
			t.Errorf("a picture says nothing to those who cannot see it: %.200s", svg)
		}
	}
	return out
}

// TestPictures: a and b are the same, so that they correlate at 1 and have one
// component with the eigenvalue 2. Food is 0 33.3 100 and peace 50 100 0: with
// deviations -44.4 -11.1 55.6 and 0 50 -50 the product is -3333, the lengths
// are 72.0 and 70.7, and the correlation is -0.65.
func TestPictures(t *testing.T) {
	text, _ := page(t, small, "en")
	got := pictures(t, text)
	for title, want := range map[string]string{
		"Correlations of the components of food with one another and with it": "a b food a 1.00 1.00 1.00 b 1.00 1.00 1.00",
		"Scree plot of food: eigenvalues of 2 principal components":           "food 0.0 1.0 2.0 1 2",
	} {
		if s := strings.Join(got[title], " "); s != want {
			t.Errorf("%s: %s, want %s", title, s, want)
		}
	}
	top := strings.Join(got["Correlations of the components of top with one another and with it"], " ")
	if !strings.Contains(top, "−0.65") {
		t.Errorf("food and peace: %s", top)
	}
	for _, title := range []string{
		"Box plots of the normalised scores of every indicator", "Histogram of a after treatment, from 1 to 4",
		"Ranks with the arithmetic and with the geometric mean of the pillars", "Mean change of rank without each component",
		"Ranks in the index and under the weights that are best for each unit",
	} {
		if _, ok := got[title]; !ok {
			t.Errorf("no picture %q", title)
		}
	}
	// Beside the best of each, food is 0, 1/3, 1 and peace 1/2, 1, 0: the first
	// unit has its best case by peace alone, a half.
	if want := `<td class="n">0.500</td><td class="n">3</td><td class="n">0</td></tr>`; !strings.Contains(text, want) {
		t.Errorf("no row with %s", want)
	}
	for name, least := range map[string]int{"ai-race": 60, "hdi": 8} {
		text, _ := page(t, embedded(t, name), "en")
		if n := len(pictures(t, text)); n < least {
			t.Errorf("%s: %d pictures, want at least %d", name, n, least)
		}
	}
}

func TestReportIsStable(t *testing.T) {
	for _, lang := range []string{"en", "ar"} {
		first, _ := page(t, small, lang)
		for range 3 {
			if again, _ := page(t, small, lang); again != first {
				t.Fatal("the report differs from one time to the next")
			}
		}
		if lang == "ar" && !strings.Contains(first, "<bdi>وفرة</bdi>") {
			t.Error("the title is not in Arabic")
		}
	}
}

// broken is a file that takes nothing.
type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("full") }

func TestReportTellsOfAFullDisk(t *testing.T) {
	_, a := page(t, small, "en")
	text, _ := fs.ReadFile(small, "mizan.yaml")
	r, err := engine.Run(engine.Input{Name: "mizan.yaml", Text: text, Files: small})
	if err != nil {
		t.Fatal(err)
	}
	if err := export.AuditHTML(broken{}, r, a, "en"); err == nil || !strings.Contains(err.Error(), "full") {
		t.Errorf("the error is %v", err)
	}
}
