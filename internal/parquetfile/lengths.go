package parquetfile

import (
	"encoding/binary"
	"math/bits"

	"github.com/parquet-go/parquet-go/encoding/delta"
	"github.com/parquet-go/parquet-go/format"
)

// slack is by how many values the last run of a page may exceed its rows: writers fill
// packed runs up to whole groups of eight.
const slack = 512

// values checks what the encodings of a page say about lengths: n values at most. Other
// encodings (PLAIN, BYTE_STREAM_SPLIT) hold what they hold. The encodings are those of
// the format's Encodings.md.
func (k *chunk) values(e format.Encoding, text []byte, n int64) error {
	switch e {
	case format.PlainDictionary, format.RLEDictionary: //nolint:staticcheck // older writers still name the first
		if len(text) == 0 {
			return nil
		}
		if text[0] > 32 {
			return damaged("indexes of %d bits", text[0])
		}
		return checkRuns(text[1:], int(text[0]), n)
	case format.RLE:
		runs, _, err := prefixed(text)
		if err != nil {
			return err
		}
		return checkRuns(runs, 1, n)
	case format.DeltaBinaryPacked:
		return checkDeltas(text, n)
	case format.DeltaLengthByteArray:
		_, _, err := lengths(text, n)
		return err
	case format.DeltaByteArray:
		prefixes, rest, err := lengths(text, n)
		if err != nil {
			return err
		}
		_, total, err := sum(prefixes, mostPage)
		if err != nil {
			return err
		}
		suffixes, rest, err := lengths(rest, n)
		if err != nil {
			return err
		}
		count, length, err := sum(suffixes, int64(len(rest)))
		if err != nil {
			return err
		}
		if count != int64(len(prefixes)) || total+length > mostPage {
			return damaged("texts of %d bytes", total+length)
		}
		return checkPrefixes(prefixes, suffixes)
	}
	return nil
}

// prefixed takes off what its first four bytes tell the length of.
func prefixed(text []byte) (inner, rest []byte, err error) {
	if len(text) < 4 {
		return nil, nil, damaged("a page that ends too early")
	}
	n := int64(binary.LittleEndian.Uint32(text))
	if n > int64(len(text)-4) {
		return nil, nil, damaged("levels of %d bytes in a page of %d", n, len(text))
	}
	return text[4 : 4+n], text[4+n:], nil
}

// checkRuns goes over runs of repeated and of packed values (RLE), n of them at most.
func checkRuns(text []byte, width int, n int64) error {
	var count int64
	for at := 0; at < len(text); {
		head, size := binary.Uvarint(text[at:])
		if size <= 0 || head>>1 > 1<<31 {
			return damaged("a run of values without its length")
		}
		at += size
		if run := int64(head >> 1); head&1 == 1 {
			count += 8 * run
			if need := run * int64(width); need > int64(len(text)-at) {
				return damaged("a run of %d values that ends too early", 8*run)
			}
			at += int(run) * width
		} else {
			count += run
			at += (width + 7) / 8
		}
		if count > n+slack {
			return damaged("runs of %d values where there are %d", count, n)
		}
	}
	return nil
}

// checkDeltas sees that differences (DELTA_BINARY_PACKED) are of n values at most.
func checkDeltas(text []byte, n int64) error {
	for i := range 3 { // the size of blocks, how many each has, all values
		v, size := binary.Uvarint(text)
		if size <= 0 {
			return damaged("differences without their number")
		}
		if i == 2 && v > uint64(n) || bits.Len64(v) > 31 {
			return damaged("differences of %d values where there are %d", v, n)
		}
		text = text[size:]
	}
	return nil
}

// lengths reads the lengths of texts at the start of a page, and gives what follows.
func lengths(text []byte, n int64) ([]int32, []byte, error) {
	if err := checkDeltas(text, n); err != nil {
		return nil, nil, err
	}
	end, err := deltaEnd(text)
	if err != nil {
		return nil, nil, err
	}
	list, err := new(delta.BinaryPackedEncoding).DecodeInt32(nil, text[:end:end])
	if err != nil {
		return nil, nil, damaged("%v", err)
	}
	return list, text[end:], nil
}

// deltaEnd is where a block of differences ends.
func deltaEnd(text []byte) (int, error) {
	at := 0
	number := func() uint64 {
		v, size := binary.Uvarint(text[min(at, len(text)):])
		if size <= 0 {
			at = len(text) + 1
			return 0
		}
		at += size
		return v
	}
	block, parts, left := number(), number(), int64(number())
	number() // the first value
	left--
	if block == 0 || parts == 0 || block%parts != 0 || block > 1<<20 {
		return 0, damaged("differences in blocks of %d by %d", block, parts)
	}
	per := int64(block / parts)
	for left > 0 && at <= len(text) {
		number() // the least difference
		widths := at
		at += int(parts)
		for i := 0; i < int(parts) && left > 0 && widths+i < len(text); i++ {
			at += int(per) * int(text[widths+i]) / 8
			left -= per
		}
	}
	if at > len(text) {
		return 0, damaged("differences that end too early")
	}
	return at, nil
}

// sum counts lengths and adds them up, to most.
func sum(list []int32, most int64) (count, total int64, err error) {
	for _, n := range list {
		if total += int64(n); n < 0 || total > most {
			return 0, 0, damaged("a text of %d bytes where there are %d", n, most)
		}
	}
	return int64(len(list)), total, nil
}

// checkPrefixes sees that no text takes more from the one before than that has.
func checkPrefixes(prefixes, suffixes []int32) error {
	var last int32
	for i, p := range prefixes {
		if p > last {
			return damaged("a text takes %d bytes of one of %d", p, last)
		}
		last = p + suffixes[i]
	}
	return nil
}
