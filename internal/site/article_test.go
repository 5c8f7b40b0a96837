package site

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"mizan/engine"
)

const hostileArticle = `<script>alert("x")</script> Austria ranked 2nd of 4 in 2023. Brazil, "javascript:alert(1)//, ranked 3rd` + "\u202e" + `.

</article><img src=x onerror=alert(1)> “We will win”, the minister said.` + "\xff\x00"

func articleSite(t *testing.T, texts ...string) *Site {
	t.Helper()
	config := Config{Load: func(string) (*engine.Report, error) { return sample(), nil }, Project: "my index"}
	for _, text := range texts {
		config.Articles = append(config.Articles, Article{Name: `a "story".txt`, Text: text, Language: "en"})
	}
	s, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestArticlePage(t *testing.T) {
	s := articleSite(t, hostileArticle, "Nothing.")
	status, body, _ := get(t, s, "/en/article/1.html")
	if status != http.StatusOK {
		t.Fatalf("status %d: %s", status, body)
	}
	for _, want := range []string{
		`<li class="claim agrees" id="c1">`, "Austria: rank 2 of 4, 2023", `href="#c1" id="t-c1"`, `href="#t-c1"`,
		`&lt;script&gt;`, `a href="/article/2"`, `aria-current="page">Article</a>`, "Differs: here 1", `<a href="/unit/BRA">`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	main := body[strings.Index(body, "<main"):strings.Index(body, "</main>")]
	if strings.Contains(main, "<script") || strings.Contains(main, "<img") || strings.ContainsAny(main, "\u202e\x00") || strings.Count(main, "</article>") != 1 {
		t.Error("the article reaches the page as markup, or turns it round")
	}
	if m := regexp.MustCompile(`href="[^"]*javascript:`).FindString(main); m != "" {
		t.Error(m)
	}
	for _, lang := range []string{"ar", "ru", "zh"} {
		status, body, _ := get(t, s, "/"+lang+"/article/1.html")
		if m := regexp.MustCompile(`>\s*(article|claim)\.[a-z.]+`).FindString(body); status != http.StatusOK || m != "" {
			t.Errorf("%s: status %d, a text is missing: %s", lang, status, m)
		}
	}
	// A text in none of the languages is said to be so.
	foreign, err := New(Config{Load: func(string) (*engine.Report, error) { return sample(), nil }, Articles: []Article{{
		Name: "f.txt", Text: "Le gouvernement français a annoncé hier que les dépenses pour la recherche augmenteront de dix pour cent avant la fin de l’année.",
	}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, body, _ := get(t, foreign, "/en/article/1.html"); !strings.Contains(body, "none of the languages") || strings.Contains(main, "none of the languages") {
		t.Error("it is not told which texts cannot be read")
	}
	for _, target := range []string{"/en/article/3.html", "/en/article/0.html", "/en/article/x.html"} {
		if status, _, _ := get(t, s, target); status != http.StatusNotFound {
			t.Errorf("%s: status %d", target, status)
		}
	}
	if _, body, _ := get(t, articleSite(t), "/en/index.html"); strings.Contains(body, ">Article<") {
		t.Error("without an article there is a page of it in the menu")
	}
}
