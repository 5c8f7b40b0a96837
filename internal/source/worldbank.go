package source

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"mizan"
)

// worldBank is the World Bank's Indicators API, version 2: figures page by page
// as JSON, a pair of a header and rows, and the list of economies, by which
// those are told from aggregates such as the world.
func worldBank() *Connector {
	return &Connector{
		Name: "worldbank", Title: "World Bank Indicators API v2", Publisher: "World Bank",
		Licence: "CC BY 4.0", URL: "https://datahelpdesk.worldbank.org/knowledgebase/articles/889392",
		Base: "https://api.worldbank.org/v2", Series: "the code of an indicator", Example: "GB.XPD.RSDV.GD.ZS",
		About: "All databases of the World Bank, the World Development Indicators first. Aggregates such as regions are left out. Some series of other publishers have terms of their own.",
		Options: []Option{
			{Name: "database", About: "the number of the database, where an indicator stands in several; the World Development Indicators are 2"},
		},
		Pause:    100 * time.Millisecond,
		Requests: worldBankRequests, Next: worldBankNext, Parse: parseWorldBank,
		Describe: &Describer{Requests: worldBankDescribe, Parse: parseWorldBankNames},
	}
}

const (
	worldBankBase  = "https://api.worldbank.org/v2"
	worldBankRows  = 20000
	roleUnits      = "units"
	roleSeries     = "series"
	mostPages      = 10000
	worldBankUnits = 400
)

func worldBankRequests(q *Query) ([]Request, error) {
	list := []Request{worldBankEconomies(q)}
	for i, s := range q.Series {
		v := url.Values{"format": {"json"}, "date": {fmt.Sprintf("%d:%d", q.From, q.To)}, "per_page": {strconv.Itoa(worldBankRows)}, "page": {"1"}}
		if d := q.Options["database"]; d != "" {
			v.Set("source", d)
		}
		list = append(list, Request{
			URL:    q.base(worldBankBase) + "/country/all/indicator/" + url.PathEscape(s.Key) + "?" + v.Encode(),
			Accept: "application/json", Series: i,
		})
	}
	return list, nil
}

func worldBankEconomies(q *Query) Request {
	return Request{URL: fmt.Sprintf("%s/country?format=json&per_page=%d&page=1", q.base(worldBankBase), worldBankUnits), Accept: "application/json", Role: roleUnits}
}

// worldBankHead is the first element of an answer.
type worldBankHead struct {
	Page        json.Number `json:"page"`
	Pages       json.Number `json:"pages"`
	Total       json.Number `json:"total"`
	LastUpdated string      `json:"lastupdated"`
	Message     []struct {
		Key   string `json:"key"`
		Value string `json:"value"`
	} `json:"message"`
}

// worldBankNext asks for the page after an answer.
func worldBankNext(_ *Query, p *Part) (*Request, error) {
	head, _, err := worldBankAnswer(p)
	if err != nil {
		return nil, err
	}
	page, _ := head.Page.Int64()
	pages, _ := head.Pages.Int64()
	if page >= pages {
		return nil, nil
	}
	if pages > mostPages {
		return nil, badAnswer(p.URL, fmt.Sprintf("the answer promises %d pages", pages), "ask for fewer years")
	}
	u, err := url.Parse(p.URL)
	if err != nil {
		return nil, badAnswer(p.URL, "the address cannot be read", "")
	}
	v := u.Query()
	if was := v.Get("page"); was != strconv.FormatInt(page, 10) {
		return nil, badAnswer(p.URL, fmt.Sprintf("page %s was asked for, page %d came", was, page), "try again later")
	}
	v.Set("page", strconv.FormatInt(page+1, 10))
	u.RawQuery = v.Encode()
	next := p.Request
	next.URL = u.String()
	return &next, nil
}

// worldBankAnswer reads the pair of a header and rows. A refusal is a pair
// without rows, with status 200.
func worldBankAnswer(p *Part) (*worldBankHead, json.RawMessage, error) {
	var pair []json.RawMessage
	if err := decode(p.Body, &pair); err != nil || len(pair) == 0 {
		return nil, nil, badAnswer(p.URL, "the answer is not the World Bank's pair of a header and rows"+because(err), "try again later; is the address that of the API?")
	}
	head := &worldBankHead{}
	if err := decode(pair[0], head); err != nil {
		return nil, nil, badAnswer(p.URL, "the header of the answer cannot be read"+because(err), "try again later")
	}
	if len(head.Message) > 0 {
		m := head.Message[0]
		return nil, nil, mizan.Problems{{
			ID: "refused", Place: mizan.Place{File: p.URL}, Cause: "the World Bank answers: " + oneLine(m.Key+": "+m.Value),
			Remedy: "check the code of the series on data.worldbank.org; some stand in another database: option `database`",
		}}
	}
	if len(pair) < 2 {
		return head, nil, nil
	}
	return head, pair[1], nil
}

type worldBankValue struct {
	ID    string `json:"id"`
	Value string `json:"value"`
}

type worldBankRow struct {
	Indicator worldBankValue `json:"indicator"`
	Country   worldBankValue `json:"country"`
	ISO3      string         `json:"countryiso3code"`
	Date      string         `json:"date"`
	Value     *json.Number   `json:"value"`
	Status    string         `json:"obs_status"`
}

type worldBankEconomy struct {
	ID     string         `json:"id"`
	ISO2   string         `json:"iso2Code"`
	Name   string         `json:"name"`
	Region worldBankValue `json:"region"`
	Income worldBankValue `json:"incomeLevel"`
}

func parseWorldBank(q *Query, parts []Part) (*Harvest, error) {
	h := &Harvest{}
	economies, err := worldBankUnitList(h, parts)
	if err != nil {
		return nil, err
	}
	f := newFinder(q)
	for i := range parts {
		p := &parts[i]
		if p.Role != "" {
			continue
		}
		_, text, err := worldBankAnswer(p)
		if err != nil {
			return nil, err
		}
		var rows []worldBankRow
		if err := decode(text, &rows); text != nil && err != nil {
			return nil, badAnswer(p.URL, "the rows of the answer cannot be read"+because(err), "try again later")
		}
		for _, r := range rows {
			if err := worldBankFigure(h, q, f, economies, p, r); err != nil {
				return nil, err
			}
		}
	}
	h.Findings = append(h.Findings, f.finding()...)
	return h, nil
}

// worldBankFigure takes one row, unless it is empty or that of an aggregate.
func worldBankFigure(h *Harvest, q *Query, f *finder, economies map[string]string, p *Part, r worldBankRow) error {
	iso3, ok := economies[r.ISO3]
	if !ok {
		iso3, ok = economies[r.Country.ID]
	}
	if r.Value == nil || !ok {
		return nil
	}
	v, number := parseNumber(r.Value.String())
	year, dated := parseYear(r.Date)
	if !number || !dated {
		return badAnswer(p.URL, fmt.Sprintf("the row of %s has the date %s and the value %s", r.Country.Value, quote(r.Date), quote(r.Value.String())),
			"only yearly series can be read")
	}
	unit, ok := f.unit(iso3)
	if !ok || year < q.From || year > q.To || p.Series >= len(q.Series) {
		return nil
	}
	status := mizan.Observed
	switch r.Status {
	case "E":
		status = mizan.Estimated
	case "P", "F":
		status = mizan.Provisional
	}
	h.Observations = append(h.Observations, Observation{Unit: unit, Series: q.Series[p.Series].Code, Year: year, Value: v, Status: status})
	return nil
}

// worldBankUnitList reads the list of economies: codes of two and three letters
// to that of three. Aggregates are left out.
func worldBankUnitList(h *Harvest, parts []Part) (map[string]string, error) {
	economies := map[string]string{}
	found := false
	for i := range parts {
		p := &parts[i]
		if p.Role != roleUnits {
			continue
		}
		_, text, err := worldBankAnswer(p)
		if err != nil {
			return nil, err
		}
		var rows []worldBankEconomy
		if err := decode(text, &rows); err != nil {
			return nil, badAnswer(p.URL, "the list of economies cannot be read"+because(err), "try again later")
		}
		found = true
		for _, r := range rows {
			if r.Region.ID == "NA" || strings.TrimSpace(r.Region.Value) == "Aggregates" || len(r.ID) != 3 || economies[r.ID] != "" {
				continue
			}
			economies[r.ID] = r.ID
			if r.ISO2 != "" {
				economies[r.ISO2] = r.ID
			}
			h.Units = append(h.Units, UnitInfo{Code: r.ID, Name: oneLine(r.Name), Region: oneLine(r.Region.Value), Income: oneLine(r.Income.Value)})
		}
	}
	if !found {
		return nil, badAnswer("", "the list of economies is missing", "pull again")
	}
	return economies, nil
}

func worldBankDescribe(q *Query) ([]Request, error) {
	list := []Request{worldBankEconomies(q)}
	for i, s := range q.Series {
		v := url.Values{"format": {"json"}}
		if d := q.Options["database"]; d != "" {
			v.Set("source", d)
		}
		list = append(list, Request{
			URL: q.base(worldBankBase) + "/indicator/" + url.PathEscape(s.Key) + "?" + v.Encode(), Accept: "application/json", Role: roleSeries, Series: i,
		})
	}
	return list, nil
}

func parseWorldBankNames(q *Query, parts []Part) (*Harvest, error) {
	h := &Harvest{}
	if _, err := worldBankUnitList(h, parts); err != nil {
		return nil, err
	}
	var problems mizan.Problems
	for i := range parts {
		p := &parts[i]
		if p.Role != roleSeries || p.Series >= len(q.Series) {
			continue
		}
		_, text, err := worldBankAnswer(p)
		if err != nil {
			problems = append(problems, asProblemList(err)...)
			continue
		}
		var rows []struct {
			ID     string         `json:"id"`
			Name   string         `json:"name"`
			Unit   string         `json:"unit"`
			Source worldBankValue `json:"source"`
			Note   string         `json:"sourceNote"`
			From   string         `json:"sourceOrganization"`
		}
		if err := decode(text, &rows); err != nil || len(rows) == 0 {
			problems = append(problems, asProblemList(badAnswer(p.URL, "the answer names no indicator"+because(err), "check the code of the series"))...)
			continue
		}
		r := rows[0]
		name, measure := nameAndMeasure(oneLine(r.Name))
		if r.Unit != "" {
			measure = oneLine(r.Unit)
		}
		h.Series = append(h.Series, SeriesInfo{
			Code: q.Series[p.Series].Code, Key: q.Series[p.Series].Key, Name: name, Measure: measure, Source: oneLine(r.From), Note: oneLine(r.Note),
		})
	}
	return h, problems.OrNil()
}

// nameAndMeasure takes the measure off the end of a name: "GDP (current US$)".
func nameAndMeasure(s string) (name, measure string) {
	i := strings.LastIndex(s, " (")
	if i < 1 || !strings.HasSuffix(s, ")") || strings.Contains(s[i+2:len(s)-1], ")") {
		return s, ""
	}
	return s[:i], s[i+2 : len(s)-1]
}

// decode reads JSON that is one value and nothing more. Numbers keep their
// digits.
func decode(text []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(text, []byte("\uFEFF"))))
	d.UseNumber()
	if err := d.Decode(v); err != nil {
		return err
	}
	if d.More() {
		return fmt.Errorf("more follows after byte %d", d.InputOffset())
	}
	return nil
}

// because adds a cause.
func because(err error) string {
	if err == nil {
		return ""
	}
	return ": " + oneLine(err.Error())
}

// oneLine is text of a publisher as it may stand in a file or on a screen: in
// one line, of bounded length, without control characters.
func oneLine(s string) string {
	const most = 500
	s = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == '\uFFFD' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, " "))), " ")
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return s
}

func asProblemList(err error) mizan.Problems {
	if p, ok := err.(mizan.Problems); ok { //nolint:errorlint // made here, never wrapped
		return p
	}
	return mizan.Problems{{ID: "bad-series", Cause: err.Error()}}
}
