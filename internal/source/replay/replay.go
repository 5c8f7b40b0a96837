// Package replay is a server that answers in place of the publishers' services,
// for tests and documents: nothing there asks the network. It stands as the
// mirror of a pull (MIZAN_MIRROR), so that /HOST/PATH is what the service at
// HOST would answer for PATH. Answers are made by the publishers' published
// descriptions of their services, from few rows; they are recordings of ours.
//
// Asked below /next it answers with a later state of the same figures, for
// vintages. It can be told to answer badly, in all the ways in which servers do.
package replay

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/csv"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

//go:embed recordings
var embedded embed.FS

// Fault is a way of answering badly.
type Fault string

// The faults. What is after a colon is an argument.
const (
	ServerError Fault = "500"          // a failure, without Retry-After
	Busy        Fault = "503"          // a failure that asks for a second
	TooMany     Fault = "429"          // a refusal that asks for a second
	TooManyLong Fault = "429 long"     // a refusal that asks for a day
	Truncated   Fault = "truncated"    // half of the answer, then the connection ends
	Reset       Fault = "reset"        // the connection ends at once
	Slow        Fault = "slow"         // half of the answer, then silence
	Page        Fault = "page"         // a page with status 200
	Loop        Fault = "loop"         // a redirect to itself
	Bomb        Fault = "bomb"         // a few kilobytes that unpack to 4 GiB
	NoGzip      Fault = "no gzip"      // says that it is packed, and is not
	Garbage     Fault = "garbage"      // bytes of the right type that mean nothing
	Empty       Fault = "empty"        // nothing, with status 200
	Forbidden   Fault = "403"          // a refusal
	NotFound    Fault = "404"          // there is none
	WrongRange  Fault = "wrong range"  // continues at another place than asked for
	To          Fault = "redirect to:" // a redirect to the address after the colon
)

// Server answers from the recordings.
type Server struct {
	files fs.FS

	lock   sync.Mutex
	faults map[string][]Fault // by part of the address; used up one by one
	asked  []Asked
}

// Asked is a request as it came.
type Asked struct {
	URL    string // of the service, as https://HOST/PATH
	Header http.Header
	Status int
}

// New makes a server of the embedded recordings.
func New() *Server {
	files, err := fs.Sub(embedded, "recordings")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return &Server{files: files, faults: map[string][]Fault{}}
}

// Break makes the next answers bad, one for each fault, where the address has a
// part.
func (s *Server) Break(part string, faults ...Fault) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.faults[part] = append(s.faults[part], faults...)
}

// Asked are the requests so far.
func (s *Server) Asked() []Asked {
	s.lock.Lock()
	defer s.lock.Unlock()
	return slices.Clone(s.asked)
}

// fault takes the next fault for an address; "" if there is none.
func (s *Server) fault(address string) Fault {
	s.lock.Lock()
	defer s.lock.Unlock()
	for part, list := range s.faults {
		if len(list) > 0 && strings.Contains(address, part) {
			s.faults[part] = list[1:]
			return list[0]
		}
	}
	return ""
}

// ServeHTTP answers.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path, vintage := r.URL.EscapedPath(), 0
	if rest, ok := strings.CutPrefix(path, "/next/"); ok {
		path, vintage = "/"+rest, 1
	}
	address := "https:/" + path
	if r.URL.RawQuery != "" {
		address += "?" + r.URL.RawQuery
	}
	s.lock.Lock()
	number := len(s.asked)
	s.asked = append(s.asked, Asked{URL: address, Header: r.Header.Clone()})
	s.lock.Unlock()
	rec := &recorder{ResponseWriter: w, told: func(status int) {
		s.lock.Lock()
		s.asked[number].Status = status
		s.lock.Unlock()
	}}
	body, kind, ok := s.answer(address, vintage)
	if f := s.fault(address); f != "" {
		s.bad(rec, r, f, body, kind)
		return
	}
	if !ok {
		http.Error(rec, "no recording of "+address, http.StatusNotFound)
		return
	}
	send(rec, r, body, kind)
}

// recorder tells the status.
type recorder struct {
	http.ResponseWriter
	told func(status int)
}

func (r *recorder) WriteHeader(status int) {
	r.told(status)
	r.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController through.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// send answers as a good server: with an ETag, packed where that is wanted,
// from the middle where that is wanted.
func send(w http.ResponseWriter, r *http.Request, body []byte, kind string) {
	sum := sha256.Sum256(body)
	w.Header().Set("Content-Type", kind)
	w.Header().Set("ETag", fmt.Sprintf(`"%x"`, sum[:8]))
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") && r.Header.Get("Range") == "" && r.Header.Get("If-None-Match") == "" {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, _ = z.Write(body)
		_ = z.Close()
		w.Header().Set("Content-Encoding", "gzip")
		w.WriteHeader(http.StatusOK)
		_, _ = w.Write(b.Bytes())
		return
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// bad answers badly.
func (s *Server) bad(w http.ResponseWriter, r *http.Request, f Fault, body []byte, kind string) {
	h := w.Header()
	switch f {
	case ServerError, Forbidden, NotFound:
		http.Error(w, "out of order", map[Fault]int{ServerError: 500, Forbidden: 403, NotFound: 404}[f])
	case Busy:
		h.Set("Retry-After", "1")
		http.Error(w, "busy", http.StatusServiceUnavailable)
	case TooMany:
		h.Set("Retry-After", "1")
		http.Error(w, "slow down", http.StatusTooManyRequests)
	case TooManyLong:
		h.Set("Retry-After", "86400")
		http.Error(w, "come back tomorrow", http.StatusTooManyRequests)
	case Truncated, Slow:
		half(w, r, f, body, kind)
	case Reset:
		cut(w)
	case Page:
		h.Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte("<!DOCTYPE html><title>Log in</title>"))
	case Loop:
		http.Redirect(w, r, r.URL.String(), http.StatusFound)
	case Bomb:
		bomb(w, kind)
	case NoGzip:
		h.Set("Content-Type", kind)
		h.Set("Content-Encoding", "gzip")
		_, _ = w.Write(body)
	case Garbage:
		h.Set("Content-Type", kind)
		_, _ = w.Write([]byte("{\"a\": [1, 2\x00\xff"))
	case Empty:
		h.Set("Content-Type", kind)
		w.WriteHeader(http.StatusOK)
	case WrongRange:
		h.Set("Content-Type", kind)
		h.Set("Content-Range", fmt.Sprintf("bytes 1-%d/%d", len(body)-1, len(body)))
		w.WriteHeader(http.StatusPartialContent)
		_, _ = w.Write(body[min(1, len(body)):])
	default:
		if to, ok := strings.CutPrefix(string(f), string(To)); ok {
			http.Redirect(w, r, to, http.StatusFound)
			return
		}
		http.Error(w, "unknown fault "+string(f), http.StatusNotImplemented)
	}
}

// half sends the first half, or of a rest its first half, and then ends the
// connection or says nothing more until the other side hangs up.
func half(w http.ResponseWriter, r *http.Request, f Fault, body []byte, kind string) {
	sum := sha256.Sum256(body)
	start, status := 0, http.StatusOK
	if n, _ := fmt.Sscanf(r.Header.Get("Range"), "bytes=%d-", &start); n == 1 && start < len(body) {
		status = http.StatusPartialContent
		w.Header().Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", start, len(body)-1, len(body)))
	}
	rest := body[start:]
	w.Header().Set("Content-Type", kind)
	w.Header().Set("ETag", fmt.Sprintf(`"%x"`, sum[:8]))
	w.Header().Set("Accept-Ranges", "bytes")
	w.Header().Set("Content-Length", fmt.Sprint(len(rest)))
	w.WriteHeader(status)
	_, _ = w.Write(rest[:len(rest)/2])
	_ = http.NewResponseController(w).Flush()
	if f == Slow {
		<-r.Context().Done()
		return
	}
	cut(w)
}

// cut ends the connection.
func cut(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		_ = conn.Close()
	}
}

// bomb sends 4 MiB that unpack to 4 GiB of blanks.
func bomb(w http.ResponseWriter, kind string) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Encoding", "gzip")
	z := gzip.NewWriter(w)
	blanks := bytes.Repeat([]byte{' '}, 1<<20)
	for range 4 << 10 {
		if _, err := z.Write(blanks); err != nil {
			return
		}
	}
	_ = z.Close()
}

// answer finds the answer of an address.
func (s *Server) answer(address string, vintage int) (body []byte, kind string, ok bool) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, "", false
	}
	if u.Host == "api.worldbank.org" {
		return s.worldBank(u, vintage)
	}
	return s.recording(u, vintage)
}

// recording finds a recording in the list of addresses and files. Parameters
// may stand in any order.
func (s *Server) recording(u *url.URL, vintage int) ([]byte, string, bool) {
	wanted := sorted(u)
	for _, row := range s.rows("index.csv") {
		listed, err := url.Parse(row["url"])
		if err != nil || sorted(listed) != wanted || row["vintage"] == "1" && vintage == 0 || row["vintage"] == "0" && vintage == 1 {
			continue
		}
		text, err := fs.ReadFile(s.files, row["file"])
		if strings.HasSuffix(row["file"], ".xlsx.csv") && err == nil {
			text = workbook(text)
		}
		return text, row["type"], err == nil
	}
	return nil, "", false
}

func sorted(u *url.URL) string {
	return u.Host + u.EscapedPath() + "?" + u.Query().Encode()
}

// rows reads a table of the recordings.
func (s *Server) rows(name string) []map[string]string {
	text, err := fs.ReadFile(s.files, name)
	if err != nil {
		return nil
	}
	all, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil || len(all) == 0 {
		return nil
	}
	var rows []map[string]string
	for _, cells := range all[1:] {
		row := map[string]string{}
		for i, c := range cells {
			row[all[0][i]] = c
		}
		rows = append(rows, row)
	}
	return rows
}
