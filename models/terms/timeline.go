package terms

import (
	"slices"
	"time"

	"dangol/models/calendar"
)

// Telling says when a member counts as told that a lot ends.
type Telling string

// The policies.
const (
	TellByFact   Telling = "fact"   // Lot.ToldOn, at least NoticeDays before the lot's last day; else it is prolonged
	TellByOutbox Telling = "outbox" // a sandbox: the notice that falls due is the delivery
	TellNobody   Telling = "nobody" // a sandbox that expires without notices
)

// NoticeDays is how long before a lot's last day its owner must have been told at the latest.
const NoticeDays = 3

// NoticeMonths is how long before a lot's last day its owner may be told of it at the earliest.
const NoticeMonths = 2

// Timeline is a programme's published versions, and what else rules its days. It never changes.
type Timeline struct {
	zone     *time.Location
	telling  Telling
	versions []Version
	firsts   []calendar.Date // the first day that begins under each version
	needs    Needs           // of all versions together
	tracks   tracks          // by any of them
}

// Version is a program in force from a moment of business time.
type Version struct {
	From    time.Time
	Program *Program
	Mapping map[string]TierMapping // held tiers whose meaning this version changes, by code
}

// TierMapping says what becomes of a held tier.
type TierMapping struct {
	To     string `json:"to"`                // the code held from then on
	AtOnce bool   `json:"at_once,omitempty"` // judged anew on the first day of the version; else kept until its validity ends
}

// NewTimeline puts versions in the order in which they take force; of two with the same moment the later one rules.
func NewTimeline(zone *time.Location, telling Telling, versions ...Version) *Timeline {
	t := &Timeline{zone: zone, telling: telling, versions: slices.Clone(versions)}
	slices.SortStableFunc(t.versions, func(a, b Version) int { return a.From.Compare(b.From) })
	for i := range t.versions {
		program := *t.versions[i].Program
		program.mapping, program.zone = t.versions[i].Mapping, zone
		t.versions[i].Program = &program
		t.firsts = append(t.firsts, t.firstDay(&t.versions[i]))
		t.needs.widen(program.Needs())
		t.tracks.widen(program.tracks)
	}
	for i := range t.versions {
		t.versions[i].Program.tracks = t.tracks
	}
	return t
}

// Zone is the merchant's.
func (t *Timeline) Zone() *time.Location { return t.zone }

// At is the version in force at a moment; nil before the first.
func (t *Timeline) At(moment time.Time) *Program {
	for i := len(t.versions) - 1; i >= 0; i-- {
		if !t.versions[i].From.After(moment) {
			return t.versions[i].Program
		}
	}
	return nil
}

// on is the version in force as a day begins.
func (t *Timeline) on(day calendar.Date) *Program { return t.At(day.In(t.zone)) }

// firstDay is the first day that begins under a version.
func (t *Timeline) firstDay(v *Version) calendar.Date {
	day := calendar.DateOf(v.From, t.zone)
	if day.In(t.zone).Before(v.From) {
		return day.AddDays(1)
	}
	return day
}

// begins reports whether a version takes force with this day.
func (t *Timeline) begins(day calendar.Date) bool {
	return slices.Contains(t.firsts, day)
}

// Event is something that happens to a member at a moment: a *Purchase, *Refund, *Amendment, *Request,
// *Grant, *Happened or *Look.
type Event interface {
	day() calendar.Date
	apply(t *Timeline, m *Member) Outcome
}

// Advance lets events happen to a member in the order given, with the day steps between them, and then settles through
// until. It is what the till, the import and the test clock have in common. Events before the first version, and those
// that are refused, do nothing.
func (t *Timeline) Advance(m *Member, events []Event, until calendar.Date) Outcome {
	var all Outcome
	for _, event := range events {
		t.settle(m, event.day(), &all)
		all.add(event.apply(t, m))
	}
	t.settle(m, until, &all)
	return all
}

func (a *Amendment) day() calendar.Date { return a.Day }
func (e *Happened) day() calendar.Date  { return e.Day }
func (p *Purchase) day() calendar.Date  { return p.Day }
func (r *Refund) day() calendar.Date    { return r.Day }
func (r *Request) day() calendar.Date   { return r.Day }
func (g *Grant) day() calendar.Date     { return g.Day }

func (p *Purchase) apply(t *Timeline, m *Member) (out Outcome) {
	if program := t.At(p.At); program != nil {
		out = program.Accrue(m, p)
	}
	return out
}

func (r *Refund) apply(t *Timeline, m *Member) (out Outcome) {
	if program := t.At(r.History.At); program != nil {
		out, _ = program.Refund(m, r)
	}
	return out
}

func (r *Request) apply(t *Timeline, m *Member) (out Outcome) {
	if program := t.At(r.At); program != nil {
		out, _ = program.Redeem(m, r)
	}
	return out
}

func (g *Grant) apply(t *Timeline, m *Member) (out Outcome) {
	if program := t.At(g.At); program != nil {
		out, _ = program.Grant(m, g)
	}
	return out
}

func (a *Amendment) apply(t *Timeline, m *Member) (out Outcome) {
	if program := t.At(a.History.At); program != nil {
		out, _ = program.Amend(m, a)
	}
	return out
}

func (e *Happened) apply(t *Timeline, m *Member) (out Outcome) {
	if program := t.At(e.At); program != nil {
		out = program.Release(m, e)
	}
	return out
}

// add appends what another operation did. Day is the last one's; Spend, Paid and Worth are sums.
func (o *Outcome) add(next Outcome) {
	o.Awards = append(o.Awards, next.Awards...)
	o.Movements = append(o.Movements, next.Movements...)
	o.Tiers = append(o.Tiers, next.Tiers...)
	o.Extensions = append(o.Extensions, next.Extensions...)
	o.Used = append(o.Used, next.Used...)
	o.Coupons = append(o.Coupons, next.Coupons...)
	o.Claims = append(o.Claims, next.Claims...)
	o.Budgets = append(o.Budgets, next.Budgets...)
	o.Misses = next.Misses
	o.Spend += next.Spend
	o.Paid += next.Paid
	o.Worth += next.Worth
	o.Day = max(o.Day, next.Day)
}
