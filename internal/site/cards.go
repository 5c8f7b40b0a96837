package site

import (
	"io/fs"
	"strings"
	"sync"

	"mizan/internal/site/address"
	"mizan/internal/site/card"
	"mizan/internal/site/publish"
)

// cards gathers the cards of pages as these are drawn.
type cards struct {
	mu   sync.Mutex
	made map[string]*card.Card // by path
}

// kindPage is the page whose card stands for the many of a kind; those that are
// not named have that of the first part of their address.
var kindPage = map[string]string{"indicator": "methodology", "alliance": "alliances", "target": "targets", "scenario": "scenarios"}

// cardOf is the path of the card of a page, and whether the card is the page's
// own: units have one each, of all other pages one stands for its kind.
func cardOf(p address.Place) (path string, own bool) {
	page := unpaged(p.Page)
	first, rest, _ := strings.Cut(page, "/")
	switch other := kindPage[first]; {
	case page == "":
		page = "index"
	case first == "unit":
		page = "unit-" + rest
	case other != "":
		page, first = other, ""
	case rest != "":
		page = first
	}
	return p.Lang + "/cards/" + page + ".png", p.Variant == "" && p.Year == "" && unpaged(p.Page) == p.Page && (rest == "" || first == "unit") && kindPage[first] == ""
}

// add puts a card on the list.
func (k *cards) add(path string, c *card.Card) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.made == nil {
		k.made = map[string]*card.Card{}
	}
	k.made[path] = c
}

// files draws them all, on so many threads.
func (k *cards) files(threads int) []publish.File {
	paths := make(chan string)
	var mu sync.Mutex
	var list []publish.File
	var all sync.WaitGroup
	for range threads {
		all.Go(func() {
			pen := card.NewQuill(fonts())
			for path := range paths {
				body := k.made[path].Draw(pen)
				mu.Lock()
				list = append(list, publish.File{Path: path, Body: body})
				mu.Unlock()
			}
		})
	}
	for path := range k.made {
		paths <- path
	}
	close(paths)
	all.Wait()
	return list
}

// fonts reads the fonts of cards, once; nil if the program was built without them.
var fonts = sync.OnceValue(func() *card.Fonts {
	assets, err := fs.Sub(builtFiles, "assets")
	if err != nil {
		return nil
	}
	return card.ReadFonts(assets)
})
