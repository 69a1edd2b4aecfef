package counter

import (
	"dangol/models"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

// Subject is what an action was about.
type Subject struct {
	CustomerID int64
	Source     string // of a redemption
	ExternalID string // of a redemption
}

var subjects = map[Kind]string{
	Earned: `SELECT customer_id, source, external_id FROM orders WHERE merchant_id = $1 AND id = $2 AND customer_id IS NOT NULL`,
	Redeemed: `SELECT m.customer_id, r.source, r.external_id FROM redemptions r JOIN accounts a ON a.merchant_id = r.merchant_id AND a.id = r.account_id
		JOIN memberships m ON m.merchant_id = a.merchant_id AND m.id = a.membership_id WHERE r.merchant_id = $1 AND r.id = $2`,
	Coupon: `SELECT m.customer_id, '', '' FROM coupons c JOIN memberships m ON m.merchant_id = c.merchant_id AND m.id = c.membership_id
		WHERE c.merchant_id = $1 AND c.id = $2`,
	Granted: `SELECT m.customer_id, '', '' FROM grants g JOIN memberships m ON m.merchant_id = g.merchant_id AND m.id = g.membership_id
		WHERE g.merchant_id = $1 AND g.id = $2`,
}

// Find tells what an action was about. Errors: models.NotFound.
func Find(tx *store.Tx, kind Kind, id int64) (s Subject, err error) {
	query, ok := subjects[kind]
	if !ok {
		return s, models.ErrNotFound
	}
	err = tx.PG().QueryRow(tx.Ctx(), query, tx.MerchantID(), id).Scan(&s.CustomerID, &s.Source, &s.ExternalID)
	return s, store.Translate(err)
}

// InForce is the terms of the shop's oldest running programme at its now; nil where nothing is promised yet.
func InForce(tx *store.Tx) (*terms.Program, error) {
	running, err := programs.Running(tx)
	if err != nil {
		return nil, err
	}
	for _, p := range running {
		if program := p.Timeline.At(tx.Now()); program != nil {
			return program, nil
		}
	}
	return nil, nil
}

// Welcome is what the first purchase brings beside what every purchase does; 0 where the terms have no such rule.
func Welcome(program *terms.Program) (points int64) {
	rules := program.Terms().Earning
	for i := range rules {
		if rules[i].When == terms.OnFirstPurchase && rules[i].Award.Kind == terms.Fixed && rules[i].Unit == program.Unit("").Code {
			points += rules[i].Award.Points
		}
	}
	return points
}
