// Package web is what the screens, the API and the customers' pages share: the context of a request, routes and their
// permissions, errors, rendering, forms, and what guards every answer. It calls no verb.
package web
