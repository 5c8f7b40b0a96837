package projects_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"mizan/internal/source"
	"mizan/projects"
	"mizan/spec"
)

// refreshRow says how a series of an embedded project could be pulled anew, or
// why it cannot.
type refreshRow struct{ series, connector, key, options, url, note string }

func refreshRows(t *testing.T, files fs.FS) []refreshRow {
	t.Helper()
	text, err := fs.ReadFile(files, "refresh.csv")
	if err != nil {
		t.Fatal(err)
	}
	cells, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []refreshRow
	for _, c := range cells[1:] {
		rows = append(rows, refreshRow{c[0], c[1], c[2], c[3], c[4], c[5]})
	}
	return rows
}

// TestRefresh: every series and every table of ties or supply that a project
// carries has a connector which could refresh it, whose questions for it can be
// asked, or a stated reason why not. docs/refresh.md is the table of it.
func TestRefresh(t *testing.T) {
	var doc bytes.Buffer
	doc.WriteString(refreshHead)
	for _, name := range projects.Names() {
		files, _ := projects.FS(name)
		text, err := fs.ReadFile(files, "mizan.yaml")
		if err != nil {
			t.Fatal(err)
		}
		s, err := spec.Parse("mizan.yaml", text)
		if err != nil {
			t.Fatal(err)
		}
		var codes []string
		for _, i := range s.Indicators {
			codes = append(codes, i.Code)
		}
		for _, x := range s.Ties {
			codes = append(codes, x.Code)
		}
		for _, x := range s.Supply {
			codes = append(codes, x.Code)
		}
		rows := refreshRows(t, files)
		by, seen, reasons := 0, map[string]bool{}, 0
		fmt.Fprintf(&doc, "\n## %s\n\n| series | connector | its key, and options | |\n|---|---|---|---|\n", name)
		for _, r := range rows {
			if seen[r.series] || !slices.Contains(codes, r.series) {
				t.Errorf("%s: %s stands twice, or is no series of the project", name, r.series)
			}
			seen[r.series] = true
			if r.connector == "" {
				if reasons++; len(r.note) < 40 || r.key+r.options+r.url != "" {
					t.Errorf("%s: %s has neither a connector nor a reason", name, r.series)
				}
				fmt.Fprintf(&doc, "| `%s` | – | | %s |\n", r.series, r.note)
				continue
			}
			by++
			checkRefresh(t, name, r)
			key := "`" + strings.ReplaceAll(r.key, "|", `\|`) + "`"
			for _, o := range strings.FieldsFunc(r.options, func(c rune) bool { return c == ';' }) {
				key += ", " + o
			}
			note := r.note
			if r.url != "" {
				note = strings.TrimSpace(note + " url: `" + r.url + "`")
			}
			fmt.Fprintf(&doc, "| `%s` | %s | %s | %s |\n", r.series, r.connector, key, note)
		}
		for _, c := range codes {
			if !seen[c] {
				t.Errorf("%s: %s has neither a connector nor a reason why not; add it to refresh.csv", name, c)
			}
		}
		fmt.Fprintf(&doc, "\n%d of %d by a connector, %d not, for the reasons above.\n", by, len(rows), reasons)
	}
	const file = "../docs/refresh.md"
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(file, doc.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if have, err := os.ReadFile(file); err != nil || !bytes.Equal(have, doc.Bytes()) {
		t.Errorf("docs/refresh.md is not what the projects say: run UPDATE_GOLDEN=1 go test ./projects -run TestRefresh (%v)", err)
	}
}

const refreshHead = `# How the embedded figures are refreshed

Every series that the embedded projects carry, with the connector that pulls it
anew, or why none can. The table is made by a test from refresh.csv of each
project, and the test asks every connector what it would ask for. Where this was
written there was no network: whether the publishers answer today as they describe,
and whether addresses, names of columns and codes are still the same, was not
tried. What is not is told by the first pull, with the columns that there are.

In a copy of the project one of them is pulled by

    mizan data pull --refresh SERIES

as [told here](data.md#a-copied-project-refreshed); tables of ties get a source by hand.
`

// checkRefresh asks the connector what it would ask for.
func checkRefresh(t *testing.T, project string, r refreshRow) {
	t.Helper()
	c := source.Find(r.connector)
	if c == nil {
		t.Errorf("%s: %s: there is no connector %q", project, r.series, r.connector)
		return
	}
	q := &source.Query{Source: "s", Series: []source.Series{{Code: r.series, Key: r.key}}, From: 2020, To: 2023, Base: r.url, Options: map[string]string{}}
	for _, o := range strings.FieldsFunc(r.options, func(c rune) bool { return c == ';' }) {
		name, value, _ := strings.Cut(o, "=")
		q.Options[name] = value
	}
	if err := c.Check(q); err != nil {
		t.Errorf("%s: %v", project, err)
		return
	}
	requests, err := c.Requests(q)
	if err != nil || len(requests) == 0 {
		t.Errorf("%s: %s would ask nothing: %v", project, r.series, err)
	}
	for _, x := range requests {
		if !strings.HasPrefix(x.URL, "https://") && !fs.ValidPath(x.URL) {
			t.Errorf("%s: %s would ask %s", project, r.series, x.URL)
		}
	}
}
