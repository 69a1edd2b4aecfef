package i18n

// Shell is what stands around every page.
type Shell struct {
	Home, Counter, Customers, Program, Insights, Settings, Segments, Imports, Staff, Poster string
	Menu, Account, Shops, Language, Theme, ThemeLight, ThemeDark, ThemeSystem               string
	SignOut, Password, Sessions, HelpKeys                                                   string
	SandboxName                                                                             string
	Sandbox                                                                                 func(date string) string
	MoveClock, Offline, SignInAgain, SignInAgainHelp                                        string
	Roles                                                                                   Roles
}

// Roles names what people do in the shop.
type Roles struct{ Owner, Admin, Marketer, Manager, Clerk, Viewer string }

// Name is the word for a role's code.
func (r Roles) Name(code string) string {
	switch code {
	case "owner":
		return r.Owner
	case "admin":
		return r.Admin
	case "marketer":
		return r.Marketer
	case "manager":
		return r.Manager
	case "clerk":
		return r.Clerk
	}
	return r.Viewer
}

var koShell = Shell{
	Home: "홈", Counter: "계산대", Customers: "손님", Program: "프로그램", Insights: "한눈에", Settings: "설정",
	Segments: "단골 지도", Imports: "파일 올리기", Staff: "직원", Poster: "계산대 포스터",
	Menu: "메뉴", Account: "내 계정", Shops: "가게 바꾸기", Language: "언어", Theme: "화면 밝기", ThemeLight: "밝게", ThemeDark: "어둡게", ThemeSystem: "기기 설정대로",
	SignOut: "로그아웃", Password: "비밀번호 바꾸기", Sessions: "로그인한 기기", HelpKeys: "글자 단축키",
	SandboxName: "연습용 가게",
	Sandbox: func(date string) string {
		return "연습용 가게예요. 이 가게의 오늘은 " + date + "이에요."
	},
	MoveClock: "시간 옮기기", Offline: "인터넷이 끊겼어요. 입력한 내용은 그대로 있어요.",
	SignInAgain: "다시 로그인해 주세요", SignInAgainHelp: "오래 쓰지 않아 로그아웃됐어요. 입력한 내용은 그대로 있어요.",
	Roles: Roles{Owner: "주인", Admin: "관리자", Marketer: "마케팅", Manager: "매장 관리자", Clerk: "직원", Viewer: "보기 전용"},
}

var enShell = Shell{
	Home: "Home", Counter: "Counter", Customers: "Customers", Program: "Program", Insights: "Insights", Settings: "Settings",
	Segments: "Regulars map", Imports: "Import", Staff: "Staff", Poster: "Counter poster",
	Menu: "Menu", Account: "Your account", Shops: "Switch shop", Language: "Language", Theme: "Appearance", ThemeLight: "Light", ThemeDark: "Dark", ThemeSystem: "Match device",
	SignOut: "Sign out", Password: "Change password", Sessions: "Signed-in devices", HelpKeys: "Keyboard shortcuts",
	SandboxName: "Practice shop",
	Sandbox:     func(date string) string { return "You're in a practice shop. Today here is " + date + "." },
	MoveClock:   "Move time forward", Offline: "You're offline. What you typed is still here.",
	SignInAgain: "Sign in again", SignInAgainHelp: "We signed you out after a period of inactivity. What you typed is still here.",
	Roles: Roles{Owner: "Owner", Admin: "Admin", Marketer: "Marketer", Manager: "Store manager", Clerk: "Clerk", Viewer: "Viewer"},
}
