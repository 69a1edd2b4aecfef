package ledger

import (
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"dangol/models/terms"
)

// queueTracks puts into a batch what the tiers' measures ask about the members' past.
func (l *Loader) queueTracks(batch *pgx.Batch) {
	if days := l.needs.Days(); !days.IsZero() {
		batch.Queue(l.spendText(days), l.merchantID, l.who.arg, days.Months, l.since, l.today).Query(l.readSpend)
	}
	for i := range l.needs.Earned {
		reach := &l.needs.Earned[i]
		months := &reach.Months
		if reach.Ever {
			months = nil
		}
		batch.Queue(l.text("load_earned"), l.merchantID, l.who.arg, []string{reach.Unit}, months, l.since, l.zone()).Query(l.readEarned)
	}
	if l.needs.Numbers {
		batch.Queue(l.text("load_numbers"), l.merchantID, l.who.arg).Query(l.readNumbers)
	}
	if l.needs.Plans {
		batch.Queue(l.text("load_plans"), l.merchantID, l.who.arg, l.since).Query(l.readPlans)
	}
}

// zone is the merchant's, by which the days of entries are told.
func (l *Loader) zone() string {
	for _, p := range l.programs {
		return p.Timeline.Zone().String()
	}
	return "UTC"
}

// spendText is the statement that reads what was bought, with the months in which windows begin or end written out. Orders
// are told by store only where visits count.
func (l *Loader) spendText(days terms.Span) string {
	ever, store, stores, rows := "'infinity'", "''", "", "x.amount <> 0"
	if days.Ever {
		ever = "date '0001-01-01'"
	}
	if !l.needs.Bought.IsZero() {
		store, rows = "coalesce(s.code, '')", "x.amount <> 0 OR x.made > 0 OR x.visits > 0"
		stores = " LEFT JOIN stores s ON s.merchant_id = o.merchant_id AND s.id = o.store_id"
	}
	return l.text("load_spend", "{ever}", ever, "{store}", store, "{stores}", stores, "{rows}", rows,
		"{edge c.month}", edges(days, "c.month"), "{edge o.business_date}", edges(days, "o.business_date"))
}

// edges is the condition that a date lies in a month inside which a window begins or ends.
func edges(days terms.Span, date string) string {
	any := []string{"false"}
	for _, months := range days.Rolling {
		any = append(any, fmt.Sprintf("%[1]s >= date_trunc('month', w.day - interval '%[2]d months')::date AND "+
			"%[1]s < (date_trunc('month', $5::timestamp - interval '%[3]d months') + interval '1 month')::date", date, months+days.Back, months))
	}
	if days.Joined { // the day of joining in any zone
		any = append(any, fmt.Sprintf("extract(month FROM %s) IN (extract(month FROM m.enrolled_at AT TIME ZONE 'UTC' - interval '15 hours'), "+
			"extract(month FROM m.enrolled_at AT TIME ZONE 'UTC' + interval '15 hours'))", date))
	}
	return strings.Join(any, " OR ")
}

func (l *Loader) readSpend(rows pgx.Rows) error {
	counted := !l.needs.Bought.IsZero()
	for rows.Next() {
		var membership, amount, orders, visits int64
		var visit terms.Visit
		if err := rows.Scan(&membership, days(&visit.Day), &visit.Store, &amount, &orders, &visits, &visit.Orders); err != nil {
			return err
		}
		m := l.member(membership)
		if m == nil {
			continue
		}
		m.Spend.Add(visit.Day, amount)
		if counted {
			m.Bought.Add(visit.Day, orders)
			m.Visits.Add(visit.Day, visits)
			if visit.Orders > 0 {
				m.Seen = append(m.Seen, visit)
			}
		}
	}
	return rows.Err()
}

func (l *Loader) readEarned(rows pgx.Rows) error {
	for rows.Next() {
		var membership int64
		var unit string
		var day terms.DayAmount
		if err := rows.Scan(&membership, &unit, days(&day.Day), &day.Amount); err != nil {
			return err
		}
		if m := l.member(membership); m != nil {
			a := m.Account(unit)
			a.Earned = append(a.Earned, day)
		}
	}
	return rows.Err()
}

func (l *Loader) readNumbers(rows pgx.Rows) error {
	for rows.Next() {
		var membership int64
		var code string
		var value int64
		if err := rows.Scan(&membership, &code, &value); err != nil {
			return err
		}
		if m := l.member(membership); m != nil {
			m.Numbers = append(m.Numbers, terms.NumberValue{Code: code, Value: value})
		}
	}
	return rows.Err()
}

func (l *Loader) readPlans(rows pgx.Rows) error {
	for rows.Next() {
		var membership int64
		var held terms.HeldPlan
		if err := rows.Scan(&membership, &held.Plan, days(&held.From), days(&held.Until)); err != nil {
			return err
		}
		if m := l.member(membership); m != nil {
			m.Plans = append(m.Plans, held)
		}
	}
	return rows.Err()
}
