package terms

import (
	"testing"

	"dangol/models"
)

// saved is a shop of the default programme whose member has so many points, in one lot.
func saved(t *testing.T, doc Terms, points Points) *shop {
	s := open(t, doc, TellNobody)
	out, refusal := s.program.Grant(s.member, &Grant{Source: "grant:1", Reason: "event", At: at("2026-06-01"), Day: day("2026-06-01"), Points: points})
	if refusal.Refused() {
		t.Fatal(refusal)
	}
	s.record(out)
	s.settle("2026-11-22")
	return s
}

func TestRedeemWithinLimits(t *testing.T) { // D-49, S-R1, S-R2, S-R3
	shopTerms := Default(models.TradeUnknown, DefaultTicket)
	mall := Default(models.TradeOnline, 30_000)
	cafe := Default(models.TradeCafe, 6_000)
	sevens := Default(models.TradeUnknown, DefaultTicket)
	sevens.Units[0].Worth, sevens.Redemptions[0].Minimum, sevens.Redemptions[0].Step = Worth{Money: 7, Points: 1}, 0, 1
	for _, c := range []struct {
		name   string
		doc    Terms
		has    Points
		asks   Points
		total  Money
		beyond Beyond
		paid   Points
		worth  Money
		code   RefusalCode
		limit  Points
	}{
		{"as asked", shopTerms, 5_000, 1_200, 12_000, Clamp, 1_200, 1_200, "", 0},
		{"as much as there is, in hundreds", shopTerms, 1_240, 5_000, 12_000, Clamp, 1_200, 1_200, "", 0},
		{"as much as possible", shopTerms, 1_240, 0, 12_000, Clamp, 1_200, 1_200, "", 0},
		{"as much as the order takes", shopTerms, 9_000, 0, 1_550, Clamp, 1_500, 1_500, "", 0},
		{"an order too small", shopTerms, 9_000, 0, 900, Clamp, 0, 0, AboveShare, 900},
		{"the share, in whole units", sevens, 9_000, 0, 1_000, Clamp, 142, 994, "", 0},
		{"less than the fewest", shopTerms, 9_000, 900, 12_000, Clamp, 0, 0, BelowMinimum, 1_000},
		{"too few", shopTerms, 999, 1_000, 12_000, Clamp, 0, 0, NotEnough, 999},
		{"no order known", shopTerms, 9_000, 3_000, 0, Clamp, 3_000, 3_000, "", 0},
		{"strictly: not whole steps", shopTerms, 9_000, 1_250, 12_000, Refuse, 0, 0, NotWholeSteps, 100},
		{"strictly: too few", shopTerms, 1_240, 1_300, 12_000, Refuse, 0, 0, NotEnough, 1_240},
		{"strictly: more than the order", shopTerms, 9_000, 2_000, 1_550, Refuse, 0, 0, AboveShare, 1_550},
		{"strictly: below the fewest", shopTerms, 9_000, 500, 12_000, Refuse, 0, 0, BelowMinimum, 1_000},
		{"strictly: fine", shopTerms, 9_000, 2_000, 12_000, Refuse, 2_000, 2_000, "", 0},
		{"half of the order", mall, 50_000, 0, 30_000, Clamp, 15_000, 15_000, "", 0},
		{"below the mall's fewest", mall, 50_000, 1_900, 30_000, Clamp, 0, 0, BelowMinimum, 2_000},
		{"ten stamps, a drink", cafe, 13, 0, 4_500, Clamp, 10, 4_500, "", 0},
		{"a cheaper drink is all that it pays", cafe, 13, 10, 4_000, Clamp, 10, 4_000, "", 0},
		{"three cards, two drinks", cafe, 33, 0, 9_000, Clamp, 20, 9_000, "", 0},
		{"nine stamps", cafe, 9, 10, 4_500, Clamp, 0, 0, NotEnough, 9},
	} {
		s := saved(t, c.doc, c.has)
		out, refusal := s.program.Redeem(s.member, &Request{
			Source: "redeem:1", At: at("2026-11-22"), Day: day("2026-11-22"), Points: c.asks, Total: c.total, Beyond: c.beyond,
		})
		if out.Paid != c.paid || out.Worth != c.worth || refusal.Code != c.code || refusal.Limit != c.limit {
			t.Errorf("%s: paid %d, worth %d, %+v; want %d, %d, %s %d",
				c.name, out.Paid, out.Worth, refusal, c.paid, c.worth, c.code, c.limit)
		}
		s.wants(0, c.has-c.paid, 0)
	}
}

func TestRedeemableTellsWhatRedeemDoes(t *testing.T) {
	s := saved(t, Default(models.TradeOnline, 30_000), 50_000)
	request := Request{Source: "redeem:1", At: at("2026-11-22"), Day: day("2026-11-22"), Total: 30_000}
	points, worth := s.program.Redeemable(s.member, &request)
	s.wants(0, 50_000, 0)
	stranger := &Member{}
	if n, _ := s.program.Redeemable(stranger, &request); n != 0 || len(stranger.Accounts) != 0 {
		t.Errorf("looking makes no account: %+v", stranger)
	}
	out, _ := s.program.Redeem(s.member, &request)
	if out.Paid != points || out.Worth != worth {
		t.Errorf("said %d worth %d, did %d worth %d", points, worth, out.Paid, out.Worth)
	}
}

func TestSoonestToEndGoesFirst(t *testing.T) { // S-L2
	doc := one(Rule{Award: rate(1, 1)})
	s := open(t, doc, TellNobody)
	give := func(source, expiry string, n Points) {
		g := Grant{Source: source, At: at("2026-06-01"), Day: day("2026-06-01"), Points: n}
		if expiry != "" {
			g.Expiry = day(expiry)
		}
		out, _ := s.program.Grant(s.member, &g)
		s.record(out)
	}
	give("grant:never", "", 10)           // 1
	give("grant:late", "2027-12-31", 10)  // 2
	give("grant:soon", "2027-01-31", 10)  // 3
	give("grant:never2", "", 10)          // 4
	give("grant:soon2", "2027-01-31", 10) // 5
	_, out := s.pays("2026-07-01", 1_000, 45)
	want := []LotUse{{3, -10}, {5, -10}, {2, -10}, {1, -10}, {4, -5}}
	for i, use := range out.Movements[0].Uses {
		if use != want[i] {
			t.Fatalf("%+v, want %+v", out.Movements[0].Uses, want)
		}
	}
	s.wants(0, 5+955, 0)
}

func TestOfEqualEndsTheOldestGoesFirst(t *testing.T) { // S-L2
	s := open(t, one(Rule{Award: rate(1, 1)}), TellNobody)
	s.buys("2026-11-22", 10)
	s.buysLate("2026-11-20", 10)
	_, out := s.pays("2026-11-23", 1_000, 5)
	if use := out.Movements[0].Uses[0]; use.Lot != 2 {
		t.Errorf("lot 2 was earned two days before lot 1: %+v", use)
	}
}

func TestPointsOfThisOrderComeLater(t *testing.T) { // S-E5
	doc := one(Rule{Award: rate(1, 1)})
	s := open(t, doc, TellNobody)
	order, _ := s.buys("2026-11-22", 500)
	request := &Request{Source: "redeem:1", Order: order.Source, At: at("2026-11-22"), Day: day("2026-11-22"), Points: 100}
	if _, refusal := s.program.Redeem(s.member, request); refusal.Code != NotEnough || refusal.Limit != 0 {
		t.Errorf("not for the order that earned them: %+v", refusal)
	}
	request.Order = "order:pos:A2"
	if out, refusal := s.program.Redeem(s.member, request); refusal.Refused() || out.Paid != 100 {
		t.Errorf("for the next one: %+v", refusal)
	}
}

func TestNextVisitIsALaterDay(t *testing.T) { // D-53
	s := defaultShop(t)
	s.buys("2026-11-22 09:00", 50_000) // 1,000P at once, 1,000P from the next visit
	spend := func(date string) Points {
		points, _ := s.program.Redeemable(s.member, &Request{At: at(date), Day: day(date[:10]), Total: 50_000})
		return points
	}
	if today, tomorrow := spend("2026-11-22 20:00"), spend("2026-11-23 08:00"); today != 1_000 || tomorrow != 2_000 {
		t.Errorf("today %d, tomorrow %d", today, tomorrow)
	}
}

func TestGrants(t *testing.T) {
	s := saved(t, Default(models.TradeUnknown, DefaultTicket), 500)
	if lot := s.account().Lots[0]; lot.ExpiresOn != day("2031-06-30") || lot.Rule != "event" {
		t.Errorf("ends as the unit says: %+v", lot)
	}
	take := &Grant{Source: "grant:2", Reason: "mistake", At: at("2026-11-22"), Day: day("2026-11-22"), Points: -501}
	if _, refusal := s.program.Grant(s.member, take); refusal.Code != NotEnough || refusal.Limit != 500 {
		t.Errorf("only a refund makes a deficit: %+v", refusal)
	}
	take.Points = -200
	out, _ := s.program.Grant(s.member, take)
	s.wants(0, 300, 0)
	undo := &Grant{Source: "ungrant:2", At: at("2026-11-22"), Day: day("2026-11-22")}
	if _, refusal := s.program.Ungrant(s.member, undo, &out.Movements[0]); refusal.Refused() {
		t.Error(refusal)
	}
	s.wants(0, 500, 0)
	if _, refusal := s.program.Ungrant(s.member, undo, &s.ledger[0]); refusal.Refused() {
		t.Error(refusal)
	}
	s.wants(0, 0, 0)
	if _, refusal := s.program.Ungrant(s.member, undo, &s.ledger[0]); refusal.Code != NotEnough {
		t.Errorf("what is spent cannot be taken back: %+v", refusal)
	}
}
