package models

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says what a caller can do about an error. Handlers map it to a status once, in handlers/web.
type Kind uint8

const (
	// Internal is every error that names no kind: a fault of ours, shown as "something went wrong", logged with its request.
	Internal Kind = iota
	// NotFound: no such row in this merchant. Another merchant's row is not found, never forbidden.
	NotFound
	// Invalid: the input breaks a rule; Fields say where. Nothing was changed.
	Invalid
	// Conflict: the row has changed, is taken, or its state does not allow this.
	Conflict
	// Refused: a lawful request that the terms or a limit turn down (not enough points, limit used up). It is a result,
	// remembered with its idempotency key.
	Refused
	// Forbidden: this member of staff may not do this.
	Forbidden
	// Unauthorized: nobody is signed in, or the key is unknown.
	Unauthorized
	// TooMany: a rate limit; Args["seconds"] says how long to wait.
	TooMany
	// Unavailable: the database is busy or away; the same request may be sent again.
	Unavailable
)

// Error is an error of the business: a kind, a code that the catalogues have words for, and what it is about.
type Error struct {
	Kind   Kind
	Code   string         // stable, lower snake case: "not_enough_points"; the key of its words in views/i18n and of the API's problem type
	Args   map[string]any // numbers and names that the words need
	Fields []FieldError   // with Invalid: every fault found, not only the first
	Err    error          // the cause, for the log; never shown
}

// FieldError is one fault of the input at its place.
type FieldError struct {
	Field string         // form field ("phone"), JSON pointer ("/earning/0/rate") or column name
	Code  string         // as Error.Code: "required", "too_long", "taken"
	Args  map[string]any // numbers and names that the words need
}

func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Code)
	for _, f := range e.Fields {
		fmt.Fprintf(&b, "; %s: %s", f.Field, f.Code)
	}
	if e.Err != nil {
		fmt.Fprintf(&b, ": %v", e.Err)
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is matches another *Error of the same code, so that sentinels such as ErrNotFound work with errors.Is.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// Sentinels for what many verbs answer.
var (
	ErrNotFound    = &Error{Kind: NotFound, Code: "not_found"}
	ErrForbidden   = &Error{Kind: Forbidden, Code: "forbidden"}
	ErrStale       = &Error{Kind: Conflict, Code: "stale"}             // somebody else saved meanwhile
	ErrKeyReused   = &Error{Kind: Invalid, Code: "key_reused"}         // same idempotency key, other body (422)
	ErrKeyBusy     = &Error{Kind: Conflict, Code: "key_busy"}          // the first request with this key still runs (409)
	ErrClockMoving = &Error{Kind: Conflict, Code: "clock_moving"}      // a sandbox's clock is on its way (409)
	ErrUnavailable = &Error{Kind: Unavailable, Code: "unavailable"}    // try again
	ErrSignedOut   = &Error{Kind: Unauthorized, Code: "signed_out"}    // no session
	ErrBadSignIn   = &Error{Kind: Unauthorized, Code: "bad_sign_in"}   // e-mail or password; never says which
	ErrBadKey      = &Error{Kind: Unauthorized, Code: "bad_key"}       // unknown or revoked API key
	ErrBadLink     = &Error{Kind: NotFound, Code: "bad_link"}          // a one-time link that is used, expired or unknown
	ErrShort       = &Error{Kind: Refused, Code: "not_enough_points"}  // Args: available
	ErrReplayOther = &Error{Kind: Conflict, Code: "order_has_changed"} // same external id, other content; Fields list the differing fields
)

// Refusal makes an error of kind Refused.
func Refusal(code string, args map[string]any) *Error {
	return &Error{Kind: Refused, Code: code, Args: args}
}

// Conflicting makes an error of kind Conflict.
func Conflicting(code string, args map[string]any) *Error {
	return &Error{Kind: Conflict, Code: code, Args: args}
}

// InvalidField makes an error of kind Invalid with one fault.
func InvalidField(field, code string, args map[string]any) *Error {
	return &Error{Kind: Invalid, Code: "invalid", Fields: []FieldError{{field, code, args}}}
}

// KindOf gives the kind of err, Internal for any error that is not an *Error.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// Faults collects the faults of one input, so that all are told at once.
type Faults []FieldError

// Add notes a fault at a field.
func (f *Faults) Add(field, code string, args map[string]any) {
	*f = append(*f, FieldError{field, code, args})
}

// maxOutsideID bounds an id that another system has given, in characters.
const maxOutsideID = 120

// ExternalID gives the clean text of an id that another system has given, and notes "bad_text" where there is none.
func (f *Faults) ExternalID(field, id string) string {
	clean, ok := CleanText(id, maxOutsideID)
	if !ok || clean == "" {
		f.Add(field, "bad_text", map[string]any{"limit": maxOutsideID})
	}
	return clean
}

// Take adds the faults of an error of kind Invalid; nil and other errors add none.
func (f *Faults) Take(err error) {
	if e, ok := errors.AsType[*Error](err); ok {
		*f = append(*f, e.Fields...)
	}
}

// Err gives nil without faults, else an error of kind Invalid that lists them.
func (f Faults) Err() error {
	if len(f) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Code: "invalid", Fields: f}
}
