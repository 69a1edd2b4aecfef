package previews

import (
	"github.com/jackc/pgx/v5"

	"dangol/models/insights"
	"dangol/models/store"
	"dangol/models/terms"
)

// Tiers is who would stand in which tier if it went by the spending of twelve months alone, beside who stands there now.
// What a member holds is kept until its validity ends, so that Drop is how many are in danger and not who falls at once.
type Tiers struct {
	Rows []Tier
	Drop int64 // members whose spending is below what their tier would ask
}

// Tier is one of them.
type Tier struct {
	Code       string
	Now, After int64 // people
	Spend      int64 // of twelve months, by those who would be in it
	Cost       int64 // worth of what they would earn in a month
}

func tiersOf(tx *store.Tx, programID int64, draft *terms.Terms, p *Preview, played played, scale func(int64) int64) (*Tiers, error) {
	if draft.Tiers == nil {
		return nil, nil
	}
	plan := draft.Tiers.Tiers
	var thresholds []int64
	for _, tier := range plan {
		thresholds = append(thresholds, tier.Threshold)
	}
	shares, err := insights.Shares(tx, p.Spending, thresholds[1:])
	if err != nil {
		return nil, err
	}
	held, err := heldTiers(tx, programID, plan)
	if err != nil {
		return nil, err
	}
	all, rest := &Tiers{}, p.Members
	for i, tier := range plan {
		row := Tier{Code: tier.Code, Now: held[tier.Code].people, After: shares[i].People, Spend: shares[i].Spend, Cost: scale(played.worth[tier.Code])}
		all.Rows = append(all.Rows, row)
		all.Drop += held[tier.Code].below
		rest -= row.After
	}
	all.Rows[0].After += max(rest, 0) // members who have bought nothing yet
	all.Rows[0].Now += held[""].people
	return all, nil
}

// holders is how many members hold a tier, and how many of them spend less than it would ask.
type holders struct{ people, below int64 }

// heldTiers counts members by the tier that they hold; "" is what everybody has. The tier that everybody has asks nothing,
// so that only the few above it are looked at one by one.
func heldTiers(tx *store.Tx, programID int64, plan []terms.Tier) (map[string]holders, error) {
	var codes []string
	var thresholds []int64
	for _, tier := range plan {
		codes, thresholds = append(codes, tier.Code), append(thresholds, tier.Threshold)
	}
	rows, err := tx.PG().Query(tx.Ctx(), `
		SELECT coalesce(h.tier_code, ''), h.people, coalesce(b.below, 0)
		FROM (SELECT tier_code, count(*) AS people FROM memberships
			WHERE merchant_id = $1 AND program_id = $2 AND left_at IS NULL GROUP BY tier_code) h
		LEFT JOIN (SELECT m.tier_code, count(*) FILTER (WHERE coalesce(f.spend_12m, 0) < t.threshold) AS below
			FROM unnest($3::text[], $4::bigint[]) t (code, threshold)
			JOIN memberships m ON m.merchant_id = $1 AND m.program_id = $2 AND m.tier_code = t.code AND m.left_at IS NULL
			LEFT JOIN customer_facts f ON f.merchant_id = $1 AND f.customer_id = m.customer_id
			WHERE t.threshold > 0 GROUP BY m.tier_code) b USING (tier_code)`, tx.MerchantID(), programID, codes, thresholds)
	if err != nil {
		return nil, err
	}
	all := map[string]holders{}
	var code string
	var h holders
	_, err = pgx.ForEachRow(rows, []any{&code, &h.people, &h.below}, func() error { all[code] = h; return nil })
	return all, err
}

// SuggestTiers is the plan that suits the shop's customers, as terms.SuggestTiers has it, and what its tiers earn.
func SuggestTiers(tx *store.Tx, ticket int64) (terms.TierPlan, []terms.Factor, error) {
	spending, err := insights.ReadSpending(tx)
	if err != nil {
		return terms.TierPlan{}, nil, err
	}
	plan, factors := terms.SuggestTiers(ticket, spends(spending))
	return plan, factors, nil
}
