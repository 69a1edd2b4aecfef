package terms

import (
	"cmp"
	flags "flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

var changes = flags.Int("changes", many(800, 40_000), "how many changes of terms are tried, each on some orders")

// Whoever has lived by some terms and for whose next purchase changed ones pay less, is told so beforehand. Purchases are
// large enough for no rate to round to nothing, and what they use up of limits counts as it was under the old terms.
func TestWhoeverWouldEarnLessIsTold(t *testing.T) {
	t.Parallel()
	seed := cmp.Or(*operationSeed, 1) // the same ones each time, in the long suite too: others are looked for by -operation-seed and -changes alone
	t.Logf("-operation-seed %d", seed)
	told, less, failed := 0, 0, 0
	for i := 0; i < *changes && failed < 8; i++ {
		w := &world{Rand: rand.New(rand.NewPCG(seed, uint64(i))), today: day("2026-01-01")}
		before := w.entangled()
		after, what := w.changedTerms(before)
		silent := len(Worse(&before, &after)) == 0
		if !silent {
			told++
		}
		if !silent && told%8 > 0 {
			continue // of what is told, an eighth shows well enough that it is no idle talk
		}
		if bad := w.lessFor(t, before, after); bad != "" {
			if less++; silent {
				failed++
				t.Errorf("change %d, %s: %s\nbefore %s\nafter %s", i, what, bad, before.Encode(), after.Encode())
			}
		}
	}
	if t.Logf("%d changes, %d of them told; %d of what was tried pay less", *changes, told, less); told == *changes || less == 0 {
		t.Error("this shows nothing")
	}
}

// lessFor lets a member live by terms until changed ones would pay less for a purchase, and says for which; empty: none.
func (w *world) lessFor(t *testing.T, before, after Terms) string {
	s, now := open(t, before, TellNobody), compile(t, after)
	for range 6 {
		order := w.purchase()
		s.settle(order.Day.String())
		was, will := s.program.awards(s.member, order), now.awards(s.member, order)
		if sumOf(will, "p") < sumOf(was, "p") {
			return fmt.Sprintf("%+v\npaid %+v, will pay %+v", *order, was, will)
		}
		s.record(s.program.Accrue(s.member, order))
		w.today = w.today.AddDays(w.IntN(20))
	}
	return ""
}

// awards are those of a quote, without what is missed.
func (p *Program) awards(m *Member, order *Purchase) []Award {
	e := evaluation{program: p, member: m, order: order, tier: p.tierFor(m, order), quiet: true}
	e.run()
	return e.awards
}

// entangled draws terms whose rules get in each other's way.
func (w *world) entangled() Terms {
	for {
		doc := w.terms()
		doc.Groups = []Group{{"bases", w.mode()}, {"bonuses", w.mode()}}
		for i := range doc.Earning {
			w.entangle(&doc, i)
		}
		w.Shuffle(len(doc.Earning), func(i, j int) { doc.Earning[i], doc.Earning[j] = doc.Earning[j], doc.Earning[i] })
		if w.IntN(3) > 0 {
			doc.Units[0].Most = 0
		}
		if len(doc.Validate()) == 0 {
			return doc
		}
	}
}

func (w *world) mode() GroupMode { return oneOfThese(w, GroupBest, GroupFirst, GroupExclusive) }

func (w *world) entangle(doc *Terms, i int) {
	r := &doc.Earning[i]
	if r.Award.Kind == Rate {
		r.Award.Rate = Ratio{5 + w.Int64N(20), 100}
		r.Rounding.Scope = oneOfThese(w, "", "", PerOrder, PerLine)
	}
	r.Last = w.IntN(12) == 0
	if w.IntN(4) == 0 {
		r.Group = map[bool]string{true: "bonuses", false: "bases"}[r.IsBonus()]
	}
	if w.IntN(8) == 0 {
		r.Chance = &Chance{OneIn: 2 << w.IntN(3), Seed: "the same one"}
	}
}

// purchase draws an order whose numbers go together.
func (w *world) purchase() *Purchase {
	order := &Purchase{Source: w.name("order"), At: w.now(), Day: w.today}
	for range w.IntN(4) {
		amount := 10_000 + w.Int64N(30_000)
		order.Lines = append(order.Lines, Line{SKU: oneOfThese(w, "tea", "cake"), Quantity: 1 + w.Int64N(3), Amount: amount, Tax: amount / 11})
		order.Total += amount
		order.Tax += amount / 11
	}
	if len(order.Lines) == 0 {
		order.Total = 10_000 + w.Int64N(40_000)
		order.Tax = order.Total / 11
	}
	if w.IntN(3) == 0 {
		order.Shipping = 3_000
		order.Total += order.Shipping
		order.Tax += order.Shipping / 11
	}
	if w.IntN(3) == 0 {
		order.Discount = w.Int64N(2_000)
		order.Total -= order.Discount
	}
	if w.IntN(3) == 0 {
		order.PaidWithPoints = w.Int64N(2_000)
	}
	return order
}

// changedTerms are others, valid too, and what was changed.
func (w *world) changedTerms(before Terms) (Terms, string) {
	other := w.entangled()
	for {
		after := before
		after.Earning, after.Units = slices.Clone(before.Earning), slices.Clone(before.Units)
		var what string
		if w.IntN(4) == 0 {
			what = w.changeAll(&after, &other)
		} else {
			what = w.changeRule(&after, &other)
		}
		if len(after.Validate()) == 0 && string(after.Encode()) != string(before.Encode()) {
			return after, what
		}
	}
}

func (w *world) changeAll(t, other *Terms) string {
	i, j := w.IntN(len(t.Earning)), w.IntN(len(t.Earning))
	switch w.IntN(10) {
	case 0:
		t.Earning[i], t.Earning[j] = t.Earning[j], t.Earning[i]
		return "order"
	case 1:
		t.Earning = slices.Delete(t.Earning, i, i+1)
		return "gone"
	case 2, 3:
		r := other.Earning[w.IntN(len(other.Earning))]
		r.Code = "new"
		r.Award.Of = nil
		t.Earning = slices.Insert(t.Earning, i, r)
		return "new"
	case 4:
		t.Groups = other.Groups
		return "groups"
	case 5:
		t.Units[0].Most = oneOfThese(w, 0, 300, t.Units[0].Most+100, t.Units[0].Most/2)
		return "most"
	case 6:
		t.Basis.Shipping = !t.Basis.Shipping
		return "shipping"
	case 7:
		t.Basis.BeforeTax = !t.Basis.BeforeTax
		return "tax"
	case 8:
		t.Basis.Items = !t.Basis.Items
		return "items"
	default:
		t.Basis.PointsPaid, t.Basis.BeforeDiscounts = w.even(), w.even()
		return "basis"
	}
}

func (w *world) changeRule(t, other *Terms) string {
	r, from := &t.Earning[w.IntN(len(t.Earning))], &other.Earning[w.IntN(len(other.Earning))]
	switch w.IntN(12) {
	case 0:
		r.Award = from.Award
		return "award"
	case 1:
		r.Award.Points, r.Award.Every = r.Award.Points*w.Int64N(4)/2, r.Award.Every*w.Int64N(4)/2
		return "points"
	case 2:
		r.Award.Rate.Num = r.Award.Rate.Num * w.Int64N(6) / 3
		return "rate"
	case 3:
		r.If = from.If
		return "if"
	case 4:
		r.Cap = oneOfThese(w, 0, r.Cap*2, r.Cap/2, 700)
		return "cap"
	case 5:
		r.Limits = from.Limits
		return "limits"
	case 6:
		r.Rounding = Rounding{oneOfThese(w, "", PerOrder, PerLine), oneOfThese(w, "", Floor, HalfUp, Ceil), oneOfThese[Points](w, 0, 1, 10, 100)}
		return "rounding"
	case 7:
		r.Tiers = from.Tiers
		return "tiers"
	case 8:
		r.Last = !r.Last
		return "last"
	case 9:
		r.Group = oneOfThese(w, "", "bases", "bonuses")
		return "group"
	case 10:
		r.Chance = from.Chance
		return "chance"
	default:
		r.When = from.When
		return "when"
	}
}
