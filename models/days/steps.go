package days

import (
	"reflect"

	"github.com/jackc/pgx/v5"

	"dangol/models/ledger"
	"dangol/models/occasions"
	"dangol/models/partners"
	"dangol/models/plans"
	"dangol/models/referrals"
	"dangol/models/terms"
)

// settle brings up to the day everybody on whom something is due: holds end, tiers are judged, points end.
func (d *opening) settle() (more bool, err error) {
	return d.bring(`SELECT id FROM memberships WHERE merchant_id = $1 AND next_due <= $2 ORDER BY next_due LIMIT $3`, d.day)
}

// begun brings everybody of a programme up to the day on which a version begins that treats held tiers differently: their
// next due day was reckoned before that version was published.
func (d *opening) begun() (more bool, err error) {
	for _, p := range d.running {
		changed, err := d.retiered(p)
		if err != nil {
			return false, err
		}
		if !changed {
			continue
		}
		more, err := d.bring(`SELECT id FROM memberships WHERE merchant_id = $1 AND program_id = $4 AND merged_into IS NULL AND (settled_to IS NULL OR settled_to < $2)
			ORDER BY id LIMIT $3`, d.day, p.ID)
		if more || err != nil {
			return more, err
		}
	}
	return false, nil
}

// retiered says whether the version that begins with the day has other tiers than the one before it, or a word on them.
func (d *opening) retiered(p *ledger.Program) (changed bool, err error) {
	zone := d.tx.Merchant().Zone
	now, before := p.Timeline.At(d.day.In(zone)), p.Timeline.At((d.day - 1).In(zone))
	if now == before || now.Terms().Tiers == nil {
		return false, nil
	}
	if before == nil || !reflect.DeepEqual(now.Terms().Tiers, before.Terms().Tiers) {
		return true, nil
	}
	err = d.tx.PG().QueryRow(d.tx.Ctx(), `SELECT tier_mapping <> '{}' FROM publications WHERE merchant_id = $1 AND program_id = $2 AND version = $3`,
		d.tx.MerchantID(), p.ID, now.Version()).Scan(&changed)
	return changed, err
}

// bring loads the members that a query lists, at most a batch, and stores what the day brings them.
func (d *opening) bring(query string, args ...any) (more bool, err error) {
	rows, err := d.tx.PG().Query(d.tx.Ctx(), query, append([]any{d.tx.MerchantID(), args[0], settled}, args[1:]...)...)
	if err != nil {
		return false, err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil || len(ids) == 0 {
		return false, err
	}
	members, err := ledger.Load(d.tx, d.running, d.day, ledger.Members(ids...).Idle())
	if err != nil {
		return false, err
	}
	if len(members) < len(ids) {
		if err := d.forget(ids, members); err != nil {
			return false, err
		}
	}
	d.done.Members += len(members)
	return len(ids) == settled, ledger.Settle(d.tx, d.day, members...)
}

// forget takes the due day off the members of programmes that have ended: nothing happens to them any more.
func (d *opening) forget(ids []int64, members []*ledger.Member) error {
	kept := make([]int64, len(members))
	for i, m := range members {
		kept[i] = m.ID
	}
	_, err := d.tx.PG().Exec(d.tx.Ctx(), `UPDATE memberships SET next_due = NULL WHERE merchant_id = $1 AND id = ANY ($2) AND id <> ALL ($3)`,
		d.tx.MerchantID(), ids, kept)
	return err
}

// plans renews and ends paid memberships.
func (d *opening) plans() (more bool, err error) {
	for _, p := range d.running {
		served, err := plans.Renew(d.tx, p, d.day)
		d.done.Plans += served
		if served == plans.Batch || err != nil {
			return err == nil, err
		}
	}
	return false, nil
}

// referrals takes back what was given for friends who have returned something since, and decides on those who can no more.
func (d *opening) referrals() (more bool, err error) {
	for _, p := range d.running {
		reversed, err := referrals.Retract(d.tx, p, d.day, settled)
		d.done.Members += reversed
		if reversed == settled || err != nil {
			return err == nil, err
		}
		inForce := p.Timeline.At(d.day.In(d.tx.Merchant().Zone))
		if inForce == nil {
			continue
		}
		decided, err := referrals.Decide(d.tx, p, inForce, d.day, settled)
		d.done.Members += decided
		if decided == settled || err != nil {
			return err == nil, err
		}
	}
	return false, nil
}

// occasions gives the coupons of the members' own days, and what rules pay on them.
func (d *opening) occasions() (more bool, err error) {
	for _, p := range d.running {
		inForce := p.Timeline.At(d.day.In(d.tx.Merchant().Zone))
		if inForce == nil {
			continue
		}
		if more, err := d.coupons(p.ID, inForce); more || err != nil {
			return more, err
		}
		if more, err := d.ownDays(p, inForce); more || err != nil {
			return more, err
		}
	}
	return false, nil
}

func (d *opening) coupons(programID int64, inForce *terms.Program) (more bool, err error) {
	for i := range inForce.Terms().Occasions {
		given, err := occasions.Issue(d.tx, programID, inForce, &inForce.Terms().Occasions[i], d.day)
		d.done.Coupons += given
		if given == occasions.Batch || err != nil {
			return err == nil, err
		}
	}
	return false, nil
}

func (d *opening) ownDays(p *ledger.Program, inForce *terms.Program) (more bool, err error) {
	for _, when := range []terms.When{terms.OnBirthday, terms.OnAnniversary} {
		if !inForce.Asks(when) {
			continue
		}
		paid, err := occasions.Reward(d.tx, p, inForce, when, d.day, settled)
		d.done.Members += paid
		if paid == settled || err != nil {
			return err == nil, err
		}
	}
	return false, nil
}

// patience is how many days a refund waits for its order.
const patience = 30

// refunds drops those whose order has not come. In a sandbox it is the shop's time that passes.
func (d *opening) refunds() (more bool, err error) {
	tag, err := d.tx.PG().Exec(d.tx.Ctx(), `UPDATE refunds SET state = 'dropped', note = 'order_never_came', decided_at = $3
		WHERE merchant_id = $1 AND state = 'waiting' AND CASE WHEN $4 THEN refunded_at ELSE recorded_at END < $2`,
		d.tx.MerchantID(), d.day.AddDays(-patience).In(d.tx.Merchant().Zone), d.tx.Wall(), d.tx.Merchant().Sandbox)
	d.done.Refunds += int(tag.RowsAffected())
	return false, err
}

// partners settles, on the first of a month, with whoever carries a share of what the month before gave.
func (d *opening) partners() (more bool, err error) {
	if d.day.Day() != 1 {
		return false, nil
	}
	for _, p := range d.running {
		if _, err := partners.Settle(d.tx, p, d.day.AddMonths(-1)); err != nil {
			return false, err
		}
	}
	return false, nil
}
