package source

import (
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"
)

const openAlexBase = "https://api.openalex.org"

// openAlex counts works by country and year: for each year one question for the
// works of a filter, grouped by the countries of their authors. For pairs of
// countries it asks so for the works of each unit.
func openAlex() *Connector {
	c := &Connector{
		Name: "openalex", Title: "OpenAlex, works by country", Publisher: "OurResearch", Licence: "CC0 1.0",
		URL: "https://developers.openalex.org/guides/grouping", Base: openAlexBase,
		Series: "a filter of works; a work of two countries counts for both", Example: "primary_topic.subfield.id:1702,type:article",
		About: "Counts are of works with at least one author in the country. With option pairs the works of each two countries are counted, which asks once for each unit and year.",
		Options: []Option{
			{Name: "pairs", About: "yes, for works by two countries together"},
			{Name: "group", About: "what works are grouped by", Default: "authorships.countries"},
		},
		Key:   &Key{Env: "OPENALEX_API_KEY", Query: "api_key"},
		Pause: 150 * time.Millisecond, Pairs: true,
	}
	c.Requests = func(q *Query) ([]Request, error) { return openAlexRequests(c, q) }
	c.Next = openAlexNext
	c.Parse = func(q *Query, parts []Part) (*Harvest, error) { return parseOpenAlex(c, q, parts) }
	return c
}

func openAlexRequests(c *Connector, q *Query) ([]Request, error) {
	group := c.option(q, "group")
	ask := func(series, year int, filters ...string) Request {
		filters = append(filters, "publication_year:"+strconv.Itoa(year))
		v := url.Values{"filter": {strings.Join(filters, ",")}, "group_by": {group}, "per_page": {"200"}, "cursor": {"*"}}
		return Request{URL: q.base(openAlexBase) + "/works?" + v.Encode(), Accept: "application/json", Series: series}
	}
	var list []Request
	for i, s := range q.Series {
		for y := q.From; y <= q.To; y++ {
			if c.option(q, "pairs") != "yes" {
				list = append(list, ask(i, y, s.Key))
				continue
			}
			if q.Known == nil {
				return nil, errors.New("pairs are asked for unit by unit; the project needs a file of units")
			}
			for _, u := range q.Known {
				if iso2, ok := twoLetters(u); ok {
					list = append(list, ask(i, y, s.Key, group+":"+iso2))
				}
			}
		}
	}
	return list, nil
}

// twoLetters is the code of two letters for one of three.
func twoLetters(iso3 string) (string, bool) {
	if iso3 == "XKX" {
		return "XK", true
	}
	r, err := language.ParseRegion(iso3)
	return r.String(), err == nil && len(r.String()) == 2
}

type openAlexAnswer struct {
	Meta struct {
		NextCursor *string `json:"next_cursor"`
	} `json:"meta"`
	Groups *[]struct {
		Key   json.RawMessage `json:"key"`
		Count json.Number     `json:"count"`
	} `json:"group_by"`
	Error   string `json:"error"`
	Message string `json:"message"`
}

func openAlexAnswerOf(p *Part) (*openAlexAnswer, error) {
	a := &openAlexAnswer{}
	if err := decode(p.Body, a); err != nil || a.Groups == nil {
		if a.Error != "" {
			return nil, badAnswer(p.URL, "OpenAlex answers: "+oneLine(a.Error+": "+a.Message), "check the filter")
		}
		return nil, badAnswer(p.URL, "the answer has no groups"+because(err), "try again later")
	}
	return a, nil
}

// openAlexNext follows the cursor until there is none, or nothing more.
func openAlexNext(_ *Query, p *Part) (*Request, error) {
	a, err := openAlexAnswerOf(p)
	if err != nil || a.Meta.NextCursor == nil || *a.Meta.NextCursor == "" || len(*a.Groups) == 0 {
		return nil, err
	}
	u, err := url.Parse(p.URL)
	if err != nil {
		return nil, badAnswer(p.URL, "the address cannot be read", "")
	}
	v := u.Query()
	v.Set("cursor", *a.Meta.NextCursor)
	u.RawQuery = v.Encode()
	next := p.Request
	next.URL = u.String()
	return &next, nil
}

func parseOpenAlex(c *Connector, q *Query, parts []Part) (*Harvest, error) {
	h, f := &Harvest{}, newFinder(q)
	group := c.option(q, "group")
	for i := range parts {
		p := &parts[i]
		a, err := openAlexAnswerOf(p)
		if err != nil {
			return nil, err
		}
		year, of, err := openAlexQuestion(p, group)
		if err != nil {
			return nil, err
		}
		for _, g := range *a.Groups {
			var key string
			if json.Unmarshal(g.Key, &key) != nil {
				continue // a number, or null, is no country
			}
			unit, ok := f.unit(strings.ToUpper(key[strings.LastIndexByte(key, '/')+1:]))
			if !ok {
				continue
			}
			n, number := parseNumber(g.Count.String())
			if !number {
				return nil, badAnswer(p.URL, "a count is "+quote(g.Count.String()), "try again later")
			}
			code := q.Series[p.Series].Code
			if of == "" {
				h.Observations = append(h.Observations, Observation{Unit: unit, Series: code, Year: year, Value: n})
			} else if first, ok := f.unit(of); ok && first < unit {
				// Each pair comes twice, once from each side.
				h.Pairs = append(h.Pairs, Pair{A: first, B: unit, Series: code, Year: year, Weight: n})
			}
		}
	}
	h.Findings = append(h.Findings, f.finding()...)
	return h, nil
}

// openAlexQuestion reads from the address what was asked: the year, and the
// country whose works were grouped.
func openAlexQuestion(p *Part, group string) (year int, of string, err error) {
	u, err := url.Parse(p.URL)
	if err != nil {
		return 0, "", badAnswer(p.URL, "the address cannot be read", "")
	}
	parts := strings.Split(u.Query().Get("filter"), ",")
	slices.Reverse(parts)
	for i, x := range parts {
		name, value, _ := strings.Cut(x, ":")
		switch {
		case i == 0 && name == "publication_year":
			year, _ = strconv.Atoi(value)
		case i == 1 && name == group && len(value) == 2:
			of = value
		}
	}
	if year == 0 {
		return 0, "", badAnswer(p.URL, "the address asks for no year", "pull again")
	}
	return year, of, nil
}
