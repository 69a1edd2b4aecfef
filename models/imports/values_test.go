package imports

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"dangol/models"
	"dangol/models/calendar"
)

func TestMoneyAsFilesHaveIt(t *testing.T) {
	for _, c := range []struct {
		text, currency string
		want           int64
		code           string
	}{
		{"1234", "KRW", 1234, ""},
		{"1,234", "KRW", 1234, ""},
		{" 1,234원 ", "KRW", 1234, ""},
		{"₩1,234,567", "KRW", 1234567, ""},
		{"￦ 12,000", "KRW", 12000, ""},
		{"12000.00", "KRW", 12000, ""},
		{"12.5", "KRW", 0, "amount_decimals"},
		{"0", "KRW", 0, ""},
		{"0.00", "USD", 0, ""},
		{"12.34", "USD", 1234, ""},
		{"$1,012.3", "USD", 101230, ""},
		{".5", "USD", 50, ""},
		{"12.345", "USD", 0, "amount_decimals"},
		{"USD 12", "USD", 1200, ""},
		{"1.234", "KWD", 1234, ""},
		{"-1,000", "KRW", 0, "amount_negative"},
		{"₩-1,000", "KRW", 0, "amount_negative"},
		{"-₩1,000", "KRW", 0, "amount_negative"},
		{"△1,000", "KRW", 0, "amount_negative"},
		{"(1,000)", "KRW", 0, "amount_negative"},
		{"-0", "KRW", 0, ""},
		{"", "KRW", 0, "amount_missing"},
		{"원", "KRW", 0, "amount_missing"},
		{"12,34", "KRW", 0, "amount_unreadable"},
		{"1234,567", "KRW", 0, "amount_unreadable"},
		{",123", "KRW", 0, "amount_unreadable"},
		{"1.234.567", "USD", 0, "amount_unreadable"},
		{"$12", "KRW", 12, ""}, // a mark is no proof of a currency
		{"천원", "KRW", 0, "amount_unreadable"},
		{"1e9", "KRW", 0, "amount_unreadable"},
		{"100000000000", "KRW", models.MaxMoney, ""},
		{"100000000001", "KRW", 0, "amount_too_large"},
		{"99999999999999999999", "KRW", 0, "amount_too_large"},
	} {
		got, code := parseMoney(c.text, c.currency)
		if got != c.want || code != c.code {
			t.Errorf("%q in %s: %d %q, want %d %q", c.text, c.currency, got, code, c.want, c.code)
		}
	}
}

// Any amount, written as files have it, is read back.
func TestMoneyIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.Int64Range(0, models.MaxMoney).Draw(t, "amount")
		grouped := group(amount / 100)
		for _, text := range []string{
			fmt.Sprintf("%d.%02d", amount/100, amount%100),
			fmt.Sprintf("$%s.%02d", grouped, amount%100),
			fmt.Sprintf("USD %s.%02d00", grouped, amount%100),
		} {
			if got, code := parseMoney(text, "USD"); got != amount || code != "" {
				t.Fatalf("%q: %d %q", text, got, code)
			}
		}
		if got, code := parseMoney("₩"+group(amount)+"원", "KRW"); got != amount || code != "" {
			t.Fatalf("won: %d %q", got, code)
		}
	})
}

func group(n int64) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", group(n/1000), n%1000)
}

func TestMomentsAsFilesHaveThem(t *testing.T) {
	seoul, err := time.LoadLocation("Asia/Seoul")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text  string
		order DateOrder
		want  string // local, or the code of the fault
	}{
		{"2026-11-22", "", "2026-11-22"},
		{"2026.11.22", "", "2026-11-22"},
		{"2026. 11. 22.", "", "2026-11-22"},
		{"2026/1/2", "", "2026-01-02"},
		{"20261122", "", "2026-11-22"},
		{"2026년 11월 22일", "", "2026-11-22"},
		{"2026. 11. 22. (일) 오후 3:05", "", "2026-11-22 15:05:00"},
		{"2026-11-22 15:04", "", "2026-11-22 15:04:00"},
		{"2026-11-22T15:04:05", "", "2026-11-22 15:04:05"},
		{"2026-11-22T15:04:05.678Z", "", "2026-11-23 00:04:05"},
		{"2026-11-22 15:04:05 +00:00", "", "2026-11-23 00:04:05"},
		{"2026-11-22T15:04:05+0900", "", "2026-11-22 15:04:05"},
		{"2026-11-22 오전 12:30", "", "2026-11-22 00:30:00"},
		{"2026-11-22 12:30 AM", "", "2026-11-22 00:30:00"},
		{"2026-11-22 12:30:01 pm", "", "2026-11-22 12:30:01"},
		{"2026년 11월 22일 15시 4분", "", "2026-11-22 15:04:00"},
		{"20261122150405", "", "2026-11-22 15:04:05"},
		{"20261122 15:04", "", "2026-11-22 15:04:00"},
		{"22/11/2026", DayFirst, "2026-11-22"},
		{"11/22/2026", MonthFirst, "2026-11-22"},
		{"11/22/2026 3:04 PM", MonthFirst, "2026-11-22 15:04:00"},
		{"22.11.2026", DayFirst, "2026-11-22"},
		{"22/11/2026", "", "date_order"},
		{"22/11/2026", MonthFirst, "date_not_there"},
		{"46348", "", "2026-11-22"},
		{"46348.5", "", "2026-11-22 12:00:00"},
		{"46348.999999", "", "2026-11-22 23:59:59"},
		{"26-11-22", "", "date_year"},
		{"2026-02-29", "", "date_not_there"},
		{"2024-02-29", "", "2024-02-29"},
		{"2026-13-01", "", "date_not_there"},
		{"1926-11-22", "", "date_range"},
		{"", "", "date_missing"},
		{"어제", "", "date_unreadable"},
		{"2026-11", "", "date_unreadable"},
		{"2026-11-22 저녁", "", "time_unreadable"},
		{"2026-11-22 25:00", "", "time_not_there"},
		{"2026-11-22 오후 15:00", "", "time_not_there"},
	} {
		m, code := parseMoment(c.text, c.order)
		got := code
		if code == "" {
			got = m.at(seoul).In(seoul).Format(map[bool]string{true: "2006-01-02 15:04:05", false: "2006-01-02"}[m.hasTime])
		}
		if got != c.want {
			t.Errorf("%q (%s): %s, want %s", c.text, c.order, got, c.want)
		}
	}
}

func TestASpreadsheetsDayIsARepair(t *testing.T) {
	if m, _ := parseMoment("46348", ""); !m.serial {
		t.Error("not marked")
	}
	if m, _ := parseMoment("2026-11-22", ""); m.serial {
		t.Error("marked without reason")
	}
}

func TestTheFirstMomentOfADayThatHasNoMidnight(t *testing.T) {
	zone, err := time.LoadLocation("America/Havana") // clocks go from 0:00 to 1:00
	if err != nil {
		t.Fatal(err)
	}
	m, code := parseMoment("2026-03-08", "")
	if got := m.at(zone); code != "" || calendar.DateOf(got, zone) != calendar.MustParse("2026-03-08") {
		t.Errorf("%v %q", got, code)
	}
}

func TestGuessOrder(t *testing.T) {
	for _, c := range []struct {
		samples []string
		want    DateOrder
		sure    bool
	}{
		{[]string{"2026-11-22", ""}, "", true},
		{[]string{"01/02/2026", "22/11/2026"}, DayFirst, true},
		{[]string{"01/02/2026", "11/22/2026"}, MonthFirst, true},
		{[]string{"01/02/2026"}, "", false},
		{[]string{"11/22/2026", "22/11/2026"}, "", false},
	} {
		if got, sure := GuessOrder(c.samples); got != c.want || sure != c.sure {
			t.Errorf("%q: %q %v", c.samples, got, sure)
		}
	}
}

func TestPhones(t *testing.T) {
	for text, want := range map[string]string{
		"010-1234-5678":    "+821012345678 false ",
		"1012345678":       "+821012345678 true ",
		"10-1234-5678":     "+821012345678 true ",
		"'01012345678":     "+821012345678 false ",
		"1012345678.0":     "+821012345678 true ",
		"+82 10 1234 5678": "+821012345678 false ",
		"1.01235E+09":      " false phone_rounded",
		"12":               " false phone_unreadable",
		"홍길동":              " false phone_unreadable",
	} {
		phone, repaired, code := parsePhone(text)
		if got := fmt.Sprint(phone, " ", repaired, " ", code); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestBirthdays(t *testing.T) {
	for text, want := range map[string]string{
		"1990-03-05":      "solar 1990-3-5",
		"19900305":        "solar 1990-3-5",
		"1990년 3월 5일":     "solar 1990-3-5",
		"음력 1990.11.20":   "lunar 1990-11-20",
		"1990-11-30 (음)":  "lunar 1990-11-30",
		"윤 6/1":           "lunar_leap 0-6-1",
		"3월 5일":           "solar 0-3-5",
		"02-29":           "solar 0-2-29",
		"0305":            "solar 0-3-5",
		"1990-02-30":      "",
		"02-30":           "",
		"1890-03-05":      "",
		"모름":              "",
		"1990-03-05 10시쯤": "",
	} {
		b, code := parseBirth(text)
		got := ""
		if code == "" {
			got = writeBirth(b)
			if back, err := readBirth(got); err != nil || back != b {
				t.Errorf("%q does not come back: %v %v", got, back, err)
			}
		}
		if got != want {
			t.Errorf("%q: %q %q, want %q", text, got, code, want)
		}
	}
}

func TestHeadersInBothLanguages(t *testing.T) {
	for _, c := range []struct {
		header []string
		want   Mapping
	}{
		{[]string{"customer_id", "date", "number_of_cds", "dollar_value"}, Mapping{Ext, Date, Ignore, Amount}},
		{[]string{"고객명", "휴대폰 번호", "결제일시", "결제금액(원)", "비고"}, Mapping{Name, Phone, Date, Amount, Ignore}},
		{[]string{"주문번호", "구매자 연락처", "주문일", "시간", "총 결제 금액", "상품명", "수량"}, Mapping{OrderID, Phone, Date, Time, Amount, Item, Quantity}},
		{[]string{"Phone", "Mobile", "E-Mail", "보유 적립금", "소멸 예정일"}, Mapping{Phone, Ignore, Email, Points, Expires}},
	} {
		if got := GuessMapping(c.header); fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%q: %q, want %q", c.header, got, c.want)
		}
		if !IsHeader(c.header) {
			t.Errorf("%q is a header", c.header)
		}
	}
	if IsHeader([]string{"010-1234-5678", "2026-11-22", "12,000"}) {
		t.Error("values are no header")
	}
}

func TestSynonymsNameOneFieldEach(t *testing.T) {
	seen := map[string]Field{}
	for field, names := range synonyms {
		for _, name := range names {
			if other, twice := seen[name]; twice {
				t.Errorf("%q is %s and %s", name, field, other)
			}
			if bareHeader(name) != name {
				t.Errorf("%q is never met: headers are compared as %q", name, bareHeader(name))
			}
			seen[name] = field
		}
	}
}

func TestMappingSaysWhatItLacks(t *testing.T) {
	for _, c := range []struct {
		mapping Mapping
		mode    Mode
		want    string
	}{
		{Mapping{Ext, Date, Amount}, AsIf, ""},
		{Mapping{Phone, Name}, Record, ""},
		{Mapping{Phone, Points}, Opening, ""},
		{Mapping{Name, Date, Amount}, Record, "no_customer_column"},
		{Mapping{Ext, Date}, Record, "date_without_amount"},
		{Mapping{Ext, Ext}, Record, "field_twice"},
		{Mapping{Ext, "iban"}, Record, "field_unknown"},
		{Mapping{Ext}, AsIf, "no_purchases"},
		{Mapping{Ext}, Opening, "no_points"},
		{Mapping{Ext, Points, Date, Amount}, Opening, "points_and_purchases"},
		{Mapping{Ext}, "rehearsal", "unknown"},
	} {
		err := c.mapping.Check(c.mode)
		got := ""
		if e, ok := err.(*models.Error); ok {
			got = e.Fields[0].Code
		}
		if got != c.want {
			t.Errorf("%q %s: %v, want %q", c.mapping, c.mode, err, c.want)
		}
	}
}
