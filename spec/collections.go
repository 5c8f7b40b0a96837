package spec

import (
	"math"
	"strconv"
)

// keyed is a mapping whose keys are the codes of its values; the order counts.
func keyed[T any](what string, c codec[T], code func(*T) *string, checkKey func(r *reader, e entry)) codec[[]T] {
	return codec[[]T]{
		read: func(r *reader, n *node, vs *[]T) {
			*vs = nil
			if !r.want(n, mapping, what) {
				return
			}
			for _, e := range n.entries {
				r.within(e.key, func() {
					checkKey(r, e)
					var v T
					*code(&v) = e.key
					c.read(r, e.value, &v)
					*vs = append(*vs, v)
				})
			}
		},
		write: func(vs []T) *node {
			if len(vs) == 0 {
				return nil
			}
			n := mapNode()
			for _, v := range vs {
				n.entries = append(n.entries, pair(*code(&v), c.write(v)))
			}
			return n
		},
		schema: func(b *schemaMaker) object {
			return object{"type": "object", "additionalProperties": c.schema(b), "propertyNames": b.code()}
		},
	}
}

// listOf is a list of values.
func listOf[T any](what string, c codec[T]) codec[[]T] {
	return codec[[]T]{
		read: func(r *reader, n *node, vs *[]T) {
			*vs = nil
			if !r.want(n, list, what) {
				return
			}
			for i, it := range n.items {
				r.within(strconv.Itoa(i), func() {
					var v T
					c.read(r, it, &v)
					*vs = append(*vs, v)
				})
			}
		},
		write: func(vs []T) *node {
			if len(vs) == 0 {
				return nil
			}
			n := listNode(nil)
			for _, v := range vs {
				it := c.write(v)
				if it == nil {
					it = textNode("")
				}
				n.items = append(n.items, it)
			}
			return n
		},
		schema: func(b *schemaMaker) object {
			return object{"type": "array", "items": c.schema(b)}
		},
	}
}

// optional is a value that may be absent, which is not its zero.
func optional[T any](c codec[T]) codec[*T] {
	return codec[*T]{
		read: func(r *reader, n *node, v **T) {
			before := len(r.problems)
			var x T
			if c.read(r, n, &x); len(r.problems) == before {
				*v = &x
			}
		},
		write: func(v *T) *node {
			if v == nil {
				return nil
			}
			return c.write(*v)
		},
		schema: c.schema,
	}
}

// oneOrMore is a value that may stand alone, or a list of values.
func oneOrMore[T any](what string, c codec[T]) codec[[]T] {
	many := listOf(what, c)
	return codec[[]T]{
		read: func(r *reader, n *node, vs *[]T) {
			switch {
			case n.kind == list && len(n.items) == 0:
				r.fault("empty-list", n.at, "the list is empty", "give "+what+", or leave it out")
			case n.kind == list:
				many.read(r, n, vs)
			default:
				var v T
				c.read(r, n, &v)
				*vs = []T{v}
			}
		},
		write: func(vs []T) *node {
			if len(vs) == 1 {
				return c.write(vs[0])
			}
			return many.write(vs)
		},
		schema: func(b *schemaMaker) object {
			return object{"oneOf": []object{c.schema(b), many.schema(b).with("minItems", 1)}}
		},
	}
}

// numbers is a mapping from names to numbers; the order does not count.
func numbers(what string) codec[map[string]float64] {
	return codec[map[string]float64]{
		read: func(r *reader, n *node, v *map[string]float64) {
			*v = nil
			if !r.want(n, mapping, what) {
				return
			}
			for _, e := range n.entries {
				r.within(e.key, func() {
					checkCode(r, e)
					x := math.NaN()
					if real.read(r, e.value, &x); math.IsNaN(x) {
						return
					}
					if *v == nil {
						*v = map[string]float64{}
					}
					(*v)[e.key] = x
				})
			}
		},
		write: func(v map[string]float64) *node {
			if len(v) == 0 {
				return nil
			}
			n := mapNode()
			for _, k := range sortedKeys(v) {
				n.entries = append(n.entries, pair(k, numberNode(v[k])))
			}
			return n
		},
		schema: func(b *schemaMaker) object {
			return object{"type": "object", "additionalProperties": object{"type": "number"}, "propertyNames": b.code()}
		},
	}
}
