package merges

import (
	"dangol/models/calendar"
	"dangol/models/ledger"
	"dangol/models/store"
	"dangol/models/terms"
)

// keepFloor gives the one who goes on the duplicate's floor, if that was set by hand to a higher tier and still counts.
func (m *merging) keepFloor(program *terms.Program, p pair) error {
	theirs := p.from.Tier
	if !higher(program, theirs, p.into.Tier, m.tx.Today()) {
		return nil
	}
	p.into.Tier.Floor, p.into.Tier.FloorUntil = theirs.Floor, theirs.FloorUntil
	return noteFloor(m.tx, &m.receipt, p.into)
}

// higher reports whether the floor of one is above that of the other.
func higher(program *terms.Program, one, other terms.TierState, day calendar.Date) bool {
	plan := program.Terms().Tiers
	return plan != nil && floorOf(plan, one, day) > floorOf(plan, other, day)
}

// floorOf is the rank of a floor that still counts, -1 for none.
func floorOf(plan *terms.TierPlan, t terms.TierState, day calendar.Date) int {
	if t.Floor == "" || !t.FloorUntil.IsZero() && t.FloorUntil < day {
		return -1
	}
	for i := range plan.Tiers {
		if plan.Tiers[i].Code == t.Floor {
			return i
		}
	}
	return -1
}

// noteFloor writes down the floor that a member has by a merge or its undoing.
func noteFloor(tx *store.Tx, r *Receipt, m *ledger.Member) error {
	_, err := tx.PG().Exec(tx.Ctx(), `INSERT INTO tier_floors (merchant_id, membership_id, tier, until_on, reason, note, staff_id, source, at, recorded_at)
		VALUES ($1, $2, nullif($3, ''), date '1970-01-01' + nullif($4::int, 0), 'agreement', $5, $6, $7, $8, $9)`,
		tx.MerchantID(), m.ID, m.Tier.Floor, int32(m.Tier.FloorUntil), r.Reason, r.StaffID, r.Source, tx.Now(), tx.Wall())
	return err
}
