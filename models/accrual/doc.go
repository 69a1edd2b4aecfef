// Package accrual turns what happens at a till into points: an order earns (Accrue), a refund takes back (Refund), a slip
// at the counter is undone (Undo), and a cart can be tried without buying (Quote).
//
// Each of them is one effect, however often it is sent: by its idempotency key while that is kept, and by the order's or
// refund's own number for ever. Locks are taken in one order: key, order number, customer, memberships, accounts.
//
// # Orders that come at once share a transaction
//
// Most of what an order costs is what a transaction costs: beginning, asking, writing, and the disk that says it is there.
// So orders of one shop that come while others are being posted gather (package together), and the next transaction posts
// them all in the two round trips that one of them would take: the first locks and reads for all, then the engine decides
// one order after the other, and the second writes for all and commits. A lone order is a group of one and waits for nobody.
//
// Each order keeps the promises of a single one. A group is for plain orders only, and it waits for nobody: what somebody
// else holds, it leaves alone. Whichever order is not plain is put aside, without having touched anything, and posts itself
// in a transaction of its own, which waits for locks and costs as many round trips as it takes: a repeated number or key,
// one that is in somebody's hands, a new member, a waiting refund, a faulty order. Orders of one member are decided in the
// order in which they came, on the same Member. If the database refuses the group, nothing of it has happened, and each
// order posts itself. An order's answer is told after the commit that holds it; a caller who leaves meanwhile asks again, as
// after any cut connection.
package accrual
