//go:build !unix

package store

import (
	"errors"
	"io/fs"
	"os"
)

// TryHold takes hold of a file, so that no other process can; false if another
// has it. Where the system has no locks of its own the file's existence is the
// lock, and a process that was killed leaves it to be removed by hand.
func TryHold(name string) (release func(), ok bool, err error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	return func() { _ = f.Close(); _ = os.Remove(name) }, true, nil
}
