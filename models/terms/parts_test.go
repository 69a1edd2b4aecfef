package terms

import (
	"slices"
	"strings"
	"testing"
)

func quarterly() Terms {
	doc := one(Rule{Award: rate(1, 10), Parts: Parts{Of: 4, Months: 3}})
	doc.Units[0].Expiry = Expiry{Kind: RollingDays, Days: 120}
	return doc
}

// A year with an award in parts, worked out by hand: 4,025 earn 402, which come as 100, 100, 100 and 102, each for 120 days.
func TestAnAwardInParts(t *testing.T) {
	s := open(t, quarterly(), TellNobody)
	order, out := s.buys("2026-01-31", 4_025)
	if len(out.Awards) != 1 || out.Awards[0].Points != 402 || len(out.Movements) != 4 {
		t.Fatalf("one award in four parts: %+v", out)
	}
	for i, mv := range out.Movements {
		why, err := Decode(mv.Why.Encode())
		if err != nil || why.Recompute() != mv.Points || WholeSource(mv.Source) != order.Source || mv.Lot.Source != order.Source {
			t.Errorf("part %d: %+v, %v", i+1, mv, err)
		}
	}
	doc := &s.program.terms
	if lines := strings.Join(doc.Explain(out.Movements[3].Why, "en"), "; "); !strings.HasSuffix(lines, "part 4 of 4 = 102 points") {
		t.Errorf("%q", lines)
	}
	for _, c := range []struct {
		date               string
		pending, available Points
	}{
		{"2026-01-31", 302, 100}, {"2026-04-29", 302, 100}, {"2026-04-30", 202, 200}, {"2026-05-31", 202, 200}, {"2026-06-01", 202, 100},
		{"2026-07-31", 102, 200}, {"2026-08-29", 102, 100}, {"2026-10-31", 0, 202}, {"2026-11-29", 0, 102}, {"2027-02-28", 0, 102}, {"2027-03-01", 0, 0},
	} {
		s.settle(c.date)
		if s.wants(c.pending, c.available, 0); t.Failed() {
			t.Fatal(c.date)
		}
	}
}

// A refund takes back of the whole award, first what is still to come, whatever it is split into (S-F1, S-F2).
func TestARefundOfAnAwardInParts(t *testing.T) {
	for _, split := range [][]Money{{2_000}, {1, 999, 1_000}, {500, 500, 500, 500}} {
		s := open(t, quarterly(), TellNobody)
		order, _ := s.buys("2026-01-31", 4_000)
		for _, amount := range split {
			s.refund(order, "2026-05-01", amount)
		}
		s.wants(0, 200, 0)
		s.refund(order, "2026-05-02", 2_000)
		s.wants(0, 0, 0)
	}
}

// What an amendment gives more comes in parts of its own; what is taken again is taken of all of them.
func TestAnAmendmentOfAnAwardInParts(t *testing.T) {
	s := open(t, quarterly(), TellNobody)
	order, _ := s.buys("2026-01-31", 4_000)
	s.amend(order, 2, "2026-02-01", 4_800)
	s.wants(360, 120, 0)
	s.amend(order, 3, "2026-02-02", 4_000)
	s.wants(280, 120, 0)
	s.refund(order, "2026-02-03", 4_000)
	s.wants(0, 0, 0)
}

func TestPartsInTheDocument(t *testing.T) {
	doc := quarterly()
	again, err := Parse(doc.Encode())
	if err != nil || again.Hash() != doc.Hash() {
		t.Errorf("%v: %s", err, doc.Encode())
	}
	for locale, want := range map[string]string{
		"ko": "똑같이 4번에 나누어 3개월마다 드리고, 나누어떨어지지 않는 것은 마지막에 드려요.",
		"en": "You get it in 4 equal parts, each 3 months after the one before; what doesn't divide comes with the last.",
	} {
		if page := flat(doc.Describe(locale)); !slices.Contains(page, want) {
			t.Errorf("want %q in %q", want, page)
		}
	}
	for want, change := range map[string]func(*Rule){
		"/earning/0/parts/of out_of_range": func(r *Rule) { r.Parts.Of = 1 },
		"/earning/0/parts exactly_one":     func(r *Rule) { r.Parts.Days = 3 },
		"/earning/0/parts only_with":       func(r *Rule) { r.When = OnReview },
		"/earning/0/parts not_with":        func(r *Rule) { r.Hold.Event = "delivered" },
	} {
		doc := quarterly()
		change(&doc.Earning[0])
		_, err := Compile(doc, 1)
		if err == nil || !slices.ContainsFunc(faultsOf(t, err), func(fault string) bool { return strings.HasPrefix(fault, want) }) {
			t.Errorf("%s: %v", want, err)
		}
	}
}
