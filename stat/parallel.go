package stat

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// InParallel calls do(0) to do(n-1) on all processors. The calls must not
// depend on one another, so that their order changes nothing.
func InParallel(n int, do func(i int)) {
	InParallelWith(n, func() func(int) { return do })
}

// InParallelWith is InParallel for tasks that need room of their own: worker
// makes what one processor does its tasks with, and is called once for each
// processor that takes part.
func InParallelWith(n int, worker func() func(i int)) {
	workers := min(runtime.GOMAXPROCS(0), n)
	if workers <= 1 {
		if n <= 0 {
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
