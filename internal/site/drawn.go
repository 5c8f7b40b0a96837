package site

import (
	"compress/gzip"
	"net/http"

	"mizan/internal/reply"
)

// drawnOf are the builds that a page shows, while which it is kept.
type drawnOf struct{ base, book *book }

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
	page, ok := c.site.drawn.Get(key, drawnOf{c.base, c.book})
	if !ok {
		return false
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	page.Body.Send(w, c.r, http.StatusOK)
	return true
}

// keepDrawn keeps a page that can be sent again.
func (c *visit) keepDrawn(body *reply.Body) {
	if key := c.key(); key != "" && c.book != nil {
		c.site.drawn.Put(key, drawnOf{c.base, c.book}, reply.Kept{Body: body})
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
