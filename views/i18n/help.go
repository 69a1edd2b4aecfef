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
	Title: "도움말", TitleHelp: "단축키와 Dangol에서 쓰는 말이에요.", Keys: "단축키", KeysHelp: "글자를 입력할 때는 작동하지 않아요.", Glossary: "Dangol에서 쓰는 말",
	KeyList: []HelpLine{
		{"⌘K / Ctrl K", "어디서나 찾기"}, {"/", "이 화면에서 찾는 칸으로"}, {"?", "이 도움말"}, {"G H", "홈"}, {"G T", "계산대"}, {"G C", "손님"}, {"G P", "프로그램"}, {"G I", "한눈에"},
		{"⌘S / Ctrl S", "저장"}, {"↑ ↓", "찾은 것 고르기"}, {"Esc", "닫기"},
	},
	Words: []HelpLine{
		{"약속 (프로그램)", "손님에게 무엇을 드리는지 적은 글. 시작한 약속은 바뀌지 않고, 고치면 다음 약속이 돼요."}, {"포인트", "약속대로 쌓이고 쓰는 것. 가게에 따라 적립금이나 스탬프라고 불러요."},
		{"곧 들어올 포인트", "쌓였지만 아직 쓸 수 없는 포인트. 정한 날에 들어와요."}, {"기한", "포인트를 쓸 수 있는 마지막 날. 미리 알려 드린 손님의 포인트만 사라져요."}, {"등급", "산 만큼 오르는 단계. 포인트를 써도 내려가지 않아요."},
		{"쿠폰", "한 번 쓸 수 있는 할인. 구매를 되돌리면 돌아와요."}, {"드리기", "약속과 따로, 직원이 이유를 적고 주는 포인트."}, {"되돌리기", "오늘 잘못한 일을 원래대로 돌리는 것. 기록에는 남아요."}, {"방문", "한 손님이 한 매장에 하루 온 것. 영수증이 여럿이어도 한 번이에요."},
		{"단골 지도", "얼마나 최근에, 얼마나 자주 왔는지로 손님을 나눈 표."}, {"연습용 가게", "가상의 손님으로, 시간을 옮겨 가며 연습하는 가게."}, {"동의", "손님이 받겠다고 한 것. 고쳐 쓰지 않고 차례로 쌓여요."},
	},
}

var enHelp = Help{
	Search: "Search", SearchHelp: "Find customers, pages and actions in one place.", SearchHint: "Name, last 4 digits or page", Find: "Search", Nothing: "No results.",
	Title: "Help", TitleHelp: "Keyboard shortcuts and the words Dangol uses.", Keys: "Keyboard shortcuts", KeysHelp: "Shortcuts are off while you type.", Glossary: "Glossary",
	KeyList: []HelpLine{
		{"⌘K / Ctrl K", "Search anywhere"}, {"/", "Go to this page's search box"}, {"?", "Open this help"}, {"G H", "Home"}, {"G T", "Counter"}, {"G C", "Customers"}, {"G P", "Program"}, {"G I", "Insights"},
		{"⌘S / Ctrl S", "Save"}, {"↑ ↓", "Move through results"}, {"Esc", "Close"},
	},
	Words: []HelpLine{
		{"Program", "What you give customers, written down as terms. Once started, a version never changes: edits become the next version."}, {"Points", "What customers earn and use under your terms. Some shops call them credit or stamps."},
		{"Pending points", "Earned but not usable yet. They become available on a set day."}, {"Expires", "The last day points can be used. Points expire only after we've told the customer."}, {"Tier", "A level customers reach by spending. Using points never lowers it."},
		{"Coupon", "A discount that works once. Undo the purchase and the coupon comes back."}, {"Give points", "Points that staff give outside the program, with a reason."}, {"Undo", "Reverses something done by mistake today. The log keeps both."}, {"Visit", "One customer at one store on one day, however many receipts."},
		{"Regulars map", "Customers by how recently and how often they visit."}, {"Practice shop", "Made-up customers and a clock you can move, for trying things out."}, {"Consent", "What a customer agreed to. Never edited: each change is added."},
	},
}
