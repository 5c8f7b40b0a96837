//go:build unix

package cli_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestPullWithoutRoom: no file can grow beyond some size, from next to nothing
// up. The pull says that there is no room, and what was there before is
// unharmed; with room the next one finishes.
func TestPullWithoutRoom(t *testing.T) {
	p := newPulling(t)
	if status, out := p.run(t, "", "data", "pull", "-p", "x"); status != 0 {
		t.Fatal(out)
	}
	failed, done := 0, 0
	for _, blocks := range []string{"1", "4", "12", "16", "20", "24", "40", "1000"} {
		cmd := exec.Command("sh", "-c", `trap "" XFSZ; ulimit -f `+blocks+`; exec "$0" data pull -p x`, p.program)
		cmd.Dir = p.dir
		cmd.Env = append(os.Environ(), "MIZAN_MIRROR="+p.url+"/next")
		out, err := cmd.CombinedOutput()
		var exit *exec.ExitError
		switch {
		case err == nil:
			done++
		case errors.As(err, &exit) && exit.ExitCode() == 1 && strings.Contains(string(out), "the disk is full, or your share of it; what was there before is unharmed; make room and try again"):
			failed++
		default:
			t.Errorf("%s blocks: %v: %s", blocks, err, out)
		}
		p.check(t)
		if status, out := p.run(t, "", "data", "pull", "-p", "x"); status != 0 {
			t.Errorf("%s blocks, the next pull: %s", blocks, out)
		}
		if status, out := p.run(t, "", "data", "verify", "-p", "x"); status != 0 {
			t.Errorf("%s blocks: %s", blocks, out)
		}
	}
	if failed < 3 || done < 1 {
		t.Errorf("%d pulls failed and %d succeeded", failed, done)
	}
}

// TestPullReadOnly: a project that may not be written to is told by name, and
// stays as it was.
func TestPullReadOnly(t *testing.T) {
	p := newPulling(t)
	// The administrator may write everywhere, so that somebody else is asked to.
	somebody := &syscall.SysProcAttr{}
	if os.Geteuid() == 0 {
		somebody.Credential = &syscall.Credential{Uid: 65534, Gid: 65534}
		self, err := os.ReadFile(p.program)
		if err != nil {
			t.Fatal(err)
		}
		p.program = filepath.Join(filepath.Dir(p.program), "copy", "mizan")
		if err := errors.Join(os.Mkdir(filepath.Dir(p.program), 0o755), os.WriteFile(p.program, self, 0o755),
			os.Chmod(filepath.Dir(p.dir), 0o755), os.Chmod(p.dir, 0o755)); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Remove(p.program) })
	}
	folder := filepath.Join(p.dir, "x")
	pull := func() string {
		cmd := p.command(t.Context(), "")
		cmd.SysProcAttr = somebody
		out, err := cmd.CombinedOutput()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != 1 {
			t.Fatalf("%v: %s", err, out)
		}
		return string(out)
	}
	if err := errors.Join(os.Chmod(folder, 0o555), os.Chmod(filepath.Join(folder, "data"), 0o555)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(folder, 0o755); _ = os.Chmod(filepath.Join(folder, "data"), 0o755) })
	if out, want := pull(), "x/data/snapshots: permission is denied; allow yourself to use it, or choose another file\n"; out != want {
		t.Errorf("got %q, want %q", out, want)
	}
	if _, err := os.Stat(filepath.Join(folder, "mizan.lock")); err == nil {
		t.Error("there is a lock file")
	}
}
