package handlers

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/imports"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
	"dangol/views/components"
	"dangol/views/i18n"
	"dangol/views/pages"
	"dangol/views/paths"
)

// faultsShown is how many faulty rows the page lists; the file has them all.
const faultsShown = 100

// importStep starts a step and goes to where it is seen. A second tap finds it begun and goes there as well.
func (s *Server) importStep(c echo.Context, start func(context.Context, int64, int64, models.Actor) (int64, error)) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	r := web.Of(c)
	_, err = start(c.Request().Context(), r.MerchantID(), id, r.Actor())
	if fault, ok := errors.AsType[*models.Error](err); ok && fault.Kind == models.Conflict && fault.Code != "import_state" {
		view, err := s.importView(c)
		if err != nil {
			return err
		}
		view.Problem = r.Printer().Fault(fault.Code, fault.Args)
		return web.Render(c, http.StatusConflict, pages.Import(view))
	} else if err != nil && (!ok || fault.Code != "import_state") {
		return err
	}
	return web.Go(c, paths.Import(id))
}

// importErrors is the file of the rows that were left out.
func (s *Server) importErrors(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	p := web.Of(c).Printer()
	return store.ReadTx(c.Request().Context(), s.DB, web.Of(c).MerchantID(), func(tx *store.Tx) error {
		if _, err := imports.Find(tx, id); err != nil {
			return err
		}
		header := c.Response().Header()
		header.Set(echo.HeaderContentType, "text/csv; charset=utf-8")
		header.Set(echo.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="errors-%d.csv"`, id))
		c.Response().WriteHeader(http.StatusOK)
		return imports.WriteErrors(tx, id, c.Response(), p.Imports.What, func(f imports.Fault) string {
			return p.Imports.Fault(f.Code)
		})
	})
}

func importRow(imp *imports.Import) pages.ImportRow {
	return pages.ImportRow{ID: imp.ID, File: imp.FileName, Rows: imp.Counts.Rows, State: string(imp.State), At: imp.CreatedAt, By: imp.By}
}

func mappingView(p *imports.Preview) pages.MappingView {
	view := pages.MappingView{
		ID: p.ID, File: p.FileName, Encoding: string(p.Encoding), Delimiter: string(p.Delim), NoHeader: p.Options.NoHeader, Header: p.Header,
		Rows: p.Rows, Mode: string(p.Mode), AskOrder: p.AskOrder, DateOrder: string(p.Options.DateOrder), Reason: p.Options.Reason,
	}
	for _, field := range p.Mapping {
		view.Fields = append(view.Fields, string(field))
	}
	for _, field := range imports.Fields {
		view.Known = append(view.Known, string(field))
	}
	return view
}

// importView reads an import with what its state asks for.
func (s *Server) importView(c echo.Context) (view pages.ImportView, err error) {
	id, err := web.ID(c, "id")
	if err != nil {
		return view, err
	}
	var unit *terms.Unit
	var progress imports.Progress
	err = store.ReadTx(c.Request().Context(), s.DB, web.Of(c).MerchantID(), func(tx *store.Tx) error {
		if progress, err = imports.Watch(tx, id); err != nil {
			return err
		}
		if unit, err = pointsOf(tx, &progress.Import); err != nil {
			return err
		}
		faults, err := imports.Errors(tx, id, faultsShown)
		for i := range faults {
			view.Faults = append(view.Faults, importFault(web.Of(c).Printer(), &progress.Import, &faults[i]))
		}
		return err
	})
	if err != nil {
		return view, err
	}
	imp := &progress.Import
	view.ID, view.File, view.State, view.Mode, view.Counts = id, imp.FileName, string(imp.State), string(imp.Mode), importCounts(&imp.Counts)
	view.CanRun, view.CanUndo, view.Key = imp.State.CanBecome(imports.Running), imp.State.CanBecome(imports.Undoing), web.NewKey()
	p := s.speakUnit(c, unit)
	view.Job = importJob(p, &progress)
	if imp.State == imports.Failed && p.Known(progress.Task.Error) {
		view.Problem = p.Fault(progress.Task.Error, nil)
	}
	if view.Job != nil {
		view.Faults = nil
	}
	return view, nil
}

// pointsOf is the unit in which an import gives, nil for one that gives nothing.
func pointsOf(tx *store.Tx, imp *imports.Import) (*terms.Unit, error) {
	if len(imp.Counts.Points) == 0 {
		return nil, nil
	}
	program, err := programs.One(tx, imp.Options.Program)
	if models.KindOf(err) == models.Internal && err != nil {
		return nil, err
	}
	if program == nil || program.Timeline.At(tx.Now()) == nil {
		return nil, nil
	}
	return program.Timeline.At(tx.Now()).Unit(imp.Counts.Points[0].Unit), nil
}

func importFault(p *i18n.Printer, imp *imports.Import, f *imports.Fault) pages.ImportFault {
	fault := pages.ImportFault{Line: int64(f.Line), Cell: f.Cell, Code: f.Code}
	if at := f.Column - 1; at >= 0 && at < len(imp.Header) && imp.Header[at] != "" {
		fault.Column = imp.Header[at]
	} else if at >= 0 {
		fault.Column = p.Imports.Column(int64(f.Column))
	}
	return fault
}

func importCounts(n *imports.Counts) pages.ImportCounts {
	counts := pages.ImportCounts{
		Rows: n.Rows, New: n.New, Known: n.Known, Errors: n.Errors, Customers: n.Customers, Filled: n.Filled, Late: n.Late, Early: n.Early,
		Amount: n.Amount, Refused: n.Refused, Points: len(n.Points) > 0,
	}
	counts.First, _ = calendar.Parse(n.First) // "" is no date
	counts.Last, _ = calendar.Parse(n.Last)
	for kind, made := range n.Repairs {
		counts.Repairs = append(counts.Repairs, pages.ImportRepair{Kind: kind, N: made})
	}
	slices.SortFunc(counts.Repairs, func(a, b pages.ImportRepair) int { return int(b.N - a.N) })
	for _, points := range n.Points[:min(1, len(n.Points))] {
		counts.Earned, counts.Expired, counts.Open = points.Earned, points.Expired, points.Open
	}
	return counts
}

// importJob is the progress of work that goes on, nil when none does.
func importJob(p *i18n.Printer, progress *imports.Progress) *components.JobProps {
	switch progress.State {
	case imports.Checking, imports.Running, imports.Undoing:
	default:
		return nil
	}
	task := &progress.Task
	job := &components.JobProps{Done: task.Done, Total: task.Total, Tag: fmt.Sprintf("%s-%d", progress.State, task.Done)}
	if progress.PerSecond > 0 {
		job.Line = p.Common.PerSecond(p.Number(progress.PerSecond))
		if left := progress.Left; left > 0 {
			job.Line += " · " + p.Common.TimeLeft(p.Duration(left))
		}
	}
	return job
}
