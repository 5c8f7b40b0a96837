// Package reply sends whole answers over HTTP: with a validator made from their
// bytes, so that who holds the same bytes gets none, and packed for who can unpack
// them.
package reply

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// least is the size under which packing does not pay: a packet holds as much.
const least = 1024

// Body is the body of an answer that can be sent many times; it is packed once, when
// that is first asked for. It may be used by several goroutines.
type Body struct {
	plain  []byte
	level  int
	tag    string
	once   sync.Once
	packed []byte
}

// New keeps a body, which must not change afterwards. Level is that of compress/gzip
// at which it is packed; gzip.NoCompression says that it is packed already.
func New(plain []byte, level int) *Body {
	sum := sha256.Sum256(plain)
	return &Body{plain: plain, level: level, tag: `W/"` + hex.EncodeToString(sum[:16]) + `"`}
}

// Size is about how many bytes it takes.
func (b *Body) Size() int { return len(b.plain) + len(b.plain)/4 }

// pack packs the body.
func (b *Body) pack() {
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, b.level)
	if err != nil {
		z = gzip.NewWriter(&out)
	}
	_, _ = z.Write(b.plain) // a buffer does not fail
	_ = z.Close()
	b.packed = out.Bytes()
}

// Send answers with the body. Only an answer with the status 200 has a validator; a
// request that names it gets 304 (RFC 9110, section 13.1.2). Cache-Control is no-cache
// unless it is set: ask again, and be told that nothing has changed. HEAD gets the
// headers alone.
func (b *Body) Send(w http.ResponseWriter, r *http.Request, status int) {
	h := w.Header()
	h.Add("Vary", "Accept-Encoding")
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-cache")
	}
	if status == http.StatusOK {
		h.Set("ETag", b.tag)
		if Matches(r.Header.Values("If-None-Match"), b.tag) {
			h.Del("Content-Type")
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	body := b.plain
	if b.level != gzip.NoCompression && len(body) > least && AcceptsGzip(r.Header.Get("Accept-Encoding")) {
		b.once.Do(b.pack)
		h.Set("Content-Encoding", "gzip")
		body = b.packed
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // who asked may have gone; nothing is left to tell
	}
}

// Matches tells whether the headers If-None-Match name a validator. They are compared
// weakly (RFC 9110, section 13.1.2).
func Matches(headers []string, tag string) bool {
	for _, header := range headers {
		for t := range strings.SplitSeq(header, ",") {
			t = strings.TrimSpace(t)
			if t == "*" || strings.TrimPrefix(t, "W/") == strings.TrimPrefix(tag, "W/") {
				return true
			}
		}
	}
	return false
}

// AcceptsGzip reads the header Accept-Encoding: gzip must be named, and not with the
// quality 0 (RFC 9110, section 12.5.3). A quality that is no number counts as none.
func AcceptsGzip(header string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, parameter, _ := strings.Cut(strings.ReplaceAll(part, " ", ""), ";")
		if !strings.EqualFold(name, "gzip") {
			continue
		}
		quality, given := strings.CutPrefix(strings.ToLower(parameter), "q=")
		q, err := strconv.ParseFloat(quality, 64)
		return !given || err == nil && q > 0
	}
	return false
}
