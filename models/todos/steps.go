package todos

import "dangol/models/store"

// Step is a step of a new shop's first days.
type Step string

// The steps in their order.
const (
	Promise   Step = "promise"    // a promise has begun
	FirstEarn Step = "first_earn" // somebody has earned something
	Customers Step = "customers"  // more than a handful of customers are known
	Staff     Step = "staff"      // somebody else works here too
)

// Steps lists them.
var Steps = []Step{Promise, FirstEarn, Customers, Staff}

// aHandful is how many customers the owner's own tries make.
const aHandful = 5

// Done says which steps a shop has behind it. The first row of a shop is looked up by its key: beside a large shop, a small
// one's is far behind in the table.
func Done(tx *store.Tx) (done map[Step]bool, err error) {
	var promised, earned, known, shared bool
	err = tx.PG().QueryRow(tx.Ctx(), `SELECT
		EXISTS (SELECT FROM publications WHERE merchant_id = $1 AND effective_from <= $2),
		(SELECT account_id FROM entries WHERE merchant_id = $1 ORDER BY account_id LIMIT 1) IS NOT NULL,
		(SELECT count(*) FROM (SELECT FROM customers WHERE merchant_id = $1 ORDER BY id LIMIT $3) c) >= $3,
		(SELECT count(*) FROM staff WHERE merchant_id = $1 AND disabled_at IS NULL) > 1`, tx.MerchantID(), tx.Now(), aHandful).
		Scan(&promised, &earned, &known, &shared)
	return map[Step]bool{Promise: promised, FirstEarn: earned, Customers: known, Staff: shared}, err
}
