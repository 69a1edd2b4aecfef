package handlers

// share is part of whole in tenths of a percent, rounded half up; 0 of nothing.
func share(part, whole int64) int64 { return scaled(part, whole, 1000) }

// scaled is part of whole in scale parts, rounded half away from zero; 0 of nothing.
func scaled(part, whole, scale int64) int64 {
	half := max(whole, 1) / 2
	if part < 0 {
		half = -half
	}
	return (part*scale + half) / max(whole, 1)
}
