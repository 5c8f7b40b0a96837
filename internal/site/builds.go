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

	mu    sync.Mutex // of made; never held while building
	made  map[string]*slot
	fresh chan struct{} // told of when the project as written was built anew
}

// slot is the build of a variant under a lock of its own, so that who asks for one
// variant does not wait for another.
type slot struct {
	mu    sync.Mutex // held while building: one build of a variant is enough
	known bool
	built
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
	return &builds{load: load, stamp: stamp, made: map[string]*slot{}, fresh: make(chan struct{}, 1)}
}

// of is what is kept of a variant.
func (b *builds) of(variant string) *slot {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.made[variant] == nil {
		b.made[variant] = &slot{}
	}
	return b.made[variant]
}

// get returns the build of a variant. The error is that of the newest attempt;
// with it the last good build may still be there.
func (b *builds) get(variant string) (built, error) {
	k := b.of(variant)
	k.mu.Lock()
	defer k.mu.Unlock()
	stamp := b.stamp()
	if k.known && k.stamp == stamp {
		return k.built, k.err
	}
	report, err := b.load(variant)
	k.known, k.stamp, k.err = true, stamp, err
	if err == nil {
		k.book = newBook(report)
		if variant == "" {
			select {
			case b.fresh <- struct{}{}:
			default:
			}
		}
	}
	return k.built, k.err
}

// current is the last good build of the project as written, as it is: it is not
// made anew. nil if there is none.
func (b *builds) current() *book {
	k := b.of("")
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.book
}
