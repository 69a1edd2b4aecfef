package plans

import (
	"dangol/models/calendar"
	"dangol/models/ledger"
	"dangol/models/store"
	"dangol/models/terms"
)

// Batch is how many subscriptions one call of Renew serves at most.
const Batch = 5000

// Renew lets a day happen to the subscriptions of a programme on which something is due, at most Batch of them, and tells
// to how many: the caller goes on until it is fewer than Batch. What is renewed is due no more, so that a second run finds
// nothing.
func Renew(tx *store.Tx, program *ledger.Program, day calendar.Date) (int, error) {
	due, err := locked(tx, `program_id = $2 AND due_on <= $3 ORDER BY due_on, id LIMIT $4`, program.ID, day, Batch)
	if err != nil {
		return 0, err
	}
	return len(due), advance(tx, program.Timeline, day, due)
}

// advance lets all happen that is due by a day, a period of each subscription at a time.
func advance(tx *store.Tx, t *terms.Timeline, day calendar.Date, list []*Subscription) error {
	for {
		var moved []*Subscription
		for _, s := range list {
			if s.advance(t, day) {
				moved = append(moved, s)
			}
		}
		if len(moved) == 0 {
			return nil
		}
		if err := save(tx, t, moved); err != nil {
			return err
		}
		list = moved
	}
}
