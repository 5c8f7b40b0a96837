package site

import (
	"html/template"
	"maps"
	"slices"
	"strings"

	"mizan"
	"mizan/alliance"
	"mizan/internal/site/language"
)

// Said is a sentence of the engine in the language of the page, with names in
// place of codes.
func (c *visit) Said(s string) string {
	own, _ := c.SaidWith(s, c.named)
	return own
}

// saying is a sentence of the engine in the language of the page, by its identity;
// english is how the engine says it.
func (c *visit) saying(s mizan.Saying, english string) string {
	if s.IsZero() {
		return c.Said(english)
	}
	own, _ := c.Say(s, english, c.named)
	return own
}

// remark is what a finding says, and cure what to do about it.
func (c *visit) remark(f *mizan.Finding) string { return c.saying(f.Said, f.Message) }

func (c *visit) cure(f *mizan.Finding) string {
	if f.Said.IsZero() {
		return c.Said(f.Remedy)
	}
	own, _ := c.Cure(f.Said, f.Remedy, c.named)
	return own
}

// tableName is what a table of supply or of ties is called.
func (c *visit) tableName(code string) string {
	if c.book.Spec != nil {
		for i := range c.book.Spec.Ties {
			if t := &c.book.Spec.Ties[i]; t.Code == code {
				return c.Text(t.Name, code)
			}
		}
		return c.supplyName(code)
	}
	return code
}

// gameSummary says what a coalition is worth by a value function, with the
// table of supply by its name.
func (c *visit) gameSummary(o *alliance.Contributions) string {
	said := o.Said
	if said.Values["table"] != "" {
		said.Values = maps.Clone(said.Values)
		said.Values["table"] = o.Supply
	}
	return language.Capital(c.saying(said, strings.Replace(o.Summary, c.supplyInEnglish(o.Supply), c.supplyName(o.Supply), 1)))
}

// supplyInEnglish is a table of supply as the engine names it in a sentence.
func (c *visit) supplyInEnglish(code string) string {
	for _, s := range c.book.Spec.Supply {
		if s.Code == code {
			return s.Name.In("en") + " (" + code + ")"
		}
	}
	return code
}

// supplyName is what a table of supply is called.
func (c *visit) supplyName(code string) string {
	for _, s := range c.book.Spec.Supply {
		if s.Code == code {
			return c.Text(s.Name, code)
		}
	}
	return code
}

// cureOf is cure for a page, as toldOf.
func (c *visit) cureOf(f *mizan.Finding) template.HTML {
	if f.Said.IsZero() {
		return c.Told(f.Remedy)
	}
	return language.Marked(c.Cure(f.Said, f.Remedy, c.named))
}

// toldOf is saying for a page: a sentence that is known in English alone is marked
// as such.
func (c *visit) toldOf(s mizan.Saying, english string) template.HTML {
	if s.IsZero() {
		return c.Told(english)
	}
	return language.Marked(c.Say(s, english, c.named))
}

// named is the name of what fills a gap that stands for a code, or for several.
func (c *visit) named(gap, value string) string {
	if c.book == nil {
		return value
	}
	switch gap {
	case "why":
		return c.Said(value)
	case "method":
		return c.Word("method", value)
	case "table":
		return c.tableName(value)
	case "alliance":
		return c.allianceName(value)
	case "code", "with", "unit", "codes", "units":
	default:
		return value
	}
	words := strings.Split(value, ", ")
	for i, w := range words {
		if u, ok := c.book.units[w]; ok {
			words[i] = c.unitName(u)
		} else if c.book.nodes[w] != nil || c.book.indicators[w] != nil {
			words[i] = c.label(w)
		}
	}
	return strings.Join(words, c.T("list.comma"))
}

// Told is Said for a page: one that is known in English alone is marked as such,
// for those who read it aloud.
func (c *visit) Told(s string) template.HTML {
	own, known := c.SaidWith(s, c.named)
	return language.Marked(own, known)
}

// written is a text of the project for a page. Where the project has it in
// another language alone it is marked so, for those who have it read to them.
func (c *visit) written(t mizan.Text) template.HTML {
	text := template.HTML(template.HTMLEscapeString(language.Tidy(t.In(c.Code), language.LongestText))) //nolint:gosec // it is escaped
	switch {
	case text == "" || t[c.Code] != "":
		return text
	case t[""] != "":
		return `<span lang="" dir="auto">` + text + `</span>`
	}
	for _, code := range append([]string{"en"}, slices.Sorted(maps.Keys(t))...) {
		if t[code] != "" {
			return template.HTML(`<span lang="`+template.HTMLEscapeString(code)+`" dir="auto">`) + text + `</span>` //nolint:gosec // it is escaped
		}
	}
	return text
}
