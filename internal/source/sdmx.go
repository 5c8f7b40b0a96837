package source

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"mizan"
)

// The services of SDMX (ISO 17369), a standard of statistical offices: a flow
// of data and a key of its dimensions, answered as SDMX-CSV or SDMX-JSON.

// sdmxService is what differs between services.
type sdmxService struct {
	name, title, publisher, licence, url, base, example, about string
	format                                                     string // the parameter format, where the service has one; "" = by media type
}

func sdmx(s sdmxService) *Connector {
	c := &Connector{
		Name: s.name, Title: s.title, Publisher: s.publisher, Licence: s.licence, URL: s.url, Base: s.base, About: s.about,
		Series: "FLOW/KEY as in the address after data/; the key has one value for each dimension but country and time, which stay empty", Example: s.example,
		Options: []Option{
			{Name: "version", About: "2.1 or 3.0, the version of the service's REST interface", Default: "2.1"},
			{Name: "form", About: "csv or json", Default: "csv"},
			{Name: "area", About: "the dimension of countries; by itself REF_AREA, geo, COUNTRY, …"},
		},
		Pause: time.Second,
	}
	c.Requests = func(q *Query) ([]Request, error) { return sdmxRequests(c, s, q) }
	c.Parse = func(q *Query, parts []Part) (*Harvest, error) { return parseSDMX(c, q, parts) }
	return c
}

func sdmxServices() []*Connector {
	return []*Connector{
		sdmx(sdmxService{
			"eurostat", "Eurostat, SDMX", "Eurostat", "Free with attribution (Commission Decision 2011/833/EU)", "https://ec.europa.eu/eurostat/web/user-guides/data-browser/api-data-access/api-introduction",
			"https://ec.europa.eu/eurostat/api/dissemination/sdmx/2.1", "isoc_eb_ai/A.10_C10_S951_XK.GE10.E_AI_TANY.PC_ENT.", "Greece is EL and the United Kingdom UK there; both are understood.", "SDMX-CSV",
		}),
		sdmx(sdmxService{
			"ilo", "ILOSTAT, SDMX", "International Labour Organization", "CC BY 4.0", "https://ilostat.ilo.org/resources/sdmx-tools/", //nolint:misspell // its own name
			"https://sdmx.ilo.org/rest", "ILO,DF_EAP_DWAP_SEX_AGE_RT,1.0/.A..SEX_T.AGE_YTHADULT_YGE15", "Labour statistics, modelled estimates among them.", "",
		}),
		sdmx(sdmxService{
			"oecd", "OECD Data Explorer, SDMX", "OECD", "CC BY 4.0", "https://www.oecd.org/en/data/insights/data-explainers/2024/09/api.html",
			"https://sdmx.oecd.org/public/rest", "OECD.STI.STP,DSD_MSTI@DF_MSTI,1.3/.A.G.PT_B1GQ..", "The button Developer API of the Data Explorer gives flow and key. At most 60 requests an hour.", "",
		}),
		sdmx(sdmxService{
			"sdmx", "Any SDMX service", "The publisher of the service", "", "https://sdmx.org", "", "AGENCY,FLOW,1.0/KEY", "The source gives url, the address before /data/.", "",
		}),
		sdmx(sdmxService{
			"un", "UNdata, SDMX", "United Nations Statistics Division", "Free with attribution (UNdata terms of use)", "https://data.un.org/Host.aspx?Content=API",
			"https://data.un.org/ws/rest", "UNSD,DF_UNDATA_COUNTRYDATA,1.4/", "Flows of several agencies of the United Nations.", "",
		}),
	}
}

const (
	sdmxCSV  = "application/vnd.sdmx.data+csv"
	sdmxJSON = "application/vnd.sdmx.data+json"
)

func sdmxRequests(c *Connector, s sdmxService, q *Query) ([]Request, error) {
	version, form := c.option(q, "version"), c.option(q, "form")
	if version != "2.1" && version != "3.0" || form != "csv" && form != "json" {
		return nil, mizan.Problems{{ID: "bad-option", Place: mizan.Place{File: "source " + q.Source}, Cause: "the options version and form are " + quote(version) + " and " + quote(form), Remedy: "versions are 2.1 and 3.0, forms csv and json"}}
	}
	var list []Request
	for i, x := range q.Series {
		flow, key, _ := strings.Cut(x.Key, "/")
		if flow == "" {
			return nil, mizan.Problems{{ID: "bad-series", Place: mizan.Place{File: "source " + q.Source}, Cause: "the series " + quote(x.Key) + " names no flow", Remedy: "write FLOW/KEY"}}
		}
		v := url.Values{}
		var path string
		accept := sdmxCSV + ";version=1.0.0, text/csv;q=0.5"
		if form == "json" {
			accept = sdmxJSON + ";version=1.0.0, application/json;q=0.5"
		}
		if version == "2.1" {
			path = "/data/" + escaped(flow) + "/" + escaped(key)
			v.Set("startPeriod", strconv.Itoa(q.From))
			v.Set("endPeriod", strconv.Itoa(q.To))
			if s.format != "" && form == "csv" {
				v.Set("format", s.format)
			}
		} else {
			path = "/data/dataflow/" + strings.ReplaceAll(escaped(flow), ",", "/") + "/" + escaped(key)
			v.Set("c[TIME_PERIOD]", fmt.Sprintf("ge:%d+le:%d", q.From, q.To))
			accept = strings.Replace(accept, "version=1.0.0", "version=2.0.0", 1)
		}
		list = append(list, Request{URL: strings.TrimRight(q.base(c.Base)+path, "/") + "?" + v.Encode(), Accept: accept, Series: i})
	}
	return list, nil
}

// escaped escapes a part of a path but for what SDMX puts there.
func escaped(s string) string {
	return strings.NewReplacer("%2C", ",", "%2B", "+", "%40", "@", "%3A", ":", "%2F", "/", "%2A", "*").Replace(url.PathEscape(s))
}

// areas are names of the dimension of countries.
var areas = []string{"REF_AREA", "GEO", "COUNTRY", "LOCATION", "COU", "AREA", "REPORTER", "REPORTING_COUNTRY"}

// sdmxRow is an observation with its dimensions.
type sdmxRow struct {
	area, period, value, status, power string
	rest                               string // the other dimensions, for messages
}

func parseSDMX(c *Connector, q *Query, parts []Part) (*Harvest, error) {
	h, f := &Harvest{}, newFinder(q)
	for i := range parts {
		p := &parts[i]
		read := sdmxCSVRows
		if formatOf(p) == "json" {
			read = sdmxJSONRows
		}
		rows, err := read(p, c.option(q, "area"))
		if err != nil {
			return nil, err
		}
		if err := takeSDMX(h, q, f, p, rows); err != nil {
			return nil, err
		}
	}
	h.Findings = append(h.Findings, f.finding()...)
	return h, nil
}

// takeSDMX makes figures of observations.
func takeSDMX(h *Harvest, q *Query, f *finder, p *Part, rows []sdmxRow) error {
	type cell struct {
		unit string
		year int
	}
	first := map[cell]string{}
	powers := map[string]bool{}
	for _, r := range rows {
		if missing(r.value) || r.value == ":" {
			continue
		}
		unit, ok := f.unit(r.area)
		if !ok {
			continue
		}
		year, dated := parseYear(r.period)
		if !dated {
			return badAnswer(p.URL, fmt.Sprintf("the period %s is no year", quote(r.period)), "narrow the key down to yearly figures, frequency A")
		}
		v, number := parseNumber(r.value)
		if !number {
			cause, _ := badNumber(r.value)
			return badAnswer(p.URL, "the figure of "+unit+" for "+r.period+": "+cause, "try again later")
		}
		if year < q.From || year > q.To {
			continue
		}
		at := cell{unit, year}
		if was, twice := first[at]; twice && was != r.rest {
			return mizan.Problems{{
				ID: "two-figures", Place: mizan.Place{File: p.URL},
				Cause:  fmt.Sprintf("there are several figures of %s in %d: those of %s and of %s", unit, year, was, r.rest),
				Remedy: "give a value for every dimension of the key but country and time",
			}}
		}
		first[at] = r.rest
		if r.power != "" && r.power != "0" {
			powers[r.power] = true
		}
		h.Observations = append(h.Observations, Observation{Unit: unit, Series: q.Series[p.Series].Code, Year: year, Value: v, Status: sdmxStatus(r.status)})
	}
	for _, power := range sortedSet(powers) {
		h.Findings = append(h.Findings, mizan.Finding{
			ID: "unit-multiplier", Severity: mizan.Info, Code: q.Series[p.Series].Code,
			Message: fmt.Sprintf("%s: the figures are given in units of ten to the power of %s (UNIT_MULT), and stay so", q.Series[p.Series].Code, oneLine(power)), Remedy: "say so in the indicator's `measure`",
		})
	}
	return nil
}

// sdmxStatus reads the code list CL_OBS_STATUS, and Eurostat's flags.
func sdmxStatus(code string) mizan.Status {
	switch strings.ToUpper(strings.TrimSpace(code)) {
	case "E", "F", "I", "S", "M":
		return mizan.Estimated
	case "P":
		return mizan.Provisional
	}
	return mizan.Observed
}

func sortedSet(m map[string]bool) []string {
	var list []string
	for k := range m {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}

// sdmxCSVRows reads SDMX-CSV, 1.0 and 2.0: a column for each dimension and
// attribute. With labels a cell is "CODE: label".
func sdmxCSVRows(p *Part, area string) ([]sdmxRow, error) {
	t, err := readTable(p, tableForm{format: "csv"})
	if err != nil {
		return nil, err
	}
	for i, n := range t.head {
		t.head[i], _, _ = strings.Cut(n, ":")
		t.index[folded(t.head[i])] = i
	}
	at := -1
	if area != "" {
		at = t.column(area)
	} else {
		for _, n := range areas {
			if at < 0 {
				at = t.column(n)
			}
		}
	}
	period, value := t.column("TIME_PERIOD"), t.column("OBS_VALUE")
	switch {
	case at < 0:
		return nil, t.lacks(or(area, "REF_AREA"), "give the dimension of countries as option area")
	case period < 0 || value < 0:
		return nil, t.lacks("TIME_PERIOD or OBS_VALUE", "is this SDMX-CSV?")
	}
	status, power := t.column("OBS_STATUS"), t.column("UNIT_MULT")
	if status < 0 {
		status = t.column("OBS_FLAG")
	}
	// Dimensions stand before the figure, attributes after it.
	var rest []int
	for i := range t.head[:value] {
		if n := folded(t.head[i]); i != at && i != period && n != "dataflow" && n != "structure" && n != "structureid" && n != "structurename" && n != "action" && n != "lastupdate" && n != "timeperiod" {
			rest = append(rest, i)
		}
	}
	code := func(row []string, i int) string {
		c, _, _ := strings.Cut(cellOf(row, i), ": ")
		return c
	}
	var rows []sdmxRow
	for _, row := range t.rows {
		if len(row) == 1 && strings.TrimSpace(row[0]) == "" {
			continue
		}
		var dims []string
		for _, i := range rest {
			dims = append(dims, t.head[i]+"="+code(row, i))
		}
		rows = append(rows, sdmxRow{code(row, at), code(row, period), cellOf(row, value), code(row, status), code(row, power), strings.Join(dims, " ")})
	}
	return rows, nil
}
