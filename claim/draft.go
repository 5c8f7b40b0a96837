package claim

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"mizan"
)

// ArticleOrigin is the code of the origin under which a draft states figures.
const ArticleOrigin = "article"

// Draft is what an article would add to a project, for a person to confirm:
// lists of the project file, each entry under a remark with its claim, reading
// and place. Entries that lack something are remarks as a whole.
type Draft struct {
	Alliances, Targets string // items of a YAML list, indented by two; "" = none
	Observations       []DraftObservation
	Units              []string // codes that the entries name, sorted
}

// DraftObservation is a level that an article states.
type DraftObservation struct {
	Claim, Unit, Indicator, Measure string
	Year                            int
	Value                           float64
	Text                            string
}

// NewDraft drafts the alliances, targets and figures of a reading. skip tells
// of claims that the project holds already; nil drafts all. Claims of low
// confidence and denied ones are left out.
func NewDraft(r *Reading, skip func(c *Claim) bool) *Draft {
	d := &Draft{}
	kept := make([]*Claim, 0, len(r.Claims))
	for i := range r.Claims {
		c := &r.Claims[i]
		if c.Confidence == Low || c.Negated || skip != nil && skip(c) {
			continue
		}
		kept = append(kept, c)
	}
	d.alliances(r, kept)
	d.targets(r, kept)
	d.levels(kept)
	units := map[string]bool{}
	for _, c := range kept {
		if c.Unit != "" && (c.Kind == Membership || c.Kind == Target || c.Kind == Level && c.Year != 0) {
			units[c.Unit] = true
		}
	}
	for u := range units {
		d.Units = append(d.Units, u)
	}
	slices.Sort(d.Units)
	return d
}

// quoted is a text as a YAML scalar in double quotes, on one line.
func quoted(s string) string {
	b, err := json.Marshal(strings.Join(strings.Fields(s), " "))
	if err != nil {
		return `""`
	}
	return string(b)
}

// remark says from which claim and words an entry comes, on one line.
func remark(c *Claim, indent string) string {
	return fmt.Sprintf("%s# %s (%s), bytes %d to %d: %s\n", indent, c.ID, c.Confidence, c.Span.From, c.Span.To, quoted(c.Text))
}

func (d *Draft) alliances(r *Reading, claims []*Claim) {
	var codes []string
	for _, c := range claims {
		if c.Kind == Membership && !slices.Contains(codes, c.Alliance) && c.Alliance != "" {
			codes = append(codes, c.Alliance)
		}
	}
	slices.Sort(codes)
	var b strings.Builder
	for _, code := range codes {
		fmt.Fprintf(&b, "  - code: %s\n    name: {%s: %s}\n    incomplete: true\n    note: \"drafted from an article, which need not name every member\"\n    source: %s\n    members:\n",
			code, r.Language, quoted(code), ArticleOrigin)
		var named []string
		for _, c := range claims {
			if c.Kind != Membership || c.Alliance != code || slices.Contains(named, c.Unit) {
				continue
			}
			named = append(named, c.Unit)
			b.WriteString(remark(c, "      "))
			from := ""
			if c.Year > 0 && c.Verb == "join" {
				from = fmt.Sprintf(", from: %d", c.Year)
			}
			fmt.Fprintf(&b, "      - {unit: %s%s}\n", c.Unit, from)
		}
	}
	d.Alliances = b.String()
}

func (d *Draft) targets(r *Reading, claims []*Claim) {
	var b strings.Builder
	for _, c := range claims {
		if c.Kind != Target {
			continue
		}
		b.WriteString(remark(c, "  "))
		if missing := lacking(c); len(missing) > 0 {
			fmt.Fprintf(&b, "  # The text does not say: %s. Fill in and take the marks away.\n", strings.Join(missing, ", "))
			for line := range strings.Lines(entry(r, c, claims)) {
				b.WriteString("  # " + strings.TrimPrefix(line, "  "))
			}
			continue
		}
		b.WriteString(entry(r, c, claims))
	}
	d.Targets = b.String()
}

// lacking lists what a target needs and the text does not give.
func lacking(c *Claim) []string {
	var list []string
	if c.Unit == "" {
		list = append(list, "unit")
	}
	if c.Year == 0 {
		list = append(list, "year")
	}
	return list
}

// entry is a target of the project file.
func entry(r *Reading, c *Claim, claims []*Claim) string {
	var b strings.Builder
	fmt.Fprintf(&b, "  - id: %s-%s\n    unit: %s\n    title: {%s: %s}\n", strings.ToLower(cmp.Or(c.Unit, "unit")), c.ID, cmp.Or(c.Unit, "UNIT"), r.Language, quoted(c.Text))
	fmt.Fprintf(&b, "    what: {en: %s}\n", quoted(cmp.Or(strings.Join(topicWords(c), ", "), "to be said")))
	kind, measure := "flow", measureText(c.Quantity)
	if c.Quantity.Measure == Percent {
		kind = "share"
	}
	fmt.Fprintf(&b, "    measure: %s\n    kind: %s\n", quoted(measure), kind)
	if c.Quantity.Currency != "" {
		fmt.Fprintf(&b, "    currency: %s\n", c.Quantity.Currency)
	}
	for _, base := range claims {
		if base.ID == c.Baseline && base.Year > 0 {
			fmt.Fprintf(&b, "    baseline: {%d: %s}\n", base.Year, number64(base.Quantity.Value))
		}
	}
	year := "YEAR"
	if c.Year > 0 {
		year = fmt.Sprint(c.Year)
	}
	fmt.Fprintf(&b, "    target: {%s: %s}\n    source: %s\n", year, number64(c.Quantity.Value), ArticleOrigin)
	return b.String()
}

// topicWords are the topics of a claim without the project's indicators.
func topicWords(c *Claim) []string {
	var words []string
	for _, t := range c.Topic {
		if !strings.HasPrefix(t, "indicator:") {
			words = append(words, t)
		}
	}
	return words
}

func measureText(q *Quantity) string {
	switch q.Measure {
	case Percent:
		return "%"
	case Money:
		return q.Currency
	}
	return "count"
}

func number64(v float64) string { return string(mizan.AppendNumber(nil, v, "")) }

// levels gathers the figures that the text states with unit and year.
func (d *Draft) levels(claims []*Claim) {
	for _, c := range claims {
		if c.Kind != Level || c.Unit == "" || c.Year == 0 {
			continue
		}
		words := topicWords(c)
		suffix := map[Measure]string{Percent: "percent", Money: strings.ToLower(c.Quantity.Currency)}[c.Quantity.Measure]
		code := strings.Join(append(words, cmp.Or(suffix, "count")), "_")
		d.Observations = append(d.Observations, DraftObservation{
			Claim: c.ID, Unit: c.Unit, Indicator: code, Measure: measureText(c.Quantity), Year: c.Year, Value: c.Quantity.Value, Text: c.Text,
		})
	}
}

// Indicators lists the codes of the drafted figures with their measures, each
// once, in the order of the text.
func (d *Draft) Indicators() (codes, measures []string) {
	for _, o := range d.Observations {
		if !slices.Contains(codes, o.Indicator) {
			codes, measures = append(codes, o.Indicator), append(measures, o.Measure)
		}
	}
	return codes, measures
}

// Insert puts drafted items into the text of a project file: at the end of the
// list of that key, which must be in block style, or as a new list at the end
// of the file. ok is false where the list is written in another way.
func Insert(text, key, items string) (out string, at int, ok bool) {
	if items == "" {
		return text, 0, true
	}
	lines := strings.SplitAfter(text, "\n")
	for i, line := range lines {
		if !strings.HasPrefix(line, key+":") {
			continue
		}
		rest, _, _ := strings.Cut(strings.TrimSpace(strings.TrimPrefix(line, key+":")), "#")
		if strings.TrimSpace(rest) != "" {
			return text, i + 1, false
		}
		end := i + 1
		for k := end; k < len(lines); k++ {
			if t := strings.TrimRight(lines[k], "\r\n"); t == "" || t[0] == '#' {
				continue
			} else if t[0] != ' ' {
				break
			}
			end = k + 1
		}
		return strings.Join(lines[:end], "") + items + strings.Join(lines[end:], ""), end + 1, true
	}
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return text + "\n" + key + ":\n" + items, len(lines) + 1, true
}
