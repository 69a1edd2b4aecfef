package web

import (
	"bytes"
	"net/http"
	"sync"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"dangol/views/components"
)

// IsHTMX says whether htmx sent the request: it follows redirects by itself, so it is told where to go by a header.
func IsHTMX(c echo.Context) bool { return c.Request().Header.Get("HX-Request") == "true" }

// IsPartial says whether htmx wants a part of a page rather than the whole.
func IsPartial(c echo.Context) bool {
	return IsHTMX(c) && c.Request().Header.Get("HX-Request-Type") == "partial"
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Render answers with components one after the other. They are written to memory first: an error in a template becomes an
// error page, not half a page.
func Render(c echo.Context, status int, parts ...templ.Component) error {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	for _, part := range parts {
		if err := part.Render(c.Request().Context(), b); err != nil {
			return err
		}
	}
	return c.HTMLBlob(status, b.Bytes())
}

// Page answers with the page, or with the parts alone where htmx asks for a part.
func Page(c echo.Context, status int, page templ.Component, parts ...templ.Component) error {
	if IsPartial(c) && len(parts) > 0 {
		return Render(c, status, parts...)
	}
	return Render(c, status, page)
}

// Go sends the browser on after something was done: 303, or a header where htmx would follow the 303 into its target.
func Go(c echo.Context, path string) error {
	if IsHTMX(c) {
		c.Response().Header().Set("HX-Redirect", path)
		return c.NoContent(http.StatusOK)
	}
	return c.Redirect(http.StatusSeeOther, path)
}

// Focus says where the focus goes when htmx has put the answer in its place: what was pressed may be gone.
func Focus(c echo.Context, selector string) {
	if IsPartial(c) {
		c.Response().Header().Set("HX-Trigger", `{"ui:focus":"`+selector+`"}`)
	}
}

// Toast is a part of an answer that appears among the notices, whatever else the answer replaces.
func Toast(t components.ToastProps) templ.Component { return components.ToastPartial(t) }
