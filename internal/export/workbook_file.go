package export

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// bookFile is a workbook in Office Open XML (ECMA-376, transitional), made of
// text cells and number cells, as parts of XML in a ZIP archive. Its bytes
// depend on nothing but what is put in: parts stand in a fixed order, and the
// clock is not asked.
type bookFile struct {
	title, identifier, creator string
	sheets                     []*bookSheet
	styles                     styleTable
}

// bookSheet is one sheet. Positions count from 1.
type bookSheet struct {
	name          string
	widths        []float64 // of the columns, in characters
	frozenColumns int       // that stay when one scrolls
	frozenRows    int       // likewise, and printed on every page; 0 = none
	filtered      int       // the row of the heads by which one filters; 0 = none
	rows          bytes.Buffer
	lastRow       int
	comments      []comment
	links         []bookLink
}

// comment is a note on a cell.
type comment struct {
	row, column int
	text        string
}

// bookLink leads from a cell to an address, or to a place in the workbook.
type bookLink struct {
	cell, url, place string
}

// columnName is A for column 1, AA for column 27.
func columnName(column int) string {
	var name []byte
	for ; column > 0; column = (column - 1) / 26 {
		name = append(name, byte('A'+(column-1)%26))
	}
	for i, j := 0, len(name)-1; i < j; i, j = i+1, j-1 {
		name[i], name[j] = name[j], name[i]
	}
	return string(name)
}

// cellName is A1 for row 1, column 1.
func cellName(row, column int) string { return columnName(column) + strconv.Itoa(row) }

// area is the rectangle from row first to the end of the sheet, as in A1:C9.
func (s *bookSheet) area(first int) string {
	return cellName(first, 1) + ":" + cellName(max(first, s.lastRow), max(1, len(s.widths)))
}

const (
	xmlHead     = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainSpace   = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	officeSpace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packSpace   = "http://schemas.openxmlformats.org/package/2006/"
	sheetKind   = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// firstDay is the first that a ZIP file can tell.
var firstDay = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// write writes the file. Errors are those of w.
func (f *bookFile) write(w io.Writer) error {
	z := &packer{zip: zip.NewWriter(w)}
	z.part("[Content_Types].xml", f.contentTypes)
	z.part("_rels/.rels", func(b *bytes.Buffer) {
		relations(b, [][2]string{
			{officeSpace + "/officeDocument", "xl/workbook.xml"},
			{packSpace + "relationships/metadata/core-properties", "docProps/core.xml"},
		})
	})
	z.part("docProps/core.xml", f.properties)
	z.part("xl/workbook.xml", f.workbook)
	z.part("xl/_rels/workbook.xml.rels", func(b *bytes.Buffer) {
		var list [][2]string
		for i := range f.sheets {
			list = append(list, [2]string{officeSpace + "/worksheet", fmt.Sprintf("worksheets/sheet%d.xml", i+1)})
		}
		relations(b, append(list, [2]string{officeSpace + "/styles", "styles.xml"}))
	})
	z.part("xl/styles.xml", f.styles.write)
	for i, s := range f.sheets {
		z.part(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), s.write)
		z.part(fmt.Sprintf("xl/worksheets/_rels/sheet%d.xml.rels", i+1), func(b *bytes.Buffer) { s.relations(b, i+1) })
		z.part(fmt.Sprintf("xl/comments%d.xml", i+1), s.writeComments)
		z.part(fmt.Sprintf("xl/drawings/vmlDrawing%d.vml", i+1), s.writeShapes)
	}
	if z.err != nil {
		return z.err
	}
	return z.zip.Close()
}

// packer writes parts until one fails; a part without a word is left out.
type packer struct {
	zip  *zip.Writer
	text bytes.Buffer
	err  error
}

func (z *packer) part(name string, write func(b *bytes.Buffer)) {
	z.text.Reset()
	if write(&z.text); z.err != nil || z.text.Len() == 0 {
		return
	}
	to, err := z.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: firstDay})
	if err == nil {
		_, err = to.Write(z.text.Bytes())
	}
	z.err = err
}

func (f *bookFile) contentTypes(b *bytes.Buffer) {
	b.WriteString(xmlHead + `<Types xmlns="` + packSpace + `content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>`)
	override := func(part, kind string) {
		b.WriteString(`<Override PartName="/` + part + `" ContentType="` + kind + `"/>`)
	}
	override("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")
	override("xl/workbook.xml", sheetKind+"sheet.main+xml")
	override("xl/styles.xml", sheetKind+"styles+xml")
	for i, s := range f.sheets {
		override(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), sheetKind+"worksheet+xml")
		if len(s.comments) > 0 {
			override(fmt.Sprintf("xl/comments%d.xml", i+1), sheetKind+"comments+xml")
		}
	}
	b.WriteString("</Types>")
}

// relations lists the parts that a part refers to, numbered from 1.
func relations(b *bytes.Buffer, list [][2]string) {
	b.WriteString(xmlHead + `<Relationships xmlns="` + packSpace + `relationships">`)
	for i, r := range list {
		external := ""
		if strings.HasSuffix(r[0], "/hyperlink") {
			external = ` TargetMode="External"`
		}
		fmt.Fprintf(b, `<Relationship Id="rId%d" Type="%s" Target="%s"%s/>`, i+1, r[0], escaped(r[1]), external)
	}
	b.WriteString("</Relationships>")
}

// properties are what a file manager shows; no time is among them.
func (f *bookFile) properties(b *bytes.Buffer) {
	b.WriteString(xmlHead + `<cp:coreProperties xmlns:cp="` + packSpace + `metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">` +
		"<dc:title>" + escaped(f.title) + "</dc:title><dc:creator>" + escaped(f.creator) + "</dc:creator><dc:identifier>" + escaped(f.identifier) + "</dc:identifier></cp:coreProperties>")
}

func (f *bookFile) workbook(b *bytes.Buffer) {
	b.WriteString(xmlHead + `<workbook xmlns="` + mainSpace + `" xmlns:r="` + officeSpace + `"><bookViews><workbookView/></bookViews><sheets>`)
	for i, s := range f.sheets {
		fmt.Fprintf(b, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, escaped(s.name), i+1, i+1)
	}
	b.WriteString("</sheets><definedNames>")
	for i, s := range f.sheets {
		if s.filtered > 0 {
			fmt.Fprintf(b, `<definedName name="_xlnm._FilterDatabase" localSheetId="%d" hidden="1">%s</definedName>`, i, escaped(s.absolute(s.area(s.filtered))))
		}
	}
	for i, s := range f.sheets {
		if s.frozenRows > 0 {
			fmt.Fprintf(b, `<definedName name="_xlnm.Print_Titles" localSheetId="%d">%s!$1:$%d</definedName>`, i, escaped(s.quoted()), s.frozenRows)
		}
	}
	b.WriteString("</definedNames></workbook>")
}

// quoted is the name of a sheet as places write it.
func (s *bookSheet) quoted() string { return "'" + strings.ReplaceAll(s.name, "'", "''") + "'" }

// absolute is an area of a sheet as names write it: 'Raw'!$A$3:$C$9.
func (s *bookSheet) absolute(area string) string {
	first, last, _ := strings.Cut(area, ":")
	dollars := func(cell string) string {
		letters := strings.TrimRight(cell, "0123456789")
		return "$" + letters + "$" + cell[len(letters):]
	}
	return s.quoted() + "!" + dollars(first) + ":" + dollars(last)
}
