package terms

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"dangol/models"
	"dangol/models/calendar"
)

var seoul = time.FixedZone("KST", 9*60*60)

func day(s string) calendar.Date { return calendar.MustParse(s) }

// at is a moment of a day in Seoul: "2026-11-22 14:30", or noon.
func at(s string) time.Time {
	if len(s) == len("2026-11-22") {
		s += " 12:00"
	}
	t, err := time.ParseInLocation("2006-01-02 15:04", s, seoul)
	if err != nil {
		panic(err)
	}
	return t
}

func compile(t rapid.TB, doc Terms) *Program {
	t.Helper()
	p, err := Compile(doc, 1)
	if err != nil {
		t.Fatalf("these terms should be valid: %v", err)
	}
	return p
}

// shop is a programme in force since 2020, and one member of it.
type shop struct {
	t         rapid.TB
	timeline  *Timeline
	program   *Program
	member    *Member
	orders    int
	refunds   int
	returned  map[string]Money
	revisions map[string][]Given // what the last revision of an order awards
	held      *Held              // set aside
	ledger    []Movement
	lots      map[int64]Lot // every lot that there ever was, as last seen
}

func open(t rapid.TB, doc Terms, telling Telling) *shop {
	t.Helper()
	p := compile(t, doc)
	return &shop{
		t: t, program: p, member: &Member{Joined: day("2026-01-01")}, lots: map[int64]Lot{},
		timeline: NewTimeline(seoul, telling, Version{From: at("2020-01-01 00:00"), Program: p}),
	}
}

func defaultShop(t rapid.TB) *shop {
	t.Helper()
	return open(t, Default(models.TradeUnknown, DefaultTicket), TellNobody)
}

func (s *shop) order(date string, total Money, lines ...Line) *Purchase {
	s.orders++
	return &Purchase{
		Source: fmt.Sprintf("order:pos:A%d", s.orders), At: at(date), Day: day(date[:10]), Total: total, Lines: lines,
	}
}

func (s *shop) record(out Outcome) Outcome {
	s.ledger = append(s.ledger, out.Movements...)
	for _, mv := range out.Movements {
		if mv.Lot.Seq > 0 {
			s.lots[mv.Lot.Seq] = mv.Lot
		}
	}
	for _, e := range out.Extensions {
		lot := s.lots[e.Lot]
		lot.ExpiresOn = e.To
		s.lots[e.Lot] = lot
	}
	return out
}

func (s *shop) buys(date string, total Money, lines ...Line) (*Purchase, Outcome) {
	s.t.Helper()
	order := s.order(date, total, lines...)
	s.settle(date)
	return order, s.record(s.program.Accrue(s.member, order))
}

// buysLate posts an order whose day is past already.
func (s *shop) buysLate(date string, total Money) (*Purchase, Outcome) {
	order := s.order(date, total)
	return order, s.record(s.program.Accrue(s.member, order))
}

// refund returns a part of an order, by what the ledger says about it.
func (s *shop) refund(order *Purchase, date string, amount Money) Outcome {
	s.t.Helper()
	s.settle(date)
	s.refunds++
	out, refusal := s.program.Refund(s.member, &Refund{
		Source: fmt.Sprintf("refund:pos:R%d", s.refunds), At: at(date), Day: day(date[:10]), Amount: amount, History: s.amendedHistory(order),
	})
	if refusal.Refused() {
		s.t.Fatalf("refund of %d refused: %+v", amount, refusal)
	}
	if s.returned == nil {
		s.returned = map[string]Money{}
	}
	s.returned[order.Source] += amount
	return s.record(out)
}

// history is what the ledger knows about an order and the redemption that paid for it.
func (s *shop) history(order *Purchase) History {
	var movements []Movement
	redemption := "redeem:" + order.Source
	paid := map[int64]bool{}
	for _, mv := range s.ledger {
		if mv.Source == redemption {
			paid[mv.Seq] = true
		}
		if source := WholeSource(mv.Source); source == order.Source || amends(source, order.Source) || paid[mv.Seq] || mv.Reverses > 0 {
			movements = append(movements, mv)
		}
	}
	h := HistoryOf(order, s.returned[order.Source], movements)
	for _, lot := range s.lots {
		if s.account().lot(lot.Seq) == nil {
			h.Closed = append(h.Closed, lot)
		}
	}
	return h
}

// pays buys with points: asks for them, and posts the order that they pay for.
func (s *shop) pays(date string, total Money, points Points) (*Purchase, Outcome) {
	s.t.Helper()
	s.settle(date)
	order := s.order(date, total)
	out, refusal := s.program.Redeem(s.member, &Request{
		Source: "redeem:" + order.Source, Order: order.Source, At: order.At, Day: order.Day, Points: points, Total: total,
	})
	if refusal.Refused() {
		s.t.Fatalf("redemption of %d refused: %+v", points, refusal)
	}
	s.record(out)
	order.PaidWithPoints = out.Worth
	s.record(s.program.Accrue(s.member, order))
	return order, out
}

func (s *shop) settle(date string) Outcome {
	return s.record(s.timeline.Settle(s.member, day(date[:10])))
}

func (s *shop) account() *Account { return s.member.Account(s.program.terms.Units[0].Code) }

func (s *shop) wants(pending, available, deficit Points) {
	s.t.Helper()
	a := s.account()
	if a.Pending != pending || a.Available != available || a.Deficit != deficit {
		s.t.Errorf("account is pending %d, available %d, deficit %d; want %d, %d, %d",
			a.Pending, a.Available, a.Deficit, pending, available, deficit)
	}
}

func TestFirstOrderAtTheCounter(t *testing.T) {
	s := defaultShop(t)
	_, out := s.buys("2026-11-22", 12_000)
	if len(out.Awards) != 2 || out.Awards[0].Points != 240 || out.Awards[1].Points != 1_000 {
		t.Fatalf("12,000원 earns 240P and 1,000P for the first purchase, got %+v", out.Awards)
	}
	s.wants(0, 1_240, 0)
	if got := out.Awards[0].ExpiresOn; got != day("2031-11-30") {
		t.Errorf("five years to the month's end: %v", got)
	}
}
