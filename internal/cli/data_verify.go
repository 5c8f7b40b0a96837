package cli

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"mizan"
	"mizan/internal/source"
	"mizan/internal/store"
	"mizan/spec"
)

func newDataVerify(env *Env) *cobra.Command {
	named := ""
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Check that snapshots, lock file and figures agree",
		Long: `Check everything that was pulled: that every snapshot which mizan.lock names is
there and is what it was, byte by byte, and that the files of figures are what
the snapshots give. All that is wrong is told. Nothing is changed and nobody asked.`,
		Example: `  mizan data verify
  mizan data verify --project myindex`,
		Args: arguments(0, 0),
		RunE: func(*cobra.Command, []string) error {
			d, err := openData(env, named)
			if err != nil {
				return err
			}
			return d.verify()
		},
	}
	cmd.Flags().StringVarP(&named, "project", "p", "", "the project: a folder or a project file")
	return cmd
}

// verify compares snapshots, lock file and figures.
func (d *dataProject) verify() error {
	var problems mizan.Problems
	answers, vintages := 0, 0
	var size int64
	seen := map[string]bool{}
	for i := range d.lock.Sources {
		l := &d.lock.Sources[i]
		for _, v := range l.Vintages {
			vintages++
			for _, a := range v.Answers {
				if seen[a.SHA256] {
					continue
				}
				seen[a.SHA256] = true
				answers++
				size += a.Size
				if _, err := d.snaps.Get(a.SHA256, a.Size); err != nil {
					problems = append(problems, d.badSnapshot(a, err))
				}
			}
		}
		if j := slices.IndexFunc(d.spec.DataSources, func(s spec.DataSource) bool { return s.Code == l.Code }); j < 0 {
			d.env.note("The source %s, which mizan.lock has, is no longer in the project.", clean(l.Code))
		}
	}
	if len(problems) == 0 {
		for _, s := range d.spec.DataSources {
			problems = append(problems, asProblems(d.verifyFile(s))...)
		}
	}
	if err := problems.OrNil(); err != nil {
		return err
	}
	if err := d.tellRemains(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(d.env.Stdout, "In order: %s of %s in %s, %s.\n", plural(vintages, "vintage"), plural(len(d.lock.Sources), "source"), plural(answers, "snapshot"), bytesText(size))
	return err
}

// verifyFile compares a source's file with what its snapshots give.
func (d *dataProject) verifyFile(s spec.DataSource) error {
	l := d.lock.Source(s.Code)
	if l == nil {
		return problem("nothing-pulled", d.name(s.File), fmt.Sprintf("nothing was pulled for the source %q", s.Code), "run `mizan data pull`")
	}
	c := source.Find(l.Connector)
	if c == nil {
		return problem("bad-lock", d.name(lockFile), fmt.Sprintf("there is no connector %q", l.Connector), "pull again")
	}
	_, h, err := d.harvest(c, s, l.Last())
	if err != nil {
		return err
	}
	if err := d.within(s.File); err != nil {
		return err
	}
	sum, err := fileSum(d.path(s.File))
	if err != nil {
		return fileProblem(d.name(s.File), err)
	}
	want := store.Sum(h.Table(s.Origin))
	switch sum {
	case "":
		return problem("missing-file", d.name(s.File), "the file of figures is missing", "make it from the snapshots: `mizan data pull --offline`")
	case want:
		return nil
	case l.SHA256, l.Before:
		return problem("stale-file", d.name(s.File), "the file is not what the snapshots give now: a pull was interrupted, or units or series have changed",
			"make it from the snapshots: `mizan data pull --offline`")
	}
	return problem("file-changed", d.name(s.File), "the file was changed by hand since it was made", "make it from the snapshots: `mizan data pull --offline --force`")
}

// tellRemains tells of snapshots that no vintage names, and of unfinished ones.
func (d *dataProject) tellRemains() error {
	all, err := d.snaps.List()
	if err != nil {
		return fileProblem(d.name(snapshotFolder), err)
	}
	used, loose := d.lock.Used(), 0
	for _, sum := range all {
		if !used[sum] {
			loose++
		}
	}
	if loose > 0 {
		d.env.note("%s named by no vintage, of a pull that was interrupted.", plural(loose, "snapshot"))
	}
	if n, size := d.snaps.Unfinished(); n > 0 {
		d.env.note("%s unfinished, %s so far; the next pull goes on from there.", plural(n, "answer"), bytesText(size))
	}
	return nil
}

// bytesText is a size for people.
func bytesText(n int64) string {
	switch {
	case n < 10_000:
		return grouped(int(n)) + " bytes"
	case n < 10_000_000:
		return grouped(int(n/1000)) + " kB"
	}
	return grouped(int(n/1_000_000)) + " MB"
}
