package uncertainty

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"

	"mizan"
)

// StateFormat is the version of the document of a State.
const StateFormat = 1

// State is what was counted of some draws of a model, without a gap. States of
// the same model add up, whoever made them: a long run can be divided among
// machines, stopped and gone on with.
type State struct {
	Format int    `json:"mizan_draws"`
	ID     string `json:"id"`    // of the project
	Model  string `json:"model"` // hash of the project as it was built, and of its figures
	Draws  int    `json:"draws"` // that the project asks for
	From   int    `json:"from"`
	To     int    `json:"to"` // draws From up to To are counted

	counts *counts
}

// stateJSON is a State with its counts.
type stateJSON struct {
	State
	Counts *counts `json:"counts"`
}

func (m *Model) newState(from, to int) *State {
	return &State{Format: StateFormat, ID: m.spec.ID, Model: m.hash(), Draws: m.config.Draws, From: from, To: to, counts: newCounts(m)}
}

// hash identifies the model: the project in canonical form and the figures
// that were read.
func (m *Model) hash() string {
	h := sha256.New()
	_, _ = h.Write(m.spec.Canonical())
	for _, axis := range [][]string{m.panel.Units, m.panel.Codes} {
		for _, s := range axis {
			_, _ = io.WriteString(h, s+"\x00")
		}
	}
	var b []byte
	for _, values := range [][]float64{m.panel.Values, m.panel.SDs} {
		for _, v := range values {
			if v != v {
				v = math.NaN()
			}
			b = binary.LittleEndian.AppendUint64(b[:0], math.Float64bits(v))
			_, _ = h.Write(b)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Kept and Failed count the draws of the state.
func (s *State) Kept() int64 { return s.counts.Kept }

// Failed is how many draws of the state could not be built.
func (s *State) Failed() int64 { return s.counts.failed() }

// Write writes the state as a JSON document, which ReadState reads.
func (s *State) Write(w io.Writer) error {
	s.counts.trim()
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(stateJSON{*s, s.counts})
}

// ReadState reads the document of a state of this model. Errors, as
// mizan.Problems: it is no such document, or of another project or other
// figures.
func (m *Model) ReadState(name string, text []byte) (*State, error) {
	refuse := func(cause, remedy string) error {
		return mizan.Problems{{ID: "not-draws", Place: mizan.Place{File: name}, Cause: cause, Remedy: remedy}}
	}
	const remedy = "name a file that `mizan uncertainty --shard` or --checkpoint wrote"
	var doc stateJSON
	dec := json.NewDecoder(bytes.NewReader(text))
	if err := dec.Decode(&doc); err != nil {
		return nil, refuse("this is no file of draws: "+err.Error(), remedy)
	}
	s := doc.State
	s.counts = doc.Counts
	switch {
	case s.Format != StateFormat:
		return nil, refuse(fmt.Sprintf("this is no file of draws of format %d", StateFormat), remedy)
	case s.Model != m.hash() || s.Draws != m.config.Draws:
		return nil, refuse(fmt.Sprintf("the draws are of another project, or of %s with other figures, factors, draws or seed", s.ID),
			"use the project and the flags with which the draws were made")
	case s.From < 0 || s.To < s.From || s.To > s.Draws || !s.counts.fits(newCounts(m), s.To-s.From):
		return nil, refuse("the file of draws is damaged", "make the draws again")
	}
	return &s, nil
}

// fits reports whether counts that were read have the shape of a model's and
// add up.
func (c *counts) fits(model *counts, draws int) bool {
	if c == nil || len(c.Units) != len(model.Units) || len(c.Choices) != len(model.Choices) || len(c.Beats) != len(model.Beats) {
		return false
	}
	for _, f := range c.Failures {
		if f == nil || f.Draws < 0 {
			return false
		}
	}
	if c.Failures == nil {
		c.Failures = map[string]*cause{}
	}
	for i := range c.Units {
		u := &c.Units[i]
		if u.Ranks.total() > c.Kept || u.Ranks.total() != u.Scores.total() || len(u.Ranks.Counts) > 0 && u.Ranks.From < 0 {
			return false
		}
	}
	return c.Kept+c.failed() == int64(draws) && c.Shift.total() == c.Kept
}

// Merge adds up states that follow on one another, in whatever order they are
// given. Errors, as mizan.Problems: a draw that is in two of them, or one
// between them that is in none.
func Merge(states []*State) (*State, error) {
	sorted := slices.Clone(states)
	slices.SortStableFunc(sorted, func(a, b *State) int { return a.From - b.From })
	var problems mizan.Problems
	sum := *sorted[0]
	sum.counts = &counts{
		Failures: map[string]*cause{}, Units: make([]unitCounts, len(sum.counts.Units)),
		Choices: make([]tally, len(sum.counts.Choices)), Beats: make([]uint32, len(sum.counts.Beats)),
	}
	if len(sum.counts.Beats) == 0 {
		sum.counts.Beats = nil
	}
	sum.To = sum.From
	for _, s := range sorted {
		switch {
		case s.From < sum.To:
			problems.Add("overlapping-draws", mizan.Place{}, fmt.Sprintf("the draws from %d to %d are in two files", s.From+1, min(s.To, sum.To)), "name each file once")
		case s.From > sum.To:
			problems.Add("missing-draws", mizan.Place{}, fmt.Sprintf("the draws from %d to %d are in no file", sum.To+1, s.From), "make the shard that is lacking")
		}
		sum.To = max(sum.To, s.To)
		sum.counts.merge(s.counts)
	}
	if err := problems.OrNil(); err != nil {
		return nil, err
	}
	sum.counts.trim()
	return &sum, nil
}

// Shard is the range of draws of shard i of n, i from 1: parts as equal as can
// be.
func Shard(draws, i, n int) (from, to int) {
	return int(int64(draws) * int64(i-1) / int64(n)), int(int64(draws) * int64(i) / int64(n))
}
