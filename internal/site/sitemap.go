package site

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"html"
	"net/url"
	"path"
	"slices"
	"strings"

	"mizan/internal/site/address"
	"mizan/internal/site/language"
)

// mostEntries is how many addresses a sitemap may hold, by its protocol.
const mostEntries = 50_000

// signposts are the files at the root of a written site that are for programs:
// robots.txt, and where the address of the site is known the sitemap, the page
// for what does not exist, and the description of the data. files are the pages.
func (s *Site) signposts(files []File, b *book) ([]File, error) {
	if s.frozen {
		return nil, nil
	}
	robots := "User-agent: *\nAllow: /\n"
	if s.config.Address == "" {
		return []File{{"robots.txt", []byte(robots)}}, nil
	}
	out := s.sitemaps(files)
	out = append(out, File{"robots.txt", []byte(robots + "\nSitemap: " + s.absolute("sitemap.xml") + "\n")}, File{"404.html", s.nowhere(b)})
	at := Published{Page: s.config.Address, Release: s.config.Release}
	for _, d := range s.config.Downloads {
		d.Name = s.absolute("download/" + d.Name)
		at.Files = append(at.Files, d)
	}
	for _, d := range s.config.Descriptions {
		var body bytes.Buffer
		if err := d.Write(&body, b.Report, at); err != nil {
			return nil, err
		}
		out = append(out, File{d.Name, body.Bytes()})
	}
	return out, nil
}

// sitemaps list the pages, each with the same page in the other languages. Where
// there are too many for one, there are several and one that lists them.
//
// Source: sitemaps.org, protocol 0.9.
func (s *Site) sitemaps(files []File) []File {
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
			s.entry(&b, p, there)
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
		fmt.Fprintf(&b, "<sitemap><loc>%s</loc></sitemap>\n", inXML(s.absolute(f.Path)))
	}
	b.WriteString("</sitemapindex>\n")
	return append(out, File{"sitemap.xml", b.Bytes()})
}

// entry writes one page.
func (s *Site) entry(b *bytes.Buffer, p string, there map[string]bool) {
	_, rest, _ := strings.Cut(p, "/")
	fmt.Fprintf(b, "<url><loc>%s</loc>", inXML(s.absolute(p)))
	for _, code := range language.Codes() {
		if other := code + "/" + rest; there[other] {
			fmt.Fprintf(b, `<xhtml:link rel="alternate" hreflang="%s" href="%s"/>`, code, inXML(s.absolute(other)))
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

// nowhere is the page that hosts show for an address that does not exist. It can
// be shown at any depth, so its links begin at the host.
func (s *Site) nowhere(b *book) []byte {
	base := "/"
	if u, err := url.Parse(s.config.Address); err == nil {
		base = u.EscapedPath()
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"%s\">\n", filePolicy)
	out.WriteString("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"robots\" content=\"noindex\">\n")
	fmt.Fprintf(&out, "<title>404 · %s</title>\n<link rel=\"icon\" type=\"image/svg+xml\" href=\"%s\">\n<link rel=\"stylesheet\" href=\"%s\">\n</head>\n<body>\n<main class=\"wide welcome\" id=\"welcome\">\n<ul>\n",
		html.EscapeString(language.Speak("en").Text(b.Project.Title, b.Project.ID)), base+s.assets["logo.svg"].path, base+s.assets["style.css"].path)
	for _, code := range language.Codes() {
		l := language.Speak(code)
		fmt.Fprintf(&out, "<li lang=\"%s\" dir=\"%s\"><a href=\"%s%s/index.html\" hreflang=\"%s\"><b>%s</b> <span>%s</span></a></li>\n",
			code, l.Dir, html.EscapeString(base), code, code, html.EscapeString(l.T("nowhere")), html.EscapeString(l.T("nowhere.home", "title", l.Text(b.Project.Title, b.Project.ID))))
	}
	out.WriteString("</ul>\n</main>\n</body>\n</html>\n")
	return out.Bytes()
}
