package cli

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// TestCommandsDescribeThemselves: whoever adds a command says what it does,
// with an example that uses flags it has.
func TestCommandsDescribeThemselves(t *testing.T) {
	root := newRoot(&Env{})
	for _, c := range root.Commands() {
		if c.Short == "" || c.Long == "" || c.Example == "" {
			t.Errorf("%s: Short, Long and Example must be given", c.Name())
		}
		if strings.HasSuffix(c.Short, ".") {
			t.Errorf("%s: Short ends with a full stop", c.Name())
		}
		if !strings.Contains(c.Example, "mizan "+c.Name()) {
			t.Errorf("%s: no example uses it", c.Name())
		}
		if c.Args == nil && !c.HasSubCommands() {
			t.Errorf("%s: it takes any arguments", c.Name())
		}
		for _, flag := range regexp.MustCompile(`\s--([a-z-]+)`).FindAllStringSubmatch(c.Example, -1) {
			if !hasFlag(c, flag[1]) {
				t.Errorf("%s: the examples use --%s, which it does not have", c.Name(), flag[1])
			}
		}
	}
}

func hasFlag(c *cobra.Command, name string) bool {
	if c.Flags().Lookup(name) != nil {
		return true
	}
	for _, sub := range c.Commands() {
		if hasFlag(sub, name) {
			return true
		}
	}
	return false
}

// TestReference keeps docs/commands.md as the program's own help.
func TestReference(t *testing.T) {
	const name = "../../docs/commands.md"
	got := reference(newRoot(&Env{}))
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("docs/commands.md is not what the program says (`make golden` writes it anew; -file +program):\n%s", d)
	}
}

// reference is the manual of all commands in Markdown.
func reference(root *cobra.Command) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Commands\n\nMade from the program's own help by `make golden`; do not edit.\n\n%s\n\n", root.Long)
	b.WriteString("| command | what it does |\n|---|---|\n")
	for _, c := range root.Commands() {
		fmt.Fprintf(&b, "| [%s](#mizan-%s) | %s |\n", c.Name(), c.Name(), c.Short)
	}
	for _, c := range root.Commands() {
		referenceOf(&b, c)
	}
	return b.String()
}

func referenceOf(b *strings.Builder, c *cobra.Command) {
	fmt.Fprintf(b, "\n## %s\n\n    %s\n\n%s\n\nExamples:\n\n%s\n", c.CommandPath(), c.UseLine(), c.Long, indent(c.Example))
	var flags strings.Builder
	c.LocalFlags().VisitAll(func(f *pflag.Flag) {
		if f.Name == "help" || f.Hidden {
			return
		}
		word, text := pflag.UnquoteUsage(f)
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		if word != "" {
			name += " " + word
		}
		fmt.Fprintf(&flags, "| `%s` | %s |\n", name, strings.ReplaceAll(text, "|", `\|`))
	})
	if flags.Len() > 0 {
		fmt.Fprintf(b, "\n| flag | |\n|---|---|\n%s", flags.String())
	}
	for _, sub := range c.Commands() {
		if !sub.Hidden {
			referenceOf(b, sub)
		}
	}
}

// indent makes a block of code of a text; examples are indented by two.
func indent(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		if l != "" {
			lines[i] = "    " + strings.TrimPrefix(l, "  ")
		}
	}
	return strings.Join(lines, "\n")
}
