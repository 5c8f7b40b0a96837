package sql

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"

	"mizan"
	"mizan/internal/parquetfile"
)

// Files is a table of files as a source: one CSV or Parquet file, or all of those in
// a folder and below, one after another in the order of their names. All of them need
// the columns of the first. Errors of loading are mizan.Problems: no such file,
// other columns, a damaged file.
func Files(name, path string) Source {
	s := filesWith(name, path, func(string) bool { return true })
	s.Pick = func(need func(column string) bool) Source { return filesWith(name, path, need) }
	return s
}

// filesWith is a table of those columns of files that are needed.
func filesWith(name, path string, need func(column string) bool) Source {
	return Source{Name: name, About: "The files of " + path + ".", Load: func(ctx context.Context, create func([]mizan.RelationColumn) error, add func([]any) error) error {
		list, err := FilesOf(path)
		if err != nil {
			return err
		}
		l := &loader{ctx: ctx, need: need, create: create, add: add}
		for _, file := range list {
			read := l.csv
			if strings.EqualFold(filepath.Ext(file), ".parquet") {
				read = l.parquet
			}
			if err := read(file); err != nil {
				return err
			}
		}
		return nil
	}}
}

// FilesOf lists the files of a table, in order. Errors: as those of Files.
func FilesOf(path string) ([]string, error) {
	var list []string
	err := filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if ext := strings.ToLower(filepath.Ext(name)); !d.IsDir() && (ext == ".csv" || ext == ".parquet") {
			list = append(list, name)
		}
		return nil
	})
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fileProblem(path, "there is no such file or folder", "check the name")
	case err != nil:
		return nil, fileProblem(path, err.Error(), "check the folder")
	case len(list) == 0:
		return nil, fileProblem(path, "there is no CSV or Parquet file", "name a file that ends in .csv or .parquet, or a folder of them")
	}
	slices.Sort(list)
	return list, nil
}

func fileProblem(file, cause, remedy string) error {
	return &mizan.Problem{ID: "unusable-table", Place: mizan.Place{File: file}, Cause: cause, Remedy: remedy}
}

// loader reads the files of one table.
type loader struct {
	ctx     context.Context
	need    func(column string) bool
	create  func([]mizan.RelationColumn) error
	add     func([]any) error
	columns []mizan.RelationColumn // of the first file, all of them
	picked  []int                  // the columns that are needed
}

// begin makes the table of the first file, and compares the columns of the others.
func (l *loader) begin(file string, columns []mizan.RelationColumn) error {
	if l.columns == nil {
		l.columns = columns
		var kept []mizan.RelationColumn
		for i, c := range columns {
			if l.need(ColumnName(c.Name)) {
				l.picked, kept = append(l.picked, i), append(kept, c)
			}
		}
		if len(kept) == 0 { // rows are counted, perhaps
			l.picked, kept = []int{0}, columns[:1]
		}
		return l.create(kept)
	}
	same := func(a, b mizan.RelationColumn) bool { return a.Name == b.Name && a.Kind == b.Kind }
	if !slices.EqualFunc(l.columns, columns, same) {
		return fileProblem(file, "its columns are not those of the first file of the table", "give every file the same columns, or make two tables")
	}
	return nil
}

// csv reads a CSV file. A column is of numbers where the first row has one; what is
// no number in it stays text, as SQLite has it.
func (l *loader) csv(file string) error {
	f, err := os.Open(file)
	if err != nil {
		return fileProblem(file, "it cannot be opened", "check that it may be read")
	}
	defer func() { _ = f.Close() }()
	r := csv.NewReader(f)
	r.ReuseRecord = true
	var row []any
	for n := 0; ; n++ {
		record, err := r.Read()
		switch {
		case errors.Is(err, io.EOF) && n > 0:
			return nil
		case err != nil:
			return fileProblem(file, err.Error(), "mend the line, or give the first line the names of the columns")
		case n == 0:
			var columns []mizan.RelationColumn
			for _, name := range record {
				columns = append(columns, mizan.RelationColumn{Name: strings.Clone(strings.TrimPrefix(name, "\ufeff"))})
			}
			if err := l.begin(file, columns); err != nil {
				return err
			}
			row = make([]any, len(l.picked))
			continue
		}
		for i, k := range l.picked {
			row[i] = typed(record[k])
		}
		if err := l.add(row); err != nil {
			return err
		}
		if n%4096 == 0 && l.ctx.Err() != nil {
			return l.ctx.Err()
		}
	}
}

// typed is a cell as a value: missing, a whole number, a number, or text. A code such
// as 007 is text.
func typed(cell string) any {
	if cell == "" {
		return nil
	}
	if c := cell[len(cell)-1]; c < '0' || c > '9' {
		return strings.Clone(cell)
	}
	if digits := strings.TrimLeft(cell, "-"); len(digits) > 1 && digits[0] == '0' && digits[1] != '.' {
		return strings.Clone(cell)
	}
	if n, err := strconv.ParseInt(cell, 10, 64); err == nil {
		return n
	}
	if x, err := strconv.ParseFloat(cell, 64); err == nil {
		return x
	}
	return strings.Clone(cell)
}

// parquet reads a Parquet file.
func (l *loader) parquet(file string) (err error) {
	// The library trusts what a file says of itself, and panics where it lies.
	defer func() {
		if p := recover(); p != nil {
			err = fileProblem(file, fmt.Sprintf("the Parquet file is damaged (%v)", p), "fetch it anew")
		}
	}()
	f, err := os.Open(file)
	if err != nil {
		return fileProblem(file, "it cannot be opened", "check that it may be read")
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	table, err := parquetfile.Open(f, info.Size())
	if err != nil {
		return parquetProblem(file, err)
	}
	var columns []mizan.RelationColumn
	for _, field := range table.Schema().Fields() {
		kind := mizan.TextColumn
		switch field.Type().Kind() {
		case parquet.Boolean, parquet.Int32, parquet.Int64:
			kind = mizan.WholeColumn
		case parquet.Float, parquet.Double:
			kind = mizan.NumberColumn
		}
		columns = append(columns, mizan.RelationColumn{Name: field.Name(), Kind: kind})
	}
	if err := l.begin(file, columns); err != nil {
		return err
	}
	return l.parquetRows(file, table)
}

// parquetProblem is what is wrong with a file, with its remedy.
func parquetProblem(file string, err error) error {
	remedy := "fetch it anew"
	var nested *parquetfile.NestedError
	switch {
	case errors.As(err, &nested):
		remedy = "flatten it first"
	case errors.Is(err, parquetfile.ErrTooLarge):
		remedy = "write it anew with smaller pages and groups of rows"
	}
	return fileProblem(file, err.Error(), remedy)
}

// parquetRows reads the needed columns side by side: what is not needed is not even
// unpacked.
func (l *loader) parquetRows(file string, table *parquetfile.File) error {
	cells := make([]any, len(l.picked))
	for i, group := range table.RowGroups() {
		if err := l.ctx.Err(); err != nil {
			return err
		}
		if err := table.Check(i, l.picked); err != nil {
			return parquetProblem(file, err)
		}
		chunks := group.ColumnChunks()
		columns := make([]*parquetColumn, len(l.picked))
		for i, k := range l.picked {
			columns[i] = &parquetColumn{pages: chunks[k].Pages()}
		}
		err := func() error {
			for range group.NumRows() {
				for i, c := range columns {
					v, err := c.next()
					if err != nil {
						return fileProblem(file, fmt.Sprintf("the Parquet file is damaged (%v)", err), "fetch it anew")
					}
					cells[i] = v
				}
				if err := l.add(cells); err != nil {
					return err
				}
			}
			return nil
		}()
		for _, c := range columns {
			_ = c.pages.Close()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// parquetColumn reads a flat column of a row group, value by value.
type parquetColumn struct {
	pages  parquet.Pages
	values parquet.ValueReader // of the page at hand
	read   [256]parquet.Value
	at, n  int
}

func (c *parquetColumn) next() (any, error) {
	for c.at == c.n {
		if c.values == nil {
			page, err := c.pages.ReadPage()
			if err != nil {
				return nil, err
			}
			c.values = page.Values()
		}
		n, err := c.values.ReadValues(c.read[:])
		c.at, c.n = 0, n
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		if err != nil || n == 0 {
			c.values = nil
		}
	}
	c.at++
	return valueOf(c.read[c.at-1]), nil
}

func valueOf(v parquet.Value) any {
	if v.IsNull() {
		return nil
	}
	switch v.Kind() {
	case parquet.Boolean:
		return v.Boolean()
	case parquet.Int32:
		return int64(v.Int32())
	case parquet.Int64:
		return v.Int64()
	case parquet.Float:
		return float64(v.Float())
	case parquet.Double:
		return v.Double()
	}
	return string(v.ByteArray())
}
