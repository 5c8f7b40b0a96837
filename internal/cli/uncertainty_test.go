package cli

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// watcher collects what is written, and does something as soon as it holds a
// text.
type watcher struct {
	lock sync.Mutex
	bytes.Buffer
	text string
	then func()
}

func (w *watcher) Write(b []byte) (int, error) {
	w.lock.Lock()
	defer w.lock.Unlock()
	n, err := w.Buffer.Write(b)
	if w.then != nil && strings.Contains(w.String(), w.text) {
		w.then()
		w.then = nil
	}
	return n, err
}

const drawnProject = `mizan: 1
id: drawn
title: {en: Drawn}
period: {year: 2023}
observations: [{file: o.csv, format: wide, year: 2023}]
indicators: {a: {}, b: {}}
framework: {code: top, children: [{code: a}, {code: b}]}
uncertainty: {draws: 20000000, vary: [{weights: simplex}]}
`

// TestStoppedDraws: whoever stops a long run has what was done, is told so, and
// can go on; meanwhile a terminal shows how long it will take.
func TestStoppedDraws(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"mizan.yaml": drawnProject, "o.csv": "unit,a,b\nA,1,5\nB,2,4\nC,3,2\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	stopped := func() (status int, stdout, stderr string) {
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		var out bytes.Buffer
		msg := &watcher{text: "left", then: stop}
		status = Run(ctx, &Env{
			Args: []string{"uncertainty", "--checkpoint", "draws.json"}, Dir: dir, Stdin: strings.NewReader(""), Stdout: &out, Stderr: msg,
			Now: time.Now, IsTerminal: func(w io.Writer) bool { return w == msg },
		})
		return status, out.String(), msg.String()
	}
	status, stdout, stderr := stopped()
	if status != statusFailed {
		t.Errorf("status %d, want %d", status, statusFailed)
	}
	for _, want := range []string{"of 20,000,000 draws, ", " a second, ", " left", "Stopped: draws 1 to ", "They are kept in draws.json; the same command goes on with them."} {
		if !strings.Contains(stderr, want) {
			t.Errorf("standard error lacks %q:\n%q", want, stderr)
		}
	}
	if !strings.Contains(stdout, "20,000,000 draws are asked for; this is what was made.") || !strings.Contains(stdout, "Every median") {
		t.Errorf("standard output:\n%s", stdout)
	}
	first := doneOf(t, stderr)
	_, _, stderr = stopped()
	if second := doneOf(t, stderr); second <= first {
		t.Errorf("the second run ended after %d draws, the first after %d", second, first)
	}
}

// doneOf is the last draw that is told to be done.
func doneOf(t *testing.T, stderr string) int {
	t.Helper()
	_, rest, ok := strings.Cut(stderr, "Stopped: draws 1 to ")
	rest, _, _ = strings.Cut(rest, " ")
	n := 0
	for _, c := range strings.ReplaceAll(rest, ",", "") {
		n = 10*n + int(c-'0')
	}
	if !ok || n == 0 {
		t.Fatalf("nothing is told to be done: %q", stderr)
	}
	return n
}

func TestProgress(t *testing.T) {
	var out bytes.Buffer
	at := time.Unix(0, 0)
	p := newProgress(&Env{Stderr: &out, Now: func() time.Time { return at }, IsTerminal: func(io.Writer) bool { return true }}, 1000, 10000)
	at = at.Add(100 * time.Millisecond)
	p.tell(1500) // too soon
	at = at.Add(900 * time.Millisecond)
	p.tell(4000)
	at = at.Add(time.Second)
	p.tell(7000)
	p.end()
	line1, line2 := "4,000 of 10,000 draws, 40 %, 3,000 a second, 2.0 s left", "7,000 of 10,000 draws, 70 %, 3,000 a second, 1.0 s left"
	want := "\r" + line1 + "\r" + line2 + "\r" + strings.Repeat(" ", len(line2)) + "\r"
	if got := out.String(); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	out.Reset()
	quietly := newProgress(&Env{Stderr: &out, Now: func() time.Time { return at }}, 0, 10)
	at = at.Add(time.Minute)
	quietly.tell(5)
	quietly.end()
	if out.Len() > 0 {
		t.Errorf("off a terminal it says %q", out.String())
	}
	for d, want := range map[time.Duration]string{2 * time.Second: "2.0 s", 90 * time.Second: "90 s", 50 * time.Minute: "50 min", 30 * time.Hour: "30 h", 72 * time.Hour: "3 days"} {
		if got := roughly(d); got != want {
			t.Errorf("%v is %q, want %q", d, got, want)
		}
	}
}
