package spec_test

import (
	"os"
	"testing"

	"mizan/spec"
)

// projects are the files of the real projects.
var projects = []string{"../projects/hdi/mizan.yaml", "../projects/ai-race/mizan.yaml"}

func load(t testing.TB, file string) (*spec.Spec, []byte) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s, err := spec.Parse("mizan.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	return s, text
}

func TestProjectsRoundTrip(t *testing.T) {
	for _, file := range projects {
		s, _ := load(t, file)
		text := s.Canonical()
		again, err := spec.Parse("mizan.yaml", text)
		if err != nil {
			t.Fatalf("%s\n%v", text, err)
		}
		if string(again.Canonical()) != string(text) || again.Hash() != s.Hash() {
			t.Errorf("%s: the canonical form of the canonical form differs", file)
		}
	}
}
