package ledger

import (
	"dangol/models/store"
)

// OfCause reads a member's entries of one cause, each with what it took from lots and with the lot that it made, whatever
// has become of that since.
func OfCause(tx *store.Tx, membershipID int64, cause string) ([]Entry, error) {
	return entriesWhere(tx, membershipID, `e.cause = $3`, cause)
}
