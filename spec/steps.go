package spec

import (
	"fmt"
	"strings"
	"sync"

	"mizan"
)

// defaultMethods are the methods of steps that are absent.
var defaultMethods = map[mizan.Stage]string{
	mizan.Impute: "none", mizan.Screen: "none", mizan.Treat: "none",
	mizan.Normalise: "min-max", mizan.Weight: "declared", mizan.Aggregate: "arithmetic-mean",
}

// screenMethod is the method of a screening step that names none.
const screenMethod = "coverage"

// hasEach reports whether a stage's step may differ per indicator.
func hasEach(stage mizan.Stage) bool {
	return stage == mizan.Impute || stage == mizan.Treat || stage == mizan.Normalise
}

// stageStep is the step of a stage.
func stageStep(stage mizan.Stage) codec[Step] {
	return codec[Step]{
		read: func(r *reader, n *node, s *Step) {
			readStep(r, n, s, hasEach(stage))
			if s.Method == "" && stage == mizan.Screen {
				s.Method = screenMethod
			}
		},
		write: func(s Step) *node {
			if s.Method == "" && s.Path == "" && len(s.Options) == 0 && len(s.Each) == 0 {
				s.Method = defaultMethods[stage]
			}
			return writeStep(s)
		},
		schema: func(b *schemaMaker) object { return b.step(stage) },
	}
}

// levelStep is the step of one node of the framework.
var levelStep = codec[*Step]{
	read: func(r *reader, n *node, s **Step) {
		*s = new(Step)
		readStep(r, n, *s, false)
	},
	write: func(s *Step) *node {
		if s == nil {
			return nil
		}
		return writeStep(*s)
	},
	schema: func(b *schemaMaker) object { return b.step(mizan.Aggregate) },
}

// levelSteps is one step, or a list of a step per level.
var levelSteps = codec[[]Step]{
	read: func(r *reader, n *node, ss *[]Step) {
		items := n.items
		if n.kind != list {
			items = []*node{n}
		} else if len(items) == 0 {
			r.fault("missing-method", n.at, "the list of methods is empty", "give one method per level, or leave it out")
		}
		*ss = nil
		for i, it := range items {
			r.within(fmt.Sprint(i), func() {
				var s Step
				readStep(r, it, &s, false)
				*ss = append(*ss, s)
			})
		}
	},
	write: func(ss []Step) *node {
		n := listNode(nil)
		for _, s := range ss {
			n.items = append(n.items, writeStep(s))
		}
		if len(ss) == 0 {
			n.items = []*node{writeStep(Step{Method: defaultMethods[mizan.Aggregate]})}
		}
		return n
	},
	schema: func(b *schemaMaker) object {
		step := b.step(mizan.Aggregate)
		return object{"anyOf": []object{step, {"type": "array", "minItems": 1, "items": step}}}
	},
}

const stepWant = "the name of a method, or a mapping such as {method: NAME, option: value}"

// readStep reads a bare method name, or a mapping of a method and its options.
// What the options mean is for package build to say.
func readStep(r *reader, n *node, s *Step, each bool) {
	s.Path = strings.Join(r.path, ".")
	switch n.kind {
	case text:
		readMethod(r, n, s)
		return
	case mapping:
	default:
		r.want(n, mapping, stepWant)
		return
	}
	for _, e := range n.entries {
		r.within(e.key, func() {
			switch {
			case e.key == "method":
				if r.want(e.value, text, "the name of a method") {
					readMethod(r, e.value, s)
				}
			case e.key == "each" && each:
				readEach(r, e.value, s)
			case e.key == "each":
				r.fault("unknown-key", e.at, "`each` does not go here", "only impute, treat and normalise have a step per indicator")
			default:
				s.Options = append(s.Options, OptionValue{Name: e.key, Value: e.value.plain()})
			}
		})
	}
}

func readMethod(r *reader, n *node, s *Step) {
	if n.text == "" {
		r.fault("missing-method", n.at, "the name of the method is empty", "name a method; `mizan methods` lists them")
		return
	}
	s.Method = n.text
}

func readEach(r *reader, n *node, s *Step) {
	if !r.want(n, mapping, "a mapping from indicator to step") {
		return
	}
	for _, e := range n.entries {
		r.within(e.key, func() {
			checkCode(r, e)
			one := EachStep{Code: e.key}
			readStep(r, e.value, &one.Step, false)
			s.Each = append(s.Each, one)
		})
	}
}

func writeStep(s Step) *node {
	n := mapNode()
	if s.Method != "" {
		n.entries = append(n.entries, pair("method", textNode(s.Method)))
	}
	for _, o := range s.Options {
		v, ok := valueNode(o.Value)
		if !ok {
			v = textNode(fmt.Sprint(o.Value))
		}
		n.entries = append(n.entries, pair(o.Name, v))
	}
	if len(s.Each) > 0 {
		each := mapNode()
		for _, e := range s.Each {
			each.entries = append(each.entries, pair(e.Code, writeStep(e.Step)))
		}
		n.entries = append(n.entries, pair("each", each))
	}
	return n
}

// denominator is a code, or {by, scale, operation}.
var denominator = codec[Denominator]{
	read: func(r *reader, n *node, d *Denominator) {
		d.Scale, d.Operation = 1, "divide"
		if n.kind == text {
			codeWord.read(r, n, &d.By)
			return
		}
		if r.want(n, mapping, "the code of an indicator, or a mapping such as {by: pop, scale: 1e6}") {
			readFields(r, n, d, denominatorKeys())
		}
	},
	write: func(d Denominator) *node {
		if d.Scale == 0 {
			d.Scale = 1
		}
		return writeFields(&d, denominatorKeys())
	},
	schema: func(b *schemaMaker) object {
		return object{"oneOf": []object{codeWord.schema(b), fieldsSchema(b, denominatorKeys())}}
	},
}

var denominatorKeys = sync.OnceValue(func() []field[Denominator] {
	return []field[Denominator]{
		key("by", codeWord, func(d *Denominator) *string { return &d.By }, "the indicator to divide by").must(),
		key("scale", positive, func(d *Denominator) *float64 { return &d.Scale }, "the result is x / (by / scale); default 1"),
		key("operation", orDefault("divide", choice("divide", "multiply")), func(d *Denominator) *string { return &d.Operation },
			"divide (default) or multiply, which turns a density into an amount"),
	}
})

// edit is {set: PATH, to: VALUE} or {remove: PATH}.
var edit = codec[Edit]{
	read: func(r *reader, n *node, e *Edit) {
		if !r.want(n, mapping, "a mapping such as {set: PATH, to: VALUE}") {
			return
		}
		readFields(r, n, e, editKeys())
		to := n.get("to")
		e.value, e.at = to, n.at
		switch {
		case n.get("set") == nil && n.get("remove") == nil:
			r.fault("bad-edit", n.at, "the edit says nothing", "write {set: PATH, to: VALUE} or {remove: PATH}")
		case n.get("set") != nil && n.get("remove") != nil:
			r.fault("bad-edit", n.at, "the edit both sets and removes", "make two edits of it")
		case n.get("set") != nil && to == nil:
			r.fault("bad-edit", n.at, "the edit sets no value", "add `to: VALUE`")
		case n.get("remove") != nil && to != nil:
			r.fault("bad-edit", n.at, "an edit that removes has no value", "write `set` in place of `remove`, or drop `to`")
		}
	},
	write: func(e Edit) *node {
		n := writeFields(&e, editKeys())
		if to := e.node(); e.Remove == "" && to != nil {
			n.entries = append(n.entries, pair("to", to))
		}
		return n
	},
	schema: func(b *schemaMaker) object {
		s := fieldsSchema(b, editKeys())
		s["oneOf"] = []object{
			{"required": []string{"set", "to"}, "not": object{"required": []string{"remove"}}},
			{"required": []string{"remove"}, "not": object{"anyOf": []object{{"required": []string{"set"}}, {"required": []string{"to"}}}}},
		}
		return s
	},
}

var editKeys = sync.OnceValue(func() []field[Edit] {
	return []field[Edit]{
		key("set", pathWord, func(e *Edit) *string { return &e.Set }, "the path whose value is set, such as build.normalise.method"),
		key("to", anything, func(e *Edit) *any { return &e.To }, "the new value"),
		key("remove", pathWord, func(e *Edit) *string { return &e.Remove }, "the path that is removed"),
	}
})

// anything is the value of an edit; it is written with the edit, because null
// is a value too.
var anything = codec[any]{
	read:   func(_ *reader, n *node, v *any) { *v = n.plain() },
	write:  func(any) *node { return nil },
	schema: func(*schemaMaker) object { return object{} },
}

var pathWord = word("a path such as build.normalise.method", object{"type": "string", "minLength": 1}, badPath)
