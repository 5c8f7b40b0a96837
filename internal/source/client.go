package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/http/httpproxy"

	"mizan"
)

// Client asks services for data: one request after the other, with pauses,
// again where that may help, and never from a private network unless allowed.
// The zero value asks the public internet; it is not for several goroutines.
type Client struct {
	Agent        string                   // how the program calls itself
	Getenv       func(name string) string // keys, proxies (HTTPS_PROXY, HTTP_PROXY, NO_PROXY); nil = none
	AllowPrivate bool                     // whether private addresses may be asked
	// Mirror is the address of a server that answers in place of all others:
	// of https://HOST/PATH it is asked MIRROR/HOST/PATH. "" = none.
	Mirror string
	Limit  int64         // the largest answer in bytes, unpacked; 0 = 512 MiB
	Time   time.Duration // the longest time for one answer, its repetitions included; 0 = 30 minutes
	Stall  time.Duration // the longest silence within an answer; 0 = 1 minute
	Tries  int           // how often a request is made; 0 = 5
	Now    func() time.Time
	Sleep  func(ctx context.Context, d time.Duration) error
	Jitter func() float64 // a random number from 0 to 1, by which pauses differ
	Tell   func(text string)
	// Local reads a file of the project, for sources whose address is none of
	// the web; nil = there are none.
	Local func(name string) ([]byte, error)

	once     sync.Once
	http     *http.Client
	proxyFor func(*url.URL) (*url.URL, error)
	trusted  map[string]bool // host:port of proxies and the mirror
	secret   []string        // headers that carry keys
	asked    map[string]time.Time
}

// Memory keeps answers from pull to pull.
type Memory interface {
	// Last is the last answer of an address; false if there is none, or if its
	// bytes are not there any more.
	Last(url string) (Answer, bool)
	// Half is what came of an answer that broke off, made empty if there is none.
	Half(url string) (Half, error)
	// Keep stores the bytes of an answer, and lets go of its half.
	Keep(url string, body []byte) (sha256 string, err error)
}

// Half is an answer on its way.
type Half interface {
	io.Writer
	// Size is how many bytes are there, and Validator what the server called
	// that state of the answer, "" if it cannot be continued.
	Size() int64
	Validator() string
	// Restart forgets what is there.
	Restart(validator string) error
	Bytes() ([]byte, error)
	Close() error
}

// Answer is an answer as it was kept. The address holds no key.
type Answer struct {
	URL          string
	From         string // the address after redirects, where it is another
	Time         time.Time
	SHA256       string
	Size         int64
	Type         string
	ETag         string
	LastModified string
	Body         []byte
	// Same says that the server called the last answer still good.
	Same bool
}

func (c *Client) start() {
	c.once.Do(func() {
		get := c.Getenv
		if get == nil {
			get = func(string) string { return "" }
		}
		c.Getenv = get
		first := func(names ...string) string {
			for _, n := range names {
				if v := get(n); v != "" {
					return v
				}
			}
			return ""
		}
		proxies := httpproxy.Config{
			HTTPProxy: first("HTTP_PROXY", "http_proxy"), HTTPSProxy: first("HTTPS_PROXY", "https_proxy"), NoProxy: first("NO_PROXY", "no_proxy"),
		}
		c.proxyFor = proxies.ProxyFunc()
		c.asked = map[string]time.Time{}
		c.limits()
		if u, err := url.Parse(c.Mirror); err == nil && c.Mirror != "" {
			c.trust(u)
		}
		c.http = &http.Client{
			CheckRedirect: c.redirect,
			Transport: &http.Transport{
				Proxy: c.proxy, DialContext: c.dial, DisableCompression: true, ForceAttemptHTTP2: true,
				TLSHandshakeTimeout: 30 * time.Second, ResponseHeaderTimeout: c.Stall, MaxResponseHeaderBytes: 1 << 20, IdleConnTimeout: 30 * time.Second,
			},
		}
	})
}

func (c *Client) limits() {
	if c.Limit == 0 {
		c.Limit = 512 << 20
	}
	if c.Time == 0 {
		c.Time = 30 * time.Minute
	}
	if c.Stall == 0 {
		c.Stall = time.Minute
	}
	if c.Tries == 0 {
		c.Tries = 5
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Jitter == nil {
		c.Jitter = func() float64 { return 1 }
	}
	if c.Tell == nil {
		c.Tell = func(string) {}
	}
	if c.Sleep == nil {
		c.Sleep = func(ctx context.Context, d time.Duration) error {
			t := time.NewTimer(d)
			defer t.Stop()
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-t.C:
				return nil
			}
		}
	}
}

// Fetch asks for an address until it has an answer, and keeps that. Errors are
// problems whose place is the address; nothing of a failed answer is kept but
// the half that the next pull can continue.
func (c *Client) Fetch(ctx context.Context, k *Connector, r Request, m Memory) (*Answer, error) {
	c.start()
	if c.Local != nil && !strings.Contains(r.URL, "://") {
		return c.local(k, r, m)
	}
	target, err := c.target(k, r.URL)
	if err != nil {
		return nil, c.problem(k, r.URL, err)
	}
	limited, cancel := context.WithTimeoutCause(ctx, c.Time, fmt.Errorf("it took longer than %s in all", c.Time))
	defer cancel()
	half, err := m.Half(r.URL)
	if err != nil {
		return nil, err
	}
	defer func() { _ = half.Close() }()
	a := &attempt{Client: c, connector: k, request: r, target: target, half: half, memory: m}
	for try := 1; ; try++ {
		if err := c.pause(limited, target.Host, k.Pause); err != nil {
			return nil, c.stopped(ctx, limited, k, r.URL, err)
		}
		answer, err := a.ask(limited, try)
		if err == nil {
			return answer, nil
		}
		var again *againError
		if !errors.As(err, &again) || try >= c.Tries || limited.Err() != nil {
			return nil, c.stopped(ctx, limited, k, r.URL, err)
		}
		wait := c.backOff(try, again.after)
		if again.after > longestWait {
			return nil, c.problem(k, r.URL, fmt.Errorf("it asks to wait for %s", again.after))
		}
		c.Tell(fmt.Sprintf("%s: %v; again in %.1f s (%d of %d)", host(r.URL), again.err, wait.Seconds(), try+1, c.Tries))
		if err := c.Sleep(limited, wait); err != nil {
			return nil, c.stopped(ctx, limited, k, r.URL, err)
		}
	}
}

// local reads a file of the project as if it were an answer.
func (c *Client) local(k *Connector, r Request, m Memory) (*Answer, error) {
	body, err := c.Local(r.URL)
	if err != nil {
		p := asProblemList(c.problem(k, r.URL, reason(err)))
		p[0].ID, p[0].Cause, p[0].Remedy = "unusable-file", "the file cannot be read: "+p[0].Cause, "the address is that of a file of the project; one of the web begins with https://"
		return nil, p
	}
	sum, err := m.Keep(r.URL, body)
	if err != nil {
		return nil, err
	}
	return &Answer{URL: r.URL, Time: c.Now().UTC(), SHA256: sum, Size: int64(len(body)), Body: body}, nil
}

// longestWait is the longest wait that a server may ask for.
const longestWait = 2 * time.Minute

// backOff is the pause before the next try: half a second, doubled each time,
// shortened by chance so that many clients do not come back at once; or what
// the server asks for.
func (c *Client) backOff(try int, asked time.Duration) time.Duration {
	if asked > 0 {
		return asked
	}
	d := min(500*time.Millisecond<<(try-1), 30*time.Second)
	return d/2 + time.Duration(float64(d/2)*c.Jitter())
}

// pause keeps the least time between two requests to a host.
func (c *Client) pause(ctx context.Context, host string, least time.Duration) error {
	now := c.Now()
	if last, ok := c.asked[host]; ok && least > 0 && c.Mirror == "" {
		if rest := least - now.Sub(last); rest > 0 && rest <= least {
			if err := c.Sleep(ctx, rest); err != nil {
				return err
			}
		}
	}
	c.asked[host] = c.Now()
	return ctx.Err()
}

// target is the address that is really asked: with the key, or at the mirror,
// which gets no key.
func (c *Client) target(k *Connector, address string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("the address cannot be read: " + oneLine(reason(err).Error()))
	}
	u.Fragment = ""
	if c.Mirror != "" {
		if err := (&Client{AllowPrivate: true}).checkAddress(u); err != nil {
			return nil, err
		}
		base, err := url.Parse(c.Mirror)
		if err != nil || base.Scheme != "http" && base.Scheme != "https" || base.Host == "" {
			return nil, fmt.Errorf("the mirror %s is no web address", quote(c.Mirror))
		}
		m := *base
		m.Path = strings.TrimRight(base.Path, "/") + "/" + u.Host + u.Path
		m.RawPath = strings.TrimRight(base.EscapedPath(), "/") + "/" + u.Host + u.EscapedPath()
		m.RawQuery = u.RawQuery
		return &m, nil
	}
	if err := c.checkAddress(u); err != nil {
		return nil, err
	}
	key, err := c.key(k, u)
	if err != nil {
		return nil, err
	}
	if key != "" && k.Key.Query != "" {
		v := u.Query()
		v.Set(k.Key.Query, key)
		u.RawQuery = v.Encode()
	}
	return u, nil
}

// key is the key of an account, from the environment. It is for the service
// alone: a project that names another address, which may be anybody's, gets
// none.
func (c *Client) key(k *Connector, u *url.URL) (string, error) {
	if k.Key == nil {
		return "", nil
	}
	if base, err := url.Parse(k.Base); err != nil || base.Scheme != u.Scheme || base.Host != u.Host {
		return "", nil
	}
	key := strings.TrimSpace(c.Getenv(k.Key.Env))
	switch {
	case key == "" && k.Key.Must:
		return "", fmt.Errorf("the service wants a key; set the variable %s", k.Key.Env)
	case strings.ContainsFunc(key, func(r rune) bool { return r < '!' || r > '~' }):
		return "", fmt.Errorf("the key in %s holds blanks or characters that no key has", k.Key.Env)
	}
	return key, nil
}

// stopped is the error of an attempt, or why there was no time for another.
func (c *Client) stopped(ctx, limited context.Context, k *Connector, address string, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if limited.Err() != nil {
		err = context.Cause(limited)
	}
	return c.problem(k, address, err)
}

// problem tells what went wrong with an address.
func (c *Client) problem(k *Connector, address string, err error) error {
	var disk *diskError
	if errors.As(err, &disk) {
		return disk.err
	}
	p := &mizan.Problem{ID: "no-answer", Place: mizan.Place{File: oneLine(address)}, Cause: oneLine(reason(err).Error()), Remedy: "try again later; what came so far is kept"}
	var private *privateError
	var status *refusedError
	var large *largeError
	var bad *addressError
	switch {
	case errors.As(err, &bad):
		p.ID, p.Remedy = "bad-address", "give an address such as https://example.org/table.csv"
	case errors.As(err, &private):
		p.ID, p.Remedy = "private-address", "allow it by --allow-private if the server is yours"
	case errors.As(err, &status):
		p.ID, p.Remedy = "refused", status.remedy(k)
	case errors.As(err, &large):
		p.ID, p.Remedy = "large-answer", "ask for less, or raise the limit by --limit"
	case errors.Is(err, errWrongType):
		p.ID, p.Remedy = "wrong-type", "is the address that of the data, and not of a page about them?"
	}
	return mizan.Problems{p}
}

// reason is an error without the address around it, which may hold a key.
func reason(err error) error {
	var u *url.Error
	for errors.As(err, &u) {
		err = u.Err
	}
	return err
}

// againError is an error after which another try may help.
type againError struct {
	err   error
	after time.Duration // what the server asks for; 0 = nothing
}

func (e *againError) Error() string { return reason(e.err).Error() }
func (e *againError) Unwrap() error { return e.err }

// diskError is an error of our own disk.
type diskError struct{ err error }

func (e *diskError) Error() string { return e.err.Error() }

// largeError is an answer beyond the limit.
type largeError struct{ limit int64 }

func (e *largeError) Error() string {
	return fmt.Sprintf("the answer is larger than %d MiB, unpacked", max(e.limit>>20, 1))
}

var errWrongType = errors.New("the answer is of another type")

// refusedError is a refusal.
type refusedError struct {
	code int
	text string // what the server says of it
}

func (e *refusedError) Error() string {
	s := fmt.Sprintf("it answers %d %s", e.code, http.StatusText(e.code))
	if e.text != "" {
		s += " (" + e.text + ")"
	}
	return s
}

func (e *refusedError) remedy(k *Connector) string {
	switch {
	case (e.code == 401 || e.code == 403) && k.Key != nil:
		return "is the key in " + k.Key.Env + " right?"
	case e.code == 404 || e.code == 410 || e.code == 400:
		return "check the series and the years: " + k.URL
	case e.code == 429:
		return "the service wants fewer requests; try again later"
	}
	return "try again later"
}

func host(address string) string {
	if u, err := url.Parse(address); err == nil {
		return u.Host
	}
	return "the server"
}

// mediaType is the type in a header, without parameters.
func mediaType(header string) string {
	t, _, err := mime.ParseMediaType(header)
	if err != nil {
		t, _, _ = strings.Cut(header, ";")
	}
	return strings.ToLower(strings.TrimSpace(t))
}

// fits says whether an answer may be what was asked for: servers are careless
// with types, but a page is no table.
func fits(wanted, got string, start []byte) bool {
	start = bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(start, []byte("\uFEFF"))))
	page := bytes.HasPrefix(start, []byte("<!doctype html")) || bytes.HasPrefix(start, []byte("<html"))
	switch {
	case strings.Contains(wanted, "html"):
		return true
	case got == "text/html" || got == "application/xhtml+xml" || page:
		return false
	case strings.Contains(wanted, "json"):
		return strings.Contains(got, "json") || got == "" || got == "text/plain" || got == "application/octet-stream"
	case strings.Contains(wanted, "csv"):
		return !strings.HasPrefix(got, "image/") && !strings.HasPrefix(got, "video/") && (!strings.Contains(got, "json") || strings.Contains(got, "csv"))
	}
	return true
}
