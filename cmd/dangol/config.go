package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"strings"
)

// config is the program's environment. Nothing else configures it.
type config struct {
	DatabaseURL    string         // empty: a private server below Data
	Addr           string         // where to listen
	Data           string         // the data folder
	URL            *url.URL       // what people see; links are made of it, never of a Host header
	SMTPURL        string         // empty: mail is spooled to files
	TrustedProxies []netip.Prefix // whose X-Forwarded-For is believed
	MetricsAddr    string         // empty: no metrics
}

const environmentHelp = `  DATABASE_URL            PostgreSQL 15 or newer; unset: a private server below DANGOL_DATA
  DANGOL_ADDR             where to listen (127.0.0.1:8080)
  DANGOL_DATA             private PostgreSQL, uploads, mail spool, secret (./data)
  DANGOL_URL              the address that people see (http://DANGOL_ADDR)
  DANGOL_SMTP_URL         smtp://user:password@host:587; unset: mail is spooled to files
  DANGOL_TRUSTED_PROXIES  whose X-Forwarded-For is believed: 10.0.0.0/8,192.0.2.1
  DANGOL_METRICS_ADDR     private listener for /metrics; unset: off
`

func configFrom(getenv func(string) string) (config, error) {
	or := func(name, fallback string) string {
		if value := getenv(name); value != "" {
			return value
		}
		return fallback
	}
	c := config{
		DatabaseURL: getenv("DATABASE_URL"),
		Addr:        or("DANGOL_ADDR", "127.0.0.1:8080"),
		Data:        or("DANGOL_DATA", "./data"),
		SMTPURL:     getenv("DANGOL_SMTP_URL"),
		MetricsAddr: getenv("DANGOL_METRICS_ADDR"),
	}
	var errs [3]error
	_, _, errs[0] = net.SplitHostPort(c.Addr)
	c.URL, errs[1] = publicURL(or("DANGOL_URL", "http://"+c.Addr))
	c.TrustedProxies, errs[2] = proxies(getenv("DANGOL_TRUSTED_PROXIES"))
	for i, name := range []string{"DANGOL_ADDR", "DANGOL_URL", "DANGOL_TRUSTED_PROXIES"} {
		if errs[i] != nil {
			return c, fmt.Errorf("%s: %w", name, errs[i])
		}
	}
	return c, nil
}

func publicURL(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	switch {
	case err != nil:
		return nil, err
	case (u.Scheme != "http" && u.Scheme != "https") || u.Host == "":
		return nil, fmt.Errorf("%q is no address like https://loyalty.example.com", text)
	case strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "":
		return nil, fmt.Errorf("%q has something after the host: Dangol needs a host of its own", text)
	}
	u.Path = ""
	return u, nil
}

func proxies(list string) (found []netip.Prefix, err error) {
	for part := range strings.SplitSeq(list, ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		prefix, err := netip.ParsePrefix(part)
		if err != nil {
			addr, addrErr := netip.ParseAddr(part)
			if addrErr != nil {
				return nil, err
			}
			prefix = netip.PrefixFrom(addr, addr.BitLen())
		}
		found = append(found, prefix)
	}
	return found, nil
}

// plainRefused explains why sign-in over plain http is refused: cookies that browsers protect exist for https and the
// machine itself only.
func (c config) plainRefused() error {
	if c.URL.Scheme == "https" || isLoopback(c.URL.Hostname()) {
		return nil
	}
	return errors.New("DANGOL_URL is " + c.URL.String() + ": over plain http anybody on the way reads passwords. " +
		"Put an https proxy in front and set DANGOL_URL=https://…, or start with --insecure-http if you know better")
}

func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.IsLoopback()
}

// newLog writes text for a person at a terminal and JSON for whatever collects logs.
func newLog(w io.Writer) *slog.Logger {
	if f, ok := w.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			return slog.New(slog.NewTextHandler(w, nil))
		}
	}
	return slog.New(slog.NewJSONHandler(w, nil))
}
