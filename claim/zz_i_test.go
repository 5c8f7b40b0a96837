package claim

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestZI(t *testing.T) {
	b, _ := os.ReadFile("/tmp/claim1-probe")
	for _, line := range strings.Split(string(b), "\n") {
		lang, text, ok := strings.Cut(line, "|")
		if !ok {
			continue
		}
		text = strings.ReplaceAll(text, "\\n", "\n")
		l, _ := lexiconOf(lang, Options{})
		r := &reader{text: text, lexicon: l, tokens: tokenise(text), out: &Reading{}}
		fmt.Println("==", text)
		all := l.marks(r.tokens)
		for i := range all {
			m := &all[i]
			var w []string
			for _, k := range r.tokens[m.from:m.to] {
				w = append(w, k.key)
			}
			var cs []string
			for k, n := range cueNames {
				if m.cues&(1<<k) != 0 {
					cs = append(cs, n)
				}
			}
			var ss []string
			for _, s := range m.senses {
				ss = append(ss, s.class+":"+s.name+fmt.Sprint(s.value))
			}
			fmt.Printf("  [%s](%d) %v %v;", strings.Join(w, " "), m.from, cs, ss)
		}
		fmt.Println()
		for _, f := range r.quantities(all) {
			fmt.Printf("  found %v %v %s year=%v base=%v sure=%v of=%d tok %d-%d at %d\n", f.Value, f.High, f.Measure, f.year, f.base, f.sure, f.of, f.from, f.to, f.at)
		}
		out, _ := Read(text, Options{Language: lang})
		for _, c := range out.Claims {
			q := ""
			if c.Quantity != nil {
				q = fmt.Sprint(c.Quantity.Value, "-", c.Quantity.High, " ", c.Quantity.Measure, " ", c.Quantity.Currency)
			}
			fmt.Printf("  CLAIM %s %s q=%s of=%d %d-%d %s %s %s %q %s missing %v: %s\n", c.Kind, c.Unit, q, c.Of, c.From, c.Year, c.Alliance, c.Verb, c.Other, c.Speaker, c.Confidence, c.Missing, c.Text)
		}
	}
}
