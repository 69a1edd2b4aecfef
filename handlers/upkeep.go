package handlers

import (
	"context"
	"time"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models/days"
	"dangol/models/insights"
	"dangol/models/store/backup"
	"dangol/models/tasks"
	"dangol/models/upkeep"
	"dangol/views/i18n"
	"dangol/views/pages"
	"dangol/views/paths"
)

// upkeeping is for those who look after the shop.
var upkeeping = web.May("owner admin")

// closeTime is how long somebody waits at most for days that are closed by hand. What was closed by then stays so.
const closeTime = 2 * time.Minute

// upkeepView tells what keeps the shop in order by itself, for who can do something about it.
func (s *Server) upkeepView(c echo.Context, state *upkeep.State, several bool) *pages.UpkeepView {
	r := web.Of(c)
	if upkeeping.Of(r.Staff.Role) == web.No {
		return nil
	}
	p := r.Printer()
	p.Now = s.DB.Wall()
	v := &pages.UpkeepView{}
	for _, failed := range state.Failed {
		v.Items = append(v.Items, failedItem(p, failed))
	}
	if state.Late.Days > 0 {
		v.Items = append(v.Items, lateItem(p, state.Late))
	}
	v.Items = append(v.Items, backupItem(p, state.Backup))
	if adviseFactor(r, several) {
		v.Items = append(v.Items, pages.UpkeepItem{Icon: "shield", Text: p.Account.FactorAdvice, Detail: p.Account.FactorAdviceHelp, Href: paths.SecondFactor, Label: p.Upkeep.Look})
	}
	return v
}

func failedItem(p *i18n.Printer, f upkeep.Failed) pages.UpkeepItem {
	item := pages.UpkeepItem{Icon: "circle-alert", Bad: true, Text: p.Upkeep.Task(string(f.Kind)), Detail: p.Fault(f.Code, nil) + " " + p.Ago(f.At)}
	if f.Kind == tasks.ImportUndo {
		item.Href, item.Label = paths.Import(f.SubjectID), p.Upkeep.Look
		return item
	}
	item.Action, item.Label = paths.TaskAgain(f.ID), p.Upkeep.Now
	return item
}

func lateItem(p *i18n.Printer, late days.Late) pages.UpkeepItem {
	why := p.Upkeep.Sleeping
	if late.Fault != "" {
		why = p.Fault(late.Fault, nil) + " " + p.Ago(late.At)
	}
	return pages.UpkeepItem{
		Icon: "timer", Bad: true, Text: p.Upkeep.Late(late.Days, p.Date(late.First)), Detail: why, Action: paths.CloseDays, Label: p.Upkeep.Now,
	}
}

func backupItem(p *i18n.Printer, last backup.Last) pages.UpkeepItem {
	u := p.Upkeep
	item := pages.UpkeepItem{Icon: "save", Text: u.NoBackup, Detail: u.BackupSoon, Bad: last.Old(p.Now), Action: paths.Backup, Label: u.BackupNow}
	if !last.At.IsZero() {
		item.Text, item.Detail = u.BackupAt(p.Ago(last.At)), ""
	}
	switch {
	case last.Waiting:
		item.Action, item.Detail = "", u.Running
	case last.Fault != "":
		item.Detail = u.BackupFailed + ". " + u.BackupFault(last.Fault)
	case item.Bad:
		item.Detail = u.OldBackup
	}
	return item
}

func (s *Server) taskAgain(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	r := web.Of(c)
	if err := upkeep.RunAgain(c.Request().Context(), s.DB, r.MerchantID(), r.Actor(), id); err != nil {
		return err
	}
	return s.done(c, paths.Home, r.Printer().Upkeep.Asked)
}

// closeDays closes what is late. Somebody who is at it already is not disturbed.
func (s *Server) closeDays(c echo.Context) error {
	r := web.Of(c)
	_, err := days.CloseNow(c.Request().Context(), s.DB, r.MerchantID(), func(ctx context.Context, merchantID int64) error {
		return insights.Refresh(ctx, s.DB, merchantID)
	})
	if err != nil {
		return err
	}
	return s.done(c, paths.Home, r.Printer().Upkeep.Closed)
}

func (s *Server) askBackup(c echo.Context) error {
	r := web.Of(c)
	if err := upkeep.AskBackup(c.Request().Context(), s.DB, r.MerchantID(), r.Actor()); err != nil {
		return err
	}
	return s.done(c, paths.Home, r.Printer().Upkeep.AskedBackup)
}
