package web

import (
	"context"
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"dangol/models"
)

// statuses is the one place where a kind of error becomes a status.
var statuses = map[models.Kind]int{
	models.NotFound:     http.StatusNotFound,
	models.Invalid:      http.StatusUnprocessableEntity,
	models.Conflict:     http.StatusConflict,
	models.Refused:      http.StatusUnprocessableEntity,
	models.Forbidden:    http.StatusForbidden,
	models.Unauthorized: http.StatusUnauthorized,
	models.TooMany:      http.StatusTooManyRequests,
	models.Unavailable:  http.StatusServiceUnavailable,
}

// Errors of the transport, in the words of models.
var (
	errMethod   = &models.Error{Kind: models.NotFound, Code: "not_found"}
	errTooLarge = &models.Error{Kind: models.Invalid, Code: "body_too_large"}
	errCross    = &models.Error{Kind: models.Forbidden, Code: "cross_site"} // a request that another site has sent
)

// Failure is an error as an answer tells it.
type Failure struct {
	Status int
	Error  *models.Error // what may be said; of a fault of ours only that there was one
	Ours   bool          // a fault of ours, to be logged with its cause
}

// Judge maps an error to its answer. Whatever is not an error of the business is a fault of ours: nothing of it is shown.
func Judge(err error) Failure {
	if limit, ok := errors.AsType[*http.MaxBytesError](err); ok {
		said := *errTooLarge
		said.Args = map[string]any{"bytes": limit.Limit}
		return Failure{http.StatusRequestEntityTooLarge, &said, false}
	}
	if e, ok := errors.AsType[*models.Error](err); ok {
		status, known := statuses[e.Kind]
		if !known {
			return ours()
		}
		return Failure{status, e, false}
	}
	if e, ok := errors.AsType[*echo.HTTPError](err); ok && e.Code < http.StatusInternalServerError {
		return fromEcho(e)
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return Failure{http.StatusServiceUnavailable, models.ErrUnavailable, true}
	}
	return ours()
}

func ours() Failure {
	return Failure{http.StatusInternalServerError, &models.Error{Kind: models.Internal, Code: "internal"}, true}
}

func fromEcho(e *echo.HTTPError) Failure {
	switch e.Code {
	case http.StatusNotFound:
		return Failure{e.Code, models.ErrNotFound, false}
	case http.StatusMethodNotAllowed:
		return Failure{e.Code, errMethod, false}
	case http.StatusRequestEntityTooLarge:
		return Failure{e.Code, errTooLarge, false}
	}
	return Failure{e.Code, &models.Error{Kind: models.Invalid, Code: "invalid"}, false}
}
