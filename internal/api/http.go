package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"mizan"
	"mizan/internal/reply"
)

// Base is the path below which the API answers. A change that breaks who reads it
// gets another number.
const Base = "/api/v1"

// Encoder writes a table in one of the forms of a file.
type Encoder func(w io.Writer, t *mizan.Relation) error

// The forms of a table by their media types, the first where none is asked for.
const (
	jsonType    = "application/json"
	csvType     = "text/csv"
	parquetType = "application/vnd.apache.parquet"
)

// Handler answers requests below Base:
//
//	GET Base                          what the index is
//	GET Base/ranking                  units by rank
//	GET Base/units/{unit}             why a unit ranks as it does
//	GET Base/indicators/{code}        a series with its sources
//	GET Base/trace/{unit}/{code}      a number's way from its source to the top
//	GET Base/tables, Base/tables/{table}
//	                                  all of it as tables: JSON, CSV, Parquet
//	GET Base/findings, Base/report    remarks; the whole report
//	GET Base/openapi.json, openapi.yaml, docs
//
// Every answer has a validator (ETag) and may be read from pages of other sites
// (CORS); none changes anything.
func Handler(c Config) http.Handler {
	mux := http.NewServeMux()
	h := &handler{service: service{c}}
	h.api = humago.New(mux, h.config())
	h.register()
	mux.HandleFunc("GET "+Base+"/docs", h.docs)
	return h.conditional(mux)
}

// handler is the service as operations of HTTP.
type handler struct {
	service
	api  huma.API
	kept reply.Shelf
}

// missable is how a mizan.Number looks in JSON.
type missable struct{}

// Schema is a number or null.
func (missable) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeNumber, Format: "double", Nullable: true}
}

func (h *handler) config() huma.Config {
	c := huma.DefaultConfig("Mizan", h.Version)
	c.Info.Description = "Reads one composite index: its ranking, every number with who published it, and the way of each from source to score. Read only, without keys."
	c.OpenAPIPath, c.SchemasPath = Base+"/openapi", ""
	c.DocsPath = "" // the library's own page loads a script from elsewhere
	c.CreateHooks = nil
	c.RejectUnknownQueryParameters = true
	plain := huma.Format{
		Marshal: func(w io.Writer, v any) error {
			enc := json.NewEncoder(w)
			enc.SetEscapeHTML(false)
			return enc.Encode(v)
		},
		Unmarshal: json.Unmarshal,
	}
	c.Formats = map[string]huma.Format{jsonType: plain, "json": plain}
	c.Components.Schemas.RegisterTypeAlias(reflect.TypeFor[mizan.Number](), reflect.TypeFor[missable]())
	return c
}

// Of are the parameters of every operation.
type Of struct {
	Variant string `query:"variant" maxLength:"200" doc:"another reading of the project, by its code" example:""`
}

// In are those of an operation that is about one year.
type In struct {
	Of
	Year int `query:"year" minimum:"1" maximum:"9999" doc:"a year of the index; the latest if it is not given"`
}

// Named is the language of names.
type Named struct {
	Lang string `query:"lang" maxLength:"35" default:"en" doc:"language of names, as a BCP 47 tag"`
}

// Paged is a part of a long list.
type Paged struct {
	Offset int `query:"offset" minimum:"0" maximum:"1000000000" default:"0" doc:"how many to pass over"`
	Limit  int `query:"limit" minimum:"1" maximum:"100000" default:"1000" doc:"how many to give at most"`
}

// answer is a JSON document. Link leads to the next page, where there is one.
type answer[T any] struct {
	Link string `header:"Link" doc:"the next page (RFC 8288), where there is one"`
	Body T
}

// get registers an operation that answers with a JSON document.
func get[I, O any](h *handler, path, id, summary, description string, ask func(ctx context.Context, in *I) (O, error)) {
	op := huma.Operation{
		OperationID: id, Method: http.MethodGet, Path: Base + path, Summary: summary, Description: description,
		Errors: []int{http.StatusNotFound, http.StatusUnprocessableEntity, http.StatusInternalServerError},
	}
	huma.Register(h.api, op, func(ctx context.Context, in *I) (*answer[O], error) {
		body, err := ask(ctx, in)
		if err != nil {
			return nil, statusOf(err)
		}
		a := &answer[O]{Body: body}
		return a, nil
	})
}

// statusOf is an error as an answer. What there is not is 404; a project that can
// not be built is no fault of who asks.
func statusOf(err error) error {
	var p *mizan.Problem
	var all mizan.Problems
	if errors.As(err, &all) && len(all) > 0 {
		p = all[0]
	}
	if p == nil && !errors.As(err, &p) {
		return huma.Error500InternalServerError("the answer could not be made", err)
	}
	switch p.ID {
	case "unknown-unit", "unknown-code", "unknown-year", "unknown-variant", "unknown-table", "unknown-indicator", "not-in-framework":
		return huma.Error404NotFound(err.Error())
	case "no-such-column":
		return huma.Error422UnprocessableEntity(err.Error())
	}
	return huma.Error500InternalServerError("the project cannot be built: " + err.Error())
}

func (h *handler) register() {
	get(h, "", "overview", "What the index is", "Title, years, the framework with its weights, variants and tables.",
		func(_ context.Context, in *Of) (*Overview, error) { return h.overview(in.Variant) })
	h.registerRanking()
	type unitInput struct {
		In
		Unit string `path:"unit" maxLength:"200" doc:"code of the unit" example:"RUS"`
	}
	get(h, "/units/{unit}", "unit", "Why a unit ranks as it does", "What makes up its score, strengths and weaknesses, units like it, and what would move it a rank.",
		func(_ context.Context, in *unitInput) (*UnitDocument, error) {
			return h.unit(in.Variant, in.Unit, in.Year)
		})
	type indicatorInput struct {
		Of
		Code string `path:"code" maxLength:"200" doc:"code of the series" example:"rd_gdp"`
	}
	get(h, "/indicators/{code}", "indicator", "A series with its sources", "What it measures, how many figures there are, who published them under which licence.",
		func(_ context.Context, in *indicatorInput) (*IndicatorDocument, error) {
			return h.indicator(in.Variant, in.Code)
		})
	type traceInput struct {
		In
		Unit string `path:"unit" maxLength:"200" doc:"code of the unit" example:"RUS"`
		Code string `path:"code" maxLength:"200" doc:"code of an indicator or aggregate" example:"rd_gdp"`
	}
	get(h, "/trace/{unit}/{code}", "trace", "A number's way from its source to the top", "The observation with its file, line and publisher, what every stage did to it, and what it contributes to every aggregate above.",
		func(_ context.Context, in *traceInput) (*TraceDocument, error) {
			return h.trace(in.Variant, in.Unit, in.Code, in.Year)
		})
	get(h, "/tables", "tables", "The tables that can be read", "Names, columns and keys.",
		func(_ context.Context, in *Of) ([]TableInfo, error) { return h.tables(in.Variant) })
	h.registerTable()
	get(h, "/findings", "findings", "Remarks on data and results", "What was noticed, how grave it is, and what helps.",
		func(_ context.Context, in *Of) ([]mizan.Finding, error) {
			r, err := h.report(in.Variant)
			if err != nil || r.Findings == nil {
				return []mizan.Finding{}, err
			}
			return r.Findings, nil
		})
	h.registerReport()
}

func (h *handler) registerRanking() {
	type rankingInput struct {
		In
		Named
		Paged
		Code string `query:"code" maxLength:"200" doc:"what to rank by: an aggregate or indicator; the index if it is not given"`
	}
	op := huma.Operation{
		OperationID: "ranking", Method: http.MethodGet, Path: Base + "/ranking", Summary: "Units by rank",
		Description: "The units of one year, the highest score first, with the scores of what it is made of. Those without a rank come last.",
		Errors:      []int{http.StatusNotFound, http.StatusUnprocessableEntity, http.StatusInternalServerError},
	}
	huma.Register(h.api, op, func(_ context.Context, in *rankingInput) (*answer[*Ranking], error) {
		r, err := h.ranking(in.Variant, in.Code, in.Lang, in.Year, in.Offset, in.Limit)
		if err != nil {
			return nil, statusOf(err)
		}
		query := url.Values{}
		for key, value := range map[string]string{"variant": in.Variant, "code": in.Code} {
			if value != "" {
				query.Set(key, value)
			}
		}
		query.Set("year", strconv.Itoa(r.Year))
		query.Set("lang", in.Lang)
		return &answer[*Ranking]{Link: next(Base+"/ranking", query, in.Paged, r.Total), Body: r}, nil
	})
}

// next is the header that leads to the next page; "" if this is the last.
func next(path string, query url.Values, p Paged, total int) string {
	if p.Offset >= total-p.Limit {
		return ""
	}
	query.Set("offset", strconv.Itoa(p.Offset+p.Limit))
	query.Set("limit", strconv.Itoa(p.Limit))
	return fmt.Sprintf(`<%s?%s>; rel="next"`, path, query.Encode())
}

// Rows is a part of a table.
type Rows struct {
	Table  string           `json:"table"`
	Total  int              `json:"total" doc:"rows that fit what was asked for"`
	Offset int              `json:"offset"`
	Rows   []map[string]any `json:"rows" doc:"a value for each column; null is missing"`
}

// tableInput is what is asked of a table.
type tableInput struct {
	Of
	Named
	Paged
	Table  string `path:"table" maxLength:"200" doc:"name of the table" example:"results"`
	Unit   string `query:"unit" maxLength:"200" doc:"only rows of this unit"`
	Code   string `query:"code" maxLength:"200" doc:"only rows of this indicator or aggregate"`
	Year   int    `query:"year" minimum:"1" maximum:"9999" doc:"only rows of this year"`
	Format string `query:"format" enum:"json,csv,parquet" doc:"form of the table; if it is not given, the one that the header Accept likes best"`
	accept []string
}

// Resolve keeps the header Accept, which is no parameter by the rules of OpenAPI.
func (in *tableInput) Resolve(ctx huma.Context) []error {
	ctx.EachHeader(func(name, value string) {
		if http.CanonicalHeaderKey(name) == "Accept" {
			in.accept = append(in.accept, value)
		}
	})
	return nil
}

// raw is an answer of which the bytes are known.
type raw struct {
	ContentType string `header:"Content-Type"`
	Link        string `header:"Link" doc:"the next page (RFC 8288), where there is one"`
	Total       int    `header:"X-Total-Count" doc:"rows that fit what was asked for"`
	Vary        string `header:"Vary"`
	Body        []byte
}

func (h *handler) registerTable() {
	rows := h.api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[Rows](), true, "Rows")
	binary := &huma.Schema{Type: huma.TypeString, Format: "binary"}
	op := huma.Operation{
		OperationID: "table", Method: http.MethodGet, Path: Base + "/tables/{table}", Summary: "Rows of a table",
		Description: "A table of the index, or the rows of one unit, code or year, as JSON, CSV or Parquet. Numbers read back to the same double; missing is null, or an empty cell.",
		Errors:      []int{http.StatusNotFound, http.StatusNotAcceptable, http.StatusUnprocessableEntity, http.StatusInternalServerError},
		Responses: map[string]*huma.Response{"200": {
			Description: "OK", Content: map[string]*huma.MediaType{jsonType: {Schema: rows}, csvType: {Schema: &huma.Schema{Type: huma.TypeString}}, parquetType: {Schema: binary}},
		}},
	}
	huma.Register(h.api, op, func(_ context.Context, in *tableInput) (*raw, error) {
		kind := map[string]string{"json": jsonType, "csv": csvType, "parquet": parquetType}[in.Format]
		if kind == "" {
			if kind = negotiate(in.accept, jsonType, csvType, parquetType); kind == "" {
				return nil, huma.Error406NotAcceptable("there are application/json, text/csv and application/vnd.apache.parquet")
			}
		}
		t, err := h.table(in.Variant, in.Table, in.Lang, filter{in.Unit, in.Code, in.Year})
		if err != nil {
			return nil, statusOf(err)
		}
		query := url.Values{"lang": {in.Lang}}
		for key, value := range map[string]string{"variant": in.Variant, "unit": in.Unit, "code": in.Code, "format": in.Format} {
			if value != "" {
				query.Set(key, value)
			}
		}
		if in.Year != 0 {
			query.Set("year", strconv.Itoa(in.Year))
		}
		out := &raw{ContentType: kind, Link: next(Base+"/tables/"+t.Name, query, in.Paged, t.Rows), Total: t.Rows, Vary: "Accept"}
		out.Body, err = h.encode(kind, t, in.Paged)
		if err != nil {
			return nil, statusOf(err)
		}
		if kind == csvType {
			out.ContentType += "; charset=utf-8"
		}
		return out, nil
	})
}

// encode writes a page of a table.
func (h *handler) encode(kind string, t *mizan.Relation, p Paged) ([]byte, error) {
	part := t.Slice(p.Offset, p.Limit)
	var b bytes.Buffer
	switch kind {
	case csvType:
		err := h.CSV(&b, part)
		return b.Bytes(), err
	case parquetType:
		err := h.Parquet(&b, part)
		return b.Bytes(), err
	}
	rows := Rows{Table: t.Name, Total: t.Rows, Offset: p.Offset, Rows: rowsOf(part)}
	return json.Marshal(rows)
}

// rowsOf are the rows of a table as JSON objects.
func rowsOf(t *mizan.Relation) []map[string]any {
	rows := make([]map[string]any, t.Rows)
	for i := range rows {
		rows[i] = make(map[string]any, len(t.Columns))
		for k := range t.Columns {
			c := &t.Columns[k]
			switch {
			case c.Missing(i):
				rows[i][c.Name] = nil
			case c.Kind == mizan.TextColumn:
				rows[i][c.Name] = c.Text(i)
			default:
				rows[i][c.Name] = mizan.Number(c.Number(i))
			}
		}
	}
	return rows
}

func (h *handler) registerReport() {
	op := huma.Operation{
		OperationID: "report", Method: http.MethodGet, Path: Base + "/report", Summary: "Everything, as report.json",
		Description: "The document that `mizan build -o` writes, every stage of every unit and year.",
		Errors:      []int{http.StatusNotFound, http.StatusUnprocessableEntity, http.StatusInternalServerError},
		Responses: map[string]*huma.Response{"200": {
			Description: "OK", Content: map[string]*huma.MediaType{jsonType: {Schema: &huma.Schema{Type: huma.TypeObject, AdditionalProperties: true}}},
		}},
	}
	type document struct {
		ContentType string `header:"Content-Type"`
		Body        []byte
	}
	huma.Register(h.api, op, func(_ context.Context, in *Of) (*document, error) {
		r, err := h.report(in.Variant)
		if err != nil {
			return nil, statusOf(err)
		}
		var b bytes.Buffer
		if err := r.WriteJSON(&b); err != nil {
			return nil, statusOf(err)
		}
		return &document{ContentType: jsonType, Body: b.Bytes()}, nil
	})
}
