package site

import (
	"context"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"mizan/engine"
	"mizan/uncertainty"
)

// changing is a site of the sample whose files change when changed is called; its
// chores are those of the test.
func changing(t *testing.T, list ...chore) (s *Site, changed func()) {
	t.Helper()
	var stamp atomic.Int64
	s, err := New(Config{
		Load:  func(string) (*engine.Report, error) { return sample(), nil },
		Stamp: func() string { return strconv.FormatInt(stamp.Load(), 10) },
	})
	if err != nil {
		t.Fatal(err)
	}
	s.chores = list
	if _, err := s.Build(); err != nil {
		t.Fatal(err)
	}
	return s, func() { stamp.Add(1) }
}

// warming runs Warm until the test ends.
func warming(t *testing.T, s *Site) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	var done sync.WaitGroup
	done.Go(func() { s.Warm(ctx) })
	stop = func() { cancel(); done.Wait() }
	t.Cleanup(stop)
	return stop
}

// Every analysis is found once after a build, in order, and again after the next.
func TestWarmFindsAllOnce(t *testing.T) {
	found := make(chan string)
	tell := func(name string) chore { return chore{name, func(*visit) { found <- name }} }
	s, changed := changing(t, tell("a"), tell("b"))
	warming(t, s)
	for _, want := range []string{"a", "b"} {
		if got := <-found; got != want {
			t.Fatalf("%s is found, want %s", got, want)
		}
	}
	changed()
	get(t, s, "/en/about") // a reader has the project built anew
	for _, want := range []string{"a", "b"} {
		if got := <-found; got != want {
			t.Fatalf("after the change %s is found, want %s", got, want)
		}
	}
}

// When the project is built anew while something is found, the rest of the old
// build is dropped.
func TestWarmStopsOnRebuild(t *testing.T) {
	begun, proceed := make(chan *book), make(chan struct{})
	var s *Site
	var changed func()
	after := make(chan *book)
	s, changed = changing(t, chore{"long", func(c *visit) { begun <- c.book; <-proceed }}, chore{"after", func(c *visit) { after <- c.book }})
	warming(t, s)
	old := <-begun
	changed()
	get(t, s, "/en/about")
	proceed <- struct{}{}
	fresh := <-begun // and not what comes after the long one of the old build
	if fresh == old {
		t.Error("the old build is gone over again")
	}
	proceed <- struct{}{}
	if got := <-after; got != fresh {
		t.Error("the rest is found of the old build")
	}
}

// Nothing is begun while a page is being made; it ends when the server does.
func TestWarmWaitsForReaders(t *testing.T) {
	var begun atomic.Int64
	s, _ := changing(t, chore{"any", func(*visit) { begun.Add(1) }})
	s.busy.Add(1)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s.Warm(ctx)
	if begun.Load() != 0 {
		t.Error("an analysis is begun while a page is being made")
	}
}

// A reader who comes while the draws are being made waits for them, and they are
// made once; a page that does not show them is answered meanwhile.
func TestReaderWaitsForWhatIsBeingFound(t *testing.T) {
	s, _ := changing(t, chores...)
	var draws atomic.Int64
	begun, proceed := make(chan struct{}), make(chan struct{})
	s.builds.current().sure.draw = func(int) *uncertainty.Result {
		draws.Add(1)
		close(begun)
		<-proceed
		return nil
	}
	warming(t, s)
	<-begun
	if status, _, _ := get(t, s, "/en/about"); status != http.StatusOK {
		t.Errorf("a page without draws: status %d", status)
	}
	var reader sync.WaitGroup
	reader.Go(func() {
		if status, _, _ := get(t, s, "/en/uncertainty"); status != http.StatusOK {
			t.Errorf("a page with draws: status %d", status)
		}
	})
	close(proceed)
	reader.Wait()
	get(t, s, "/en/unit/AUT")
	if n := draws.Load(); n != 1 {
		t.Errorf("the draws are made %d times", n)
	}
}

// Who asks for a variant does not wait for another that is being built.
func TestVariantsDoNotWaitForOneAnother(t *testing.T) {
	begun, proceed := make(chan struct{}), make(chan struct{})
	b := newBuilds(func(variant string) (*engine.Report, error) {
		if variant == "slow" {
			close(begun)
			<-proceed
		}
		return sample(), nil
	}, nil)
	var slow sync.WaitGroup
	slow.Go(func() { _, _ = b.get("slow") })
	<-begun
	if m, err := b.get(""); err != nil || m.book == nil {
		t.Errorf("the project as written: %v", err)
	}
	close(proceed)
	slow.Wait()
}
