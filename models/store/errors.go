package store

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"

	"dangol/models"
)

// PostgreSQL's codes that we act on; https://www.postgresql.org/docs/15/errcodes-appendix.html
const (
	codeSerialization = "40001"
	codeDeadlock      = "40P01"
	codeLockTimeout   = "55P03"
	codeCancelled     = "57014"
)

// meanings says what a violated constraint means to the person who caused it. A constraint without a line here is a fault
// of ours: the verb should have refused the input before.
var meanings = map[string]*models.Error{
	"people_email_key":              models.InvalidField("email", "taken", nil),
	"segments_name_key":             models.InvalidField("name", "taken", nil),
	"stores_code_key":               models.InvalidField("code", "taken", nil),
	"staff_person_key":              models.InvalidField("email", "taken", nil),
	"customers_phone_key":           models.InvalidField("phone", "taken", nil),
	"customers_email_key":           models.InvalidField("email", "taken", nil),
	"customers_external_id_key":     models.InvalidField("external_id", "taken", nil),
	"programs_code_key":             models.InvalidField("code", "taken", nil),
	"memberships_customer_key":      models.Conflicting("already_member", nil),
	"coupons_cause_key":             models.Conflicting("already_issued", nil),
	"grants_cause_key":              models.Conflicting("already_given", nil),
	"orders_external_id_key":        models.ErrStale, // two requests with one order number met; the next try sees the order
	"refunds_external_id_key":       models.ErrStale,
	"redemptions_external_id_key":   models.ErrStale,
	"accounts_available_sign":       models.ErrShort,
	"tasks_one_clock":               models.ErrClockMoving,
	"orders_refunded_range":         models.InvalidField("amount", "more_than_order", nil),
	"publications_pkey":             models.Conflicting("already_published", nil),
	"idempotency_keys_key_check":    models.InvalidField("Idempotency-Key", "too_long", nil),
	"customers_name_check":          models.InvalidField("name", "too_long", nil),
	"customer_attributes_pkey":      models.InvalidField("name", "taken", nil),
	"merchants_clock_forward":       models.InvalidField("to", "clock_backwards", nil),
	"customer_notes_note_check":     models.InvalidField("note", "too_long", nil),
	"orders_external_id_check":      models.InvalidField("external_id", "too_long", nil),
	"refunds_external_id_check":     models.InvalidField("external_id", "too_long", nil),
	"redemptions_external_id_check": models.InvalidField("external_id", "too_long", nil),
}

// ErrAgain lets a transaction run again from the top: what it has read was changed before it was locked.
var ErrAgain error = &pgconn.PgError{Severity: "ERROR", Code: codeSerialization, Message: "changed before it was locked"}

// Constraint gives the name of the constraint that err violates, "" if it is about something else.
func Constraint(err error) string {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.ConstraintName
	}
	return ""
}

// Translate says in the words of models what a database error means to a caller: a violated constraint by its name, no
// row as models.NotFound, busy or away as models.Unavailable. Other errors come back as they are. Transactions of this
// package translate what they return.
func Translate(err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*models.Error](err); ok {
		return err
	}
	if e := meaning(err); e != nil {
		said := *e
		said.Err = err
		return &said
	}
	return err
}

func meaning(err error) *models.Error {
	if errors.Is(err, pgx.ErrNoRows) || errors.Is(err, sql.ErrNoRows) || errors.Is(err, gorm.ErrRecordNotFound) {
		return models.ErrNotFound
	}
	if e := meanings[Constraint(err)]; e != nil {
		return e
	}
	if away(err) {
		return models.ErrUnavailable
	}
	return nil
}

// away tells whether the database is busy, stopping, full or unreachable: the same request may succeed later.
func away(err error) bool {
	if errors.Is(err, context.Canceled) {
		return false
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return awayCode(e.Code)
	}
	_, connecting := errors.AsType[*pgconn.ConnectError](err)
	_, network := errors.AsType[net.Error](err)
	return connecting || network || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, io.EOF) || errors.Is(err, net.ErrClosed) || strings.Contains(err.Error(), "conn closed")
}

func awayCode(code string) bool {
	switch code {
	case codeSerialization, codeDeadlock, codeLockTimeout, codeCancelled, "25P03", "58030":
		return true
	}
	return strings.HasPrefix(code, "08") || strings.HasPrefix(code, "53") || strings.HasPrefix(code, "57P")
}

func hasCode(err error, codes ...string) bool {
	e, ok := errors.AsType[*pgconn.PgError](err)
	if !ok {
		return false
	}
	for _, code := range codes {
		if e.Code == code {
			return true
		}
	}
	return false
}
