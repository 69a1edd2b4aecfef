package i18n

// Public is what people read who are not signed in: the terms in force and the poster.
type Public struct {
	Foot, Terms, InForce, HowTitle                         string
	Since                                                  func(date string) string
	How                                                    [3]string
	PosterTitle, PosterHelp, PosterScan, PosterHow, NotYet string
	Ask                                                    func(contact string) string
	EarlierVersions                                        string
}

var koPublic = Public{
	Foot: "단골을 알아보는 가게, Dangol", Terms: "포인트 약속", InForce: "지금 적용되는 약속", HowTitle: "이렇게 하시면 돼요",
	Since:       func(date string) string { return date + "부터" },
	How:         [3]string{"계산할 때 전화번호를 알려 주세요.", "그 자리에서 바로 쌓여요.", "모은 것은 다음 방문부터 쓸 수 있어요."},
	PosterTitle: "계산대 포스터", PosterHelp: "A4 한 장이에요. QR은 지금 적용되는 약속을 보여 줘요. 약속이 바뀌어도 다시 붙이지 않아도 돼요.",
	PosterScan: "자세한 약속은 여기서 보실 수 있어요", PosterHow: "계산할 때 전화번호를 말씀해 주세요", NotYet: "아직 시작한 약속이 없어요.",
	Ask:             func(contact string) string { return "궁금한 점: " + contact },
	EarlierVersions: "이전 약속",
}

var enPublic = Public{
	Foot: "Dangol, for shops that know their regulars", Terms: "Program terms", InForce: "In force now", HowTitle: "How it works",
	Since:       func(date string) string { return "Since " + date },
	How:         [3]string{"Give your phone number when you pay.", "You earn on the spot.", "Use what you've earned from your next visit."},
	PosterTitle: "Counter poster", PosterHelp: "One A4 page. The QR code always shows your current terms, so there's no need to reprint it.",
	PosterScan: "Scan for the full terms", PosterHow: "Give us your phone number when you pay", NotYet: "The program hasn't started yet.",
	Ask:             func(contact string) string { return "Questions? " + contact },
	EarlierVersions: "Earlier versions",
}
