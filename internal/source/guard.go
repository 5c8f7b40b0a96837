package source

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"syscall"
	"time"
)

// privateError is an address that only machines near this one can reach. A
// publisher's service has none; a redirect to one would make this program read
// for a stranger what the stranger cannot.
type privateError struct{ what string }

func (e *privateError) Error() string {
	return e.what + " is an address of this machine or of a private network"
}

// IsPrivate says whether an error is the refusal of a private address.
func IsPrivate(err error) bool {
	var private *privateError
	return errors.As(err, &private)
}

// addressError is an address that cannot be asked at all.
type addressError struct{ what string }

func (e *addressError) Error() string { return e.what }

// specialNetworks are networks that are not the public internet's and that package
// netip does not name (IANA's registries of special addresses).
var specialNetworks = sync.OnceValue(func() []netip.Prefix {
	return []netip.Prefix{
		netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
		netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("198.51.100.0/24"),
		netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("100::/64"),
		netip.MustParsePrefix("2001:db8::/32"), netip.MustParsePrefix("fec0::/10"),
	}
})

// carriers are IPv6 networks whose addresses hold an IPv4 address, at this byte.
var carriers = sync.OnceValue(func() []carrier {
	return []carrier{
		{netip.MustParsePrefix("64:ff9b::/96"), 12},
		{netip.MustParsePrefix("64:ff9b:1::/48"), 12},
		{netip.MustParsePrefix("2002::/16"), 2},
		{netip.MustParsePrefix("::/96"), 12},
	}
})

type carrier struct {
	prefix netip.Prefix
	at     int
}

// private says whether an address is of no public network.
func private(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if !a.IsValid() || a.IsLoopback() || a.IsPrivate() || a.IsLinkLocalUnicast() || a.IsMulticast() || a.IsUnspecified() {
		return true
	}
	for _, p := range specialNetworks() {
		if p.Contains(a) {
			return true
		}
	}
	for _, c := range carriers() {
		if a.Is6() && c.prefix.Contains(a) {
			b := a.As16()
			return private(netip.AddrFrom4([4]byte(b[c.at : c.at+4])))
		}
	}
	return false
}

// checkAddress refuses addresses that cannot be asked for at all, and those
// whose host is written as a private address: behind a proxy nothing is looked
// up here.
func (c *Client) checkAddress(u *url.URL) error {
	switch {
	case u.Scheme != "https" && u.Scheme != "http":
		return &addressError{fmt.Sprintf("%s is no web address: it begins with neither https:// nor http://", quote(u.Redacted()))}
	case u.Hostname() == "":
		return &addressError{fmt.Sprintf("%s names no host", quote(u.Redacted()))}
	case u.User != nil:
		return &addressError{"the address holds a user or a password, and keys come from the environment"}
	case c.AllowPrivate || c.trusted[hostPort(u)]:
		return nil
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return &privateError{host}
	}
	if a, err := netip.ParseAddr(host); err == nil && private(a) {
		return &privateError{host}
	}
	return nil
}

// hostPort is the host of an address with its port.
func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = "443"
		if u.Scheme == "http" {
			port = "80"
		}
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// dial connects. What a name stands for is checked when it has been looked up,
// so that a name cannot stand for a public address first and for a private one
// then. The proxies and the mirror of the user may be anywhere.
func (c *Client) dial(ctx context.Context, network, address string) (net.Conn, error) {
	d := net.Dialer{Timeout: 30 * time.Second, KeepAlive: 30 * time.Second}
	if !c.AllowPrivate && !c.trusted[address] {
		d.Control = func(_, address string, _ syscall.RawConn) error {
			at, err := netip.ParseAddrPort(address)
			if err != nil {
				return err
			}
			if private(at.Addr()) {
				return &privateError{at.Addr().String()}
			}
			return nil
		}
	}
	return d.DialContext(ctx, network, address)
}

// Dial connects to a server that speaks another protocol than HTTP, at HOST:PORT;
// private addresses are refused as for all others.
func (c *Client) Dial(ctx context.Context, address string) (net.Conn, error) {
	c.start()
	return c.dial(ctx, "tcp", address)
}

// proxy is the user's proxy for a request, which is trusted from here on.
func (c *Client) proxy(r *http.Request) (*url.URL, error) {
	u, err := c.proxyFor(r.URL)
	if u != nil && err == nil {
		c.trust(u)
	}
	return u, err
}

func (c *Client) trust(u *url.URL) {
	if c.trusted == nil {
		c.trusted = map[string]bool{}
	}
	c.trusted[hostPort(u)] = true
}

// tooManyRedirects is where a chain of redirects is cut.
const tooManyRedirects = 10

var errRedirects = fmt.Errorf("it redirects more than %d times, in a circle perhaps", tooManyRedirects)

// redirect checks where an answer sends us. Keys go to no other host, and no
// page learns from which address we came, for that may hold a key.
func (c *Client) redirect(r *http.Request, via []*http.Request) error {
	r.Header.Del("Referer")
	if len(via) > tooManyRedirects {
		return errRedirects
	}
	from := via[len(via)-1].URL
	if from.Scheme == "https" && r.URL.Scheme == "http" {
		return errors.New("it redirects from https to http, where anybody on the way may change the figures")
	}
	if r.URL.Host != via[0].URL.Host {
		for _, name := range c.secret {
			r.Header.Del(name)
		}
	}
	return c.checkAddress(r.URL)
}
