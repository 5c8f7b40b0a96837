package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Snapshots are answers of publishers as they came, each in a file named by
// the SHA-256 of its bytes, so that what a name stands for can never change.
// Answers that broke off wait beside them to be continued.
type Snapshots struct {
	folder string
	inside func(name string) error // whether a file below it may be used; nil = all
}

// OpenSnapshots gives the snapshots in a folder, which need not exist yet.
func OpenSnapshots(folder string) *Snapshots { return &Snapshots{folder: folder} }

// OpenSnapshotsIn gives the snapshots in a folder below that of a project, which is at
// the path root. Where a link leads out of the project, each call has the error
// ErrLeadsOut.
func OpenSnapshotsIn(project *Folder, root, below string) *Snapshots {
	s := OpenSnapshots(filepath.Join(root, filepath.FromSlash(below)))
	s.inside = func(name string) error {
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		return project.Within(rel)
	}
	return s
}

// may says whether a file may be used.
func (s *Snapshots) may(name string) error {
	if s.inside == nil {
		return nil
	}
	return s.inside(name)
}

// Path is the file of a snapshot, below the folder.
func (s *Snapshots) Path(sum string) string {
	if len(sum) != 2*sha256.Size || strings.Trim(sum, "0123456789abcdef") != "" {
		return filepath.Join(s.folder, "no-snapshot")
	}
	return filepath.Join(s.folder, sum[:2], sum)
}

// Sum is the name of bytes: their SHA-256 in hexadecimal.
func Sum(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

// Put stores bytes, whole or not at all, and gives their name. What is there
// already and whole is left alone.
func (s *Snapshots) Put(b []byte) (string, error) {
	sum := Sum(b)
	name := s.Path(sum)
	if err := s.may(name); err != nil {
		return "", err
	}
	if have, err := os.ReadFile(name); err == nil && bytes.Equal(have, b) {
		return sum, nil
	}
	var made folders
	t := &target{name: name, write: func(w io.Writer) error { _, err := w.Write(b); return err }}
	if err := made.makeFor([]*target{t}); err != nil {
		made.remove()
		return "", err
	}
	if err := writeAll([]*target{t}); err != nil {
		made.remove()
		return "", err
	}
	made.sync()
	return sum, nil
}

// DamagedError is a snapshot whose bytes are not those of its name.
type DamagedError struct{ Name string }

func (e *DamagedError) Error() string { return "the snapshot " + e.Name + " is damaged" }

// Get reads a snapshot and compares it with its name and size. Errors: those of
// the file system; *DamagedError.
func (s *Snapshots) Get(sum string, size int64) ([]byte, error) {
	name := s.Path(sum)
	if err := s.may(name); err != nil {
		return nil, err
	}
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() != size {
		return nil, &DamagedError{name}
	}
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	if int64(len(b)) != size || Sum(b) != sum {
		return nil, &DamagedError{name}
	}
	return b, nil
}

// List gives the names of all snapshots, in order.
func (s *Snapshots) List() ([]string, error) {
	dirs, err := os.ReadDir(s.folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var list []string
	for _, d := range dirs {
		if !d.IsDir() || len(d.Name()) != 2 {
			continue
		}
		files, e := os.ReadDir(filepath.Join(s.folder, d.Name()))
		err = errors.Join(err, e)
		for _, f := range files {
			if len(f.Name()) == 2*sha256.Size {
				list = append(list, f.Name())
			}
		}
	}
	slices.Sort(list)
	return list, err
}

// Half is an answer that is on its way, in two files: its bytes, and what the
// server calls that state of it. It survives the process.
type Half struct {
	name      string // of the bytes; the validator is beside it
	f         *os.File
	size      int64
	validator string
}

// half is the file of the half answer of an address.
func (s *Snapshots) half(url string) string {
	return filepath.Join(s.folder, "unfinished", Sum([]byte(url))[:32])
}

// Half opens what came of an answer so far.
func (s *Snapshots) Half(url string) (*Half, error) {
	h := &Half{name: s.half(url)}
	for _, name := range []string{h.name, h.name + ".state"} {
		if err := s.may(name); err != nil {
			return nil, err
		}
	}
	if err := os.MkdirAll(filepath.Dir(h.name), 0o755); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(h.name, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return nil, err
	}
	h.f = f
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%s is no file", h.name)
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	h.size = info.Size()
	if text, err := os.ReadFile(h.name + ".state"); err == nil && len(text) < 1000 && bytes.HasSuffix(text, []byte("\n")) {
		h.validator = strings.TrimSuffix(string(text), "\n")
	}
	if h.validator == "" && h.size > 0 {
		return h, h.Restart("")
	}
	return h, nil
}

// Size is how many bytes are there.
func (h *Half) Size() int64 { return h.size }

// Validator is what the server calls that state, "" if it cannot be continued.
func (h *Half) Validator() string { return h.validator }

// Restart forgets the bytes. The old state goes first and the new one comes
// last, so that a stop in between leaves bytes that nobody continues.
func (h *Half) Restart(validator string) error {
	h.validator = ""
	if err := os.Remove(h.name + ".state"); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := h.f.Truncate(0); err != nil {
		return problem(h.name, err)
	}
	h.size = 0
	if validator == "" {
		return nil
	}
	if err := WriteFile(h.name+".state", func(w io.Writer) error { _, err := io.WriteString(w, validator+"\n"); return err }); err != nil {
		return err
	}
	h.validator = validator
	return nil
}

func (h *Half) Write(p []byte) (int, error) {
	n, err := h.f.Write(p)
	h.size += int64(n)
	if err != nil {
		err = problem(h.name, err)
	}
	return n, err
}

// Bytes reads what is there.
func (h *Half) Bytes() ([]byte, error) { return os.ReadFile(h.name) }

// Close closes the file; the bytes stay, if they can be continued.
func (h *Half) Close() error {
	err := h.f.Close()
	if h.size == 0 || h.validator == "" {
		_ = os.Remove(h.name)
		_ = os.Remove(h.name + ".state")
		_ = os.Remove(filepath.Dir(h.name)) // only if it is empty
	}
	return err
}

// Keep stores the bytes of a whole answer and forgets its half.
func (s *Snapshots) Keep(url string, body []byte) (string, error) {
	sum, err := s.Put(body)
	if err != nil {
		return "", err
	}
	name := s.half(url)
	_ = os.Remove(name + ".state")
	_ = os.Remove(name)
	return sum, nil
}

// Unfinished counts the answers that broke off, and their bytes.
func (s *Snapshots) Unfinished() (count int, size int64) {
	files, _ := os.ReadDir(filepath.Join(s.folder, "unfinished"))
	for _, f := range files {
		if info, err := f.Info(); err == nil && !strings.Contains(f.Name(), ".") {
			count, size = count+1, size+info.Size()
		}
	}
	return count, size
}
