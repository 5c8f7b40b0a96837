package cli

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"mizan"
)

// asProblems finds the problems in an error; nil if there are none.
func asProblems(err error) mizan.Problems {
	var all mizan.Problems
	if errors.As(err, &all) {
		return all
	}
	var one *mizan.Problem
	if errors.As(err, &one) {
		return mizan.Problems{one}
	}
	return nil
}

// printError prints an error for a person: every problem with its place,
// cause and remedy, the place standing out on a terminal.
func (e *Env) printError(err error) {
	s := e.style(e.Stderr)
	problems := asProblems(err)
	if problems == nil {
		e.note("%s %s", s.red("mizan:"), clean(err.Error()))
		return
	}
	for _, p := range problems {
		at := clean(p.Place.String())
		if at == "" {
			at = "mizan"
		}
		e.note("%s %s", s.bold(at+":"), clean(withoutPlace(p)))
		if p.Excerpt != "" {
			e.note("%s", cleanLines(strings.TrimRight(p.Excerpt, "\n")))
		}
	}
	if len(problems) > 1 {
		e.note("%s", s.red(fmt.Sprintf("%d problems", len(problems))))
	}
}

func withoutPlace(p *mizan.Problem) string {
	if p.Remedy == "" {
		return p.Cause
	}
	return p.Cause + "; " + p.Remedy
}

// clean makes text safe for a terminal: control characters, which could move
// the cursor or recolour the screen, become a mark.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '\uFFFD'
		}
		return r
	}, s)
}

// cleanLines is clean for text of several lines.
func cleanLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = clean(strings.ReplaceAll(l, "\t", " "))
	}
	return strings.Join(lines, "\n")
}
