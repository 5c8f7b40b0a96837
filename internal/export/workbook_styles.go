package export

import (
	"bytes"
	"fmt"
)

// styleTable numbers the looks of cells, in the order in which they come.
type styleTable struct {
	numbers map[cellStyle]int
	list    []cellStyle
}

// cellStyle is how a cell looks. Colours are RRGGBB, "" = as usual.
type cellStyle struct {
	format     string // of numbers; "" = General, "@" = text
	font       fontStyle
	fill       string
	horizontal string // left, right or "" = by kind
	vertical   string
	indent     int
	wrap       bool
}

type fontStyle struct {
	name      string
	size      float64
	colour    string
	bold      bool
	underline bool
}

// usualFont is that of cells without a style.
var usualFont = fontStyle{name: "Calibri", size: 10}

// number is the number of a style.
func (t *styleTable) number(s cellStyle) int {
	if n, ok := t.numbers[s]; ok {
		return n
	}
	if t.numbers == nil {
		t.numbers = map[cellStyle]int{}
	}
	t.list = append(t.list, s)
	t.numbers[s] = len(t.list) // 0 is the style of cells without one
	return len(t.list)
}

// Numbers of formats: 49 is text in every workbook, own ones begin at 164.
const (
	textNumber = 49
	firstOwn   = 164
)

// index numbers what is used, in the order in which it comes.
type index[T comparable] struct {
	at   map[T]int
	list []T
}

func (x *index[T]) of(v T) int {
	if n, ok := x.at[v]; ok {
		return n
	}
	if x.at == nil {
		x.at = map[T]int{}
	}
	x.at[v] = len(x.list)
	x.list = append(x.list, v)
	return x.at[v]
}

func (t *styleTable) write(b *bytes.Buffer) {
	var formats index[string]
	var fonts index[fontStyle]
	var fills index[string]
	fonts.of(usualFont)
	fills.of("")
	fills.of("gray125") // the second fill is this one in every workbook
	var cells bytes.Buffer
	for _, s := range t.list {
		format := 0
		switch s.format {
		case "":
		case textFormat:
			format = textNumber
		default:
			format = firstOwn + formats.of(s.format)
		}
		fmt.Fprintf(&cells, `<xf numFmtId="%d" fontId="%d" fillId="%d" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"><alignment`,
			format, fonts.of(s.font), fills.of(s.fill))
		if s.horizontal != "" {
			fmt.Fprintf(&cells, ` horizontal="%s"`, s.horizontal)
		}
		if s.vertical != "" {
			fmt.Fprintf(&cells, ` vertical="%s"`, s.vertical)
		}
		if s.wrap {
			cells.WriteString(` wrapText="1"`)
		}
		if s.indent > 0 {
			fmt.Fprintf(&cells, ` indent="%d"`, s.indent)
		}
		cells.WriteString("/></xf>")
	}
	b.WriteString(xmlHead + `<styleSheet xmlns="` + mainSpace + `">`)
	if len(formats.list) > 0 {
		fmt.Fprintf(b, `<numFmts count="%d">`, len(formats.list))
		for i, f := range formats.list {
			fmt.Fprintf(b, `<numFmt numFmtId="%d" formatCode="%s"/>`, firstOwn+i, escaped(f))
		}
		b.WriteString("</numFmts>")
	}
	fmt.Fprintf(b, `<fonts count="%d">`, len(fonts.list))
	for _, f := range fonts.list {
		f.write(b)
	}
	fmt.Fprintf(b, `</fonts><fills count="%d">`, len(fills.list))
	for i, f := range fills.list {
		writeFill(b, i, f)
	}
	b.WriteString(`</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>`)
	fmt.Fprintf(b, `<cellXfs count="%d"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>%s</cellXfs>`, len(t.list)+1, cells.Bytes())
	b.WriteString(`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`)
}

// write writes the parts of a font in the order that the standard asks for.
func (f fontStyle) write(b *bytes.Buffer) {
	b.WriteString("<font>")
	if f.bold {
		b.WriteString("<b/>")
	}
	if f.underline {
		b.WriteString("<u/>")
	}
	fmt.Fprintf(b, `<sz val="%g"/>`, f.size)
	if f.colour != "" {
		fmt.Fprintf(b, `<color rgb="FF%s"/>`, f.colour)
	}
	fmt.Fprintf(b, `<name val="%s"/></font>`, f.name)
}

func writeFill(b *bytes.Buffer, number int, colour string) {
	switch number {
	case 0:
		b.WriteString(`<fill><patternFill patternType="none"/></fill>`)
	case 1:
		b.WriteString(`<fill><patternFill patternType="gray125"/></fill>`)
	default:
		fmt.Fprintf(b, `<fill><patternFill patternType="solid"><fgColor rgb="FF%s"/><bgColor indexed="64"/></patternFill></fill>`, colour)
	}
}
