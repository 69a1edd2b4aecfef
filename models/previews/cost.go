package previews

import (
	"slices"

	"dangol/models/insights"
	"dangol/models/terms"
)

// enough is how many orders make figures of the shop's own.
const enough = 30

// What is assumed of a month, in percent, whatever its figures are; and how often a customer comes of whom nothing is known.
const (
	wholeSales    = 100
	usedShare     = 80
	newUsed       = 50
	birthdayUsed  = 40
	visitsAMonth  = 2
	monthsInAYear = 12
)

func cost(draft *terms.Terms, s shop, past *past, p *Preview) Cost {
	month, usual := terms.UsualMonth(s.ticket, s.margin), len(past.orders) < enough
	if !usual {
		month = past.month(s)
	}
	if p.Birthdays != nil && !usual {
		month.Birthdays = p.Birthdays.Counts[""]
	}
	c := Cost{Cost: draft.MonthlyCost(month), Month: month, Usual: usual}
	c.Customer = c.Total * monthsInAYear / max(customers(month, p.Spending, usual), 1)
	return c
}

// customers is among how many people a year's cost is shared: those who bought within twelve months.
func customers(m terms.Month, s insights.Spending, usual bool) (n int64) {
	if usual {
		return m.Sales * int64(m.MemberShare) / 100 / max(m.Ticket, 1) / visitsAMonth
	}
	for _, b := range s.Buckets {
		if b.From > 0 {
			n += b.People
		}
	}
	return n
}

// month is the last thirty days: the sales to known customers, and how many were new; of a sample, all of both.
func (p *past) month(s shop) terms.Month {
	m := terms.Month{MemberShare: wholeSales, UsedShare: usedShare, NewUsed: newUsed, BirthdayUsed: birthdayUsed, Ticket: p.ticket(s.ticket), Margin: s.margin}
	for i := range p.orders {
		m.Sales += p.orders[i].purchase.Spend()
		if p.orders[i].first {
			m.New++
		}
	}
	if p.sample != nil {
		m.Sales, m.New = p.sample.sales, int(p.count(int64(m.New)))
	}
	return m
}

// ticket is the median order, or what the shop said before it had enough of them.
func (p *past) ticket(said int64) int64 {
	if len(p.orders) < enough {
		return said
	}
	totals := make([]int64, len(p.orders))
	for i := range p.orders {
		totals[i] = p.orders[i].purchase.Total
	}
	slices.Sort(totals)
	return max(totals[(len(totals)-1)/2], 1)
}

// mostSpends bounds the list of spendings that the warnings look at; more people than that are thinned out evenly.
const mostSpends = 10_000

func facts(s shop, past *past, spending insights.Spending) terms.Facts {
	return terms.Facts{MedianTicket: past.ticket(s.ticket), MedianGapDays: past.gap, MarginPercent: s.margin, Spend12m: spends(spending)}
}

// spends gives everybody of a bucket its mean.
func spends(s insights.Spending) (all []terms.Money) {
	var people int64
	for _, b := range s.Buckets {
		people += b.People
	}
	thin := people/mostSpends + 1
	for _, b := range s.Buckets {
		for range (b.People + thin - 1) / thin {
			all = append(all, b.Spend/b.People)
		}
	}
	return all
}
