package publish

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"time"

	"mizan/internal/site/language"
)

// mostEntriesOfFeed is how many releases a feed tells of.
const mostEntriesOfFeed = 50

// Feed tells of the releases of a site in one language. Addresses are whole.
type Feed struct {
	Language *language.Language
	Title    string
	Home     string // address of the list of versions
	Self     string // address of the feed, without its ending
	By       string // who publishes the index
	Rights   string // its licence; "" if it is not said

	entries []feedEntry
}

// feedEntry is a release.
type feedEntry struct {
	id, url, title string
	day            time.Time
	said           []string
}

// Add tells of releases, the newest first, and of what each changed. folder makes the
// address of the folder of a release of its date, first that of its first page.
func (f *Feed) Add(list []*Release, folder, first func(date string) string) {
	l := f.Language
	for i, r := range list[:min(len(list), mostEntriesOfFeed)] {
		title := l.Text(r.Title, r.Project)
		if i == 0 {
			f.Title = title
		}
		e := feedEntry{id: folder(r.Date), url: first(r.Date), title: l.T("release.entry", "title", title, "date", l.Date(r.Date)), said: TellFirst(l, r)}
		e.day, _ = ParseDate(r.Date) // ParseRelease, or the command, has looked at it
		if i+1 < len(list) {
			e.said = Tell(l, list[i+1], r, Compare(list[i+1], r))
		}
		f.entries = append(f.entries, e)
	}
}

// html is what an entry says, as a list.
func (e *feedEntry) html() string {
	text := "<ul>"
	for _, s := range e.said {
		text += "<li>" + inXML(s) + "</li>"
	}
	return text + "</ul>"
}

// Atom writes the feed by RFC 4287. There has to be a release.
func (f *Feed) Atom(b *bytes.Buffer) {
	fmt.Fprintf(b, "%s<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"%s\">\n", xml.Header, f.Language.Code)
	fmt.Fprintf(b, "<id>%s.atom</id>\n<title>%s</title>\n<updated>%s</updated>\n", inXML(f.Self), inXML(f.Title), f.entries[0].day.Format(time.RFC3339))
	fmt.Fprintf(b, "<link rel=\"self\" type=\"application/atom+xml\" href=\"%s.atom\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"%s\"/>\n<author><name>%s</name></author>\n", inXML(f.Self), inXML(f.Home), inXML(f.By))
	if f.Rights != "" {
		fmt.Fprintf(b, "<rights>%s</rights>\n", inXML(f.Rights))
	}
	for i := range f.entries {
		e := &f.entries[i]
		fmt.Fprintf(b, "<entry>\n<id>%s</id>\n<title>%s</title>\n<updated>%s</updated>\n<link rel=\"alternate\" type=\"text/html\" hreflang=\"%s\" href=\"%s\"/>\n<content type=\"html\">%s</content>\n</entry>\n",
			inXML(e.id), inXML(e.title), e.day.Format(time.RFC3339), f.Language.Code, inXML(e.url), inXML(e.html()))
	}
	b.WriteString("</feed>\n")
}

// RSS writes the feed by RSS 2.0. There has to be a release.
func (f *Feed) RSS(b *bytes.Buffer) {
	fmt.Fprintf(b, "%s<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\">\n<channel>\n<title>%s</title>\n<link>%s</link>\n<description>%s</description>\n<language>%s</language>\n",
		xml.Header, inXML(f.Title), inXML(f.Home), inXML(f.Language.T("release.feed", "title", f.Title)), f.Language.Code)
	if f.Rights != "" {
		fmt.Fprintf(b, "<copyright>%s</copyright>\n", inXML(f.By+", "+f.Rights))
	}
	fmt.Fprintf(b, "<lastBuildDate>%s</lastBuildDate>\n<atom:link rel=\"self\" type=\"application/rss+xml\" href=\"%s.rss\"/>\n", f.entries[0].day.Format(time.RFC1123Z), inXML(f.Self))
	for i := range f.entries {
		e := &f.entries[i]
		fmt.Fprintf(b, "<item>\n<title>%s</title>\n<link>%s</link>\n<guid isPermaLink=\"false\">%s</guid>\n<pubDate>%s</pubDate>\n<description>%s</description>\n</item>\n",
			inXML(e.title), inXML(e.url), inXML(e.id), e.day.Format(time.RFC1123Z), inXML(e.html()))
	}
	b.WriteString("</channel>\n</rss>\n")
}
