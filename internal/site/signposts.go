package site

import (
	"bytes"
	"fmt"
	"html"
	"net/url"

	"mizan/internal/site/language"
	"mizan/internal/site/publish"
)

// signposts are the files at the root of a written site that are for programs:
// robots.txt, and where the address of the site is known the sitemap, the page
// for what does not exist, and the description of the data. files are the pages.
func (s *Site) signposts(files []publish.File, b *book) ([]publish.File, error) {
	if s.frozen {
		return nil, nil
	}
	robots := "User-agent: *\nAllow: /\n"
	if s.config.Address == "" {
		return []publish.File{{Path: "robots.txt", Body: []byte(robots)}}, nil
	}
	out := publish.Sitemaps(files, s.absolute)
	out = append(out, publish.File{Path: "robots.txt", Body: []byte(robots + "\nSitemap: " + s.absolute("sitemap.xml") + "\n")}, publish.File{Path: "404.html", Body: s.nowhere(b)})
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
		out = append(out, publish.File{Path: d.Name, Body: body.Bytes()})
	}
	return out, nil
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
