package site

import (
	"mizan/internal/site/draw"
	"mizan/internal/site/language"
)

// figureFrame is what stands around a chart, so that it can leave the page: a
// title that says what is to be seen, where the figures come from, and the
// figures themselves as a table. The script figure.js adds the downloads (CSV,
// SVG, PNG), the citation and the code to embed it.
type figureFrame struct {
	ID      string // within the page
	File    string // name of downloads, without suffix
	Class   string // of the chart's look; "" = none
	Title   string
	Sources []string // publisher and licence of each
	Table   *figureTable
}

// figureTable is the table view of a chart.
type figureTable struct {
	Columns []string
	Rows    [][]figureCell
}

// figureCell is a cell as it is shown, and as it stands in the CSV if that
// differs.
type figureCell struct {
	Text, Value string
	Number      bool
}

func numberCell(v float64, write func(float64) string) figureCell {
	text, value := write(v), language.Exact(v)
	if value == language.Gap {
		value = ""
	}
	return figureCell{Text: text, Value: value, Number: true}
}

// mostSources is how many sources a chart names before it says that there are
// more.
const mostSources = 3

// sourcesOf lists the publishers, with their licences, of the figures of a code
// and of what lies below it, those of most figures first.
func (c *visit) sourcesOf(code string) []string {
	names := c.book.publishers(c.year, code)
	if len(names) > mostSources {
		return append(names[:mostSources:mostSources], c.T("figure.more"))
	}
	return names[:len(names):len(names)]
}

// framedCurve is a curve over the years and what stands around it; a curve without
// a frame stays in its page.
type framedCurve struct {
	*draw.Curve
	Frame *figureFrame
}
