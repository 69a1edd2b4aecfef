package api

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/terms/presets"
)

type presetWire struct {
	Code         string `json:"code"`
	Name         string `json:"name"`
	About        string `json:"about"`
	Illustrative bool   `json:"illustrative"`
	Currency     string `json:"currency"`
	Hash         string `json:"hash"`
}

type presetsWire struct {
	Presets []presetWire `json:"presets"`
}

// listPresets names the programmes to start from.
func (a *API) listPresets(c echo.Context) error {
	locale := string(web.Of(c).Locale)
	shown := presetsWire{Presets: []presetWire{}}
	for _, p := range presets.All() {
		shown.Presets = append(shown.Presets, presetWire{p.Code, p.Name().In(locale), p.About.In(locale), p.Illustrative, p.Terms.Currency, p.Terms.Hash()})
	}
	return answer(c, http.StatusOK, jsonType, shown)
}

// readPreset gives the document of one, as it would be saved for a programme.
func (a *API) readPreset(c echo.Context) error {
	p, ok := presets.Find(c.Param("code"))
	if !ok {
		return models.ErrNotFound
	}
	c.Response().Header().Set("ETag", strconv.Quote(p.Terms.Hash()))
	return c.Blob(http.StatusOK, jsonType, p.Terms.Encode())
}
