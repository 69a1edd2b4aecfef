package api

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

type draftWire struct {
	Program  string        `json:"program"`
	Revision int           `json:"revision"`
	Hash     string        `json:"hash"`
	Warnings []warningWire `json:"warnings"`
}

type warningWire struct {
	Code  string `json:"code"`
	Words string `json:"words"`
}

type publicationWire struct {
	Program       string    `json:"program"`
	Version       int       `json:"version"`
	Hash          string    `json:"hash"`
	EffectiveFrom time.Time `json:"effective_from"`
}

// readProgram gives the terms in force, or another published version, as the document itself.
func (a *API) readProgram(c echo.Context) error {
	r := web.Of(c)
	var document []byte
	var hash string
	err := store.ReadTx(c.Request().Context(), a.db, r.MerchantID(), func(tx *store.Tx) error {
		program, err := programs.Find(tx, c.Param("code"))
		if err != nil {
			return err
		}
		document, hash, err = version(tx, program.ID, c.QueryParam("version"))
		return err
	})
	if err != nil {
		return err
	}
	c.Response().Header().Set("ETag", strconv.Quote(hash))
	return c.Blob(http.StatusOK, jsonType, document)
}

func version(tx *store.Tx, programID int64, number string) (document []byte, hash string, err error) {
	if number != "" {
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 {
			return nil, "", models.InvalidField("version", "bad_number", nil)
		}
		v, err := programs.Version(tx, programID, n)
		return v.Document, v.Hash, err
	}
	timeline, err := programs.Timeline(tx, programID)
	if err != nil {
		return nil, "", err
	}
	program := timeline.At(tx.Now())
	if program == nil {
		return nil, "", models.ErrNotFound
	}
	return program.Terms().Encode(), program.Hash(), nil
}

// saveDraft keeps a document as the draft, and makes the programme if there is none. The same document again is the
// same draft, so that no idempotency key is needed.
func (a *API) saveDraft(c echo.Context) error {
	r := web.Of(c)
	body, err := readBody(c.Request(), maxBody)
	if err != nil {
		return err
	}
	code, ctx := c.Param("code"), c.Request().Context()
	saved, err := programs.SaveDraft(ctx, a.db, r.MerchantID(), r.Actor(), code, 0, body)
	if errors.Is(err, models.ErrNotFound) {
		if _, err = programs.Create(ctx, a.db, r.MerchantID(), r.Actor(), code, body); err == nil {
			saved, err = programs.SaveDraft(ctx, a.db, r.MerchantID(), r.Actor(), code, 0, body)
		}
	}
	if err != nil {
		return err
	}
	document, err := terms.Parse(saved.Document)
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, jsonType, draftWire{Program: code, Revision: saved.Revision, Hash: document.Hash(), Warnings: warnings(r, &document)})
}

// warnings says what the terms do that their author may not want.
func warnings(r *web.Request, document *terms.Terms) []warningWire {
	wires := []warningWire{}
	words := r.Printer()
	for _, w := range terms.Check(document, terms.Facts{MedianTicket: r.Merchant.MedianTicket, MarginPercent: r.Merchant.MarginPercent}) {
		wires = append(wires, warningWire{w.Code, words.Fault(w.Code, w.Args)})
	}
	return wires
}

func (a *API) publish(c echo.Context) error {
	call, wire, err := readCall[publishWire](c)
	if err != nil {
		return err
	}
	code := c.Param("code")
	return a.once(c, call, http.StatusCreated, func(tx *store.Tx) (any, error) {
		v, err := programs.PublishIn(tx, call.actor, code, wire.params())
		return publicationWire{code, v.Version, v.Hash, v.EffectiveFrom}, err
	})
}
