package spec

import (
	"slices"
	"strconv"
)

// ValueFunction says what a coalition of members is worth, for the question
// what each member adds to an alliance.
type ValueFunction struct {
	// Of is one of the names below.
	Of string
	// Top is the rank up to which ValueReach counts.
	Top int
	// Supply is the code of the table of ValueCoverage and ValueSelfSufficiency.
	Supply string
}

// The value functions.
const (
	ValueScore  = "score"   // the score of the pooled members
	ValueBestOf = "best-of" // the mean of the best scores by pillar
	ValueReach  = "reach"   // the share of indicators in which they are among the first
	// ValueCoverage is, of a table of provision, the mean of their shares over
	// the stages of the chain; of one of use, the share of what they use whose
	// suppliers are at home with them.
	ValueCoverage = "coverage"
	// ValueSelfSufficiency is the share of the weakest stage of a table of
	// provision.
	ValueSelfSufficiency = "self-sufficiency"
)

// defaultReach is the rank up to which reach counts if nothing else is said.
const defaultReach = 3

var (
	plainValues  = []string{ValueScore, ValueBestOf, ValueReach}
	supplyValues = []string{ValueCoverage, ValueSelfSufficiency}
)

// Values are the value functions by which contributions are told: the score
// first, whether it is declared or not, then those that are declared; without
// any, best-of, reach, and for every table of provision its coverage and
// self-sufficiency.
func (s *Spec) Values() []ValueFunction {
	score := ValueFunction{Of: ValueScore}
	if len(s.ValueFunctions) > 0 {
		others := slices.DeleteFunc(slices.Clone(s.ValueFunctions), func(v ValueFunction) bool { return v == score })
		return slices.Insert(others, 0, score)
	}
	list := []ValueFunction{score, {Of: ValueBestOf}, {Of: ValueReach, Top: defaultReach}}
	for _, t := range s.Supply {
		if t.Kind == SupplyProvision {
			list = append(list, ValueFunction{Of: ValueCoverage, Supply: t.Code}, ValueFunction{Of: ValueSelfSufficiency, Supply: t.Code})
		}
	}
	return list
}

const valueRemedy = "write score, best-of, reach, {reach: 5}, {coverage: SUPPLY} or {self-sufficiency: SUPPLY}"

// valueFunction is a name, or a name with what it needs: {coverage: chips}.
var valueFunction = codec[ValueFunction]{
	read: func(r *reader, n *node, v *ValueFunction) {
		if n.kind == mapping {
			readValueOf(r, n, v)
			return
		}
		if !r.want(n, text, "a value function such as score or {coverage: SUPPLY}") {
			return
		}
		switch {
		case slices.Contains(supplyValues, n.text):
			r.fault("bad-value", n.at, n.text+" does not say of which table of supply", "write {"+n.text+": SUPPLY}")
		case !slices.Contains(plainValues, n.text):
			r.fault("bad-value", n.at, "unknown value function "+quote(n.text), didYouMean(n.text, slices.Concat(plainValues, supplyValues), valueRemedy))
		default:
			v.Of = n.text
			if v.Of == ValueReach {
				v.Top = defaultReach
			}
		}
	},
	write: func(v ValueFunction) *node {
		switch {
		case v.Supply != "":
			return mapNode(pair(v.Of, textNode(v.Supply)))
		case v.Of == ValueReach && v.Top != defaultReach:
			return mapNode(pair(v.Of, numberNode(float64(v.Top))))
		}
		return writeText(v.Of)
	},
	schema: func(b *schemaMaker) object {
		form := func(key string, value object) object {
			return object{"type": "object", "properties": object{key: value}, "required": []string{key}, "additionalProperties": false}
		}
		return object{"oneOf": []object{
			{"enum": plainValues},
			form(ValueReach, reachRank.schema(b)),
			form(ValueCoverage, codeWord.schema(b)),
			form(ValueSelfSufficiency, codeWord.schema(b)),
		}}
	},
}

var reachRank = whole(1, 1000)

// readValueOf reads {reach: 5} or {coverage: chips}.
func readValueOf(r *reader, n *node, v *ValueFunction) {
	if len(n.entries) != 1 {
		r.fault("bad-value", n.at, "the value function is not understood", valueRemedy)
		return
	}
	of, what := n.entries[0].key, n.entries[0].value
	r.within(of, func() {
		switch {
		case of == ValueReach:
			if reachRank.read(r, what, &v.Top); v.Top != 0 {
				v.Of = of
			}
		case slices.Contains(supplyValues, of):
			if codeWord.read(r, what, &v.Supply); v.Supply != "" {
				v.Of = of
			}
		default:
			r.fault("bad-value", n.entries[0].at, "unknown value function "+quote(of), didYouMean(of, slices.Concat(plainValues, supplyValues), valueRemedy))
		}
	})
}

// valueFunctions checks that tables of supply are there and of the right kind.
func (c *checker) valueFunctions() {
	var tables []string
	kinds := map[string]string{}
	for _, t := range c.spec.Supply {
		tables = append(tables, t.Code)
		kinds[t.Code] = t.Kind
	}
	seen := map[ValueFunction]bool{}
	for i, v := range c.spec.ValueFunctions {
		path := "value_functions." + strconv.Itoa(i)
		kind, known := kinds[v.Supply]
		switch {
		case v.Of != "" && seen[v]:
			c.add("duplicate-value-function", path, "the value function is listed twice", "keep one")
		case v.Supply == "":
		case !known:
			c.add("unknown-supply", path+"."+v.Of, "there is no table of supply "+quote(v.Supply), c.hint(v.Supply, tables, "declare it under `supply`"))
		case v.Of == ValueSelfSufficiency && kind != SupplyProvision:
			c.add("bad-value", path+"."+v.Of, quote(v.Supply)+" is a table of use, which has no chain", "name a table of provision, or write {coverage: "+v.Supply+"}")
		}
		seen[v] = true
	}
}
