package site

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"mizan/internal/site/address"
)

// rowsPerPage is how many rows a table of units has on one page.
const rowsPerPage = 500

// pager leads through a table of several pages; nil where one page has it all.
type pager struct {
	First, Last, Of int // rows shown, from 1
	Pages           []link
}

// paged tells which of n rows the page shows that is asked for, and where the
// others are. page is the address of the first.
func (c *visit) paged(page string, n int) (from, to int, p *pager) {
	last := max(1, (n+rowsPerPage-1)/rowsPerPage)
	at, err := strconv.Atoi(c.chosen("page"))
	if err != nil || at < 1 || at > last {
		at = 1
	}
	from, to = (at-1)*rowsPerPage, min(at*rowsPerPage, n)
	if last == 1 {
		return from, to, nil
	}
	p = &pager{First: from + 1, Last: to, Of: n}
	for i := 1; i <= last; i++ {
		there := address.Place{Lang: c.at.Lang, Variant: c.at.Variant, Year: c.at.Year, Page: page}
		if i > 1 {
			there.Page += "/page/" + strconv.Itoa(i)
		}
		q := url.Values{}
		for k, v := range c.query {
			if k != "page" && len(v) > 0 && v[0] != "" {
				q.Set(k, v[0])
			}
		}
		p.Pages = append(p.Pages, link{Label: c.Count(i), URL: c.link(there, q, nil), Here: i == at})
	}
	return from, to, p
}

// cut bounds a table that has no further pages, and says so; "" if it is whole.
func (c *visit) cut(order []int) (rows []int, says string) {
	if len(order) <= rowsPerPage {
		return order, ""
	}
	return order[:rowsPerPage], c.T("pager.shown", "first", 1, "last", rowsPerPage, "of", len(order))
}

// few lists the first of many words and counts the others.
func (c *visit) few(words []string, most int) string {
	if len(words) <= most {
		return c.List(words)
	}
	return c.List(append(slices.Clone(words[:most]), c.T("pager.more", "n", len(words)-most)))
}

// unpaged is the first page of the table that a page belongs to.
func unpaged(page string) string {
	first, _, _ := strings.Cut(page, "/page/")
	return first
}
