package accrual

import "dangol/models/store"

// Lanes is how many transactions of one shop go side by side.
const Lanes = lanes

// InLine counts the lanes that are taken and the orders that wait for one.
func InLine(db *store.DB, merchantID int64) (taken, waiting int) {
	return line.Length(shop{db, merchantID})
}
