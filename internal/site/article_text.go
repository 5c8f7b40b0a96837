package site

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mizan/claim"
)

// paragraph is a paragraph of an article, cut where claims begin and end.
type paragraph struct{ Parts []articlePart }

// articlePart is a stretch of text that belongs to the same claims.
type articlePart struct {
	Text string
	// Claim is the shortest claim that the text belongs to, "" if to none, and
	// Claims are all of them, as the pages name them.
	Claim   string
	Claims  string
	Outcome string // of Claim
	First   bool   // Claim begins here
}

// paragraphsOf cuts a text at the ends of paragraphs and of claims. A claim that
// goes over several paragraphs is marked in each. What is no text (bytes that
// are not UTF-8, marks that turn the direction of what follows) is left out, so
// that no article can disturb the page around it.
func paragraphsOf(text string, claims []claim.Claim) []paragraph {
	cuts := []int{0, len(text)}
	for _, c := range claims {
		cuts = append(cuts, bounded(c.Span.From, text), bounded(c.Span.To, text))
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var list []paragraph
	var open paragraph
	begun := map[string]bool{}
	end := func() {
		if len(open.Parts) > 0 {
			list, open = append(list, open), paragraph{}
		}
	}
	for i := 1; i < len(cuts); i++ {
		from, to := cuts[i-1], cuts[i]
		part := partOf(from, to, claims)
		for j, lines := range strings.Split(text[from:to], "\n\n") {
			if j > 0 {
				end()
			}
			part.Text = shownText(lines)
			if part.Text == "" || strings.TrimSpace(part.Text) == "" && len(open.Parts) == 0 {
				continue
			}
			part.First = part.Claim != "" && !begun[part.Claim]
			begun[part.Claim] = true
			open.Parts = append(open.Parts, part)
		}
	}
	end()
	return list
}

// bounded is a place within a text, moved to where a character begins.
func bounded(at int, text string) int {
	at = min(max(at, 0), len(text))
	for at > 0 && at < len(text) && !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}

// partOf finds the claims of a stretch, the shortest first.
func partOf(from, to int, claims []claim.Claim) articlePart {
	var over []*claim.Claim
	for i := range claims {
		if s := claims[i].Span; s.From < to && from < s.To {
			over = append(over, &claims[i])
		}
	}
	if len(over) == 0 {
		return articlePart{}
	}
	slices.SortStableFunc(over, func(a, b *claim.Claim) int { return (a.Span.To - a.Span.From) - (b.Span.To - b.Span.From) })
	var ids []string
	for _, c := range over {
		ids = append(ids, c.ID)
	}
	p := articlePart{Claim: ids[0], Claims: strings.Join(ids, " ")}
	if v := over[0].Verdict; v != nil {
		p.Outcome = string(v.Outcome)
	}
	return p
}

// shownText is a text without what is none.
func shownText(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r < ' ' && r != '\n' && r != '\t', r == 0x7F:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}
