package i18n

// Counter is the screen at the till and the customer card.
type Counter struct {
	Title, Find, FindHint, FindHelp, Clear, Idle, IdleHelp                               string
	Keypad, KeyClear, KeyBack                                                            string
	Recent, NoRecent                                                                     string
	Matches                                                                              func(n int64) string
	LastVisit                                                                            func(date string) string
	NoVisit                                                                              string
	Missing, MissingHelp, NoneFound, NoneHelp, Enrol, EnrolTitle, Birthday, BirthdayHelp string
	Usable, Soon                                                                         string
	Pending, Expiring                                                                    func(points, date string) string
	Visit                                                                                func(n int64) string
	Usual                                                                                func(item string) string
	FirstVisit                                                                           string
	BirthdayWeek, Anniversary, Hundredth, Away                                           func(n int64) string
	AddNote, NoteHint, NoteHealth, Notes                                                 string
	Coupons, UseCoupon, Until                                                            string
	UntilDate                                                                            func(date string) string
	Earn, Redeem, Give, Show, Other                                                      string
	EarnTitle, EarnBefore, Amount, EarnNow, CountUnit                                    string
	WillEarn                                                                             func(points string) string
	EarnCount                                                                            func(thing string) string
	NothingYet                                                                           string
	RedeemTitle, RedeemPoints, RedeemAll, RedeemNow, OrderAmount                         string
	RedeemRule                                                                           func(from, step string) string
	RedeemWorth                                                                          func(money string) string
	NotEnough                                                                            func(missing string) string
	CouponTitle, CouponNow, CouponAlone, NoCoupon                                        string
	CouponOff, ToPay                                                                     func(money string) string
	CouponMinimum                                                                        func(money string) string
	GiveTitle, GivePoints, Reason, ReasonNote, GiveNow                                   string
	GiveLimit                                                                            func(left string) string
	Reasons                                                                              Reasons
	Earned, Redeemed, Given, Taken                                                       func(points string) string
	CouponUsed, CouponGone, Enrolled, Undone, Balance, NextCustomer, SameCustomer        string
	BalanceNow                                                                           func(points string) string
	Welcome                                                                              func(points string) string
	Forget, Stay, Checking                                                               string
	ShownBack, ShownNoted                                                                string
	ShownHello                                                                           func(name string) string
}

// Reasons names why something is given by hand.
type Reasons struct{ Apology, Thanks, Missed, Event, Mistake, Give string }

// Name is the word for a reason's code; empty for a code that there is not.
func (r Reasons) Name(code string) string {
	switch code {
	case "apology":
		return r.Apology
	case "thanks":
		return r.Thanks
	case "missed":
		return r.Missed
	case "event":
		return r.Event
	case "mistake":
		return r.Mistake
	case "give":
		return r.Give
	}
	return ""
}

var koCounter = Counter{
	Title: "계산대", Find: "손님 찾기", FindHint: "뒷번호 4자리 또는 이름", FindHelp: "뒷번호 4자리, 전체 번호, 이름으로 찾아요.", Clear: "지우기",
	Idle: "뒷번호 4자리를 눌러 주세요", IdleHelp: "처음 오신 손님이면 그 자리에서 등록할 수 있어요.",
	Keypad: "숫자판", KeyClear: "전체 지우기", KeyBack: "한 글자 지우기",
	Recent: "방금 한 일", NoRecent: "오늘 한 일이 여기에 쌓여요.",
	Matches:   func(n int64) string { return count(n, "명") + "이 있어요. 어느 분인가요?" },
	LastVisit: func(date string) string { return date + "에 다녀가셨어요" }, NoVisit: "첫 방문",
	Missing: "맞는 손님이 없어요", MissingHelp: "번호를 끝까지 누르거나, 처음 오신 손님이면 등록해 주세요.",
	NoneFound: "아직 등록하지 않은 손님이에요", NoneHelp: "전화번호만 있으면 바로 등록할 수 있어요.", Enrol: "등록하기", EnrolTitle: "새 손님 등록",
	Birthday: "생일", BirthdayHelp: "생일 쿠폰을 드릴 때만 써요.",
	Usable: "쓸 수 있는 포인트", Soon: "곧 들어올 포인트",
	Pending: func(points, date string) string { return date + "에 " + points + " 들어와요" },
	Expiring: func(points, date string) string {
		return Josa(points, "은/는") + " " + date + "까지 쓸 수 있어요"
	},
	Visit:        func(n int64) string { return count(n, "번째 방문") },
	Usual:        func(item string) string { return "자주 사시는 것 · " + item },
	FirstVisit:   "처음 오셨어요",
	BirthdayWeek: birthdayIn,
	Anniversary:  func(n int64) string { return "가입 " + count(n, "주년이에요") },
	Hundredth:    func(n int64) string { return "오늘이 " + count(n, "번째 방문이에요") },
	Away:         func(n int64) string { return "오랜만이에요, " + count(n, "일 만이에요") },
	AddNote:      "메모 남기기", NoteHint: "예: 창가 자리를 좋아하세요", NoteHealth: "건강에 관한 내용은 손님께 여쭤보고 적어 주세요.", Notes: "메모",
	Coupons: "쓸 수 있는 쿠폰", UseCoupon: "쓰기", Until: "기한", UntilDate: func(date string) string { return date + "까지" },
	Earn: "적립하기", Redeem: "포인트 쓰기", Give: "포인트 드리기", Show: "손님에게 보여 주기", Other: "다른 손님",
	EarnTitle: "얼마 결제하셨나요?", EarnBefore: "쿠폰 쓰기 전 금액은 얼마인가요?", Amount: "결제 금액", EarnNow: "적립하기", CountUnit: "개",
	EarnCount: func(thing string) string { return Josa(thing, "을/를") + " 몇 개 사셨나요?" },
	WillEarn:  func(points string) string { return points + " 적립돼요" }, NothingYet: "금액을 누르면 몇 포인트인지 보여요",
	RedeemTitle: "얼마나 쓰실까요?", RedeemPoints: "쓸 포인트", RedeemAll: "모두 쓰기", RedeemNow: "포인트 쓰기", OrderAmount: "결제 금액",
	RedeemRule:  func(from, step string) string { return from + "부터 " + step + "씩 쓸 수 있어요" },
	RedeemWorth: func(money string) string { return Josa(money, "을/를") + " 빼고 받으세요" },
	NotEnough:   func(missing string) string { return missing + " 더 모으면 쓸 수 있어요" },
	CouponAlone: "적립하지 않고 쿠폰만 쓰기", NoCoupon: "안 쓸게요", CouponOff: func(money string) string { return "쿠폰으로 " + money + " 빼요" },
	ToPay:       func(money string) string { return Josa(money, "을/를") + " 받으세요" },
	CouponTitle: "이 쿠폰을 쓸까요?", CouponNow: "쿠폰 쓰기", CouponMinimum: func(money string) string { return money + " 이상 주문할 때" },
	GiveTitle: "포인트 드리기", GivePoints: "드릴 포인트", Reason: "이유", ReasonNote: "메모", GiveNow: "포인트 드리기",
	GiveLimit:  func(left string) string { return "오늘 " + left + "까지 더 드릴 수 있어요." },
	Reasons:    Reasons{Apology: "불편을 드려서", Thanks: "고마워서", Missed: "빠진 적립을 채우려고", Event: "행사", Mistake: "잘못 적립해서", Give: "손님 그룹에 드린 선물"},
	Earned:     func(points string) string { return points + " 적립했어요" },
	Redeemed:   func(points string) string { return points + " 썼어요" },
	Given:      func(points string) string { return points + " 드렸어요" },
	Taken:      func(points string) string { return points + " 뺐어요" },
	CouponUsed: "쿠폰을 썼어요", CouponGone: "쿠폰을 받게 한 주문이 취소되어, 이 쿠폰은 다시 쓸 수 없어요.", Enrolled: "등록했어요", Undone: "되돌렸어요", Balance: "지금", NextCustomer: "다음 손님", SameCustomer: "이 손님 계속하기",
	BalanceNow: func(points string) string { return "이제 " + points + " 있어요" },
	Welcome: func(points string) string {
		return "첫 구매를 하면 " + Josa(points, "을/를") + " 더 드려요"
	},
	Forget: "20초 뒤에 손님 화면을 지워요. 계속 쓰려면 아무 곳이나 누르세요.", Stay: "계속 쓰기", Checking: "적립됐는지 확인하고 있어요",
	ShownBack: "돌아가기", ShownNoted: "언제까지 쓸 수 있는지 보셨다고 기록했어요.", ShownHello: func(name string) string { return name + "님" },
}

var enCounter = Counter{
	Title: "Counter", Find: "Find a customer", FindHint: "Last 4 digits or name", FindHelp: "Search by last 4 digits, full number or name.", Clear: "Clear",
	Idle: "Enter the last 4 digits", IdleHelp: "New here? You can add a customer on the spot.",
	Keypad: "Number pad", KeyClear: "Clear all", KeyBack: "Delete last digit",
	Recent: "Recent activity", NoRecent: "Today's activity shows up here.",
	Matches:   func(n int64) string { return plural(n, "customer", "customers") + " found. Which one?" },
	LastVisit: func(date string) string { return "Last visit " + date }, NoVisit: "First visit",
	Missing: "No customers match", MissingHelp: "Enter the full number, or add a new customer.",
	NoneFound: "Not a member yet", NoneHelp: "A phone number is all you need.", Enrol: "Add customer", EnrolTitle: "New customer",
	Birthday: "Birthday", BirthdayHelp: "Used only for the birthday coupon.",
	Usable: "Available points", Soon: "Pending points",
	Pending:      func(points, date string) string { return points + " available on " + date },
	Expiring:     func(points, date string) string { return points + " expire on " + date },
	Visit:        func(n int64) string { return "Visit " + figure(n) },
	Usual:        func(item string) string { return "The usual: " + item },
	FirstVisit:   "First visit today",
	BirthdayWeek: birthdayInEnglish,
	Anniversary:  func(n int64) string { return plural(n, "year", "years") + " as a member today" },
	Hundredth:    func(n int64) string { return "Visit " + figure(n) + " today" },
	Away:         func(n int64) string { return "Back after " + plural(n, "day", "days") },
	AddNote:      "Add a note", NoteHint: "e.g. likes the window seat", NoteHealth: "Ask before you note anything about health.", Notes: "Notes",
	Coupons: "Coupons to use", UseCoupon: "Use", Until: "Expires", UntilDate: func(date string) string { return "Use by " + date },
	Earn: "Earn", Redeem: "Use points", Give: "Give points", Show: "Show the customer", Other: "Another customer",
	EarnTitle: "How much did they pay?", EarnBefore: "How much was it before the coupon?", Amount: "Amount paid", EarnNow: "Earn", CountUnit: "",
	EarnCount: func(thing string) string { return "How many? " + thing },
	WillEarn:  func(points string) string { return "Earns " + points }, NothingYet: "Enter an amount to see the points",
	RedeemTitle: "How many points?", RedeemPoints: "Points to use", RedeemAll: "Use all", RedeemNow: "Use points", OrderAmount: "Amount due",
	RedeemRule:  func(from, step string) string { return "At least " + from + ", in steps of " + step },
	RedeemWorth: func(money string) string { return "Take " + money + " off" },
	NotEnough:   func(missing string) string { return missing + " to go before they can be used" },
	CouponAlone: "Use the coupon without earning", NoCoupon: "No coupon", CouponOff: func(money string) string { return "Coupon takes " + money + " off" },
	ToPay:       func(money string) string { return "Charge " + money },
	CouponTitle: "Use this coupon?", CouponNow: "Use coupon", CouponMinimum: func(money string) string { return "On orders of " + money + " or more" },
	GiveTitle: "Give points", GivePoints: "Points to give", Reason: "Reason", ReasonNote: "Note", GiveNow: "Give points",
	GiveLimit:  func(left string) string { return "You can give " + left + " more today." },
	Reasons:    Reasons{Apology: "Apology", Thanks: "Thank-you", Missed: "Missed points", Event: "Event", Mistake: "Points given by mistake", Give: "Group gift"},
	Earned:     func(points string) string { return "Earned " + points },
	Redeemed:   func(points string) string { return "Used " + points },
	Given:      func(points string) string { return "Gave " + points },
	Taken:      func(points string) string { return "Deducted " + points },
	CouponUsed: "Coupon used", CouponGone: "What this coupon was given for has been undone, so it can't be used again.", Enrolled: "Customer added", Undone: "Undone", Balance: "Balance", NextCustomer: "Next customer", SameCustomer: "Same customer",
	BalanceNow: func(points string) string { return "Balance: " + points },
	Welcome:    func(points string) string { return points + " extra on the first purchase" },
	Forget:     "This screen clears in 20 seconds. Tap anywhere to stay.", Stay: "Stay", Checking: "Checking whether it went through",
	ShownBack: "Back", ShownNoted: "We've noted that you've seen the expiry date.", ShownHello: func(name string) string { return "Hello, " + name },
}

// birthdayIn says how near the birthday is: days until it, negative after.
func birthdayIn(days int64) string {
	switch {
	case days == 0:
		return "오늘이 생일이에요"
	case days < 0:
		return count(-days, "일 전이 생일이었어요")
	}
	return count(days, "일 뒤가 생일이에요")
}

func birthdayInEnglish(days int64) string {
	switch {
	case days == 0:
		return "Birthday today"
	case days < 0:
		return "Birthday " + plural(-days, "day ago", "days ago")
	}
	return "Birthday in " + plural(days, "day", "days")
}
