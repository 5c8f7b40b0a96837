package export

import (
	"math"
	"slices"
	"strings"

	"mizan/stat"
)

// Formats of numbers, in the notation of spreadsheets.
const (
	textFormat    = "@" // text stays text, even when it is edited
	wholeFormat   = "0"
	shareFormat   = "0.0%"
	tinyFormat    = "0.00E+00"
	generalFormat = "General"
)

// kind is the part of a sheet that a cell belongs to.
type kind uint8

const (
	plain kind = iota
	inHead
	aboveHead
	inTitle
	inLabel
)

// mark says where a figure comes from; each has its colour on every sheet.
type mark uint8

const (
	none mark = iota
	earlierYear
	standIn
	estimated
	provisional
	structuralZero
	edited
	imputed
	screenedOut
)

// marks are the colours of the legend.
var marks = []struct {
	mark        mark
	colour      string
	name, about string
}{
	{earlierYear, "FFF2CC", "earlier year", "the figure of an earlier year, for the year itself has none"},
	{standIn, "F8CBAD", "stand-in", "the figure of a later year, for neither the year itself nor an earlier one has any"},
	{estimated, "DDEBF7", "estimated", "an estimate of the publisher"},
	{provisional, "E4DFEC", "provisional", "may still be revised by the publisher"},
	{structuralZero, "D9EAD3", "structural zero", "the source lists only units that have some; this one has none"},
	{edited, "FFCCE5", "edited", "given in the project file in place of the data's figure"},
	{imputed, "A9D08E", "imputed", "not observed: filled in by the method of imputation"},
	{screenedOut, "D9D9D9", "screened out", "the unit has too few figures in this year and does not count"},
}

func (m mark) colour() string {
	for _, x := range marks {
		if x.mark == m {
			return x.colour
		}
	}
	return ""
}

// look is how a cell looks.
type look struct {
	kind   kind
	format string // "" = as plain numbers
	mark   mark
	pulled bool // pulled in by a treatment of outliers
	bold   bool
	right  bool // text over numbers
	wrap   bool
	fixed  bool // a font of one width
	link   bool
	indent int
}

const (
	headColour  = "0B5D68"
	aboveColour = "E8F1F2"
	linkColour  = "0563C1"
	pullColour  = "9C0006"
)

// style is the number under which the workbook keeps a look.
func (b *workbook) style(l look) int {
	s := cellStyle{format: l.format, font: usualFont, fill: l.mark.colour(), vertical: "top", indent: l.indent, wrap: l.wrap}
	switch {
	case l.format == textFormat && l.right:
		s.horizontal = "right"
	case l.format == textFormat:
		s.horizontal = "left"
	case l.format == generalFormat:
		s.format = ""
	}
	s.font.bold = l.bold || l.pulled
	switch {
	case l.link:
		s.font.colour, s.font.underline = linkColour, true
	case l.pulled:
		s.font.colour = pullColour
	}
	if l.fixed {
		s.font.name = "Consolas"
	}
	switch l.kind {
	case inHead:
		s.font.bold, s.font.colour, s.fill = true, "FFFFFF", headColour
	case aboveHead:
		s.fill, s.vertical = aboveColour, "bottom"
	case inTitle:
		s.font.bold, s.font.size, s.font.colour = true, 16, headColour
	case inLabel:
		s.font.bold, s.font.colour = true, headColour
	}
	return b.file.styles.number(s)
}

// formatOf chooses how the numbers of a column are shown, by the size of the
// middle one: three significant digits or more, and nothing behind the point
// where all are whole. What is shown is rounded; the cell holds the number. The
// width is that of the longest.
func formatOf(columns ...[]float64) (format string, width float64) {
	var sizes []float64
	whole := true
	for _, col := range columns {
		for _, v := range col {
			if v != v || math.IsInf(v, 0) {
				continue
			}
			whole = whole && v == math.Trunc(v)
			if v != 0 {
				sizes = append(sizes, math.Abs(v))
			}
		}
	}
	if len(sizes) == 0 {
		return generalFormat, 0
	}
	slices.Sort(sizes)
	middle, most := sizes[len(sizes)/2], sizes[len(sizes)-1]
	decimals := 2 - int(math.Floor(math.Log10(middle)))
	if decimals > 6 || most >= 1e15 {
		return tinyFormat, 10
	}
	digits := max(1, 1+math.Floor(math.Log10(most)))
	format, width = "#,##0", digits+math.Floor((digits-1)/3)+2
	if !whole && decimals > 0 {
		format, width = format+"."+strings.Repeat("0", decimals), width+float64(decimals+1)
	}
	return format, width
}

// scoreFormat is how scores are shown: two decimals on scales of a hundred,
// four where the index lies between 0 and 1; more for parts of them.
func scoreFormat(top []float64, more int) string {
	low, high := stat.MinMax(top)
	decimals := 2
	if most := max(math.Abs(low), math.Abs(high)); most <= 2 {
		decimals = 4
	} else if most <= 20 {
		decimals = 3
	}
	return "0." + strings.Repeat("0", decimals+more)
}
