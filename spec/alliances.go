package spec

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"mizan"
)

// Alliance is a named set of units that is looked at as one, with dates of
// membership. Alliances may overlap and may include one another.
type Alliance struct {
	Code        string     `yaml:"code"`
	Name        mizan.Text `yaml:"name"`
	Description mizan.Text `yaml:"description"`
	// Incomplete says that members are lacking in the list; Note says which, or
	// why they are not known.
	Incomplete bool   `yaml:"incomplete"`
	Note       string `yaml:"note"`
	// Source is that of the members that name none.
	Source  string   `yaml:"source"`
	Members []Member `yaml:"members"`
}

// Member is one membership: a unit, or the members of another alliance, over a
// span of time. A unit that left and came back, or whose status changed, has a
// member for each span.
type Member struct {
	Unit     string `yaml:"unit"`     // the code of a unit; or
	Alliance string `yaml:"alliance"` // the code of an alliance whose full members belong
	From     Date   `yaml:"from"`     // first day; "" = ever since, or not known
	To       Date   `yaml:"to"`       // last day; "" = still
	// Status is "member" (default), "partner", "invited" or "disputed".
	Status string `yaml:"status"`
	// Outside marks a member that is not among the units of the project: it is
	// told of, and nothing of it is pooled.
	Outside bool   `yaml:"outside"`
	Source  string `yaml:"source"` // code of an origin, or an address
	Note    string `yaml:"note"`
}

// The statuses of a membership.
const (
	StatusMember   = "member"
	StatusPartner  = "partner"
	StatusInvited  = "invited"
	StatusDisputed = "disputed"
)

// Statuses lists the statuses of a membership, the firmest first.
func Statuses() []string {
	return []string{StatusMember, StatusPartner, StatusInvited, StatusDisputed}
}

// Date is a day, or a month or year of which the day is not known: 2009-06-16,
// 2009-06, 2009. "" is no date.
type Date string

// ParseDate reads a date; false where it is none: a form other than the three,
// or a day that does not exist.
func ParseDate(s string) (Date, bool) {
	for _, form := range []string{"2006", "2006-01", "2006-01-02"} {
		if len(s) == len(form) {
			t, err := time.Parse(form, s)
			return Date(s), err == nil && t.Year() >= minYear
		}
	}
	return "", false
}

// First is the first day that a date may mean, as 2009-01-01.
func (d Date) First() string {
	const rest = "0001-01-01"
	return string(d) + rest[len(d):]
}

// Last is the last day that a date may mean, as 2009-12-31.
func (d Date) Last() string {
	switch len(d) {
	case len("2006"):
		return string(d) + "-12-31"
	case len("2006-01"):
		t, err := time.Parse("2006-01", string(d))
		if err != nil {
			return string(d) + "-31"
		}
		return t.AddDate(0, 1, -1).Format(time.DateOnly)
	case 0:
		return "9999-12-31"
	}
	return string(d)
}

// Holds reports whether a membership holds on a day, given as 2009-12-31. A
// date of which the day is not known counts from its first day through its
// last.
func (m *Member) Holds(day string) bool {
	return m.From.First() <= day && day <= m.To.Last()
}

// allianceKeys are the keys of an alliance.
func allianceKeys() []field[Alliance] {
	members := listOf("a list of members such as [{unit: FRA, from: 1958-01-01}]", membership)
	return []field[Alliance]{
		key("code", codeWord, func(a *Alliance) *string { return &a.Code }, "the code of the alliance").must(),
		key("name", labels, func(a *Alliance) *mizan.Text { return &a.Name }, "the name, in one or several languages"),
		key("description", labels, func(a *Alliance) *mizan.Text { return &a.Description }, "what it is, and what it is not"),
		key("incomplete", flag, func(a *Alliance) *bool { return &a.Incomplete }, "true if members are lacking in the list; `note` says why"),
		key("note", line("a note"), func(a *Alliance) *string { return &a.Note }, "what a reader must know of the membership"),
		key("source", line("the code of an origin, or an address"), func(a *Alliance) *string { return &a.Source }, "who says so, for members that name no source"),
		key("members", members, func(a *Alliance) *[]Member { return &a.Members }, "who belongs, from when, until when").must(),
	}
}

// membership is the code of a unit, or a mapping.
var membership = codec[Member]{
	read: func(r *reader, n *node, m *Member) {
		if n.kind == text {
			line("the code of a unit").read(r, n, &m.Unit)
			return
		}
		if r.want(n, mapping, "the code of a unit, or a mapping such as {unit: FRA, from: 1958-01-01}") {
			readFields(r, n, m, memberKeys())
		}
	},
	write: func(m Member) *node { return writeFields(&m, memberKeys()) },
	schema: func(b *schemaMaker) object {
		return object{"oneOf": []object{{"type": "string", "minLength": 1}, fieldsSchema(b, memberKeys())}}
	},
}

var memberKeys = sync.OnceValue(func() []field[Member] {
	return []field[Member]{
		key("unit", line("the code of a unit"), func(m *Member) *string { return &m.Unit }, "the code of a unit"),
		key("alliance", codeWord, func(m *Member) *string { return &m.Alliance }, "in place of a unit: an alliance whose full members belong"),
		key("from", date, func(m *Member) *Date { return &m.From }, "the first day: 2009-06-16, or 2009-06 or 2009 where the day is not known"),
		key("to", date, func(m *Member) *Date { return &m.To }, "the last day, of a membership that ended"),
		key("status", orDefault(StatusMember, choice(Statuses()...)), func(m *Member) *string { return &m.Status }, "member (default), partner, invited or disputed"),
		key("outside", flag, func(m *Member) *bool { return &m.Outside }, "true for a member that is not among the units of the project"),
		key("source", line("the code of an origin, or an address"), func(m *Member) *string { return &m.Source }, "who says so: the code of an origin, or an address"),
		key("note", line("a note"), func(m *Member) *string { return &m.Note }, "what a reader must know of this membership"),
	}
})

// flag is true or false; false is left out.
var flag = codec[bool]{
	read: func(r *reader, n *node, v *bool) {
		if r.want(n, boolean, "true or false") {
			*v = n.yes
		}
	},
	write: func(v bool) *node {
		if !v {
			return nil
		}
		return boolNode(true)
	},
	schema: func(*schemaMaker) object { return object{"type": "boolean", "default": false} },
}

// date is a day, a month or a year; a year alone may be written as a number.
var date = codec[Date]{
	read: func(r *reader, n *node, v *Date) {
		const want = "a date such as 2009-06-16, 2009-06 or 2009"
		s := n.text
		if n.kind != number && !r.want(n, text, want) {
			return
		}
		d, ok := ParseDate(s)
		if !ok {
			if s == "" {
				s = show(n.num)
			}
			r.fault("bad-date", n.at, quote(s)+" is not a date", "write the year, month and day, as in 2009-06-16, or 2009-06 or 2009 where the day is not known")
			return
		}
		*v = d
	},
	write: func(d Date) *node { return writeText(string(d)) },
	schema: func(*schemaMaker) object {
		return object{"oneOf": []object{
			{"type": "string", "pattern": `^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$`},
			{"type": "integer", "minimum": 1000, "maximum": maxYear},
		}}
	},
}

// alliances checks what can be known of alliances without the figures: the
// dates, that nobody belongs twice at a time, and that what is included exists
// and does not include itself.
func (c *checker) alliances() {
	var codes []string
	for _, a := range c.spec.Alliances {
		codes = append(codes, a.Code)
	}
	c.distinct("duplicate-code", "the alliance", "alliances", codes)
	for i := range c.spec.Alliances {
		a := &c.spec.Alliances[i]
		path := "alliances." + strconv.Itoa(i)
		at := c.elementPlace("alliances", i)
		members := follow(c.doc.root, []hop{keyHop("alliances"), itemHop(i)}).get("members")
		switch {
		case members != nil && members.kind == list && len(a.Members) == 0:
			c.report("empty-alliance", path, at, "the alliance "+quote(a.Code)+" has no members", "list its members, or remove it")
		case a.Incomplete && a.Note == "":
			c.report("missing-key", path, at, "the alliance "+quote(a.Code)+" is incomplete and has no `note`", "say in `note` who is lacking, or why it is not known")
		}
		for m := range a.Members {
			c.member(a, path, i, m, codes)
		}
	}
	c.circles()
}

// member checks one membership.
func (c *checker) member(a *Alliance, path string, i, at int, codes []string) {
	m := &a.Members[at]
	members := []hop{keyHop("alliances"), itemHop(i), keyHop("members")}
	items := follow(c.doc.root, members).items
	if at >= len(items) {
		return
	}
	where := func(key string) mizan.Place {
		if k := items[at].find(key); k >= 0 {
			return items[at].entries[k].at
		}
		return items[at].at
	}
	fault := func(id, key, cause, remedy string) {
		c.report(id, path+".members."+strconv.Itoa(at), where(key), cause, remedy)
	}
	misspelt := func(e entry) bool { return !slices.Contains(fieldNames(memberKeys()), e.key) }
	given := func(key string) bool { return items[at].get(key) != nil }
	switch {
	case items[at].kind != mapping, slices.ContainsFunc(items[at].entries, misspelt):
	case given("unit") && given("alliance"):
		fault("bad-member", "alliance", "the member names both a unit and an alliance", "make two members of it")
	case !given("unit") && !given("alliance"):
		fault("bad-member", "", "the member names nobody", "add `unit:` with the code of a unit, or `alliance:`")
	case m.Alliance != "" && !slices.Contains(codes, m.Alliance):
		fault("unknown-alliance", "alliance", "there is no alliance "+quote(m.Alliance), c.hint(m.Alliance, codes, "declare it under `alliances`"))
	case m.Alliance != "" && m.Outside:
		fault("bad-member", "outside", "`outside` is for units, not for alliances", "say it of the members of "+quote(m.Alliance))
	}
	who := quote(m.Unit + m.Alliance)
	if m.From != "" && m.To != "" && m.To.Last() < m.From.First() {
		fault("bad-dates", "to", fmt.Sprintf("%s leaves on %s, before it joins on %s", who, m.To, m.From), "swap or correct the dates")
		return
	}
	for k := range at {
		first := &a.Members[k]
		if m.Unit+m.Alliance == "" || first.Unit != m.Unit || first.Alliance != m.Alliance || !meet(first, m) {
			continue
		}
		fault("duplicate-member", "unit", who+" belongs to "+quote(a.Code)+" twice at a time"+lineOf(items[k].at),
			"keep one, or give the first the date `to` on which its time ended")
		return
	}
}

// meet reports whether two memberships surely have a day in common. Where the
// day is not known, one may have ended before the other began.
func meet(a, b *Member) bool {
	return begun(a) <= ended(b) && begun(b) <= ended(a)
}

// begun is the last day on which a membership may have begun, ended the first on
// which it may have ended.
func begun(m *Member) string {
	if m.From == "" {
		return ""
	}
	return m.From.Last()
}

func ended(m *Member) string {
	if m.To == "" {
		return m.To.Last()
	}
	return m.To.First()
}

// circles reports alliances that include themselves.
func (c *checker) circles() {
	including := map[string][]string{}
	for _, a := range c.spec.Alliances {
		for _, m := range a.Members {
			if m.Alliance != "" {
				including[a.Code] = append(including[a.Code], m.Alliance)
			}
		}
	}
	told := map[string]bool{}
	var visit func(code string, way []string)
	visit = func(code string, way []string) {
		if i := slices.Index(way, code); i >= 0 {
			for _, on := range way[i:] {
				told[on] = true
			}
			c.add("cyclic-alliance", "alliances."+code, "the alliance "+quote(code)+" includes itself ("+strings.Join(append(way[i:], code), " > ")+")",
				"take one of the inclusions away")
			return
		}
		if told[code] {
			return
		}
		for _, next := range including[code] {
			visit(next, append(slices.Clone(way), code))
		}
		told[code] = true
	}
	for _, a := range c.spec.Alliances {
		visit(a.Code, nil)
	}
}
