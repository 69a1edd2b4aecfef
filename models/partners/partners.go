// Package partners settles with other companies: what each owes the shop for the points that members got by its rules.
package partners

import (
	_ "embed" // the SQL
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

// Line is what one rule, by one version of the terms, brought in a month.
type Line struct {
	Rule    string
	Version int
	Unit    string
	Points  int64 // given, less what was taken back
	Funded  int64 // what the partner pays, minor units
}

// Statement is what a partner owes for a month.
type Statement struct {
	Partner string
	Name    terms.Text
	Month   calendar.Date // its first day
	Closed  bool          // false: its lines are written when it has ended
	Lines   []Line
	Funded  int64 // of all lines
}

// Read gives a partner's statement of the month in which a day lies. Errors: models.NotFound for the programme, and for a
// partner that no version of it names.
func Read(tx *store.Tx, program, partner string, day calendar.Date) (s Statement, err error) {
	p, err := programs.One(tx, program)
	if err != nil {
		return s, err
	}
	s = Statement{Partner: partner, Month: day.FirstOfMonth()}
	for version := range p.Timeline.Versions() {
		if named := version.Terms().Partner(partner); named != nil {
			s.Name = named.Name
		}
	}
	if s.Name == (terms.Text{}) {
		return s, models.ErrNotFound
	}
	s.Closed = s.Month.AddMonths(1) <= tx.Today()
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT rule, version, unit, points, funded FROM settlement_lines
		WHERE merchant_id = $1 AND program_id = $2 AND partner = $3 AND month = $4 ORDER BY rule, version`, tx.MerchantID(), p.ID, partner, s.Month)
	if err != nil {
		return s, err
	}
	s.Lines, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Line])
	for _, line := range s.Lines {
		s.Funded += line.Funded
	}
	return s, err
}

// carried is a rule of a version that a partner carries.
type carried struct {
	partner *terms.Partner
	rule    string
	version int
	unit    *terms.Unit
}

//go:embed given.sql
var givenSQL string

// Settle writes the lines of a month that has ended, and tells how many there are: what was given and taken back until its
// end and is on no line yet. Once a month is settled, doing so again adds nothing.
func Settle(tx *store.Tx, program *ledger.Program, month calendar.Date) (lines int, err error) {
	list := carriedBy(program.Timeline)
	if len(list) == 0 {
		return 0, nil
	}
	var l lineRows
	for _, c := range list {
		l.rule, l.version, l.partner = append(l.rule, c.rule), append(l.version, int32(c.version)), append(l.partner, c.partner.Code)
	}
	if err := l.count(tx, program.ID, month.AddMonths(1).In(tx.Merchant().Zone)); err != nil {
		return 0, err
	}
	for i, c := range list {
		l.unit = append(l.unit, c.unit.Code)
		l.fundedToDate = append(l.fundedToDate, c.partner.FundsOf(c.unit.Worth.Of(l.pointsToDate[i])))
	}
	tag, err := tx.PG().Exec(tx.Ctx(), `INSERT INTO settlement_lines (merchant_id, program_id, partner, month, rule, version, unit, points, funded,
			points_to_date, funded_to_date, closed_at)
		SELECT $1, $2, n.partner, $3, n.rule, n.version, n.unit, n.points - n.settled, n.funded - n.paid, n.points, n.funded, $12
		FROM unnest($4::text[], $5::text[], $6::int[], $7::text[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[])
			AS n (partner, rule, version, unit, points, settled, funded, paid)
		WHERE n.points <> n.settled OR n.funded <> n.paid
		ON CONFLICT DO NOTHING`, tx.MerchantID(), program.ID, month, l.partner, l.rule, l.version, l.unit, l.pointsToDate, l.settled,
		l.fundedToDate, l.paid, tx.Wall())
	return int(tag.RowsAffected()), err
}

// carriedBy lists what partners carry in any version of a programme.
func carriedBy(timeline *terms.Timeline) (list []carried) {
	for version := range timeline.Versions() {
		t := version.Terms()
		for i := range t.Partners {
			for _, code := range t.Partners[i].Rules {
				list = append(list, carried{&t.Partners[i], code, version.Version(), t.Unit(t.Rule(code).Unit)})
			}
		}
	}
	return list
}

// lineRows are lines by column, as unnest takes them.
type lineRows struct {
	partner, rule, unit        []string
	version                    []int32
	pointsToDate, fundedToDate []int64
	settled, paid              []int64 // of them, on the lines so far
}

// count reads how much each rule has given before a moment, and how much of it is settled.
func (l *lineRows) count(tx *store.Tx, programID int64, before time.Time) error {
	rows, err := tx.PG().Query(tx.Ctx(), givenSQL, tx.MerchantID(), programID, l.partner, l.rule, l.version, before)
	if err != nil {
		return err
	}
	var points, settled, paid int64
	_, err = pgx.ForEachRow(rows, []any{&points, &settled, &paid}, func() error {
		l.pointsToDate, l.settled, l.paid = append(l.pointsToDate, points), append(l.settled, settled), append(l.paid, paid)
		return nil
	})
	return err
}
