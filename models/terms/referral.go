package terms

import "dangol/models"

// Referral says when somebody counts as brought by a member: with their first order, once that can be returned no more.
// What the two then get, the rules say whose events are OnReferral and OnReferred; should anything of that order be returned
// even later, both lose what they have not used of it.
type Referral struct {
	Minimum Money `json:"minimum,omitempty"`     // the first order's goods, after discounts, at least
	Within  int   `json:"within_days,omitempty"` // it comes at most so many days after the referral; 0: 180
	After   int   `json:"after_days,omitempty"`  // so many days for returns after it; 0: 14
	Limit   Quota `json:"limit,omitzero"`        // friends of one member that count; zero: 10 a month
}

// What counts where the terms say nothing.
const (
	defaultWithin = 180
	defaultAfter  = 14
)

var defaultLimit = Quota{Per: PerMonth, Times: 10}

// Bounds are the referral's figures, those that stand for an absent one included.
func (r Referral) Bounds() Referral {
	if r.Within == 0 {
		r.Within = defaultWithin
	}
	if r.After == 0 {
		r.After = defaultAfter
	}
	if r.Limit == (Quota{}) {
		r.Limit = defaultLimit
	}
	return r
}

func (v *validator) referral() {
	r := v.terms.Referral
	if r == nil {
		return
	}
	v.within("/referral/minimum", r.Minimum, 0, models.MaxMoney)
	v.within("/referral/within_days", int64(r.Within), 0, 3650)
	v.within("/referral/after_days", int64(r.After), 0, maxWait)
	v.quota("/referral/limit", r.Limit)
}

// referral: who brings somebody under narrower conditions loses by it.
func (w *losses) referral(before, after *Terms) {
	if before.Referral == nil {
		return
	}
	w.note(models.LosesGone, "/referral", referralName, after.Referral == nil)
	if after.Referral == nil {
		return
	}
	old, now := before.Referral.Bounds(), after.Referral.Bounds()
	w.note(models.LosesCondition, "/referral/minimum", referralName, now.Minimum > old.Minimum)
	w.note(models.LosesWait, "/referral/after_days", referralName, now.After > old.After)
	w.note(models.LosesDays, "/referral/within_days", referralName, now.Within < old.Within)
	w.note(models.LosesCap, "/referral/limit", referralName, now.Limit != old.Limit && (now.Limit.Per != old.Limit.Per || now.Limit.Times < old.Limit.Times))
}

var referralName = Text{Ko: koreanReferral.heading, En: englishReferral.heading}

// referralWords say in one language when a friend counts.
type referralWords struct {
	heading string
	counts  func(within, minimum, after string) string
	not     string
	later   func(given string) string
	coupons string // that are not used
	most    func(per LimitPeriod, friends string) string
}

func (s speaker) referralWords() *referralWords {
	if s.locale == "en" {
		return &englishReferral
	}
	return &koreanReferral
}

func (s speaker) referral() []string {
	if s.terms.Referral == nil {
		return nil
	}
	r, w := s.terms.Referral.Bounds(), s.referralWords()
	all := []string{w.counts(s.number(r.Within), s.some(r.Minimum), s.number(r.After)), w.not}
	if given := s.referralGives(); len(given) > 0 {
		all = append(all, w.later(s.pay.list(given)))
	}
	return append(append(all, w.most(r.Limit.Per, s.count(r.Limit.Times))), s.calendar([]LimitPeriod{r.Limit.Per}, append(s.limited(), s.quotas()...)...)...)
}

// referralGives names what the two get for a referral: units, and then coupons.
func (s speaker) referralGives() (given []string) {
	coupons := false
	for i := range s.terms.Earning {
		r := &s.terms.Earning[i]
		unit := s.terms.Unit(r.Unit)
		switch {
		case r.When != OnReferral && r.When != OnReferred:
		case r.Award.Kind == AnyCoupon:
			coupons = true
		case unit != nil:
			given = append(given, s.name(unit))
		}
	}
	if given = distinct(given); coupons {
		given = append(given, s.referralWords().coupons)
	}
	return given
}

var koreanReferral = referralWords{
	heading: "친구 소개",
	counts: func(within, minimum, after string) string {
		if minimum != "" {
			minimum += " 이상 "
		}
		return "소개 코드로 온 친구가 소개받은 날부터 " + within + "일 안에 처음으로 " + minimum + "사시면, 그날부터 " + after + "일 뒤에 소개로 인정해요."
	},
	not: "그동안 그 구매를 환불하시거나, 이미 손님이시거나, 두 분의 연락처가 같으면 소개로 인정하지 않아요.",
	later: func(given string) string {
		return "인정한 뒤라도 그 구매를 조금이라도 환불하시면, 그 소개로 두 분께 드린 " + josa(given, "을/를") + " 다시 거두어요."
	},
	coupons: "아직 쓰지 않으신 쿠폰",
	most: func(per LimitPeriod, friends string) string {
		return "한 분이 소개하신 친구는 " + map[LimitPeriod]string{PerLife: "모두 ", PerDay: "하루에 ", PerMonth: "한 달에 "}[per] + friends + "명까지 인정해요."
	},
}

var englishReferral = referralWords{
	heading: "Refer a friend",
	counts: func(within, minimum, after string) string {
		if minimum != "" {
			minimum = ", of at least " + minimum
		}
		return "A friend who uses your code counts " + counted(after, "day") + " after their first order" + minimum +
			", if they place it within " + counted(within, "day") + " of being referred."
	},
	not: "A friend doesn't count if that order is returned before then, if they were already a customer, or if you share a phone number or email address.",
	later: func(given string) string {
		return "If anything from that order is returned later, we take back the " + given + " you both got for it."
	},
	coupons: "unused coupons",
	most: func(per LimitPeriod, friends string) string {
		return "Up to " + friends + " of your friends count" + map[LimitPeriod]string{PerLife: " in total", PerDay: " a day", PerMonth: " a month"}[per] + "."
	},
}
