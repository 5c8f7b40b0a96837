package export

import (
	"io"

	"mizan/engine"
)

// Options are what a user chooses about an export.
type Options struct {
	Lang string // language of names, "" = English
	Year int    // the only year; 0 = every year
	// Draws adds the draws of the project's uncertainty, where the form has them.
	Draws bool
	Raw   bool // text in CSV stays as it is, also where a spreadsheet would compute it
	// Page is the page that a description stands in; nil if it is a file beside
	// the tables of the export.
	Page *Page
}

// Page is a page on which an index is published. A description for it names the
// page's own files, and is in one language.
type Page struct {
	Address string // "" if it is not known
	Date    string // of the release, as 2026-11-25; "" if it is none
	Files   []PageFile
}

// PageFile is a file that can be loaded from a page.
type PageFile struct {
	Name, About, Type string // file name, what it holds, media type
	Address           string // whole, or relative to the page
}

// Format is one form in which an index leaves Mizan as a file for other
// programs. It is data: the command `mizan export` is made from the list.
type Format struct {
	Name    string // of the command: "excel"
	Summary string // one clause without full stop
	About   string // what a user has to know of the file, in plain text
	Suffix  string // how names of such files end: ".xlsx"; "" of a form that is a folder
	// Write writes the file of a form that is one file. The report must come from engine.Run. Errors are
	// those of w; a year that the report lacks, or an index that the form
	// cannot hold, as a mizan.Problem.
	Write func(w io.Writer, r *engine.Report, o Options) error
	// Files lists the files of a form that is a folder; the rest as for Write.
	Files func(r *engine.Report, o Options) ([]File, error)
}

// Folder reports whether the form is a folder of files.
func (f *Format) Folder() bool { return f.Files != nil }

// Formats lists every format, in the order of the help.
func Formats() []Format {
	return []Format{
		excel,
		csvFolder,
		parquetFolder,
		frictionless,
		csvw,
		openData,
		coinr,
		sdmx,
		dcat,
		schemaOrg,
		bibtex,
		ris,
		cff,
	}
}
