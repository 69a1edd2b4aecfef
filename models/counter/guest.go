// Package counter reads what the counter shows: who stands there and what is theirs at this moment, and what was done
// lately and can be taken back. What the counter does is done by the verbs: accrual, redemption, coupons, grants.
package counter

import (
	"maps"
	"slices"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/customers"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

// Guest is a customer at the counter, settled to the shop's today. Without a membership, only Card is set.
type Guest struct {
	customers.Card
	Member  *ledger.Member
	Program *terms.Program // in force
	Unit    *terms.Unit    // the programme's first
	Account terms.Account  // in Unit

	Usable     int64         // can be used as money now, in whole steps
	Missing    int64         // points that are lacking until any can be used; 0: none
	PendingOn  calendar.Date // when the first of what is pending arrives
	Expiring   int64         // available, ends on ExpiringOn
	ExpiringOn calendar.Date // within SoonDays; zero: nothing
	Ending     []Ending      // available in Unit, of which people may be told by now; the soonest first
}

// Ending is what ends on one day if it is not used.
type Ending struct {
	On     calendar.Date // the last day of use
	Points int64
}

// Read gathers a guest; of who was merged, the one who goes on. Errors: models.NotFound.
func Read(tx *store.Tx, customerID int64) (*Guest, error) {
	card, err := customers.ReadCard(tx, customerID)
	if err == nil && card.Customer.MergedInto != nil {
		return Read(tx, *card.Customer.MergedInto)
	}
	if err != nil {
		return nil, err
	}
	guest := &Guest{Card: card}
	running, err := programs.Running(tx)
	if err != nil {
		return nil, err
	}
	members, err := ledger.Peek(tx, running, ledger.Of(models.CustomerRef{ID: customerID}))
	if err != nil {
		return nil, err
	}
	for _, m := range members {
		if program := m.Program.Timeline.At(tx.Now()); program != nil {
			guest.member(m, program, tx.Today())
			break
		}
	}
	return guest, nil
}

func (g *Guest) member(m *ledger.Member, program *terms.Program, today calendar.Date) {
	g.Member, g.Program, g.Unit = m, program, program.Unit("")
	g.Account = *m.Account(g.Unit.Code)
	request := terms.Request{Day: today, Unit: g.Unit.Code}
	g.Usable, _ = program.Redeemable(&m.Member, &request)
	if how := program.Terms().Redemption(g.Unit.Code); how != nil && g.Usable == 0 {
		g.Missing = max(max(how.Minimum, how.Step, 1)-g.Account.Available, 0)
	}
	for i := range g.Account.Lots {
		g.lot(&g.Account.Lots[i], today)
	}
	g.Ending = ending(g.Account.Lots, today.AddMonths(terms.NoticeMonths))
}

// ending sums what ends on each day through the last one.
func ending(lots []terms.Lot, last calendar.Date) (days []Ending) {
	sums := map[calendar.Date]int64{}
	for i := range lots {
		if l := &lots[i]; l.Bucket == terms.Available && !l.ExpiresOn.IsZero() && l.ExpiresOn <= last {
			sums[l.ExpiresOn] += l.Remaining
		}
	}
	for _, on := range slices.Sorted(maps.Keys(sums)) {
		if sums[on] > 0 {
			days = append(days, Ending{on, sums[on]})
		}
	}
	return days
}

// lot notes what arrives next and what ends next.
func (g *Guest) lot(lot *terms.Lot, today calendar.Date) {
	switch {
	case lot.Remaining == 0:
	case lot.Bucket == terms.Pending:
		if g.PendingOn.IsZero() || lot.ActivatesOn < g.PendingOn {
			g.PendingOn = lot.ActivatesOn
		}
	case lot.ExpiresOn.IsZero() || lot.ExpiresOn > today.AddDays(customers.SoonDays):
	case g.ExpiringOn.IsZero() || lot.ExpiresOn < g.ExpiringOn:
		g.Expiring, g.ExpiringOn = lot.Remaining, lot.ExpiresOn
	case lot.ExpiresOn == g.ExpiringOn:
		g.Expiring += lot.Remaining
	}
}

// Tier is the tier that the guest has, and its rank from 1; nil where the terms have none.
func (g *Guest) Tier() (tier *terms.Tier, rank int) {
	if g.Program == nil {
		return nil, 0
	}
	return TierNamed(g.Program, g.Program.TierOf(&g.Member.Member))
}

// TierNamed finds a tier of a programme by its code, and its rank from 1.
func TierNamed(program *terms.Program, code string) (*terms.Tier, int) {
	plan := program.Terms().Tiers
	if plan == nil || code == "" {
		return nil, 0
	}
	for i := range plan.Tiers {
		if plan.Tiers[i].Code == code {
			return &plan.Tiers[i], i + 1
		}
	}
	return nil, 0
}

// Counted is the rule by which the shop counts things instead of money, as stamps are; nil where it counts money.
func Counted(program *terms.Program) *terms.Rule {
	rules := program.Terms().Earning
	for i := range rules {
		if rules[i].When != terms.OnPurchase {
			continue
		}
		if rules[i].Award.Kind == terms.PerUnit {
			return &rules[i]
		}
		return nil
	}
	return nil
}
