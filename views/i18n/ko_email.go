package i18n

var koEmail = Email{
	Hello:             func(name string) string { return name + "님, 안녕하세요." },
	InvitationSubject: func(shop string) string { return Josa(shop, "이/가") + " 함께 일하자고 초대했어요" },
	InvitationBody: func(by, shop, role string) string {
		return Josa(by, "이/가") + " " + shop + "에 " + Josa(role, "으로/로") + " 초대했어요. 아래 링크에서 이름과 비밀번호를 정하면 바로 시작할 수 있어요."
	},
	InvitationLink: "초대 받기",
	InvitationNote: "이 링크는 한 번만, 7일 동안 쓸 수 있어요. 모르는 초대라면 이 메일을 지워 주세요.",
	ResetSubject:   "비밀번호를 새로 정해 주세요",
	ResetBody:      "비밀번호를 새로 정하는 링크예요.",
	ResetLink:      "비밀번호 새로 정하기",
	ResetNote:      "이 링크는 한 번만, 1시간 동안 쓸 수 있어요. 부탁하지 않으셨다면 그냥 두세요. 비밀번호는 그대로예요.",
	ChangedSubject: "비밀번호가 바뀌었어요",
	ChangedBody:    "비밀번호가 바뀌었고, 다른 기기에서는 모두 로그아웃됐어요.",
	ChangedNote:    "직접 바꾸지 않으셨다면 로그인 화면에서 ‘비밀번호를 잊었어요’를 눌러 바로 새로 정해 주세요.",
	ExpirySubject: func(shop, points, date string) string {
		return shop + " " + points + ", " + date + "까지 쓸 수 있어요"
	},
	ExpiryBody: func(points, date string) string {
		return Josa(points, "은/는") + " " + date + "까지 쓸 수 있어요. 그날이 지나면 사라져요."
	},
	ExpiryBalance: func(balance string) string {
		return "지금 쓸 수 있는 포인트는 모두 " + Josa(balance, "이에요/예요") + "."
	},
	ChangeSubject: func(shop, date string) string { return shop + "의 약속이 " + date + "부터 바뀌어요" },
	ChangeBody: func(date string) string {
		return date + "부터 약속이 바뀌고, 그 가운데 이런 점이 달라져요."
	},
	ChangeNote: "그때까지는 지금 약속 그대로예요.", ChangeLink: "지금 약속 보기",
	ExpiryNote:       "적립과 사용에 관한 안내예요.",
	Foot:             func(shop string) string { return shop + " 드림" },
	FootProgram:      "Dangol 드림",
	LinkInsteadOfTap: "눌러지지 않으면 이 주소를 붙여 넣어 주세요:",
}
