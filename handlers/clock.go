package handlers

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/days"
	"dangol/models/store"
	"dangol/models/tasks"
	"dangol/views/components"
	"dangol/views/i18n"
	"dangol/views/pages"
	"dangol/views/paths"
)

// clock moves a sandbox's date, and shows how far it has come; by htmx the progress alone. A live shop has none.
func (s *Server) clock(c echo.Context) error {
	r := web.Of(c)
	if !r.Merchant.Sandbox {
		return models.ErrNotFound
	}
	v := pages.ClockView{Today: r.Today(), Key: web.NewKey()}
	var task tasks.Task
	err := s.read(c, func(tx *store.Tx) (err error) {
		task, err = tasks.Latest(tx, tasks.Clock, 0)
		return err
	})
	if err != nil && models.KindOf(err) != models.NotFound {
		return err
	}
	if task.ID != 0 && !task.State.Over() {
		job := clockJob(r.Printer(), &task, s.DB.Wall())
		v.Job = &job
		return web.Page(c, http.StatusOK, pages.Clock(v), pages.ClockJob(job))
	}
	if web.IsPartial(c) { // the last poll: the page is another one now
		return web.Go(c, paths.SandboxClock)
	}
	return web.Render(c, http.StatusOK, pages.Clock(v))
}

func clockJob(p *i18n.Printer, task *tasks.Task, wall time.Time) components.JobProps {
	job := components.JobProps{
		ID: "clock-job", Title: p.Home.Moving, Poll: paths.SandboxClock, Done: task.Done, Total: task.Total, Tag: string(task.State) + "-" + p.Number(task.Done),
	}
	if left := task.Left(wall); left > 0 {
		job.Line = p.Common.TimeLeft(p.Duration(left))
	}
	return job
}

// moveClock sends a sandbox's clock on its way to the same time of a later day.
func (s *Server) moveClock(c echo.Context) error {
	var form struct {
		To string `form:"to"`
	}
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	r := web.Of(c)
	day, err := calendar.Parse(form.To)
	if err != nil {
		err = models.InvalidField("to", "bad_date", nil)
	} else {
		to := r.Now.AddDate(0, 0, int(day-r.Today()))
		_, err = days.MoveClock(c.Request().Context(), s.DB, r.MerchantID(), r.Actor(), to)
	}
	if models.KindOf(err) == models.Invalid {
		return web.Render(c, http.StatusUnprocessableEntity, pages.Clock(pages.ClockView{Today: r.Today(), To: form.To, Problem: firstProblem(r.Printer(), err), Key: web.NewKey()}))
	}
	if err != nil {
		return err
	}
	return web.Go(c, paths.SandboxClock)
}
