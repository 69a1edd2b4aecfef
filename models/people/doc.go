// Package people knows who may come in: logins and their passwords, sessions, one-time links, and the limits that slow
// guessing down without letting a stranger lock anybody out.
//
// A person stands above merchants; what a person may do in one is models/staff. Everything here runs on real time
// (tx.Wall), never on a shop's business time.
package people
