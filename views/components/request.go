// Package components is the design system: small parts that print what they are given. It knows no noun of the business.
//
// Everything works as plain HTML first; htmx attributes only make it quicker. Under the content security policy no part
// writes style= or script: sizes come from classes, progress and SVG attributes.
package components

import "context"

type contextKey struct{}

// WithToken puts the session's form token in the context; Form writes it into every form that posts.
func WithToken(ctx context.Context, token string) context.Context {
	return context.WithValue(ctx, contextKey{}, token)
}

func formToken(ctx context.Context) string {
	token, _ := ctx.Value(contextKey{}).(string)
	return token
}

// classes joins class names, leaving out the empty ones.
func classes(names ...string) string {
	joined := ""
	for _, name := range names {
		if name != "" && joined != "" {
			joined += " "
		}
		joined += name
	}
	return joined
}

func when(yes bool, text string) string {
	if yes {
		return text
	}
	return ""
}

func or(text, fallback string) string {
	if text == "" {
		return fallback
	}
	return text
}

// describedBy lists the ids of the texts that belong to a control.
func describedBy(id, help, problem string) string {
	return classes(when(help != "", id+"-help"), when(problem != "", id+"-error"))
}
