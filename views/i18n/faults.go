package i18n

import (
	"fmt"
	"time"
)

// Faults has the words for the codes of models.Error and models.FieldError.
type Faults map[string]func(args map[string]any) string

// Fault says in words what is wrong. A code without words of its own gets the general sentence, and Known tells tests so.
func (p *Printer) Fault(code string, args map[string]any) string {
	for _, catalogue := range []Faults{p.Faults, p.VerbFaults} {
		if words, ok := catalogue[code]; ok {
			return words(p.readable(args))
		}
	}
	return p.Faults["invalid"](nil)
}

// Known says whether a code has words of its own.
func (p *Printer) Known(code string) bool {
	_, form := p.Faults[code]
	_, verb := p.VerbFaults[code]
	return form || verb
}

// readable writes the numbers among the arguments as this reader reads them.
func (p *Printer) readable(args map[string]any) map[string]any {
	written := make(map[string]any, len(args))
	for name, value := range args {
		switch number := value.(type) {
		case int:
			written[name] = p.Number(int64(number))
		case int64:
			written[name] = p.Number(number)
		default:
			written[name] = value
		}
	}
	if seconds, ok := args["seconds"].(int64); ok {
		written["wait"] = p.Duration(time.Duration(seconds) * time.Second)
	}
	return written
}

func says(text string) func(map[string]any) string {
	return func(map[string]any) string { return text }
}

// with fills one argument into a sentence with one %s.
func with(text, name string) func(map[string]any) string {
	return func(args map[string]any) string { return fmt.Sprintf(text, argument(args, name)) }
}

// tooMany speaks of a list that is too long, or of somebody who asks too often.
func tooMany(things, tries string) func(map[string]any) string {
	return func(args map[string]any) string {
		if _, ok := args["limit"]; ok {
			return with(things, "limit")(args)
		}
		return with(tries, "wait")(args)
	}
}

func argument(args map[string]any, name string) string {
	if value, ok := args[name]; ok {
		return fmt.Sprint(value)
	}
	return Unknown
}

var koFaults = Faults{
	"invalid":           says("입력한 내용을 확인해 주세요."),
	"required":          says("꼭 필요한 칸이에요."),
	"too_long":          with("%s자까지 쓸 수 있어요.", "limit"),
	"too_short":         with("%s자 이상 써 주세요.", "limit"),
	"bad_text":          says("쓸 수 없는 글자가 들어 있어요."),
	"bad_phone":         says("전화번호 11자리를 입력해 주세요. 예: 010-1234-5678"),
	"bad_email":         says("이메일 주소를 다시 봐 주세요. 예: me@shop.kr"),
	"bad_date":          says("달력에 없는 날짜예요."),
	"bad_number":        says("숫자로 써 주세요."),
	"wrong_code":        says("번호가 맞지 않거나 이미 쓴 번호예요. 앱에 보이는 새 번호를 입력해 주세요."),
	"no_second_factor":  says("2단계 로그인이 꺼져 있어요."),
	"bad_amount":        says("금액을 숫자로 써 주세요."),
	"too_small":         with("%s 이상이어야 해요.", "min"),
	"too_large":         either("%s까지 쓸 수 있어요.", "max", "limit"),
	"taken":             says("이미 쓰고 있어요."),
	"not_found":         says("찾을 수 없어요. 지워졌거나 주소가 바뀌었을 수 있어요."),
	"forbidden":         says("이 일을 할 권한이 없어요."),
	"stale":             says("그사이 다른 사람이 먼저 고쳤어요. 새로 고친 내용을 확인해 주세요."),
	"key_reused":        says("같은 요청이 다른 내용으로 또 들어왔어요. 페이지를 새로 열고 다시 해 주세요."),
	"key_busy":          says("앞의 요청을 처리하고 있어요. 두 번 눌러도 한 번만 들어가요."),
	"clock_moving":      says("연습용 가게의 시간을 옮기는 중이에요. 끝나면 다시 해 주세요."),
	"unavailable":       says("지금은 처리하지 못했어요. 잠시 뒤에 다시 해 주세요. 두 번 눌러도 한 번만 들어가요."),
	"signed_out":        says("로그아웃됐어요. 다시 로그인해 주세요."),
	"bad_sign_in":       says("이메일이나 비밀번호가 맞지 않아요."),
	"too_many":          tooMany("%s개까지예요.", "너무 여러 번 시도했어요. %s 뒤에 다시 해 주세요."),
	"bad_link":          says("이미 썼거나 기한이 지난 링크예요. 새 링크를 받아 주세요."),
	"not_enough_points": either("쓸 수 있는 포인트가 모자라요. 지금 %s까지 쓸 수 있어요.", "limit", "available"),
	"order_has_changed": says("같은 주문 번호로 다른 내용이 이미 들어와 있어요."),
	"weak_password":     says("12자 이상으로 써 주세요. 문장처럼 길게 쓰면 외우기 쉬워요."),
	"common_password":   says("많이 쓰는 비밀번호라 쉽게 맞힐 수 있어요. 다른 것으로 정해 주세요."),
	"own_password":      says("이름이나 이메일이 들어 있어 쉽게 맞힐 수 있어요. 다른 것으로 정해 주세요."),
	"cross_site":        says("다른 곳에서 보낸 요청이라 처리하지 않았어요. 페이지를 새로 열고 다시 해 주세요."),
	"body_too_large":    says("보낸 내용이 너무 커요."),
	"bad_source":        says("영어 소문자, 숫자, -, _ 로 32자까지 써 주세요. 예: pos"),
	"wrong_password":    says("지금 비밀번호가 맞지 않아요."),
	"not_confirmed":     says("보이는 숫자를 그대로 입력해 주세요."),
	"below_minimum":     either("%s부터 쓸 수 있어요.", "limit", "minimum"),
	"limit_reached":     with("오늘 드릴 수 있는 한도를 넘어요. 남은 한도는 %s예요.", "left"),
	"already_spent":     says("이미 쓴 포인트가 있어서 되돌릴 수 없어요."),
	"already_undone":    says("이미 되돌렸어요."),
	"already_enrolled":  says("이미 가입한 번호예요."),
	"undo_not_yours":    says("본인이나 매장 관리자만 되돌릴 수 있어요."),
	"undo_too_late":     says("오늘 한 일만 되돌릴 수 있어요."),
	"nothing_to_give":   says("이 금액으로는 쌓이는 포인트가 없어요."),
	"coupon_used":       says("이미 쓴 쿠폰이에요."),
	"coupon_expired":    says("기한이 끝난 쿠폰이에요."),
	"coupon_minimum":    with("%s 이상 주문하면 쓸 수 있어요.", "minimum"),
	"file_too_large":    with("파일이 너무 커요. %s까지 올릴 수 있어요.", "limit"),
	"file_not_csv":      with("CSV 파일이 아니라 %s 파일이에요. 엑셀에서 ‘CSV로 저장’한 파일을 올려 주세요.", "kind"),
	"file_empty":        says("빈 파일이에요."),
	"file_bomb":         says("풀면 너무 커지는 파일이라 읽지 않았어요."),
	"file_broken":       says("압축이 깨진 파일이에요. 다시 저장해서 올려 주세요."),
	"file_header":       with("%s번째 줄을 읽을 수 없어요. 첫 줄에 열 이름이 있는 CSV 파일인지 봐 주세요.", "line"),
	"file_gone":         says("파일을 지운 뒤라 다시 읽을 수 없어요. 한 번 더 올려 주세요."),

	"import_state":         says("그사이 다른 단계로 넘어갔어요. 지금 상태를 확인해 주세요."),
	"import_running":       says("다른 파일을 넣고 있어요. 끝나면 다시 해 주세요."),
	"shared_limit":         with("‘%s’ 규칙은 모두가 나누어 쓰는 한도가 있어서 지난 구매에 적용할 수 없어요.", "rule"),
	"already_posting":      says("이미 포인트를 드리기 시작해서 지난 구매에 약속을 적용할 수 없어요."),
	"no_terms":             says("지금 적용되는 약속이 없어요. 먼저 프로그램을 시작해 주세요."),
	"no_customer_column":   says("누구인지 알려 주는 열이 필요해요. 전화번호, 이메일, 손님 번호 가운데 하나를 골라 주세요."),
	"date_without_amount":  says("구매일과 금액은 함께 있어야 해요."),
	"no_purchases":         says("구매일과 금액이 있는 파일이어야 해요."),
	"no_points":            says("남은 포인트가 적힌 열을 골라 주세요."),
	"points_and_purchases": says("남은 포인트와 구매는 따로 올려 주세요."),
	"field_twice":          says("같은 뜻의 열을 두 번 골랐어요."),
	"last_owner":           says("마지막 주인은 그만둘 수 없어요. 다른 주인을 먼저 정해 주세요."),
}

var enFaults = Faults{
	"invalid":           says("Check what you entered."),
	"required":          says("This is required."),
	"too_long":          with("Up to %s characters.", "limit"),
	"too_short":         with("At least %s characters.", "limit"),
	"bad_text":          says("This contains a character we can't use."),
	"bad_phone":         says("Enter the full number, e.g. 010-1234-5678."),
	"bad_email":         says("Check the email address, e.g. me@shop.kr."),
	"bad_date":          says("There's no such date."),
	"wrong_code":        says("That code is wrong or already used. Enter the one your app shows now."),
	"no_second_factor":  says("Two-step sign-in is off."),
	"bad_number":        says("Enter a number."),
	"bad_amount":        says("Enter the amount as a number."),
	"too_small":         with("At least %s.", "min"),
	"too_large":         either("At most %s.", "max", "limit"),
	"taken":             says("This is already in use."),
	"not_found":         says("Not found. It may have moved or been deleted."),
	"forbidden":         says("Your role doesn't allow this."),
	"stale":             says("Someone else saved a change first. Check the latest version."),
	"key_reused":        says("The same request came twice with different details. Reload the page and try again."),
	"key_busy":          says("Still working on it. Tapping twice counts once."),
	"clock_moving":      says("Time is moving in this practice shop. Try again when it's done."),
	"unavailable":       says("Couldn't do that just now. Try again in a moment: it counts only once."),
	"signed_out":        says("You were signed out. Sign in again."),
	"bad_sign_in":       says("That email or password isn't right."),
	"too_many":          tooMany("Up to %s.", "Too many attempts. Try again in %s."),
	"bad_link":          says("This link has been used or has expired. Ask for a new one."),
	"not_enough_points": either("Not enough points. %s available.", "limit", "available"),
	"order_has_changed": says("This order number already exists with different details."),
	"weak_password":     says("Use 12 characters or more. A short sentence is easy to remember."),
	"common_password":   says("This password is common and easy to guess. Choose another."),
	"own_password":      says("This includes your name or email, so it's easy to guess. Choose another."),
	"cross_site":        says("This request came from another site, so we ignored it. Reload the page and try again."),
	"body_too_large":    says("That's too much data to send at once."),
	"bad_source":        says("Use up to 32 lowercase letters, digits, - and _, e.g. pos."),
	"wrong_password":    says("Your current password isn't right."),
	"not_confirmed":     says("Type the number shown."),
	"below_minimum":     either("You need at least %s.", "limit", "minimum"),
	"limit_reached":     with("This is over today's limit. %s left.", "left"),
	"already_spent":     says("Some of these points have been used, so this can't be undone."),
	"already_undone":    says("Already undone."),
	"already_enrolled":  says("This number is already a member."),
	"undo_not_yours":    says("Only the person who did it or a store manager can undo it."),
	"undo_too_late":     says("Only today's actions can be undone."),
	"nothing_to_give":   says("This amount earns no points."),
	"coupon_used":       says("This coupon has already been used."),
	"coupon_expired":    says("This coupon has expired."),
	"coupon_minimum":    with("Only on orders of %s or more.", "minimum"),
	"file_too_large":    with("This file is too large. The limit is %s.", "limit"),
	"file_not_csv":      with("This is a %s file, not a CSV. In Excel, choose Save as CSV.", "kind"),
	"file_empty":        says("This file is empty."),
	"file_bomb":         says("This file gets too large when unpacked, so we didn't read it."),
	"file_broken":       says("This compressed file is damaged. Save it again."),
	"file_header":       with("We can't read line %s. Is this a CSV with column names in the first line?", "line"),
	"file_gone":         says("This file has been deleted. Upload it again."),

	"import_state":         says("This has moved on since. Check its current status."),
	"import_running":       says("Another import is running. Try again when it's done."),
	"shared_limit":         with("The rule “%s” has a limit everyone shares, so it can't apply to past purchases.", "rule"),
	"already_posting":      says("You've already started giving points, so terms can't apply to past purchases."),
	"no_terms":             says("No terms are in force. Start your program first."),
	"no_customer_column":   says("Choose a column that identifies the customer: phone, email or customer number."),
	"date_without_amount":  says("Choose both a date and an amount, or neither."),
	"no_purchases":         says("This file needs a date and an amount."),
	"no_points":            says("Choose the column with the points balance."),
	"points_and_purchases": says("Import points balances and purchases separately."),
	"field_twice":          says("You've chosen the same field for two columns."),
	"last_owner":           says("The last owner can't leave. Make someone else an owner first."),
}
