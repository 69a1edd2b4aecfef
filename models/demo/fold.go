package demo

import (
	"crypto/sha256"
	"time"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/ledger"
	"dangol/models/orders"
	"dangol/models/terms"
)

// life is what a person's visits did: receipts, payments with points, and the engine's outcomes in their order.
type life struct {
	orders      []orders.New
	redemptions []models.Redemption
	change      ledger.Change
}

// happen lets the visits happen to a member one after the other, as they would have at the counter: the days in between,
// points used when there are enough and the mood is right, then the purchase.
func (b *builder) happen(p *person, m *ledger.Member) life {
	l := life{change: ledger.Change{Member: m, Orders: make(map[string]int64, len(p.visits))}}
	timeline := m.Program.Timeline
	for n := range p.visits {
		v := &p.visits[n]
		day := calendar.DateOf(v.at, b.span.zone)
		l.add(timeline.Settle(&m.Member, day))
		inForce := timeline.At(v.at)
		o := b.receipt(p, n, day, m.ID)
		purchase := orders.Purchase(&o.Order, b.span.zone)
		purchase.Day, purchase.Store, purchase.Lines = day, b.storeCode, orders.Seen(v.lines, nil)
		if worth := b.pay(&l, p, m, inForce, &purchase, o.ID); worth > 0 {
			o.PaidWithPoints, purchase.PaidWithPoints = worth, worth
		}
		o.Basis = purchase.Spend()
		l.add(inForce.Accrue(&m.Member, &purchase))
		l.orders = append(l.orders, o)
		l.change.Orders[purchase.Source] = o.ID
	}
	l.add(timeline.Settle(&m.Member, b.span.today))
	return l
}

func (l *life) add(o terms.Outcome) { l.change.Outcomes = append(l.change.Outcomes, o) }

func (b *builder) receipt(p *person, n int, day calendar.Date, membershipID int64) orders.New {
	v := &p.visits[n]
	o := orders.New{Day: day, Order: models.Order{
		ID: v.order, Source: source, ExternalID: p.number(n), CustomerID: &p.ID, MembershipID: &membershipID, StoreID: &b.storeID,
		Channel: "store", PlacedAt: v.at, HasTime: true, Total: total(v.lines), RecordedAt: b.wall,
	}}
	hash := sha256.Sum256([]byte(o.ExternalID))
	o.ContentHash = hash[:]
	if !b.sized {
		o.Lines = v.lines
	}
	return o
}

// pay uses points on a visit: of those who like to use them, on a third of the visits at which there are enough.
func (b *builder) pay(l *life, p *person, m *ledger.Member, inForce *terms.Program, purchase *terms.Purchase, orderID int64) int64 {
	if p.saves || p.random.IntN(3) > 0 {
		return 0
	}
	number := "R" + purchase.Source
	outcome, refusal := inForce.Redeem(&m.Member, &terms.Request{Source: "redeem:" + source + ":" + number, Order: purchase.Source,
		At: purchase.At, Day: purchase.Day, Total: purchase.Total})
	if refusal.Refused() || outcome.Paid == 0 {
		return 0
	}
	l.add(outcome)
	asked := purchase.Total
	l.redemptions = append(l.redemptions, models.Redemption{
		AccountID: m.AccountID(inForce.Unit("").Code), Source: source, ExternalID: number, Points: outcome.Paid, Worth: outcome.Worth,
		OrderTotal: &asked, OrderID: &orderID, StoreID: &b.storeID, At: purchase.At, BusinessDate: purchase.Day.In(time.UTC),
	})
	return outcome.Worth
}
