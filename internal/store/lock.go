package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"
)

// Lock is the lock file of a project's data: for every source the vintages
// that were pulled, and of which answers each is made. It is the last thing that
// a pull writes before the file of figures, so that it names only what is there.
type Lock struct {
	Version int          `json:"mizan_lock"`
	Sources []LockSource `json:"sources"`
}

// LockSource is what was pulled for one source of the project.
type LockSource struct {
	Code      string `json:"code"`
	Connector string `json:"connector"`
	// File is the file of figures that was made, and SHA256 that of its bytes.
	File   string `json:"file"`
	SHA256 string `json:"sha256"`
	// Before is the sum of the file that stood there before, which a stop may
	// have left in its place.
	Before   string    `json:"sha256_before,omitempty"`
	Vintages []Vintage `json:"vintages"` // the oldest first; the last one is in use
}

// Vintage is a state of the publisher's figures.
type Vintage struct {
	Pulled  time.Time `json:"pulled"`  // when it was first seen
	Checked time.Time `json:"checked"` // when it was last seen
	Licence string    `json:"licence,omitempty"`
	// Query is what was asked, as JSON: figures are made of the answers by it.
	Query json.RawMessage `json:"query"`
	// Engine is what computed the answers, where that was an engine of SQL, with its
	// version; Tables are the raw tables that it read.
	Engine  string      `json:"engine,omitempty"`
	Tables  []LockTable `json:"tables,omitempty"`
	Answers []Answer    `json:"answers"`
}

// LockTable is a raw table of which figures were computed: its name in the queries,
// how many files it has, and the SHA-256 of all of them, one after another in the order
// of their names.
type LockTable struct {
	Name   string `json:"name"`
	Files  int    `json:"files"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Answer is an answer of a publisher, whose bytes are a snapshot.
type Answer struct {
	URL          string    `json:"url"`
	From         string    `json:"redirected_to,omitempty"`
	Time         time.Time `json:"time"`
	SHA256       string    `json:"sha256"`
	Size         int64     `json:"size"`
	Type         string    `json:"type,omitempty"`
	ETag         string    `json:"etag,omitempty"`
	LastModified string    `json:"last_modified,omitempty"`
}

const (
	lockVersion = 1
	maxLock     = 64 << 20
)

// BadLockError is a lock file that cannot be read as one.
type BadLockError struct {
	Line  int // 0 if unknown
	Cause string
}

func (e *BadLockError) Error() string { return e.Cause }

// ReadLock reads a lock file; one that does not exist is empty. Errors: those
// of the file system; *BadLockError.
func ReadLock(name string) (*Lock, error) {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return &Lock{Version: lockVersion}, nil
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	text, err := io.ReadAll(io.LimitReader(f, maxLock+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxLock {
		return nil, &BadLockError{0, "the file is larger than 64 MiB"}
	}
	return ParseLock(text)
}

// ParseLock reads the text of a lock file and checks that it says what it must.
func ParseLock(text []byte) (*Lock, error) {
	l := &Lock{}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(l); err != nil {
		return nil, &BadLockError{1 + bytes.Count(text[:min(d.InputOffset(), int64(len(text)))], []byte("\n")), "this is no lock file of Mizan: " + err.Error()}
	}
	if l.Version != lockVersion {
		return nil, &BadLockError{1, fmt.Sprintf("the lock file is of version %d, this program reads version %d", l.Version, lockVersion)}
	}
	seen := map[string]bool{}
	for _, s := range l.Sources {
		switch {
		case s.Code == "" || seen[s.Code]:
			return nil, &BadLockError{0, fmt.Sprintf("the source %q occurs twice or has no code", s.Code)}
		case len(s.Vintages) == 0:
			return nil, &BadLockError{0, fmt.Sprintf("the source %q has no vintage", s.Code)}
		}
		seen[s.Code] = true
		for _, v := range s.Vintages {
			for _, a := range v.Answers {
				if len(a.SHA256) != 64 || strings.Trim(a.SHA256, "0123456789abcdef") != "" || a.Size < 0 || a.URL == "" {
					return nil, &BadLockError{0, fmt.Sprintf("an answer of the source %q has no address, size or sha256", s.Code)}
				}
			}
		}
	}
	return l, nil
}

// Write writes the lock file, whole or not at all; sources stand by code.
func (l *Lock) Write(name string) error {
	l.Version = lockVersion
	slices.SortFunc(l.Sources, func(a, b LockSource) int { return strings.Compare(a.Code, b.Code) })
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(l); err != nil {
		return err
	}
	return WriteFile(name, func(w io.Writer) error { _, err := w.Write(b.Bytes()); return err })
}

// Source finds a source; nil if nothing was pulled for it.
func (l *Lock) Source(code string) *LockSource {
	for i := range l.Sources {
		if l.Sources[i].Code == code {
			return &l.Sources[i]
		}
	}
	return nil
}

// Last is the vintage in use.
func (s *LockSource) Last() *Vintage { return &s.Vintages[len(s.Vintages)-1] }

// Add takes up what a pull brought. A vintage with the same bytes as the last
// one, asked for in the same way, is the last one, seen once more; fresh says
// that it is another.
func (l *Lock) Add(s LockSource, v Vintage) (fresh bool) {
	old := l.Source(s.Code)
	if old == nil {
		s.Vintages = []Vintage{v}
		l.Sources = append(l.Sources, s)
		return true
	}
	s.Vintages = old.Vintages
	*old = s
	last := old.Last()
	if bytes.Equal(compactJSON(last.Query), compactJSON(v.Query)) && slices.EqualFunc(last.Answers, v.Answers, func(a, b Answer) bool {
		return a.URL == b.URL && a.SHA256 == b.SHA256
	}) {
		last.Checked, last.Answers, last.Licence, last.Engine, last.Tables = v.Checked, v.Answers, v.Licence, v.Engine, v.Tables
		return false
	}
	old.Vintages = append(old.Vintages, v)
	return true
}

// compactJSON takes the indentation out, which a file adds.
func compactJSON(text json.RawMessage) []byte {
	var b bytes.Buffer
	if json.Compact(&b, text) != nil {
		return text
	}
	return b.Bytes()
}

// Used are the names of all snapshots that the lock file names.
func (l *Lock) Used() map[string]bool {
	used := map[string]bool{}
	for _, s := range l.Sources {
		for _, v := range s.Vintages {
			for _, a := range v.Answers {
				used[a.SHA256] = true
			}
		}
	}
	return used
}
