package store_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"mizan/internal/store"
)

func must(t *testing.T, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

// TestLinks: a link to no file yet is followed, as by any other program; a
// folder may be a link; a device keeps being one.
func TestLinks(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	must(t, os.MkdirAll(filepath.Join(dir, "else", "where"), 0o755), os.Mkdir(out, 0o755),
		os.Symlink("../else/later.csv", filepath.Join(out, "first")), os.Symlink("first", filepath.Join(out, "a.csv")),
		os.Symlink(filepath.Join(dir, "else"), filepath.Join(out, "stages")), os.Symlink(os.DevNull, filepath.Join(out, "null.csv")))
	err := store.WriteFiles(out, []store.File{{Name: "a.csv", Write: content("1")}, {Name: "stages/where/b.csv", Write: content("2")}, {Name: "null.csv", Write: content("3")}})
	must(t, err)
	check(t, filepath.Join(dir, "else"), "./\nlater.csv \"1\"\nwhere/\nwhere/b.csv \"2\"\n")
	for _, name := range []string{"a.csv", "first", "stages", "null.csv"} {
		if info, err := os.Lstat(filepath.Join(out, name)); err != nil || info.Mode()&fs.ModeSymlink == 0 {
			t.Errorf("the link %s is gone", name)
		}
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode()&fs.ModeDevice == 0 {
		t.Fatalf("%s is no device any more", os.DevNull)
	}
	// A device that is full keeps the others from taking their places.
	must(t, os.Symlink("/dev/full", filepath.Join(out, "full.csv")))
	err = store.WriteFiles(out, []store.File{{Name: "a.csv", Write: content("new")}, {Name: "full.csv", Write: content("new")}})
	if !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("a full device: %v", err)
	}
	check(t, filepath.Join(dir, "else"), "./\nlater.csv \"1\"\nwhere/\nwhere/b.csv \"2\"\n")
}

// TestErrors: every file that cannot be written is named, by the name that the
// caller knows, and nothing else happens.
func TestErrors(t *testing.T) {
	dir := t.TempDir()
	must(t, os.MkdirAll(filepath.Join(dir, "b", "inside"), 0o755), os.MkdirAll(filepath.Join(dir, "d"), 0o755),
		os.Symlink("a", filepath.Join(dir, "again")))
	before := tree(t, filepath.Join(dir, "b"))
	writes := func(names ...string) (files []store.File) {
		for _, n := range names {
			files = append(files, store.File{Name: n, Write: content("new")})
		}
		return files
	}
	for _, test := range []struct {
		names []string
		want  string
	}{
		{[]string{"a", "b", "c", "d"}, "write DIR/b: is a directory\nwrite DIR/d: is a directory"},
		{[]string{"a", "../x", "/y", "", "."}, "write DIR/../x: NAME\nwrite DIR/y: NAME\nwrite DIR: NAME\nwrite DIR: NAME"},
		{[]string{"a", "c", "./a"}, "write DIR/a: another of the files goes there too"},
		{[]string{"a", "again"}, "write DIR/again: another of the files goes there too"},
	} {
		want := strings.ReplaceAll(test.want, "NAME", "the name is not that of a file in the folder")
		want = strings.ReplaceAll(strings.ReplaceAll(want, "DIR/../x", filepath.Join(dir, "../x")), "DIR", dir)
		if err := store.WriteFiles(dir, writes(test.names...)); err == nil || err.Error() != want {
			t.Errorf("%q: got\n%v\nwant\n%s", test.names, err, want)
		}
	}
	check(t, filepath.Join(dir, "b"), before)
	if _, err := os.Lstat(filepath.Join(dir, "a")); err == nil {
		t.Error("a was written")
	}
	// An error while writing tells of the file, not of the temporary one.
	err := store.WriteFile("/dev/full", content("new"))
	if err == nil || err.Error() != "write /dev/full: no space left on device" {
		t.Errorf("%v", err)
	}
	// What a writer says is passed on as it is.
	own := fmt.Errorf("row 3: %w", &fs.PathError{Op: "read", Path: "figures.csv", Err: fs.ErrClosed})
	if err := store.WriteFile(filepath.Join(dir, "a"), failing(own)); !errors.Is(err, own) || err.Error() != own.Error() {
		t.Errorf("%v", err)
	}
}

// TestFoldersRemoved: folders that were made for files that could not be
// written go again, and no others.
func TestFoldersRemoved(t *testing.T) {
	dir := t.TempDir()
	must(t, os.Mkdir(filepath.Join(dir, "was"), 0o755), os.WriteFile(filepath.Join(dir, "file"), nil, 0o644))
	err := store.WriteFiles(dir, []store.File{{Name: "was/a", Write: content("1")}, {Name: "x/y/b", Write: content("2")}, {Name: "file/z", Write: content("3")}})
	if !errors.Is(err, syscall.ENOTDIR) {
		t.Errorf("%v", err)
	}
	check(t, dir, "./\nfile \"\"\nwas/\n")
}

// TestCreateFiles: what exists stays, even if it comes while the files are
// being written.
func TestCreateFiles(t *testing.T) {
	dir := t.TempDir()
	files := []store.File{{Name: "a", Write: content("1")}, {Name: "in/b", Write: content("2")}}
	must(t, store.CreateFiles(dir, files))
	want := "./\na \"1\"\nin/\nin/b \"2\"\n"
	check(t, dir, want)
	if info, err := os.Stat(filepath.Join(dir, "a")); err != nil || info.Mode().Perm() != usual(t) {
		t.Errorf("a has the permissions %v", info.Mode().Perm())
	}
	err := store.CreateFiles(dir, []store.File{{Name: "a", Write: content("new")}, {Name: "in/b", Write: content("new")}, {Name: "c", Write: content("new")}})
	if !errors.Is(err, fs.ErrExist) || strings.Count(err.Error(), "\n") != 1 {
		t.Errorf("two files exist: %v", err)
	}
	check(t, dir, want)
	must(t, os.Symlink("nowhere", filepath.Join(dir, "c")))
	if err := store.CreateFiles(dir, []store.File{{Name: "c", Write: content("new")}}); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a link to nowhere: %v", err)
	}
	must(t, os.Remove(filepath.Join(dir, "c")))
	late := func(w io.Writer) error {
		return errors.Join(os.WriteFile(filepath.Join(dir, "c"), []byte("mine"), 0o644), content("new")(w))
	}
	err = store.CreateFiles(dir, []store.File{{Name: "0", Write: content("new")}, {Name: "c", Write: late}})
	if !errors.Is(err, fs.ErrExist) {
		t.Errorf("a file that came late: %v", err)
	}
	check(t, dir, "./\na \"1\"\nc \"mine\"\nin/\nin/b \"2\"\n")
}

// TestLostTemporary: another program tidies the temporary files away before
// they take their places.
func TestLostTemporary(t *testing.T) {
	dir := t.TempDir()
	must(t, store.WriteFiles(dir, []store.File{{Name: "a", Write: content("old a")}, {Name: "b", Write: content("old b")}}))
	var begun sync.WaitGroup
	begun.Add(2)
	tidy := func(w io.Writer) error {
		begun.Done()
		begun.Wait()
		names, err := filepath.Glob(filepath.Join(dir, ".mizan-*"))
		for _, name := range names {
			_ = os.Remove(name)
		}
		return errors.Join(err, content("new")(w))
	}
	if err := store.WriteFiles(dir, []store.File{{Name: "a", Write: tidy}, {Name: "b", Write: tidy}}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("files without content took their places: %v", err)
	}
	check(t, dir, "./\na \"old a\"\nb \"old b\"\n")
	begun.Add(2)
	if err := store.CreateFiles(dir, []store.File{{Name: "c", Write: tidy}, {Name: "d", Write: tidy}}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("files without content took their places: %v", err)
	}
	check(t, dir, "./\na \"old a\"\nb \"old b\"\n")
}

// TestSecret: while a file that only its owner may read is written, others
// cannot read the new content either.
func TestSecret(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a")
	must(t, os.WriteFile(name, nil, 0o600))
	seen := 0
	must(t, store.WriteFile(name, func(w io.Writer) error {
		entries, err := os.ReadDir(filepath.Dir(name))
		for _, e := range entries {
			info, err := e.Info()
			must(t, err)
			seen++
			if info.Mode().Perm()&0o077 != 0 {
				t.Errorf("%s has the permissions %v", e.Name(), info.Mode().Perm())
			}
		}
		return errors.Join(err, content("secret")(w))
	}))
	if seen != 2 {
		t.Errorf("%d files were looked at, want the old and the new one", seen)
	}
}

// TestSideBySide: programs that write the same files at the same time leave
// whole files, and whoever reads meanwhile reads whole files.
func TestSideBySide(t *testing.T) {
	dir := t.TempDir()
	var texts []string
	for i := range 8 {
		texts = append(texts, strings.Repeat(fmt.Sprint(i), 300_000))
	}
	whole := func(name string) {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || len(text) != 300_000 || string(text) != strings.Repeat(string(text[:1]), 300_000) {
			t.Errorf("%s is not whole: %d bytes, %v", name, len(text), err)
		}
	}
	write := func(i int) error {
		return store.WriteFiles(dir, []store.File{{Name: "a", Write: content(texts[i])}, {Name: "b", Write: content(texts[i])}})
	}
	must(t, write(0))
	var all sync.WaitGroup
	for i := range texts {
		all.Go(func() {
			for range 3 {
				if err := write(i); err != nil {
					t.Error(err)
				}
				whole("a")
				whole("b")
			}
		})
	}
	all.Wait()
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 {
		t.Errorf("the folder holds %v, want a and b: %v", entries, err)
	}
}

// usual are the permissions of a new file under this umask.
func usual(t *testing.T) fs.FileMode {
	t.Helper()
	name := filepath.Join(t.TempDir(), "usual")
	must(t, os.WriteFile(name, nil, 0o644))
	info, err := os.Stat(name)
	must(t, err)
	return info.Mode().Perm()
}
