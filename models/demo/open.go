package demo

import (
	"crypto/rand"
	"encoding/json"
	"strings"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/merchants"
	"dangol/models/people"
	"dangol/models/programs"
	"dangol/models/staff"
	"dangol/models/store"
	"dangol/models/terms"
)

// SignIn is somebody who can sign in to the shop.
type SignIn struct {
	Role     models.Role
	Name     string
	Email    string
	Password string // random; it stands nowhere else
}

// OwnerEmail is the demo owner's login.
const OwnerEmail = "owner@demo.example"

// crew is one person a role.
var crew = []SignIn{
	{Role: models.Owner, Name: "오연두", Email: OwnerEmail},
	{Role: models.Admin, Name: "나한결", Email: "admin@demo.example"},
	{Role: models.Marketer, Name: "마은솔", Email: "marketer@demo.example"},
	{Role: models.Manager, Name: "장보람", Email: "manager@demo.example"},
	{Role: models.Clerk, Name: "지새론", Email: "clerk@demo.example"},
	{Role: models.Viewer, Name: "구하늬", Email: "viewer@demo.example"},
}

// usual is what people of the neighbourhood spend at once, in won.
const usual terms.Money = 9_000

// Terms is what the demo shop promises: the default programme of its trade with tiers switched on, and points that last a
// year, so that the screens about tiers and ends have something to tell.
func Terms() terms.Terms {
	t := terms.Default(models.TradeRetail, usual)
	t.Name = terms.Text{Ko: "느루 단골", En: "Neuru regulars"}
	t.Enrolment.Automatic = true
	t.Units[0].Expiry = terms.Expiry{Kind: terms.Rolling, Months: 12}
	plan, factors := terms.SuggestTiers(usual, nil)
	t.Tiers, t.Earning[0].Tiers = &plan, factors
	t.Coupons = append(t.Coupons, terms.CouponKind{
		Code: "missed", Name: terms.Text{Ko: "오랜만이에요 쿠폰", En: "We missed you"}, Amount: 2_000, Minimum: usual, Days: 30})
	return t
}

// open makes the shop: its row, its store, who works there, and what it has promised since opening day.
func (b *builder) open() error {
	if err := b.crew(); err != nil {
		return err
	}
	if err := store.InGlobalTx(b.ctx, b.db, b.found); err != nil {
		return err
	}
	if err := b.inTx(b.furnish); err != nil {
		return err
	}
	return b.findProgram()
}

// crew chooses passwords, unless the people are known already.
func (b *builder) crew() error {
	if len(b.SignIns) > 0 {
		return nil
	}
	for _, s := range crew {
		s.Password = strings.ToLower(rand.Text()[:14])
		b.SignIns = append(b.SignIns, s)
	}
	return nil
}

func (b *builder) found(tx *store.Tx) (err error) {
	p := models.MerchantParams{Name: b.Name, Trade: models.TradeRetail, MedianTicket: usual, Sandbox: b.Sandbox}
	if b.Sandbox {
		if p.Clock = b.Clock; p.Clock.IsZero() {
			p.Clock = tx.Wall()
		}
		p.Name += " (연습)"
	}
	b.shop = Shop{Name: p.Name, Sandbox: b.Sandbox}
	if b.shop.MerchantID, err = merchants.Create(tx, p); err != nil {
		return err
	}
	settings, err := json.Marshal(models.Settings{Features: []string{"tiers", "coupons"}, ShownCounts: true, CustomerWord: "손님", PublicContact: "02-0000-0000"})
	if err != nil {
		return err
	}
	_, err = tx.PG().Exec(tx.Ctx(), `UPDATE merchants SET demo = true, settings = $2 WHERE id = $1`, b.shop.MerchantID, settings)
	return err
}

// furnish works inside the new shop.
func (b *builder) furnish(tx *store.Tx) (err error) {
	b.wall, b.storeCode = tx.Wall(), "yeonnam"
	b.span = span{from: tx.Today().AddMonths(-12), now: tx.Now(), today: tx.Today(), zone: tx.Merchant().Zone}
	if b.storeID, err = merchants.AddStore(tx, b.storeCode, "연남점"); err != nil {
		return err
	}
	if err := b.openedOn(tx, b.span.from); err != nil {
		return err
	}
	if err := b.hire(tx); err != nil {
		return err
	}
	doc := Terms()
	if _, err := programs.CreateIn(tx, models.Actor{}, "regulars", doc.Encode()); err != nil {
		return err
	}
	_, err = programs.PublishIn(tx, models.Actor{}, "regulars", models.PublishParams{AsIf: true, EffectiveFrom: b.span.from.In(b.span.zone)})
	return err
}

// openedOn dates the shop back, so that its days are closed from then on. A shop made to a size has no such past.
func (b *builder) openedOn(tx *store.Tx, day calendar.Date) error {
	if b.sized || b.Sandbox {
		return nil
	}
	_, err := tx.PG().Exec(tx.Ctx(), `UPDATE merchants SET created_at = $2 WHERE id = $1`, tx.MerchantID(), day.In(tx.Merchant().Zone))
	return err
}

func (b *builder) hire(tx *store.Tx) error {
	for _, s := range b.SignIns {
		p := staff.Params{Role: s.Role}
		if s.Role == models.Manager || s.Role == models.Clerk {
			p.StoreIDs = []int64{b.storeID}
		}
		hash, err := b.hash(s)
		if err != nil {
			return err
		}
		person, err := staff.AddNew(tx, people.NewPerson{Email: s.Email, Name: s.Name, Locale: "ko"}, hash, p)
		if err != nil {
			return err
		}
		if err := b.know(tx, s.Role, person.ID); err != nil {
			return err
		}
	}
	b.shop.SignIns = b.SignIns
	return nil
}

// hash is empty for who has a login already.
func (b *builder) hash(s SignIn) (string, error) {
	if b.Guard == nil {
		return "", nil
	}
	return b.Guard.HashPassword(b.ctx, s.Password)
}

// know remembers who will do things in the shop.
func (b *builder) know(tx *store.Tx, role models.Role, personID int64) error {
	actor := models.Actor{Role: role, StoreID: b.storeID, Source: source}
	err := tx.PG().QueryRow(tx.Ctx(), `SELECT id FROM staff WHERE merchant_id = $1 AND person_id = $2`, tx.MerchantID(), personID).Scan(&actor.StaffID)
	switch role {
	case models.Manager:
		b.manager = actor
	case models.Clerk:
		b.clerk = actor
	}
	return err
}
