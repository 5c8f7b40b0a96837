package cli

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// versionDocument is what `mizan version --format json` prints.
type versionDocument struct {
	Version  string `json:"version"`
	Revision string `json:"revision,omitempty"` // of the source
	Changed  bool   `json:"changed,omitempty"`  // the source had changes beyond the revision
	Go       string `json:"go"`
	System   string `json:"system,omitempty"`
}

func newVersion(env *Env) *cobra.Command {
	out := &outputFlags{}
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Print which Mizan this is",
		Long: `Print the version, the revision of the source it was built from, and the Go
that built it.`,
		Example: `  mizan version
  mizan version --format json`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := out.check(); err != nil {
				return err
			}
			v := buildVersion()
			return out.print(cmd.Context(), env, func(p *printer) error {
				if out.format == jsonFormat {
					return p.json(v)
				}
				fmt.Fprintf(p, "mizan %s", v.Version)
				if v.Revision != "" {
					fmt.Fprintf(p, " (%s%s)", v.Revision, map[bool]string{true: ", changed"}[v.Changed])
				}
				fmt.Fprintf(p, ", %s %s\n", v.Go, v.System)
				return nil
			})
		},
	}
	out.add(cmd, textFormat, jsonFormat)
	return cmd
}

// buildVersion reads what the Go linker wrote into the program.
func buildVersion() versionDocument {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return versionDocument{Version: "(devel)"}
	}
	v := versionDocument{Version: info.Main.Version, Go: info.GoVersion}
	if v.Version == "" {
		v.Version = "(devel)"
	}
	var system, machine string
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			v.Revision = s.Value[:min(12, len(s.Value))]
		case "vcs.modified":
			v.Changed = s.Value == "true"
		case "GOOS":
			system = s.Value
		case "GOARCH":
			machine = s.Value
		}
	}
	if system != "" {
		v.System = system + "/" + machine
	}
	return v
}
