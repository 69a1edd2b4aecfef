package paths

// SignInFor is the door on the way to a page.
func SignInFor(next string) string { return query(SignIn, "next", next) }
