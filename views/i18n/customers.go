package i18n

// Customers is the list of customers and the page of one.
type Customers struct {
	Title, Search, SearchHint, New, Map, Views                                                                            string
	ViewNames                                                                                                             map[string]string          // by code
	Found, SeeAll                                                                                                         func(people string) string // SeeAll: of nobody counted, ""
	Tier, Points, Expiring, Last, Visits                                                                                  string
	Empty, EmptyHelp, EmptyAction, NoMatch, NoMatchHelp, ClearSearch                                                      string
	NewTitle, NewSubmit, EditTitle, EditSubmit                                                                            string
	Usable, Coming, EndingSoon, Year                                                                                      string
	Owes                                                                                                                  func(points string) string
	ComingOn, EndingOn                                                                                                    func(date string) string
	ToNext                                                                                                                func(money, tier string) string
	KeepUntil                                                                                                             func(date string) string
	Since                                                                                                                 func(date string) string
	Timeline, Ledger, Coupons, Tiers                                                                                      string
	Adjust, AdjustTitle, Give, Take, Kind, AdjustPoints, Reason, Note, NoteHelp, Message, MessageHelp, AdjustNow, TakeNow string
	Becomes                                                                                                               func(before, after string) string
	Kinds                                                                                                                 EntryKinds
	States                                                                                                                CouponStates
	TierReasons                                                                                                           TierReasons
	LedgerWhen, LedgerWhat, LedgerAmount, LedgerAfter, LedgerEnds                                                         string
	LotsTitle, LotsHelp                                                                                                   string
	LotLeft                                                                                                               func(left, of string) string
	Never                                                                                                                 string
	NoEntries, NoCoupons, NoTiers, NoTimeline                                                                             string
	CouponOf                                                                                                              func(date string) string
	Purchase, Refund, Spent                                                                                               func(money string) string // Spent: in what a tier looks back over
	TierTo                                                                                                                func(tier string) string
	Enrolled, Imported                                                                                                    string
	Erased, ErasedHelp                                                                                                    string
	WhyTitle, Contact, Birthday, Store, NoName                                                                            string
}

// EntryKinds names what a line of the ledger is.
type EntryKinds struct{ Earn, Activate, CancelHold, Redeem, Restore, Expire, Adjust, Clawback, Reserve, Release, Merge, Transfer, Donate string }

// Name is the word for a kind's code.
func (k EntryKinds) Name(code string) string {
	switch code {
	case "earn":
		return k.Earn
	case "activate":
		return k.Activate
	case "cancel_hold":
		return k.CancelHold
	case "redeem":
		return k.Redeem
	case "restore":
		return k.Restore
	case "expire":
		return k.Expire
	case "clawback":
		return k.Clawback
	case "reserve":
		return k.Reserve
	case "release":
		return k.Release
	case "merge":
		return k.Merge
	case "transfer":
		return k.Transfer
	case "donate":
		return k.Donate
	}
	return k.Adjust
}

// CouponStates names where a coupon is in its life.
type CouponStates struct{ Open, Used, Expired, Revoked string }

// Name is the word for a state's code.
func (s CouponStates) Name(code string) string {
	switch code {
	case "used":
		return s.Used
	case "expired":
		return s.Expired
	case "revoked":
		return s.Revoked
	}
	return s.Open
}

// TierReasons says why a tier changed.
type TierReasons struct{ Up, Down, Keep, Mapped, Manual, Merge string }

// Name is the word for a reason's code.
func (r TierReasons) Name(code string) string {
	switch code {
	case "up":
		return r.Up
	case "down":
		return r.Down
	case "keep":
		return r.Keep
	case "mapped":
		return r.Mapped
	case "merge":
		return r.Merge
	}
	return r.Manual
}

var koCustomers = Customers{
	Title: "손님", Search: "손님 찾기", SearchHint: "이름, 초성, 뒷번호 4자리, 이메일", New: "손님 등록하기", Map: "단골 지도", Views: "보는 방법",
	ViewNames: map[string]string{"all": "전체", "expiring": "30일 안에 사라질 포인트가 있는 손님", "birthday": "이번 달 생일", "away": "평소보다 오래 안 온 손님"},
	Found:     func(people string) string { return people },
	Tier:      "등급", Points: "포인트", Expiring: "30일 안에 사라질 포인트", Last: "마지막 방문", Visits: "방문",
	Empty: "아직 손님이 없어요", EmptyHelp: "계산대에서 한 분씩 등록하거나, 가지고 있는 명단을 올려 주세요.", EmptyAction: "파일 올리기", NoMatch: "맞는 손님이 없어요", NoMatchHelp: "뒷번호 4자리나 이름 첫 글자로도 찾아보세요.", ClearSearch: "조건 지우기",
	NewTitle: "손님 등록하기", NewSubmit: "등록하기", EditTitle: "손님 정보 고치기", EditSubmit: "저장하기",
	Usable: "쓸 수 있는 포인트", Coming: "곧 들어올 포인트", EndingSoon: "30일 안에 사라질 포인트", Year: "최근 12개월 구매액",
	Owes: func(points string) string {
		return "환불로 " + Josa(points, "이/가") + " 모자라요. 다음 적립에서 먼저 채워져요."
	},
	ComingOn: func(date string) string { return date + "에 들어와요" }, EndingOn: func(date string) string { return date + "까지" },
	SeeAll: func(people string) string {
		if people == "" {
			return "찾은 손님 모두 보기"
		}
		return "손님 " + people + " 모두 보기"
	},
	ToNext:    func(money, tier string) string { return tier + "까지 " + money },
	KeepUntil: func(date string) string { return date + "까지 유지돼요" },
	Since:     func(date string) string { return date + "부터 손님" },
	Timeline:  "있었던 일", Ledger: "포인트 내역", Coupons: "쿠폰", Tiers: "등급 기록",
	Adjust: "포인트 드리기·빼기", AdjustTitle: "포인트 드리기·빼기", Give: "드리기", Take: "빼기", Kind: "무엇을 할까요?", AdjustPoints: "포인트", Reason: "이유", Note: "우리끼리 메모", NoteHelp: "손님에게는 보이지 않아요.", Message: "손님에게 보일 한마디", MessageHelp: "포인트 내역에 함께 보여요.", AdjustNow: "포인트 드리기", TakeNow: "포인트 빼기",
	Becomes:     func(before, after string) string { return before + " → " + after },
	Kinds:       EntryKinds{Earn: "적립", Activate: "들어옴", CancelHold: "들어오기 전에 취소", Redeem: "사용", Restore: "돌려받음", Expire: "기한 끝남", Adjust: "직접 조정", Clawback: "환불로 되돌림", Reserve: "결제 대기", Release: "결제 대기 풀림", Merge: "합침", Transfer: "다른 손님과 주고받음", Donate: "기부"},
	States:      CouponStates{Open: "쓸 수 있어요", Used: "썼어요", Expired: "기한 끝남", Revoked: "취소됐어요"},
	TierReasons: TierReasons{Up: "올랐어요", Down: "내려갔어요", Keep: "유지됐어요", Mapped: "약속이 바뀌면서 옮겨졌어요", Manual: "직접 정했어요", Merge: "손님을 합치거나 나누면서 바뀌었어요"},
	LedgerWhen:  "언제", LedgerWhat: "무슨 일", LedgerAmount: "포인트", LedgerAfter: "남은 포인트", LedgerEnds: "기한",
	LotsTitle: "지금 있는 포인트", LotsHelp: "기한이 가까운 것부터 쓰여요.", LotLeft: func(left, of string) string { return of + " 가운데 " + left }, Never: "기한 없음",
	NoEntries: "아직 포인트 내역이 없어요", NoCoupons: "받은 쿠폰이 없어요", NoTiers: "등급이 바뀐 적이 없어요", NoTimeline: "아직 기록이 없어요",
	CouponOf: func(date string) string { return date + " 받음" },
	Purchase: func(money string) string { return money + " 구매" }, Refund: func(money string) string { return money + " 환불" },
	Spent:  func(money string) string { return "심사 기간 구매액 " + money },
	TierTo: func(tier string) string { return Josa(tier, "이/가") + " 됐어요" }, Enrolled: "가입했어요", Imported: "파일에서 가져왔어요",
	Erased: "지워진 손님이에요", ErasedHelp: "본인이 요청해 이름과 연락처를 지웠어요. 숫자만 남아 있어요.",
	WhyTitle: "왜 이 포인트인가요?", Contact: "연락처", Birthday: "생일", Store: "매장", NoName: "이름 없음",
}

var enCustomers = Customers{
	Title: "Customers", Search: "Find customers", SearchHint: "Name, last 4 digits, email", New: "Add customer", Map: "Regulars map", Views: "View",
	ViewNames: map[string]string{"all": "All", "expiring": "Points expiring in 30 days", "birthday": "Birthday this month", "away": "Away longer than usual"},
	Found:     func(people string) string { return people },
	Tier:      "Tier", Points: "Points", Expiring: "Expiring in 30 days", Last: "Last visit", Visits: "Visits",
	Empty: "No customers yet", EmptyHelp: "Add them one by one at the counter, or import your list.", EmptyAction: "Import a file", NoMatch: "No customers match", NoMatchHelp: "Try the last 4 digits or the start of the name.", ClearSearch: "Clear filters",
	NewTitle: "Add customer", NewSubmit: "Add customer", EditTitle: "Edit customer", EditSubmit: "Save",
	Usable: "Available points", Coming: "Pending points", EndingSoon: "Expiring in 30 days", Year: "Spent in 12 months",
	Owes:     func(points string) string { return points + " short after a refund. The next points earned cover it." },
	ComingOn: func(date string) string { return "Available " + date }, EndingOn: func(date string) string { return "Expires " + date },
	SeeAll: func(people string) string {
		if people == "" {
			return "See everyone found"
		}
		return "See all: " + people
	},
	ToNext:    func(money, tier string) string { return money + " to " + tier },
	KeepUntil: func(date string) string { return "Keeps it until " + date },
	Since:     func(date string) string { return "Customer since " + date },
	Timeline:  "Activity", Ledger: "Points", Coupons: "Coupons", Tiers: "Tiers",
	Adjust: "Give or deduct points", AdjustTitle: "Give or deduct points", Give: "Give", Take: "Deduct", Kind: "Action", AdjustPoints: "Points", Reason: "Reason", Note: "Staff note", NoteHelp: "Customers don't see this.", Message: "Message to the customer", MessageHelp: "Shown in their points history.", AdjustNow: "Give points", TakeNow: "Deduct points",
	Becomes:     func(before, after string) string { return before + " → " + after },
	Kinds:       EntryKinds{Earn: "Earned", Activate: "Became available", CancelHold: "Canceled while pending", Redeem: "Used", Restore: "Returned", Expire: "Expired", Adjust: "Adjusted by staff", Clawback: "Taken back after a refund", Reserve: "On hold", Release: "Hold released", Merge: "Merged", Transfer: "Transferred between customers", Donate: "Donated"},
	States:      CouponStates{Open: "Ready to use", Used: "Used", Expired: "Expired", Revoked: "Canceled"},
	TierReasons: TierReasons{Up: "Moved up", Down: "Moved down", Keep: "Kept", Mapped: "Moved by new terms", Manual: "Set by staff", Merge: "Changed by a merge or its undo"},
	LedgerWhen:  "Date", LedgerWhat: "Activity", LedgerAmount: "Points", LedgerAfter: "Balance", LedgerEnds: "Expires",
	LotsTitle: "Current points", LotsHelp: "Points that expire first are used first.", LotLeft: func(left, of string) string { return left + " left of " + of }, Never: "Never expires",
	NoEntries: "No points yet", NoCoupons: "No coupons yet", NoTiers: "No tier changes yet", NoTimeline: "No activity yet",
	CouponOf: func(date string) string { return "Given " + date },
	Purchase: func(money string) string { return "Purchase of " + money }, Refund: func(money string) string { return "Refund of " + money },
	Spent:  func(money string) string { return "Spent in the review period: " + money },
	TierTo: func(tier string) string { return "Became " + tier }, Enrolled: "Joined", Imported: "Imported from a file",
	Erased: "This customer's details were deleted", ErasedHelp: "We removed the name and contact details at their request. Only the figures remain.",
	WhyTitle: "Why these points?", Contact: "Contact", Birthday: "Birthday", Store: "Store", NoName: "No name",
}
