package terms

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"dangol/models"
)

func TestSentences(t *testing.T) {
	for _, c := range []struct {
		trade  models.Trade
		locale string
		want   string
	}{
		{models.TradeUnknown, "ko", "쓴 돈의 2%를 포인트로 드리고, 1,000P부터 쓸 수 있어요. 생일에는 3,000원 쿠폰을 드려요(12,000원 이상 사실 때, 가입하고 30일이 지난 분께)."},
		{models.TradeCafe, "ko", "음료 한 잔에 스탬프 1개를 드리고(하루에 10개까지), 10개를 모으면 음료 한 잔을 드려요. 생일에는 3,000원 쿠폰을 드려요(12,000원 이상 사실 때, 가입하고 30일이 지난 분께)."},
		{models.TradeOnline, "ko", "쓴 돈의 1%를 적립금으로 드리고, 2,000원부터 쓸 수 있어요. 생일에는 3,000원 쿠폰을 드려요(12,000원 이상 사실 때, 가입하고 30일이 지난 분께)."},
		{models.TradeUnknown, "en", "Earn 2% back in points. Use them from 1,000P. Get a ₩3,000 coupon for your birthday (on ₩12,000 or more, after 30 days as a member)."},
		{models.TradeCafe, "en", "Earn 1 stamp for a drink (up to 10 stamps a day). Trade 10 stamps for a drink. Get a ₩3,000 coupon for your birthday (on ₩12,000 or more, after 30 days as a member)."},
	} {
		doc := Default(c.trade, 12_000)
		if got := doc.Sentence(c.locale); got != c.want {
			t.Errorf("%s in %s:\n%s\nwant\n%s", c.trade, c.locale, got, c.want)
		}
	}
}

func TestTheTermsPage(t *testing.T) {
	doc := threeRules()
	doc.Earning = doc.Earning[:2]
	want := []string{
		"# 이렇게 쌓여요",
		"회원으로 가입하신 뒤부터 쌓여요.",
		"사실 때마다 낸 돈의 2%를 포인트로 드려요.",
		"단골은 3%를, VIP는 5%를 드려요.",
		"1P 미만은 끝자리를 버려요.",
		"10,000원 이상 처음 사시면 1,000P를 드려요.",
		"한 분에 한 번만 드려요.",
		"다음 방문부터 쓸 수 있어요.",
		"할인한 뒤 내는 돈으로 계산하고, 세금은 넣고, 배송비와 포인트로 낸 돈은 빼요.",
		"‘얼마 이상’은 할인한 뒤의 상품값으로 봐요. 세금과 포인트로 낸 돈은 넣고, 배송비는 빼요.",
		"따로 적지 않은 한, 여러 가지에 해당하시면 모두 더해서 드려요.",
		"# 이렇게 써요",
		"1P는 1원과 같아요.",
		"1,000P부터 100P씩 쓸 수 있어요.",
		"결제 금액 전부를 낼 수 있어요.",
		"더 쓰겠다고 하셔도 쓸 수 있는 만큼만 써요.",
		"이번 구매로 받은 포인트는, 더 늦게 쓸 수 있다고 적지 않았으면 다음 구매부터 쓸 수 있어요.",
		"# 언제까지 쓸 수 있나요?",
		"포인트는 받은 날부터 5년 뒤 그날이 든 달의 마지막 날까지 쓸 수 있어요.",
		"기한이 끝나기 2개월, 1개월, 3일 전에 알려 드려요. 알려 드리지 못하면 사라지지 않고 한 달씩 늘어나요.",
		"# 등급",
		"처음에는 모두 손님 등급이에요.",
		"최근 12개월 동안 150,000원 이상 사시면 단골 등급이 돼요.",
		"최근 12개월 동안 450,000원 이상 사시면 VIP 등급이 돼요.",
		"사신 금액은 할인한 뒤의 상품값으로, 세금을 넣어 계산해요. 배송비, 포인트로 낸 돈, 환불하신 돈은 빼요.",
		"금액을 채우시면 바로 올라가요.",
		"받은 등급은 적어도 1년 동안 그대로예요.",
		"매월 1일에 다시 확인하고, 금액이 모자라면 1개월을 더 기다렸다가 한 단계만 내려가요.",
		"다시 확인할 때는 그날까지 최근 12개월을 봐요.",
		"# 생일",
		"생일 7일 전에 3,000원 쿠폰을 드려요.",
		"생일 7일 뒤까지, 12,000원 이상 사실 때 쓸 수 있어요.",
		"한 해에 한 번, 가입하고 30일이 지난 분께 드려요.",
		"쿠폰의 ‘얼마 이상’은 상품값으로 봐요. 함께 쓰시는 다른 쿠폰은 뺀 뒤, 자동 할인은 빼기 전 값이에요. 세금은 넣고, 배송비는 빼요.",
		"음력 생일은 해마다 그해의 양력 날짜로 챙겨 드려요.",
		"윤달에 태어나신 분은 같은 달의 평달로 챙겨 드려요.",
		"2월 29일에 태어나신 분은 그날이 없는 해에 2월 28일로 챙겨 드려요.",
		"# 환불하시면",
		"그 구매로 받은 포인트는 환불하신 금액의 비율대로 되돌려요. 딱 떨어지지 않으면 적은 쪽으로 하고, 모두 환불하시면 모두 되돌려요.",
		"모자라면 다음에 쌓이는 포인트로 채워요.",
		"그 구매에 쓰신 포인트는 환불하신 금액의 비율대로, 원래 기한 그대로 돌려드려요. 딱 떨어지지 않으면 적은 쪽으로 하고, 모두 환불하시면 모두 돌려드려요.",
		"그사이 기한이 지났으면 돌려드린 날부터 30일 뒤까지 쓸 수 있어요.",
		"모두 환불하시면, 그 구매에 쓰신 쿠폰은 원래 기한 그대로 돌려드려요. 그사이 기한이 지난 쿠폰은 다시 쓸 수 없어요.",
	}
	if got := flat(doc.Describe("ko")); !slices.Equal(got, want) {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
}

func flat(page []Clause) (lines []string) {
	for _, clause := range page {
		lines = append(lines, "# "+clause.Heading)
		lines = append(lines, clause.Sentences...)
	}
	return lines
}

// Words that only a bookkeeper uses do not reach customers; and no sentence is left without its figures.
func TestPlainWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		doc := drawTerms(t)
		ko, en := flat(doc.Describe("ko")), flat(doc.Describe("en"))
		if len(ko) != len(en) {
			t.Fatalf("two languages, two promises:\n%s\n%s", strings.Join(ko, "\n"), strings.Join(en, "\n"))
		}
		for _, line := range append(append(ko, en...), doc.Sentence("ko"), doc.Sentence("en")) {
			for _, hard := range []string{"소멸", "차감", "회수", "지급", "절사", "가용", "리워드", "보류", "  ", "%!", " ."} {
				if strings.Contains(line, hard) {
					t.Fatalf("%q in %q", hard, line)
				}
			}
		}
	})
}

func TestWhy(t *testing.T) { // D-28
	cafe, usd := Default(models.TradeCafe, 6_000), one(Rule{Award: rate(1, 100)})
	usd.Currency, usd.Units[0].Worth, usd.Redemptions = "USD", Worth{}, nil
	lines := one(Rule{Award: rate(2, 100), Rounding: Rounding{Scope: PerLine, To: 10}, Cap: 300})
	halves := Default(models.TradeUnknown, 0)
	halves.Units[0].Decimals = 1
	two := []Line{{Category: "cake", Quantity: 1, Amount: 8_000}, {Category: "drink", Quantity: 2, Amount: 9_000}}
	for _, c := range []struct {
		name  string
		terms Terms
		tier  string
		order Purchase
		rule  int
		ko    []string
		en    []string
	}{
		{"a plain order", Default(models.TradeUnknown, 0), "", Purchase{Total: 12_000}, 0,
			[]string{"12,000원의 2% = 240P"}, []string{"2% of ₩12,000 = 240P"}},
		{"what is dropped", Default(models.TradeUnknown, 0), "", Purchase{Total: 12_345}, 0,
			[]string{"12,345원의 2% = 246.9P", "1P 미만 버림 = 246P"}, []string{"2% of ₩12,345 = 246.9P", "rounded down to 1P = 246P"}},
		{"D-46: tenths of a point", halves, "", Purchase{Total: 12_345}, 0,
			[]string{"12,345원, 100원마다 0.2P = 24.69P", "0.1P 미만 버림 = 24.6P"}, []string{"₩12,345 at 0.2P per ₩100 = 24.69P", "rounded down to 0.1P = 24.6P"}},
		{"first purchase", Default(models.TradeUnknown, 0), "", Purchase{Total: 12_000}, 1,
			[]string{"정해진 1,000P"}, []string{"Fixed: 1,000P"}},
		{"everything", threeRules(), "vip", Purchase{Total: 15_345, Shipping: 3_000, PaidWithPoints: 1_000}, 0,
			[]string{"결제 금액 15,345원 − 배송비 3,000원 − 포인트로 낸 돈 1,000원 = 11,345원", "11,345원의 2% = 226.9P", "등급 혜택 2.5배 = 567.25P", "1P 미만 버림 = 567P"},
			[]string{"Total ₩15,345 − delivery ₩3,000 − paid with points ₩1,000 = ₩11,345", "2% of ₩11,345 = 226.9P", "× 2.5 for your tier = 567.25P", "rounded down to 1P = 567P"}},
		{"part of an order", threeRules(), "", Purchase{Total: 17_000, Lines: two}, 2,
			[]string{"상품 17,000원 가운데 쌓이는 상품 8,000원 → 8,000원", "8,000원, 1,000원마다 10P = 80P"},
			[]string{"₩8,000 of ₩17,000 in items counts → ₩8,000", "₩8,000 at 10P per ₩1,000 = 80P"}},
		{"stamps", cafe, "", Purchase{Total: 9_000, Lines: two[1:]}, 0,
			[]string{"상품 2개 × 1개 = 2개"}, []string{"2 items × 1 stamp = 2 stamps"}},
		{"stamps beyond the day's", cafe, "", Purchase{Total: 9_000, Lines: []Line{{Category: "drink", Quantity: 12, Amount: 54_000}}}, 0,
			[]string{"상품 12개 × 1개 = 12개", "아직 받을 수 있는 10개까지 = 10개"}, []string{"12 items × 1 stamp = 12 stamps", "up to the 10 stamps still left = 10 stamps"}},
		{"dollars without worth", usd, "", Purchase{Total: 1_234}, 0,
			[]string{"$12.34, $1.00마다 1 point = 12.34 point", "1 point 미만 버림 = 12 point"}, []string{"$12.34 at 1 point per $1.00 = 12.34 points", "rounded down to 1 point = 12 points"}},
		{"line by line", lines, "", Purchase{Total: 17_000, Lines: two}, 0,
			[]string{"17,000원의 2% = 340 point", "상품마다 따로 계산해요", "8,000원 → 더해서 160 point", "9,000원 → 더해서 340 point", "한 번에 300 point까지 = 300 point"},
			[]string{"2% of ₩17,000 = 340 points", "Each item separately", "₩8,000 → 160 points so far", "₩9,000 → 340 points so far", "up to 300 points at a time = 300 points"}},
	} {
		p := compile(t, c.terms)
		awards, _ := p.Quote(&Member{Tier: TierState{Code: c.tier}}, &c.order)
		i := slices.IndexFunc(awards, func(a Award) bool { return a.Rule == c.rule })
		if i < 0 {
			t.Errorf("%s: rule %d paid nothing", c.name, c.rule)
			continue
		}
		for locale, want := range map[string][]string{"ko": c.ko, "en": c.en} {
			if got := p.Terms().Explain(awards[i].Why, locale); !slices.Equal(got, want) {
				t.Errorf("%s: %q, want %q", c.name, got, want)
			}
		}
	}
}

func TestWhyNot(t *testing.T) {
	p := compile(t, threeRules())
	_, misses := p.Quote(&Member{}, &Purchase{Total: 7_000})
	want := []string{"‘cake’ 상품을 함께 사시면 ‘케이크’ 70P를 받아요", "3,000원 더 사시면 ‘첫 구매’ 1,000P를 받아요"}
	for i, miss := range misses {
		if got := p.Terms().ExplainMiss(miss, "ko"); got != want[i] {
			t.Errorf("%q, want %q", got, want[i])
		}
	}
	doc := threeRules()
	doc.Earning[2].If = Conditions{Tiers: []string{"regular"}}
	p = compile(t, doc)
	_, misses = p.Quote(&Member{Orders: 3, Spend: Series{{day("2026-11-01"), 30_000}}}, &Purchase{Total: 7_000, Day: day("2026-11-22")})
	if got := p.Terms().ExplainMiss(misses[0], "ko"); got != "단골 등급(120,000원 더)부터 ‘케이크’ 70P를 받아요" {
		t.Errorf("%q", got)
	}
}

func TestExplanationsAreSmallAndWhole(t *testing.T) { // D-28
	p := compile(t, Default(models.TradeUnknown, 0))
	awards, _ := p.Quote(&Member{}, &Purchase{Total: 12_000})
	for _, a := range awards {
		if n := len(a.Why.Encode()); n > 120 {
			t.Errorf("%d bytes", n)
		}
	}
	long := Purchase{Total: 500 * models.MaxMoney / 1_000}
	for range models.MaxLines {
		long.Lines = append(long.Lines, Line{Category: "cake", Quantity: 1, Amount: models.MaxMoney / 1_000})
	}
	lines := compile(t, one(Rule{Award: rate(2, 100), Rounding: Rounding{Scope: PerLine}}))
	awards, _ = lines.Quote(&Member{}, &long)
	if n := len(awards[0].Why.Encode()); n > 4<<10 {
		t.Errorf("%d bytes for %d lines", n, models.MaxLines)
	}
	rapid.Check(t, func(t *rapid.T) {
		p := compile(t, drawTerms(t))
		order := Purchase{
			Total: rapid.Int64Range(0, models.MaxMoney).Draw(t, "total"), Discount: rapid.Int64Range(0, 5_000).Draw(t, "discount"),
		}
		order.Shipping = rapid.Int64Range(0, order.Total/2).Draw(t, "shipping")
		awards, _ := p.Quote(&Member{}, &order)
		for _, a := range awards {
			back, err := Decode(a.Why.Encode())
			if err != nil || !slices.Equal(back.Steps, a.Why.Steps) || back.Version != 1 || back.Rule != a.Rule {
				t.Fatalf("%+v became %+v, %v", a.Why, back, err)
			}
			if back.Recompute() != a.Points {
				t.Fatalf("paid %d, explained as %d: %+v", a.Points, back.Recompute(), a.Why)
			}
		}
	})
}

func FuzzDecode(f *testing.F) {
	f.Add(Explanation{Version: 3, Rule: 1, Steps: []Step{{OpTotal, 12_000, 0, 12_000}, {OpRate, 2, 100, 240}}}.Encode())
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := Decode(b)
		if err != nil {
			return
		}
		e.Recompute()
		doc := Default(models.TradeUnknown, 0)
		doc.Explain(e, "ko")
	})
}

func TestJosa(t *testing.T) {
	for _, c := range []struct{ word, pair, want string }{
		{"포인트", "을/를", "포인트를"}, {"적립금", "을/를", "적립금을"}, {"적립금", "으로/로", "적립금으로"}, {"3,000원", "을/를", "3,000원을"},
		{"240P", "이/가", "240P가"}, {"VIP", "은/는", "VIP는"}, {"단골", "으로/로", "단골로"}, {"10", "을/를", "10을"}, {"2%", "을/를", "2%를"},
		{"음료(한 잔)", "을/를", "음료(한 잔)을"}, {"", "을/를", "를"},
	} {
		if got := josa(c.word, c.pair); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestCouponWords(t *testing.T) {
	doc := withCoupons(
		CouponKind{Name: Text{}, Percent: 10, Most: 5_000, If: drinks(), MinUnits: 2, Group: "best"},
		CouponKind{Amount: 2_000, Get: GetShared, Shared: "HELLO", Stock: 50, PerMember: 1, Until: day("2026-12-31")},
		oneWon(),
	)
	p := compile(t, doc)
	got := flat(doc.Describe("ko"))
	want := []string{
		"# 쿠폰",
		"‘coupon’: 10% 할인 쿠폰(5,000원까지)", "분류가 ‘drink’인 상품에만 쓸 수 있어요.", "2개 이상 사실 때 쓸 수 있어요.", "받은 날을 포함해 30일 동안 쓸 수 있어요.",
		"‘coupon’ 쿠폰은 한 번에 하나만, 가장 많이 빼 드리는 것으로 써요.",
		"‘coupon’: 2,000원 쿠폰", "2026-12-31까지 쓸 수 있어요.", "계산하실 때 코드 ‘HELLO’를 알려 주세요.", "모두 50번까지예요.", "한 분이 1번까지 쓸 수 있어요.",
		"‘coupon’: 2026-11-30까지 배송비를 빼고 내실 돈이 800원 이상이면 상품 번호 ‘sock’ 가운데 한 개를 1원에, " +
			"2026-12-01부터 배송비를 빼고 내실 돈이 800원 이상이면 상품 번호 ‘pen’ 가운데 한 개를 1원에, 배송비를 빼고 내실 돈이 2,000원 이상이면 상품 번호 ‘mug’ 가운데 한 개를 1원에",
		"보여 주지 않으셔도 자동으로 빼 드려요.", "함께 쓸 수 없다고 적지 않은 쿠폰은 서로 함께 쓸 수 있어요.",
	}
	at := slices.Index(got, want[0])
	if at < 0 || len(got) < at+len(want) || !slices.Equal(got[at:at+len(want)], want) {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
	priced := p.Price(&Member{}, cartOf(0, lattes), offersOf(p)[:1], Payment{})
	if lines := doc.ExplainDiscount(priced.Discounts[0].Why, "en"); !slices.Equal(lines, []string{"₩9,000 counts", "10% off = ₩900"}) {
		t.Errorf("%q", lines)
	}
	priced = p.Price(&Member{}, cartOf(0, Line{Quantity: 1, Amount: 500}), offersOf(p), Payment{})
	for i, want := range []string{"‘drink’ 상품을 함께 사시면 ‘coupon’을 쓸 수 있어요", "2,300원 더 사시면 ‘coupon’을 쓸 수 있어요"} {
		if got := doc.ExplainMisfit(priced.Unfit[i], "ko"); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
