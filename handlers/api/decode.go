package api

import (
	"crypto/sha256"
	"errors"
	"io"
	"net/http"
	"reflect"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dangol/models"
)

// maxBody bounds a request's body; an order of 500 lines is about 60 kB.
const maxBody = 1 << 20

// errBody is a body that is no JSON at all (400).
var errBody = &models.Error{Kind: models.Invalid, Code: "bad_json"}

// readBody reads the whole body, at most limit bytes. Errors: models.Invalid "body_too_large".
func readBody(r *http.Request, limit int64) ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, limit))
	if _, tooLong := errors.AsType[*http.MaxBytesError](err); tooLong {
		return nil, &models.Error{Kind: models.Invalid, Code: "body_too_large", Args: map[string]any{"bytes": limit}}
	}
	return body, err
}

// decode reads a body strictly into a wire type: unknown members, wrong types, doubled members and anything after the
// value are refused, each with its JSON pointer.
func decode(body []byte, into any) error {
	err := json.Unmarshal(body, into, json.RejectUnknownMembers(true), json.MatchCaseInsensitiveNames(false))
	if err == nil {
		return nil
	}
	if at, ok := errors.AsType[*json.SemanticError](err); ok {
		return models.InvalidField(string(at.JSONPointer), semanticCode(at), nil)
	}
	if at, ok := errors.AsType[*jsontext.SyntacticError](err); ok && errors.Is(err, jsontext.ErrDuplicateName) {
		return models.InvalidField(string(at.JSONPointer), "doubled", nil)
	}
	return errBody
}

// semanticCode names what is wrong with one member.
func semanticCode(at *json.SemanticError) string {
	if errors.Is(at, json.ErrUnknownName) {
		return "unknown_field"
	}
	if at.GoType != nil {
		switch at.GoType.Kind() {
		case reflect.Int64, reflect.Int:
			return "bad_number"
		case reflect.String:
			return "bad_text"
		}
		if strings.HasSuffix(at.GoType.String(), "time.Time") {
			return "bad_date"
		}
	}
	return "bad_type"
}

// bodyHash is what an idempotency key stands for: method, path and body.
func bodyHash(r *http.Request, body []byte) []byte {
	h := sha256.New()
	_, _ = io.WriteString(h, r.Method+" "+r.URL.Path+"\n")
	_, _ = h.Write(body)
	return h.Sum(nil)
}
