package terms

import "strings"

// bonusWords are what is said of events that are no purchase, and of rules that work together.
type bonusWords struct {
	event      func(when When, name string) string // the beginning of a sentence: "후기를 남기시면"
	reached    func(window, amount string) string
	bases      func(rules []string) string
	times      func(when, bases, times string) string
	plus       func(when, bases, points string) string
	sum        string
	multiply   string
	reject     string
	eachLine   func(when, points string) string
	forEach    func(when, points string) string // of what happened
	chance     func(oneIn string) string
	group      func(mode GroupMode, names []string) string
	last       func(rule string, bonus bool) string
	most       func(unit, points string) string
	budget     func(per LimitPeriod, points string) string
	budgetUses func(per LimitPeriod, times string) string

	timesOf  func(times, result string) string
	paidOf   func(paid string) string
	lessOf   func(paid, result string) string
	allOf    func(result string) string
	mostOf   func(result string) string
	chanceOf func(oneIn string) string
	kindsOf  func(count, points, result string) string
}

var koreanBonus = bonusWords{
	event: func(when When, name string) string {
		return orName(koreanEvents[when], josa(name, "을/를")+" 하시면")
	},
	reached: func(window, amount string) string { return window + " " + josa(amount, "을/를") + " 채우시면" },
	bases:   func(rules []string) string { return strings.Join(rules, ", ") + " 적립" },
	times: func(when, bases, times string) string {
		if times == "0" {
			return when + " " + josa(bases, "은/는") + " 드리지 않아요."
		}
		return when + " " + josa(bases, "을/를") + " 모두 합쳐 평소의 " + times + "배로 드려요."
	},
	plus: func(when, bases, points string) string {
		return when + " " + bases + "에 " + josa(points, "을/를") + " 더 드려요."
	},
	sum:      "따로 적지 않은 한, 여러 가지에 해당하시면 모두 더해서 드려요.",
	multiply: "배로 드리는 것이 겹치면 서로 곱해서 드려요.",
	reject:   "이 한도를 넘기는 적립은 한도까지만 드리지 않고 통째로 드리지 않아요.",
	eachLine: func(when, points string) string { return when + " 상품 한 가지에 " + points + "씩 드려요." },
	forEach:  func(when, points string) string { return when + " 하나마다 " + points + "씩 드려요." },
	chance: func(oneIn string) string {
		return "깜짝 선물이에요. " + oneIn + "번에 한 번꼴로 드려요."
	},
	group: func(mode GroupMode, names []string) string {
		list := "‘" + strings.Join(names, "’, ‘") + "’"
		switch {
		case mode == GroupBest:
			return list + " 가운데 가장 많은 것 하나를 드려요."
		case mode == GroupFirst:
			return list + " 가운데 앞의 것 하나를 드려요."
		case len(names) > 1:
			return list + " 가운데 앞의 것 하나만 드리고, 다른 적립은 함께 드리지 않아요."
		default:
			return josa(list, "을/를") + " 받으시면 다른 적립은 함께 받지 않아요."
		}
	},
	last: func(rule string, bonus bool) string {
		got := "‘" + josa(rule+"’", "을/를") + " 받으시면 그 아래"
		if bonus {
			return got + " 배수 적립과 추가 적립은 함께 받지 않아요."
		}
		return got + " 것은 함께 받지 않아요."
	},
	most: func(unit, points string) string {
		return josa(unit, "은/는") + " " + points + "까지 모을 수 있어요."
	},
	budget: func(per LimitPeriod, points string) string {
		return koreanBudget[per] + " " + points + "까지만 준비했어요."
	},
	budgetUses: func(per LimitPeriod, times string) string {
		return koreanBudget[per] + " " + times + "번까지만 준비했어요."
	},

	timesOf: func(times, result string) string { return times + "배 = " + result },
	paidOf:  func(paid string) string { return "이미 드린 " + paid },
	lessOf: func(paid, result string) string {
		return "이미 드린 " + josa(paid, "을/를") + " 빼면 = " + result
	},
	allOf:    func(result string) string { return "모두 더하면 = " + result },
	mostOf:   func(result string) string { return "더 모을 수 있는 데까지 = " + result },
	chanceOf: func(oneIn string) string { return "깜짝 선물에 뽑혔어요 (" + oneIn + "번에 한 번)" },
	kindsOf: func(count, points, result string) string {
		return "서로 다른 상품 " + count + "가지 × " + points + " = " + result
	},
}

var (
	koreanEvents = map[When]string{
		OnEnrolment: "회원이 되시면", OnBirthday: "생일에", OnAnniversary: "회원이 되신 날이 해마다 돌아오면",
		OnProfile: "회원 정보를 다 적어 주시면", OnReview: "후기를 남겨 주시면",
		OnReferral: "소개하신 친구가 처음 사고 소개로 인정되면", OnReferred: "소개로 와서 처음 사고 소개로 인정되시면", OnShare: "소식을 나누어 주시면",
		OnCheckIn: "들러 주시면", OnSurvey: "설문에 답해 주시면", OnQuiz: "퀴즈를 맞히시면",
	}
	koreanBudget = map[LimitPeriod]string{
		PerLife: "모두 합쳐", PerDay: "하루에 모두 합쳐", PerWeek: "한 주에 모두 합쳐", PerMonth: "한 달에 모두 합쳐", PerYear: "한 해에 모두 합쳐",
	}
)

// orName is what an event is called, or what its own name makes of it.
func orName(word, byName string) string {
	if word != "" {
		return word
	}
	return byName
}

var englishBonus = bonusWords{
	event:   func(when When, name string) string { return orName(englishEvents[when], "For “"+name+"”,") },
	reached: func(window, amount string) string { return "When you reach " + amount + " " + window + "," },
	bases:   func(rules []string) string { return listedAs(rules, "and") },
	times: func(when, bases, times string) string {
		if times == "0" {
			return when + " you earn nothing for " + bases + "."
		}
		return when + " you earn a total of " + times + " times the usual amount for " + bases + "."
	},
	plus: func(when, bases, points string) string {
		return when + " you earn an extra " + points + " on top of " + bases + "."
	},
	sum:      "Unless it says otherwise, if several of these apply you get all of them.",
	multiply: "If several of these multiples apply at once, they are multiplied with each other.",
	reject:   "An award that would go over this limit isn't cut down to it: you get none of it.",
	eachLine: func(when, points string) string { return when + " you earn " + points + " for each different item." },
	forEach:  func(when, points string) string { return when + " you get " + points + " for each one." },
	chance:   func(oneIn string) string { return "It's a surprise: about 1 time in " + oneIn + "." },
	group: func(mode GroupMode, names []string) string {
		list := "“" + strings.Join(names, "”, “") + "”"
		switch {
		case mode == GroupBest:
			return "Of " + list + ", you get whichever gives you most."
		case mode == GroupFirst:
			return "Of " + list + ", you get the first that applies."
		case len(names) > 1:
			return "Of " + list + ", you get the first that applies, and nothing else at the same time."
		default:
			return "With " + list + ", you don't earn anything else at the same time."
		}
	},
	last: func(rule string, bonus bool) string {
		if bonus {
			return "With “" + rule + "”, you don't also get the multiples and extras listed below it."
		}
		return "With “" + rule + "”, you don't also earn what's listed below it."
	},
	most: func(unit, points string) string { return "You can hold up to " + points + "." },
	budget: func(per LimitPeriod, points string) string {
		return "Everyone shares a total of " + points + englishBudget[per] + "."
	},
	budgetUses: func(per LimitPeriod, times string) string {
		return "Everyone shares a total of " + counted(times, "time") + englishBudget[per] + "."
	},

	timesOf:  func(times, result string) string { return "× " + times + " = " + result },
	paidOf:   func(paid string) string { return "Already given: " + paid },
	lessOf:   func(paid, result string) string { return "less the " + paid + " already given = " + result },
	allOf:    func(result string) string { return "in total = " + result },
	mostOf:   func(result string) string { return "up to the most you can hold = " + result },
	chanceOf: func(oneIn string) string { return "A surprise, 1 time in " + oneIn },
	kindsOf: func(count, points, result string) string {
		return counted(count, "different item") + " × " + points + " = " + result
	},
}

var (
	englishEvents = map[When]string{
		OnEnrolment: "When you join,", OnBirthday: "On your birthday,", OnAnniversary: "On each anniversary of joining,",
		OnProfile: "When you complete your profile,", OnReview: "When you write a review,",
		OnReferral: "When a friend you refer makes a first purchase that counts,", OnReferred: "When a friend refers you and your first purchase counts,",
		OnShare: "When you share our news,", OnCheckIn: "When you check in,", OnSurvey: "When you answer a survey,",
		OnQuiz: "When you answer a quiz correctly,",
	}
	englishBudget = map[LimitPeriod]string{
		PerLife: "", PerDay: " each day", PerWeek: " each week", PerMonth: " each month", PerYear: " each year",
	}
)
