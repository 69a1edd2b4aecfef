package i18n

// Consents is what customers are asked, beside each box, and what became of it. The questions are the wording that
// models.ConsentWording names: whoever changes one of them changes that name too.
type Consents struct {
	Title, Promise, Membership, MembershipHelp, News, NewsHelp, BySMS, ByEmail, Night string
	Tab, Help, None, Given, Withdrawn, NotGiven, Give, Withdraw, GiveHelp             string
	NoRecord                                                                          string // of the membership itself
	WordedAs                                                                          func(version string) string
	Sources                                                                           map[string]string
}

// Name is what a consent is called.
func (c Consents) Name(kind, medium string) string {
	switch {
	case kind == "membership":
		return c.Promise
	case kind == "night":
		return c.Night
	case medium == "email":
		return c.ByEmail
	}
	return c.BySMS
}

// What says what somebody did.
func (c Consents) What(kind, medium string, given bool) string {
	if given {
		return c.Name(kind, medium) + " · " + c.Given
	}
	return c.Name(kind, medium) + " · " + c.Withdrawn
}

var koConsents = Consents{
	Title: "동의", Promise: "약속(이용약관)과 개인정보 이용", Membership: "손님이 약속(이용약관)과 개인정보 이용에 동의했어요", MembershipHelp: "약속은 계산대 포스터의 QR에서 볼 수 있어요.",
	News: "소식 받기", NewsHelp: "받지 않아도 등록할 수 있고, 언제든 취소할 수 있어요.", BySMS: "문자로 혜택 소식 받기", ByEmail: "이메일로 혜택 소식 받기", Night: "밤 9시부터 아침 8시 사이에도 문자 받기",
	Tab: "동의", Help: "동의는 고쳐 쓰지 않고 차례로 쌓여요.", None: "아직 받은 동의가 없어요", Given: "동의했어요", Withdrawn: "취소했어요", NotGiven: "동의하지 않았어요",
	Give: "동의 받기", Withdraw: "동의 취소하기", GiveHelp: "손님이 직접 말씀하신 대로만 기록해 주세요.",
	NoRecord: "받은 기록이 없어요 · 다음에 오시면 여쭤보세요",
	WordedAs: func(version string) string { return version + " 문구" },
	Sources:  map[string]string{"counter": "계산대", "office": "사무실", "api": "연결한 곳", "import": "파일", "pos": "계산 프로그램"},
}

var enConsents = Consents{
	Title: "Consent", Promise: "Terms and use of personal data", Membership: "The customer agrees to the terms and to the use of their personal data", MembershipHelp: "They can read the terms from the QR code on the counter poster.",
	News: "News and offers", NewsHelp: "Optional. Customers can withdraw at any time.", BySMS: "Offers by text message", ByEmail: "Offers by email", Night: "Text messages between 9 PM and 8 AM too",
	Tab: "Consent", Help: "Consent is never edited. Each change is added to the record.", None: "No consent recorded yet", Given: "Given", Withdrawn: "Withdrawn", NotGiven: "Not given",
	Give: "Record consent", Withdraw: "Withdraw", GiveHelp: "Record only what the customer told you.",
	NoRecord: "None on record · ask at the next visit",
	WordedAs: func(version string) string { return "wording of " + version },
	Sources:  map[string]string{"counter": "Counter", "office": "Office", "api": "Connected shop", "import": "File", "pos": "Till"},
}
