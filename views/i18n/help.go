package i18n

// Help is the search over everything, the keys, and the words of the program in plain language.
type Help struct {
	Search, SearchHelp, SearchHint, Find, Nothing string
	Title, TitleHelp, Keys, KeysHelp, Glossary    string
	KeyList, Words                                []HelpLine
}

// HelpLine is a key or a word, and what it does or means.
type HelpLine struct{ Name, Text string }

var koHelp = Help{
	Search: "찾기", SearchHelp: "손님, 화면, 할 일을 한 곳에서 찾아요.", SearchHint: "손님 이름·뒷번호, 화면 이름", Find: "찾기", Nothing: "맞는 것이 없어요.",
	Title: "도움말", TitleHelp: "단축키와 이 프로그램에서 쓰는 말이에요.", Keys: "단축키", KeysHelp: "글자를 쓰는 동안에는 움직이지 않아요.", Glossary: "쓰는 말",
	KeyList: []HelpLine{
		{"⌘K / Ctrl K", "어디서나 찾기"}, {"/", "이 화면에서 찾는 칸으로"}, {"?", "이 도움말"}, {"G H", "홈"}, {"G T", "계산대"}, {"G C", "손님"}, {"G P", "프로그램"}, {"G I", "한눈에"},
		{"⌘S / Ctrl S", "저장"}, {"↑ ↓", "찾은 것 고르기"}, {"Esc", "닫기"},
	},
	Words: []HelpLine{
		{"약속 (프로그램)", "손님에게 무엇을 드리는지 적은 글. 시작한 약속은 바뀌지 않고, 고치면 다음 약속이 돼요."}, {"포인트", "약속대로 쌓이고 쓰는 것. 가게에 따라 적립금이나 스탬프라고 불러요."},
		{"곧 들어올 포인트", "쌓였지만 아직 쓸 수 없는 포인트. 정한 날에 들어와요."}, {"기한", "포인트를 쓸 수 있는 마지막 날. 알려 드린 손님에게서만 사라져요."}, {"등급", "산 만큼 오르는 자리. 포인트를 써도 내려가지 않아요."},
		{"쿠폰", "한 번 쓸 수 있는 할인. 구매를 되돌리면 돌아와요."}, {"드리기", "약속과 따로, 직원이 이유를 적고 주는 포인트."}, {"되돌리기", "오늘 잘못한 일을 없던 일로 하기. 기록에는 남아요."}, {"방문", "한 손님이 한 매장에 하루 온 것. 영수증이 여럿이어도 한 번이에요."},
		{"단골 지도", "얼마나 최근에, 얼마나 자주 왔는지로 손님을 나눈 표."}, {"연습용 가게", "지어낸 손님으로 시간을 옮겨 가며 해 보는 가게."}, {"동의", "손님이 받겠다고 한 것. 고쳐 쓰지 않고 차례로 쌓여요."},
	},
}

var enHelp = Help{
	Search: "Find", SearchHelp: "Customers, pages and things to do in one place.", SearchHint: "Name, last digits, or a page", Find: "Find", Nothing: "Nothing fits.",
	Title: "Help", TitleHelp: "Keys, and the words this program uses.", Keys: "Keyboard shortcuts", KeysHelp: "They rest while you type.", Glossary: "Words",
	KeyList: []HelpLine{
		{"⌘K / Ctrl K", "Find anything, anywhere"}, {"/", "To the search box of this page"}, {"?", "This help"}, {"G H", "Home"}, {"G T", "Counter"}, {"G C", "Customers"}, {"G P", "Program"}, {"G I", "Insights"},
		{"⌘S / Ctrl S", "Save"}, {"↑ ↓", "Choose among what was found"}, {"Esc", "Close"},
	},
	Words: []HelpLine{
		{"Promise (program)", "What you give your customers, in writing. Once started it never changes; an edit is the next promise."}, {"Points", "What is earned and used as promised. Some shops call them credit or stamps."},
		{"Arriving points", "Earned but not usable yet. They arrive on their day."}, {"Last day", "Until when points can be used. They end only for somebody who was told."}, {"Tier", "A rank by what was bought. Using points never lowers it."},
		{"Coupon", "A discount, once. Take the purchase back and the coupon returns."}, {"Giving by hand", "Points beside the promise, with a reason."}, {"Undo", "Makes today's slip as if it had never been. It stays on record."}, {"Visit", "One customer at one store on one day, however many receipts."},
		{"Map of regulars", "Customers by how lately and how often they came."}, {"Practice shop", "Invented customers and a clock that you move."}, {"Consent", "What a customer agreed to. Never rewritten; added one after the other."},
	},
}
