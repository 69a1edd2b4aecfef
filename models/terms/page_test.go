package terms

import (
	"slices"
	"strings"
	"testing"

	"dangol/models/calendar"
	"dangol/models/conditions"
)

// wholeDollars is a programme of three units of a shop in dollars: points that purchases earn and that pay, stamps that
// purchases earn, and credit that only pays.
func wholeDollars() Terms {
	doc := one(Rule{Code: "buy", Award: rate(1, 10)}, Rule{Code: "stamp", Award: Formula{Kind: PerAmount, Every: 1_000, Points: 1}})
	doc.Currency = "USD"
	doc.Units = []Unit{
		{Code: "p", Kind: Spendable, Name: Text{"포인트", "point"}, Plural: Text{"포인트", "points"}, Suffix: Text{"P", ""},
			Worth: Worth{1, 1}, Expiry: Expiry{Kind: Rolling, Months: 12}},
		{Code: "s", Kind: Spendable, Name: Text{"스탬프", "stamp"}, Plural: Text{"스탬프", "stamps"}, Suffix: Text{"개", ""}, Expiry: Expiry{Kind: Never}},
		{Code: "c", Kind: Spendable, Name: Text{"적립금", "credit dollar"}, Plural: Text{"적립금", "credit dollars"}, Suffix: Text{"달러", ""}, Decimals: 2,
			Worth: Worth{1, 1}, Expiry: Expiry{Kind: Never}},
	}
	doc.Earning[0].Name, doc.Earning[1].Name = Text{"구매", "Purchases"}, Text{"스탬프 적립", "Stamps"}
	doc.Earning[1].Unit = "s"
	doc.Redemptions = []Redemption{{Unit: "p", Share: 100}, {Unit: "c", Share: 50}}
	return doc
}

// page is what a document says in both languages; each of its tests gives a document and what it must and must not say.
type pageCase struct {
	name   string
	change func(*Terms)
	says   []string
	not    []string
}

func checkPages(t *testing.T, start func() Terms, cases []pageCase) {
	t.Helper()
	for _, c := range cases {
		doc := start()
		c.change(&doc)
		if faults := doc.Validate(); len(faults) > 0 {
			t.Errorf("%s: %+v", c.name, faults)
		}
		ko, en := flat(doc.Describe("ko")), flat(doc.Describe("en"))
		for _, want := range c.says {
			if !slices.Contains(ko, want) && !slices.Contains(en, want) {
				t.Errorf("%s: %q is not in\n%s\n%s", c.name, want, strings.Join(ko, "\n"), strings.Join(en, "\n"))
			}
		}
		for _, not := range c.not {
			if slices.ContainsFunc(append(ko, en...), func(line string) bool { return strings.Contains(line, not) }) {
				t.Errorf("%s: %q is said", c.name, not)
			}
		}
		if len(ko) != len(en) {
			t.Errorf("%s: two languages, two promises", c.name)
		}
	}
}

func TestARefundSaysWhatBecomesOfEveryUnit(t *testing.T) {
	checkPages(t, wholeDollars, []pageCase{
		{"all", func(*Terms) {}, []string{
			"그 구매로 받은 포인트와 스탬프는 환불하신 금액의 비율대로 되돌려요. 딱 떨어지지 않으면 적은 쪽으로 하고, 모두 환불하시면 모두 되돌려요.", "We take back the points and stamps the purchase earned, in proportion to the amount you return, rounded down; if you return everything, all of them.",
			"모자라면 저마다 다음에 쌓이는 것에서 채워요.", "If you don't have enough of one left, the difference comes out of what you earn of it next.",
			"그 구매에 쓰신 포인트와 적립금은 환불하신 금액의 비율대로, 원래 기한 그대로 돌려드려요. 딱 떨어지지 않으면 적은 쪽으로 하고, 모두 환불하시면 모두 돌려드려요.",
			"We give back the points and credit dollars you paid with, in proportion to the amount you return, rounded down; if you return everything, all of them. They keep the same expiry date.",
			"그사이 기한이 지났으면 돌려드린 날부터 30일 뒤까지 쓸 수 있어요.", "If that date has passed by then, you can use them for 30 days after the day we give them back.",
		}, []string{"쿠폰", "coupon"}},
		{"let go, and ten days", func(d *Terms) { d.Refunds = Refunds{Shortfall: Forgive, CourtesyDays: 10} }, []string{
			"모자라면 남아 있는 만큼만 되돌려요.", "If you don't have enough left, we take back only what is there.",
			"그사이 기한이 지났으면 돌려드린 날부터 10일 뒤까지 쓸 수 있어요.", "If that date has passed by then, you can use them for 10 days after the day we give them back.",
		}, []string{"다음에 쌓이는", "you earn of it next"}},
		{"nothing that ends, nothing that pays", func(d *Terms) { d.Units[0].Expiry, d.Redemptions = Expiry{Kind: Never}, nil }, nil,
			[]string{"그 구매에 쓰신", "you paid with", "그사이", "by then"}},
		{"what pays never ends", func(d *Terms) { d.Units[0].Expiry = Expiry{Kind: Never} }, []string{
			"그 구매에 쓰신 포인트와 적립금은 환불하신 금액의 비율대로, 원래 기한 그대로 돌려드려요. 딱 떨어지지 않으면 적은 쪽으로 하고, 모두 환불하시면 모두 돌려드려요.",
		}, []string{"그사이", "by then"}},
		{"a rule's own end", func(d *Terms) {
			d.Units[0].Expiry, d.Earning[0].Expiry = Expiry{Kind: Never}, Expiry{Kind: RollingDays, Days: 9}
		},
			[]string{"그사이 기한이 지났으면 돌려드린 날부터 30일 뒤까지 쓸 수 있어요."}, nil},
		{"only a review earns", func(d *Terms) { d.Earning = []Rule{d.Earning[0]}; d.Earning[0].When = OnReview }, nil, []string{"그 구매로 받은", "the purchase earned"}},
		{"coupons", func(d *Terms) {
			d.Coupons = []CouponKind{{Code: "x", Name: Text{"쿠폰", "X"}, Amount: 100, Days: 1}}
			d.Earning = append(d.Earning, Rule{Code: "c", Name: Text{"다음", "Next"}, When: OnPurchase, Award: Formula{Kind: AnyCoupon, Coupon: "x"}})
		}, []string{
			"모두 환불하시면, 그 구매로 받고 아직 쓰지 않으신 쿠폰은 쓸 수 없게 돼요.", "모두 환불하시면, 그 구매에 쓰신 쿠폰은 원래 기한 그대로 돌려드려요. 그사이 기한이 지난 쿠폰은 다시 쓸 수 없어요.",
			"If you return everything, a coupon that came with the purchase and is still unused can't be used any more.",
			"If you return everything, a coupon you used on the purchase comes back with the same expiry date. If that date has passed by then, you can't use it any more.",
		}, nil},
		{"automatic coupons do not come back", func(d *Terms) {
			d.Coupons = []CouponKind{{Code: "x", Name: Text{"할인", "X"}, Amount: 100, Get: GetAutomatic}}
		}, nil, []string{"그 구매에 쓰신 쿠폰", "coupon you used"}},
	})
}

func TestThePageSaysWhatUnitsAreWorth(t *testing.T) {
	checkPages(t, wholeDollars, []pageCase{
		{"decimals, and hundreds of points", func(d *Terms) { d.Units[0].Worth = Worth{1_000, 500} },
			[]string{"적립금 1.00달러는 $1.00와 같아요.", "1.00 credit dollar is worth $1.00.", "500P는 $10.00와 같아요.", "500 points is worth $10.00."}, nil},
		{"nobody pays with it", func(d *Terms) { d.Redemptions = nil }, []string{"1P는 $0.01와 같아요.", "적립금 1.00달러는 $1.00와 같아요."}, []string{"개는"}},
		{"it buys a thing", func(d *Terms) {
			d.Redemptions = []Redemption{{Unit: "p", Step: 10, Share: 50, Item: &Item{Name: Text{"커피", "a coffee"}, UpTo: 450}}}
		}, []string{"10P를 모으면 커피를 드려요 (값에서 $4.50까지 빼 드려요).", "결제 금액의 50%까지 낼 수 있어요.", "이번 구매로 받은 포인트는 다음 구매부터 쓸 수 있어요."}, []string{"P는 $", "points is worth"}},
		{"the same sign", func(d *Terms) { d.Currency, d.Units[0].Suffix = "KRW", Text{"원", ""} }, []string{"포인트 1원은 1원과 같아요.", "1 point is worth ₩1."}, nil},
	})
}

func TestPayingIsSaidWhole(t *testing.T) {
	checkPages(t, wholeDollars, []pageCase{
		{"as usual", func(*Terms) {}, []string{
			"더 쓰겠다고 하셔도 쓸 수 있는 만큼만 써요.", "If you ask for more than you can use, we use as much as you can.",
			"회원으로 가입하신 뒤부터 쌓여요.", "You earn once you've joined.",
		}, []string{"분 뒤", "minute"}},
		{"otherwise", func(d *Terms) {
			d.Enrolment.Automatic = true
			d.Redemptions[0].Beyond, d.Redemptions[0].OwnOrder, d.Redemptions[0].Minutes = Refuse, true, 20
		}, []string{
			"처음 사실 때 저절로 회원이 돼요. 따로 가입하지 않으셔도 돼요.", "You become a member with your first purchase; there's nothing to sign up for.",
			"이 범위를 벗어나게 쓰실 수는 없어요.", "You can't use them outside these limits.",
			"이번 구매로 받은 포인트도 그 구매에 바로 쓸 수 있어요.", "You can use the points from a purchase on that same purchase.",
			"결제를 마치지 않으시면, 쓰려고 빼 두신 포인트는 20분 뒤에 되돌아와요.", "If you don't finish paying, the points set aside for it come back after 20 minutes.",
		}, nil},
	})
}

// What counts for a rate is every cent, for an amount only what is whole.
func TestRatesAndWholeAmountsAreToldApart(t *testing.T) {
	checkPages(t, wholeDollars, []pageCase{
		{"both", func(d *Terms) { d.Units[0].Worth = Worth{}; d.Redemptions = d.Redemptions[1:] }, []string{
			"사실 때마다 $1.00당 포인트 10P꼴로 드려요.", "$1.00가 안 되는 돈도 비율대로 계산해요.",
			"Every time you buy, you earn 10 points per $1.00.", "Part of $1.00 counts too, in proportion.",
			"한 번에 사실 때 $10.00를 채울 때마다 스탬프 1개씩 드려요.", "$10.00가 안 되는 나머지는 세지 않아요.",
			"Every time you buy, you earn 1 stamp for every full $10.00.", "What is left below a full $10.00 doesn't count.",
		}, nil},
		{"a share that is no round percentage", func(d *Terms) {
			d.Earning[0].Award.Rate, d.Earning[0].Tiers, d.Tiers = Ratio{1, 300}, []Factor{{"regular", Ratio{7, 3}}}, threeRules().Tiers
		}, []string{"사실 때마다 $3.00당 포인트 1P꼴로 드려요.", "Every time you buy, you earn 1 point per $3.00.", "단골은 모두 합쳐 7/3배를 드려요."}, []string{"0.33%"}},
	})
}

func TestCodesAreSaidAsCodes(t *testing.T) {
	all := func(d *Terms) {
		d.Earning[0].If = Conditions{
			Categories: Selection{Only: []string{"cake", "bread"}}, Labels: Selection{Except: []string{"sale"}}, Stores: []string{"s1"}, Channels: []string{"online", "kiosk"},
		}
		d.Earning[1].If.Where = conditions.All(conditions.Where(conditions.Category, conditions.In, conditions.Text("cake")),
			conditions.Where(conditions.Store, conditions.In, conditions.Text("s1")), conditions.Where(conditions.Payment, conditions.In, conditions.Text("card")))
		d.Coupons = []CouponKind{
			{Code: "x", Name: Text{"할인", "X"}, Percent: 5, Days: 1, If: Conditions{SKUs: Selection{Except: []string{"A1"}}, Labels: Selection{Only: []string{"new"}}, Stores: []string{"s1"}}},
			{Code: "y", Name: Text{"특가", "Y"}, Get: GetStaff, Rates: []SKURate{{"A1", 30}}},
		}
	}
	checkPages(t, wholeDollars, []pageCase{{"codes", all, []string{
		"‘구매’: 매장 ‘s1’에서 온라인·‘kiosk’에서 분류가 ‘cake’나 ‘bread’이고, 표시가 ‘sale’가 아닌 상품을 사실 때마다 $1.00당 포인트 10P꼴로 드려요.",
		"“Purchases”: Every time you buy goods whose category is “cake” or “bread” and label is not “sale” at the store “s1” through our online shop or “kiosk”, you earn 10 points per $1.00.",
		"분류 ‘cake’ 상품을 사시고, 매장 ‘s1’에서 사시고, 결제 수단 ‘card’로 내시면 $10.00를 채울 때마다 스탬프 1개씩 드려요.",
		"상품 번호가 ‘A1’이 아니고, 표시가 ‘new’인 상품에만 쓸 수 있어요.", "Only for goods whose item number is not “A1” and label is “new”.", "매장 ‘s1’에서만 쓸 수 있어요.", "Only at the store “s1”.",
		"‘특가’: 상품 번호 ‘A1’은 30% 할인", "“Y”: 30% off the item “A1”",
	}, nil}})
}

func TestRulesThatWorkTogetherAreSaid(t *testing.T) {
	checkPages(t, wholeDollars, []pageCase{
		{"nothing to add", func(*Terms) {}, nil, []string{"모두 더해서", "you get all of them", "곱해서"}},
		{"so many of it", func(d *Terms) {
			d.Earning[0].When, d.Earning[0].Event, d.Earning[0].Award = OnCustom, "run", Formula{Kind: PerUnit, Points: 2}
		}, []string{"구매를 하시면 하나마다 포인트 2P씩 드려요.", "For “Purchases”, you get 2 points for each one."}, nil},
		{"two of a unit", func(d *Terms) { d.Earning[1].Unit = "p" }, []string{
			"따로 적지 않은 한, 여러 가지에 해당하시면 모두 더해서 드려요.", "Unless it says otherwise, if several of these apply you get all of them.",
		}, nil},
		{"multiples, more and a limit", func(d *Terms) {
			named := Text{"행사", "Event"}
			d.Earning[0].Limits = []Limit{{Per: PerDay, Points: 100, Reject: true}}
			d.Earning = append(d.Earning,
				Rule{Code: "x2", Unit: "p", Name: named, When: OnPurchase, Award: Formula{Kind: Times, Rate: Ratio{2, 1}}},
				Rule{Code: "x3", Unit: "p", Name: named, When: OnPurchase, Award: Formula{Kind: Times, Rate: Ratio{3, 1}, Of: []string{"buy"}}},
				Rule{Code: "none", Unit: "s", Name: named, When: OnPurchase, If: drinks(), Award: Formula{Kind: Times, Rate: Ratio{0, 1}}},
				Rule{Code: "plus", Unit: "p", Name: named, When: OnPurchase, Award: Formula{Kind: Plus, Points: 5}})
		}, []string{
			"사실 때마다 ‘구매’ 적립을 모두 합쳐 평소의 2배로 드려요.", "Every time you buy, you earn a total of 2 times the usual amount for “Purchases”.", "사실 때마다 ‘구매’ 적립을 모두 합쳐 평소의 3배로 드려요.",
			"‘행사’: 분류가 ‘drink’인 상품을 사실 때마다 ‘스탬프 적립’ 적립은 드리지 않아요.", "사실 때마다 ‘구매’ 적립에 5P를 더 드려요.",
			"Every time you buy, you earn an extra 5 points on top of “Purchases”.", "배로 드리는 것이 겹치면 서로 곱해서 드려요.",
			"이 한도를 넘기는 적립은 한도까지만 드리지 않고 통째로 드리지 않아요.", "An award that would go over this limit isn't cut down to it: you get none of it.",
		}, nil},
		{"multiples of two units", func(d *Terms) {
			for i, unit := range []string{"p", "s"} {
				d.Earning = append(d.Earning, Rule{Code: "x" + unit, Unit: unit, Name: d.Earning[i].Name, When: OnPurchase, Award: Formula{Kind: Times, Rate: Ratio{2, 1}}})
			}
		}, []string{"사실 때마다 ‘스탬프 적립’ 적립을 모두 합쳐 평소의 2배로 드려요."}, []string{"곱해서", "multiplied"}},
		{"alone", func(d *Terms) {
			d.Groups, d.Earning[1].Unit = []Group{{"g", GroupExclusive}}, "p"
			d.Earning[0].Group, d.Earning[1].Group = "g", "g"
		}, []string{
			"‘구매’, ‘스탬프 적립’ 가운데 앞의 것 하나만 드리고, 다른 적립은 함께 드리지 않아요.",
			"Of “Purchases”, “Stamps”, you get the first that applies, and nothing else at the same time.",
		}, []string{"모두 더해서"}},
	})
}

func TestOffersAreSaidWhole(t *testing.T) {
	coupon := CouponKind{Code: "x", Name: Text{"할인", "X"}, Amount: 100, Days: 30, After: 3}
	reward := func(kind RewardKind) Reward {
		return Reward{Code: string(kind), Name: Text{"선물 " + string(kind), "A gift, " + string(kind)}, Kind: kind, Unit: "s", Price: 10}
	}
	checkPages(t, wholeDollars, []pageCase{
		{"later", func(d *Terms) { d.Coupons = []CouponKind{coupon} }, []string{
			"받고 3일 뒤부터 쓸 수 있어요.", "쓸 수 있게 된 날을 포함해 30일 동안 쓸 수 있어요.", "Valid for 30 days, counting the first day you can use it.",
		}, []string{"함께 쓸 수", "combined"}},
		{"a group", func(d *Terms) {
			other := CouponKind{Code: "y", Name: Text{"특가", "Y"}, Amount: 100, Days: 1, Group: "g"}
			d.Groups, d.Coupons = []Group{{"g", GroupFirst}}, []CouponKind{coupon, other}
			d.Coupons[0].Group = "g"
		}, []string{"‘할인’, ‘특가’ 쿠폰은 한 번에 하나만, 먼저 적힌 것으로 써요.", "Of “X”, “Y” we use one at a time, the one listed first."}, []string{"서로 함께"}},
		{"rewards", func(d *Terms) {
			d.Coupons = []CouponKind{coupon}
			credit, given := reward(RewardCredit), reward(RewardCoupon)
			credit.Into, credit.Credit, credit.Auto, given.Coupon = "c", 500, true, "x"
			d.Rewards = []Reward{credit, given, reward(RewardSent), reward(RewardCodes), reward(RewardDonation)}
		}, []string{
			"스탬프 10개가 모이면 저절로 ‘선물 credit’으로 바꿔 드려요.", "When you reach 10 stamps, we automatically trade them for “A gift, credit”.",
			"그러면 적립금 5.00달러가 쌓여요.", "That adds 5.00 credit dollars to your balance.", "‘할인’ 쿠폰으로 드려요.", "It comes as the coupon “X”.",
			"직접 건네 드리거나 보내 드려요.", "쓸 수 있는 코드를 드려요.", "저희가 대신 기부해요.",
		}, nil},
		{"a fee for life", func(d *Terms) {
			d.Plans = []Plan{{Code: "l", Name: Text{"평생", "Life"}, Price: 3_000, Per: PlanLife}}
		}, []string{"‘평생’ 회원권은 $30.00를 한 번만 내시면 평생 쓸 수 있어요.", "You can end it any time.", "끝내시면, 혜택을 아직 쓰지 않으셨을 때만 낸 돈을 돌려드려요."},
			[]string{"기간의 마지막 날", "last day of that period"}},
		{"a leap month", func(d *Terms) {
			d.Coupons = []CouponKind{coupon}
			d.Occasions = []Occasion{{Code: "b", Kind: OnBirthday, Coupon: "x", Rules: calendar.Rules{LeapMonth: calendar.InLeapMonth}}}
		}, []string{
			"윤달에 태어나신 분은 그 윤달이 드는 해에는 윤달로, 다른 해에는 평달로 챙겨 드려요.",
			"Born in a lunar leap month? We celebrate in the leap month in years that have it, otherwise in the plain month.",
		}, nil},
		{"tiers day by day", func(d *Terms) { d.Tiers = threeRules().Tiers; d.Tiers.Validity = Validity{Kind: NoValidity} }, []string{
			"등급은 매일 다시 확인해요.", "금액이 모자라면 1개월을 더 기다렸다가 한 단계만 내려가요.", "If you haven't spent enough by then, you keep the tier for 1 more month and then move down one tier.",
		}, nil},
	})
}

// The headline promises no more than the page.
func TestASentencePromisesNoMoreThanItsRule(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Terms)
		ko, en string
	}{
		"no condition": {func(*Terms) {}, "사실 때마다 $1.00당 포인트 10P꼴로 드리고, 1P부터 쓸 수 있어요.", "Every time you buy, you earn 10 points per $1.00. Use them from 1 point."},
		"a category": {func(d *Terms) { d.Earning[0].If = drinks() },
			"분류가 ‘drink’인 상품을 사실 때마다 $1.00당 포인트 10P꼴로 드리고, 1P부터 쓸 수 있어요.", "Every time you buy goods whose category is “drink”, you earn 10 points per $1.00. Use them from 1 point."},
		"limits": {func(d *Terms) {
			d.Earning[0].Limits = []Limit{{Per: PerMonth, Times: 1}, {Per: PerDay, Points: 9, Shared: true}}
			d.Earning[0].Hold = Hold{Event: "delivered"}
		}, "사실 때마다 $1.00당 포인트 10P꼴로 드리고(한 달에 한 번만, 하루에 모두 합쳐 9P까지만, 배송이 끝나면 들어와요), 1P부터 쓸 수 있어요.",
			"Every time you buy, you earn 10 points per $1.00 (once a month, everyone shares a total of 9 points each day, available once the order is delivered). Use them from 1 point."},
		"a review": {func(d *Terms) {
			d.Earning[0].When, d.Earning[0].Award = OnReview, Formula{Kind: Fixed, Points: 30}
			d.Earning[0].If.Where = conditions.Where(conditions.Length, conditions.AtLeast, conditions.Number(20))
		}, "후기를 남겨 주시고, 20자 이상 쓰시면 포인트 30P를 드리고, 1P부터 쓸 수 있어요.", "When you write a review, if you write 20 or more characters, you get 30 points. Use them from 1 point."},
		"a coupon": {func(d *Terms) {
			d.Coupons = []CouponKind{{Code: "x", Name: Text{"할인", "X"}, Amount: 100, Days: 1}}
			d.Earning[0] = Rule{Code: "buy", Name: Text{"구매", "Purchases"}, When: OnFirstPurchase, Award: Formula{Kind: AnyCoupon, Coupon: "x"}}
		}, "처음 사시면 ‘할인’을 드려요.", "The first time you buy, you get “X”."},
		"hundreds": {func(d *Terms) { d.Earning[0].Award.Rate, d.Units[0].Worth = Ratio{1, 100}, Worth{1_000, 500} },
			"한 번에 사실 때 $1.00를 채울 때마다 포인트 1P씩 드리고, 1P부터 쓸 수 있어요.", "Every time you buy, you earn 1 point for every full $1.00. Use them from 1 point."},
		"a unit that does not pay": {func(d *Terms) { d.Earning = d.Earning[1:] }, "한 번에 사실 때 $10.00를 채울 때마다 스탬프 1개씩 드리고, 차곡차곡 쌓여요.", "Every time you buy, you earn 1 stamp for every full $10.00."},
	} {
		doc := wholeDollars()
		c.change(&doc)
		if got := doc.Sentence("ko"); got != c.ko {
			t.Errorf("%s: %s\nwant %s", name, got, c.ko)
		}
		if got := doc.Sentence("en"); got != c.en {
			t.Errorf("%s: %s\nwant %s", name, got, c.en)
		}
	}
}
