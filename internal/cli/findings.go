package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"mizan"
	"mizan/spec"
)

// severities from the mildest up.
var severities = []mizan.Severity{mizan.Info, mizan.Warn, mizan.Fail}

// failFlag is the flag --fail-on.
type failFlag struct{ severity string }

func (f *failFlag) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.severity, "fail-on", "", "exit with status 3 if there is a finding of this `SEVERITY` or worse: info, warn, fail")
	complete(cmd, "fail-on", func(*cobra.Command, []string) []string { return []string{"info", "warn", "fail"} })
}

func (f *failFlag) check() error {
	if f.severity == "" || slices.Contains(severities, mizan.Severity(f.severity)) {
		return nil
	}
	if near, ok := spec.Suggest(f.severity, []string{"info", "warn", "fail"}); ok {
		return usage("unknown severity %q; did you mean %q?", f.severity, near)
	}
	return usage("unknown severity %q; there are info, warn and fail", f.severity)
}

// verdict is the exit status that the findings call for.
func (f *failFlag) verdict(findings []mizan.Finding) error {
	if f.severity == "" {
		return nil
	}
	limit := slices.Index(severities, mizan.Severity(f.severity))
	for _, x := range findings {
		if slices.Index(severities, x.Severity) >= limit {
			return &statusError{statusFindings}
		}
	}
	return nil
}

// shownPerKind is how many findings of one kind are printed as text; the rest
// are counted.
const shownPerKind = 10

// printFindings prints findings, the gravest first, with their places.
func (w *printer) printFindings(at func(mizan.Place) mizan.Place, findings []mizan.Finding) {
	list := slices.Clone(findings)
	slices.SortStableFunc(list, func(a, b mizan.Finding) int {
		return slices.Index(severities, b.Severity) - slices.Index(severities, a.Severity)
	})
	count := map[string]int{}
	for _, f := range list {
		count[f.ID]++
	}
	shown := map[string]int{}
	for _, f := range list {
		shown[f.ID]++
		if shown[f.ID] > shownPerKind {
			continue
		}
		line := w.severity(f.Severity) + " " + f.ID + ": "
		if place := at(f.Place).String(); place != "" {
			line += clean(place) + ": "
		}
		line += clean(f.Message)
		if f.Remedy != "" {
			line += "; " + clean(f.Remedy)
		}
		fmt.Fprintln(w, line)
		if more := count[f.ID] - shownPerKind; shown[f.ID] == shownPerKind && more > 0 {
			fmt.Fprintf(w, "     %s: %d more (`mizan check --format json` lists all)\n", f.ID, more)
		}
	}
}

func (w *printer) severity(s mizan.Severity) string {
	word := fmt.Sprintf("%-4s", string(s))
	switch s {
	case mizan.Fail:
		return w.red(word)
	case mizan.Warn:
		return w.yellow(word)
	}
	return w.dim(word)
}

// worth reports whether there is a finding that a user should see unasked.
func worth(findings []mizan.Finding) bool {
	return slices.ContainsFunc(findings, func(f mizan.Finding) bool { return f.Severity != mizan.Info })
}

// countFindings says how many there are of each severity: "2 warn, 3 info".
func countFindings(findings []mizan.Finding) string {
	var parts []string
	for _, s := range slices.Backward(severities) {
		n := 0
		for _, f := range findings {
			if f.Severity == s {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, s))
		}
	}
	if len(parts) == 0 {
		return "none"
	}
	return strings.Join(parts, ", ")
}
