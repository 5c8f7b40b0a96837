package spec

import (
	"fmt"
	"math"
)

// version is the value of the key `mizan`.
var version = codec[int]{
	read: func(r *reader, n *node, v *int) {
		if !r.want(n, number, "the version of the file format, 1") {
			return
		}
		if n.num != Version {
			r.fault("wrong-version", n.at, "this is version "+show(n.num)+" of the project file", fmt.Sprintf("write `mizan: %d`, or use the mizan that reads this version", Version))
			return
		}
		*v = Version
	},
	write:  func(int) *node { return numberNode(Version) },
	schema: func(*schemaMaker) object { return object{"const": Version} },
}

// direction is 1 or -1.
var direction = codec[int]{
	read: func(r *reader, n *node, v *int) {
		if !r.want(n, number, "1 or -1") {
			return
		}
		if n.num != 1 && n.num != -1 {
			r.fault("bad-direction", n.at, "the direction is "+show(n.num), "give 1 if more is better, -1 if less is")
			return
		}
		*v = int(n.num)
	},
	write: func(v int) *node {
		if v == 0 {
			v = 1
		}
		return numberNode(float64(v))
	},
	schema: func(*schemaMaker) object { return object{"enum": []int{1, -1}, "default": 1} },
}

// nodeDirection is a direction that the canonical form leaves out where it is 1.
var nodeDirection = codec[int]{
	read: direction.read,
	write: func(v int) *node {
		if v == -1 {
			return numberNode(-1)
		}
		return nil
	},
	schema: direction.schema,
}

// weight is a number of at least zero; absent means 1.
var weight = codec[*float64]{
	read: func(r *reader, n *node, v **float64) {
		if !r.want(n, number, "a number") {
			return
		}
		if n.num < 0 {
			r.fault("bad-weight", n.at, "the weight is negative ("+show(n.num)+")", "give zero or more; set `direction: -1` where less is better")
			return
		}
		w := n.num
		*v = &w
	},
	write: func(v *float64) *node {
		if v == nil {
			return numberNode(1)
		}
		return numberNode(*v)
	},
	schema: func(*schemaMaker) object { return object{"type": "number", "minimum": 0, "default": 1} },
}

// positive is a number above zero.
var positive = codec[float64]{
	read: func(r *reader, n *node, v *float64) {
		if !r.want(n, number, "a number above 0") {
			return
		}
		if n.num <= 0 {
			r.fault("out-of-range", n.at, show(n.num)+" is out of range", "give a number above 0")
			return
		}
		*v = n.num
	},
	write:  numberNode,
	schema: func(*schemaMaker) object { return object{"type": "number", "exclusiveMinimum": 0} },
}

// interval is a list of two numbers, low before high.
var interval = codec[[]float64]{
	read: func(r *reader, n *node, v *[]float64) {
		const want = "a list of two numbers [low, high]"
		if !r.want(n, list, want) {
			return
		}
		if len(n.items) != 2 {
			r.fault("bad-range", n.at, fmt.Sprintf("the range has %d entries", len(n.items)), "give "+want)
			return
		}
		out := []float64{math.NaN(), math.NaN()}
		for i, it := range n.items {
			real.read(r, it, &out[i])
		}
		switch {
		case math.IsNaN(out[0]) || math.IsNaN(out[1]):
		case out[0] >= out[1]:
			r.fault("bad-range", n.at, "the range begins at "+show(out[0])+" and ends at "+show(out[1]), "give the lower number first")
		default:
			*v = out
		}
	},
	write: func(v []float64) *node {
		if len(v) == 0 {
			return nil
		}
		n, _ := valueNode(v)
		return n
	},
	schema: func(*schemaMaker) object {
		return object{"type": "array", "items": object{"type": "number"}, "minItems": 2, "maxItems": 2}
	},
}

// frameworkNode is a node of the framework with all below it.
func frameworkNode() codec[Node] {
	c := record("a mapping such as {code: talent, children: […]}", nodeKeys)
	c.schema = func(b *schemaMaker) object {
		return b.define("node", "an aggregate with its children, or an indicator", func() object {
			return fieldsSchema(b, nodeKeys())
		})
	}
	return c
}
