package export

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"
)

// bookZip writes the parts of a workbook in a fixed order and without the time
// of day, and puts the rows into the sheets.
type bookZip struct {
	to    io.Writer
	rows  map[string]*bytes.Buffer // by part
	parts []*part
}

type part struct {
	name string
	bytes.Buffer
}

// Create begins a part.
func (z *bookZip) Create(name string) (io.Writer, error) {
	p := &part{name: name}
	z.parts = append(z.parts, p)
	return p, nil
}

// AddFS is not used by workbooks.
func (z *bookZip) AddFS(fs.FS) error { return errors.New("a workbook takes no folder") }

// contentTypes is the part that readers which do not seek want first.
const contentTypes = "[Content_Types].xml"

// firstDay is the first that a ZIP file can tell.
var firstDay = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// Close writes everything.
func (z *bookZip) Close() error {
	slices.SortFunc(z.parts, func(a, b *part) int {
		if first := a.name == contentTypes; first != (b.name == contentTypes) {
			return map[bool]int{true: -1, false: 1}[first]
		}
		return strings.Compare(a.name, b.name)
	})
	w := zip.NewWriter(z.to)
	w.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, flate.DefaultCompression) })
	for _, p := range z.parts {
		to, err := w.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: firstDay})
		if err != nil {
			return err
		}
		if err := z.write(to, p); err != nil {
			return err
		}
	}
	return w.Close()
}

// noRows is where the rows go.
var noRows = []byte("<sheetData></sheetData>")

func (z *bookZip) write(to io.Writer, p *part) error {
	rows, isSheet := z.rows[p.name]
	if !isSheet {
		_, err := p.WriteTo(to)
		return err
	}
	before, after, found := bytes.Cut(p.Bytes(), noRows)
	if !found {
		return errors.New("the sheet " + p.name + " has no place for its rows")
	}
	for _, text := range [][]byte{before, []byte("<sheetData>"), rows.Bytes(), []byte("</sheetData>"), after} {
		if _, err := to.Write(text); err != nil {
			return err
		}
	}
	return nil
}
