package paths

import "strconv"

// CounterEarnWith takes an amount on which a coupon is used.
func CounterEarnWith(customer, coupon int64) string {
	return query(CounterEarn(customer), "coupon", strconv.FormatInt(coupon, 10))
}

// CounterCouponWith uses a coupon without an order.
func CounterCouponWith(customer, coupon int64) string {
	return query(CounterCoupon(customer), "coupon", strconv.FormatInt(coupon, 10))
}

// CustomerConsents is where a customer's consent is given or taken back.
func CustomerConsents[T ref](customer T) string { return join(Customers, id(customer), "consents") }

// Gift is a gift to a group: how far it has come, and who gets it.
func Gift[T ref](gift T) string { return join(Segments, "gifts", id(gift)) }

// GiftAfter is the next page of those who get it.
func GiftAfter(gift int64, after string) string { return query(Gift(gift), "after", after) }

// CustomerAfter is the next page of a customer's tab.
func CustomerAfter(customer int64, tab, after string) string {
	if tab == "timeline" {
		tab = ""
	}
	return query(Customer(customer), "tab", tab, "after", after)
}

// InsightsFor is 한눈에 over the last days.
func InsightsFor(days int) string { return query(Insights, "days", strconv.Itoa(days)) }

// Group is a group of customers that a condition defines.
func Group[T ref](group T) string { return join(Groups, id(group)) }

// GroupAfter is the next page of its people.
func GroupAfter(group int64, after string) string { return query(Group(group), "after", after) }

// GroupEdit is the form that changes it.
func GroupEdit[T ref](group T) string { return join(Groups, id(group), "edit") }

// GroupRemove takes it away.
func GroupRemove[T ref](group T) string { return join(Groups, id(group), "remove") }

// TryEffect says what a group as typed means, without the form.
func TryEffect() string { return query(TryGroup, "effect", "1") }
