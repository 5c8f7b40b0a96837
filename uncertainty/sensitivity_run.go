package uncertainty

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"mizan"
)

// sensitivityRun carries an analysis out. Work is cut into blocks, each done by
// one worker from start to end and stored by its number, so that the number of
// workers changes nothing.
type sensitivityRun struct {
	model   *sensitivityModel
	options SensitivityOptions
	factors []SensitivityFactor
	of      []int // factor of each input
	result  *SensitivityResult
	tracked []int     // outputs that must converge: 0 and that of the unit asked for
	totals  []float64 // total indices of the tracked outputs at the last step

	account account
	done    atomic.Int64 // draws
	most    int
	telling sync.Mutex
}

// analyse runs the method over a model; targets come without effects, one an
// output, the first of them overall.
func (m *sensitivityModel) analyse(o SensitivityOptions, targets []SensitivityTarget) (*SensitivityResult, error) {
	if err := checkSensitivity(&o); err != nil {
		return nil, err
	}
	r := &sensitivityRun{model: m, options: o, tracked: []int{0}}
	r.factors, r.of = m.group(o.By)
	if len(r.factors) == 0 {
		return nil, mizan.Problems{{ID: "no-factors", Cause: "nothing varies", Remedy: "name what might have been chosen otherwise under uncertainty.vary, or a preset"}}
	}
	if o.Unit != "" {
		at := slices.IndexFunc(targets, func(t SensitivityTarget) bool { return t.Unit == o.Unit })
		if at < 0 {
			return nil, mizan.Problems{{ID: "unknown-unit", Cause: fmt.Sprintf("there is no unit %q", o.Unit), Remedy: "name a unit that is ranked"}}
		}
		r.tracked = append(r.tracked, at)
	}
	r.result = &SensitivityResult{
		Format: SensitivityFormat, Method: o.Method, By: o.By, Seed: m.seed, Factors: r.factors,
		Confidence: confidence, Findings: []mizan.Finding{},
	}
	var err error
	switch o.Method {
	case Morris:
		err = r.morris(targets)
	case PAWN:
		err = r.pawn(targets)
	default:
		err = r.sobol(targets)
	}
	if err != nil {
		return nil, err
	}
	r.result.Overall, r.result.Units = targets[0], targets[1:]
	r.result.Account = r.account.told(r.result.Account.Stopped)
	r.find()
	return r.result, nil
}

// atLeast is the problem of too few draws.
func (r *sensitivityRun) atLeast(draws int) error {
	return mizan.Problems{{
		ID:     "too-few-draws",
		Cause:  fmt.Sprintf("%d draws are too few for %d factors with the method %s", r.options.Draws, len(r.factors), r.options.Method),
		Remedy: fmt.Sprintf("allow at least %d, or take fewer factors", draws),
	}}
}

func stoppedBefore() error {
	return mizan.Problems{{ID: "stopped", Cause: "stopped before anything was done", Remedy: "let it run, or allow fewer draws"}}
}

// parallel calls do(0, ...) to do(n-1, ...), each with a worker's function and
// an account of its own, and tells which were done: all, unless stopped.
func (r *sensitivityRun) parallel(n int, do func(block int, eval func(dst, u []float64) error, a *account)) []bool {
	workers := cmp.Or(r.options.Workers, runtime.GOMAXPROCS(0))
	accounts := make([]account, n)
	finished := make([]bool, n)
	var next atomic.Int64
	var all sync.WaitGroup
	for range min(workers, n) {
		all.Go(func() {
			eval := r.model.worker()
			for {
				k := int(next.Add(1)) - 1
				if k >= n || r.stopped() {
					return
				}
				do(k, eval, &accounts[k])
				finished[k] = true
				r.tell(accounts[k].kept + accounts[k].failed)
			}
		})
	}
	all.Wait()
	for k := range accounts {
		r.account.merge(&accounts[k])
	}
	return finished
}

// each calls do(0) to do(n-1), which do not depend on one another.
func (r *sensitivityRun) each(n int, do func(i int)) {
	var next atomic.Int64
	var all sync.WaitGroup
	for range min(cmp.Or(r.options.Workers, runtime.GOMAXPROCS(0)), n) {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	all.Wait()
}

func (r *sensitivityRun) stopped() bool {
	r.telling.Lock()
	defer r.telling.Unlock()
	return r.options.Stop != nil && r.options.Stop()
}

func (r *sensitivityRun) tell(draws int) {
	r.telling.Lock()
	defer r.telling.Unlock()
	done := r.done.Add(int64(draws))
	if r.options.Progress != nil {
		r.options.Progress(int(done), r.most)
	}
}

// evaluate is a draw whose outputs are missing if it fails.
func evaluate(eval func(dst, u []float64) error, a *account, dst, u []float64) {
	err := eval(dst, u)
	a.count(err)
	if err != nil {
		for i := range dst {
			dst[i] = missing
		}
	}
}

var missing = math.NaN()

func (a *account) told(stopped bool) SensitivityAccount {
	out := SensitivityAccount{Requested: a.kept + a.failed, Kept: a.kept, Failed: a.failed, Stopped: stopped}
	for _, cause := range slices.Sorted(maps.Keys(a.causes)) {
		out.Causes = append(out.Causes, SensitivityFailure{cause, a.causes[cause]})
	}
	slices.SortStableFunc(out.Causes, func(x, y SensitivityFailure) int { return cmp.Compare(y.Draws, x.Draws) })
	return out
}

// find remarks on what a reader must know of the result.
func (r *sensitivityRun) find() {
	res := r.result
	say := func(severity mizan.Severity, id string, said mizan.Said) {
		res.Findings = append(res.Findings, mizan.Finding{Severity: severity, ID: id}.With(said))
	}
	if sd := res.Overall.SD; !(sd > 0) {
		say(mizan.Warn, "constant-output", sayConstant.Say())
	}
	if res.Account.Failed > 0 {
		say(mizan.Warn, "failed-draws", sayFailed.Say("failed", res.Account.Failed, "all", res.Account.Requested))
	}
	if res.Account.Stopped {
		say(mizan.Warn, "stopped", sayStopped.Say())
	}
	if res.Method == Sobol && !res.Converged && res.Overall.SD > 0 {
		say(mizan.Info, "not-converged", sayNotConverged.Say())
	}
	if len(r.factors) == 1 {
		say(mizan.Info, "one-factor", sayOneFactor.Say())
	}
}
