package i18n

import (
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"dangol/models/calendar"
)

// said is one word or sentence of a catalogue with the place where it stands; blanks are filled with an example.
type said struct{ place, text string }

func everyWord(t *testing.T, words *Words) (all []said) {
	t.Helper()
	walkWords(reflect.ValueOf(*words), "", &all)
	return all
}

func walkWords(v reflect.Value, place string, all *[]said) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			walkWords(v.Field(i), place+"."+v.Type().Field(i).Name, all)
		}
	case reflect.Array, reflect.Slice:
		for i := range v.Len() {
			walkWords(v.Index(i), place, all)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			walkWords(v.MapIndex(key), place+"."+key.String(), all)
		}
	case reflect.Func:
		if v.IsNil() {
			*all = append(*all, said{place, ""})
			return
		}
		*all = append(*all, said{place, v.Call(examples(v.Type()))[0].String()})
	case reflect.String:
		*all = append(*all, said{place, v.String()})
	}
}

func examples(f reflect.Type) (args []reflect.Value) {
	for i := range f.NumIn() {
		switch f.In(i).Kind() {
		case reflect.String:
			args = append(args, reflect.ValueOf("12,000"))
		case reflect.Map:
			args = append(args, reflect.ValueOf(map[string]any{}))
		default:
			args = append(args, reflect.ValueOf(int64(2)).Convert(f.In(i)))
		}
	}
	return args
}

func TestEveryWordStandsInBothLanguages(t *testing.T) {
	// An English count needs no counter word, so this one place is empty on purpose.
	silent := map[string]bool{"en.Counter.CountUnit": true}
	for name, words := range map[string]*Words{"ko": &korean, "en": &english} {
		for _, each := range everyWord(t, words) {
			if strings.TrimSpace(each.text) == "" && !silent[name+each.place] {
				t.Errorf("%s%s has no words", name, each.place)
			}
		}
	}
}

func TestTheFaultsAreTheSameInBothLanguages(t *testing.T) {
	for code := range koFaults {
		if enFaults[code] == nil {
			t.Errorf("%s has no English", code)
		}
	}
	if len(koFaults) != len(enFaults) {
		t.Errorf("%d Korean faults, %d English", len(koFaults), len(enFaults))
	}
}

func TestEnglishHoldsNoKorean(t *testing.T) {
	for _, each := range everyWord(t, &english) {
		if regexp.MustCompile(`[가-힣]`).MatchString(each.text) {
			t.Errorf("%s: %q", each.place, each.text)
		}
	}
}

// Words of the trade that a shop owner should not have to learn; the product's glossary says what stands instead.
var jargon = regexp.MustCompile(`가용|미가용|보류|소멸|차감|회수|수동 보상|절사|리워드|캠페인|백테스트|초안|게시|중복 적용|스택|하향|` +
	`세그먼트|RFM|CLV|이탈|코호트|홀드아웃|업리프트|부채|브레이키지|멱등|재시도|승인|반려|테넌트|머천트`)

func TestKoreanIsPlain(t *testing.T) {
	for _, each := range everyWord(t, &korean) {
		if found := jargon.FindString(each.text); found != "" {
			t.Errorf("%s says %q: %q", each.place, found, each.text)
		}
	}
}

// Screens speak 해요체: no 합쇼체 and no exclamation.
var stiff = regexp.MustCompile(`습니다|십시오|합니다|됩니다|!`)

func TestKoreanIsFriendlyAndCalm(t *testing.T) {
	for _, each := range everyWord(t, &korean) {
		if found := stiff.FindString(each.text); found != "" {
			t.Errorf("%s says %q: %q", each.place, found, each.text)
		}
	}
}

func TestEnglishIsPlain(t *testing.T) {
	polite := regexp.MustCompile(`(?i)\bplease\b|successfully|!`)
	for _, each := range everyWord(t, &english) {
		if found := polite.FindString(each.text); found != "" {
			t.Errorf("%s says %q: %q", each.place, found, each.text)
		}
	}
}

func TestNumbers(t *testing.T) {
	ko, en := New(Korean), New(English)
	dollars := New(English)
	dollars.Currency = "USD"
	stars := Unit{Suffix: " stars", One: " star", Decimals: 1}
	for _, c := range []struct{ got, want string }{
		{ko.Money(1234500), "1,234,500원"},
		{ko.Money(-300), "−300원"},
		{ko.Money(0), "0원"},
		{en.Money(1234500), "₩1,234,500"},
		{en.Money(-1234500), "−₩1,234,500"},
		{dollars.Money(1250), "$12.50"},
		{dollars.Money(5), "$0.05"},
		{dollars.Money(-5), "−$0.05"},
		{ko.MoneyShort(1234500), "123만원"},
		{ko.MoneyShort(120000000), "1.2억원"},
		{ko.MoneyShort(9999), "9,999원"},
		{en.MoneyShort(1234500), "₩1.23M"},
		{en.MoneyShort(-1234500), "−₩1.23M"},
		{ko.Short(35_000), "3.5만"},
		{ko.Short(129_900), "12.9만"},
		{ko.Short(1_000_400), "100만"},
		{ko.Short(200_000), "20만"},
		{ko.Short(10_050), "1만"},
		{en.Short(10_060), "10K"},
		{en.Short(1_060_000), "1.06M"},
		{ko.Points(1240), "1,240P"},
		{en.Points(1), "1 pt"},
		{en.Points(0), "0 pts"},
		{en.PointsIn(25, stars), "2.5 stars"},
		{ko.SignedPoints(1200), "+1,200P"},
		{ko.SignedPoints(-300), "−300P"},
		{ko.Percent(580), "58.0%"},
		{ko.Change(58), "+5.8%"},
		{ko.Rate(200), "2"},
		{ko.Rate(150), "1.5"},
		{ko.Rate(1000), "10"},
		{ko.Amount(12000), "12,000"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestGroupedNumbersKeepTheirDigits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64().Draw(t, "n")
		text := New(Korean).Number(n)
		plain := strings.NewReplacer(",", "", minusSign, "-").Replace(text)
		if plain != strconv.FormatInt(n, 10) {
			t.Fatalf("%d is written %q", n, text)
		}
	})
}

func TestDates(t *testing.T) {
	ko, en := New(Korean), New(English)
	at := time.Date(2026, 11, 22, 15, 5, 0, 0, seoul)
	ko.Now, en.Now = at, at
	day := calendar.MustParse("2026-11-22")
	for _, c := range []struct{ got, want string }{
		{ko.Date(day), "2026. 11. 22."},
		{ko.Day(day), "11. 22. (일)"},
		{ko.LongDate(day), "2026년 11월 22일"},
		{ko.Time(at), "오후 3:05"},
		{ko.Time(at.Add(-15 * time.Hour)), "오전 12:05"},
		{ko.Time(at.Add(-3 * time.Hour)), "오후 12:05"},
		{ko.DateTime(at), "11. 22. (일) 오후 3:05"},
		{ko.Ago(at.Add(-3 * time.Hour)), "3시간 전"},
		{ko.Ago(at.Add(-48 * time.Hour)), "11. 20. (금) 오후 3:05"},
		{ko.Range(calendar.MustParse("2026-11-01"), day), "11. 1.–11. 22."},
		{ko.Birthday("lunar", 11, 20), "음 11. 20."},
		{ko.Birthday("lunar_leap", 6, 3), "음 윤 6. 3."},
		{ko.Duration(51 * time.Hour), "2일 3시간"},
		{ko.Duration(40 * time.Second), "40초"},
		{ko.Duration(0), "0초"},
		{en.Date(day), "Nov 22, 2026"},
		{en.Time(at), "3:05 PM"},
		{en.Day(day), "Sun, Nov 22"},
		{en.Duration(250 * time.Second), "4 min 10 s"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestJosa(t *testing.T) {
	for _, c := range []struct{ word, pair, want string }{
		{"포인트", "을/를", "포인트를"},
		{"쿠폰", "을/를", "쿠폰을"},
		{"서울", "으로/로", "서울로"},
		{"매장", "으로/로", "매장으로"},
		{"가게", "으로/로", "가게로"},
		{"240P", "이/가", "240P가"},
		{"1,000", "을/를", "1,000을"},
		{"10", "은/는", "10은"},
		{"3", "이/가", "3이"},
		{"7", "으로/로", "7로"},
		{"2", "으로/로", "2로"},
		{"VIP", "은/는", "VIP는"},
		{"CRM", "을/를", "CRM을"},
		{"Mail", "으로/로", "Mail로"},
		{"Kim", "이/가", "Kim이"},
		{"12,000원", "을/를", "12,000원을"},
		{"‘단골’", "이/가", "‘단골’이"},
		{"", "이/가", "가"},
	} {
		if got := Josa(c.word, c.pair); got != c.want {
			t.Errorf("Josa(%q, %q) = %q, want %q", c.word, c.pair, got, c.want)
		}
	}
}

func TestPeopleAreMasked(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Phone("+821012345678"), "010-1234-5678"},
		{Phone("+8221234567"), "02-123-4567"},
		{Phone("+8215881234"), "1588-1234"},
		{Phone("+8231123456"), "031-12-3456"},
		{Phone("+12025550123"), "+12025550123"},
		{MaskPhone("+821012345678"), "010-****-5678"},
		{MaskPhone("+8215881234"), "****-1234"},
		{MaskPhone("+12025550123"), "********0123"},
		{MaskName("김민지"), "김*지"},
		{MaskName("이산"), "이*"},
		{MaskName("남궁보람"), "남**람"},
		{MaskName("Maya Lin"), "M*** L**"},
		{MaskName(""), ""},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestTheLanguageIsTheOneAskedFor(t *testing.T) {
	for header, want := range map[string]Locale{
		"": Korean, "*": Korean, "ko-KR,ko;q=0.9,en;q=0.8": Korean, "en-US,en;q=0.9": English, "fr-FR, en;q=0.5": English, "de": English, "en": English,
	} {
		if got := Match(header); got != want {
			t.Errorf("Match(%q) = %s, want %s", header, got, want)
		}
	}
}
