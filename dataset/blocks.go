package dataset

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"unicode/utf8"

	"mizan"
)

// maxRow bounds a row, and with it the memory that a file can take before its
// first row is understood.
const maxRow = 1 << 20

// block is a run of whole rows of a file.
type block struct {
	file  string
	text  []byte
	line  int // of the first row, from 1
	whole []byte
}

// blocks cuts a file into blocks. A row ends at a line end outside quotes,
// that is, with an even number of quotes before it.
type blocks struct {
	file  string
	in    io.Reader
	size  int
	line  int
	carry []byte // the part row at the end of the last block
	began bool
	ended bool
	fault *mizan.Problem // why reading stopped, nil at the end of the file
}

// newBlocks reads from r; size is the length of the file if known.
func newBlocks(file string, r io.Reader, size int64) *blocks {
	n := maxRow
	if size >= 0 && size < maxRow {
		n = int(size) + 1
	}
	return &blocks{file: file, in: r, size: n, line: 1}
}

// next gives the next block, in buf if that is large enough, and whether
// there is one. After the last, fault says whether the file was read whole.
func (bs *blocks) next(buf []byte) (block, bool) {
	if bs.ended || bs.fault != nil {
		return block{}, false
	}
	if cap(buf) < bs.size {
		buf = make([]byte, bs.size)
	}
	buf = buf[:bs.size]
	n := copy(buf, bs.carry)
	m, err := io.ReadFull(bs.in, buf[n:])
	buf = buf[:n+m]
	switch {
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		bs.ended = true
	case err != nil:
		bs.fault = &mizan.Problem{
			ID: "unreadable-file", Place: mizan.Place{File: bs.file},
			Cause: "the file cannot be read: " + reason(err), Remedy: remedyFor(err),
		}
		return block{}, false
	}
	text := buf
	if !bs.began {
		bs.began = true
		if bs.fault = notUTF8(bs.file, text); bs.fault != nil {
			return block{}, false
		}
		text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	}
	if !bs.ended {
		end := lastRowEnd(text)
		if end == 0 && len(text) >= maxRow-3 {
			bs.fault = bs.tooLong(text)
			return block{}, false
		}
		bs.carry = append(bs.carry[:0], text[end:]...)
		if end == 0 {
			// The file grew since its length was asked.
			bs.size = maxRow
			return bs.next(nil)
		}
		text = text[:end]
	}
	if bs.fault = bs.checkText(text); bs.fault != nil {
		return block{}, false
	}
	b := block{file: bs.file, text: text, line: bs.line, whole: buf}
	bs.line += bytes.Count(text, []byte{'\n'})
	return b, len(text) > 0
}

// lastRowEnd is the length of the whole rows that text begins with.
func lastRowEnd(text []byte) int {
	odd := bytes.Count(text, []byte{'"'})%2 == 1
	for end := len(text); ; {
		i := bytes.LastIndexByte(text[:end], '\n')
		if i < 0 {
			return 0
		}
		odd = odd != (bytes.Count(text[i:end], []byte{'"'})%2 == 1)
		if !odd {
			return i + 1
		}
		end = i
	}
}

// tooLong explains a row that does not end within maxRow. If it has a line
// end, that is inside quotes, so the last quote before it opens them.
func (bs *blocks) tooLong(text []byte) *mizan.Problem {
	line, _, broken := bytes.Cut(text, []byte{'\n'})
	if broken {
		column := utf8.RuneCount(line[:bytes.LastIndexByte(line, '"')+1])
		return &mizan.Problem{
			ID: "open-quote", Place: mizan.Place{File: bs.file, Line: bs.line, Column: column},
			Cause: "the quote opened here is not closed within 1 MiB", Remedy: "close it, or remove it",
		}
	}
	return &mizan.Problem{
		ID: "long-line", Place: mizan.Place{File: bs.file, Line: bs.line},
		Cause: "the line is longer than 1 MiB", Remedy: "is this a CSV file with one row per line?",
	}
}

// notUTF8 recognises by its first bytes a file that is text in another coding,
// or no text at all.
func notUTF8(file string, text []byte) *mizan.Problem {
	utf16 := bytes.HasPrefix(text, []byte{0xff, 0xfe}) || bytes.HasPrefix(text, []byte{0xfe, 0xff}) ||
		len(text) > 3 && (text[0] == 0 && text[1] != 0 && text[2] == 0 || text[0] != 0 && text[1] == 0 && text[3] == 0)
	if utf16 {
		return &mizan.Problem{
			ID: "utf-16", Place: mizan.Place{File: file, Line: 1, Column: 1},
			Cause: "the file is in UTF-16", Remedy: `save it as UTF-8 (in a spreadsheet: "CSV UTF-8")`,
		}
	}
	for _, k := range []struct{ magic, what string }{
		{"PK\x03\x04", "a spreadsheet or a ZIP archive"}, {"\x1f\x8b", "compressed by gzip"}, {"%PDF", "a PDF"},
	} {
		if bytes.HasPrefix(text, []byte(k.magic)) {
			return &mizan.Problem{
				ID: "not-text", Place: mizan.Place{File: file, Line: 1, Column: 1},
				Cause: "the file is " + k.what + ", not CSV", Remedy: "save the table as CSV in UTF-8",
			}
		}
	}
	return nil
}

// checkText reports NUL bytes and bytes that are not UTF-8.
func (bs *blocks) checkText(text []byte) *mizan.Problem {
	place := func(i int) mizan.Place {
		line := bytes.Count(text[:i], []byte{'\n'})
		start := bytes.LastIndexByte(text[:i], '\n') + 1
		return mizan.Place{File: bs.file, Line: bs.line + line, Column: utf8.RuneCount(text[start:i]) + 1}
	}
	if i := bytes.IndexByte(text, 0); i >= 0 {
		return &mizan.Problem{
			ID: "nul-byte", Place: place(i),
			Cause: "the file holds a NUL byte", Remedy: "is it a text file? save it as CSV in UTF-8",
		}
	}
	if utf8.Valid(text) {
		return nil
	}
	i := 0
	for i < len(text) {
		r, n := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		i += n
	}
	return &mizan.Problem{
		ID: "not-utf-8", Place: place(i),
		Cause: fmt.Sprintf("byte 0x%02X is not UTF-8", text[i]), Remedy: `save the file as UTF-8 (in a spreadsheet: "CSV UTF-8")`,
	}
}

// open opens a file of the project for reading.
func open(files fs.FS, name string) (io.ReadCloser, int64, error) {
	f, err := files.Open(name)
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		err = errFolder
	}
	if err != nil {
		_ = f.Close()
		return nil, 0, err
	}
	return f, info.Size(), nil
}

var errFolder = errors.New("it is a folder")

// checkName says what is wrong with the name of a file in a project.
func checkName(name string) (cause, remedy string) {
	switch {
	case name == "":
		return "no file is named", "name a file in the project's folder"
	case strings.Contains(name, `\`):
		return fmt.Sprintf("the file name %q has backslashes", name), "write " + strings.ReplaceAll(name, `\`, "/")
	case strings.HasPrefix(name, "/") || len(name) > 1 && name[1] == ':':
		return fmt.Sprintf("the file name %q is absolute", name), "name it relative to the project's folder"
	case !fs.ValidPath(name) && strings.Contains("/"+name+"/", "/../"):
		return fmt.Sprintf("the file name %q leaves the project's folder", name), "put the file into the folder, and name it from there, without `..`"
	case !fs.ValidPath(name):
		return fmt.Sprintf("the file name %q is not plain", name), "write it as folder/file.csv, without `.`, `//` or an ending `/`"
	}
	return "", ""
}

// reason is an error without the operation and path that Go puts before it.
func reason(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}

// remedyFor says what to do about a file that cannot be opened or read.
func remedyFor(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "is the name right? names are relative to the project's folder"
	case errors.Is(err, fs.ErrPermission):
		return "give yourself the right to read it"
	case errors.Is(err, errFolder) || strings.Contains(err.Error(), "is a directory"):
		return "name a file inside it"
	case strings.Contains(err.Error(), "too many levels") || strings.Contains(err.Error(), "too many links"):
		return "the link leads back to itself: put the file in its place"
	case strings.Contains(err.Error(), "leads out"), strings.Contains(err.Error(), "escapes"): // as adapters and os.Root say it
		return "put the file itself in its place"
	}
	return "is the file whole, and the disk?"
}
