package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models/partners"
	"dangol/models/store"
)

type settlementWire struct {
	Partner string               `json:"partner"`
	Name    string               `json:"name"`
	Month   string               `json:"month"`
	Closed  bool                 `json:"closed"`
	Lines   []settlementLineWire `json:"lines"`
	Funded  int64                `json:"funded"`
}

type settlementLineWire struct {
	Rule    string `json:"rule"`
	Version int    `json:"version"`
	Unit    string `json:"unit"`
	Points  int64  `json:"points"`
	Funded  int64  `json:"funded"`
}

// readPartner tells what a partner owes for a month, by default the last that has ended.
func (a *API) readPartner(c echo.Context) error {
	r := web.Of(c)
	var shown settlementWire
	err := store.ReadTx(c.Request().Context(), a.db, r.MerchantID(), func(tx *store.Tx) error {
		day, err := monthOf(c, tx.Today().FirstOfMonth().AddDays(-1))
		if err != nil {
			return err
		}
		s, err := partners.Read(tx, c.Param("code"), c.Param("partner"), day)
		shown = settlementWire{s.Partner, s.Name.In(string(r.Locale)), monthFormat(s.Month), s.Closed, []settlementLineWire{}, s.Funded}
		for _, line := range s.Lines {
			shown.Lines = append(shown.Lines, settlementLineWire(line))
		}
		return err
	})
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, jsonType, shown)
}
