package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"mizan/internal/store"
	"mizan/spec"
)

// The forms of output.
const (
	textFormat = "text"
	jsonFormat = "json"
	csvFormat  = "csv"
)

// outputFlags are the flags of a command that prints one result.
type outputFlags struct {
	format string
	file   string
	lang   string
	forms  []string
}

// add gives a command the flags --format, --output and --lang. forms are those
// that the command has, the first being the default.
func (f *outputFlags) add(cmd *cobra.Command, forms ...string) {
	f.addForms(cmd, forms...)
	cmd.Flags().StringVarP(&f.file, "output", "o", "", "write to this `FILE` instead of the screen")
}

// addForms gives a command the flags --format and --lang alone.
func (f *outputFlags) addForms(cmd *cobra.Command, forms ...string) {
	f.forms = forms
	flags := cmd.Flags()
	flags.StringVar(&f.format, "format", forms[0], "form of the output: "+strings.Join(forms, ", "))
	flags.StringVar(&f.lang, "lang", "en", "language of names: en, ar, ru, zh, …")
	complete(cmd, "format", func(*cobra.Command, []string) []string { return forms })
	complete(cmd, "lang", func(*cobra.Command, []string) []string { return []string{"en", "ar", "ru", "zh"} })
}

// check refuses a form that the command does not have.
func (f *outputFlags) check() error {
	for _, k := range f.forms {
		if f.format == k {
			return nil
		}
	}
	if near, ok := spec.Suggest(f.format, f.forms); ok {
		return usage("unknown form %q; did you mean %q?", f.format, near)
	}
	return usage("unknown form %q; this command has %s", f.format, strings.Join(f.forms, ", "))
}

// print writes the result to the screen or, whole or not at all, to the file.
func (f *outputFlags) print(ctx context.Context, env *Env, write func(p *printer) error) error {
	var b bytes.Buffer
	w := env.Stdout
	if f.file != "" {
		w = &b
	}
	if err := write(&printer{Buffer: &b, style: env.style(w)}); err != nil {
		return err
	}
	if f.file == "" {
		if _, err := env.Stdout.Write(b.Bytes()); err != nil {
			return fmt.Errorf("the result cannot be written: %w; is there room where it goes?", lastError(err))
		}
		return nil
	}
	err := store.WriteFile(env.path(f.file), func(w io.Writer) error {
		_, err := whileLive(ctx, w).Write(b.Bytes())
		return err
	})
	return asFileProblem(f.file, err)
}

// asFileProblem names the file in the error of writing it.
func asFileProblem(name string, err error) error {
	if err == nil || ctxErr(err) {
		return err
	}
	p := fileProblem(name, err)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		p.Cause, p.Remedy = "there is no such folder to write into", "make the folder first, or choose another"
	case errors.Is(err, syscall.EISDIR):
		p.Remedy = "move the folder away, or choose another name"
	}
	return p
}

// unwritten is the file that the error of writing several is about, as the user
// would name it; where that is none of them it is the folder. at is the folder
// as it was given to the store.
func unwritten(folder, at string, files []store.File, err error) string {
	var path *fs.PathError
	var link *os.LinkError
	name := ""
	switch {
	case errors.As(err, &link):
		name = link.New
	case errors.As(err, &path):
		name = path.Path
	}
	for _, f := range files {
		if name == filepath.Join(at, filepath.FromSlash(f.Name)) {
			return filepath.Join(folder, filepath.FromSlash(f.Name))
		}
	}
	return folder
}

// printer collects a result.
type printer struct {
	*bytes.Buffer
	style
}

// json prints a value, indented, as people read it too.
func (w *printer) json(v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// style marks text on a terminal and leaves it alone elsewhere.
type style struct{ on bool }

func (e *Env) style(w io.Writer) style {
	if e.IsTerminal == nil || !e.IsTerminal(w) {
		return style{}
	}
	return style{on: e.Getenv == nil || e.Getenv("NO_COLOR") == "" && e.Getenv("TERM") != "dumb"}
}

func (s style) mark(code, text string) string {
	if !s.on || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func (s style) bold(text string) string   { return s.mark("1", text) }
func (s style) dim(text string) string    { return s.mark("2", text) }
func (s style) red(text string) string    { return s.mark("31", text) }
func (s style) yellow(text string) string { return s.mark("33", text) }

// liveWriter fails once its context is cancelled, so that writing stops.
type liveWriter struct {
	ctx context.Context
	w   io.Writer
}

func whileLive(ctx context.Context, w io.Writer) io.Writer { return &liveWriter{ctx, w} }

func (l *liveWriter) Write(b []byte) (int, error) {
	if err := l.ctx.Err(); err != nil {
		return 0, context.Canceled
	}
	return l.w.Write(b)
}

// complete offers values of a flag to the shell.
func complete(cmd *cobra.Command, flag string, values func(*cobra.Command, []string) []string) {
	err := cmd.RegisterFlagCompletionFunc(flag, func(c *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		return values(c, args), cobra.ShellCompDirectiveDefault
	})
	if err != nil {
		panic("the flag " + flag + " is completed before it is defined")
	}
}

func ctxErr(err error) bool { return errors.Is(err, context.Canceled) }
