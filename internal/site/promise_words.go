package site

import (
	"math"
	"net/url"
	"regexp"
	"strings"
	"sync"

	"mizan/internal/site/language"
	"mizan/spec"
	"mizan/target"
)

// ofTarget writes a value of a target with its currency, or with the sign of per
// cent; what is large in words.
func (c *visit) ofTarget(t *target.Track, v float64) string {
	front, back := c.PercentSigns()
	return c.measured(t, v, front, back)
}

// stepOfTarget writes a yearly step with its sign; percentages move in points.
func (c *visit) stepOfTarget(t *target.Track, v float64) string {
	front, back, _ := strings.Cut(c.T("target.points", "n", "\x00"), "\x00")
	s := c.measured(t, v, front, back)
	if v > 0 {
		s = c.Plus() + s
	}
	return s
}

func (c *visit) measured(t *target.Track, v float64, front, back string) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return language.Gap
	}
	s := c.Amount(math.Abs(v))
	switch {
	case t.Currency != "":
		s = c.Money(t.Currency, s)
	case percentages(t):
		s = front + s + back
	}
	if v < 0 {
		s = c.Minus() + s
	}
	return s
}

func percentages(t *target.Track) bool { return strings.HasPrefix(t.Measure, "%") }

// yearlyGrowth writes a share a year with its sign.
func (c *visit) yearlyGrowth(v float64) string {
	s := c.Percent(v, 1)
	if v > 0 {
		s = c.Plus() + s
	}
	return s
}

// probability writes a share of paths.
func (c *visit) probability(p float64) string { return c.shareIn(p, 0.001, 1) }

// share writes a share of draws.
func (c *visit) share(v float64) string { return c.shareIn(v, 0.01, 0) }

// shareIn writes a share in percent with some digits, of which least is the
// smallest step; only what none or all do is 0 or 100 %.
func (c *visit) shareIn(v, least float64, digits int) string {
	switch {
	case v > 0 && v < least:
		return c.T("target.less", "p", c.Percent(least, digits))
	case v < 1 && v > 1-least:
		return c.T("target.more", "p", c.Percent(1-least, digits))
	}
	return c.Percent(v, digits)
}

// targetTitle is what a promise is called.
func (c *visit) targetTitle(t *target.Track) string {
	return c.Text(t.Title, c.Text(t.What, t.ID))
}

// themeName is what a theme of promises is called.
func (c *visit) themeName(theme string) string {
	if key := "theme." + language.Slug(theme); c.Has(key) {
		return c.T(key)
	}
	return language.Human(theme)
}

// methodName is what a way to judge is called.
func (c *visit) methodName(m *target.Method) string {
	if key := "target.method." + m.Name; c.Has(key) {
		return c.T(key)
	}
	return m.Title
}

// verdictWords is what a method says, in the language of the page.
func (c *visit) verdictWords(v *target.Verdict) string {
	if v.Says == "" {
		return c.T("target.says.none")
	}
	if key := "target.says." + language.Slug(v.Says); c.Has(key) {
		return c.T(key)
	}
	return v.Says
}

// bandRules are the ways in which the rule of a verdict names its limits.
var bandRules = sync.OnceValue(func() map[string]*regexp.Regexp {
	const n = `(-?[0-9.]+(?: %)?)`
	return map[string]*regexp.Regexp{
		"target.band.least":   regexp.MustCompile(`^at least ` + n + `$`),
		"target.band.most":    regexp.MustCompile(`^at most ` + n + `$`),
		"target.band.gap":     regexp.MustCompile(`^a gap of at most ` + n + `$`),
		"target.band.below":   regexp.MustCompile(`^below ` + n + `$`),
		"target.band.above":   regexp.MustCompile(`^above ` + n + `$`),
		"target.band.between": regexp.MustCompile(`^` + n + ` to ` + n + `$`),
	}
})

// bandWords is the part of a rule that gave a verdict.
func (c *visit) bandWords(rule string) string {
	if rule == "the latest figure meets the target" {
		return c.T("target.band.met")
	}
	for key, pattern := range bandRules() {
		if found := pattern.FindStringSubmatch(rule); found != nil {
			return c.T(key, "a", c.Localised(found[1]), "b", c.Localised(found[len(found)-1]))
		}
	}
	return rule
}

// howMeasured tells what kind of figure a target is of.
func (c *visit) howMeasured(t *target.Track) string {
	words := []string{c.T("target.kind." + targetKind(t))}
	if t.Measure != "" {
		words = append(words, c.Measure(t.Measure))
	}
	switch {
	case t.Prices == "current":
		words = append(words, c.T("target.prices.current"))
	case t.Prices != "":
		words = append(words, c.T("target.prices", "of", t.Prices))
	}
	if t.NaturalLimit != nil {
		words = append(words, c.T("target.limit", "value", c.ofTarget(t, *t.NaturalLimit)))
	}
	return strings.Join(words, c.T("list.comma"))
}

func targetKind(t *target.Track) string {
	switch t.Kind {
	case spec.KindStock, spec.KindFlow, spec.KindShare, spec.KindCumulative:
		return t.Kind
	}
	return spec.KindStock
}

// originOf finds an origin by code, or takes the source for an address.
func (c *visit) originOf(source string) sourceWords {
	for _, o := range c.book.Origins {
		if o.Code == source && source != "" {
			return sourceWords{Publisher: o.Publisher, Title: o.Title, URL: webAddress(o.URL), Licence: o.Licence}
		}
	}
	if u, err := url.Parse(source); err == nil && webAddress(source) != "" {
		return sourceWords{Publisher: u.Hostname(), URL: source}
	}
	return sourceWords{Publisher: source}
}

// sourceWords is a source as the part "source" shows it.
type sourceWords struct{ Publisher, Title, Licence, URL string }

// sourcesOfTarget names the publishers of a target's figures.
func (c *visit) sourcesOfTarget(t *target.Track) []string {
	var names []string
	add := func(source string) {
		o := c.originOf(source)
		name := o.Publisher
		if o.Licence != "" {
			name = c.T("in-brackets", "text", name, "note", o.Licence)
		}
		for _, known := range names {
			if known == name {
				return
			}
		}
		if name != "" {
			names = append(names, name)
		}
	}
	add(t.Source)
	for _, p := range t.Series {
		add(p.Source)
	}
	add(t.Goal.Source)
	if len(names) > mostSources {
		names = append(names[:mostSources:mostSources], c.T("target.sources.more"))
	}
	return names
}
