package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"mizan/internal/store"
)

func content(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

// failing writes a part and fails.
func failing(err error) func(io.Writer) error {
	return func(w io.Writer) error {
		_, _ = w.Write(bytes.Repeat([]byte("half a file\n"), 100_000))
		return err
	}
}

// tree lists every file and folder with its content.
func tree(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(dir, name)
		if d.IsDir() {
			fmt.Fprintf(&b, "%s/\n", rel)
			return nil
		}
		text, err := os.ReadFile(name)
		fmt.Fprintf(&b, "%s %q\n", rel, text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func check(t *testing.T, dir, want string) {
	t.Helper()
	if got := tree(t, dir); got != want {
		t.Errorf("the folder holds\n%swant\n%s", got, want)
	}
}

func TestWriteFiles(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "a", "out")
	files := []store.File{{Name: "x.csv", Write: content("1")}, {Name: "stages/raw.csv", Write: content("2")}}
	if err := store.WriteFiles(out, files); err != nil {
		t.Fatal(err)
	}
	want := "./\na/\na/out/\na/out/stages/\na/out/stages/raw.csv \"2\"\na/out/x.csv \"1\"\n"
	check(t, dir, want)
	if err := os.Chmod(filepath.Join(out, "x.csv"), 0o600); err != nil {
		t.Fatal(err)
	}
	files[0].Write = content("new")
	if err := store.WriteFiles(out, files); err != nil {
		t.Fatal(err)
	}
	check(t, dir, strings.Replace(want, `"1"`, `"new"`, 1))
	for name, mode := range map[string]fs.FileMode{"x.csv": 0o600, "stages/raw.csv": 0o644} {
		if info, err := os.Stat(filepath.Join(out, name)); err != nil || info.Mode().Perm() != mode {
			t.Errorf("%s has the permissions %v, want %v", name, info.Mode().Perm(), mode)
		}
	}
}

// TestNoneAtAll: whatever fails, everything stays as it was.
func TestNoneAtAll(t *testing.T) {
	for name, err := range map[string]error{"stopped": context.Canceled, "full": syscall.ENOSPC} {
		dir := t.TempDir()
		if err := store.WriteFiles(dir, []store.File{{Name: "a", Write: content("old")}}); err != nil {
			t.Fatal(err)
		}
		got := store.WriteFiles(dir, []store.File{{Name: "a", Write: content("new")}, {Name: "deep/er/b", Write: failing(err)}, {Name: "c", Write: content("new")}})
		if !errors.Is(got, err) {
			t.Errorf("%s: %v", name, got)
		}
		check(t, dir, "./\na \"old\"\n")
		if got := store.WriteFile(filepath.Join(dir, "a"), failing(err)); !errors.Is(got, err) {
			t.Errorf("%s: %v", name, got)
		}
		check(t, dir, "./\na \"old\"\n")
	}
}

// TestLateFailure: a folder stands where the last file is to go, which is found
// out before the first takes its place.
func TestLateFailure(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "z", "inside"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := store.WriteFile(filepath.Join(dir, "a"), content("old")); err != nil {
		t.Fatal(err)
	}
	before := tree(t, dir)
	err := store.WriteFiles(dir, []store.File{{Name: "a", Write: content("new")}, {Name: "z", Write: content("new")}})
	var path *fs.PathError
	if !errors.As(err, &path) || !errors.Is(err, syscall.EISDIR) {
		t.Errorf("%v", err)
	}
	check(t, dir, before)
}

// TestPutBack: the last file cannot take its place, because a folder appears
// there after it was written; the first is put back.
func TestPutBack(t *testing.T) {
	dir := t.TempDir()
	if err := store.WriteFile(filepath.Join(dir, "a"), content("old")); err != nil {
		t.Fatal(err)
	}
	z := filepath.Join(dir, "z")
	late := func(w io.Writer) error {
		if err := os.MkdirAll(filepath.Join(z, "inside"), 0o755); err != nil {
			return err
		}
		return content("new")(w)
	}
	if err := store.WriteFiles(dir, []store.File{{Name: "a", Write: content("new")}, {Name: "b", Write: content("new")}, {Name: "z", Write: late}}); err == nil {
		t.Error("a file took the place of a folder")
	}
	check(t, dir, "./\na \"old\"\nz/\nz/inside/\n")
}

func TestLinksAndDevices(t *testing.T) {
	dir := t.TempDir()
	link, real := filepath.Join(dir, "link"), filepath.Join(dir, "real")
	if err := cmpOr(os.WriteFile(real, []byte("old"), 0o640), os.Symlink("real", link)); err != nil {
		t.Fatal(err)
	}
	if err := store.WriteFile(link, content("new")); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v", err)
	}
	check(t, dir, "./\nlink \"new\"\nreal \"new\"\n")
	if err := os.Symlink("loop", filepath.Join(dir, "loop")); err != nil {
		t.Fatal(err)
	}
	if err := store.WriteFile(filepath.Join(dir, "loop"), content("new")); err == nil {
		t.Error("links in a circle were written to")
	}
	if err := store.WriteFile(os.DevNull, content("new")); err != nil {
		t.Error(err)
	}
	if err := store.WriteFile("/dev/full", content("new")); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("a full disk: %v", err)
	}
	if err := store.WriteFile(filepath.Join(dir, "no", "where"), content("new")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no such folder: %v", err)
	}
	if err := store.WriteFiles(filepath.Join(real, "below"), []store.File{{Name: "a", Write: content("new")}}); !errors.Is(err, syscall.ENOTDIR) {
		t.Errorf("a file for a folder: %v", err)
	}
}

func cmpOr(errs ...error) error { return errors.Join(errs...) }
