package projects_test

import (
	"io/fs"
	"slices"
	"testing"

	"mizan/projects"
)

func TestEveryNameHasAProjectFile(t *testing.T) {
	names := projects.Names()
	if want := []string{"ai-race", "hdi"}; !slices.Equal(names, want) {
		t.Errorf("names are %v, want %v", names, want)
	}
	for _, name := range names {
		folder, ok := projects.FS(name)
		if !ok {
			t.Errorf("%s is listed but has no folder", name)
			continue
		}
		if _, err := fs.Stat(folder, "mizan.yaml"); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestUnknownProject(t *testing.T) {
	for _, name := range []string{"", ".", "..", "hdi/data", "HDI", "nowhere"} {
		if _, ok := projects.FS(name); ok {
			t.Errorf("FS(%q) found a project", name)
		}
	}
}
