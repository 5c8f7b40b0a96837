//go:build js && wasm

package main

import (
	"encoding/json"
	"errors"
	"syscall/js"

	"mizan"
	"mizan/alliance"
	"mizan/build"
	"mizan/engine/live"
)

// gather opens a bundle for the pooling of alliances, with the ties that its
// rules name. It gives {year, units}.
func (p *page) gather(args []js.Value) (any, error) {
	s, panel, year, err := live.Read([]byte(args[0].String()))
	if err != nil {
		return nil, err
	}
	var ties alliance.TieTable
	if err := json.Unmarshal([]byte(args[1].String()), &ties); err != nil {
		return nil, err
	}
	plan, err := build.Compile(s)
	if err != nil {
		return nil, err
	}
	result, err := plan.Run(panel)
	if err != nil {
		return nil, err
	}
	if p.study, err = alliance.New(s, panel, result, alliance.Options{Year: year, Ties: &ties}); err != nil {
		return nil, err
	}
	return text(struct {
		Year  int      `json:"year"`
		Units []string `json:"units"`
	}{year, p.study.Units()})
}

// stand pools the units whose codes it is given and tells how they would stand
// as one: the scores of every node, as alliance.Score.
func (p *page) stand(args []js.Value) (any, error) {
	if p.study == nil {
		return nil, errors.New("nothing has been gathered")
	}
	codes := make([]string, args[0].Length())
	for i := range codes {
		codes[i] = args[0].Index(i).String()
	}
	g, err := p.study.Named(codes)
	if err != nil {
		return nil, err
	}
	standing, err := p.study.Standing(g)
	if err != nil {
		return nil, err
	}
	return text(struct {
		Members []string         `json:"members"`
		Scores  []alliance.Score `json:"scores"`
		Values  []mizan.Number   `json:"pooled"`
	}{standing.Members, standing.Scores, raws(standing)})
}

// raws are the pooled figures.
func raws(s *alliance.Standing) []mizan.Number {
	out := make([]mizan.Number, len(s.Pooled))
	for i := range s.Pooled {
		out[i] = s.Pooled[i].Raw
	}
	return out
}
