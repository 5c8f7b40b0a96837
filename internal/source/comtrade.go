package source

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const comtradeBase = "https://comtradeapi.un.org/data/v1/get/C/A/HS"

// comtrade is UN Comtrade: goods by the codes of customs (HS), a year at a time.
func comtrade() *Connector {
	c := &Connector{
		Name: "comtrade", Title: "UN Comtrade, trade in goods", Publisher: "United Nations Statistics Division",
		Licence: "Free with attribution; re-dissemination of the data needs a licence of the United Nations", URL: "https://comtradedeveloper.un.org", Base: comtradeBase,
		Series: "COMMODITY:FLOW, a code of customs (HS) or TOTAL, and X for exports or M for imports", Example: "8542:X",
		About:   "Values in US dollars, exports free on board and imports with insurance and freight. With option pairs by partner, from the reporter to the partner.",
		Options: []Option{{Name: "pairs", About: "yes, for the values by partner"}},
		Key:     &Key{Env: "COMTRADE_API_KEY", Header: "Ocp-Apim-Subscription-Key", Must: true},
		Pause:   time.Second, Pairs: true,
	}
	c.Requests = func(q *Query) ([]Request, error) {
		var list []Request
		for i, s := range q.Series {
			commodity, flow := fileAndRest(s.Key)
			if commodity == "" || flow != "X" && flow != "M" {
				return nil, fmt.Errorf("the series %s is not COMMODITY:X or COMMODITY:M", quote(s.Key))
			}
			for y := q.From; y <= q.To; y++ {
				v := url.Values{
					"period": {strconv.Itoa(y)}, "cmdCode": {commodity}, "flowCode": {flow}, "partner2Code": {"0"}, "customsCode": {"C00"}, "motCode": {"0"},
				}
				if c.option(q, "pairs") != "yes" {
					v.Set("partnerCode", "0")
				}
				list = append(list, Request{URL: q.base(comtradeBase) + "?" + v.Encode(), Accept: "application/json", Series: i})
			}
		}
		return list, nil
	}
	c.Parse = func(q *Query, parts []Part) (*Harvest, error) { return parseComtrade(c, q, parts) }
	return c
}

type comtradeAnswer struct {
	Count json.Number    `json:"count"`
	Data  *[]comtradeRow `json:"data"`
	Error string         `json:"error"`
}

type comtradeRow struct {
	Reporter json.Number  `json:"reporterCode"`
	Partner  json.Number  `json:"partnerCode"`
	Partner2 *json.Number `json:"partner2Code"`
	Period   any          `json:"period"`
	Customs  string       `json:"customsCode"`
	Mode     *json.Number `json:"motCode"`
	Value    *json.Number `json:"primaryValue"`
}

// comtradeMost is how many rows an answer can have; one that is full lacks
// others.
const comtradeMost = 100000

func parseComtrade(c *Connector, q *Query, parts []Part) (*Harvest, error) {
	h, f := &Harvest{}, newFinder(q)
	pairs := c.option(q, "pairs") == "yes"
	for i := range parts {
		p := &parts[i]
		a := &comtradeAnswer{}
		if err := decode(p.Body, a); err != nil || a.Data == nil {
			return nil, badAnswer(p.URL, "the answer has no data"+because(err)+oneLine(a.Error), "try again later")
		}
		if a.Error != "" {
			return nil, badAnswer(p.URL, "UN Comtrade answers: "+oneLine(a.Error), "check commodity and years")
		}
		if len(*a.Data) >= comtradeMost {
			return nil, badAnswer(p.URL, fmt.Sprintf("the answer has %d rows, as many as one can have, so that others may be missing", len(*a.Data)), "ask for a narrower commodity")
		}
		for _, r := range *a.Data {
			if r.Value == nil || r.Customs != "" && r.Customs != "C00" || !zero(r.Partner2) || !zero(r.Mode) {
				continue
			}
			v, ok := parseNumber(r.Value.String())
			year, dated := parseYear(fmt.Sprint(r.Period))
			if !ok || !dated {
				return nil, badAnswer(p.URL, fmt.Sprintf("a row has the period %s and the value %s", quote(fmt.Sprint(r.Period)), quote(r.Value.String())), "try again later")
			}
			reporter, known := f.unit(comtradeCode(r.Reporter.String()))
			world := r.Partner.String() == "0"
			if !known || year < q.From || year > q.To || world == pairs {
				continue
			}
			code := q.Series[p.Series].Code
			if !pairs {
				h.Observations = append(h.Observations, Observation{Unit: reporter, Series: code, Year: year, Value: v})
				continue
			}
			if partner, known := f.unit(comtradeCode(r.Partner.String())); known && partner != reporter {
				h.Pairs = append(h.Pairs, Pair{A: reporter, B: partner, Series: code, Year: year, Weight: v})
			}
		}
	}
	h.Findings = append(h.Findings, f.finding()...)
	return h, nil
}

func zero(n *json.Number) bool { return n == nil || n.String() == "0" }

// comtradeCode turns Comtrade's codes, which are those of ISO 3166 but for some
// with their customs territories, into those of ISO.
func comtradeCode(code string) string {
	switch code {
	case "842": // with Puerto Rico and the US Virgin Islands
		return "USA"
	case "251": // with Monaco
		return "FRA"
	case "757": // with Liechtenstein
		return "CHE"
	case "579": // with Svalbard and Jan Mayen
		return "NOR"
	case "699": // without Sikkim in the past
		return "IND"
	case "490": // other Asia, not elsewhere specified
		return "TWN"
	}
	return strings.Repeat("0", max(0, 3-len(code))) + code
}
