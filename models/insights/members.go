package insights

import (
	"math"

	"dangol/models/store"
)

// Members is how many people are members of a programme, to the person and now, however many there are: those who had
// joined by the night, those who have joined since, without those who have left.
func Members(tx *store.Tx, programID int64) (n int64, err error) {
	g, err := ReadGrid(tx)
	if err != nil {
		return 0, err
	}
	through, joined := g.Newest-margin, g.Joined[programID]
	// An upper bound tells a planner who does not know the numbers that few lie between.
	return n, tx.PG().QueryRow(tx.Ctx(), `SELECT $4::bigint
		+ (SELECT count(*) FROM memberships WHERE merchant_id = $1 AND id > $3 AND id < $5 AND program_id = $2)
		- (SELECT count(*) FROM memberships WHERE merchant_id = $1 AND program_id = $2 AND left_at IS NOT NULL)`,
		tx.MerchantID(), programID, through, joined, math.MaxInt64).Scan(&n)
}

// Holders is how many members hold a tier, and how many of them spend less than it would ask: of the last night.
type Holders struct{ People, Below int64 }

// HeldTiers counts the members of the shop's oldest running programme by the tiers that they hold, if each asked for the
// threshold beside it; "" is what everybody has. Tiers that nobody holds are left out.
func HeldTiers(tx *store.Tx, programID int64, thresholds map[string]int64) (map[string]Holders, error) {
	g, err := ReadGrid(tx)
	if err != nil {
		return nil, err
	}
	all := map[string]Holders{}
	for code, people := range g.Held[programID] {
		h := Holders{People: people}
		if threshold := thresholds[code]; threshold > 0 {
			var enough int64
			err := tx.PG().QueryRow(tx.Ctx(), `SELECT count(*) FROM customer_facts WHERE merchant_id = $1 AND tier = $2 AND spend_12m >= $3`,
				tx.MerchantID(), code, threshold).Scan(&enough)
			if err != nil {
				return nil, err
			}
			h.Below = people - enough
		}
		all[code] = h
	}
	return all, nil
}
