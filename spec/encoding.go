package spec

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"mizan"
)

// decodeText checks the encoding and returns the text in UTF-8 without a byte
// order mark and with plain line ends.
func (r *yamlReader) decodeText(src []byte) ([]byte, bool) {
	first := mizan.Place{File: r.name, Line: 1, Column: 1}
	if r.at.File != "" {
		first = r.at
	}
	const utf8Remedy = "save the file as UTF-8"
	switch {
	case len(src) > maxBytes:
		r.problems.Add("file-too-large", first, fmt.Sprintf("the file has %d MB, more than a project file may have (%d MB)", len(src)>>20, maxBytes>>20),
			"put figures into data files that the project names")
		return nil, false
	case bytes.HasPrefix(src, []byte{0xFF, 0xFE}) || bytes.HasPrefix(src, []byte{0xFE, 0xFF}):
		r.problems.Add("not-utf8", first, "the file is in UTF-16", utf8Remedy)
		return nil, false
	}
	src = bytes.TrimPrefix(src, []byte("\uFEFF"))
	if !utf8.Valid(src) {
		r.problems.Add("not-utf8", invalidByte(first, src), "the text is not UTF-8", utf8Remedy)
		return nil, false
	}
	src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
	for i, c := range src {
		if c < ' ' && c != '\n' && c != '\t' || c == 0x7F {
			at := placeOf(first, src, i)
			if c == 0 && at.Line == 1 && at.Column <= 2 {
				r.problems.Add("not-utf8", at, "the file looks like UTF-16", utf8Remedy)
			} else {
				r.problems.Add("control-character", at, fmt.Sprintf("control character U+%04X", c), "delete it")
			}
			return nil, false
		}
	}
	return src, true
}

// invalidByte is the place of the first byte that is not UTF-8.
func invalidByte(first mizan.Place, src []byte) mizan.Place {
	i := 0
	for i < len(src) {
		c, size := utf8.DecodeRune(src[i:])
		if c == utf8.RuneError && size == 1 {
			break
		}
		i += size
	}
	return placeOf(first, src, i)
}

// placeOf is the place of byte i of a text whose first character is at first.
func placeOf(first mizan.Place, src []byte, i int) mizan.Place {
	if first.Line == 0 {
		return first
	}
	start := bytes.LastIndexByte(src[:i], '\n') + 1
	first.Line = 1 + bytes.Count(src[:i], []byte{'\n'})
	first.Column = 1 + utf8.RuneCount(src[start:i])
	return first
}
