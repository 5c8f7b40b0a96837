// Package store writes files whole or not at all. What stood before stays
// until the new content is complete and safe on the disk; a failure half-way (a
// full disk, a stop) leaves everything as it was, without stray files.
//
// Two things are beyond it. A machine that loses power while several files take
// their places may come up with some of the new and some of the old, each of
// them whole. And a file that replaces another is a new one: further hard links
// to the old one keep the old content.
package store

import (
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"sync"
	"syscall"
)

// File is a file that is to be written. Write gets a buffered writer and may
// run at the same time as that of another file.
type File struct {
	Name  string // below the folder, with slashes
	Write func(w io.Writer) error
}

// WriteFile writes one file: to a temporary file beside it, which is synced and
// then takes its place. A symbolic link is followed, also one that leads to no
// file yet. The permissions of an existing file are kept, and one that may not
// be written to is not replaced; a new one has 0644 less the umask. Devices and
// pipes are written to directly. The folder must exist.
//
// Errors: those of Write, and those of the file system as *fs.PathError with
// the name as it was given.
func WriteFile(name string, write func(w io.Writer) error) error {
	return writeAll([]*target{{name: name, write: write}})
}

// WriteFiles writes several files below a folder, all or none: none takes its
// place before all are complete. Missing folders are made. If a file cannot
// take its place, those that have are put back. Files that are not named are
// left alone.
//
// Errors are those of WriteFile, for every file that has one, in the order of
// files; the names are those of the files joined to the folder. A name that
// leads out of the folder is an error, and so are two names of one file.
func WriteFiles(folder string, files []File) error {
	return writeBelow(folder, files, false)
}

// CreateFiles is WriteFiles for files that must not exist: what stands there
// already, even a symbolic link to nowhere, is the error fs.ErrExist and stays
// as it is. It holds against other programs too, up to the last moment.
func CreateFiles(folder string, files []File) error {
	return writeBelow(folder, files, true)
}

func writeBelow(folder string, files []File, fresh bool) error {
	targets := make([]*target, len(files))
	var errs []error
	for i, f := range files {
		local := filepath.FromSlash(f.Name)
		targets[i] = &target{name: filepath.Join(folder, local), write: f.Write, fresh: fresh}
		if !filepath.IsLocal(local) || filepath.Clean(local) == "." {
			errs = append(errs, problem(targets[i].name, errors.New("the name is not that of a file in the folder")))
		}
	}
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	var made folders
	err := made.makeFor(targets)
	if err == nil {
		err = writeAll(targets)
	}
	if err != nil {
		made.remove()
		return err
	}
	made.sync()
	return nil
}

// atOnce is how many files are written side by side: most of the time goes into
// waiting for the disk.
const atOnce = 4

func writeAll(targets []*target) error {
	if err := checkAll(targets); err != nil {
		return err
	}
	defer func() {
		for _, t := range targets {
			t.clean()
		}
	}()
	errs := make([]error, len(targets))
	var all sync.WaitGroup
	room := make(chan struct{}, atOnce)
	for i, t := range targets {
		all.Go(func() {
			room <- struct{}{}
			defer func() { <-room }()
			errs[i] = t.complete()
		})
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	for i, t := range targets {
		if err := t.place(len(targets) > 1); err != nil {
			for _, placed := range targets[:i] {
				err = errors.Join(err, placed.putBack())
			}
			return err
		}
	}
	syncFolders(targets)
	return nil
}

// checkAll finds what can be found out before anything is written.
func checkAll(targets []*target) error {
	var errs []error
	seen := map[string]bool{}
	for _, t := range targets {
		err := t.check()
		if err == nil && seen[t.real] && !t.device {
			err = errors.New("another of the files goes there too")
		}
		seen[t.real] = true
		if err != nil {
			errs = append(errs, problem(t.name, err))
		}
	}
	return errors.Join(errs...)
}

// problem is an error of the file system with the name that the caller knows.
func problem(name string, err error) error {
	op := "write"
	var path *fs.PathError
	var errno syscall.Errno
	switch {
	case errors.As(err, &path):
		op, err = path.Op, path.Err
	case errors.As(err, &errno):
		err = errno // an *os.LinkError names two files, both ours
	}
	return &fs.PathError{Op: op, Path: name, Err: err}
}
