package site

import (
	"compress/gzip"
	"net/http"
	"sync"

	"mizan/internal/reply"
)

// mostDrawn bounds the bytes of pages that are kept.
const mostDrawn = 64 << 20

// drawnPages keeps pages as they were sent, until the build changes that they
// show. There are two generations: when the younger is full, the elder goes, and
// what was asked for meanwhile has moved to the younger.
type drawnPages struct {
	mu           sync.Mutex
	young, elder map[string]*drawnPage
	size         int // of the younger
}

// drawnPage is a page and what it shows.
type drawnPage struct {
	base, book *book
	body       *reply.Body
}

// get is the page of an address, if it was drawn from these builds.
func (d *drawnPages) get(address string, base, shown *book) *reply.Body {
	d.mu.Lock()
	defer d.mu.Unlock()
	p, young := d.young[address]
	if !young {
		p = d.elder[address]
	}
	if p == nil || p.base != base || p.book != shown {
		return nil
	}
	if !young {
		d.keep(address, p)
	}
	return p.body
}

// put keeps a page.
func (d *drawnPages) put(address string, p *drawnPage) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.keep(address, p)
}

func (d *drawnPages) keep(address string, p *drawnPage) {
	if d.size > mostDrawn/2 || d.young == nil {
		d.young, d.elder, d.size = map[string]*drawnPage{}, d.young, 0
	}
	d.young[address] = p
	d.size += p.body.Size() + len(address)
}

// key is the address by which a page is kept; "" if it is not. One that was
// drawn from a build older than the files of the project tells so, and goes as
// soon as they are mended.
func (c *visit) key() string {
	if c.site.config.Written || c.stale != nil {
		return ""
	}
	return c.at.Path() + "?" + c.query.Encode()
}

// sendDrawn sends a page that was drawn before, and reports whether there was one.
func (c *visit) sendDrawn(w http.ResponseWriter) bool {
	key := c.key()
	if key == "" {
		return false
	}
	body := c.site.drawn.get(key, c.base, c.book)
	if body == nil {
		return false
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	body.Send(w, c.r, http.StatusOK)
	return true
}

// keepDrawn keeps a page that can be sent again.
func (c *visit) keepDrawn(body *reply.Body) {
	if key := c.key(); key != "" && c.book != nil {
		c.site.drawn.put(key, &drawnPage{base: c.base, book: c.book, body: body})
	}
}

// send sends a body once.
func send(w http.ResponseWriter, r *http.Request, status int, body []byte) {
	level := gzip.DefaultCompression
	if w.Header().Get("Content-Type") == "application/gzip" {
		level = gzip.NoCompression
	}
	reply.New(body, level).Send(w, r, status)
}
