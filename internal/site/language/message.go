package language

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
)

// message is a text with gaps, in the part of ICU's message format that pages
// need: {name}, {name, plural, one {# unit} other {# units}} with the
// categories of CLDR or =3 for a number itself, {name, selectordinal, …} and
// {name, select, a {…} other {…}}. Within a plural, # is its number. A brace or
// a # between apostrophes stands for itself, two apostrophes are one.
type message []piece

// piece is text, a gap, or a choice.
type piece struct {
	text   string
	name   string // of the value; "" = text, or the number of the plural around it if counted
	counts bool   // it is the # of a plural
	choice string // "plural", "selectordinal", "select" or ""
	cases  map[string]message
}

// messageParser reads a message from left to right.
type messageParser struct {
	in string
	at int
}

// parseMessage reads a message; the error says what is wrong and where.
func parseMessage(in string) (message, error) {
	p := &messageParser{in: in}
	m, err := p.message(false, false)
	if err == nil && p.at < len(in) {
		err = p.wrong("a } that closes nothing")
	}
	return m, err
}

func (p *messageParser) wrong(what string) error {
	return fmt.Errorf("%s at byte %d of %q", what, p.at+1, p.in)
}

// message reads up to the brace that closes it, if it is inside one.
func (p *messageParser) message(inside, counted bool) (message, error) {
	var m message
	var text strings.Builder
	flush := func() {
		if text.Len() > 0 {
			m = append(m, piece{text: text.String()})
			text.Reset()
		}
	}
	for p.at < len(p.in) {
		switch c := p.in[p.at]; {
		case c == '\'':
			p.quoted(&text)
		case c == '{':
			flush()
			g, err := p.gap()
			if err != nil {
				return nil, err
			}
			m = append(m, g)
		case c == '}' && inside:
			flush()
			return m, nil
		case c == '}':
			return nil, p.wrong("a } that closes nothing")
		case c == '#' && counted:
			flush()
			m = append(m, piece{counts: true})
			p.at++
		default:
			text.WriteByte(c)
			p.at++
		}
	}
	if inside {
		return nil, p.wrong("a { that is not closed")
	}
	flush()
	return m, nil
}

// quoted reads an apostrophe: two are one; before a brace or a # it quotes up
// to the next.
func (p *messageParser) quoted(text *strings.Builder) {
	rest := p.in[p.at+1:]
	switch {
	case strings.HasPrefix(rest, "'"):
		text.WriteByte('\'')
		p.at += 2
	case rest != "" && strings.ContainsRune("{}#", rune(rest[0])):
		inner, _, _ := strings.Cut(rest, "'")
		text.WriteString(inner)
		p.at = min(p.at+1+len(inner)+1, len(p.in))
	default:
		text.WriteByte('\'')
		p.at++
	}
}

// word reads up to a mark of the format and drops the blanks around.
func (p *messageParser) word() string {
	n := strings.IndexAny(p.in[p.at:], "{},")
	if n < 0 {
		n = len(p.in) - p.at
	}
	w := strings.TrimSpace(p.in[p.at : p.at+n])
	p.at += n
	return w
}

func (p *messageParser) next(c byte) bool {
	if p.at < len(p.in) && p.in[p.at] == c {
		p.at++
		return true
	}
	return false
}

// gap reads what a { opens.
func (p *messageParser) gap() (piece, error) {
	p.at++
	g := piece{name: p.word()}
	if g.name == "" {
		return g, p.wrong("a gap without a name")
	}
	if p.next('}') {
		return g, nil
	}
	if !p.next(',') {
		return g, p.wrong("a { that is not closed")
	}
	switch g.choice = p.word(); g.choice {
	case "plural", "selectordinal", "select":
	default:
		return g, p.wrong("an unknown kind of gap " + strconv.Quote(g.choice))
	}
	if !p.next(',') {
		return g, p.wrong("a choice without cases")
	}
	g.cases = map[string]message{}
	for {
		key := p.word()
		if key == "" && p.next('}') {
			break
		}
		if key == "" || !p.next('{') {
			return g, p.wrong("a case without text")
		}
		m, err := p.message(true, g.choice != "select")
		if err != nil {
			return g, err
		}
		p.at++
		g.cases[key] = m
	}
	if _, ok := g.cases["other"]; !ok {
		return g, p.wrong("a choice without the case other")
	}
	return g, nil
}

// write fills the gaps from pairs of name and value. A value is text, an int or
// a decimal; numbers are written as the language writes them. What is missing
// is written as its name in braces, so that it is seen.
func (m message) write(b *strings.Builder, l *Language, pairs []any, number any) {
	for _, p := range m {
		switch {
		case p.counts:
			l.writeValue(b, number)
		case p.name == "":
			b.WriteString(p.text)
		default:
			v, ok := valueOf(pairs, p.name)
			switch {
			case !ok:
				b.WriteString("{" + p.name + "}")
			case p.choice == "":
				l.writeValue(b, v)
			default:
				p.choose(l, v).write(b, l, pairs, v)
			}
		}
	}
}

func valueOf(pairs []any, name string) (any, bool) {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i] == name {
			return pairs[i+1], true
		}
	}
	return nil, false
}

// choose finds the case of a value: the number itself, its category in the
// language, or other.
func (p *piece) choose(l *Language, v any) message {
	key := ""
	switch x := v.(type) {
	case string:
		key = x
	case int:
		if m, ok := p.cases["="+strconv.Itoa(x)]; ok {
			return m
		}
		key = l.category(p.choice, NewDecimal(float64(x), 0))
	case Decimal:
		key = l.category(p.choice, x)
	}
	if m, ok := p.cases[key]; ok {
		return m
	}
	return p.cases["other"]
}

// categories are the names of plural forms as messages have them.
var categories = map[plural.Form]string{plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many"}

// category is the plural form of a number by the rules of CLDR.
func (l *Language) category(choice string, n Decimal) string {
	rules := plural.Cardinal
	if choice == "selectordinal" {
		rules = plural.Ordinal
	}
	if choice == "select" {
		return "other"
	}
	text := strconv.FormatFloat(n.v, 'f', n.digits, 64)
	text = strings.TrimPrefix(text, "-")
	whole, fraction, _ := strings.Cut(text, ".")
	i, _ := strconv.Atoi(whole[max(0, len(whole)-9):]) // the rules look at no more than the last digits
	f, _ := strconv.Atoi(fraction)
	short := strings.TrimRight(fraction, "0")
	t, _ := strconv.Atoi(short)
	form := rules.MatchPlural(l.tag, i, len(fraction), len(short), f, t)
	if name, ok := categories[form]; ok {
		return name
	}
	return "other"
}
