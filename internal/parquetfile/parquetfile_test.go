package parquetfile_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"mizan/internal/parquetfile"
)

// sound has a column of each encoding that the library writes.
type sound struct {
	Plain   string   `parquet:"plain"`
	Words   string   `parquet:"words,dict"`
	Lengths string   `parquet:"lengths,delta"`
	Missing *string  `parquet:"missing,optional,dict"`
	Whole   int64    `parquet:"whole,delta"`
	Small   int32    `parquet:"small,dict"`
	Number  float64  `parquet:"number,split"`
	Gap     *float64 `parquet:"gap,optional"`
	Flag    bool     `parquet:"flag"`
	Key     [16]byte `parquet:"key,uuid"`
}

func soundRows(n int) []sound {
	rows := make([]sound, n)
	for i := range rows {
		x, s := float64(i)/3, fmt.Sprint("w", i%7)
		rows[i] = sound{Plain: strings.Repeat("p", i%11), Words: s, Lengths: fmt.Sprint("common-", i), Whole: int64(i) * int64(i), Small: int32(i % 3), Number: x, Flag: i%5 == 0}
		rows[i].Key[0] = byte(i)
		if i%4 != 0 {
			rows[i].Missing, rows[i].Gap = &s, &x
		}
	}
	return rows
}

// TestSound: what is well made passes, with every packing and both versions of pages,
// and reads back as it was.
func TestSound(t *testing.T) {
	rows := soundRows(3000)
	for _, codec := range []compress.Codec{&parquet.Uncompressed, &parquet.Snappy, &parquet.Gzip, &parquet.Brotli, &parquet.Zstd, &parquet.Lz4Raw} {
		for version := 1; version <= 2; version++ {
			var b bytes.Buffer
			w := parquet.NewGenericWriter[sound](&b, parquet.Compression(codec), parquet.DataPageVersion(version), parquet.PageBufferSize(4096), parquet.MaxRowsPerRowGroup(1000))
			if _, err := w.Write(rows); err != nil {
				t.Fatal(err)
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			f, err := parquetfile.Open(bytes.NewReader(b.Bytes()), int64(b.Len()))
			if err != nil {
				t.Fatalf("%v, version %d: %v", codec, version, err)
			}
			if n := len(f.RowGroups()); n != 3 {
				t.Errorf("%d groups of rows", n)
			}
			for i := range f.RowGroups() {
				if err := f.Check(i, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}); err != nil {
					t.Errorf("%v, version %d: %v", codec, version, err)
				}
			}
			got := make([]sound, len(rows))
			if n, err := parquet.NewGenericReader[sound](f.File).Read(got); n != len(rows) || err != nil && !errors.Is(err, io.EOF) || got[2999].Lengths != "common-2999" {
				t.Errorf("%v, version %d: read %d rows, %v", codec, version, n, err)
			}
		}
	}
}

// TestPrefixTexts: texts that share their beginnings (DELTA_BYTE_ARRAY), of which the
// lengths are read before the library reads them, in and out of whole blocks.
func TestPrefixTexts(t *testing.T) {
	schema := parquet.NewSchema("root", parquet.Group{"x": parquet.Encoded(parquet.String(), &parquet.DeltaByteArray)})
	for _, n := range []int{1, 2, 31, 32, 33, 128, 129, 130, 1000} {
		var b bytes.Buffer
		w := parquet.NewWriter(&b, schema)
		for i := range n {
			if _, err := w.WriteRows([]parquet.Row{{parquet.ByteArrayValue(fmt.Appendf(nil, "common-%d", i*i)).Level(0, 0, 0)}}); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if err := check(b.Bytes()); err != nil {
			t.Errorf("%d texts: %v", n, err)
		}
	}
}

// made is a file of one column and one page, and what its parts say of themselves.
type made struct {
	element format.SchemaElement
	codec   format.CompressionCodec
	rows    int64
	header  format.PageHeader
	page    []byte
	change  func(*format.FileMetaData)
}

func (m made) bytes(t *testing.T) []byte {
	t.Helper()
	protocol := &thrift.CompactProtocol{}
	header, err := thrift.Marshal(protocol, &m.header)
	if err != nil {
		t.Fatal(err)
	}
	b := append([]byte("PAR1"), header...)
	b = append(b, m.page...)
	m.element.Name = "x"
	meta := &format.FileMetaData{
		Version: 1, NumRows: m.rows,
		Schema: []format.SchemaElement{{Name: "root", NumChildren: thrift.New[int32](1)}, m.element},
		RowGroups: []format.RowGroup{{NumRows: m.rows, Columns: []format.ColumnChunk{{MetaData: format.ColumnMetaData{
			Type: m.element.Type.V, Codec: m.codec, NumValues: m.rows, PathInSchema: []string{"x"}, Encoding: []format.Encoding{format.Plain},
			TotalCompressedSize: int64(len(b) - 4), TotalUncompressedSize: int64(len(b) - 4), DataPageOffset: 4,
		}}}}},
	}
	if m.change != nil {
		m.change(meta)
	}
	footer, err := thrift.Marshal(protocol, meta)
	if err != nil {
		t.Fatal(err)
	}
	return closed(b, footer)
}

// closed puts a footer behind what a file holds.
func closed(b, footer []byte) []byte {
	b = append(b, footer...)
	return append(binary.LittleEndian.AppendUint32(b, uint32(len(footer))), "PAR1"...)
}

func column(kind format.Type, optional bool) format.SchemaElement {
	repetition := format.Required
	if optional {
		repetition = format.Optional
	}
	return format.SchemaElement{Type: thrift.New(kind), RepetitionType: thrift.New(repetition)}
}

// dataPage describes a page of values.
func dataPage(encoding format.Encoding, n int32, page []byte, size int32) format.PageHeader {
	return format.PageHeader{
		Type: format.DataPage, CompressedPageSize: int32(len(page)), UncompressedPageSize: size,
		DataPageHeader: thrift.New(format.DataPageHeader{NumValues: n, Encoding: encoding, DefinitionLevelEncoding: format.RLE, RepetitionLevelEncoding: format.RLE}),
	}
}

// page is a file of one page that is not packed.
func page(kind format.Type, optional bool, encoding format.Encoding, n int32, text []byte) made {
	return made{element: column(kind, optional), rows: int64(n), page: text, header: dataPage(encoding, n, text, int32(len(text)))}
}

// bomb is a file whose page unpacks to zeros, far more than it says.
func bomb(t *testing.T, codec format.CompressionCodec, pack func(io.Writer) io.WriteCloser) made {
	t.Helper()
	var b bytes.Buffer
	w := pack(&b)
	zeros := make([]byte, 1<<20)
	for range 512 {
		if _, err := w.Write(zeros); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return made{element: column(format.Int64, false), rows: 8, codec: codec, page: b.Bytes(), header: dataPage(format.Plain, 8, b.Bytes(), 64)}
}

const most = 1<<31 - 1

func varint(values ...uint64) []byte {
	var b []byte
	for _, v := range values {
		b = binary.AppendUvarint(b, v)
	}
	return b
}

// sized puts the length of a text before it, in four bytes.
func sized(text []byte) []byte {
	return append(binary.LittleEndian.AppendUint32(nil, uint32(len(text))), text...)
}

// TestBombs: files of some hundred bytes that ask for gigabytes. Each is refused, with a
// word why, and without the memory.
func TestBombs(t *testing.T) {
	eight := make([]byte, 64)
	plain := page(format.Int64, false, format.Plain, 8, eight)
	with := func(change func(*made)) made {
		m := plain
		change(&m)
		return m
	}
	deep := append([]byte{0x1c}, bytes.Repeat([]byte{0xfc}, 1<<20)...) // structures within structures
	lz4 := append([]byte{0x1f, 0, 1, 0}, append(bytes.Repeat([]byte{255}, 1<<20), 0)...)
	texts := append(varint(128, 4, 40, 0, 0, 0), make([]byte, 40)...)
	for name, c := range map[string]struct {
		file []byte
		says string
	}{
		"footer list":     {closed([]byte("PAR1"), append([]byte{0x29, 0xfc}, varint(most)...)), "items"},
		"footer depth":    {closed([]byte("PAR1"), deep), "deep"},
		"footer text":     {closed([]byte("PAR1"), append([]byte{0x68}, varint(most)...)), "ends too early"},
		"footer length":   {[]byte("PAR1\xff\xff\xff\xfePAR1"), "footer would be larger"},
		"many structures": {closed([]byte("PAR1"), append([]byte{0x29, 0xfc}, append(varint(1<<18), make([]byte, 1<<18)...)...)), "structures"},
		"width": {with(func(m *made) {
			m.element.Type.V = format.FixedLenByteArray
			m.element.TypeLength = thrift.New[int32](most)
		}).bytes(t), "values of"},
		"rows alone":   {with(func(m *made) { m.change = func(d *format.FileMetaData) { d.NumRows = 1 << 62 } }).bytes(t), "rows"},
		"rows of none": {with(func(m *made) { m.rows, m.page = 1<<40, nil }).bytes(t), "more memory"},
		"outside": {with(func(m *made) {
			m.change = func(d *format.FileMetaData) { d.RowGroups[0].Columns[0].MetaData.TotalCompressedSize = 1 << 40 }
		}).bytes(t), "outside the file"},
		"before": {with(func(m *made) {
			m.change = func(d *format.FileMetaData) { d.RowGroups[0].Columns[0].MetaData.DataPageOffset = -1 }
		}).bytes(t), "outside the file"},
		"page length":   {with(func(m *made) { m.header.CompressedPageSize = most }).bytes(t), "where there are"},
		"page size":     {with(func(m *made) { m.codec, m.header.UncompressedPageSize = format.Snappy, most }).bytes(t), "more memory"},
		"snappy length": {with(func(m *made) { m.codec, m.page = format.Snappy, append(varint(most), eight...)[:64] }).bytes(t), "says it has"},
		"values":        {with(func(m *made) { m.header.DataPageHeader.V.NumValues = most }).bytes(t), "where there are 8 rows"},
		"statistics": {with(func(m *made) {
			m.page = append([]byte{0x15, 0, 0x15, 0x80, 1, 0x15, 0x80, 1, 0x2c, 0x15, 0x10, 0x15, 0, 0x15, 6, 0x15, 6, 0x1c, 0x18}, varint(most)...)
			m.change = func(d *format.FileMetaData) {
				c := &d.RowGroups[0].Columns[0].MetaData
				c.DataPageOffset, c.TotalCompressedSize = 4+c.TotalCompressedSize-int64(len(m.page)), int64(len(m.page))
			}
		}).bytes(t), "header of a page"},
		"levels":       {page(format.Int64, true, format.Plain, 8, append(sized(append(varint(most<<1), 1)), eight...)).bytes(t), "runs of"},
		"indexes":      {page(format.ByteArray, false, format.RLEDictionary, 8, append([]byte{1}, append(varint(most<<1), 1)...)).bytes(t), "runs of"},
		"packed run":   {page(format.ByteArray, false, format.RLEDictionary, 8, append([]byte{0}, varint(most<<1|1)...)).bytes(t), "runs of"},
		"booleans":     {page(format.Boolean, false, format.RLE, 8, sized(append(varint(most<<1), 1))).bytes(t), "runs of"},
		"differences":  {page(format.Int64, false, format.DeltaBinaryPacked, 8, varint(128, 4, most, 0)).bytes(t), "differences of"},
		"prefix texts": {page(format.ByteArray, false, format.DeltaByteArray, 40, append(varint(128, 4, 40, 0, 1<<31, 32, 0, 0, 0), texts...)).bytes(t), "damaged"},
		"gzip":         {bomb(t, format.Gzip, func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }).bytes(t), "it has more"},
		"brotli":       {bomb(t, format.Brotli, func(w io.Writer) io.WriteCloser { return brotli.NewWriterLevel(w, 1) }).bytes(t), "it has more"},
		"zstd": {bomb(t, format.Zstd, func(w io.Writer) io.WriteCloser {
			z, err := zstd.NewWriter(w)
			if err != nil {
				t.Fatal(err)
			}
			return z
		}).bytes(t), "unpacking"},
		"lz4": {with(func(m *made) { m.codec, m.page = format.Lz4Raw, lz4; m.header.CompressedPageSize = int32(len(lz4)) }).bytes(t), "unpacking"},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err := check(c.file)
		runtime.ReadMemStats(&after)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v, want %s", name, err, c.says)
		}
		if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 100 {
			t.Errorf("%s: %d MiB for a file of %d bytes", name, used, len(c.file))
		}
	}
	if err := check(plain.bytes(t)); err != nil {
		t.Errorf("the file that the others are made of: %v", err)
	}
}

// check opens a file and goes over all of its pages.
func check(text []byte) error {
	f, err := parquetfile.Open(bytes.NewReader(text), int64(len(text)))
	if err != nil {
		return err
	}
	var all []int
	for i := range f.Schema().Fields() {
		all = append(all, i)
	}
	for i := range f.RowGroups() {
		if err := f.Check(i, all); err != nil {
			return err
		}
	}
	return nil
}

// FuzzCheck: what passes can be read, or is refused by the library; nothing stops the
// program.
func FuzzCheck(f *testing.F) {
	for _, codec := range []compress.Codec{&parquet.Uncompressed, &parquet.Snappy, &parquet.Zstd} {
		for version := 1; version <= 2; version++ {
			var b bytes.Buffer
			w := parquet.NewGenericWriter[sound](&b, parquet.Compression(codec), parquet.DataPageVersion(version), parquet.MaxRowsPerRowGroup(5))
			if _, err := w.Write(soundRows(9)); err != nil {
				f.Fatal(err)
			}
			if err := w.Close(); err != nil {
				f.Fatal(err)
			}
			f.Add(b.Bytes())
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if check(text) != nil {
			return
		}
		defer func() { _ = recover() }() // as those who read such files do
		file, err := parquetfile.Open(bytes.NewReader(text), int64(len(text)))
		if err != nil {
			t.Fatal(err)
		}
		rows := make([]parquet.Row, 16)
		reader := parquet.NewReader(file.File)
		for n := 1; n > 0 && err == nil; {
			n, err = reader.ReadRows(rows)
		}
	})
}
