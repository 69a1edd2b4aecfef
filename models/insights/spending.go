package insights

import (
	"slices"

	"dangol/models"
	"dangol/models/store"
)

// Share is the people whose spending of the last twelve months is at least a threshold and below the next.
type Share struct {
	From   int64 // the threshold, minor units; the first share begins below all of them
	People int64
	Spend  int64 // theirs together, minor units
}

// ReadSpending reads the distribution of spending; one with AsOf zero means that nobody has computed it yet.
func ReadSpending(tx *store.Tx) (s Spending, err error) {
	s.AsOf, _, err = Summary(tx, "spending", &s)
	return s, err
}

// Shares counts, to the person, how many customers spend how much if tiers began at the given thresholds (ascending,
// minor units): the first share is everybody below the first. Whole buckets are added up; only what lies within the
// bucket that a threshold cuts is counted, from the index. Errors: models.Invalid at "thresholds".
func Shares(tx *store.Tx, s Spending, thresholds []int64) ([]Share, error) {
	if !slices.IsSorted(thresholds) || len(thresholds) > 20 {
		return nil, models.InvalidField("thresholds", "not_ascending", nil)
	}
	all := make([]Share, len(thresholds)+1)
	all[0] = Share{People: s.People, Spend: s.total()}
	for i, from := range thresholds {
		above, err := s.above(tx, from)
		if err != nil {
			return nil, err
		}
		all[i+1] = above
		all[i].People -= above.People
		all[i].Spend -= above.Spend
	}
	return all, nil
}

func (s Spending) total() (sum int64) {
	for _, b := range s.Buckets {
		sum += b.Spend
	}
	return sum
}

// above counts who spends at least from.
func (s Spending) above(tx *store.Tx, from int64) (Share, error) {
	share := Share{From: from}
	for _, b := range s.Buckets {
		switch {
		case b.From >= from:
			share.People += b.People
			share.Spend += b.Spend
		case b.To > from:
			var people, spend int64
			err := tx.PG().QueryRow(tx.Ctx(), `SELECT count(*), coalesce(sum(spend_12m), 0)::bigint FROM customer_facts
				WHERE merchant_id = $1 AND spend_12m >= $2 AND spend_12m < $3`, tx.MerchantID(), from, b.To).Scan(&people, &spend)
			if err != nil {
				return share, err
			}
			share.People += people
			share.Spend += spend
		}
	}
	return share, nil
}
