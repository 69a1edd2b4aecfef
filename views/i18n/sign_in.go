package i18n

// SignIn is signing in, a new password, and taking up an invitation.
type SignIn struct {
	Title, Email, Password, Submit, Forgot                            string
	ResetTitle, ResetHelp, ResetSubmit, ResetSent, ResetBack          string
	NewTitle, NewPassword, NewHelp, NewSubmit                         string
	InviteTitle, InviteName, InviteSubmit                             string
	InviteHelp                                                        func(shop, role string) string
	ChangeTitle, CurrentPassword, ChangeSubmit, ChangeHelp, LinkTrust string
}

var koSignIn = SignIn{
	Title: "로그인", Email: "이메일", Password: "비밀번호", Submit: "로그인하기", Forgot: "비밀번호를 잊었어요",
	ResetTitle: "비밀번호 새로 정하기", ResetHelp: "쓰시던 이메일을 알려 주시면 링크를 보내 드려요.", ResetSubmit: "링크 받기",
	ResetSent: "가입된 이메일이면 곧 링크가 도착해요. 링크는 1시간 동안 쓸 수 있어요.", ResetBack: "로그인으로",
	NewTitle: "새 비밀번호", NewPassword: "새 비밀번호", NewHelp: "12자 이상. 짧은 문장이면 외우기 쉬워요.", NewSubmit: "비밀번호 바꾸기",
	InviteTitle: "함께 일해요", InviteName: "이름", InviteSubmit: "시작하기",
	InviteHelp: func(shop, role string) string {
		return Josa(shop, "이/가") + " " + Josa(role, "으로/로") + " 초대했어요."
	},
	ChangeTitle: "비밀번호 바꾸기", CurrentPassword: "지금 비밀번호", ChangeSubmit: "비밀번호 바꾸기", ChangeHelp: "바꾸면 다른 기기에서는 모두 로그아웃돼요.",
	LinkTrust: "이 링크는 한 번만 쓸 수 있어요.",
}

var enSignIn = SignIn{
	Title: "Sign in", Email: "Email", Password: "Password", Submit: "Sign in", Forgot: "Forgot your password?",
	ResetTitle: "Reset your password", ResetHelp: "Enter your email and we'll send you a link.", ResetSubmit: "Send link",
	ResetSent: "If that email has an account, a link is on its way. It works for 1 hour.", ResetBack: "Back to sign in",
	NewTitle: "New password", NewPassword: "New password", NewHelp: "12 characters or more. A short sentence is easy to remember.", NewSubmit: "Set password",
	InviteTitle: "Join the team", InviteName: "Your name", InviteSubmit: "Get started",
	InviteHelp:  func(shop, role string) string { return shop + " invited you as " + role + "." },
	ChangeTitle: "Change password", CurrentPassword: "Current password", ChangeSubmit: "Change password", ChangeHelp: "This signs you out on all other devices.",
	LinkTrust: "This link works once.",
}
