package site

import (
	"fmt"
	"strconv"
	"strings"

	"mizan/claim"
	"mizan/internal/site/language"
)

// Article is a text of the user's own that the pages show beside its claims. It
// is no part of the project, and a site that is written to files holds none.
type Article struct {
	Name     string // as the user names it, such as its file
	Text     string
	Language string // "" = detected
	Year     int    // of publication; 0 = not said
}

// articleView is an article beside what it claims.
type articleView struct {
	Name       string
	Others     []link
	Lang, Dir  string // of the text; no Lang = it could not be read
	Paragraphs []paragraph
	Claims     []claimCard
	Agree      int
	Differ     int
	Nothing    int
	Unread     int
	Command    string
}

// claimCard is a claim as the page tells it.
type claimCard struct {
	ID, Kind, Reading string
	Negated           bool
	Confidence        string // word for it
	Sure              string // high, medium, low
	Rule              string
	Missing           string
	Outcome           string
	Verdict           string // word for the outcome
	Ours              string
	OursURL           string
	Note              string // the engine's sentence, in English
	Against           string // a claim it is compared with
}

func articlePage(c *visit) (any, error) {
	articles := c.site.config.Articles
	n, err := strconv.Atoi(c.r.PathValue("n"))
	if err != nil || n < 1 || n > len(articles) {
		var known []string
		for i := range articles {
			known = append(known, strconv.Itoa(i+1))
		}
		return nil, missing("article", c.r.PathValue("n"), known)
	}
	a := articles[n-1]
	reading, err := c.book.ReadArticle(a.Text, claim.Options{Language: a.Language, Year: a.Year})
	if err != nil {
		return nil, err
	}
	v := &articleView{
		Name: a.Name, Lang: reading.Language, Dir: "auto",
		Paragraphs: paragraphsOf(a.Text, reading.Claims), Unread: len(reading.Unread),
		Command: "mizan read " + shellWord(a.Name),
	}
	if c.site.config.Project != "" {
		v.Command += " -p " + shellWord(c.site.config.Project)
	}
	if language.Known(reading.Language) {
		v.Dir = language.Speak(reading.Language).Dir
	}
	for i := range articles {
		if len(articles) > 1 {
			v.Others = append(v.Others, link{Label: articles[i].Name, URL: c.to("/article/" + strconv.Itoa(i+1)), Here: i == n-1})
		}
	}
	for i := range reading.Claims {
		card := c.claimCard(&reading.Claims[i])
		v.Claims = append(v.Claims, card)
		switch claim.Outcome(card.Outcome) {
		case claim.Agrees:
			v.Agree++
		case claim.Differs:
			v.Differ++
		default:
			v.Nothing++
		}
	}
	return v, nil
}

func (c *visit) claimCard(x *claim.Claim) claimCard {
	card := claimCard{
		ID: x.ID, Kind: c.Word("claim.kind", string(x.Kind)), Reading: c.claimReading(x), Negated: x.Negated,
		Sure: string(x.Confidence), Confidence: c.Word("claim.sure", string(x.Confidence)), Rule: x.Rule, Outcome: string(claim.Nothing), Against: x.Baseline,
	}
	var lacks []string
	for _, m := range x.Missing {
		lacks = append(lacks, c.Word("claim.missing", m))
	}
	card.Missing = c.List(lacks)
	if v := x.Verdict; v != nil {
		card.Outcome = string(v.Outcome)
		if c.Code == "en" && v.Outcome != claim.Nothing {
			card.Note = v.Note
		}
		if v.Ours != nil {
			card.Ours = c.Amount(*v.Ours)
		}
		if id, is := strings.CutPrefix(v.Against, "target "); is {
			card.OursURL = c.targetURL(id)
		} else if code, is := strings.CutPrefix(v.Against, "indicator "); is {
			card.OursURL = c.codeURL(code)
		} else if v.Against == "rank" && x.Unit != "" {
			card.OursURL = c.unitURL(x.Unit)
		}
	}
	card.Verdict = c.Word("claim.outcome", card.Outcome)
	return card
}

// claimReading is what was read of a claim, in a line.
func (c *visit) claimReading(x *claim.Claim) string {
	name := func(code string) string {
		if code == "" {
			return c.T("claim.unknown")
		}
		return c.nameOf(code)
	}
	whom := name(x.Other)
	if x.Kind == claim.Membership {
		whom = c.allianceName(x.Alliance)
	}
	var said string
	switch x.Kind {
	case claim.Rank:
		said = c.T("claim.rank", "who", name(x.Unit), "rank", c.Whole(x.Quantity.Value))
		if x.Of > 0 {
			said = c.T("claim.rank.of", "who", name(x.Unit), "rank", c.Whole(x.Quantity.Value), "of", c.Count(x.Of))
		}
	case claim.Membership, claim.Relation:
		said = c.T("claim.between", "who", name(x.Unit), "verb", c.Word("claim.verb", x.Verb), "whom", whom)
	case claim.Quotation:
		said = x.Speaker
		if said == "" {
			said = c.T("claim.unknown")
		}
	default:
		said = c.T("claim.figure", "who", name(x.Unit), "figure", c.claimQuantity(x))
	}
	switch {
	case x.From > 0:
		said = c.T("claim.span", "said", said, "from", strconv.Itoa(x.From), "to", strconv.Itoa(x.Year))
	case x.Year > 0:
		said = c.T("claim.year", "said", said, "year", strconv.Itoa(x.Year))
	}
	return said
}

// allianceName is an alliance of the project by its name, others by the code.
func (c *visit) allianceName(code string) string {
	if c.book.Spec != nil {
		for i := range c.book.Spec.Alliances {
			if a := &c.book.Spec.Alliances[i]; a.Code == code {
				return c.Text(a.Name, code)
			}
		}
	}
	return code
}

func (c *visit) claimQuantity(x *claim.Claim) string {
	q := x.Quantity
	if q == nil {
		return language.Gap
	}
	s := c.Amount(q.Value)
	if q.High != q.Value {
		s = c.T("range", "low", s, "high", c.Amount(q.High))
	}
	switch q.Measure {
	case claim.Percent:
		s = c.T("claim.percent", "n", s)
	case claim.Points:
		s = c.T("claim.points", "n", s)
	case claim.Times:
		s = c.T("claim.times", "n", s)
	case claim.Money:
		s = fmt.Sprintf("%s %s", s, q.Currency)
	}
	if x.Kind == claim.Change && x.Verb != "" {
		s = c.Word("claim.verb", x.Verb) + " " + s
	}
	if q.Bound != "" {
		s = c.T("claim."+q.Bound, "figure", s)
	}
	if q.Approx {
		s = c.T("claim.about", "figure", s)
	}
	return s
}
