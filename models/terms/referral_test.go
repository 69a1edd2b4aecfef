package terms

import (
	"slices"
	"strings"
	"testing"

	"dangol/models"
)

func TestReferralClause(t *testing.T) {
	bringing := func(r Referral) Terms {
		doc := one(Rule{Award: rate(1, 100)})
		doc.Referral = &r
		return doc
	}
	for _, c := range []struct {
		referral Referral
		want     string
	}{
		{Referral{Minimum: -1}, "/referral/minimum out_of_range"},
		{Referral{Within: 3651}, "/referral/within_days out_of_range"},
		{Referral{After: -1}, "/referral/after_days out_of_range"},
		{Referral{Limit: Quota{Per: "hour", Times: 1}}, "/referral/limit/per not_one_of"},
		{Referral{Limit: Quota{Per: PerDay}}, "/referral/limit/times out_of_range"},
	} {
		doc := bringing(c.referral)
		if got := faultsOf(t, faults(doc.Validate()).err()); !slices.Contains(got, c.want) {
			t.Errorf("%s: got %q", c.want, got)
		}
	}
	doc := bringing(Referral{Minimum: 30_000})
	if found := doc.Validate(); len(found) > 0 {
		t.Errorf("%+v", found)
	}
	for locale, want := range map[string]string{
		"ko": "# 친구 소개\n소개 코드로 온 친구가 소개받은 날부터 180일 안에 처음으로 30,000원 이상 사시면, 그날부터 14일 뒤에 소개로 인정해요.\n" +
			"그동안 그 구매를 환불하시거나, 이미 손님이시거나, 두 분의 연락처가 같으면 소개로 인정하지 않아요.\n한 분이 소개하신 친구는 한 달에 10명까지 인정해요.",
		"en": "# Refer a friend\nA friend who uses your code counts 14 days after their first order, of at least ₩30,000, if they place it within 180 days of being referred.\n" +
			"A friend doesn't count if that order is returned before then, if they were already a customer, or if you share a phone number or email address.\nUp to 10 of your friends count a month.",
	} {
		if page := strings.Join(flat(doc.Describe(locale)), "\n"); !strings.Contains(page, want) {
			t.Errorf("%q is not in\n%s", want, page)
		}
	}
	for want, after := range map[models.LossKind]Terms{
		models.LosesGone:      one(Rule{Award: rate(1, 100)}),
		models.LosesCondition: bringing(Referral{Minimum: 40_000}),
		models.LosesWait:      bringing(Referral{Minimum: 30_000, After: 30}),
		models.LosesDays:      bringing(Referral{Minimum: 30_000, Within: 30}),
		models.LosesCap:       bringing(Referral{Minimum: 30_000, Limit: Quota{PerMonth, 5}}),
	} {
		if found := Worse(&doc, &after); len(found) != 1 || found[0].Kind != want {
			t.Errorf("%s: %+v", want, found)
		}
	}
	same := bringing(Referral{Minimum: 30_000, Within: 180, After: 14, Limit: Quota{PerMonth, 10}})
	if found := Worse(&doc, &same); len(found) != 0 {
		t.Errorf("what stood for nothing, said: %+v", found)
	}
}
