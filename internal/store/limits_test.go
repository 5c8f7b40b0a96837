//go:build linux

package store_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"mizan/internal/store"
)

// TestMain lets the tests start this program as another process.
func TestMain(m *testing.M) {
	switch dir := os.Getenv("STORE_TEST_FOLDER"); os.Getenv("STORE_TEST_AS") {
	case "limited":
		limited(dir)
	case "killed":
		killed(dir)
	default:
		os.Exit(m.Run())
	}
}

func another(as, dir string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "STORE_TEST_AS="+as, "STORE_TEST_FOLDER="+dir)
	cmd.Stderr = os.Stderr
	return cmd
}

// limited writes files of which the second is larger than it may be.
func limited(dir string) {
	limit := &syscall.Rlimit{Cur: 64 << 10, Max: 64 << 10}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, limit); err != nil {
		fmt.Println(err)
		return
	}
	err := store.WriteFiles(dir, []store.File{
		{Name: "a", Write: content("new")},
		{Name: "deep/b", Write: content(strings.Repeat("b", 1<<20))},
	})
	fmt.Println(errors.Is(err, syscall.EFBIG), err)
}

// TestLimit: a disk that takes no more half-way through a file.
func TestLimit(t *testing.T) {
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "a"), []byte("old"), 0o644))
	out, err := another("limited", dir).Output()
	must(t, err)
	if want := "true write " + filepath.Join(dir, "deep", "b") + ": file too large\n"; string(out) != want {
		t.Errorf("got %q, want %q", out, want)
	}
	check(t, dir, "./\na \"old\"\n")
}

// killed says when it is half-way, and waits for its end.
func killed(dir string) {
	_ = store.WriteFiles(dir, []store.File{{Name: "a", Write: content("new")}, {Name: "b", Write: func(w io.Writer) error {
		_, err := w.Write(make([]byte, 1<<20))
		fmt.Println("half-way")
		_, _ = io.Copy(io.Discard, os.Stdin)
		return err
	}}})
}

// TestKilled: a process that is killed half-way leaves the old files, and its
// remains are in nobody's way.
func TestKilled(t *testing.T) {
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "a"), []byte("old"), 0o644), os.WriteFile(filepath.Join(dir, "b"), []byte("old"), 0o644))
	cmd := another("killed", dir)
	stdin, err := cmd.StdinPipe()
	must(t, err)
	defer stdin.Close()
	stdout, err := cmd.StdoutPipe()
	must(t, err, cmd.Start())
	if _, err := io.ReadFull(stdout, make([]byte, len("half-way"))); err != nil {
		t.Error(err)
	}
	must(t, cmd.Process.Kill())
	_ = cmd.Wait()
	is := func(want string) {
		t.Helper()
		for _, name := range []string{"a", "b"} {
			if text, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(text) != want {
				t.Errorf("%s is %q, want %q: %v", name, text, want, err)
			}
		}
	}
	is("old")
	must(t, store.WriteFiles(dir, []store.File{{Name: "a", Write: content("new")}, {Name: "b", Write: content("new")}}))
	is("new")
}

// TestProtected: a file that its owner may not write to is not replaced,
// although the folder would allow it.
func TestProtected(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a")
	must(t, os.WriteFile(name, []byte("old"), 0o444))
	// Nothing is forbidden to root, so this thread becomes somebody else where
	// files are concerned.
	runtime.LockOSThread()
	if os.Geteuid() == 0 {
		defer func() { _ = syscall.Setfsuid(0) }()
		must(t, os.Chmod(dir, 0o777), os.Chmod(filepath.Dir(dir), 0o755), syscall.Setfsuid(65534))
	}
	for _, write := range []func() error{
		func() error { return store.WriteFile(name, content("new")) },
		func() error { return store.WriteFiles(dir, []store.File{{Name: "a", Write: content("new")}}) },
	} {
		if err := write(); !errors.Is(err, fs.ErrPermission) {
			t.Errorf("%v", err)
		}
	}
	check(t, dir, "./\na \"old\"\n")
}
