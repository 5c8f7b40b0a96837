package api

import (
	"bytes"
	"compress/gzip"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"mizan/internal/reply"
)

// held is an answer that is kept until it is whole.
type held struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (h *held) Header() http.Header { return h.header }

func (h *held) WriteHeader(status int) {
	if h.status == 0 {
		h.status = status
	}
}

func (h *held) Write(b []byte) (int, error) {
	h.WriteHeader(http.StatusOK)
	return h.body.Write(b)
}

// conditional gives every answer a validator made of its bytes: who holds the same
// bytes is told so and gets none. It compresses for who accepts it, answers HEAD as
// GET without the body, and lets pages of other sites read.
func conditional(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Access-Control-Allow-Origin", "*")
		h.Set("Access-Control-Expose-Headers", "ETag, Link, X-Total-Count")
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
		switch r.Method {
		case http.MethodGet, http.MethodHead:
		case http.MethodOptions:
			h.Set("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
			h.Set("Access-Control-Allow-Headers", "Accept, If-None-Match")
			h.Set("Access-Control-Max-Age", "86400")
			w.WriteHeader(http.StatusNoContent)
			return
		default:
			h.Set("Allow", "GET, HEAD, OPTIONS")
			http.Error(w, "this API is read only", http.StatusMethodNotAllowed)
			return
		}
		ask := *r
		ask.Method = http.MethodGet
		out := &held{header: http.Header{}}
		next.ServeHTTP(out, &ask)
		sendHeld(w, r, out)
	})
}

// sendHeld sends an answer that is whole.
func sendHeld(w http.ResponseWriter, r *http.Request, out *held) {
	h := w.Header()
	for key, values := range out.header {
		// An empty header is one that the answer has not got.
		if len(values) > 0 && values[0] != "" {
			h[key] = values
		}
	}
	reply.New(out.body.Bytes(), gzip.BestSpeed).Send(w, r, out.status)
}

// negotiate is the media type on offer that a request likes best, the earlier of
// two it likes alike; "" if it takes none of them. A request that does not say takes
// the first (RFC 9110, section 12.5.1).
func negotiate(headers []string, offers ...string) string {
	accept := strings.TrimSpace(strings.Join(headers, ","))
	if accept == "" {
		return offers[0]
	}
	best, bestQuality := "", 0.0
	for _, offer := range offers {
		quality, exact := 0.0, -1
		for part := range strings.SplitSeq(accept, ",") {
			name, parameters, err := mime.ParseMediaType(strings.TrimSpace(part))
			if err != nil {
				continue
			}
			q := 1.0
			if text, given := parameters["q"]; given {
				if q, err = strconv.ParseFloat(text, 64); err != nil || !(q >= 0 && q <= 1) {
					continue
				}
			}
			fit := -1
			kind, _, _ := strings.Cut(offer, "/")
			switch name {
			case offer:
				fit = 2
			case kind + "/*":
				fit = 1
			case "*/*":
				fit = 0
			}
			// The range that says most decides.
			if fit > exact {
				exact, quality = fit, q
			}
		}
		if quality > bestQuality {
			best, bestQuality = offer, quality
		}
	}
	return best
}
