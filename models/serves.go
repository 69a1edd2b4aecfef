package models

import "slices"

// Serves says whether a row of a store is the actor's to see: who is bound to no store sees all.
func (a Actor) Serves(storeID *int64) bool {
	return len(a.StoreIDs) == 0 || storeID != nil && slices.Contains(a.StoreIDs, *storeID)
}
