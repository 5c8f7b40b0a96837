package mizan_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"mizan/internal/cli"
)

// TestCtrlC: a command that is stopped while it reads ends at once, says so,
// and leaves what it wrote before. The table of figures is a pipe that nothing
// comes out of, so that the program surely waits for it.
func TestCtrlC(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		dir := builtProject(t)
		before := inventory(t, filepath.Join(dir, "out"))
		pipe := filepath.Join(dir, "data", "figures.csv")
		if err := errors.Join(os.Remove(pipe), syscall.Mkfifo(pipe, 0o644), os.Chmod(pipe, 0o666)); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
		defer cancel()
		var out bytes.Buffer
		cmd := typed(ctx, t, dir, "exec mizan build -o out --variant even")
		cmd.Stdout, cmd.Stderr = &out, &out
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// This waits until the program has opened its end.
		end, err := os.OpenFile(pipe, os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer end.Close()
		if err := cmd.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		err = cmd.Wait()
		if code := cmd.ProcessState.ExitCode(); code != 1 || out.String() != "mizan: stopped\n" {
			t.Errorf("%v: exit status %d (%v), %q", signal, code, err, out.String())
		}
		if after := inventory(t, filepath.Join(dir, "out")); fmt.Sprint(after) != fmt.Sprint(before) {
			t.Errorf("%v: the files were\n%v\nand are\n%v", signal, before, after)
		}
	}
}

// TestCtrlCWhileWriting stops a build before each of its writes in turn:
// whatever the moment, all files are the old ones, and no other is left.
func TestCtrlCWhileWriting(t *testing.T) {
	dir := builtProject(t)
	out := filepath.Join(dir, "out")
	old := contents(t, out)
	for writes := int64(0); ; writes++ {
		ctx := &countdown{Context: t.Context()}
		ctx.left.Store(writes)
		var said bytes.Buffer
		status := cli.Run(ctx, &cli.Env{Args: []string{"build", "-o", "out", "--variant", "even"}, Dir: dir, Stdout: &said, Stderr: &said})
		now := contents(t, out)
		if status == 0 {
			if writes < int64(len(old)) {
				t.Errorf("the build took %d writes for %d files: is it stopped at all?", writes, len(old))
			}
			if len(now) != len(old) || now["scores.csv"] == old["scores.csv"] {
				t.Errorf("the build was not stopped and has not written: %d files, %s", len(now), now["scores.csv"])
			}
			return
		}
		if status != 1 || said.String() != "mizan: stopped\n" {
			t.Fatalf("stopped before write %d: exit status %d, %q", writes, status, said.String())
		}
		if fmt.Sprint(now) != fmt.Sprint(old) {
			t.Fatalf("stopped before write %d, the files are\n%v\nand were\n%v", writes, now, old)
		}
	}
}

// countdown is a context that is cancelled once it has been asked some times.
type countdown struct {
	context.Context
	left atomic.Int64
}

func (c *countdown) Done() <-chan struct{} { return nil }

func (c *countdown) Err() error {
	if c.left.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

// TestFullDisk writes onto a disk that is full. It is one of 1 MiB in memory,
// for which a name space of its own is needed; where the system does not give
// one, the case write-disk-full, which limits the size of files, stands alone.
func TestFullDisk(t *testing.T) {
	dir := builtProject(t)
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	var out bytes.Buffer
	cmd := typed(ctx, t, dir, `
mkdir disk && mount -t tmpfs -o size=1m tmpfs disk || exit 99
mizan build -o disk >/dev/null || exit 98
cp -r disk before
cat /dev/zero >disk/filler 2>/dev/null
mizan build -o disk --variant even
echo status $?
rm disk/filler
diff -r before disk && echo unharmed`)
	cmd.SysProcAttr.Credential = nil
	cmd.SysProcAttr.Cloneflags = syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS
	cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
	cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) || exit != nil && exit.ExitCode() == 99 {
		t.Skipf("no disk of our own to fill: %v %s", err, out.String())
	}
	want := "disk/scores.csv: the disk is full, or your share of it; what was there before is unharmed; make room and try again\nstatus 1\nunharmed\n"
	if out.String() != want {
		t.Errorf("%v\n%s", err, out.String())
	}
}

// builtProject is a folder with the project of the cases and its results in
// out.
func builtProject(t *testing.T) string {
	t.Helper()
	c := &badCase{files: map[string]*caseFile{}}
	dir := sandbox(t)
	if err := errors.Join(c.readProject(filepath.Join(cases, "project")), c.write(dir)); err != nil {
		t.Fatal(err)
	}
	if said, status := shell(t, dir, "mizan build -o out"); status != 0 {
		t.Fatal(said)
	}
	return dir
}

// contents reads every file below a folder.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	list := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f, err := os.Open(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		defer f.Close()
		text, err := io.ReadAll(f)
		list[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}
