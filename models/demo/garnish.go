package demo

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/accrual"
	"dangol/models/coupons"
	"dangol/models/customers"
	"dangol/models/grants"
	"dangol/models/insights"
	"dangol/models/occasions"
	"dangol/models/segments"
	"dangol/models/store"
	"dangol/models/tasks"
)

// garnish is what makes the small shop look lived in: what the staff noted, gave and took back.
func (b *builder) garnish() error {
	slices.SortFunc(b.regulars, func(a, c regular) int { return cmp.Or(c.visits-a.visits, int(a.customerID-c.customerID)) })
	for _, step := range []func() error{b.notes, b.kindness, b.birthdays, b.returns} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// remarks are notes as staff write them.
var remarks = []string{
	"얼음 적게", "창가 자리 좋아하심", "텀블러 가져오심", "강아지 두부랑 오심", "식빵은 안 자름", "영수증 안 받으심", "토요일 아침 단골", "목소리 크게",
	"아이 둘, 빨대 두 개", "따뜻하게", "이사 예정 (3월)", "포인트는 나중에 쓰심",
}

func (b *builder) notes() error {
	r := rand.New(rand.NewPCG(b.Seed, 2))
	return b.inTx(func(tx *store.Tx) error {
		for i, remark := range remarks {
			if i >= len(b.regulars) {
				break
			}
			who := b.regulars[r.IntN(min(60, len(b.regulars)))]
			_, err := customers.AddNote(tx, b.clerk, who.customerID, remark)
			if err != nil && models.KindOf(err) != models.Invalid { // who has two already keeps them
				return err
			}
		}
		return nil
	})
}

// kindness is points by hand.
func (b *builder) kindness() error {
	gifts := []models.GrantParams{
		{Points: 500, Reason: models.GrantApology, Note: "주문이 바뀜", Words: "기다리게 해서 죄송해요"},
		{Points: 300, Reason: models.GrantThanks, Note: "분실물 찾아 주심", Words: "고맙습니다"},
		{Points: 240, Reason: models.GrantMissed, Note: "어제 적립 누락", Words: "어제 못 드린 포인트예요"},
		{Points: 1_000, Reason: models.GrantEvent, Note: "신메뉴 시식단", Words: "시식해 주셔서 고맙습니다"},
	}
	for i, gift := range gifts {
		if i >= len(b.regulars) {
			break
		}
		gift.MembershipID = b.regulars[i*3%len(b.regulars)].membershipID
		key := store.Key{Scope: "demo", Key: fmt.Sprintf("kindness-%d", i), BodyHash: []byte{1}}
		if _, err := grants.Give(b.ctx, b.db, b.shop.MerchantID, b.manager, key, gift); err != nil {
			return err
		}
	}
	return nil
}

// birthdays issues the birthday coupons of the last weeks, and some are used today.
func (b *builder) birthdays() error {
	for day := b.span.today.AddDays(-21); day <= b.span.today; day++ {
		for more := true; more; {
			err := b.inTx(func(tx *store.Tx) error {
				inForce := b.program.Timeline.At(b.span.now)
				n, err := occasions.Issue(tx, b.program.ID, inForce, &inForce.Terms().Occasions[0], day)
				more = n >= occasions.Batch
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	return b.useCoupons()
}

func (b *builder) useCoupons() error {
	var codes []string
	err := b.inTx(func(tx *store.Tx) error {
		rows, err := tx.PG().Query(tx.Ctx(), `SELECT code FROM coupons WHERE merchant_id = $1 AND $2 BETWEEN valid_from AND valid_until
			ORDER BY valid_from, membership_id LIMIT 4`, tx.MerchantID(), tx.Today())
		if err != nil {
			return err
		}
		codes, err = pgx.CollectRows(rows, pgx.RowTo[string])
		return err
	})
	for _, code := range codes {
		if err == nil {
			_, err = coupons.Use(b.ctx, b.db, b.shop.MerchantID, b.clerk, models.CouponUse{Code: code, Order: 2 * usual})
		}
	}
	return err
}

// returns takes back three of the last receipts, two of them in part, and one whose order the till has not sent yet.
func (b *builder) returns() error {
	type last struct {
		Number string
		Total  int64
	}
	var receipts []last
	err := b.inTx(func(tx *store.Tx) error {
		rows, err := tx.PG().Query(tx.Ctx(), `SELECT external_id, total FROM orders WHERE merchant_id = $1 AND total >= 5000 ORDER BY placed_at DESC, id DESC LIMIT 3`, tx.MerchantID())
		if err != nil {
			return err
		}
		receipts, err = pgx.CollectRows(rows, pgx.RowToStructByPos[last])
		return err
	})
	if err != nil {
		return err
	}
	for i, r := range receipts {
		amount := r.Total
		if i > 0 {
			amount = r.Total / 200 * 100
		}
		if err := b.refund(b.clerk, fmt.Sprintf("RF-%d", i+1), r.Number, amount); err != nil {
			return err
		}
	}
	till := models.Actor{Source: "pos", StoreID: b.storeID}
	return b.refund(till, "RF-POS-1", "POS-"+b.span.now.Add(-time.Hour).Format("0102")+"-0387", 8_600)
}

func (b *builder) refund(actor models.Actor, number, order string, amount int64) error {
	_, err := accrual.Refund(b.ctx, b.db, b.shop.MerchantID, actor, store.Key{}, models.RefundParams{
		ExternalID: number, OrderExternalID: order, Amount: amount, RefundedAt: b.span.now})
	return err
}

// give is a gift to people whom the shop misses, as a marketer would make it from the map of regulars.
func (b *builder) give() error {
	group := segments.Group{Name: segments.AtRisk}
	var task int64
	err := b.inTx(func(tx *store.Tx) error {
		size, err := segments.Count(tx, group, b.program.ID)
		if err != nil || size.Members == 0 {
			return err
		}
		gift, err := segments.Give(tx, b.manager, segments.GiveParams{Group: group, Kind: segments.Coupon, Coupon: "missed", Shown: size.Members})
		if err != nil {
			return err
		}
		latest, err := tasks.Latest(tx, tasks.Give, gift.ID)
		task = latest.ID
		return err
	})
	if err != nil || task == 0 {
		return err
	}
	if err := segments.RunGive(b.ctx, b.db, b.shop.MerchantID, task); err != nil {
		return err
	}
	return insights.RefreshHome(b.ctx, b.db, b.shop.MerchantID)
}
