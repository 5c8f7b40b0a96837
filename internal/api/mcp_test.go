package api_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"mizan/internal/api"
)

// assistant is a client of the SDK's own, connected to the server.
func assistant(t *testing.T, transport mcp.Transport) *mcp.ClientSession {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	session, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(ctx, transport, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = session.Close() })
	return session
}

// call calls a tool and gives its text; failed says that the tool told an error.
func call(t *testing.T, s *mcp.ClientSession, name string, arguments map[string]any) (text string, failed bool) {
	t.Helper()
	res, err := s.CallTool(context.Background(), &mcp.CallToolParams{Name: name, Arguments: arguments})
	if err != nil {
		return err.Error(), true
	}
	for _, c := range res.Content {
		text += c.(*mcp.TextContent).Text
	}
	return text, res.IsError
}

// talk asks what an assistant would; the answers are those of the HTTP API.
func talk(t *testing.T, s *mcp.ClientSession) {
	tools, err := s.ListTools(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, tool := range tools.Tools {
		if tool.Description == "" || !tool.Annotations.ReadOnlyHint {
			t.Errorf("the tool %s does not say what it is", tool.Name)
		}
	}
	for _, c := range []struct {
		tool, path string
		arguments  map[string]any
	}{
		{"overview", "/api/v1", nil},
		{"ranking", "/api/v1/ranking?limit=5&offset=10&code=talent", map[string]any{"limit": 5, "offset": 10, "code": "talent"}},
		{"unit", "/api/v1/units/RUS?variant=intensity", map[string]any{"unit": "RUS", "variant": "intensity"}},
		{"indicator", "/api/v1/indicators/rd_gdp", map[string]any{"code": "rd_gdp"}},
		{"trace", "/api/v1/trace/CHN/rd_gdp?year=2023", map[string]any{"unit": "CHN", "code": "rd_gdp", "year": 2023}},
		{"findings", "/api/v1/findings", nil},
	} {
		text, failed := call(t, s, c.tool, c.arguments)
		var got, want any
		if err := json.Unmarshal([]byte(text), &got); err != nil || failed {
			t.Errorf("%s: %v %s", c.tool, err, text)
			continue
		}
		document(t, c.path, &want)
		if a, b := asJSON(t, got), asJSON(t, want); a != b {
			t.Errorf("%s says\n%s\nand %s\n%s", c.tool, a, c.path, b)
		}
	}
	for _, c := range []struct {
		tool      string
		arguments map[string]any
		says      string
	}{
		{"unit", map[string]any{"unit": "RUZ"}, "did you mean"},
		{"unit", map[string]any{}, "unit"},
		{"ranking", map[string]any{"limit": -1}, "limit is from 1 to 1000"},
		{"ranking", map[string]any{"limit": "all"}, "limit"},
		{"ranking", map[string]any{"variant": "../../etc"}, "there is no variant"},
		{"no-such-tool", nil, "no-such-tool"},
	} {
		if text, failed := call(t, s, c.tool, c.arguments); !failed || !strings.Contains(text, c.says) {
			t.Errorf("%s %v: %s, want %s", c.tool, c.arguments, text, c.says)
		}
	}
	res, err := s.ReadResource(context.Background(), &mcp.ReadResourceParams{URI: "mizan://project"})
	if err != nil || !strings.HasPrefix(res.Contents[0].Text, "mizan: 1\nid: ai-race\n") {
		t.Errorf("the project: %v", err)
	}
}

func TestMCPInMemory(t *testing.T) {
	server, client := mcp.NewInMemoryTransports()
	session, err := api.MCP(config()).Connect(context.Background(), server, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = session.Close() }()
	talk(t, assistant(t, client))
}

func TestMCPOverHTTP(t *testing.T) {
	server := httptest.NewServer(api.MCPHandler(config()))
	defer server.Close()
	talk(t, assistant(t, &mcp.StreamableClientTransport{Endpoint: server.URL, DisableStandaloneSSE: true}))
}

// TestConverse: over pipes, as an assistant starts the command; it ends when the
// assistant hangs up, and what is no message does not stop it.
func TestConverse(t *testing.T) {
	in, toServer := io.Pipe()
	fromServer, out := io.Pipe()
	done := make(chan error, 1)
	go func() { done <- api.Converse(context.Background(), in, out, config()) }()
	talk(t, assistant(t, &mcp.IOTransport{Reader: fromServer, Writer: toServer}))
	_ = toServer.Close()
	go func() { _, _ = io.Copy(io.Discard, fromServer) }()
	select {
	case <-done:
	case <-time.After(30 * time.Second):
		t.Error("the server talks to nobody")
	}
}
