// Package projects carries the example projects inside the binary, so that
// Mizan has something to weigh where there is no folder on disk.
package projects

import (
	"embed"
	"io/fs"
	"slices"
)

//go:embed ai-race hdi
var files embed.FS

// Names lists the embedded projects, in alphabetical order.
func Names() []string {
	entries, err := files.ReadDir(".")
	if err != nil {
		return nil
	}
	names := make([]string, 0, len(entries))
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names
}

// FS is the folder of an embedded project, with mizan.yaml at its root, and
// whether there is a project of that name.
func FS(name string) (fs.FS, bool) {
	if !slices.Contains(Names(), name) {
		return nil, false
	}
	sub, err := fs.Sub(files, name)
	return sub, err == nil
}
