package ledger

import (
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models/calendar"
	"dangol/models/terms"
)

// days lets a date be read from the number of days that the loading statements give.
func days(d *calendar.Date) *int32 { return (*int32)(d) }

func (l *Loader) readMembers(rows pgx.Rows) error {
	for rows.Next() {
		m := &Member{locked: l.lock != look}
		var program int64
		t := &m.Tier
		if err := rows.Scan(&m.ID, &program, &m.CustomerID, &m.Code, &m.EnrolledAt, &t.Code, days(&t.Since), days(&t.Until),
			days(&t.GraceUntil), &t.Floor, days(&t.FloorUntil), days(&m.SettledTo), days(&m.stored.nextDue), &m.tierSeq, &m.tierDigest, &m.MergedInto); err != nil {
			return err
		}
		l.seen[m.ID] = true
		if at := slices.IndexFunc(l.programs, func(p *Program) bool { return p.ID == program }); at >= 0 {
			m.Program = l.programs[at]
			m.Joined = calendar.DateOf(m.EnrolledAt, m.Program.Timeline.Zone())
			m.stored.tier, m.stored.settledTo = m.Tier, m.SettledTo
			l.members = append(l.members, m)
		}
	}
	return rows.Err()
}

// member finds a loaded membership, nil for one of another programme.
func (l *Loader) member(id int64) *Member {
	at, found := slices.BinarySearchFunc(l.members, id, func(m *Member, id int64) int {
		switch {
		case m.ID < id:
			return -1
		case m.ID > id:
			return 1
		}
		return 0
	})
	if !found {
		return nil
	}
	return l.members[at]
}

func (l *Loader) readAccounts(rows pgx.Rows) error {
	for rows.Next() {
		var membership, customer, orders int64
		var row account
		var a terms.Account
		var at *time.Time
		if err := rows.Scan(&membership, &customer, &row.id, &a.Unit, &a.Pending, &a.Available, &a.Reserved, &a.Deficit, &a.Seq, &at, &row.digest, &orders); err != nil {
			return err
		}
		if !l.seen[membership] {
			l.busy[customer] = true
		}
		if m := l.member(membership); m != nil {
			if at != nil {
				a.At = at.UTC()
			}
			row.unit, row.seq = a.Unit, a.Seq
			m.Orders = orders
			m.accounts = append(m.accounts, row)
			l.owners[row.id] = m
			m.Accounts = append(m.Accounts, a)
		}
	}
	return rows.Err()
}

func (l *Loader) readLots(rows pgx.Rows) error {
	for rows.Next() {
		var accountID, order int64
		var lot terms.Lot
		if err := rows.Scan(&accountID, &lot.Seq, &lot.Bucket, &lot.Points, &lot.Remaining, &lot.EarnedAt, days(&lot.UsableFrom),
			days(&lot.ActivatesOn), days(&lot.ExpiresOn), &lot.Source, &lot.Rule, &order,
			&lot.Awaits, days(&lot.CancelsOn), days(&lot.ToldOn)); err != nil {
			return err
		}
		if m := l.owners[accountID]; m != nil {
			lot.EarnedAt = lot.EarnedAt.UTC()
			a := m.Account(m.unit(accountID))
			a.Lots = append(a.Lots, lot)
			if order != 0 {
				m.lotOrders = append(m.lotOrders, lotOrder{accountID, lot.Seq, order, lot.Source})
			}
		}
	}
	return rows.Err()
}

func (l *Loader) readLimits(rows pgx.Rows) error {
	for rows.Next() {
		var membership int64
		var use terms.LimitUse
		if err := rows.Scan(&membership, &use.Rule, &use.Period, &use.Used); err != nil {
			return err
		}
		if m := l.member(membership); m != nil {
			m.Used = append(m.Used, use)
		}
	}
	return rows.Err()
}
