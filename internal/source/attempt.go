package source

import (
	"compress/gzip"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// attempt is a request on its way to an answer.
type attempt struct {
	*Client
	connector *Connector
	request   Request
	target    *url.URL
	half      Half
	memory    Memory
}

// ask makes the request once. Errors after which another try may help are
// againErrors.
func (a *attempt) ask(ctx context.Context, try int) (*Answer, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	r, last, err := a.build(ctx, try)
	if err != nil {
		return nil, err
	}
	resp, err := a.http.Do(r)
	if err != nil {
		if resp != nil {
			_ = resp.Body.Close()
		}
		return nil, temporary(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode == http.StatusNotModified && last != nil {
		last.Same, last.Time = true, a.Now().UTC()
		return last, nil
	}
	if err := a.status(resp); err != nil {
		return nil, err
	}
	watch := time.AfterFunc(a.Stall, func() { cancel(fmt.Errorf("nothing came for %s", a.Stall)) })
	defer watch.Stop()
	if err := a.read(resp, watch); err != nil {
		if cause := context.Cause(ctx); cause != nil && ctx.Err() != nil {
			err = &againError{err: cause}
		}
		return nil, err
	}
	return a.keep(resp)
}

// build makes the request: for the rest of a half that is there, or, if the
// last answer is kept, for one that differs from it.
func (a *attempt) build(ctx context.Context, try int) (*http.Request, *Answer, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, a.target.String(), http.NoBody)
	if err != nil {
		return nil, nil, err
	}
	r.Header.Set("User-Agent", a.Agent)
	if a.request.Accept != "" {
		r.Header.Set("Accept", a.request.Accept)
	}
	if k := a.connector.Key; k != nil && k.Header != "" && a.Mirror == "" {
		key, err := a.key(a.connector, a.target)
		if err != nil {
			return nil, nil, err
		}
		if key != "" {
			r.Header.Set(k.Header, k.Prefix+key)
			a.secret = append(a.secret, k.Header)
		}
	}
	if n := a.half.Size(); n > 0 && a.half.Validator() != "" {
		r.Header.Set("Range", fmt.Sprintf("bytes=%d-", n))
		r.Header.Set("If-Range", a.half.Validator())
		r.Header.Set("Accept-Encoding", "identity")
		return r, nil, nil
	}
	// A packed answer that breaks off cannot be continued, so that after the
	// first time the answer is wanted as it is.
	if try == 1 {
		r.Header.Set("Accept-Encoding", "gzip")
	} else {
		r.Header.Set("Accept-Encoding", "identity")
	}
	last, ok := a.memory.Last(a.request.URL)
	if !ok {
		return r, nil, nil
	}
	if last.ETag != "" {
		r.Header.Set("If-None-Match", last.ETag)
	}
	if last.LastModified != "" {
		r.Header.Set("If-Modified-Since", last.LastModified)
	}
	return r, &last, nil
}

// status looks at the status of an answer.
func (a *attempt) status(resp *http.Response) error {
	code := resp.StatusCode
	switch {
	case code == http.StatusOK:
		return nil
	case code == http.StatusPartialContent && a.half.Size() > 0 && resp.Request.Header.Get("Range") != "":
		if start, ok := rangeStart(resp.Header.Get("Content-Range")); ok && start == a.half.Size() {
			return nil
		}
		return a.again(errors.New("it continues the answer at another place"))
	case code == http.StatusRequestedRangeNotSatisfiable:
		return a.again(errors.New("it cannot continue the answer"))
	}
	refusal := &refusedError{code: code}
	if t := mediaType(resp.Header.Get("Content-Type")); strings.Contains(t, "json") || t == "text/plain" || strings.Contains(t, "xml") {
		text, _ := io.ReadAll(io.LimitReader(resp.Body, 300))
		refusal.text = oneLine(string(text))
	}
	switch code {
	case 408, 425, 429, 500, 502, 503, 504:
		return &againError{refusal, a.retryAfter(resp.Header.Get("Retry-After"))}
	}
	return refusal
}

// again lets go of the half, so that the next try begins at the start.
func (a *attempt) again(err error) error {
	if e := a.half.Restart(""); e != nil {
		return &diskError{e}
	}
	return &againError{err: err}
}

// retryAfter is how long a server asks to wait, in seconds or until a date.
func (a *attempt) retryAfter(header string) time.Duration {
	if n, err := strconv.Atoi(strings.TrimSpace(header)); err == nil && n >= 0 {
		return time.Duration(min(n, 1<<20)) * time.Second
	}
	if at, err := http.ParseTime(header); err == nil {
		return max(0, at.Sub(a.Now()))
	}
	return 0
}

// rangeStart is the first byte in "bytes 100-199/200".
func rangeStart(header string) (int64, bool) {
	span, ok := strings.CutPrefix(header, "bytes ")
	first, _, cut := strings.Cut(span, "-")
	n, err := strconv.ParseInt(first, 10, 64)
	return n, ok && cut && err == nil
}

// read takes the body into the half.
func (a *attempt) read(resp *http.Response, watch *time.Timer) error {
	packed := strings.EqualFold(strings.TrimSpace(resp.Header.Get("Content-Encoding")), "gzip")
	if resp.StatusCode == http.StatusOK {
		validator := ""
		if !packed && resp.Header.Get("Accept-Ranges") != "none" {
			validator = strongValidator(resp.Header)
		}
		if err := a.half.Restart(validator); err != nil {
			return &diskError{err}
		}
	}
	var body io.Reader = &watched{resp.Body, watch, a.Stall}
	switch enc := resp.Header.Get("Content-Encoding"); {
	case packed:
		z, err := gzip.NewReader(body)
		if err != nil {
			return a.again(fmt.Errorf("the answer is not packed as it says: %w", err))
		}
		body = z
	case enc != "" && !strings.EqualFold(enc, "identity"):
		return fmt.Errorf("the answer is packed by %s, which was not asked for", quote(enc))
	}
	left := a.Limit - a.half.Size()
	n, err := io.Copy(&disk{a.half}, io.LimitReader(body, left+1))
	if n > left {
		if e := a.half.Restart(""); e != nil {
			return &diskError{e}
		}
		return &largeError{a.Limit}
	}
	var ours *diskError
	switch {
	case errors.As(err, &ours):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &againError{err: errors.New("the answer broke off")}
	case err != nil:
		return temporary(err)
	}
	return nil
}

// keep stores a whole answer, if it is of the type that was asked for.
func (a *attempt) keep(resp *http.Response) (*Answer, error) {
	body, err := a.half.Bytes()
	if err != nil {
		return nil, &diskError{err}
	}
	got := mediaType(resp.Header.Get("Content-Type"))
	if !fits(a.request.Accept, got, body[:min(len(body), 512)]) {
		if err := a.half.Restart(""); err != nil {
			return nil, &diskError{err}
		}
		return nil, fmt.Errorf("%w: %s, where %s was asked for", errWrongType, quote(got), or(a.request.Accept, "data"))
	}
	sum, err := a.memory.Keep(a.request.URL, body)
	if err != nil {
		return nil, &diskError{err}
	}
	answer := &Answer{
		URL: a.request.URL, Time: a.Now().UTC(), SHA256: sum, Size: int64(len(body)), Type: got, Body: body,
		ETag: headerText(resp.Header.Get("ETag")), LastModified: headerText(resp.Header.Get("Last-Modified")),
	}
	if resp.Request != nil && resp.Request.URL.String() != a.target.String() {
		answer.From = a.withoutKey(resp.Request.URL)
	}
	return answer, nil
}

// withoutKey is an address that may be written down: the path alone of what a
// redirect led to, for what follows it may be a signature.
func (a *attempt) withoutKey(u *url.URL) string {
	bare := *u
	bare.User, bare.RawQuery, bare.Fragment = nil, "", ""
	return bare.String()
}

// headerText is a header that will be sent again; one that is too long is none.
func headerText(s string) string {
	if len(s) > 300 || strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) {
		return ""
	}
	return s
}

// strongValidator names a state of the answer to the byte: an ETag that is not
// weak, else the time of the last change.
func strongValidator(h http.Header) string {
	if tag := headerText(h.Get("ETag")); strings.HasPrefix(tag, `"`) {
		return tag
	}
	return headerText(h.Get("Last-Modified"))
}

// watched sets the watch back whenever something comes.
type watched struct {
	from  io.Reader
	watch *time.Timer
	stall time.Duration
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.from.Read(p)
	if n > 0 {
		w.watch.Reset(w.stall)
	}
	return n, err
}

// disk marks errors of writing as our own.
type disk struct{ to io.Writer }

func (d *disk) Write(p []byte) (int, error) {
	n, err := d.to.Write(p)
	if err != nil {
		err = &diskError{err}
	}
	return n, err
}

// temporary marks errors of the network after which another try may help. A
// private address, a name that nobody has, and a certificate that is not good
// stay what they are.
func temporary(err error) error {
	var private *privateError
	var name *net.DNSError
	var cert *tls.CertificateVerificationError
	switch {
	case errors.As(err, &private), errors.Is(err, errRedirects), errors.As(err, &cert):
		return reason(err)
	case errors.As(err, &name) && name.IsNotFound:
		return fmt.Errorf("there is no host %s, or no way to it", quote(name.Name))
	}
	var network net.Error
	var op *net.OpError
	if errors.As(err, &op) || errors.As(err, &network) && network.Timeout() || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return &againError{err: errors.New(oneLine(reason(err).Error()))}
	}
	// A redirect that was refused, and what the library will not send.
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return &againError{err: err}
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
