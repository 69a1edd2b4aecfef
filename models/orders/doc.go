// Package orders keeps receipts and what they add up to: each order once by its source and number, its lines, and the
// rollups customer_months and customer_stats. What an order earns is models/accrual's.
//
// The rollups are sums of orders and nothing else: Queue adds to them, Recount makes them anew, and the ledger's Verify
// compares. Whoever writes orders of a customer holds the customer's row (LockCustomers).
package orders
