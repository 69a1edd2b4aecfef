package presets

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"dangol/models/calendar"
	"dangol/models/terms"
)

// row is a line of a table that was worked out by hand: what a member does on a day, after everything that the days since
// the last row brought, and what is true then.
type row struct {
	on   string
	does act
	has  string // "star 20" of each unit of which there is anything; "star 20+5": and 5 on the way
	tier string
	gets string // since the last row: coupons with their last day, what points paid or gave, or why not
}

// act is what a member does. What it says about itself comes into the column gets.
type act func(l *life, at time.Time, day calendar.Date) string

// life is one member of a preset, under the test clock: a notice that falls due has been delivered.
type life struct {
	timeline *terms.Timeline
	program  *terms.Program
	member   *terms.Member
	orders   []*terms.Purchase
	ledger   []terms.Movement
	period   terms.PlanPeriod // the last one of a subscription
	got      []string
	n        int
}

// lives plays a table.
func lives(t *testing.T, preset, joined string, table []row) {
	t.Helper()
	found, ok := Find(preset)
	if !ok {
		t.Fatalf("no preset %q", preset)
	}
	program, err := terms.Compile(found.Terms, 1)
	if err != nil {
		t.Fatal(err)
	}
	l := &life{program: program, member: &terms.Member{Joined: calendar.MustParse(joined)}}
	l.timeline = terms.NewTimeline(time.UTC, terms.TellByOutbox, terms.Version{Program: program})
	for i, r := range table {
		day := calendar.MustParse(r.on)
		l.got = nil
		l.record(l.timeline.Settle(l.member, day))
		if r.does != nil {
			if says := r.does(l, day.In(time.UTC).Add(12*time.Hour), day); says != "" {
				l.got = append(l.got, says)
			}
		}
		if got := strings.Join(l.got, ", "); l.has() != r.has || l.program.TierOf(l.member) != r.tier || got != r.gets {
			t.Errorf("%s, row %d, %s:\nhas  %q, %q, %q\nwant %q, %q, %q", preset, i+1, r.on, l.has(), l.program.TierOf(l.member), got, r.has, r.tier, r.gets)
		}
	}
}

// record keeps what an operation did.
func (l *life) record(out terms.Outcome) terms.Outcome {
	l.ledger = append(l.ledger, out.Movements...)
	for _, c := range out.Coupons {
		l.got = append(l.got, c.Kind+" until "+c.Until.String())
	}
	return out
}

// has writes the balances in the order of the units.
func (l *life) has() string {
	var all []string
	for _, unit := range l.program.Terms().Units {
		a := l.member.Account(unit.Code)
		if a.Available-a.Deficit == 0 && a.Pending == 0 {
			continue
		}
		text := unit.Code + " " + strconv.FormatInt(a.Available-a.Deficit, 10)
		if a.Pending > 0 {
			text += "+" + strconv.FormatInt(a.Pending, 10)
		}
		all = append(all, text)
	}
	return strings.Join(all, ", ")
}

func (l *life) source(kind string) string {
	l.n++
	return fmt.Sprintf("%s:shop:%d", kind, l.n)
}

// buys pays an order of so much, of these lines or of nothing in particular.
func buys(total terms.Money, lines ...terms.Line) act {
	return paysPart(total, "", 0, lines...)
}

// thing is a line of one category.
func thing(category string, quantity int64, amount terms.Money) terms.Line {
	return terms.Line{SKU: category, Category: category, Quantity: quantity, Amount: amount}
}

// paysPart is buys, a part of it with points.
func paysPart(total terms.Money, unit string, points terms.Points, lines ...terms.Line) act {
	return func(l *life, at time.Time, day calendar.Date) (says string) {
		order := &terms.Purchase{Source: l.source("order"), At: at, Day: day, Total: total, Lines: lines}
		l.orders = append(l.orders, order)
		if points > 0 {
			out, refusal := l.program.Redeem(l.member, &terms.Request{Source: l.source("redeem"), Order: order.Source, At: at, Day: day,
				Unit: unit, Points: points, Total: total, Beyond: terms.Refuse})
			if refusal.Refused() {
				return "refused " + string(refusal.Code)
			}
			l.record(out)
			order.PaidWithPoints, says = out.Worth, fmt.Sprintf("paid %d", out.Worth)
		}
		l.record(l.program.Accrue(l.member, order))
		return says
	}
}

// returns gives back a part of the n-th order, from 1, which no points had paid for.
func returns(n int, amount terms.Money) act {
	return func(l *life, at time.Time, day calendar.Date) string {
		order := l.orders[n-1]
		own := slices.DeleteFunc(slices.Clone(l.ledger), func(mv terms.Movement) bool { return mv.Kind == terms.Redeem })
		out, refusal := l.program.Refund(l.member, &terms.Refund{Source: l.source("refund"), At: at, Day: day, Amount: amount,
			History: terms.HistoryOf(order, 0, own)})
		l.record(out)
		return refused(refusal, "")
	}
}

// happens is an event that is no purchase.
func happens(h terms.Happening) act {
	return func(l *life, at time.Time, day calendar.Date) string {
		h.Source, h.At, h.Day = l.source("event"), at, day
		l.record(l.program.Happen(l.member, &h))
		return ""
	}
}

// does is an event of the shop's own, about so much money and so many of whatever it counts.
func does(name string, amount terms.Money, quantity int64) act {
	return happens(terms.Happening{Kind: terms.OnCustom, Name: name, Amount: amount, Quantity: quantity})
}

// reviews writes so many days after the delivery.
func reviews(days int64, facts ...string) act {
	numbers := map[string]int64{"delivered_days": days, "length": 40, "photo": 0, "video": 0}
	for _, fact := range facts {
		numbers[fact] = 1
	}
	return happens(terms.Happening{Kind: terms.OnReview, Numbers: numbers})
}

// confirmed reports an event of the n-th order, from 1.
func confirmed(event string, n int) act {
	return func(l *life, at time.Time, day calendar.Date) string {
		l.record(l.program.Release(l.member, &terms.Happened{Event: event, Order: l.orders[n-1].Source, At: at, Day: day}))
		return ""
	}
}

// claims takes a reward.
func claims(reward string) act {
	return func(l *life, at time.Time, day calendar.Date) string {
		out, refusal := l.program.Claim(l.member, &terms.ClaimRequest{Source: l.source("claim"), Reward: reward, At: at, Day: day})
		l.record(out)
		return refused(refusal, "")
	}
}

// donates gives points to a cause.
func donates(cause string, points terms.Points) act {
	return func(l *life, at time.Time, day calendar.Date) string {
		out, refusal := l.program.Donate(l.member, &terms.Donation{Source: l.source("donate"), At: at, Day: day, Cause: cause, Points: points})
		l.record(out)
		return refused(refusal, fmt.Sprintf("gave %d", out.Worth))
	}
}

// told gives numbers of the shop's systems their values, in hundredths.
func told(values ...terms.NumberValue) act {
	return func(l *life, at time.Time, day calendar.Date) string {
		l.record(l.program.Look(l.member, &terms.Look{Source: l.source("numbers"), At: at, Day: day, Numbers: values}))
		return ""
	}
}

// lifted sets a floor until a day.
func lifted(tier, until string) act {
	return func(l *life, at time.Time, day calendar.Date) string {
		out, refusal := l.program.SetFloor(l.member, &terms.TierFloor{Source: l.source("floor"), At: at, Day: day, Tier: tier, Until: calendar.MustParse(until)})
		l.record(out)
		return refused(refusal, "")
	}
}

// prices asks what a cart costs with these coupon kinds, and says so.
func prices(shipping terms.Money, kinds []string, lines ...terms.Line) act {
	return func(l *life, at time.Time, day calendar.Date) string {
		cart := &terms.Purchase{At: at, Day: day, Shipping: shipping, Total: shipping, Lines: lines}
		for _, line := range lines {
			cart.Total += line.Amount
		}
		var offers []terms.Offer
		for _, code := range kinds {
			kind := l.program.Terms().Coupon(code)
			offers = append(offers, terms.Offer{Kind: kind, UnitsLeft: kind.UnitStock})
		}
		return fmt.Sprintf("costs %d", l.program.Price(l.member, cart, offers, terms.Payment{}).Total)
	}
}

// subscribes begins a plan, with its trial or without.
func subscribes(plan string, trial bool) act {
	return func(l *life, _ time.Time, day calendar.Date) string {
		return l.pays(plan, l.program.Terms().Plan(plan).Begin(day, trial))
	}
}

// renews begins the next period of a plan.
func renews(plan string) act {
	return func(l *life, _ time.Time, _ calendar.Date) string {
		return l.pays(plan, l.program.Terms().Plan(plan).After(l.period))
	}
}

func (l *life) pays(plan string, period terms.PlanPeriod) string {
	l.period = period
	l.member.Plans = append(l.member.Plans, terms.HeldPlan{Plan: plan, From: period.From, Until: period.Until})
	if period.Until.IsZero() {
		return fmt.Sprintf("costs %d for ever", period.Price)
	}
	return fmt.Sprintf("costs %d from %v until %v", period.Price, period.From, period.Until)
}

func refused(r terms.Refusal, otherwise string) string {
	if r.Refused() {
		return "refused " + string(r.Code)
	}
	return otherwise
}
