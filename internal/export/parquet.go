package export

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"mizan"
	"mizan/engine"
)

var parquetFolder = Format{
	Name:    "parquet",
	Summary: "The same folder with tables as Parquet, for DuckDB, pandas, R, Spark",
	About: `Write the whole index as a folder of Parquet files: data/units.parquet, origins,
indicators, framework, observations, stages, results, with the rows and columns of
` + "`mizan export csv`" + `, and with --draws data/draws.parquet, a row per draw and unit.
Beside them stand mizan.yaml, data/origins.yaml and others/, of which
` + "`mizan import parquet FOLDER NEW`" + ` makes a project again, with the same scores to
the last bit.

  duckdb -c "select unit, score from 'open-data/data/results.parquet' order by rank"

Text is UTF-8, years and ranks are 64-bit integers, all other numbers are doubles;
missing is null. Columns are compressed with zstd.`,
	Files: ParquetFolder,
}

// ParquetFolder lists the files of an index as Parquet: what parquetFolder.About
// says. Errors are mizan.Problems: those of CSVFolder, and of draws that the
// project does not describe.
func ParquetFolder(r *engine.Report, o Options) ([]File, error) {
	list, err := tablesOf(r, o)
	if err != nil {
		return nil, err
	}
	if o.Draws {
		draws, err := r.DrawRelation(0)
		if err != nil {
			return nil, err
		}
		list = append(list, draws)
	}
	var files []File
	for _, t := range list {
		files = append(files, File{"data/" + t.Name + ".parquet", func(w io.Writer) error { return Parquet(w, t) }})
	}
	project, err := projectFiles(r)
	return append(files, project...), err
}

// rowsPerBatch is how many rows go to the library at a time.
const rowsPerBatch = 1024

// Parquet writes a relation as a Parquet file: columns in their order, text as
// UTF-8 strings, whole numbers as int64, numbers as doubles, missing as null.
// The same relation gives the same bytes. Errors are those of w.
func Parquet(w io.Writer, t *mizan.Relation) error {
	out := parquet.NewWriter(w, parquetSchema(t), parquet.CreatedBy("mizan", "", ""), parquet.Compression(&zstd.Codec{Level: zstd.SpeedDefault}), parquet.MaxRowsPerRowGroup(1<<20))
	rows := make([]parquet.Row, 0, rowsPerBatch)
	cells := make([]parquet.Value, rowsPerBatch*len(t.Columns))
	for first := 0; first < t.Rows; first += rowsPerBatch {
		rows = rows[:0]
		for i := first; i < min(first+rowsPerBatch, t.Rows); i++ {
			row := cells[(i-first)*len(t.Columns) : (i-first+1)*len(t.Columns)]
			for c := range t.Columns {
				row[c] = parquetValue(&t.Columns[c], i, c)
			}
			rows = append(rows, row)
		}
		if _, err := out.WriteRows(rows); err != nil {
			return fmt.Errorf("writing %s as Parquet: %w", t.Name, err)
		}
	}
	return out.Close()
}

// parquetValue is a cell. A column that may be missing has the definition level
// 1 where it is not.
func parquetValue(c *mizan.RelationColumn, row, at int) parquet.Value {
	level := 1
	if c.Required {
		level = 0
	}
	var v parquet.Value
	switch {
	case c.Kind == mizan.TextColumn:
		s := c.Text(row)
		if s == "" && !c.Required {
			return parquet.NullValue().Level(0, 0, at)
		}
		v = parquet.ByteArrayValue([]byte(s))
	case c.Missing(row) && !c.Required:
		return parquet.NullValue().Level(0, 0, at)
	case c.Kind == mizan.WholeColumn:
		v = parquet.Int64Value(int64(c.Number(row)))
	default:
		v = parquet.DoubleValue(c.Number(row))
	}
	return v.Level(0, level, at)
}

// orderedGroup is a group whose columns keep their order; the library's own
// sorts them by name.
type orderedGroup struct {
	parquet.Group
	order []string
}

// Fields lists the columns in order.
func (g orderedGroup) Fields() []parquet.Field {
	fields := g.Group.Fields()
	slices.SortFunc(fields, func(a, b parquet.Field) int {
		return cmp.Compare(slices.Index(g.order, a.Name()), slices.Index(g.order, b.Name()))
	})
	return fields
}

// String tells the columns.
func (g orderedGroup) String() string { return strings.Join(g.order, ", ") }

func parquetSchema(t *mizan.Relation) *parquet.Schema {
	g := orderedGroup{Group: parquet.Group{}}
	for _, c := range t.Columns {
		node := map[mizan.ColumnKind]parquet.Node{
			mizan.TextColumn: parquet.Encoded(parquet.String(), &parquet.RLEDictionary), mizan.WholeColumn: parquet.Int(64), mizan.NumberColumn: parquet.Leaf(parquet.DoubleType),
		}[c.Kind]
		if !c.Required {
			node = parquet.Optional(node)
		}
		g.Group[c.Name] = node
		g.order = append(g.order, c.Name)
	}
	return parquet.NewSchema(t.Name, g)
}
