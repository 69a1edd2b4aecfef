// Package todos says what needs somebody in a shop today, and how far a new shop has come.
package todos

import (
	"dangol/models/customers"
	"dangol/models/insights"
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
	Untold        Code = "untold"         // points whose end was put off because nobody was told; as of the last night
	Ending        Code = "ending"         // members who lose points within a month; as of the last night
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
	tiers, err := forTiers(tx, desk)
	if err != nil {
		return nil, err
	}
	points, err := insights.ReadEnding(tx)
	if err != nil {
		return nil, err
	}
	for _, todo := range []Todo{
		{FailedImports, n.imports}, {Refunds, n.refunds}, {Birthdays, birthdays},
		{Draft, one(desk.Running != nil && desk.Changed)}, {Untold, points.Untold}, {Ending, points.Members}, {ProposeTiers, tiers},
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
	imports, refunds int64
}

// count asks once. A file that stopped counts for two weeks; for what stopped before that nobody waits.
func count(tx *store.Tx) (n counts, err error) {
	return n, tx.PG().QueryRow(tx.Ctx(), `SELECT
		(SELECT count(*) FROM imports WHERE merchant_id = $1 AND state = 'failed' AND created_at > $2),
		(SELECT count(*) FROM refunds WHERE merchant_id = $1 AND state = 'waiting')`,
		tx.MerchantID(), tx.Wall().AddDate(0, 0, -14)).Scan(&n.imports, &n.refunds)
}

// firstMembers is how many of the oldest memberships are asked how old they are: a shop that has any of that age has it
// among those.
const firstMembers = 1000

// forTiers is how many members there are, once that is a reason to propose tiers.
func forTiers(tx *store.Tx, d programs.Desk) (n int64, err error) {
	if d.Running == nil || d.Draft.Tiers != nil {
		return 0, nil
	}
	var longEnough bool
	err = tx.PG().QueryRow(tx.Ctx(), `SELECT coalesce(bool_or(enrolled_at < $2), false)
		FROM (SELECT enrolled_at FROM memberships WHERE merchant_id = $1 ORDER BY id LIMIT $3) m`,
		tx.MerchantID(), tx.Today().AddDays(1-daysForTiers).In(tx.Merchant().Zone), firstMembers).Scan(&longEnough)
	if err != nil || !longEnough {
		return 0, err
	}
	if n, err = insights.Members(tx, d.Program.ID); n < membersForTiers {
		n = 0
	}
	return n, err
}
