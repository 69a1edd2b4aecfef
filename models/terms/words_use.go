package terms

import "strings"

// payWords say in one language how one becomes a member, what points pay, and what becomes of all when a purchase is returned.
type payWords struct {
	joins   map[bool]string // by oneself, or with the first purchase
	worth   func(points, money string) string
	from    func(minimum, step string) string
	share   func(percent string, all bool) string
	beyond  map[Beyond]string
	own     func(unit string, at, later bool) string // at: at once; later: some come later than that
	minutes func(unit, n string) string
	swap    func(points, thing, upTo string) string

	list       func(units []string) string
	takes      func(units string) string
	owes       func(units []string) string
	forgives   string
	gives      func(units string) string
	courtesy   func(days string) string
	couponGone string
	couponBack string
}

var koreanPay = payWords{
	joins: map[bool]string{
		true:  "처음 사실 때 저절로 회원이 돼요. 따로 가입하지 않으셔도 돼요.",
		false: "회원으로 가입하신 뒤부터 쌓여요.",
	},
	worth: func(points, money string) string {
		return josa(points, "은/는") + " " + josa(money, "과/와") + " 같아요."
	},
	from: func(minimum, step string) string { return minimum + "부터 " + step + "씩 쓸 수 있어요." },
	share: func(percent string, all bool) string {
		if all {
			return "결제 금액 전부를 낼 수 있어요."
		}
		return "결제 금액의 " + percent + "까지 낼 수 있어요."
	},
	beyond: map[Beyond]string{
		"":     "더 쓰겠다고 하셔도 쓸 수 있는 만큼만 써요.",
		Clamp:  "더 쓰겠다고 하셔도 쓸 수 있는 만큼만 써요.",
		Refuse: "이 범위를 벗어나게 쓰실 수는 없어요.",
	},
	own: func(unit string, at, later bool) string {
		from, unless := josa(unit, "은/는"), ""
		use := " 다음 구매부터 쓸 수 있어요."
		if at {
			from, use = unit+"도", " 그 구매에 바로 쓸 수 있어요."
		}
		if later {
			unless = ", 더 늦게 쓸 수 있다고 적지 않았으면"
		}
		return "이번 구매로 받은 " + from + unless + use
	},
	minutes: func(unit, n string) string {
		return "결제를 마치지 않으시면, 쓰려고 빼 두신 " + josa(unit, "은/는") + " " + n + "분 뒤에 되돌아와요."
	},
	swap: func(points, thing, upTo string) string {
		return josa(points, "을/를") + " 모으면 " + josa(thing, "을/를") + " 드려요 (값에서 " + upTo + "까지 빼 드려요)."
	},

	list: func(units []string) string {
		all := ""
		for i, unit := range units {
			if i < len(units)-1 {
				unit = josa(unit, "과/와") + " "
			}
			all += unit
		}
		return all
	},
	takes: func(units string) string {
		return "그 구매로 받은 " + josa(units, "은/는") + " 환불하신 금액의 비율대로 되돌려요. 딱 떨어지지 않으면 적은 쪽으로 하고, 모두 환불하시면 모두 되돌려요."
	},
	owes: func(units []string) string {
		if len(units) > 1 {
			return "모자라면 저마다 다음에 쌓이는 것에서 채워요."
		}
		return "모자라면 다음에 쌓이는 " + josa(units[0], "으로/로") + " 채워요."
	},
	forgives: "모자라면 남아 있는 만큼만 되돌려요.",
	gives: func(units string) string {
		return "그 구매에 쓰신 " + josa(units, "은/는") + " 환불하신 금액의 비율대로, 원래 기한 그대로 돌려드려요. 딱 떨어지지 않으면 적은 쪽으로 하고, 모두 환불하시면 모두 돌려드려요."
	},
	courtesy: func(days string) string {
		return "그사이 기한이 지났으면 돌려드린 날부터 " + days + "일 뒤까지 쓸 수 있어요."
	},
	couponGone: "모두 환불하시면, 그 구매로 받고 아직 쓰지 않으신 쿠폰은 쓸 수 없게 돼요.",
	couponBack: "모두 환불하시면, 그 구매에 쓰신 쿠폰은 원래 기한 그대로 돌려드려요. 그사이 기한이 지난 쿠폰은 다시 쓸 수 없어요.",
}

var englishPay = payWords{
	joins: map[bool]string{
		true:  "You become a member with your first purchase; there's nothing to sign up for.",
		false: "You earn once you've joined.",
	},
	worth: func(points, money string) string { return points + " is worth " + money + "." },
	from: func(minimum, step string) string {
		return "Use at least " + minimum + ", in steps of " + step + "."
	},
	share: func(percent string, all bool) string {
		if all {
			return "You can pay for a whole order this way."
		}
		return "You can pay for up to " + percent + " of an order this way."
	},
	beyond: map[Beyond]string{
		"":     "If you ask for more than you can use, we use as much as you can.",
		Clamp:  "If you ask for more than you can use, we use as much as you can.",
		Refuse: "You can't use them outside these limits.",
	},
	own: func(unit string, at, later bool) string {
		use, unless := " from one purchase starting with the next", ""
		if at {
			use = " from a purchase on that same purchase"
		}
		if later {
			unless = ", unless it says above that they come later"
		}
		return "You can use the " + unit + use + unless + "."
	},
	minutes: func(unit, n string) string {
		return "If you don't finish paying, the " + unit + " set aside for it come back after " + counted(n, "minute") + "."
	},
	swap: func(points, thing, upTo string) string {
		return "Trade " + points + " for " + thing + " (up to " + upTo + " off)."
	},

	list: func(units []string) string { return listedAs(units, "and") },
	takes: func(units string) string {
		return "We take back the " + units + " the purchase earned, in proportion to the amount you return, rounded down; if you return everything, all of them."
	},
	owes: func(units []string) string {
		if len(units) > 1 {
			return "If you don't have enough of one left, the difference comes out of what you earn of it next."
		}
		return "If you don't have enough left, the difference comes out of the next " + units[0] + " you earn."
	},
	forgives: "If you don't have enough left, we take back only what is there.",
	gives: func(units string) string {
		return "We give back the " + units + " you paid with, in proportion to the amount you return, rounded down; if you return everything, all of them. They keep the same expiry date."
	},
	courtesy: func(days string) string {
		return "If that date has passed by then, you can use them for " + counted(days, "day") + " after the day we give them back."
	},
	couponGone: "If you return everything, a coupon that came with the purchase and is still unused can't be used any more.",
	couponBack: "If you return everything, a coupon you used on the purchase comes back with the same expiry date. If that date has passed by then, you can't use it any more.",
}

// koreanSentence joins what is given with how it is used: "…드리고, 1,000P부터 쓸 수 있어요."
func koreanSentence(given string, bounds []string, used string) string {
	for i := range bounds {
		bounds[i] = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(bounds[i], "."), " 드려요"), " 준비했어요")
	}
	aside := strings.TrimPrefix(inBrackets(strings.Join(bounds, ", "), ""), " ")
	if stem, ok := strings.CutSuffix(given, "드려요."); ok && used != "" {
		return stem + "드리고" + aside + ", " + used
	}
	return strings.TrimSpace(strings.TrimSuffix(given, ".") + aside + ". " + used)
}

func englishSentence(given string, bounds []string, used string) string {
	for i := range bounds {
		bounds[i] = lowerFirst(strings.TrimSuffix(bounds[i], "."))
	}
	return strings.TrimSpace(strings.TrimSuffix(given, ".") + inBrackets(strings.Join(bounds, ", "), "") + ". " + used)
}
