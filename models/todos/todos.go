// Package todos says what needs somebody in a shop today, and how far a new shop has come.
package todos

import (
	"dangol/models/calendar"
	"dangol/models/customers"
	"dangol/models/programs"
	"dangol/models/store"
)

// Code names a thing to do; its sentence stands in the catalogues under the same code.
type Code string

// The things to do, in the order in which they are shown: what failed first.
const (
	FailedImports Code = "failed_imports" // files that stopped halfway
	Refunds       Code = "refunds"        // that wait for their order
	Birthdays     Code = "birthdays"      // customers whose birthday is today
	Draft         Code = "draft"          // a promise is being edited; N is 1
	Untold        Code = "untold"         // points whose end was put off because nobody was told
	Ending        Code = "ending"         // members who lose points within a month
	ProposeTiers  Code = "propose_tiers"  // enough members for tiers; N is how many
)

// Todo is one of them.
type Todo struct {
	Code Code
	N    int64
}

// When tiers make sense: enough members, and long enough.
const (
	membersForTiers = 50
	daysForTiers    = 90
)

// Read lists what there is to do now.
func Read(tx *store.Tx) (todos []Todo, err error) {
	n, err := count(tx)
	if err != nil {
		return nil, err
	}
	birthdays, err := customers.BirthdaysOn(tx, tx.Today())
	if err != nil {
		return nil, err
	}
	desk, err := programs.Open(tx)
	if err != nil {
		return nil, err
	}
	for _, todo := range []Todo{
		{FailedImports, n.imports}, {Refunds, n.refunds}, {Birthdays, birthdays},
		{Draft, one(desk.Running != nil && desk.Changed)}, {Untold, n.untold}, {Ending, n.ending}, {ProposeTiers, n.tiers(desk, tx.Today())},
	} {
		if todo.N > 0 {
			todos = append(todos, todo)
		}
	}
	return todos, nil
}

func one(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}

type counts struct {
	imports, refunds, untold, ending, members int64
	since                                     calendar.Date // the first member
}

// count asks once. A file that stopped counts for two weeks; for what stopped before that nobody waits.
func count(tx *store.Tx) (n counts, err error) {
	today := tx.Today()
	return n, tx.PG().QueryRow(tx.Ctx(), `SELECT
		(SELECT count(*) FROM imports WHERE merchant_id = $1 AND state = 'failed' AND created_at > $4),
		(SELECT count(*) FROM refunds WHERE merchant_id = $1 AND state = 'waiting'),
		(SELECT coalesce(sum(l.remaining), 0)::bigint FROM lots l WHERE l.merchant_id = $1 AND l.expires_on BETWEEN $2 AND $3 AND l.remaining > 0
			AND EXISTS (SELECT FROM lot_extensions x WHERE x.merchant_id = $1 AND x.account_id = l.account_id AND x.lot_seq = l.seq AND x.reason = 'untold')),
		(SELECT count(DISTINCT l.account_id) FROM lots l WHERE l.merchant_id = $1 AND l.expires_on BETWEEN $2 AND $3 AND l.remaining > 0 AND l.bucket = 'available'),
		(SELECT count(*) FROM memberships WHERE merchant_id = $1 AND left_at IS NULL),
		(SELECT (min(enrolled_at) AT TIME ZONE $5)::date FROM memberships WHERE merchant_id = $1)`,
		tx.MerchantID(), today, today.AddDays(customers.SoonDays), tx.Wall().AddDate(0, 0, -14), tx.Merchant().Zone.String()).
		Scan(&n.imports, &n.refunds, &n.untold, &n.ending, &n.members, &n.since)
}

// tiers is how many members there are, once that is a reason to propose tiers.
func (n counts) tiers(d programs.Desk, today calendar.Date) int64 {
	if d.Running == nil || d.Draft.Tiers != nil || n.members < membersForTiers || n.since.AddDays(daysForTiers) > today {
		return 0
	}
	return n.members
}
