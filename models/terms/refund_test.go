package terms

import (
	"testing"

	"dangol/models"
)

func TestRefundsAreCumulative(t *testing.T) { // S-F1
	s := open(t, one(Rule{Award: rate(1, 100)}), TellNobody)
	order, _ := s.buys("2026-11-22", 999) // earns 9
	for i, c := range []struct {
		amount Money
		left   Points
	}{{100, 9}, {100, 8}, {100, 7}, {333, 4}, {365, 1}, {1, 0}} {
		s.refund(order, "2026-11-23", c.amount)
		if got := s.account().Available; got != c.left {
			t.Errorf("after part %d: %d left, want %d", i, got, c.left)
		}
	}
	h := s.history(order)
	if _, refusal := s.program.Refund(s.member, &Refund{Amount: 1, History: h}); refusal.Code != NothingToRefund {
		t.Errorf("there is nothing left: %+v", refusal)
	}
	h.Returned = 900
	if _, refusal := s.program.Refund(s.member, &Refund{Amount: 100, History: h}); refusal.Code != AboveOrder || refusal.Limit != 99 {
		t.Errorf("more than the order: %+v", refusal) // S-F6
	}
}

func TestRefundTakesItsOwnPendingFirst(t *testing.T) { // S-F2
	s := open(t, Default(models.TradeOnline, 30_000), TellNobody)
	s.buys("2026-11-01", 100_000)
	s.settle("2026-11-20")
	order, _ := s.buys("2026-11-20", 50_000) // 500 pending
	s.wants(500, 2_000, 0)
	out := s.refund(order, "2026-11-21", 25_000)
	s.wants(250, 2_000, 0)
	if mv := out.Movements[0]; mv.Kind != CancelHold || mv.Bucket != Pending || mv.Points != -250 {
		t.Errorf("%+v", mv)
	}
	s.settle("2026-11-30")
	out = s.refund(order, "2026-12-01", 25_000)
	s.wants(0, 2_000, 0)
	if mv := out.Movements[0]; mv.Kind != Clawback || mv.Bucket != Available || len(mv.Uses) != 1 {
		t.Errorf("then from its own usable lot: %+v", mv)
	}
}

func TestRefundTakesItsOwnLotBeforeOneThatEndsSooner(t *testing.T) { // S-F2
	s := yearly(t, TellNobody)
	s.buys("2026-01-10", 1_000)             // 100, ends 31 January 2027
	order, _ := s.buys("2026-06-10", 1_000) // 100, ends 30 June 2027
	for _, taken := range []Money{400, 600} {
		s.refund(order, "2026-11-22", taken)
	}
	if lots := s.account().Lots; len(lots) != 1 || lots[0].ExpiresOn != day("2027-01-31") || lots[0].Remaining != 100 {
		t.Errorf("the other order keeps what it earned: %+v", lots)
	}
}

func TestRefundTakesOtherLotsThenOwes(t *testing.T) { // S-F2, S-L3
	s := open(t, one(Rule{Award: rate(1, 10)}), TellNobody)
	big, _ := s.buys("2026-11-22", 10_000) // 1,000
	s.buys("2026-11-23", 1_000)            // 100
	s.pays("2026-11-24", 800, 800)         // earns nothing
	s.wants(0, 300, 0)
	out := s.refund(big, "2026-11-25", 10_000)
	s.wants(0, 0, 700)
	if len(out.Movements) != 2 || out.Movements[0].Points != -300 || out.Movements[1].Bucket != DeficitPart || out.Movements[1].Points != 700 {
		t.Fatalf("its own 200, the other 100, and 700 owed: %+v", out.Movements)
	}
	s.buys("2026-11-26", 5_000) // 500 fill the deficit
	s.wants(0, 0, 200)
	_, out = s.buys("2026-11-27", 5_000)
	s.wants(0, 300, 0)
	if len(out.Movements) != 2 || out.Movements[0].Points != -200 || out.Movements[0].Bucket != DeficitPart || out.Movements[1].Points != 300 {
		t.Errorf("an earning fills the deficit first: %+v", out.Movements)
	}
}

func TestWhatFilledADeficitIsOwedAgain(t *testing.T) { // S-L3
	s := open(t, one(Rule{Award: rate(1, 10)}), TellNobody)
	first, _ := s.buys("2026-11-20", 10_000)
	paid, _ := s.pays("2026-11-21", 800, 800)
	s.refund(first, "2026-11-22", 10_000)
	s.wants(0, 0, 800)
	second, _ := s.buys("2026-11-23", 10_000) // 1,000: 800 fill the deficit, 200 are left
	s.wants(0, 200, 0)
	s.refund(second, "2026-11-24", 5_000)
	s.wants(0, 0, 300)
	s.refund(second, "2026-11-25", 5_000)
	s.wants(0, 0, 800)
	s.refund(paid, "2026-11-26", 400) // the 400 points that paid fill it
	s.wants(0, 0, 400)
	s.refund(paid, "2026-11-27", 400)
	s.wants(0, 0, 0)
}

func TestARefundNeitherEarnsNorPays(t *testing.T) { // S-F4
	s := open(t, one(Rule{Award: rate(1, 10)}), TellNobody)
	s.buys("2026-11-20", 10_000)
	order, _ := s.pays("2026-11-21", 8_000, 500)
	for _, amount := range []Money{3_000, 5_000} {
		out := s.refund(order, "2026-11-22", amount)
		for _, mv := range out.Movements {
			if mv.Kind != Clawback && mv.Kind != Restore {
				t.Errorf("a refund of %d does more than take back: %+v", amount, mv)
			}
		}
		if len(out.Awards) > 0 || out.Paid != 0 {
			t.Errorf("a refund of %d is no purchase: %+v", amount, out)
		}
	}
	s.wants(0, 1_000, 0)
}

func TestRefundForgives(t *testing.T) {
	doc := one(Rule{Award: rate(1, 10)})
	doc.Refunds.Shortfall = Forgive
	s := open(t, doc, TellNobody)
	order, _ := s.buys("2026-11-22", 10_000)
	s.pays("2026-11-24", 800, 800)
	s.refund(order, "2026-11-25", 10_000)
	s.wants(0, 0, 0)
}

// What an earlier refund let go, a later one does not take again, nor a cancellation, nor an amendment (S-F1).
func TestWhatWasForgivenIsGone(t *testing.T) {
	for i, c := range []struct {
		last func(s *shop, order *Purchase)
		left Points
	}{
		{func(s *shop, order *Purchase) { s.refund(order, "2026-11-26", 500) }, 50},
		{func(s *shop, order *Purchase) { s.refund(order, "2026-11-26", 250) }, 75},
		{func(s *shop, order *Purchase) {
			s.record(s.program.Undo(s.member, "undo:1", at("2026-11-26"), day("2026-11-26"), s.history(order)))
		}, 50},
		{func(s *shop, order *Purchase) { s.amend(order, 2, "2026-11-26", 800) }, 80}, // 30 are left of 80
		{func(s *shop, order *Purchase) { s.amend(order, 2, "2026-11-26", 1_200) }, 100},
		{func(s *shop, order *Purchase) {
			s.amend(order, 2, "2026-11-26", 800)
			s.refund(order, "2026-11-27", 300)
		}, 50},
	} {
		doc := one(Rule{Award: rate(1, 10)})
		doc.Refunds.Shortfall = Forgive
		s := open(t, doc, TellNobody)
		order, _ := s.buys("2026-11-22", 1_000)
		s.pays("2026-11-23", 100, 100)
		s.refund(order, "2026-11-24", 500) // 50 are not there
		s.wants(0, 0, 0)
		s.buys("2026-11-25", 1_000)
		c.last(s, order)
		if got := s.account().Available; got != c.left {
			t.Errorf("%d: %d left, want %d", i, got, c.left)
		}
	}
}

func TestSpentPointsGoBackToTheirLots(t *testing.T) { // S-F3
	s := yearly(t, TellNobody)
	s.buys("2026-01-10", 3_000)                  // lot 1, ends 31 January 2027
	s.buys("2026-06-10", 3_000)                  // lot 2, ends 30 June 2027
	order, _ := s.pays("2026-11-22", 1_000, 500) // 300 of lot 1, 200 of lot 2; earns 50
	s.wants(0, 150, 0)
	out := s.refund(order, "2026-11-23", 500)
	s.wants(0, 150+250-25, 0)
	if uses := out.Movements[0].Uses; out.Movements[0].Kind != Restore || len(uses) != 1 || uses[0] != (LotUse{1, 250}) {
		t.Errorf("half of them: %+v", out.Movements[0])
	}
	if lot := s.account().lot(1); lot == nil || lot.Remaining != 250 || lot.ExpiresOn != day("2027-01-31") {
		t.Errorf("the used-up lot is open again, with its last day: %+v", lot)
	}
	out = s.refund(order, "2026-11-24", 500)
	s.wants(0, 600, 0)
	if uses := out.Movements[0].Uses; len(uses) != 2 || uses[0] != (LotUse{1, 50}) || uses[1] != (LotUse{2, 200}) {
		t.Errorf("the rest: %+v", uses)
	}
}

func TestPointsOfAnEndedLotGetACourtesy(t *testing.T) { // S-F3
	s := yearly(t, TellNobody)
	s.buys("2026-01-10", 3_000)
	order, _ := s.pays("2027-01-20", 1_000, 300)
	out := s.refund(order, "2027-02-10", 1_000)
	courtesy := out.Movements[0]
	if courtesy.Lot.ExpiresOn != day("2027-03-12") || courtesy.Points != 300 || len(courtesy.Uses) != 0 || courtesy.Reverses == 0 {
		t.Errorf("thirty days in a lot of their own: %+v", courtesy)
	}
	s.wants(0, 300, 0)
	s.settle("2027-03-13")
	s.wants(0, 0, 0)
}

func TestRefundOfAPaidOrderOwesNothing(t *testing.T) {
	s := open(t, one(Rule{Award: rate(1, 10)}), TellNobody)
	s.buys("2026-11-20", 10_000)                    // 1,000
	order, _ := s.pays("2026-11-22", 20_000, 1_000) // pays 1,000, earns 1,900
	s.pays("2026-11-23", 1_900, 1_900)              // and spends them
	out := s.refund(order, "2026-11-24", 20_000)    // 1,000 back, 1,900 away
	s.wants(0, 0, 900)
	if out.Movements[0].Kind != Restore {
		t.Errorf("what paid comes back before what was earned is taken: %+v", out.Movements)
	}
}

func TestUndoIsAsIfItHadNeverBeen(t *testing.T) {
	s := defaultShop(t)
	order, _ := s.buys("2026-11-22", 12_000)
	out := s.program.Undo(s.member, "undo:"+order.Source, at("2026-11-22 13:00"), day("2026-11-22"), s.history(order))
	s.record(out)
	s.wants(0, 0, 0)
	if m := s.member; m.Orders != 0 || m.Spend.Sum(0, day("2026-12-31")) != 0 || m.Used.find("first", "life").Used != 0 || len(m.Accounts[0].Lots) != 0 {
		t.Errorf("something is left: %+v", m)
	}
	if out.Spend != -12_000 || out.Day != order.Day {
		t.Errorf("the rollup loses what it got: %+v", out)
	}
	for _, mv := range out.Movements {
		if mv.Reverses == 0 || mv.Kind != Clawback {
			t.Errorf("each names what it takes back: %+v", mv)
		}
	}
	if _, out := s.buys("2026-11-22", 12_000); points(out) != 1_240 {
		t.Errorf("the first purchase is free again: %d", points(out))
	}
}

func TestShippingIsNotGoods(t *testing.T) {
	s := open(t, one(Rule{Award: rate(1, 10)}), TellNobody)
	order := s.order("2026-11-22", 13_000)
	order.Shipping = 3_000
	s.settle("2026-11-22")
	s.record(s.program.Accrue(s.member, order))
	s.wants(0, 1_000, 0)
	s.refund(order, "2026-11-23", 10_000) // the goods come back, the shipping does not
	s.wants(0, 0, 0)
}
