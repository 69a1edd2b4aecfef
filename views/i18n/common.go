package i18n

// Common is what several pages say.
type Common struct {
	JustNow                                                                 string
	MinutesAgo, HoursAgo                                                    func(n int64) string
	UnitDay, UnitHour, UnitMinute, UnitSecond                               string
	Lunar, LunarLeap                                                        func(date string) string
	SolarName, LunarName, LunarLeapName                                     string
	Year, Month, Day, Calendar, Date                                        string
	Save, Saved, NotSaved, SaveKey, Discard, Unsaved                        string
	Cancel, Close, Undo, Back, Next, More, Search, Optional, Edit, Remove   string
	Print, Copy, Copied, None, All, Total, Today, Name, Phone, Email, Count string
	Why, WhyTitle, WhyTotal, WhyMiss                                        string
	WhyVersion                                                              func(version string) string
	Show, ShowPhone, Masked                                                 string
	TableTwin                                                               string
	SkipToContent, Announcements, Working                                   string
	People, Heads, PeopleOver, Orders, Coupons, Days, Visits, Times, Rows   func(n int64) string
	Error, Required, Choose                                                 string
	Confirm                                                                 func(number string) string
	Progress                                                                func(done, total string) string
	TimeLeft                                                                func(duration string) string
	PerSecond                                                               func(rows string) string
	Gone, GoneHelp, Denied, DeniedHelp, Broken, BrokenHelp, Home            string
	RequestID                                                               func(id string) string
	Stale                                                                   func(who string) string
	KeepMine, TakeTheirs                                                    string
}

var koCommon = Common{
	JustNow:    "방금",
	MinutesAgo: func(n int64) string { return count(n, "분 전") },
	HoursAgo:   func(n int64) string { return count(n, "시간 전") },
	UnitDay:    "일", UnitHour: "시간", UnitMinute: "분", UnitSecond: "초",
	Lunar:     func(date string) string { return "음 " + date },
	LunarLeap: func(date string) string { return "음 윤 " + date },
	SolarName: "양력", LunarName: "음력", LunarLeapName: "음력 윤달",
	Year: "년", Month: "월", Day: "일", Calendar: "달력", Date: "날짜",
	Save: "저장하기", Saved: "저장했어요", NotSaved: "저장하지 못했어요. 입력한 내용은 그대로 있어요.", SaveKey: "⌘S", Discard: "되돌리기", Unsaved: "아직 저장하지 않았어요",
	Cancel: "그만두기", Close: "닫기", Undo: "되돌리기", Back: "뒤로", Next: "다음", More: "더 보기", Search: "찾기", Optional: "없어도 돼요", Edit: "고치기", Remove: "지우기",
	Print: "인쇄하기", Copy: "복사하기", Copied: "복사했어요", None: "없음", All: "전체", Total: "합계", Today: "오늘", Name: "이름", Phone: "전화번호", Email: "이메일", Count: "인원",
	Why: "왜?", WhyTitle: "이렇게 계산했어요", WhyTotal: "합계", WhyMiss: "조금만 더 하면 받아요",
	WhyVersion: func(version string) string { return "적용된 약속: " + version },
	Show:       "보기", ShowPhone: "번호 보기 (기록에 남아요)", Masked: "가려진 정보",
	TableTwin:     "표로 보기",
	SkipToContent: "본문으로 건너뛰기", Announcements: "알림", Working: "처리하고 있어요",
	People: func(n int64) string { return count(n, "명") }, PeopleOver: func(n int64) string { return count(n, "명") + " 넘음" },
	Orders:  func(n int64) string { return count(n, "건") },
	Coupons: func(n int64) string { return count(n, "장") },
	Days:    func(n int64) string { return count(n, "일") },
	Visits:  func(n int64) string { return count(n, "번") },
	// Times and Heads stand beside a word that says of what.
	Times: func(n int64) string { return count(n, "번") }, Heads: func(n int64) string { return count(n, "명") },
	Rows:  func(n int64) string { return count(n, "줄") },
	Error: "확인해 주세요", Required: "꼭 필요해요", Choose: "골라 주세요",
	Confirm:   func(number string) string { return "맞으면 " + Josa(number, "을/를") + " 입력해 주세요" },
	Progress:  func(done, total string) string { return total + " 가운데 " + done },
	TimeLeft:  func(duration string) string { return "약 " + duration + " 남았어요" },
	PerSecond: func(rows string) string { return "1초에 " + rows + "줄" },
	Gone:      "찾을 수 없는 페이지예요", GoneHelp: "주소가 바뀌었거나 지워졌을 수 있어요.",
	Denied: "볼 수 없는 페이지예요", DeniedHelp: "이 일을 할 권한이 없어요. 가게 주인이나 관리자에게 부탁해 주세요.",
	Broken: "잠시 문제가 생겼어요", BrokenHelp: "저장된 것은 그대로 있어요. 잠시 뒤에 다시 해 주세요.", Home: "홈으로 가기",
	RequestID: func(id string) string { return "문의하실 때 알려 주세요: " + id },
	Stale: func(who string) string {
		return "그사이 " + Josa(who, "이/가") + " 먼저 고쳤어요. 어느 것을 남길까요?"
	},
	KeepMine: "내가 쓴 것 남기기", TakeTheirs: "고쳐진 것 보기",
}

var enCommon = Common{
	JustNow:    "just now",
	MinutesAgo: func(n int64) string { return plural(n, "minute ago", "minutes ago") },
	HoursAgo:   func(n int64) string { return plural(n, "hour ago", "hours ago") },
	UnitDay:    " d", UnitHour: " h", UnitMinute: " min", UnitSecond: " s",
	Lunar:     func(date string) string { return date + " (lunar)" },
	LunarLeap: func(date string) string { return date + " (lunar leap)" },
	SolarName: "Solar", LunarName: "Lunar", LunarLeapName: "Lunar leap month",
	Year: "Year", Month: "Month", Day: "Day", Calendar: "Calendar", Date: "Date",
	Save: "Save", Saved: "Saved", NotSaved: "Couldn't save. Your changes are still here.", SaveKey: "⌘S", Discard: "Discard", Unsaved: "Unsaved changes",
	Cancel: "Cancel", Close: "Close", Undo: "Undo", Back: "Back", Next: "Next", More: "Show more", Search: "Search", Optional: "optional", Edit: "Edit", Remove: "Delete",
	Print: "Print", Copy: "Copy", Copied: "Copied", None: "None", All: "All", Total: "Total", Today: "Today", Name: "Name", Phone: "Phone", Email: "Email", Count: "People",
	Why: "Why?", WhyTitle: "How we worked this out", WhyTotal: "Total", WhyMiss: "Almost there",
	WhyVersion: func(version string) string { return "Terms applied: " + version },
	Show:       "Show", ShowPhone: "Show number (this is logged)", Masked: "Hidden detail",
	TableTwin:     "Show as a table",
	SkipToContent: "Skip to content", Announcements: "Notifications", Working: "Working",
	People: func(n int64) string { return plural(n, "customer", "customers") }, PeopleOver: func(n int64) string { return "Over " + figure(n) + " customers" },
	Orders:  func(n int64) string { return plural(n, "order", "orders") },
	Coupons: func(n int64) string { return plural(n, "coupon", "coupons") },
	Days:    func(n int64) string { return plural(n, "day", "days") },
	Visits:  func(n int64) string { return plural(n, "visit", "visits") },
	Times:   figure, Heads: figure,
	Rows:  func(n int64) string { return plural(n, "row", "rows") },
	Error: "Check this", Choose: "Choose one", Required: "Required",
	Confirm:   func(number string) string { return "Type " + number + " to confirm" },
	Progress:  func(done, total string) string { return done + " of " + total },
	TimeLeft:  func(duration string) string { return "About " + duration + " left" },
	PerSecond: func(rows string) string { return rows + " rows a second" },
	Gone:      "We can't find that page", GoneHelp: "It may have moved or been deleted.",
	Denied: "You can't open this page", DeniedHelp: "Your role doesn't allow it. Ask the owner or an admin.",
	Broken: "Something went wrong", BrokenHelp: "Everything you saved is safe. Try again in a moment.", Home: "Go home",
	RequestID: func(id string) string { return "Quote this if you contact us: " + id },
	Stale:     func(who string) string { return who + " saved a change first. Which version do you want to keep?" },
	KeepMine:  "Keep mine", TakeTheirs: "See theirs",
}
