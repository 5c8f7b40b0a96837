package dataset

import (
	"fmt"
	"strings"

	"mizan"
	"mizan/spec"
)

// word is a text that a column repeats, such as a unit's code: where it first
// stands and in how many rows.
type word struct {
	text    string
	at      mizan.Place
	excerpt string
	rows    int
}

// words numbers the texts of a column in the order in which they first occur.
type words struct {
	index map[string]int32
	list  []word
	last  int32
}

// add numbers the cell i of a row.
func (ws *words) add(r *row, i int) int32 {
	text := r.cell(i)
	if int(ws.last) < len(ws.list) && ws.list[ws.last].text == text {
		ws.list[ws.last].rows++
		return ws.last
	}
	id, ok := ws.index[text]
	if !ok {
		if ws.index == nil {
			ws.index = map[string]int32{}
		}
		id = int32(len(ws.list))
		line, column := r.csv.FieldPos(i)
		text = strings.Clone(text)
		ws.index[text] = id
		// The column is still in bytes; tell turns it into characters.
		ws.list = append(ws.list, word{text: text, at: mizan.Place{File: r.block.file, Line: line, Column: column}})
	}
	ws.list[id].rows++
	ws.last = id
	return id
}

// settle gives the words their final places; b is their block. Only those that
// will be reported are looked up in the text, and of them no more than a
// report lists.
func (ws *words) settle(b *block, reported func(text string) bool) {
	n := 0
	for i := range ws.list {
		w := &ws.list[i]
		if n < listed && reported(w.text) {
			n++
			text := b.lineText(w.at.Line)
			w.at.Column = characters(text, w.at.Column)
			w.excerpt = excerpt(string(text), w.at.Column)
		}
		w.at.Line += b.line - 1
	}
}

// unknowns gathers the words of a file that the project does not know, each
// once however many rows repeat it.
type unknowns struct {
	index    map[string]int
	list     []word
	remedies map[string]string // for words of which more is known
}

func (us *unknowns) add(w word) {
	i, ok := us.index[w.text]
	if !ok {
		if us.index == nil {
			us.index = map[string]int{}
		}
		i = len(us.list)
		us.index[w.text] = i
		us.list = append(us.list, w)
		return
	}
	us.list[i].rows += w.rows
}

// tell reports every unknown word. noun is what it should have been; known is
// where a misspelling is looked for; otherwise is the remedy if there is none.
func (us *unknowns) tell(rep *report, noun string, known []string, otherwise string) {
	for _, w := range us.list {
		cause, remedy := fmt.Sprintf("unknown %s %q", noun, clip(w.text)), otherwise
		if near, ok := spec.Suggest(w.text, known); ok {
			remedy = fmt.Sprintf("did you mean %q?", near)
		}
		if better := us.remedies[w.text]; better != "" {
			remedy = better
		}
		if w.text == "" {
			cause, remedy = fmt.Sprintf("the %s is missing", noun), fmt.Sprintf("write the %s's code, or remove the row", noun)
		}
		if w.rows > 1 {
			cause += fmt.Sprintf(" (in %d rows)", w.rows)
		}
		rep.add(&mizan.Problem{ID: "unknown-" + noun, Place: w.at, Cause: cause, Remedy: remedy, Excerpt: w.excerpt})
	}
}
