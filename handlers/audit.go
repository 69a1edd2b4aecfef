package handlers

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models/audit"
	"dangol/models/staff"
	"dangol/models/store"
	"dangol/views/i18n"
	"dangol/views/pages"
	"dangol/views/paths"
)

// auditIndex is who did what, newest first.
func (s *Server) auditIndex(c echo.Context) error {
	q := audit.Query{Kind: web.Query(c, "kind"), StaffID: web.QueryInt(c, "who", 0), Before: max(web.QueryInt(c, "before", 0), 0)}
	var entries []audit.Entry
	var more bool
	err := s.read(c, func(tx *store.Tx) (err error) {
		entries, more, err = audit.List(tx, q)
		return err
	})
	if err != nil {
		return err
	}
	people, err := staff.List(c.Request().Context(), s.DB, web.Of(c).MerchantID())
	if err != nil {
		return err
	}
	p := s.inRealTime(c)
	v := pages.AuditView{Kind: q.Kind, Who: q.StaffID, Kinds: audit.Kinds}
	for i := range people {
		v.People = append(v.People, pages.StoreChoice{ID: people[i].ID, Name: people[i].Name})
	}
	for i := range entries {
		v.Rows = append(v.Rows, auditRow(p, &entries[i]))
	}
	if more {
		v.Next = paths.AuditWith(q.Kind, q.StaffID, entries[len(entries)-1].ID)
	}
	return web.Page(c, http.StatusOK, pages.Audit(v), pages.AuditRows(v), pages.PagerPartial(v.Next, "#audit-rows"))
}

func auditRow(p *i18n.Printer, e *audit.Entry) pages.AuditRow {
	kind, id, _ := strings.Cut(e.Subject, ":")
	row := pages.AuditRow{Who: e.Who, What: p.Audit.Act(e.Action), When: e.At, Subject: p.Audit.Subject(kind, id)}
	if n, err := strconv.ParseInt(id, 10, 64); err == nil {
		switch kind {
		case "customer":
			row.Href = paths.Customer(n)
		case "staff":
			row.Href = paths.Member(n)
		case "import":
			row.Href = paths.Import(n)
		}
	}
	if kind == "program" { // known by its code or number, which say nothing to anybody
		row.Subject = p.Audit.Subject(kind, "")
		if e.Version > 0 {
			row.Subject, row.Href = p.Program.VersionName(e.Version), paths.Version(e.Version)
		}
	}
	return row
}
