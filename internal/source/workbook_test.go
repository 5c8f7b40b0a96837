package source_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"mizan/internal/source"
)

// archive makes a ZIP archive of files, given as name and content in turn.
func archive(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.Create(files[i])
		if err == nil {
			_, err = f.Write([]byte(files[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The parts of a workbook with a sheet Data, written by hand after ECMA-376:
// the one as most programs write it, the other with all that differs in what is
// allowed (the strict namespaces, prefixes, absolute and odd names).
const (
	rootRels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>
<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	bookXML = `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<sheets><sheet name="Start" sheetId="3" r:id="rId9"/><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>`
	bookRels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/>
<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`
	textsXML = `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="3" uniqueCount="3">
<si><t xml:space="preserve"> plain </t></si>
<si><r><rPr><b/></rPr><t>bo</t></r><r><t>ld</t></r><rPh sb="0" eb="1"><t>said</t></rPh></si>
<si><t>a_x000D_b_x005F_x0041_ _xZZZZ_ _x12</t></si></sst>`
)

func book(t testing.TB, sheet string) []byte {
	t.Helper()
	return archive(t, "_rels/.rels", rootRels, "xl/workbook.xml", bookXML, "xl/_rels/workbook.xml.rels", bookRels,
		"xl/sharedStrings.xml", textsXML, "xl/worksheets/sheet1.xml", "<worksheet/>", "xl/worksheets/sheet2.xml",
		`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`+sheet+`</worksheet>`)
}

// TestWorkbookCells: every kind of cell, by place or in turn.
func TestWorkbookCells(t *testing.T) {
	got, err := source.SheetCells(book(t, `<dimension ref="A1:D9"/><sheetData>
<row r="2"><c r="B2" t="s"><v>0</v></c><c t="s"><v>1</v></c><c r="E2" t="s"><v>2</v></c></row>
<row><c><v>1.0000000000000001E-5</v></c><c r="C3" s="4"><f>0.1+0.2</f><v>0.30000000000000004</v></c></row>
<row r="6"><c r="A6" t="inlineStr"><is><t>in</t><r><t>line</t></r></is></c><c r="b6" t="str"><f>"x"</f><v>a &amp; b</v></c><c r="D6" t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="d"><v>2024-02-29</v></c></row>
<row r="4" ht="20"><c r="A4" s="1"/><c r="B4" t="s"/><c r="C4"><v></v></c><c r="D4"><v>late</v></c></row>
</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>`), "data")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		nil,
		{"", " plain ", "bold", "", "a\rb_x0041_ _xZZZZ_ _x12"},
		{"1.0000000000000001E-5", "", "0.30000000000000004"},
		{"", "", "", "late"},
		nil,
		{"inline", "a & b", "", "1", "#N/A", "2024-02-29"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// TestWorkbookStrict: what else the standard allows.
func TestWorkbookStrict(t *testing.T) {
	const kind = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
	got, err := source.SheetCells(archive(t,
		"_rels/.rels", `<p:Relationships xmlns:p="x"><p:Relationship Id="a" Type="`+kind+`officeDocument" Target="/odd/Book.xml"/></p:Relationships>`,
		"odd/Book.xml", `<x:workbook xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main" xmlns:q="`+kind+`"><x:sheets><x:sheet name="Data" q:id="one"/></x:sheets></x:workbook>`,
		"odd/_rels/Book.xml.rels", `<Relationships><Relationship Id="link" Type="`+kind+`hyperlink" Target="http://x" TargetMode="External"/><Relationship Id="one" Type="`+kind+`worksheet" Target="../Sheets/s.xml"/></Relationships>`,
		`sheets\S.xml`, `<x:worksheet xmlns:x="y"><x:sheetData><x:row><x:c><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>`), "Data")
	if d := cmp.Diff([][]string{{"7"}}, got); d != "" || err != nil {
		t.Errorf("%v\n%s", err, d)
	}
}

// TestWorkbookRefuses: what is no workbook, is broken, or is made to exhaust
// the memory.
func TestWorkbookRefuses(t *testing.T) {
	many := strings.Builder{}
	for row := 1; row <= 100; row++ {
		fmt.Fprintf(&many, `<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, row*900, row*900)
	}
	bomb := `<row><c t="inlineStr"><is><t>` + strings.Repeat("x", 1<<10) + `</t></is></c></row>`
	for name, test := range map[string]struct {
		book []byte
		want string
	}{
		"another archive":  {archive(t, "a.txt", "a"), "it lacks _rels/.rels"},
		"no document":      {archive(t, "_rels/.rels", "<Relationships/>"), "it names no workbook within"},
		"lost workbook":    {archive(t, "_rels/.rels", rootRels), "it lacks xl/workbook.xml"},
		"no list":          {archive(t, "_rels/.rels", rootRels, "xl/workbook.xml", bookXML), `it names no file for the sheet "Data"`},
		"lost sheet":       {archive(t, "_rels/.rels", rootRels, "xl/workbook.xml", bookXML, "xl/_rels/workbook.xml.rels", strings.Replace(bookRels, "sharedS", "s", 1)), "it lacks xl/worksheets/sheet2.xml"},
		"cut off":          {book(t, "<sheetData><row>"), "xl/worksheets/sheet2.xml: XML syntax error"},
		"no such text":     {book(t, `<row><c t="s"><v>3</v></c></row>`), `there is no text "3"`},
		"text of no kind":  {book(t, `<row><c t="s"><v>-1</v></c></row>`), `there is no text "-1"`},
		"no cell":          {book(t, `<row><c r="1A"><v>3</v></c></row>`), `there can be no cell "1A"`},
		"beyond":           {book(t, `<row><c r="XFE1"><v>3</v></c></row>`), `there can be no cell "XFE1"`},
		"beyond, in turn":  {book(t, `<row><c r="XFD1"/><c><v>3</v></c></row>`), "more rows or columns"},
		"no row":           {book(t, `<row r="1048577"/>`), `there can be no row "1048577"`},
		"row zero":         {book(t, `<row r="0"/>`), `there can be no row "0"`},
		"far apart":        {book(t, many.String()), "the sheet has more than 1000000 cells"},
		"entities":         {book(t, `<row><c><v>&boom;</v></c></row>`), "invalid character entity"},
		"one long text":    {book(t, `<row><c t="inlineStr"><is><t>`+strings.Repeat("x", 2<<20)+`</t></is></c></row>`), "a text or a tag is longer than a cell can be"},
		"one long tag":     {book(t, `<row><c r="`+strings.Repeat("1", 2<<20)+`"><v>1</v></c></row>`), "a text or a tag is longer than a cell can be"},
		"text in pieces":   {book(t, `<row><c t="inlineStr"><is>`+strings.Repeat("<t>"+strings.Repeat("x", 1000)+"</t>", 2000)+`</is></c></row>`), "a text or a tag is longer than a cell can be"},
		"a million pieces": {book(t, strings.Repeat(bomb, 5<<10)), "larger than 4 MB unpacked"},
	} {
		if _, err := source.SheetCells(test.book, "Data"); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %s", name, err, test.want)
		}
	}
}

// TestWorkbookAgrees: cells come back as another library wrote them.
func TestWorkbookAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := excelize.NewFile()
		defer f.Close()
		want := map[string]string{}
		for range rapid.IntRange(1, 20).Draw(t, "cells") {
			at, err := excelize.CoordinatesToCellName(rapid.IntRange(1, 60).Draw(t, "column"), rapid.IntRange(1, 60).Draw(t, "row"))
			if err != nil {
				t.Fatal(err)
			}
			if rapid.Bool().Draw(t, "number") {
				v := rapid.Float64Range(-1e300, 1e300).Draw(t, "v")
				want[at] = fmt.Sprint(v)
				err = f.SetCellDefault("Sheet1", at, want[at])
			} else {
				want[at] = rapid.StringMatching(`[ -~äж中\n]{0,12}`).Draw(t, "text")
				err = f.SetCellStr("Sheet1", at, want[at])
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		got, err := source.SheetCells(b.Bytes(), "sheet1")
		if err != nil {
			t.Fatal(err)
		}
		for r, row := range got {
			for c, text := range row {
				at, _ := excelize.CoordinatesToCellName(c+1, r+1)
				if text != want[at] {
					t.Fatalf("%s: %q, want %q", at, text, want[at])
				}
				delete(want, at)
			}
		}
		for at, text := range want {
			if text != "" {
				t.Fatalf("%s: %q is lost", at, text)
			}
		}
	})
}

// TestCellNames: names of cells, there and back, as the other library has them.
func TestCellNames(t *testing.T) {
	for _, column := range []int{1, 2, 26, 27, 52, 53, 702, 703, 16384} {
		name, err := excelize.CoordinatesToCellName(column, 17)
		if err != nil {
			t.Fatal(err)
		}
		row, got, letters, ok := source.CellPlace(name)
		if !ok || row != 17 || got != column || letters+"17" != name {
			t.Errorf("%s: row %d, column %d (%s), %v", name, row, got, letters, ok)
		}
	}
	for _, name := range []string{"", "A", "1", "A0", "A-1", "A1B", "É1", "AAAA1", "A1048577", "$A$1"} {
		if _, _, _, ok := source.CellPlace(name); ok {
			t.Errorf("%q is taken for a cell", name)
		}
	}
}
