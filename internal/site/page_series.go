package site

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"

	"mizan"
	"mizan/internal/site/draw"
	"mizan/internal/site/language"
	"mizan/stat"
)

// seriesView is all figures of a series, of whatever year.
type seriesView struct {
	Years     []string
	Rows      []seriesLine
	Chart     *framedSeries
	Span      string // first and last year with a figure
	Count     int    // figures
	Cut       string // that the table shows not all units; the files do
	Origins   []originRow
	Downloads []link
}

// seriesLine is the figures of one unit, the years in order.
type seriesLine struct {
	Name, URL, Code string
	Cells           []seriesCell
}

// seriesCell is a figure as it is shown and, if that is rounded, as it is.
type seriesCell struct{ Text, Exact string }

// framedSeries is the curves of a series in their frame.
type framedSeries struct {
	*draw.SeriesChart
	Frame figureFrame
}

// history is all figures of the project, or nil if the report does not have
// them.
func (c *visit) history() *mizan.Panel {
	p, err := c.book.History()
	if err != nil {
		return nil
	}
	return p
}

// series is all figures of a code; nil if there are none.
func (c *visit) series(code string) *seriesView {
	p := c.history()
	if p == nil || p.Code(code) < 0 || c.withheld(code) != nil {
		return nil
	}
	at := p.Code(code)
	v := &seriesView{}
	var years []int // positions
	for y := range p.Years {
		if n := len(stat.Present(nil, p.Column(y, at))); n > 0 {
			years = append(years, y)
			v.Count += n
			v.Years = append(v.Years, strconv.Itoa(p.Years[y]))
		}
	}
	if len(years) == 0 {
		return nil
	}
	v.Span = c.span(v.Years[0], v.Years[len(v.Years)-1])
	var order []int
	order, v.Cut = c.cut(c.seriesOrder(p, at, years))
	for _, u := range order {
		line := seriesLine{Name: c.panelName(p, u), Code: p.Units[u]}
		if _, ok := c.book.units[line.Code]; ok {
			line.URL = c.unitURL(line.Code)
		}
		for _, y := range years {
			x := p.At(y, at, u)
			cell := seriesCell{Text: c.Figure(x)}
			if math.IsNaN(x) {
				cell.Text = ""
			} else if e := language.Exact(x); e != cell.Text {
				cell.Exact = e
			}
			line.Cells = append(line.Cells, cell)
		}
		v.Rows = append(v.Rows, line)
	}
	v.Origins = c.seriesOrigins(p, at)
	if len(years) > 1 {
		v.Chart = c.seriesChart(p, code, years)
	}
	for _, ext := range []string{"csv", "json"} {
		name := "series-" + code + "." + ext
		v.Downloads = append(v.Downloads, link{Label: name, URL: c.to("/download/" + name)})
	}
	return v
}

// span writes two years as a range, or one.
func (c *visit) span(first, last string) string {
	if first == last {
		return first
	}
	return c.T("range", "low", first, "high", last)
}

// panelName is the name of a unit of a panel in the language of the page.
func (c *visit) panelName(p *mizan.Panel, u int) string {
	return c.Text(p.Info[u].Name, p.Units[u])
}

// seriesOrder lists the units with a figure, those with the largest last figure
// first, ties by code.
func (c *visit) seriesOrder(p *mizan.Panel, at int, years []int) []int {
	last := make([]float64, len(p.Units))
	for u := range p.Units {
		last[u] = math.NaN()
		for _, y := range years {
			if x := p.At(y, at, u); !math.IsNaN(x) {
				last[u] = x
			}
		}
	}
	return largestFirst(last, func(u int) string { return p.Units[u] })
}

// largestFirst lists the units with a figure, the largest first, ties by code.
func largestFirst(values []float64, code func(u int) string) []int {
	var order []int
	for u, x := range values {
		if !math.IsNaN(x) {
			order = append(order, u)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(values[b], values[a]), strings.Compare(code(a), code(b)))
	})
	return order
}

// seriesOrigins describes who published the figures of a series.
func (c *visit) seriesOrigins(p *mizan.Panel, at int) []originRow {
	counts := make([]int, len(p.Origins))
	for y := range p.Years {
		for u := range p.Units {
			if cell := p.Cell(y, at, u); cell.Status != mizan.Missing && cell.Origin > 0 {
				counts[cell.Origin]++
			}
		}
	}
	var rows []originRow
	for i, o := range p.Origins {
		if counts[i] > 0 {
			rows = append(rows, originRow{Publisher: o.Publisher, Title: o.Title, Licence: o.Licence, URL: webAddress(o.URL), Note: o.Note, Year: o.Year, Series: counts[i]})
		}
	}
	return rows
}

// seriesFile is a series as a file; false if there is none of the name.
func (c *visit) seriesFile(name string) (body []byte, kind string, ok bool) {
	rest, is := strings.CutPrefix(name, "series-")
	dot := strings.LastIndexByte(rest, '.')
	p := c.history()
	if !is || dot < 0 || p == nil || p.Code(rest[:dot]) < 0 {
		return nil, "", false
	}
	code := rest[:dot]
	if c.withheld(code) != nil {
		return nil, "", false
	}
	switch rest[dot:] {
	case ".csv":
		return seriesCSV(p, code), "text/csv; charset=utf-8", true
	case ".json":
		return c.seriesJSON(p, code), "application/json", true
	}
	return nil, "", false
}

// eachFigure calls visit for every figure of a code, by unit and year.
func eachFigure(p *mizan.Panel, code string, visit func(unit string, year int, value float64, status, origin string)) {
	at := p.Code(code)
	for u, unit := range p.Units {
		for y, year := range p.Years {
			if x := p.At(y, at, u); !math.IsNaN(x) {
				cell := p.Cell(y, at, u)
				visit(unit, year, x, cell.Status.String(), p.Origins[cell.Origin].Code)
			}
		}
	}
}

// seriesCSV has a row for each figure: unit, year, value, status, origin.
func seriesCSV(p *mizan.Panel, code string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write([]string{"unit", "indicator", "year", "value", "status", "origin"}) // a buffer takes all
	eachFigure(p, code, func(unit string, year int, value float64, status, origin string) {
		_ = w.Write([]string{unit, code, strconv.Itoa(year), language.Exact(value), status, origin})
	})
	w.Flush()
	return b.Bytes()
}

// seriesJSON has what is known of the series, and its figures.
func (c *visit) seriesJSON(p *mizan.Panel, code string) []byte {
	type figure struct {
		Unit   string       `json:"unit"`
		Year   int          `json:"year"`
		Value  mizan.Number `json:"value"`
		Status string       `json:"status"`
		Origin string       `json:"origin,omitempty"`
	}
	doc := struct {
		Code        string         `json:"code"`
		Name        mizan.Text     `json:"name,omitempty"`
		Description mizan.Text     `json:"description,omitempty"`
		Measure     string         `json:"measure,omitempty"`
		Direction   int            `json:"direction,omitempty"`
		Origins     []mizan.Origin `json:"origins"`
		Figures     []figure       `json:"figures"`
	}{Code: code, Figures: []figure{}, Origins: []mizan.Origin{}}
	if i := c.book.indicators[code]; i != nil {
		doc.Name, doc.Description, doc.Measure, doc.Direction = i.Name, i.Description, i.Measure, i.Direction
	}
	used := map[string]bool{}
	eachFigure(p, code, func(unit string, year int, value float64, status, origin string) {
		used[origin] = true
		doc.Figures = append(doc.Figures, figure{unit, year, mizan.Number(value), status, origin})
	})
	for _, o := range p.Origins[1:] {
		if used[o.Code] {
			doc.Origins = append(doc.Origins, o)
		}
	}
	body, err := json.MarshalIndent(doc, "", "  ")
	if err != nil {
		return nil
	}
	return append(body, '\n')
}
