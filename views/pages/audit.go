package pages

import (
	"time"

	"dangol/views/components"
	"dangol/views/i18n"
)

// AuditView is who did what.
type AuditView struct {
	Rows   []AuditRow
	Kind   string
	Who    int64
	Kinds  []string
	People []StoreChoice // who works here: id and name
	Next   string
}

// AuditRow is one record.
type AuditRow struct {
	Who, What, Subject, Href string
	When                     time.Time
}

func auditKinds(p *i18n.Printer, kinds []string) []components.Option {
	options := []components.Option{{Value: "", Label: p.Common.All}}
	for _, kind := range kinds {
		options = append(options, components.Option{Value: kind, Label: p.Audit.Kinds[kind]})
	}
	return options
}

func auditPeople(p *i18n.Printer, people []StoreChoice) []components.Option {
	options := []components.Option{{Value: "0", Label: p.Common.All}}
	for _, person := range people {
		options = append(options, components.Option{Value: text(person.ID), Label: person.Name})
	}
	return options
}
