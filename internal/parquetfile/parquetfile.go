// Package parquetfile opens Parquet files that may come from anybody.
//
// The library that reads them makes room for whatever a file promises: a few bytes
// can ask for more memory than there is, which no program survives. So a file is gone
// over first, from its footer to the lengths within each page, and what promises more
// than it can hold is refused.
package parquetfile

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// The limits of what is read. Memory is that of one page of each column at a time.
const (
	mostFooter     = 64 << 20  // bytes
	mostHeader     = 16 << 20  // bytes of the header of a page
	mostPage       = 256 << 20 // bytes of a page when unpacked, or of its values in memory
	mostGroup      = 2 << 30   // bytes of the largest pages of the columns of a group
	mostRows       = 1 << 20   // that any file may hold, and further ones for each of its bytes:
	rowsPerByte    = 1000
	mostTypeLength = 1 << 20
)

// ErrNotParquet is the cause of errors about files that are something else.
var ErrNotParquet = errors.New("this is no Parquet file that can be read")

// ErrDamaged is the cause of errors about files that contradict themselves.
var ErrDamaged = errors.New("the Parquet file is damaged")

// ErrTooLarge is the cause of errors about files that would need too much memory.
var ErrTooLarge = errors.New("the Parquet file asks for more memory than Mizan gives to one")

// NestedError says that a column holds lists or further columns.
type NestedError struct{ Column string }

// Error is the sentence.
func (e *NestedError) Error() string {
	return fmt.Sprintf("the column %q holds lists or further columns", e.Column)
}

func damaged(format string, args ...any) error {
	return fmt.Errorf("%w (%s)", ErrDamaged, fmt.Sprintf(format, args...))
}

// A File is an open Parquet file of flat columns.
type File struct {
	*parquet.File
	r    io.ReaderAt
	size int64
	meta *format.FileMetaData
}

// Open reads what a file of size bytes says of itself: that its footer is whole, its
// columns flat, and that what it says where its pages lie is within it. Pages are not
// looked at; see Check. Errors are *NestedError, or wrap ErrNotParquet, ErrDamaged or
// ErrTooLarge.
func Open(r io.ReaderAt, size int64) (f *File, err error) {
	defer recovered(&err)
	meta, err := footer(r, size)
	if err != nil {
		return nil, err
	}
	if err := checkSchema(meta); err != nil {
		return nil, err
	}
	if err := checkGroups(meta, size); err != nil {
		return nil, err
	}
	// Indexes of pages and filters are of no use here, and promise lengths too.
	file, err := parquet.OpenFile(r, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, fmt.Errorf("%w (%w)", ErrNotParquet, err)
	}
	return &File{File: file, r: r, size: size, meta: meta}, nil
}

// recovered makes an error of a panic: the library trusts what a file says of itself.
func recovered(err *error) {
	if p := recover(); p != nil {
		*err = damaged("%v", p)
	}
}

// footer reads the description at the end of a file.
func footer(r io.ReaderAt, size int64) (*format.FileMetaData, error) {
	var ends [12]byte
	if size < int64(len(ends)) {
		return nil, fmt.Errorf("%w: it has %d bytes", ErrNotParquet, size)
	}
	if _, err := r.ReadAt(ends[:4], 0); err != nil {
		return nil, err
	}
	if _, err := r.ReadAt(ends[4:], size-8); err != nil {
		return nil, err
	}
	if string(ends[:4]) != "PAR1" || string(ends[8:]) != "PAR1" {
		return nil, fmt.Errorf("%w: it does not begin and end as one", ErrNotParquet)
	}
	length := int64(binary.LittleEndian.Uint32(ends[4:8]))
	switch {
	case length > size-12:
		return nil, fmt.Errorf("%w: its footer would be larger than the file", ErrNotParquet)
	case length > mostFooter:
		return nil, fmt.Errorf("%w: its footer has %d MiB", ErrTooLarge, length>>20)
	}
	text := make([]byte, length)
	if _, err := r.ReadAt(text, size-8-length); err != nil {
		return nil, err
	}
	if _, err := walk(text); err != nil {
		return nil, damaged("its footer: %v", err)
	}
	meta := &format.FileMetaData{}
	if err := thrift.Unmarshal(&thrift.CompactProtocol{}, text, meta); err != nil {
		return nil, fmt.Errorf("%w (%w)", ErrNotParquet, err)
	}
	return meta, nil
}

// checkSchema sees that all columns are flat.
func checkSchema(meta *format.FileMetaData) error {
	if len(meta.Schema) < 2 {
		return damaged("it has no columns")
	}
	for i := range meta.Schema {
		e := &meta.Schema[i]
		children := e.NumChildren.V
		switch {
		case i == 0 && int(children) != len(meta.Schema)-1 && children >= 0:
			for j := 1; j < len(meta.Schema); j++ {
				if meta.Schema[j].NumChildren.V != 0 {
					return &NestedError{Column: meta.Schema[j].Name}
				}
			}
			return damaged("it has %d columns, and says %d", len(meta.Schema)-1, children)
		case i == 0:
		case children != 0 || !e.Type.Valid || e.RepetitionType.V == format.Repeated:
			return &NestedError{Column: e.Name}
		case e.TypeLength.V < 0 || e.TypeLength.V > mostTypeLength:
			return damaged("values of %d bytes in the column %q", e.TypeLength.V, e.Name)
		}
	}
	return nil
}

// checkGroups sees that row groups add up and lie within the file.
func checkGroups(meta *format.FileMetaData, size int64) error {
	columns := len(meta.Schema) - 1
	var rows int64
	for i := range meta.RowGroups {
		g := &meta.RowGroups[i]
		if g.NumRows < 0 || len(g.Columns) != columns {
			return damaged("row group %d has %d rows of %d columns", i+1, g.NumRows, len(g.Columns))
		}
		if rows += g.NumRows; rows < 0 || rows > meta.NumRows {
			return damaged("its groups have more than its %d rows", meta.NumRows)
		}
		for j := range g.Columns {
			m := &g.Columns[j].MetaData
			if from := base(m); from < 0 || m.TotalCompressedSize < 0 || m.DataPageOffset < 0 || from > size || m.TotalCompressedSize > size-from {
				return damaged("the column %q of group %d would lie outside the file", meta.Schema[j+1].Name, i+1)
			}
			if first := meta.RowGroups[0].Columns[j].MetaData.Codec; m.Codec != first {
				return damaged("the column %q is packed as %v and as %v", meta.Schema[j+1].Name, first, m.Codec)
			}
		}
	}
	if rows != meta.NumRows {
		return damaged("its groups have %d rows of %d", rows, meta.NumRows)
	}
	if rows > mostRows+rowsPerByte*size {
		return fmt.Errorf("%w: %d rows in %d bytes", ErrTooLarge, rows, size)
	}
	return nil
}

// base is where the pages of a column begin.
func base(m *format.ColumnMetaData) int64 {
	if m.DictionaryPageOffset != 0 {
		return m.DictionaryPageOffset
	}
	return m.DataPageOffset
}
