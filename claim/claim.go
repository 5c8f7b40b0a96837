// Package claim reads an article and finds what it claims: ranks, levels,
// changes, targets, memberships, relations and quotations, each with its place
// in the text, its reading, how sure the reading is and what is missing from
// it. Nothing is guessed: a claim says by which rule it was read, and what was
// not understood is counted.
//
// The way of a text: fold (letters without marks, digits of one kind, each with
// its byte in the original) -> tokens -> marks (words of the lexicon: units,
// numbers, currencies, cues) -> quantities -> sentences and their segments ->
// claims. The words of each language are a data file; the grammar is shared.
package claim

// Kind is what sort of statement a claim is.
type Kind string

// The kinds. A rank is a place among others; a level a value at a time; a
// change a growth or a multiple; a target a value promised for a later date; a
// membership a unit in an alliance; a relation what one unit does to or with
// another; a quotation words with their speaker.
const (
	Rank       Kind = "rank"
	Level      Kind = "level"
	Change     Kind = "change"
	Target     Kind = "target"
	Membership Kind = "membership"
	Relation   Kind = "relation"
	Quotation  Kind = "quotation"
)

// Kinds lists all kinds, in the order in which they are told.
func Kinds() []Kind {
	return []Kind{Rank, Level, Change, Target, Membership, Relation, Quotation}
}

// Confidence is how sure a reading is, by rule: High where unit, value and
// time stand in the claim's own clause, Medium where one of them was carried
// over from what came before, Low where one of them is missing or the clause
// allows a second reading.
type Confidence string

// The degrees of confidence.
const (
	High   Confidence = "high"
	Medium Confidence = "medium"
	Low    Confidence = "low"
)

// Span is a part of the text: bytes From up to, not including, To.
type Span struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// Measure says what a quantity counts.
type Measure string

// The measures of a quantity. Points are percentage points; Times is a
// multiple ("seven-fold" = 7); Number is a count of something or of nothing
// that the lexicon knows.
const (
	Percent Measure = "percent"
	Points  Measure = "points"
	Money   Measure = "money"
	Times   Measure = "times"
	Number  Measure = "number"
	Place   Measure = "place"
)

// Quantity is a number as the text has it. High is above Value for a range
// ("5 to 7 %") and equal to it otherwise. Precision is half a unit of the last
// digit written: the true figure of "1.9 billion" lies within 0.05 billion.
type Quantity struct {
	Value     float64 `json:"value"`
	High      float64 `json:"high"`
	Precision float64 `json:"precision"`
	Measure   Measure `json:"measure"`
	Currency  string  `json:"currency,omitempty"` // ISO 4217
	Approx    bool    `json:"approx,omitempty"`   // "about"
	Bound     string  `json:"bound,omitempty"`    // "at-least", "at-most"; "" = neither
	Span      Span    `json:"span"`
}

// Claim is one statement found in a text. Fields that its kind does not use,
// or that the text does not give, are empty.
type Claim struct {
	ID         string     `json:"id"` // c1, c2, … in the order of the text
	Kind       Kind       `json:"kind"`
	Span       Span       `json:"span"`           // from its first to its last part
	Text       string     `json:"text"`           // the part of the text
	Unit       string     `json:"unit,omitempty"` // code of the unit it is about
	Topic      []string   `json:"topic,omitempty"`
	Quantity   *Quantity  `json:"quantity,omitempty"`
	Of         int        `json:"of,omitempty"`        // "31st of 83"
	Year       int        `json:"year,omitempty"`      // 0 = not said
	From       int        `json:"from_year,omitempty"` // first year of a span
	Alliance   string     `json:"alliance,omitempty"`
	Verb       string     `json:"verb,omitempty"` // of a relation: cooperate, restrict, behind, …; of a change: up, down
	Other      string     `json:"other,omitempty"`
	Speaker    string     `json:"speaker,omitempty"`
	Negated    bool       `json:"negated,omitempty"`
	Quoted     bool       `json:"quoted,omitempty"`   // stands within a quotation
	Baseline   string     `json:"baseline,omitempty"` // ID of the claim that this one is compared with in the text
	Confidence Confidence `json:"confidence"`
	Rule       string     `json:"rule"`              // name of the rule that read it
	Missing    []string   `json:"missing,omitempty"` // unit, year, topic
	Verdict    *Verdict   `json:"verdict,omitempty"`
}

// Mention is a name that the text gives to a unit or an alliance.
type Mention struct {
	Code string `json:"code"`
	Span Span   `json:"span"`
}

// Reading is what was read of a text.
type Reading struct {
	Language string    `json:"language"`       // BCP 47; "" if it is none that can be read
	Detected string    `json:"detected"`       // name of the language that was detected
	Year     int       `json:"year,omitempty"` // of publication, where it was given
	Units    []Mention `json:"units"`
	Claims   []Claim   `json:"claims"`
	// Unread are the quantities of which no claim could be made.
	Unread []Quantity `json:"unread"`
	// Sentences is how many sentences the text has, Bytes how long it is.
	Sentences int `json:"sentences"`
	Bytes     int `json:"bytes"`
}
