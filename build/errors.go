package build

import (
	"fmt"

	"mizan"
)

// OptionError is an error in one option of a step: what was given cannot be
// used. Compile gives it its place.
type OptionError struct {
	ID     string // "unknown-option", "missing-option", "bad-option", "needless-option"
	Option string // name of the option, as it was written
	Cause  string
	Remedy string
}

// Error gives "cause; remedy".
func (e *OptionError) Error() string { return sentence(e.Cause, e.Remedy) }

// BadValue says that a method is not defined for a value that it met. Run adds
// the names that the method does not know and makes a problem of it.
type BadValue struct {
	ID     string  // "not-positive"
	Row    int     // position of the value among those given
	Value  float64 // the value
	More   int     // how many further values are as bad
	Needs  string  // the method, and what it needs: "the geometric mean is defined for positive values only"
	Remedy string

	Unit, Code string // what the value belongs to, where the method knows it
}

// Error gives "cause; remedy".
func (e *BadValue) Error() string { return sentence(e.Cause(), e.Remedy) }

// Cause names the value with its unit and code, and what the method needs.
func (e *BadValue) Cause() string {
	what := "a value"
	switch {
	case e.Code != "" && e.Unit != "":
		what = e.Code + " of " + e.Unit
	case e.Code != "" || e.Unit != "":
		what = e.Code + e.Unit
	}
	more := ""
	if e.More > 0 {
		more = fmt.Sprintf(" (and %d more)", e.More)
	}
	return fmt.Sprintf("%s is %s%s, and %s", what, mizan.AppendNumber(nil, e.Value, "missing"), more, e.Needs)
}

// Degenerate says that a method can learn nothing from the values it was
// given: they are all equal, or all missing. The work goes on with missing
// values; Run makes a finding of it.
type Degenerate struct {
	ID     string // "no-spread" or "no-values"
	Cause  string // "every value is 3"
	Remedy string
	Said   mizan.Saying // Cause by identity
}

// Error gives "cause; remedy".
func (e *Degenerate) Error() string { return sentence(e.Cause, e.Remedy) }

func sentence(cause, remedy string) string {
	if remedy == "" {
		return cause
	}
	return cause + "; " + remedy
}
