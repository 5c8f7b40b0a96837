package cli

import (
	"context"
	"io/fs"
	"strings"
	"testing"

	"mizan/engine"
	"mizan/projects"
)

// TestQueryReport: what an assistant asks in SQL is answered from the report, and
// bounded.
func TestQueryReport(t *testing.T) {
	files, _ := projects.FS("ai-race")
	text, err := fs.ReadFile(files, projectFile)
	if err != nil {
		t.Fatal(err)
	}
	r, err := engine.Run(engine.Input{Name: projectFile, Text: text, Files: files})
	if err != nil {
		t.Fatal(err)
	}
	a, err := queryReport(context.Background(), r, "select unit, score from results where code = 'ai_race' and rank = 1")
	if err != nil || a.Rows != 1 || a.Columns[0].Text(0) != "USA" || a.Columns[1].Number(0) != r.Scores.At(0, r.Scores.Code("ai_race"), r.Scores.Unit("USA")) {
		t.Errorf("%v, %v", a, err)
	}
	for query, says := range map[string]string{
		"select * from results a, results b": "more than 20000 rows", "drop table units": "can only read", "select x from units": "no such column",
	} {
		if _, err := queryReport(context.Background(), r, query); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", query, err)
		}
	}
}
