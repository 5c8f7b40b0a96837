package site

import (
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"mizan/build"
	"mizan/engine"
	"mizan/internal/site/language"
)

// moving are the templates whose texts do not stand in messages yet.
var moving = []string{}

// spoken are the attributes that are read by people.
var spoken = []string{"title", "aria-label", "aria-description", "alt", "placeholder", "label", "content"}

// No template has words of its own: they would be in one language for all
// readers.
func TestNoWordsInTemplates(t *testing.T) {
	files, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	action := regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	word := regexp.MustCompile(`\pL{2,}`)
	for _, file := range files {
		name := strings.TrimSuffix(strings.TrimPrefix(file, "templates/"), ".html")
		body, err := fs.ReadFile(templateFiles, file)
		if err != nil {
			t.Fatal(err)
		}
		found := map[string]bool{}
		z := html.NewTokenizer(strings.NewReader(action.ReplaceAllString(string(body), "·")))
		inside := "" // an element whose text nobody reads
		for z.Next() != html.ErrorToken {
			token := z.Token()
			if token.Data == "noscript" {
				z.NextIsNotRawText()
			}
			switch token.Type {
			case html.StartTagToken, html.SelfClosingTagToken:
				for _, a := range token.Attr {
					if slices.Contains(spoken, a.Key) && token.Data != "meta" && word.MatchString(a.Val) {
						found[a.Key+"="+a.Val] = true
					}
				}
				if token.Type == html.StartTagToken && slices.Contains([]string{"script", "style", "code"}, token.Data) {
					inside = token.Data
				}
			case html.EndTagToken:
				if token.Data == inside {
					inside = ""
				}
			case html.TextToken:
				if inside == "" && word.MatchString(token.Data) {
					found[strings.TrimSpace(token.Data)] = true
				}
			}
		}
		if still := slices.Contains(moving, name); still && len(found) == 0 {
			t.Errorf("%s has no words any more: take it off the list of those that are being moved", file)
		} else if still {
			continue
		}
		for _, text := range slices.Sorted(maps.Keys(found)) {
			t.Errorf("%s has words of its own: %q", file, text)
		}
	}
}

// ownWords are the words in Latin letters that stand on pages of any language:
// codes, names of methods and options, publishers, titles and licences of
// origins.
func ownWords(t *testing.T, r *engine.Report) map[string]bool {
	own := map[string]bool{}
	add := func(texts ...string) {
		for _, s := range texts {
			for _, w := range latin.FindAllString(s, -1) {
				own[w] = true
			}
		}
	}
	add(brands)
	for _, o := range r.Origins {
		add(o.Publisher, o.Title, o.Licence, o.Note, o.Code)
	}
	for _, u := range r.Units {
		add(u.Code, u.Name.In("en")) // of which there may be no other
	}
	for _, n := range r.Nodes {
		add(n.Code)
	}
	for _, i := range r.Indicators {
		add(i.Code)
	}
	// Remarks quote what the project says of a table in one language alone.
	supply, _, err := r.Supply()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range supply {
		add(s.Code, s.Note, s.Sample)
		for _, maker := range s.Suppliers {
			add(maker.Code, maker.Name)
		}
	}
	for _, m := range build.Methods() {
		add(m.Name)
		for _, o := range m.Options {
			add(o.Name)
		}
	}
	return own
}

// latin is a word in small Latin letters, which no code is.
var latin = regexp.MustCompile(`\b[A-Za-z]?[a-z]{2,}\b`)

// coded are codes and addresses in a sentence.
var coded = regexp.MustCompile(`[a-zA-Z]+[._/-][a-zA-Z._/-]+`)

// brands are names that are the same in every language.
const brands = "Mizan mizan cookie Natural Earth JavaScript json format Alliance Network Mazziotta Pareto Yeo Johnson Box Cox"

// remains finds what a page says in Latin words outside of what is marked as
// English or as code.
func remains(page, code string, own map[string]bool) []string {
	var found []string
	z := html.NewTokenizer(strings.NewReader(page))
	var marked []bool // of the elements that are open
	void := []string{"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
	look := func(text string) {
		left := 0
		text = coded.ReplaceAllString(text, " ")
		for _, w := range latin.FindAllString(text, -1) {
			if !own[w] {
				left++
			}
		}
		if left > 1 {
			found = append(found, strings.Join(strings.Fields(text), " "))
		}
	}
	foreign := func() bool { return len(marked) > 0 && marked[len(marked)-1] }
	for z.Next() != html.ErrorToken {
		token := z.Token()
		if token.Data == "noscript" {
			z.NextIsNotRawText()
		}
		switch token.Type {
		case html.StartTagToken, html.SelfClosingTagToken:
			inside := foreign() || slices.Contains([]string{"script", "style", "code", "pre", "cite"}, token.Data)
			for _, a := range token.Attr {
				inside = inside || a.Key == "lang" && a.Val != code && token.Data != "html" || a.Key == "class" && a.Val == "code"
			}
			if !inside {
				for _, a := range token.Attr {
					if slices.Contains(spoken, a.Key) && token.Data != "meta" {
						look(a.Val)
					}
				}
			}
			if token.Type == html.StartTagToken && !slices.Contains(void, token.Data) {
				marked = append(marked, inside)
			}
		case html.EndTagToken:
			if len(marked) > 0 {
				marked = marked[:len(marked)-1]
			}
		case html.TextToken:
			if !foreign() {
				look(token.Data)
			}
		}
	}
	return found
}

// Pages speak the language that they say they are in: what is English on them
// is marked as such, for those who have it read to them.
func TestPagesSpeakTheirLanguage(t *testing.T) {
	for name, r := range map[string]*engine.Report{"ai-race": embedded(t, "ai-race", ""), "hdi": embedded(t, "hdi", "")} {
		s, err := New(Config{Project: name, Load: func(string) (*engine.Report, error) { return r, nil }})
		if err != nil {
			t.Fatal(err)
		}
		own := ownWords(t, r)
		pages := []string{"index", "ranking", "weigh", "map", "uncertainty", "audit", "methodology", "data", "indicator/" + r.Nodes[0].Code, "indicator/" + r.Nodes[len(r.Nodes)-1].Code, "unit/" + r.Units[0].Code}
		if name == "ai-race" {
			pages = append(pages, "targets", "target/"+r.Spec.Targets[0].ID, "scenarios", "scenario/"+r.Spec.Scenarios[0].ID, "alliances", "alliance/brics", "network", "supply")
		}
		for _, code := range language.Codes()[1:] {
			for _, page := range pages {
				w := request(s, "/"+code+"/"+page+".html")
				if w.Code != 200 {
					t.Errorf("%s: status %d", page, w.Code)
				}
				left := remains(w.Body.String(), code, own)
				slices.Sort(left)
				for _, text := range slices.Compact(left) {
					t.Errorf("%s/%s, %s: %.200s", name, page, code, text)
				}
			}
		}
	}
}
