// Package accrual turns what happens at a till into points: an order earns (Accrue), a refund takes back (Refund), a slip
// at the counter is undone (Undo), and a cart can be tried without buying (Quote).
//
// Each of them is one transaction with one effect, however often it is sent: by its idempotency key while that is kept, and
// by the order's or refund's own number for ever. Locks are taken in one order: key, order number, customer, memberships,
// accounts.
package accrual
