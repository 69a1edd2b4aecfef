package i18n

// Insights is 한눈에: the figures of the shop.
type Insights struct {
	Title                                                                            string
	Period                                                                           func(span string) string
	Last30, Last90, Last365                                                          string
	PerCustomer, Orders, Retention, Repeat, Active, TopShare                         string
	PerCustomerNote, OrdersNote, RetentionNote, RepeatNote, ActiveNote, TopShareNote string
	Sales, Members, Others                                                           string
	SalesTitle                                                                       func(change string) string
	SalesDesc                                                                        string
	Unfinished                                                                       func(month string) string // the last month of the line
	Times                                                                            func(tenths int64, text string) string
	Month, PointsTitle, PointsGiven, PointsUsed, PointsEnded, PointsOpen             string
	OpenMap, Empty, EmptyHelp, AsOf                                                  string
}

var koInsights = Insights{
	Title:  "한눈에",
	Period: func(span string) string { return span },
	Last30: "최근 30일", Last90: "최근 90일", Last365: "최근 1년",
	PerCustomer: "손님 한 분이 쓴 돈", Orders: "손님 한 분의 구매 횟수", Retention: "지난 기간에 이어 또 산 손님", Repeat: "이 기간에 두 번 이상 산 손님", Active: "요즘 오는 손님", TopShare: "상위 20%의 매출",
	PerCustomerNote: "기간 매출을 그 기간에 산 손님 수로 나눴어요.", OrdersNote: "기간 구매 수를 그 기간에 산 손님 수로 나눴어요.", RetentionNote: "바로 앞 기간에 산 손님 가운데 이번에도 산 손님의 비율이에요.", RepeatNote: "기간에 산 손님 가운데 두 번 이상 산 손님의 비율이에요.", ActiveNote: "자기 평소 간격의 두 배 안에 온 손님이에요. 구매가 적으면 90일로 봐요.", TopShareNote: "가장 많이 쓴 손님 20%가 차지하는 매출이에요.",
	Unfinished: func(month string) string { return month + " (진행 중)" }, Times: func(_ int64, text string) string { return text + "번" },
	Sales: "월별 매출 · 최근 12개월", Members: "단골 손님", Others: "그 밖의 손님", SalesTitle: func(change string) string { return "매출이 앞 기간보다 " + change }, SalesDesc: "달마다의 매출. 실선은 등록한 손님, 점선은 그 밖의 손님이에요.",
	Month: "달", PointsTitle: "포인트가 간 곳", PointsGiven: "드린 포인트", PointsUsed: "쓴 포인트", PointsEnded: "기한이 끝난 포인트", PointsOpen: "아직 안 쓴 포인트",
	OpenMap: "단골 지도 보기", Empty: "아직 볼 숫자가 없어요", EmptyHelp: "구매가 쌓이면 여기에서 한눈에 보여요.", AsOf: "어젯밤 기준",
}

var enInsights = Insights{
	Title:  "Insights",
	Period: func(span string) string { return span },
	Last30: "Last 30 days", Last90: "Last 90 days", Last365: "Last year",
	PerCustomer: "Spend per customer", Orders: "Purchases per customer", Retention: "Returned from the last period", Repeat: "Bought at least twice", Active: "Active customers", TopShare: "Top 20%'s share of sales",
	PerCustomerNote: "Sales in this period divided by the customers who bought.", OrdersNote: "Purchases in this period divided by the customers who bought.", RetentionNote: "Share of the previous period's buyers who bought again in this one.", RepeatNote: "Share of this period's buyers who bought two or more times.", ActiveNote: "Customers who came within twice their usual gap, or within 90 days if they've bought little.", TopShareNote: "Share of sales from the 20% of customers who spent the most.",
	Unfinished: func(month string) string { return month + " (so far)" },
	Times: func(tenths int64, text string) string {
		if tenths == 10 {
			return text + " purchase"
		}
		return text + " purchases"
	},
	Sales: "Sales by month · last 12 months", Members: "Members", Others: "Others", SalesTitle: func(change string) string { return "Sales are " + change + " vs. the previous period" }, SalesDesc: "Sales by month. The solid line is members, the dashed line everyone else.",
	Month: "Month", PointsTitle: "Where points went", PointsGiven: "Given", PointsUsed: "Used", PointsEnded: "Expired", PointsOpen: "Unused",
	OpenMap: "Open the regulars map", Empty: "No figures yet", EmptyHelp: "They'll appear here as purchases come in.", AsOf: "As of last night",
}
