package replay

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// worldBank answers as the World Bank's Indicators API does (its documentation,
// "Basic call structures"): a pair of a header and rows, page by page, the
// latest years first, missing figures as null, aggregates among the economies,
// a refusal with status 200. The figures are the World Development Indicators'
// of eighteen economies, which the project ai-race carries. Pages have 50 rows
// at most, so that there is more than one.
func (s *Server) worldBank(u *url.URL, vintage int) ([]byte, string, bool) {
	const kind = "application/json;charset=utf-8"
	parts := strings.Split(strings.TrimPrefix(u.Path, "/v2/"), "/")
	q := u.Query()
	switch {
	case u.Path == "/v2/country":
		return page(s.economies(), q, 400), kind, true
	case len(parts) == 2 && parts[0] == "indicator":
		for _, r := range s.rows("worldbank-series.csv") {
			if r["series"] == parts[1] {
				return page([]any{map[string]any{
					"id": r["series"], "name": r["name"], "unit": "", "source": map[string]string{"id": "2", "value": "World Development Indicators"},
					"sourceNote": "As the World Bank describes it.", "sourceOrganization": "World Bank", "topics": []any{},
				}}, q, 50), kind, true
			}
		}
	case len(parts) == 4 && parts[0] == "country" && parts[2] == "indicator":
		if rows := s.figures(parts[3], q.Get("date"), vintage); rows != nil {
			return page(rows, q, 50), kind, true
		}
	}
	text, _ := json.Marshal([]any{map[string]any{"message": []any{map[string]string{
		"id": "120", "key": "Invalid value", "value": "The provided parameter value is not valid",
	}}}})
	return text, kind, true
}

func (s *Server) economies() []any {
	var rows []any
	for _, r := range s.rows("worldbank-units.csv") {
		region := "XX"
		if r["region"] == "Aggregates" {
			region = "NA"
		}
		rows = append(rows, map[string]any{
			"id": r["unit"], "iso2Code": r["iso2"], "name": r["name"], "region": map[string]string{"id": region, "iso2code": region, "value": r["region"] + " "},
			"adminregion": map[string]string{"id": "", "iso2code": "", "value": ""}, "incomeLevel": map[string]string{"id": "", "iso2code": "", "value": r["income"]},
			"lendingType": map[string]string{"id": "", "iso2code": "", "value": ""}, "capitalCity": "", "longitude": "", "latitude": "",
		})
	}
	return rows
}

// figures are the rows of a series, nil if there is none. In the next vintage
// Russia's research of 2022 is revised and that of 2021 added, as is Nigeria's of 2022;
// Japan's broadband of 2023 is taken back.
func (s *Server) figures(series, dates string, vintage int) []any {
	from, to, _ := strings.Cut(dates, ":")
	first, _ := strconv.Atoi(from)
	last, _ := strconv.Atoi(to)
	name, units := "", s.rows("worldbank-units.csv")
	for _, r := range s.rows("worldbank-series.csv") {
		if r["series"] == series {
			name = r["name"]
		}
	}
	if name == "" {
		return nil
	}
	values := map[string]string{}
	for _, r := range s.rows("worldbank-figures.csv") {
		if r["series"] == series {
			values[r["unit"]+r["year"]] = r["value"]
		}
	}
	if vintage == 1 {
		switch series {
		case "GB.XPD.RSDV.GD.ZS":
			values["RUS2021"], values["RUS2022"], values["NGA2022"] = "1.12", "1.9", "0.28"
		case "IT.NET.BBND.P2":
			delete(values, "JPN2023")
		}
	}
	rows := []any{}
	for _, r := range units {
		for year := last; year >= first; year-- {
			value := any(nil)
			if v := values[fmt.Sprint(r["unit"], year)]; v != "" {
				value = json.Number(v)
			}
			if r["region"] == "Aggregates" {
				value = json.Number("1234.5")
			}
			rows = append(rows, map[string]any{
				"indicator": map[string]string{"id": series, "value": name}, "country": map[string]string{"id": r["iso2"], "value": r["name"]},
				"countryiso3code": r["unit"], "date": strconv.Itoa(year), "value": value, "unit": "", "obs_status": "", "decimal": 1,
			})
		}
	}
	return rows
}

// page cuts one page out of the rows.
func page(rows []any, q url.Values, most int) []byte {
	per, err := strconv.Atoi(q.Get("per_page"))
	if err != nil {
		per = 50
	}
	per = min(per, most)
	at, err := strconv.Atoi(q.Get("page"))
	if err != nil {
		at = 1
	}
	pages := (len(rows) + per - 1) / per
	from, to := min((at-1)*per, len(rows)), min(at*per, len(rows))
	head := map[string]any{"page": at, "pages": pages, "per_page": strconv.Itoa(per), "total": len(rows), "sourceid": "2", "lastupdated": "2024-06-28"}
	text, _ := json.Marshal([]any{head, rows[from:to]})
	return text
}
