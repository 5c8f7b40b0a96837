package spec_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mizan/spec"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares what was made of every file of an archive with the file of
// the same name that ends in .golden.
func golden(t *testing.T, file, ext string, make func(name, text string) string) {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for _, f := range archive.Files {
		if name, ok := strings.CutSuffix(f.Name, ".golden"); ok {
			want[name] = string(f.Data)
		}
	}
	out := &txtar.Archive{Comment: archive.Comment}
	for _, f := range archive.Files {
		if !strings.HasSuffix(f.Name, ext) {
			continue
		}
		got := make(f.Name, string(f.Data)) + "\n"
		out.Files = append(out.Files, f, txtar.File{Name: f.Name + ".golden", Data: []byte(got)})
		if d := cmp.Diff(want[f.Name], got); d != "" && !*update {
			t.Errorf("%s: %s (-want +got)\n%s", file, f.Name, d)
		}
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(out), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// Every bad file gives all its problems with place, cause, remedy and excerpt.
func TestBadFiles(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.txtar")
	if len(files) < 6 {
		t.Fatal("no golden files found")
	}
	for _, file := range files {
		if filepath.Base(file) == "edits.txtar" {
			continue
		}
		golden(t, file, ".yaml", func(name, text string) string {
			_, err := spec.Parse(name, []byte(text))
			if err == nil {
				t.Errorf("%s: %s is accepted", file, name)
				return ""
			}
			return err.Error()
		})
	}
}

func TestBadEdits(t *testing.T) {
	s, _ := load(t, "testdata/project.yaml")
	golden(t, "testdata/edits.txtar", ".txt", func(name, text string) string {
		var out []string
		var all []spec.Edit
		for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
			e, err := spec.ParseEdit(line)
			if err == nil && name == "several.txt" {
				all = append(all, e)
				continue
			}
			if err == nil {
				_, err = s.Apply(e)
			}
			if err == nil {
				t.Errorf("%s is accepted", line)
				continue
			}
			out = append(out, err.Error())
		}
		if all != nil {
			_, err := s.Apply(all...)
			out = append(out, err.Error())
		}
		return strings.Join(out, "\n")
	})
}
