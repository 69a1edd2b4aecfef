// Package demo builds a shop that looks alive: a neighbourhood bakery of a year, with regulars and passers-by, whose
// purchases went through the same engine and the same ledger as everybody's. The people, names and numbers are invented
// and come from a seed; the moments are those of the shop's own clock.
//
// It is a room of models and not part of the command, because all it does is call verbs and write rows: the browser
// tests, the bench and the test clock's sandbox build their shops with it too. No room knows it; only commands do.
package demo
