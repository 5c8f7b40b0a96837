package publish

import (
	"fmt"
	"strings"
	"testing"
)

// More pages than one sitemap may hold are listed by several.
func TestSitemaps(t *testing.T) {
	const home = "https://example.org/index/"
	absolute := func(path string) string { return home + path }
	var files []File
	for i := range mostEntries + 1 {
		files = append(files, File{Path: fmt.Sprintf("en/unit/%05d.html", i)})
	}
	got := Sitemaps(append(files, File{Path: "index.html"}, File{Path: "en/a.csv"}), absolute)
	if len(got) != 3 || got[2].Path != "sitemap.xml" || strings.Count(string(got[0].Body), "<url>") != mostEntries || strings.Count(string(got[1].Body), "<url>") != 1 {
		t.Fatalf("%d files", len(got))
	}
	if index := string(got[2].Body); !strings.Contains(index, "<loc>"+home+"sitemap-1.xml</loc>") || !strings.Contains(index, "<loc>"+home+"sitemap-2.xml</loc>") {
		t.Error(index)
	}
}
