package mizan_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
)

// cases is the folder of the cases of bad input. Its README tells the form.
const cases = "testdata/cases"

// nobody is the user as whom commands run when the tests are run as root, to
// whom no file is forbidden.
const nobody = 65534

// maxMemory bounds what a command may occupy, in KiB, whatever it is given.
const maxMemory = 400 << 10

// programFolder is where the program was built, "" if no test asked for it.
var programFolder string

// program builds the command once and gives its folder.
var program = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "mizan-program")
	if err != nil {
		return "", err
	}
	programFolder = dir
	if out, err := exec.Command("go", "build", "-o", dir, "./cmd/mizan").CombinedOutput(); err != nil {
		return "", fmt.Errorf("building mizan: %w\n%s", err, out)
	}
	return dir, os.Chmod(dir, 0o755)
})

func TestMain(m *testing.M) {
	status := m.Run()
	if programFolder != "" {
		_ = os.RemoveAll(programFolder)
	}
	os.Exit(status)
}

// TestCases types the command lines of every case and compares what the
// program says. Whatever it is given it comes to an end, in bounded memory,
// and leaves the files that it was given alone.
func TestCases(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(cases, "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 70 {
		t.Errorf("there are %d cases, 70 at least", len(files))
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			c, err := readCase(name)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			dir := sandbox(t)
			if err := c.write(dir); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			before := inventory(t, dir)
			for _, cmd := range c.commands {
				out, status := shell(t, dir, cmd.line)
				if status != cmd.status {
					t.Errorf("%s:%d: $ %s\nexit status %d, want %d", name, cmd.at, cmd.line, status, cmd.status)
				}
				if line := withoutRemedy(cmd); line != "" {
					t.Errorf("%s:%d: $ %s\nno remedy is asked for: %s", name, cmd.at, cmd.line, line)
				}
				if out != cmd.want {
					t.Errorf("%s:%d: $ %s\nprints\n%sand should print\n%s", name, cmd.at, cmd.line, out, cmd.want)
				}
			}
			after := inventory(t, dir)
			for file, was := range before {
				if after[file] != was {
					t.Errorf("%s: the file %s was %s and is %q", name, file, was, after[file])
				}
			}
		})
	}
}

// TestCasesReadme: the README shows a case and the project as they are, line
// by line, and every form that a section may have.
func TestCasesReadme(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(cases, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	readme := string(text)
	sample, err := os.ReadFile(filepath.Join(cases, "project-key-misspelt.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(readme, "```\n"+string(sample)+"```\n") {
		t.Error("the README's sample is not the case project-key-misspelt")
	}
	c := &badCase{files: map[string]*caseFile{}}
	if err := c.readProject(filepath.Join(cases, "project")); err != nil {
		t.Fatal(err)
	}
	for name, f := range c.files {
		shown := "`" + name + "`\n\n```\n"
		for i, line := range f.lines {
			shown += fmt.Sprintf("%3d  %s", i+1, line)
		}
		if !strings.Contains(readme, shown+"```\n") {
			t.Errorf("the README does not show %s as it is", name)
		}
	}
	for _, form := range forms {
		if example := strings.NewReplacer("line N", "line 4", "N times", "2000 times", "FILE", "other.csv").Replace(form.name); !strings.Contains(readme, ", "+example+"`") {
			t.Errorf("the README does not tell of %q", form.name)
		}
	}
}

// withoutRemedy is a message of a failed command that has no remedy, which
// stands after a semicolon; "" if all have one.
func withoutRemedy(cmd command) string {
	for line := range strings.Lines(cmd.want) {
		message := strings.Contains(line, ": ") && !excerpted.MatchString(line)
		if (cmd.status == 1 || cmd.status == 2) && message && !strings.Contains(line, "; ") {
			return line
		}
	}
	return ""
}

// badCase is one case: a project, and what is typed and seen.
type badCase struct {
	files    map[string]*caseFile
	commands []command
}

// command is a command line with all that it prints.
type command struct {
	at     int // line in the case
	line   string
	want   string
	status int
}

var exitStatus = regexp.MustCompile(`^\[exit status (\d+)\]$`)

// excerpted is a line of a file as it is shown below a message.
var excerpted = regexp.MustCompile(`^( |\d+ \|)`)

// readCase reads a case on top of the project that all cases start from.
func readCase(name string) (*badCase, error) {
	archive, err := txtar.ParseFile(name)
	if err != nil {
		return nil, err
	}
	c := &badCase{files: map[string]*caseFile{}}
	if err := c.readProject(filepath.Join(cases, "project")); err != nil {
		return nil, err
	}
	if err := c.readCommands(string(archive.Comment)); err != nil {
		return nil, err
	}
	for _, section := range archive.Files {
		if err := c.change(section.Name, string(section.Data)); err != nil {
			return nil, fmt.Errorf("-- %s --: %w", section.Name, err)
		}
	}
	return c, nil
}

func (c *badCase) readProject(folder string) error {
	base := os.DirFS(folder)
	return fs.WalkDir(base, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(base, name)
		c.files[name] = &caseFile{lines: slices.Collect(strings.Lines(string(text)))}
		return err
	})
}

// readCommands reads what stands above the files: what is wrong, in sentences,
// then the command lines.
func (c *badCase) readCommands(text string) error {
	what := ""
	for i, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		n := len(c.commands)
		status := exitStatus.FindStringSubmatch(line)
		switch {
		case strings.HasPrefix(line, "$ "):
			c.commands = append(c.commands, command{at: i + 1, line: line[2:]})
		case n == 0:
			what += line
		case status != nil:
			c.commands[n-1].status, _ = strconv.Atoi(status[1])
		case c.commands[n-1].status != 0:
			return fmt.Errorf("line %d: only a command may follow the exit status", i+1)
		default:
			c.commands[n-1].want += line + "\n"
		}
	}
	switch {
	case !strings.HasSuffix(what, "."):
		return errors.New("it does not begin with a sentence that says what is wrong")
	case len(c.commands) == 0:
		return errors.New("there is no command line; it begins with `$ `")
	}
	return nil
}

// write lays the files out in a folder, as those of the user who will read
// them.
func (c *badCase) write(dir string) error {
	for name, f := range c.files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := f.write(path); err != nil {
			return err
		}
	}
	if os.Geteuid() != 0 {
		return nil
	}
	return filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		return errors.Join(err, os.Lchown(path, nobody, nobody))
	})
}

// sandbox is an empty folder into which other users may look.
func sandbox(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "mizan-case")
	if err == nil {
		err = os.Chmod(dir, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// typed is a command line as a shell in the folder will run it.
func typed(ctx context.Context, t *testing.T, dir, line string) *exec.Cmd {
	t.Helper()
	bin, err := program()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(ctx, "sh", "-c", line)
	cmd.Dir = dir
	cmd.Env = []string{"PATH=" + bin + string(os.PathListSeparator) + os.Getenv("PATH"), "LC_ALL=C.UTF-8", "HOME=" + dir}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if os.Geteuid() == 0 {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: nobody, Gid: nobody}
	}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	return cmd
}

// shell runs a command line and gives what it prints, errors too, and its exit
// status.
func shell(t *testing.T, dir, line string) (printed string, status int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	var out bytes.Buffer
	cmd := typed(ctx, t, dir, line)
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		t.Fatalf("$ %s: no end after two minutes\n%s", line, out.String())
	case err != nil && !errors.As(err, &exit):
		t.Fatalf("$ %s: %v", line, err)
	}
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok && usage.Maxrss > maxMemory {
		t.Errorf("$ %s: it took %d MiB of memory, %d at most", line, usage.Maxrss>>10, maxMemory>>10)
	}
	return out.String(), cmd.ProcessState.ExitCode()
}

// inventory lists a folder: of every file what would change if it were
// written to.
func inventory(t *testing.T, dir string) map[string]string {
	t.Helper()
	list := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrPermission) {
			return fs.SkipDir // a forbidden folder
		}
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil || d.IsDir() {
			return err
		}
		list[path] = fmt.Sprintf("%s, %d bytes, of %s", info.Mode(), info.Size(), info.ModTime())
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}
