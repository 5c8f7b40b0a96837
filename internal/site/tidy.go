package site

import (
	"slices"

	"mizan/engine"
)

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
