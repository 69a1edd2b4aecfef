package i18n

import "strings"

// Audit is who did what.
type Audit struct {
	Title, Help, Kind, What, About, Who, When, Program, None, NoneHelp string
	Kinds                                                              map[string]string // by the first word of an action
	Acts                                                               map[string]string // by the action
	Subjects                                                           map[string]string // by the first word of a subject
}

// Act is the words for an action; of one without words, those of its kind.
func (a Audit) Act(action string) string {
	if text, ok := a.Acts[action]; ok {
		return text
	}
	kind, _, _ := strings.Cut(action, ".")
	if text, ok := a.Kinds[kind]; ok {
		return text
	}
	return action
}

// Subject is what it was about: "손님 17".
func (a Audit) Subject(kind, id string) string {
	name, ok := a.Subjects[kind]
	if !ok {
		name = kind
	}
	return strings.TrimSpace(name + " " + id)
}

var koAudit = Audit{
	Title: "활동 기록", Help: "누가 언제 무엇을 했는지 남아요. 고치거나 지울\u00a0수 없어요.", Kind: "종류", What: "한 일", About: "대상", Who: "누가", When: "언제", Program: "Dangol(자동)",
	None: "기록이 없어요", NoneHelp: "다른 종류나 다른 사람을 골라 보세요.",
	Kinds: map[string]string{
		"customer": "손님", "grant": "직접 드리기", "give": "여러 명에게 드리기", "coupon": "쿠폰", "program": "약속", "segment": "손님 그룹", "import": "파일 올리기", "staff": "직원",
		"second_factor": "2단계 로그인", "key": "연결 키(API)", "shop": "가게 설정", "clock": "시간 옮기기", "task": "멈춘 일", "backup": "백업",
	},
	Acts: map[string]string{
		"customer.phone": "번호를 봤어요", "customer.consent": "동의를 기록했어요", "customer.create": "손님을 등록했어요", "customer.change": "손님 정보를 고쳤어요",
		"grant.give": "직접 드렸어요", "grant.undo": "드린 것을 되돌렸어요", "give": "여러 명에게 드렸어요", "coupon.undo": "쿠폰 쓴 것을 되돌렸어요", "coupon.revoke": "쿠폰을 취소했어요",
		"program.create": "약속을 만들었어요", "program.draft": "약속을 고쳐 뒀어요", "program.publish": "약속을 시작했어요",
		"segment.create": "손님 그룹을 만들었어요", "segment.change": "손님 그룹을 고쳤어요", "segment.remove": "손님 그룹을 지웠어요",
		"import.upload": "파일을 올렸어요", "import.choose": "파일의 열을 정했어요", "import.checking": "파일을 확인했어요", "import.running": "파일을 넣었어요", "import.undoing": "파일을 되돌렸어요",
		"staff.invite": "초대했어요", "staff.change": "하는 일을 바꿨어요", "staff.disable": "로그인을 막았어요", "staff.enable": "다시 로그인하게 했어요",
		"second_factor.on": "2단계 로그인을 켰어요", "second_factor.off": "2단계 로그인을 껐어요", "second_factor.codes": "복구 코드를 새로 만들었어요",
		"key.make": "연결 키를 만들었어요", "key.revoke": "연결 키를 못 쓰게 했어요", "shop.change": "가게 설정을 바꿨어요", "shop.need_factor": "2단계 로그인을 꼭 쓸지 정했어요",
		"clock.move": "시간을 옮겼어요", "task.again": "멈춘 일을 다시 했어요", "backup.ask": "백업을 시작했어요",
	},
	Subjects: map[string]string{
		"customer": "손님", "staff": "직원", "person": "로그인", "program": "약속", "grant": "드린 것", "segment": "그룹", "give": "드리기", "coupon": "쿠폰", "import": "파일", "key": "연결 키",
		"task": "일", "shop": "가게", "sandbox": "연습용 가게", "installation": "모든 가게",
	},
}

var enAudit = Audit{
	Title: "Activity log", Help: "Who did what, and when. Nobody can edit or delete it.", Kind: "Type", What: "Action", About: "Item", Who: "Who", When: "When", Program: "Dangol (automatic)",
	None: "No activity found", NoneHelp: "Try another type or person.",
	Kinds: map[string]string{
		"customer": "Customers", "grant": "Points given", "give": "Group gifts", "coupon": "Coupons", "program": "Program", "segment": "Groups", "import": "Imports", "staff": "Staff",
		"second_factor": "Two-step sign-in", "key": "API keys", "shop": "Shop settings", "clock": "Practice clock", "task": "Stopped tasks", "backup": "Backups",
	},
	Acts: map[string]string{
		"customer.phone": "Viewed a phone number", "customer.consent": "Recorded consent", "customer.create": "Added a customer", "customer.change": "Edited a customer",
		"grant.give": "Gave points", "grant.undo": "Undid points given", "give": "Sent a group gift", "coupon.undo": "Undid a coupon use", "coupon.revoke": "Canceled a coupon",
		"program.create": "Created the program", "program.draft": "Edited the program", "program.publish": "Started the program",
		"segment.create": "Created a group", "segment.change": "Edited a group", "segment.remove": "Deleted a group",
		"import.upload": "Uploaded a file", "import.choose": "Matched a file's columns", "import.checking": "Checked a file", "import.running": "Imported a file", "import.undoing": "Undid an import",
		"staff.invite": "Invited someone", "staff.change": "Changed a role", "staff.disable": "Removed access", "staff.enable": "Restored access",
		"second_factor.on": "Turned on two-step sign-in", "second_factor.off": "Turned off two-step sign-in", "second_factor.codes": "Got new recovery codes",
		"key.make": "Created an API key", "key.revoke": "Revoked an API key", "shop.change": "Changed shop settings", "shop.need_factor": "Changed who needs two-step sign-in",
		"clock.move": "Moved time forward", "task.again": "Restarted a stopped task", "backup.ask": "Started a backup",
	},
	Subjects: map[string]string{
		"customer": "Customer", "staff": "Staff", "person": "Login", "program": "Program", "grant": "Points given", "segment": "Group", "give": "Group gift", "coupon": "Coupon", "import": "File", "key": "Key",
		"task": "Task", "shop": "Shop", "sandbox": "Practice shop", "installation": "All shops",
	},
}
