package terms

import (
	"cmp"
	"math/big"
	"slices"
	"time"
)

// A second engine, to hold the first one against: slow, obvious, and without a line in common. It walks through every day,
// keeps every lot that ever was, counts with big fractions, and knows the calendar from package time. It reads the
// document's plain values and nothing else of this package.

const day24 = 24 * time.Hour

// naive is one member of one programme.
type naive struct {
	doc      *Terms
	today    time.Time
	joined   time.Time
	orders   int64
	spend    map[time.Time]int64
	tier     int // index in the plan
	until    time.Time
	grace    time.Time
	lots     []*naiveLot
	deficit  int64
	counters map[string]int64
}

// naiveLot is points of one origin. Times that are zero are "never" and "at once".
type naiveLot struct {
	left     int64
	pending  bool
	arrives  time.Time // pending: the day on which the hold ends
	awaits   string    // pending: or what ends it
	cancels  time.Time // awaiting: the day on which it is too late
	usable   time.Time
	ends     time.Time // the last day
	earned   time.Time
	order    *naiveOrder
	rule     *Rule
	moveable bool // an activity prolongs it
}

type naiveOrder struct {
	day                      time.Time
	total, returned          int64 // of the goods
	shipping, tax, qualifies int64
	awards                   []*naiveAward
	paid                     *naivePayment
}

type naiveAward struct {
	rule           *Rule
	given, revoked int64
}

type naivePayment struct {
	points, restored int64
	from             []naivePart
}

type naivePart struct {
	lot    *naiveLot
	points int64
}

// The calendar.

func monthsAfter(d time.Time, months int) time.Time {
	first := time.Date(d.Year(), d.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1)
	return first.AddDate(0, 0, min(d.Day(), last.Day())-1)
}

func endOfPeriod(d time.Time, to RoundUp, month int) time.Time {
	for ; ; d = d.Add(day24) {
		next := d.Add(day24)
		if next.Day() != 1 && to != ToDay {
			continue
		}
		switch m := int(d.Month()); {
		case to == ToDay, to == ToMonth, to == ToQuarter && m%3 == 0, to == ToHalfYear && m%6 == 0, to == ToYear && m == 12,
			to == ToGivenMonth && m == month:
			return d
		}
	}
}

// lastDayOf is the last day of points that become usable on a day.
func lastDayOf(e *Expiry, from time.Time) time.Time {
	until := cmp.Or(e.Until, map[bool]RoundUp{true: ToMonth, false: ToDay}[e.Kind == Rolling])
	switch e.Kind {
	case Rolling:
		return endOfPeriod(monthsAfter(from, e.Months), until, e.Month)
	case RollingDays, Inactivity:
		return endOfPeriod(monthsAfter(from.AddDate(0, 0, e.Days), e.Months), until, e.Month)
	case OnDates:
		for d := monthsAfter(from, e.Months); ; d = d.Add(day24) {
			for _, date := range e.Dates {
				first := time.Date(d.Year(), time.Month(date.Month), 1, 0, 0, 0, 0, time.UTC)
				if d.Equal(first.AddDate(0, 0, min(date.Day, first.AddDate(0, 1, -1).Day())-1)) {
					return d
				}
			}
		}
	}
	return time.Time{}
}

func (n *naive) unit() *Unit { return &n.doc.Units[0] }

func (n *naive) lasts(rule *Rule, from time.Time) time.Time {
	if rule != nil && rule.Expiry.Kind != "" {
		return lastDayOf(&rule.Expiry, from)
	}
	return lastDayOf(&n.unit().Expiry, from)
}

// The days.

func (n *naive) walkTo(day time.Time) {
	for n.today.Before(day) {
		n.today = n.today.Add(day24)
		n.dawn()
	}
}

func (n *naive) dawn() {
	for _, l := range slices.Clone(n.lots) {
		if l.pending && l.awaits == "" && !l.arrives.After(n.today) {
			n.arrive(l)
		}
	}
	for _, l := range n.lots {
		if l.left > 0 && l.pending && l.awaits != "" && !l.cancels.IsZero() && !l.cancels.After(n.today) {
			l.order.award(l.rule).revoked += l.left
			l.left = 0
		}
	}
	n.judge()
	for _, l := range n.lots {
		if !l.pending && !l.ends.IsZero() && l.ends.Before(n.today) {
			l.left = 0
		}
	}
}

// arrive ends a hold: what was pending is a lot of its own from now on.
func (n *naive) arrive(l *naiveLot) {
	if l.left == 0 {
		return
	}
	now := *l
	now.pending, now.awaits = false, ""
	l.left = 0
	n.gain(&now)
}

// gain pays what is owed, then opens the lot.
func (n *naive) gain(l *naiveLot) {
	if !l.pending {
		paid := min(n.deficit, l.left)
		n.deficit -= paid
		l.left -= paid
	}
	if l.left > 0 {
		n.lots = append(n.lots, l)
	}
}

// open are the lots with something left, as they are consumed: by their ends, then by their age, then as they came.
func (n *naive) open() (open []*naiveLot) {
	for _, l := range n.lots {
		if l.left > 0 {
			open = append(open, l)
		}
	}
	slices.SortStableFunc(open, func(a, b *naiveLot) int {
		if a.ends.IsZero() != b.ends.IsZero() {
			return map[bool]int{true: 1, false: -1}[a.ends.IsZero()]
		}
		return cmp.Or(a.ends.Compare(b.ends), a.earned.Compare(b.earned))
	})
	return open
}

func (n *naive) take(points int64, may func(*naiveLot) bool) (parts []naivePart, short int64) {
	for _, l := range n.open() {
		if taken := min(points, l.left); taken > 0 && may(l) {
			l.left -= taken
			points -= taken
			parts = append(parts, naivePart{l, taken})
		}
	}
	return parts, points
}

func (n *naive) sum(may func(*naiveLot) bool) (sum int64) {
	for _, l := range n.open() {
		if may(l) {
			sum += l.left
		}
	}
	return sum
}

func (l *naiveLot) available() bool { return !l.pending }

func (n *naive) spendable(order *naiveOrder) func(*naiveLot) bool {
	return func(l *naiveLot) bool {
		own := n.doc.Redemptions[0].OwnOrder || order == nil || l.order != order
		return !l.pending && !l.usable.After(n.today) && own
	}
}

// active prolongs what lives by activity.
func (n *naive) active(what Activity) {
	e := &n.unit().Expiry
	if e.Kind != Inactivity || !slices.Contains(e.By, what) {
		return
	}
	for _, l := range n.lots {
		if last := lastDayOf(e, n.today); l.left > 0 && l.moveable && !l.ends.IsZero() && l.ends.Before(last) {
			l.ends = last
		}
	}
}

// Tiers, by the money spent.

func (n *naive) deserved() int {
	plan := n.doc.Tiers
	var sum int64
	for day, amount := range n.spend {
		if plan.Window.Kind == Lifetime || day.After(monthsAfter(n.today, -plan.Window.Months)) {
			sum += amount
		}
	}
	best := 0
	for i := range plan.Tiers {
		if sum >= plan.Tiers[i].Threshold {
			best = i
		}
	}
	return best
}

func (n *naive) hold(tier int) {
	n.tier, n.grace, n.until = tier, time.Time{}, time.Time{}
	switch v := n.doc.Tiers.Validity; v.Kind {
	case ValidForMonths:
		n.until = monthsAfter(n.today, v.Months)
	case ValidNextYear:
		n.until = time.Date(n.today.Year()+2, 1, 1, 0, 0, 0, 0, time.UTC)
	case ValidToDate:
		for n.until = n.today; n.until.Month() != time.Month(v.Month) || n.until.Day() != v.Day; {
			n.until = n.until.Add(day24)
		}
		n.until = n.until.Add(day24)
	}
}

func (n *naive) rise() {
	if n.doc.Tiers != nil && n.deserved() > n.tier {
		n.hold(n.deserved())
	}
}

func (n *naive) judge() {
	plan := n.doc.Tiers
	if n.rise(); plan == nil || n.tier == 0 || n.until.After(n.today) || plan.Validity.Kind != NoValidity && n.today.Day() != plan.ReviewDay {
		return
	}
	switch deserved := n.deserved(); {
	case plan.Validity.Kind != NoValidity && n.grace.After(n.today):
	case deserved >= n.tier && plan.Validity.Kind == NoValidity:
		n.grace = time.Time{}
	case deserved >= n.tier:
		n.hold(n.tier)
	case plan.Downgrade == DownNever, n.grace.After(n.today):
	case plan.Grace > 0 && n.grace.IsZero():
		n.grace = monthsAfter(n.today, plan.Grace)
	case plan.Downgrade == DownOneStep:
		n.hold(n.tier - 1)
	default:
		n.hold(deserved)
	}
}

// portion is ⌊whole·of/all⌋, and the whole once all is there.
func portion(whole, of, all int64) int64 {
	if of >= all {
		return whole
	}
	return floor(new(big.Rat).Mul(big.NewRat(whole, 1), big.NewRat(of, all)))
}

func floor(r *big.Rat) int64 { return new(big.Int).Div(r.Num(), r.Denom()).Int64() }
