package site

import (
	"encoding/json"
	"html/template"
	"math"
	"strconv"
)

// compareFacts is what the script needs to compare others.
type compareFacts struct {
	Locale string            `json:"locale"`
	RTL    bool              `json:"rtl"`
	Digits int               `json:"digits"`
	Low    float64           `json:"low"`
	High   float64           `json:"high"`
	Years  []int             `json:"years"`
	Units  int               `json:"units"` // the first of those that can be chosen; the rest are alliances
	All    []compareFact     `json:"all"`
	Codes  []compareCodeFact `json:"codes"`
	Axes   []int             `json:"axes"`
	Rows   []int             `json:"rows"`
	Words  map[string]string `json:"words"`
}

type compareFact struct {
	Code     string     `json:"c"`
	Name     string     `json:"n"`
	URL      string     `json:"u"`
	Interval string     `json:"i,omitempty"`
	Scores   []*float64 `json:"s"`
	Ranks    []*int     `json:"r"`
	Trend    []*float64 `json:"t,omitempty"`
}

type compareCodeFact struct {
	Code   string `json:"c"`
	Name   string `json:"n"`
	URL    string `json:"u"`
	Depth  int    `json:"d"`
	Facing int    `json:"f"`
}

var compareWords = []string{
	"says", "radar.title", "bells.title", "bells.none", "bells.hint", "scatter.unknown", "scatter.closely", "scatter.loosely", "scatter.hardly", "scatter.against",
	"scatter.hint", "trends.title", "trends.one", "ranked", "unknown", "meant", "part", "rank", "score",
}

func (c *visit) compareFacts(v *compareView, m *comparison) error {
	if len(m.all)*len(m.codes) > mostFacts {
		return nil
	}
	s := c.book.scale
	f := compareFacts{
		Locale: locale(c.Code), RTL: c.Dir == "rtl", Digits: s.digits, Low: s.low, High: s.high, Years: c.book.Years, Units: m.units,
		Axes: m.axes, Rows: m.rows, Words: map[string]string{
			"colon": c.T("colon"), "semicolon": c.T("list.semicolon"), "comma": c.T("list.comma"), "unit": c.T("figure.unit"), "code": c.T("figure.code"), "year": c.T("year"),
			"minus": c.T("number.minus"), "plus": c.T("number.plus"),
		},
	}
	for _, key := range compareWords {
		f.Words[key] = c.T("compare." + key)
	}
	for i := range m.all {
		e := &m.all[i]
		fact := compareFact{Code: e.code, Name: e.name, URL: e.url, Interval: e.interval, Scores: rounded(e.scores)}
		for _, r := range e.ranks {
			var rank *int
			if !math.IsNaN(r) {
				whole := int(r)
				rank = &whole
			}
			fact.Ranks = append(fact.Ranks, rank)
		}
		if len(c.book.Years) > 1 {
			fact.Trend = rounded(e.trend)
		}
		f.All = append(f.All, fact)
	}
	for _, n := range m.codes {
		f.Codes = append(f.Codes, compareCodeFact{n.code, n.name, c.codeURL(n.code), n.depth, n.facing})
	}
	text, err := json.Marshal(f)
	v.Facts = template.JS(text) //nolint:gosec // encoding/json writes <, > and & so that no tag can end
	return err
}

// rounded are values with as many digits as a chart can show; missing is null.
func rounded(values []float64) []*float64 {
	out := make([]*float64, len(values))
	for i, v := range values {
		if !math.IsNaN(v) {
			r, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 6, 64), 64)
			out[i] = &r
		}
	}
	return out
}
