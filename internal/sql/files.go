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
)

// Files is a table of files as a source: one CSV or Parquet file, or all of those in
// a folder and below, one after another in the order of their names. All of them need
// the columns of the first. Errors of loading are mizan.Problems: no such file,
// other columns, a damaged file.
func Files(name, path string) Source {
	return Source{Name: name, About: "The files of " + path + ".", Load: func(ctx context.Context, create func([]mizan.RelationColumn) error, add func([]any) error) error {
		list, err := filesOf(path)
		if err != nil {
			return err
		}
		l := &loader{ctx: ctx, create: create, add: add}
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

// filesOf lists the files of a table.
func filesOf(path string) ([]string, error) {
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
	create  func([]mizan.RelationColumn) error
	add     func([]any) error
	columns []mizan.RelationColumn // of the first file
}

// begin makes the table of the first file, and compares the columns of the others.
func (l *loader) begin(file string, columns []mizan.RelationColumn) error {
	if l.columns == nil {
		l.columns = columns
		return l.create(columns)
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
			row = make([]any, len(columns))
			continue
		}
		for i, cell := range record {
			row[i] = typed(cell)
		}
		if err := l.add(row); err != nil {
			return err
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
	table, err := parquet.OpenFile(f, info.Size())
	if err != nil {
		return fileProblem(file, fmt.Sprintf("this is no Parquet file that can be read (%v)", err), "fetch it anew")
	}
	var columns []mizan.RelationColumn
	for _, field := range table.Schema().Fields() {
		if !field.Leaf() || field.Repeated() {
			return fileProblem(file, fmt.Sprintf("the column %q holds lists or further columns", field.Name()), "flatten it first")
		}
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

func (l *loader) parquetRows(file string, table *parquet.File) error {
	r := parquet.NewReader(table)
	defer func() { _ = r.Close() }()
	rows, cells := make([]parquet.Row, 512), make([]any, len(l.columns))
	for {
		n, err := r.ReadRows(rows)
		for _, row := range rows[:n] {
			clear(cells)
			for _, v := range row {
				cells[v.Column()] = valueOf(v)
			}
			if err := l.add(cells); err != nil {
				return err
			}
		}
		switch {
		case errors.Is(err, io.EOF) || err == nil && n == 0:
			return l.ctx.Err()
		case err != nil:
			return fileProblem(file, fmt.Sprintf("the Parquet file is damaged (%v)", err), "fetch it anew")
		}
	}
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
