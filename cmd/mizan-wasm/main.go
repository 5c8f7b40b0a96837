//go:build js && wasm

// Command mizan-wasm is the engine for a page: it puts an object `mizan` into
// the global scope of the page or worker with
//
//	mizan.open(bundle) -> {units, nodes: [{code, parent, level}], weights}
//	mizan.edit([{set, to}]) -> as open
//	mizan.weigh(weights, scores, ranks)
//	mizan.draw(weights, draws) -> {kept, failed, factors, low, median, high}
//	mizan.edits(weights) -> ["PATH=VALUE"]
//	mizan.gather(bundle, ties) -> {year, units}
//	mizan.stand(codes) -> {members, scores, pooled}
//
// open and edit build; nodes are indicators and aggregates, the top last.
// weights is a Float64Array parallel to nodes, scores a Float64Array of nodes
// times units that is written to, NaN for missing, ranks an Int32Array of units
// that is written to, 0 for none. Results are JSON text. What goes wrong is
// returned as JSON text {problems: [{id, cause, remedy}]}; weigh returns null
// if nothing does.
package main

import (
	"encoding/json"
	"errors"
	"math"
	"syscall/js"
	"unsafe"

	"mizan"
	"mizan/alliance"
	"mizan/engine/live"
	"mizan/spec"
)

// page holds the session of the page; there is one.
type page struct {
	session *live.Session
	weights []float64
	scores  []float64
	study   *alliance.Study // of those who build alliances
}

func main() {
	p := &page{}
	api := map[string]any{}
	for name, f := range map[string]func([]js.Value) (any, error){
		"open": p.open, "edit": p.edit, "weigh": p.weigh, "draw": p.draw, "edits": p.edits,
		"gather": p.gather, "stand": p.stand,
	} {
		api[name] = js.FuncOf(func(_ js.Value, args []js.Value) (result any) {
			defer func() {
				if recover() != nil { // a call that the page should not have made; the engine lives on
					result = problems(errors.New("the engine was called with what it does not take"))
				}
			}()
			v, err := f(args)
			if err != nil {
				return problems(err)
			}
			return v
		})
	}
	js.Global().Set("mizan", js.ValueOf(api))
	select {} // the page calls back into this program as long as it lives
}

var errClosed = errors.New("nothing has been opened")

func (p *page) open(args []js.Value) (any, error) {
	session, err := live.Open([]byte(args[0].String()))
	if err != nil {
		return nil, err
	}
	p.session = session
	return p.about()
}

func (p *page) edit(args []js.Value) (any, error) {
	if p.session == nil {
		return nil, errClosed
	}
	edits := make([]spec.Edit, args[0].Length())
	for i := range edits {
		e := args[0].Index(i)
		edits[i].Set = e.Get("set").String()
		switch to := e.Get("to"); to.Type() {
		case js.TypeNumber:
			edits[i].To = to.Float()
		case js.TypeBoolean:
			edits[i].To = to.Bool()
		default:
			edits[i].To = to.String()
		}
	}
	if err := p.session.Switch(edits); err != nil {
		return nil, err
	}
	return p.about()
}

// about tells what a page must know of the build.
func (p *page) about() (any, error) {
	type node struct {
		Code   string `json:"code"`
		Parent string `json:"parent,omitempty"`
		Level  int    `json:"level"`
	}
	nodes := p.session.Nodes()
	p.weights, p.scores = make([]float64, len(nodes)), make([]float64, len(nodes)*len(p.session.Units()))
	list := make([]node, len(nodes))
	for i, n := range nodes {
		list[i] = node{n.Code, n.Parent, n.Level}
	}
	return text(struct {
		Units   []string     `json:"units"`
		Nodes   []node       `json:"nodes"`
		Weights mizan.Column `json:"weights"`
	}{p.session.Units(), list, p.session.Weights()})
}

// take copies the page's weights.
func (p *page) take(v js.Value) error {
	if p.session == nil {
		return errClosed
	}
	if v.Length() != len(p.weights) {
		return errors.New("there is not one weight for each node")
	}
	fetch(p.weights, v)
	return nil
}

func (p *page) weigh(args []js.Value) (any, error) {
	if err := p.take(args[0]); err != nil {
		return nil, err
	}
	s, err := p.session.Weigh(p.weights)
	if err != nil {
		return nil, err
	}
	for n, column := range s.Scores {
		copy(p.scores[n*len(s.Ranks):], column)
	}
	send(args[1], p.scores)
	send(args[2], s.Ranks)
	return nil, nil
}

func (p *page) draw(args []js.Value) (any, error) {
	if err := p.take(args[0]); err != nil {
		return nil, err
	}
	r, err := p.session.Draw(p.weights, args[1].Int())
	if err != nil {
		return nil, err
	}
	out := struct {
		Kept    int          `json:"kept"`
		Failed  int          `json:"failed"`
		Factors []string     `json:"factors"`
		Low     mizan.Column `json:"low"`
		Median  mizan.Column `json:"median"`
		High    mizan.Column `json:"high"`
	}{Kept: r.Kept, Failed: r.Failed}
	for _, f := range r.Factors {
		out.Factors = append(out.Factors, f.ID)
	}
	for _, u := range r.Units {
		low, median, high := float64(u.Low), float64(u.Median), float64(u.High)
		if u.Ranked == 0 {
			low, median, high = math.NaN(), math.NaN(), math.NaN()
		}
		out.Low, out.Median, out.High = append(out.Low, low), append(out.Median, median), append(out.High, high)
	}
	return text(out)
}

func (p *page) edits(args []js.Value) (any, error) {
	if err := p.take(args[0]); err != nil {
		return nil, err
	}
	list := []string{}
	for _, e := range p.session.Edits(p.weights) {
		list = append(list, e.String())
	}
	return text(list)
}

// fetch and send move numbers between a typed array of the page and Go.
func fetch(dst []float64, v js.Value) {
	js.CopyBytesToGo(raw(dst), bytesOf(v))
}

func send[T float64 | int32](v js.Value, src []T) {
	if v.Length() == len(src) {
		js.CopyBytesToJS(bytesOf(v), raw(src))
	}
}

// bytesOf is a typed array as bytes; WebAssembly and the arrays of a page are
// both little-endian on every machine that browsers run on.
func bytesOf(v js.Value) js.Value {
	return js.Global().Get("Uint8Array").New(v.Get("buffer"), v.Get("byteOffset"), v.Get("byteLength"))
}

func raw[T float64 | int32](s []T) []byte {
	if len(s) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(&s[0])), len(s)*int(unsafe.Sizeof(s[0])))
}

func text(v any) (any, error) {
	b, err := json.Marshal(v)
	return string(b), err
}

// problems writes an error the way the page reads it.
func problems(err error) string {
	var all mizan.Problems
	if !errors.As(err, &all) {
		all = mizan.Problems{{ID: "internal", Cause: err.Error(), Remedy: "load the page anew"}}
	}
	text, err := json.Marshal(map[string]any{"problems": all})
	if err != nil {
		return `{"problems":[{"id":"internal","cause":"the problem cannot be written"}]}`
	}
	return string(text)
}
