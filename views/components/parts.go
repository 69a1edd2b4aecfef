package components

import (
	"strconv"

	"github.com/a-h/templ"
)

// Fact is a name and its value.
type Fact struct{ Name, Value string }

func cardAttributes(c CardProps) templ.Attributes {
	all := templ.Attributes{}
	if c.ID != "" {
		all["id"] = c.ID
	}
	if c.Title != "" && c.ID != "" {
		all["aria-labelledby"] = headID(c)
	}
	return all
}

func headID(c CardProps) string {
	return or(c.ID, "card-"+strconv.FormatUint(uint64(fnv(c.Title)), 36)) + "-title"
}

// fnv numbers a title, so that two cards of a page have two ids.
func fnv(text string) uint32 {
	hash := uint32(2166136261)
	for i := range len(text) {
		hash = (hash ^ uint32(text[i])) * 16777619
	}
	return hash
}

func toneClass(t Tone) string {
	if t == Neutral {
		return ""
	}
	return "tone-" + string(t)
}

func tierClass(rank int) string {
	switch {
	case rank >= 3:
		return "tier-3"
	case rank == 2:
		return "tier-2"
	}
	return "tier-1"
}

func tierIcon(rank int) string {
	switch {
	case rank >= 3:
		return "crown"
	case rank == 2:
		return "star"
	}
	return "user"
}

func current(active bool) templ.Attributes {
	if active {
		return templ.Attributes{"aria-current": "page"}
	}
	return nil
}

func currentTrue(active bool) templ.Attributes {
	if active {
		return templ.Attributes{"aria-current": "true"}
	}
	return nil
}

func idOf(id string) templ.Attributes {
	if id == "" {
		return nil
	}
	return templ.Attributes{"id": id}
}

func timelineID(i int, item TimelineItem) string {
	return "why-" + strconv.FormatUint(uint64(fnv(item.Why)), 36) + "-" + strconv.Itoa(i)
}

func (j JobProps) polling() templ.Attributes {
	if j.Poll == "" {
		return nil
	}
	return templ.Attributes{"hx-get": j.Poll, "hx-trigger": "every 1s", "hx-swap": "outerHTML", "hx-ptag": j.Tag, "aria-busy": "true"}
}
