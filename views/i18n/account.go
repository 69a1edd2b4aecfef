package i18n

// Account is what a person sees about their own login.
type Account struct {
	SessionsTitle, SessionsHelp, Device, Address, SignedInAt, SeenAt, ThisDevice, EndSession string
	EndedSession, PasswordChanged, SignedInAgain, InvitationTaken                            string
	UnknownDevice                                                                            string

	ConfirmTitle, ConfirmHelp, ConfirmSubmit                                                                  string // the password again
	SecondTitle, SecondHelp, SecondLost, Code, CodeSubmit                                                     string // the second step at the door
	Factor, FactorHelp, FactorOn, FactorScan, FactorKey, FactorOpen, FactorCode, TurnOn, TurnOff, FactorIsOff string
	Recovery, RecoveryHelp, RecoveryNew, FactorRule, FactorRuleHelp, FactorNeeded, FactorQR, RecoveryIn       string
	FactorAdvice, FactorAdviceHelp                                                                            string
}

var koAccount = Account{
	SessionsTitle: "로그인한 기기", SessionsHelp: "모르는 기기가 있으면 로그아웃하고 비밀번호를 바꿔 주세요.",
	Device: "기기", Address: "IP 주소", SignedInAt: "로그인한 때", SeenAt: "마지막으로 쓴 때", ThisDevice: "지금 이 기기", EndSession: "로그아웃하기",
	EndedSession: "그 기기에서 로그아웃했어요", PasswordChanged: "비밀번호를 바꿨어요. 다른 기기에서는 로그아웃됐어요", SignedInAgain: "다시 로그인했어요. 하던 일을 이어서 해 주세요",
	InvitationTaken: "초대를 수락했어요. 쓰시던 비밀번호로 로그인해 주세요",
	UnknownDevice:   "알 수 없는 기기",
	ConfirmTitle:    "비밀번호를 한 번 더 입력해 주세요", ConfirmHelp: "중요한 일이라 본인인지 확인해요. 10분 동안은 다시 묻지 않아요.", ConfirmSubmit: "계속하기",
	SecondTitle: "인증 앱의 번호를 입력해 주세요", SecondHelp: "휴대전화의 인증 앱에 보이는 여섯 자리 숫자예요.", SecondLost: "휴대전화가 없으면 복구 코드를 입력해 주세요.", Code: "번호", CodeSubmit: "들어가기",
	Factor: "2단계 로그인", FactorHelp: "비밀번호에 더해 휴대전화 인증 앱의 번호로 한\u00a0번 더 확인해요.", FactorOn: "켜져 있어요. 로그인할 때마다 번호를 물어요.",
	FactorOpen: "이 휴대전화의 인증 앱에서 열기",
	FactorScan: "인증 앱(Google OTP, 네이버 OTP 등)으로 이 QR 코드를 찍고, 앱에 보이는 번호를 입력해 주세요.", FactorKey: "QR 코드를 찍을 수 없으면 이 글자를 앱에 입력해 주세요.", FactorCode: "앱에 보이는 번호",
	TurnOn: "켜기", TurnOff: "끄기", FactorIsOff: "2단계 로그인을 껐어요", FactorQR: "인증 앱에 넣을 QR 코드",
	Recovery: "복구 코드", RecoveryHelp: "휴대전화를 잃어버렸을 때 번호 대신 써요. 코드마다 한 번만 쓸 수 있고, 지금만 보여요. 안전한 곳에 적어 두세요.", RecoveryNew: "복구 코드 새로 만들기", RecoveryIn: "새로 만들면 예전 복구 코드는 쓸 수 없어요.",
	FactorRule: "주인과 관리자는 꼭 쓰기", FactorRuleHelp: "켜면 이 가게의 주인과 관리자는 2단계 로그인을 켜야 다른 화면을 볼 수 있어요.", FactorNeeded: "이 가게에서는 주인과 관리자가 2단계 로그인을 써요. 켜고 나면 다른 화면을 볼 수 있어요.",
	FactorAdvice: "2단계 로그인을 켜 두면 더 안전해요", FactorAdviceHelp: "여러 사람이 일하는 가게는 비밀번호가 새기 쉬워요.",
}

var enAccount = Account{
	SessionsTitle: "Signed-in devices", SessionsHelp: "Don't recognize a device? Sign it out and change your password.",
	Device: "Device", Address: "IP address", SignedInAt: "Signed in", SeenAt: "Last active", ThisDevice: "This device", EndSession: "Sign out",
	EndedSession: "Device signed out", PasswordChanged: "Password changed. Other devices are signed out", SignedInAgain: "Signed in again. Pick up where you left off",
	InvitationTaken: "Invitation accepted. Sign in with your existing password",
	UnknownDevice:   "Unknown device",
	ConfirmTitle:    "Confirm your password", ConfirmHelp: "This is a sensitive action. We won't ask again for 10 minutes.", ConfirmSubmit: "Continue",
	SecondTitle: "Enter your sign-in code", SecondHelp: "Open your authenticator app and enter the 6-digit code.", SecondLost: "No phone? Enter a recovery code instead.", Code: "Code", CodeSubmit: "Sign in",
	Factor: "Two-step sign-in", FactorHelp: "As well as your password, enter a code from your authenticator app.", FactorOn: "On. You'll need a code each time you sign in.",
	FactorOpen: "Open in an app on this phone",
	FactorScan: "Scan this with an authenticator app, such as Google Authenticator, then enter the code it shows.", FactorKey: "Can't scan it? Enter this key in the app.", FactorCode: "Code from the app",
	TurnOn: "Turn on", TurnOff: "Turn off", FactorIsOff: "Two-step sign-in is off", FactorQR: "QR code for your authenticator app",
	Recovery: "Recovery codes", RecoveryHelp: "Use one instead of a code if you lose your phone. Each works once. Save them now: we won't show them again.", RecoveryNew: "Get new recovery codes", RecoveryIn: "New codes replace the old ones.",
	FactorRule: "Require it for owners and admins", FactorRuleHelp: "Owners and admins must turn on two-step sign-in before they can open any other page.", FactorNeeded: "This shop requires two-step sign-in for owners and admins. Turn it on to continue.",
	FactorAdvice: "Protect your shop with two-step sign-in", FactorAdviceHelp: "The more people sign in, the easier it is for a password to leak.",
}
