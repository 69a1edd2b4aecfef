package i18n

// Settings is everything that is set once.
type Settings struct {
	Title, Help                                                                                                                                                     string
	Shop, ShopHelp, StaffHelp, KeysHelp, RefundsHelp, ImportsHelp, PosterHelp, SessionsHelp, PasswordHelp                                                           string
	ShopName, Contact, ContactHelp, Ticket, Margin, MarginHelp, ShownCounts, ShownHelp                                                                              string
	Keys, NewKey, KeyName, KeyNameHelp, Source, SourceHelp, Scopes, MakeKey, KeyMade, KeyOnce, Revoke, RevokeHelp, LastUsed, NeverUsed, Revoked, NoKeys, NoKeysHelp string
	ScopeNames                                                                                                                                                      map[string]string // by code
	Example, ExampleHelp                                                                                                                                            string
	Refunds, NoRefunds, NoRefundsHelp, RefundOf, WaitingSince, DropsOn, Amount                                                                                      string
	Store, AllStores, Channel, ChannelOn, ChannelOff, ChannelHelp                                                                                                   string
}

var koSettings = Settings{
	Title: "설정", Help: "한 번 정해 두면 되는 것들이에요.",
	Shop: "가게", ShopHelp: "이름, 연락처, 보통 쓰는 금액", StaffHelp: "초대하고 하는 일을 정해요", KeysHelp: "계산 프로그램이나 쇼핑몰과 연결해요", RefundsHelp: "아직 주문이 오지 않은 환불이에요", ImportsHelp: "손님과 구매 파일을 가져와요", PosterHelp: "A4로 인쇄해 붙여요", SessionsHelp: "어디에서 로그인했는지 봐요", PasswordHelp: "내 비밀번호를 바꿔요",
	ShopName: "가게 이름", Contact: "손님이 연락할 곳", ContactHelp: "손님이 보는 약속 아래에 나와요.", Ticket: "손님이 한 번에 보통 쓰는 돈", Margin: "남는 돈의 비율(마진)", MarginHelp: "혜택의 본전을 계산할 때만 써요.", ShownCounts: "화면으로 보여 드리면 알린 것으로 하기", ShownHelp: "메일을 보낼 수 없는 손님에게 계산대에서 보여 드리면 알린 것으로 해요.",
	Keys: "연결 키(API)", NewKey: "키 만들기", KeyName: "이름", KeyNameHelp: "예: 1층 계산 프로그램", Source: "주문 번호 앞에 붙일 이름", SourceHelp: "예: pos, cafe24. 같은 번호라도 곳이 다르면 다른 주문이에요.", Scopes: "할 수 있는 일", MakeKey: "키 만들기", KeyMade: "키를 만들었어요", KeyOnce: "이 키는 지금만 보여요. 계산 프로그램에 복사해 넣고 나서 닫아 주세요.", Revoke: "못 쓰게 하기", RevokeHelp: "바로 못 쓰게 되고, 되살릴 수 없어요.", LastUsed: "마지막으로 쓴 때", NeverUsed: "아직 쓰지 않았어요", Revoked: "못 쓰는 키", NoKeys: "아직 키가 없어요", NoKeysHelp: "키를 만들면 계산 프로그램이 주문을 바로 보내요.",
	ScopeNames: map[string]string{"orders": "주문과 환불 보내기", "redemptions": "포인트 쓰기", "customers:read": "손님 보기", "customers": "손님 등록하고 고치기", "programs:read": "약속 보기", "programs": "약속 고치기", "publish": "약속 시작하기", "sandbox": "연습용 가게의 시간 옮기기"},
	Example:    "이렇게 보내 보세요", ExampleHelp: "키를 넣고 그대로 실행하면 주문 하나가 들어와요.",
	Refunds: "주문을 기다리는 환불", NoRefunds: "기다리는 환불이 없어요", NoRefundsHelp: "주문보다 환불이 먼저 오면 여기에서 기다렸다가, 주문이 오면 자동으로 들어가요.", RefundOf: "주문 번호", WaitingSince: "기다린 때", DropsOn: "이날까지 기다려요", Amount: "금액",
	Store: "매장", AllStores: "모든 매장",
	Channel: "소식 보내는 곳", ChannelOn: "메일로 보내고 있어요", ChannelOff: "메일 보내는 곳이 아직 없어서 손님에게 메일이 가지 않아요.", ChannelHelp: "Dangol을 설치한 분이 아래 값을 넣고 다시 시작하면 연결돼요:",
}

var enSettings = Settings{
	Title: "Settings", Help: "Set these up once.",
	Shop: "Shop", ShopHelp: "Name, contact and typical spend", StaffHelp: "Invite people and set their roles", KeysHelp: "Connect a till or an online shop", RefundsHelp: "Refunds waiting for their order", ImportsHelp: "Bring in customers and purchases", PosterHelp: "Print it on A4", SessionsHelp: "See where you're signed in", PasswordHelp: "Change your password",
	ShopName: "Shop name", Contact: "How customers reach you", ContactHelp: "Shown below the terms customers read.", Ticket: "Typical spend per visit", Margin: "Profit margin", MarginHelp: "Only used to work out when benefits pay for themselves.", ShownCounts: "Count on-screen notice as told", ShownHelp: "If a message can't be sent, showing it to the customer at the counter counts as telling them.",
	Keys: "API keys", NewKey: "Create key", KeyName: "Name", KeyNameHelp: "e.g. ground-floor till", Source: "Order number prefix", SourceHelp: "e.g. pos, cafe24. The same number from two sources is two orders.", Scopes: "Permissions", MakeKey: "Create key", KeyMade: "Your key is ready", KeyOnce: "Copy this key to your till now. You won't see it again.", Revoke: "Revoke", RevokeHelp: "The key stops working right away and can't be restored.", LastUsed: "Last used", NeverUsed: "Never used", Revoked: "Revoked", NoKeys: "No keys yet", NoKeysHelp: "Create a key so your till can send orders as they happen.",
	ScopeNames: map[string]string{"orders": "Send orders and refunds", "redemptions": "Use points", "customers:read": "View customers", "customers": "Add and edit customers", "programs:read": "View the program", "programs": "Edit the program", "publish": "Start the program", "sandbox": "Move a practice shop's clock"},
	Example:    "Try it", ExampleHelp: "Add your key and run this to send one order.",
	Refunds: "Refunds waiting for an order", NoRefunds: "No refunds waiting", NoRefundsHelp: "If a refund arrives before its order, it waits here and goes in automatically.", RefundOf: "Order number", WaitingSince: "Waiting since", DropsOn: "Waits until", Amount: "Amount",
	Store: "Store", AllStores: "All stores",
	Channel: "Messages to customers", ChannelOn: "Sent by email", ChannelOff: "No mail server is connected, so customers get no email.", ChannelHelp: "To connect one, the person who installed Dangol sets these values and restarts it:",
}
