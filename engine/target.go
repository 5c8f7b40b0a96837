package engine

import (
	"sync"

	"mizan"
	"mizan/build"
	"mizan/dataset"
	"mizan/target"
)

// past is all figures of a project, read when they are first asked for.
type past struct {
	once  sync.Once
	panel *mizan.Panel
	err   error
}

// History reads all figures of the project, of whatever year, once. Errors are
// mizan.Problems: those of dataset.History, and a report that was read from a
// document.
func (r *Report) History() (*mizan.Panel, error) {
	if r.Spec == nil || r.files == nil {
		return nil, notABuild("has no figures of other years")
	}
	r.past.once.Do(func() {
		if r.full == nil {
			r.past.panel, r.past.err = dataset.History(r.Spec, r.files)
		} else if r.past.panel, r.past.err = r.full.History(); r.past.err == nil {
			r.past.panel = build.BlankPanel(r.past.panel, r.hidden())
		}
	})
	return r.past.panel, r.past.err
}

// Targets follows the targets of the project. Errors are mizan.Problems: those
// of target.Run, and a report that was read from a document.
func (r *Report) Targets(o target.Options) (*target.Result, error) {
	history, err := r.History()
	if err != nil {
		return nil, err
	}
	return target.Run(r.Spec, history, o)
}

// Backtest replays the past of the project's series. Errors are mizan.Problems:
// those of target.RunBacktest, and a report that was read from a document.
func (r *Report) Backtest(o target.BacktestOptions) (*target.Backtest, error) {
	history, err := r.History()
	if err != nil {
		return nil, err
	}
	return target.RunBacktest(r.Spec, history, o)
}
