package i18n

// Merges is the catalogue of merging two customers.
type Merges struct {
	Action, Title, Help, Find, Compare                     string
	What, Stays, Goes, Together, After, Now, Swap, Another string
	Tombstone                                              func(date string) string
	Open                                                   func(name string) string
	Undo, Done, Undone, Orders, Spent                      string
}

var koMerges = Merges{
	Action: "합치기", Title: "손님 합치기", Help: "같은 분이 두 번 등록됐을 때, 다른 쪽을 이 손님에게 합쳐요.", Find: "합칠 손님 찾기", Compare: "합치기 전과 후",
	What: "항목", Stays: "남는 손님", Goes: "합쳐질 손님", Together: "합친 뒤",
	After: "포인트와 기한, 구매 기록, 쓸 수 있는 쿠폰이 옮겨져요. 합쳐진 번호로 찾아도 남는 손님이 나와요. 받기 동의는 남는 손님의 것만 남아요.",
	Now:   "합치기", Swap: "남는 손님 바꾸기", Another: "다른 손님 고르기",
	Tombstone: func(date string) string { return date + "에 다른 손님과 합쳐졌어요" },
	Open:      func(name string) string { return name + " 보기" },
	Undo:      "합치기 되돌리기", Done: "합쳤어요", Undone: "다시 나눴어요", Orders: "구매", Spent: "구매액",
}

var enMerges = Merges{
	Action: "Merge", Title: "Merge customers", Help: "If somebody was enrolled twice, merge the other record into this customer.", Find: "Find the other record", Compare: "Before and after",
	What: "What", Stays: "Stays", Goes: "Is merged", Together: "Together",
	After: "Points with their ends, purchases and usable coupons go over. Whoever looks for the merged record finds the one that stays. Consents are those of the one that stays.",
	Now:   "Merge", Swap: "Swap the two", Another: "Choose another",
	Tombstone: func(date string) string { return "Merged with another customer on " + date },
	Open:      func(name string) string { return "Open " + name },
	Undo:      "Undo the merge", Done: "Merged", Undone: "Separate again", Orders: "Purchases", Spent: "Spent",
}
