package spec

import (
	"encoding/json"
	"maps"
	"slices"

	"mizan"
)

// object is a piece of a JSON Schema.
type object map[string]any

func (o object) clone() object { return maps.Clone(o) }

// with returns a copy with one more keyword.
func (o object) with(key string, value any) object {
	c := o.clone()
	c[key] = value
	return c
}

// Schema is the JSON Schema (2020-12) of the project file, given the methods
// of the registry. Every key has a description; per stage the methods are
// named, and for each method its options.
func Schema(methods []mizan.Method) ([]byte, error) {
	b := &schemaMaker{methods: methods, defs: object{}}
	s := fieldsSchema(b, specKeys())
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["title"] = "Mizan project"
	s["description"] = "A composite index: who is compared, by what, from which sources, with which methods."
	s["$defs"] = b.defs
	out, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return nil, err
	}
	return append(out, '\n'), nil
}

// schemaMaker collects the definitions that are referred to.
type schemaMaker struct {
	methods []mizan.Method
	defs    object
}

// define makes a definition once and returns a reference to it.
func (b *schemaMaker) define(name, about string, make func() object) object {
	if _, ok := b.defs[name]; !ok {
		b.defs[name] = object{} // stands while the definition refers to itself
		b.defs[name] = make().with("description", about)
	}
	return object{"$ref": "#/$defs/" + name}
}

// code is the schema of a key that is a code.
func (b *schemaMaker) code() object { return object{"pattern": codePattern, "maxLength": 100} }

// fieldsSchema is the schema of a mapping with a fixed set of keys.
func fieldsSchema[S any](b *schemaMaker, fields []field[S]) object {
	properties := object{}
	var required []string
	for _, f := range fields {
		properties[f.name] = f.schema(b).with("description", f.about)
		if f.required {
			required = append(required, f.name)
		}
	}
	s := object{"type": "object", "properties": properties, "additionalProperties": false}
	if required != nil {
		s["required"] = required
	}
	return s
}

// step is the schema of the step of a stage: the name of a method, or a
// mapping with the options of the method it names, and deviations per
// indicator where the stage knows them.
func (b *schemaMaker) step(stage mizan.Stage) object {
	if !hasEach(stage) {
		return b.single(stage)
	}
	return b.define(string(stage)+"_step", "a method by its name, or with its options and steps of single indicators", func() object {
		return b.methodSchema(stage, true)
	})
}

// single is the schema of a step without steps per indicator.
func (b *schemaMaker) single(stage mizan.Stage) object {
	return b.define(string(stage)+"_method", "a method by its name, or with its options", func() object {
		return b.methodSchema(stage, false)
	})
}

// methodSchema lists the methods of a stage; with each they take the key
// `each`.
func (b *schemaMaker) methodSchema(stage mizan.Stage, each bool) object {
	var names []string
	var forms []object
	for _, m := range b.methods {
		if m.Stage != stage {
			continue
		}
		names = append(names, m.Name)
		forms = append(forms, b.methodForm(m, each))
	}
	if names == nil {
		return object{"type": []string{"string", "object"}}
	}
	bare := object{"enum": names, "description": "the name of a method"}
	return object{"oneOf": append([]object{bare}, forms...)}
}

// methodForm is a mapping with one method and its options. A step that holds
// steps per indicator need not have the required options, because those steps
// may all have them.
func (b *schemaMaker) methodForm(m mizan.Method, each bool) object {
	properties := object{"method": object{"const": m.Name, "description": m.Summary}}
	var required []string
	if m.Stage != mizan.Screen || m.Name != screenMethod {
		required = []string{"method"}
	}
	must := slices.Clone(required)
	for _, o := range m.Options {
		properties[o.Name] = optionSchema(o)
		if o.Required {
			must = append(must, o.Name)
		}
	}
	if _, own := properties["over"]; hasEach(m.Stage) && !own {
		properties["over"] = object{
			"enum": []string{"year", "panel"}, "default": "year",
			"description": "whether the method is fitted to each year or to all years together",
		}
	}
	if each {
		properties["each"] = object{
			"type": "object", "additionalProperties": b.single(m.Stage), "propertyNames": b.code(),
			"description": "steps of single indicators, in place of this one",
		}
	}
	s := object{"type": "object", "properties": properties, "additionalProperties": false, "description": m.Summary}
	switch {
	case each && len(must) > len(required):
		s["anyOf"] = []object{{"required": must}, {"required": append(required, "each")}}
	case must != nil:
		s["required"] = must
	}
	return s
}

// optionSchema is the schema of one option of a method.
func optionSchema(o mizan.Option) object {
	s := object{"description": o.Summary}
	if o.Default != nil {
		s["default"] = o.Default
	}
	switch o.Kind {
	case mizan.NumberOption:
		s["type"] = "number"
	case mizan.WholeOption:
		s["type"] = "integer"
	case mizan.BoolOption:
		s["type"] = "boolean"
	case mizan.ChoiceOption:
		s["enum"] = o.Choices
	case mizan.RangeOption:
		s["type"], s["items"] = "array", object{"type": "number"}
		s["minItems"], s["maxItems"] = 2, 2
	case mizan.CodesOption:
		s["type"], s["items"] = "array", object{"type": "string"}
		s["minItems"], s["uniqueItems"] = 1, true
	case mizan.MapOption:
		s["type"] = "object"
		values := object{"type": "number"}
		if o.Choices != nil {
			values = object{"enum": o.Choices}
		}
		s["additionalProperties"] = bounded(values, o)
		return s
	case mizan.ListOption:
		s["type"], s["items"], s["minItems"] = "array", bounded(object{"type": "number"}, o), 1
		return s
	case mizan.TableOption:
		s["type"] = "object"
		s["additionalProperties"] = object{"type": "object", "additionalProperties": bounded(object{"type": "number"}, o)}
		return s
	default:
		s["type"] = "string"
	}
	return bounded(s, o)
}

// bounded adds the bounds of an option to the schema of a number.
func bounded(s object, o mizan.Option) object {
	if o.Min != nil {
		s["minimum"] = *o.Min
	}
	if o.Max != nil {
		s["maximum"] = *o.Max
	}
	return s
}
