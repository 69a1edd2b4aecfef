package terms

// Month is what a usual month of a shop looks like, as far as its programme's cost depends on it.
type Month struct {
	Sales        Money
	MemberShare  int // percent of sales that members make
	UsedShare    int // percent of what is earned that is ever used
	New          int // members who buy for the first time
	NewUsed      int // percent of them who come again and use what they got for it
	Birthdays    int
	BirthdayUsed int   // percent of the coupons that are used
	Ticket       Money // median order
	Margin       int   // percent of sales
}

// UsualMonth is the month that is assumed of a small shop until it has figures of its own.
func UsualMonth(ticket Money, margin int) Month {
	return Month{
		Sales: 10_000_000, MemberShare: 50, UsedShare: 80, New: 60, NewUsed: 50, Birthdays: 25, BirthdayUsed: 40,
		Ticket: ticket, Margin: margin,
	}
}

// Cost is what a programme costs in a month, and what makes up for it.
type Cost struct {
	Earning   Money // what returning members earn and use
	First     Money // what new members get
	Birthday  Money
	Total     Money
	PerMille  int64 // of sales
	BreakEven Money // more sales that earn the cost back at the margin
	Visits    int64 // as orders of the median ticket
}

// MonthlyCost estimates what the terms cost in a month.
func (t *Terms) MonthlyCost(m Month) Cost {
	var c Cost
	members := percentOf(m.Sales, m.MemberShare)
	c.Earning = percentOf(share(members, t.earnedBack(m, 1), m.Ticket), m.UsedShare)
	first := t.earnedBack(m, 0) - t.earnedBack(m, 1)
	c.First = percentOf(first*int64(m.New), m.NewUsed)
	c.Birthday = percentOf(t.birthdayWorth(m.Ticket)*int64(m.Birthdays), m.BirthdayUsed)
	c.Total = c.Earning + c.First + c.Birthday
	c.PerMille = share(c.Total, 1_000, m.Sales)
	c.BreakEven = scale(c.Total, 100, int64(m.Margin), Ceil, 1)
	c.Visits = scale(c.BreakEven, 1, m.Ticket, Ceil, 1)
	return c
}

func percentOf(amount Money, percent int) Money { return share(amount, int64(percent), 100) }

// earnedBack is what an order of the median ticket costs the shop in rewards, for a member with so many orders before.
func (t *Terms) earnedBack(m Month, orders int64) (cost Money) {
	p, err := Compile(*t, 0)
	if err != nil {
		return 0
	}
	awards, _ := p.Quote(&Member{Orders: orders}, t.typical(m.Ticket))
	for _, a := range awards {
		cost += t.costOf(a.Unit, a.Points, m.Margin)
	}
	return cost
}

// costOf is what points cost when they are used: their worth, or for a thing what the shop pays for it.
func (t *Terms) costOf(unit string, points Points, margin int) Money {
	worth := t.Unit(unit).Worth.Of(points)
	if r := t.Redemption(unit); r != nil && r.Item != nil {
		return percentOf(worth, 100-margin)
	}
	return worth
}

// typical is an order of the median ticket: one item of what the first rule about items wants.
func (t *Terms) typical(ticket Money) *Purchase {
	order := &Purchase{Source: "order:typical", Total: ticket}
	for i := range t.Earning {
		r := &t.Earning[i]
		if r.Award.Kind == PerUnit || r.Award.Kind == EachLine || r.If.items() {
			line := Line{Quantity: 1, Amount: ticket, Labels: r.If.Labels.Only}
			line.Category, line.SKU = firstOf(r.If.Categories.Only), firstOf(r.If.SKUs.Only)
			order.Lines = []Line{line}
			break
		}
	}
	return order
}

func firstOf(codes []string) string {
	if len(codes) == 0 {
		return ""
	}
	return codes[0]
}

// birthdayWorth is what one birthday coupon takes off an order of the median ticket, or of its minimum.
func (t *Terms) birthdayWorth(ticket Money) (worth Money) {
	for i := range t.Occasions {
		if c := t.Coupon(t.Occasions[i].Coupon); c != nil {
			worth += c.Off(max(ticket, c.Minimum))
		}
	}
	return worth
}

// Off is what the coupon takes off an order of that total; 0 if the order is below its minimum.
func (c *CouponKind) Off(total Money) Money {
	if total < c.Minimum {
		return 0
	}
	off := c.Amount
	if c.Percent > 0 {
		off = percentOf(total, c.Percent)
	}
	if c.Most > 0 {
		off = min(off, c.Most)
	}
	return min(off, total)
}

// ItemDiscount is the discount that a card of stamps amounts to, one free item among all: 1/11 for the eleventh free.
// The first card is shorter by what the first purchase gives. It is zero for terms without such a card.
func (t *Terms) ItemDiscount(firstCard bool) Ratio {
	how := t.Redemption("")
	if how == nil || how.Item == nil {
		return Ratio{}
	}
	var each, given Points
	for i := range t.Earning {
		switch r := &t.Earning[i]; {
		case r.When == OnPurchase && r.Award.Kind == PerUnit:
			each = r.Award.Points
		case r.When == OnFirstPurchase && r.Award.Kind == Fixed && firstCard:
			given = r.Award.Points
		}
	}
	if each == 0 {
		return Ratio{}
	}
	return Ratio{1, (how.Step-given)/each + 1}
}
