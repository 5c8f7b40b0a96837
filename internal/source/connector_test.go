package source_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"mizan"
	"mizan/internal/source"
	"mizan/internal/source/replay"
)

// conformance is what every connector is held to: what it makes of an answer
// of its service. The answers are those of the recordings, which are made by the
// services' descriptions; the figures expected are read from them by eye.
var conformance = []struct {
	connector string
	query     source.Query // Series is filled from keys
	keys      string       // code=key, with blanks between
	known     string       // the project's units; "" = all countries
	want      string       // unit series year value [status], or a-b series year weight
	findings  string       // their IDs
}{
	{
		"comtrade", source.Query{From: 2022, To: 2022}, "chips=8542:X", "", "AUS chips 2022 91000000, CHE chips 2022 2200000000, USA chips 2022 49300000000.5", "",
	},
	{
		"epoch",
		source.Query{From: 2021, To: 2023},
		"models=notable_ai_models:count()", "",
		"CHN models 2021 1, CHN models 2022 2, CHN models 2023 2, GBR models 2021 1, GBR models 2022 1, GBR models 2023 1, USA models 2021 2, USA models 2022 2, USA models 2023 3", "",
	},
	{
		"epoch",
		source.Query{From: 2021, To: 2023, Options: map[string]string{"running": "no"}},
		"models=notable_ai_models:count()[Domain=Language]", "",
		"CHN models 2022 1, USA models 2023 1", "",
	},
	{
		"eurostat",
		source.Query{From: 2021, To: 2023},
		"ai=isoc_eb_ai/A.10_C10_S951_XK.GE10.E_AI_TANY.PC_ENT.", "",
		"DEU ai 2021 10.57, DEU ai 2023 11.55, FRA ai 2023 5.88 provisional, GRC ai 2023 3.98 estimated", "units-left-out",
	},
	{
		"ilo",
		source.Query{From: 2021, To: 2022, Options: map[string]string{"form": "json"}},
		"eap=ILO,DF_EAP_DWAP_SEX_AGE_RT,1.0/.A..SEX_T.AGE_YTHADULT_YGE15", "BRA ZAF",
		"BRA eap 2021 61.7 estimated, BRA eap 2022 63.1, ZAF eap 2022 57.9", "units-left-out",
	},
	{"innovation-graph", source.Query{From: 2021, To: 2022}, "developers=developers", "BRA USA", "BRA developers 2021 110, BRA developers 2022 125", "units-left-out"},
	{
		"innovation-graph",
		source.Query{From: 2021, To: 2022, Options: map[string]string{"quarter": "sum"}},
		"github=economy_collaborators", "BRA USA",
		"BRA-USA github 2022 14, USA-BRA github 2022 12", "units-left-out",
	},
	{
		"oecd",
		source.Query{From: 2021, To: 2022},
		"rd=OECD.STI.STP,DSD_MSTI@DF_MSTI,1.3/.A.G.USD_PPP..", "JPN KOR",
		"JPN rd 2021 176961.2, JPN rd 2022 200787.5 provisional, KOR rd 2021 119617.4", "unit-multiplier units-left-out",
	},
	{"openalex", source.Query{From: 2021, To: 2022}, "works=type:article", "CHN RUS USA", "CHN works 2021 1200, CHN works 2022 1300, RUS works 2021 90, USA works 2021 1100", ""},
	{"openalex", source.Query{From: 2021, To: 2021, Options: map[string]string{"pairs": "yes"}}, "joint=type:article", "CHN USA", "CHN-USA joint 2021 150", ""},
	{"owid", source.Query{From: 2020, To: 2021, Units: map[string]string{"OWID_KOS": "XKX"}}, "co2=co2:emissions_total pop=co2:population", "DEU XKX", "DEU co2 2020 647.3, DEU co2 2021 678.8, XKX co2 2021 8.1, DEU pop 2020 83.6, DEU pop 2021 83.7, XKX pop 2021 1.8", "units-left-out"},
	{"sdmx", source.Query{From: 2021, To: 2022, Base: "https://stats.example.org/rest", Options: map[string]string{"version": "3.0", "form": "json"}}, "x=AG,FLOW,1.0/*.A", "", "CHE x 2021 1.5, NOR x 2021 2.5, NOR x 2022 2.25", ""},
	{
		"sql",
		source.Query{From: 2021, To: 2022, Tables: map[string]string{"works": "raw/works"}},
		"works=select·1 cited=select·2", "RUS USA",
		"RUS works 2022 90, USA works 2021 1100, USA cited 2021 0.30000000000000004", "missing-values",
	},
	{
		"sql",
		source.Query{From: 2021, To: 2021, Base: "clickhouse://reader@db.example.org:9000/works"},
		"joint=select·3", "RUS USA",
		"RUS-USA joint 2021 15", "",
	},
	{
		"table",
		source.Query{From: 2021, To: 2022, Base: "https://example.org/long.csv", Options: map[string]string{"unit": "Land", "year": "Jahr", "missing": "n/a .."}},
		"a=Wert[Merkmal=a] b=Wert[Merkmal=b]", "", "DEU a 2021 1.5, FRA a 2022 2, DEU b 2021 9", "",
	},
	{
		"table",
		source.Query{From: 2021, To: 2022, Base: "https://example.org/long.parquet", Options: map[string]string{"unit": "Land", "year": "Jahr"}},
		"a=Wert[Merkmal=a] b=Wert[Merkmal=b]", "DEU FRA NOR", "DEU a 2021 1.5, FRA a 2022 2, DEU b 2021 9", "",
	},
	{
		"table",
		source.Query{From: 2021, To: 2022, Base: "https://example.org/across.json", Options: map[string]string{"unit": "country", "year": "across", "path": "result.rows", "scale": "10"}},
		"x=[series=x]", "", "KOR x 2022 30, TUR x 2021 10, TUR x 2022 25", "",
	},
	{"top500", source.Query{From: 2022, To: 2022}, "rmax=sum(Rmax·[TFlop/s]) n=count()", "FIN JPN USA", "FIN rmax 2022 309100, JPN rmax 2022 442010, USA rmax 2022 1102048.5, FIN n 2022 1, JPN n 2022 1, USA n 2022 2", ""},
	{"un", source.Query{From: 2021, To: 2022}, "s=UNSD,DF_X,1.0/A..", "", "IND s 2021 7.5, RUS s 2022 8.25", "units-left-out"},
	{"undp", source.Query{From: 2021, To: 2022}, "life=le index=hdi", "", "AFG life 2021 61.98, AFG life 2022 62.879, NOR life 2021 83.25, AFG index 2021 0.473, AFG index 2022 0.462, NOR index 2021 0.964, NOR index 2022 0.966", "units-left-out"},
	{"wgi", source.Query{From: 2021, To: 2022}, "ge=ge sd=ge:stddev", "", "NGA ge 2022 -1.04, NOR ge 2022 1.88, NGA sd 2022 0.19, NOR sd 2022 0.21", ""},
	{"worldbank", source.Query{From: 2021, To: 2022}, "rd=GB.XPD.RSDV.GD.ZS", "RUS USA", "RUS rd 2022 0.92527, USA rd 2021 3.45705, USA rd 2022 3.58623", ""},
}

// results are what the queries of the connector sql give. What the project does not
// have is left out if it is a country, and 2020 was not asked for.
var results = map[string]string{
	"select 1": "unit,year,value\nRussia,2022,90\nUS,2021,1100\nUS,2020,1\nCHN,2022,5\nUS,2022,\n",
	"select 2": "Value,Unit,Year\n0.30000000000000004,USA,2021\n",
	"select 3": "a,b,year,weight\nRU,US,2021,15\n",
}

// prepared is a case with its query and connector.
func prepared(i int) (*source.Connector, *source.Query) {
	tt := conformance[i]
	q := tt.query
	q.Source = tt.connector
	for _, f := range strings.Fields(tt.keys) {
		code, key, _ := strings.Cut(f, "=")
		q.Series = append(q.Series, source.Series{Code: code, Key: strings.ReplaceAll(key, "·", " ")})
	}
	if tt.known != "" {
		q.Known = strings.Fields(tt.known)
	}
	return source.Find(tt.connector), &q
}

// pullCase pulls a case from a replay server.
func pullCase(t *testing.T, i int) (*source.Connector, *source.Query, []source.Answer, []source.Part, error) {
	t.Helper()
	c, q := prepared(i)
	if err := c.Check(q); err != nil {
		t.Fatal(err)
	}
	if c.Computed {
		answers, parts := computedCase(t, c, q)
		return c, q, answers, parts, nil
	}
	a := newAsking(t)
	answers, parts, err := a.Pull(t.Context(), c, q, newShelf(), func(int, int) {})
	return c, q, answers, parts, err
}

// computedCase are the answers of an engine.
func computedCase(t testing.TB, c *source.Connector, q *source.Query) (answers []source.Answer, parts []source.Part) {
	t.Helper()
	requests, err := c.Requests(q)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range requests {
		body := []byte(results[q.Series[r.Series].Key])
		parts = append(parts, source.Part{Request: r, Type: "text/csv", Body: body})
		answers = append(answers, source.Answer{URL: r.URL, Time: time.Unix(1, 0), SHA256: "of the store", Size: int64(len(body)), Body: body})
	}
	return answers, parts
}

// written is a harvest as the table of cases has it.
func written(h *source.Harvest) (figures, findings string) {
	var list, ids []string
	for _, o := range h.Observations {
		s := fmt.Sprintf("%s %s %d %s", o.Unit, o.Series, o.Year, mizan.AppendNumber(nil, o.Value, ""))
		if o.Status != mizan.Observed {
			s += " " + o.Status.String()
		}
		list = append(list, s)
	}
	for _, p := range h.Pairs {
		list = append(list, fmt.Sprintf("%s-%s %s %d %s", p.A, p.B, p.Series, p.Year, mizan.AppendNumber(nil, p.Weight, "")))
	}
	for _, f := range h.Findings {
		ids = append(ids, f.ID)
	}
	return strings.Join(list, ", "), strings.Join(ids, " ")
}

// TestConnectors pulls every case and compares every figure.
func TestConnectors(t *testing.T) {
	tested := map[string]bool{}
	for i, tt := range conformance {
		tested[tt.connector] = true
		t.Run(tt.connector+"/"+tt.keys, func(t *testing.T) {
			c, q, answers, parts, err := pullCase(t, i)
			if err != nil {
				t.Fatal(err)
			}
			h, err := c.Harvest(q, parts)
			if err != nil {
				t.Fatal(err)
			}
			figures, findings := written(h)
			if figures != tt.want {
				t.Errorf("got\n%s\nwant\n%s", figures, tt.want)
			}
			if findings != tt.findings {
				t.Errorf("findings %q, want %q", findings, tt.findings)
			}
			for _, a := range answers {
				if a.SHA256 == "" || a.Size != int64(len(a.Body)) || a.Time.IsZero() {
					t.Errorf("the answer of %s lacks sum, size or time", a.URL)
				}
			}
			rows, err := csv.NewReader(bytes.NewReader(h.Table("x"))).ReadAll()
			if err != nil || len(rows) != 1+len(h.Observations)+len(h.Pairs) {
				t.Errorf("the table has %d rows: %v", len(rows), err)
			}
		})
	}
	for _, name := range source.Names() {
		if !tested[name] {
			t.Errorf("the connector %s has no case", name)
		}
	}
}

// TestConnectorContracts holds for every connector: it says what it must, its
// requests are the same each time and hold no key, the order of the answers'
// years is none of its business, and figures stay within years and units.
func TestConnectorContracts(t *testing.T) {
	if !slices.IsSorted(source.Names()) {
		t.Errorf("connectors are not in order: %v", source.Names())
	}
	for i, tt := range conformance {
		c, q, _, parts, err := pullCase(t, i)
		if err != nil {
			t.Fatal(err)
		}
		for name, text := range map[string]string{"title": c.Title, "publisher": c.Publisher, "url": c.URL, "series": c.Series, "example": c.Example, "about": c.About} {
			if text == "" {
				t.Errorf("%s says no %s", c.Name, name)
			}
		}
		if c.Base != "" && !strings.HasPrefix(c.Base, "https://") {
			t.Errorf("%s is asked without encryption: %s", c.Name, c.Base)
		}
		first, _ := c.Requests(q)
		again, _ := c.Requests(q)
		if fmt.Sprint(first) != fmt.Sprint(again) || len(first) == 0 {
			t.Errorf("%s: requests differ: %v, %v", c.Name, first, again)
		}
		slices.Reverse(parts)
		h, err := c.Harvest(q, parts)
		if err != nil {
			t.Fatal(err)
		}
		if figures, _ := written(h); figures != tt.want {
			t.Errorf("%s: in another order the answers give\n%s", c.Name, figures)
		}
		narrow := *q
		narrow.From = q.To
		h, err = c.Harvest(&narrow, parts)
		if err != nil {
			t.Fatalf("%s: %v", c.Name, err)
		}
		for _, o := range h.Observations {
			if o.Year != q.To {
				t.Errorf("%s: a figure of %d, where %d alone was asked for", c.Name, o.Year, q.To)
			}
		}
		nobody := *q
		nobody.Known, nobody.Units = []string{"NOBODY"}, nil
		h, err = c.Harvest(&nobody, parts)
		if err != nil || len(h.Observations)+len(h.Pairs) > 0 {
			t.Errorf("%s: %d figures of units that the project does not have, %v", c.Name, len(h.Observations)+len(h.Pairs), err)
		}
		if len(h.Findings) == 0 || h.Findings[len(h.Findings)-1].ID != "no-figures" {
			t.Errorf("%s: nobody is told that there is no figure", c.Name)
		}
	}
}

// TestConnectorBadAnswers: what is no answer of the service is an error with
// the address, never figures.
func TestConnectorBadAnswers(t *testing.T) {
	for i := range conformance {
		c, q, _, parts, err := pullCase(t, i)
		if err != nil {
			t.Fatal(err)
		}
		for name, body := range map[string]string{
			"empty": "", "null": "null", "list": "[]", "object": "{}", "number": "7", "text": "Service unavailable", "xml": "<?xml version=\"1.0\"?><a/>", "nul": "a,b\n\x00,1\n",
			"laughs": `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>`, "zip": "PK\x03\x04nothing", "deep": strings.Repeat("[", 100000), "utf16": "\xff\xfea\x00,\x00",
		} {
			bad := slices.Clone(parts)
			for k := range bad {
				bad[k].Body = []byte(body)
			}
			h, err := c.Harvest(q, bad)
			var ps mizan.Problems
			if !errors.As(err, &ps) || len(ps) == 0 || ps[0].Remedy == "" || strings.ContainsAny(ps[0].Cause, "\n\x00") {
				t.Errorf("%s of %s: %v, %v", name, c.Name, h, err)
			}
		}
	}
}

// TestConnectorDamage cuts and changes answers everywhere: the result is
// figures or an error, never a panic, and never more figures than the answer
// can hold.
func TestConnectorDamage(t *testing.T) {
	for i := range conformance {
		c, q, _, parts, err := pullCase(t, i)
		if err != nil {
			t.Fatal(err)
		}
		for k := range parts {
			body := parts[k].Body
			step := max(1, len(body)/150)
			for at := 0; at < len(body); at += step {
				for _, b := range [][]byte{body[:at], slices.Concat(body[:at], []byte{body[at] ^ 0x15}, body[at+1:]), slices.Concat(body[:at], body[min(at+7, len(body)):])} {
					bad := slices.Clone(parts)
					bad[k].Body = b
					h, err := c.Harvest(q, bad)
					if err == nil && len(h.Observations)+len(h.Pairs) > 2*len(b)+100 {
						t.Errorf("%s: %d figures of %d bytes", c.Name, len(h.Observations), len(b))
					}
				}
			}
		}
	}
}

// FuzzConnectors gives every connector any bytes.
func FuzzConnectors(f *testing.F) {
	server := replay.New()
	for i := range conformance {
		c, q := prepared(i)
		requests, err := c.Requests(q)
		if err != nil {
			f.Fatal(err)
		}
		if c.Computed {
			f.Add(uint(i), []byte(results[q.Series[0].Key]))
			continue
		}
		w := httptest.NewRecorder()
		server.ServeHTTP(w, httptest.NewRequest(http.MethodGet, strings.TrimPrefix(requests[len(requests)-1].URL, "https:/"), nil))
		f.Add(uint(i), w.Body.Bytes())
	}
	f.Fuzz(func(t *testing.T, which uint, body []byte) {
		c, q := prepared(int(which % uint(len(conformance))))
		requests, err := c.Requests(q)
		if err != nil {
			t.Fatal(err)
		}
		var parts []source.Part
		for _, r := range requests {
			parts = append(parts, source.Part{Request: r, Body: body})
		}
		h, err := c.Harvest(q, parts)
		if err != nil {
			if err.Error() == "" {
				t.Error("an error that says nothing")
			}
			return
		}
		for _, o := range h.Observations {
			if o.Year < q.From || o.Year > q.To || o.Unit == "" || o.Value != o.Value {
				t.Errorf("%s: the figure %v", c.Name, o)
			}
		}
		if c.Next != nil {
			for i := range parts {
				_, _ = c.Next(q, &parts[i])
			}
		}
	})
}

// TestSourceSlips: what a project says wrongly is told before anybody is asked.
func TestSourceSlips(t *testing.T) {
	for _, tt := range []struct {
		connector, key string
		options        map[string]string
		want           string
	}{
		{"comtrade", "8542", nil, `the source "s": the series "8542" is not COMMODITY:X or COMMODITY:M; a series is COMMODITY:FLOW`},
		{"top500", "count()", map[string]string{"month": "7"}, `the option month is "7"; lists are of 06 and 11`},
		{"innovation-graph", "developers", map[string]string{"quarter": "5"}, `the option quarter is "5"; give 1 to 4, or sum`},
		{"oecd", "/A", nil, `the series "/A" names no flow; write FLOW/KEY`},
		{"oecd", "A/B", map[string]string{"version": "4"}, "versions are 2.1 and 3.0, forms csv and json"},
		{"openalex", "type:article", map[string]string{"pairs": "yes"}, "the project needs a file of units"},
		{"owid", "x", map[string]string{"colour": "red"}, `the source "s" has the option "colour", which the connector owid does not know`},
		{"table", "x", nil, `the source "s" says no address; give ` + "`url`"},
		{"sdmx", "A/B", nil, `the source "s" says no address`},
	} {
		q := &source.Query{Source: "s", Series: []source.Series{{Code: "a", Key: tt.key}}, From: 2020, To: 2021, Options: tt.options}
		if err := source.Find(tt.connector).Check(q); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s %s: got %v, want %q", tt.connector, tt.key, err, tt.want)
		}
	}
}

// TestTwoFigures: a key that leaves a dimension open would give two figures of
// one unit and year.
func TestTwoFigures(t *testing.T) {
	c := source.Find("oecd")
	q := &source.Query{Source: "s", Series: []source.Series{{Code: "a", Key: "F/K"}}, From: 2020, To: 2021}
	r, _ := c.Requests(q)
	_, err := c.Harvest(q, []source.Part{{Request: r[0], Body: []byte("REF_AREA,SEX,TIME_PERIOD,OBS_VALUE\nDEU,M,2020,1\nDEU,F,2020,2\n")}})
	if err == nil || !strings.Contains(err.Error(), "there are several figures of DEU in 2020: those of SEX=M and of SEX=F; give a value for every dimension") {
		t.Errorf("got %v", err)
	}
	_, err = c.Harvest(q, []source.Part{{Request: r[0], Body: []byte("REF_AREA,TIME_PERIOD,OBS_VALUE\nDEU,2020-Q1,1\n")}})
	if err == nil || !strings.Contains(err.Error(), `the period "2020-Q1" is no year; narrow the key down to yearly figures`) {
		t.Errorf("got %v", err)
	}
}

// TestCircle: pages that lead in a circle end.
func TestCircle(t *testing.T) {
	c := *source.Find("openalex")
	c.Next = func(_ *source.Query, p *source.Part) (*source.Request, error) { return &p.Request, nil }
	q := &source.Query{Source: "s", Series: []source.Series{{Code: "a", Key: "type:article"}}, From: 2022, To: 2022}
	a := newAsking(t)
	if _, _, err := a.Pull(t.Context(), &c, q, newShelf(), func(int, int) {}); err == nil || !strings.Contains(err.Error(), "lead in a circle") {
		t.Errorf("got %v", err)
	}
}

// TestLocal: a table of the project's folder is read as an answer is.
func TestLocal(t *testing.T) {
	c := source.Find("table")
	q := &source.Query{Source: "s", Series: []source.Series{{Code: "a", Key: "v"}}, From: 2022, To: 2022, Base: "raw/t.csv"}
	client := &source.Client{Local: func(name string) ([]byte, error) {
		if name != "raw/t.csv" {
			return nil, os.ErrNotExist
		}
		return []byte("unit,year,v\nNOR,2022,1\n"), nil
	}, Sleep: func(context.Context, time.Duration) error { return nil }}
	_, parts, err := client.Pull(t.Context(), c, q, newShelf(), func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	h, err := c.Harvest(q, parts)
	if figures, _ := written(h); err != nil || figures != "NOR a 2022 1" {
		t.Errorf("got %s, %v", figures, err)
	}
	q.Base = "../secret.csv"
	if _, _, err := client.Pull(t.Context(), c, q, newShelf(), func(int, int) {}); err == nil || !strings.Contains(err.Error(), "../secret.csv: the file cannot be read: ") {
		t.Errorf("got %v", err)
	}
}
