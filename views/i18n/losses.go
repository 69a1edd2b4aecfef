package i18n

import (
	"slices"
	"strings"

	"dangol/models"
)

// Losses says in what new terms are worse for members: a line for each thing, with everything that it loses.
func (p *Printer) Losses(list []models.Loss) (lines []LossLine) {
	for _, l := range list {
		name, word := l.In(string(p.Locale)), p.Program.Losses[l.Kind]
		i := slices.IndexFunc(lines, func(line LossLine) bool { return line.Of == name })
		if i < 0 {
			lines = append(lines, LossLine{Of: name})
			i = len(lines) - 1
		}
		if !slices.Contains(lines[i].What, word) {
			lines[i].What = append(lines[i].What, word)
		}
	}
	return lines
}

// LossLine is what a rule, a tier or a coupon loses.
type LossLine struct {
	Of   string
	What []string
}

// Said is all of it, in words.
func (l LossLine) Said() string { return strings.Join(l.What, ", ") }

var koLosses = map[models.LossKind]string{
	models.LosesGone: "없어져요", models.LosesAward: "더 적게 드려요", models.LosesCap: "한도가 줄어요", models.LosesWait: "더 늦게 들어와요",
	models.LosesCondition: "조건이 바뀌어요", models.LosesLife: "쓸 수 있는 기간이 짧아져요", models.LosesWorth: "가치가 줄어요", models.LosesUse: "더는 쓸 수 없어요",
	models.LosesMinimum: "더 많이 모아야 쓸 수 있어요", models.LosesShare: "한 번에 쓸 수 있는 비율이 줄어요", models.LosesThreshold: "되기가 더 어려워져요",
	models.LosesKeeping: "지키기가 더 어려워져요", models.LosesDays: "받거나 쓸 수 있는 날이 줄어요", models.LosesCoupon: "쿠폰이 작아지거나 조건이 늘어요",
	models.LosesRefunds: "환불할 때 모자란 포인트를 다음 적립에서 채워요", models.LosesBasis: "적립 기준 금액이 줄어요",
	models.LosesPrice: "값이 올라요", models.LosesPeriod: "내시는 주기가 바뀌어요", models.LosesRounding: "끝수 처리가 바뀌어 더 적게 드릴 수 있어요",
	models.LosesTogether: "다른 혜택과 함께 받지 못하실 수 있어요", models.LosesRoom: "모아 두실 수 있는 한도가 줄어요",
}

var enLosses = map[models.LossKind]string{
	models.LosesGone: "removed", models.LosesAward: "gives less", models.LosesCap: "has a lower limit", models.LosesWait: "takes longer to arrive",
	models.LosesCondition: "has different conditions", models.LosesLife: "expires sooner", models.LosesWorth: "is worth less",
	models.LosesUse: "can no longer be used", models.LosesMinimum: "needs more points before use", models.LosesShare: "pays for less of an order",
	models.LosesThreshold: "is harder to reach", models.LosesKeeping: "is harder to keep", models.LosesDays: "has fewer days",
	models.LosesCoupon: "is smaller or has more conditions", models.LosesRefunds: "shortfalls after a refund come out of the next points earned",
	models.LosesBasis: "counts less of each order", models.LosesPrice: "costs more", models.LosesPeriod: "is charged for a different period",
	models.LosesRounding: "is rounded differently and can give less", models.LosesTogether: "may no longer add up with other rewards",
	models.LosesRoom: "has a lower maximum balance",
}
