package parquetfile

import (
	"errors"
	"fmt"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// Check goes over the pages of those columns of a row group (counted from 0) that will
// be read, and unpacks them: that each page lies in its column, is as long as it says,
// and that the lengths within promise no more values than its rows. It costs as much as
// unpacking them. Errors wrap ErrDamaged or ErrTooLarge.
func (f *File) Check(group int, columns []int) (err error) {
	defer recovered(&err)
	g := &f.meta.RowGroups[group]
	var need int64
	for _, c := range columns {
		e := &f.meta.Schema[c+1]
		k := &chunk{
			file: f, meta: &g.Columns[c].MetaData, width: max(8, int64(e.TypeLength.V)),
			kind: e.Type.V, optional: e.RepetitionType.V == format.Optional && e.RepetitionType.Valid,
		}
		if err := k.check(g.NumRows); err != nil {
			return fmt.Errorf("%w in the column %q", err, e.Name)
		}
		if need += k.need; need > mostGroup {
			return fmt.Errorf("%w: the pages of a group of rows have more than %d MiB", ErrTooLarge, mostGroup>>20)
		}
	}
	return nil
}

// chunk is a column of a row group.
type chunk struct {
	file     *File
	meta     *format.ColumnMetaData
	kind     format.Type
	width    int64 // bytes of a value in memory
	optional bool
	need     int64 // bytes of its largest page, and of its dictionary
	packed   []byte
	plain    []byte
}

// check goes over its pages, which must hold as many values as the group has rows.
func (k *chunk) check(rows int64) error {
	at := base(k.meta)
	end := at + k.meta.TotalCompressedSize
	var values, largest, dictionary int64
	for at < end {
		h, length, err := k.header(at, end)
		if err != nil {
			return err
		}
		at += length
		if h.CompressedPageSize < 0 || h.UncompressedPageSize < 0 || int64(h.CompressedPageSize) > end-at {
			return damaged("a page of %d bytes where there are %d", h.CompressedPageSize, end-at)
		}
		if h.UncompressedPageSize > mostPage {
			return fmt.Errorf("%w: a page has %d MiB", ErrTooLarge, h.UncompressedPageSize>>20)
		}
		n, err := k.page(h, at, rows-values)
		if err != nil {
			return err
		}
		at += int64(h.CompressedPageSize)
		need := int64(h.UncompressedPageSize) + n*(k.width+8)
		if need > 2*mostPage {
			return fmt.Errorf("%w: a page has %d values", ErrTooLarge, n)
		}
		if h.Type == format.DictionaryPage {
			dictionary = max(dictionary, need)
			continue
		}
		largest = max(largest, need)
		values += n
	}
	if values != rows {
		return damaged("%d values in %d rows", values, rows)
	}
	k.need = largest + dictionary
	return nil
}

// header reads the header of a page, and gives its length.
func (k *chunk) header(at, end int64) (*format.PageHeader, int64, error) {
	for window := int64(1 << 12); ; window *= 16 {
		text := make([]byte, min(window, end-at, mostHeader))
		if _, err := k.file.r.ReadAt(text, at); err != nil {
			return nil, 0, damaged("%v", err)
		}
		n, err := walk(text)
		if errors.Is(err, errShort) && int64(len(text)) == window && window < mostHeader {
			continue
		}
		if err != nil {
			return nil, 0, damaged("the header of a page: %v", err)
		}
		h := &format.PageHeader{}
		if err := thrift.Unmarshal(&thrift.CompactProtocol{}, text[:n], h); err != nil {
			return nil, 0, damaged("the header of a page: %v", err)
		}
		return h, int64(n), nil
	}
}

// page checks one page, and gives the number of its values.
func (k *chunk) page(h *format.PageHeader, at, most int64) (int64, error) {
	k.packed = grown(k.packed, int(h.CompressedPageSize))
	if _, err := k.file.r.ReadAt(k.packed, at); err != nil {
		return 0, damaged("%v", err)
	}
	switch h.Type {
	case format.DictionaryPage:
		return k.dictionary(h)
	case format.DataPage:
		return k.first(h, most)
	case format.DataPageV2:
		return k.second(h, most)
	}
	return 0, damaged("a page of the unknown kind %d", h.Type)
}

// dictionary checks a page of the values that others refer to.
func (k *chunk) dictionary(h *format.PageHeader) (int64, error) {
	if !h.DictionaryPageHeader.Valid {
		return 0, damaged("a dictionary without its header")
	}
	n := int64(h.DictionaryPageHeader.V.NumValues)
	if n < 0 || n > int64(h.UncompressedPageSize) {
		return 0, damaged("a dictionary of %d values in %d bytes", n, h.UncompressedPageSize)
	}
	_, err := k.unpack(k.packed, int(h.UncompressedPageSize))
	return n, err
}

// first checks a page of the first version: levels and values are packed together.
func (k *chunk) first(h *format.PageHeader, most int64) (int64, error) {
	if !h.DataPageHeader.Valid {
		return 0, damaged("a page without its header")
	}
	p := &h.DataPageHeader.V
	n := int64(p.NumValues)
	if n < 0 || n > most {
		return 0, damaged("a page of %d values where there are %d rows", n, most)
	}
	text, err := k.unpack(k.packed, int(h.UncompressedPageSize))
	if err != nil {
		return 0, err
	}
	if k.optional {
		levels, rest, err := prefixed(text)
		if err != nil {
			return 0, err
		}
		if p.DefinitionLevelEncoding == format.RLE {
			if err := checkRuns(levels, 1, n); err != nil {
				return 0, err
			}
		}
		text = rest
	}
	return n, k.values(p.Encoding, text, n)
}

// second checks a page of the second version: its levels stand before what is packed.
func (k *chunk) second(h *format.PageHeader, most int64) (int64, error) {
	if !h.DataPageHeaderV2.Valid {
		return 0, damaged("a page without its header")
	}
	p := &h.DataPageHeaderV2.V
	n, repetition, definition := int64(p.NumValues), int64(p.RepetitionLevelsByteLength), int64(p.DefinitionLevelsByteLength)
	if n < 0 || n > most || p.NumNulls < 0 || p.NumNulls > p.NumValues {
		return 0, damaged("a page of %d values, %d of them missing, where there are %d rows", n, p.NumNulls, most)
	}
	if repetition < 0 || definition < 0 || repetition+definition > int64(len(k.packed)) || repetition+definition > int64(h.UncompressedPageSize) {
		return 0, damaged("levels that are longer than their page")
	}
	if k.optional && definition > 0 {
		if err := checkRuns(k.packed[repetition:repetition+definition], 1, n); err != nil {
			return 0, err
		}
	}
	text := k.packed[repetition+definition:]
	if !p.IsCompressed.Valid || p.IsCompressed.V {
		var err error
		// The library makes room for the levels too.
		if text, err = k.unpack(text, int(h.UncompressedPageSize)-int(repetition+definition)); err != nil {
			return 0, err
		}
	}
	return n, k.values(p.Encoding, text, n)
}
