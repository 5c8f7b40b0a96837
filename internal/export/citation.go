package export

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode"

	"mizan"
	"mizan/engine"
)

var bibtex = Format{
	Name:    "bibtex",
	Summary: "The index and its sources as BibTeX",
	About: `Write an entry for the index and one for each source of its figures as BibTeX,
for LaTeX. The key of a source is its code.`,
	Suffix: ".bib",
	Write:  BibTeX,
}

var ris = Format{
	Name:    "ris",
	Summary: "The index and its sources as RIS, for reference managers",
	About: `Write a record for the index and one for each source of its figures in the RIS
format, which Zotero, Mendeley and EndNote import.`,
	Suffix: ".ris",
	Write:  RIS,
}

// BibTeX writes the index and its origins as entries of the type misc. Errors
// are those of w.
func BibTeX(w io.Writer, r *engine.Report, o Options) error {
	var b bytes.Buffer
	entry := func(key string, fields ...[2]string) {
		fmt.Fprintf(&b, "@misc{%s", bibKey(key))
		for _, f := range fields {
			if f[1] != "" {
				fmt.Fprintf(&b, ",\n  %-12s = {%s}", f[0], f[1])
			}
		}
		b.WriteString("\n}\n\n")
	}
	i := &r.Project.Imprint
	entry(r.Project.ID, [2]string{"author", bibAuthors(i, o.Lang)}, [2]string{"title", "{" + latex(titleOf(r, o)) + "}"}, [2]string{"year", cited(r)},
		[2]string{"version", latex(i.Version)}, [2]string{"publisher", latex(i.Publisher.Name.In(o.Lang))}, [2]string{"doi", plainAddress(i.DOI)}, [2]string{"url", plainAddress(i.HomePage)},
		[2]string{"note", latex(indexNote(r))})
	for _, at := range r.Origins {
		if at.Code == "" {
			continue
		}
		author, year, note := "", "", ""
		if at.Publisher != "" {
			author = "{" + latex(at.Publisher) + "}"
		}
		if at.Year != 0 {
			year = fmt.Sprint(at.Year)
		}
		if at.Licence != "" {
			note = latex("Licence: " + at.Licence)
		}
		url, ok := reference(at)
		if !ok {
			url = ""
		}
		title := at.Title
		if title == "" {
			title = at.Code
		}
		entry(at.Code, [2]string{"author", author}, [2]string{"title", "{" + latex(title) + "}"}, [2]string{"year", year}, [2]string{"url", plainAddress(url)}, [2]string{"note", note})
	}
	_, err := w.Write(bytes.TrimSuffix(b.Bytes(), []byte{'\n'}))
	return err
}

// indexNote is what a citation says of the index itself.
func indexNote(r *engine.Report) string {
	note := "Composite index, computed by Mizan. sha256:" + r.Project.Hash
	if l := r.Project.Imprint.Licence; l != "" {
		note += ". Licence: " + l
	}
	return note
}

// bibKey is a code as a key, which has none of the characters that BibTeX uses.
func bibKey(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) || unicode.IsControl(c) || strings.ContainsRune(`"#%'(),={}~\`, c) {
			return '-'
		}
		return c
	}, s)
}

// latexReplacer escapes what LaTeX does not set as it stands.
var latexReplacer = sync.OnceValue(func() *strings.Replacer {
	return strings.NewReplacer(
		`\`, `\textbackslash{}`, `{`, `\{`, `}`, `\}`, `&`, `\&`, `%`, `\%`, `$`, `\$`, `#`, `\#`, `_`, `\_`,
		`~`, `\textasciitilde{}`, `^`, `\textasciicircum{}`,
	)
})

// latex is text as LaTeX sets it, on one line.
func latex(s string) string { return latexReplacer().Replace(oneLine(s)) }

// oneLine is text without control characters; runs of blanks become one.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(c rune) bool { return unicode.IsSpace(c) || unicode.IsControl(c) }), " ")
}

// RIS writes the index and its origins as records of the type DATA. Errors are
// those of w.
func RIS(w io.Writer, r *engine.Report, o Options) error {
	var b bytes.Buffer
	record := func(fields ...[2]string) {
		b.WriteString("TY  - DATA\r\n")
		for _, f := range fields {
			if text := oneLine(f[1]); text != "" {
				fmt.Fprintf(&b, "%s  - %s\r\n", f[0], text)
			}
		}
		b.WriteString("ER  - \r\n\r\n")
	}
	own := [][2]string{{"ID", r.Project.ID}, {"TI", titleOf(r, o)}, {"PY", cited(r)}, {"AB", r.Project.Description.In(o.Lang)}, {"N1", indexNote(r)}}
	record(append(own, risImprint(&r.Project.Imprint, o.Lang)...)...)
	for _, at := range r.Origins {
		if at.Code != "" {
			record(risFields(at)...)
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}

func risFields(at mizan.Origin) [][2]string {
	year, url := "", ""
	if at.Year != 0 {
		year = fmt.Sprint(at.Year)
	}
	if at, ok := reference(at); ok {
		url = at
	}
	return [][2]string{{"ID", at.Code}, {"AU", at.Publisher}, {"TI", at.Title}, {"PY", year}, {"UR", url}, {"C1", at.Licence}, {"N1", at.Note}}
}
