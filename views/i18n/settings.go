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
	Shop: "가게", ShopHelp: "이름, 연락처, 보통 쓰는 금액", StaffHelp: "초대하고 하는 일을 정해요", KeysHelp: "계산 프로그램이나 쇼핑몰과 이어요", RefundsHelp: "아직 주문이 오지 않은 환불이에요", ImportsHelp: "손님과 구매 파일을 가져와요", PosterHelp: "A4로 인쇄해 붙여요", SessionsHelp: "어디에서 로그인했는지 봐요", PasswordHelp: "내 비밀번호를 바꿔요",
	ShopName: "가게 이름", Contact: "손님이 연락할 곳", ContactHelp: "손님이 보는 약속 아래에 나와요.", Ticket: "손님이 한 번에 보통 쓰는 돈", Margin: "남는 돈의 비율", MarginHelp: "혜택의 본전을 셈할 때만 써요.", ShownCounts: "화면에 보여 준 것도 알린 것으로 세기", ShownHelp: "알림을 보낼 곳이 없을 때, 계산대에서 손님에게 보여 준 것도 알린 것으로 봐요.",
	Keys: "연결 열쇠", NewKey: "열쇠 만들기", KeyName: "이름", KeyNameHelp: "예: 1층 계산 프로그램", Source: "주문 번호 앞에 붙일 이름", SourceHelp: "예: pos, cafe24. 같은 번호라도 곳이 다르면 다른 주문이에요.", Scopes: "할 수 있는 일", MakeKey: "열쇠 만들기", KeyMade: "열쇠를 만들었어요", KeyOnce: "이 열쇠는 지금만 보여요. 계산 프로그램에 옮겨 적고 나서 닫아 주세요.", Revoke: "못 쓰게 하기", RevokeHelp: "바로 쓸 수 없게 되고, 다시 살릴 수 없어요.", LastUsed: "마지막으로 쓴 때", NeverUsed: "아직 안 씀", Revoked: "못 씀", NoKeys: "아직 열쇠가 없어요", NoKeysHelp: "열쇠가 있으면 계산 프로그램이 주문을 바로 알려 줄 수 있어요.",
	ScopeNames: map[string]string{"orders": "주문과 환불 보내기", "redemptions": "포인트 쓰기", "customers:read": "손님 보기", "customers": "손님 등록하고 고치기", "programs:read": "약속 보기", "programs": "약속 고치기", "publish": "약속 시작하기", "sandbox": "연습용 가게의 시간 옮기기"},
	Example:    "이렇게 보내 보세요", ExampleHelp: "열쇠를 넣고 그대로 실행하면 주문 하나가 들어와요.",
	Refunds: "주문을 기다리는 환불", NoRefunds: "기다리는 환불이 없어요", NoRefundsHelp: "주문보다 환불이 먼저 오면 여기에서 기다렸다가, 주문이 오면 저절로 들어가요.", RefundOf: "주문 번호", WaitingSince: "기다린 때", DropsOn: "이날까지 기다려요", Amount: "금액",
	Store: "매장", AllStores: "모든 매장",
	Channel: "소식 보내는 곳", ChannelOn: "메일로 보내고 있어요", ChannelOff: "메일 보내는 곳이 아직 없어요. 손님에게 아무것도 닿지 않아요.", ChannelHelp: "설치한 사람이 이 값을 적고 다시 켜면 이어져요:",
}

var enSettings = Settings{
	Title: "Settings", Help: "Things you set once.",
	Shop: "Shop", ShopHelp: "Name, contact, usual spending", StaffHelp: "Invite people and set their roles", KeysHelp: "Connect a till or an online shop", RefundsHelp: "Refunds whose order has not come yet", ImportsHelp: "Bring in customers and purchases", PosterHelp: "Print it on A4", SessionsHelp: "See where you're signed in", PasswordHelp: "Change your password",
	ShopName: "Shop name", Contact: "How customers reach you", ContactHelp: "Shown under the promise that customers read.", Ticket: "What a customer usually spends at once", Margin: "Margin", MarginHelp: "Only used to work out when benefits pay back.", ShownCounts: "What was shown counts as told", ShownHelp: "Where no message can be sent, what was shown at the counter counts as told.",
	Keys: "API keys", NewKey: "Make a key", KeyName: "Name", KeyNameHelp: "e.g. till on the ground floor", Source: "Prefix of order numbers", SourceHelp: "e.g. pos, cafe24. The same number from two places is two orders.", Scopes: "What it may do", MakeKey: "Make the key", KeyMade: "The key is ready", KeyOnce: "This is the only time you see it. Copy it to your till, then close.", Revoke: "Revoke", RevokeHelp: "It stops at once and can't be brought back.", LastUsed: "Last used", NeverUsed: "Not yet", Revoked: "Revoked", NoKeys: "No keys yet", NoKeysHelp: "With a key your till can tell us about orders right away.",
	ScopeNames: map[string]string{"orders": "Send orders and refunds", "redemptions": "Use points", "customers:read": "See customers", "customers": "Enrol and change customers", "programs:read": "See the promise", "programs": "Edit the promise", "publish": "Start a promise", "sandbox": "Move a practice shop's clock"},
	Example:    "Try it", ExampleHelp: "Put the key in and run it: one order arrives.",
	Refunds: "Refunds waiting for an order", NoRefunds: "No refunds are waiting", NoRefundsHelp: "When a refund comes before its order it waits here and goes in by itself.", RefundOf: "Order number", WaitingSince: "Waiting since", DropsOn: "Waits until", Amount: "Amount",
	Store: "Store", AllStores: "All stores",
	Channel: "How messages are sent", ChannelOn: "Sent by mail", ChannelOff: "No mail server is connected. Nothing reaches your customers.", ChannelHelp: "Whoever installed Dangol sets this and starts it again:",
}
