package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"mizan"
	"mizan/internal/site/publish"
	"mizan/internal/store"
)

// archive is the folder of a site with the releases that it keeps.
type archive struct {
	env    *Env
	folder string // as the user wrote it
}

// below is a path of the archive as the user would write it.
func (a *archive) below(name string) string { return filepath.Join(a.folder, filepath.FromSlash(name)) }

// releases reads what was published before, oldest first. A folder that does not
// exist yet has none. Errors tell every file that cannot be read as a release.
func (a *archive) releases() ([]*publish.Release, error) {
	names, err := filepath.Glob(filepath.Join(globbed(a.env.path(a.folder)), "releases", "*", publish.ReleaseFile))
	if err != nil {
		return nil, err
	}
	var list []*publish.Release
	var problems mizan.Problems
	for _, name := range names {
		date := filepath.Base(filepath.Dir(name))
		file := a.below(publish.ReleaseFolder(date) + "/" + publish.ReleaseFile)
		body, err := os.ReadFile(name)
		if err != nil {
			return nil, unreadable(file, err)
		}
		r, err := publish.ParseRelease(body)
		if err == nil && r.Date != date {
			err = fmt.Errorf("it is of %s and stands under %s", r.Date, date)
		}
		if err != nil {
			problems = append(problems, problem("unreadable-release", file, err.Error(), "bring the folder back as it was published, or move it out of the site"))
			continue
		}
		list = append(list, r)
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return list, nil
}

// globbed keeps what has a meaning in patterns of files from having it.
func globbed(path string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}

// unreadable says that a file is there and cannot be read.
func unreadable(file string, err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return problem("unreadable-file", file, "it cannot be read: "+err.Error(), "see to its permissions")
}

// admit checks the day of a new release against those that are there: the newest
// version of a site is that of the latest day.
func admit(date string, past []*publish.Release) error {
	if _, err := publish.ParseDate(date); err != nil {
		return problem("unusable-date", "--release "+date, err.Error(), "give the day of the release, such as 2026-11-25")
	}
	for _, r := range past {
		if r.Date > date {
			return problem("unusable-date", "--release "+date, "there is a later release, of "+r.Date, "give a later day, or write into another folder")
		}
	}
	return nil
}

// keep writes a release once. What is there already is never changed: the same
// release again is left as it is, another of the same day is an error.
func (a *archive) keep(ctx context.Context, date string, files []publish.File) (written bool, err error) {
	missing, err := a.compare(date, files)
	if err != nil || len(missing) == 0 {
		return false, err
	}
	// The file that makes a folder a release comes last.
	mark := publish.ReleaseFolder(date) + "/" + publish.ReleaseFile
	rest := slices.DeleteFunc(slices.Clone(missing), func(f publish.File) bool { return f.Path == mark })
	last := slices.DeleteFunc(slices.Clone(missing), func(f publish.File) bool { return f.Path != mark })
	for _, part := range [][]publish.File{rest, last} {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		if err := store.CreateFiles(a.env.path(a.folder), toWrite(part)); err != nil {
			return false, err
		}
	}
	return true, nil
}

// compare holds a release against what is in its folder, and lists the files that
// are to be written: all, or what an interrupted run left out.
func (a *archive) compare(date string, files []publish.File) ([]publish.File, error) {
	root := publish.ReleaseFolder(date)
	there := map[string]bool{}
	err := filepath.WalkDir(filepath.Join(a.env.path(a.folder), filepath.FromSlash(root)), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(a.env.path(a.folder), name)
		there[filepath.ToSlash(rel)] = true
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, unreadable(a.below(root), err)
	}
	complete := there[root+"/"+publish.ReleaseFile]
	var missing []publish.File
	var differ []string
	for _, f := range files {
		if !there[f.Path] {
			missing = append(missing, f)
			continue
		}
		delete(there, f.Path)
		body, err := os.ReadFile(filepath.Join(a.env.path(a.folder), filepath.FromSlash(f.Path)))
		if err != nil {
			return nil, unreadable(a.below(f.Path), err)
		}
		if !bytes.Equal(body, f.Body) {
			differ = append(differ, f.Path)
		}
	}
	differ = append(differ, slices.Sorted(maps.Keys(there))...)
	if complete {
		for _, f := range missing {
			differ = append(differ, f.Path)
		}
	}
	if len(differ) > 0 {
		slices.Sort(differ)
		return nil, problem("release-exists", a.below(root), fmt.Sprintf("there is a release of this day, and %s of it would change, such as %s", plural(len(differ), "file"), differ[0]),
			"a release is never changed: publish under another day, or without --release")
	}
	return missing, nil
}

// toWrite are the files of a site as the store takes them.
func toWrite(files []publish.File) []store.File {
	list := make([]store.File, len(files))
	for i, f := range files {
		list[i] = store.File{Name: f.Path, Write: func(w io.Writer) error {
			_, err := w.Write(f.Body)
			return err
		}}
	}
	return list
}
