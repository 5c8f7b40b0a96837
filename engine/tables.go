package engine

import (
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"mizan"
	"mizan/spec"
)

// tables are tables beside the figures, such as those of ties, read when they
// are first asked for.
type tables[T any] struct {
	once     sync.Once
	all      []*T
	findings []mizan.Finding
	err      error
}

// of reads the tables of a build, once. what says in the message of a report
// that was read from a document what it lacks: "ties".
func (t *tables[T]) of(r *Report, what string, load func(s *spec.Spec, files fs.FS, units []string) ([]*T, []mizan.Finding, error)) ([]*T, []mizan.Finding, error) {
	if r.Spec == nil || r.files == nil || r.Panel == nil {
		return nil, nil, notABuild("has no " + what)
	}
	t.once.Do(func() { t.all, t.findings, t.err = load(r.Spec, r.files, r.Panel.Units) })
	return t.all, t.findings, t.err
}

// notABuild says what a report cannot do that was read from a document.
func notABuild(what string) error {
	return mizan.Problems{{
		ID: "not-a-build", Cause: "a report that was read from a document " + what, Remedy: "use the project it was built from",
	}}
}

// tableWords are how a kind of tables is spoken of.
type tableWords struct {
	key      string // of the project file
	several  string // "tables of supply"
	one      string // "table of supply"
	declared string // an example
}

// findTable is the table of a code; "" is the first. Errors are mizan.Problems:
// there is none, or none of that code.
func findTable[T any](project string, all []*T, code string, codeOf func(*T) string, w tableWords) (*T, error) {
	if len(all) == 0 {
		return nil, mizan.Problems{{
			ID: "no-" + w.key, Cause: fmt.Sprintf("%s has no %s", project, w.several), Remedy: fmt.Sprintf("declare one under `%s`: %s", w.key, w.declared),
		}}
	}
	var codes []string
	for _, t := range all {
		if code == "" || codeOf(t) == code {
			return t, nil
		}
		codes = append(codes, codeOf(t))
	}
	remedy := "the tables are " + strings.Join(codes, ", ")
	if near, ok := spec.Suggest(code, codes); ok {
		remedy = fmt.Sprintf("did you mean %q?", near)
	}
	return nil, mizan.Problems{{ID: "unknown-" + w.key, Cause: fmt.Sprintf("%s has no %s %q", project, w.one, code), Remedy: remedy}}
}
