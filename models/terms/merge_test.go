package terms

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// twins are a shop's member and somebody who turns out to be the same, each with a life of their own.
func twins(t rapid.TB, life func(*shop)) (one, other *shop) {
	doc := tenth()
	one, other = open(t, doc, TellNobody), open(t, doc, TellNobody)
	life(one)
	life(other)
	one.settle("2026-02-01")
	other.settle("2026-02-01")
	return one, other
}

// tenth gives a tenth, of which a part is held, and owes what a refund does not find.
func tenth() Terms {
	doc := one(Rule{Award: rate(1, 10)}, Rule{Code: "held", Award: rate(1, 20), Hold: Hold{Days: 40}})
	doc.Units[0].Expiry = Expiry{Kind: Rolling, Months: 6}
	return doc
}

func merging(source string) *Merging {
	return &Merging{Source: source, At: at("2026-02-01"), Day: day("2026-02-01")}
}

// shape is an account as somebody sees it, without the numbers of its lots.
func shape(a *Account) string {
	lots := slices.Clone(a.Lots)
	for i := range lots {
		lots[i].Seq = 0
	}
	return fmt.Sprint(a.Pending, a.Available, a.Deficit, lots)
}

func TestAMergeKeepsTheLotsApart(t *testing.T) {
	from, into := twins(t, func(s *shop) { s.buys("2026-01-10", 1_000) })
	gone, come := merging("merge:pos:M1").Merge(from.member, into.member)
	if len(gone.Movements) != 2 || len(come.Movements) != 2 {
		t.Fatalf("%+v\n%+v", gone.Movements, come.Movements)
	}
	for _, mv := range come.Movements {
		if mv.Kind != Merged || mv.Lot.Source == mv.Source || mv.Lot.ExpiresOn.IsZero() {
			t.Errorf("%+v", mv)
		}
	}
	from.wants(0, 0, 0)
	into.wants(100, 200, 0)
	if lots := into.account().Lots; len(lots) != 4 || lots[0].ExpiresOn != lots[1].ExpiresOn || lots[0].Rule == "" {
		t.Errorf("%+v", lots)
	}
}

// Whatever two lives were, all that one had is the other's then, less what was owed; and undone, both have what they had.
func TestAMergeAndItsUndoing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, into := twins(t, func(s *shop) {
			for range rapid.IntRange(0, 3).Draw(t, "orders") {
				s.buys("2026-01-10", rapid.Int64Range(0, 5_000).Draw(t, "total"))
			}
			if owed := rapid.Int64Range(0, 300).Draw(t, "owed"); s.account().Available == 0 {
				s.account().Deficit = owed
			}
		})
		a, b := from.account(), into.account()
		sum := a.Balance() + b.Balance()
		was := [2]string{shape(a), shape(b)}
		lotsA, lotsB := slices.Clone(a.Lots), slices.Clone(b.Lots)

		gone, come := merging("merge:pos:M1").Merge(from.member, into.member)
		if a.Balance() != 0 || len(a.Lots) != 0 || b.Balance() != sum || b.Deficit > 0 && b.Available > 0 {
			t.Fatalf("%+v\n%+v, want %d", a, b, sum)
		}
		for _, mv := range slices.Concat(gone.Movements, come.Movements) {
			sumUses(t, &mv)
		}
		var back Outcome
		g := merging("unmerge:pos:M1")
		if !g.Unmerge(b, come.Movements, lotsB, &back) || !g.Unmerge(a, gone.Movements, lotsA, &back) {
			t.Fatal("nothing was used, and it cannot be undone")
		}
		if now := [2]string{shape(a), shape(b)}; now != was {
			t.Fatalf("was %q, is %q", was, now)
		}
	})
}

func TestWhatIsGoneCannotBeUndone(t *testing.T) {
	from, into := twins(t, func(s *shop) { s.buys("2026-01-10", 1_000) })
	_, come := merging("merge:pos:M1").Merge(from.member, into.member)
	into.account().take(150, func(l *Lot) bool { return l.Bucket == Available })
	if merging("unmerge:pos:M1").Unmerge(into.account(), come.Movements, nil, &Outcome{}) {
		t.Error("50 of what came were used")
	}
}
