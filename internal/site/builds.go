package site

import (
	"sync"

	"mizan/engine"
)

// builds keeps one build per variant, made on first use and made anew when the
// project's files change. When a new build fails, the last good one stays.
type builds struct {
	load  func(variant string) (*engine.Report, error)
	stamp func() string

	mu   sync.Mutex // held while building: one build at a time is enough
	made map[string]*built
}

// built is the last good build of a variant, and the error of the newest
// attempt if that failed.
type built struct {
	stamp string
	book  *book
	err   error
}

func newBuilds(load func(string) (*engine.Report, error), stamp func() string) *builds {
	if stamp == nil {
		stamp = func() string { return "" }
	}
	return &builds{load: load, stamp: stamp, made: map[string]*built{}}
}

// get returns the build of a variant. The error is that of the newest attempt;
// with it the last good build may still be there.
func (b *builds) get(variant string) (built, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	stamp := b.stamp()
	m, known := b.made[variant]
	if known && m.stamp == stamp {
		return *m, m.err
	}
	if !known {
		m = &built{}
		b.made[variant] = m
	}
	report, err := b.load(variant)
	m.stamp, m.err = stamp, err
	if err == nil {
		m.book = newBook(report)
	}
	return *m, m.err
}
