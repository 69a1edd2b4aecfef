package calendar

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestDatesAreWrittenAndRead(t *testing.T) {
	for _, s := range []string{"1912-01-01", "1969-12-31", "2024-02-29", "2026-11-22", "2050-12-31"} {
		d, err := Parse(s)
		if err != nil || d.String() != s {
			t.Errorf("Parse(%q) = %v, %v", s, d, err)
		}
	}
	for _, s := range []string{"", "2025-02-29", "2026-13-01", "2026-1-1", "22.11.2026", "2026-11-22T00:00"} {
		if d, err := Parse(s); err == nil {
			t.Errorf("Parse(%q) = %v, want an error", s, d)
		}
	}
}

func TestDateInJSON(t *testing.T) {
	type row struct {
		On Date `json:"on"`
		No Date `json:"no"`
	}
	text, err := json.Marshal(row{On: MustParse("2026-11-22")})
	if err != nil || string(text) != `{"on":"2026-11-22","no":""}` {
		t.Fatalf("%s, %v", text, err)
	}
	var back row
	if err := json.Unmarshal(text, &back); err != nil || back.On != MustParse("2026-11-22") || !back.No.IsZero() {
		t.Errorf("%+v, %v", back, err)
	}
	if err := json.Unmarshal([]byte(`{"on":"2025-02-29"}`), &back); err == nil {
		t.Error("29 February 2025 should be refused")
	}
}

func TestDateInTheDatabase(t *testing.T) {
	d := MustParse("2026-11-22")
	v, err := d.Value()
	if err != nil || !v.(time.Time).Equal(time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("Value() = %v, %v", v, err)
	}
	if v, _ := Date(0).Value(); v != nil {
		t.Errorf("no date is NULL, got %v", v)
	}
	for _, src := range []any{v, "2026-11-22", []byte("2026-11-22")} {
		var got Date
		if err := got.Scan(src); err != nil || got != d {
			t.Errorf("Scan(%v) = %v, %v", src, got, err)
		}
	}
	got := d
	if err := got.Scan(nil); err != nil || !got.IsZero() {
		t.Errorf("Scan(nil) = %v, %v", got, err)
	}
	if err := got.Scan(7); err == nil {
		t.Error("a number is no date")
	}
}

func TestMonthsClampToTheirEnd(t *testing.T) {
	for _, c := range []struct {
		from   string
		months int
		want   string
	}{
		{"2026-01-31", 1, "2026-02-28"},
		{"2024-01-31", 1, "2024-02-29"},
		{"2024-02-29", 12, "2025-02-28"},
		{"2026-11-22", 60, "2031-11-22"},
		{"2026-03-31", -1, "2026-02-28"},
		{"2026-12-15", 1, "2027-01-15"},
		{"2026-01-15", -1, "2025-12-15"},
	} {
		if got := MustParse(c.from).AddMonths(c.months); got.String() != c.want {
			t.Errorf("%s and %d months = %v, want %s", c.from, c.months, got, c.want)
		}
	}
}

func TestDateAgreesWithTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Date(rapid.Int32Range(-30_000, 40_000).Draw(t, "day"))
		want := time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(d))
		if d.String() != want.Format(time.DateOnly) || d.Weekday() != want.Weekday() {
			t.Fatalf("%d is %v, want %v", int32(d), d, want)
		}
		if y, m, _ := want.Date(); d.EndOfMonth() != NewDate(y, m+1, 0) || d.AddMonths(1).FirstOfMonth() != NewDate(y, m+1, 1) {
			t.Fatalf("the month of %v ends on %v and is followed by %v", d, d.EndOfMonth(), d.AddMonths(1))
		}
		if d.EndOfMonth().AddDays(1).Day() != 1 || d.FirstOfMonth() > d || d.EndOfMonth() < d {
			t.Fatalf("the month of %v is %v to %v", d, d.FirstOfMonth(), d.EndOfMonth())
		}
	})
}

func TestADayBeginsWhereItIs(t *testing.T) {
	for _, c := range []struct{ zone, day, want string }{
		{"Asia/Seoul", "2026-11-22", "2026-11-21T15:00:00Z"},
		{"America/New_York", "1998-07-01", "1998-07-01T04:00:00Z"},
		{"America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"}, // the clocks skip midnight
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		begin := MustParse(c.day).In(zone)
		if got := begin.UTC().Format(time.RFC3339); got != c.want {
			t.Errorf("%s begins in %s at %s, want %s", c.day, c.zone, got, c.want)
		}
		if DateOf(begin, zone).String() != c.day || DateOf(begin.Add(-time.Second), zone) != MustParse(c.day)-1 {
			t.Errorf("%s: its first moment belongs to it, the second before does not", c.day)
		}
	}
}

func TestKnownLunarDates(t *testing.T) {
	for _, c := range []struct {
		day   string
		lunar LunarDate
	}{
		{"1997-02-08", LunarDate{1997, 1, 1, false}}, // a day later than in China
		{"2024-02-10", LunarDate{2024, 1, 1, false}},
		{"2026-02-17", LunarDate{2026, 1, 1, false}},
		{"2027-02-07", LunarDate{2027, 1, 1, false}}, // a day later than in China
		{"2028-01-27", LunarDate{2028, 1, 1, false}}, // a day later than in China
		{"2017-06-24", LunarDate{2017, 5, 1, true}},
		{"2025-07-25", LunarDate{2025, 6, 1, true}},
		{"2025-08-22", LunarDate{2025, 6, 29, true}},
		{"2025-08-23", LunarDate{2025, 7, 1, false}},
		{"2025-10-06", LunarDate{2025, 8, 15, false}},
		{"1912-01-01", LunarDate{1911, 11, 13, false}},
		{"2050-12-31", LunarDate{2050, 11, 18, false}},
	} {
		if got, ok := MustParse(c.day).Lunar(); !ok || got != c.lunar {
			t.Errorf("%s is lunar %+v, %v; want %+v", c.day, got, ok, c.lunar)
		}
		if got, ok := c.lunar.Date(); !ok || got.String() != c.day {
			t.Errorf("lunar %+v is %v, %v; want %s", c.lunar, got, ok, c.day)
		}
	}
}

func TestLeapMonths(t *testing.T) {
	for year, want := range map[int]time.Month{2025: 6, 2028: 5, 2031: 3, 2033: 11, 2036: 6, 2026: 0, 2024: 0} {
		if month, ok := LunarLeapMonth(year); month != want || ok != (want != 0) {
			t.Errorf("leap month of %d is %d, %v; want %d", year, month, ok, want)
		}
	}
}

func TestYearsWithoutLastDay(t *testing.T) {
	for year := 2024; year <= 2034; year++ {
		_, has := LunarDate{Year: year, Month: 12, Day: 30}.Date()
		absent := slices.Contains([]int{2024, 2025, 2028, 2030, 2031, 2034}, year)
		if has == absent {
			t.Errorf("lunar %d has a 12/30: %v", year, has)
		}
	}
}

func TestTheWholeLunarTable(t *testing.T) {
	var before LunarDate
	for d := FirstLunar; d <= LastLunar; d++ {
		lunar, ok := d.Lunar()
		if !ok {
			t.Fatalf("%v has no lunar date", d)
		}
		if back, ok := lunar.Date(); !ok || back != d {
			t.Fatalf("%v is lunar %+v, which is %v, %v", d, lunar, back, ok)
		}
		if d > FirstLunar && !follows(before, lunar) {
			t.Fatalf("%v: lunar %+v follows %+v", d, lunar, before)
		}
		before = lunar
	}
	for _, outside := range []Date{FirstLunar - 1, LastLunar + 1} {
		if _, ok := outside.Lunar(); ok {
			t.Errorf("%v should not be known", outside)
		}
	}
}

// follows says whether b can be the day after a: the next day of the month, or the first of the next month after 29 or 30
// days, where a leap month comes after the plain one of its number.
func follows(a, b LunarDate) bool {
	if b.Day != 1 {
		return b == LunarDate{a.Year, a.Month, a.Day + 1, a.Leap} && b.Day <= 30
	}
	if a.Day != 29 && a.Day != 30 {
		return false
	}
	leap, _ := LunarLeapMonth(a.Year)
	switch {
	case leap == a.Month && !a.Leap:
		return b == LunarDate{a.Year, a.Month, 1, true}
	case a.Month == 12:
		return b == LunarDate{a.Year + 1, 1, 1, false}
	default:
		return b == LunarDate{a.Year, a.Month + 1, 1, false}
	}
}

// The winter solstice lies in the 11th month of every lunar year; the table would be off by a month if it did not.
func TestWinterSolstice(t *testing.T) {
	for year := 1912; year <= 2049; year++ {
		lunar, _ := NewDate(year, time.December, 23).Lunar()
		early, _ := NewDate(year, time.December, 21).Lunar()
		if lunar.Month != 11 && early.Month != 11 {
			t.Errorf("%d: 21 and 23 December are in lunar months %d and %d", year, early.Month, lunar.Month)
		}
	}
}

func TestBirthdays(t *testing.T) {
	for _, c := range []struct {
		name          string
		birthday      Birthday
		rules         Rules
		from, through string
		want          []string
	}{
		{"lunar 11/20 twice in 2026, never in 2025 and 2028", Birthday{Lunar, 11, 20}, Rules{}, "2025-01-01", "2028-12-31",
			[]string{"2026-01-08 lunar:2025", "2026-12-28 lunar:2026", "2027-12-17 lunar:2027"}},
		{"29 February", Birthday{Solar, 2, 29}, Rules{}, "2024-01-01", "2026-12-31",
			[]string{"2024-02-29 solar:2024", "2025-02-28 solar:2025", "2026-02-28 solar:2026"}},
		{"29 February on 1 March", Birthday{Solar, 2, 29}, Rules{LeapDay: Mar1}, "2024-01-01", "2025-12-31",
			[]string{"2024-02-29 solar:2024", "2025-03-01 solar:2025"}},
		{"29 February in leap years only", Birthday{Solar, 2, 29}, Rules{LeapDay: LeapOnly}, "2024-01-01", "2028-12-31",
			[]string{"2024-02-29 solar:2024", "2028-02-29 solar:2028"}},
		{"lunar 12/30 in a month of 29", Birthday{Lunar, 12, 30}, Rules{}, "2025-01-01", "2027-12-31",
			[]string{"2025-01-28 lunar:2024", "2026-02-16 lunar:2025", "2027-02-06 lunar:2026"}},
		{"born in leap 6, celebrated in the plain month", Birthday{LunarLeap, 6, 1}, Rules{}, "2025-01-01", "2026-12-31",
			[]string{"2025-06-25 lunar:2025", "2026-07-14 lunar:2026"}},
		{"born in leap 6, celebrated in the leap month", Birthday{LunarLeap, 6, 1}, Rules{LeapMonth: InLeapMonth},
			"2025-01-01", "2026-12-31", []string{"2025-07-25 lunar:2025", "2026-07-14 lunar:2026"}},
		{"leap 6/30 in a leap month of 29 days", Birthday{LunarLeap, 6, 30}, Rules{LeapMonth: InLeapMonth},
			"2025-01-01", "2025-12-31", []string{"2025-08-22 lunar:2025"}},
		{"solar", Birthday{Solar, 11, 22}, Rules{}, "2025-11-23", "2026-11-22", []string{"2026-11-22 solar:2026"}},
		{"no such day", Birthday{Solar, 4, 31}, Rules{}, "2025-01-01", "2026-12-31", nil},
		{"after the table", Birthday{Lunar, 11, 20}, Rules{}, "2051-01-01", "2055-12-31", nil},
	} {
		var got []string
		for _, o := range c.birthday.Between(MustParse(c.from), MustParse(c.through), c.rules) {
			got = append(got, o.Date.String()+" "+o.Period)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// Every lunar birthday comes once a lunar year, 353 to 385 days after the last one.
func TestLunarBirthdaysKeepTheirDistance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := Birthday{
			Calendar: rapid.SampledFrom([]Calendar{Lunar, LunarLeap}).Draw(t, "calendar"),
			Month:    time.Month(rapid.IntRange(1, 12).Draw(t, "month")),
			Day:      rapid.IntRange(1, 30).Draw(t, "day"),
		}
		all := b.Between(FirstLunar, LastLunar, Rules{})
		if len(all) < 137 {
			t.Fatalf("%+v: only %d birthdays", b, len(all))
		}
		for i := 1; i < len(all); i++ {
			if gap := all[i].Date - all[i-1].Date; gap < 352 || gap > 386 {
				t.Fatalf("%+v: %v comes %d days after %v", b, all[i], gap, all[i-1])
			}
		}
	})
}
