package api_test

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"io"
	"io/fs"
	"math"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/parquet-go/parquet-go"

	"mizan"
	"mizan/engine"
	"mizan/internal/api"
	"mizan/internal/export"
	"mizan/projects"
)

// race is the embedded AI race, each variant built once.
var race = sync.OnceValue(func() *builds { return &builds{made: map[string]*engine.Report{}} })

type builds struct {
	mu   sync.Mutex
	made map[string]*engine.Report
}

func (b *builds) get(variant string) (*engine.Report, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if r := b.made[variant]; r != nil {
		return r, nil
	}
	files, ok := projects.FS("ai-race")
	if !ok {
		return nil, fs.ErrNotExist
	}
	text, err := fs.ReadFile(files, "mizan.yaml")
	if err != nil {
		return nil, err
	}
	r, err := engine.Run(engine.Input{Name: "mizan.yaml", Text: text, Files: files, Variant: variant})
	if err != nil {
		return nil, err
	}
	b.made[variant] = r.Complete()
	return r, nil
}

func config() api.Config {
	return api.Config{
		Report: race().get, Version: "test", Parquet: export.Parquet,
		CSV: func(w io.Writer, t *mizan.Relation) error { return export.CSV(w, t, false) },
	}
}

// ask asks the API; header is name, value, name, value.
func ask(t testing.TB, method, path string, header ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	handler().ServeHTTP(w, r)
	return w.Result()
}

var handler = sync.OnceValue(func() http.Handler { return api.Handler(config()) })

func body(t testing.TB, resp *http.Response) []byte {
	t.Helper()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func document(t testing.TB, path string, into any) {
	t.Helper()
	resp := ask(t, "GET", path)
	b := body(t, resp)
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d %s", path, resp.StatusCode, b)
	}
	if err := json.Unmarshal(b, into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// TestRankingIsTheReport: ranks and scores are those of the build, to the last bit.
func TestRankingIsTheReport(t *testing.T) {
	r, err := race().get("")
	if err != nil {
		t.Fatal(err)
	}
	var got api.Ranking
	document(t, "/api/v1/ranking", &got)
	if got.Year != 2023 || got.Total != len(r.Units) || len(got.Units) != len(r.Units) || got.Code != "ai_race" {
		t.Errorf("%d of %d units of %d, by %s", len(got.Units), got.Total, got.Year, got.Code)
	}
	last := 0.0
	for _, u := range got.Units {
		c, at := r.Scores.Code("ai_race"), r.Scores.Unit(u.Unit)
		same(t, u.Unit+" score", float64(u.Score), r.Scores.At(0, c, at))
		same(t, u.Unit+" rank", float64(u.Rank), r.Ranks.At(0, c, at))
		same(t, u.Unit+" implementation", float64(u.Parts["implementation"]), r.Scores.At(0, r.Scores.Code("implementation"), at))
		if rank := float64(u.Rank); rank < last {
			t.Errorf("%s with rank %v stands after %v", u.Unit, rank, last)
		} else if !math.IsNaN(rank) {
			last = rank
		}
	}
	if got.Units[0].Name != "United States" || !math.IsNaN(float64(got.Units[len(got.Units)-1].Rank)) {
		t.Errorf("first %v, last %v", got.Units[0], got.Units[len(got.Units)-1])
	}
}

func same(t testing.TB, what string, got, want float64) {
	t.Helper()
	if math.Float64bits(got) != math.Float64bits(want) && !(math.IsNaN(got) && math.IsNaN(want)) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// TestPages: pages put together are the whole, by following the header Link.
func TestPages(t *testing.T) {
	var whole api.Rows
	document(t, "/api/v1/tables/results?unit=RUS", &whole)
	var got []map[string]any
	path, pages := "/api/v1/tables/results?unit=RUS&limit=20", 0
	for path != "" {
		resp := ask(t, "GET", path)
		var rows api.Rows
		if err := json.Unmarshal(body(t, resp), &rows); err != nil || rows.Total != whole.Total || resp.Header.Get("X-Total-Count") == "" {
			t.Fatalf("%s: %v, %d of %d", path, err, rows.Total, whole.Total)
		}
		got, pages = append(got, rows.Rows...), pages+1
		path, _, _ = strings.Cut(strings.TrimPrefix(resp.Header.Get("Link"), "<"), ">")
	}
	// 41 indicators and 11 aggregates make 52 rows: 20, 20 and 12.
	if a, b := asJSON(t, got), asJSON(t, whole.Rows); a != b || pages != 3 || len(got) != 52 {
		t.Errorf("%d pages with %d rows:\n%s\n%s", pages, len(got), a, b)
	}
}

func asJSON(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestForms: a table is the same numbers as JSON, CSV and Parquet, by the header
// Accept and by the parameter.
func TestForms(t *testing.T) {
	const path = "/api/v1/tables/stages?code=rd_gdp"
	var rows api.Rows
	document(t, path, &rows)
	if len(rows.Rows) != 89 {
		t.Fatalf("%d rows", len(rows.Rows))
	}
	resp := ask(t, "GET", path, "Accept", "text/csv;q=0.9, application/json;q=0.1")
	text := body(t, resp)
	table, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil || len(table) != 90 || resp.Header.Get("Content-Type") != "text/csv; charset=utf-8" {
		t.Fatalf("%v, %d rows of %s", err, len(table), resp.Header.Get("Content-Type"))
	}
	resp = ask(t, "GET", path+"&format=parquet", "Accept", "application/json")
	binary := body(t, resp)
	if resp.Header.Get("Content-Type") != "application/vnd.apache.parquet" {
		t.Errorf("Parquet comes as %s", resp.Header.Get("Content-Type"))
	}
	type stage struct {
		Unit       string   `parquet:"unit"`
		Normalised *float64 `parquet:"normalised,optional"`
		Rank       *int64   `parquet:"year"`
	}
	read, err := parquet.Read[stage](bytes.NewReader(binary), int64(len(binary)))
	if err != nil || len(read) != 89 {
		t.Fatalf("%v, %d rows", err, len(read))
	}
	column := -1
	for i, name := range table[0] {
		if name == "normalised" {
			column = i
		}
	}
	for i, row := range rows.Rows {
		want := row["normalised"]
		if (want == nil) != (read[i].Normalised == nil) || (want == nil) != (table[i+1][column] == "") {
			t.Fatalf("row %d is missing in one form alone", i)
		}
		if want == nil {
			continue
		}
		same(t, "Parquet", *read[i].Normalised, want.(float64))
		var v float64
		if err := json.Unmarshal([]byte(table[i+1][column]), &v); err != nil {
			t.Fatal(err)
		}
		same(t, "CSV", v, want.(float64))
	}
	for accept, want := range map[string]string{
		"": "application/json", "*/*": "application/json", "text/*": "text/csv; charset=utf-8", "application/json;q=0, */*": "text/csv; charset=utf-8",
		"text/csv, application/json": "application/json", "application/vnd.apache.parquet, */*;q=0.1": "application/vnd.apache.parquet", "text/html, */*;q=0.8": "application/json",
	} {
		if resp := ask(t, "GET", path, "Accept", accept); resp.Header.Get("Content-Type") != want {
			t.Errorf("%s is answered by %s, want %s", accept, resp.Header.Get("Content-Type"), want)
		}
	}
	if resp := ask(t, "GET", path, "Accept", "image/png"); resp.StatusCode != http.StatusNotAcceptable {
		t.Errorf("a picture: %d", resp.StatusCode)
	}
}

// TestConditional: the same bytes are not sent twice, and others are.
func TestConditional(t *testing.T) {
	first := ask(t, "GET", "/api/v1/ranking")
	tag := first.Header.Get("ETag")
	if tag == "" || first.Header.Get("Access-Control-Allow-Origin") != "*" {
		t.Fatalf("headers %v", first.Header)
	}
	for header, want := range map[string]int{tag: 304, "W/" + strings.TrimPrefix(tag, "W/"): 304, `"x", ` + tag: 304, "*": 304, `"x"`: 200, "": 200} {
		resp := ask(t, "GET", "/api/v1/ranking", "If-None-Match", header)
		if resp.StatusCode != want || want == 304 && len(body(t, resp)) != 0 {
			t.Errorf("If-None-Match %s: %d, want %d", header, resp.StatusCode, want)
		}
	}
	if resp := ask(t, "GET", "/api/v1/ranking?limit=3", "If-None-Match", tag); resp.StatusCode != http.StatusOK {
		t.Errorf("another page: %d", resp.StatusCode)
	}
	head := ask(t, "HEAD", "/api/v1/ranking")
	if head.StatusCode != http.StatusOK || head.Header.Get("ETag") != tag || len(body(t, head)) != 0 || head.Header.Get("Content-Length") != first.Header.Get("Content-Length") {
		t.Errorf("HEAD: %d %v", head.StatusCode, head.Header)
	}
	packed := ask(t, "GET", "/api/v1/ranking", "Accept-Encoding", "gzip")
	z, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	if b, err := io.ReadAll(z); err != nil || !bytes.Equal(b, body(t, first)) {
		t.Errorf("compressed: %v, %d bytes", err, len(b))
	}
	if resp := ask(t, "GET", "/api/v1/ranking", "Accept-Encoding", "gzip;q=0"); resp.Header.Get("Content-Encoding") != "" {
		t.Error("gzip;q=0 was compressed")
	}
	for _, method := range []string{"POST", "PUT", "DELETE", "PATCH"} {
		if resp := ask(t, method, "/api/v1/ranking"); resp.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("%s: %d", method, resp.StatusCode)
		}
	}
	if resp := ask(t, "OPTIONS", "/api/v1/ranking", "Origin", "https://example.org"); resp.StatusCode != http.StatusNoContent || resp.Header.Get("Access-Control-Allow-Methods") == "" {
		t.Errorf("OPTIONS: %d %v", resp.StatusCode, resp.Header)
	}
}

// TestErrors: what is wrong is said with a remedy, all of it at once.
func TestErrors(t *testing.T) {
	for path, want := range map[string][]string{
		"/api/v1/units/RUZ":                             {"404", "ai-race has no unit", "did you mean"},
		"/api/v1/ranking?year=1990":                     {"404", "ai-race has no year 1990; there are 2023"},
		"/api/v1/ranking?variant=intensiti":             {"404", `did you mean \"intensity\"?`},
		"/api/v1/ranking?code=gdp_pc_usdd":              {"404", "gdp_pc_usd"},
		"/api/v1/ranking?code=pop":                      {"404", "pop is not in the framework"},
		"/api/v1/tables/result":                         {"404", `did you mean \"results\"?`},
		"/api/v1/tables/units?year=2023":                {"422", "the table units has no column to filter by year; leave year out"},
		"/api/v1/ranking?limit=0&offset=-1&year=x&yr=1": {"422", "query.yr"},
		"/api/v1/ranking?limit=0&offset=-1&year=x":      {"422", "query.limit", "query.offset", "query.year"},
		"/api/v1/indicators/rd_gpd":                     {"404", `did you mean \"rd_gdp\"?`},
		"/api/v1/nothing":                               {"404"},
	} {
		resp := ask(t, "GET", path)
		b := string(body(t, resp))
		for i, w := range want {
			if i == 0 && w != strconv.Itoa(resp.StatusCode) || i > 0 && !strings.Contains(b, w) {
				t.Errorf("%s: %s %s, want %s", path, resp.Status, b, w)
			}
		}
	}
}

// TestTrace: the number, its publisher and its address; sources are those of the
// project's own file.
func TestTrace(t *testing.T) {
	var got api.TraceDocument
	document(t, "/api/v1/trace/RUS/rd_gdp", &got)
	if got.Figure == nil || got.Origin == nil || got.Origin.Publisher == "" || got.Origin.Licence == "" || got.Figure.File != "data/observations.csv" || got.Figure.Line == 0 || len(got.Trace.Path) == 0 {
		t.Errorf("got %+v", got)
	}
	got = api.TraceDocument{}
	document(t, "/api/v1/trace/RUS/pop", &got)
	if got.Trace != nil || got.Figure == nil || got.Figure.Measure == "" {
		t.Errorf("a series outside the framework: %+v", got)
	}
	got = api.TraceDocument{}
	document(t, "/api/v1/trace/RUS/talent", &got)
	if got.Figure != nil || len(got.Trace.Parts) == 0 {
		t.Errorf("an aggregate: %+v", got)
	}
	var series api.IndicatorDocument
	document(t, "/api/v1/indicators/rd_gdp", &series)
	if series.Figures != 84 || len(series.Origins) == 0 || series.Code != "rd_gdp" {
		t.Errorf("got %+v", series)
	}
}

// TestDocsPage: made of the description, loading nothing from elsewhere.
func TestDocsPage(t *testing.T) {
	resp := ask(t, "GET", "/api/v1/docs")
	b := string(body(t, resp))
	for _, want := range []string{"<h2>Units by rank</h2>", "GET /api/v1/tables/{table}", `href="/api/v1/units/ARE"`, "<code>limit</code>", "Default: 1000."} {
		if !strings.Contains(b, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(b, "<script") || strings.Contains(b, "src=") || strings.Contains(b, "https://") {
		t.Errorf("the page loads from elsewhere:\n%s", b)
	}
}

// TestKept: an answer is made once and sent again while the builds are the same; by what
// it hangs on (address, Accept, variant, build) there are different ones, and errors and
// the page that names the host are not kept.
func TestKept(t *testing.T) {
	shown, made, broken := "", 0, false
	c := config()
	csv := c.CSV
	c.CSV = func(w io.Writer, t *mizan.Relation) error {
		made++
		return csv(w, t)
	}
	c.Report = func(variant string) (*engine.Report, error) {
		if broken {
			return nil, &mizan.Problem{ID: "broken", Cause: "the project is broken"}
		}
		if variant == "" {
			variant = shown
		}
		return race().get(variant)
	}
	h := api.Handler(c)
	get := func(host, path string, header ...string) (int, string) {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Host = host
		for i := 0; i < len(header); i += 2 {
			r.Header.Add(header[i], header[i+1])
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w.Code, w.Body.String()
	}
	const table = "/api/v1/tables/results"
	_, first := get("a.example", table+"?format=csv&limit=5")
	_, again := get("b.example", table+"?format=csv&limit=5")
	if first != again || made != 1 || !strings.HasPrefix(first, "unit,year,") {
		t.Errorf("made %d times:\n%s\n%s", made, first, again)
	}
	_, text := get("a.example", table+"?limit=5", "Accept", "text/csv")
	_, document := get("a.example", table+"?limit=5", "Accept", "application/json")
	if text != first || !json.Valid([]byte(document)) || made != 2 {
		t.Errorf("by Accept, made %d times:\n%s\n%s", made, text, document)
	}
	const variant = "intensity"
	_, of := get("a.example", table+"?format=csv&variant="+variant)
	_, base := get("a.example", table+"?format=csv")
	if of == base {
		t.Error("a variant is as the project")
	}
	shown = variant // the project has changed
	if _, now := get("a.example", table+"?format=csv"); now != of {
		t.Error("the answer is that of the build before")
	}
	broken = true
	if status, _ := get("a.example", table+"?format=csv"); status != http.StatusInternalServerError {
		t.Errorf("a broken project answers %d", status)
	}
	broken, shown = false, ""
	if status, now := get("a.example", table+"?format=csv"); status != http.StatusOK || now != base {
		t.Errorf("a mended project answers %d", status)
	}
	for _, host := range []string{"a.example", "b.example"} {
		if _, page := get(host, "/api/v1/docs"); !strings.Contains(page, "http://"+host+"/api/v1") {
			t.Errorf("the page of %s names another host", host)
		}
	}
}

// TestUntitled: what the description says is always there is there, also where the
// project does not have it.
func TestUntitled(t *testing.T) {
	files := fstest.MapFS{"o.csv": {Data: []byte("unit,indicator,year,value\nA,a,2023,1\nB,a,2023,2\n")}}
	r, err := engine.Run(engine.Input{Name: "mizan.yaml", Text: []byte("mizan: 1\nid: x\nperiod: {year: 2023}\nobservations: [{file: o.csv}]\nindicators: {a: {}}\nframework: {code: top, children: [{code: a}]}\n"), Files: files})
	if err != nil {
		t.Fatal(err)
	}
	c := config()
	c.Report = func(string) (*engine.Report, error) { return r, nil }
	w := httptest.NewRecorder()
	api.Handler(c).ServeHTTP(w, httptest.NewRequest(http.MethodGet, api.Base, nil))
	if !strings.Contains(w.Body.String(), `"title":{}`) {
		t.Errorf("got %s", w.Body)
	}
}
