package engine

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"strconv"

	"mizan"
)

// MarshalJSON writes the document of WriteJSON.
func (r *Report) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	err := r.WriteJSON(&b)
	return b.Bytes(), err
}

// WriteJSON writes the report as one JSON document: a line per key of the
// document and per column of a table, so that two documents can be compared
// line by line. Tables are values[year][code][unit], null where missing. What
// Complete would fill in is written without being kept.
func (r *Report) WriteJSON(w io.Writer) error {
	d := newDocument(w)
	text := r.Canonical
	cover, contributed, standings := r.Coverage, r.Contributions, r.Allied
	if r.Canonical == "" && r.Result != nil && r.Panel != nil && r.Spec != nil {
		text, cover, contributed, standings = r.canonical(), coverage(r), contributions(r), allied(r)
	}
	d.text("{\n")
	d.key("format", r.Format)
	d.key("project", r.Project)
	d.key("spec", text)
	d.list("units", len(r.Units), func(i int) any { return r.Units[i] })
	d.key("years", r.Years)
	d.list("nodes", len(r.Nodes), func(i int) any { return r.Nodes[i] })
	d.list("indicators", len(r.Indicators), func(i int) any { return r.Indicators[i] })
	d.list("origins", len(r.Origins), func(i int) any { return r.Origins[i] })
	d.table("scores", r.Scores)
	d.table("ranks", r.Ranks)
	d.name("stages")
	d.text("{\n")
	for _, s := range r.Stages.list() {
		d.table(s.name, *s.table)
	}
	d.close("}")
	d.inside = true
	d.table("contributions", contributed)
	d.provenance(r)
	d.list("coverage", len(cover), func(i int) any { return cover[i] })
	d.list("removed", len(r.Removed), func(i int) any { return r.Removed[i] })
	d.list("findings", len(r.Findings), func(i int) any { return r.Findings[i] })
	if len(standings) > 0 {
		d.list("alliances", len(standings), func(i int) any { return standings[i] })
	}
	if r.Uncertainty != nil {
		d.key("uncertainty", r.Uncertainty)
	}
	if r.Drivers != nil {
		d.key("sensitivity", r.Drivers)
	}
	if r.Tried != nil {
		d.key("scenarios", r.Tried)
	}
	if len(r.Networks) > 0 {
		d.list("network", len(r.Networks), func(i int) any { return r.Networks[i] })
	}
	if len(r.Dependences) > 0 {
		d.list("supply", len(r.Dependences), func(i int) any { return r.Dependences[i] })
	}
	d.close("}\n")
	if d.err != nil {
		return d.err
	}
	return d.w.Flush()
}

// stage is one stage table with its name.
type stage struct {
	name  string
	table **mizan.Table
}

// list is the stage tables in the order of the chain.
func (s *Stages) list() []stage {
	return []stage{
		{"raw", &s.Raw},
		{"denominated", &s.Denominated},
		{"imputed", &s.Imputed},
		{"screened", &s.Screened},
		{"treated", &s.Treated},
		{"normalised", &s.Normalised},
	}
}

// document writes keys and values, each key but the first after a comma.
type document struct {
	w      *bufio.Writer
	err    error
	inside bool // something stands before the next key
	b      []byte
	enc    *json.Encoder // writes to buf, without escapes for HTML
	buf    bytes.Buffer
}

func newDocument(w io.Writer) *document {
	d := &document{w: bufio.NewWriterSize(w, 1<<14)}
	d.enc = json.NewEncoder(&d.buf)
	d.enc.SetEscapeHTML(false)
	return d
}

func (d *document) text(s string) {
	_, _ = d.w.WriteString(s)
	d.inside = false
}

// close ends an object.
func (d *document) close(s string) {
	d.text("\n" + s)
}

func (d *document) name(key string) {
	if d.inside {
		_, _ = d.w.WriteString(",\n")
	}
	d.inside = true
	_, _ = d.w.WriteString(`"` + key + `":`)
}

func (d *document) value(v any) {
	d.buf.Reset()
	if err := d.enc.Encode(v); err != nil && d.err == nil {
		d.err = err
	}
	_, _ = d.w.Write(bytes.TrimRight(d.buf.Bytes(), "\n"))
}

func (d *document) key(key string, v any) {
	d.name(key)
	d.value(v)
}

// list writes an element a line.
func (d *document) list(key string, n int, at func(i int) any) {
	d.name(key)
	d.lines(n, func(i int) { d.value(at(i)) })
}

func (d *document) lines(n int, write func(i int)) {
	_, _ = d.w.WriteString("[")
	for i := range n {
		if i > 0 {
			_ = d.w.WriteByte(',')
		}
		_ = d.w.WriteByte('\n')
		write(i)
	}
	_, _ = d.w.WriteString("]")
}

func (d *document) table(key string, t *mizan.Table) {
	d.name(key)
	if t == nil {
		d.value(nil)
		return
	}
	d.cube(`{"codes":`, t.Codes, `,"values":`, len(t.Years), func(b []byte, y, c int) []byte {
		for u, v := range t.Column(y, c) {
			if u > 0 {
				b = append(b, ',')
			}
			b = mizan.AppendNumber(b, v, "null")
		}
		return b
	})
	_, _ = d.w.WriteString("}")
}

// cube writes [year][code][unit] after its codes, or alone where before is "".
func (d *document) cube(before string, codes []string, between string, years int, column func(b []byte, y, c int) []byte) {
	_, _ = d.w.WriteString(before)
	if before != "" {
		d.value(codes)
	}
	_, _ = d.w.WriteString(between)
	d.lines(years, func(y int) {
		d.lines(len(codes), func(c int) {
			d.b = append(d.b[:0], '[')
			d.b = append(column(d.b, y, c), ']')
			_, _ = d.w.Write(d.b)
		})
	})
}

// provenance writes the provenance, from the panel if the report has no copy.
func (d *document) provenance(r *Report) {
	codes, years, units := r.Cells.Codes, len(r.Cells.Year), len(r.Units)
	at := func(y, c, u int) (int, string, int) {
		return r.Cells.Year[y][c][u], r.Cells.Status[y][c][u], r.Cells.Origin[y][c][u]
	}
	if codes == nil && r.Panel != nil {
		codes, years, units = r.Panel.Codes, len(r.Panel.Years), len(r.Panel.Units)
		at = func(y, c, u int) (int, string, int) {
			cell := r.Panel.Cell(y, c, u)
			return int(cell.Year), cell.Status.String(), int(cell.Origin)
		}
	}
	each := func(add func(b []byte, y, c, u int) []byte) func([]byte, int, int) []byte {
		return func(b []byte, y, c int) []byte {
			for u := range units {
				if u > 0 {
					b = append(b, ',')
				}
				b = add(b, y, c, u)
			}
			return b
		}
	}
	d.name("provenance")
	d.cube(`{"codes":`, codes, `,"year":`, years, each(func(b []byte, y, c, u int) []byte {
		year, _, _ := at(y, c, u)
		return strconv.AppendInt(b, int64(year), 10)
	}))
	d.cube("", codes, `,"status":`, years, each(func(b []byte, y, c, u int) []byte {
		_, status, _ := at(y, c, u)
		return append(append(append(b, '"'), status...), '"') // a name from a fixed list
	}))
	d.cube("", codes, `,"origin":`, years, each(func(b []byte, y, c, u int) []byte {
		_, _, origin := at(y, c, u)
		return strconv.AppendInt(b, int64(origin), 10)
	}))
	_, _ = d.w.WriteString("}")
}
