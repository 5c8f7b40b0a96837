package browser

import (
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"
)

// leaf is what a file of a site holds for those who follow links.
type leaf struct {
	links []string // as they stand
	ids   map[string]bool
}

var leaves sync.Map // from the name of a file to its *leaf

// read reads a page of a site, once.
func read(t *testing.T, w written, name string) *leaf {
	t.Helper()
	full := filepath.Join(w.dir, filepath.FromSlash(name))
	if l, ok := leaves.Load(full); ok {
		return l.(*leaf)
	}
	file, err := os.Open(full)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	l := &leaf{ids: map[string]bool{}}
	for z := html.NewTokenizer(file); ; {
		switch z.Next() {
		case html.ErrorToken:
			leaves.Store(full, l)
			return l
		case html.StartTagToken, html.SelfClosingTagToken:
			l.attributes(z)
		}
	}
}

func (l *leaf) attributes(z *html.Tokenizer) {
	for _, more := z.TagName(); more; {
		var key, value []byte
		key, value, more = z.TagAttr()
		switch string(key) {
		case "href", "src", "action", "data-worker", "data-engine", "data-loader":
			l.links = append(l.links, string(value))
		case "id":
			l.ids[string(value)] = true
		}
	}
}

// pages are all pages that can be reached from the first by links, in order.
func pages(t *testing.T, w written) []string {
	t.Helper()
	seen, queue := map[string]bool{"index.html": true}, []string{"index.html"}
	for len(queue) > 0 {
		name := queue[0]
		queue = queue[1:]
		for _, link := range read(t, w, name).links {
			to, _ := target(name, link)
			if path.Ext(to) == ".html" && !seen[to] {
				if _, err := os.Stat(filepath.Join(w.dir, filepath.FromSlash(to))); err == nil {
					seen[to] = true
					queue = append(queue, to)
				}
			}
		}
	}
	var list []string
	for name := range seen {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}

// target is the file and the place in it that a link of a page leads to; "" for
// another host.
func target(name, link string) (file, place string) {
	u, err := url.Parse(link)
	if err != nil || u.Scheme != "" || u.Host != "" {
		return "", ""
	}
	if u.Path == "" {
		return name, u.Fragment
	}
	return path.Join(path.Dir(name), u.Path), u.Fragment
}

var year = regexp.MustCompile(`^\d{4}$`)

// kind is what a page is of, without its language: all pages of units are one
// kind, and so are those of years and of readings.
func kind(name string) string {
	parts := strings.Split(strings.TrimSuffix(name, ".html"), "/")[1:]
	for i, p := range parts {
		if year.MatchString(p) || i > 0 && (i < len(parts)-1 || len(parts) == 2) && !year.MatchString(parts[i-1]) {
			parts[i] = "*"
		}
	}
	return strings.Join(parts, "/")
}

// kinds are the pages of each kind in the first language, the largest first.
func kinds(t *testing.T, w written) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	size := map[string]int64{}
	for _, name := range pages(t, w) {
		if rest, ok := strings.CutPrefix(name, languages[0]+"/"); ok {
			all[kind(name)] = append(all[kind(name)], rest)
			info, err := os.Stat(filepath.Join(w.dir, filepath.FromSlash(name)))
			if err != nil {
				t.Fatal(err)
			}
			size[rest] = info.Size()
		}
	}
	for _, list := range all {
		slices.SortStableFunc(list, func(a, b string) int { return int(size[b] - size[a]) })
	}
	return all
}

// TestLinks: whatever a page leads to is there, down to the place in it, every
// page can be reached from the first, and each stands in every language.
func TestLinks(t *testing.T) {
	for site := range sites {
		t.Run(site, func(t *testing.T) {
			w := theSite(t, site)
			reached := pages(t, w)
			for _, name := range reached {
				checkLinks(t, w, name)
				if lang, rest, ok := strings.Cut(name, "/"); ok {
					for _, other := range languages {
						if _, found := slices.BinarySearch(reached, other+"/"+rest); !found {
							t.Errorf("%s stands in %s and not in %s", rest, lang, other)
						}
					}
				}
			}
			err := filepath.WalkDir(w.dir, func(full string, _ fs.DirEntry, err error) error {
				name, _ := filepath.Rel(w.dir, full)
				name = filepath.ToSlash(name)
				if _, found := slices.BinarySearch(reached, name); err == nil && path.Ext(name) == ".html" && name != "404.html" && !found {
					t.Errorf("no link leads to %s", name)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%d pages, of %d kinds", len(reached), len(kinds(t, w)))
		})
	}
}

func checkLinks(t *testing.T, w written, name string) {
	for _, link := range read(t, w, name).links {
		to, place := target(name, link)
		if to == "" {
			continue
		}
		if info, err := os.Stat(filepath.Join(w.dir, filepath.FromSlash(to))); err != nil || info.IsDir() {
			t.Errorf("%s leads to %q, which is not there", name, link)
			continue
		}
		if place != "" && path.Ext(to) == ".html" && !strings.Contains(place, "=") && !read(t, w, to).ids[place] {
			t.Errorf("%s leads to %q, but the page has no such place", name, link)
		}
	}
}
