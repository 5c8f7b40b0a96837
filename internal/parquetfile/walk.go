package parquetfile

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// Kinds of values in Thrift's compact protocol, by which footers and headers are
// written (Apache Thrift, thrift-compact-protocol.md).
const (
	thriftStop = iota
	thriftTrue
	thriftFalse
	thriftByte
	thriftInt16
	thriftInt32
	thriftInt64
	thriftDouble
	thriftBinary
	thriftList
	thriftSet
	thriftMap
	thriftStruct
	thriftUUID
)

// mostDepth bounds structures within structures: those of Parquet are seven deep, and
// each level is a call of the one who reads it.
const mostDepth = 32

// Structures in lists that a text may hold, and further ones for its bytes: each takes
// up to half a kilobyte in memory.
const (
	mostStructs     = 1 << 16
	bytesPerStructs = 16
)

var errShort = errors.New("it ends too early")

// walk goes over a structure at the start of a text, and gives its length. Errors: it
// does not end within the text (errShort), a list promises more than there are
// bytes, structures are too deep or too many.
func walk(text []byte) (length int, err error) {
	w := walker{text: text}
	err = w.structure(0)
	return w.at, err
}

type walker struct {
	text    []byte
	at      int
	structs int
}

func (w *walker) octet() (byte, error) {
	if w.at >= len(w.text) {
		return 0, errShort
	}
	w.at++
	return w.text[w.at-1], nil
}

func (w *walker) number() (uint64, error) {
	n, size := binary.Uvarint(w.text[w.at:])
	switch {
	case size == 0:
		return 0, errShort
	case size < 0:
		return 0, errors.New("a number is longer than 64 bits")
	}
	w.at += size
	return n, nil
}

func (w *walker) skip(n uint64) error {
	if n > uint64(len(w.text)-w.at) {
		return errShort
	}
	w.at += int(n)
	return nil
}

func (w *walker) structure(depth int) error {
	if depth > mostDepth {
		return fmt.Errorf("its structures are more than %d deep", mostDepth)
	}
	for {
		b, err := w.octet()
		if err != nil || b == thriftStop {
			return err
		}
		if b>>4 == 0 { // the number of the field is not told by the last one
			if _, err := w.number(); err != nil {
				return err
			}
		}
		if kind := b & 0xf; kind == thriftTrue || kind == thriftFalse {
			continue // the kind is the value
		}
		if err := w.value(b&0xf, depth+1); err != nil {
			return err
		}
	}
}

func (w *walker) value(kind byte, depth int) error {
	switch kind {
	case thriftTrue, thriftFalse, thriftByte:
		return w.skip(1)
	case thriftInt16, thriftInt32, thriftInt64:
		_, err := w.number()
		return err
	case thriftDouble:
		return w.skip(8)
	case thriftUUID:
		return w.skip(16)
	case thriftBinary:
		n, err := w.number()
		if err != nil {
			return err
		}
		return w.skip(n)
	case thriftList, thriftSet:
		b, err := w.octet()
		if err != nil {
			return err
		}
		n := uint64(b >> 4)
		if n == 0xf {
			if n, err = w.number(); err != nil {
				return err
			}
		}
		return w.items(n, depth, b&0xf)
	case thriftMap:
		n, err := w.number()
		if err != nil || n == 0 {
			return err
		}
		b, err := w.octet()
		if err != nil {
			return err
		}
		return w.items(n, depth, b>>4, b&0xf)
	case thriftStruct:
		return w.structure(depth)
	}
	return fmt.Errorf("it holds a value of the unknown kind %d", kind)
}

// items goes over a list: each of its items takes a byte at least.
func (w *walker) items(n uint64, depth int, kinds ...byte) error {
	if n > uint64(len(w.text)-w.at) {
		return fmt.Errorf("a list would have %d items: %w", n, errShort)
	}
	if kinds[0] == thriftStruct {
		if w.structs += int(n); w.structs > mostStructs+len(w.text)/bytesPerStructs {
			return fmt.Errorf("its lists would have %d structures", w.structs)
		}
	}
	if depth > mostDepth {
		return fmt.Errorf("its lists are more than %d deep", mostDepth)
	}
	for range n {
		for _, kind := range kinds {
			if err := w.value(kind, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}
