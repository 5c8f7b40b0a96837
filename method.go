package mizan

// Stage is one step of the fixed chain from raw figures to ranks.
type Stage string

// The stages in the order in which they run.
const (
	Denominate Stage = "denominate"
	Impute     Stage = "impute"
	Screen     Stage = "screen"
	Treat      Stage = "treat"
	Normalise  Stage = "normalise"
	Weight     Stage = "weight"
	Aggregate  Stage = "aggregate"
)

// OptionKind is the type of a method's option.
type OptionKind string

// The kinds of options. A Range is a list of two numbers, low then high.
const (
	NumberOption OptionKind = "number"
	WholeOption  OptionKind = "integer"
	BoolOption   OptionKind = "boolean"
	TextOption   OptionKind = "string"
	RangeOption  OptionKind = "range"
	ChoiceOption OptionKind = "choice" // one of Choices
	CodeOption   OptionKind = "code"   // the code of an indicator
	CodesOption  OptionKind = "codes"  // a list of codes of indicators
	GroupOption  OptionKind = "group"  // the name of a group variable
	UnitOption   OptionKind = "unit"   // the code of a unit
	MapOption    OptionKind = "map"    // code -> number
	ListOption   OptionKind = "list"   // a list of numbers
	TableOption  OptionKind = "table"  // row -> code -> number
)

// Option describes one option of a method, as data: validation, hints,
// `mizan methods`, the JSON Schema and the methodology page are made from it.
type Option struct {
	Name     string
	Kind     OptionKind
	Summary  string
	Default  any      // nil = none; otherwise float64, int, bool, string or []float64
	Required bool     // no default and must be given
	Choices  []string // for ChoiceOption
	Min, Max *float64 // inclusive bounds for each number; nil = unbounded
}

// Method describes one method of a stage, as data.
type Method struct {
	Stage   Stage
	Name    string // kebab-case: "min-max"
	Summary string // one sentence
	Formula string // plain text
	Missing string // the rule for missing values
	Source  string // author, year
	Options []Option
}
