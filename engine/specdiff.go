package engine

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"mizan"
	"mizan/spec"
)

// SpecChange is one setting in which two projects differ. A or B is "" where
// the project does not have the setting. Path is that of an edit.
type SpecChange struct {
	Path string `json:"path"`
	A    string `json:"a"`
	B    string `json:"b"`
}

// DiffSpecs lists the settings in which two projects differ and that can bear
// on scores, in the order of the project file. Titles, names, descriptions,
// variants, published rankings and what is said to the audit are passed over.
func DiffSpecs(a, b *spec.Spec) []SpecChange {
	left, right := flattenSpec(a), flattenSpec(b)
	other := map[string]string{}
	for _, s := range right {
		other[s.path] = s.value
	}
	var changes []SpecChange
	mine := map[string]bool{}
	for _, s := range left {
		mine[s.path] = true
		if v := other[s.path]; v != s.value {
			changes = append(changes, SpecChange{s.path, s.value, v})
		}
	}
	for _, s := range right {
		if !mine[s.path] {
			changes = append(changes, SpecChange{s.path, "", s.value})
		}
	}
	return changes
}

// setting is one value of a spec with its path.
type setting struct{ path, value string }

func flattenSpec(s *spec.Spec) []setting {
	f := &flattener{}
	if s != nil {
		f.fields("", reflect.ValueOf(*s))
	}
	return f.list
}

// flattener walks a spec by the keys of its fields.
type flattener struct{ list []setting }

func (f *flattener) add(path, value string) { f.list = append(f.list, setting{path, value}) }

// silent are keys that cannot bear on a score.
var silent = map[string]bool{"title": true, "description": true, "name": true, "variants": true, "published": true, "audit": true, "mizan": true, "id": true}

func (f *flattener) fields(path string, v reflect.Value) {
	for i := range v.NumField() {
		field := v.Type().Field(i)
		key := field.Tag.Get("yaml")
		if !field.IsExported() || key == "-" || silent[key] || path != "" && key == "code" {
			continue
		}
		if key == "" {
			key = strings.ToLower(field.Name)
		}
		f.value(join(path, key), v.Field(i))
	}
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func (f *flattener) value(path string, v reflect.Value) {
	switch x := v.Interface().(type) {
	case mizan.Text:
		return
	case spec.Step:
		f.step(path, x)
		return
	case spec.Node:
		f.node(x, "")
		return
	case []spec.Step:
		for i, s := range x {
			f.step(join(path, strconv.Itoa(i)), s)
		}
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			f.value(path, v.Elem())
		}
	case reflect.Struct:
		f.fields(path, v)
	case reflect.Slice:
		f.elements(path, v)
	default:
		if !v.IsZero() {
			f.add(path, plain(v.Interface()))
		}
	}
}

// elements names the elements of a list by their codes, and lists of plain
// values as one setting.
func (f *flattener) elements(path string, v reflect.Value) {
	if v.Len() == 0 {
		return
	}
	if v.Type().Elem().Kind() != reflect.Struct {
		f.add(path, plain(v.Interface()))
		return
	}
	for i := range v.Len() {
		key := strconv.Itoa(i)
		if code := v.Index(i).FieldByName("Code"); code.IsValid() {
			key = code.String()
		}
		f.value(join(path, key), v.Index(i))
	}
}

func (f *flattener) step(path string, s spec.Step) {
	f.add(join(path, "method"), s.Method)
	for _, o := range s.Options {
		f.add(join(path, o.Name), plain(o.Value))
	}
	for _, e := range s.Each {
		f.step(join(path, "each."+e.Code), e.Step)
	}
}

// node names every node of the framework by its code alone.
func (f *flattener) node(n spec.Node, parent string) {
	path := "framework"
	if parent == "" {
		f.add("framework.code", n.Code)
	} else {
		path = "framework." + n.Code
		f.add(path+".parent", parent)
		if n.Weight != nil {
			f.add(path+".weight", plain(*n.Weight))
		}
		if n.Direction == -1 {
			f.add(path+".direction", "-1")
		}
	}
	if n.Aggregate != nil {
		f.step(path+".aggregate", *n.Aggregate)
	}
	for _, c := range n.Children {
		f.node(c, n.Code)
	}
}

// plain writes a value as it would stand in a project file.
func plain(v any) string {
	switch x := v.(type) {
	case string:
		return x
	case float64:
		return string(mizan.AppendNumber(nil, x, "null"))
	}
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(text)
}
