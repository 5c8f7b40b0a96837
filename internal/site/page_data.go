package site

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"mizan/stat"

	"mizan"
	"mizan/internal/site/draw"
)

// dataView is the page of series and sources.
type dataView struct {
	Year      int
	Series    []seriesRow
	Origins   []originRow
	Downloads []downloadRow
}

// seriesRow is one indicator with its sources and how full it is.
type seriesRow struct {
	Label, URL, Measure         string
	Used                        bool
	Withheld                    bool // its figures may not be shown
	Sources                     []link
	Known                       bool // coverage is known
	Share, Length               string
	Available, Of               int
	Exact, Earlier, Later, Zero int
	Licences                    string
	Years                       string // first and last with a figure
	Code                        string
}

type originRow struct {
	Anchor, Publisher, Title, Licence, URL, Note string
	Year                                         int
	Series                                       int // number of series that use it
}

type downloadRow struct{ Name, URL, Summary string }

func dataPage(c *visit) (any, error) {
	b := c.book
	v := &dataView{Year: c.yearNumber()}
	uses := map[int]int{}
	for i := range b.Indicators {
		ind := &b.Indicators[i]
		row := seriesRow{Label: c.Text(ind.Name, ind.Code), URL: c.codeURL(ind.Code), Measure: c.Measure(ind.Measure), Used: ind.InFramework, Withheld: c.withheld(ind.Code) != nil}
		for _, o := range b.originsOf(ind.Code) {
			uses[o]++
			row.Sources = append(row.Sources, link{Label: originLabel(b.Origins[o]), URL: "#o-" + b.Origins[o].Code})
		}
		row.Code = ind.Code
		row.Licences, row.Years = c.seriesFacts(ind.Code)
		if cover := b.coverage(c.year, ind.Code); cover != nil {
			row.Known = true
			row.Share, row.Length = c.Percent(cover.Share, 0), draw.Coordinate(100*cover.Share)
			row.Available, row.Of = cover.Available, cover.Of
			row.Exact, row.Earlier, row.Later, row.Zero = cover.Exact, cover.Earlier, cover.Later, cover.Zero
		}
		v.Series = append(v.Series, row)
	}
	for i, o := range b.Origins {
		if uses[i] > 0 {
			v.Origins = append(v.Origins, originRow{
				Anchor: "o-" + o.Code, Publisher: o.Publisher, Title: o.Title,
				Licence: o.Licence, URL: webAddress(o.URL), Note: o.Note, Year: o.Year, Series: uses[i],
			})
		}
	}
	for _, d := range c.site.config.Downloads {
		v.Downloads = append(v.Downloads, downloadRow{d.Name, c.to("/download/" + d.Name), d.Summary})
	}
	return v, nil
}

// seriesFacts are the licences of a series and the years that it is of.
func (c *visit) seriesFacts(code string) (licences, years string) {
	var names []string
	for _, o := range c.book.originsOf(code) {
		if l := c.book.Origins[o].Licence; l != "" && !slices.Contains(names, l) {
			names = append(names, l)
		}
	}
	licences = strings.Join(names, c.T("list.semicolon"))
	p := c.history()
	if p == nil || p.Code(code) < 0 {
		return licences, ""
	}
	first, last := "", ""
	for y, year := range p.Years {
		if len(stat.Present(nil, p.Column(y, p.Code(code)))) > 0 {
			last = strconv.Itoa(year)
			first = cmp.Or(first, last)
		}
	}
	if first == "" {
		return licences, ""
	}
	return licences, c.span(first, last)
}

// originsOf lists the origins of an indicator's figures, in the order of the
// report's origins.
func (b *book) originsOf(code string) []int {
	var out []int
	used := make([]bool, len(b.Origins))
	for c, k := range b.Cells.Codes {
		if k != code {
			continue
		}
		for y := range b.Cells.Origin {
			for _, o := range b.Cells.Origin[y][c] {
				if o > 0 && o < len(used) {
					used[o] = true
				}
			}
		}
	}
	for o := range used {
		if used[o] {
			out = append(out, o)
		}
	}
	return out
}

// originLabel is a short name of an origin.
func originLabel(o mizan.Origin) string {
	for _, s := range []string{o.Publisher, o.Title, o.Code} {
		if s != "" {
			return s
		}
	}
	return ""
}
