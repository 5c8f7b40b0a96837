package build

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"mizan"
	"mizan/spec"
)

// Options are the checked options of a step, defaults filled in. A number is a
// float64, a whole number an int, a choice, code, group or unit a string, a
// range a []float64 of two, low then high, a list a []float64, codes a []string,
// and a map a map[string]any whose values are float64, or string where the
// option has Choices, or in a table a map[string]any of float64. An option that
// was not given and has no default is absent.
type Options map[string]any

func (o Options) number(name string) float64 {
	v, ok := o[name].(float64)
	if !ok {
		return math.NaN()
	}
	return v
}

func (o Options) whole(name string) int   { v, _ := o[name].(int); return v }
func (o Options) flag(name string) bool   { v, _ := o[name].(bool); return v }
func (o Options) text(name string) string { v, _ := o[name].(string); return v }
func (o Options) given(name string) bool  { return o[name] != nil }
func (o Options) codes(name string) []string {
	v, _ := o[name].([]string)
	return v
}

func (o Options) pair(name string) (a, b float64) {
	v, _ := o[name].([]float64)
	if len(v) != 2 {
		return math.NaN(), math.NaN()
	}
	return v[0], v[1]
}

// list is the option's list of numbers, nil if it was not given.
func (o Options) list(name string) []float64 { v, _ := o[name].([]float64); return v }

// numbers is the option's map from code to number, nil if it was not given.
func (o Options) numbers(name string) map[string]float64 {
	m, _ := o[name].(map[string]any)
	return numbersOf(m)
}

// table is the option's table, nil if it was not given.
func (o Options) table(name string) map[string]map[string]float64 {
	rows, _ := o[name].(map[string]any)
	if rows == nil {
		return nil
	}
	t := make(map[string]map[string]float64, len(rows))
	for row, m := range rows {
		cells, _ := m.(map[string]any)
		t[row] = numbersOf(cells)
	}
	return t
}

func numbersOf(m map[string]any) map[string]float64 {
	if m == nil {
		return nil
	}
	numbers := make(map[string]float64, len(m))
	for code, v := range m {
		if f, ok := v.(float64); ok {
			numbers[code] = f
		}
	}
	return numbers
}

// sortedKeys are the keys of a map in their order.
func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// overOption is an option of every impute, treat and normalise step whose
// method does not bring its own.
var overOption = mizan.Option{
	Name: "over", Kind: mizan.ChoiceOption, Default: "year", Choices: []string{"year", "panel"},
	Summary: "whether the method is fitted to each year or to all years together",
}

// panelOption is the option `over` of a method that looks from year to year
// and so has all years before it whatever the step says.
var panelOption = mizan.Option{
	Name: overOption.Name, Kind: mizan.ChoiceOption, Default: "panel", Choices: []string{"panel"},
	Summary: "always the panel, since the method looks from one year to another",
}

// stepOptions are the options of a method and those that every step of its
// stage has.
func stepOptions(m mizan.Method) []mizan.Option {
	own := slices.ContainsFunc(m.Options, func(o mizan.Option) bool { return o.Name == overOption.Name })
	switch m.Stage {
	case mizan.Impute, mizan.Treat, mizan.Normalise:
		if !own {
			return append(slices.Clone(m.Options), overOption)
		}
	}
	return m.Options
}

// checkOptions checks the options of a step against its method and fills in
// the defaults. Errors: an option that the method has not, one given twice, a
// value of the wrong kind or out of bounds, a required option that is missing;
// all of them, in the order in which they stand in the step. What options mean
// to one another is for the method's New function to say.
func checkOptions(step spec.Step, m mizan.Method) (Options, []*OptionError) {
	known := stepOptions(m)
	opts := Options{}
	given := map[string]bool{}
	var bad []*OptionError
	for _, g := range step.Options {
		i := slices.IndexFunc(known, func(o mizan.Option) bool { return o.Name == g.Name })
		if i < 0 {
			bad = append(bad, unknownOption(g.Name, m.Name, known))
			continue
		}
		if given[g.Name] {
			bad = append(bad, &OptionError{"bad-option", g.Name, fmt.Sprintf("the option %q is given twice", g.Name), "keep one"})
			continue
		}
		given[g.Name] = true
		v, wrong := checkValue(known[i], g.Value)
		if wrong != nil {
			bad = append(bad, wrong)
			continue
		}
		opts[g.Name] = v
	}
	for _, o := range known {
		switch {
		case given[o.Name]:
		case o.Required:
			bad = append(bad, &OptionError{
				"missing-option", o.Name,
				fmt.Sprintf("the method %q needs the option %q", m.Name, o.Name), "give " + o.Name + ": " + o.Summary,
			})
		case o.Default != nil:
			opts[o.Name] = o.Default
		}
	}
	return opts, bad
}

func unknownOption(name, method string, known []mizan.Option) *OptionError {
	names := make([]string, len(known))
	for i, o := range known {
		names[i] = o.Name
	}
	otherwise := "it has no options"
	if len(names) > 0 {
		otherwise = "its options are " + strings.Join(names, ", ")
	}
	return &OptionError{"unknown-option", name, fmt.Sprintf("the method %q has no option %q", method, name), hint(name, names, otherwise)}
}

// bounds says in words in which bounds each number of a map, list or table
// must be.
func bounds(o mizan.Option) string {
	switch {
	case o.Min != nil && o.Max != nil:
		return fmt.Sprintf(" from %v to %v", *o.Min, *o.Max)
	case o.Min != nil:
		return fmt.Sprintf(" of at least %v", *o.Min)
	case o.Max != nil:
		return fmt.Sprintf(" of at most %v", *o.Max)
	}
	return ""
}

// wants says in words what an option takes.
func wants(o mizan.Option) string {
	switch o.Kind {
	case mizan.NumberOption, mizan.WholeOption:
		kind := "a number"
		if o.Kind == mizan.WholeOption {
			kind = "a whole number"
		}
		switch {
		case o.Min != nil && o.Max != nil:
			return fmt.Sprintf("%s from %v to %v", kind, *o.Min, *o.Max)
		case o.Min != nil:
			return fmt.Sprintf("%s of at least %v", kind, *o.Min)
		case o.Max != nil:
			return fmt.Sprintf("%s of at most %v", kind, *o.Max)
		}
		return kind
	case mizan.BoolOption:
		return "true or false"
	case mizan.RangeOption:
		return "a list of two numbers, the lower first, such as [0, 100]"
	case mizan.ChoiceOption:
		if len(o.Choices) == 1 {
			return o.Choices[0] + ", or leave it out"
		}
		return "one of " + strings.Join(o.Choices, ", ")
	case mizan.MapOption:
		if o.Choices != nil {
			return "a mapping such as {RUS: " + o.Choices[0] + "}; each value is one of " + strings.Join(o.Choices, ", ")
		}
		return "a mapping from code to number" + bounds(o)
	case mizan.ListOption:
		return "a list of numbers" + bounds(o) + ", such as [4, 3, 1]"
	case mizan.TableOption:
		return "a mapping of mappings to numbers" + bounds(o) + ", such as {a: {b: 3, c: 5}, b: {c: 2}}"
	case mizan.CodeOption:
		return "the code of an indicator"
	case mizan.CodesOption:
		return "a list of codes of indicators, each once, such as [gdp, pop]"
	case mizan.GroupOption:
		return "the name of a group variable, a column of the file of units"
	case mizan.UnitOption:
		return "the code of a unit"
	}
	return "text"
}

// checkValue turns a value as it stands in a project into the Go value of the
// option's kind.
func checkValue(o mizan.Option, v any) (any, *OptionError) {
	wrong := func() (any, *OptionError) {
		e := &OptionError{"bad-option", o.Name, fmt.Sprintf("%s cannot be %s", o.Name, show(v)), "give " + wants(o)}
		if s, ok := v.(string); ok && o.Kind == mizan.ChoiceOption {
			if near, ok := spec.Suggest(s, o.Choices); ok {
				e.Remedy = fmt.Sprintf("did you mean %q?", near)
			}
		}
		return nil, e
	}
	switch o.Kind {
	case mizan.NumberOption, mizan.WholeOption:
		f, ok := finite(v)
		if !ok || outside(o, f) {
			return wrong()
		}
		if o.Kind == mizan.NumberOption {
			return f, nil
		}
		if f != math.Trunc(f) || math.Abs(f) > 1e9 {
			return wrong()
		}
		return int(f), nil
	case mizan.BoolOption:
		if b, ok := v.(bool); ok {
			return b, nil
		}
	case mizan.RangeOption:
		list, _ := v.([]any)
		if len(list) == 2 {
			a, okA := finite(list[0])
			b, okB := finite(list[1])
			if okA && okB && a < b {
				return []float64{a, b}, nil
			}
		}
	case mizan.CodesOption:
		if codes, ok := listOfCodes(v); ok {
			return codes, nil
		}
	case mizan.MapOption:
		if m, ok := v.(map[string]any); ok && goodMap(o, m) {
			return m, nil
		}
	case mizan.ListOption:
		if list, ok := goodList(o, v); ok {
			return list, nil
		}
	case mizan.TableOption:
		if m, ok := v.(map[string]any); ok && goodTable(o, m) {
			return m, nil
		}
	case mizan.ChoiceOption:
		if s, ok := v.(string); ok && slices.Contains(o.Choices, s) {
			return s, nil
		}
	default:
		if s, ok := v.(string); ok && s != "" {
			return s, nil
		}
	}
	return wrong()
}

func listOfCodes(v any) (codes []string, ok bool) {
	list, _ := v.([]any)
	for _, e := range list {
		code, _ := e.(string)
		if code == "" || slices.Contains(codes, code) {
			return nil, false
		}
		codes = append(codes, code)
	}
	return codes, len(codes) > 0
}

func goodMap(o mizan.Option, m map[string]any) bool {
	for _, v := range m {
		if o.Choices == nil {
			if f, ok := finite(v); !ok || outside(o, f) {
				return false
			}
		} else if s, ok := v.(string); !ok || !slices.Contains(o.Choices, s) {
			return false
		}
	}
	return true
}

// goodList turns a list that is not empty into numbers.
func goodList(o mizan.Option, v any) (numbers []float64, ok bool) {
	list, _ := v.([]any)
	for _, e := range list {
		f, ok := finite(e)
		if !ok || outside(o, f) {
			return nil, false
		}
		numbers = append(numbers, f)
	}
	return numbers, len(numbers) > 0
}

func goodTable(o mizan.Option, rows map[string]any) bool {
	for _, row := range rows {
		if m, ok := row.(map[string]any); !ok || !goodMap(o, m) {
			return false
		}
	}
	return true
}

func outside(o mizan.Option, f float64) bool {
	return o.Min != nil && f < *o.Min || o.Max != nil && f > *o.Max
}

func finite(v any) (float64, bool) {
	f, ok := v.(float64)
	return f, ok && !math.IsNaN(f) && !math.IsInf(f, 0)
}

// show writes a value much as it stands in the project.
func show(v any) string {
	switch v := v.(type) {
	case nil:
		return "empty"
	case string:
		return fmt.Sprintf("%q", v)
	case float64:
		return string(mizan.AppendNumber(nil, v, "not a number"))
	case []any:
		parts := make([]string, len(v))
		for i, e := range v {
			parts[i] = show(e)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case map[string]any:
		keys := make([]string, 0, len(v))
		for k := range v {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		for i, k := range keys {
			keys[i] = k + ": " + show(v[k])
		}
		return "{" + strings.Join(keys, ", ") + "}"
	}
	return fmt.Sprint(v)
}

// hint is the remedy for a name that is not known: the one that is meant, if
// one is near, else what to do otherwise.
func hint(name string, known []string, otherwise string) string {
	if near, ok := spec.Suggest(name, known); ok {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return otherwise
}
