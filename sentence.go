package mizan

import (
	"fmt"
	"strings"
)

// Sentence is a sentence that the engine can say of data or results, in English: a
// text with gaps such as {n}, and what to do about it, if anything. Its ID names it
// to those who word it in another language; it is written out where a sentence is
// declared, so that a test can list all of them (docs/decisions/0030-sayings.md).
type Sentence struct{ ID, Text, Remedy string }

// Said is a sentence as it was said: in English, and by identity.
type Said struct {
	Text, Remedy string
	Saying       Saying
}

// Saying is a sentence by identity: which it is, and what stands in its gaps, as
// English writes it. Parts are the gaps that hold a sentence themselves.
type Saying struct {
	ID     string            `json:"id"`
	Values map[string]string `json:"values,omitempty"`
	Parts  map[string]Saying `json:"parts,omitempty"`
}

// IsZero reports whether nothing was said.
func (s Saying) IsZero() bool { return s.ID == "" }

// Say fills the gaps: names and values in turn. A value is text, a whole number, or
// a sentence that was said.
func (s Sentence) Say(pairs ...any) Said {
	said := Said{Text: s.Text, Remedy: s.Remedy, Saying: Saying{ID: s.ID}}
	if len(pairs) == 0 {
		return said
	}
	var gaps []string
	said.Saying.Values = make(map[string]string, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		name, value := fmt.Sprint(pairs[i]), fmt.Sprint(pairs[i+1])
		if part, ok := pairs[i+1].(Said); ok {
			value = part.Text
			if !part.Saying.IsZero() {
				if said.Saying.Parts == nil {
					said.Saying.Parts = map[string]Saying{}
				}
				said.Saying.Parts[name] = part.Saying
			}
		}
		said.Saying.Values[name] = value
		gaps = append(gaps, "{"+name+"}", value)
	}
	fill := strings.NewReplacer(gaps...)
	said.Text, said.Remedy = fill.Replace(s.Text), fill.Replace(s.Remedy)
	return said
}

// Sayings lists what was said in several sentences; those without identity are left
// out.
func Sayings(list ...Said) []Saying {
	var out []Saying
	for _, s := range list {
		if !s.Saying.IsZero() {
			out = append(out, s.Saying)
		}
	}
	return out
}

// With is the finding with what a sentence says of it.
func (f Finding) With(s Said) Finding {
	f.Message, f.Remedy, f.Said = s.Text, s.Remedy, s.Saying
	return f
}
