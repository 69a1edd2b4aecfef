package terms

import (
	"slices"
	"strings"
	"testing"
)

// The page says how what it asks for is measured, and only what it asks for.
func TestThePageSaysHowItMeasures(t *testing.T) {
	t.Parallel()
	limit := func(per ...LimitPeriod) func(*Terms) {
		return func(d *Terms) {
			for _, p := range per {
				d.Earning[0].Limits = append(d.Earning[0].Limits, Limit{Per: p, Times: 2})
			}
		}
	}
	checkPages(t, wholeDollars, []pageCase{
		{"nothing of the kind", func(*Terms) {}, nil, []string{"calendar", "local time", "가게가 있는 곳", "‘얼마 이상’", "Minimums", "사신 금액", "review"}},
		{"limits of a day", limit(PerDay, PerLife), nil, []string{"local time", "가게가 있는 곳"}},
		{"limits of a month", limit(PerMonth), []string{"한 달은 1일부터 말일까지예요. 가게가 있는 곳의 시간으로 봐요.", "Limits go by calendar month, in our local time."}, []string{"한 주는", "calendar week"}},
		{"all limits", limit(PerYear, PerWeek, PerMonth), []string{
			"한 주는 월요일부터 일요일까지, 한 달은 1일부터 말일까지, 한 해는 1월 1일부터 12월 31일까지예요. 가게가 있는 곳의 시간으로 봐요.",
			"Limits go by calendar week (Monday to Sunday), month and year, in our local time."}, nil},
		{"a quota of a month", func(d *Terms) {
			d.Rewards = []Reward{{Code: "cup", Name: Text{"컵", "Cup"}, Kind: RewardSent, Unit: "p", Price: 5, PerMember: Quota{PerMonth, 1}}}
		}, []string{"Limits go by calendar month, in our local time."}, nil},
		{"a minimum", func(d *Terms) { d.Earning[0].If.MinAmount = 500 }, []string{
			"‘얼마 이상’은 할인한 뒤의 상품값으로 봐요. 세금과 포인트, 적립금으로 낸 돈은 넣고, 배송비는 빼요.",
			"Minimums are measured on goods after discounts, with tax but without delivery; what you pay with points, credit dollars counts too."}, []string{"A coupon's"}},
		{"a coupon's minimum", func(d *Terms) {
			d.Coupons = []CouponKind{{Code: "five", Name: Text{"오 달러", "Five"}, Amount: 500, Minimum: 1_000, Days: 30}}
		}, []string{"A coupon's minimum is measured on goods before automatic discounts and after other coupons you use, with tax but without delivery."}, []string{"Minimums"}},
		{"items", func(d *Terms) { d.Basis = Basis{Items: true, BeforeTax: true} }, []string{
			"상품마다 적힌 값으로 계산하고, 세금은 넣지 않아요. 배송비는 넣지 않고, 주문 전체에서 빼 드리는 할인이나 포인트, 적립금으로 낸 돈은 빼지 않아요.",
			"Based on the price of each item, before tax. Delivery doesn't count; discounts on the whole order and anything paid with points, credit dollars aren't subtracted."}, nil},
		{"what points pay", func(d *Terms) { d.Basis.PointsPaid = true }, []string{"할인한 뒤 내는 돈으로 계산하고, 세금은 넣고, 배송비는 빼고, 포인트, 적립금으로 낸 돈은 넣어요."}, nil},
		{"a free thing", func(d *Terms) {
			d.Coupons = []CouponKind{{Code: "drink", Name: Text{"음료", "Drink"}, FreeItem: &FreeItem{UpTo: 450}, Days: 30}}
		}, []string{"‘음료’: 한 개 무료($4.50까지 빼 드려요)", "“Drink”: one free item (up to $4.50 off)"}, nil},
	})
}

// A review looks at the time that the page names.
func TestThePageSaysWhatAReviewLooksAt(t *testing.T) {
	t.Parallel()
	rolling, year := Window{Kind: RollingMonths, Months: 12}, Window{Kind: CalendarYear}
	for _, c := range []struct {
		name         string
		window       Window
		valid        ValidityKind
		upgrade      Upgrade
		buys, review string
		keeps        bool
		says         string
	}{
		{"the months before", rolling, ValidNextYear, "", "2027-06-01", "2028-01-01", true, "A review looks at the last 12 months up to that day."},
		{"and not earlier ones", rolling, ValidNextYear, "", "", "2028-01-01", false, "다시 확인할 때는 그날까지 최근 12개월을 봐요."},
		{"the last year", year, ValidNextYear, "", "2027-06-01", "2028-01-01", true, "A review looks at the year that has just ended, or at the new one if you already qualify in it."},
		{"or not", year, ValidNextPeriod, "", "", "2028-01-01", false, "다시 확인할 때는 막 끝난 해를 보고, 새 해에 벌써 채우셨으면 그것도 인정해요."},
		{"only the last year", year, ValidNextYear, UpNextPeriod, "2027-06-01", "2029-01-01", false, "다시 확인할 때는 막 끝난 해를 봐요."},
		{"only the new year", year, ValidPeriod, "", "", "2027-01-01", false, "A review only looks at the year it falls in."},
	} {
		doc := one(Rule{Award: rate(1, 100)})
		doc.Tiers = &TierPlan{
			Metric: MetricSpend, Window: c.window, AtEnd: true, Validity: Validity{Kind: c.valid}, Downgrade: DownFull, Upgrade: c.upgrade,
			Tiers: []Tier{{Code: "base", Name: Text{En: "Base"}}, {Code: "top", Name: Text{En: "Top"}, Threshold: 100_000}},
		}
		s := open(t, doc, TellNobody)
		s.buys("2026-06-01", 100_000)
		if c.buys != "" {
			s.buys(c.buys, 100_000)
		}
		s.settle(c.review)
		if got := s.program.TierOf(s.member); (got == "top") != c.keeps {
			t.Errorf("%s: %s", c.name, got)
		}
		if page := slices.Concat(flat(doc.Describe("ko")), flat(doc.Describe("en"))); !slices.Contains(page, c.says) {
			t.Errorf("%s: %q is not in %q", c.name, c.says, page)
		}
	}
}

// What several clauses rest on is said once a page.
func TestThePageSaysOnceHowItMeasures(t *testing.T) {
	t.Parallel()
	doc := wholeDollars()
	doc.Earning[0].Limits = []Limit{{Per: PerMonth, Times: 2}}
	doc.Rewards = []Reward{{Code: "cup", Name: Text{"컵", "Cup"}, Kind: RewardSent, Unit: "p", Price: 5, PerMember: Quota{PerMonth, 1}}}
	doc.Coupons = []CouponKind{{Code: "birthday", Name: Text{"생일", "Birthday"}, Amount: 500, Minimum: 1_000, Days: 30}, {Code: "five", Name: Text{"오 달러", "Five"}, Amount: 500, Minimum: 1_000, Days: 30}}
	doc.Occasions = []Occasion{{Code: "birthday", Kind: OnBirthday, Coupon: "birthday"}}
	if faults := doc.Validate(); len(faults) > 0 {
		t.Fatalf("%+v", faults)
	}
	page := strings.Join(append(flat(doc.Describe("ko")), flat(doc.Describe("en"))...), "\n")
	for _, once := range []string{"쿠폰의 ‘얼마 이상’은", "A coupon's minimum is", "한 달은 1일부터 말일까지예요.", "Limits go by calendar month, in our"} {
		if n := strings.Count(page, once); n != 1 {
			t.Errorf("%q is said %d times in\n%s", once, n, page)
		}
	}
}
