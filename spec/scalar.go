package spec

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// plainScalar reads an unquoted word as YAML 1.2 does (core schema): null,
// true and false, numbers, and everything else as text. Words such as `no`,
// `off` and `1_000` are text. finite is false for .nan, .inf and for numbers
// too large for a double.
func plainScalar(s string) (n *node, finite bool) {
	switch s {
	case "", "~", "null", "Null", "NULL":
		return &node{}, true
	case "true", "True", "TRUE":
		return boolNode(true), true
	case "false", "False", "FALSE":
		return boolNode(false), true
	case ".nan", ".NaN", ".NAN":
		return nil, false
	}
	switch strings.ToLower(strings.TrimLeft(s, "+-")) {
	case ".inf":
		return nil, false
	}
	if v, ok := readNumber(s); ok {
		if math.IsInf(v, 0) {
			return nil, false
		}
		return &node{kind: number, num: v, text: s}, true
	}
	return textNode(s), true
}

// readNumber reads the numbers of YAML 1.2: decimal, 0x and 0o.
func readNumber(s string) (float64, bool) {
	if len(s) > 2 && (s[:2] == "0x" || s[:2] == "0o") {
		v, err := strconv.ParseUint(s, 0, 64)
		return float64(v), err == nil && !strings.Contains(s, "_")
	}
	digits := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			digits = true
		case c != '+' && c != '-' && c != '.' && c != 'e' && c != 'E':
			return 0, false
		}
	}
	if !digits {
		return 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil && !math.IsInf(v, 0) {
		return 0, false
	}
	return v, true
}
