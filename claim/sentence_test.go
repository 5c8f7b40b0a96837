package claim_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mizan/claim"
)

// sentences reads the files of testdata/sentences: a text on lines that begin at
// the margin, its claims on indented lines behind it, as in the labelled articles
// but without the words; an empty line parts one from the next.
func sentences(t *testing.T, name string) []article {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var list []article
	for block := range strings.SplitSeq(string(content), "\n\n") {
		a := article{name: filepath.Base(name)}
		var labels []string
		for line := range strings.SplitSeq(block, "\n") {
			switch {
			case line == "" || line[0] == '#':
			case line[0] == ' ':
				labels = append(labels, strings.TrimSpace(line))
			default:
				a.text += line + "\n"
			}
		}
		for _, line := range labels {
			l, err := parseLabel(a.text, line+` "`+a.text+`"`)
			if err != nil {
				t.Fatalf("%s: %s: %v", name, line, err)
			}
			l.line = line
			a.labels = append(a.labels, l)
		}
		if a.text != "" {
			list = append(list, a)
		}
	}
	return list
}

// TestSentences reads single sentences, each standing for a class of them: what is
// asserted must be what the file tells, and nothing else.
func TestSentences(t *testing.T) {
	for _, language := range claim.Languages() {
		files, err := filepath.Glob("testdata/sentences/" + language + "*.txt")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			for _, a := range sentences(t, name) {
				readSentence(t, &a, language)
			}
		}
	}
}

func readSentence(t *testing.T, a *article, language string) {
	t.Helper()
	r := read(t, a.text, claim.Options{Language: language})
	taken := make([]bool, len(r.Claims))
	for i := range a.labels {
		found := false
		for k := range r.Claims {
			if !taken[k] && r.Claims[k].Confidence != claim.Low && fits(&a.labels[i], &r.Claims[k]) {
				taken[k], found = true, true
				break
			}
		}
		if !found {
			t.Errorf("%s: %smissed %s", a.name, a.text, a.labels[i].line)
		}
	}
	for k, c := range r.Claims {
		if !taken[k] && c.Confidence != claim.Low {
			t.Errorf("%s: %swrong %s unit=%s q=%+v of=%d year=%d-%d %s %s %s speaker=%q %s: %q", a.name, a.text, c.Kind, c.Unit, c.Quantity, c.Of, c.From, c.Year, c.Alliance, c.Verb, c.Other, c.Speaker, c.Confidence, c.Text)
		}
	}
}
