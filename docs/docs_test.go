// Package docs_test executes the samples of the documents: every ```console
// block of README.md and docs/*.md is typed into a shell and its output
// compared, so that no document can promise what the program does not do.
//
// In a block, a line that begins with "$ " is a command and the lines after it
// are what it must print (output and errors together). "…" stands for any
// text within a line, and alone on a line for any number of lines. A last
// line "[exit status N]" is the status, 0 if not said. A block whose fence
// names a file after its language (```yaml myindex/mizan.yaml) is written to
// that file before the next command.
package docs_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"mizan/internal/source/replay"
)

func TestSamples(t *testing.T) {
	root, bin := buildMizan(t)
	files, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	// All publishers are one server of ours.
	publishers := httptest.NewServer(replay.New())
	defer publishers.Close()
	t.Setenv("MIZAN_MIRROR", publishers.URL)
	commands := 0
	for _, name := range append(files, "../README.md") {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		blocks := parse(name, string(text), "console")
		if len(blocks) == 0 {
			continue
		}
		for _, b := range blocks {
			commands += len(b.commands)
		}
		t.Run(filepath.Base(name), func(t *testing.T) {
			s := session{root: root, bin: bin, dir: t.TempDir()}
			for _, b := range blocks {
				s.run(t, b)
			}
		})
	}
	if commands < 10 {
		t.Errorf("only %d commands found in the documents: is the test reading them?", commands)
	}
}

// buildMizan gives the folder of the project and one with the program.
func buildMizan(t *testing.T) (root, bin string) {
	t.Helper()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	bin = t.TempDir()
	build := exec.Command("go", "build", "-o", filepath.Join(bin, "mizan"), "./cmd/mizan")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building mizan: %v\n%s", err, out)
	}
	return root, bin
}

// block is one fenced block: a file to write or commands to type.
type block struct {
	place    string
	file     string
	text     string
	commands []command
}

type command struct {
	place string
	line  string
	want  []string
	exit  int
}

var (
	fence      = regexp.MustCompile("^```(\\S+)(?:\\s+(\\S+))?\\s*$")
	exitStatus = regexp.MustCompile(`^\[exit status (\d+)\]$`)
)

// parse finds the blocks of a document that are to be executed: files, and
// commands in blocks of a language.
func parse(name, text, language string) []block {
	var blocks []block
	var open *block
	console := false
	for i, line := range strings.Split(text, "\n") {
		place := fmt.Sprintf("%s:%d", name, i+1)
		if open == nil {
			if m := fence.FindStringSubmatch(line); m != nil {
				open = &block{place: place, file: m[2]}
				console = m[1] == language
			}
			continue
		}
		if strings.HasPrefix(line, "```") {
			if open.file != "" || len(open.commands) > 0 {
				blocks = append(blocks, *open)
			}
			open = nil
			continue
		}
		open.text += line + "\n"
		if !console {
			continue
		}
		if cmd, ok := strings.CutPrefix(line, "$ "); ok {
			open.commands = append(open.commands, command{place: place, line: cmd})
		} else if n := len(open.commands); n > 0 {
			last := &open.commands[n-1]
			if m := exitStatus.FindStringSubmatch(line); m != nil {
				fmt.Sscan(m[1], &last.exit)
			} else {
				last.want = append(last.want, line)
			}
		}
	}
	return blocks
}

// session is one reader at one shell, in an empty folder.
type session struct{ root, bin, dir string }

func (s session) run(t *testing.T, b block) {
	t.Helper()
	if b.file != "" {
		path := filepath.Join(s.dir, filepath.FromSlash(b.file))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(b.text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	for _, c := range b.commands {
		if strings.HasPrefix(c.line, "make run") || strings.Contains(c.line, "mizan serve") {
			s.serve(t, c)
			continue
		}
		out, exit := s.shell(t, c)
		if exit != c.exit {
			t.Errorf("%s: $ %s\nexit status %d, want %d\n%s", c.place, c.line, exit, c.exit, out)
		}
		got := strings.Split(strings.TrimRight(out, "\n"), "\n")
		if len(c.want) > 0 && !match(trim(got), trim(c.want)) {
			t.Errorf("%s: $ %s\nprinted\n%s\nthe document says\n%s", c.place, c.line,
				strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
}

func (s session) command(ctx context.Context, line, dir string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "sh", "-c", line)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PATH="+s.bin+string(os.PathListSeparator)+os.Getenv("PATH"), "NO_COLOR=1", "LC_ALL=C.UTF-8")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return cmd
}

func (s session) shell(t *testing.T, c command) (string, int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	dir := s.dir
	if strings.HasPrefix(c.line, "make ") {
		dir = s.root
	}
	out, err := s.command(ctx, c.line, dir).CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("%s: $ %s: %v", c.place, c.line, err)
	}
	if exit != nil {
		return string(out), exit.ExitCode()
	}
	return string(out), 0
}

var address = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// serve starts a server on a free port, waits for the address it prints, asks
// for its first page and stops it.
func (s session) serve(t *testing.T, c command) {
	t.Helper()
	line, dir := c.line, s.dir
	if strings.HasPrefix(line, "make run") {
		line, dir = line+" ADDR=127.0.0.1:0", s.root
	} else {
		line += " --addr 127.0.0.1:0"
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	cmd := s.command(ctx, line, dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = cmd.Stdout
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		syscall.Kill(-cmd.Process.Pid, syscall.SIGINT)
		cmd.Wait()
	}()
	var printed []string
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		printed = append(printed, lines.Text())
		at := address.FindString(lines.Text())
		if at == "" {
			continue
		}
		resp, err := http.Get(at + "/")
		if err != nil {
			t.Fatalf("%s: $ %s: %v", c.place, c.line, err)
		}
		defer resp.Body.Close()
		page, err := io.ReadAll(resp.Body)
		if err != nil || resp.StatusCode != http.StatusOK || !strings.Contains(string(page), "<html") {
			t.Errorf("%s: $ %s: the first page answers %s, %v", c.place, c.line, resp.Status, err)
		}
		return
	}
	t.Errorf("%s: $ %s: no address was printed:\n%s", c.place, c.line, strings.Join(printed, "\n"))
}

func trim(lines []string) []string {
	var out []string
	for _, l := range lines {
		out = append(out, strings.TrimRight(l, " \t"))
	}
	for len(out) > 0 && out[len(out)-1] == "" {
		out = out[:len(out)-1]
	}
	return out
}

// match compares lines, "…" alone standing for any number of them.
func match(got, want []string) bool {
	if len(want) == 0 {
		return len(got) == 0
	}
	if strings.TrimSpace(want[0]) == "…" {
		for i := range len(got) + 1 {
			if match(got[i:], want[1:]) {
				return true
			}
		}
		return false
	}
	return len(got) > 0 && matchLine(got[0], want[0]) && match(got[1:], want[1:])
}

func matchLine(got, want string) bool {
	parts := strings.Split(want, "…")
	for i := range parts {
		parts[i] = regexp.QuoteMeta(parts[i])
	}
	ok, err := regexp.MatchString("^"+strings.Join(parts, ".*")+"$", got)
	return err == nil && ok
}

// TestLinks checks that every relative link of the documents leads somewhere.
func TestLinks(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:\s]+)(?:#[^)]*)?\)`)
	checked := 0
	for _, pattern := range []string{"*.md", "decisions/*.md", "../*.md", "../projects/*/*.md"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range link.FindAllStringSubmatch(string(text), -1) {
				checked++
				if _, err := os.Stat(filepath.Join(filepath.Dir(name), filepath.FromSlash(m[1]))); err != nil {
					t.Errorf("%s: the link %s leads nowhere", name, m[1])
				}
			}
		}
	}
	if checked == 0 {
		t.Error("no links found: is the test reading the documents?")
	}
}
