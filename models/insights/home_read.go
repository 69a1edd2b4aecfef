package insights

import (
	"maps"
	"slices"

	"dangol/models/calendar"
	"dangol/models/store"
)

// ReadHome reads the numbers of the home page: the night's, and what was posted since. Before the first night it counts
// everything, which is little.
func ReadHome(tx *store.Tx) (Home, error) {
	n, asOf, err := lastNight(tx)
	if err != nil {
		return Home{}, err
	}
	newer, err := daysSince(tx, n.Mark)
	if err != nil {
		return Home{}, err
	}
	n.hold(newer, 1)
	n.Days = append(n.Days, newer...)
	if err := newCustomers(tx, &n); err != nil {
		return Home{}, err
	}
	return n.home(tx, asOf)
}

// ReadPeople reads how many customers the shop has: as many as the last night knew, and who has come since.
func ReadPeople(tx *store.Tx) (int64, error) {
	n, _, err := lastNight(tx)
	if err != nil {
		return 0, err
	}
	err = newCustomers(tx, &n)
	return n.Customers, err
}

// ReadEnding reads whose points end within a month.
func ReadEnding(tx *store.Tx) (Ending, error) {
	n, _, err := lastNight(tx)
	return n.Ending, err
}

func lastNight(tx *store.Tx) (n night, asOf calendar.Date, err error) {
	asOf, ok, err := Summary(tx, "home", &n)
	if err == nil && !ok {
		n, err = readNight(tx)
		asOf = tx.Today()
	}
	return n, asOf, err
}

func (n *night) home(tx *store.Tx, asOf calendar.Date) (h Home, err error) {
	today := tx.Today()
	orders := n.unit("")
	sales := func(d dayTotals) int64 { return d.Sales }
	visits, err := visitsOn(tx, today)
	if err != nil {
		return h, err
	}
	h.Numbers = append(h.Numbers,
		Number{Code: VisitsToday, Value: visits},
		Number{Code: SalesToday, Value: on(orders, today, sales), Series: series(orders, today, sales)},
		month(SalesMonth, "", orders, today, sales))
	for _, unit := range n.units() {
		days := n.unit(unit)
		h.Numbers = append(h.Numbers,
			month(EarnedMonth, unit, days, today, func(d dayTotals) int64 { return d.Earned }),
			month(RedeemedMonth, unit, days, today, func(d dayTotals) int64 { return d.Redeemed }),
			Number{Code: Outstanding, Unit: unit, Value: n.Held[unit]},
			Number{Code: ExpiringSoon, Unit: unit, Value: n.Expiring[unit], AsOf: asOf})
	}
	rate, err := repeatRate(tx)
	if err != nil {
		return h, err
	}
	if !rate.AsOf.IsZero() {
		h.Numbers = append(h.Numbers, rate)
	}
	h.Numbers = append(h.Numbers, Number{Code: Customers, Value: n.Customers},
		month(NewMonth, "", n.joinedDays(), today, func(d dayTotals) int64 { return d.Orders }))
	return h, nil
}

// visitsOn counts the customers whose last visit is on the day: of today, everybody who came.
func visitsOn(tx *store.Tx, day calendar.Date) (n int64, err error) {
	err = tx.PG().QueryRow(tx.Ctx(), `SELECT count(*) FROM customer_stats WHERE merchant_id = $1 AND last_on = $2`, tx.MerchantID(), day).Scan(&n)
	return n, err
}

func repeatRate(tx *store.Tx) (Number, error) {
	var r repeat
	day, ok, err := Summary(tx, "repeat", &r)
	if err != nil || !ok || r.Once+r.Again == 0 {
		return Number{}, err
	}
	return Number{Code: RepeatRate, Value: (r.Again*1000 + (r.Once+r.Again)/2) / (r.Once + r.Again), AsOf: day}, nil
}

func (n *night) units() []string { return slices.Sorted(maps.Keys(n.Held)) }

func (n *night) unit(unit string) []dayTotals {
	var days []dayTotals
	for _, d := range n.Days {
		if d.Unit == unit {
			days = append(days, d)
		}
	}
	return days
}

// joinedDays are the new customers, in the place of orders.
func (n *night) joinedDays() []dayTotals {
	days := make([]dayTotals, len(n.Joined))
	for i, j := range n.Joined {
		days[i] = dayTotals{Day: j.Day, Orders: j.People}
	}
	return days
}

func between(days []dayTotals, from, through calendar.Date, of func(dayTotals) int64) (sum int64) {
	for _, d := range days {
		if d.Day >= from && d.Day <= through {
			sum += of(d)
		}
	}
	return sum
}

func on(days []dayTotals, day calendar.Date, of func(dayTotals) int64) int64 {
	return between(days, day, day, of)
}

func series(days []dayTotals, today calendar.Date, of func(dayTotals) int64) []int64 {
	all := make([]int64, 30)
	for i := range all {
		all[i] = on(days, today.AddDays(i-29), of)
	}
	return all
}

// month is a number of this month so far, with the same days of the month before.
func month(code NumberCode, unit string, days []dayTotals, today calendar.Date, of func(dayTotals) int64) Number {
	last := today.AddMonths(-1)
	before := between(days, last.FirstOfMonth(), last, of)
	return Number{Code: code, Unit: unit, Value: between(days, today.FirstOfMonth(), today, of), Before: &before, Series: series(days, today, of)}
}
