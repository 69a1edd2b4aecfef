package presets

import "dangol/models/terms"

// catalogue is the presets in the order in which they are shown.
var catalogue = []entry{
	{code: "starbucks", about: terms.Text{
		Ko: "2026년 3월의 미국 스타벅스: 한 해 동안 모은 별로 등급이 정해지고, 등급이 높을수록 별을 더 드려요. 그린의 별은 여섯 달 동안 아무것도 하지 않으면 사라져요. 등급을 다음 해 말까지 두는 것은 저희가 정했어요.",
		En: "Starbucks in the US from March 2026: tiers by the stars of a calendar year, higher tiers earn more, Green stars end after six months without activity. That a tier lasts to the end of the next year is our choice.",
	}},
	{code: "sephora", about: terms.Text{
		Ko: "미국 세포라: 한 해 구매 금액으로 등급이 정해져 다음 해 말까지 가고, 500P는 10달러예요. 생일 선물 대신 250P를 고르는 것은 빠져 있고, 루즈 리워드를 쓸 수 있는 90일은 저희가 정했어요.",
		En: "Sephora in the US: tiers by a calendar year's spending, kept to the end of the next; 500 points are $10. The choice of 250 points instead of the birthday gift is left out; the 90 days of a Rouge Reward are ours.",
	}},
	{code: "adidas", about: terms.Text{
		Ko: "아디다스: 쓰는 포인트와 레벨을 정하는 포인트가 따로예요. 운동해도 쌓이고, 써도 레벨은 내려가지 않아요. 할인 쿠폰의 값과 도전 포인트는 저희가 정했어요.",
		En: "adidas: points to spend and points for the level are counted apart. Sports earn too, and spending never lowers the level. The price of the voucher and the points for challenges are ours.",
	}},
	{code: "elf", illustrative: true, about: terms.Text{
		Ko: "예시예요. e.l.f. 뷰티 스쿼드처럼 구매, 영수증, 활동으로 쌓는 세 단계 등급이지만, 알려진 수치가 없어 숫자는 모두 저희가 정했어요.",
		En: "An example. Three tiers, earned by buying, by receipts and by actions, as in e.l.f. Beauty Squad; its numbers are not public, so all of these are ours.",
	}},
	{code: "body-shop", about: terms.Text{
		Ko: "미국 더바디샵: 100P는 10달러예요. 직접 쓰거나, 고른 곳에 기부해요. 생일 쿠폰을 쓸 수 있는 30일은 저희가 정했어요.",
		En: "The Body Shop in the US: 100 points are $10, to spend or to give to a cause of one's choice. The 30 days of the birthday coupon are ours.",
	}},
	{code: "body-shop-charity", about: terms.Text{
		Ko: "키프로스 더바디샵: 구매 금액의 1%를 회원이 고른 두 곳 가운데 하나에 기부해요. 회원은 돈을 받지 않아요.",
		En: "The Body Shop in Cyprus: 1% of each purchase goes to one of two causes that the member chooses. The member gets no money.",
	}},
	{code: "toms", about: terms.Text{
		Ko: "탐스: 신발 한 켤레를 사면 한 켤레를 나누고, 포인트를 기부할 수 있어요. 포인트 비율은 알려지지 않아 저희가 정했고, 알려진 이익의 3분의 1은 계산대가 알 수 없어 매출의 2%로 적었어요.",
		En: "TOMS: a pair is given for each pair sold, and points can be donated. The rate of points is not public and ours; the published third of the profit, which no till knows, stands here as 2% of sales.",
	}},
	{code: "tele2", about: terms.Text{
		Ko: "텔레2 ‘더 많이’: 제휴사가 확인하면 캐시백을 드리고, 90일 안에 확인되지 않으면 드리지 않아요. 앱에서 받는 선물, 직원이 켜 드리는 스마트폰 할인이 있어요. 40%와 50%가 최고라는 것, 1주와 한 달 4번은 알려진 것이고 나머지 숫자는 저희가 정했어요.",
		En: "Tele2 “More”: cashback once the partner has confirmed, and none if that takes more than 90 days; gifts to be claimed in the app; a phone discount that staff switch on. Up to 40% and 50%, one week and four a month are published; the other numbers are ours.",
	}},
	{code: "pulse", illustrative: true, about: terms.Text{
		Ko: "예시예요. 틴코프 펄스처럼 저절로 가입되고 활동으로 등급이 정해지지만, 알려진 기준이 없어 숫자는 모두 저희가 정했어요.",
		En: "An example. Everybody is a member and activity decides the level, as in Tinkoff Pulse; no threshold is public, so all numbers are ours.",
	}},
	{code: "wildberries-buyers", about: terms.Text{
		Ko: "와일드베리스 구매자: 받은 지 5일 안에 쓴 후기에 보너스를 드리고 14일 뒤에 들어와요. 800루블부터 한 개를 1루블에 살 수 있어요. 후기 보너스의 금액은 판매자마다 달라 저희가 정했어요.",
		En: "Wildberries for buyers: a review within 5 days of delivery earns a bonus that arrives 14 days later; from 800 roubles on one item costs one rouble. The amounts of the bonus, which each seller sets, are ours.",
	}},
	{code: "wildberries-sellers", about: terms.Text{
		Ko: "와일드베리스 판매자: 지난달의 판매액, 별점, 재구매율로 매달 등급이 정해지고 플래티넘은 신청하면 따로 드려요. 기준은 시장에 따라 움직여, 판매액과 비율의 숫자는 저희가 정했어요.",
		En: "Wildberries for sellers: each month's level follows the turnover, rating and repurchase rate of the month before; Platinum is given on request. The real thresholds move with the market, so these are ours.",
	}},
	{code: "bean-box", illustrative: true, about: terms.Text{
		Ko: "예시예요. 빈박스처럼 정기 구독 상자를 다섯 번 받을 때마다 원두 한 봉을 드려요. 상자를 건너뛰어도 스탬프는 그대로예요. 숫자는 저희가 정했어요.",
		En: "An example. With every fifth box of a coffee subscription such as Bean Box's a bag is free; skipping a box costs no stamp. The numbers are ours.",
	}},
	{code: "amazon-prime", about: terms.Text{
		Ko: "미국 아마존 프라임: 한 달 14.99달러나 한 해 139달러, 처음 30일은 무료예요. 값이 바뀌면 다음 갱신부터예요. 특가의 10%는 저희가 정했고, 주문 수는 세기만 해요.",
		En: "Amazon Prime in the US: $14.99 a month or $139 a year, the first 30 days free; a new price counts from the next renewal. The 10% of the deals are ours, and orders are only counted.",
	}},
	{code: "rei", about: terms.Text{
		Ko: "REI 협동조합: 30달러를 한 번 내면 평생 회원이고, 한 해 동안 정가로 산 금액의 10%를 다음 해 3월에 드려요. 할인 상품은 ‘sale’ 표시로 빼고, 그해 말까지 쓰는 것은 저희가 정했어요.",
		En: "REI Co-op: $30 once for a lifetime, and in March 10% of last year's full-price purchases. What is on sale carries the label “sale”; that the reward lasts to the end of the year is our choice.",
	}},
	{code: "barnes-noble", about: terms.Text{
		Ko: "반스앤노블: 한 번에 산 10달러마다 스탬프 하나, 열 개가 모이면 저절로 5달러가 돼요. 스탬프는 열두 달 동안 아무것도 하지 않으면 사라지고 5달러는 사라지지 않아요. 한 해 39.99달러인 프리미엄은 10% 할인과 무료 배송을 더해요.",
		En: "Barnes & Noble: a stamp for every $10 of one purchase, and ten become $5 by themselves. Stamps end after twelve months without activity, the $5 never. Premium, $39.99 a year, adds 10% off and free delivery.",
	}},
	{code: "retainful", illustrative: true, about: terms.Text{
		Ko: "예시예요. 친구를 소개하면 적립금을, 살 때마다 다음 구매 쿠폰을 드리고, 매주 채소 상자를 미리 결제해요. 숫자는 저희가 정했어요.",
		En: "An example. Credit for bringing friends, a coupon for the next order with each order, and a weekly vegetable box that is paid in advance. The numbers are ours.",
	}},
	{code: "bank-and-brand", illustrative: true, about: terms.Text{
		Ko: "예시예요. 제휴 카드로 내면 4%, 함께 만든 상품에는 10%를 더 드려요. 카드 적립은 은행이 절반을, 상품 적립은 브랜드가 모두 부담하고 달마다 정산해요. 숫자는 저희가 정했어요.",
		En: "An example. 4% more with a partner's card and 10% more on goods made together; the bank carries half of the one, the brand all of the other, settled by month. The numbers are ours.",
	}},
	{code: "smarthint", illustrative: true, about: terms.Text{
		Ko: "예시예요. 구매 뒤 만족도 설문과 후기에 답하면 포인트를 드려요. 숫자는 저희가 정했어요.",
		En: "An example. Answering a survey after a purchase, and reviews, earn points. The numbers are ours.",
	}},
}
