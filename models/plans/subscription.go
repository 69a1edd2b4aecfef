package plans

import (
	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/terms"
)

// Subscription is a plan that a member has, or had, with its present period.
type Subscription struct {
	ID         int64
	ExternalID string
	Program    string
	CustomerID int64
	Plan       string
	State      models.SubscriptionState
	StartedOn  calendar.Date
	EndedOn    calendar.Date          // the first day without it; zero: it has not ended
	Reason     models.SubscriptionEnd // why it ended
	Refund     int64                  // what the customer gets back for the last period, minor units
	N          int                    // of the period, from 1 on
	Period     terms.PlanPeriod
	Version    int           // of the terms by which the period began
	PayBy      calendar.Date // the last day on which the period may be unpaid; zero: it costs nothing
	Paid       bool
	Replay     bool `json:"-"` // told before; nothing happened now

	programID  int64
	membership int64
	left       bool          // the member has left the programme
	began      bool          // the period is not stored yet
	given      calendar.Date // the day on which its coupons are to be given, because it has been paid for or costs nothing; zero: not now
}

// Due is what is to be paid for the present period, minor units.
func (s *Subscription) Due() int64 {
	if s.State == models.SubscriptionEnded || s.Paid {
		return 0
	}
	return s.Period.Price
}

// begin opens a period.
func (s *Subscription) begin(plan *terms.Plan, period terms.PlanPeriod, version int) {
	s.N, s.Period, s.Version, s.began, s.Paid, s.PayBy = s.N+1, period, version, true, false, 0
	s.State = models.SubscriptionActive
	switch {
	case period.Trial:
		s.State = models.SubscriptionTrial
	case period.Price == 0:
		s.given = period.From
	default:
		s.PayBy = plan.PayBy(period)
	}
}

// end ends it as a day begins.
func (s *Subscription) end(day calendar.Date, why models.SubscriptionEnd) {
	s.State, s.EndedOn, s.Reason = models.SubscriptionEnded, day, why
}

// due is the day on which something happens by itself; zero: never.
func (s *Subscription) due() calendar.Date {
	switch {
	case s.State == models.SubscriptionEnded, s.Due() == 0 && s.Period.Until.IsZero():
		return 0
	case s.Due() == 0:
		return s.Period.Until + 1
	default:
		return s.PayBy + 1
	}
}

// advance lets the next thing happen that is due by a day: the end, or a period that must be stored before there can be
// another. It reports whether there was any.
func (s *Subscription) advance(t *terms.Timeline, through calendar.Date) bool {
	day := s.due()
	if day.IsZero() || day > through {
		return false
	}
	program := t.At(day.In(t.Zone()))
	plan := program.Terms().Plan(s.Plan)
	switch {
	case s.Due() > 0:
		s.end(day, models.EndUnpaid)
	case s.left:
		s.end(day, models.EndLeft)
	case s.State == models.SubscriptionCancelled:
		s.end(day, models.EndCancelled)
	case plan == nil:
		s.end(day, models.EndNotOffered)
	case !plan.Renews:
		s.end(day, models.EndOver)
	default:
		s.begin(plan, plan.After(s.Period), program.Version())
	}
	return true
}

// until is the last day on which the plan is active as things stand, so that a till is right before the day's work has
// come to it: one that renews goes on into the days of grace.
func (s *Subscription) until(t *terms.Timeline) calendar.Date {
	switch {
	case s.State == models.SubscriptionEnded:
		return s.EndedOn - 1
	case s.Due() > 0:
		return s.PayBy
	case s.State == models.SubscriptionCancelled || s.Period.Until.IsZero():
		return s.Period.Until
	}
	if plan := t.Version(s.Version).Terms().Plan(s.Plan); plan.Renews {
		return plan.PayBy(terms.PlanPeriod{From: s.Period.Until + 1})
	}
	return s.Period.Until
}
