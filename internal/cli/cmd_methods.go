package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"mizan"
	"mizan/build"
	"mizan/spec"
)

// methodDocument is a method as `mizan methods --format json` prints it.
type methodDocument struct {
	Stage   mizan.Stage      `json:"stage"`
	Name    string           `json:"name"`
	Summary string           `json:"summary"`
	Formula string           `json:"formula,omitempty"`
	Missing string           `json:"missing,omitempty"`
	Source  string           `json:"source,omitempty"`
	Options []optionDocument `json:"options"`
}

type optionDocument struct {
	Name     string           `json:"name"`
	Kind     mizan.OptionKind `json:"kind"`
	Summary  string           `json:"summary"`
	Default  any              `json:"default,omitempty"`
	Required bool             `json:"required,omitempty"`
	Choices  []string         `json:"choices,omitempty"`
	Min      *float64         `json:"min,omitempty"`
	Max      *float64         `json:"max,omitempty"`
}

func newMethods(env *Env) *cobra.Command {
	out := &outputFlags{}
	cmd := &cobra.Command{
		Use:   "methods [STAGE|NAME]",
		Short: "List the methods of every stage, or tell of one",
		Long: `List the methods of every stage, those of one STAGE, or tell all of one method:
its formula, its options, its rule for missing values and its source.`,
		Example: `  mizan methods
  mizan methods normalise
  mizan methods winsorise
  mizan methods --format json`,
		Args: arguments(0, 1),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return methodWords(build.Methods()), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := out.check(); err != nil {
				return err
			}
			list := build.Methods()
			detailed := false
			if len(args) > 0 {
				var err error
				if list, detailed, err = chooseMethods(list, args[0]); err != nil {
					return err
				}
			}
			return out.print(cmd.Context(), env, func(p *printer) error {
				switch {
				case out.format == jsonFormat:
					return p.json(methodDocuments(list))
				case detailed:
					printMethods(p, list)
				default:
					listMethods(p, list)
				}
				return nil
			})
		},
	}
	out.add(cmd, textFormat, jsonFormat)
	return cmd
}

// methodWords are the stages and the names, each once.
func methodWords(list []mizan.Method) []string {
	var words []string
	for _, m := range list {
		if !slices.Contains(words, string(m.Stage)) {
			words = append(words, string(m.Stage))
		}
	}
	for _, m := range list {
		if !slices.Contains(words, m.Name) {
			words = append(words, m.Name)
		}
	}
	return words
}

// chooseMethods finds the methods of a stage, or those of a name, of which
// all is told.
func chooseMethods(list []mizan.Method, word string) (found []mizan.Method, detailed bool, err error) {
	for _, m := range list {
		if string(m.Stage) == word {
			found = append(found, m)
		}
	}
	if len(found) > 0 {
		return found, false, nil
	}
	for _, m := range list {
		if m.Name == word {
			found = append(found, m)
		}
	}
	if len(found) > 0 {
		return found, true, nil
	}
	remedy := "`mizan methods` lists them all"
	if near, ok := spec.Suggest(word, methodWords(list)); ok {
		remedy = fmt.Sprintf("did you mean %q?", near)
	}
	return nil, false, problem("unknown-method", "", fmt.Sprintf("there is no stage or method %q", word), remedy)
}

func listMethods(p *printer, list []mizan.Method) {
	t := newTable("stage", "method", "what it does")
	for _, m := range list {
		t.add(string(m.Stage), m.Name, m.Summary)
	}
	t.write(p, p.style, "")
}

func printMethods(p *printer, list []mizan.Method) {
	for i, m := range list {
		if i > 0 {
			fmt.Fprintln(p)
		}
		fmt.Fprintf(p, "%s (%s)\n  %s\n", p.bold(m.Name), m.Stage, m.Summary)
		for _, part := range []struct{ head, text string }{{"Formula", m.Formula}, {"Missing values", m.Missing}, {"Source", m.Source}} {
			if part.text != "" {
				fmt.Fprintf(p, "\n  %s\n    %s\n", p.bold(part.head), strings.ReplaceAll(strings.TrimSpace(part.text), "\n", "\n    "))
			}
		}
		if len(m.Options) == 0 {
			continue
		}
		fmt.Fprintf(p, "\n  %s\n", p.bold("Options"))
		t := newTable("", "", "", "")
		for _, o := range m.Options {
			t.add(o.Name, optionValues(o), optionDefault(o), o.Summary)
		}
		t.write(p, p.style, "    ")
	}
}

// optionValues says what an option may hold.
func optionValues(o mizan.Option) string {
	if len(o.Choices) > 0 {
		return strings.Join(o.Choices, "|")
	}
	kind := string(o.Kind)
	switch {
	case o.Min != nil && o.Max != nil:
		kind += fmt.Sprintf(" %s to %s", exact(*o.Min), exact(*o.Max))
	case o.Min != nil:
		kind += " from " + exact(*o.Min)
	case o.Max != nil:
		kind += " to " + exact(*o.Max)
	}
	return kind
}

func optionDefault(o mizan.Option) string {
	switch v := o.Default.(type) {
	case nil:
		if o.Required {
			return "required"
		}
		return ""
	case float64:
		return "default " + exact(v)
	case []float64:
		parts := make([]string, len(v))
		for i, x := range v {
			parts[i] = exact(x)
		}
		return "default [" + strings.Join(parts, ", ") + "]"
	}
	return fmt.Sprintf("default %v", o.Default)
}

func methodDocuments(list []mizan.Method) []methodDocument {
	docs := make([]methodDocument, len(list))
	for i, m := range list {
		docs[i] = methodDocument{m.Stage, m.Name, m.Summary, m.Formula, m.Missing, m.Source, make([]optionDocument, len(m.Options))}
		for j, o := range m.Options {
			docs[i].Options[j] = optionDocument(o)
		}
	}
	return docs
}
