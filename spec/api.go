package spec

import "mizan"

// Document keeps the text of a project file and where each key stands in it.
type Document struct{}

// Parse reads a project file. name is used in messages. All problems are
// returned at once, as mizan.Problems.
func Parse(name string, text []byte) (*Spec, error) { panic("stub") }

// Apply returns the spec with edits applied in order; the receiver is not
// changed. Problems of an edit are placed at the edit's own text.
func (s *Spec) Apply(edits ...Edit) (*Spec, error) { panic("stub") }

// ParseEdit reads `PATH=VALUE`, where VALUE is a YAML value (a number, a word,
// a list in brackets, a mapping in braces). `PATH=` alone removes.
func ParseEdit(text string) (Edit, error) { panic("stub") }

// Variant applies a named variant.
func (s *Spec) Variant(code string) (*Spec, error) { panic("stub") }

// Defaults is the spec that a file with nothing but required keys means.
func Defaults() *Spec { panic("stub") }

// Canonical is the project as YAML in canonical form: every key in the order
// of the Spec, defaults written out, comments gone. Parsing it gives an equal
// spec, and the same project always gives the same bytes.
func (s *Spec) Canonical() []byte { panic("stub") }

// Hash is the SHA-256 of the canonical form, in hexadecimal.
func (s *Spec) Hash() string { panic("stub") }

// Place says where a path stands ("build.normalise.method"); the nearest
// enclosing key if the path itself was not given.
func (s *Spec) Place(path string) mizan.Place { panic("stub") }

// Problem makes a problem at a path, with the excerpt of the source line.
func (s *Spec) Problem(id, path, cause, remedy string) *mizan.Problem { panic("stub") }

// Schema is the JSON Schema (2020-12) of the project file, given the methods
// of the registry.
func Schema(methods []mizan.Method) ([]byte, error) { panic("stub") }

// Suggest returns the known name nearest to name if it is near enough to be a
// misspelling, and whether there is one.
func Suggest(name string, known []string) (string, bool) { panic("stub") }
