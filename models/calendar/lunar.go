package calendar

import "time"

// LunarDate is a day of the Korean lunar calendar (음력). Leap says that the month is the leap month (윤달), the second
// of its number in that year.
type LunarDate struct {
	Year  int
	Month time.Month
	Day   int
	Leap  bool
}

// The days for which the lunar calendar is known.
var (
	FirstLunar = NewDate(1912, time.January, 1)
	LastLunar  = NewDate(2050, time.December, 31)
)

// The table begins with lunar year 1911, whose first day was 30 January.
const firstLunarYear = 1911

var firstLunarDay = NewDate(firstLunarYear, time.January, 30)

// newYears holds the first day of each lunar year, and of the one after the last.
var newYears = func() (days [len(lunarYears) + 1]Date) {
	day := firstLunarDay
	for i, bits := range lunarYears {
		days[i] = day
		for month := range monthsOf(bits) {
			day += length(bits, month)
		}
	}
	days[len(lunarYears)] = day
	return days
}()

func leapOf(bits uint32) int { return int(bits >> 13) }

// monthsOf is 13 in a year with a leap month, else 12.
func monthsOf(bits uint32) int {
	if leapOf(bits) > 0 {
		return 13
	}
	return 12
}

// length is the number of days of a year's month, by its place.
func length(bits uint32, place int) Date { return Date(29 + bits>>place&1) }

// LunarLeapMonth is the month that a lunar year has twice; ok is false if there is none, or the year is not known.
func LunarLeapMonth(year int) (month time.Month, ok bool) {
	i := year - firstLunarYear
	if i < 0 || i >= len(lunarYears) || leapOf(lunarYears[i]) == 0 {
		return 0, false
	}
	return time.Month(leapOf(lunarYears[i])), true
}

// Lunar gives the lunar date of a day; ok is false outside FirstLunar to LastLunar.
func (d Date) Lunar() (lunar LunarDate, ok bool) {
	if d < FirstLunar || d > LastLunar {
		return LunarDate{}, false
	}
	i := d.Year() - firstLunarYear
	if d < newYears[i] {
		i--
	}
	bits, rest, place := lunarYears[i], d-newYears[i], 0
	for ; rest >= length(bits, place); place++ {
		rest -= length(bits, place)
	}
	lunar = LunarDate{Year: firstLunarYear + i, Month: time.Month(place + 1), Day: int(rest) + 1}
	if leap := leapOf(bits); leap > 0 && place >= leap {
		lunar.Month--
		lunar.Leap = place == leap
	}
	return lunar, true
}

// Date gives the day of a lunar date; ok is false if there is no such lunar date, or it is not known.
func (l LunarDate) Date() (day Date, ok bool) {
	i := l.Year - firstLunarYear
	if i < 0 || i >= len(lunarYears) || l.Month < 1 || l.Month > 12 || l.Day < 1 {
		return 0, false
	}
	bits, place := lunarYears[i], int(l.Month)-1
	leap := leapOf(bits)
	if l.Leap && leap != int(l.Month) {
		return 0, false
	}
	if l.Leap || leap > 0 && place >= leap {
		place++
	}
	if Date(l.Day) > length(bits, place) {
		return 0, false
	}
	day = newYears[i] + Date(l.Day) - 1
	for before := range place {
		day += length(bits, before)
	}
	return day, day >= FirstLunar && day <= LastLunar
}
