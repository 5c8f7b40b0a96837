package spec

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/currency"
)

// Rate is an exchange rate of a day, or the average of a month or year: one
// unit of From is worth Rate units of To.
type Rate struct {
	From   string  `yaml:"from"`
	To     string  `yaml:"to"`
	Date   Date    `yaml:"date"`
	Rate   float64 `yaml:"rate"`
	Source string  `yaml:"source"`
	Note   string  `yaml:"note"`
}

// Conversion is what a value was multiplied by.
type Conversion struct {
	Factor  float64
	Inverse bool // the rate stands the other way round in the project
	Rate    Rate
}

// Convert finds the rate of a date between two currencies among those of the
// project, or its inverse. Nothing is looked up elsewhere, no other date
// serves, and no third currency comes between. false if there is none.
func (s *Spec) Convert(from, to string, on Date) (Conversion, bool) {
	for _, r := range s.Rates {
		if r.Date != on {
			continue
		}
		if r.From == from && r.To == to {
			return Conversion{Factor: r.Rate, Rate: r}, true
		}
		if r.From == to && r.To == from {
			return Conversion{Factor: 1 / r.Rate, Inverse: true, Rate: r}, true
		}
	}
	return Conversion{}, false
}

// datesBetween lists the dates of the rates between two currencies.
func (s *Spec) datesBetween(a, b string) []string {
	var dates []string
	for _, r := range s.Rates {
		if r.From == a && r.To == b || r.From == b && r.To == a {
			dates = append(dates, string(r.Date))
		}
	}
	slices.Sort(dates)
	return slices.Compact(dates)
}

func rateKeys() []field[Rate] {
	money := currencyWord()
	return []field[Rate]{
		key("from", money, func(r *Rate) *string { return &r.From }, "ISO 4217 code of a currency, of which one unit").must(),
		key("to", money, func(r *Rate) *string { return &r.To }, "is worth so many units of this currency").must(),
		key("date", date, func(r *Rate) *Date { return &r.Date }, "the day; a month or year alone means its average").must(),
		key("rate", positive, func(r *Rate) *float64 { return &r.Rate }, "the rate").must(),
		key("source", line(sourceWords), func(r *Rate) *string { return &r.Source }, "who published it: "+sourceWords).must(),
		key("note", line("a note"), func(r *Rate) *string { return &r.Note }, "what a reader must know of it"),
	}
}

// currencyWord is the code of a currency. Codes are those of ISO 4217 as
// golang.org/x/text has them, those out of use included.
func currencyWord() codec[string] {
	return word("the code of a currency", object{"type": "string", "pattern": "^[A-Z]{3}$"}, func(s string) (string, string) {
		const remedy = "give the three letters of ISO 4217, such as USD, RUB, CNY"
		if len(s) == 3 && s == strings.ToUpper(s) {
			if _, err := currency.ParseISO(s); err == nil {
				return "", ""
			}
		}
		if _, err := currency.ParseISO(s); err == nil {
			return quote(s) + " is not in the form of a currency's code", "did you mean " + quote(strings.ToUpper(s)) + "?"
		}
		return "there is no currency " + quote(s), remedy
	})
}

// rates checks that no rate is given twice or between a currency and itself.
func (c *checker) rates() {
	for i, r := range c.spec.Rates {
		at := func() string { return "rates." + strconv.Itoa(i) }
		fault := func(id, cause, remedy string) { c.report(id, at(), c.elementPlace("rates", i), cause, remedy) }
		if r.From != "" && r.From == r.To {
			fault("bad-rate", "the rate is between "+r.From+" and itself", "name two currencies")
			continue
		}
		for k, first := range c.spec.Rates[:i] {
			same := first.From == r.From && first.To == r.To || first.From == r.To && first.To == r.From
			if same && first.Date == r.Date && cmp.Or(r.From, r.To, string(r.Date)) != "" {
				fault("duplicate-rate", "the rate between "+r.From+" and "+r.To+" of "+string(r.Date)+" is given twice"+lineOf(c.elementPlace("rates", k)), "keep one")
				break
			}
		}
	}
}
