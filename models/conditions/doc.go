// Package conditions is the one small language in which earning rules, rewards, coupons and groups of customers say for
// what and for whom they are. It is pure.
//
// # The language
//
// A Condition compares one field with a value, or joins others by all, any and not:
//
//	{"all":[{"field":"amount","is":"at_least","value":30000},{"not":{"field":"category","is":"in","value":"drink"}}]}
//
// The catalogue (Find, Known) says of each field of what kind it is, hence which operators fit, and in which scopes it is
// known: of an order, of one of its lines, of the member, of an event. Validate finds all faults at once; Encode writes the
// one canonical text.
//
// # Three answers
//
// A condition holds, does not, or is about something that nobody knows: the hour of an order without time, the birthday of
// somebody who never told it. What is not known meets no condition, and no negated one either, exactly as in SQL: so an
// order without time earns neither "before noon" nor "not before noon". Fields of codes and texts are sets, and an empty
// set is known: who holds no tier is not gold.
//
// # Three uses
//
// Compile makes an immutable evaluator. Holds asks it about Facts, which the caller reads from what it has at hand; Missing
// says which single condition failed and by how much. SQL writes the same question about all customers at once. Sentence
// says it in Korean or English.
package conditions
