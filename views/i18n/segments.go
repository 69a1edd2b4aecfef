package i18n

// Segments is the regulars map: who comes how often and how recently, and giving those people something.
type Segments struct {
	Title, Help, Frequency, Recency                                     string
	AsOf                                                                func(date string) string
	Rows, Columns                                                       [5]string // from the rarest; from the longest ago
	Cell                                                                func(row, column string) string
	Few                                                                 func(classes string) string
	Pick, PickHelp                                                      string
	Names                                                               Names
	People, LastVisit, Times, Points                                    string
	PeopleAre                                                           func(people, share, sales string) string
	Give, GiveTitle, GiveKind, GivePoints, GiveAny, GiveCoupon, GiveWhy string
	GiveNow                                                             func(people string) string
	GiveSum                                                             func(people, each, most string) string
	GiveSkip                                                            func(people string) string
	Gave                                                                func(people, what string) string
	Message, MessageHelp, Empty, EmptyHelp, EmptyAction                 string
	Limit                                                               func(limit string) string
}

// Names are what the parts of the map are called, by code.
type Names map[string]string

// Name is the word for a part's code; a code without a word gets none.
func (n Names) Name(code string) string { return n[code] }

var koSegments = Segments{
	Title: "단골 지도", Help: "얼마나 자주, 얼마나 최근에 왔는지로 손님을 나눠 봐요. 칸을 누르면 그\u00a0손님들이 보여요.", Frequency: "자주 올수록 위", Recency: "최근에 왔을수록 오른쪽",
	AsOf: func(date string) string { return date + " 기준" },
	Rows: [5]string{"처음", "가끔", "보통", "자주", "아주 자주"}, Columns: [5]string{"아주 오래", "오래", "보통", "최근", "방금"},
	Cell: func(row, column string) string {
		return row + " 오고 마지막 방문이 " + column + "인 손님"
	},
	Few:  func(classes string) string { return "손님이 적어서 " + classes + "칸으로 나눴어요." },
	Pick: "칸을 골라 보세요", PickHelp: "그 칸의 손님이 이름으로 보이고, 바로 쿠폰이나 포인트를 드릴 수 있어요.",
	Names: Names{
		"champions": "참단골", "loyal": "꾸준한 단골", "potential": "단골이 될 손님", "new": "새 손님", "promising": "기대되는 손님", "attention": "챙겨야 할 손님",
		"about_to_sleep": "뜸해지는 손님", "cant_lose": "놓치면 안 될 손님", "at_risk": "평소보다 오래 안 온 손님", "hibernating": "오래 못 본 손님",
	},
	People: "손님", LastVisit: "마지막 방문", Times: "방문", Points: "포인트",
	PeopleAre: func(people, share, sales string) string {
		return people + " · 손님의 " + share + " · 매출의 " + sales
	},
	Give: "이 손님들에게 드리기", GiveTitle: "무엇을 드릴까요?", GiveKind: "드릴 것", GivePoints: "포인트", GiveAny: "몇 포인트인지 정해요", GiveCoupon: "쿠폰", GiveWhy: "왜 드리나요?",
	GiveNow:  func(people string) string { return people + "에게 드리기" },
	GiveSum:  func(people, each, most string) string { return people + " × " + each + " = 최대 " + most },
	GiveSkip: func(people string) string { return Josa(people, "은/는") + " 받을 수 없어서 빼요" },
	Gave:     func(people, what string) string { return people + "에게 " + Josa(what, "을/를") + " 드렸어요" },
	Message:  "손님에게 보일 한마디", MessageHelp: "드린 것과 함께 보여요.", Empty: "아직 그릴 구매가 없어요", EmptyHelp: "구매가 쌓이면 손님이 25칸으로 나뉘어 보여요. 지난 구매 파일을 올리면 바로 볼 수 있어요.", EmptyAction: "구매 파일 올리기",
	Limit: func(limit string) string { return "한 번에 " + limit + "까지 드릴 수 있어요." },
}

var enSegments = Segments{
	Title: "Regulars map", Help: "Customers by how often and how recently they visit. Pick a square to see who's in it.", Frequency: "More often", Recency: "More recent",
	AsOf: func(date string) string { return "As of " + date },
	Rows: [5]string{"Once", "Rarely", "Sometimes", "Often", "Very often"}, Columns: [5]string{"Long ago", "A while ago", "Average", "Recently", "Just now"},
	Cell: func(row, column string) string {
		return "Visits: " + row + ", last visit: " + column
	},
	Few: func(classes string) string {
		return "You don't have many customers yet, so there are only " + classes + " groups."
	},
	Pick: "Pick a square", PickHelp: "See the customers in it by name and give them a coupon or points.",
	Names: Names{
		"champions": "True regulars", "loyal": "Loyal", "potential": "Becoming regulars", "new": "New", "promising": "Promising", "attention": "Need attention",
		"about_to_sleep": "Visiting less", "cant_lose": "Can't lose", "at_risk": "Away longer than usual", "hibernating": "Not seen in a while",
	},
	People: "Customer", LastVisit: "Last visit", Times: "Visits", Points: "Points",
	PeopleAre: func(people, share, sales string) string {
		return people + " · " + share + " of customers · " + sales + " of sales"
	},
	Give: "Give them something", GiveTitle: "What would you like to give?", GiveKind: "Gift", GivePoints: "Points", GiveAny: "You choose how many", GiveCoupon: "Coupon", GiveWhy: "Reason",
	GiveNow:  func(people string) string { return "Give to " + people },
	GiveSum:  func(people, each, most string) string { return people + " × " + each + " = up to " + most },
	GiveSkip: func(people string) string { return people + " can't get it and will be skipped" },
	Gave:     func(people, what string) string { return "Gave " + what + " to " + people },
	Message:  "Message to the customer", MessageHelp: "Shown with the gift.", Empty: "No purchases to map yet", EmptyHelp: "As purchases come in, customers spread over 25 squares. Import past purchases to see it right away.", EmptyAction: "Import purchases",
	Limit: func(limit string) string { return "You can give up to " + limit + " at a time." },
}
