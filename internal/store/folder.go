package store

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// ErrLeadsOut is the error of a name by which a link leads out of the folder.
var ErrLeadsOut = errors.New("a link leads out of the project's folder")

// Folder is a folder that nothing leads out of: a name with a link that does, or that is
// absolute, is the error ErrLeadsOut. Projects come from others too, and a link in one
// may stand for any file of this machine. The folder itself may be reached by a link.
type Folder struct {
	root  *os.Root
	files fs.FS
}

// OpenFolder opens a folder. Errors are those of the file system.
func OpenFolder(name string) (*Folder, error) {
	root, err := os.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	return &Folder{root, root.FS()}, nil
}

// Open opens a file, as fs.FS has it.
func (f *Folder) Open(name string) (fs.File, error) {
	file, err := f.files.Open(name)
	if err != nil {
		return nil, leadsOut(err)
	}
	return file, nil
}

// ReadFile reads a file, as fs.ReadFileFS has it.
func (f *Folder) ReadFile(name string) ([]byte, error) {
	text, err := fs.ReadFile(f.files, name)
	return text, leadsOut(err)
}

// ReadDir lists a folder, as fs.ReadDirFS has it.
func (f *Folder) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := fs.ReadDir(f.files, name)
	return list, leadsOut(err)
}

// Stat describes a file, as fs.StatFS has it.
func (f *Folder) Stat(name string) (fs.FileInfo, error) {
	info, err := fs.Stat(f.files, name)
	return info, leadsOut(err)
}

// Within says whether a file, which need not exist, is or would be within the folder,
// for those who then read or write it by its full name. Other errors are theirs to find.
func (f *Folder) Within(name string) error {
	name = path.Clean(filepath.ToSlash(name))
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		return problem(name, ErrLeadsOut)
	}
	for end := 0; end < len(name); end++ {
		next := strings.IndexByte(name[end:], '/')
		if end += next; next < 0 {
			end = len(name)
		}
		_, err := f.root.Stat(filepath.FromSlash(name[:end]))
		if err = leadsOut(err); errors.Is(err, ErrLeadsOut) {
			return err
		}
		if err != nil {
			return nil
		}
	}
	return nil
}

// leadsOut makes ErrLeadsOut of the error that os.Root gives no name to.
func leadsOut(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) && strings.Contains(at.Err.Error(), "escapes") {
		return &fs.PathError{Op: at.Op, Path: at.Path, Err: ErrLeadsOut}
	}
	return err
}
