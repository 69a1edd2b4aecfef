package i18n

// Groups are groups of customers that a condition defines.
type Groups struct {
	Title, Help, New, NewHelp, NewTitle, EditTitle, None string
	Name, NameHelp                                       string
	Join, JoinAll, JoinAny                               string
	Row                                                  func(n string) string
	Holds, HoldsNot, Field, How, From, To, Values, Own   string
	TextsHelp, Day, Times, EffectHere                    string
	AddRow, RemoveRow, Recount                           string
	Effect                                               func(people, share string) string
	Counted                                              func(people, at string) string
	AsOf                                                 string
	Edit, Remove, RemoveHelp                             string
	Fields                                               Names // by code of models/conditions
	Operators, DateOperators                             Names
}

var koGroups = Groups{
	Title: "내가 만든 그룹", Help: "조건으로 손님을 골라 그룹으로 만들어 두면 언제든 다시 볼\u00a0수 있어요.", New: "그룹 만들기",
	NewHelp: "조건을 고르면 몇 명인지 바로 세어 드려요.", NewTitle: "그룹 만들기", EditTitle: "그룹 고치기", None: "아직 만든 그룹이 없어요.",
	Name: "그룹 이름", NameHelp: "예: 한동안 못 뵌 단골", Join: "조건이 여럿이면", JoinAll: "모두 맞는 손님", JoinAny: "하나라도 맞는 손님",
	Row:   func(n string) string { return "조건 " + n },
	Holds: "맞는 손님", HoldsNot: "아닌 손님", Field: "무엇이", How: "어떻게", From: "값", To: "까지", Values: "고르기", Own: "항목 이름",
	TextsHelp: "여러 개면 쉼표로 나눠 주세요.", Day: "일", Times: "번", EffectHere: "조건을 채우면 여기에 인원이 보여요.", AddRow: "조건 추가하기", RemoveRow: "이 조건 빼기", Recount: "다시 세어 보기",
	Effect:  func(people, share string) string { return people + " (전체의 " + share + ")" },
	Counted: func(people, at string) string { return people + " · " + at + "에 세었어요" },
	AsOf:    "12개월 구매액, 단골 지도, 자주 오는 매장은 어젯밤까지의 기록이에요. 그룹의 손님은 밤마다 다시 세어요.",
	Edit:    "고치기", Remove: "그룹 지우기", RemoveHelp: "손님과 드린 것은 그대로 있어요.",
	Fields: Names{
		"away_days": "안 온 날수", "visits": "방문 횟수", "orders": "구매 횟수", "spend_12m": "최근 12개월 구매액", "spend": "지금까지 구매액",
		"average_ticket": "한 번에 쓰는 돈 (평균)", "points": "쓸 수 있는 포인트", "tier": "등급", "member_days": "가입한 지 며칠", "joined": "가입한 날",
		"birthday_in": "다가오는 생일", "birthday_month": "이번 달 생일", "home_store": "가장 자주 오는 매장", "consent": "소식 받기 동의",
		"map_part": "단골 지도의 자리", "attribute": "손님 정보 (직접 쓰기)",
	},
	Operators:     Names{"at_least": "이상", "at_most": "이하", "between": "사이", "equals": "정확히", "in": "가운데 하나", "yes": "네"},
	DateOperators: Names{"at_least": "그날부터", "at_most": "그날까지", "between": "사이"},
}

var enGroups = Groups{
	Title: "Your groups", Help: "Save customers who match your conditions as a group, ready whenever you need it.", New: "Create group",
	NewHelp: "Choose conditions to see how many customers match.", NewTitle: "Create group", EditTitle: "Edit group", None: "No groups yet.",
	Name: "Group name", NameHelp: "e.g. regulars we miss", Join: "If there are several conditions", JoinAll: "match all of them", JoinAny: "match any of them",
	Row:   func(n string) string { return "Condition " + n },
	Holds: "matches", HoldsNot: "doesn't match", Field: "What", How: "Condition", From: "Value", To: "to", Values: "Choose", Own: "Detail name",
	TextsHelp: "Separate several with commas.", Day: "days", Times: "times", EffectHere: "Fill in a condition and the number shows here.", AddRow: "Add condition", RemoveRow: "Remove condition", Recount: "Count again",
	Effect:  func(people, share string) string { return people + " (" + share + " of all)" },
	Counted: func(people, at string) string { return people + " · counted " + at },
	AsOf:    "12-month spending, the regulars map and usual stores are as of last night. Groups update every night.",
	Edit:    "Edit", Remove: "Delete group", RemoveHelp: "Customers and everything you gave them stay.",
	Fields: Names{
		"away_days": "Days since last visit", "visits": "Visits", "orders": "Purchases", "spend_12m": "Spent in 12 months", "spend": "Spent in total",
		"average_ticket": "Average purchase", "points": "Available points", "tier": "Tier", "member_days": "Days since joining", "joined": "Joined on",
		"birthday_in": "Upcoming birthday", "birthday_month": "Birthday this month", "home_store": "Most visited store", "consent": "Agreed to news and offers",
		"map_part": "Place on the regulars map", "attribute": "Custom detail",
	},
	Operators:     Names{"at_least": "at least", "at_most": "at most", "between": "between", "equals": "exactly", "in": "any of", "yes": "yes"},
	DateOperators: Names{"at_least": "on or after", "at_most": "on or before", "between": "between"},
}
