package spec

import (
	"math"
	"slices"
	"strconv"

	"mizan"
)

// Scenario is a what-if: a list of edits to the figures, to who belongs to whom
// or to the project itself, with the assumptions on which they hang. It is
// mechanical, and no forecast.
type Scenario struct {
	ID          string     `yaml:"id"`
	Title       mizan.Text `yaml:"title"`
	Description mizan.Text `yaml:"description"` // what is supposed, and why
	Limits      mizan.Text `yaml:"limits"`      // what it leaves out
	// Unit is the one that it is about; "" = the first that its edits name.
	Unit        string         `yaml:"unit"`
	Assumptions []Assumption   `yaml:"assumptions"`
	Edits       []ScenarioEdit `yaml:"edits"`
	Links       []Link         `yaml:"links"`
}

// Assumption is a number of which a scenario supposes how it is distributed.
type Assumption struct {
	ID           string       `yaml:"id"`
	Text         mizan.Text   `yaml:"text"`
	Distribution Distribution `yaml:"distribution"`
	// Source is the code of an origin, or an address; "" = it is assumed.
	Source string `yaml:"source"`
}

// The kinds of edit of a scenario.
const (
	EditProject    = "project"    // a typed edit of the project file
	EditFigures    = "figures"    // set, scale or add to figures
	EditLoss       = "loss"       // what a supplier, or partners, no longer give
	EditMembership = "membership" // join or leave an alliance, or act as one
)

// The operations on figures.
const (
	OpSet   = "set"
	OpScale = "scale"
	OpAdd   = "add"
)

// Ops are the operations on figures.
func Ops() []string { return []string{OpSet, OpScale, OpAdd} }

// Quantity is a number, or the ID of the assumption that gives it.
type Quantity struct {
	Number     float64
	Assumption string
}

// ScenarioEdit is one change that a scenario makes. Its Kind tells which of its
// keys are given.
type ScenarioEdit struct {
	ID   string     `yaml:"id"`   // "" = its position, from 1
	Text mizan.Text `yaml:"text"` // what it stands for

	// Edit is the edit of the project file (`set` and `to`, or `remove`).
	Edit Edit `yaml:"-"`

	// Indicators and Nodes say of what the figures are: codes of indicators,
	// and of aggregates, which stand for all indicators below.
	Indicators []string `yaml:"indicators"`
	Nodes      []string `yaml:"nodes"`
	// Units and Alliance say whose they are: codes, and the alliance whose
	// members they are at that point of the scenario.
	Units    []string `yaml:"units"`
	Alliance string   `yaml:"alliance"`
	Years    []int    `yaml:"years"` // nil = all that are built
	Op       string   `yaml:"op"`
	Value    Quantity `yaml:"value"`

	Join  string `yaml:"join"`  // the alliance that Units join
	Leave string `yaml:"leave"` // the alliance that Units leave
	Unite string `yaml:"unite"` // the alliance that acts as one unit in place of its members

	// Supply is the table of use that tells how much comes from Suppliers, or
	// from those at home in Homes. Ties is the table that tells how much is
	// joint with the units With, or with the members of Partners. Dependence
	// gives the share itself.
	Supply       string    `yaml:"supply"`
	Suppliers    []string  `yaml:"suppliers"`
	Homes        []string  `yaml:"homes"`
	Ties         string    `yaml:"ties"`
	With         []string  `yaml:"with"`
	Partners     string    `yaml:"partners"`
	Dependence   *Quantity `yaml:"dependence"`
	Exposure     *Quantity `yaml:"exposure"`     // share of it that is lost at all; default 1
	Substitution *Quantity `yaml:"substitution"` // share that others replace; default 0
	Rerouting    *Quantity `yaml:"rerouting"`    // share of the rest that comes by detours; default 0
	Elasticity   *Quantity `yaml:"elasticity"`   // of the figures to what is left; default 1

	at mizan.Place
}

// Link carries a change of one indicator over to another, unit by unit: the
// figures of To are multiplied by (after / before of From) to the power of the
// elasticity.
type Link struct {
	From       string     `yaml:"from"`
	To         string     `yaml:"to"`
	Elasticity Quantity   `yaml:"elasticity"`
	Inverse    bool       `yaml:"inverse"` // more of From makes less of To
	Lag        int        `yaml:"lag"`     // years until it is felt
	Text       mizan.Text `yaml:"text"`
	Source     string     `yaml:"source"`
}

// Kind is the kind of an edit.
func (e *ScenarioEdit) Kind() string {
	switch {
	case e.Edit.Set+e.Edit.Remove != "":
		return EditProject
	case e.Join+e.Leave+e.Unite != "":
		return EditMembership
	case e.Supply+e.Ties != "" || e.Dependence != nil:
		return EditLoss
	}
	return EditFigures
}

// Quantities lists what of an edit may be an assumption, with its key.
func (e *ScenarioEdit) Quantities() (list []Quantity, keys []string) {
	add := func(key string, q *Quantity) {
		if q != nil {
			list, keys = append(list, *q), append(keys, key)
		}
	}
	if e.Kind() == EditFigures {
		add("value", &e.Value)
	}
	add("dependence", e.Dependence)
	add("exposure", e.Exposure)
	add("substitution", e.Substitution)
	add("rerouting", e.Rerouting)
	add("elasticity", e.Elasticity)
	return list, keys
}

// Assumed is the assumption of an ID, nil if there is none.
func (s *Scenario) Assumed(id string) *Assumption {
	i := slices.IndexFunc(s.Assumptions, func(a Assumption) bool { return a.ID == id })
	if i < 0 {
		return nil
	}
	return &s.Assumptions[i]
}

// EditID is the ID of an edit by its position: its own, or its number from 1.
func (s *Scenario) EditID(i int) string { return or(s.Edits[i].ID, strconv.Itoa(i+1)) }

// ScenarioPath is the path of a key of a scenario by its position.
func (s *Spec) ScenarioPath(i int, key string) string {
	path := "scenarios." + strconv.Itoa(i)
	if key != "" {
		path += "." + key
	}
	return path
}

func scenarioKeys() []field[Scenario] {
	assumptions := listOf("a list of assumptions", record("a mapping such as {id: share, text: …, distribution: {uniform: [0.1, 0.3]}}", assumptionKeys))
	links := listOf("a list of links", record("a mapping such as {from: chips, to: papers, elasticity: 0.2}", linkKeys))
	return []field[Scenario]{
		key("id", codeWord, func(s *Scenario) *string { return &s.ID }, "the id of the scenario").must(),
		key("title", labels, func(s *Scenario) *mizan.Text { return &s.Title }, "the title, in one or several languages"),
		key("description", labels, func(s *Scenario) *mizan.Text { return &s.Description }, "what is supposed, and why"),
		key("limits", labels, func(s *Scenario) *mizan.Text { return &s.Limits }, "what it leaves out"),
		key("unit", line("the code of a unit"), func(s *Scenario) *string { return &s.Unit }, "whom it is about; the first unit that an edit names if left out"),
		key("assumptions", assumptions, func(s *Scenario) *[]Assumption { return &s.Assumptions }, "numbers that are supposed, by id"),
		key("edits", listOf("a list of edits", scenarioEdit), func(s *Scenario) *[]ScenarioEdit { return &s.Edits }, "what is changed, in this order"),
		key("links", links, func(s *Scenario) *[]Link { return &s.Links }, "how a change of one indicator carries over to another"),
	}
}

func assumptionKeys() []field[Assumption] {
	return []field[Assumption]{
		key("id", codeWord, func(a *Assumption) *string { return &a.ID }, "the id by which edits and links name it").must(),
		key("text", labels, func(a *Assumption) *mizan.Text { return &a.Text }, "what the number is, in one or several languages").must(),
		key("distribution", distribution, func(a *Assumption) *Distribution { return &a.Distribution },
			"a number, or {uniform: [low, high]}, {triangular: [low, mode, high]}, {pert: [low, mode, high]}, {normal: [mean, sd], within: [low, high]}, {values: […], chances: […]}").must(),
		key("source", line(sourceWords), func(a *Assumption) *string { return &a.Source }, "who says so: "+sourceWords+"; left out where it is assumed"),
	}
}

func linkKeys() []field[Link] {
	return []field[Link]{
		key("from", codeWord, func(l *Link) *string { return &l.From }, "the indicator whose change carries over").must(),
		key("to", codeWord, func(l *Link) *string { return &l.To }, "the indicator that it reaches").must(),
		key("elasticity", quantity, func(l *Link) *Quantity { return &l.Elasticity },
			"by how many per cent `to` changes for one per cent of `from`: a number of at least 0, or the id of an assumption").must(),
		key("inverse", flag, func(l *Link) *bool { return &l.Inverse }, "true if more of `from` makes less of `to`"),
		key("lag", given(whole(0, maxYears)), func(l *Link) *int { return &l.Lag }, "after how many years it is felt; at once if left out"),
		key("text", labels, func(l *Link) *mizan.Text { return &l.Text }, "why it should be so"),
		key("source", line(sourceWords), func(l *Link) *string { return &l.Source }, "who says so: "+sourceWords),
	}
}

// quantity is a number or the ID of an assumption.
var quantity = codec[Quantity]{
	read: func(r *reader, n *node, v *Quantity) {
		if n.kind == text {
			codeWord.read(r, n, &v.Assumption)
			return
		}
		if r.want(n, number, "a number, or the id of an assumption") {
			v.Number = n.num
		}
	},
	write: func(v Quantity) *node {
		if v.Assumption != "" {
			return textNode(v.Assumption)
		}
		return numberNode(v.Number)
	},
	schema: func(*schemaMaker) object {
		return object{"oneOf": []object{{"type": "number"}, {"type": "string", "pattern": codePattern}}}
	},
}

var scenarioEdit = codec[ScenarioEdit]{
	read: func(r *reader, n *node, e *ScenarioEdit) {
		e.at = n.at
		e.Value.Number = math.NaN()
		if !r.want(n, mapping, "a mapping such as {indicators: gdp, units: FRA, op: scale, value: 0.9}, or {set: PATH, to: VALUE}") {
			return
		}
		readFields(r, n, e, scenarioEditKeys())
		to := n.get("to")
		e.Edit.value, e.Edit.at = to, n.at
		switch {
		case e.Edit.Set != "" && e.Edit.Remove != "":
			r.fault("bad-edit", n.at, "the edit both sets and removes", "make two edits of it")
		case e.Edit.Set != "" && to == nil:
			r.fault("bad-edit", n.at, "the edit sets no value", "add `to: VALUE`")
		case e.Edit.Set == "" && to != nil:
			r.fault("bad-edit", n.at, "`to` stands without `set`", "add `set: PATH`, or write `value` for figures")
		}
	},
	write: func(e ScenarioEdit) *node {
		n := writeFields(&e, scenarioEditKeys())
		if to := e.Edit.node(); e.Edit.Set != "" && to != nil {
			n.entries = append(n.entries, pair("to", to))
		}
		return n
	},
	schema: func(b *schemaMaker) object { return fieldsSchema(b, scenarioEditKeys()) },
}

func scenarioEditKeys() []field[ScenarioEdit] {
	unit := line("the code of a unit")
	units := oneOrMore("a list of codes of units", unit)
	codes := oneOrMore("a list of codes", codeWord)
	share := optional(quantity)
	return []field[ScenarioEdit]{
		key("id", codeWord, func(e *ScenarioEdit) *string { return &e.ID }, "a name for the edit; its number if left out"),
		key("text", labels, func(e *ScenarioEdit) *mizan.Text { return &e.Text }, "what it stands for"),
		key("set", pathWord, func(e *ScenarioEdit) *string { return &e.Edit.Set }, "a path of the project whose value is set, such as build.normalise.method"),
		key("to", anything, func(e *ScenarioEdit) *any { return &e.Edit.To }, "the new value at `set`"),
		key("remove", pathWord, func(e *ScenarioEdit) *string { return &e.Edit.Remove }, "a path of the project that is removed"),
		key("indicators", codes, func(e *ScenarioEdit) *[]string { return &e.Indicators }, "the indicators whose figures change"),
		key("nodes", codes, func(e *ScenarioEdit) *[]string { return &e.Nodes }, "aggregates: all indicators below them"),
		key("units", units, func(e *ScenarioEdit) *[]string { return &e.Units }, "the units whose figures change, or who join or leave"),
		key("alliance", codeWord, func(e *ScenarioEdit) *string { return &e.Alliance }, "the alliance whose members' figures change"),
		key("years", oneOrMore("a list of years", whole(minYear, maxYear)), func(e *ScenarioEdit) *[]int { return &e.Years }, "the years; all that are built if left out"),
		key("op", choice(Ops()...), func(e *ScenarioEdit) *string { return &e.Op }, "set the figures to `value`, scale them by it, or add it"),
		key("value", valueQuantity, func(e *ScenarioEdit) *Quantity { return &e.Value }, "a number, or the id of an assumption"),
		key("join", codeWord, func(e *ScenarioEdit) *string { return &e.Join }, "the alliance that the units join"),
		key("leave", codeWord, func(e *ScenarioEdit) *string { return &e.Leave }, "the alliance that the units leave"),
		key("unite", codeWord, func(e *ScenarioEdit) *string { return &e.Unite }, "the alliance that acts as one unit in place of its members"),
		key("supply", codeWord, func(e *ScenarioEdit) *string { return &e.Supply }, "the table of supply that tells the dependence on `suppliers` and `homes`"),
		key("suppliers", oneOrMore("a list of suppliers", line("the code of a supplier")), func(e *ScenarioEdit) *[]string { return &e.Suppliers }, "the suppliers who no longer deliver"),
		key("homes", units, func(e *ScenarioEdit) *[]string { return &e.Homes }, "where the suppliers are at home who no longer deliver"),
		key("ties", codeWord, func(e *ScenarioEdit) *string { return &e.Ties }, "the table of ties that tells the dependence on partners"),
		key("with", units, func(e *ScenarioEdit) *[]string { return &e.With }, "the partners whose joint work ends"),
		key("partners", codeWord, func(e *ScenarioEdit) *string { return &e.Partners }, "the alliance whose members are the partners"),
		key("dependence", share, func(e *ScenarioEdit) **Quantity { return &e.Dependence }, "the share that hangs on others, in place of `supply` and `ties`"),
		key("exposure", share, func(e *ScenarioEdit) **Quantity { return &e.Exposure }, "the share of that which is up for loss; 1 if left out"),
		key("substitution", share, func(e *ScenarioEdit) **Quantity { return &e.Substitution }, "the share of that which others replace; 0 if left out"),
		key("rerouting", share, func(e *ScenarioEdit) **Quantity { return &e.Rerouting }, "the share of the rest that comes by detours; 0 if left out"),
		key("elasticity", share, func(e *ScenarioEdit) **Quantity { return &e.Elasticity }, "the power of what is left by which the figures are multiplied; 1 if left out"),
	}
}

// valueQuantity is a quantity that is left out where it was not given.
var valueQuantity = codec[Quantity]{
	read: quantity.read,
	write: func(v Quantity) *node {
		if v.Assumption == "" && math.IsNaN(v.Number) {
			return nil
		}
		return quantity.write(v)
	},
	schema: quantity.schema,
}
