package store

import (
	"bufio"
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

// target is a file on its way to its place.
type target struct {
	name  string // as the caller knows it
	write func(w io.Writer) error
	fresh bool // it must not exist

	real   string // where it will stand: the name with links followed
	device bool   // a device or a pipe: written to as it is
	keep   bool   // it replaces a file
	mode   fs.FileMode

	temp   string // the complete new file; "" once it has its place
	old    string // the previous file, until all have their places
	placed bool
}

// check finds out where the file will stand and whether it may.
func (t *target) check() error {
	t.real = t.name
	if t.fresh {
		if _, err := os.Lstat(t.name); err == nil {
			return fs.ErrExist
		} else if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	info, err := os.Stat(t.name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		t.real, err = follow(t.name)
		return err
	case err != nil:
		return err
	case info.IsDir():
		return syscall.EISDIR
	case !info.Mode().IsRegular():
		t.device = true
		return nil
	}
	if t.real, err = follow(t.name); err != nil {
		return err
	}
	// Renaming asks for no permission on the file itself, but whoever protected
	// it meant it.
	f, err := os.OpenFile(t.real, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	t.keep, t.mode = true, info.Mode().Perm()
	return f.Close()
}

// follow gives the file that a chain of symbolic links leads to, which need not
// exist. Names are joined and not cleaned: a/../b is b only if a is no link.
func follow(name string) (string, error) {
	const most = 40 // as Linux has it
	for range most {
		info, err := os.Lstat(name)
		if errors.Is(err, fs.ErrNotExist) || err == nil && info.Mode()&fs.ModeSymlink == 0 {
			return name, nil
		}
		if err != nil {
			return "", err
		}
		link, err := os.Readlink(name)
		if err != nil {
			return "", err
		}
		if !filepath.IsAbs(link) {
			dir, _ := filepath.Split(name)
			link = dir + link
		}
		name = link
	}
	return "", syscall.ELOOP
}

// complete writes the temporary file, or the device itself.
func (t *target) complete() error {
	if t.device {
		f, err := os.OpenFile(t.name, os.O_WRONLY, 0)
		if err != nil {
			return problem(t.name, err)
		}
		return t.fill(f, func() error { return nil })
	}
	f, err := t.temporary()
	if err != nil {
		return problem(t.name, err)
	}
	t.temp = f.Name()
	return t.fill(f, func() error {
		if t.keep {
			if err := f.Chmod(t.mode); err != nil {
				return err
			}
		}
		return f.Sync()
	})
}

// fill writes the content, does what is to be done at the end, and closes.
func (t *target) fill(f *os.File, end func() error) error {
	b := buffers.Get().(*bufio.Writer)
	b.Reset(&namedWriter{f, t.name})
	defer buffers.Put(b)
	err := t.write(b)
	if err == nil {
		err = b.Flush()
	}
	if err == nil {
		if err = end(); err != nil {
			err = problem(t.name, err)
		}
	}
	if closing := f.Close(); err == nil && closing != nil {
		err = problem(t.name, closing)
	}
	return err
}

// buffers are used again from file to file: fresh memory is slow memory.
var buffers = sync.Pool{New: func() any { return bufio.NewWriterSize(nil, 1<<16) }}

// namedWriter keeps the names of temporary files out of errors.
type namedWriter struct {
	f    *os.File
	name string
}

func (w *namedWriter) Write(b []byte) (int, error) {
	n, err := w.f.Write(b)
	if err != nil {
		err = problem(w.name, err)
	}
	return n, err
}

var count atomic.Int64

// temporary makes a file beside the target: with the permissions of a new one,
// or such that nobody else can read what may be secret. Remains of a killed
// process are passed over.
func (t *target) temporary() (*os.File, error) {
	mode := fs.FileMode(0o644)
	if t.keep {
		mode = 0o600
	}
	dir, _ := filepath.Split(t.real)
	for {
		name := fmt.Sprintf("%s.mizan-%d-%d.tmp", dir, os.Getpid(), count.Add(1))
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if !errors.Is(err, fs.ErrExist) {
			return f, err
		}
	}
}

// place puts the new file in its place, and with undo keeps the previous one
// aside. After an error everything is as it was before.
func (t *target) place(undo bool) error {
	if t.device {
		return nil
	}
	var err error
	moved := false
	switch {
	case t.fresh:
		err = reserve(t.real)
		moved = err == nil
	case undo:
		moved, err = t.keepOld()
	}
	if err != nil {
		return problem(t.name, err)
	}
	if err := os.Rename(t.temp, t.real); err != nil {
		t.placed = moved
		return errors.Join(problem(t.name, err), t.putBack())
	}
	t.temp, t.placed = "", true
	return nil
}

// reserve makes an empty file where there is none. The file that then replaces
// it can so replace no other.
func reserve(name string) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	return f.Close()
}

// keepOld gives the file in the place a second name. Where the file system has
// no links it is moved away, so that for a moment there is none.
func (t *target) keepOld() (moved bool, err error) {
	info, err := os.Lstat(t.real)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, err
	case info.IsDir():
		return false, syscall.EISDIR
	}
	old := t.temp + ".old"
	err = os.Link(t.real, old)
	if errors.Is(err, fs.ErrNotExist) {
		// Another program put its own file there between the look-up of the
		// name and the link, which is no reason to move that one away.
		return t.keepOld()
	}
	if err != nil {
		err = os.Rename(t.real, old)
		moved = err == nil
	}
	if err == nil {
		t.old = old
	}
	return moved, err
}

// putBack undoes place. What cannot be put back is kept beside, and the error
// says where.
func (t *target) putBack() error {
	if !t.placed {
		return nil
	}
	t.placed = false
	if t.old == "" {
		if err := os.Remove(t.real); err != nil {
			return problem(t.name, err)
		}
		return nil
	}
	old := t.old
	t.old = ""
	if err := os.Rename(old, t.real); err != nil {
		return fmt.Errorf("%w (what was there before is in %s)", problem(t.name, err), old)
	}
	return nil
}

// clean removes what is left beside the file.
func (t *target) clean() {
	for _, name := range []string{t.temp, t.old} {
		if name != "" {
			_ = os.Remove(name)
		}
	}
}
