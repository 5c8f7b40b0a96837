package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"mizan"
)

// maxArticle bounds what is read of an article, in bytes of text.
const maxArticle = 64 << 20

// Article gives the text of an article: of a page (HTML) without its scripts,
// styles and menus, of a PDF, or of plain text in UTF-8 or UTF-16. Paragraphs
// are parted by an empty line. Bytes that are no text are kept as they are;
// readers skip them. Errors are mizan.Problems.
func Article(ctx context.Context, name string, content []byte) (string, error) {
	switch {
	case bytes.HasPrefix(content, []byte("%PDF-")):
		text, err := pdfText(ctx, content)
		if err != nil {
			return "", articleProblem(name, err.Error(), "save the article as text or as a page")
		}
		if strings.TrimSpace(text) == "" {
			return "", articleProblem(name, "the PDF holds no text, perhaps only pictures of it", "make the text readable with a program that recognises characters")
		}
		return text, nil
	case len(content) >= 2 && (content[0] == 0xFF && content[1] == 0xFE || content[0] == 0xFE && content[1] == 0xFF):
		return utf16Text(content), nil
	case isPage(content):
		return pageText(content)
	case bytes.IndexByte(content, 0) >= 0:
		return "", articleProblem(name, "this is no text: it holds zero bytes", "give the article as text, HTML or PDF")
	}
	return string(bytes.TrimPrefix(content, []byte("\ufeff"))), nil
}

func articleProblem(name, cause, remedy string) error {
	return mizan.Problems{{ID: "bad-article", Place: mizan.Place{File: name}, Cause: cause, Remedy: remedy}}
}

// isPage says whether a text begins as HTML does.
func isPage(content []byte) bool {
	head := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(content[:min(len(content), 1024)], []byte("\ufeff"))))
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<article", "<p>", "<div", "<?xml", "<!--"} {
		if bytes.HasPrefix(head, []byte(tag)) {
			return true
		}
	}
	return false
}

func utf16Text(content []byte) string {
	little := content[0] == 0xFF
	words := make([]uint16, 0, len(content)/2)
	for i := 2; i+1 < len(content); i += 2 {
		a, b := uint16(content[i]), uint16(content[i+1])
		if little {
			a, b = b, a
		}
		words = append(words, a<<8|b)
	}
	return string(utf16.Decode(words))
}

// pdfTime bounds the reading of one PDF.
const pdfTime = time.Minute

// pdfText gives the text of a PDF by Poppler's pdftotext, which handles the
// fonts and the right-to-left scripts that small readers do not.
func pdfText(ctx context.Context, content []byte) (string, error) {
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		return "", errors.New("reading a PDF takes the program pdftotext, which is not installed (package poppler-utils)")
	}
	ctx, stop := context.WithTimeout(ctx, pdfTime)
	defer stop()
	cmd := exec.CommandContext(ctx, tool, "-enc", "UTF-8", "-nopgbrk", "-", "-")
	cmd.Stdin = bytes.NewReader(content)
	var out, msg bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &msg
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return "", fmt.Errorf("reading the PDF took longer than %s", pdfTime)
		}
		first, _, _ := strings.Cut(strings.TrimSpace(msg.String()), "\n")
		return "", fmt.Errorf("the PDF cannot be read: %s", first)
	}
	if out.Len() > maxArticle {
		return "", fmt.Errorf("the text of the PDF is larger than %d MiB", maxArticle>>20)
	}
	return plainPDF(out.String()), nil
}

// lamAlef are sequences that no Arabic word has. They come of printed ligatures
// of lam and alef, whose letters Poppler turns round; where the turned letters
// could be a word (in the middle of one) nothing can be known, but for the name
// of a currency.
var lamAlef = strings.NewReplacer("اال", "الا", "األ", "الأ", "اإل", "الإ", "اآل", "الآ", "دوالر", "دولار")

// turnedMarks are a number within a text from right to left, in the marks of
// direction that Poppler sets, with the comma or point that follows it before it.
var turnedMarks = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\x{202A}\s*([،؛,.:!؟])\s*([0-9٠-٩][0-9٠-٩.,٫٬/%-]*)\x{202C}`)
})

// plainPDF is the text of a PDF without the marks of direction that Poppler
// puts around every piece of it.
func plainPDF(text string) string {
	text = turnedMarks().ReplaceAllString(text, " $2$1")
	text = strings.Map(func(r rune) rune {
		if r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0x200E || r == 0x200F {
			return -1
		}
		return r
	}, text)
	return lamAlef.Replace(text)
}

// skipped are the parts of a page that are no part of its text; apart are
// those that begin and end a paragraph.
var (
	skipped = map[atom.Atom]bool{
		atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Svg: true, atom.Nav: true, atom.Iframe: true,
		atom.Head: true, atom.Form: true, atom.Button: true, atom.Footer: true, atom.Aside: true, atom.Select: true, atom.Textarea: true,
	}
	apart = map[atom.Atom]bool{
		atom.P: true, atom.Div: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Li: true,
		atom.Blockquote: true, atom.Article: true, atom.Section: true, atom.Tr: true, atom.Ul: true, atom.Ol: true, atom.Table: true,
		atom.Figcaption: true, atom.Main: true, atom.Header: true, atom.Dd: true, atom.Dt: true, atom.Pre: true, atom.Td: true, atom.Th: true,
	}
)

// pageText gives the text of a page, token by token, so that no depth of
// nesting exhausts the stack.
func pageText(content []byte) (string, error) {
	z := html.NewTokenizer(bytes.NewReader(content))
	var out strings.Builder
	var hidden []atom.Atom
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			return strings.TrimSpace(out.String()), nil
		case html.TextToken:
			if len(hidden) == 0 {
				writeText(&out, z.Text())
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			tag := atom.Lookup(name)
			hidden = nest(hidden, tag, kind)
			switch {
			case len(hidden) > 0:
			case apart[tag]:
				endParagraph(&out)
			case tag == atom.Br:
				out.WriteByte('\n')
			}
		}
	}
}

// nest follows the parts of a page that are skipped.
func nest(hidden []atom.Atom, tag atom.Atom, kind html.TokenType) []atom.Atom {
	switch {
	case kind == html.StartTagToken && skipped[tag] && len(hidden) < 1000:
		return append(hidden, tag)
	case kind == html.EndTagToken && len(hidden) > 0:
		for i := len(hidden) - 1; i >= 0; i-- {
			if hidden[i] == tag {
				return hidden[:i]
			}
		}
	}
	return hidden
}

// writeText writes a text with one space for white space of any length.
func writeText(out *strings.Builder, b []byte) {
	text := html.UnescapeString(string(b))
	for len(text) > 0 {
		r, n := utf8.DecodeRuneInString(text)
		if r == ' ' || r == '\n' || r == '\t' || r == '\r' {
			if s := out.String(); s != "" && s[len(s)-1] != ' ' && s[len(s)-1] != '\n' {
				out.WriteByte(' ')
			}
		} else {
			out.WriteString(text[:n])
		}
		text = text[n:]
	}
}

func endParagraph(out *strings.Builder) {
	if s := out.String(); s != "" && !strings.HasSuffix(s, "\n\n") {
		out.WriteString("\n\n")
	}
}
