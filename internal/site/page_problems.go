package site

import (
	"errors"
	"net/url"
	"strings"

	"mizan"
	"mizan/internal/site/address"
	"mizan/internal/site/language"
)

// problemsView lists what is wrong with a project that cannot be built.
type problemsView struct {
	Problems []problemRow
	Stale    bool // an older build is still shown
}

type problemRow struct{ Place, Cause, Remedy, Excerpt string }

func problemsOf(c *visit, err error) *problemsView {
	v := &problemsView{Stale: c.book != nil}
	var all mizan.Problems
	var one *mizan.Problem
	switch {
	case errors.As(err, &all):
	case errors.As(err, &one):
		all = mizan.Problems{one}
	case err != nil:
		v.Problems = []problemRow{{Cause: err.Error()}}
	}
	for _, p := range all {
		v.Problems = append(v.Problems, problemRow{p.Place.String(), p.Cause, p.Remedy, strings.TrimRight(p.Excerpt, "\n")})
	}
	return v
}

// problemsPage shows the problems of the newest state of the project.
func problemsPage(c *visit) (any, error) { return problemsOf(c, c.stale), nil }

// missingView says what does not exist and offers ways on.
type missingView struct {
	Lead       string
	Suggestion *link
	Known      []link
}

func missingOf(c *visit, n *notFound) *missingView {
	v := &missingView{Lead: c.T("missing.lead", "kind", c.Word("kind", n.kind), "name", n.name)}
	if n.suggestion != "" {
		v.Suggestion = &link{Label: n.suggestion, URL: c.wayTo(n.kind, n.suggestion)}
	}
	for _, k := range n.known {
		v.Known = append(v.Known, link{Label: k, URL: c.wayTo(n.kind, k)})
	}
	return v
}

// wayTo is the address of something by its kind and name.
func (c *visit) wayTo(kind, name string) string {
	switch kind {
	case "alliance":
		return c.allianceURL(name)
	case "unit":
		if code, ok := c.book.names[language.Fold(name)]; ok {
			name = code
		}
		return c.unitURL(name)
	case "indicator":
		return c.codeURL(name)
	case "target":
		return c.targetURL(name)
	case "variant":
		return c.link(address.Place{Lang: c.at.Lang, Variant: name}, url.Values{}, nil)
	case "year":
		return c.here("year", name)
	case "file":
		return c.to("/download/" + name)
	case "page":
		return c.to("/" + name)
	}
	return c.to("/")
}

// unknownPage answers to addresses that lead nowhere.
func unknownPage(c *visit) (any, error) {
	return nil, missing("page", c.at.Page, []string{"ranking", "methodology", "data"})
}
