"""What the interview itself says, in English and Korean; questions bring their own words.

The Korean is a first version, not yet reviewed by a native speaker.
"""

from dataclasses import dataclass

_KOREAN = {
    "Ctrl-B back": "Ctrl-B 뒤로",
    "< back": "< 뒤로",
    "? why": "? 설명",
    "/ jump": "/ 찾기",
    "! note": "! 메모",
    "= review": "= 보기",
    "> later": "> 나중에",
    "leave open": "비워 두기",
    "keep as it is": "그대로 두기",
    "take the answer out": "대답 지우기",
    "yes": "예",
    "no": "아니요",
    "does not know": "모름",
    "does not remember": "기억나지 않음",
    "declines": "대답하지 않음",
    "somebody else told it": "다른 사람에게서 들음",
    "Who told it?": "누구에게서 들었습니까?",
    "You can also write: does not know, does not remember, declines, was told by …: …":
        "이렇게 적어도 됩니다: 모름, 기억나지 않음, 대답하지 않음",
    "Empty leaves it open.": "빈칸이면 나중에 대답합니다.",
    "Empty keeps it, - takes it out.": "빈칸이면 그대로 두고, - 는 지웁니다.",
    "Now:": "지금:",
    "Understood:": "알아들었습니다:",
    "Example:": "례:",
    "add": "더하기",
    "add another": "하나 더",
    "no more": "더 없음",
    "none": "없음",
    "change one": "고치기",
    "take one out": "하나 지우기",
    "move one": "자리 옮기기",
    "put back": "지운 것 되돌리기",
    "Before which one?": "어느 것 앞에 놓습니까?",
    "at the end": "맨 끝에",
    "back": "뒤로",
    "Which one?": "어느 것입니까?",
    "Which part?": "어느 부분입니까?",
    "Which part or question?": "어느 부분 또는 어느 질문입니까?",
    "A part of its name; empty lists them all.":
        "이름의 일부를 적으십시오. 빈칸이면 모두 보여 줍니다.",
    "As in the passport, the surname in CAPITALS": "려권에 적힌 대로, 성은 대문자로",
    "In Korean letters": "조선글로",
    "Other spellings and names, with ; between them": "다른 표기와 이름, ; 로 나누어",
    "The name used where this one must not stand": "이 이름을 쓸 수 없는 곳에 쓰는 이름",
    "Town, county or place": "시, 군 또는 장소",
    "Country": "나라",
    "You can write 2006, March 2006, winter 2009, about 1998, 2006-03..2006-05.":
        "이렇게 적을 수 있습니다: 2006년, 2006년 3월, 2009년 겨울, 1998년경, 2006-03..2006-05.",
    "The note:": "메모:",
    "Noted.": "적어 두었습니다.",
    "This is the first question.": "첫 질문입니다.",
    "There is no such part.": "그런 부분이 없습니다.",
    "No more is known about this question.": "이 질문에 대한 설명이 더 없습니다.",
    "Why:": "까닭:",
    "Required.": "꼭 필요한 대답입니다.",
    "not open in this case": "이 사건에서는 할수 없음",
    "As the case stands nothing can be chosen here.": "지금 형편에서는 고를것이 없습니다.",
    "finish": "끝내기",
    "go on with the questions": "질문 계속하기",
    "what the checks find": "살펴볼 점",
    "note": "메모",
    "from notes, not confirmed": "기록에서 옮긴 것, 본인 확인 전",
    "To be confirmed:": "확인할 대답:",
    "Not used now, kept in the file:": "지금은 쓰이지 않음(파일에 남아 있음):",
    "Counts again:": "다시 쓰임:",
    "{left} questions left": "남은 질문 {left}개",
    "{at} of {of}": "{at}/{of}",
    "{open} of {asked} questions open": "질문 {asked}개 가운데 {open}개 남음",
    "{open} questions open, {required} of them required":
        "남은 질문 {open}개, 그 가운데 꼭 필요한것 {required}개",
    "The same command goes on from here.": "같은 명령으로 여기서 계속합니다.",
    "Look over the answers": "대답을 다시 보기",
    "Which answer?": "어느 대답입니까?",
    "open": "비어 있음",
    "~ leaves every question about harm for another day.":
        "~ 를 누르면 당한 일에 대한 질문을 모두 다른 날로 미룹니다.",
    "{count} questions about harm are left for another day; / and a name takes them up.":
        "당한 일에 대한 질문 {count}개를 다른 날로 미루었습니다. / 와 이름으로 다시 시작합니다.",
    "open, on another day": "다른 날에 대답할 질문",
    "exhibits and papers": "증거자료와 문서",
    "Looking into exhibits and papers …": "증거자료와 문서를 살펴봅니다 …",
    "Stopped; the findings in the answers stay.": "멈추었습니다. 대답에서 찾은것은 남아 있습니다.",
    "{count} files of the folder exhibits are not listed as exhibits yet:":
        "exhibits 폴더의 파일 {count}개가 아직 증거자료 목록에 없습니다:",
    "A number, or a part of the name; another can be typed.":
        "번호나 이름의 일부를 적으십시오. 다른것을 적어도 됩니다.",
    "not used now": "지금은 쓰이지 않음",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """The interview's words in one language."""

    language: str = "en"

    def __call__(self, english: str) -> str:
        """Return *english* in the language, as it is where there is no other wording."""
        return _KOREAN.get(english, english) if self.language == "ko" else english
