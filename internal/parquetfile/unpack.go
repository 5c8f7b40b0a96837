package parquetfile

import (
	"bytes"
	"errors"
	"io"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/snappy"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go/format"
	"github.com/pierrec/lz4/v4"
)

// unpack unpacks a page that says it has size bytes then, and makes no room for more.
// What it gives is valid until the next page.
func (k *chunk) unpack(packed []byte, size int) ([]byte, error) {
	if size < 0 {
		return nil, damaged("a page of %d bytes", size)
	}
	if k.meta.Codec == format.Uncompressed {
		return packed, nil
	}
	var err error
	n := 0
	switch k.meta.Codec {
	case format.Snappy:
		if n, err = snappy.DecodedLen(packed); err != nil || n != size {
			return nil, damaged("a page of %d bytes that says it has %d", n, size)
		}
		k.plain = grown(k.plain, n)
		_, err = snappy.Decode(k.plain, packed)
	case format.Gzip:
		var r *gzip.Reader
		if r, err = gzip.NewReader(bytes.NewReader(packed)); err == nil {
			n, err = k.fill(r, size)
		}
	case format.Brotli:
		n, err = k.fill(brotli.NewReader(bytes.NewReader(packed)), size)
	case format.Zstd:
		var text []byte
		k.plain = grown(k.plain, size)
		text, err = decoder().DecodeAll(packed, k.plain[:0:size])
		n = len(text)
	case format.Lz4Raw:
		k.plain = grown(k.plain, size)
		n, err = lz4.UncompressBlock(packed, k.plain)
	default:
		return nil, damaged("pages are packed by the unknown method %v", k.meta.Codec)
	}
	switch {
	case err != nil:
		return nil, damaged("unpacking a page of %d bytes: %v", size, err)
	case n != size:
		return nil, damaged("a page has %d bytes that says it has %d", n, size)
	}
	return k.plain[:n], nil
}

// fill reads what is there, size bytes at most.
func (k *chunk) fill(r io.Reader, size int) (int, error) {
	// Room grows with what comes, not with what is promised.
	b := bytes.NewBuffer(k.plain[:0])
	n, err := b.ReadFrom(io.LimitReader(r, int64(size)+1))
	k.plain = b.Bytes()
	if n > int64(size) {
		return 0, errors.New("it has more")
	}
	return int(n), err
}

// decoder reads Zstandard into the room that it is given, and no further.
var decoder = sync.OnceValue(func() *zstd.Decoder {
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecodeAllCapLimit(true))
	if err != nil {
		panic(err) // the options are constant
	}
	return d
})

// grown is a text of n bytes, in the room of another where that is enough.
func grown(b []byte, n int) []byte {
	if cap(b) < n {
		return make([]byte, n)
	}
	return b[:n]
}
