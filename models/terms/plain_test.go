package terms

import (
	"testing"

	"dangol/models/calendar"
)

// A last day can be read in one way only.
func TestLastDaysAreSaidUnmistakably(t *testing.T) {
	lasts := func(e Expiry) func(*Terms) { return func(d *Terms) { d.Units[0].Expiry = e } }
	held := func(d *Terms) { d.Earning[0].Hold = Hold{Until: ToYear, Plus: 2} }
	coupon := func(days, after int) func(*Terms) {
		return func(d *Terms) {
			d.Coupons = []CouponKind{{Code: "x", Name: Text{"할인", "X"}, Amount: 100, Days: days, After: after}}
		}
	}
	checkPages(t, wholeDollars, []pageCase{
		{"a year, to the end of a month", func(*Terms) {}, []string{
			"포인트는 받은 날부터 1년 뒤 그날이 든 달의 마지막 날까지 쓸 수 있어요.",
			"You keep your points for 1 year after the day you get them, and then to the end of the month in which that time runs out.",
		}, nil},
		{"to a day", lasts(Expiry{Kind: Rolling, Months: 6, Until: ToDay}), []string{
			"포인트는 받은 날부터 6개월 뒤 그날까지 쓸 수 있어요.", "You keep your points for 6 months after the day you get them.",
		}, nil},
		{"to the end of a given month", lasts(Expiry{Kind: RollingDays, Days: 30, Until: ToGivenMonth, Month: 3}), []string{
			"포인트는 받은 날부터 30일 뒤 그날부터 처음 오는 3월의 마지막 날까지 쓸 수 있어요.",
			"You keep your points for 30 days after the day you get them, and then to the next end of March.",
		}, nil},
		{"fixed days", lasts(Expiry{Kind: OnDates, Dates: []YearDay{{6, 30}, {12, 31}}}), []string{
			"포인트는 받은 날부터 6월 30일, 12월 31일 가운데 먼저 오는 날까지 쓸 수 있어요.",
			"You keep your points until the first June 30 or December 31 on or after the day you get them.",
		}, nil},
		{"fixed days, not too soon", lasts(Expiry{Kind: OnDates, Months: 3, Dates: []YearDay{{12, 31}}}), []string{
			"포인트는 받은 날부터 3개월 뒤 그날부터 처음 오는 12월 31일까지 쓸 수 있어요.",
			"You keep your points until the first December 31 that is at least 3 months after the day you get them.",
		}, nil},
		{"what is held lasts from its coming", func(d *Terms) {
			held(d)
			lasts(Expiry{Kind: OnDates, Dates: []YearDay{{12, 31}}})(d)
		}, []string{
			"포인트는 들어온 날부터 처음 오는 12월 31일까지 쓸 수 있어요.", "You keep your points until the first December 31 on or after the day they become available.",
		}, []string{"받은 날부터", "the day you get them"}},
		{"a hold to a given month", func(d *Terms) { d.Earning[0].Hold = Hold{Months: 1, Until: ToGivenMonth, Month: 3} }, []string{
			"구매하신 날부터 1개월 뒤 그날부터 처음 오는 3월의 마지막 날이 지나면 들어와요.",
			"Available after the next end of March that comes 1 month after the purchase or after that.",
		}, nil},
		{"a coupon of a day", coupon(1, 0), []string{"받은 날 하루만 쓸 수 있어요.", "Valid only on the day you get it."}, nil},
		{"a coupon of days", coupon(7, 0), []string{"받은 날을 포함해 7일 동안 쓸 수 있어요.", "Valid for 7 days, counting the day you get it."}, nil},
		{"a coupon of a later day", coupon(1, 3), []string{"쓸 수 있게 된 날 하루만 쓸 수 있어요.", "Valid only on the first day you can use it."}, nil},
	})
}

// Nothing is said to be of use before it comes.
func TestPointsThatComeLaterAreNotPromisedSooner(t *testing.T) {
	first := func(hold Hold) func(*Terms) { return func(d *Terms) { d.Earning[0].Hold = hold } }
	sooner := []string{"다음 구매부터", "starting with the next"}
	also := func(d *Terms) {
		more := d.Earning[0]
		more.Code, more.Hold = "more", Hold{Days: 2}
		d.Earning = append(d.Earning, more)
	}
	checkPages(t, wholeDollars, []pageCase{
		{"at once", func(*Terms) {}, []string{
			"이번 구매로 받은 포인트는 다음 구매부터 쓸 수 있어요.", "You can use the points from one purchase starting with the next.",
		}, []string{"받은 적립금은 다음"}},
		{"days", first(Hold{Days: 2}), nil, sooner},
		{"the next visit", first(Hold{NextVisit: true}), nil, sooner},
		{"an event", first(Hold{Event: "confirmed"}), nil, sooner},
		{"only for a time", first(Hold{Date: calendar.NewDate(2026, 12, 24)}), []string{
			"이번 구매로 받은 포인트는, 더 늦게 쓸 수 있다고 적지 않았으면 다음 구매부터 쓸 수 있어요.",
		}, nil},
		{"some", also, []string{
			"이번 구매로 받은 포인트는, 더 늦게 쓸 수 있다고 적지 않았으면 다음 구매부터 쓸 수 있어요.",
			"You can use the points from one purchase starting with the next, unless it says above that they come later.",
		}, nil},
		{"some, on the same purchase", func(d *Terms) { also(d); d.Redemptions[0].OwnOrder = true }, []string{
			"이번 구매로 받은 포인트도, 더 늦게 쓸 수 있다고 적지 않았으면 그 구매에 바로 쓸 수 있어요.",
			"You can use the points from a purchase on that same purchase, unless it says above that they come later.",
		}, nil},
	})
}

// wholePoints is a document of one point for each dollar.
func wholePoints() Terms {
	doc := wholeDollars()
	doc.Earning = doc.Earning[:1]
	doc.Earning[0].Award.Rate = Ratio{1, 100}
	return doc
}

func TestARateThatOnlyWholeAmountsEarnIsSaidSo(t *testing.T) {
	whole := []string{"한 번에 사실 때 $1.00를 채울 때마다 포인트 1P씩 드려요.", "Every time you buy, you earn 1 point for every full $1.00.", "What is left below a full $1.00 doesn't count."}
	parts := []string{"사실 때마다 $1.00당 포인트 1P꼴로 드려요.", "Part of $1.00 counts too, in proportion."}
	checkPages(t, wholePoints, []pageCase{
		{"rounded down", func(*Terms) {}, whole, []string{"Rounded", "끝자리", "in proportion."}},
		{"to tens", func(d *Terms) { d.Earning[0].Rounding.To = 10 }, []string{"Every time you buy, you earn 10 points for every full $10.00."}, parts},
		{"rounded up", func(d *Terms) { d.Earning[0].Rounding.Mode = Ceil }, parts, whole},
		{"each item", func(d *Terms) { d.Earning[0].Rounding.Scope = PerLine }, parts, whole},
		{"ten for a dollar", func(d *Terms) { d.Earning[0].Award.Rate.Num = 10 }, []string{"Every time you buy, you earn 10 points per $1.00."}, whole},
		{"a tier has more", func(d *Terms) {
			d.Tiers, d.Earning[0].Tiers = threeRules().Tiers, []Factor{{"regular", Ratio{6, 5}}}
		}, append(parts, "단골은 모두 합쳐 1.2배를 드려요.", "Regular earns a total of 1.2 times as much."), whole},
		{"twice", func(d *Terms) {
			d.Earning = append(d.Earning, Rule{Code: "x2", Unit: "p", Name: Text{"두 배", "Double"}, When: OnPurchase, Award: Formula{Kind: Times, Rate: Ratio{2, 1}}})
		}, []string{"‘구매’: 사실 때마다 $1.00당 포인트 1P꼴로 드려요.", "Part of $1.00 counts too, in proportion."}, whole[2:]},
	})
}

// What is said of whole amounts is what the engine pays, whatever the amount.
func TestWholeAmountsPayLikeTheRate(t *testing.T) {
	for _, to := range []Points{1, 10} {
		doc := wholePoints()
		doc.Earning[0].Rounding.To = to
		every, points, whole := doc.speak("en").wholly(&doc.Earning[0], &doc.Units[0])
		if !whole {
			t.Fatal("no whole amounts")
		}
		program := compile(t, doc)
		for amount := Money(1); amount < 2_500; amount++ {
			var got Points
			awards, _ := program.Quote(&Member{}, &Purchase{Total: amount})
			for _, a := range awards {
				got += a.Points
			}
			if want := amount / every * points; got != want {
				t.Fatalf("%d pays %d, said are %d", amount, got, want)
			}
		}
	}
}

func TestPercentIsSaidOfMoneyOnly(t *testing.T) {
	checkPages(t, wholePoints, []pageCase{
		{"a hundred points are a dollar", func(*Terms) {}, nil, []string{"1%", "% back"}},
		{"a dollar is a dollar", func(d *Terms) { d.Earning[0].Unit = "c" }, []string{
			"사실 때마다 낸 돈의 1%를 적립금으로 드려요.", "Every time you buy, you earn 1% back in credit dollars.",
		}, []string{"per $"}},
	})
}

func TestAReferralNamesWhatItTakesBack(t *testing.T) {
	brings := func(unit, coupon string) func(*Terms) {
		return func(d *Terms) {
			d.Referral = &Referral{}
			d.Coupons = []CouponKind{{Code: "x", Name: Text{"할인", "X"}, Amount: 100, Days: 1}}
			if unit != "" {
				d.Earning = append(d.Earning, Rule{Code: "bring", Unit: unit, Name: Text{"소개", "Referral"}, When: OnReferral, Award: Formula{Kind: Fixed, Points: 1_000}})
			}
			if coupon != "" {
				d.Earning = append(d.Earning, Rule{Code: "come", Name: Text{"환영", "Welcome"}, When: OnReferred, Award: Formula{Kind: AnyCoupon, Coupon: coupon}})
			}
		}
	}
	checkPages(t, wholeDollars, []pageCase{
		{"both", brings("c", "x"), []string{
			"인정한 뒤라도 그 구매를 조금이라도 환불하시면, 그 소개로 두 분께 드린 적립금과 아직 쓰지 않으신 쿠폰을 다시 거두어요.",
			"If anything from that order is returned later, we take back the credit dollars and unused coupons you both got for it.",
		}, nil},
		{"a unit", brings("s", ""), []string{
			"인정한 뒤라도 그 구매를 조금이라도 환불하시면, 그 소개로 두 분께 드린 스탬프를 다시 거두어요.",
			"If anything from that order is returned later, we take back the stamps you both got for it.",
		}, nil},
		{"nothing", brings("", ""), nil, []string{"다시 거두어요", "returned later"}},
	})
}
