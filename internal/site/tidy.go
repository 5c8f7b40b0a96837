package site

import (
	"slices"

	"mizan/engine"
	"mizan/internal/site/language"
)

// tidyReport sets what pages show in place of the report's own: the same with
// names that are tidied. Codes stay as they are.
func (b *book) tidyReport(r *engine.Report) {
	b.Project = r.Project
	b.Project.Title, b.Project.Description = language.Tidied(r.Project.Title, language.LongestName), language.Tidied(r.Project.Description, language.LongestText)
	b.Project.Variants = slices.Clone(r.Project.Variants)
	for i := range b.Project.Variants {
		v := &b.Project.Variants[i]
		v.Title, v.Description = language.Tidied(v.Title, language.LongestName), language.Tidied(v.Description, language.LongestText)
	}
	b.Units = slices.Clone(r.Units)
	for i := range b.Units {
		u := &b.Units[i]
		u.Name = language.Tidied(u.Name, language.LongestName)
		u.Groups = language.Tidied(u.Groups, language.LongestName)
	}
	b.Nodes = slices.Clone(r.Nodes)
	for i := range b.Nodes {
		b.Nodes[i].Name = language.Tidied(b.Nodes[i].Name, language.LongestName)
	}
	b.Indicators = slices.Clone(r.Indicators)
	for i := range b.Indicators {
		x := &b.Indicators[i]
		x.Name, x.Measure = language.Tidied(x.Name, language.LongestName), language.Tidy(x.Measure, language.LongestName)
	}
	b.Origins = slices.Clone(r.Origins)
	for i := range b.Origins {
		o := &b.Origins[i]
		o.Publisher, o.Title, o.Licence, o.Note = language.Tidy(o.Publisher, language.LongestName), language.Tidy(o.Title, language.LongestName), language.Tidy(o.Licence, language.LongestName), language.Tidy(o.Note, language.LongestText)
	}
	b.Findings = slices.Clone(r.Findings)
	for i := range b.Findings {
		f := &b.Findings[i]
		f.Message, f.Remedy = language.Tidy(f.Message, language.LongestText), language.Tidy(f.Remedy, language.LongestText)
	}
}
