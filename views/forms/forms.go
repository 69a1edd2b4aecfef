// Package forms holds what people typed, as they typed it, beside what is wrong with it. A handler binds one, asks it for
// parameters, and shows it again when there are faults.
package forms

import (
	"errors"

	"dangol/models"
	"dangol/views/i18n"
)

// Problems are the faults of a form in words, by field name; "" is the form as a whole.
type Problems map[string]string

// Explain puts an error into words. Faults of fields stand at their fields; every other error stands at the top. An error
// of the program itself is not for a form: the caller returns it.
func Explain(p *i18n.Printer, err error) Problems {
	fault, ours := errors.AsType[*models.Error](err)
	if !ours {
		return nil
	}
	problems := Problems{}
	for _, field := range fault.Fields {
		problems[field.Field] = p.Fault(field.Code, field.Args)
	}
	if len(fault.Fields) == 0 {
		problems[""] = p.Fault(fault.Code, fault.Args)
	}
	return problems
}
