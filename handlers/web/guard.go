package web

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

const (
	usualBody = 1 << 20
	usualTime = 30 * time.Second
)

// policy is the content security policy of every answer: nothing from elsewhere, nothing inline.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"

// Headers sets on every answer, errors and files included, what a browser should hold us to. Referrer-Policy is
// same-origin and not no-referrer, under which a browser hides the Origin of our own forms.
func Headers(https bool) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			h := c.Response().Header()
			h.Set("Content-Security-Policy", policy)
			h.Set("X-Content-Type-Options", "nosniff")
			h.Set("Referrer-Policy", "same-origin")
			h.Set("Cross-Origin-Opener-Policy", "same-origin")
			h.Set("Cross-Origin-Resource-Policy", "same-origin")
			h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
			h.Set("Cache-Control", "no-store")
			h.Set("Vary", "HX-Request, HX-Request-Type, Accept-Language, Cookie")
			if https {
				h.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
			}
			return next(c)
		}
	}
}

// Log writes one line a request, with nothing personal in it: the route's pattern instead of the address, ids instead of
// names. The causes of faults of ours are in it, once.
func Log(log *slog.Logger) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			r, began := Of(c), time.Now()
			r.ID = rand.Text()[:16]
			c.Response().Header().Set("X-Request-Id", r.ID)
			err := next(c)
			if err != nil {
				c.Error(err) // answers now, so that the line knows the status
			} else {
				err = r.Fault
			}
			write(c, log, time.Since(began), err)
			return nil
		}
	}
}

func write(c echo.Context, log *slog.Logger, took time.Duration, err error) {
	r := Of(c)
	level, attrs := slog.LevelInfo, []slog.Attr{
		slog.String("id", r.ID), slog.String("method", c.Request().Method), slog.String("route", c.Path()),
		slog.Int("status", c.Response().Status), slog.Int64("bytes", c.Response().Size), slog.Duration("took", took),
		slog.Int64("merchant", r.MerchantID()), slog.Int64("staff", r.Actor().StaffID), slog.Int64("key", r.Actor().KeyID),
	}
	if err != nil && Judge(err).Ours && !errors.Is(err, context.Canceled) {
		level, attrs = slog.LevelError, append(attrs, slog.String("error", err.Error()))
	}
	log.LogAttrs(c.Request().Context(), level, "request", attrs...)
}

// Recover turns a panic into an error of ours.
func Recover(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			if p := recover(); p != nil {
				if fault, ok := p.(error); ok && errors.Is(fault, http.ErrAbortHandler) {
					panic(p)
				}
				err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
			}
		}()
		return next(c)
	}
}

// Limit bounds a request's body and time.
func Limit(l Limits) echo.MiddlewareFunc {
	if l.Body == 0 {
		l.Body = usualBody
	}
	if l.Time == 0 {
		l.Time = usualTime
	}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			ctx, cancel := context.WithTimeout(c.Request().Context(), l.Time)
			defer cancel()
			request := c.Request().WithContext(ctx)
			request.Body = http.MaxBytesReader(c.Response(), request.Body, l.Body)
			c.SetRequest(request)
			return next(c)
		}
	}
}

// FormToken is the token that the session's forms carry: it cannot be made without the session's secret, nor does it
// give that away.
func FormToken(session string) string {
	sum := sha256.Sum256([]byte("form token of " + session))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// SameSite refuses what another site has sent with this browser's cookies. Browsers say where a request comes from
// (Sec-Fetch-Site, Origin); what says neither must carry the session's token, and without a session it is refused.
func SameSite(origins ...string) (echo.MiddlewareFunc, error) {
	protection := http.NewCrossOriginProtection()
	for _, origin := range origins {
		if err := protection.AddTrustedOrigin(origin); err != nil {
			return nil, err
		}
	}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if protection.Check(c.Request()) != nil || !isSafe(c.Request()) && !saysWhence(c.Request()) && !hasToken(c) {
				return errCross
			}
			return next(c)
		}
	}, nil
}

func isSafe(r *http.Request) bool {
	return r.Method == http.MethodGet || r.Method == http.MethodHead || r.Method == http.MethodOptions
}

func saysWhence(r *http.Request) bool {
	return r.Header.Get("Sec-Fetch-Site") != "" || r.Header.Get("Origin") != ""
}

// hasToken looks in the header, and in a form that is small enough to be read here.
func hasToken(c echo.Context) bool {
	token := c.Request().Header.Get("X-CSRF-Token")
	if token == "" && strings.HasPrefix(c.Request().Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		token = c.Request().PostFormValue("csrf")
	}
	want := Of(c).Token
	return want != "" && subtle.ConstantTimeCompare([]byte(token), []byte(want)) == 1
}
