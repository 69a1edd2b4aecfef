package i18n

import "strings"

// Phone writes an E.164 number as people read it: "010-1234-5678", "02-123-4567"; a foreign one as it is.
func Phone(e164 string) string {
	local, korean := strings.CutPrefix(e164, "+82")
	if !korean || len(local) < 7 {
		return e164
	}
	if len(local) == 8 && local[0] == '1' {
		return local[:4] + "-" + local[4:]
	}
	area := 2
	if local[0] == '2' {
		area = 1
	}
	middle := len(local) - 4
	return "0" + local[:area] + "-" + local[area:middle] + "-" + local[middle:]
}

// MaskPhone shows the ends that a customer recognises: "010-****-5678".
func MaskPhone(e164 string) string {
	whole := Phone(e164)
	first, rest, parted := strings.Cut(whole, "-")
	middle, last, three := strings.Cut(rest, "-")
	switch {
	case three:
		return first + "-" + strings.Repeat("*", len(middle)) + "-" + last
	case parted:
		return strings.Repeat("*", len(first)) + "-" + rest
	case len(whole) > 4:
		return strings.Repeat("*", len(whole)-4) + whole[len(whole)-4:]
	}
	return strings.Repeat("*", len(whole))
}

// MaskName hides the middle of a name: 김민지 is "김*지", 이산 is "이*", "Maya Lin" is "M*** L**".
func MaskName(name string) string {
	runes := []rune(strings.TrimSpace(name))
	if len(runes) == 0 {
		return ""
	}
	if runes[0] < 0x1100 {
		return maskWords(name)
	}
	switch len(runes) {
	case 1:
		return string(runes)
	case 2:
		return string(runes[0]) + "*"
	}
	return string(runes[0]) + strings.Repeat("*", len(runes)-2) + string(runes[len(runes)-1])
}

func maskWords(name string) string {
	words := strings.Fields(name)
	for i, word := range words {
		runes := []rune(word)
		words[i] = string(runes[0]) + strings.Repeat("*", len(runes)-1)
	}
	return strings.Join(words, " ")
}
