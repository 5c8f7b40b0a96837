package site

import (
	"encoding/json"
	"html"
	"strings"
	"testing"

	"mizan"
)

// The pair has figures of 2019 and 2020 for both units and indicators; the
// project is of both years, and the page shows them side by side.
func TestSeries(t *testing.T) {
	s := servePair(t, "")
	_, body, _ := get(t, s, "/indicator/a")
	text := html.UnescapeString(body)
	for _, want := range []string{
		"Apples: Alpha has the most of 2 units in 2020, 9", "4 figures, 2019 to 2020.",
		`<th scope="row"><a href="/unit/AAA">Alpha</a></th><td class="n">9</td><td class="n">9</td>`,
		`<g data-unit="AAA" class="chosen k1"><title>Alpha</title><polyline points=`,
		`href="/download/series-a.csv"`, `href="/download/series-a.json"`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(body, "<b>Beta</b>") {
		t.Error("a name became markup")
	}
	if _, body, _ = get(t, s, "/indicator/top"); strings.Contains(body, "series-top") {
		t.Error("an aggregate has no series")
	}
	_, body, _ = get(t, s, "/data")
	if !strings.Contains(body, `<td class="n">2019 to 2020</td>`) {
		t.Error("the list of series does not say of which years they are")
	}
}

func TestSeriesFiles(t *testing.T) {
	s := servePair(t, "")
	_, body, h := get(t, s, "/download/series-a.csv")
	if want := "unit,indicator,year,value,status,origin\nAAA,a,2019,9,observed,\nAAA,a,2020,9,observed,\nBBB,a,2019,1,observed,\nBBB,a,2020,1,observed,\n"; body != want {
		t.Errorf("%q, want %q", body, want)
	}
	if got := h.Get("Content-Disposition"); got != `attachment; filename="series-a.csv"` {
		t.Errorf("sent as %q", got)
	}
	_, body, _ = get(t, s, "/download/series-a.json")
	var doc struct {
		Code    string
		Figures []struct {
			Unit  string
			Year  int
			Value float64
		}
	}
	if err := json.Unmarshal([]byte(body), &doc); err != nil || doc.Code != "a" || len(doc.Figures) != 4 || doc.Figures[3].Unit != "BBB" || doc.Figures[3].Year != 2020 || doc.Figures[3].Value != 1 {
		t.Errorf("%v: %+v", err, doc)
	}
	for _, name := range []string{"series-x.csv", "series-a.xls", "series-", "series-a"} {
		if status, _, _ := get(t, s, "/download/"+name); status != 404 {
			t.Errorf("%s: status %d", name, status)
		}
	}
}

// A report that was read back has no figures of other years: the page stands
// without them.
func TestNoSeries(t *testing.T) {
	if status, body, _ := get(t, newSample(t), "/indicator/staff"); status != 200 || strings.Contains(body, "series-staff") {
		t.Errorf("status %d", status)
	}
}

// Of ten units all have a figure of 2020, five one of 2021 and four one of 2022:
// the last year of which at least half are known is 2021.
func TestFullYear(t *testing.T) {
	p := &mizan.Panel{Table: *mizan.NewTable(make([]string, 10), []string{"a"}, []int{2020, 2021, 2022})}
	for y, n := range []int{10, 5, 4} {
		for u := range p.Column(y, 0) {
			p.Column(y, 0)[u] = nan
			if u < n {
				p.Column(y, 0)[u] = 1
			}
		}
	}
	if got := fullYear(p, 0, []int{0, 1, 2}); got != 1 {
		t.Errorf("year %d, want that at 1", got)
	}
}
