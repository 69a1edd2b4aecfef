// Package models holds the nouns of Dangol: the rows, the typed states, the parameters of each verb and the errors.
//
// It runs no query and imports the standard library only. What a noun can decide without a database is a method here;
// whatever needs one lives in a package below, named for what it does (models/accrual, models/customers, …), beside its SQL.
// What a programme promises is a room of its own, models/terms, and is pure as well.
package models
