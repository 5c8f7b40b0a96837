package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"mizan"
	"mizan/engine"
	"mizan/internal/store"
	"mizan/projects"
	"mizan/spec"
)

const (
	projectFile    = "mizan.yaml"
	defaultProject = "ai-race"
	// maxProjectFile bounds the project file: a slip in a name should be a
	// message, not an exhausted memory.
	maxProjectFile = 64 << 20
)

// project is a project as the user named it, ready to be run.
type project struct {
	engine.Input
	// Named is how the project is named on a command line; "" if the commands
	// find it by themselves.
	Named string
	// Folder stands before the names of its files in messages.
	Folder   string
	Embedded bool

	folder *store.Folder // nil if it is embedded
}

// projectFlags are the flags of every command that reads a project.
type projectFlags struct {
	project string
	variant string
	edits   []editText // in the order of the command line
}

// add gives a command the flags.
func (f *projectFlags) add(env *Env, cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVarP(&f.project, "project", "p", "", "the project: a folder, a project file, or the name of an embedded project")
	flags.StringVar(&f.variant, "variant", "", "build a variant of the project")
	flags.Var(editFlag{&f.edits, false}, "set", "change the project for this once: `PATH=VALUE` (may repeat)")
	flags.Var(editFlag{&f.edits, true}, "unset", "remove the key at `PATH` for this once (may repeat)")
	complete(cmd, "project", func(*cobra.Command, []string) []string { return projects.Names() })
	complete(cmd, "variant", func(_ *cobra.Command, args []string) []string {
		p, err := f.open(quiet(env), positional(cmd, args)...)
		if err != nil {
			return nil
		}
		s, err := spec.Parse(p.Name, p.Text)
		if err != nil {
			return nil
		}
		var codes []string
		for _, v := range s.Variants {
			codes = append(codes, v.Code)
		}
		return codes
	})
}

// positional are the arguments that name a project: those of the commands
// which take one there.
func positional(cmd *cobra.Command, args []string) []string {
	if strings.Contains(cmd.Use, "[PROJECT]") && len(args) > 0 {
		return args[:1]
	}
	return nil
}

func quiet(env *Env) *Env {
	e := *env
	e.Stderr = io.Discard
	return &e
}

// editFlag collects edits; --set and --unset share one list so that their
// order is kept.
type editFlag struct {
	list   *[]editText
	remove bool
}

// editText is an edit as it was typed.
type editText struct {
	text   string
	remove bool // by --unset
}

func (e editText) parse() (spec.Edit, error) {
	if e.remove {
		return spec.ParseRemoval(e.text)
	}
	return spec.ParseEdit(e.text)
}

func (e editFlag) Set(text string) error {
	*e.list = append(*e.list, editText{text, e.remove})
	return nil
}
func (e editFlag) String() string { return "" }
func (e editFlag) Type() string   { return "edit" }

// open finds the project that the flags or the arguments name (at most one
// argument, which may be ""), and reads its file and the edits.
func (f *projectFlags) open(env *Env, args ...string) (*project, error) {
	name := f.project
	if len(args) > 0 && args[0] != "" {
		if name != "" {
			return nil, usage("the project is named twice, %q and %q; name it once", args[0], name)
		}
		name = args[0]
	}
	p, err := findProject(env, name)
	if err != nil {
		return nil, err
	}
	p.Variant = f.variant
	var problems mizan.Problems
	for _, text := range f.edits {
		e, err := text.parse()
		if err != nil {
			problems = append(problems, asProblems(err)...)
			continue
		}
		p.Edits = append(p.Edits, e)
	}
	if len(problems) > 0 {
		return nil, &usageError{problems}
	}
	return p, nil
}

// findProject finds a project by folder, by file or by embedded name; "" is
// the project in the current folder, else the embedded one.
func findProject(env *Env, name string) (*project, error) {
	if name == "" {
		p, err := readProject(env, projectFile, "")
		if !errors.Is(err, fs.ErrNotExist) {
			return p, err
		}
		env.note("There is no %s here; this is the embedded project %s.", projectFile, defaultProject)
		return embeddedProject(defaultProject, "")
	}
	info, err := os.Stat(env.path(name))
	switch {
	case err == nil && !info.IsDir() && strings.EqualFold(filepath.Ext(name), ".csv"):
		return nil, problem("no-project", name, "this is a table, not a project", fmt.Sprintf("name the folder of the project, or its %s", projectFile))
	case err == nil && !info.IsDir():
		return readProject(env, name, name)
	case err == nil:
		p, err := readProject(env, filepath.Join(name, projectFile), name)
		if errors.Is(err, fs.ErrNotExist) && slices.Contains(projects.Names(), name) {
			env.note("The folder %s has no %s; this is the embedded project %s.", name, projectFile, name)
			return embeddedProject(name, name)
		}
		if errors.Is(err, fs.ErrNotExist) {
			return nil, problem("no-project", name, fmt.Sprintf("the folder has no %s", projectFile),
				fmt.Sprintf("start a project with `mizan new %s`", shellWord(name)))
		}
		return p, err
	case !errors.Is(err, fs.ErrNotExist):
		return nil, fileProblem(name, err)
	case slices.Contains(projects.Names(), name):
		return embeddedProject(name, name)
	}
	remedy := fmt.Sprintf("name a folder with a %s, or one of the embedded projects: %s", projectFile, strings.Join(projects.Names(), ", "))
	if near, ok := spec.Suggest(name, projects.Names()); ok {
		remedy = fmt.Sprintf("did you mean the embedded project %q?", near)
	}
	return nil, problem("no-project", "", fmt.Sprintf("there is no project %q", name), remedy)
}

// readProject reads a project file on disk. Where it does not exist the error
// is fs.ErrNotExist as well as a problem.
func readProject(env *Env, file, named string) (*project, error) {
	dir, name := filepath.Dir(file), filepath.Base(file)
	files, err := store.OpenFolder(env.path(dir))
	if err != nil {
		return nil, &missingFile{fileProblem(file, err), err}
	}
	f, err := files.Open(name)
	if err != nil {
		return nil, &missingFile{fileProblem(file, err), err}
	}
	defer func() { _ = f.Close() }()
	text, err := readLimited(f, maxProjectFile)
	if err != nil {
		return nil, &missingFile{fileProblem(file, err), err}
	}
	p := &project{Named: named, Folder: dir, folder: files}
	p.Name, p.Text, p.Files = name, text, files
	return p, nil
}

// missingFile keeps the cause of a problem, so that callers can ask for it.
type missingFile struct {
	*mizan.Problem
	cause error
}

func (m *missingFile) Unwrap() []error { return []error{m.Problem, m.cause} }

func embeddedProject(name, named string) (*project, error) {
	files, ok := projects.FS(name)
	if !ok {
		return nil, problem("no-project", "", fmt.Sprintf("there is no embedded project %q", name), "")
	}
	text, err := fs.ReadFile(files, projectFile)
	if err != nil {
		return nil, err
	}
	p := &project{Named: named, Folder: name, Embedded: true}
	p.Name, p.Text, p.Files = projectFile, text, files
	return p, nil
}

// run builds the project. Places in problems are told from the user's folder.
// When ctx is cancelled it returns at once.
func (p *project) run(ctx context.Context) (*engine.Report, error) {
	type outcome struct {
		report *engine.Report
		err    error
	}
	done := make(chan outcome, 1)
	go func() {
		r, err := engine.Run(p.Input)
		done <- outcome{r, err}
	}()
	select {
	case <-ctx.Done():
		return nil, context.Canceled
	case o := <-done:
		return o.report, p.relocate(o.err)
	}
}

// relocate puts the project's folder before the files that problems name.
func (p *project) relocate(err error) error {
	if err == nil {
		return nil
	}
	problems := asProblems(err)
	if problems == nil {
		return err
	}
	out := make(mizan.Problems, len(problems))
	for i, q := range problems {
		moved := *q
		moved.Place = p.place(q.Place)
		out[i] = &moved
	}
	return out
}

// place tells a place from the user's folder. The text of an edit is no file.
func (p *project) place(at mizan.Place) mizan.Place {
	if at.File != "" && !strings.HasPrefix(at.File, "--") {
		at.File = filepath.Join(p.Folder, at.File)
	}
	return at
}

// readFile reads a file of bounded size.
func readFile(name string, limit int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return readLimited(f, limit)
}

// readLimited reads what is there, of bounded size.
func readLimited(r io.Reader, limit int64) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(text)) > limit {
		err = tooLarge(limit)
	}
	return text, err
}

// tooLarge is the limit in bytes that a file exceeds.
type tooLarge int64

func (t tooLarge) Error() string { return fmt.Sprintf("the file is larger than %d MiB", int64(t)>>20) }

// fileProblem says in plain words why a file cannot be read or written.
func fileProblem(name string, err error) *mizan.Problem {
	cause, remedy := "the file cannot be used: "+lastError(err).Error(), "is the file whole, and the disk?"
	var large tooLarge
	switch {
	case errors.Is(err, store.ErrLeadsOut):
		cause, remedy = store.ErrLeadsOut.Error(), "put the file itself in its place"
	case errors.Is(err, errNoReport):
		cause, remedy = err.Error(), "name the report.json that `mizan build -o` wrote"
	case errors.As(err, &large):
		cause, remedy = large.Error(), "is this the right file?"
	case errors.Is(err, fs.ErrNotExist):
		cause, remedy = "there is no such file", "check the name and the folder you are in"
	case errors.Is(err, fs.ErrPermission):
		cause, remedy = "permission is denied", "allow yourself to use it, or choose another file"
	case errors.Is(err, syscall.EISDIR):
		cause, remedy = "this is a folder, not a file", "name a file"
	case errors.Is(err, syscall.ENOTDIR):
		cause, remedy = "a part of this path is a file, not a folder", "check the path"
	case errors.Is(err, syscall.ELOOP):
		cause, remedy = "the symbolic links lead in a circle", "mend the links"
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), errors.Is(err, syscall.EFBIG):
		cause, remedy = "the disk is full, or your share of it; what was there before is unharmed", "make room and try again"
	}
	return problem("unusable-file", name, cause, remedy)
}

// lastError is the innermost error, without the path that the message names
// already.
func lastError(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	var link *os.LinkError
	if errors.As(err, &link) {
		return link.Err
	}
	return err
}

func problem(id, file, cause, remedy string) *mizan.Problem {
	return &mizan.Problem{ID: id, Place: mizan.Place{File: file}, Cause: cause, Remedy: remedy}
}

// shellWord quotes a word for a command line where that is needed.
func shellWord(s string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("._-/=,:+@%", r) || r > 127
	}
	if s != "" && strings.IndexFunc(s, func(r rune) bool { return !plain(r) }) < 0 {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// idsOf lists what a project names, for the completion of a command line; nil
// if the project cannot be read.
func (f *projectFlags) idsOf(env *Env, list func(*spec.Spec) []string) []string {
	p, err := f.open(quiet(env))
	if err != nil {
		return nil
	}
	s, err := engine.Parse(p.Input)
	if err != nil {
		return nil
	}
	return list(s)
}
