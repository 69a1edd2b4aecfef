package terms

import "strings"

// planWords say in one language what paid memberships cost and bring.
type planWords struct {
	heading  string
	costs    func(plan, price string, per PlanSpan) string
	trial    func(days string) string
	renews   map[bool]map[PlanSpan]string
	unpaid   func(days string) string
	coupons  func(names []string) string
	benefits func(list []string) string
	cancel   map[bool]string // true: of plans without periods
	back     map[bool]string
	only     func(plans []string) string
	miss     func(plan, coupon string) string
}

func (s speaker) planWords() *planWords {
	if s.locale == "en" {
		return &englishPlans
	}
	return &koreanPlans
}

// plans says what each plan costs and brings, and how it ends.
func (s speaker) plans() (all []string) {
	w, life := s.planWords(), true
	for i := range s.terms.Plans {
		p := &s.terms.Plans[i]
		all = append(all, w.costs(p.Name.In(s.locale), s.some(p.Price), p.Per))
		if p.Trial > 0 {
			all = append(all, w.trial(s.number(p.Trial)))
		}
		if len(p.Coupons) > 0 {
			var names []string
			for _, code := range p.Coupons {
				names = append(names, s.couponName(code))
			}
			all = append(all, w.coupons(names))
		}
		if len(p.Benefits) > 0 {
			var list []string
			for _, benefit := range p.Benefits {
				list = append(list, benefit.In(s.locale))
			}
			all = append(all, w.benefits(list))
		}
		life = life && p.Per == PlanLife
		if p.Per != PlanLife {
			all = append(all, w.renews[p.Renews][p.Per])
		}
		if p.Price > 0 {
			all = append(all, w.unpaid(s.number(int(p.PayBy(PlanPeriod{})+1))))
		}
	}
	if len(all) > 0 {
		all = append(all, w.cancel[life], w.back[life])
	}
	return all
}

func (s speaker) planName(code string) string {
	if p := s.terms.Plan(code); p != nil {
		return p.Name.In(s.locale)
	}
	return code
}

var koreanPlans = planWords{
	heading: "회원권",
	costs: func(plan, price string, per PlanSpan) string {
		if price == "" {
			return "‘" + plan + "’ 회원권은 무료예요."
		}
		if per == PlanLife {
			return "‘" + plan + "’ 회원권은 " + josa(price, "을/를") + " 한 번만 내시면 평생 쓸 수 있어요."
		}
		span := map[PlanSpan]string{PlanWeek: "한 주에 ", PlanMonth: "한 달에 ", PlanYear: "한 해에 "}[per]
		return "‘" + plan + "’ 회원권은 " + span + josa(price, "이에요/예요") + "."
	},
	trial: func(days string) string { return "처음 한 번, " + days + "일은 무료예요." },
	renews: map[bool]map[PlanSpan]string{
		true: {
			PlanWeek:  "해지하지 않으시면 한 주씩 이어지고, 값이 바뀌면 다음에 이어질 때부터예요.",
			PlanMonth: "해지하지 않으시면 한 달씩 이어지고, 값이 바뀌면 다음에 이어질 때부터예요.",
			PlanYear:  "해지하지 않으시면 한 해씩 이어지고, 값이 바뀌면 다음에 이어질 때부터예요.",
		},
		false: {
			PlanWeek: "한 주가 지나면 자동으로 이어지지 않아요.", PlanMonth: "한 달이 지나면 자동으로 이어지지 않아요.", PlanYear: "한 해가 지나면 자동으로 이어지지 않아요.",
		},
	},
	unpaid: func(days string) string { return "시작하고 " + days + "일 안에 내지 않으시면 끝나요." },
	coupons: func(names []string) string {
		return "내실 때마다 ‘" + strings.Join(names, "’, ‘") + "’ 쿠폰을 드려요."
	},
	benefits: func(list []string) string { return "혜택: " + strings.Join(list, ", ") },
	cancel: map[bool]string{
		false: "언제든 해지하실 수 있고, 해지하셔도 그 기간의 마지막 날까지 쓸 수 있어요.",
		true:  "언제든 끝내실 수 있어요.",
	},
	back: map[bool]string{
		false: "바로 끝내시면, 그 기간의 혜택을 아직 쓰지 않으셨을 때만 낸 돈을 돌려드려요.",
		true:  "끝내시면, 혜택을 아직 쓰지 않으셨을 때만 낸 돈을 돌려드려요.",
	},
	only: func(plans []string) string {
		return "‘" + strings.Join(plans, "’이나 ‘") + "’ 회원권이 있을 때만 쓸 수 있어요."
	},
	miss: func(plan, coupon string) string {
		return plan + " 회원이 되시면 " + josa("‘"+coupon+"’", "을/를") + " 쓸 수 있어요"
	},
}

var englishPlans = planWords{
	heading: "Paid membership",
	costs: func(plan, price string, per PlanSpan) string {
		span := map[PlanSpan]string{PlanWeek: " a week", PlanMonth: " a month", PlanYear: " a year", PlanLife: " once, for life"}[per]
		if price == "" {
			return "“" + plan + "” is free."
		}
		return "“" + plan + "” costs " + price + span + "."
	},
	trial: func(days string) string { return "Free for the first " + counted(days, "day") + ", once." },
	renews: map[bool]map[PlanSpan]string{
		true: {
			PlanWeek:  "Renews every week unless you cancel. A new price applies from the next renewal.",
			PlanMonth: "Renews every month unless you cancel. A new price applies from the next renewal.",
			PlanYear:  "Renews every year unless you cancel. A new price applies from the next renewal.",
		},
		false: {
			PlanWeek: "Ends after a week and doesn't renew.", PlanMonth: "Ends after a month and doesn't renew.",
			PlanYear: "Ends after a year and doesn't renew.",
		},
	},
	unpaid: func(days string) string { return "Ends if it isn't paid within " + counted(days, "day") + "." },
	coupons: func(names []string) string {
		return "Each time you pay, you get “" + strings.Join(names, "”, “") + "”."
	},
	benefits: func(list []string) string { return "Includes: " + strings.Join(list, ", ") + "." },
	cancel: map[bool]string{
		false: "Cancel any time and keep it to the last day of that period.",
		true:  "You can end it any time.",
	},
	back: map[bool]string{
		false: "If you end it right away, we refund you only if you haven't used a benefit in that period.",
		true:  "If you end it, we refund you only if you haven't used a benefit.",
	},
	only: func(plans []string) string {
		return "Only with the plan “" + strings.Join(plans, "” or “") + "”."
	},
	miss: func(plan, coupon string) string { return "“" + coupon + "” is for members of " + plan },
}
