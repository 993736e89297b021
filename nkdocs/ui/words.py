"""What the interview itself says, in English and Korean; questions bring their own words.

The Korean is a first version, not yet reviewed by a native speaker.
"""

from msgspec import Struct

from nkdocs.ui.ways import FACES

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
    "Taken out.": "대답을 지웠습니다.",
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
    "Other answers name it:": "이것을 가리키는 다른 대답:",
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
    "The surname in CAPITALS: SEO Yun Hui": "성은 대문자로: SEO Yun Hui",
    "In Korean letters": "조선글로",
    "Other spellings and names, with ; between them": "다른 표기와 이름, ; 로 나누어",
    "Another name, for papers where this one must not stand; else empty":
        "이 이름을 쓸 수 없는 문건에 쓸 다른 이름. 없으면 빈칸",
    "Town, county or place": "시, 군 또는 장소",
    "Country": "나라",
    "You can write 2006, March 2006, winter 2009, about 1998, 2006-03..2006-05.":
        "이렇게 적을 수 있습니다: 2006년, 2006년 3월, 2009년 겨울, 1998년경, 2006-03..2006-05.",
    "The note:": "메모:",
    "Left open.": "비워 두었습니다.",
    "Now what was passed over before:": "앞에서 지나친 질문입니다:",
    "Noted.": "적어 두었습니다.",
    "This is the first question.": "첫 질문입니다.",
    "There is no such part.": "그런 부분이 없습니다.",
    "No more is known about this question.": "이 질문에 대한 설명이 더 없습니다.",
    "Why:": "까닭:",
    "Used in:": "쓰이는 곳:",
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
    "Next:": "다음:",
    "last saved just now": "방금 저장함",
    "last saved {count} minute ago": "{count}분전에 저장함",
    "last saved {count} minutes ago": "{count}분전에 저장함",
    "last saved {count} hour ago": "{count}시간전에 저장함",
    "last saved {count} hours ago": "{count}시간전에 저장함",
    "last saved {count} day ago": "{count}일전에 저장함",
    "last saved {count} days ago": "{count}일전에 저장함",
    "The same command goes on from here.": "같은 명령으로 여기서 계속합니다.",
    "Look over the answers": "대답을 다시 보기",
    "Which answer?": "어느 대답입니까?",
    "open": "비어 있음",
    "told by {by}": "{by}에게서 들음",
    "Not in the list of exhibits yet:": "아직 증거자료 목록에 없음:",
    "{name} leads already.": "기본 신청자는 이미 {name}입니다.",
    "No exhibit is listed yet.": "아직 증거자료 목록이 비어 있습니다.",
    "Nobody is listed yet: /people adds them.":
        "아직 사람 목록이 비어 있습니다. /people 로 더합니다.",
    "It prints as written; if there is nothing, go back and write -.":
        "적은 그대로 찍힙니다. 말할것이 없으면 뒤로 가서 - 를 적으십시오.",
    "choose it alone, or take it off.": "이것만 고르거나, 이것을 빼십시오.",
    "Write it without a colon.": "두점(:) 없이 적으십시오.",
    "{count} answers are saved in {file}.": "대답 {count}개를 {file}에 저장했습니다.",
    "1 answer is saved in {file}.": "대답 1개를 {file}에 저장했습니다.",
    "Nothing was changed.": "바뀐것이 없습니다.",
    "{count} answers": "대답 {count}개",
    "End with a line that holds only .": "다 적은 다음 . 하나만 적은 줄로 끝내십시오.",
    "A line that holds only $ opens your own editor ($EDITOR).":
        "$ 하나만 적은 줄은 편집 프로그람($EDITOR)을 엽니다.",
    "Enter makes a new line; Esc Enter ends.": "Enter 는 새 줄, Esc 다음 Enter 는 끝.",
    "Ctrl-X Ctrl-E opens it in your own editor ($EDITOR).":
        "Ctrl-X Ctrl-E 는 편집 프로그람($EDITOR)을 엽니다.",
    "Type a number from 1 to {count}, or words of its line.":
        "1부터 {count}까지의 번호나 그 줄의 낱말을 적으십시오.",
    "Type numbers from 1 to {count}, with commas between them.":
        "1부터 {count}까지의 번호를 반점(,)으로 나누어 적으십시오.",
    "Type the numbers, with commas between them.": "번호를 반점(,)으로 나누어 적으십시오.",
    "… {count} more: type a part of the name.": "… {count}개 더 있음: 이름의 일부를 적으십시오.",
    "{count} fit:": "{count}개가 맞음:",
    "Enter:": "Enter 만 누르면:",
    "arrows, number or words; then Enter": "화살표, 번호나 낱말, 다음 Enter",
    "words of it, or arrows; then Enter": "이름의 낱말이나 화살표, 다음 Enter",
    "nothing fits; Backspace takes it back": "맞는것이 없음. Backspace로 지우기",
    "arrows, space chooses, Enter ends": "화살표, 사이띄개로 고르고 Enter 로 끝",
    "Write 2026-03-05 or March 5, 2026.": "2026-03-05 또는 2026년 3월 5일처럼 적으십시오.",
    "Write 2027-02-11 09:00.": "2027-02-11 09:00 처럼 적으십시오.",
    "Nine digits, like A000-000-021.": "수자 9개, A000-000-021 처럼.",
    "On one line: street, city, NY 10000.": "한 줄로: 거리, 도시, NY 10000.",
    "Its name, or its code: KP, KR, CN, US.": "나라 이름이나 부호: KP, KR, CN, US.",
    "Write USD 2,375 or CNY 15000.":
        "중국돈 8,000원, 한국돈 300만원 또는 USD 2,375 처럼 적으십시오.",
    "With ; between them.": "; 로 나누어 적으십시오.",
    "The ids of exhibits, with commas; a page as [@id, 3].":
        "증거자료의 이름을 반점(,)으로 나누어; 쪽은 [@id, 3] 처럼.",
    "write what is known: 2006, March 2006, winter 2009, about 1998, 2006-03..2006-05 "
    "or 2006-03-05":
        "아는대로 적으십시오: 2006년, 2006년 3월, 2009년 겨울, 1998년경, 2006-03..2006-05 "
        "또는 2006-03-05",
    "write the date as year-month-day, like 2019-03-07, or March 7, 2019":
        "날자를 2019-03-07 또는 2019년 3월 7일처럼 적으십시오",
    "write day and time, like 2027-02-11 09:00": "날자와 시간을 2027-02-11 09:00 처럼 적으십시오",
    "write a number in figures, like 12 or 1,200": "12 또는 1,200 처럼 수자로 적으십시오",
    "write currency and amount, like USD 2,375 or CNY 15,000":
        "어느 나라 돈인지와 액수를 중국돈 8,000원 또는 USD 2,375 처럼 적으십시오",
    "which currency is meant? write currency and amount, like USD 2,375 or CNY 15,000":
        "어느 나라 돈인지 적으십시오. 중국돈 8,000원, 한국돈 300만원 또는 USD 2,375 처럼",
    "leave it empty if there is none": "없으면 빈칸으로 두십시오",
    "leave it empty while there is no exhibit for it":
        "그런 증거자료가 아직 없으면 빈칸으로 두십시오",
    "say the year too; write the date as year-month-day, like 2019-03-07, or March 7, 2019":
        "해도 적으십시오. 2019-03-07 또는 2019년 3월 7일처럼",
    "say the year too; write what is known: 2006, March 2006, winter 2009, about 1998, "
    "2006-03..2006-05 or 2006-03-05":
        "해도 적으십시오. 2006년, 2006년 3월, 2009년 겨울, 1998년경처럼",
    "write day and time alone, like 2027-02-11 09:00; what follows them is asked elsewhere":
        "날자와 시간만 2027-02-11 09:00 처럼 적으십시오",
    "write one name alone; its Korean letters and other spellings are asked next":
        "이름 하나만 적으십시오. 조선글 이름과 다른 표기는 다음에 묻습니다",
    "write yes or no": "예 또는 아니요로 적으십시오",
    "write it on one line": "한 줄로 적으십시오",
    "it is empty": "비어 있습니다",
    "write what happened": "있은 일을 적으십시오",
    "write it as text, with an empty line between paragraphs":
        "글로 적고, 문단 사이에는 빈 줄을 두십시오",
    'write the ids of exhibits, like decl-cousin, or with a page "[@decl-cousin, 3]"':
        '증거자료의 이름을 decl-cousin 처럼, 쪽과 함께는 "[@decl-cousin, 3]" 처럼 적으십시오',
    "an exhibit is named twice at the same place; name it once":
        "같은 증거자료를 두번 적었습니다. 한번만 적으십시오",
    "an amount has two places at most; write thousands with a comma, like USD 2,375":
        "소수점아래는 두자리까지입니다. 천단위는 USD 2,375 처럼 반점을 찍으십시오",
    "there is no such time": "그런 시간이 없습니다",
    "write the country's name, or its code of two letters such as KP, KR, CN or US":
        "나라 이름이나 KP, KR, CN, US 같은 두 글자 부호를 적으십시오",
    "this code may stand for another country than is meant; write the country's name":
        "그 부호는 다른 나라를 뜻할수도 있습니다. 나라 이름을 적으십시오",
    "write text": "글로 적으십시오",
    "the Juche year and the year in brackets differ; write the one that is right":
        "주체년도와 괄호안의 해가 다릅니다. 맞는 해를 적으십시오",
    "months and days begin with 1; leave out what is not known, as in 2006 or 2006-03":
        "달과 날은 1부터입니다. 모르는것은 2006 또는 2006-03 처럼 빼고 적으십시오",
    "the year must be from 1900 to 2100, in four digits":
        "해는 1900부터 2100까지, 수자 네개로 적으십시오",
    "the month must be from 1 to 12; write the day as year-month-day, like 2019-03-07":
        "달은 1부터 12까지입니다. 날자를 2019-03-07 처럼 적으십시오",
    "that month has no such day; write the day as year-month-day, like 2019-03-07":
        "그달에 그런 날이 없습니다. 날자를 2019-03-07 처럼 적으십시오",
    "an A-number has nine digits, like A000-000-021":
        "A번호는 A000-000-021 처럼 수자가 9개입니다",
    "write the number with its area or country code, like 000-555-0133":
        "지역번호나 나라번호와 함께 000-555-0133 처럼 적으십시오",
    "write one address, like name@example.org": "name@example.org 처럼 주소 하나를 적으십시오",
    "a name has letters; write the name as in the passport":
        "이름에는 글자가 있어야 합니다. 려권에 적힌 대로 적으십시오",
    "write North Korea or South Korea": "북조선인지 한국인지 적으십시오",
    "the span ends before it begins; write its earlier end first, with its year":
        "끝이 시작보다 앞섭니다. 이른 때를 먼저, 해와 함께 적으십시오",
    "~ leaves every question about harm for another day.":
        "~ 를 누르면 당한 일에 대한 질문을 모두 다른 날로 미룹니다.",
    "No question about harm is open.": "당한 일에 대한 질문이 남아있지 않습니다.",
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
_PARTS = {part for face in FACES.values() for part in face.parts}


class Words(Struct, frozen=True):
    """The interview's words in one language."""

    language: str = "en"

    def refusal(self, message: str) -> str:
        """Return why an input is refused, in the language as far as it has words for that.

        The part of an answer that is named before a colon is the one being asked.
        """
        head, colon, rest = message.partition(": ")
        if colon and head in _PARTS:
            message = rest
        told = self(message)
        if self.language == "en" or told != message:
            return told
        first, semicolon, second = message.partition("; ")
        if not semicolon or self(first) == first:
            return message
        more = self(second)
        return self(first) if more == second else f"{self(first)}. {more}"

    def __call__(self, english: str) -> str:
        """Return *english* in the language, as it is where there is no other wording."""
        return _KOREAN.get(english, english) if self.language == "ko" else english
