package customers

import (
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/store"
)

// Card is what the counter says about somebody beside their points: the usual order, which visit this is, a word for
// the day, notes, coupons. Balances are asked of the ledger, which settles them first.
type Card struct {
	Customer    models.Customer
	Memberships []CardMembership
	Usual       []Usual         // what they usually have, the most usual first; at most two
	Visit       int             // this is their n-th visit; a visit is a business date with an order
	LastOn      calendar.Date   // the last before today; zero: none
	Today       []Special       // why today is special
	Notes       []Note          // at most MaxNotes
	Coupons     []models.Coupon // usable today, the first to end first
	Expiring    []Expiring30    // points that end within SoonDays, by account
}

// CardMembership is one programme of the customer.
type CardMembership struct {
	ProgramID  int64
	Program    string // code
	ID         int64
	Code       string
	Tier       string // code; empty: what everybody has
	TierSince  calendar.Date
	TierUntil  calendar.Date
	EnrolledAt time.Time
}

// Usual is an item that stands on at least UsualPercent of the last UsualOrders orders, at least three times.
type Usual struct {
	Name   string
	Orders int // with the item
	Of     int // orders looked at
}

// The rule of Usual: product's own definition of "what you always have".
const (
	UsualOrders  = 10
	UsualPercent = 40
	usualLeast   = 3
)

// SpecialKind is a reason for a word.
type SpecialKind string

// The reasons.
const (
	SpecialVisit       SpecialKind = "visit"       // the hundredth visit, two hundredth …; N is which
	SpecialAnniversary SpecialKind = "anniversary" // joined N years ago today
	SpecialBirthday    SpecialKind = "birthday"    // within BirthdayDays of the birthday; N is days until it, negative after
	SpecialAway        SpecialKind = "away"        // not seen for N days, longer than usual
	SpecialFirst       SpecialKind = "first"       // the first visit
)

// Special is a reason and its number.
type Special struct {
	Kind SpecialKind
	N    int
}

// BirthdayDays is how near a birthday is worth a word.
const BirthdayDays = 7

// Note is a short note of the staff's.
type Note struct {
	ID      int64
	Text    string
	StaffID int64
	At      time.Time
}

// Expiring30 is what somebody loses within SoonDays if they do not come.
type Expiring30 struct {
	MembershipID int64
	Unit         string
	Points       int64
	FirstOn      calendar.Date // the first last day
}

// visits is the rollup of a customer.
type visits struct {
	count           int
	firstOn, lastOn calendar.Date
}

// ReadCard gathers the card in one round trip. Errors: models.NotFound.
func ReadCard(tx *store.Tx, customerID int64) (Card, error) {
	c, err := Find(tx, customerID)
	if err != nil {
		return Card{}, err
	}
	card := Card{Customer: c}
	var seen visits
	batch := &pgx.Batch{}
	queueMemberships(batch, tx, customerID, &card)
	queueVisits(batch, tx, customerID, &seen)
	queueUsual(batch, tx, customerID, &card)
	queueNotes(batch, tx, customerID, &card)
	queueCoupons(batch, tx, customerID, &card)
	queueExpiring(batch, tx, customerID, &card)
	if err := tx.PG().SendBatch(tx.Ctx(), batch).Close(); err != nil {
		return Card{}, store.Translate(err)
	}
	card.count(seen, tx.Today())
	card.Today = card.specials(tx, seen)
	return card, nil
}

// count says which visit this is: today's orders belong to it.
func (c *Card) count(seen visits, today calendar.Date) {
	c.Visit, c.LastOn = seen.count+1, seen.lastOn
	if seen.count > 0 && seen.lastOn == today {
		c.Visit = seen.count
	}
}

func (c *Card) specials(tx *store.Tx, seen visits) (all []Special) {
	today := tx.Today()
	if c.Visit == 1 {
		all = append(all, Special{SpecialFirst, 1})
	}
	if c.Visit%100 == 0 {
		all = append(all, Special{SpecialVisit, c.Visit})
	}
	if years := anniversary(c.joined(tx), today); years > 0 {
		all = append(all, Special{SpecialAnniversary, years})
	}
	if days, ok := c.daysToBirthday(today); ok {
		all = append(all, Special{SpecialBirthday, days})
	}
	if seen.count > 0 && AwayOn(seen.firstOn, seen.lastOn, seen.count) <= today {
		all = append(all, Special{SpecialAway, int(today - seen.lastOn)})
	}
	return all
}

// joined is the day on which the customer came to the shop's programme, or to the shop.
func (c *Card) joined(tx *store.Tx) calendar.Date {
	first := c.Customer.CreatedAt
	for _, m := range c.Memberships {
		if m.EnrolledAt.Before(first) {
			first = m.EnrolledAt
		}
	}
	return calendar.DateOf(first, tx.Merchant().Zone)
}

// anniversary is how many years ago to the day joined was, 0 on any other day. Who joined on 29 February is greeted on
// the 28th of common years.
func anniversary(joined, today calendar.Date) int {
	years := today.Year() - joined.Year()
	if years > 0 && joined.AddMonths(12*years) == today {
		return years
	}
	return 0
}

func (c *Card) daysToBirthday(today calendar.Date) (int, bool) {
	b, ok := birthday(c.Customer.BirthCalendar, c.Customer.BirthMonth, c.Customer.BirthDay)
	if !ok {
		return 0, false
	}
	near := b.Between(today.AddDays(-BirthdayDays), today.AddDays(BirthdayDays), calendar.Rules{})
	if len(near) == 0 {
		return 0, false
	}
	return int(slices.MaxFunc(near, func(a, b calendar.Occurrence) int { return int(a.Date - b.Date) }).Date - today), true
}

// AwayOn is the day from which somebody is later than usual: twice their usual gap after the last visit, at least two
// weeks; with a single visit 90 days. The usual gap is the mean one, rounded down.
func AwayOn(firstOn, lastOn calendar.Date, visits int) calendar.Date {
	wait := 90
	if visits > 1 {
		wait = max(2*int(lastOn-firstOn)/(visits-1), 14)
	}
	return lastOn.AddDays(wait + 1)
}
