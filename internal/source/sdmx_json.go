package source

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// sdmxMessage is SDMX-JSON: 1.0 has one structure, 2.0 a list of them, and
// drafts before had both at the top.
type sdmxMessage struct {
	sdmxData
	Data   sdmxData          `json:"data"`
	Errors []json.RawMessage `json:"errors"`
}

type sdmxData struct {
	Structure  *sdmxStructure  `json:"structure"`
	Structures []sdmxStructure `json:"structures"`
	DataSets   []sdmxDataSet   `json:"dataSets"`
}

type sdmxStructure struct {
	Dimensions sdmxLevels `json:"dimensions"`
	Attributes sdmxLevels `json:"attributes"`
}

type sdmxLevels struct {
	DataSet     []sdmxComponent `json:"dataSet"`
	Series      []sdmxComponent `json:"series"`
	Observation []sdmxComponent `json:"observation"`
}

type sdmxComponent struct {
	ID     string `json:"id"`
	Values []struct {
		ID    string `json:"id"`
		Value any    `json:"value"`
	} `json:"values"`
}

type sdmxDataSet struct {
	Series       map[string]sdmxSeries        `json:"series"`
	Observations map[string][]json.RawMessage `json:"observations"`
}

type sdmxSeries struct {
	Attributes   []*int                       `json:"attributes"`
	Observations map[string][]json.RawMessage `json:"observations"`
}

// value is the code of a component's value at an index.
func (c *sdmxComponent) value(i int) (string, bool) {
	if i < 0 || i >= len(c.Values) {
		return "", false
	}
	v := c.Values[i]
	if v.ID == "" && v.Value != nil {
		return fmt.Sprint(v.Value), true
	}
	return v.ID, true
}

// sdmxJSONRows reads SDMX-JSON 1.0 and 2.0, as series or flat. Keys such as
// "0:1:2" are positions in the lists of values.
func sdmxJSONRows(p *Part, area string) ([]sdmxRow, error) {
	bad := func(cause string) error { return badAnswer(p.URL, cause, "try again later, or ask for form csv") }
	var m sdmxMessage
	if err := decode(p.Body, &m); err != nil {
		return nil, bad("the answer is no SDMX-JSON: " + oneLine(err.Error()))
	}
	d := m.Data
	if len(d.DataSets) == 0 {
		d = m.sdmxData
	}
	s := d.Structure
	if s == nil && len(d.Structures) > 0 {
		s = &d.Structures[0]
	}
	if s == nil {
		if len(m.Errors) > 0 {
			return nil, bad("the service answers: " + oneLine(string(m.Errors[0])))
		}
		return nil, bad("the answer says nothing of its structure")
	}
	r := &sdmxReader{s: s, area: area, url: p.URL}
	for _, set := range d.DataSets {
		for _, key := range sortedKeysOf(set.Series) {
			series := set.Series[key]
			if err := r.take(key, series.Observations); err != nil {
				return nil, err
			}
		}
		if err := r.take("", set.Observations); err != nil {
			return nil, err
		}
	}
	return r.rows, nil
}

type sdmxReader struct {
	s    *sdmxStructure
	area string
	url  string
	rows []sdmxRow
}

// take reads the observations below a key of series, "" where they are flat.
func (r *sdmxReader) take(seriesKey string, observations map[string][]json.RawMessage) error {
	var base sdmxRow
	var rest []string
	place := func(components []sdmxComponent, key string) error {
		parts := strings.Split(key, ":")
		if len(parts) != len(components) {
			return badAnswer(r.url, fmt.Sprintf("the key %s has %d parts for %d dimensions", quote(key), len(parts), len(components)), "try again later")
		}
		for i := range components {
			c := &components[i]
			n, err := strconv.Atoi(parts[i])
			code, ok := c.value(n)
			if err != nil || !ok {
				return badAnswer(r.url, fmt.Sprintf("the key %s points beyond the values of %s", quote(key), quote(c.ID)), "try again later")
			}
			r.set(&base, &rest, c.ID, code)
		}
		return nil
	}
	for i := range r.s.Dimensions.DataSet {
		if code, ok := r.s.Dimensions.DataSet[i].value(0); ok {
			r.set(&base, &rest, r.s.Dimensions.DataSet[i].ID, code)
		}
	}
	if seriesKey != "" {
		if err := place(r.s.Dimensions.Series, seriesKey); err != nil {
			return err
		}
	}
	kept, keptRest := base, slices.Clone(rest)
	for _, key := range sortedKeysOf(observations) {
		base, rest = kept, slices.Clone(keptRest)
		if err := place(r.s.Dimensions.Observation, key); err != nil {
			return err
		}
		cells := observations[key]
		if len(cells) == 0 || string(cells[0]) == "null" {
			continue
		}
		row := base
		row.value = strings.Trim(string(cells[0]), `"`)
		row.rest = strings.Join(rest, " ")
		r.attributes(&row, cells[1:])
		if row.area == "" {
			return badAnswer(r.url, "the answer has no dimension of countries", "give it as option area")
		}
		r.rows = append(r.rows, row)
	}
	return nil
}

// set puts the value of a dimension in its place.
func (r *sdmxReader) set(row *sdmxRow, rest *[]string, id, code string) {
	switch {
	case id == "TIME_PERIOD" || id == "TIME":
		row.period = code
	case r.area != "" && strings.EqualFold(id, r.area), r.area == "" && slices.Contains(areas, strings.ToUpper(id)) && row.area == "":
		row.area = code
	default:
		*rest = append(*rest, id+"="+code)
	}
}

// attributes reads the status of an observation.
func (r *sdmxReader) attributes(row *sdmxRow, cells []json.RawMessage) {
	for i := range r.s.Attributes.Observation {
		c := &r.s.Attributes.Observation[i]
		if i >= len(cells) {
			return
		}
		n, err := strconv.Atoi(string(cells[i]))
		if err != nil {
			continue
		}
		switch code, _ := c.value(n); c.ID {
		case "OBS_STATUS", "OBS_FLAG":
			row.status = code
		case "UNIT_MULT":
			row.power = code
		}
	}
}

func sortedKeysOf[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
