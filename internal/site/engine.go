package site

import (
	"embed"
	"io/fs"
	"path"
)

// builtFiles are what `make assets` builds for the pages: the engine as
// WebAssembly and the loader that belongs to its compiler. Git ignores them; a
// program built without them serves the same pages, save that they stay plain.
//
//go:embed all:assets
var builtFiles embed.FS

// The files of the engine.
const (
	engineFile = "engine.wasm.gz"
	loaderFile = "wasm_exec.js"
)

// workerFile is the script in which the engine runs. It alone may compile
// WebAssembly: a worker has the policy that it is sent with.
const (
	workerFile   = "weigh-worker.js"
	workerPolicy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'"
)

// addBuilt adds the files that are there.
func addBuilt(assets map[string]asset, make func(name string, body []byte) asset) error {
	entries, err := fs.ReadDir(builtFiles, "assets")
	if err != nil {
		return err
	}
	for _, e := range entries {
		if x := path.Ext(e.Name()); x != ".js" && x != ".gz" {
			continue
		}
		body, err := fs.ReadFile(builtFiles, "assets/"+e.Name())
		if err != nil {
			return err
		}
		assets[e.Name()] = make(e.Name(), body)
	}
	return nil
}

// alive reports whether the program has the engine for pages in it.
func (s *Site) alive() bool {
	_, engine := s.assets[engineFile]
	_, loader := s.assets[loaderFile]
	return engine && loader
}
