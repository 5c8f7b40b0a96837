package export

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"strings"

	"mizan"
	"mizan/engine"
)

var sdmx = Format{
	Name:    "sdmx",
	Summary: "SDMX-CSV with its structure as SDMX-ML, for statistical offices",
	About: `Write the index for statistical systems:

  data.csv       SDMX-CSV 1.0: an observation a row, of raw figures, scores and ranks
  structure.xml  SDMX-ML 2.1: dataflow, data structure, concepts and code lists, with
                 names in every language

Dimensions are the unit (REF_AREA), what is told of it (STAGE: RAW, SCORE or RANK),
the indicator or aggregate (INDICATOR) and the year (TIME_PERIOD). OBS_STATUS follows
the code list of SDMX: A normal, E estimated, P provisional. Missing observations
are left out.`,
	Files: SDMX,
}

// sdmxAgency maintains the structures of an export.
const sdmxAgency = "MIZAN"

// The stages of which an SDMX export tells.
const (
	sdmxRaw   = "RAW"
	sdmxScore = "SCORE"
	sdmxRank  = "RANK"
)

// SDMX lists the files of an index as SDMX-CSV with its structure: what
// sdmx.About says. Errors are mizan.Problems: an unknown year, a report without
// figures, a code that SDMX does not take.
//
// Source: SDMX (2020), SDMX 2.1 technical specifications, section 3; SDMX-CSV 1.0.
func SDMX(r *engine.Report, o Options) ([]File, error) {
	list, err := tablesOf(r, o)
	if err != nil {
		return nil, err
	}
	var problems mizan.Problems
	for _, u := range r.Units {
		checkSDMX(&problems, "unit", u.Code)
	}
	for _, i := range r.Indicators {
		checkSDMX(&problems, "indicator", i.Code)
	}
	for _, n := range r.Nodes {
		checkSDMX(&problems, "aggregate", n.Code)
	}
	if err := problems.OrNil(); err != nil {
		return nil, err
	}
	data := sdmxData(r, list)
	return []File{
		{"data.csv", func(w io.Writer) error { return CSV(w, data, o.Raw) }},
		{"structure.xml", func(w io.Writer) error { return sdmxStructure(w, r) }},
	}, nil
}

// checkSDMX reports a code that is no ID of SDMX: letters, digits, _, @, $, -.
func checkSDMX(problems *mizan.Problems, what, code string) {
	for _, c := range code {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune("_@$-", c) {
			continue
		}
		problems.Add("not-an-sdmx-code", mizan.Place{}, fmt.Sprintf("the code of the %s %q has a character that SDMX does not take, %q", what, code, c),
			"use letters of English, digits, _ and -, or export another form")
		return
	}
}

// sdmxID is the project's id as an ID that begins with a letter.
func sdmxID(r *engine.Report) string {
	id := strings.ToUpper(strings.ReplaceAll(r.Project.ID, "-", "_"))
	if id[0] >= '0' && id[0] <= '9' {
		id = "P" + id
	}
	return id
}

// sdmxData is an observation a row: raw figures, then scores, then ranks.
func sdmxData(r *engine.Report, list []*mizan.Relation) *mizan.Relation {
	var stages, results *mizan.Relation
	for _, t := range list {
		switch t.Name {
		case "stages":
			stages = t
		case "results":
			results = t
		}
	}
	type part struct {
		stage  string
		value  *mizan.RelationColumn
		unit   func(int) string
		code   func(int) string
		year   func(int) float64
		status func(int) string
		origin func(int) string
		used   func(int) float64
	}
	none, normal := func(int) string { return "" }, func(int) string { return "A" }
	status := stages.Column("status").Text
	parts := []part{
		{
			sdmxRaw, stages.Column("raw"), stages.Column("unit").Text, stages.Column("indicator").Text, stages.Column("year").Number,
			func(i int) string { return sdmxStatus(status(i)) }, stages.Column("origin").Text, stages.Column("year_used").Number,
		},
	}
	for _, p := range []struct{ stage, column string }{{sdmxScore, "score"}, {sdmxRank, "rank"}} {
		parts = append(parts, part{
			p.stage, results.Column(p.column), results.Column("unit").Text, results.Column("code").Text, results.Column("year").Number, normal, none,
			func(int) float64 { return math.NaN() },
		})
	}
	type at struct{ part, row int }
	var rows []at
	for p := range parts {
		n := results.Rows
		if p == 0 {
			n = stages.Rows
		}
		for i := range n {
			if !parts[p].value.Missing(i) {
				rows = append(rows, at{p, i})
			}
		}
	}
	measures := map[string]string{}
	for _, i := range r.Indicators {
		measures[i.Code] = i.Measure
	}
	flow := fmt.Sprintf("%s:%s(1.0)", sdmxAgency, sdmxID(r))
	text := func(name string, f func(p part, row int) string) mizan.RelationColumn {
		return mizan.RelationColumn{Name: name, Kind: mizan.TextColumn, Text: func(i int) string { return f(parts[rows[i].part], rows[i].row) }}
	}
	number := func(name string, f func(p part, row int) float64) mizan.RelationColumn {
		return mizan.RelationColumn{Name: name, Kind: mizan.NumberColumn, Number: func(i int) float64 { return f(parts[rows[i].part], rows[i].row) }}
	}
	return &mizan.Relation{Name: "data", Rows: len(rows), Columns: []mizan.RelationColumn{
		text("DATAFLOW", func(part, int) string { return flow }),
		text("REF_AREA", func(p part, i int) string { return p.unit(i) }),
		text("STAGE", func(p part, _ int) string { return p.stage }),
		text("INDICATOR", func(p part, i int) string { return p.code(i) }),
		number("TIME_PERIOD", func(p part, i int) float64 { return p.year(i) }),
		number("OBS_VALUE", func(p part, i int) float64 { return p.value.Number(i) }),
		text("OBS_STATUS", func(p part, i int) string { return p.status(i) }),
		text("UNIT_MEASURE", func(p part, i int) string {
			if p.stage == sdmxRaw {
				return measures[p.code(i)]
			}
			return ""
		}),
		number("YEAR_USED", func(p part, i int) float64 { return p.used(i) }),
		text("ORIGIN", func(p part, i int) string { return p.origin(i) }),
	}}
}

// sdmxStatus is a status as a code of CL_OBS_STATUS.
func sdmxStatus(status string) string {
	switch status {
	case mizan.Estimated.String():
		return "E"
	case mizan.Provisional.String():
		return "P"
	case mizan.StructuralZero.String(), mizan.Edited.String():
		return "I" // a value that was not observed
	}
	return "A"
}

// sdmxCode is an entry of a code list.
type sdmxCode struct {
	id     string
	name   mizan.Text
	parent string
}

// sdmxStructure writes the structure message.
func sdmxStructure(w io.Writer, r *engine.Report) error {
	x := &sdmxWriter{r: r, id: sdmxID(r)}
	x.line(`<?xml version="1.0" encoding="UTF-8"?>`)
	x.line(`<mes:Structure xmlns:mes="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message" xmlns:str="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure" xmlns:com="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common">`)
	// The time of a message is that of its making, of which the same project would
	// give other bytes: the last day of what it tells stands for it.
	x.line(`<mes:Header><mes:ID>%s</mes:ID><mes:Test>false</mes:Test><mes:Prepared>%04d-12-31T00:00:00</mes:Prepared><mes:Sender id="%s"/></mes:Header>`, x.id, r.Years[len(r.Years)-1], sdmxAgency)
	x.line(`<mes:Structures>`)
	x.line(`<str:Dataflows><str:Dataflow id="%s" agencyID="%s" version="1.0" isFinal="true">`, x.id, sdmxAgency)
	x.imprint()
	x.names(orCode(r.Project.Title, r.Project.ID))
	x.line(`<str:Structure><Ref id="%s" version="1.0" agencyID="%s" package="datastructure" class="DataStructure"/></str:Structure>`, x.id, sdmxAgency)
	x.line(`</str:Dataflow></str:Dataflows>`)
	x.codelists()
	x.concepts()
	x.dataStructure()
	x.line(`</mes:Structures>`)
	x.line(`</mes:Structure>`)
	_, err := w.Write(x.b.Bytes())
	return err
}

// sdmxWriter collects a structure message.
type sdmxWriter struct {
	b  bytes.Buffer
	r  *engine.Report
	id string
}

func (x *sdmxWriter) line(format string, args ...any) { fmt.Fprintf(&x.b, format+"\n", args...) }

// names writes a name in every language. What has no language is told as English.
func (x *sdmxWriter) names(t mizan.Text) { x.texts("Name", t) }

// texts writes a text in every language, as names does.
func (x *sdmxWriter) texts(element string, t mizan.Text) {
	for _, v := range languageText(t) {
		lang, _ := v["@language"].(string)
		if lang == "" {
			if t["en"] != "" {
				continue
			}
			lang = "en"
		}
		x.line(`<com:%s xml:lang="%s">%s</com:%s>`, element, lang, escaped(fmt.Sprint(v["@value"])), element)
	}
}

// imprint says who made the index, as annotations of its dataflow.
func (x *sdmxWriter) imprint() {
	i := &x.r.Project.Imprint
	if i.IsZero() {
		return
	}
	x.line(`<com:Annotations>`)
	for k := range i.Authors {
		x.annotation("AUTHOR", i.Authors[k].Link(), i.Authors[k].Name)
	}
	x.annotation("PUBLISHER", i.Publisher.Link(), i.Publisher.Name)
	x.annotation("LICENCE", i.LicenceLink(), mizan.Text{"en": i.Licence})
	x.annotation("VERSION", "", mizan.Text{"en": i.Version})
	x.annotation("DATE", "", mizan.Text{"en": string(i.Date)})
	x.annotation("DOI", i.DOILink(), mizan.Text{"en": i.DOI})
	x.annotation("HOME_PAGE", i.HomePage, mizan.Text{"en": i.HomePage})
	x.annotation("CONTACT", i.Contact.URL, mizan.Text{"en": contactText(i.Contact, "en")})
	x.annotation("CITATION", "", i.Citation)
	x.line(`</com:Annotations>`)
}

// annotation writes a text with its kind and address, if there is text.
func (x *sdmxWriter) annotation(kind, address string, t mizan.Text) {
	if t.In("") == "" {
		return
	}
	x.line(`<com:Annotation><com:AnnotationType>%s</com:AnnotationType>`, kind)
	if address != "" {
		x.line(`<com:AnnotationURL>%s</com:AnnotationURL>`, escaped(address))
	}
	x.texts("AnnotationText", t)
	x.line(`</com:Annotation>`)
}

func (x *sdmxWriter) codelists() {
	var units, nodes []sdmxCode
	for _, u := range x.r.Units {
		units = append(units, sdmxCode{u.Code, orCode(u.Name, u.Code), ""})
	}
	series := map[string]mizan.Text{}
	for _, i := range x.r.Indicators {
		series[i.Code] = i.Name
	}
	for _, n := range x.r.Nodes {
		name := n.Name
		if name.In("") == "" {
			name = series[n.Code]
		}
		nodes = append(nodes, sdmxCode{n.Code, orCode(name, n.Code), n.Parent})
	}
	x.line(`<str:Codelists>`)
	x.codelist("CL_AREA", "Units", units)
	x.codelist("CL_INDICATOR", "Indicators and aggregates", nodes)
	x.codelist("CL_STAGE", "What is told", []sdmxCode{
		{sdmxRaw, mizan.Text{"en": "Figure as it was published"}, ""},
		{sdmxScore, mizan.Text{"en": "Normalised indicator, or score of an aggregate"}, ""},
		{sdmxRank, mizan.Text{"en": "Rank, 1 being the highest score"}, ""},
	})
	x.codelist("CL_OBS_STATUS", "Observation status", []sdmxCode{
		{"A", mizan.Text{"en": "Normal value"}, ""},
		{"E", mizan.Text{"en": "Estimated value"}, ""},
		{"I", mizan.Text{"en": "Imputed value"}, ""},
		{"P", mizan.Text{"en": "Provisional value"}, ""},
	})
	x.line(`</str:Codelists>`)
}

func (x *sdmxWriter) codelist(id, name string, codes []sdmxCode) {
	x.line(`<str:Codelist id="%s" agencyID="%s" version="1.0" isFinal="true">`, id, sdmxAgency)
	x.names(mizan.Text{"en": name})
	for _, c := range codes {
		x.line(`<str:Code id="%s">`, c.id)
		x.names(c.name)
		if c.parent != "" {
			x.line(`<str:Parent><Ref id="%s"/></str:Parent>`, c.parent)
		}
		x.line(`</str:Code>`)
	}
	x.line(`</str:Codelist>`)
}

// sdmxConcepts are the concepts, with the code lists of those that are coded and
// whether they are dimensions.
var sdmxConcepts = []struct {
	id, name, list string
	dimension      bool
}{
	{"REF_AREA", "Reference area", "CL_AREA", true},
	{"STAGE", "Stage", "CL_STAGE", true},
	{"INDICATOR", "Indicator", "CL_INDICATOR", true},
	{"TIME_PERIOD", "Time period", "", false},
	{"OBS_VALUE", "Observation value", "", false},
	{"OBS_STATUS", "Observation status", "CL_OBS_STATUS", false},
	{"UNIT_MEASURE", "Unit of measure", "", false},
	{"YEAR_USED", "Year of the figure used", "", false},
	{"ORIGIN", "Source of the figure", "", false},
}

func (x *sdmxWriter) concepts() {
	x.line(`<str:Concepts><str:ConceptScheme id="CS_%s" agencyID="%s" version="1.0" isFinal="true">`, x.id, sdmxAgency)
	x.names(mizan.Text{"en": "Concepts"})
	for _, c := range sdmxConcepts {
		x.line(`<str:Concept id="%s">`, c.id)
		x.names(mizan.Text{"en": c.name})
		x.line(`</str:Concept>`)
	}
	x.line(`</str:ConceptScheme></str:Concepts>`)
}

func (x *sdmxWriter) dataStructure() {
	identity := func(id string) {
		x.line(`<str:ConceptIdentity><Ref id="%s" maintainableParentID="CS_%s" maintainableParentVersion="1.0" agencyID="%s" package="conceptscheme" class="Concept"/></str:ConceptIdentity>`, id, x.id, sdmxAgency)
	}
	coded := func(list string) {
		if list != "" {
			x.line(`<str:LocalRepresentation><str:Enumeration><Ref id="%s" version="1.0" agencyID="%s" package="codelist" class="Codelist"/></str:Enumeration></str:LocalRepresentation>`, list, sdmxAgency)
		}
	}
	x.line(`<str:DataStructures><str:DataStructure id="%s" agencyID="%s" version="1.0" isFinal="true">`, x.id, sdmxAgency)
	x.names(mizan.Text{"en": "Structure of " + x.id})
	x.line(`<str:DataStructureComponents><str:DimensionList id="DimensionDescriptor">`)
	position := 0
	for _, c := range sdmxConcepts {
		if !c.dimension {
			continue
		}
		position++
		x.line(`<str:Dimension id="%s" position="%d">`, c.id, position)
		identity(c.id)
		coded(c.list)
		x.line(`</str:Dimension>`)
	}
	x.line(`<str:TimeDimension id="TIME_PERIOD" position="%d">`, position+1)
	identity("TIME_PERIOD")
	x.line(`<str:LocalRepresentation><str:TextFormat textType="ObservationalTimePeriod"/></str:LocalRepresentation></str:TimeDimension></str:DimensionList>`)
	x.line(`<str:AttributeList id="AttributeDescriptor">`)
	for _, c := range sdmxConcepts[5:] {
		x.line(`<str:Attribute id="%s" assignmentStatus="Conditional">`, c.id)
		identity(c.id)
		coded(c.list)
		x.line(`<str:AttributeRelationship><str:PrimaryMeasure><Ref id="OBS_VALUE"/></str:PrimaryMeasure></str:AttributeRelationship></str:Attribute>`)
	}
	x.line(`</str:AttributeList><str:MeasureList id="MeasureDescriptor"><str:PrimaryMeasure id="OBS_VALUE">`)
	identity("OBS_VALUE")
	x.line(`</str:PrimaryMeasure></str:MeasureList></str:DataStructureComponents></str:DataStructure></str:DataStructures>`)
}
