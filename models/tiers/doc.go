// Package tiers is what people and systems say about members' tiers: a floor that is set by hand, and numbers that the
// shop's systems deliver. What follows from it, the terms decide.
package tiers
