package cli

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
)

// progress tells a person at a terminal how far long work is and how long it
// will take; it says nothing anywhere else. It may be told by several
// goroutines.
type progress struct {
	w     io.Writer // nil = nobody looks
	now   func() time.Time
	what  string // "draws"
	total int

	lock  sync.Mutex
	began time.Time
	first int // done when it began
	told  time.Time
	width int // of the line that stands
}

// tellEvery is how often the line is written anew.
const tellEvery = 200 * time.Millisecond

// newProgress begins to tell of work of which some may be done already.
func newProgress(env *Env, done, total int) *progress {
	p := &progress{what: "draws", total: total, first: done, now: env.Now}
	if env.IsTerminal != nil && env.Now != nil && env.IsTerminal(env.Stderr) {
		p.w = env.Stderr
		p.began = p.now()
		p.told = p.began
	}
	return p
}

// tell says that so much is done.
func (p *progress) tell(done int) {
	if p.w == nil {
		return
	}
	p.lock.Lock()
	defer p.lock.Unlock()
	now := p.now()
	if now.Sub(p.told) < tellEvery {
		return
	}
	p.told = now
	p.write(p.line(done, now.Sub(p.began)))
}

// of is tell where the total is told too.
func (p *progress) of(done, total int) {
	if p.w != nil {
		p.lock.Lock()
		p.total = total
		p.lock.Unlock()
		p.tell(done)
	}
}

// line says how much is done, how fast, and how long the rest will take.
func (p *progress) line(done int, spent time.Duration) string {
	line := fmt.Sprintf("%s of %s %s, %d %%", grouped(done), grouped(p.total), p.what, int(100*int64(done)/int64(max(p.total, 1))))
	made := done - p.first
	if made <= 0 || spent <= 0 {
		return line
	}
	rate := float64(made) / spent.Seconds()
	left := time.Duration(float64(p.total-done) / rate * float64(time.Second))
	return fmt.Sprintf("%s, %s a second, %s left", line, grouped(int(rate)), roughly(left))
}

func (p *progress) write(line string) {
	pad := strings.Repeat(" ", max(0, p.width-len(line)))
	_, _ = fmt.Fprintf(p.w, "\r%s%s", line, pad)
	p.width = len(line)
}

// end takes the line away.
func (p *progress) end() {
	if p.w == nil {
		return
	}
	p.lock.Lock()
	defer p.lock.Unlock()
	if p.width > 0 {
		_, _ = fmt.Fprintf(p.w, "\r%s\r", strings.Repeat(" ", p.width))
	}
	p.w = nil
}

// roughly is a span of time as people say it.
func roughly(d time.Duration) string {
	switch {
	case d < 10*time.Second:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d < 2*time.Minute:
		return fmt.Sprintf("%.0f s", d.Seconds())
	case d < 2*time.Hour:
		return fmt.Sprintf("%.0f min", d.Minutes())
	case d < 48*time.Hour:
		return fmt.Sprintf("%.0f h", d.Hours())
	}
	return fmt.Sprintf("%.0f days", d.Hours()/24)
}

// grouped writes a whole number with commas between thousands.
func grouped(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
