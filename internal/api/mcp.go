package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"mizan"
)

// instructions tell an assistant what it can ask, and how to speak of it.
const instructions = `This server answers questions about one composite index: units (mostly countries) ranked by scores that are built from published indicators. Ask "overview" first: it names the years, the framework with its weights, and the tables. Codes, not names, identify units and indicators. When you quote a number, tell its year and who published it: "trace" and "indicator" give publisher, licence and address. A missing value is null and is not zero. A rank may be unsure: the findings say what was noticed.`

// MCP makes a server of the Model Context Protocol, whose tools read the index. The
// texts of a project reach an assistant as data, in JSON.
func MCP(c Config) *mcp.Server {
	s := &service{c}
	server := mcp.NewServer(&mcp.Implementation{Name: "mizan", Title: "Mizan", Version: c.Version}, &mcp.ServerOptions{Instructions: instructions})
	addTool(server, "overview", "What the index is: title, years, framework with weights, variants, tables.",
		func(_ context.Context, in variantInput) (any, error) { return s.overview(in.Variant) })
	addTool(server, "ranking", "Units by rank in one year, with the scores of what the index is made of.",
		func(_ context.Context, in rankingInput) (any, error) {
			if in.Limit == 0 {
				in.Limit = 50
			}
			if in.Limit < 0 || in.Limit > 1000 || in.Offset < 0 || in.Offset > 1e9 {
				return nil, &mizan.Problem{ID: "bad-page", Cause: "limit is from 1 to 1000, and offset not negative"}
			}
			return s.ranking(in.Variant, in.Code, "en", in.Year, in.Offset, in.Limit)
		})
	addTool(server, "unit", "Why a unit ranks as it does: contributions, strengths, weaknesses, peers, and what would move it a rank.",
		func(_ context.Context, in unitInput) (any, error) { return s.unit(in.Variant, in.Unit, in.Year) })
	addTool(server, "indicator", "A series: what it measures, in which unit, who published its figures under which licence.",
		func(_ context.Context, in codeInput) (any, error) { return s.indicator(in.Variant, in.Code) })
	addTool(server, "trace", "A number's way from its source to the top: the figure with file, line, publisher, licence and address, what every stage did to it, and what it contributes.",
		func(_ context.Context, in traceInput) (any, error) {
			return s.trace(in.Variant, in.Unit, in.Code, in.Year)
		})
	addTool(server, "findings", "Remarks on data and results, with how grave they are.",
		func(_ context.Context, in variantInput) (any, error) {
			r, err := s.report(in.Variant)
			if err != nil {
				return nil, err
			}
			return r.Findings, nil
		})
	if c.Query != nil {
		addTool(server, "query", "Answer a question by one SELECT in SQL (SQLite) over the tables that overview names: units, origins, indicators, framework, observations, stages, results. Gives 200 rows at most; join origins to tell who published a number.",
			func(ctx context.Context, in queryInput) (any, error) { return s.query(ctx, in) })
	}
	server.AddResource(&mcp.Resource{URI: "mizan://project", Name: "project", Title: "The project file", Description: "The index as YAML: sources, framework, methods, as it was built.", MIMEType: "application/yaml"},
		func(context.Context, *mcp.ReadResourceRequest) (*mcp.ReadResourceResult, error) {
			r, err := s.report("")
			if err != nil {
				return nil, err
			}
			return &mcp.ReadResourceResult{Contents: []*mcp.ResourceContents{{URI: "mizan://project", MIMEType: "application/yaml", Text: r.Canonical}}}, nil
		})
	return server
}

// MCPHandler answers the Model Context Protocol over HTTP (streamable, without
// sessions: nothing is remembered of who asks).
func MCPHandler(c Config) http.Handler {
	server := MCP(c)
	return mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return server }, &mcp.StreamableHTTPOptions{Stateless: true, JSONResponse: true})
}

// The inputs of tools. jsonschema tags describe them to the assistant.
type (
	variantInput struct {
		Variant string `json:"variant,omitempty" jsonschema:"another reading of the project, by its code; leave out for the project as written"`
	}
	rankingInput struct {
		variantInput
		Code   string `json:"code,omitempty" jsonschema:"aggregate or indicator to rank by; leave out for the index"`
		Year   int    `json:"year,omitempty" jsonschema:"a year of the index; leave out for the latest"`
		Offset int    `json:"offset,omitempty" jsonschema:"how many to pass over"`
		Limit  int    `json:"limit,omitempty" jsonschema:"how many to give, 50 if left out, 1000 at most"`
	}
	unitInput struct {
		variantInput
		Unit string `json:"unit" jsonschema:"code of the unit, such as RUS"`
		Year int    `json:"year,omitempty" jsonschema:"a year of the index; leave out for the latest"`
	}
	codeInput struct {
		variantInput
		Code string `json:"code" jsonschema:"code of the indicator, such as rd_gdp"`
	}
	traceInput struct {
		variantInput
		Unit string `json:"unit" jsonschema:"code of the unit, such as RUS"`
		Code string `json:"code" jsonschema:"code of an indicator or aggregate"`
		Year int    `json:"year,omitempty" jsonschema:"a year of the index; leave out for the latest"`
	}
	queryInput struct {
		variantInput
		SQL string `json:"sql" jsonschema:"one SELECT statement"`
	}
)

// addTool adds a tool that reads. What goes wrong is told to the assistant, which
// may ask again.
func addTool[I any](server *mcp.Server, name, about string, ask func(ctx context.Context, in I) (any, error)) {
	closed := false
	tool := &mcp.Tool{Name: name, Description: about, Annotations: &mcp.ToolAnnotations{ReadOnlyHint: true, IdempotentHint: true, OpenWorldHint: &closed}}
	mcp.AddTool(server, tool, func(ctx context.Context, _ *mcp.CallToolRequest, in I) (*mcp.CallToolResult, any, error) {
		v, err := ask(ctx, in)
		if err != nil {
			return nil, nil, err
		}
		text, err := compact(v)
		if err != nil {
			return nil, nil, err
		}
		return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: text}}}, nil, nil
	})
}

func compact(v any) (string, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return b.String(), err
}

// mostRows is how many rows a query gives to an assistant.
const mostRows = 200

// answerRows is what a query gave.
type answerRows struct {
	Columns []string `json:"columns"`
	Rows    [][]any  `json:"rows"`
	More    string   `json:"more,omitempty"`
}

func (s *service) query(ctx context.Context, in queryInput) (*answerRows, error) {
	r, err := s.report(in.Variant)
	if err != nil {
		return nil, err
	}
	t, err := s.Query(ctx, r, in.SQL)
	if err != nil {
		return nil, err
	}
	out := &answerRows{Rows: [][]any{}}
	for _, c := range t.Columns {
		out.Columns = append(out.Columns, c.Name)
	}
	for i := range min(t.Rows, mostRows) {
		row := make([]any, len(t.Columns))
		for k := range t.Columns {
			switch c := &t.Columns[k]; {
			case c.Missing(i):
			case c.Kind == mizan.TextColumn:
				row[k] = c.Text(i)
			default:
				row[k] = mizan.Number(c.Number(i))
			}
		}
		out.Rows = append(out.Rows, row)
	}
	if t.Rows > mostRows {
		out.More = fmt.Sprintf("%d rows in all; ask for fewer by WHERE or LIMIT", t.Rows)
	}
	return out, nil
}
