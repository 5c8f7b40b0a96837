package site

import (
	"io"
	"net/http"
	"strconv"
	"time"

	"mizan/internal/site/address"
)

const (
	followFile = "follow.js"
	statePath  = "/changes"
)

// follow is what an open page asks whether the files of the project are still
// those that it shows.
type follow struct {
	URL   string // tells the state of the files now
	State string // of the files when the page was drawn
}

// follows makes open pages follow the project, where it can change.
func (s *Site) follows() {
	if s.config.Stamp == nil {
		delete(s.assets, followFile)
		return
	}
	// A program that is started again counts from the beginning.
	s.started = strconv.FormatInt(time.Now().UnixNano(), 36) + "-"
	s.mux.HandleFunc("GET "+statePath, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		_, _ = io.WriteString(w, s.started+s.config.Stamp())
	})
}

// follow is nil where the project does not change while it is looked at.
func (c *visit) follow() *follow {
	if c.site.config.Stamp == nil || c.site.config.Written {
		return nil
	}
	return &follow{URL: address.Relative(c.at.Path(), statePath[1:]), State: c.site.started + c.stamp}
}
