// Package pages holds one template a page and the view struct it is shaped by. A view says what is; the template says how
// it looks; the words come from views/i18n through the context.
//
// Numbers are points in the unit's smallest step and money in minor units; the templates write them. A handler fills a
// view, and answers a request by htmx with the part that the page names as target.
package pages

import (
	"strconv"

	"github.com/a-h/templ"
)

// autofocus puts the cursor where typing begins.
func autofocus(yes bool) templ.Attributes {
	if yes {
		return templ.Attributes{"autofocus": true}
	}
	return nil
}

func text(n int64) string { return strconv.FormatInt(n, 10) }

// fetch makes a link ask for a part of the page instead of the whole; without scripts it stays a link.
func fetch(path, target string) templ.Attributes {
	return templ.Attributes{"hx-get": path, "hx-target": target, "hx-swap": "innerHTML", "hx-push-url": "true", "hx-preload": "mousedown"}
}

func or(text, fallback string) string {
	if text == "" {
		return fallback
	}
	return text
}

func stepMark(here bool) templ.Attributes {
	if here {
		return templ.Attributes{"aria-current": "step"}
	}
	return nil
}

// invalid marks a control and points to the text that says why.
func invalid(name, problem string) templ.Attributes {
	if problem == "" {
		return nil
	}
	return templ.Attributes{"aria-invalid": "true", "aria-describedby": name + "-error"}
}
