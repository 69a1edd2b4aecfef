package imports

import (
	"context"
	"errors"
	"io"

	"github.com/jackc/pgx/v5"

	"dangol/models/calendar"
	"dangol/models/imports/sheet"
	"dangol/models/store"
)

var stageColumns = []string{"line", "who", "ext", "phone", "email", "name", "birth", "ord", "placed_at", "placed_on", "has_time",
	"amount", "quantity", "item", "points", "expires_on", "hash", "repairs", "col", "code", "cell", "cells"}

// stager hands the rows of a file to COPY, one at a time.
type stager struct {
	ctx    context.Context
	reader *sheet.Reader
	u      *understanding
	mode   Mode
	row    row
	err    error
	values [22]any
}

// stage copies the file into the staging table.
func (d *Desk) stage(tx *store.Tx, imp *Import) error {
	if _, err := tx.PG().Exec(tx.Ctx(), query("stage")); err != nil {
		return err
	}
	file, err := sheet.Open(d.path(tx.MerchantID(), imp.ID))
	if err != nil {
		return fileFault(err)
	}
	defer file.Close()
	m := tx.Merchant()
	s := &stager{ctx: tx.Ctx(), mode: imp.Mode, u: understand(imp, m.Currency, m.Zone, tx.Now()),
		reader: sheet.NewReader(file, imp.Encoding, imp.Delim)}
	if !imp.Options.NoHeader {
		if _, err := s.reader.Next(); err != nil && !errors.Is(err, io.EOF) {
			return fileFault(err)
		}
	}
	_, err = tx.PG().CopyFrom(tx.Ctx(), pgx.Identifier{"import_stage"}, stageColumns, s)
	return fileFault(err)
}

// Next reads the next row.
func (s *stager) Next() bool {
	rec, err := s.reader.Next()
	if err != nil {
		if !errors.Is(err, io.EOF) {
			s.err = err
		}
		return false
	}
	s.row = s.u.row(rec)
	return true
}

// Err is what stopped the reading, nil at the end of the file.
func (s *stager) Err() error {
	if s.err != nil {
		return s.err
	}
	return s.ctx.Err()
}

// Values gives the row for COPY.
func (s *stager) Values() ([]any, error) {
	r, v := &s.row, s.values[:0]
	if f := r.fault; f != nil {
		v = append(v, r.line, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, int16(0))
		return append(v, f.Column, f.Code, f.Cell, r.cells), nil
	}
	v = append(v, r.line, r.who, text(r.ext), text(r.phone), text(r.email), text(r.name), text(r.birth), text(r.order))
	if r.placedAt.IsZero() {
		v = append(v, nil, nil, nil, nil)
	} else {
		v = append(v, r.placedAt, date(r.placedOn), r.hasTime, r.amount)
	}
	return append(v, r.quantity, text(r.item), r.points, date(r.expiresOn), r.hash, int16(r.repairs), nil, nil, nil, nil), nil
}

// text makes of an empty text none.
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func date(d calendar.Date) any {
	if d.IsZero() {
		return nil
	}
	return d.In(utc)
}
