package publish

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"path"
	"slices"
	"strings"

	"mizan/internal/site/address"
	"mizan/internal/site/language"
)

// File is one file of a written site.
type File struct {
	Path string // from the root of the site, with slashes
	Body []byte
}

// mostEntries is how many addresses a sitemap may hold, by its protocol.
const mostEntries = 50_000

// Sitemaps list the pages among the files of a site, each with the same page in the
// other languages. Where there are too many for one, there are several and one that
// lists them. absolute makes a whole address of a path.
//
// Source: sitemaps.org, protocol 0.9.
func Sitemaps(files []File, absolute func(path string) string) []File {
	there := map[string]bool{}
	var pages []string
	for _, f := range files {
		lang, _, _ := strings.Cut(f.Path, "/")
		if path.Ext(f.Path) == address.Ending && language.Known(lang) {
			there[f.Path] = true
			pages = append(pages, f.Path)
		}
	}
	slices.Sort(pages)
	const head = xml.Header + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">` + "\n"
	var out []File
	for part := range slices.Chunk(pages, mostEntries) {
		var b bytes.Buffer
		b.WriteString(head)
		for _, p := range part {
			sitemapEntry(&b, p, there, absolute)
		}
		b.WriteString("</urlset>\n")
		out = append(out, File{fmt.Sprintf("sitemap-%d.xml", len(out)+1), b.Bytes()})
	}
	if len(out) == 1 {
		out[0].Path = "sitemap.xml"
		return out
	}
	var b bytes.Buffer
	b.WriteString(xml.Header + `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
	for _, f := range out {
		fmt.Fprintf(&b, "<sitemap><loc>%s</loc></sitemap>\n", inXML(absolute(f.Path)))
	}
	b.WriteString("</sitemapindex>\n")
	return append(out, File{"sitemap.xml", b.Bytes()})
}

// sitemapEntry writes one page.
func sitemapEntry(b *bytes.Buffer, p string, there map[string]bool, absolute func(path string) string) {
	_, rest, _ := strings.Cut(p, "/")
	fmt.Fprintf(b, "<url><loc>%s</loc>", inXML(absolute(p)))
	for _, code := range language.Codes() {
		if other := code + "/" + rest; there[other] {
			fmt.Fprintf(b, `<xhtml:link rel="alternate" hreflang="%s" href="%s"/>`, code, inXML(absolute(other)))
		}
	}
	b.WriteString("</url>\n")
}

// inXML is text as it may stand in a document.
func inXML(text string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(text)) // a buffer does not fail
	return b.String()
}
