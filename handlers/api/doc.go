// Package api is what tills and shops talk to: JSON over HTTP, version 1, described in openapi.yaml.
//
// It has wire types of its own, so that nothing leaks by accident and nothing changes for a till because a row changed. A
// handler decodes strictly, calls one verb and encodes its result; errors become problem+json in one place. Whatever
// changes something claims an idempotency key; what happened once by its own id never happens again.
package api
