package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"mizan"
	"mizan/dataset"
	"mizan/engine"
	"mizan/spec"
)

// maxReport bounds a report.json that is read.
const maxReport = 4 << 30

// diffFlags are the flags of `mizan diff` alone.
type diffFlags struct {
	with      []string
	published bool
	year      int
	top       int
}

func newDiff(env *Env) *cobra.Command {
	in, out, own := &projectFlags{}, &outputFlags{}, &diffFlags{}
	cmd := &cobra.Command{
		Use:   "diff [A [B]]",
		Short: "Compare two builds, or a build with a published ranking, and tell why they differ",
		Long: `Compare two builds: which units moved, by which indicators, and which settings
differ. A and B are projects, folders that mizan build -o wrote, or their
report.json; B may also be a published ranking, a CSV with the columns unit and
score.

--variant, --set and --unset change B. Without B they change A, which is then
compared with itself as written. Without B and without changes, A is compared with
the published rankings that the project names. With --with or --published, A is
compared with published rankings, changed or not.`,
		Example: `  mizan diff
  mizan diff --set build.treat.root=2
  mizan diff --published --set build.treat.root=2
  mizan diff ai-race --with ranking.csv
  mizan diff out1 out2 --top 5
  mizan diff out1/report.json myindex --format json`,
		Args: arguments(0, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := out.check(); err != nil {
				return err
			}
			if own.top < 0 {
				return usage("--top is negative; give 1 or more, or 0 for all")
			}
			d := &differ{env: env, in: in, out: out, diffFlags: own}
			return d.run(cmd.Context(), args)
		},
	}
	in.add(env, cmd)
	out.add(cmd, textFormat, jsonFormat, csvFormat)
	flags := cmd.Flags()
	flags.StringArrayVar(&own.with, "with", nil, "compare with the published ranking in this `FILE` (may repeat)")
	flags.BoolVar(&own.published, "published", false, "compare with the published rankings that the project names")
	flags.IntVar(&own.year, "year", 0, "the year (default: the latest that both have)")
	flags.IntVar(&own.top, "top", 20, "print this many units at most as text; 0 means all")
	return cmd
}

// differ carries out one comparison.
type differ struct {
	env *Env
	in  *projectFlags
	out *outputFlags
	*diffFlags
}

func (d *differ) run(ctx context.Context, args []string) error {
	changed := len(d.in.edits) > 0 || d.in.variant != ""
	if d.in.project != "" {
		args = append([]string{d.in.project}, args...)
		if len(args) > 2 {
			return usage("three things to compare: %s", strings.Join(args, ", "))
		}
		d.in.project = ""
	}
	if len(args) == 2 && strings.HasSuffix(args[1], ".csv") {
		d.with, args = append(d.with, args[1]), args[:1]
	}
	first := ""
	if len(args) > 0 {
		first = args[0]
	}
	if len(args) == 2 {
		if d.published || len(d.with) > 0 {
			return usage("--with and --published compare one build; there are two, %s", strings.Join(args, " and "))
		}
		return d.compareBuilds(ctx, first, args[1])
	}
	if changed && !d.published && len(d.with) == 0 {
		return d.compareBuilds(ctx, first, first)
	}
	return d.comparePublished(ctx, first)
}

// compareBuilds compares A as written with B as the flags change it.
func (d *differ) compareBuilds(ctx context.Context, first, second string) error {
	a, _, err := d.load(ctx, first, &projectFlags{})
	if err != nil {
		return err
	}
	b, _, err := d.load(ctx, second, d.in)
	if err != nil {
		return err
	}
	diff, err := engine.Diff(a, b, d.year)
	if err != nil {
		return err
	}
	return d.out.print(ctx, d.env, func(w *printer) error {
		switch d.out.format {
		case jsonFormat:
			return w.json(diff)
		case csvFormat:
			w.changesCSV(diff.Units)
			return nil
		}
		w.diff(newLabels(a, d.out.lang), diff, d.top)
		return nil
	})
}

// comparePublished compares A with published rankings.
func (d *differ) comparePublished(ctx context.Context, first string) error {
	r, p, err := d.load(ctx, first, d.in)
	if err != nil {
		return err
	}
	sources, err := d.sources(r, p)
	if err != nil {
		return err
	}
	list := []*engine.Against{}
	for _, s := range sources {
		g, err := engine.Compare(r, d.year, s.name, s.scores)
		if err != nil {
			return err
		}
		if g.Agreement.Common == 0 {
			return problem("nothing-in-common", "", fmt.Sprintf("%s and %s have no unit in common", r.Project.ID, clean(s.name)),
				"write units by the codes of the project, which `mizan build` prints")
		}
		list = append(list, g)
	}
	return d.out.print(ctx, d.env, func(w *printer) error {
		switch d.out.format {
		case jsonFormat:
			return w.json(list)
		case csvFormat:
			for _, g := range list {
				w.changesCSV(g.Units)
			}
			return nil
		}
		for i, g := range list {
			if i > 0 {
				fmt.Fprintln(w)
			}
			w.against(newLabels(r, d.out.lang), g, d.top)
		}
		return nil
	})
}

// published is a published ranking as it was read.
type published struct {
	name   string
	scores []dataset.Score
}

// sources reads the published rankings: those of --with, and those that the
// project names if asked for or if there is nothing else.
func (d *differ) sources(r *engine.Report, p *project) ([]published, error) {
	var list []published
	var problems mizan.Problems
	for _, name := range d.with {
		f, err := os.Open(d.env.path(name))
		if err != nil {
			problems = append(problems, fileProblem(name, err))
			continue
		}
		scores, err := dataset.ReadScores(name, f)
		_ = f.Close()
		problems = append(problems, asProblems(err)...)
		list = append(list, published{name, scores})
	}
	if d.published || len(d.with) == 0 {
		if p == nil || len(r.Spec.Published) == 0 {
			return nil, usage("%s names no published ranking; name a second build, or a ranking by --with FILE.csv", r.Project.ID)
		}
		for i, c := range r.Spec.Published {
			scores, err := p.readPublished(r.Spec, i)
			problems = append(problems, asProblems(err)...)
			list = append(list, published{c.Name.In(d.out.lang), scores})
		}
	}
	return list, problems.OrNil()
}

// readPublished reads a ranking that the project names.
func (p *project) readPublished(s *spec.Spec, i int) ([]dataset.Score, error) {
	name := s.Published[i].File
	f, err := p.Files.Open(name)
	if err != nil {
		why := fileProblem(name, err)
		q := s.Problem(why.ID, fmt.Sprintf("published.%d.file", i), fmt.Sprintf("the file %s cannot be used: %s", name, why.Cause),
			"is the name right? names are relative to the project's folder")
		return nil, p.relocate(q)
	}
	defer func() { _ = f.Close() }()
	return dataset.ReadScores(filepath.Join(p.Folder, name), f)
}

// load builds a project, or reads the report of a build. The project is nil
// for a report.
func (d *differ) load(ctx context.Context, name string, flags *projectFlags) (*engine.Report, *project, error) {
	if file := d.reportFile(name); file != "" {
		if len(flags.edits) > 0 || flags.variant != "" {
			return nil, nil, usage("%s is a finished build; --variant, --set and --unset change projects", name)
		}
		r, err := readReport(d.env, file)
		return r, nil, err
	}
	p, err := flags.open(d.env, name)
	if err != nil {
		return nil, nil, err
	}
	r, err := p.run(ctx)
	return r, p, err
}

// reportFile is the report that a name stands for, or "" if it stands for a
// project: a JSON file, or a folder with a report and no project.
func (d *differ) reportFile(name string) string {
	if strings.HasSuffix(name, ".json") {
		return name
	}
	file := filepath.Join(name, "report.json")
	_, noReport := os.Stat(d.env.path(file))
	_, noProject := os.Stat(d.env.path(filepath.Join(name, projectFile)))
	if name != "" && noReport == nil && errors.Is(noProject, fs.ErrNotExist) {
		return file
	}
	return ""
}

func readReport(env *Env, file string) (*engine.Report, error) {
	if err := looksLikeReport(env.path(file)); err != nil {
		return nil, fileProblem(file, err)
	}
	text, err := readFile(env.path(file), maxReport)
	if err != nil {
		return nil, fileProblem(file, err)
	}
	r, err := engine.ReadReport(text)
	var ps mizan.Problems
	if errors.As(err, &ps) {
		for _, p := range ps {
			p.Place.File = file
		}
	}
	return r, err
}

// looksLikeReport refuses by its first bytes a file that is no JSON object, so
// that a large one need not be read.
func looksLikeReport(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	start, err := io.ReadAll(io.LimitReader(f, 4096))
	if err != nil {
		return err
	}
	if start = bytes.TrimSpace(start); len(start) > 0 && (start[0] != '{' || bytes.IndexByte(start, 0) >= 0) {
		return errNoReport
	}
	return nil
}

var errNoReport = errors.New("this is not the document of a report: it is no JSON")
