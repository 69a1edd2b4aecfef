// Package grants is rewards by hand: within the limits of the terms, with a reason, on record, and taken back as long as
// nothing of them is spent.
package grants

import (
	"context"
	"time"

	"dangol/models"
	"dangol/models/audit"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

// Receipt is what a grant did.
type Receipt struct {
	models.Grant
	CustomerID int64
	Available  int64 // after it
	Replay     bool  `json:"-"` // told before; nothing happened now
}

// Give gives, or with reason mistake takes, points by hand. The owner has no limit and is always marked as alone; every
// other role has those of the terms, once and for a day, and nobody gives to oneself. Errors: models.Refused
// "grant_over_once", "grant_over_day" (Args: limit, left), "grant_not_allowed", "grant_to_oneself", "not_enough_points";
// models.Invalid; models.NotFound; models.ErrClockMoving; those of store.Once.
func Give(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, key store.Key, params models.GrantParams) (Receipt, error) {
	if err := params.Check(); err != nil {
		return Receipt{}, err
	}
	receipt, replay, err := store.Do(ctx, db, merchantID, key, func(tx *store.Tx) (Receipt, error) { return give(tx, actor, key, params) })
	receipt.Replay = replay
	return receipt, err
}

// give is the story of one grant.
func give(tx *store.Tx, actor models.Actor, key store.Key, p models.GrantParams) (Receipt, error) {
	if err := tx.Posting(); err != nil {
		return Receipt{}, err
	}
	member, err := theMember(tx, p.MembershipID)
	if err != nil {
		return Receipt{}, err
	}
	inForce := member.Program.Timeline.At(tx.Now())
	if inForce == nil {
		return Receipt{}, models.ErrNotFound
	}
	unit := inForce.Unit(p.Unit)
	if unit == nil {
		return Receipt{}, models.InvalidField("unit", "unknown", nil)
	}
	p.Unit = unit.Code
	if err := allow(tx, actor, inForce.Terms(), member, p.Points); err != nil {
		return Receipt{}, err
	}
	grant, err := insert(tx, actor, cause(key), p)
	if err != nil {
		return Receipt{}, err
	}
	return post(tx, member, inForce, actor, grant)
}

// theMember locks the member, of a programme that runs, and reads the clock after that.
func theMember(tx *store.Tx, membershipID int64) (*ledger.Member, error) {
	running, err := programs.Running(tx)
	if err != nil {
		return nil, err
	}
	members, err := ledger.Load(tx, running, 0, ledger.Members(membershipID))
	if err != nil {
		return nil, err
	}
	if len(members) == 0 {
		return nil, models.ErrNotFound
	}
	if err := tx.Tick(); err != nil {
		return nil, err
	}
	members[0].Settle(tx.Today())
	return members[0], nil
}

// post moves the points and writes down who did it.
func post(tx *store.Tx, m *ledger.Member, inForce *terms.Program, actor models.Actor, g models.Grant) (Receipt, error) {
	outcome, refusal := inForce.Grant(&m.Member, &terms.Grant{Source: source(g.ID), Reason: string(g.Reason),
		At: g.At, Day: tx.Today(), Unit: g.Unit, Points: g.Points})
	if refusal.Refused() {
		return Receipt{}, models.Refusal(string(refusal.Code), map[string]any{"asked": refusal.Asked, "limit": refusal.Limit})
	}
	if err := ledger.Write(tx, ledger.Change{Member: m, Outcomes: []terms.Outcome{outcome}}); err != nil {
		return Receipt{}, err
	}
	// The first points that somebody owns end the time of rehearsals.
	if _, err := tx.PG().Exec(tx.Ctx(), `UPDATE merchants SET first_posting_at = $2 WHERE id = $1 AND first_posting_at IS NULL`, tx.MerchantID(), g.At); err != nil {
		return Receipt{}, err
	}
	err := audit.Record(tx, actor, "grant.give", source(g.ID), map[string]any{
		"membership": g.MembershipID, "unit": g.Unit, "points": g.Points, "reason": g.Reason, "note": g.Note, "alone": g.Alone})
	return Receipt{Grant: g, CustomerID: m.CustomerID, Available: m.Account(g.Unit).Available}, err
}

func insert(tx *store.Tx, actor models.Actor, cause string, p models.GrantParams) (models.Grant, error) {
	today := tx.Today()
	g := models.Grant{MerchantID: tx.MerchantID(), MembershipID: p.MembershipID, Unit: p.Unit, Points: p.Points, Reason: p.Reason,
		Note: p.Note, Words: p.Words, Cause: cause, Alone: actor.Role == models.Owner, At: tx.Now(), BusinessDate: today.In(time.UTC)}
	err := tx.PG().QueryRow(tx.Ctx(), `INSERT INTO grants (merchant_id, membership_id, unit, points, reason, note, words, cause,
			staff_id, store_id, alone, at, business_date)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, nullif($9::bigint, 0), nullif($10::bigint, 0), $11, $12, $13) RETURNING id, staff_id, store_id`,
		g.MerchantID, g.MembershipID, g.Unit, g.Points, g.Reason, g.Note, g.Words, cause, actor.StaffID, actor.StoreID, g.Alone, g.At, today).
		Scan(&g.ID, &g.StaffID, &g.StoreID)
	return g, err
}
