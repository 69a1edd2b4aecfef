package happenings_test

import (
	"errors"
	"sync"
	"testing"

	"dangol/models"
	"dangol/models/conditions"
	"dangol/models/happenings"
	"dangol/models/shoptest"
	"dangol/models/store"
	"dangol/models/terms"
)

func reviews(doc *terms.Terms) {
	doc.Earning = append(doc.Earning, terms.Rule{
		Code: "review", Unit: "point", Name: terms.Text{Ko: "후기"}, When: terms.OnReview, Award: terms.Formula{Kind: terms.Fixed, Points: 100},
		If:     terms.Conditions{Where: conditions.Where(conditions.Length, conditions.AtLeast, conditions.Number(20))},
		Limits: []terms.Limit{{Per: terms.PerDay, Times: 2}},
	})
}

func review(shop *shoptest.Shop, id string, length int64) models.HappeningParams {
	return models.HappeningParams{ExternalID: id, Kind: "review", Customer: models.CustomerRef{ID: shop.Maya.ID}, Numbers: map[string]int64{"length": length}}
}

func TestAReviewIsRewardedOnce(t *testing.T) {
	t.Parallel()
	shop := shoptest.New(t, reviews)
	shop.Maya.Buys(t, "5,000") // joins, and earns 100
	report := func(p models.HappeningParams) (happenings.Receipt, error) {
		return happenings.Report(t.Context(), shop.DB, shop.MerchantID, shop.Till, store.Key{}, p)
	}
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			if _, err := report(review(shop, "E1", 25)); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	shop.Maya.Wants(t, 100+100)
	if again, err := report(review(shop, "E1", 25)); err != nil || !again.Replay {
		t.Errorf("told again: %+v, %v", again, err)
	}
	if _, err := report(review(shop, "E1", 26)); models.KindOf(err) != models.Conflict {
		t.Errorf("the same number with other content: %v", err)
	}
	if short, err := report(review(shop, "E2", 5)); err != nil || len(short.Members[0].Awards) != 0 {
		t.Errorf("too short a review: %+v, %v", short, err)
	}
	for _, id := range []string{"E3", "E4"} { // two a day
		if _, err := report(review(shop, id, 25)); err != nil {
			t.Error(err)
		}
	}
	shop.Maya.Wants(t, 100+200)
}

func TestBadEventsChangeNothing(t *testing.T) {
	t.Parallel()
	shop := shoptest.New(t, reviews)
	shop.Maya.Buys(t, "5,000")
	for field, change := range map[string]func(*models.HappeningParams){
		"external_id":  func(p *models.HappeningParams) { p.ExternalID = "" },
		"kind":         func(p *models.HappeningParams) { p.Kind = "purchase" },
		"name":         func(p *models.HappeningParams) { p.Name = "run" },
		"customer":     func(p *models.HappeningParams) { p.Customer.ID = 999 },
		"store":        func(p *models.HappeningParams) { p.Store = "moon" },
		"channel":      func(p *models.HappeningParams) { p.Channel = "phone" },
		"amount":       func(p *models.HappeningParams) { p.Amount = -1 },
		"happened_at":  func(p *models.HappeningParams) { p.HappenedAt = shop.Clock.Now().AddDate(0, 0, 1) },
		"facts/moon":   func(p *models.HappeningParams) { p.Numbers["moon"] = 1 },
		"facts/amount": func(p *models.HappeningParams) { p.Numbers["amount"] = 1 },
	} {
		p := review(shop, "E1", 25)
		change(&p)
		_, err := happenings.Report(t.Context(), shop.DB, shop.MerchantID, shop.Till, store.Key{}, p)
		if e, ok := errors.AsType[*models.Error](err); !ok || e.Kind != models.Invalid || len(e.Fields) != 1 || e.Fields[0].Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	shop.Maya.Wants(t, 100)
}
