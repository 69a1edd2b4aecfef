package handlers

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/merchants"
	"dangol/models/staff"
	"dangol/views/forms"
	"dangol/views/pages"
	"dangol/views/paths"
)

func (s *Server) staffIndex(c echo.Context) error {
	return s.showStaff(c, http.StatusOK, pages.StaffView{Form: forms.Invite{Role: string(models.Clerk)}})
}

// showStaff completes a view that has the form, and shows it.
func (s *Server) showStaff(c echo.Context, status int, view pages.StaffView) error {
	r, ctx := web.Of(c), c.Request().Context()
	list, err := staff.List(ctx, s.DB, r.MerchantID())
	if err != nil {
		return err
	}
	stores, err := merchants.Stores(ctx, s.DB, r.MerchantID())
	if err != nil {
		return err
	}
	for i := range list {
		view.People = append(view.People, memberRow(&list[i], stores, r))
	}
	view.Stores, view.Roles, view.CanEdit, view.Alone = storeChoices(stores), givable(r.Staff.Role), true, len(list) == 1
	s.inRealTime(c)
	return web.Render(c, status, pages.Staff(view))
}

func memberRow(m *staff.Member, stores []models.Store, r *web.Request) pages.StaffRow {
	row := pages.StaffRow{
		ID: m.ID, Name: m.Name, Email: m.Email, Role: string(m.Role), Stores: storeNames(m.StoreIDs, stores),
		Waiting: m.Invited, Off: m.DisabledAt != nil, You: m.ID == r.Staff.ID,
	}
	if m.SeenAt != nil {
		row.Seen = *m.SeenAt
	}
	row.CanEdit = !row.You && staff.Outranks(r.Staff.Role, m.Role)
	return row
}

func storeNames(ids []int64, stores []models.Store) string {
	var names []string
	for _, store := range stores {
		if slices.Contains(ids, store.ID) {
			names = append(names, store.Name)
		}
	}
	return strings.Join(names, ", ")
}

func storeChoices(stores []models.Store) (choices []pages.StoreChoice) {
	for _, store := range stores {
		choices = append(choices, pages.StoreChoice{ID: store.ID, Name: store.Name})
	}
	return choices
}

// givable are the roles that somebody may give: none above their own.
func givable(role models.Role) (roles []string) {
	for _, each := range models.Roles {
		if staff.Outranks(role, each) {
			roles = append(roles, string(each))
		}
	}
	return roles
}

func (s *Server) invite(c echo.Context) error {
	var form forms.Invite
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	r := web.Of(c)
	token, err := staff.Invite(c.Request().Context(), s.DB, r.MerchantID(), r.Actor(), staff.InviteParams{
		Email: form.Email, Locale: string(r.Locale), Params: staff.Params{Role: models.Role(form.Role), StoreIDs: form.Stores},
	})
	if models.KindOf(err) == models.Invalid {
		form.Problems = forms.Explain(r.Printer(), err)
		return s.showStaff(c, http.StatusUnprocessableEntity, pages.StaffView{Form: form})
	}
	if err != nil {
		return err
	}
	if token == "" { // they work elsewhere too: only the mail leads in
		return s.done(c, paths.Staff, r.Printer().Staff.Invited(form.Email))
	}
	view := pages.StaffView{Form: forms.Invite{Role: form.Role}, Link: s.link(paths.Invitation(token)), LinkFor: form.Email}
	return s.showStaff(c, http.StatusOK, view)
}

func (s *Server) memberForm(c echo.Context) error {
	return s.showMember(c, http.StatusOK, nil, nil)
}

// showMember shows one member of staff; form is what was typed and refused, with its problems.
func (s *Server) showMember(c echo.Context, status int, form *forms.Invite, problems forms.Problems) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	r, ctx := web.Of(c), c.Request().Context()
	member, err := staff.Find(ctx, s.DB, r.MerchantID(), id)
	if err != nil {
		return err
	}
	stores, err := merchants.Stores(ctx, s.DB, r.MerchantID())
	if err != nil {
		return err
	}
	view := pages.MemberView{
		Row: memberRow(member, stores, r), Roles: givable(r.Staff.Role), Stores: storeChoices(stores), Chosen: chosen(member.StoreIDs), Problems: problems,
	}
	if form != nil {
		view.Row.Role, view.Chosen = form.Role, chosen(form.Stores)
	}
	return web.Render(c, status, pages.Member(view))
}

func chosen(ids []int64) map[int64]bool {
	set := map[int64]bool{}
	for _, id := range ids {
		set[id] = true
	}
	return set
}

func (s *Server) changeMember(c echo.Context) error {
	var form forms.Invite
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	r := web.Of(c)
	err = staff.Change(c.Request().Context(), s.DB, r.MerchantID(), r.Actor(), id, staff.Params{Role: models.Role(form.Role), StoreIDs: form.Stores})
	if kind := models.KindOf(err); err != nil && (kind == models.Invalid || kind == models.Conflict) {
		return s.showMember(c, web.Judge(err).Status, &form, forms.Explain(r.Printer(), err))
	}
	if err != nil {
		return err
	}
	return s.done(c, paths.Staff, r.Printer().Common.Saved)
}

func (s *Server) setAccess(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	r := web.Of(c)
	err = staff.SetAccess(c.Request().Context(), s.DB, r.MerchantID(), r.Actor(), id, c.FormValue("on") == "1")
	if models.KindOf(err) == models.Conflict {
		return s.showMember(c, http.StatusConflict, nil, forms.Explain(r.Printer(), err))
	}
	if err != nil {
		return err
	}
	return s.done(c, paths.Staff, r.Printer().Common.Saved)
}
