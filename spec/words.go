package spec

import (
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"sync"
	"unicode"

	"mizan"
)

// codePattern is what a code looks like, in the words of JSON Schema.
const codePattern = `^[\p{L}\p{M}\p{N}_-]+$`

const codeRemedy = "use letters, digits, `_` and `-`"

// badCode says what is wrong with a code: the key of an indicator, an
// aggregate or a variant. Dots are refused because paths are made with them.
func badCode(s string) (cause, remedy string) {
	if s == "" {
		return "the code is empty", "give a code, such as `gdp`"
	}
	if len(s) > 100 {
		return "the code " + quote(s) + " is too long", "use at most 100 bytes"
	}
	for _, c := range s {
		if unicode.IsLetter(c) || unicode.IsMark(c) || unicode.IsNumber(c) || c == '_' || c == '-' {
			continue
		}
		if c == ' ' {
			return "the code " + quote(s) + " has a blank", codeRemedy
		}
		return fmt.Sprintf("the code %s has the character %q", quote(s), c), codeRemedy
	}
	return "", ""
}

var codeWord = word("a code", object{"type": "string", "pattern": codePattern, "maxLength": 100}, badCode)

// checkCode reports a key that is no code.
func checkCode(r *reader, e entry) {
	if cause, remedy := badCode(e.key); cause != "" {
		r.fault("bad-code", e.at, cause, remedy)
	}
}

const idPattern = `^[a-z0-9]+([_-][a-z0-9]+)*$`

var idRule = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(idPattern) })

var idWord = word("the project's id", object{"type": "string", "pattern": idPattern, "maxLength": 64}, func(s string) (string, string) {
	if len(s) > 64 || !idRule().MatchString(s) {
		return "the id " + quote(s) + " is not in the form of an id", "use small letters a to z, digits and hyphens, such as `ai-race`"
	}
	return "", ""
})

// line is text without control characters.
func line(what string) codec[string] {
	return word(what, object{"type": "string", "minLength": 1}, func(s string) (string, string) {
		switch {
		case strings.TrimSpace(s) == "":
			return "the text is empty", "give " + what + ", or leave it out"
		case strings.ContainsFunc(s, unicode.IsControl):
			return "the text " + quote(s) + " has a control character", "delete it"
		}
		return "", ""
	})
}

// fileName is the name of a file of the project.
var fileName = word("the name of a file", object{"type": "string", "minLength": 1}, func(s string) (string, string) {
	const remedy = "name a file in the project's folder, with forward slashes, such as `data/units.csv`"
	switch {
	case s == "":
		return "the name of the file is empty", remedy
	case strings.ContainsFunc(s, unicode.IsControl) || strings.Contains(s, `\`) || !fs.ValidPath(s) || s == ".":
		return quote(s) + " is not a file of the project", remedy
	}
	return "", ""
})

// languagePattern is the shape of a BCP 47 tag.
const languagePattern = `^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`

var languageRule = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(languagePattern) })

// labels is text in one or several languages: plain text, or a mapping from
// language tag to text. The empty tag is the text without language.
var labels = codec[mizan.Text]{
	read: func(r *reader, n *node, v *mizan.Text) {
		if n.kind == text {
			*v = mizan.Text{"": n.text}
			return
		}
		if !r.want(n, mapping, "text, or a mapping from language to text") {
			return
		}
		*v = make(mizan.Text, len(n.entries))
		for _, e := range n.entries {
			r.within(e.key, func() {
				if e.key != "" && !languageRule().MatchString(e.key) {
					r.fault("bad-language", e.at, quote(e.key)+" is not a language tag", "use a tag such as en, ar, ru, zh or zh-Hans")
					return
				}
				if r.want(e.value, text, "text") {
					(*v)[e.key] = e.value.text
				}
			})
		}
	},
	write: func(v mizan.Text) *node {
		if len(v) == 0 {
			return nil
		}
		if s, ok := v[""]; ok && len(v) == 1 {
			return textNode(s)
		}
		n := mapNode()
		for _, lang := range sortedKeys(v) {
			n.entries = append(n.entries, pair(lang, textNode(v[lang])))
		}
		return n
	},
	schema: func(b *schemaMaker) object {
		return b.define("label", "text in one language, or a mapping from language tag to text", func() object {
			return object{"oneOf": []object{
				{"type": "string"},
				{
					"type": "object", "additionalProperties": object{"type": "string"},
					"propertyNames": object{"anyOf": []object{{"const": ""}, {"pattern": languagePattern}}},
				},
			}}
		})
	},
}
