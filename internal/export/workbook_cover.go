package export

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"mizan"
	"mizan/spec"
)

const coverSheet = "Cover"

var coverColumns = []column{textColumn("", 26), textColumn("", 110)}

// title is the name of the index.
func (b *workbook) title() string { return cmp.Or(b.Project.Title.In(b.lang), b.Project.ID) }

// period names the years that are written.
func (b *workbook) period() string {
	first, last := b.Years[b.years[0]], b.Years[b.years[len(b.years)-1]]
	if first == last {
		return fmt.Sprint(first)
	}
	return fmt.Sprintf("%d to %d", first, last)
}

// cover writes the first sheet.
func (b *workbook) cover() {
	c := &coverWriter{b, b.sheet(coverSheet, coverColumns)}
	c.to.add(cell{b.title(), look{kind: inTitle}})
	c.to.skip()
	c.identity()
	c.citation()
	c.contents()
	c.legend()
	c.licences()
}

// coverWriter writes the cover from top to bottom.
type coverWriter struct {
	*workbook
	to *rowWriter
}

func (c *coverWriter) section(title string) {
	c.to.skip()
	c.to.add(cell{title, look{kind: inLabel}})
}

// fact writes a label and what it says, if it says anything.
func (c *coverWriter) fact(label, text string) {
	if text != "" {
		c.to.add(cell{label, look{bold: true, wrap: true}}, cell{text, look{wrap: true}})
	}
}

// identity says which index this is.
func (c *coverWriter) identity() {
	p := &c.Project
	c.fact("Project", p.ID)
	c.fact("About", p.Description.In(c.lang))
	if p.Variant != "" {
		name := p.Variant
		for _, v := range p.Variants {
			if v.Code == p.Variant {
				name += ", " + v.Title.In(c.lang)
			}
		}
		c.fact("Variant", name)
	}
	for _, e := range p.Edits {
		c.fact("Changed for once", e)
	}
	c.fact(map[bool]string{true: "Year", false: "Years"}[len(c.years) == 1], c.period())
	ranked := 0
	for _, v := range c.Scores.Column(c.years[len(c.years)-1], c.Scores.Code(c.Top())) {
		if !missing(v) {
			ranked++
		}
	}
	c.fact("Units", fmt.Sprintf("%d, of which %d are ranked in %d", len(c.Units), ranked, c.Years[c.years[len(c.years)-1]]))
	c.fact("Indicators", fmt.Sprintf("%d in the framework, %d beside it", len(c.series), len(c.Panel.Codes)-len(c.series)))
	for _, m := range c.methods() {
		c.fact(m[0], m[1])
	}
	c.fact("SHA-256 of the project", p.Hash)
	c.imprint()
}

// imprint says who made the index, as far as the project does.
func (c *coverWriter) imprint() {
	i := &c.Project.Imprint
	for k := range i.Authors {
		c.fact(map[bool]string{true: "Authors"}[k == 0], authorText(&i.Authors[k], c.lang))
	}
	c.fact("Publisher", i.Publisher.Name.In(c.lang))
	if i.Licence != "" {
		text := i.Licence
		if link := i.LicenceLink(); link != text {
			text += ", " + link
		}
		c.fact("Licence of scores and texts", text)
	}
	c.fact("Version", i.Version)
	c.fact("Published", string(i.Date))
	c.fact("First published", string(i.Since))
	c.fact("Home page", i.HomePage)
	c.fact("DOI", i.DOILink())
	c.fact("Contact", contactText(i.Contact, c.lang))
	c.fact("Funding", fundingText(i.Funding, c.lang))
}

// methods are the methods of the stages as the project names them.
func (c *coverWriter) methods() [][2]string {
	s := &c.Spec.Build
	list := [][2]string{
		{"Imputation", stepText(s.Impute)},
		{"Screening", stepText(s.Screen)},
		{"Treatment", stepText(s.Treat)},
		{"Normalisation", stepText(s.Normalise)},
		{"Weights", stepText(s.Weights)},
	}
	var levels []string
	for _, a := range s.Aggregate {
		levels = append(levels, stepText(a))
	}
	return append(list, [2]string{"Aggregation", strings.Join(levels, ", then ")})
}

// stepText is a method with its options as they are given.
func stepText(s spec.Step) string {
	var options []string
	for _, o := range s.Options {
		options = append(options, o.Name+" "+optionText(o.Value))
	}
	text := s.Method
	if len(options) > 0 {
		text += " (" + strings.Join(options, ", ") + ")"
	}
	if n := len(s.Each); n == 1 {
		text += "; otherwise for one indicator"
	} else if n > 1 {
		text += fmt.Sprintf("; otherwise for %d indicators", n)
	}
	return text
}

// optionText is the value of an option as one would write it in a project.
func optionText(v any) string {
	switch x := v.(type) {
	case float64:
		return string(mizan.AppendNumber(nil, x, "missing"))
	case []any:
		var items []string
		for _, e := range x {
			items = append(items, optionText(e))
		}
		return "[" + strings.Join(items, ", ") + "]"
	case map[string]any:
		var items []string
		for _, k := range slices.Sorted(maps.Keys(x)) {
			items = append(items, k+": "+optionText(x[k]))
		}
		return "{" + strings.Join(items, ", ") + "}"
	}
	return fmt.Sprint(v)
}

// citation says how to cite the index.
func (c *coverWriter) citation() {
	c.section("How to cite")
	variant := ""
	if c.Project.Variant != "" {
		variant = ", variant " + c.Project.Variant
	}
	if len(c.Project.Edits) > 0 {
		variant += ", changed as told above"
	}
	named := fmt.Sprintf("%s, %s%s.", c.title(), c.period(), variant)
	if i := &c.Project.Imprint; !i.IsZero() && variant == "" {
		named = credit(i, c.title(), cmp.Or(i.Year(), c.period()), c.lang)
	}
	c.fact("", fmt.Sprintf("%s Computed with Mizan from the project %s (SHA-256 %.12s). Name the publishers of the figures too: they stand on the sheet Origins.",
		named, c.Project.ID, c.Project.Hash))
}

// contents lists the sheets, each with a link.
func (c *coverWriter) contents() {
	c.section("Sheets")
	for _, s := range c.sheets {
		if s.left != "" {
			c.to.add(s.name, cell{s.about + " " + s.left, look{wrap: true}})
			continue
		}
		c.to.add(cell{s.name, look{link: true}}, cell{s.about, look{wrap: true}})
		c.to.sheet.links = append(c.to.sheet.links, bookLink{cell: cellName(c.to.sheet.lastRow, 1), place: (&bookSheet{name: s.name}).quoted() + "!A1"})
	}
	c.to.add(nil, cell{"On the sheets from Scores to Other series a unit and year stands in the same row, and from Raw to Year used an indicator in the same column. " +
		"Above the heads stand the name of each column and its measure or method. Empty is missing. Shown figures are rounded, the cells are not.", look{wrap: true}})
}

// legend says what the colours mean.
func (c *coverWriter) legend() {
	c.section("Colours")
	for _, m := range marks {
		c.to.add(cell{m.name, look{mark: m.mark}}, cell{m.about, look{wrap: true}})
	}
	c.to.add(cell{"pulled in", look{pulled: true}}, cell{"on Treated: an outlier that was pulled in to another's value", look{wrap: true}})
	c.to.add(nil, cell{"Figures that are not simply those of their year carry a note on Raw, as far as there are not more than a spreadsheet bears; Figures tells of all.", look{wrap: true}})
}

// licences lists under what the figures may be used.
func (c *coverWriter) licences() {
	list, count := c.usedOrigins()
	if len(list) == 0 {
		return
	}
	c.section("Licences of the figures")
	var order []string
	figures, publishers := map[string]int{}, map[string][]string{}
	for _, at := range list {
		o := c.Panel.Origins[at]
		licence := cmp.Or(o.Licence, "not stated")
		if figures[licence] == 0 {
			order = append(order, licence)
		}
		figures[licence] += count[at]
		publishers[licence] = append(publishers[licence], cmp.Or(o.Publisher, o.Code))
	}
	for _, licence := range order {
		c.fact(licence, fmt.Sprintf("%d figures: %s", figures[licence], strings.Join(unique(publishers[licence]), "; ")))
	}
}

// unique drops what was there before.
func unique(list []string) []string {
	seen := map[string]bool{}
	var out []string
	for _, s := range list {
		if !seen[s] {
			out = append(out, s)
		}
		seen[s] = true
	}
	return out
}
