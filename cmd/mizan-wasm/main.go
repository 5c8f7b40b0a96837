//go:build js && wasm

// Command mizan-wasm is the engine for a page: it puts an object `mizan` into
// the page's global scope with one function,
//
//	mizan.run(files, options) -> report
//
// files is an object from path to text, holding mizan.yaml and what it names;
// options may hold `variant` (a name) and `set` (a list of PATH=VALUE). The
// result is the report as JSON text, or an object {problems: [...]} as JSON
// text, each problem with place, cause and remedy.
package main

import (
	"encoding/json"
	"errors"
	"syscall/js"
	"testing/fstest"

	"mizan"
	"mizan/engine"
	"mizan/spec"
)

const projectFile = "mizan.yaml"

func main() {
	js.Global().Set("mizan", js.ValueOf(map[string]any{"run": js.FuncOf(run)}))
	select {} // the page calls back into this program as long as it lives
}

func run(_ js.Value, args []js.Value) any {
	if len(args) == 0 || args[0].Type() != js.TypeObject {
		return problems(&mizan.Problem{ID: "no-project", Cause: "run wants an object of files", Remedy: "pass {\"mizan.yaml\": text, …}"})
	}
	files := fstest.MapFS{}
	keys := js.Global().Get("Object").Call("keys", args[0])
	for i := range keys.Length() {
		name := keys.Index(i).String()
		files[name] = &fstest.MapFile{Data: []byte(args[0].Get(name).String())}
	}
	in := engine.Input{Name: projectFile, Files: files}
	if f, ok := files[projectFile]; ok {
		in.Text = f.Data
	}
	if len(args) > 1 && args[1].Type() == js.TypeObject {
		if err := options(args[1], &in); err != nil {
			return problems(err)
		}
	}
	report, err := engine.Run(in)
	if err != nil {
		return problems(err)
	}
	text, err := json.Marshal(report)
	if err != nil {
		return problems(err)
	}
	return string(text)
}

// options reads the variant and the edits.
func options(o js.Value, in *engine.Input) error {
	if v := o.Get("variant"); v.Type() == js.TypeString {
		in.Variant = v.String()
	}
	set := o.Get("set")
	if set.Type() != js.TypeObject {
		return nil
	}
	for i := range set.Length() {
		edit, err := spec.ParseEdit(set.Index(i).String())
		if err != nil {
			return err
		}
		in.Edits = append(in.Edits, edit)
	}
	return nil
}

// problems writes an error the way the page reads it.
func problems(err error) string {
	var all mizan.Problems
	var one *mizan.Problem
	switch {
	case errors.As(err, &all):
	case errors.As(err, &one):
		all = mizan.Problems{one}
	default:
		all = mizan.Problems{{ID: "internal", Cause: err.Error()}}
	}
	text, err := json.Marshal(map[string]any{"problems": all})
	if err != nil {
		return `{"problems":[{"id":"internal","cause":"the problem cannot be written"}]}`
	}
	return string(text)
}
