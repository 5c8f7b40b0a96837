package cli

import (
	"fmt"
	"io/fs"
	"strconv"
	"sync"
)

// watch tells whether files changed since a build read them. It stands between
// the build and the folder, and so knows every file that the build asked for,
// those that were not there too.
type watch struct {
	folder fs.FS

	mu      sync.Mutex
	states  map[string]string
	changes int
}

func newWatch(folder fs.FS) *watch { return &watch{folder: folder, states: map[string]string{}} }

// Open opens a file, and watches it from now on.
func (w *watch) Open(name string) (fs.File, error) {
	w.look(name)
	return w.folder.Open(name)
}

// look watches a file. It comes before reading: what changes while it is read
// counts as changed afterwards.
func (w *watch) look(name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.compare(name)
}

// stamp is a text that changes whenever a file did.
func (w *watch) stamp() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	for name := range w.states {
		w.compare(name)
	}
	return strconv.Itoa(w.changes)
}

func (w *watch) compare(name string) {
	now := "missing"
	if info, err := fs.Stat(w.folder, name); err == nil {
		now = fmt.Sprint(info.Mode(), info.Size(), info.ModTime().UnixNano())
	}
	if was, known := w.states[name]; known && was != now {
		w.changes++
	}
	w.states[name] = now
}
