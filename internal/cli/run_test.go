package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// typed runs a command line in a folder.
func typed(ctx context.Context, dir string, args ...string) (status int, stdout, stderr string) {
	var out, msg bytes.Buffer
	status = Run(ctx, &Env{Args: args, Dir: dir, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &msg})
	return status, out.String(), msg.String()
}

// folder is a fresh folder with the tiny project.
func folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "tiny"), os.DirFS("testdata/tiny")); err != nil {
		t.Fatal(err)
	}
	return dir
}

// contents reads every file below a folder.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		files[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestDeterminism: the same bytes for any number of processors, from one build
// to the next.
func TestDeterminism(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, project := range []string{"ai-race", "hdi"} {
		dir := t.TempDir()
		var want map[string]string
		for _, n := range []int{1, 2, 8, 8} {
			runtime.GOMAXPROCS(n)
			if status, _, msg := typed(t.Context(), dir, "build", project, "-o", "out"); status != 0 {
				t.Fatal(msg)
			}
			got := contents(t, filepath.Join(dir, "out"))
			if want == nil {
				want = got
			}
			for name := range want {
				if got[name] != want[name] {
					t.Errorf("%s: %s differs with %d processors", project, name, n)
				}
			}
			if len(got) != len(resultFiles) {
				t.Errorf("%s: %d files, want %d", project, len(got), len(resultFiles))
			}
		}
	}
}

// TestStopped: Ctrl-C leaves what was there as it was, and no stray files.
func TestStopped(t *testing.T) {
	dir := folder(t)
	if status, _, msg := typed(t.Context(), dir, "build", "tiny", "-o", "out"); status != 0 {
		t.Fatal(msg)
	}
	before := contents(t, dir)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, line := range []string{"build tiny -o out --variant even", "build tiny -o fresh", "new fresh", "methods -o list.txt"} {
		status, _, msg := typed(ctx, dir, strings.Fields(line)...)
		if status != statusFailed || !strings.Contains(msg, "stopped") {
			t.Errorf("%s: status %d, %q", line, status, msg)
		}
	}
	after := contents(t, dir)
	if fmt.Sprint(before) != fmt.Sprint(after) {
		t.Errorf("files changed:\n%v\n%v", before, after)
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

// TestScreenFails: what cannot be printed is a failure.
func TestScreenFails(t *testing.T) {
	dir := folder(t)
	for _, line := range []string{"build tiny", "check tiny", "methods", "version", "diff tiny", "schema", "explain AAA -p tiny"} {
		var msg bytes.Buffer
		status := Run(t.Context(), &Env{Args: strings.Fields(line), Dir: dir, Stdout: full{}, Stderr: &msg})
		if status != statusFailed || !strings.Contains(msg.String(), "no space left") {
			t.Errorf("%s: status %d, %q", line, status, msg.String())
		}
	}
}

func TestShort(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0", 1: "1", -0.5: "-0.5", 1.0 / 3: "0.333333", 1234.56789: "1234.57",
		123456.7: "123457", 1.9e9: "1900000000", 1e15: "1e+15", 0.000012345678: "0.0000123457", 1e-9: "1e-09", 99999.96: "100000",
	} {
		if got := short(v); got != want {
			t.Errorf("%v is written %q, want %q", v, got, want)
		}
	}
}

func TestTextTable(t *testing.T) {
	table := newTable("name", ">n")
	table.add("中国", "1")
	table.add("Россия", "20")
	table.add("a\x1bb", "3")
	var b strings.Builder
	table.write(&b, style{}, "")
	want := "name     n\n中国     1\nРоссия  20\na\uFFFDb      3\n"
	if b.String() != want {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
}

func TestShellWord(t *testing.T) {
	for word, want := range map[string]string{"": "''", "out/a.b": "out/a.b", "my index": "'my index'", "it's": `'it'\''s'`, "$x": "'$x'", "индекс": "индекс"} {
		if got := shellWord(word); got != want {
			t.Errorf("%q is quoted %s, want %s", word, got, want)
		}
	}
}

func TestSlug(t *testing.T) {
	for name, want := range map[string]string{"My Index": "my-index", "a/b/": "b", "2023 race!": "race", ".": "", "индекс": "", "x__y": "x-y"} {
		if got := slug(name); got != want {
			t.Errorf("%q gives the id %q, want %q", name, got, want)
		}
	}
}

func TestStyle(t *testing.T) {
	terminal := func(io.Writer) bool { return true }
	for _, test := range []struct {
		env  Env
		want bool
	}{
		{Env{}, false},
		{Env{IsTerminal: terminal}, true},
		{Env{IsTerminal: terminal, Getenv: func(string) string { return "dumb" }}, false},
	} {
		if got := test.env.style(nil).on; got != test.want {
			t.Errorf("style %v, want %v", got, test.want)
		}
	}
}
