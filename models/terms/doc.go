// Package terms is what a programme promises, and the engine that keeps the promise. It is pure: no clock, no database,
// no global state, no float. What it says about a member depends on the values that it is given and on nothing else, so
// that the till, the import, the test clock, the quotation and the backtest run the same code.
//
// # The promise
//
// Terms is a document: units, earning rules, redemption, expiry, tiers, occasions, coupon kinds, rewards, causes, plans, referral. Parse
// reads it strictly, Validate finds all its faults, Encode writes the one canonical text and Hash names it. Default is what a
// small shop starts with, Check warns of promises that disappoint or ruin, Describe writes the customer's terms page.
//
// # The engine
//
// Compile makes a Program of a document: one immutable version. A Timeline is all versions of a programme with the
// moments from which they are in force, and the merchant's zone. A Member is what is known about one member: tier,
// qualifying spend, counters, and accounts with their lots.
//
// Operations change the Member in place and return an Outcome, the movements to be stored:
//
//	timeline.Settle(m, today)             // what the days since the last time brought: always first
//	timeline.At(moment).Accrue(m, order)  // a purchase: awards, spend, a higher tier; Quote only tells
//	program.Happen                        // what is no purchase: a review, a check-in, a birthday
//	program.Refund, Amend, Undo, Lower    // take an order back, by the version of the order
//	program.Redeem, Unredeem, Reserve     // pay with points, give them back, set them aside for a checkout
//	program.Claim, Price                  // take a reward; what a cart costs with coupons and points
//	program.Grant, Transfer, Donate       // by hand, to another member, to a cause; Merge for two who are one
//	program.SetFloor, Look                // a tier by hand; judge it when something else has changed
//	timeline.Advance(m, events, until)    // many events, with the day steps between them
//
// Whoever calls them has settled the member first, keeps stocks and quotas that are shared, and times reservations out.
//
// An event meets the rules in one order (S-E1): which bonuses apply; what each base pays, rounded once, within its limits and
// budgets; which of those that compete in a group are let pay, as far as the balance takes it; what the bonuses add, so that
// all together pay the exact product of their factors, within the same bounds.
//
// An account has four numbers, pending, available, reserved and deficit. A movement moves one of them and is one ledger
// entry; it gets its number here, because lots are named by the entry that made them. Pending and available are the
// sums of their lots' remainders; a credit fills the deficit first. A debit takes from lots in the order of
// consumption: the soonest to end, those that never end last, then the oldest, then by number.
//
// A day begins with its steps (S-P5): holds that end become available, rewards are taken that take themselves, tiers are
// judged, lots end whose last day is past, and tiers by balance are judged. A lot ends only if its owner was told
// (Telling); else it is prolonged by a month. Days on which nothing is due cost nothing: Settle goes from one due day to
// the next, and NextDue says which that is.
//
// # The files
//
// The document: terms, rule, tier, coupon, reward, plan, referral, partner, cause; validate_*; words_* and describe_* say it.
// Earning: accrue, then assess, count, bonus, compete, limits; facts answers conditions, misses says what was missing.
// Points: member, movement, post; days: settle, due, hold, parts, expiry; back: refund, history, amend, grant.
// Tiers: window and measure what counts, standing, review, floor, welcome. Offers: price, offer, basket, gift, misfit; redeem,
// reserve, claim. Before publishing: check, cost, worse, example.
//
// # The reasons
//
// Each award carries an Explanation, its arithmetic as data; Encode makes it a few dozen bytes, Recompute follows it
// again, Explain puts it into words. What narrowly failed comes back as a Miss. Rules cited as S-… stand in
// RULES.md.
package terms
