package site

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"mizan/internal/site/language"
	"mizan/spec"
)

// aboutView is the page of what the index is, who made it and how to cite it.
type aboutView struct {
	About      []string
	Facts      []pair
	Imprint    *imprintView
	Citation   string
	BibTeX     string
	Files      []link // citations as files
	Licences   []licenceRow
	Publishers []publisherRow
	More       int // publishers that are not named here
	Build      string
	Trace      string
	Site       string
	Data       string // addresses
	Method     string
	Sure       string
	Releases   string
	Boundaries bool // there is a map
}

type licenceRow struct {
	Name   string
	Series int
}

type publisherRow struct {
	Name   string
	Series int
}

const namedPublishers = 12

// citations are the files that hold a citation, among those that can be loaded.
var citations = []string{"citation.bib", "citation.ris"}

func aboutPage(c *visit) (any, error) {
	b := c.book
	v := &aboutView{
		About: language.Paragraphs(c.Text(b.Project.Description, "")), Build: "mizan build" + c.arguments(), Site: "mizan site" + c.arguments() + " -o site",
		Data: c.to("/data"), Method: c.to("/methodology"), Sure: c.to("/uncertainty"), Boundaries: b.mappable(),
	}
	if order := b.byRank(c.year, b.top); len(order) > 0 && len(b.Indicators) > 0 {
		v.Trace = "mizan trace" + c.projectFlag() + " " + shellWord(b.Units[order[0]].Code) + " " + shellWord(b.Indicators[0].Code)
	}
	if c.site.hasReleases() {
		v.Releases = c.releaseNote().All
	}
	c.aboutFacts(v)
	c.aboutSources(v)
	v.Imprint = c.imprintOf(&b.Project.Imprint)
	v.Citation, v.BibTeX = c.citation()
	for _, d := range c.site.config.Downloads {
		if slices.Contains(citations, d.Name) {
			v.Files = append(v.Files, link{Label: d.Name, URL: c.to("/download/" + d.Name)})
		}
	}
	return v, nil
}

// aboutFacts counts what the project has.
func (c *visit) aboutFacts(v *aboutView) {
	b := c.book
	add := func(key string, n int) {
		if n > 0 {
			v.Facts = append(v.Facts, pair{c.T(key), c.Count(n)})
		}
	}
	used := 0
	for i := range b.Indicators {
		if b.Indicators[i].InFramework {
			used++
		}
	}
	add("about.units", len(b.byRank(c.year, b.top)))
	add("about.indicators", used)
	years := strconv.Itoa(b.Years[0])
	if n := len(b.Years); n > 1 {
		years = c.T("range", "low", years, "high", strconv.Itoa(b.Years[n-1]))
	}
	v.Facts = append(v.Facts, pair{c.T("about.years"), years})
	if b.Spec != nil {
		add("about.alliances", len(b.Spec.Alliances))
		add("about.targets", len(b.Spec.Targets))
		add("about.scenarios", len(b.Spec.Scenarios))
	}
}

// aboutSources counts the series of each publisher and under each licence.
func (c *visit) aboutSources(v *aboutView) {
	b := c.book
	publishers, licences := map[string]int{}, map[string]int{}
	for i := range b.Indicators {
		here, under := map[string]bool{}, map[string]bool{}
		for _, o := range b.originsOf(b.Indicators[i].Code) {
			here[originLabel(b.Origins[o])] = true
			under[cmp.Or(b.Origins[o].Licence, c.T("about.no-licence"))] = true
		}
		for name := range here {
			publishers[name]++
		}
		for name := range under {
			licences[name]++
		}
	}
	for name, n := range publishers {
		v.Publishers = append(v.Publishers, publisherRow{name, n})
	}
	for name, n := range licences {
		v.Licences = append(v.Licences, licenceRow{name, n})
	}
	slices.SortFunc(v.Publishers, func(a, b publisherRow) int {
		return cmp.Or(b.Series-a.Series, strings.Compare(a.Name, b.Name))
	})
	slices.SortFunc(v.Licences, func(a, b licenceRow) int {
		return cmp.Or(b.Series-a.Series, strings.Compare(a.Name, b.Name))
	})
	if n := len(v.Publishers); n > namedPublishers {
		v.Publishers, v.More = v.Publishers[:namedPublishers], n-namedPublishers
	}
}

// citation is how to name the index in a text, and as an entry of BibTeX.
func (c *visit) citation() (text, bib string) {
	b := c.book
	title := c.Text(b.Project.Title, b.Project.ID)
	i := &b.Project.Imprint
	year := cmp.Or(i.Year(), strconv.Itoa(c.yearNumber()))
	text = c.credited(i, title, year) + c.T("about.citation.blank") + c.T("about.citation.state", "version", c.site.config.Version, "hash", "sha256:"+b.Project.Hash)
	address := cmp.Or(c.site.config.Address, i.HomePage)
	if at := cmp.Or(i.DOILink(), address); at != "" {
		text += " " + at
	}
	fields := [][2]string{
		{"author", c.bibAuthors(i)},
		{"title", "{" + bibText(title) + "}"},
		{"year", year},
		{"version", bibText(i.Version)},
		{"publisher", bibText(c.Text(i.Publisher.Name, ""))},
		{"doi", unbraced(i.DOI)},
		{"note", bibText("Composite index, computed by Mizan " + c.site.config.Version + ". sha256:" + b.Project.Hash)},
		{"url", unbraced(address)},
	}
	var out strings.Builder
	out.WriteString("@misc{" + bibKey(b.Project.ID))
	for _, f := range fields {
		if f[1] != "" {
			out.WriteString(",\n  " + f[0] + strings.Repeat(" ", 10-len(f[0])) + "= {" + f[1] + "}")
		}
	}
	out.WriteString("\n}")
	return text, out.String()
}

// bibAuthors are the authors as BibTeX divides them.
func (c *visit) bibAuthors(i *spec.Imprint) string {
	var names []string
	for k := range i.Authors {
		name := "{" + bibText(c.Text(i.Authors[k].Name, "")) + "}"
		if family, given := i.Authors[k].Split(c.Code); family != "" && given != "" {
			name = "{" + bibText(family) + "}, " + bibText(given)
		}
		names = append(names, name)
	}
	return strings.Join(names, " and ")
}

// bibText is text as BibTeX takes it, without what it reads as a command.
func bibText(s string) string {
	var out strings.Builder
	for _, r := range s {
		switch {
		case strings.ContainsRune(`{}\`, r):
		case strings.ContainsRune(`&%$#_`, r):
			out.WriteString(`\` + string(r))
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// unbraced is an address, or "" where BibTeX would not take it as it stands.
func unbraced(s string) string {
	if strings.ContainsAny(s, `{}\`) {
		return ""
	}
	return s
}

func bibKey(s string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7f && !strings.ContainsRune(`"#%'(),={}~\`, r) {
			return r
		}
		return '-'
	}, s)
}
