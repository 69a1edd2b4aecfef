package demo

import (
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"dangol/models/calendar"
)

// habit is how somebody comes: every gap days or so, and of some, no more since a while.
type habit struct {
	share int // of a hundred people
	gap   float64
	leave bool
}

var habits = []habit{
	{4, 2.5, false},  // nearly every day
	{12, 7, false},   // every week
	{20, 21, false},  // now and then
	{22, 55, false},  // seldom
	{10, 9, true},    // came every week, and then no more
	{32, 400, false}, // once, perhaps twice
}

// span is the time that a shop's life is told for.
type span struct {
	from  calendar.Date // opening day
	now   time.Time
	today calendar.Date
	zone  *time.Location
}

// days is how long that is.
func (s span) days() int { return int(s.today - s.from) }

// visits are the moments at which a person of a habit came, in order; at least one, unless the shop has just opened.
func (s span) visits(r *rand.Rand, h habit) []time.Time {
	first := int(float64(s.days()) * math.Pow(r.Float64(), 1.3))
	last := s.days()
	if h.leave {
		last = first + (last-first)*(40+r.IntN(40))/100
	}
	var all []time.Time
	for day := float64(first); int(day) <= last; day += gap(r, h.gap) {
		if at := s.moment(r, s.from.AddDays(int(day))); !at.After(s.now) {
			all = append(all, at)
		}
	}
	return all
}

// exactly gives n moments spread over the time, for shops that are made to a size.
func (s span) exactly(r *rand.Rand, n int) []time.Time {
	first := r.IntN(s.days())
	all := make([]time.Time, n)
	for i := range all {
		all[i] = s.moment(r, s.from.AddDays(first+r.IntN(s.days()-first)))
	}
	slices.SortFunc(all, time.Time.Compare)
	return all
}

// gap is an irregular gap around a mean, never below a day.
func gap(r *rand.Rand, mean float64) float64 {
	return max(1, mean*(0.4+0.6*r.ExpFloat64()))
}

// busy is how the visits of a day are spread over the hours from eight in the morning to eight in the evening.
var busy = [...]int{10, 9, 8, 7, 9, 10, 8, 7, 8, 9, 9, 6}

const (
	opens     = 8
	busyParts = 100
)

func (s span) moment(r *rand.Rand, day calendar.Date) time.Time {
	at, sum := r.IntN(busyParts), 0
	hour := opens
	for i, share := range busy {
		if sum += share; at < sum {
			hour += i
			break
		}
	}
	since := time.Duration(hour)*time.Hour + time.Duration(r.IntN(3600))*time.Second
	return day.In(s.zone).Add(since).UTC()
}

func habitOf(r *rand.Rand) habit {
	at, sum := r.IntN(100), 0
	for _, h := range habits {
		if sum += h.share; at < sum {
			return h
		}
	}
	return habits[len(habits)-1]
}

// perCustomer is the mean number of orders of a customer in a shop that is made to a size.
const perCustomer = 5

// counts draws how often each of n people came, skewed as it is in life, so that together it is perCustomer times n.
func counts(r *rand.Rand, n int) []int {
	all, left := make([]int, n), n*perCustomer
	for i := range all {
		all[i] = 1 + int(r.ExpFloat64()*(perCustomer-1))
		left -= all[i]
	}
	for ; left != 0; left -= sign(left) {
		i := r.IntN(n)
		for all[i]+sign(left) < 1 {
			i = r.IntN(n)
		}
		all[i] += sign(left)
	}
	return all
}

func sign(n int) int {
	if n < 0 {
		return -1
	}
	return 1
}
