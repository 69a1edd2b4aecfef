package handlers

import (
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/counter"
	"dangol/models/customers"
	"dangol/models/store"
	"dangol/views/forms"
	"dangol/views/pages"
	"dangol/views/paths"
)

// lately is how many of one's own last actions the counter shows.
const lately = 5

func (s *Server) counterIdle(c echo.Context) error {
	return s.counterPage(c, http.StatusOK, pages.CounterView{})
}

// counterLookup finds whom the last digits, a whole number or a name may mean: one person's card, a choice, or enrolment.
func (s *Server) counterLookup(c echo.Context) error {
	q := web.Query(c, "q")
	if q == "" {
		return s.counterPage(c, http.StatusOK, pages.CounterView{})
	}
	var looked customers.Looked
	err := s.read(c, func(tx *store.Tx) (err error) {
		looked, err = customers.Lookup(tx, q)
		return err
	})
	switch {
	case models.KindOf(err) == models.Invalid: // too short to look for
		return s.counterPage(c, http.StatusOK, pages.CounterView{Query: q})
	case err != nil:
		return err
	case len(looked.Rows) == 1:
		return s.counterCard(c, http.StatusOK, looked.Rows[0].ID, pages.CounterView{Query: q}, nil)
	case len(looked.Rows) > 1:
		return s.counterMatches(c, q, looked)
	}
	return s.counterMissing(c, q)
}

// counterMissing answers when nobody fits: a whole number can be enrolled at once, of anything shorter more may be typed.
func (s *Server) counterMissing(c echo.Context, q string) error {
	view := pages.CounterView{Query: q}
	if _, whole := models.NormalPhone(q); whole {
		return s.counterEnrolForm(c, http.StatusOK, view, enrolFrom(q), true)
	}
	if utf8.RuneCountInString(q) >= tailDigits || strings.Trim(q, "0123456789") != "" {
		view.Missing = &pages.CounterMissing{Query: q}
	}
	return s.counterPage(c, http.StatusOK, view)
}

// tailDigits is how much of a number is usually typed.
const tailDigits = 4

// enrolFrom fills the form with what was looked for.
func enrolFrom(q string) forms.Enrol {
	if strings.ContainsAny(q, "0123456789") {
		return forms.Enrol{Phone: q}
	}
	return forms.Enrol{Name: q}
}

func (s *Server) counterMatches(c echo.Context, q string, looked customers.Looked) error {
	guests, err := s.people(c, looked)
	if err != nil {
		return err
	}
	return s.counterPage(c, http.StatusOK, pages.CounterView{Query: q, Matches: &pages.CounterMatches{People: guests}})
}

// counterShow is the card of one customer.
func (s *Server) counterShow(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	return s.counterCard(c, http.StatusOK, id, pages.CounterView{}, nil)
}

// counterCard answers with somebody's card; change, if it is not nil, has the last word about it.
func (s *Server) counterCard(c echo.Context, status int, customerID int64, view pages.CounterView, change func(*pages.CounterCard)) error {
	guest, err := s.guest(c, customerID)
	if err != nil {
		return err
	}
	view.Card = cardView(s.speakUnit(c, guest.Unit), guest, web.Of(c).Staff.Role)
	if change != nil {
		change(view.Card)
	}
	return s.counterPage(c, status, view)
}

// counterNotes adds a short note to the card, or takes one away.
func (s *Server) counterNotes(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	var form struct {
		Note   string `form:"note"`
		Remove int64  `form:"remove"`
	}
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	err = s.write(c, func(tx *store.Tx) error {
		if form.Remove != 0 {
			return customers.RemoveNote(tx, id, form.Remove)
		}
		_, err := customers.AddNote(tx, web.Of(c).Actor(), id, form.Note)
		return err
	})
	if models.KindOf(err) == models.Invalid {
		problems := forms.Explain(web.Of(c).Printer(), err)
		return s.counterCard(c, http.StatusUnprocessableEntity, id, pages.CounterView{}, func(card *pages.CounterCard) {
			card.NoteForm, card.NoteFault = form.Note, problems["note"]
		})
	}
	if err != nil {
		return err
	}
	return s.counterCard(c, http.StatusOK, id, pages.CounterView{}, nil)
}

// counterPage answers with the whole till, or with the step alone where htmx asks; after something was done the list of
// what was done comes along.
func (s *Server) counterPage(c echo.Context, status int, view pages.CounterView) error {
	parts := []templ.Component{pages.CounterStep(view)}
	if c.Path() != paths.Lookup { // whoever types a search goes on typing
		web.Focus(c, focusOf(&view))
	}
	if !web.IsPartial(c) || view.Done != nil {
		if err := s.addRecent(c, &view); err != nil {
			return err
		}
		parts = append(parts, pages.CounterRecentPartial(view.Recent))
	}
	return web.Page(c, status, pages.Counter(view), parts...)
}

// focusOf is where typing goes on after a step has been put in its place.
func focusOf(view *pages.CounterView) string {
	switch {
	case view.Earn != nil && view.Earn.Counts:
		return "#count"
	case view.Earn != nil, view.Coupon != nil && view.Coupon.AskAmount:
		return "#amount"
	case view.Redeem != nil, view.Grant != nil:
		return "#points"
	}
	return "#counter-result"
}

// guest reads who stands at the counter.
func (s *Server) guest(c echo.Context, customerID int64) (guest *counter.Guest, err error) {
	err = s.read(c, func(tx *store.Tx) error {
		guest, err = counter.Read(tx, customerID)
		return err
	})
	return guest, err
}

// people are the rows of a search, with the names of their tiers.
func (s *Server) people(c echo.Context, looked customers.Looked) (people []pages.CounterPerson, err error) {
	program, err := s.inForce(c)
	for i := range looked.Rows {
		people = append(people, personView(&looked.Rows[i], program, web.Of(c).Locale))
	}
	return people, err
}

// read and write run fn in a transaction of the request's shop.
func (s *Server) read(c echo.Context, fn func(*store.Tx) error) error {
	return store.ReadTx(c.Request().Context(), s.DB, web.Of(c).MerchantID(), fn)
}

func (s *Server) write(c echo.Context, fn func(*store.Tx) error) error {
	return store.InTx(c.Request().Context(), s.DB, web.Of(c).MerchantID(), fn)
}
