package web

import (
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"dangol/models"
	"dangol/models/store"
)

// maxText bounds what is read from an address line.
const maxText = 200

// ID reads a number of the path. Whatever is no positive number is not found, as is a row that does not exist.
func ID(c echo.Context, name string) (int64, error) {
	id, err := strconv.ParseInt(c.Param(name), 10, 64)
	if err != nil || id <= 0 {
		return 0, models.ErrNotFound
	}
	return id, nil
}

// Query reads one text of the address line: trimmed, without what is no text, at most 200 bytes. Only the first of
// several values of a name counts.
func Query(c echo.Context, name string) string { return cleaned(c.QueryParam(name)) }

// Param reads one text of the path, as Query does.
func Param(c echo.Context, name string) string { return cleaned(c.Param(name)) }

func cleaned(text string) string {
	text = strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "")
	if len(text) > maxText {
		text = strings.ToValidUTF8(text[:maxText], "")
	}
	return strings.TrimSpace(text)
}

// QueryInt reads a whole number of the address line, fallback where there is none.
func QueryInt(c echo.Context, name string, fallback int64) int64 {
	n, err := strconv.ParseInt(c.QueryParam(name), 10, 64)
	if err != nil {
		return fallback
	}
	return n
}

// Bind reads the form of the body into into, by its `form` tags; the address line and the path are not mixed in. It
// returns Invalid for what is no text, and the error of a body that is too large.
func Bind(c echo.Context, into any) error {
	values, err := c.FormParams()
	if err != nil {
		return bodyError(err)
	}
	for name, list := range values {
		if !isText(name) || slices.ContainsFunc(list, func(v string) bool { return !isText(v) }) {
			return models.InvalidField(strings.ToValidUTF8(name, "?"), "bad_text", nil)
		}
	}
	return bindForm(c, into)
}

func bindForm(c echo.Context, into any) error {
	if err := (&echo.DefaultBinder{}).BindBody(c, into); err != nil {
		return bodyError(err)
	}
	return nil
}

// bodyError keeps the one error of a body that has an answer of its own; every other is a malformed request.
func bodyError(err error) error {
	if failure := Judge(err); failure.Status == 413 {
		return err
	}
	return &models.Error{Kind: models.Invalid, Code: "invalid", Err: err}
}

func isText(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

// NewKey makes the idempotency key of a form that is about to be shown.
func NewKey() string { return rand.Text() }

// FormKey gives the idempotency key of the form that was sent, and with it the hash of everything that its effect
// depends on: the address and all fields but the key itself and the session's token. It returns Invalid without a key.
func FormKey(c echo.Context) (store.Key, error) {
	values, err := c.FormParams()
	if err != nil {
		return store.Key{}, bodyError(err)
	}
	key := values.Get("idempotency_key")
	if key == "" || len(key) > 255 || !isText(key) {
		return store.Key{}, models.InvalidField("idempotency_key", "required", nil)
	}
	r := Of(c)
	return store.Key{Scope: fmt.Sprintf("staff:%d", r.Actor().StaffID), Key: key, BodyHash: formHash(c.Request().URL.Path, values)}, nil
}

func formHash(path string, values url.Values) []byte {
	h := sha256.New()
	io.WriteString(h, path+"\n")
	kept := url.Values{}
	for name, list := range values {
		if name != "idempotency_key" && name != "csrf" {
			kept[name] = list
		}
	}
	io.WriteString(h, kept.Encode())
	return h.Sum(nil)
}
