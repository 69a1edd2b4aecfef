package previews

import (
	"dangol/models/insights"
	"dangol/models/store"
	"dangol/models/terms"
)

// Tiers is who would stand in which tier if it went by the spending of twelve months alone or, where the plan asks for other
// things, by what it asks, beside who stands there now.
// What a member holds is kept until its validity ends, so that Drop is how many are in danger and not who falls at once.
type Tiers struct {
	Rows []Tier
	Part int64 // one member in so many was measured, and the counts are estimates; 0: everybody was
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
	if !draft.Tiers.BySpending() {
		return measured(tx, programID, draft, p, played, scale)
	}
	plan := draft.Tiers.Tiers
	var thresholds []int64
	asked := map[string]int64{}
	for _, tier := range plan {
		thresholds, asked[tier.Code] = append(thresholds, tier.Threshold), tier.Threshold
	}
	shares, err := insights.Shares(tx, p.Spending, thresholds[1:])
	if err != nil {
		return nil, err
	}
	held, err := insights.HeldTiers(tx, programID, asked)
	if err != nil {
		return nil, err
	}
	all, rest := &Tiers{}, p.Members
	for i, tier := range plan {
		row := Tier{Code: tier.Code, Now: held[tier.Code].People, After: shares[i].People, Spend: shares[i].Spend, Cost: scale(played.worth[tier.Code])}
		all.Rows = append(all.Rows, row)
		all.Drop += held[tier.Code].Below
		rest -= row.After
	}
	all.Rows[0].After += max(rest, 0) // members who have bought nothing yet
	all.Rows[0].Now += held[""].People
	if p.Spending.AsOf.IsZero() {
		all.Rows[0].Now = p.Members // before the first night everybody is taken to hold what everybody has
	}
	return all, nil
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
