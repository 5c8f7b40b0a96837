package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
	"github.com/pb33f/libopenapi-validator/errors"
)

// openapi is the description that the API gives of itself.
type openapi struct {
	OpenAPI string `json:"openapi"`
	Paths   map[string]map[string]struct {
		OperationID string `json:"operationId"`
		Parameters  []parameter
		Responses   map[string]json.RawMessage
	}
}

type parameter struct {
	Name, In string
	Required bool
	Schema   struct {
		Type             string
		Enum             []any
		Minimum, Maximum *float64
		MaxLength        *int
	}
}

// checker validates by libopenapi, a library of others.
func checker(t testing.TB, text []byte) validator.Validator {
	t.Helper()
	doc, err := libopenapi.NewDocument(text)
	if err != nil {
		t.Fatal(err)
	}
	v, errs := validator.NewValidator(doc)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	return v
}

func problems(list []*errors.ValidationError) string {
	var b strings.Builder
	for _, e := range list {
		fmt.Fprintf(&b, "%s: %s\n", e.Message, e.Reason)
		for _, s := range e.SchemaValidationErrors {
			fmt.Fprintf(&b, "  %s: %s\n", s.FieldPath, s.Reason)
		}
	}
	return b.String()
}

// TestOpenAPIIsValid: the description is OpenAPI 3.1, as JSON and as YAML.
func TestOpenAPIIsValid(t *testing.T) {
	for _, form := range []string{"json", "yaml"} {
		text := body(t, ask(t, "GET", "/api/v1/openapi."+form))
		if ok, errs := checker(t, text).ValidateDocument(); !ok {
			t.Errorf("openapi.%s: %s", form, problems(errs))
		}
	}
	var doc openapi
	document(t, "/api/v1/openapi.json", &doc)
	if !strings.HasPrefix(doc.OpenAPI, "3.1") || len(doc.Paths) < 8 {
		t.Errorf("version %s with %d paths", doc.OpenAPI, len(doc.Paths))
	}
	for path, operations := range doc.Paths {
		if len(operations) != 1 || operations["get"].OperationID == "" {
			t.Errorf("%s has operations other than GET", path)
		}
	}
}

// words are values of text parameters: what there is, and what would break out of
// somewhere.
var words = []string{
	"RUS", "CHN", "USA", "rd_gdp", "talent", "ai_race", "pop", "results", "units", "stages", "observations", "intensity", "en", "ru", "zh-Hant",
	"", " ", "..", "../../etc/passwd", "%00", "\x00", "a\r\nSet-Cookie: x=1", "'; DROP TABLE units; --", "<script>alert(1)</script>", "{unit}", "RUS/rd_gdp", "Ω≈ç√∫", strings.Repeat("я", 300), "null", "NaN", "1e999", "-0",
}

// TestFuzzedByDescription asks what the description allows, and what it does not,
// some thousand times from a fixed seed: every answer has a status and a body that
// the description promises, and none is a failure of the server.
func TestFuzzedByDescription(t *testing.T) {
	text := body(t, ask(t, "GET", "/api/v1/openapi.json"))
	v := checker(t, text)
	var doc openapi
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	var paths []string
	for p := range doc.Paths {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	random := rand.New(rand.NewPCG(1, 2))
	answers := map[string]int{}
	for n := range 3000 {
		path := paths[n%len(paths)]
		op := doc.Paths[path]["get"]
		if op.OperationID == "report" && n > 200 {
			continue // it is large, and has one parameter
		}
		r := request(random, path, op.Parameters)
		w := httptest.NewRecorder()
		handler().ServeHTTP(w, r)
		resp := w.Result()
		if resp.StatusCode >= 500 {
			t.Fatalf("%s: %d %s", r.URL, resp.StatusCode, w.Body)
		}
		answers[fmt.Sprintf("%s %d", op.OperationID, resp.StatusCode)]++
		for name, values := range resp.Header {
			if strings.ContainsAny(strings.Join(values, ""), "\r\n") || name == "Set-Cookie" {
				t.Fatalf("%s: the header %s is %q", r.URL, name, values)
			}
		}
		if resp.StatusCode == http.StatusNotFound && w.Header().Get("Content-Type") != "application/problem+json" {
			continue // a path that leads elsewhere, which the mux answers
		}
		if resp.StatusCode >= 300 && resp.StatusCode < 400 {
			continue // a path that was cleaned
		}
		if _, promised := op.Responses[fmt.Sprint(resp.StatusCode)]; !promised && op.Responses["default"] == nil {
			t.Fatalf("%s: the status %d is not promised", r.URL, resp.StatusCode)
		}
		if !strings.Contains(resp.Header.Get("Content-Type"), "json") {
			continue
		}
		resp.Body = io.NopCloser(bytes.NewReader(w.Body.Bytes()))
		if ok, errs := v.ValidateHttpResponse(r, resp); !ok && !elsewhere(errs) {
			t.Fatalf("%s: %d\n%s\n%.2000s", r.URL, resp.StatusCode, problems(errs), w.Body)
		}
	}
	for path := range doc.Paths {
		if op := doc.Paths[path]["get"].OperationID; answers[op+" 200"] == 0 {
			t.Errorf("%s never answered: %v", op, answers)
		}
	}
}

// elsewhere says whether the validator could not find the operation of a strange
// path, which is no fault of the answer.
func elsewhere(errs []*errors.ValidationError) bool {
	return len(errs) == 1 && errs[0].IsPathMissingError()
}

// request makes a request from the parameters of an operation: most of the time what
// they allow, else anything.
func request(random *rand.Rand, path string, parameters []parameter) *http.Request {
	query := url.Values{}
	for _, p := range parameters {
		value := words[random.IntN(len(words))]
		wild := random.IntN(8) == 0
		switch {
		case wild:
		case len(p.Schema.Enum) > 0:
			value = fmt.Sprint(p.Schema.Enum[random.IntN(len(p.Schema.Enum))])
		case p.Schema.Type == "integer":
			value = fmt.Sprint([]int{1, 2, 10, 100, 2023, 2022, 9999, 100000}[random.IntN(8)])
		case p.Name == "variant":
			value = []string{"", "", "intensity", "nothing"}[random.IntN(4)]
		case p.Name == "table":
			value = []string{"results", "units", "stages", "origins", "framework", "indicators", "observations"}[random.IntN(7)]
		case random.IntN(2) == 0:
			value = words[random.IntN(15)]
		}
		switch {
		case p.In == "path":
			path = strings.ReplaceAll(path, "{"+p.Name+"}", url.PathEscape(value))
		case p.In == "query" && (random.IntN(4) == 0 || p.Name == "limit"):
			if p.Name == "limit" && !wild {
				value = fmt.Sprint(1 + random.IntN(50))
			}
			query.Set(p.Name, value)
		}
	}
	r := httptest.NewRequest("GET", "/", nil)
	u, err := url.Parse("http://example.org" + path)
	if err != nil {
		u = &url.URL{Scheme: "http", Host: "example.org", Path: "/api/v1"}
	}
	u.RawQuery = query.Encode()
	r.URL = u
	r.RequestURI = u.RequestURI()
	return r
}
