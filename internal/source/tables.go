package source

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// table is any table by its address or file, as CSV, workbook or JSON.
func table() *Connector {
	c := &Connector{
		Name: "table", Title: "Any table (CSV, XLSX, JSON, Parquet) by address or file", Publisher: "The publisher of the table",
		URL: "docs/data.md", Series: "COLUMN, sum(COLUMN) or count(), and which rows count: COLUMN[NAME=VALUE; OTHER=A|B]",
		Example: "value[indicator=GDP]",
		About:   "The source gives url: an address, or a file of the project. Numbers have a decimal point; text around them is an error, not a guess.",
		Options: append([]Option{
			{Name: "format", About: "csv, xlsx, json or parquet; by itself it is told by the first bytes"},
			{Name: "sheet", About: "the sheet of a workbook; by itself the first"},
			{Name: "header", About: "the row of the header, from 1"},
			{Name: "path", About: "the way to the rows in JSON: data.items"},
		}, ruleOptions()...),
	}
	c.Requests = func(q *Query) ([]Request, error) {
		var list []Request
		for i, s := range q.Series {
			if _, err := parsePick(s.Key); err != nil {
				return nil, err
			}
			list = append(list, Request{URL: q.Base, Series: i})
		}
		_, err := ruleOf(c, q)
		return list, err
	}
	c.Parse = parseTables(func(q *Query) (tableForm, error) {
		header, err := wholeOption(c, q, "header")
		return tableForm{format: c.option(q, "format"), sheet: c.option(q, "sheet"), header: header, path: c.option(q, "path")}, err
	}, func(q *Query, p *Part) (pick, tableRule, error) {
		pk, err := parsePick(q.Series[p.Series].Key)
		if err != nil {
			return pk, tableRule{}, err
		}
		r, err := ruleOf(c, q)
		return pk, r, err
	})
	return c
}

// ruleOptions say where units and years are in a table.
func ruleOptions() []Option {
	return []Option{
		{Name: "unit", About: "the column of the units: codes of two or three letters, or English names", Default: "unit"},
		{Name: "year", About: "the column of the years, or a year for all rows; across, where each year is a column", Default: "year"},
		{Name: "split", About: "what stands between several units in a cell, such as a comma; the row counts for each"},
		{Name: "dates", About: "yes, where the column of years holds dates"},
		{Name: "running", About: "yes, where sums and counts run on, each year holding those before"},
		{Name: "missing", About: "marks of missing values, with blanks between: \".. n/a\""},
		{Name: "scale", About: "a number that values are multiplied by"},
	}
}

// ruleOf reads the options of a table's rule.
func ruleOf(c *Connector, q *Query) (tableRule, error) {
	r := tableRule{
		unit: c.option(q, "unit"), year: c.option(q, "year"), split: c.option(q, "split"), missing: strings.Fields(c.option(q, "missing")),
		date: c.option(q, "dates") == "yes", running: c.option(q, "running") == "yes",
	}
	if y, ok := parseYear(r.year); ok {
		r.year, r.fixed = "", y
	}
	if r.year == "across" {
		r.year = ""
	}
	if s := c.option(q, "scale"); s != "" {
		v, ok := parseNumber(s)
		if !ok {
			return r, fmt.Errorf("the option scale is %s, not a number", quote(s))
		}
		r.scale = v
	}
	return r, nil
}

func wholeOption(c *Connector, q *Query, name string) (int, error) {
	s := c.option(q, name)
	if s == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return 0, fmt.Errorf("the option %s is %s, not a whole number", name, quote(s))
	}
	return n, nil
}

func plainForm(*Query) (tableForm, error) { return tableForm{}, nil }

// fileAndRest divides a key in two at the first colon.
func fileAndRest(key string) (file, rest string) {
	file, rest, _ = strings.Cut(key, ":")
	return strings.TrimSpace(file), strings.TrimSpace(rest)
}

const owidBase = "https://ourworldindata.org/grapher"

// ourWorldInData reads the CSV behind a chart: Entity, Code, Year and a column
// for each series, with short names.
func ourWorldInData() *Connector {
	return &Connector{
		Name: "owid", Title: "Our World in Data, the figures behind a chart", Publisher: "Our World in Data",
		Licence: "CC BY 4.0", URL: "https://docs.owid.io/projects/etl/api/chart-api/", Base: owidBase,
		Series: "the last part of the chart's address, and after a colon the column if there are several", Example: "co2:emissions_total",
		About: "Our World in Data is an intermediary: the licence of the first publisher, told below the chart, holds for the figures.",
		Pause: 500 * time.Millisecond,
		Requests: func(q *Query) ([]Request, error) {
			var list []Request
			for i, s := range q.Series {
				slug, _ := fileAndRest(s.Key)
				list = append(list, Request{
					URL: q.base(owidBase) + "/" + url.PathEscape(slug) + ".csv?v=1&csvType=full&useColumnShortNames=true", Accept: "text/csv", Series: i,
				})
			}
			return list, nil
		},
		Parse: parseOWID,
	}
}

func parseOWID(q *Query, parts []Part) (*Harvest, error) {
	h, f := &Harvest{}, newFinder(q)
	for i := range parts {
		p := &parts[i]
		t, err := readTable(p, tableForm{format: "csv"})
		if err != nil {
			return nil, err
		}
		_, column := fileAndRest(q.Series[p.Series].Key)
		if column == "" {
			var rest []string
			for _, n := range t.head {
				switch folded(n) {
				case "entity", "code", "year", "owidregion", "continent", "time":
				default:
					rest = append(rest, n)
				}
			}
			if len(rest) != 1 {
				return nil, badAnswer(p.URL, "the chart has the columns "+some(rest), "name one of them after a colon")
			}
			column = rest[0]
		}
		list, err := t.pickSeries(q, f, q.Series[p.Series].Code, pick{column: column}, tableRule{unit: "code", year: "year"})
		if err != nil {
			return nil, err
		}
		h.Observations = append(h.Observations, list...)
	}
	h.Findings = append(h.Findings, f.finding()...)
	return h, nil
}

const epochBase = "https://epoch.ai/data"

// epochAI reads Epoch's tables of models and clusters, a row each, which are
// counted or summed by country.
func epochAI() *Connector {
	c := &Connector{
		Name: "epoch", Title: "Epoch AI, tables of models and clusters", Publisher: "Epoch AI", Licence: "CC BY 4.0",
		URL: "https://epoch.ai/data", Base: epochBase,
		Series:  "FILE: and what of it, count() or sum(COLUMN), and which rows count: FILE:count()[Domain=Language]",
		Example: "notable_ai_models:count()",
		About:   "Rows are counted or summed by country and year; a model of two countries counts for both.",
		Options: []Option{
			{Name: "unit", About: "the column of the countries", Default: "Country (of organization)"}, //nolint:misspell // as the file has it
			{Name: "year", About: "the column of the dates, or a year for all rows", Default: "Publication date"},
			{Name: "running", About: "yes, where each year is to hold those before", Default: "yes"},
			{Name: "split", About: "what stands between several countries", Default: ","},
			{Name: "dates", About: "yes, where the column of years holds dates", Default: "yes"},
			{Name: "missing", About: "marks of missing values, with blanks between"},
			{Name: "scale", About: "a number that values are multiplied by"},
		},
		Pause: time.Second,
	}
	c.Requests = func(q *Query) ([]Request, error) {
		var list []Request
		for i, s := range q.Series {
			file, _ := fileAndRest(s.Key)
			list = append(list, Request{URL: q.base(epochBase) + "/" + url.PathEscape(file) + ".csv", Accept: "text/csv", Series: i})
		}
		return list, nil
	}
	c.Parse = parseTables(plainForm, func(q *Query, p *Part) (pick, tableRule, error) {
		_, what := fileAndRest(q.Series[p.Series].Key)
		if what == "" {
			what = "count()"
		}
		pk, err := parsePick(what)
		if err != nil {
			return pk, tableRule{}, err
		}
		r, err := ruleOf(c, q)
		return pk, r, err
	})
	return c
}

const top500Base = "https://www.top500.org/lists/top500"

// top500 reads the workbooks of the lists of supercomputers: one list a year,
// a row for each machine.
func top500() *Connector {
	c := &Connector{
		Name: "top500", Title: "TOP500, the lists of supercomputers", Publisher: "TOP500.org", URL: "https://www.top500.org/lists/top500/", Base: top500Base,
		Series: "count() or sum(COLUMN), and which rows count", Example: `sum(Rmax [TFlop/s])`,
		About:   "The list of November of each year, as a workbook; TOP500 asks for a login to fetch it, so that the usual way is to name the downloaded file by the connector table. Without an open licence.",
		Options: []Option{{Name: "month", About: "06 or 11, the list that counts", Default: "11"}},
		Pause:   2 * time.Second,
	}
	c.Requests = func(q *Query) ([]Request, error) {
		month := c.option(q, "month")
		if month != "06" && month != "11" {
			return nil, fmt.Errorf("the option month is %s; lists are of 06 and 11", quote(month))
		}
		var list []Request
		for i := range q.Series {
			for y := q.From; y <= q.To; y++ {
				list = append(list, Request{URL: fmt.Sprintf("%s/%04d/%s/download/TOP500_%04d%s_all.xlsx", q.base(top500Base), y, month, y, month), Series: i, Role: strconv.Itoa(y)})
			}
		}
		return list, nil
	}
	c.Parse = parseTables(plainForm, func(q *Query, p *Part) (pick, tableRule, error) {
		pk, err := parseBracketPick(q.Series[p.Series].Key)
		if err != nil {
			return pk, tableRule{}, err
		}
		y, ok := parseYear(p.Role)
		if !ok {
			return pk, tableRule{}, errNoYear
		}
		return pk, tableRule{unit: "Country", fixed: y}, nil
	})
	return c
}

// parseBracketPick reads a key whose column may hold brackets within
// parentheses: sum(Rmax [TFlop/s]).
func parseBracketPick(key string) (pick, error) {
	if inner, ok := strings.CutPrefix(strings.TrimSpace(key), "sum("); ok {
		if name, rest, closed := strings.Cut(inner, ")"); closed {
			p, err := parsePick("count()" + rest)
			p.how, p.column = "sum", name
			return p, err
		}
	}
	return parsePick(key)
}

const innovationBase = "https://raw.githubusercontent.com/github/innovationgraph/main/data"

// innovationGraph reads the quarterly tables of the GitHub Innovation Graph.
func innovationGraph() *Connector {
	c := &Connector{
		Name: "innovation-graph", Title: "GitHub Innovation Graph", Publisher: "GitHub", Licence: "CC0 1.0",
		URL: "https://github.com/github/innovationgraph", Base: innovationBase,
		Series:  "the name of a table, which is that of its column too: developers, repositories, organizations, git_pushes; or economy_collaborators, which gives pairs", //nolint:misspell // as the file has it
		Example: "developers",
		About:   "Stocks are those of one quarter, flows are summed over the year; option quarter says which.",
		Options: []Option{{Name: "quarter", About: "1 to 4, or sum for the sum of the year", Default: "4"}},
		Pairs:   true,
	}
	c.Requests = func(q *Query) ([]Request, error) {
		if v := c.option(q, "quarter"); v != "sum" && (len(v) != 1 || v < "1" || v > "4") {
			return nil, fmt.Errorf("the option quarter is %s; give 1 to 4, or sum", quote(v))
		}
		var list []Request
		for i, s := range q.Series {
			list = append(list, Request{URL: q.base(innovationBase) + "/" + url.PathEscape(s.Key) + ".csv", Accept: "text/csv", Series: i})
		}
		return list, nil
	}
	rule := func(q *Query, p *Part) (pick, tableRule, error) {
		pk := pick{column: q.Series[p.Series].Key}
		r := tableRule{unit: "iso2_code", year: "year"}
		if v := c.option(q, "quarter"); v == "sum" {
			pk.how = "sum"
		} else {
			r.add = []filter{{"quarter", []string{v}}}
		}
		return pk, r, nil
	}
	figures := parseTables(plainForm, rule)
	c.Parse = func(q *Query, parts []Part) (*Harvest, error) {
		if len(q.Series) == 1 && q.Series[0].Key == "economy_collaborators" {
			return collaborators(c, q, parts)
		}
		return figures(q, parts)
	}
	return c
}

// collaborators reads the pairs of the Innovation Graph: source, destination,
// weight, year, quarter. Each direction is a pair of its own.
func collaborators(c *Connector, q *Query, parts []Part) (*Harvest, error) {
	h, f := &Harvest{}, newFinder(q)
	quarter := c.option(q, "quarter")
	type pair struct {
		a, b string
		year int
	}
	sums := map[pair]float64{}
	for i := range parts {
		t, err := readTable(&parts[i], tableForm{format: "csv"})
		if err != nil {
			return nil, err
		}
		at := map[string]int{}
		for _, n := range []string{"source", "destination", "weight", "year", "quarter"} {
			if at[n] = t.column(n); at[n] < 0 {
				return nil, t.lacks(n, "has the table changed?")
			}
		}
		for n, row := range t.rows {
			a, okA := f.unit(cellOf(row, at["source"]))
			b, okB := f.unit(cellOf(row, at["destination"]))
			y, dated := parseYear(cellOf(row, at["year"]))
			if !okA || !okB || !dated || y < q.From || y > q.To || quarter != "sum" && cellOf(row, at["quarter"]) != quarter {
				continue
			}
			v, ok, err := t.value(row, n, at["weight"], tableRule{})
			if err != nil {
				return nil, err
			}
			if ok {
				sums[pair{a, b, y}] += v
			}
		}
	}
	for p, v := range sums {
		h.Pairs = append(h.Pairs, Pair{A: p.a, B: p.b, Series: q.Series[0].Code, Year: p.year, Weight: v})
	}
	h.Findings = append(h.Findings, f.finding()...)
	return h, nil
}

const undpFile = "https://hdr.undp.org/sites/default/files/2023-24_HDR/HDR23-24_Composite_indices_complete_time_series.csv"

// undp reads the complete time series of the Human Development Report: a row
// for each country, a column for each series and year (le_1990, …).
func undp() *Connector {
	return &Connector{
		Name: "undp", Title: "Human Development Report, composite indices, complete time series", Publisher: "United Nations Development Programme",
		Licence: "CC BY 3.0 IGO", URL: "https://hdr.undp.org/data-center/documentation-and-downloads", Base: undpFile,
		Series: "the beginning of a column's name: hdi, le, eys, mys, gnipc, gdi, ihdi, gii, phdi, mf, co2_prod", Example: "le",
		About: "The address is that of the report of 2023/24; a later report is another file, whose address goes to url.",
		Requests: func(q *Query) ([]Request, error) {
			var list []Request
			for i := range q.Series {
				list = append(list, Request{URL: q.base(undpFile), Accept: "text/csv", Series: i})
			}
			return list, nil
		},
		Parse: parseTables(plainForm, func(q *Query, p *Part) (pick, tableRule, error) {
			return pick{column: q.Series[p.Series].Key + "_"}, tableRule{unit: "iso3", missing: []string{".."}}, nil
		}),
	}
}

const wgiFile = "https://www.worldbank.org/content/dam/sites/govindicators/doc/wgidataset.xlsx"

// wgi reads the workbook of the Worldwide Governance Indicators: a row for each
// country, year and indicator.
func wgi() *Connector {
	return &Connector{
		Name: "wgi", Title: "Worldwide Governance Indicators, full dataset", Publisher: "World Bank", Licence: "CC BY 4.0",
		URL: "https://www.worldbank.org/en/publication/worldwide-governance-indicators", Base: wgiFile,
		Series: "va, pv, ge, rq, rl or cc, for the estimate; after a colon another column, such as ge:stddev", Example: "ge",
		About: "Estimates run from about -2.5 to 2.5. The same figures come by the connector worldbank: GE.EST in the database 3.",
		Requests: func(q *Query) ([]Request, error) {
			var list []Request
			for i := range q.Series {
				list = append(list, Request{URL: q.base(wgiFile), Series: i})
			}
			return list, nil
		},
		Parse: parseTables(plainForm, func(q *Query, p *Part) (pick, tableRule, error) {
			which, column := fileAndRest(q.Series[p.Series].Key)
			return pick{column: or(column, "estimate"), filters: []filter{{"indicator", []string{which}}}},
				tableRule{unit: "code", year: "year", missing: []string{"..", "#N/A"}}, nil
		}),
	}
}
