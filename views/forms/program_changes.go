package forms

import (
	"slices"
	"strconv"
	"strings"

	"dangol/models"
	"dangol/models/terms"
	"dangol/views/i18n"
)

func unconfirmed(field string) error { return models.InvalidField(field, "not_confirmed", nil) }

// Difference is one thing that differs between two versions of the terms, in words.
type Difference struct {
	What, Before, After string
	Worse               bool // for customers
}

// Differences lists what differs, thing by thing as the page edits it; what the page does not edit is told by the sentences
// of the terms page. A before without units is no promise at all: then nothing is worse.
func Differences(p *i18n.Printer, before, after terms.Terms) []Difference {
	c := comparing{p: p, first: len(before.Units) == 0}
	from, to := ProgramFrom(before, p), ProgramFrom(after, p)
	c.rules(from, to)
	c.tiers(from, to)
	c.birthday(from, to)
	if c.first {
		return c.found
	}
	edited, err := to.Apply(before)
	if err != nil || edited.Hash() == after.Hash() {
		return c.found
	}
	c.sentences(edited.Describe(string(p.Locale)), after.Describe(string(p.Locale)))
	return c.found
}

type comparing struct {
	p     *i18n.Printer
	first bool
	found []Difference
}

// better says in which direction a number is good for customers.
type better int

const (
	more better = 1
	less better = -1
	mere better = 0 // neither
)

// number compares two numbers as typed; ends is what zero means to customers: a validity of 0 months never ends.
func (c *comparing) number(what, before, after string, way better, write func(string) string) {
	if before == after {
		return
	}
	worse := int(way)*compare(before, after) > 0
	c.add(what, write(before), write(after), worse)
}

func (c *comparing) add(what, before, after string, worse bool) {
	c.found = append(c.found, Difference{what, before, after, worse && !c.first})
}

// compare orders two numbers as typed; what is no number is 0.
func compare(a, b string) int {
	x, _ := Amount("", a, 2)
	y, _ := Amount("", b, 2)
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

// with writes a number with its unit, and nothing as nothing.
func with(unit string) func(string) string {
	return func(text string) string {
		if text == "" {
			return ""
		}
		return text + unit
	}
}

func (c *comparing) rules(from, to Program) {
	p := c.p.Program
	percent, points, money := with("%"), with(c.p.Unit.Suffix), c.money
	c.number(p.EarnRule, from.Rate, to.Rate, more, percent)
	c.number(p.FirstRule, from.First, to.First, more, points)
	c.number(p.FirstMin, from.FirstMin, to.FirstMin, less, money)
	if to.Stamps {
		c.number(p.StampUse, from.From, to.From, less, points)
		c.number(p.StampWorth, from.ItemUpTo, to.ItemUpTo, more, money)
	} else {
		c.number(p.UseRule, from.From, to.From, less, points)
		c.number(p.UseStep, from.Step, to.Step, less, points)
		c.number(p.UseShare, from.Share, to.Share, more, percent)
	}
	c.number(p.HoldRule, from.Hold, to.Hold, less, func(days string) string { return c.counted(days, c.p.Common.Days) })
	c.months(from.Months, to.Months)
}

// months: a validity of 0 has no end, which is the best.
func (c *comparing) months(before, after string) {
	if before == after {
		return
	}
	worse := before == "0" || after != "0" && compare(after, before) < 0
	write := func(months string) string {
		if months == "0" {
			return c.p.Program.EndNever
		}
		return with(c.p.Program.MonthsUnit)(months)
	}
	c.add(c.p.Program.EndRule, write(before), write(after), worse && before != "")
}

func (c *comparing) money(typed string) string {
	minor, err := Amount("", typed, i18n.Decimals(c.p.Currency))
	if err != nil {
		return ""
	}
	return c.p.Money(minor)
}

func (c *comparing) counted(typed string, write func(int64) string) string {
	n, err := Count("", typed)
	if err != nil || typed == "" {
		return ""
	}
	return write(n)
}

func (c *comparing) tiers(from, to Program) {
	p := c.p.Program
	if from.TiersOn == "" && to.TiersOn == "" {
		return
	}
	if !slices.Equal(from.TierName, to.TierName) {
		c.add(p.Tiers, listed(from.TierName), listed(to.TierName), to.TiersOn == "")
	}
	for i, code := range to.TierCode {
		j := slices.Index(from.TierCode, code)
		if j < 0 || i == 0 {
			continue
		}
		name := at(to.TierName, i)
		c.number(name+" · "+p.TierFrom, at(from.TierFrom, j), at(to.TierFrom, i), less, c.money)
		c.number(name+" · "+p.TierRate, at(from.TierRate, j), at(to.TierRate, i), more, with("%"))
	}
	if from.TiersOn != "" && to.TiersOn != "" && from.Downgrade != to.Downgrade {
		harder := []string{string(terms.DownNever), string(terms.DownOneStep), string(terms.DownFull)}
		c.add(p.Downgrade, c.downgrade(from.Downgrade), c.downgrade(to.Downgrade), slices.Index(harder, to.Downgrade) > slices.Index(harder, from.Downgrade))
	}
}

func (c *comparing) downgrade(code string) string {
	p := c.p.Program
	return map[string]string{string(terms.DownOneStep): p.DownOneStep, string(terms.DownFull): p.DownFull, string(terms.DownNever): p.DownNever}[code]
}

func listed(names []string) (text string) {
	for i, name := range names {
		if i > 0 {
			text += " · "
		}
		text += name
	}
	return text
}

func (c *comparing) birthday(from, to Program) {
	p := c.p.Program
	c.number(p.Birthday+" · "+p.BirthdayAmount, from.BirthdayAmount, to.BirthdayAmount, more, c.money)
	if to.BirthdayOn == "" {
		return
	}
	days := func(text string) string { return c.counted(text, c.p.Common.Days) }
	c.number(p.Birthday+" · "+p.BirthdayMin, from.BirthdayMin, to.BirthdayMin, less, c.money)
	c.number(p.Birthday+" · "+p.Lead, from.Lead, to.Lead, more, days)
	c.number(p.Birthday+" · "+p.After, from.After, to.After, more, days)
	names := map[string]string{"feb28": p.LeapFeb28, "mar1": p.LeapMar1, "leap_only": p.LeapOnly, "plain": p.LeapPlain, "leap": p.LeapKeep}
	word := func(code string) string { return names[code] }
	if from.BirthdayOn != "" {
		c.number(p.LeapDay, from.LeapDay, to.LeapDay, mere, word)
		c.number(p.LeapMonth, from.LeapMonth, to.LeapMonth, mere, word)
	}
}

// sentences tells what else differs, clause by clause: what is said no more beside what is said instead, if it is alike.
func (c *comparing) sentences(before, after []terms.Clause) {
	for _, clause := range after {
		old := clauseNamed(before, clause.Heading)
		gone, come := without(old, clause.Sentences), without(clause.Sentences, old)
		for _, sentence := range gone {
			instead := ""
			if i := likest(sentence, come); i >= 0 {
				instead = come[i]
				come = slices.Delete(come, i, i+1)
			}
			c.add(clause.Heading, sentence, instead, false)
		}
		for _, sentence := range come {
			c.add(clause.Heading, "", sentence, false)
		}
	}
	for _, clause := range before {
		if clauseNamed(after, clause.Heading) == nil {
			for _, sentence := range clause.Sentences {
				c.add(clause.Heading, sentence, "", true)
			}
		}
	}
}

// likest finds the sentence that shares most words with another one, at least half of them; -1: none does.
func likest(sentence string, others []string) int {
	words, found, most := strings.Fields(sentence), -1, 0.5
	for i, other := range others {
		theirs, shared := strings.Fields(other), 0
		for _, word := range words {
			if slices.Contains(theirs, word) {
				shared++
			}
		}
		if part := float64(shared) / float64(max(len(words), len(theirs))); part >= most && (found < 0 || part > most) {
			found, most = i, part
		}
	}
	return found
}

func clauseNamed(all []terms.Clause, heading string) []string {
	for _, clause := range all {
		if clause.Heading == heading {
			return clause.Sentences
		}
	}
	return nil
}

func without(list, other []string) (rest []string) {
	for _, text := range list {
		if !slices.Contains(other, text) {
			rest = append(rest, text)
		}
	}
	return rest
}

// Revision reads the version of a draft that a form carries; what is no number is 0, which is stale wherever there is one.
func Revision(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return -1
	}
	return n
}
