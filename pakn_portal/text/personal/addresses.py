"""Home addresses in text.

Law and answers are full of communes and provinces that are nobody's address. An address begins with something
small and named (house, alley, hamlet, street with a number) or follows words that say that somebody lives
there; from there it goes on through the larger units.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from pakn_portal.text.letters import UPPER_LETTERS
from pakn_portal.text.personal.view import HIDDEN, FindCandidate, View

_WORD: Final = f"[{UPPER_LETTERS}](?:['’]?\\w){{0,9}}"
_NAME: Final = f"{_WORD}(?:[ \\-]{_WORD}){{0,4}}(?: [0-9]{{1,3}}(?![0-9/.]))?"
_NUMBER: Final = r"[0-9]{1,5}[A-Za-zĐđ]?(?:[/\-][A-Za-z]?[0-9]{1,4}[A-Za-z]?){0,4}(?!\w)"
#: A door or a block: 1204, A3, CT1, 12B, S2.05, S1.06-2214.
_DOOR: Final = r"(?:[A-ZĐ]{1,3}[.\-]?)?[0-9]{1,4}(?:[.\-/]?[0-9]{1,4}){0,3}[A-Za-z]?(?!\w)"
_VALUE: Final = f"(?:(?i:số) )?(?:{_NUMBER}(?: {_WORD} [0-9]{{1,2}}(?!\\w))?|{_NAME})"
_START: Final = f"(?<![\\w{HIDDEN}])"

_STREET: Final = f"(?i:đường|phố|đại lộ|quốc lộ|tỉnh lộ|hương lộ) {_VALUE}"
_LANE: Final = (
    f"(?i:ngõ|ngách|hẻm|hẽm|kiệt)(?: |(?=[0-9]))(?:(?i:số) )?(?:{_NUMBER})(?: (?!Điều|Khoản){_NAME})?"
)
#: A lane with a name and no number: a home's behind a house or another lane, or with its ward behind it.
_NAMED_LANE: Final = f"(?i:ngõ|ngách|hẻm|hẽm|kiệt) (?!Điều|Khoản){_NAME}"
_HOUSE: Final = (
    f"(?:(?:{_NUMBER} (?=(?i:ngõ|ngách|hẻm|kiệt) [0-9]))?{_LANE}"
    f"|{_NUMBER} {_NAMED_LANE}"
    f"|(?i:số nhà|(?<!toà )nhà số|căn hộ|căn|phòng số) ?(?:số )?:? ?(?:{_NUMBER})"
    f"(?: (?!Điều|Khoản){_NAME})?)"
)
_NUMBERED_STREET: Final = f"(?:(?i:số|sn|nhà) )?(?:{_NUMBER}),? ?{_STREET}"
_HAMLET: Final = (
    f"(?:(?i:thôn|ấp|xóm|buôn|bon|plei|khóm|tổ dân phố|tdp\\.?|khu phố|khối phố|tiểu khu|kp\\.?) ?{_VALUE}"
    "|(?i:tổ|đội|khối) ?(?:số )?[0-9]{1,3}[A-Za-z]?(?!\\w))"
)
_MAYBE_HAMLET: Final = (
    "(?i:bản|làng|khu|cụm|sóc|phum|khu tập thể|chung cư|toà nhà|toà|tháp|kđt|khu đô thị|khu dân cư|kdc|khối)"
    f" {_VALUE}(?! tầng)"
)
#: A flat or a plot, which needs more beside it: a floor or a block alone is nobody's home.
_FLAT: Final = (
    f"(?:(?i:phòng|phòng trọ|căn hộ|căn|tầng|lô|dãy|nhà|block|toà|toà nhà|tháp|lầu) ?"
    f"(?:số )?(?:{_DOOR}(?! tầng)|[A-Z](?!\\w))(?: (?!Điều|Khoản){_NAME})?"
    "|P\\.? ?[0-9]{3,4}(?!\\w))"
)
#: A stall of a market: ki-ốt số 14 chợ Vườn Hoa, ốt 21 dãy B chợ Ga.
_STALL: Final = (
    f"(?i:ki-?ốt|kiosk|kiot|sạp|quầy|ốt|gian hàng|gian) ?(?:số )?(?:{_DOOR}|[A-Z](?!\\w))"
    f"(?:,? (?i:dãy|lô|khu|tầng|cổng) (?:{_DOOR}|[A-Z](?!\\w)))?,? (?i:chợ|siêu thị) {_NAME}"
)
#: A plot of land as the land register tells it; number and map sheet alone lead to its holder.
_PLOT: Final = (
    "(?i:thửa(?: đất)?)(?: số)?:? ?[0-9]{1,5},?(?: thuộc)? (?i:tờ bản đồ|tờ bđ|tờ)(?: địa chính)?(?: số)?:?"
    " ?[0-9]{1,4}(?!\\w)"
)
_LOCAL: Final = (
    f"(?:(?i:xã|phường|thị trấn|thị xã|quận|huyện|đặc khu) {_VALUE}|(?:P|Q|H|X|TT|TX)\\. ?{_VALUE}"
    "|[PQ] ?[0-9]{1,2}(?!\\w))"
)
_LARGE: Final = f"(?:(?i:tỉnh|thành phố|tp) {_VALUE}|(?:(?i:tp)|T)\\.? ?{_NAME}|TPHCM(?!\\w))"
_SN: Final = f"(?i:sn|số) ?{_NUMBER}(?= ?[,;–\\-])"
#: A number and the name of a street, without a word for it.
_DOOR_AND_NAME: Final = f"(?:(?i:số|sn|nhà) )?{_NUMBER} (?!Điều|Khoản|Mục|Tháng|Chương|Phụ){_NAME}"
_ANY: Final = (
    f"(?:{_HOUSE}|{_NAMED_LANE}|{_NUMBERED_STREET}|{_STREET}|{_HAMLET}|{_FLAT}|{_MAYBE_HAMLET}|{_LOCAL}|{_LARGE}"
    f"|(?i:chợ|nhà trọ|khu trọ|ký túc xá|ktx|tập thể) {_NAME})"
)
_REST: Final = f"(?:(?:\\s?[,;\\-–]\\s{{0,2}}|\\s){_ANY}|\\s?[,\\-–]\\s?(?:{_DOOR_AND_NAME}|{_SN}|{_NAME}))"
_ALL_THE_REST: Final = f"{_REST}{{0,8}}"
_NUMBERED_LANE: Final = f"(?i:số nhà|nhà số|số|sn|nhà) ?{_NUMBER},? (?={_LANE}|(?i:tổ|thôn|xóm|ấp|khu) )"
#: Kiệt of Đà Nẵng and Huế, and alleys told by strokes: K45/12 Lê Duẩn, 23/4/5 Lê Văn Sỹ.
_STROKES: Final = (
    f"(?:K[0-9]{{1,4}}(?:/[0-9]{{1,4}}){{0,3}}|[0-9]{{1,4}}[A-Z]?(?:/[0-9]{{1,3}}[A-Z]?){{1,4}}) {_NAME}"
)
#: The province that closes an address whose levels have no words before them.
_PROVINCE: Final = (
    "(?:Hà Nội|Đà Nẵng|Hải Phòng|Cần Thơ|Huế|TP\\.? ?HCM|Hồ Chí Minh|Nghệ An|Thanh Hoá"
    "|Quảng (?:Ninh|Ngãi|Trị|Nam)|Hà Tĩnh|Khánh Hoà|Gia Lai|Đắk Lắk|Lâm Đồng|Đồng Nai|Tây Ninh"
    "|Đồng Tháp|Vĩnh Long|An Giang|Cà Mau"
    "|Ninh Bình|Hưng Yên|Bắc Ninh|Phú Thọ|Thái Nguyên|Lạng Sơn|Cao Bằng|Tuyên Quang|Lào Cai|Lai Châu"
    "|Điện Biên|Sơn La|Bình (?:Dương|Định|Thuận|Phước)|Vũng Tàu|Nha Trang|Nam Định"
    "|Hải Dương|Thái Bình)(?!\\w)"
)
#: Kiệt with its house, and a house told by strokes whose levels have no words: K12/8 Lê Lai, Thanh Khê.
_BARE_LANE: Final = (
    f"(?:K[0-9]{{1,4}}(?:/[0-9]{{1,4}}){{1,3}} {_NAME}"
    f"|[0-9]{{1,4}}[A-Z]?(?:/[0-9]{{1,4}}[A-Z]?){{1,4}} {_NAME}"
    f"(?=(?:, {_NAME}){{0,2}}, {_PROVINCE}|, ?(?:KP|TDP|P|Q)[. ]))"
)


@cache
def _by_itself() -> re.Pattern[str]:
    """What is an address whatever stands before it.

    Compiled for the first text: that takes a fifth of what loading a portal takes, and few commands read one.
    """
    return re.compile(
        f"{_START}(?:(?:{_NUMBERED_LANE})?(?:{_HOUSE}|{_NUMBERED_STREET}){_ALL_THE_REST}"
        f"|(?:{_NUMBERED_LANE})?{_HAMLET}{_REST}{{1,8}}"
        f"|(?i:thôn|ấp|xóm|khóm|khối phố|số nhà) {_VALUE}"
        f"|{_MAYBE_HAMLET}\\s?[,\\-–]?\\s(?:{_LOCAL}|{_FLAT}{_REST}){_ALL_THE_REST}"
        f"|{_FLAT}{_REST}{{1,8}}"
        f"|(?i:chung cư|khu tập thể|tập thể) {_NAME},? (?i:phòng|căn hộ|căn) ?(?:số )?[0-9]{{3,4}}(?!\\w)"
        f"{_ALL_THE_REST}"
        f"|(?i:số |sn )?{_NAMED_LANE}\\s?,\\s?(?:{_LOCAL}|{_LARGE}){_ALL_THE_REST}"
        f"|(?:{_STALL}|{_PLOT}|{_BARE_LANE}){_ALL_THE_REST}"
        f"|(?i:km) ?[0-9]{{1,4}}(?:\\+[0-9]{{1,4}})?,? {_STREET}\\s?,\\s?{_HAMLET}{_ALL_THE_REST}"
        f"|{_STREET}\\s?,\\s?(?i:số|sn|nhà số) ?{_NUMBER}{_ALL_THE_REST}"
        f"|{_SN}\\s?[,;\\-–]\\s{{0,2}}{_ANY}{_ALL_THE_REST}"
        f"|{_STROKES}\\s?,\\s?(?:{_LOCAL}|{_LARGE}){_ALL_THE_REST})"
    )


#: Floors, rooms and shifts told one after the other: nobody's address.
_OF_A_HOUSE = re.compile(
    "(?i:(tổ|đội|khối|tầng|phòng|lô|dãy|nhà|căn|toà|lầu|ca) [\\w.]{1,6}"
    "(?:(?:,| và|,? và)? \\1 [\\w.]{1,6}){1,9})"
)
#: Where an office of the state stands, everybody may know.
_OFFICES = re.compile(
    "(?<!\\w)trụ sở (?:bộ|sở|cục|vụ|ubnd|hđnd|uỷ ban|cơ quan|chi cục|ban|toà án|viện)(?!\\w)"
)
_OFFICES_AFTER = re.compile(",? (?:là |- |– )?(?:nơi đặt )?trụ sở(?!\\w)")
_NAMED_STREET = re.compile(f"{_START}(?i:số|sn) {_NUMBER} ({_NAME}){_ALL_THE_REST}")
_LIVING: Final = (
    "(?i:địa chỉ|đc:|đ/c:|"
    "thường trú|tạm trú|trú tại|trú quán|trú ở|cư trú|cư ngụ|ngụ tại|ngụ|hộ khẩu|quê quán"
    "|nguyên quán|"
    "nơi ở|chỗ ở|sinh sống|sống tại|ở tại|ở trọ|thuê trọ|trọ|quê tôi|quê em|quê|gửi về|gửi đến|nhận thư"
    "|tận nhà)"
)
_FILLER: Final = (
    "(?:[\\s:\\-]{0,3}(?i:tại|ở|về|hiện nay|hiện tại|hiện|của tôi|tôi|em|là|liên hệ|liên lạc|thường trú"
    "|nhận thư|nhận hàng|giao hàng|gửi thư|nhà|gia đình)(?!\\w)){0,3}"
    "[\\s:\\-]{1,3}"
)


@cache
def _where_somebody_lives() -> re.Pattern[str]:
    """What is one behind such words, compiled for the first text too."""
    return re.compile(
        f"{_START}{_LIVING}{_FILLER}"
        f"((?:(?:{_NUMBERED_LANE})?{_ANY}|{_STALL}|{_PLOT}|{_SN}|{_STROKES}"
        f"|(?:(?i:số) )?(?:{_NUMBER}),? {_NAME}|(?!Việt Nam){_NAME}(?=,))"
        f"{_ALL_THE_REST})"
        f"|{_START}(?i:tôi ở|em ở|mình ở|nhà ở|sống ở|nhà tôi|nhà em|(ở)) "
        f"((?:{_LOCAL}|{_STREET}|{_NAMED_LANE})(?(2){_REST}{{1,8}}|{_ALL_THE_REST})|{_STROKES}{_ALL_THE_REST}"
        f"|(?:(?i:số) )?{_NUMBER} (?!Điều|Khoản|Tháng){_NAME},{_ALL_THE_REST})"
    )


_NO_STREET = re.compile(
    "(?:Điều|Khoản|Mục|Chương|Phần|Luật|Nghị|Thông|Quyết|Bộ|Sở|UBND|Ngày|Tháng|Năm|Mẫu|Phụ|Công)"
)
#: Numbers of documents and forms, not of houses.
_NUMBER_OF = re.compile(
    "(?:định|luật|tư|văn|thư|lệnh|án|mẫu|biểu|kỳ|lục|trình|thảo|đơn|phiếu|hồ sơ|công|giấy|bản|tổ|đội|ca"
    "|bậc|hạng|tuyến|buýt|chuyến|tàu|kênh|trạm|bến|cột)\\Z"
)

# In small letters a name cannot be told from a word, so three levels with commas between are asked for.
_NAME_IN_SMALL: Final = (
    "(?!(?:đặc|nghèo|an toàn|đảo|biên|khó|thuộc|của|và|hoặc|nơi|được|đó|này|khu vực|có|là|"
    "dac|ngheo|dao|bien|kho|thuoc|cua|va|hoac|noi|duoc|do|nay|co|la)(?!\\w))(?:\\w{1,7} ){0,3}\\w{1,7}"
)
_SMALL_LETTERS = re.compile(
    f"{_START}(?:số nhà|thôn|ấp|xóm|bản|buôn|khóm|tổ dân phố|tổ|khu phố|"
    f"so nha|thon|ap|xom|ban|buon|khom|to dan pho|to|khu pho) {_NAME_IN_SMALL}"
    f", ?(?:xã|phường|thị trấn|xa|phuong|thi tran) {_NAME_IN_SMALL}"
    f"(?:, ?(?:huyện|quận|thị xã|thành phố|tp|tỉnh|huyen|quan|thi xa|thanh pho|tinh) {_NAME_IN_SMALL}){{0,2}}"
)
#: Without it (and without a province) a hamlet and its commune in small letters are words as well.
_THIRD_LEVEL = re.compile(", ?(?:huyện|quận|thị xã|thành phố|tp|tỉnh|huyen|quan|thi xa|thanh pho|tinh) ")

# A house in a lane or a street, told without capitals; the province closes it.
_LANE_IN_SMALL = re.compile(
    f"{_START}(?:(?:so nha|so|nha so) [0-9]{{1,4}}[a-z]?(?:/[0-9]{{1,4}}){{0,3}},?"
    f"(?: (?:ngo|ngach|hem|kiet) [0-9]{{1,4}}(?:/[0-9]{{1,4}}){{0,3}},?){{0,3}}"
    f" (?:ngo|ngach|hem|kiet|duong|pho) {_NAME_IN_SMALL}"
    f"|(?:ngo|ngach|hem|kiet) [0-9]{{1,4}}[a-z]?(?:/[0-9]{{1,4}}){{0,3}},?"
    f" (?:duong|pho) {_NAME_IN_SMALL})"
    f"(?:,? (?:ngo|ngach|hem|duong|pho|phuong|xa|quan|huyen|thi tran|thanh pho|tp|tinh)"
    f" {_NAME_IN_SMALL}){{0,5}}"
)
_PROVINCE_IN_SMALL = re.compile(
    ",? ?(?:ha noi|ho chi minh|hai phong|da nang|can tho|hue|nghe an|thanh hoa|nam dinh|thai binh|bac"
    " ninh|bac giang|"
    "hai duong|hung yen|ha nam|ninh binh|phu tho|vinh phuc|thai nguyen|lang son|quang ninh|ha tinh|quang"
    " binh|quang tri|"
    "quang nam|quang ngai|binh dinh|phu yen|khanh hoa|gia lai|dak lak|lam dong|dong nai|binh duong|tay"
    " ninh|long an|"
    "tien giang|ben tre|vinh long|an giang|kien giang|ca mau|soc trang|hcm|hn)(?![a-z])"
)
#: Levels without their words before the province: …, ba dinh, ha noi.
_TO_THE_PROVINCE = re.compile(
    f"(?:, ?[a-z]{{1,7}}(?: [a-z]{{1,7}}){{0,2}}){{1,2}}{_PROVINCE_IN_SMALL.pattern}"
)
#: The same with capitals, whatever they are: Linh Lang, Ba Dinh.
_LEVELS_WITH_CAPITALS = re.compile(
    f"(?:, ?(?!(?:Toi|Em|Xin|De|Nay|Neu|Khi|Nha|Kinh|Da|Chua|Khong|Va)(?!\\w)){_NAME}){{1,3}}(?!\\w)"
)


def find_addresses(view: View) -> Iterator[FindCandidate]:
    """Home addresses, each as one find from the house to the province."""
    for match in _by_itself().finditer(view.typed):
        if _OF_A_HOUSE.fullmatch(match[0]) is None:
            yield FindCandidate(*match.span(), "address", 1)
    for match in _NAMED_STREET.finditer(view.typed):
        if _is_street(view, match):
            yield FindCandidate(*match.span(), "address", 1)
    for match in _where_somebody_lives().finditer(view.typed):
        yield FindCandidate(*match.span(match.lastindex or 0), "address", 1)
    for match in _SMALL_LETTERS.finditer(view.lowered):
        start, end = _with_province(view, match)
        if end > match.end() or _THIRD_LEVEL.search(match[0]):
            yield FindCandidate(start, end, "address", 1)
    for match in _LANE_IN_SMALL.finditer(view.folded):
        named = _LEVELS_WITH_CAPITALS.match(view.typed, match.end())
        yield FindCandidate(*_with_province(view, match, named.end() if named else 0), "address", 1)


def _is_street(view: View, match: re.Match[str]) -> bool:
    """Số 41 Lý Thường Kiệt, unlike Quyết định số 12 and Số 5 Điều 3."""
    before = view.lowered[max(0, match.start() - 40) : match.start()].rstrip()
    if _OFFICES.search(before) or _OFFICES_AFTER.match(view.lowered, match.end()):
        return False
    return " " in match[1] and _NO_STREET.match(match[1]) is None and _NUMBER_OF.search(before) is None


def _with_province(view: View, match: re.Match[str], end: int = 0) -> tuple[int, int]:
    end = end or match.end()
    province = _PROVINCE_IN_SMALL.match(view.folded, end) or _TO_THE_PROVINCE.match(view.folded, end)
    return match.start(), province.end() if province else end
