package site

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"mizan/engine"
)

// How long texts of a project may be on a page, in characters. Longer ones end
// in three points; the files to download have them whole.
const (
	longestName = 120
	longestText = 5000
)

// tidy makes a text of a project fit to stand within a sentence of ours: without
// control characters, on one line, without marks that turn the direction of what
// follows it (overrides, embeddings and isolates, which a name may leave open),
// and of bounded length. Paragraphs, which are two line breaks, stay.
func tidy(s string, most int) string {
	if len(s) <= most && plainly(s) {
		return s
	}
	var b strings.Builder
	n := 0
	for _, r := range s {
		switch {
		case r == utf8.RuneError, turns(r):
			continue
		case r == '\n' && most > longestName:
		case unicode.IsControl(r), r == '\u2028', r == '\u2029':
			r = ' '
		}
		if n++; n > most {
			return cutMarks(b.String()) + "…"
		}
		b.WriteRune(r)
	}
	return b.String()
}

// cutMarks drops the marks and joiners at the end of a text that was cut.
func cutMarks(s string) string {
	return strings.TrimRightFunc(s, func(r rune) bool { return unicode.IsMark(r) || unicode.IsSpace(r) || r == '\u200D' })
}

// plainly reports whether there is nothing in a text to be tidied.
func plainly(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return !strings.ContainsFunc(s[i:], func(r rune) bool {
				return r == utf8.RuneError || turns(r) || unicode.IsControl(r) || r == '\u2028' || r == '\u2029'
			})
		}
		if s[i] < ' ' || s[i] == 0x7f {
			return false
		}
	}
	return true
}

// turns reports whether a character changes the direction of those after it, up
// to another that ends it.
func turns(r rune) bool { return r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069' }

// tidied is the text in every language, tidied; the text itself if that changes
// nothing.
func tidied[M ~map[string]string](t M, most int) M {
	out, copied := t, false
	for key, s := range t {
		clean := tidy(s, most)
		if clean == s {
			continue
		}
		if !copied {
			out, copied = maps.Clone(t), true
		}
		out[key] = clean
	}
	return out
}

// tidyReport sets what pages show in place of the report's own: the same with
// names that are tidied. Codes stay as they are.
func (b *book) tidyReport(r *engine.Report) {
	b.Project = r.Project
	b.Project.Title, b.Project.Description = tidied(r.Project.Title, longestName), tidied(r.Project.Description, longestText)
	b.Project.Variants = slices.Clone(r.Project.Variants)
	for i := range b.Project.Variants {
		v := &b.Project.Variants[i]
		v.Title, v.Description = tidied(v.Title, longestName), tidied(v.Description, longestText)
	}
	b.Units = slices.Clone(r.Units)
	for i := range b.Units {
		u := &b.Units[i]
		u.Name = tidied(u.Name, longestName)
		u.Groups = tidied(u.Groups, longestName)
	}
	b.Nodes = slices.Clone(r.Nodes)
	for i := range b.Nodes {
		b.Nodes[i].Name = tidied(b.Nodes[i].Name, longestName)
	}
	b.Indicators = slices.Clone(r.Indicators)
	for i := range b.Indicators {
		x := &b.Indicators[i]
		x.Name, x.Measure = tidied(x.Name, longestName), tidy(x.Measure, longestName)
	}
	b.Origins = slices.Clone(r.Origins)
	for i := range b.Origins {
		o := &b.Origins[i]
		o.Publisher, o.Title, o.Licence, o.Note = tidy(o.Publisher, longestName), tidy(o.Title, longestName), tidy(o.Licence, longestName), tidy(o.Note, longestText)
	}
	b.Findings = slices.Clone(r.Findings)
	for i := range b.Findings {
		f := &b.Findings[i]
		f.Message, f.Remedy = tidy(f.Message, longestText), tidy(f.Remedy, longestText)
	}
}
