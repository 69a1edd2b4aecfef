package terms

import (
	"slices"
	"strings"
	"testing"

	"dangol/models"
	"dangol/models/conditions"
)

// premium is the plan of a bookshop, beside what its members and others earn.
func premium() Terms {
	doc := one(Rule{Award: rate(1, 100)}, Rule{Award: Formula{Kind: Times, Rate: Ratio{2, 1}},
		If: Conditions{Where: conditions.Condition{Field: conditions.Plan, Is: conditions.In, Value: conditions.Text("premium")}}})
	doc.Coupons = []CouponKind{
		{Code: "ten", Name: Text{"10% 할인", "10% off"}, Percent: 10, Get: GetAutomatic, Plans: []string{"premium"}},
		{Code: "tote", Name: Text{"에코백", "tote"}, Amount: 20_000, Days: 365},
	}
	doc.Plans = []Plan{{Code: "premium", Name: Text{"프리미엄", "Premium"}, Price: 39_900, Per: PlanYear, Trial: 30, Renews: true,
		Coupons: []string{"tote"}, Benefits: []Text{{"무료 배송", "free delivery"}}}}
	return doc
}

func TestAPlanPaysWhileItLasts(t *testing.T) {
	p := compile(t, premium())
	if !p.Needs().Plans {
		t.Error("nobody loads the plans")
	}
	for _, c := range []struct {
		from, until, day string
		points           Points
		total            Money
	}{
		{"2026-01-01", "2026-12-31", "2025-12-31", 100, 10_000},
		{"2026-01-01", "2026-12-31", "2026-01-01", 200, 9_000},
		{"2026-01-01", "2026-12-31", "2026-12-31", 200, 9_000},
		{"2026-01-01", "2026-12-31", "2027-01-01", 100, 10_000},
		{"2026-01-01", "", "2040-01-01", 200, 9_000},
	} {
		held := HeldPlan{Plan: "premium", From: day(c.from)}
		if c.until != "" {
			held.Until = day(c.until)
		}
		m := Member{Joined: day("2020-01-01"), Plans: []HeldPlan{held}}
		cart := &Purchase{At: at(c.day), Day: day(c.day), Total: 10_000}
		priced := p.Price(&m, cart, p.Automatic(), Payment{})
		if priced.Total != c.total {
			t.Errorf("on %s the cart costs %d, want %d", c.day, priced.Total, c.total)
		}
		if c.total == 10_000 && (len(priced.Unfit) != 1 || priced.Unfit[0].Condition != MissPlan || priced.Unfit[0].Wants != "premium") {
			t.Errorf("on %s: %+v", c.day, priced.Unfit)
		}
		if got := points(p.Accrue(&m, cart)); got != c.points {
			t.Errorf("on %s: %d points, want %d", c.day, got, c.points)
		}
	}
}

func TestPlanPeriods(t *testing.T) {
	for name, c := range map[string]struct {
		plan  Plan
		begin string
		trial bool
		want  string
	}{
		"weeks":            {Plan{Per: PlanWeek}, "2026-02-25", false, "2026-02-25–2026-03-03 2026-03-04–2026-03-10"},
		"the 31st returns": {Plan{Per: PlanMonth}, "2026-01-31", false, "2026-01-31–2026-02-27 2026-02-28–2026-03-30 2026-03-31–2026-04-29 2026-04-30–2026-05-30"},
		"a leap day":       {Plan{Per: PlanYear}, "2024-02-29", false, "2024-02-29–2025-02-27 2025-02-28–2026-02-27"},
		"a trial first":    {Plan{Per: PlanYear, Trial: 30}, "2026-01-01", true, "2026-01-01–2026-01-30 2026-01-31–2027-01-30"},
		"no second trial":  {Plan{Per: PlanYear, Trial: 30}, "2026-01-01", false, "2026-01-01–2026-12-31"},
		"for life":         {Plan{Per: PlanLife}, "2026-01-01", false, "2026-01-01–"},
	} {
		period := c.plan.Begin(day(c.begin), c.trial)
		for i, want := range strings.Fields(c.want) {
			if i > 0 {
				period = c.plan.After(period)
			}
			until := ""
			if !period.Until.IsZero() {
				until = period.Until.String()
			}
			if got := period.From.String() + "–" + until; got != want {
				t.Errorf("%s, period %d: %s, want %s", name, i, got, want)
			}
		}
	}
	monthly := Plan{Per: PlanMonth}
	if year := (&Plan{Per: PlanYear}).After(monthly.After(monthly.Begin(day("2026-01-31"), false))); year.From != day("2026-03-31") || year.Until != day("2027-03-30") {
		t.Errorf("from months to years: %+v", year)
	}
	if by := monthly.PayBy(PlanPeriod{From: day("2026-03-01")}); by != day("2026-03-07") {
		t.Errorf("to be paid by %s", by)
	}
	if by := (&Plan{Grace: 1}).PayBy(PlanPeriod{From: day("2026-03-01")}); by != day("2026-03-01") {
		t.Errorf("to be paid by %s", by)
	}
}

func TestPlanFaults(t *testing.T) {
	for _, c := range []struct {
		change func(*Terms)
		want   string
	}{
		{func(d *Terms) { d.Plans[0].Code = "Premium" }, "/plans/0/code malformed"},
		{func(d *Terms) { d.Plans = append(d.Plans, d.Plans[0]) }, "/plans/1/code taken"},
		{func(d *Terms) { d.Plans[0].Name = Text{} }, "/plans/0/name required"},
		{func(d *Terms) { d.Plans[0].Price = -1 }, "/plans/0/price out_of_range"},
		{func(d *Terms) { d.Plans[0].Per = "day" }, "/plans/0/per not_one_of"},
		{func(d *Terms) { d.Plans[0].Trial = 366 }, "/plans/0/trial_days out_of_range"},
		{func(d *Terms) { d.Plans[0].Per, d.Plans[0].Grace = PlanWeek, 8 }, "/plans/0/grace_days out_of_range"},
		{func(d *Terms) { d.Plans[0].Per = PlanLife }, "/plans/0/renews not_with"},
		{func(d *Terms) { d.Plans[0].Coupons = []string{"cake"} }, "/plans/0/coupons/0 unknown_code"},
		{func(d *Terms) { d.Plans[0].Coupons = []string{"ten"} }, "/plans/0/coupons/0 not_given"},
		{func(d *Terms) { d.Plans[0].Coupons = []string{"tote", "tote"} }, "/plans/0/coupons/1 taken"},
		{func(d *Terms) { d.Plans[0].Benefits = []Text{{}} }, "/plans/0/benefits/0 required"},
		{func(d *Terms) { d.Coupons[0].Plans = []string{"gold"} }, "/coupons/0/plans/0 unknown_code"},
		{func(d *Terms) { d.Earning[1].If.Where.Value = conditions.Text("gold") }, "/earning/1/if/where/value unknown_code"},
	} {
		doc := premium()
		c.change(&doc)
		if got := faultsOf(t, faults(doc.Validate()).err()); !slices.Contains(got, c.want) {
			t.Errorf("%s: got %q", c.want, got)
		}
	}
}

func TestPlanWords(t *testing.T) {
	doc := premium()
	for locale, want := range map[string][]string{
		"ko": {"# 회원권", "‘프리미엄’ 회원권은 한 해에 39,900원이에요.", "처음 한 번, 30일은 무료예요.", "내실 때마다 ‘에코백’ 쿠폰을 드려요.", "혜택: 무료 배송",
			"해지하지 않으시면 한 해씩 이어지고, 값이 바뀌면 다음에 이어질 때부터예요.", "시작하고 7일 안에 내지 않으시면 끝나요.",
			"언제든 해지하실 수 있고, 해지하셔도 그 기간의 마지막 날까지 쓸 수 있어요.", "바로 끝내시면, 그 기간의 혜택을 아직 쓰지 않으셨을 때만 낸 돈을 돌려드려요."},
		"en": {"# Paid membership", "“Premium” costs ₩39,900 a year.", "Free for the first 30 days, once.", "Each time you pay, you get “tote”.", "Includes: free delivery.",
			"Renews every year unless you cancel. A new price applies from the next renewal.", "Ends if it isn't paid within 7 days.",
			"Cancel any time and keep it to the last day of that period.",
			"If you end it right away, we refund you only if you haven't used a benefit in that period."},
	} {
		lines := flat(doc.Describe(locale))
		at := slices.Index(lines, want[0])
		if at < 0 || len(lines) < at+len(want) || !slices.Equal(lines[at:at+len(want)], want) {
			t.Errorf("%s", strings.Join(lines, "\n"))
		}
	}
	ko, en := strings.Join(flat(doc.Describe("ko")), "\n"), strings.Join(flat(doc.Describe("en")), "\n")
	for _, sentence := range []string{"‘프리미엄’ 회원권이 있을 때만 쓸 수 있어요.", "사실 때, ‘프리미엄’ 회원권을 쓰시면 ‘rule’ 적립을 모두 합쳐 평소의 2배로 드려요."} {
		if !strings.Contains(ko, sentence) {
			t.Errorf("%q is not in\n%s", sentence, ko)
		}
	}
	for _, sentence := range []string{"Only with the plan “Premium”.", "Every time you buy, if you hold the plan “Premium”, you earn a total of 2 times the usual amount for “rule”."} {
		if !strings.Contains(en, sentence) {
			t.Errorf("%q is not in\n%s", sentence, en)
		}
	}
	if got := doc.ExplainMisfit(Misfit{Code: "ten", Condition: MissPlan, Wants: "premium"}, "ko"); got != "프리미엄 회원이 되시면 ‘10% 할인’을 쓸 수 있어요" {
		t.Error(got)
	}
}

func TestWorsePlans(t *testing.T) {
	for want, change := range map[models.LossKind]func(*Plan){
		models.LosesPrice:  func(p *Plan) { p.Price++ },
		models.LosesDays:   func(p *Plan) { p.Trial = 0 },
		models.LosesCoupon: func(p *Plan) { p.Coupons = nil },
		models.LosesGone:   func(p *Plan) { p.Benefits = nil },
	} {
		before, after := premium(), premium()
		change(&after.Plans[0])
		if found := Worse(&before, &after); len(found) != 1 || found[0].Kind != want || found[0].En != "Premium" {
			t.Errorf("%s: %+v", want, found)
		}
	}
}
