package conditions_test

import (
	"fmt"
	"testing"

	. "dangol/models/conditions"
)

func speaker(locale string) Speaker {
	names := map[string][2]string{"drink": {"음료", "drinks"}, "bread": {"빵", "bread"}, "gold": {"골드", "Gold"}, "gangnam": {"강남점", "Gangnam"}, "champions": {"참단골", "True regulars"}}
	at := 0
	if locale == "en" {
		at = 1
	}
	return Speaker{
		Locale: locale,
		Money: func(n int64) string {
			if locale == "en" {
				return fmt.Sprintf("₩%d,%03d", n/1000, n%1000)
			}
			return fmt.Sprintf("%d만원", n/10_000)
		},
		Points: func(n int64) string { return fmt.Sprint(n, "P") },
		Name:   func(_ Field, code string) string { return names[code][at] },
	}
}

func TestSentences(t *testing.T) {
	amount, drink := Where(Amount, AtLeast, Number(30_000)), Where(Category, In, Text("drink"))
	spend, away := Where(Spend12m, AtLeast, Number(300_000)), Where(AwayDays, AtLeast, Number(60))
	gold := Where(Tier, In, Text("gold"))
	for _, c := range []struct {
		form   Form
		of     Condition
		ko, en string
	}{
		{When, Condition{}, "", ""},
		{Who, Condition{}, "모든 손님", "all customers"},
		{Goods, Condition{}, "모든 상품", "all goods"},
		{When, amount, "3만원 이상 사시면", "when you spend ₩30,000 or more"},
		{When, All(amount, Not(drink), Where(Weekday, In, Text("tue")), Where(Time, Between, Text("14:00", "17:00"))),
			"3만원 이상 사시고, 음료를 사지 않으시고, 화요일에 사시고, 14~17시에 사시면",
			"when you spend ₩30,000 or more, do not buy drinks, buy on a Tuesday and buy between 14:00 and 17:00"},
		{When, Any(Where(Category, In, Text("drink", "bread")), Where(Items, AtLeast, Number(3))), "음료나 빵을 사시거나, 3개 이상 사시면", "when you buy drinks or bread or buy 3 or more items"},
		{When, All(Where(Store, In, Text("gangnam")), Where(Channel, In, Text("online"))), "강남점에서 사시고, 온라인에서 사시면", "when you buy at Gangnam and buy online"},
		{When, Where(FirstOrder, Yes, Value{}), "첫 구매이면", "when you buy for the first time"},
		{When, Not(Where(FirstOrder, Yes, Value{})), "첫 구매가 아니면", "when you do not buy for the first time"},
		{When, Where(Payment, In, Text("카드")), "카드로 내시면", "when you pay by 카드"},
		{When, Where(Time, Between, Text("09:30", "11:00")), "09:30~11:00에 사시면", "when you buy between 09:30 and 11:00"},
		{When, Where(Date, Between, Text("2026-12-01", "2026-12-25")), "2026년 12월 1일부터 2026년 12월 25일까지 사시면", "when you buy from 2026-12-01 to 2026-12-25"},
		{When, All(gold, Where(MemberDays, AtLeast, Number(30))), "골드 등급이고, 가입한 지 30일 이상 되시면", "when you hold Gold and have been a member for 30 or more days"},
		{When, All(Where(Rating, AtLeast, Number(4)), Where(Photo, Yes, Value{}), Where(DeliveredDays, AtMost, Number(5))),
			"별점을 4점 이상 주시고, 사진을 올리시고, 배송받은 지 5일 안이면", "when you give 4 or more stars, add a photo and do so within 5 days of the delivery"},
		{When, Not(Where(Spend12m, AtLeast, Number(300_000))), "최근 12개월 동안 30만원 이상 쓰지 않으셨으면", "when you have not spent ₩300,000 or more in the last 12 months"},

		{Who, All(spend, away), "최근 12개월 동안 30만원 이상 썼고, 안 온 지 60일 이상 된 손님", "customers who have spent ₩300,000 or more in the last 12 months and have been away for 60 or more days"},
		{Who, All(Any(spend, gold), Not(away)), "(최근 12개월 동안 30만원 이상 썼거나, 골드 등급인) 경우이고, 안 온 지 60일 이상 되지 않은 손님",
			"customers who either have spent ₩300,000 or more in the last 12 months or hold Gold and have not been away for 60 or more days"},
		{Who, Not(All(spend, gold)), "최근 12개월 동안 30만원 이상 쓰지 않았거나, 골드 등급이 아닌 손님", "customers who have not spent ₩300,000 or more in the last 12 months or do not hold Gold"},
		{Who, Where(AwayDays, AtMost, Number(30)), "최근 30일 안에 온 손님", "customers who have visited within the last 30 days"},
		{Who, Where(Visits, Equals, Number(1)), "지금까지 딱 1번 온 손님", "customers who have visited exactly 1 time"},
		{Who, Where(Points, Between, Number(100, 500)), "쓸 수 있는 포인트가 100P~500P인 손님", "customers who have 100P to 500P to use"},
		{Who, Where(BirthdayIn, AtMost, Number(7)), "생일이 7일 안인 손님", "customers who have a birthday within 7 days"},
		{Who, Where(BirthdayIn, AtMost, Number(0)), "생일이 오늘인 손님", "customers who have a birthday today"},
		{Who, Not(Where(BirthdayMonth, Yes, Value{})), "생일이 이번 달이 아닌 손님", "customers who do not have a birthday this month"},
		{Who, Not(Where(Consent, Yes, Value{})), "소식 받기에 동의하지 않은 손님", "customers who have not agreed to receive news"},
		{Who, Where(Joined, AtLeast, Text("2026-01-01")), "2026년 1월 1일부터 가입한 손님", "customers who joined on 2026-01-01 or later"},
		{Who, Where(MapPart, In, Text("champions")), "단골 지도에서 ‘참단골’인 손님", "customers who stand on the map among “True regulars”"},
		{Who, Where(Segment, In, Text("vip")), "‘vip’ 그룹에 속한 손님", "customers who belong to the group “vip”"},
		{Who, Where(Attribute("도시"), In, Text("서울")), "도시가 서울인 손님", "customers who have 도시 서울"},
		{Who, Where(AverageTicket, AtLeast, Number(20_000)), "한 번에 쓰는 돈이 평균 2만원 이상인 손님", "customers who spend ₩20,000 or more at a time on average"},

		{Goods, All(drink, Not(Where(Amount, AtMost, Number(10_000)))), "분류가 음료이고, 금액이 1만원 이하가 아닌 상품", "goods whose category is drinks and amount is not ₩10,000 or less"},
	} {
		if got := c.of.Sentence(speaker("ko"), c.form); got != c.ko {
			t.Errorf("%s\n got %s\nwant %s", c.of.Encode(), got, c.ko)
		}
		if got := c.of.Sentence(speaker("en"), c.form); got != c.en {
			t.Errorf("%s\n got %s\nwant %s", c.of.Encode(), got, c.en)
		}
	}
}

// Every field of the catalogue, with every operator that fits, is said in both languages, and its negation otherwise.
func TestEveryFieldIsSaid(t *testing.T) {
	for _, spec := range Known() {
		for _, is := range spec.Kind.Operators() {
			c := Where(spec.Field, is, sample(spec, is))
			if faults := c.Validate("", Anywhere, nil); len(faults) > 0 {
				t.Fatalf("%s: %v", c.Encode(), faults)
			}
			form := When
			if spec.People {
				form = Who
			}
			for _, locale := range []string{"ko", "en"} {
				said, turned := c.Sentence(speaker(locale), form), Not(c).Sentence(speaker(locale), form)
				if len(said) < 8 || said == turned {
					t.Errorf("%s in %s: %q, negated %q", c.Encode(), locale, said, turned)
				}
			}
		}
	}
}

// sample is a value that fits.
func sample(spec Spec, is Is) Value {
	switch {
	case is == Yes:
		return Value{}
	case spec.Kind == DayOf && is == Between:
		return Text("2026-01-01", "2026-02-01")
	case spec.Kind == DayOf:
		return Text("2026-01-01")
	case spec.Kind == TimeOf:
		return Text("10:00", "12:00")
	case spec.Kind == WeekdayOf:
		return Text("mon", "tue")
	case is == Between:
		return Number(2, 5)
	case spec.Kind.Numeric(is):
		return Number(3)
	default:
		return Text("a", "b")
	}
}
