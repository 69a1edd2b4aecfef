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
	Percent, DaysUnit, MonthsUnit, DayUnit                                                 string
	Tiers, TiersHelp, TiersOn, TierName, TierFrom, TierRate, TierBase, Downgrade           string
	DownOneStep, DownFull, DownNever                                                       string
	Tier, TierNow, TierAfter, TierShare, TierAverage, TierCost                             string
	TierDrop                                                                               func(people string) string
	TierPart                                                                               func(part string) string
	TierNoDrop, Sample, HistogramTitle, HistogramDesc, Spend12                             string
	Birthday, BirthdayHelp, BirthdayOn, BirthdayAmount, BirthdayMin, Lead, After           string
	LeapDay, LeapFeb28, LeapMar1, LeapOnly, LeapMonth, LeapPlain, LeapKeep                 string
	Next30, BirthdayDate, BirthdayEntered, BirthdayGets, BirthdaySkip                      string
	BirthdaySum                                                                            func(people, cost string) string
	BirthdayGift                                                                           func(money string) string
	BirthdayNone                                                                           func(share string) string
	NoBirthdays, BirthdayTip                                                               string
	Excluded                                                                               Excluded
	Cost, CostHelp, PerMonth, CostSales                                                    string
	OfSales                                                                                func(share string) string
	CostUsual                                                                              func(sales string) string
	PayBackVisits                                                                          func(n int64) string
	CustomerGets                                                                           func(money string) string
	Replay                                                                                 func(orders, points, versus string) string
	Versus                                                                                 func(change string) string
	Same                                                                                   string
	Reckoned                                                                               func(percent string) string
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
	BackTo                                                                                 string
	Before, Now, NoChange, Published                                                       string
	VersionsTitle, VersionsHelp, VersionNumber, InForce, Coming, Past, By, GoBack          string
	VersionName                                                                            func(n int64) string
	CompareTitle                                                                           func(a, b string) string
	DraftName, What, WorseFor, Hash                                                        string
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
	Compare:    "비교하기", DiscardDraft: "고친 것 버리기", Discarded: "고친 것을 버렸어요", Versions: "약속 기록", ReadOnly: "보기만 할 수 있어요. 고치려면 관리자에게 부탁해 주세요.", SeeTerms: "손님이 보는 약속",
	Rules: "약속", EarnRule: "적립률", FirstRule: "첫 구매 보너스", FirstMin: "첫 구매 최소 금액", HoldRule: "들어오는 날", UseRule: "쓸 수 있는 최소 포인트", UseStep: "쓰는 단위", UseShare: "한 번에 쓸 수 있는 비율", EndRule: "유효기간",
	StampUse: "모을 스탬프", StampWorth: "음료 값 한도",
	EarnHelp: "할인한 뒤 낸 돈으로 계산해요. 배송비와 포인트로 낸 돈은 빼요.", FirstHelp: "전화번호마다 한 번 드려요. 다음 방문부터 쓸 수 있어요.", HoldHelp: "0일이면 계산할 때 바로 들어와요.",
	UseHelp: "이만큼 모으면 쓸 수 있어요.", ShareHelp: "한 번에 이만큼까지 포인트로 낼 수 있어요.", EndHelp: "마지막 달 말일까지 쓸 수 있어요. 0이면 기한이 없어요.", EndNever: "기한 없음",
	Percent: "%", DaysUnit: "일 뒤", MonthsUnit: "개월", DayUnit: "일",
	Tiers: "등급", TiersHelp: "최근 12개월 동안 쓴 돈으로 나눠요.", TiersOn: "등급 나누기", TierName: "이름", TierFrom: "최소 구매액", TierRate: "적립률", TierBase: "누구나", Downgrade: "기준에 못 미치면",
	DownOneStep: "한 단계만 내려요", DownFull: "맞는 등급으로 내려요", DownNever: "등급 안 내리기",
	Tier: "등급", TierNow: "지금", TierAfter: "바뀐 뒤", TierShare: "비율", TierAverage: "평균 구매액", TierCost: "한 달 혜택",
	TierDrop: func(people string) string { return Josa(people, "이/가") + " 지금보다 낮은 등급이 돼요" }, TierNoDrop: "낮아지는 손님은 없어요",
	TierPart: func(part string) string { return part + "명에 한 명씩 뽑아 어림했어요" },
	Sample:   "손님이 50명이 안 되어 예시 손님으로 그렸어요.", HistogramTitle: "손님이 얼마나 썼나요?", HistogramDesc: "최근 12개월 구매액별 손님 수. 세로 점선이 등급 기준이에요.", Spend12: "최근 12개월 구매액",
	Birthday: "생일", BirthdayHelp: "한 해에 한 번 드려요. 음력 생일은 해마다 양력으로 바꿔요.", BirthdayOn: "생일 쿠폰 드리기", BirthdayAmount: "쿠폰 금액", BirthdayMin: "최소 주문 금액", Lead: "생일 전", After: "생일 뒤",
	LeapDay: "2월 29일생은 평년에", LeapFeb28: "2월 28일", LeapMar1: "3월 1일", LeapOnly: "윤년에만", LeapMonth: "윤달생은", LeapPlain: "같은 달 평달에", LeapKeep: "그 윤달이 있는 해에는 윤달에",
	Next30: "앞으로 30일 동안 받을 손님", BirthdayDate: "받는 날", BirthdayEntered: "생일", BirthdayGets: "받는 것", BirthdaySkip: "건너뛰기",
	BirthdaySum:  func(people, cost string) string { return people + " · 최대 " + cost },
	BirthdayGift: func(money string) string { return money + " 쿠폰" },
	BirthdayNone: func(share string) string {
		return "손님의 " + Josa(share, "은/는") + " 생일을 몰라요. 계산대에서 여쭤보면 채워져요."
	},
	NoBirthdays: "앞으로 30일 동안 생일인 손님이 없어요", BirthdayTip: "계산대에서 손님을 등록할 때 생일을 여쭤보세요.",
	Excluded: Excluded{None: "받아요", Consent: "받겠다고 하지 않으셨어요", Already: "올해 이미 받았어요", TooNew: "가입한 지 얼마 안 됐어요", Minor: "만 14세가 안 됐어요"},
	Cost:     "드는 돈", CostHelp: "지난 30일의 구매에 이 약속을 적용해 계산했어요.", CostUsual: func(sales string) string {
		return "아직 구매가 적어서, 한 달에 " + sales + "쯤 파는 가게로 계산했어요."
	}, PerMonth: "한 달", OfSales: func(share string) string { return "매출의 " + share }, CostSales: "계산에 쓴 한 달 매출",
	PayBackVisits: func(n int64) string { return count(n, "번") + " 더 오면 본전이에요" },
	CustomerGets:  func(money string) string { return "손님 한 분이 1년에 평균 " + money + " 받아요" },
	Versus:        func(change string) string { return "지금보다 " + change }, Same: "지금과 같아요",
	Reckoned: func(percent string) string {
		return "구매 적립은 드린 포인트 가운데 쓰일 만큼(" + percent + "%)만 돈으로 계산했어요."
	},
	Replay: func(orders, points, versus string) string {
		return "지난 30일 주문 " + orders + "에 적용했다면 " + points + " · " + versus
	},
	Drawn: func(night, of, people string) string {
		return "이 카드와 등급의 한 달 혜택은 어림한 값이에요. " + night + "까지 30일 동안 오신 손님 " + of + " 가운데 " + people + "을 고르게 뽑아 계산했어요."
	},
	DrawnError: func(points, change string) string {
		return "실제와 다른 정도는 20번 중 19번, 포인트는 ±" + points + ", 달라지는 폭은 ±" + change + "p 안이에요."
	},
	CostLines: CostLines{Purchase: "구매 적립", First: "첫 구매", Birthday: "생일 쿠폰", Tiers: "등급 혜택", Other: "그 밖"},
	Example:   "예시로 계산해 보기", ExampleAmount: "결제 금액", Warnings: "이런 점을 살펴보세요",
	Start: "시작하기", StartFirst: "이대로 시작하기", SaveDraft: "저장해 두기", StartTitle: "시작하기 전에", StartHelp: "무엇이 바뀌고 누구에게 적용되는지 확인해 주세요.", When: "언제부터", StartToday: "오늘부터", StartOn: "날짜 정하기", Notice: "손님에게 알리기",
	Losses: koLosses,
	NoticeNeeded: func(days string) string {
		return "손님에게 불리해지는 내용이 있어 " + days + " 전에 알려야 해요."
	},
	Alone: "확인할 다른 사람이 없어서, 비밀번호를 한 번 더 입력하면 시작돼요. 기록에는 ‘혼자 처리함’으로 남아요.", AlonePassword: "내 비밀번호", ConfirmMembers: "적용되는 손님",
	Changed: func(n int64) string { return count(n, "가지가 바뀌어요") }, Before: "지금", Now: "바뀐 뒤", BackTo: "프로그램으로 돌아가기", NoChange: "바뀐 것이 없어요", Published: "약속이 시작됐어요",
	VersionsTitle: "약속 기록", VersionsHelp: "손님에게 한 약속은 지우지 않고 모두 남겨 둬요.", VersionNumber: "약속", InForce: "적용 중", Coming: "시작할 예정", Past: "지남", By: "정한 사람", GoBack: "이 약속으로 고치기 시작하기",
	VersionName:  func(n int64) string { return count(n, "번째 약속") },
	CompareTitle: func(a, b string) string { return Josa(a, "과/와") + " " + b }, DraftName: "고치는 중인 약속", What: "무엇이", WorseFor: "불리해져요", Hash: "내용 확인값",
}

var enProgram = Program{
	Title: "Program", NotStarted: "Not started yet", Sentence: "In one sentence",
	Running:    func(version, since string) string { return version + " has been in force since " + since },
	Draft:      func(version string) string { return "You're editing a draft. Customers are still on " + version + "." },
	DraftFirst: "You haven't started yet. Edit freely: customers can't see this.",
	Compare:    "Compare", DiscardDraft: "Discard draft", Discarded: "Draft discarded", Versions: "Version history", ReadOnly: "View only. Ask an admin to make changes.", SeeTerms: "What customers see",
	Rules: "Rules", EarnRule: "Earn rate", FirstRule: "First-purchase bonus", FirstMin: "Minimum first purchase", HoldRule: "Available after", UseRule: "Minimum to use", UseStep: "Use in steps of", UseShare: "Most of an order", EndRule: "Valid for",
	StampUse: "Stamps needed", StampWorth: "Free drink worth up to",
	EarnHelp: "On what customers pay after discounts, without shipping or anything paid with points.", FirstHelp: "Once per phone number. Usable from the next visit.", HoldHelp: "0 days means right away.",
	UseHelp: "Customers need this many before they can use them.", ShareHelp: "The most that points can pay for in one order.", EndHelp: "Points expire at the end of the last month. 0 means never.", EndNever: "Never expires",
	Percent: "%", DaysUnit: "days", MonthsUnit: "months", DayUnit: "days",
	Tiers: "Tiers", TiersHelp: "Based on spending in the last 12 months.", TiersOn: "Use tiers", TierName: "Name", TierFrom: "Spend at least", TierRate: "Earn rate", TierBase: "Everyone", Downgrade: "If they fall short",
	DownOneStep: "Move down one tier", DownFull: "Move to the tier they qualify for", DownNever: "Never move down",
	Tier: "Tier", TierNow: "Now", TierAfter: "After", TierShare: "Share", TierAverage: "Average spend", TierCost: "Benefits a month",
	TierDrop: func(people string) string { return people + " would move to a lower tier" }, TierNoDrop: "No one would move to a lower tier",
	TierPart: func(part string) string { return "Estimated from 1 in " + part + " customers" },
	Sample:   "You have fewer than 50 customers, so this shows sample customers.", HistogramTitle: "How much do customers spend?", HistogramDesc: "Customers by spending in the last 12 months. Dashed lines mark the tiers.", Spend12: "Spent in 12 months",
	Birthday: "Birthday", BirthdayHelp: "Once a year. Lunar birthdays are converted each year.", BirthdayOn: "Give a birthday coupon", BirthdayAmount: "Coupon amount", BirthdayMin: "Minimum order", Lead: "Before birthday", After: "After birthday",
	LeapDay: "Feb 29 birthdays in other years", LeapFeb28: "Feb 28", LeapMar1: "Mar 1", LeapOnly: "Leap years only", LeapMonth: "Leap-month birthdays", LeapPlain: "In the regular month", LeapKeep: "In the leap month when there is one",
	Next30: "Getting it in the next 30 days", BirthdayDate: "Given on", BirthdayEntered: "Birthday", BirthdayGets: "Coupon", BirthdaySkip: "Skip",
	BirthdayGift: func(money string) string { return money + " coupon" },
	BirthdaySum:  func(people, cost string) string { return people + " · up to " + cost },
	BirthdayNone: func(share string) string {
		return share + " of customers have no birthday on file. Ask at the counter."
	},
	NoBirthdays: "No birthdays in the next 30 days", BirthdayTip: "Ask for birthdays when you add customers.",
	Excluded: Excluded{None: "Gets it", Consent: "Hasn't opted in", Already: "Got it this year", TooNew: "Joined too recently", Minor: "Under 14"},
	Cost:     "What it costs", CostHelp: "Based on purchases in the last 30 days.", CostUsual: func(sales string) string {
		return "You don't have many purchases yet, so this assumes sales of about " + sales + " a month."
	}, PerMonth: "Per month", OfSales: func(share string) string { return share + " of sales" }, CostSales: "Assumed monthly sales",
	PayBackVisits: func(n int64) string { return "Pays for itself after " + plural(n, "more visit", "more visits") },
	CustomerGets:  func(money string) string { return "A customer gets " + money + " a year on average" },
	Versus:        func(change string) string { return change + " vs. now" }, Same: "same as now",
	Reckoned: func(percent string) string {
		return "Purchases count only the " + percent + "% of points that customers are likely to use."
	},
	Replay: func(orders, points, versus string) string {
		return "Applied to the last 30 days (" + orders + "): " + points + ", " + versus
	},
	Drawn: func(night, of, people string) string {
		return "This card and the monthly tier benefits are estimates from an even sample of " + people + ", out of the " + of + " who visited in the 30 days to " + night + "."
	},
	DrawnError: func(points, change string) string {
		return "19 times out of 20, points are within ±" + points + " of the true figure and the change within ±" + change + "p."
	},
	CostLines: CostLines{Purchase: "Purchases", First: "First purchase", Birthday: "Birthday coupon", Tiers: "Tier benefits", Other: "Other"},
	Example:   "Try an example", ExampleAmount: "Amount paid", Warnings: "Worth a second look",
	Start: "Start", StartFirst: "Start with these terms", SaveDraft: "Save for later", StartTitle: "Before you start", StartHelp: "Check what changes and who it affects.", When: "Start date", StartToday: "Today", StartOn: "Pick a date", Notice: "Tell customers",
	Losses: enLosses,
	NoticeNeeded: func(days string) string {
		return "Some changes are worse for customers, so you must tell them " + days + " ahead."
	},
	Alone: "No one else can confirm this, so enter your password to start. The log will show that you acted alone.", AlonePassword: "Your password", ConfirmMembers: "Customers affected",
	Changed: func(n int64) string { return plural(n, "change", "changes") }, Before: "Now", Now: "After", BackTo: "Back to the program", NoChange: "No changes", Published: "Your program has started",
	VersionsTitle: "Version history", VersionsHelp: "We keep every version you've offered customers.", VersionNumber: "Version", InForce: "In force", Coming: "Scheduled", Past: "Past", By: "Started by", GoBack: "Edit from this version",
	VersionName:  func(n int64) string { return "Version " + figure(n) },
	CompareTitle: func(a, b string) string { return a + " and " + b }, DraftName: "Draft", What: "What", WorseFor: "Worse for customers", Hash: "Content fingerprint",
}
