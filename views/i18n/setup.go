package i18n

// Setup is the three steps from an empty installation to a running programme.
type Setup struct {
	Steps                                                                              [3]string
	Of                                                                                 func(step string) string
	ShopTitle, ShopHelp, ShopName, Trade, Ticket, TicketHelp, Email, Password          string
	CustomersTitle, CustomersHelp, NoList, NoListHelp, HaveList, HaveListHelp          string
	FileLabel, FileHelp, UploadNow                                                     string
	FileFact                                                                           func(people, top, away string) string
	PromiseTitle, PromiseHelp, Start, Other                                            string
	PromiseRate, PromiseFrom, PromiseBirthday                                          string // what each blank is, read out
	PromiseA, PromiseB, PromiseC, PromiseD                                             string // around the blanks: A [rate] B [from] C [birthday] D
	StampA, StampB, StampC                                                             string // around the blanks: A [count] B [birthday] C
	StampCount                                                                         string
	Example, Cost, FirstUse                                                            string
	SpendGives                                                                         func(spend, points string) string
	UsableFrom                                                                         func(visit int64) string
	CostLine                                                                           func(cost string, visits int64) string
	CostNote                                                                           func(sales string) string
	Trades                                                                             Trades
	DoneTitle, DoneHelp, DoneCounter, DonePoster, DoneInvite, EarnFirst, EarnFirstHelp string
}

// Trades names the kinds of shops and says what each begins with.
type Trades struct{ Cafe, Restaurant, Beauty, Retail, Online, Unknown, CafeHelp, RestaurantHelp, BeautyHelp, RetailHelp, OnlineHelp, UnknownHelp string }

// Name is the word for a trade's code.
func (t Trades) Name(code string) string {
	switch code {
	case "cafe":
		return t.Cafe
	case "restaurant":
		return t.Restaurant
	case "beauty":
		return t.Beauty
	case "retail":
		return t.Retail
	case "online":
		return t.Online
	}
	return t.Unknown
}

// Help is what a trade begins with, in one line.
func (t Trades) Help(code string) string {
	switch code {
	case "cafe":
		return t.CafeHelp
	case "restaurant":
		return t.RestaurantHelp
	case "beauty":
		return t.BeautyHelp
	case "retail":
		return t.RetailHelp
	case "online":
		return t.OnlineHelp
	}
	return t.UnknownHelp
}

var koSetup = Setup{
	Steps:     [3]string{"가게", "손님", "약속"},
	Of:        func(step string) string { return "세 단계 가운데 " + step },
	ShopTitle: "어떤 가게인가요?", ShopHelp: "업종에 맞는 약속을 미리 골라 둘게요. 나중에 모두 바꿀 수 있어요.", ShopName: "가게 이름", Trade: "업종",
	Ticket: "손님이 한 번에 보통 얼마 쓰나요?", TicketHelp: "대략이면 돼요. 혜택이 얼마나 드는지 계산할 때 써요.", Email: "내 이메일", Password: "비밀번호",
	CustomersTitle: "손님 명단이 있나요?", CustomersHelp: "없어도 괜찮아요. 오늘 오는 손님부터 모으면 돼요.",
	NoList: "없어요, 오늘부터 모을게요", NoListHelp: "계산대에서 전화번호만 받으면 돼요.", HaveList: "있어요, 파일을 올릴게요", HaveListHelp: "엑셀에서 저장한 CSV. 구매 내역이 있으면 더 좋아요.",
	FileLabel: "손님 파일 고르기", FileHelp: "이름, 전화번호, 날짜, 금액 열을 알아서 찾아요.", UploadNow: "파일 올리기",
	FileFact: func(people, top, away string) string {
		return people + " · 상위 20%가 매출의 " + top + " · " + Josa(away, "이/가") + " 평소보다 오래 안 왔어요"
	},
	PromiseTitle: "손님에게 이렇게 약속할까요?", PromiseHelp: "숫자 세 개만 정하면 오늘부터 시작할 수 있어요.", Start: "이대로 시작하기", Other: "다른 방식 보기",
	PromiseRate: "적립률, 퍼센트", PromiseFrom: "쓸 수 있는 최소 포인트", PromiseBirthday: "생일 쿠폰 금액, 원",
	PromiseA: "쓴 돈의 ", PromiseB: "%를 포인트로 드리고, ", PromiseC: "P부터 쓸 수 있어요. 생일에는 ", PromiseD: "원 쿠폰을 드려요.",
	StampA: "음료 한 잔마다 스탬프 한 개, ", StampB: "개를 모으면 음료 한 잔을 드려요. 생일에는 ", StampC: "원 쿠폰을 드려요.", StampCount: "모을 스탬프 개수",
	Example: "손님이 받는 것", Cost: "가게가 쓰는 돈", FirstUse: "처음 쓰는 때",
	SpendGives: func(spend, points string) string { return spend + " 쓰면 " + points },
	UsableFrom: func(visit int64) string { return nthVisit(visit) + " 방문부터 쓸 수 있어요" },
	CostLine: func(cost string, visits int64) string {
		return "한 달에 약 " + cost + " 들고, " + count(visits, "번") + " 더 오면 본전이에요"
	},
	CostNote: func(sales string) string { return "한 달 매출 " + Josa(sales, "으로/로") + " 계산했어요." },
	Trades: Trades{
		Cafe: "카페·베이커리", Restaurant: "음식점", Beauty: "미용·네일", Retail: "소매·편집숍", Online: "온라인몰", Unknown: "그 밖의 가게",
		CafeHelp: "스탬프 10개에 음료 한 잔", RestaurantHelp: "쓴 돈의 2%", BeautyHelp: "쓴 돈의 3%", RetailHelp: "쓴 돈의 2%", OnlineHelp: "적립금 1%", UnknownHelp: "쓴 돈의 2%",
	},
	DoneTitle: "약속이 시작됐어요", DoneHelp: "계산대에서 한 번 해 보면 손에 익어요.", DoneCounter: "계산대 열기", DonePoster: "계산대 포스터 인쇄하기", DoneInvite: "직원 초대하기",
	EarnFirst: "내 번호로 한 번 적립해 보세요", EarnFirstHelp: "내 번호를 등록하고 12,000원을 적립한 다음, 왜 그만큼인지 보고 되돌려 보세요.",
}

// nthVisit counts visits as Korean does: 첫, 두 번째, 세 번째 …
func nthVisit(n int64) string {
	names := [...]string{"첫", "두 번째", "세 번째", "네 번째", "다섯 번째", "여섯 번째", "일곱 번째", "여덟 번째", "아홉 번째", "열 번째"}
	if n >= 1 && n <= int64(len(names)) {
		return names[n-1]
	}
	return count(n, "번째")
}

var enSetup = Setup{
	Steps:     [3]string{"Shop", "Customers", "Program"},
	Of:        func(step string) string { return step + ", one of 3 steps" },
	ShopTitle: "What kind of shop do you run?", ShopHelp: "We'll start you with a program that suits it. You can change everything later.", ShopName: "Shop name", Trade: "Business type",
	Ticket: "What does a customer usually spend per visit?", TicketHelp: "A rough figure is fine. We use it to estimate what the benefits cost.", Email: "Your email", Password: "Password",
	CustomersTitle: "Do you have a customer list?", CustomersHelp: "It's fine if you don't. Start with today's first customer.",
	NoList: "No, we'll start today", NoListHelp: "Just ask for a phone number at the counter.", HaveList: "Yes, I'll upload a file", HaveListHelp: "A CSV saved from Excel, ideally with purchases.",
	FileLabel: "Choose your customer file", FileHelp: "We find the name, phone, date and amount columns for you.", UploadNow: "Upload file",
	FileFact: func(people, top, away string) string {
		return people + " · the top 20% make " + top + " of sales · " + away + " away longer than usual"
	},
	PromiseTitle: "Ready to offer this?", PromiseHelp: "Set three numbers and start today.", Start: "Start with these terms", Other: "See other options",
	PromiseRate: "Earn rate, in percent", PromiseFrom: "Minimum points to use", PromiseBirthday: "Birthday coupon amount, in won",
	PromiseA: "Earn ", PromiseB: "% back in points. Use them from ", PromiseC: " points. Get a ", PromiseD: " won coupon for your birthday.",
	StampA: "Get a stamp for every drink. Collect ", StampB: " stamps for a free drink. Get a ", StampC: " won coupon for your birthday.", StampCount: "Stamps needed",
	Example: "What a customer gets", Cost: "What it costs you", FirstUse: "First use",
	SpendGives: func(spend, points string) string { return "Spend " + spend + ", get " + points },
	UsableFrom: func(visit int64) string { return "Usable from visit " + figure(visit) },
	CostLine: func(cost string, visits int64) string {
		return "About " + cost + " a month. Pays for itself after " + plural(visits, "more visit", "more visits")
	},
	CostNote: func(sales string) string { return "Assumes sales of " + sales + " a month." },
	Trades: Trades{
		Cafe: "Café or bakery", Restaurant: "Restaurant", Beauty: "Hair or nails", Retail: "Retail", Online: "Online shop", Unknown: "Something else",
		CafeHelp: "10 stamps, one free drink", RestaurantHelp: "2% back", BeautyHelp: "3% back", RetailHelp: "2% back", OnlineHelp: "1% store credit", UnknownHelp: "2% back",
	},
	DoneTitle: "Your program has started", DoneHelp: "Try it once at the counter.", DoneCounter: "Open the counter", DonePoster: "Print the counter poster", DoneInvite: "Invite staff",
	EarnFirst: "Earn points on your own number", EarnFirstHelp: "Add your number, earn points on ₩12,000, see how they were worked out, then undo it.",
}
