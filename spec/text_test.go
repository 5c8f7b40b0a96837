package spec_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"mizan"
	"mizan/spec"

	"github.com/google/go-cmp/cmp"
)

// The encoding and the size of a file are looked at before its content.
func TestEncodings(t *testing.T) {
	_, text := load(t, sample)
	utf16le := func(bom bool) []byte {
		var out []byte
		if bom {
			out = []byte{0xFF, 0xFE}
		}
		for _, u := range utf16.Encode([]rune(string(text))) {
			out = append(out, byte(u), byte(u>>8))
		}
		return out
	}
	for _, tt := range []struct {
		name string
		text []byte
		want string
	}{
		{"UTF-16", utf16le(true), "f:1:1: the file is in UTF-16; save the file as UTF-8"},
		{"UTF-16 without mark", utf16le(false), "f:1:2: the file looks like UTF-16; save the file as UTF-8"},
		{"Latin-1", []byte("mizan: 1\ntitle: caf\xE9\n"), "f:2:11: the text is not UTF-8; save the file as UTF-8"},
		{"NUL", []byte("mizan: 1\nid: a\x00b\n"), "f:2:6: control character U+0000; delete it"},
		{"escape", []byte("title: \x1b[31m\n"), "f:1:8: control character U+001B; delete it"},
		{"lone CR", []byte("mizan: 1\rid: x\r"), "f:1:9: control character U+000D; delete it"},
		{"large", bytes.Repeat([]byte("# comment\n"), 2<<20), "f:1:1: the file has 20 MB, more than a project file may have (16 MB); put figures into data files that the project names"},
		{"deep brackets", []byte("id: " + strings.Repeat("[", 1<<20)), "f:1:104: lists and mappings are nested deeper than 100; flatten the file"},
		{"deep dashes", []byte(strings.Repeat("- ", 1<<16)), "f:1:201: lists and mappings are nested deeper than 100; flatten the file"},
		{"deep blocks", []byte(deepBlocks(150)), "f:101:102: lists and mappings are nested deeper than 100; flatten the file"},
		{"many keys", []byte(strings.Repeat("a: 1\n", 1<<20)), "f:20001:2: a list or mapping has more than 20000 entries; put figures into data files that the project names"},
		{"many words", []byte("a: [" + strings.Repeat("a,", 1<<20) + "]"), "f:1:500002: the file has more than 500000 words and signs; put figures into data files that the project names"},
		{"many dashes", []byte("a:\n" + strings.Repeat("-\n", 1<<20)), "f:20001:1: a list or mapping has more than 20000 entries; put figures into data files that the project names"},
	} {
		_, err := spec.Parse("f", tt.text)
		if err == nil {
			t.Errorf("%s is accepted", tt.name)
			continue
		}
		if got, _, _ := strings.Cut(err.Error(), "\n"); got != tt.want {
			t.Errorf("%s: got  %s\nwant %s", tt.name, got, tt.want)
		}
	}
}

func deepBlocks(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

// A byte order mark and the line ends of Windows make no difference.
func TestHarmlessForms(t *testing.T) {
	want, text := load(t, sample)
	for name, form := range map[string][]byte{
		"byte order mark": append([]byte("\uFEFF"), text...),
		"CRLF":            bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n")),
		"marks":           []byte("---\n" + string(text) + "...\n"),
		"directive":       []byte("%YAML 1.2\n---\n" + string(text)),
		"comments":        bytes.ReplaceAll(text, []byte("\n"), []byte(" # comment\n")),
	} {
		got, err := spec.Parse("f", form)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if d := cmp.Diff(want, got, withoutPlaces); d != "" {
			t.Errorf("%s (-want +got)\n%s", name, d)
		}
	}
}

// Columns count characters, whatever stands before them in the line.
func TestColumns(t *testing.T) {
	const before = "mizan: 1\nid: x\nperiod: {year: 2023}\nobservations: []\nframework: {code: top, children: [{code: a}]}\nindicators:\n"
	for _, line := range []string{
		`  a: {name: "عربي", WRONG: 1}`,
		`  a: {name: "中文 𝔘 😀", WRONG: 1}`,
		`  a: {name: "a\u0041\x41\t\"b\\", WRONG: 1}`,
		`  a: {name: 'it''s', WRONG: 1}`,
		`  a: {name: {en: "x", ar: 'ي'}, WRONG: 1}`,
		"  a: {name: \"two\n    lines\",\n    WRONG: 1}",
		"  a:\n    name: >-\n      folded\n      lines\n\n    WRONG: 1",
		"  a:\n    name: |\n      literal\n    # comment\n\n    WRONG: 1",
		"  a:\n    name: plain\n      over lines\n    WRONG: 1",
		"  a:   {   WRONG   :   1}",
		"  a: {name: x, # comment {\n    WRONG: 1}",
		"  \"a\":\n    'WRONG': 1",
	} {
		text := before + line + "\n"
		_, err := spec.Parse("f", []byte(text))
		var ps mizan.Problems
		if !errors.As(err, &ps) || len(ps) != 1 {
			t.Errorf("%s: %v", line, err)
			continue
		}
		at := ps[0].Place
		src := []rune(strings.Split(text, "\n")[at.Line-1])
		if got := string(src[at.Column-1:]); !strings.HasPrefix(strings.TrimLeft(got, "'"), "WRONG") {
			t.Errorf("%s: the place %s is at %q", line, at, got)
		}
	}
}

func TestExcerptIsHarmless(t *testing.T) {
	long := strings.Repeat("x", 300)
	for _, tt := range []struct{ text, want string }{
		{"wrong: \u202Eabc\u2066\n", "   1 | wrong: \uFFFDabc\uFFFD\n     | ^"},
		{"a: 1 # \u009b31m\nb: 1", "   1 | a: 1 # \uFFFD31m\n     | ^"},
		{"{" + long + ": 1, wrong: 1}", "   1 | … " + strings.Repeat("x", 33) + ": 1, wrong: 1}\n     |   " + strings.Repeat(" ", 38) + "^"},
		{"wrong: 1 # " + long, "   1 | wrong: 1 # " + strings.Repeat("x", 65) + " …\n     | ^"},
	} {
		_, err := spec.Parse("f", []byte(tt.text))
		var ps mizan.Problems
		if !errors.As(err, &ps) {
			t.Fatal(err)
		}
		found := false
		for _, p := range ps {
			found = found || p.Excerpt == tt.want
		}
		if !found {
			t.Errorf("%q: no problem has the excerpt\n%s\nbut\n%v", tt.text, tt.want, err)
		}
	}
}

// A large broken file is answered at once, with the first of its problems.
func TestManyProblems(t *testing.T) {
	var b strings.Builder
	for i := range 15000 {
		b.WriteString("titel" + strings.Repeat("l", i%50) + string(rune('a'+i%26)) + ": 1\n")
	}
	_, err := spec.Parse("f", []byte(b.String()))
	var ps mizan.Problems
	if !errors.As(err, &ps) || len(ps) != 1001 {
		t.Fatalf("%d problems", len(ps))
	}
	if got := ps[0].Error(); !strings.Contains(got, "the first 1000 problems are shown; mend these first") {
		t.Error(got)
	}
}

func TestPlaces(t *testing.T) {
	s, _ := load(t, sample)
	for path, want := range map[string]string{
		"":                                "mizan.yaml:1:1",
		"id":                              "mizan.yaml:2:1",
		"period.year":                     "mizan.yaml:4:10",
		"period.stand_in":                 "mizan.yaml:4:1",
		"indicators.debt.direction":       "mizan.yaml:13:10",
		"framework.patents.weight":        "mizan.yaml:20:55",
		"framework.ground.aggregate":      "mizan.yaml:22:7",
		"build.weights":                   "mizan.yaml:24:1",
		"build.treat.each.debt":           "mizan.yaml:28:65",
		"build.normalise.to":              "mizan.yaml:29:32",
		"build.normalise.to.1":            "mizan.yaml:29:40",
		"build.aggregate.1":               "mizan.yaml:30:32",
		"published.other-2023.file":       "mizan.yaml:38:24",
		"nothing.of.the.sort":             "mizan.yaml:1:1",
		"build.normalise.method.too.deep": "mizan.yaml:29:15",
	} {
		if got := s.Place(path).String(); got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
	want := "mizan.yaml:29:32: cause; remedy\n  29 |   normalise: {method: min-max, to: [1, 100]}\n     |                                ^"
	if got := s.Problem("id", "build.normalise.to", "cause", "remedy").Error(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestSuggest(t *testing.T) {
	methods := []string{"none", "min-max", "z-score", "rank", "percentile-rank", "goalposts", "geometric-mean", "arithmetic-mean"}
	for name, want := range map[string]string{
		"minmax": "min-max", "min_max": "min-max", "Min-Max": "min-max", "mni-max": "min-max", "zscore": "z-score", "z score": "z-score",
		"rnak": "rank", "goalpost": "goalposts", "geometric": "", "geometricmean": "geometric-mean", "arithmatic-mean": "arithmetic-mean",
		"cubic": "", "": "", "x": "", "none": "none", strings.Repeat("x", 1000): "",
	} {
		got, ok := spec.Suggest(name, methods)
		if got != want || ok != (want != "") {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
	if got, _ := spec.Suggest("ab", []string{"ac", "ad"}); got != "ac" {
		t.Errorf("of equals the first is taken, not %q", got)
	}
	if got, ok := spec.Suggest("anything", nil); ok {
		t.Errorf("got %q", got)
	}
}
