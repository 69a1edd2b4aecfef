package i18n

// Home is the first page: what needs doing, and whether it goes well.
type Home struct {
	Hello                                                        func(name string) string
	Todo, NoTodo, NoTodoHelp                                     string
	Numbers, Notes                                               map[string]string // by the code of a number: its name, and how it is counted
	Versus                                                       func(change string) string
	Recent, NoRecent                                             string
	Checklist, ChecklistHelp                                     string
	ChecklistDone                                                func(done, of int64) string
	Steps                                                        Steps
	Todos                                                        Todos
	Ways                                                         map[string]string // out of a thing to do, by the code of the way
	MoveClock, MoveClockHelp, ClockNow, ClockTo, MoveNow, Moving string
	Moved                                                        func(date string) string
}

// Steps is the checklist of a new shop.
type Steps struct{ Promise, Customers, FirstEarn, Poster, Staff, Tiers string }

// Name is the words for a step's code.
func (s Steps) Name(code string) string {
	switch code {
	case "promise":
		return s.Promise
	case "customers":
		return s.Customers
	case "first_earn":
		return s.FirstEarn
	case "poster":
		return s.Poster
	case "staff":
		return s.Staff
	}
	return s.Tiers
}

// Todos says what needs somebody; n is how many.
type Todos struct {
	Birthdays, FailedImports, Draft, Ending, Refunds, ProposeTiers func(n int64) string
	Untold                                                         func(points string) string
}

// Text is the sentence for a code.
func (t Todos) Text(code string, n int64) string {
	switch code {
	case "birthdays":
		return t.Birthdays(n)
	case "failed_imports":
		return t.FailedImports(n)
	case "draft":
		return t.Draft(n)
	case "refunds":
		return t.Refunds(n)
	case "propose_tiers":
		return t.ProposeTiers(n)
	}
	return t.Ending(n)
}

var koHome = Home{
	Hello: func(name string) string { return name + "님, 오늘도 반가워요" },
	Todo:  "오늘 할 일", NoTodo: "지금 할 일이 없어요", NoTodoHelp: "손님 맞을 준비가 끝났어요.",
	Numbers: map[string]string{
		"visits_today": "오늘 온 손님", "sales_today": "오늘 매출", "sales_month": "이번 달 매출", "earned_month": "이번 달 적립", "redeemed_month": "이번 달 사용",
		"outstanding": "아직 안 쓴 포인트", "expiring_soon": "30일 안에 사라질 포인트", "repeat_rate": "두 번 이상 온 손님", "customers": "모든 손님", "new_month": "이번 달 새 손님",
	},
	Notes: map[string]string{
		"visits_today": "오늘 구매한 손님 수예요.", "sales_today": "배송비와 포인트로 낸 돈, 환불을 뺀 오늘 매출이에요.", "sales_month": "배송비와 포인트로 낸 돈, 환불을 뺀 이번 달 매출이에요.",
		"earned_month": "이번 달 1일부터 지금까지 드린 포인트예요. 곧 들어올 것도 넣었어요.", "redeemed_month": "이번 달 1일부터 지금까지 쓴 포인트에서 돌려드린 것을 뺐어요.",
		"outstanding": "손님이 모두 쓰면 드려야 할 포인트예요.", "expiring_soon": "앞으로 30일 안에 기한이 끝나는 포인트예요. 어젯밤에 계산했어요.", "repeat_rate": "구매한 손님 가운데 이틀 이상 온 손님의 비율이에요. 어젯밤에 계산했어요.",
		"customers": "등록한 손님 수예요.", "new_month": "이번 달에 등록한 손님 수예요.",
	},
	Versus: func(change string) string { return "지난달보다 " + change },
	Recent: "요즘 있었던 일", NoRecent: "계산대에서 적립하면 여기에 보여요.",
	Checklist: "시작하기", ChecklistHelp: "하나씩 하다 보면 준비가 끝나요.", ChecklistDone: func(done, of int64) string { return count(of, "가지 가운데 ") + count(done, "가지 했어요") },
	Steps: Steps{Promise: "약속 정하고 시작하기", Customers: "손님 명단 올리기", FirstEarn: "내 번호로 한 번 적립해 보기", Poster: "계산대 포스터 인쇄하기", Staff: "함께 일하는 사람 초대하기", Tiers: "등급 나눠 보기"},
	Todos: Todos{
		Birthdays:     func(n int64) string { return "오늘 생일인 손님이 " + count(n, "명") + " 있어요" },
		FailedImports: func(n int64) string { return "올리다 멈춘 파일이 " + count(n, "개") + " 있어요" },
		Draft:         func(int64) string { return "고치다 만 약속이 있어요" },
		Ending:        func(n int64) string { return count(n, "명의") + " 포인트가 이번 달에 사라져요" },
		Untold: func(points string) string {
			return "알리지 못해 기한을 미룬 포인트가 " + points + " 있어요"
		},
		Refunds:      func(n int64) string { return "주문을 기다리는 환불이 " + count(n, "건") + " 있어요" },
		ProposeTiers: func(n int64) string { return "손님이 " + count(n, "명이 됐어요. 등급을 나눠 볼까요?") },
	},
	Ways: map[string]string{
		"channel": "메일로 알리기: 메일 보내는 곳 연결하기", "emails": "메일로 알리기: 이메일이 없는 손님에게 여쭙기",
		"shown": "보여 드리기: 화면으로 보여 드리면 알린 것으로 하기", "show": "보여 드리기: 계산대에서 손님에게 보여 주기",
	},
	MoveClock: "시간 옮기기", MoveClockHelp: "연습용 가게의 날짜를 앞으로 옮겨요. 그동안 있을 일(기한, 등급 심사, 생일)이 차례로 일어나요.", ClockNow: "이 가게의 오늘", ClockTo: "어느 날까지", MoveNow: "옮기기", Moving: "시간을 옮기고 있어요",
	Moved: func(date string) string { return Josa(date, "으로/로") + " 옮겼어요" },
}

var enHome = Home{
	Hello: func(name string) string { return "Good to see you, " + name },
	Todo:  "To do today", NoTodo: "You're all caught up", NoTodoHelp: "Ready for customers.",
	Numbers: map[string]string{
		"visits_today": "Customers today", "sales_today": "Sales today", "sales_month": "Sales this month", "earned_month": "Earned this month", "redeemed_month": "Used this month",
		"outstanding": "Unused points", "expiring_soon": "Expiring in 30 days", "repeat_rate": "Came back at least once", "customers": "All customers", "new_month": "New this month",
	},
	Notes: map[string]string{
		"visits_today": "Customers who bought today.", "sales_today": "Today's sales, excluding shipping, points payments and refunds.", "sales_month": "This month's sales, excluding shipping, points payments and refunds.",
		"earned_month": "Points given since the 1st, including pending points.", "redeemed_month": "Points used since the 1st, minus points returned.",
		"outstanding": "What you'd owe if customers used all their points.", "expiring_soon": "Points that expire within 30 days. Updated last night.", "repeat_rate": "Share of buyers who came on two or more days. Updated last night.",
		"customers": "All customers you've added.", "new_month": "Customers added this month.",
	},
	Versus: func(change string) string { return change + " vs. last month" },
	Recent: "Recent activity", NoRecent: "What you do at the counter shows up here.",
	Checklist: "Getting started", ChecklistHelp: "Work through these to get your shop up and running.", ChecklistDone: func(done, of int64) string { return figure(done) + " of " + figure(of) + " done" },
	Steps: Steps{Promise: "Set up your program and start", Customers: "Import your customer list", FirstEarn: "Earn points on your own number", Poster: "Print the counter poster", Staff: "Invite your staff", Tiers: "Try tiers"},
	Todos: Todos{
		Birthdays:     func(n int64) string { return plural(n, "customer has", "customers have") + " a birthday today" },
		FailedImports: func(n int64) string { return plural(n, "import", "imports") + " stopped partway" },
		Draft:         func(int64) string { return "You have an unfinished program draft" },
		Ending:        func(n int64) string { return plural(n, "customer", "customers") + " will lose points this month" },
		Untold:        func(points string) string { return points + " were extended because no one was told they'd expire" },
		Refunds:       func(n int64) string { return plural(n, "refund is", "refunds are") + " waiting for an order" },
		ProposeTiers:  func(n int64) string { return "You have " + plural(n, "customer", "customers") + ". Want to try tiers?" },
	},
	Ways: map[string]string{
		"channel": "Tell them by email: connect a mail server", "emails": "Tell them by email: ask for missing addresses",
		"shown": "Show them: count on-screen notice as told", "show": "Show them: turn the screen around at the counter",
	},
	MoveClock: "Move time forward", MoveClockHelp: "Moves this practice shop's date forward. Everything due in between, such as expiring points, tier reviews and birthdays, happens in order.", ClockNow: "Today in this shop", ClockTo: "Move to", MoveNow: "Move", Moving: "Moving time forward",
	Moved: func(date string) string { return "Moved to " + date },
}
