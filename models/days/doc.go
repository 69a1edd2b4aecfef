// Package days runs what each business day brings, for a whole shop: holds end, tiers are judged, points end, birthdays
// come, notices go out. What a day does to one member is decided by models/terms and happens as well when somebody looks
// at that member first; this room only finds the members whom nobody has touched.
//
// A row of business_days says that a day is closed: the steps with which the day after it begins have been run. Days are
// closed in order, each in transactions of at most Batch members. Every step finds what it has not done yet, so that a
// run may be killed, repeated and doubled at any point. A server that was down for a week and a sandbox whose clock is
// moved by 13 months are the same work.
package days
