package alliance

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// inParallel does the tasks 0 to n-1 on all processors. worker makes what one
// processor does them with. The tasks must not depend on one another, so that
// their order changes nothing.
func inParallel(n int, worker func() func(task int)) {
	workers := min(runtime.GOMAXPROCS(0), n)
	if workers <= 1 {
		if n == 0 {
			return
		}
		do := worker()
		for i := range n {
			do(i)
		}
		return
	}
	var next atomic.Int64
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			do := worker()
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				do(int(i))
			}
		})
	}
	all.Wait()
}
