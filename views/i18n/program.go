package i18n

import "dangol/models"

// Program is the programme on one page.
type Program struct {
	Title, NotStarted, Sentence                                                            string
	Running                                                                                func(version, since string) string
	Draft                                                                                  func(version string) string
	DraftFirst, Compare, DiscardDraft, Discarded, Versions, ReadOnly, SeeTerms             string
	Rules, EarnRule, FirstRule, FirstMin, HoldRule, UseRule, UseStep, UseShare, EndRule    string
	StampUse, StampWorth                                                                   string
	EarnHelp, FirstHelp, HoldHelp, UseHelp, ShareHelp, EndHelp, EndNever                   string
	Percent, DaysUnit, MonthsUnit                                                          string
	Tiers, TiersHelp, TiersOn, TierName, TierFrom, TierRate, TierBase, Downgrade           string
	DownOneStep, DownFull, DownNever                                                       string
	TierNow, TierAfter, TierShare, TierAverage, TierCost                                   string
	TierDrop                                                                               func(people string) string
	TierPart                                                                               func(part string) string
	TierNoDrop, Sample, HistogramTitle, HistogramDesc, Spend12                             string
	Birthday, BirthdayHelp, BirthdayOn, BirthdayAmount, BirthdayMin, Lead, After           string
	LeapDay, LeapFeb28, LeapMar1, LeapOnly, LeapMonth, LeapPlain, LeapKeep                 string
	Next30, BirthdayDate, BirthdayEntered, BirthdayGets, BirthdaySkip                      string
	BirthdaySum                                                                            func(people, cost string) string
	BirthdayNone                                                                           func(share string) string
	NoBirthdays, BirthdayTip                                                               string
	Excluded                                                                               Excluded
	Cost, CostHelp, PerMonth, OfSales, PayBack, CustomerYear, CostSales                    string
	CostUsual                                                                              func(sales string) string
	PayBackVisits                                                                          func(visits string) string
	CustomerGets                                                                           func(money string) string
	Replay                                                                                 func(orders, points, change string) string
	Drawn                                                                                  func(night, of, people string) string
	DrawnError                                                                             func(points, change string) string
	CostLines                                                                              CostLines
	Example, ExampleAmount                                                                 string
	Warnings                                                                               string
	Start, StartFirst, SaveDraft, StartTitle, StartHelp, When, StartToday, StartOn, Notice string
	NoticeNeeded                                                                           func(days string) string
	Losses                                                                                 map[models.LossKind]string
	Alone, AlonePassword, ConfirmMembers                                                   string
	Changed                                                                                func(n int64) string
	Before, Now, NoChange, Published                                                       string
	VersionsTitle, VersionsHelp, VersionNumber, InForce, Coming, Past, By, GoBack          string
	VersionName                                                                            func(n int64) string
	CompareTitle                                                                           func(a, b string) string
	DraftName, What, WorseFor                                                              string
}

// Excluded says why somebody gets no birthday coupon.
type Excluded struct{ None, Consent, Already, TooNew, Minor string }

// Name is the word for a reason's code; "" is nobody excluded.
func (e Excluded) Name(code string) string {
	switch code {
	case "consent":
		return e.Consent
	case "already":
		return e.Already
	case "too_new":
		return e.TooNew
	}
	return e.None
}

// CostLines names the parts of what a programme costs.
type CostLines struct{ Purchase, First, Birthday, Tiers, Other string }

// Name is the word for a part's code.
func (c CostLines) Name(code string) string {
	switch code {
	case "purchase":
		return c.Purchase
	case "first":
		return c.First
	case "birthday":
		return c.Birthday
	case "tiers":
		return c.Tiers
	}
	return c.Other
}

var koProgram = Program{
	Title: "프로그램", NotStarted: "아직 시작하지 않았어요", Sentence: "한 문장으로",
	Running: func(version, since string) string {
		return Josa(version, "이/가") + " " + since + "부터 적용되고 있어요"
	},
	Draft: func(version string) string {
		return "고치는 중이에요. 손님에게는 " + Josa(version, "이/가") + " 적용되고 있어요."
	},
	DraftFirst: "아직 시작하기 전이에요. 마음껏 고쳐도 손님에게는 보이지 않아요.",
	Compare:    "비교하기", DiscardDraft: "고친 것 버리기", Discarded: "고친 것을 버렸어요", Versions: "지난 약속", ReadOnly: "보기만 할 수 있어요. 고치려면 관리자에게 부탁해 주세요.", SeeTerms: "손님이 보는 약속",
	Rules: "약속", EarnRule: "쓴 돈의", FirstRule: "첫 구매에 더", FirstMin: "첫 구매 최소 금액", HoldRule: "들어오는 때", UseRule: "쓸 수 있는 때", UseStep: "쓰는 단위", UseShare: "결제액 가운데", EndRule: "유효기간",
	StampUse: "모을 스탬프", StampWorth: "음료 값 한도",
	EarnHelp: "할인한 뒤 낸 돈으로 셈해요. 배송비와 포인트로 낸 돈은 빼요.", FirstHelp: "전화번호마다 한 번, 다음 방문부터 쓸 수 있어요.", HoldHelp: "0일이면 계산할 때 바로 들어와요.",
	UseHelp: "이만큼 모이면 쓸 수 있어요.", ShareHelp: "한 번에 이만큼까지 포인트로 낼 수 있어요.", EndHelp: "마지막 달 말일까지 쓸 수 있어요. 0이면 끝이 없어요.", EndNever: "끝이 없어요",
	Percent: "%", DaysUnit: "일 뒤", MonthsUnit: "개월",
	Tiers: "등급", TiersHelp: "최근 12개월 동안 쓴 돈으로 나눠요.", TiersOn: "등급 나누기", TierName: "이름", TierFrom: "이만큼 쓰면", TierRate: "적립률", TierBase: "누구나", Downgrade: "덜 오시면",
	DownOneStep: "한 단계만 내려요", DownFull: "맞는 등급으로 내려요", DownNever: "등급 안 내리기",
	TierNow: "지금", TierAfter: "바뀐 뒤", TierShare: "비율", TierAverage: "평균 구매액", TierCost: "한 달 혜택",
	TierDrop: func(people string) string { return Josa(people, "이/가") + " 지금보다 낮은 등급이 돼요" }, TierNoDrop: "낮아지는 손님은 없어요",
	TierPart: func(part string) string { return part + "명에 한 명씩 세어 늘린 어림이에요" },
	Sample:   "손님이 50명이 안 되어 보기 손님으로 그렸어요.", HistogramTitle: "손님이 얼마나 썼나요?", HistogramDesc: "최근 12개월 구매액별 손님 수. 세로 점선이 등급 기준이에요.", Spend12: "최근 12개월 구매액",
	Birthday: "생일", BirthdayHelp: "한 해에 한 번 드려요. 음력 생일은 해마다 양력으로 바꿔 셈해요.", BirthdayOn: "생일 쿠폰 드리기", BirthdayAmount: "쿠폰 금액", BirthdayMin: "최소 주문 금액", Lead: "생일 전", After: "생일 뒤",
	LeapDay: "2월 29일생은 평년에", LeapFeb28: "2월 28일", LeapMar1: "3월 1일", LeapOnly: "윤년에만", LeapMonth: "윤달생은", LeapPlain: "같은 달 평달에", LeapKeep: "그 윤달이 있는 해에는 윤달에",
	Next30: "앞으로 30일 동안 받을 손님", BirthdayDate: "받는 날", BirthdayEntered: "생일", BirthdayGets: "받는 것", BirthdaySkip: "건너뛰기",
	BirthdaySum: func(people, cost string) string { return people + " · 최대 " + cost },
	BirthdayNone: func(share string) string {
		return "손님의 " + Josa(share, "은/는") + " 생일을 몰라요. 계산대에서 여쭤보면 채워져요."
	},
	NoBirthdays: "앞으로 30일 동안 생일인 손님이 없어요", BirthdayTip: "계산대에서 손님을 등록할 때 생일을 여쭤보세요.",
	Excluded: Excluded{None: "받아요", Consent: "받겠다고 하지 않으셨어요", Already: "올해 이미 받았어요", TooNew: "가입한 지 얼마 안 됐어요", Minor: "만 14세가 안 됐어요"},
	Cost:     "드는 돈", CostHelp: "지난 30일의 구매에 이 약속을 적용해 셈했어요.", CostUsual: func(sales string) string {
		return "아직 구매가 적어서, 한 달에 " + sales + "쯤 파는 가게로 셈했어요."
	}, PerMonth: "한 달", OfSales: "매출의", PayBack: "본전", CustomerYear: "손님 한 분이 1년에", CostSales: "셈에 쓴 한 달 매출",
	PayBackVisits: func(visits string) string { return visits + " 더 오면 본전이에요" },
	CustomerGets:  func(money string) string { return "평균 " + money + " 받아요" },
	Replay: func(orders, points, change string) string {
		return "지난 30일 주문 " + orders + "에 적용했다면 " + points + " · 지금보다 " + change
	},
	Drawn: func(night, of, people string) string {
		return "이 카드와 등급의 한 달 혜택은 어림한 값이에요. " + night + "까지 30일 동안 오신 손님 " + of + " 가운데 " + people + "을 고르게 뽑아 셈했어요."
	},
	DrawnError: func(points, change string) string {
		return "실제와 다른 정도는 20번 중 19번, 포인트는 ±" + points + ", 달라지는 폭은 ±" + change + "p 안이에요."
	},
	CostLines: CostLines{Purchase: "구매 적립", First: "첫 구매", Birthday: "생일 쿠폰", Tiers: "등급 혜택", Other: "그 밖"},
	Example:   "보기로 셈해 보기", ExampleAmount: "결제 금액", Warnings: "이런 점을 살펴보세요",
	Start: "시작하기", StartFirst: "이대로 시작하기", SaveDraft: "저장해 두기", StartTitle: "시작하기 전에", StartHelp: "무엇이 바뀌고 누구에게 적용되는지 확인해 주세요.", When: "언제부터", StartToday: "오늘부터", StartOn: "날짜 정하기", Notice: "손님에게 알리기",
	Losses: koLosses,
	NoticeNeeded: func(days string) string {
		return "손님에게 불리해지는 내용이 있어 " + days + " 전에 알려야 해요."
	},
	Alone: "확인할 다른 사람이 없어서, 비밀번호를 한 번 더 입력하면 시작돼요. 기록에는 ‘혼자 처리함’으로 남아요.", AlonePassword: "내 비밀번호", ConfirmMembers: "적용되는 손님",
	Changed: func(n int64) string { return count(n, "가지가 바뀌어요") }, Before: "지금", Now: "바뀐 뒤", NoChange: "바뀐 것이 없어요", Published: "약속이 시작됐어요",
	VersionsTitle: "지난 약속", VersionsHelp: "손님에게 한 약속은 지우지 않고 모두 남겨 둬요.", VersionNumber: "약속", InForce: "적용 중", Coming: "시작할 예정", Past: "지남", By: "정한 사람", GoBack: "이 약속으로 고치기 시작하기",
	VersionName:  func(n int64) string { return count(n, "번째 약속") },
	CompareTitle: func(a, b string) string { return Josa(a, "과/와") + " " + b }, DraftName: "고치는 중인 약속", What: "무엇이", WorseFor: "불리해져요",
}

var enProgram = Program{
	Title: "Program", NotStarted: "Not started yet", Sentence: "In one sentence",
	Running:    func(version, since string) string { return version + " is in force since " + since },
	Draft:      func(version string) string { return "You are editing. Customers still have " + version + "." },
	DraftFirst: "Nothing has started yet. Edit freely; customers don't see it.",
	Compare:    "Compare", DiscardDraft: "Discard edits", Discarded: "Edits discarded", Versions: "Earlier versions", ReadOnly: "You can look but not edit. Ask an admin for changes.", SeeTerms: "What customers read",
	Rules: "The promise", EarnRule: "Of what is spent", FirstRule: "Extra on the first purchase", FirstMin: "First purchase from", HoldRule: "Arrives", UseRule: "Usable from", UseStep: "In steps of", UseShare: "Up to this share of a bill", EndRule: "Valid for",
	StampUse: "Stamps to collect", StampWorth: "Drink worth up to",
	EarnHelp: "Counted on what is paid after discounts, without shipping and without what points paid.", FirstHelp: "Once for each phone number, usable from the next visit.", HoldHelp: "0 days: on the spot.",
	UseHelp: "Once this many are collected they can be used.", ShareHelp: "This much of one bill can be paid with points.", EndHelp: "Until the end of the last month. 0 means for ever.", EndNever: "For ever",
	Percent: "%", DaysUnit: "days", MonthsUnit: "months",
	Tiers: "Tiers", TiersHelp: "By what was spent in the last 12 months.", TiersOn: "Use tiers", TierName: "Name", TierFrom: "Spent from", TierRate: "Rate", TierBase: "Everybody", Downgrade: "When they come less",
	DownOneStep: "Down one step only", DownFull: "Down to what fits", DownNever: "Never down",
	TierNow: "Now", TierAfter: "After", TierShare: "Share", TierAverage: "Average spent", TierCost: "Cost a month",
	TierDrop: func(people string) string { return people + " would have a lower tier than now" }, TierNoDrop: "Nobody would have a lower tier",
	TierPart: func(part string) string { return "An estimate from one member in " + part },
	Sample:   "Fewer than 50 customers, so this shows sample customers.", HistogramTitle: "How much do customers spend?", HistogramDesc: "Customers by what they spent in 12 months. Dashed lines are the tiers.", Spend12: "Spent in 12 months",
	Birthday: "Birthday", BirthdayHelp: "Given once a year. Lunar birthdays are converted each year.", BirthdayOn: "Give a birthday coupon", BirthdayAmount: "Coupon worth", BirthdayMin: "Smallest order", Lead: "Days before", After: "Days after",
	LeapDay: "Born on Feb 29, other years", LeapFeb28: "Feb 28", LeapMar1: "Mar 1", LeapOnly: "Leap years only", LeapMonth: "Born in a leap month", LeapPlain: "In the plain month", LeapKeep: "In the leap month when there is one",
	Next30: "Who gets it in the next 30 days", BirthdayDate: "Given on", BirthdayEntered: "Birthday", BirthdayGets: "Gets", BirthdaySkip: "Skip",
	BirthdaySum: func(people, cost string) string { return people + " · at most " + cost },
	BirthdayNone: func(share string) string {
		return share + " of customers have no birthday on record. Ask at the counter."
	},
	NoBirthdays: "Nobody has a birthday in the next 30 days", BirthdayTip: "Ask for the birthday when you enrol somebody.",
	Excluded: Excluded{None: "Gets it", Consent: "Did not agree to it", Already: "Had it this year", TooNew: "Joined too recently", Minor: "Under 14"},
	Cost:     "What it costs", CostHelp: "Worked out on the purchases of the last 30 days.", CostUsual: func(sales string) string {
		return "There are few purchases yet, so this is worked out for a shop that sells about " + sales + " a month."
	}, PerMonth: "A month", OfSales: "Of sales", PayBack: "Pays back", CustomerYear: "One customer in a year", CostSales: "Monthly sales used",
	PayBackVisits: func(visits string) string { return visits + " more pay it back" },
	CustomerGets:  func(money string) string { return "gets " + money + " on average" },
	Replay: func(orders, points, change string) string {
		return "On the last 30 days (" + orders + "): " + points + ", " + change + " against now"
	},
	Drawn: func(night, of, people string) string {
		return "This card and what tiers cost a month are estimates: of the " + of + " who came in the 30 days up to " + night + ", " + people + " were drawn evenly."
	},
	DrawnError: func(points, change string) string {
		return "In 19 of 20 such draws the points are within ±" + points + " and the change within ±" + change + "p of the true figure."
	},
	CostLines: CostLines{Purchase: "Purchases", First: "First purchase", Birthday: "Birthday coupon", Tiers: "Tier benefits", Other: "Other"},
	Example:   "Try an example", ExampleAmount: "Amount paid", Warnings: "Worth a second look",
	Start: "Start", StartFirst: "Start with this", SaveDraft: "Save for later", StartTitle: "Before you start", StartHelp: "Check what changes and for whom.", When: "From when", StartToday: "From today", StartOn: "On a date", Notice: "Tell customers",
	Losses: enLosses,
	NoticeNeeded: func(days string) string {
		return "Some of this is worse for customers, so they must be told " + days + " ahead."
	},
	Alone: "Nobody else can confirm this, so your password starts it. The record says you acted alone.", AlonePassword: "Your password", ConfirmMembers: "Customers it applies to",
	Changed: func(n int64) string { return plural(n, "thing changes", "things change") }, Before: "Now", Now: "After", NoChange: "Nothing has changed", Published: "The promise is running",
	VersionsTitle: "Earlier versions", VersionsHelp: "What was promised is never deleted.", VersionNumber: "Version", InForce: "In force", Coming: "Starts later", Past: "Past", By: "Decided by", GoBack: "Start editing from this one",
	VersionName:  func(n int64) string { return "version " + figure(n) },
	CompareTitle: func(a, b string) string { return a + " and " + b }, DraftName: "your edits", What: "What", WorseFor: "Worse",
}
