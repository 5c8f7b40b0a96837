package site

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"time"

	"mizan/internal/site/address"
	"mizan/internal/site/language"
)

// mostEntriesOfFeed is how many releases a feed tells of, the newest first.
const mostEntriesOfFeed = 50

// feed tells of the releases in one language.
type feed struct {
	l       *language.Language
	title   string
	home    string // address of the list of versions
	self    string // address of the feed, without its ending
	by      string // who publishes the index
	rights  string // its licence; "" if it is not said
	entries []feedEntry
}

type feedEntry struct {
	id, url, title string
	day            time.Time
	said           []string
}

// feed makes the feed of a site whose address is known. list is the newest first.
func (s *Site) feed(l *language.Language, list []*Release) *feed {
	f := &feed{l: l, by: "Mizan", home: s.absolute(address.Place{Lang: l.Code, Page: "releases"}.Path()), self: s.absolute(l.Code + "/releases")}
	if base, err := s.builds.get(""); err == nil {
		i := &base.book.Project.Imprint
		f.by, f.rights = cmp.Or(responsible(l, i), f.by), i.Licence
	}
	for i, r := range list[:min(len(list), mostEntriesOfFeed)] {
		title := l.Text(r.Title, r.Project)
		if i == 0 {
			f.title = title
		}
		folder := ReleaseFolder(r.Date) + "/"
		e := feedEntry{
			id: s.absolute(folder), url: s.absolute(folder + address.Place{Lang: l.Code}.Path()),
			title: l.T("release.entry", "title", title, "date", l.Date(r.Date)), said: tellFirst(l, r),
		}
		e.day, _ = ParseDate(r.Date) // ParseRelease, or the command, has looked at it
		if i+1 < len(list) {
			e.said = tell(l, list[i+1], r, changed(list[i+1], r))
		}
		f.entries = append(f.entries, e)
	}
	return f
}

// html is what an entry says, as a list.
func (e *feedEntry) html() string {
	text := "<ul>"
	for _, s := range e.said {
		text += "<li>" + inXML(s) + "</li>"
	}
	return text + "</ul>"
}

// atom writes the feed by RFC 4287.
func (f *feed) atom(b *bytes.Buffer) {
	fmt.Fprintf(b, "%s<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"%s\">\n", xml.Header, f.l.Code)
	fmt.Fprintf(b, "<id>%s.atom</id>\n<title>%s</title>\n<updated>%s</updated>\n", inXML(f.self), inXML(f.title), f.entries[0].day.Format(time.RFC3339))
	fmt.Fprintf(b, "<link rel=\"self\" type=\"application/atom+xml\" href=\"%s.atom\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"%s\"/>\n<author><name>%s</name></author>\n", inXML(f.self), inXML(f.home), inXML(f.by))
	if f.rights != "" {
		fmt.Fprintf(b, "<rights>%s</rights>\n", inXML(f.rights))
	}
	for i := range f.entries {
		e := &f.entries[i]
		fmt.Fprintf(b, "<entry>\n<id>%s</id>\n<title>%s</title>\n<updated>%s</updated>\n<link rel=\"alternate\" type=\"text/html\" hreflang=\"%s\" href=\"%s\"/>\n<content type=\"html\">%s</content>\n</entry>\n",
			inXML(e.id), inXML(e.title), e.day.Format(time.RFC3339), f.l.Code, inXML(e.url), inXML(e.html()))
	}
	b.WriteString("</feed>\n")
}

// rss writes the feed by RSS 2.0.
func (f *feed) rss(b *bytes.Buffer) {
	fmt.Fprintf(b, "%s<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\">\n<channel>\n<title>%s</title>\n<link>%s</link>\n<description>%s</description>\n<language>%s</language>\n",
		xml.Header, inXML(f.title), inXML(f.home), inXML(f.l.T("release.feed", "title", f.title)), f.l.Code)
	if f.rights != "" {
		fmt.Fprintf(b, "<copyright>%s</copyright>\n", inXML(f.by+", "+f.rights))
	}
	fmt.Fprintf(b, "<lastBuildDate>%s</lastBuildDate>\n<atom:link rel=\"self\" type=\"application/rss+xml\" href=\"%s.rss\"/>\n", f.entries[0].day.Format(time.RFC1123Z), inXML(f.self))
	for i := range f.entries {
		e := &f.entries[i]
		fmt.Fprintf(b, "<item>\n<title>%s</title>\n<link>%s</link>\n<guid isPermaLink=\"false\">%s</guid>\n<pubDate>%s</pubDate>\n<description>%s</description>\n</item>\n",
			inXML(e.title), inXML(e.url), inXML(e.id), e.day.Format(time.RFC1123Z), inXML(e.html()))
	}
	b.WriteString("</channel>\n</rss>\n")
}
