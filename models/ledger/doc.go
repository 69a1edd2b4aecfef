// Package ledger keeps what happened to members' points: entries, the lots they made, the tiers that changed. Entries are
// written here and nowhere else, and never changed.
//
// Whoever moves points does four things in one transaction:
//
//	members, err := ledger.Load(tx, programs, since, ids...) // locks memberships and accounts, in id order
//	members[0].Settle(today)                                 // what the days since the last time brought
//	outcome := program.Accrue(&members[0].Member, purchase)  // the pure engine decides
//	err = ledger.Write(tx, ledger.Change{Member: members[0], Outcomes: …})
//
// Load and Write are one statement batch each, for one member or for thousands. Whoever only wants to know what a member
// has calls Peek, which settles in memory and stores nothing: a balance is right at midnight though no job has run.
//
// Entries of an account are numbered without gaps and chained: the digest of each covers its predecessor's. Verify reads
// the whole ledger, recomputes everything that is stored twice, and says what does not agree and where.
package ledger
