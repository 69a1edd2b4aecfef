package i18n

// Account is what a person sees about their own login.
type Account struct {
	SessionsTitle, SessionsHelp, Device, Address, SignedInAt, SeenAt, ThisDevice, EndSession string
	EndedSession, PasswordChanged, SignedInAgain, InvitationTaken                            string
	UnknownDevice                                                                            string
}

var koAccount = Account{
	SessionsTitle: "로그인한 기기", SessionsHelp: "모르는 기기가 있으면 끝내고 비밀번호를 바꿔 주세요.",
	Device: "기기", Address: "인터넷 주소", SignedInAt: "로그인한 때", SeenAt: "마지막으로 쓴 때", ThisDevice: "지금 이 기기", EndSession: "로그아웃하기",
	EndedSession: "그 기기에서 로그아웃했어요", PasswordChanged: "비밀번호를 바꿨어요. 다른 기기에서는 로그아웃됐어요", SignedInAgain: "다시 로그인했어요. 하던 일을 이어서 해 주세요",
	InvitationTaken: "초대를 받았어요. 쓰시던 비밀번호로 로그인해 주세요",
	UnknownDevice:   "알 수 없는 기기",
}

var enAccount = Account{
	SessionsTitle: "Signed-in devices", SessionsHelp: "If you don't know one of these, end it and change your password.",
	Device: "Device", Address: "Internet address", SignedInAt: "Signed in", SeenAt: "Last used", ThisDevice: "This device", EndSession: "Sign out",
	EndedSession: "Signed out on that device", PasswordChanged: "Password changed. Other devices are signed out", SignedInAgain: "Signed in again. Carry on where you were",
	InvitationTaken: "You've joined. Sign in with your own password",
	UnknownDevice:   "Unknown device",
}
