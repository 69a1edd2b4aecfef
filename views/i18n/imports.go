package i18n

// Imports is bringing in a file of customers or purchases.
type Imports struct {
	Title, Help, New, Empty, EmptyHelp                                                     string
	UploadTitle, UploadHelp, Choose, NoFile, ChooseHelp, Upload, Example                   string
	File, Rows, State, When, By                                                            string
	States                                                                                 map[string]string // by the code of a state
	MapTitle, MapHelp, Encoding, Separator, Header, HeaderYes, HeaderNo, Look              string
	Column                                                                                 func(n int64) string
	Fields                                                                                 map[string]string // by the code of a field
	DateOrder, DateOrderHelp, DayFirst, MonthFirst                                         string
	Mode                                                                                   string
	Modes, ModeHelp                                                                        map[string]string // by the code of a mode
	Reason, ReasonHelp, Check                                                              string
	CheckTitle, CheckHelp, WouldAdd, WouldKnow, WouldSkip, NewPeople, Filled, Amount, Span string
	Late, Early                                                                            func(n int64) string
	Repairs                                                                                map[string]func(n int64) string // by the kind of repair
	FirstFaults, Line, ColumnName, Cell, What                                              string
	Faults                                                                                 map[string]string // by the code of a fault
	Run                                                                                    func(rows string) string
	RunNothing, Again                                                                      string
	Running, RunningHelp, Checking, Failed, FailedHelp, Resume                             string
	DoneTitle                                                                              func(rows string) string
	DoneHelp, ErrorFile, Undo, UndoTitle, UndoHelp, UndoConfirm, Undoing, UndoneTitle      string
	UndoRefused                                                                            func(people string) string
	PointsEarned, PointsEnded, PointsOpen                                                  string
	SeeCustomers, SeeMap                                                                   string
	Comma, Semicolon, Tab                                                                  string
}

// Fault is the word for a fault's code.
func (i Imports) Fault(code string) string {
	if text, ok := i.Faults[code]; ok {
		return text
	}
	return i.Faults["unreadable"]
}

var koImports = Imports{
	Title: "파일 올리기", Help: "다른 곳에 있던 손님과 구매를 가져와요. 먼저 확인만 하고, 마음에 들면 넣어요.", New: "파일 올리기", Empty: "아직 올린 파일이 없어요", EmptyHelp: "지난 구매를 올리면 단골 지도와 등급을 바로 볼 수 있어요. 엑셀에서 ‘CSV로 저장’한 파일이면 돼요.",
	UploadTitle: "어떤 파일인가요?", UploadHelp: "손님 명단도, 구매 내역도 괜찮아요. 올려도 바로 들어가지 않고 먼저 확인해요.", Choose: "파일 고르기", NoFile: "아직 고르지 않았어요", ChooseHelp: "CSV 또는 CSV.gz, 512MB까지. 엑셀의 한글 파일도 그대로 읽어요.", Upload: "올리기", Example: "예: 전화번호, 이름, 구매일, 금액",
	File: "파일", Rows: "줄", State: "상태", When: "언제", By: "올린 사람",
	States:   map[string]string{"uploaded": "올렸어요", "checking": "확인하는 중", "checked": "넣을 수 있어요", "running": "넣는 중", "done": "다 넣었어요", "failed": "멈췄어요", "undoing": "되돌리는 중", "undone": "되돌렸어요"},
	MapTitle: "어느 열이 무엇인가요?", MapHelp: "알아서 골라 봤어요. 다르면 바꿔 주세요.", Encoding: "글자 읽는 법", Separator: "나누는 글자", Header: "첫 줄", HeaderYes: "열 이름이에요", HeaderNo: "내용이에요", Look: "다시 읽기",
	Column:    func(n int64) string { return count(n, "번째 열") },
	Fields:    map[string]string{"": "쓰지 않음", "ext": "손님 번호", "phone": "전화번호", "email": "이메일", "name": "이름", "birth": "생일", "order": "주문 번호", "date": "구매일", "time": "구매 시각", "amount": "금액", "quantity": "수량", "item": "상품", "points": "남은 포인트", "expires": "포인트 기한"},
	DateOrder: "날짜 순서", DateOrderHelp: "03/04/2026 같은 날짜가 있어요.", DayFirst: "일/월/년", MonthFirst: "월/일/년",
	Mode:     "어떻게 넣을까요?",
	Modes:    map[string]string{"record": "기록만 하기", "opening": "남은 포인트 옮겨 오기", "as_if": "지난 구매에도 포인트 드리기"},
	ModeHelp: map[string]string{"record": "단골 지도와 등급에만 써요. 포인트는 쌓이지 않아요.", "opening": "쓰던 곳에 남아 있던 포인트를 그대로 드려요.", "as_if": "지난 구매에 지금 약속을 적용해 포인트를 드려요. 영업을 시작하기 전에만 할 수 있어요."},
	Reason:   "올리는 이유", ReasonHelp: "기록에 남아요.", Check: "확인하기",
	CheckTitle: "이렇게 들어가요", CheckHelp: "아직 아무것도 넣지 않았어요.", WouldAdd: "새로 넣을 줄", WouldKnow: "이미 있는 줄", WouldSkip: "넣지 못하는 줄", NewPeople: "새 손님", Filled: "정보가 채워지는 손님", Amount: "구매 금액", Span: "기간",
	Late: func(n int64) string {
		return "이미 있는 구매보다 오래된 구매가 " + count(n, "건") + " 있어요. 그때 등급으로 계산하고, 뒤의 것은 다시 계산하지 않아요."
	},
	Early: func(n int64) string {
		return "약속이 시작되기 전의 구매 " + count(n, "건은") + " 포인트 없이 기록만 해요."
	},
	Repairs: map[string]func(n int64) string{
		"phone_zero": func(n int64) string {
			return "엑셀이 지운 앞자리 0을 " + count(n, "개") + " 되살렸어요 (1012345678 → 010-1234-5678)"
		},
		"date_serial": func(n int64) string { return "숫자로 바뀐 날짜를 " + count(n, "개") + " 바로잡았어요" },
		"contact_taken": func(n int64) string {
			return "다른 손님이 쓰는 연락처 " + count(n, "개는") + " 비워 두었어요"
		},
	},
	FirstFaults: "넣지 못하는 줄", Line: "줄", ColumnName: "열", Cell: "적힌 내용", What: "무엇이 문제인가요?",
	Faults: map[string]string{
		"unreadable": "읽을 수 없어요", "customer_missing": "누구인지 알 수 없어요. 전화번호, 이메일, 손님 번호 가운데 하나가 필요해요", "phone_unreadable": "전화번호가 아니에요", "phone_rounded": "엑셀이 줄여 쓴 번호라 알 수 없어요 (1.0E+10)", "email_unreadable": "이메일이 아니에요", "birth_unreadable": "생일을 알 수 없어요", "text": "쓸 수 없는 글자가 있어요",
		"date_missing": "구매일이 없어요", "date_unreadable": "날짜가 아니에요", "date_not_there": "달력에 없는 날이에요", "date_order": "일과 월 가운데 어느 것이 먼저인지 알 수 없어요", "date_year": "연도가 없어요", "date_range": "너무 오래된 날짜예요", "date_future": "아직 오지 않은 날이에요", "time_unreadable": "시각이 아니에요", "time_not_there": "없는 시각이에요",
		"amount_missing": "금액이 없어요", "amount_unreadable": "금액이 아니에요", "amount_negative": "금액이 0보다 작아요. 환불은 따로 올려 주세요", "amount_too_large": "금액이 너무 커요", "amount_decimals": "소수점 아래가 너무 길어요", "count_unreadable": "수량이 아니에요", "count_negative": "수량이 0보다 작아요", "count_too_large": "수량이 너무 커요", "order_missing": "주문 번호가 없어요",
		"expires_past": "이미 지난 기한이에요", "order_twice": "같은 주문 번호가 파일에 두 번, 다른 내용으로 있어요", "order_changed": "같은 주문 번호가 다른 내용으로 이미 있어요", "ragged": "열의 개수가 첫 줄과 달라요", "row_too_long": "줄이 너무 길어요", "too_many_columns": "열이 너무 많아요", "cell_too_long": "칸이 너무 길어요",
		"quote_open": "따옴표가 닫히지 않았어요", "quote_inside": "따옴표가 칸 가운데에 있어요", "control_character": "보이지 않는 글자가 들어 있어요", "encoding": "글자가 깨져 있어요",
	},
	Run: func(rows string) string { return rows + " 넣기" }, RunNothing: "새로 넣을 것이 없어요", Again: "열을 다시 고르기",
	Running: "넣고 있어요", RunningHelp: "이 창을 닫아도 계속돼요. 계산대도 그대로 쓸 수 있어요.", Checking: "확인하고 있어요", Failed: "멈췄어요", FailedHelp: "넣은 것은 그대로 있고, 이어서 할 수 있어요. 두 번 들어가지 않아요.", Resume: "이어서 하기",
	DoneTitle: func(rows string) string { return Josa(rows, "을/를") + " 넣었어요" }, DoneHelp: "단골 지도와 등급에 반영됐어요.", ErrorFile: "넣지 못한 줄 내려받기", Undo: "되돌리기", UndoTitle: "이 파일을 되돌릴까요?", UndoHelp: "넣은 구매와 포인트를 모두 되돌려요. 그사이 포인트를 쓴 손님은 빼고 알려 드려요.", UndoConfirm: "모두 되돌리기", Undoing: "되돌리고 있어요", UndoneTitle: "되돌렸어요",
	UndoRefused: func(people string) string {
		return Josa(people, "은/는") + " 그사이 포인트를 써서 그대로 두었어요."
	},
	PointsEarned: "드린 포인트", PointsEnded: "기한이 끝난 포인트", PointsOpen: "쓸 수 있는 포인트",
	SeeCustomers: "손님 보기", SeeMap: "단골 지도 보기", Comma: "쉼표", Semicolon: "세미콜론", Tab: "탭",
}

var enImports = Imports{
	Title: "Import", Help: "Bring in customers and purchases from elsewhere. We check the file first; nothing is added until you say so.", New: "Import a file", Empty: "No imports yet", EmptyHelp: "Import past purchases to see your regulars map and tiers right away. A CSV saved from Excel works.",
	UploadTitle: "What do you want to import?", UploadHelp: "A customer list or purchases. We check the file before adding anything.", Choose: "Choose a file", NoFile: "No file chosen yet", ChooseHelp: "CSV or CSV.gz, up to 512 MB. Korean files from Excel work as they are.", Upload: "Upload", Example: "e.g. phone, name, date, amount",
	File: "File", Rows: "Rows", State: "Status", When: "When", By: "By",
	States:   map[string]string{"uploaded": "Uploaded", "checking": "Checking", "checked": "Ready to import", "running": "Importing", "done": "Imported", "failed": "Stopped", "undoing": "Undoing", "undone": "Undone"},
	MapTitle: "Match your columns", MapHelp: "This is our best guess. Change anything that's wrong.", Encoding: "Encoding", Separator: "Separator", Header: "First line", HeaderYes: "Column names", HeaderNo: "Data", Look: "Read again",
	Column:    func(n int64) string { return "Column " + figure(n) },
	Fields:    map[string]string{"": "Don't use", "ext": "Customer number", "phone": "Phone", "email": "Email", "name": "Name", "birth": "Birthday", "order": "Order number", "date": "Date", "time": "Time", "amount": "Amount", "quantity": "Quantity", "item": "Item", "points": "Points balance", "expires": "Points expiry date"},
	DateOrder: "Date order", DateOrderHelp: "This file has dates such as 03/04/2026.", DayFirst: "Day/month/year", MonthFirst: "Month/day/year",
	Mode:     "What should we do with it?",
	Modes:    map[string]string{"record": "Keep a record only", "opening": "Bring over points balances", "as_if": "Give points for past purchases"},
	ModeHelp: map[string]string{"record": "For the regulars map and tiers only. No one earns points.", "opening": "Gives customers the points they had in your previous program.", "as_if": "Applies your current terms to past purchases. Only before you start trading."},
	Reason:   "Reason", ReasonHelp: "Kept in the log.", Check: "Check file",
	CheckTitle: "Here's what will happen", CheckHelp: "Nothing has been added yet.", WouldAdd: "New rows", WouldKnow: "Already there", WouldSkip: "Skipped", NewPeople: "New customers", Filled: "Customers with new details", Amount: "Purchases", Span: "Dates",
	Late: func(n int64) string {
		return plural(n, "purchase is", "purchases are") + " older than ones you already have. They count at the tier held then; later purchases aren't recalculated."
	},
	Early: func(n int64) string {
		return plural(n, "purchase", "purchases") + " from before your program started will be recorded without points."
	},
	Repairs: map[string]func(n int64) string{
		"phone_zero": func(n int64) string {
			return "Restored the leading 0 Excel dropped from " + plural(n, "number", "numbers") + " (1012345678 → 010-1234-5678)"
		},
		"date_serial": func(n int64) string {
			return "Fixed " + plural(n, "date", "dates") + " that Excel had turned into numbers"
		},
		"contact_taken": func(n int64) string {
			return "Left out " + plural(n, "contact", "contacts") + " already used by another customer"
		},
	},
	FirstFaults: "Skipped rows", Line: "Line", ColumnName: "Column", Cell: "Value", What: "Problem",
	Faults: map[string]string{
		"unreadable": "Can't be read", "customer_missing": "No customer. Add a phone number, email or customer number", "phone_unreadable": "Not a phone number", "phone_rounded": "Excel shortened this number (1.0E+10)", "email_unreadable": "Not an email address", "birth_unreadable": "Not a birthday", "text": "Contains a character we can't use",
		"date_missing": "No date", "date_unreadable": "Not a date", "date_not_there": "No such date", "date_order": "Can't tell the day from the month", "date_year": "No year", "date_range": "Too long ago", "date_future": "In the future", "time_unreadable": "Not a time", "time_not_there": "No such time",
		"amount_missing": "No amount", "amount_unreadable": "Not an amount", "amount_negative": "Below zero. Import refunds separately", "amount_too_large": "Too large", "amount_decimals": "Too many decimals", "count_unreadable": "Not a quantity", "count_negative": "Below zero", "count_too_large": "Too large", "order_missing": "No order number",
		"expires_past": "Already expired", "order_twice": "This order number appears twice with different details", "order_changed": "This order number already exists with different details", "ragged": "Column count differs from the first line", "row_too_long": "Row too long", "too_many_columns": "Too many columns", "cell_too_long": "Cell too long",
		"quote_open": "Missing closing quote", "quote_inside": "Quote in the middle of a cell", "control_character": "Contains an invisible character", "encoding": "Garbled characters",
	},
	Run: func(rows string) string { return "Import " + rows }, RunNothing: "Nothing new to import", Again: "Match columns again",
	Running: "Importing", RunningHelp: "You can close this page. The counter keeps working.", Checking: "Checking", Failed: "Import stopped", FailedHelp: "What was imported is safe. Resume and nothing is added twice.", Resume: "Resume",
	DoneTitle: func(rows string) string { return "Imported " + rows }, DoneHelp: "Your regulars map and tiers are up to date.", ErrorFile: "Download skipped rows", Undo: "Undo", UndoTitle: "Undo this import?", UndoHelp: "We'll remove its purchases and points. Customers who have used points since stay as they are, and we'll list them.", UndoConfirm: "Undo import", Undoing: "Undoing", UndoneTitle: "Import undone",
	UndoRefused:  func(people string) string { return people + " used points since, so we left them as they are." },
	PointsEarned: "Points given", PointsEnded: "Expired", PointsOpen: "Available points",
	SeeCustomers: "View customers", SeeMap: "View the regulars map", Comma: "Comma", Semicolon: "Semicolon", Tab: "Tab",
}
