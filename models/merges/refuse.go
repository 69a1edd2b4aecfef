package merges

import "dangol/models"

// free refuses while anything of the duplicate's is set aside for a checkout.
func (m *merging) free() error {
	var kept bool
	err := m.tx.PG().QueryRow(m.tx.Ctx(), `SELECT EXISTS (SELECT FROM coupons c JOIN memberships m ON m.merchant_id = c.merchant_id AND m.id = c.membership_id
		WHERE c.merchant_id = $1 AND m.customer_id = $2 AND c.reserved_until > $3 AND c.used_at IS NULL)`, m.tx.MerchantID(), m.receipt.From, m.tx.Now()).Scan(&kept)
	for _, p := range m.pairs {
		for i := range p.from.Accounts {
			kept = kept || p.from.Accounts[i].Reserved > 0
		}
	}
	if err == nil && kept {
		err = models.Refusal("merge_reserved", nil)
	}
	if err != nil {
		return err
	}
	if err := m.unsubscribed(); err != nil {
		return err
	}
	return m.unreferred()
}

// unsubscribed refuses while the duplicate has a paid plan, whose periods and payments stay with the membership.
func (m *merging) unsubscribed() error {
	var plan bool
	err := m.tx.PG().QueryRow(m.tx.Ctx(), `SELECT EXISTS (SELECT FROM subscriptions s JOIN memberships m ON m.merchant_id = s.merchant_id AND m.id = s.membership_id
		WHERE s.merchant_id = $1 AND m.customer_id = $2 AND s.state <> 'ended')`, m.tx.MerchantID(), m.receipt.From).Scan(&plan)
	if err == nil && plan {
		err = models.Refusal("merge_subscribed", nil)
	}
	return err
}

// unreferred refuses while the duplicate brought somebody, or was brought, and that may still be rewarded or taken back: a
// referral stays with its memberships.
func (m *merging) unreferred() error {
	var referral bool
	err := m.tx.PG().QueryRow(m.tx.Ctx(), `SELECT EXISTS (SELECT FROM referrals r JOIN memberships m ON m.merchant_id = r.merchant_id AND m.id = r.membership_id
		WHERE r.merchant_id = $1 AND $2 IN (m.customer_id, r.friend_id) AND r.state NOT IN ('rejected', 'reversed'))`, m.tx.MerchantID(), m.receipt.From).Scan(&referral)
	if err == nil && referral {
		err = models.Refusal("merge_referral", nil)
	}
	return err
}
