// Package store writes files whole or not at all. What stood before stays
// until the new content is complete and safe on the disk; a failure half-way (a
// full disk, a stop) leaves everything as it was, without stray files.
package store

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
)

// File is a file that is to be written.
type File struct {
	Name  string // below the folder, with slashes
	Write func(w io.Writer) error
}

// WriteFile writes one file: to a temporary file beside it, which is synced and
// then takes its place. A symbolic link is followed, the permissions of an
// existing file are kept, a new one has 0644 less the umask. Devices and pipes
// are written to directly. The folder must exist.
//
// Errors: those of Write, and of the file system as *fs.PathError or
// *os.LinkError.
func WriteFile(name string, write func(w io.Writer) error) error {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		return writeDevice(name, write)
	}
	return writeAll([]*target{{name: name, write: write}})
}

// WriteFiles writes several files below a folder, all or none: none takes its
// place before all are complete. Missing folders are made. If a file cannot
// take its place, those that have are put back. Files that are not named are
// left alone. Errors are those of WriteFile.
func WriteFiles(folder string, files []File) error {
	made, err := makeFolders(folder, files)
	if err == nil {
		targets := make([]*target, len(files))
		for i, f := range files {
			targets[i] = &target{name: filepath.Join(folder, filepath.FromSlash(f.Name)), write: f.Write}
		}
		err = writeAll(targets)
	}
	if err != nil {
		for i := len(made) - 1; i >= 0; i-- {
			_ = os.Remove(made[i]) // fails, as it should, where something else was put there
		}
	}
	return err
}

// makeFolders makes the folders that are missing, and lists them.
func makeFolders(folder string, files []File) (made []string, err error) {
	for _, f := range files {
		dir := filepath.Dir(filepath.Join(folder, filepath.FromSlash(f.Name)))
		var missing []string
		for at := dir; ; at = filepath.Dir(at) {
			if _, err := os.Stat(at); !errors.Is(err, fs.ErrNotExist) || at == filepath.Dir(at) {
				break
			}
			missing = append(missing, at)
		}
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return made, err
		}
		for i := len(missing) - 1; i >= 0; i-- {
			made = append(made, missing[i])
		}
	}
	return made, nil
}

// target is a file on its way to its place.
type target struct {
	name  string
	write func(w io.Writer) error
	temp  string // the complete new file
	old   string // where the previous file waits until all have their place; "" if there was none
}

// atOnce is how many files are written side by side.
const atOnce = 4

func writeAll(targets []*target) error {
	errs := make([]error, len(targets))
	var all sync.WaitGroup
	room := make(chan struct{}, atOnce)
	for i, t := range targets {
		all.Go(func() {
			room <- struct{}{}
			defer func() { <-room }()
			errs[i] = t.prepare()
		})
	}
	all.Wait()
	err := cmp.Or(errs...)
	done := 0
	for ; err == nil && done < len(targets); done++ {
		err = targets[done].place()
	}
	for i, t := range targets {
		if err != nil && i < done {
			t.putBack()
		}
		t.clean()
	}
	if err == nil {
		syncFolders(targets)
	}
	return err
}

// prepare writes the temporary file.
func (t *target) prepare() (err error) {
	mode := fs.FileMode(0)
	if real, err := filepath.EvalSymlinks(t.name); err == nil {
		t.name = real
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	switch info, err := os.Stat(t.name); {
	case err == nil && info.IsDir():
		return &fs.PathError{Op: "write", Path: t.name, Err: syscall.EISDIR}
	case err == nil:
		mode = info.Mode().Perm()
	}
	f, err := temporary(filepath.Dir(t.name))
	if err != nil {
		return err
	}
	t.temp = f.Name()
	defer func() { err = cmp.Or(err, f.Close()) }()
	w := bufio.NewWriterSize(f, 1<<18)
	if err := cmp.Or(t.write(w), w.Flush()); err != nil {
		return err
	}
	if mode != 0 {
		if err := f.Chmod(mode); err != nil {
			return err
		}
	}
	return f.Sync()
}

// place puts the new file in its place and keeps the previous one aside.
func (t *target) place() error {
	if info, err := os.Lstat(t.name); err == nil {
		if info.IsDir() {
			return &fs.PathError{Op: "write", Path: t.name, Err: syscall.EISDIR}
		}
		old := t.temp + ".old"
		if err := os.Link(t.name, old); err != nil {
			// A file system without links: there is a moment without the file.
			if err := os.Rename(t.name, old); err != nil {
				return err
			}
		}
		t.old = old
	}
	err := os.Rename(t.temp, t.name)
	if err != nil {
		t.restore()
		return err
	}
	t.temp = ""
	return nil
}

// putBack undoes place.
func (t *target) putBack() {
	if t.old == "" {
		_ = os.Remove(t.name)
		return
	}
	t.restore()
}

func (t *target) restore() {
	if t.old != "" && os.Rename(t.old, t.name) == nil {
		t.old = ""
	}
}

// clean removes what is left beside the file.
func (t *target) clean() {
	for _, name := range []string{t.temp, t.old} {
		if name != "" {
			_ = os.Remove(name)
		}
	}
}

// syncFolders makes the new names last. Not every file system can, and the
// content is safe already, so that a failure is none.
func syncFolders(targets []*target) {
	seen := map[string]bool{}
	for _, t := range targets {
		dir := filepath.Dir(t.name)
		if seen[dir] {
			continue
		}
		seen[dir] = true
		if d, err := os.Open(dir); err == nil {
			_ = d.Sync()
			_ = d.Close()
		}
	}
}

func writeDevice(name string, write func(w io.Writer) error) (err error) {
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, f.Close()) }()
	w := bufio.NewWriter(f)
	return cmp.Or(write(w), w.Flush())
}

var count atomic.Int64

// temporary makes a file beside the target, with the permissions of a new one.
// Remains of a killed process are passed over.
func temporary(dir string) (*os.File, error) {
	for {
		name := filepath.Join(dir, fmt.Sprintf(".mizan-%d-%d.tmp", os.Getpid(), count.Add(1)))
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if !errors.Is(err, fs.ErrExist) {
			return f, err
		}
	}
}
