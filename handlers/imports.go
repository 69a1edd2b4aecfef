package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/imports"
	"dangol/models/imports/sheet"
	"dangol/models/store"
	"dangol/views/forms"
	"dangol/views/pages"
	"dangol/views/paths"
)

// importsShown is how many files the list goes back.
const importsShown = 100

func (s *Server) importIndex(c echo.Context) error {
	r, view := web.Of(c), pages.ImportsView{CanNew: true}
	err := store.ReadTx(c.Request().Context(), s.DB, r.MerchantID(), func(tx *store.Tx) error {
		list, err := imports.List(tx, importsShown)
		for i := range list {
			view.Rows = append(view.Rows, importRow(&list[i]))
		}
		return err
	})
	if err != nil {
		return err
	}
	s.inRealTime(c)
	return web.Render(c, http.StatusOK, pages.Imports(view))
}

func (s *Server) importNew(c echo.Context) error {
	return web.Render(c, http.StatusOK, pages.NewImport(pages.NewImportView{}))
}

// importUpload streams the file to disk and goes on to its columns.
func (s *Server) importUpload(c echo.Context) error {
	imported, err := s.upload(c, func(string, string) {})
	if models.KindOf(err) == models.Invalid {
		view := pages.NewImportView{Problems: forms.Explain(web.Of(c).Printer(), err)}
		return web.Render(c, web.Judge(err).Status, pages.NewImport(view))
	}
	if err != nil {
		return err
	}
	return web.Go(c, paths.ImportMapping(imported.ID))
}

func (s *Server) importMapping(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	p, err := s.Desk.Preview(c.Request().Context(), web.Of(c).MerchantID(), id)
	if err != nil {
		return err
	}
	return s.showMapping(c, http.StatusOK, &p, nil)
}

// mappingForm is what was said about a file; the columns' fields are read by their numbers.
type mappingForm struct {
	Encoding  string `form:"encoding"`
	Delimiter string `form:"delimiter"`
	NoHeader  string `form:"no_header"`
	Mode      string `form:"mode"`
	DateOrder string `form:"date_order"`
	Reason    string `form:"reason"`
	Look      string `form:"look"`
}

// choice reads the form. Who only looks again wants the columns guessed anew where the file is cut differently.
func (f *mappingForm) choice(c echo.Context) imports.Choice {
	noHeader := f.NoHeader == "on"
	choice := imports.Choice{
		Encoding: sheet.Encoding(f.Encoding), NoHeader: &noHeader, Mode: imports.Mode(f.Mode), DateOrder: imports.DateOrder(f.DateOrder), Reason: f.Reason,
	}
	if f.Delimiter != "" {
		choice.Delim = f.Delimiter[0]
	}
	values, _ := c.FormParams() // read by Bind before
	for i := 0; f.Look == "" && values.Has("field_"+strconv.Itoa(i)); i++ {
		choice.Mapping = append(choice.Mapping, imports.Field(values.Get("field_"+strconv.Itoa(i))))
	}
	return choice
}

// importChoose keeps what was said. "look" shows the file read that way; else the check begins.
func (s *Server) importChoose(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	var form mappingForm
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	r, ctx := web.Of(c), c.Request().Context()
	p, err := s.Desk.Choose(ctx, r.MerchantID(), id, r.Actor(), form.choice(c))
	if err == nil && form.Look != "" {
		return web.Go(c, paths.ImportMapping(id))
	}
	if err == nil {
		err = p.Ready()
	}
	if err == nil {
		_, err = s.Desk.StartCheck(ctx, r.MerchantID(), id, r.Actor())
	}
	switch {
	case err == nil:
		return web.Go(c, paths.Import(id))
	case models.KindOf(err) == models.Invalid:
		return s.askAgain(c, id, err)
	}
	return err
}

// askAgain shows the columns with what is wrong with them.
func (s *Server) askAgain(c echo.Context, id int64, fault error) error {
	p, err := s.Desk.Preview(c.Request().Context(), web.Of(c).MerchantID(), id)
	if err != nil {
		return err
	}
	return s.showMapping(c, http.StatusUnprocessableEntity, &p, forms.Explain(web.Of(c).Printer(), fault))
}

func (s *Server) showMapping(c echo.Context, status int, p *imports.Preview, problems forms.Problems) error {
	view := mappingView(p)
	view.Problems = problems
	err := store.ReadTx(c.Request().Context(), s.DB, web.Of(c).MerchantID(), func(tx *store.Tx) error {
		modes, err := imports.AllowedModes(tx)
		for _, mode := range modes {
			view.Modes = append(view.Modes, string(mode))
		}
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(c, status, pages.Mapping(view))
}

func (s *Server) importShow(c echo.Context) error {
	view, err := s.importView(c)
	if err != nil {
		return err
	}
	if view.State == string(imports.Uploaded) { // nothing to see before its columns are named
		return web.Go(c, paths.ImportMapping(view.ID))
	}
	return web.Render(c, http.StatusOK, pages.Import(view))
}

// importProgress is the body of the page, asked again while work goes on. Nothing is sent while nothing has changed; when
// the work is over the whole page is shown anew, with its title.
func (s *Server) importProgress(c echo.Context) error {
	view, err := s.importView(c)
	if err != nil {
		return err
	}
	if view.Job == nil {
		return web.Go(c, paths.Import(view.ID))
	}
	c.Response().Header().Set("HX-PTag", view.Job.Tag)
	if c.Request().Header.Get("HX-PTag") == view.Job.Tag {
		return c.NoContent(http.StatusNotModified)
	}
	return web.Render(c, http.StatusOK, pages.ImportBody(view))
}

func (s *Server) importRun(c echo.Context) error { return s.importStep(c, s.Desk.StartRun) }

func (s *Server) importUndo(c echo.Context) error { return s.importStep(c, s.Desk.StartUndo) }
