package imports

import (
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models/calendar"
	"dangol/models/ledger"
	"dangol/models/store"
	"dangol/models/terms"
)

// load gives the members among the people of a chunk, locked.
func (j *job) load(tx *store.Tx, c *chunk) ([]posting, error) {
	byCustomer := make(map[int64]*person, len(c.people))
	ids := make([]int64, 0, len(c.people))
	since := tx.Today()
	for _, p := range c.people {
		if len(p.rows) == 0 {
			continue
		}
		if p.customerID != 0 {
			byCustomer[p.customerID] = p
			ids = append(ids, p.customerID)
		}
		if !p.rows[0].placedOn.IsZero() {
			since = min(since, p.rows[0].placedOn)
		}
	}
	members, err := j.members(tx, ids, since)
	if err != nil {
		return nil, err
	}
	postings := make([]posting, len(members))
	for i, m := range members {
		postings[i] = posting{person: byCustomer[m.CustomerID], member: m}
	}
	return postings, withHeld(tx, postings)
}

func (j *job) members(tx *store.Tx, customerIDs []int64, since calendar.Date) (members []*ledger.Member, err error) {
	if len(customerIDs) == 0 || j.program == nil {
		return nil, nil
	}
	err = anew(tx, func() error {
		rows, err := tx.PG().Query(tx.Ctx(), `SELECT id FROM memberships
			WHERE merchant_id = $1 AND program_id = $2 AND customer_id = ANY ($3) AND left_at IS NULL`, tx.MerchantID(), j.program.ID, customerIDs)
		if err != nil {
			return err
		}
		ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
		if err != nil || len(ids) == 0 {
			return err
		}
		members, err = ledger.Load(tx, []*ledger.Program{j.program}, since, ledger.Members(ids...))
		return err
	})
	return members, err
}

// withHeld fetches the tier histories of members who have purchases older than what they have already.
func withHeld(tx *store.Tx, postings []posting) error {
	byID := map[int64]*posting{}
	for i := range postings {
		if p := &postings[i]; p.late() {
			byID[p.member.ID] = p
		}
	}
	if len(byID) == 0 {
		return nil
	}
	ids := make([]int64, 0, len(byID))
	for id := range byID {
		ids = append(ids, id)
	}
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT membership_id, at, to_code FROM tier_changes
		WHERE merchant_id = $1 AND membership_id = ANY ($2) ORDER BY membership_id, seq`, tx.MerchantID(), ids)
	if err != nil {
		return err
	}
	for rows.Next() {
		var id int64
		var h held
		if err := rows.Scan(&id, &h.from, &h.code); err != nil {
			rows.Close()
			return err
		}
		byID[id].held = append(byID[id].held, h)
	}
	return rows.Err()
}

// late says whether the oldest row is older than what the member has.
func (p *posting) late() bool { return len(p.person.rows) > 0 && p.isLate(&p.person.rows[0]) }

func (p *posting) isLate(r *planned) bool {
	return r.placedOn < p.member.SettledTo || slices.ContainsFunc(p.member.Accounts, func(a terms.Account) bool { return a.At.After(r.placedAt) })
}

// tierAt is the tier that was held at a moment; before the first change, the one that everybody has.
func (p *posting) tierAt(program *terms.Program, at time.Time) string {
	code := ""
	if plan := program.Terms().Tiers; plan != nil && plan.Tiers[0].Threshold == 0 {
		code = plan.Tiers[0].Code
	}
	for _, h := range p.held {
		if h.from.After(at) {
			break
		}
		code = h.code
	}
	return code
}
