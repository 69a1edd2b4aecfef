package i18n

// Staff is the people who work in the shop.
type Staff struct {
	Title, Help, Invite, InviteTitle, InviteHelp, Email, Role, Stores, AllStores, SendInvite string
	Invited                                                                                  func(email string) string
	Link, LinkHelp                                                                           string
	Person, LastSeen, Never, Waiting, Off, Change, ChangeTitle, End, Restore, EndHelp, You   string
	May                                                                                      map[string]string // by the code of a role: what it may do
	Alone                                                                                    string
}

var koStaff = Staff{
	Title: "직원", Help: "함께 일하는 사람과 할 수 있는 일이에요.", Invite: "초대하기", InviteTitle: "함께 일할 사람 초대하기", InviteHelp: "이메일로 한 번 쓰는 링크를 보내요. 링크를 바로 복사해서 전해도 돼요.", Email: "이메일", Role: "하는 일", Stores: "매장", AllStores: "모든 매장", SendInvite: "초대하기",
	Invited: func(email string) string { return Josa(email, "을/를") + " 초대했어요" }, Link: "초대 링크", LinkHelp: "7일 동안, 한 번만 쓸 수 있어요. 지금만 보여요.",
	Person: "이름", LastSeen: "마지막으로 쓴 때", Never: "아직 로그인하지 않았어요", Waiting: "초대받음", Off: "로그인 막힘", Change: "바꾸기", ChangeTitle: "하는 일 바꾸기", End: "로그인 막기", Restore: "다시 로그인하게 하기", EndHelp: "바로 로그아웃되고, 한 일의 기록은 남아요.", You: "나",
	May: map[string]string{
		"owner": "모든 일을 할 수 있어요.", "admin": "약속을 고치고 시작하고, 직원을 초대해요.", "marketer": "약속을 고쳐 두고, 손님 그룹에 드려요. 시작할 수는 없어요.",
		"manager": "맡은 매장의 계산대와 손님을 보고, 한도 안에서 드려요.", "clerk": "계산대만 쓸 수 있어요.", "viewer": "볼 수만 있고 고치지 못해요.",
	},
	Alone: "지금은 혼자예요. 확인이 필요한 일은 비밀번호를 한 번 더 입력하면 돼요.",
}

var enStaff = Staff{
	Title: "Staff", Help: "Who works here and what they can do.", Invite: "Invite", InviteTitle: "Invite someone", InviteHelp: "We'll email a one-time link. You can also copy and share it yourself.", Email: "Email", Role: "Role", Stores: "Stores", AllStores: "All stores", SendInvite: "Send invitation",
	Invited: func(email string) string { return "Invited " + email }, Link: "Invitation link", LinkHelp: "Works once, for 7 days. Copy it now: we won't show it again.",
	Person: "Name", LastSeen: "Last active", Never: "Hasn't signed in yet", Waiting: "Invited", Off: "No access", Change: "Edit", ChangeTitle: "Change role", End: "Remove access", Restore: "Restore access", EndHelp: "They're signed out right away. Their activity stays in the log.", You: "You",
	May: map[string]string{
		"owner": "Can do everything.", "admin": "Edits and starts the program, and invites staff.", "marketer": "Drafts program changes and gives to groups. Can't start a program.",
		"manager": "Runs the counter and customers for their stores. Gives points within limits.", "clerk": "Counter only.", "viewer": "View only.",
	},
	Alone: "You're the only one here. When something needs a second person, we'll ask for your password instead.",
}
