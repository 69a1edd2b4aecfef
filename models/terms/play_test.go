package terms

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"dangol/models/calendar"
)

// play acts a script out. daily begins every day of it, due or not; check runs after every deed.
func play(t *rapid.T, doc Terms, telling Telling, script []deed, daily bool, check func(*shop)) *shop {
	s := open(t, doc, telling)
	var orders []*Purchase
	first := day("2026-01-01")
	for i, d := range script {
		date := first.AddDays(d.day)
		if daily {
			s.walk(first, date)
		}
		s.settle(date.String())
		orders = s.act(d, i, date, orders)
		if check != nil {
			check(s)
		}
	}
	last := first.AddDays(500)
	if daily {
		s.walk(first, last)
	}
	s.settle(last.String())
	return s
}

// walk begins every day from the first that has not begun through the last.
func (s *shop) walk(first, last calendar.Date) {
	for day := max(s.member.SettledTo+1, first); day <= last; day++ {
		var out Outcome
		s.timeline.begin(s.member, day, &out)
		s.member.SettledTo = day
		s.record(out)
	}
}

func (s *shop) act(d deed, i int, date calendar.Date, orders []*Purchase) []*Purchase {
	when := date.String()
	switch d.what {
	case "buy":
		order, _ := s.buys(when, d.amount)
		return append(orders, order)
	case "pay":
		request := Request{At: at(when), Day: date, Total: d.amount}
		if points, _ := s.program.Redeemable(s.member, &request); points > 0 {
			order, _ := s.pays(when, d.amount, 0)
			return append(orders, order)
		}
	case "refund", "refund all":
		if len(orders) == 0 {
			break
		}
		order := orders[d.pick%len(orders)]
		left := order.Goods() - s.returned[order.Source]
		if d.what == "refund" {
			left = min(left, d.amount)
		}
		if left > 0 {
			s.refund(order, when, left)
		}
	case "set aside":
		s.setAside(d, i, date)
	case "give", "take":
		g := Grant{Source: fmt.Sprintf("grant:%d", i), At: at(when), Day: date, Points: d.amount % 700}
		if d.what == "take" {
			g.Points = -g.Points
		}
		out, _ := s.program.Grant(s.member, &g)
		s.record(out)
	case "deliver":
		if len(orders) > 0 {
			s.record(s.program.Release(s.member, &Happened{Event: "delivered", Order: orders[d.pick%len(orders)].Source, At: at(when), Day: date}))
		}
	case "tell":
		for j := range s.account().Lots {
			if lot := &s.account().Lots[j]; lot.ToldOn.IsZero() {
				lot.ToldOn = date
			}
		}
	}
	return orders
}

// sound checks what always holds of an account and its ledger.
func sound(t *rapid.T) func(*shop) {
	return func(s *shop) {
		a := s.account()
		var buckets = map[Bucket]Points{}
		causes := map[string]bool{}
		for i, mv := range s.ledger {
			buckets[mv.Bucket] += mv.Points
			key := fmt.Sprint(mv.Cause(), mv.Kind, mv.Bucket)
			if mv.Seq != int64(i+1) || mv.Points == 0 || causes[key] {
				t.Fatalf("entry %d: %+v", i+1, mv)
			}
			if i > 0 && mv.At.Before(s.ledger[i-1].At) {
				t.Fatalf("entry %d lies before the last: %+v", i+1, mv)
			}
			causes[key] = true
			sumUses(t, &mv)
		}
		lots := map[Bucket]Points{}
		for _, l := range a.Lots {
			lots[l.Bucket] += l.Remaining
			if l.Remaining <= 0 || l.Remaining > l.Points {
				t.Fatalf("lot %+v", l)
			}
		}
		for bucket, got := range map[Bucket]Points{Pending: a.Pending, Available: a.Available} {
			if got != buckets[bucket] || got != lots[bucket] || got < 0 {
				t.Fatalf("%s: stored %d, entries %d, lots %d", bucket, got, buckets[bucket], lots[bucket])
			}
		}
		if a.Reserved != buckets[Reserved] || a.Reserved < 0 {
			t.Fatalf("set aside %d, entries %d", a.Reserved, buckets[Reserved])
		}
		if a.Deficit != buckets[DeficitPart] || a.Deficit < 0 || a.Deficit > 0 && (a.Available > 0 || s.refunds == 0) {
			t.Fatalf("owes %d with %d available after %d refunds", a.Deficit, a.Available, s.refunds)
		}
		if !slices.IsSortedFunc(a.Lots, func(a, b Lot) int { return byConsumption(&a, &b) }) {
			t.Fatalf("lots out of order: %+v", a.Lots)
		}
	}
}

// sumUses checks that what a movement did to lots is what it did to its bucket.
func sumUses(t *rapid.T, mv *Movement) {
	sum := mv.Lot.Points
	for _, use := range mv.Uses {
		sum += use.Points
	}
	if mv.Bucket != DeficitPart && mv.Bucket != Reserved && sum != mv.Points {
		t.Fatalf("moves %d, its lots %d: %+v", mv.Points, sum, mv)
	}
}

// setAside sets points aside, and ends what was set aside before: by paying, or by giving back.
func (s *shop) setAside(d deed, i int, date calendar.Date) {
	when := at(date.String())
	if held := s.held; held != nil {
		s.held = nil
		for seq, lot := range s.lots {
			if s.account().lot(seq) == nil {
				lot.Seq = seq
				held.Closed = append(held.Closed, lot)
			}
		}
		slices.SortFunc(held.Closed, func(a, b Lot) int { return int(a.Seq - b.Seq) })
		if d.pick%2 == 0 {
			s.record(s.program.Unreserve(s.member, fmt.Sprintf("release:%d", i), when, date, *held))
			return
		}
		s.record(s.program.Confirm(s.member, fmt.Sprintf("confirm:%d", i), when, date, *held))
		return
	}
	out, refusal := s.program.Reserve(s.member, &Request{Source: fmt.Sprintf("redeem:%d", i), At: when, Day: date, Points: d.amount % 900})
	if refusal.Refused() {
		return
	}
	s.record(out)
	s.held = &Held{Unit: "p", Seq: out.Movements[0].Seq, Points: out.Paid, Uses: out.Movements[0].Uses}
}
