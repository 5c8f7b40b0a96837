//go:build unix

package cli

import (
	"os"
	"syscall"
)

// peak is the most memory that a process held, in KiB.
func peak(s *os.ProcessState) int64 {
	u, ok := s.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	return u.Maxrss
}
