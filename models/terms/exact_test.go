package terms

import "testing"

// A factor that is no number, which no valid document has, pays nothing and never everything (S-E7, D-51).
func TestAFactorThatIsNoNumber(t *testing.T) {
	r := rule{Rule: &Rule{Award: Formula{Kind: Rate}}}
	for _, factor := range []Ratio{{0, 0}, {1, 0}} {
		var work sum
		work.begin()
		work.do(OpTotal, 10_000, 0)
		work.num, work.den = factor.Num, factor.Den
		if r.round(&Purchase{}, counting{part: 1, whole: 1}, &work); work.result() != 0 {
			t.Errorf("%+v pays %d", factor, work.result())
		}
	}
}

// What bonuses multiply is an award before it was rounded, whatever was said after that.
func TestExactSteps(t *testing.T) {
	total, rate, round, chance := Step{Op: OpTotal}, Step{Op: OpRate}, Step{Op: OpRound}, Step{Op: OpChance}
	lines, line, limit := Step{Op: OpLines}, Step{Op: OpLine}, Step{Op: OpLimit}
	for i, c := range []struct {
		steps []Step
		left  int
	}{
		{[]Step{total, rate, round}, 2}, {[]Step{total, rate, round, chance}, 2}, {[]Step{total, rate, lines, line, line}, 2},
		{[]Step{total, rate, lines, line, chance}, 2}, {[]Step{total, rate, round, limit}, 1}, {[]Step{total}, 1}, {nil, 0},
	} {
		if got := exact(c.steps); len(got) != c.left {
			t.Errorf("%d: %+v", i, got)
		}
	}
}

// A floor that was set by hand and is over does not keep anybody from being lowered (S-T3).
func TestAFloorThatIsOver(t *testing.T) {
	doc := one(Rule{Award: rate(1, 100)})
	doc.Tiers = &TierPlan{Metric: MetricSpend, Window: Window{Kind: Lifetime}, Downgrade: DownFull, ReviewDay: 1, Validity: Validity{Kind: ValidForMonths, Months: 12},
		Tiers: []Tier{{Code: "guest", Name: Text{En: "Guest"}}, {Code: "gold", Name: Text{En: "Gold"}, Threshold: 1_000_000}}}
	p := compile(t, doc)
	for until, want := range map[string]int{"2026-11-30": 0, "2026-10-31": 1} {
		m := &Member{Tier: TierState{Code: "gold", Floor: "gold", FloorUntil: day(until)}}
		if out := p.Lower(m, &Look{Source: "merge:1", At: at("2026-11-22"), Day: day("2026-11-22")}); len(out.Tiers) != want {
			t.Errorf("a floor until %s: %+v", until, out.Tiers)
		}
	}
}
