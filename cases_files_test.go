package mizan_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// caseFile is a file of a case before it is written. Its lines are numbered as
// in the project that all cases start from: one that was replaced may hold
// several, or none.
type caseFile struct {
	lines  []string
	encode []func([]byte) []byte
	// instead makes what stands in place of the text: a folder, a link.
	instead func(path string) error
}

func (f *caseFile) write(path string) error {
	if f.instead != nil {
		return f.instead(path)
	}
	text := []byte(strings.Join(f.lines, ""))
	for _, encode := range f.encode {
		text = encode(text)
	}
	return os.WriteFile(path, text, 0o644)
}

// forms are what may follow the name of a file in a case, after a comma.
var forms = []struct {
	name  string
	words *regexp.Regexp
	apply func(f *caseFile, word, text string) error
}{
	{"line N", regexp.MustCompile(`^line (\d+)$`), (*caseFile).replaceLine},
	{"at the end", regexp.MustCompile(`^at the end$`), func(f *caseFile, _, text string) error {
		f.lines = append(f.lines, text)
		return nil
	}},
	{"N times", regexp.MustCompile(`^(\d+) times$`), func(f *caseFile, word, _ string) error {
		n, err := strconv.Atoi(word)
		last := len(f.lines) - 1
		f.lines[last] = strings.Repeat(f.lines[last], n)
		return err
	}},
	{"in UTF-16", regexp.MustCompile(`^in UTF-16$`), encoded(toUTF16)},
	{"in Latin-1", regexp.MustCompile(`^in Latin-1$`), encoded(toLatin1)},
	{"with a byte order mark", regexp.MustCompile(`^with a byte order mark$`), encoded(func(b []byte) []byte { return append([]byte("\uFEFF"), b...) })},
	{"with CRLF", regexp.MustCompile(`^with CRLF$`), encoded(func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n")) })},
	{"with CR", regexp.MustCompile(`^with CR$`), encoded(func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\n"), []byte("\r")) })},
	{"with escapes", regexp.MustCompile(`^with escapes$`), encoded(unescape)},
	{"missing", regexp.MustCompile(`^missing$`), inPlace(func(string, string) error { return nil })},
	{"a folder", regexp.MustCompile(`^a folder$`), inPlace(func(path, _ string) error { return os.Mkdir(path, 0o755) })},
	{"a forbidden folder", regexp.MustCompile(`^a forbidden folder$`), inPlace(func(path, _ string) error { return os.Mkdir(path, 0) })},
	{"a link to FILE", regexp.MustCompile(`^a link to (\S+)$`), inPlace(func(path, target string) error { return os.Symlink(target, path) })},
	{"forbidden", regexp.MustCompile(`^forbidden$`), inPlace(func(path, _ string) error { return os.WriteFile(path, nil, 0) })},
	{"1 GB on one line", regexp.MustCompile(`^1 GB on one line$`), (*caseFile).grow},
}

// change carries out a section: a name, what is done to it, a text.
func (c *badCase) change(name, text string) error {
	name, rest, _ := strings.Cut(name, ", ")
	f := c.files[name]
	if f == nil {
		if !filepath.IsLocal(name) {
			return fmt.Errorf("%s is not within the project", name)
		}
		f = &caseFile{}
		c.files[name] = f
	}
	if rest == "" || text != "" && !partial.MatchString(rest) {
		f.lines = slices.Collect(strings.Lines(text))
	}
	for how := range strings.SplitSeq(rest, ", ") {
		if how == "" {
			continue
		}
		if err := f.apply(how, text); err != nil {
			return err
		}
	}
	return nil
}

// partial tells the forms in which the text is not the whole file.
var partial = regexp.MustCompile(`(^|, )(line \d+|at the end)(,|$)`)

func (f *caseFile) apply(how, text string) error {
	var names []string
	for _, form := range forms {
		if m := form.words.FindStringSubmatch(how); m != nil {
			return form.apply(f, m[len(m)-1], text)
		}
		names = append(names, form.name)
	}
	return fmt.Errorf("%q is not among: %s", how, strings.Join(names, ", "))
}

func (f *caseFile) replaceLine(word, text string) error {
	n, err := strconv.Atoi(word)
	if err != nil || n < 1 || n > len(f.lines) {
		return fmt.Errorf("the file has no line %s", word)
	}
	f.lines[n-1] = text
	return nil
}

// grow appends a line without an end. It is a hole that takes no room on the
// disk.
func (f *caseFile) grow(_, _ string) error {
	text := strings.Join(f.lines, "")
	f.instead = func(path string) error {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			return err
		}
		return os.Truncate(path, 1<<30)
	}
	return nil
}

func encoded(encode func([]byte) []byte) func(*caseFile, string, string) error {
	return func(f *caseFile, _, _ string) error {
		f.encode = append(f.encode, encode)
		return nil
	}
}

func inPlace(make func(path, word string) error) func(*caseFile, string, string) error {
	return func(f *caseFile, word, _ string) error {
		f.instead = func(path string) error { return make(path, word) }
		return nil
	}
}

// toUTF16 is little-endian with its mark, as spreadsheets save "Unicode text".
func toUTF16(b []byte) []byte {
	out := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(string(b))) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

func toLatin1(b []byte) []byte {
	var out []byte
	for _, c := range string(b) {
		out = append(out, byte(c))
	}
	return out
}

var escape = regexp.MustCompile(`\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}`)

// unescape writes the characters that \u200B and the bytes that \x00 stand for.
func unescape(b []byte) []byte {
	return escape.ReplaceAllFunc(b, func(e []byte) []byte {
		n, err := strconv.ParseUint(string(e[2:]), 16, 32)
		if err != nil {
			return e
		}
		if e[1] == 'x' {
			return []byte{byte(n)}
		}
		return []byte(string(rune(n)))
	})
}
