package i18n

// Upkeep is what keeps the shop in order by itself, and what to do when it does not.
type Upkeep struct {
	Title, Help, Now, Look, Running, Asked, AskedBackup, Closed string
	Tasks                                                       map[string]string // by the kind of long work: that it stopped
	Late                                                        func(days int64, first string) string
	Sleeping                                                    string
	Backup, NoBackup, BackupSoon, BackupNow                     string
	BackupAt                                                    func(when string) string
	OldBackup, BackupFailed                                     string
	BackupFaults                                                map[string]string // by the code: what happened, and what to do
}

// Task says that long work has stopped.
func (u Upkeep) Task(kind string) string {
	if text, ok := u.Tasks[kind]; ok {
		return text
	}
	return u.Tasks[""]
}

// BackupFault says why a backup failed and what to do.
func (u Upkeep) BackupFault(code string) string {
	if text, ok := u.BackupFaults[code]; ok {
		return text
	}
	return u.BackupFaults["internal"]
}

var koUpkeep = Upkeep{
	Title: "가게 지키기", Help: "밤마다 자동으로 하는 일이에요. 멈춘 일은 여기서 다시 할\u00a0수 있어요.", Now: "지금 하기", Look: "가서 보기", Running: "지금 하고 있어요",
	Asked: "다시 시작했어요. 잠시 뒤에 끝나요.", AskedBackup: "곧 백업해요. 1분 안에 시작해요.", Closed: "밀린 하루를 마감했어요.",
	Tasks: map[string]string{
		"": "오래 걸리는 일이 멈췄어요", "give": "여러 명에게 드리다 멈췄어요", "clock": "시간을 옮기다 멈췄어요", "import_undo": "올린 파일을 되돌리다 멈췄어요",
	},
	Late: func(days int64, first string) string {
		return "하루 마감이 " + count(days, "일") + " 밀렸어요. " + first + "부터예요"
	},
	Sleeping: "Dangol이 꺼져 있었어요.",
	Backup:   "백업", NoBackup: "아직 백업하지 않았어요", BackupSoon: "가게를 연 뒤 1분 안에 처음으로 백업하고, 그다음부터는 밤마다 해요.", BackupNow: "지금 백업하기",
	BackupAt:  func(when string) string { return "마지막 백업: " + when },
	OldBackup: "이틀 넘게 백업하지 못했어요. 밤에 Dangol이 켜져 있는지 보고, 지금 한 번 백업해 주세요.", BackupFailed: "백업하지 못했어요",
	BackupFaults: map[string]string{
		"disk_full": "디스크가 가득 찼어요. 자리를 비우고 다시 백업해 주세요.", "folder_closed": "백업 폴더에 쓸 수 없어요. 폴더의 권한을 확인하고 다시 백업해 주세요.",
		"interrupted": "백업하는 동안 Dangol이 꺼졌어요. 곧 다시 해요.", "unavailable": "데이터베이스가 답하지 않았어요. 한 시간 뒤에 다시 해요.",
		"internal": "이유는 Dangol의 로그에 있어요. 지금 한 번 더 해 보세요.",
	},
}

var enUpkeep = Upkeep{
	Title: "Keeping your shop safe", Help: "These run every night on their own. Restart anything that stopped here.", Now: "Run now", Look: "View", Running: "Running",
	Asked: "Restarted. It'll be done shortly.", AskedBackup: "A backup will start within a minute.", Closed: "The late days are closed.",
	Tasks: map[string]string{
		"": "A long task stopped", "give": "Giving to a group stopped", "clock": "Moving time forward stopped", "import_undo": "Undoing an import stopped",
	},
	Late: func(days int64, first string) string {
		return "Closing the day is " + plural(days, "day", "days") + " behind, since " + first
	},
	Sleeping: "Dangol wasn't running.",
	Backup:   "Backup", NoBackup: "No backup yet", BackupSoon: "The first backup runs within a minute of opening your shop, then every night.", BackupNow: "Back up now",
	BackupAt:  func(when string) string { return "Last backup: " + when },
	OldBackup: "Your last backup is more than 2 days old. Check that Dangol is running at night, and back up now.", BackupFailed: "Backup failed",
	BackupFaults: map[string]string{
		"disk_full": "The disk is full. Free up space, then back up again.", "folder_closed": "Dangol can't write to the backup folder. Check its permissions, then back up again.",
		"interrupted": "Dangol stopped during the backup. It'll try again soon.", "unavailable": "The database didn't respond. We'll try again in an hour.",
		"internal": "See Dangol's log for the reason. Try again now.",
	},
}
