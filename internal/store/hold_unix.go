//go:build unix

package store

import (
	"errors"
	"os"
	"syscall"
)

// TryHold takes hold of a file, so that no other process can; false if another
// has it. The system lets go when the process ends, however it ends. The file
// stays: to remove it would let two processes hold two files of one name.
func TryHold(name string) (release func(), ok bool, err error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, false, err
	}
	for {
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if !errors.Is(err, syscall.EINTR) {
			break
		}
	}
	if err != nil {
		_ = f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, false, nil
		}
		return nil, false, problem(name, err)
	}
	return func() { _ = f.Close() }, true, nil
}
