package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"sync"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Converse answers an assistant that writes messages to in, a line each, and reads
// answers from out, until it hangs up or ctx is cancelled. What was asked before it
// hung up is answered, so that questions may come from a file.
func Converse(ctx context.Context, in io.Reader, out io.Writer, c Config) error {
	d := &debt{in: in, out: out, paid: make(chan struct{}, 1)}
	err := MCP(c).Run(ctx, &mcp.IOTransport{Reader: asked{d}, Writer: answered{d}})
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// longest is how long who hung up is still answered.
const longest = 30 * time.Second

// debt is the questions that have no answer yet.
type debt struct {
	in   io.Reader
	out  io.Writer
	paid chan struct{} // told when an answer is written

	mu   sync.Mutex
	owed int
	line []byte // what was read of a line
}

// count adds to the debt what a message asks, or takes off what it answers.
func (d *debt) count(message []byte, asks bool) {
	var m struct {
		ID     json.RawMessage `json:"id"`
		Method string          `json:"method"`
	}
	if json.Unmarshal(message, &m) != nil || len(m.ID) == 0 {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case asks && m.Method != "":
		d.owed++
	case !asks && m.Method == "":
		d.owed--
	}
}

func (d *debt) isPaid() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.owed <= 0
}

// asked is the reading side.
type asked struct{ *debt }

// Read reads messages; the end is told when all is answered.
func (a asked) Read(b []byte) (int, error) {
	n, err := a.in.Read(b)
	a.line = append(a.line, b[:n]...)
	for {
		line, rest, whole := bytes.Cut(a.line, []byte{'\n'})
		if !whole {
			break
		}
		a.count(line, true)
		a.line = rest
	}
	if errors.Is(err, io.EOF) {
		a.count(a.line, true)
		a.line = nil
		if n > 0 {
			return n, nil // the end comes with the next call
		}
		for end := time.After(longest); !a.isPaid(); {
			select {
			case <-a.paid:
			case <-end:
				return 0, err
			}
		}
	}
	return n, err
}

// Close does nothing: the reader is not ours.
func (asked) Close() error { return nil }

// answered is the writing side.
type answered struct{ *debt }

// Write writes a message.
func (a answered) Write(b []byte) (int, error) {
	n, err := a.out.Write(b)
	a.count(b, false)
	select {
	case a.paid <- struct{}{}:
	default:
	}
	return n, err
}

// Close does nothing: the writer is not ours.
func (answered) Close() error { return nil }
