package ledger

import (
	"github.com/jackc/pgx/v5"

	"dangol/models/store"
	"dangol/models/terms"
)

// OfCause reads a member's entries of one cause, each with what it took from lots and with the lot that it made, whatever
// has become of that since.
func OfCause(tx *store.Tx, membershipID int64, cause string) ([]Entry, error) {
	return entriesWhere(tx, membershipID, `e.cause = $3`, cause)
}

// Given reads what events gave: for each pair of a membership and a cause, the awards in the order in which they came.
func Given(tx *store.Tx, memberships []int64, causes []string) ([][]terms.Given, error) {
	rows, err := tx.PG().Query(tx.Ctx(), givenSQL, tx.MerchantID(), memberships, causes)
	if err != nil {
		return nil, err
	}
	all := make([][]terms.Given, len(causes))
	var place int
	var g terms.Given
	_, err = pgx.ForEachRow(rows, []any{&place, &g.Unit, &g.Rule, &g.Version, &g.Seq, &g.Points}, func() error {
		all[place-1] = append(all[place-1], g)
		return nil
	})
	return all, err
}

var givenSQL = query("given")
