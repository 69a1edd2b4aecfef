package handlers

import (
	"errors"
	"io"
	"mime/multipart"
	"time"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/imports"
)

// uploadLimits are those of a route that takes a file: as large as the importer reads, and as long as a slow line takes.
var uploadLimits = web.Limits{Body: 513 << 20, Time: 30 * time.Minute}

// errNoFile is a form whose file was forgotten.
var errNoFile = models.InvalidField("file", "required", nil)

// upload streams the file of a multipart form to the importer's desk; nothing is held in memory. The form's other fields
// must stand before the file; onField is told each. Without a file it returns Invalid at "file", "required".
func (s *Server) upload(c echo.Context, onField func(name, value string)) (imports.Import, error) {
	reader, err := c.Request().MultipartReader()
	if err != nil {
		return imports.Import{}, errNoFile
	}
	for {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			return imports.Import{}, errNoFile
		}
		if err != nil {
			return imports.Import{}, err
		}
		if part.FormName() == "file" && part.FileName() != "" {
			r := web.Of(c)
			return s.Desk.Upload(c.Request().Context(), r.MerchantID(), r.Actor(), part.FileName(), part)
		}
		if err := readField(part, onField); err != nil {
			return imports.Import{}, err
		}
	}
}

// readField reads a short field; what is longer than any of ours is cut.
func readField(part *multipart.Part, onField func(name, value string)) error {
	value, err := io.ReadAll(io.LimitReader(part, 4<<10))
	if err == nil {
		onField(part.FormName(), string(value))
	}
	return err
}
