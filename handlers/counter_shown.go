package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models/counter"
	"dangol/models/days"
	"dangol/models/store"
	"dangol/views/i18n"
	"dangol/views/pages"
)

// counterTurned is the screen turned to the customer; looking at its address notes nothing.
func (s *Server) counterTurned(c echo.Context) error {
	guest, p, err := s.guestOf(c)
	if err != nil {
		return err
	}
	return s.counterPage(c, http.StatusOK, pages.CounterView{Shown: shownView(p, guest)})
}

// counterShown turns the screen to the customer and notes that they have seen what ends when.
func (s *Server) counterShown(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	var guest *counter.Guest
	var counts bool
	err = s.write(c, func(tx *store.Tx) error {
		counts, guest, err = show(tx, id)
		return err
	})
	if err != nil {
		return err
	}
	view := shownView(s.speakUnit(c, guest.Unit), guest)
	view.Noted = counts && len(view.Ending) > 0
	return s.counterPage(c, http.StatusOK, pages.CounterView{Shown: view})
}

// show reads what the customer is shown and notes it as told, in one transaction: what counts is what they saw.
func show(tx *store.Tx, customerID int64) (counts bool, guest *counter.Guest, err error) {
	if guest, err = counter.Read(tx, customerID); err != nil || guest.Unit == nil {
		return false, guest, err
	}
	if counts, err = days.Shown(tx, customerID, guest.Unit.Code); err != nil {
		return false, nil, err
	}
	guest, err = counter.Read(tx, customerID) // once nobody else can change it
	return counts, guest, err
}

func shownView(p *i18n.Printer, guest *counter.Guest) *pages.CounterShown {
	card := cardView(p, guest, "")
	view := &pages.CounterShown{Guest: card.Guest, Today: card.Today, Pending: card.Pending, PendingOn: card.PendingOn, Coupons: card.Coupons}
	for _, ending := range guest.Ending {
		view.Ending = append(view.Ending, pages.EndingLine{On: ending.On, Points: ending.Points})
	}
	return view
}
