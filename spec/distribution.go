package spec

import (
	"fmt"
	"math"
	"strings"

	"mizan"
)

// The kinds of distribution.
const (
	Fixed      = "fixed"
	Uniform    = "uniform"
	Triangular = "triangular"
	PERT       = "pert"
	Normal     = "normal"
	Discrete   = "values"
)

// Distribution is how a number is distributed.
type Distribution struct {
	Kind string
	// Parameters are, by kind: fixed [x]; uniform [low, high]; triangular and
	// pert [low, mode, high]; normal [mean, sd]; values those that it can take.
	Parameters []float64
	Within     []float64 // of normal: [low, high] outside of which nothing lies; nil = no bounds
	Chances    []float64 // of values, in proportion; nil = equal
}

// Support is the interval in which the number lies; it may be infinite.
func (d Distribution) Support() (low, high float64) {
	switch p := d.Parameters; {
	case len(p) == 0:
		return math.NaN(), math.NaN()
	case d.Kind == Normal && d.Within == nil:
		return math.Inf(-1), math.Inf(1)
	case d.Kind == Normal:
		return d.Within[0], d.Within[1]
	default:
		low, high = p[0], p[0]
		for _, x := range p {
			low, high = min(low, x), max(high, x)
		}
		return low, high
	}
}

// String says the distribution as a project file does.
func (d Distribution) String() string {
	figures := func(list []float64) string {
		parts := make([]string, len(list))
		for i, x := range list {
			parts[i] = show(x)
		}
		return strings.Join(parts, ", ")
	}
	switch {
	case d.Kind == Fixed:
		return figures(d.Parameters)
	case d.Within != nil:
		return fmt.Sprintf("%s [%s] within [%s]", d.Kind, figures(d.Parameters), figures(d.Within))
	case d.Chances != nil:
		return fmt.Sprintf("%s [%s] with chances [%s]", d.Kind, figures(d.Parameters), figures(d.Chances))
	}
	return fmt.Sprintf("%s [%s]", d.Kind, figures(d.Parameters))
}

// Varies reports whether the number is not the same in every draw.
func (d Distribution) Varies() bool {
	low, high := d.Support()
	return low != high
}

const distributionWant = "a number, or a mapping such as {uniform: [0.1, 0.3]}, {triangular: [0, 0.2, 0.5]} or {normal: [1, 0.2], within: [0, 2]}"

var distributionKinds = []string{Fixed, Uniform, Triangular, PERT, Normal, Discrete}

// distribution is a number, or one key with its parameters.
var distribution = codec[Distribution]{
	read:  readDistribution,
	write: writeDistribution,
	schema: func(*schemaMaker) object {
		list := func(n int) object {
			return object{"type": "array", "items": object{"type": "number"}, "minItems": n, "maxItems": n}
		}
		some := object{"type": "array", "items": object{"type": "number"}, "minItems": 1}
		one := func(properties map[string]any, must string) object {
			return object{"type": "object", "properties": properties, "required": []string{must}, "additionalProperties": false}
		}
		return object{"oneOf": []object{
			{"type": "number"},
			one(map[string]any{Fixed: object{"type": "number"}}, Fixed),
			one(map[string]any{Uniform: list(2)}, Uniform),
			one(map[string]any{Triangular: list(3)}, Triangular),
			one(map[string]any{PERT: list(3)}, PERT),
			one(map[string]any{Normal: list(2), "within": list(2)}, Normal),
			one(map[string]any{Discrete: some, "chances": some}, Discrete),
		}}
	},
}

func readDistribution(r *reader, n *node, d *Distribution) {
	if n.kind == number {
		*d = Distribution{Kind: Fixed, Parameters: []float64{n.num}}
		return
	}
	if !r.want(n, mapping, distributionWant) {
		return
	}
	var out Distribution
	for _, e := range n.entries {
		r.within(e.key, func() {
			switch {
			case e.key == "within":
				interval.read(r, e.value, &out.Within)
			case e.key == "chances":
				listOf("a list of numbers such as [3, 1]", positive).read(r, e.value, &out.Chances)
			case e.key == Fixed:
				x := math.NaN()
				if real.read(r, e.value, &x); x == x {
					out.Parameters = []float64{x}
				}
			case strings.Contains(" "+strings.Join(distributionKinds, " ")+" ", " "+e.key+" "):
				listOf("a list of numbers", real).read(r, e.value, &out.Parameters)
			default:
				r.fault("unknown-key", e.at, "unknown distribution "+quote(e.key), r.hint(e.key, distributionKinds, "use "+strings.Join(distributionKinds, ", ")))
				return
			}
			if e.key == "within" || e.key == "chances" {
				return
			}
			if out.Kind != "" {
				r.fault("bad-distribution", e.at, "two distributions are given, "+out.Kind+" and "+e.key, "keep one")
			}
			out.Kind = e.key
		})
	}
	if out.Kind == "" {
		if len(n.entries) == 0 {
			r.fault("bad-distribution", n.at, "no distribution is given", "give "+distributionWant)
		}
		return
	}
	if cause, remedy := out.impossible(); cause != "" && out.Parameters != nil {
		r.fault("bad-distribution", n.at, cause, remedy)
		return
	}
	*d = out
}

// impossible says what is wrong with a distribution.
func (d Distribution) impossible() (cause, remedy string) {
	p := d.Parameters
	wanted := map[string]int{Uniform: 2, Triangular: 3, PERT: 3, Normal: 2}
	names := map[string]string{Uniform: "[low, high]", Triangular: "[low, mode, high]", PERT: "[low, mode, high]", Normal: "[mean, sd]"}
	switch {
	case wanted[d.Kind] != 0 && len(p) != wanted[d.Kind]:
		return fmt.Sprintf("%s has %d numbers", d.Kind, len(p)), "give " + names[d.Kind]
	case d.Kind == Discrete && len(p) == 0:
		return "there is no value", "list those that the number can take"
	case d.Within != nil && d.Kind != Normal:
		return "`within` is for normal", "take it away; " + d.Kind + " has its bounds"
	case d.Chances != nil && d.Kind != Discrete:
		return "`chances` are for values", "take them away"
	case d.Chances != nil && len(d.Chances) != len(p):
		return fmt.Sprintf("there are %d values and %d chances", len(p), len(d.Chances)), "give each value its chance"
	case d.Kind == Uniform && p[0] >= p[1], (d.Kind == Triangular || d.Kind == PERT) && p[0] >= p[2]:
		return d.Kind + " begins at " + show(p[0]) + " and ends at " + show(p[len(p)-1]), "give the lower number first; a number alone is fixed"
	case (d.Kind == Triangular || d.Kind == PERT) && (p[1] < p[0] || p[1] > p[2]):
		return "the mode " + show(p[1]) + " is outside of " + show(p[0]) + " to " + show(p[2]), "give " + names[d.Kind]
	case d.Kind == Normal && p[1] <= 0:
		return "the standard deviation is " + show(p[1]), "give one above 0; a number alone is fixed"
	case d.Kind == Normal && d.Within != nil && d.chanceWithin() < 1e-9:
		return fmt.Sprintf("there is next to no chance that it lies within %s and %s", show(d.Within[0]), show(d.Within[1])), "correct the mean or the bounds"
	}
	return "", ""
}

// chanceWithin is how likely a normal number lies within the bounds.
func (d Distribution) chanceWithin() float64 {
	at := func(x float64) float64 { return (x - d.Parameters[0]) / d.Parameters[1] / math.Sqrt2 }
	low, high := at(d.Within[0]), at(d.Within[1])
	if low > 0 {
		low, high = -high, -low
	}
	return (math.Erfc(-high) - math.Erfc(-low)) / 2
}

func writeDistribution(d Distribution) *node {
	if len(d.Parameters) == 0 {
		return nil
	}
	if d.Kind == Fixed {
		return numberNode(d.Parameters[0])
	}
	n := mapNode()
	list := func(key string, v []float64) {
		if v == nil {
			return
		}
		value, _ := valueNode(v)
		n.entries = append(n.entries, pair(key, value))
	}
	list(d.Kind, d.Parameters)
	list("within", d.Within)
	list("chances", d.Chances)
	return n
}

// ParseDistribution reads a distribution as a project file writes it. Errors
// are mizan.Problems.
func ParseDistribution(text string) (Distribution, error) {
	n, problems := readFlow(mizan.Place{}, text)
	if len(problems) > 0 {
		return Distribution{}, problems
	}
	r, d := &reader{doc: &Document{root: n}}, Distribution{}
	readDistribution(r, n, &d)
	return d, r.problems.OrNil()
}
