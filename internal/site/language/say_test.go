package language

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mizan"
)

// speakers are the packages whose sentences have an identity.
var speakers = []string{"build", "dataset", "alliance", "target", "scenario", "network", "uncertainty", "engine", "audit"}

// declared lists every sentence that the engine can say, as its source declares it:
// a composite literal of mizan.Sentence whose texts are written out.
func declared(t *testing.T) []mizan.Sentence {
	t.Helper()
	var list []mizan.Sentence
	eachFile(t, func(set *token.FileSet, file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			literal, ok := n.(*ast.CompositeLit)
			if !ok || !isOf(literal.Type, "Sentence") {
				return true
			}
			s := mizan.Sentence{}
			for _, e := range literal.Elts {
				pair, _ := e.(*ast.KeyValueExpr)
				value, _ := pair.Value.(*ast.BasicLit)
				if value == nil {
					t.Errorf("%s: a sentence is not written out", set.Position(e.Pos()))
					continue
				}
				text, err := strconv.Unquote(value.Value)
				if err != nil {
					t.Fatal(err)
				}
				switch pair.Key.(*ast.Ident).Name {
				case "ID":
					s.ID = text
				case "Text":
					s.Text = text
				case "Remedy":
					s.Remedy = text
				}
			}
			list = append(list, s)
			return true
		})
	})
	return list
}

// eachFile visits the sources of the speakers.
func eachFile(t *testing.T, visit func(set *token.FileSet, file *ast.File)) {
	t.Helper()
	set := token.NewFileSet()
	for _, folder := range speakers {
		files, _ := filepath.Glob(filepath.Join("..", "..", "..", folder, "*.go"))
		if len(files) == 0 {
			t.Fatalf("there is no package %s", folder)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(set, name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			visit(set, file)
		}
	}
}

// isOf reports whether a type is one of package mizan.
func isOf(of ast.Expr, name string) bool {
	s, ok := of.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	in, ok := s.X.(*ast.Ident)
	return ok && in.Name == "mizan" && s.Sel.Name == name
}

// gapsOf lists the gaps of a sentence of the engine.
func gapsOf(text string) []string {
	var gaps []string
	for _, found := range regexp.MustCompile(`\{([a-z_]+)\}`).FindAllStringSubmatch(text, -1) {
		gaps = append(gaps, found[1])
	}
	return gaps
}

// gapsOfMessage lists the gaps of a message, also those within its choices.
func gapsOfMessage(m message) []string {
	var gaps []string
	for _, p := range m {
		if p.name != "" {
			gaps = append(gaps, p.name)
		}
		for _, c := range p.cases {
			gaps = append(gaps, gapsOfMessage(c)...)
		}
	}
	return gaps
}

// Every sentence that the engine can say has a message in every language, with no
// gap that the sentence does not fill; a number that English writes as a word is
// given as {n} too.
func TestEverySentenceHasAMessage(t *testing.T) {
	seen := map[string]string{}
	for _, s := range declared(t) {
		if was, twice := seen[s.ID]; twice {
			t.Errorf("two sentences are called %s: %q and %q", s.ID, was, s.Text)
		}
		seen[s.ID] = s.Text
		if s.ID == "" || s.Text == "" {
			t.Errorf("a sentence has no ID or no text: %+v", s)
		}
		texts := map[string]string{"said." + s.ID: s.Text}
		if s.Remedy != "" {
			texts["said."+s.ID+".remedy"] = s.Remedy
		}
		for _, code := range Codes() {
			for key := range texts {
				m, ok := Speak(code).messages[key]
				if !ok {
					t.Errorf("%s: there is no message %s", code, key)
					continue
				}
				for _, gap := range gapsOfMessage(m) {
					if !slices.Contains(append(gapsOf(s.Text+s.Remedy), "n"), gap) {
						t.Errorf("%s: the message %s has the gap {%s}, which the sentence does not fill", code, key, gap)
					}
				}
			}
		}
	}
	if len(seen) < 100 {
		t.Errorf("only %d sentences are found: does the test look in the right place?", len(seen))
	}
}

// A sentence is said by its ID and values: names, numbers and sentences within it
// are those of the language, and what is not known stays English and says so.
func TestSay(t *testing.T) {
	within := mizan.Sentence{ID: "weights.level", Text: "weights of level {levels}"}.Say("levels", "2, 3")
	spread := mizan.Sentence{ID: "weights.spread", Text: "{of} times {low} to {high}"}.Say("of", within, "low", "0.75", "high", "1.25")
	if want := "weights of level 2, 3 times 0.75 to 1.25"; spread.Text != want {
		t.Errorf("the engine says %q, want %q", spread.Text, want)
	}
	same := func(_, value string) string { return value }
	for _, c := range []struct {
		code  string
		said  mizan.Said
		want  string
		known bool
	}{
		{"en", spread, "weights of level 2, 3 times 0.75 to 1.25", true},
		{"ru", spread, "веса уровня 2, 3, умноженные на число от 0,75 до 1,25", true},
		{"zh", mizan.Said{Text: "never heard", Saying: mizan.Saying{ID: "never"}}, "never heard", false},
		{"ru", mizan.Sentence{ID: "scenario.of-edit", Text: "edit {edit}: {what}"}.Say("edit", "a", "what", mizan.Sentence{ID: "never", Text: "what"}.Say()), "правка a: what", false},
	} {
		if got, known := Speak(c.code).Say(c.said.Saying, c.said.Text, same); got != c.want || known != c.known {
			t.Errorf("%s: %q (known %v), want %q (known %v)", c.code, got, known, c.want, c.known)
		}
	}
	edit := mizan.Sentence{ID: "scenario.of-edit", Text: "edit {edit}: {what}"}.Say("edit", "a", "what", mizan.Sentence{ID: "scenario.nobody", Text: "no unit", Remedy: "name units that are in the index"}.Say())
	if got, known := Speak("ru").Cure(edit.Saying, "name units that are in the index", same); !known || got == "name units that are in the index" {
		t.Errorf("the remedy of the sentence within is %q (known %v)", got, known)
	}
	hostile := mizan.Sentence{ID: "incomplete", Text: "{note}"}.Say("note", "a\u202eb\x00c")
	if got, _ := Speak("ru").Say(hostile.Saying, hostile.Text, same); strings.ContainsAny(got, "\u202e\x00") {
		t.Errorf("a hostile value gets through: %q", got)
	}
}

// No finding of these packages is made of text alone, which other languages could
// not word.
func TestFindingsHaveAnIdentity(t *testing.T) {
	converted := []string{"alliance", "target", "scenario", "network", "uncertainty", "build"}
	found := 0
	eachFile(t, func(set *token.FileSet, file *ast.File) {
		if !slices.Contains(converted, file.Name.Name) {
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			literal, ok := n.(*ast.CompositeLit)
			if !ok || !isOf(literal.Type, "Finding") {
				return true
			}
			found++
			for _, e := range literal.Elts {
				if pair, ok := e.(*ast.KeyValueExpr); ok && pair.Key.(*ast.Ident).Name == "Message" {
					t.Errorf("%s: a finding is made of text; declare a mizan.Sentence and say it", set.Position(pair.Pos()))
				}
			}
			return true
		})
	})
	if found == 0 {
		t.Error("no findings are found: does the test look in the right place?")
	}
}
