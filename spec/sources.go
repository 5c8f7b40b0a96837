package spec

import (
	"io/fs"
	"strconv"
	"strings"
	"unicode"
)

// DataSource says how a file of figures is made anew: by which connector, from
// which series of a publisher. `mizan data pull` reads it; a build does not.
type DataSource struct {
	Code      string `yaml:"code"`
	Connector string `yaml:"connector"`
	// Series are the publisher's series, each under the code of the indicator
	// that takes its figures.
	Series []SourceSeries `yaml:"series"` // a mapping in the file; order kept
	// File is the file that is written: observations, or ties where the
	// connector gives pairs of units.
	File string `yaml:"file"`
	// From and To are the first and the last year asked for; 0 = what the
	// project's period needs.
	From int `yaml:"from"`
	To   int `yaml:"to"`
	// URL is the address of the service or table, where it is not the
	// connector's own; or the name of a file of the project.
	URL string `yaml:"url"`
	// Options are the connector's own.
	Options map[string]string `yaml:"options"`
	// Units turns the publisher's names of units into the project's codes,
	// where they are no codes or names that the connector knows.
	Units map[string]string `yaml:"units"`
	// Tables are the raw tables that figures defined by SQL are computed of, each
	// by its name in the query: a CSV or Parquet file of the project, or a folder
	// of them.
	Tables map[string]string `yaml:"tables"`
	Origin string            `yaml:"origin"`
}

// SQLConnector is the connector whose series are queries in SQL.
const SQLConnector = "sql"

// SourceSeries is a series of a publisher and the indicator that takes it.
type SourceSeries struct {
	Code string // of the indicator, or of the table of ties
	Key  string // the publisher's name of the series, or a query in SQL
}

func sourceKeys() []field[DataSource] {
	return []field[DataSource]{
		key("code", codeWord, func(s *DataSource) *string { return &s.Code }, "the code of the source, by which `mizan data pull CODE` finds it").must(),
		key("connector", line("the name of a connector"), func(s *DataSource) *string { return &s.Connector }, "who is asked, and how: `mizan data list` names the connectors").must(),
		key("series", sourceSeries, func(s *DataSource) *[]SourceSeries { return &s.Series },
			"the publisher's series by the code of the indicator that takes its figures: {rd_gdp: GB.XPD.RSDV.GD.ZS}").must(),
		key("file", fileName, func(s *DataSource) *string { return &s.File }, "the CSV that is written anew by each pull; name it under observations or ties").must(),
		key("from", year, func(s *DataSource) *int { return &s.From }, "the first year asked for (default: what period and look_back need)"),
		key("to", year, func(s *DataSource) *int { return &s.To }, "the last year asked for (default: the last year of the period)"),
		key("url", line("an address"), func(s *DataSource) *string { return &s.URL }, "the address of the service or table, or a file of the project, where it is not the connector's own"),
		key("options", lines("a mapping such as {dataset: NAME}", "a value"), func(s *DataSource) *map[string]string { return &s.Options }, "what else the connector has to know; `mizan data list CONNECTOR` tells"),
		key("units", lines("a mapping such as {Türkiye: TUR}", "the code of a unit"), func(s *DataSource) *map[string]string { return &s.Units },
			"the publisher's names of units that are not known by themselves, with the project's codes"),
		key("tables", lines("a mapping such as {works: raw/works}", "a file or a folder of the project"), func(s *DataSource) *map[string]string { return &s.Tables },
			"connector sql: the raw tables by their names in the query, each a CSV or Parquet file of the project or a folder of them"),
		key("origin", line("the code of an origin"), func(s *DataSource) *string { return &s.Origin }, "who published it, where the rows are to name it"),
	}
}

// sourceSeries is a mapping from indicator to the publisher's series.
var sourceSeries = codec[[]SourceSeries]{
	read: func(r *reader, n *node, v *[]SourceSeries) {
		*v = nil
		if !r.want(n, mapping, "a mapping such as {rd_gdp: GB.XPD.RSDV.GD.ZS}") {
			return
		}
		if len(n.entries) == 0 {
			r.fault("no-series", n.at, "the source names no series", "write {INDICATOR: SERIES}")
		}
		for _, e := range n.entries {
			r.within(e.key, func() {
				checkCode(r, e)
				s := SourceSeries{Code: e.key}
				seriesKey.read(r, e.value, &s.Key)
				*v = append(*v, s)
			})
		}
	},
	write: func(v []SourceSeries) *node {
		n := mapNode()
		for _, s := range v {
			n.entries = append(n.entries, pair(s.Code, writeText(s.Key)))
		}
		return n
	},
	schema: func(b *schemaMaker) object {
		return object{"type": "object", "additionalProperties": seriesKey.schema(b), "propertyNames": b.code(), "minProperties": 1}
	},
}

// seriesKey is a publisher's name of a series, or a query, which may have
// several lines.
var seriesKey = word("the publisher's name of a series", object{"type": "string", "minLength": 1}, func(s string) (string, string) {
	switch {
	case strings.TrimSpace(s) == "":
		return "the text is empty", "give the publisher's name of a series"
	case strings.ContainsFunc(s, func(c rune) bool { return unicode.IsControl(c) && c != '\n' && c != '\t' }):
		return "the text " + quote(s) + " has a control character", "delete it"
	}
	return "", ""
})

// lines is a mapping from any text to a line of text; the order does not count.
func lines(what, value string) codec[map[string]string] {
	return codec[map[string]string]{
		read: func(r *reader, n *node, v *map[string]string) {
			*v = nil
			if !r.want(n, mapping, what) {
				return
			}
			for _, e := range n.entries {
				r.within(e.key, func() {
					text := ""
					line(value).read(r, e.value, &text)
					if *v == nil {
						*v = map[string]string{}
					}
					(*v)[e.key] = text
				})
			}
		},
		write: func(v map[string]string) *node {
			if len(v) == 0 {
				return nil
			}
			n := mapNode()
			for _, k := range sortedKeys(v) {
				n.entries = append(n.entries, pair(k, writeText(v[k])))
			}
			return n
		},
		schema: func(b *schemaMaker) object {
			return object{"type": "object", "additionalProperties": line("").schema(b)}
		},
	}
}

// dataSources checks what the project says of its sources.
func (c *checker) dataSources() {
	var codes, files []string
	ties := map[string]bool{}
	for _, t := range c.spec.Ties {
		ties[t.Code] = true
	}
	for i, s := range c.spec.DataSources {
		codes, files = append(codes, s.Code), append(files, s.File)
		path := "sources." + strconv.Itoa(i)
		for _, x := range s.Series {
			if !c.known[x.Code] && !ties[x.Code] {
				c.add("unknown-indicator", path+".series."+x.Code, "there is no indicator "+quote(x.Code), c.nearest(x.Code))
			}
		}
		if s.From > s.To && s.To > 0 {
			c.add("bad-period", path+".to", "the source ends in "+strconv.Itoa(s.To)+", before it begins in "+strconv.Itoa(s.From), "swap `from` and `to`")
		}
	}
	for i := range c.spec.DataSources {
		c.computed(&c.spec.DataSources[i], "sources."+strconv.Itoa(i))
	}
	c.distinct("duplicate-code", "the source", "sources", codes)
	c.distinct("duplicate-file", "the file of sources", "sources", files)
}

// computed checks what holds for figures defined by SQL alone: they have an
// origin, which tells the query, and they alone have tables and queries.
func (c *checker) computed(s *DataSource, path string) {
	if s.Connector != SQLConnector {
		if len(s.Tables) > 0 {
			c.add("unused-key", path+".tables", "the connector "+quote(s.Connector)+" reads no tables of the project", "write `connector: sql`, or remove the key")
		}
		for _, x := range s.Series {
			if strings.Contains(x.Key, "\n") {
				c.add("bad-series", path+".series."+x.Code, "the name of a series has several lines", "write it in one line; a query wants `connector: sql`")
			}
		}
		return
	}
	for _, name := range sortedKeys(s.Tables) {
		if !tableName(name) {
			c.add("bad-table", path+".tables."+name, "the name "+quote(name)+" cannot stand in a query", "use letters, digits and `_`")
		}
		if file := s.Tables[name]; fileFault(file) {
			c.add("bad-file-name", path+".tables."+name, quote(file)+" is no file or folder of the project",
				"name one with forward slashes, such as `raw/works`; `mizan data pull --table "+name+"=PATH` reads tables that lie elsewhere")
		}
	}
	if s.Origin != "" {
		return
	}
	origins := map[string]string{}
	for _, i := range c.spec.Indicators {
		origins[i.Code] = i.Origin
	}
	for _, x := range s.Series {
		if c.known[x.Code] && origins[x.Code] == "" {
			c.add("missing-origin", path, "the figures of "+quote(x.Code)+" have no origin, which tells by which query they were computed",
				"add `origin: CODE` to the source")
		}
	}
}

// tableName says whether a query can name a table without quotes.
func tableName(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsNumber(c) && c != '_' })
}

// fileFault says whether a text is no name of a file or folder within the
// project.
func fileFault(s string) bool {
	return s == "." || strings.Contains(s, `\`) || !fs.ValidPath(s)
}
