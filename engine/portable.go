package engine

import (
	"io/fs"
	"slices"

	"mizan/spec"
)

// File is a file of a project's folder, its name with forward slashes.
type File struct {
	Name string
	Text []byte
}

// The files of a portable project; those that only some analyses read stand
// below PortableOthers by the names that they had.
const (
	PortableUnits        = "data/units.csv"
	PortableObservations = "data/observations.csv"
	PortableOrigins      = "data/origins.yaml"
	PortableOthers       = "others/"
)

// Portable is the project as it was built, with the variant and the edits
// applied, for a folder of its own: the files of units, observations and origins
// stand by the names of the constants, where whoever makes the folder writes
// them, and the others are given as they are. Figures of all years go into one
// tidy file, so that the same figures are chosen again and every score is the
// same to the last bit. Variants are kept where the project was built as written.
// Errors are those of reading the files.
func (r *Report) Portable() (*spec.Spec, []File, error) {
	if r.Spec == nil || r.files == nil {
		return nil, nil, notABuild("cannot be written as a project")
	}
	s := *r.Spec
	Rehouse(&s)
	if r.Project.Variant != "" || len(r.Project.Edits) > 0 {
		s.Variants = nil
	}
	var files []File
	var failed error
	move := func(name *string) {
		if *name == "" || failed != nil {
			return
		}
		moved := PortableOthers + *name
		if !slices.ContainsFunc(files, func(f File) bool { return f.Name == moved }) {
			text, err := fs.ReadFile(r.files, *name)
			if err != nil {
				failed = err
				return
			}
			files = append(files, File{moved, text})
		}
		*name = moved
	}
	s.Ties, s.Supply, s.Published = slices.Clone(s.Ties), slices.Clone(s.Supply), slices.Clone(s.Published)
	for i := range s.Ties {
		move(&s.Ties[i].File)
	}
	move(&s.Locations.File)
	for i := range s.Supply {
		move(&s.Supply[i].File)
		move(&s.Supply[i].Suppliers)
	}
	for i := range s.Published {
		move(&s.Published[i].File)
	}
	return &s, files, failed
}

// Rehouse points a project to the files of a portable one: units, a tidy file of
// observations, origins where it has any.
func Rehouse(s *spec.Spec) {
	s.Units = spec.Units{File: PortableUnits}
	s.Observations = []spec.DataFile{{File: PortableObservations, Format: "tidy", Unit: "unit", Time: "year", Extra: "error"}}
	if s.Origins.File != "" {
		s.Origins.File = PortableOrigins
	}
}
