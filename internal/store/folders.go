package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// folders are those that were made for the files, the outer ones first.
type folders []string

// makeFor makes the folders that are missing.
func (made *folders) makeFor(targets []*target) error {
	for _, t := range targets {
		var missing []string
		for at := filepath.Dir(t.name); ; at = filepath.Dir(at) {
			info, err := os.Stat(at)
			if err == nil && !info.IsDir() {
				err = syscall.ENOTDIR
			}
			if err == nil {
				break
			}
			if !errors.Is(err, fs.ErrNotExist) || at == filepath.Dir(at) {
				return problem(at, err)
			}
			missing = append(missing, at)
		}
		for i := len(missing) - 1; i >= 0; i-- {
			err := os.Mkdir(missing[i], 0o755)
			if err == nil {
				*made = append(*made, missing[i])
				continue
			}
			// Another program may have been faster.
			if info, e := os.Stat(missing[i]); e != nil || !info.IsDir() {
				return problem(missing[i], err)
			}
		}
	}
	return nil
}

// remove removes the folders that are still empty.
func (made folders) remove() {
	for i := len(made) - 1; i >= 0; i-- {
		_ = os.Remove(made[i])
	}
}

// sync makes the names of the folders last.
func (made folders) sync() {
	for _, dir := range made {
		syncFolder(filepath.Dir(dir))
	}
}

// syncFolders makes the names of the files last.
func syncFolders(targets []*target) {
	seen := map[string]bool{}
	for _, t := range targets {
		if dir := filepath.Dir(t.real); !t.device && !seen[dir] {
			seen[dir] = true
			syncFolder(dir)
		}
	}
}

// syncFolder syncs a folder. Not every file system can; the content of the
// files is safe already, so that a failure is none.
func syncFolder(name string) {
	if d, err := os.Open(name); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}
