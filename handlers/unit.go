package handlers

import (
	"strings"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models/terms"
	"dangol/views/components"
	"dangol/views/i18n"
)

// speakUnit lets the rest of this request speak of points as the programme calls them. Nil leaves the usual word.
func (s *Server) speakUnit(c echo.Context, unit *terms.Unit) *i18n.Printer {
	p := web.Of(c).Printer()
	if unit != nil {
		p.Unit = unitWords(unit, p.Locale)
	}
	c.SetRequest(c.Request().WithContext(i18n.With(c.Request().Context(), p)))
	return p
}

func unitWords(unit *terms.Unit, locale i18n.Locale) i18n.Unit {
	words := i18n.Unit{Name: unit.Plural.In(string(locale)), Suffix: unit.Suffix.In(string(locale)), Decimals: unit.Decimals}
	if locale == i18n.English && len(words.Suffix) > 1 {
		words.Suffix, words.One = " "+words.Suffix, " "+unit.Name.En
	}
	return words
}

// explained is "왜?" about awards: each rule a step with its arithmetic, and what nearly applied.
func explained(p *i18n.Printer, program *terms.Program, awards []terms.Award, misses []terms.Miss) *components.ExplainProps {
	if len(awards) == 0 && len(misses) == 0 {
		return nil
	}
	document, locale := program.Terms(), string(p.Locale)
	why := &components.ExplainProps{Version: version(p, program)}
	var total int64
	for i := range awards {
		award := &awards[i]
		total += award.Points
		why.Steps = append(why.Steps, components.ExplainStep{
			Label: ruleName(program, award.Code, locale), Detail: strings.Join(document.Explain(award.Why, locale), " · "), Value: p.Points(award.Points),
		})
	}
	why.Total = p.Points(total)
	for i := range misses {
		why.Misses = append(why.Misses, document.ExplainMiss(misses[i], locale))
	}
	return why
}

// version names the terms: "3번째 약속".
func version(p *i18n.Printer, program *terms.Program) string {
	if program.Version() == 0 {
		return ""
	}
	return p.Program.VersionName(int64(program.Version()))
}

// ruleName is what the programme calls an earning rule, or its code where it does not stand in this version.
func ruleName(program *terms.Program, code, locale string) string {
	for i := range program.Terms().Earning {
		if rule := &program.Terms().Earning[i]; rule.Code == code {
			return rule.Name.In(locale)
		}
	}
	return code
}
