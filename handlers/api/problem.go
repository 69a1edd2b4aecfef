package api

import (
	"net/http"

	"github.com/go-json-experiment/json"
	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
)

// Problem is an error as a till reads it, after RFC 9457: the status and the code are for programs, the words for people.
type Problem struct {
	Type      string         `json:"type"`
	Title     string         `json:"title"`
	Status    int            `json:"status"`
	Code      string         `json:"code"`
	RequestID string         `json:"request_id,omitzero"`
	Args      map[string]any `json:"args,omitempty"`
	Errors    []fault        `json:"errors,omitempty"`
}

type fault struct {
	Pointer string `json:"pointer"`
	Code    string `json:"code"`
	Detail  string `json:"detail"`
}

// Fail answers an error as problem+json.
func Fail(c echo.Context, failure web.Failure) error {
	told := problem(c, failure)
	return answer(c, told.Status, "application/problem+json", told)
}

func problem(c echo.Context, failure web.Failure) Problem {
	status := failure.Status
	switch failure.Error.Code {
	case errBody.Code:
		status = http.StatusBadRequest
	case "body_too_large":
		status = http.StatusRequestEntityTooLarge
	}
	r := web.Of(c)
	words := r.Printer()
	told := Problem{
		Type: "/problems/" + failure.Error.Code, Title: words.Fault(failure.Error.Code, failure.Error.Args), Status: status,
		Code: failure.Error.Code, RequestID: r.ID, Args: failure.Error.Args,
	}
	for _, f := range failure.Error.Fields {
		told.Errors = append(told.Errors, fault{pointer(f.Field), f.Code, words.Fault(f.Code, f.Args)})
	}
	return told
}

// pointer makes a JSON pointer of a field's name, unless it is one.
func pointer(field string) string {
	if field == "" || field[0] == '/' {
		return field
	}
	return "/" + field
}

// answer writes a value as JSON.
func answer(c echo.Context, status int, kind string, value any) error {
	body, err := json.Marshal(value, json.Deterministic(true))
	if err != nil {
		return err
	}
	return c.Blob(status, kind, body)
}

const jsonType = "application/json"
