package export

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
)

// escaped is text as XML holds it. What XML cannot hold becomes U+FFFD.
func escaped(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}

// write writes a sheet, its elements in the order that the standard asks for.
func (s *bookSheet) write(b *bytes.Buffer) {
	b.WriteString(xmlHead + `<worksheet xmlns="` + mainSpace + `" xmlns:r="` + officeSpace + `"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`)
	fmt.Fprintf(b, `<dimension ref="%s"/>`, s.area(1))
	s.writeView(b)
	b.WriteString("<cols>")
	for i, w := range s.widths {
		fmt.Fprintf(b, `<col min="%d" max="%d" width="%g" customWidth="1"/>`, i+1, i+1, w)
	}
	b.WriteString("</cols><sheetData>")
	b.Write(s.rows.Bytes())
	b.WriteString("</sheetData>")
	if s.filtered > 0 {
		fmt.Fprintf(b, `<autoFilter ref="%s"/>`, s.area(s.filtered))
	}
	if len(s.links) > 0 {
		b.WriteString("<hyperlinks>")
		url := s.firstLink()
		for _, l := range s.links {
			if l.place != "" {
				fmt.Fprintf(b, `<hyperlink ref="%s" location="%s"/>`, l.cell, escaped(l.place))
			} else {
				fmt.Fprintf(b, `<hyperlink ref="%s" r:id="rId%d"/>`, l.cell, url)
				url++
			}
		}
		b.WriteString("</hyperlinks>")
	}
	b.WriteString(`<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>` +
		`<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/><headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter>`)
	if len(s.comments) > 0 {
		b.WriteString(`<legacyDrawing r:id="rId1"/>`)
	}
	b.WriteString("</worksheet>")
}

// writeView freezes the heads.
func (s *bookSheet) writeView(b *bytes.Buffer) {
	if s.frozenRows == 0 {
		b.WriteString(`<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0"/></sheetViews>`)
		return
	}
	first := cellName(s.frozenRows+1, s.frozenColumns+1)
	fmt.Fprintf(b, `<sheetViews><sheetView workbookViewId="0"><pane xSplit="%d" ySplit="%d" topLeftCell="%s" activePane="bottomRight" state="frozen"/>`+
		`<selection pane="topRight"/><selection pane="bottomLeft"/><selection pane="bottomRight" activeCell="%s" sqref="%s"/></sheetView></sheetViews>`,
		s.frozenColumns, s.frozenRows, first, first, first)
}

// firstLink is the number of the first link among the parts and addresses that
// a sheet refers to.
func (s *bookSheet) firstLink() int {
	if len(s.comments) > 0 {
		return 3
	}
	return 1
}

// relations are the comments with their shapes, then an address per link.
func (s *bookSheet) relations(b *bytes.Buffer, number int) {
	var list [][2]string
	if len(s.comments) > 0 {
		list = append(list, [2]string{officeSpace + "/vmlDrawing", fmt.Sprintf("../drawings/vmlDrawing%d.vml", number)},
			[2]string{officeSpace + "/comments", fmt.Sprintf("../comments%d.xml", number)})
	}
	for _, l := range s.links {
		if l.place == "" {
			list = append(list, [2]string{officeSpace + "/hyperlink", l.url})
		}
	}
	if len(list) > 0 {
		relations(b, list)
	}
}

func (s *bookSheet) writeComments(b *bytes.Buffer) {
	if len(s.comments) == 0 {
		return
	}
	b.WriteString(xmlHead + `<comments xmlns="` + mainSpace + `"><authors><author>Mizan</author></authors><commentList>`)
	for _, c := range s.comments {
		fmt.Fprintf(b, `<comment ref="%s" authorId="0"><text>%s</text></comment>`, cellName(c.row, c.column), richText(c.text))
	}
	b.WriteString("</commentList></comments>")
}

// writeShapes draws the boxes of the comments, hidden until one points at their
// cell, in the old language that spreadsheets still ask for.
func (s *bookSheet) writeShapes(b *bytes.Buffer) {
	if len(s.comments) == 0 {
		return
	}
	var blocks []string // of 1024 numbers of shapes each
	for i := range 1 + len(s.comments)/1024 {
		blocks = append(blocks, strconv.Itoa(i+1))
	}
	b.WriteString(`<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">` +
		`<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="` + strings.Join(blocks, ",") + `"/></o:shapelayout>` +
		`<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>`)
	for i, c := range s.comments {
		fmt.Fprintf(b, `<v:shape id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">`+
			`<v:fill color2="#ffffe1"/><v:textbox style="mso-direction-alt:auto"/><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>`+
			`<x:Anchor>%d,15,%d,2,%d,15,%d,4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>`,
			1025+i, c.column, max(0, c.row-2), c.column+2, max(0, c.row-2)+4, c.row-1, c.column-1)
	}
	b.WriteString("</xml>")
}

// richText is the text of a cell or comment, cut where none can hold it.
func richText(s string) string {
	return `<t xml:space="preserve">` + escaped(uncoded(clipText(s))) + "</t>"
}

// uncoded keeps _x0041_ from being read as the character of that code, by
// writing its underscore by its own code.
func uncoded(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		if len(s)-i >= 7 && s[i] == '_' && s[i+1] == 'x' && s[i+6] == '_' && isHex(s[i+2:i+6]) {
			b.WriteString("_x005F")
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func isHex(s string) bool { return strings.Trim(s, "0123456789abcdefABCDEF") == "" }

// mostText is how many UTF-16 units a cell holds.
const mostText = 32_767

// clipText cuts text that is longer than a cell may hold, and says so.
func clipText(s string) string {
	const tail = " … (cut)"
	if len(s) <= mostText {
		return s
	}
	units, cut := 0, len(s)
	for i, r := range s {
		if units++; r > 0xffff {
			units++
		}
		if units > mostText-len(tail) && cut == len(s) {
			cut = i
		}
	}
	if units <= mostText {
		return s
	}
	return s[:cut] + tail
}
