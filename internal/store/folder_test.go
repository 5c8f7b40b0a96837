package store_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"testing/fstest"

	"mizan/internal/store"
)

// TestFolder: what a folder holds is read as anywhere; what a link leads out to is not,
// nor would a file be made there.
func TestFolder(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Log("links ask for a right of their own there; only plain files are tried")
	}
	dir := t.TempDir()
	project := filepath.Join(dir, "project")
	for name, text := range map[string]string{"project/a.csv": "a", "project/sub/b.csv": "b", "out/c.csv": "c"} {
		at := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(at), 0o755), os.WriteFile(at, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	f, err := store.OpenFolder(project)
	if err != nil {
		t.Fatal(err)
	}
	if err := fstest.TestFS(f, "a.csv", "sub/b.csv"); err != nil {
		t.Error(err)
	}
	if runtime.GOOS != "windows" {
		for name, to := range map[string]string{
			"out.csv": "../out/c.csv", "outer": "../out", "absolute.csv": filepath.Join(dir, "project", "a.csv"), "new.csv": "../out/new.csv",
			"within.csv": "sub/b.csv", "round.csv": "sub/../a.csv", "later.csv": "sub/later.csv",
		} {
			if err := os.Symlink(to, filepath.Join(project, name)); err != nil {
				t.Fatal(err)
			}
		}
		for _, name := range []string{"out.csv", "outer/c.csv", "outer/new/x.csv", "absolute.csv", "new.csv"} {
			if err := f.Within(name); !errors.Is(err, store.ErrLeadsOut) {
				t.Errorf("%s: got %v", name, err)
			}
			if _, err := fs.ReadFile(f, name); !errors.Is(err, store.ErrLeadsOut) {
				t.Errorf("reading %s: got %v", name, err)
			}
		}
		for _, name := range []string{"within.csv", "round.csv", "later.csv"} {
			if err := f.Within(name); err != nil {
				t.Errorf("%s: got %v", name, err)
			}
		}
	}
	for _, name := range []string{"../out/c.csv", "/etc/passwd", "sub/../../out"} {
		if err := f.Within(name); !errors.Is(err, store.ErrLeadsOut) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	for _, name := range []string{"a.csv", "sub", "none", "sub/none/x.csv", ".", "a.csv/x"} {
		if err := f.Within(name); err != nil {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
