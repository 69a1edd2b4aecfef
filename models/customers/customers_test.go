package customers_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/customers"
	"dangol/models/store"
	"dangol/models/store/storetest"
)

// shop is a believable little shop with a few regulars.
type shop struct {
	*storetest.Shop
	program int64
}

func open(t *testing.T) *shop {
	t.Helper()
	s := &shop{Shop: storetest.New(t)}
	s.in(t, func(tx *store.Tx) error {
		return tx.PG().QueryRow(tx.Ctx(), `INSERT INTO programs (merchant_id, code, created_at) VALUES ($1, 'shop', $2) RETURNING id`,
			tx.MerchantID(), tx.Now()).Scan(&s.program)
	})
	return s
}

func (s *shop) in(t *testing.T, fn func(*store.Tx) error) {
	t.Helper()
	if err := store.InTx(t.Context(), s.DB, s.MerchantID, fn); err != nil {
		t.Fatal(err)
	}
}

func (s *shop) exec(t *testing.T, sql string, args ...any) {
	t.Helper()
	s.in(t, func(tx *store.Tx) error {
		_, err := tx.PG().Exec(tx.Ctx(), sql, append([]any{s.MerchantID}, args...)...)
		return err
	})
}

func ptr[T any](v T) *T { return &v }

func (s *shop) add(t *testing.T, name, phone string) models.Customer {
	t.Helper()
	c, err := s.create(t, models.CustomerParams{Name: &name, Phone: &phone})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (s *shop) create(t *testing.T, p models.CustomerParams) (c models.Customer, err error) {
	t.Helper()
	err = store.InTx(t.Context(), s.DB, s.MerchantID, func(tx *store.Tx) (err error) {
		c, err = customers.Create(tx, models.Actor{}, p)
		return err
	})
	return c, err
}

func (s *shop) search(t *testing.T, q string) string {
	t.Helper()
	var page customers.Page
	s.in(t, func(tx *store.Tx) (err error) { page, err = customers.Search(tx, q, "", 0); return err })
	return namesOf(page.Rows)
}

func namesOf(rows []customers.Row) string {
	names := make([]string, len(rows))
	for i, r := range rows {
		names[i] = r.Name
	}
	return strings.Join(names, " ")
}

func TestSearchFindsByWhatPeopleType(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.add(t, "김민지", "010-0000-5678")
	s.add(t, "박지훈", "010-0001-5678")
	s.add(t, "이수", "010-0002-1111")
	s.add(t, "임하늘", "010-0003-2222")
	s.add(t, "강가가", "010-0004-3333")
	if _, err := s.create(t, models.CustomerParams{Name: ptr("Maya Lin"), Email: ptr("Maya.Lin@Example.com"), ExternalID: ptr("A-10045")}); err != nil {
		t.Fatal(err)
	}
	for q, want := range map[string]string{
		"민지": "김민지", "김": "김민지", "지": "김민지 박지훈", "ㄱㅁㅈ": "김민지", "ㅈ": "김민지 박지훈", "ㄱ": "강가가 김민지",
		"가": "강가가", "이": "이수", "ㅇ": "이수 임하늘", "김ㅁ": "김민지", "김미": "김민지", "김ㅁㅈ": "김민지", "김ㅁㅎ": "",
		"5678": "박지훈 김민지", "010-0000-5678": "김민지", "01000005678": "김민지", "+82 10 0000 5678": "김민지", "00005678": "김민지",
		"민지 5678": "김민지", "지훈 1111": "", "567": "", "5679": "",
		"maya": "Maya Lin", "LIN": "Maya Lin", "lin maya": "Maya Lin", "maya.lin": "Maya Lin", "maya.lin@exam": "Maya Lin", "maya.lin@other": "",
		"a-100": "Maya Lin", "": "", "  ": "", "%": "", "_": "", "없는": "",
	} {
		if got := s.search(t, q); got != want {
			t.Errorf("%q finds %q, want %q", q, got, want)
		}
	}
}

func TestSearchRefusesWhatNobodyTypes(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, q := range []string{"a\x00b", "\u202e김", strings.Repeat("가", 101)} {
		err := store.InTx(t.Context(), s.DB, s.MerchantID, func(tx *store.Tx) error { _, err := customers.Search(tx, q, "", 0); return err })
		if models.KindOf(err) != models.Invalid {
			t.Errorf("%q: %v", q, err)
		}
	}
	err := store.InTx(t.Context(), s.DB, s.MerchantID, func(tx *store.Tx) error { _, err := customers.Search(tx, "김", "zz!", 0); return err })
	if models.KindOf(err) != models.Invalid {
		t.Errorf("a made-up cursor: %v", err)
	}
}

// Everybody who shares a syllable is listed once, whatever the pages' size.
func TestSearchPagesMeetAndDoNotOverlap(t *testing.T) {
	t.Parallel()
	s := open(t)
	for i := range 25 {
		s.add(t, fmt.Sprintf("김%c김", '가'+rune(i)*28), fmt.Sprintf("010-0000-%04d", i))
	}
	seen := map[int64]bool{}
	after := ""
	for {
		var page customers.Page
		s.in(t, func(tx *store.Tx) (err error) { page, err = customers.Search(tx, "김", after, 4); return err })
		for _, r := range page.Rows {
			if seen[r.ID] {
				t.Fatalf("%s twice", r.Name)
			}
			seen[r.ID] = true
		}
		if after = page.Next; after == "" {
			break
		}
	}
	if len(seen) != 25 {
		t.Errorf("%d of 25", len(seen))
	}
}

func TestSearchStaysInItsShop(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.add(t, "김민지", "010-0000-5678")
	other := s.AddMerchant(t, "Asia/Seoul", "KRW", nil)
	for _, q := range []string{"김", "5678", "01000005678"} {
		err := store.InTx(t.Context(), s.DB, other, func(tx *store.Tx) error {
			page, err := customers.Search(tx, q, "", 0)
			if len(page.Rows) != 0 {
				t.Errorf("another shop's customer by %q", q)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestLookupPutsTheLastToHaveComeFirst(t *testing.T) {
	t.Parallel()
	s := open(t)
	for i, name := range []string{"김하나", "김두리", "김세나"} {
		c := s.add(t, name, fmt.Sprintf("010-000%d-5678", i))
		s.exec(t, `INSERT INTO customer_stats (merchant_id, customer_id, orders, visits, first_on, last_on) VALUES ($1, $2, 1, 1, $3, $3)`,
			c.ID, calendar.MustParse("2026-11-01").AddDays(i))
	}
	for _, q := range []string{"5678", "김", "ㄱ"} {
		var found customers.Looked
		s.in(t, func(tx *store.Tx) (err error) { found, err = customers.Lookup(tx, q); return err })
		if got := namesOf(found.Rows); got != "김세나 김두리 김하나" || found.More {
			t.Errorf("%q: %s, more %v", q, got, found.More)
		}
	}
}

func TestCreateTellsEveryFault(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.add(t, "김민지", "010-0000-5678")
	for _, c := range []struct {
		params models.CustomerParams
		want   string
	}{
		{models.CustomerParams{Name: ptr("이름만")}, "phone required"},
		{models.CustomerParams{Phone: ptr("12"), Email: ptr("nobody"), Name: ptr(strings.Repeat("가", 61))}, "email bad_email name bad_text phone bad_phone"},
		{models.CustomerParams{Phone: ptr("+82 10-0000-5678")}, "phone taken"},
		{models.CustomerParams{Phone: ptr("010-0000-0001"), Birth: &models.Birth{Calendar: "solar", Month: 2, Day: 30}}, "birth bad_date"},
		{models.CustomerParams{Phone: ptr("010-0000-0001"), Locale: ptr("fr")}, "locale unknown"},
	} {
		_, err := s.create(t, c.params)
		if got := faults(err); got != c.want {
			t.Errorf("%+v: %q, want %q", c.params, got, c.want)
		}
	}
}

func faults(err error) string {
	e, ok := errors.AsType[*models.Error](err)
	if !ok {
		return fmt.Sprint(err)
	}
	var all []string
	for _, f := range e.Fields {
		all = append(all, f.Field+" "+f.Code)
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

func TestChangeKeepsTheSearchAndSeesTheOtherHand(t *testing.T) {
	t.Parallel()
	s := open(t)
	c := s.add(t, "김민지", "010-0000-5678")
	birth := models.Birth{Calendar: "lunar", Month: 11, Day: 20}
	change := func(p models.CustomerParams) (after models.Customer, err error) {
		err = store.InTx(t.Context(), s.DB, s.MerchantID, func(tx *store.Tx) (err error) {
			after, err = customers.Change(tx, models.Actor{}, c.ID, p)
			return err
		})
		return after, err
	}
	after, err := change(models.CustomerParams{Name: ptr("김하늘"), Birth: &birth, Version: c.Version})
	if err != nil || after.Version != 2 || after.BirthSetAt == nil || *after.BirthMonth != 11 {
		t.Fatalf("%+v %v", after, err)
	}
	if s.search(t, "민지") != "" || s.search(t, "하늘") != "김하늘" || s.search(t, "5678") != "김하늘" {
		t.Error("the search does not follow the change")
	}
	if _, err := change(models.CustomerParams{Name: ptr("김바다"), Version: c.Version}); !errors.Is(err, models.ErrStale) {
		t.Errorf("an old version was changed: %v", err)
	}
	set := *after.BirthSetAt
	s.Clock.Advance(24 * time.Hour)
	if after, err = change(models.CustomerParams{Birth: &birth}); err != nil || !after.BirthSetAt.Equal(set) {
		t.Errorf("the same birthday counts as changed: %v %v", after.BirthSetAt, err)
	}
	if after, err = change(models.CustomerParams{Birth: &models.Birth{}, Phone: ptr(""), Email: ptr("sky@example.com")}); err != nil || after.BirthMonth != nil || after.Phone != nil {
		t.Errorf("nothing was removed: %+v %v", after, err)
	}
	if _, err = change(models.CustomerParams{Email: ptr("")}); models.KindOf(err) != models.Invalid {
		t.Errorf("nobody could ever be found again: %v", err)
	}
}

func TestFindRef(t *testing.T) {
	t.Parallel()
	s := open(t)
	c, err := s.create(t, models.CustomerParams{Phone: ptr("01000005678"), Email: ptr("a@example.com"), ExternalID: ptr("K7")})
	if err != nil {
		t.Fatal(err)
	}
	for _, ref := range []models.CustomerRef{{ID: c.ID}, {ExternalID: "K7"}, {Phone: "010 0000 5678"}, {Email: "A@example.com"}} {
		s.in(t, func(tx *store.Tx) error {
			got, err := customers.FindRef(tx, ref)
			if got.ID != c.ID {
				t.Errorf("%+v: %+v", ref, got)
			}
			return err
		})
	}
	for ref, want := range map[models.CustomerRef]models.Kind{{}: models.Invalid, {Phone: "x"}: models.Invalid, {ExternalID: "k7"}: models.NotFound, {ID: 99}: models.NotFound} {
		err := store.InTx(t.Context(), s.DB, s.MerchantID, func(tx *store.Tx) error { _, err := customers.FindRef(tx, ref); return err })
		if models.KindOf(err) != want {
			t.Errorf("%+v: %v", ref, err)
		}
	}
}
