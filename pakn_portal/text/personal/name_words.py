"""Words around names of people: titles, offices, surnames, and what looks like a name there and "
"is none."""

from __future__ import annotations

from typing import Final

from pakn_portal.text.folding import fold
from pakn_portal.text.tones import move_tones


def _alternatives(words: str) -> str:
    """The words for a pattern, grouped by their first letter: most places in a text fit no group."""
    groups: dict[str, list[str]] = {}
    for word in move_tones(words).split("|"):
        groups.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in groups.items())


def _listed(words: str, between: str = " ") -> frozenset[str]:
    return frozenset(words.split(between))


#: In small letters, as a Vietnamese keyboard writes them.
SURNAMES: Final = _listed(
    move_tones(
        "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đoàn vương "
        "trịnh trương đinh lâm "
        "phùng mai tô hà tạ lưu cao lương châu thái chu quách la lã giang thạch kim tôn cù quang "
        "triệu nghiêm vi bạch "
        "kiều thân lò sùng giàng vàng mã hứa nông bế khuất lại đàm tăng ung mạc âu an cầm chung "
        "cung diệp đồng đổng "
        "giáp hầu hậu khổng khúc khương lăng liễu ninh nghê ngân nhâm nhữ phó quan tống từ uông "
        "văn viên xa thào chá "
        "lầu lục phương cồ tòng quàng hoa điêu lường bàn tiêu trang thiều mẫn sầm lôi lộc sái nguỵ "
        "tiết tưởng trà đới "
        "đường đậu lều bá cai cát bồ ma ksor rcham siu rơ bnah bkrông niê y a"
    )
)
#: The surnames of nine people of ten: with two more syllables they are a name without any word before.
COMMON_SURNAMES: Final = _listed(
    move_tones(
        "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ ngô dương đào đoàn trịnh đinh "
        "phùng lương tạ lưu trương"
    )
)
#: Folded, for names that were typed without marks.
FOLDED_SURNAMES: Final = frozenset(fold(surname) for surname in SURNAMES)

#: In small letters: whom streets, schools and prizes are called after.
OF_HISTORY: Final = _listed(
    move_tones(
        "hồ chí minh|bác hồ|hồ|tôn|nguyễn ái quốc|nguyễn tất thành|trần hưng đạo|lý thường kiệt|"
        "lý thái tổ|lê thánh tông|"
        "đinh tiên hoàng|ngô quyền|lê hồng phong|nguyễn thị minh khai|nguyễn đức cảnh|"
        "nguyễn tri phương|lê quý đôn|"
        "võ nguyên giáp|phạm văn đồng|nguyễn văn linh|nguyễn văn cừ|nguyễn văn trỗi|võ thị sáu|"
        "hoàng văn thụ|"
        "phan bội châu|phan châu trinh|phan đình phùng|nguyễn bỉnh khiêm|nguyễn công trứ|"
        "nguyễn đình chiểu|"
        "trần quốc toản|trần nhật duật|lê văn sỹ|lê đại hành|nguyễn chí thanh|tôn đức thắng|"
        "lê duẩn|trường chinh"
    ),
    "|",
)

#: Whoever is addressed or spoken of like this bears a name, and be it one of one syllable.
PERSON: Final = _alternatives(
    "ông|bà|anh|chị|cô|chú|bác|em|cháu|con|dì|cậu|mợ|thím|dượng|cụ|thầy|bạn|mẹ|bố|má|vợ|chồng|"
    "sếp|thầy giáo|cô giáo|con gái|con trai|em gái|em trai|anh trai|chị gái|con dâu|con rể|cháu gái|"
    "cháu trai|ông chủ|bà chủ|anh rể|chị dâu|bác sĩ|bác sỹ|luật sư|y tá|y sĩ|điều dưỡng|dược sĩ|kỹ sư|"
    "đồng chí|đ/c|đc|liệt sĩ|liệt sỹ|tổ trưởng|đội trưởng|quản đốc|trưởng thôn|trưởng ấp|trưởng bản|"
    "chủ trọ|đại úy|thượng úy|trung úy|thiếu úy|thiếu tá|trung tá|thượng tá|đại tá|hạ sĩ|trung sĩ|"
    "thượng sĩ|linh mục|mục sư|sư thầy|sư cô|sư cả|ni cô|hoà thượng|thượng toạ|đại đức|già làng|nghệ nhân|"
    "trạm trưởng|xóm trưởng|kỹ thuật viên|thợ điện|bạn trai|bạn gái|người yêu|bé"
)

#: After these a name has two syllables at the least and begins with a surname.
OFFICE: Final = _alternatives(
    "giáo viên chủ nhiệm|đồng nghiệp|bị cáo|bị can|bị hại|người bị hại|nhân chứng|chánh văn phòng|"
    "phó chánh văn phòng|"
    "chủ tài khoản|chủ tk|tên tài khoản|tên tk|người thụ hưởng|người nhận|người môi giới|môi giới|"
    "người đại diện theo pháp luật|người đại diện|họ tên chồng|họ tên vợ|họ tên con|họ tên cha|"
    "họ tên mẹ|"
    "giám đốc|tổng giám đốc|phó giám đốc|phó tổng giám đốc|trưởng phòng|phó phòng|phó trưởng phòng|"
    "chủ tịch|phó chủ tịch|hiệu trưởng|hiệu phó|kế toán|kế toán trưởng|thủ quỹ|thủ kho|chuyên viên|"
    "cán bộ|công chức|viên chức|nhân viên|công nhân|người lao động|giáo viên|giảng viên|sinh viên|"
    "học sinh|lái xe|tài xế|bảo vệ|thẩm phán|thư ký|thương binh|bệnh binh|bệnh nhân|người bệnh|"
    "nạn nhân|bị đơn|nguyên đơn|đại diện|chủ hộ|chủ cơ sở|quản lý|thanh tra viên|kiểm sát viên|công an|"
    "trưởng công an|bí thư|thạc sĩ|tiến sĩ|giáo sư|phó giáo sư|ths|ts|pgs|gs|bs|ls|ks|người viết đơn|"
    "người làm đơn|người nộp đơn|người nộp|người làm chứng|người đứng tên|người khiếu nại|người gửi|"
    "người tố cáo|ký tên|họ và tên|họ tên|tên tôi là|tên em là|tên cháu là|tôi tên|em tên|tôi là|em là|"
    "uỷ viên|chấp hành viên|công chứng viên|công an viên|điều tra viên|người đứng đơn|người kê khai|"
    "người phản ánh|"
    "người khai|khách hàng|thuê bao|chủ thuê bao|trưởng ban|phó ban|trưởng khoa|phó khoa|cửa hàng trưởng|"
    "người dân tên|người dân|hộ|"
    "mình là|cháu là|con là|ba|do|với|của|cho|gặp|là"
)

#: Offices that go on before the name comes: phó chủ tịch | UBND xã | Hà Mạnh Tuân.
LEADER: Final = _alternatives(
    "chủ tịch|phó chủ tịch|bí thư|phó bí thư|giám đốc|phó giám đốc|trưởng phòng|phó phòng|phó trưởng phòng|"
    "trưởng ban|phó ban|phó trưởng ban|trưởng công an|phó công an|phó trưởng công an|trưởng trạm|"
    "công an|cán bộ|công chức|chuyên viên|nhân viên|kế toán|thủ quỹ|uỷ viên|trưởng|phó trưởng|"
    "hiệu trưởng|hiệu phó|tổ trưởng|tổ phó|đội trưởng|bác sĩ|y tá|điều dưỡng|y sĩ|kỹ sư|giáo viên|đại diện"
)
#: What goes on there, taken whole, so that no surname (Đoàn, Văn, An) is lost to it.
OF_WHAT: Final = _alternatives(
    "ubnd|hđnd|ủy ban nhân dân|hội đồng nhân dân|ubmttq|mttq|uỷ ban mttq|mặt trận tổ quốc|mặt trận|"
    "ban công tác mặt trận|công tác mặt trận|công an|quân sự|chỉ huy quân sự|đảng uỷ|chi bộ|đảng bộ|"
    "đoàn thanh niên|đoàn xã|đoàn phường|đoàn trường|hội nông dân|hội phụ nữ|"
    "hội liên hiệp phụ nữ|hội cựu chiến binh|hội người cao tuổi|"
    "hội đồng quản trị|hội khuyến học|công đoàn|công đoàn cơ sở|hợp tác xã|htx|"
    "địa chính|tư pháp|hộ tịch|tư pháp hộ tịch|văn phòng|văn thư|một cửa|tiếp dân|lao động|xã hội|"
    "văn hoá|văn hoá xã hội|kinh tế|kế toán|tài chính|nông nghiệp|nội vụ|thống kê|dân số|y tế|"
    "giao dịch|kỹ thuật|kinh doanh|bán hàng|thu ngân|thu cước|lắp đặt|tư vấn|chăm sóc khách hàng|trực|"
    "tổng đài|bưu điện|bưu cục|viễn thông|trung tâm viễn thông|trung tâm|chi nhánh|cửa hàng|quản lý|"
    "ban quản lý|ban quản trị|dự án|hạ tầng|quản lý đô thị|trật tự đô thị|công tác|phụ trách|điều trị|trưởng|"
    "khoa nội|khoa ngoại|khoa|trạm y tế|trạm|phòng|sở|cục|chi cục|tổ|tổ dân phố|dân phố|khu phố|khối phố|khu|"
    "xóm|ấp|thôn|bản|buôn|làng|xã|phường|thị trấn|huyện|quận|tỉnh|thành phố|trường|nhà trường|bệnh viện|"
    "chủ nhiệm|bộ môn|đương nhiệm|cũ|mới|cấp cao"
)
#: Behind these a name may be the place's own, so three syllables at the least are asked for; behind the rest
#: schools and hospitals are called after people, so four.
LEVELS: Final = _listed("xã phường thôn bản làng buôn ấp xóm khu phố trấn huyện quận tỉnh")
CALLED_AFTER_PEOPLE: Final = _listed("trường viện")
#: Communes and wards that bear the name of a person, so that three syllables behind their office are none.
COMMUNES: Final = _listed(
    move_tones(
        "nguyễn việt khái|phan ngọc hiển|nguyễn phích|hồ thị kỷ|trần văn thời|lê minh xuân|phạm văn cội|"
        "phạm văn hai|nguyễn huệ|nguyễn trãi|nguyễn uý|trần văn quan|lê thanh nghị|hoàng hoa thám|"
        "nguyễn thị minh khai|phùng chí kiên|nùng trí cao|thục phán|trần phú|nguyễn nghiêm|trần lãm"
    ),
    "|",
)

#: Peoples and languages written like a name of the highlands (người H'Mông).
PEOPLES: Final = _listed(move_tones("mông mong rê roi ho hoa drung roh"))

#: After a title they name nobody in particular, or somebody in a tale.
NO_GIVEN_NAMES: Final = _listed(move_tones("nguyễn phạm huỳnh trời táo địa tấm cám tơ trăng phật chúa lào"))

#: Begins with a capital after a title, and is part of no name.
NEVER: Final = _listed(
    move_tones(
        "bộ sở ban cục vụ viện ubnd hđnd uỷ phó giám trưởng phòng đảng hội toà khu tỉnh huyện xã "
        "phường "
        "quận thôn đơn trại bệnh quỹ lớp khối tổ đường phố bhxh bhyt bhtn zalo facebook viber "
        "email cccd "
        "cmnd vneid vssid điều khoản chương mục phụ biểu bí phật kính xin khi nếu do vì tại theo tháng "
        "ngày"
    )
)

#: These only where they come first.
NEVER_FIRST: Final = _listed(
    move_tones(
        "tổng ong chủ nhà cơ nước tôi em anh chị ông bà cháu con và của được có không chúa trời từ thứ thủ "
        "đại đội"
    )
)

#: Of these the first is a name as well as the beginning of an office or a place; folded.
NEVER_TOGETHER: Final = _listed(
    "chuyen khoa|chuyen vien|chuyen mon|chuyen gia|chuyen trach|de an|du an|chuong trinh|tai khoan|"
    "cong ty|cong an|cong nhan|cong doan|cong van|cong chuc|cong trinh|cong nghiep|quoc hoi|quoc gia|"
    "chinh quyen|chinh sach|chi cuc|chi nhanh|chi bo|trung tam|trung uong|trung ta|dai hoc|dai bieu|"
    "dai dien|dai ta|truong hoc|truong tieu|truong trung|truong mam|truong dai|truong thpt|"
    "truong thcs|thong tu|thong bao|nghi dinh|nghi quyet|quyet dinh|ngan hang|ngan sach|hoc vien|"
    "hoc sinh|nha may|nha nuoc|nha truong|thuong binh|trong tai|tham phan|ba dinh|liet si|liet sy|"
    "hang mot|luat lao|luat bao|luat viec|mau so|duc phat|thanh pho|van phong|van thu|viet nam|"
    "han quoc|nhat ban|dai loan|trung quoc|thanh tra|thanh vien|thanh nien|phong lao|phong noi|"
    "phong tai|phong to|phong ban|phong kham|quy bo|quy co|quy vi|quy ong|quy ba|quy cong|quy don|"
    "doan luat|doan thanh|doan cong|doan dai|doan vien|doan kiem|bao hiem|lao dong|nhan dan|"
    "nhan vien|ho ngheo|ho gia|hoi dong|ba me|anh hung|bao ve|tai chinh|y te|giao duc|giao vien|"
    "duong day|kim ngach|truong hop|doc gia|doc hoi|dan cu|dan so|dan toc|mat tran|tin dung|buu dien|"
    "thuy dien|hai quan|thue co|nam bo|bac bo|nam dinh|ho chi|chinh phu|hop tac|hop dong|dich vu|"
    "hoa binh|an giang|thai binh|quang nam|quang ninh|quang ngai|quang binh|quang tri|binh duong|"
    "binh dinh|binh phuoc|binh thuan|ha noi|ha nam|ha tinh|ha giang|hai phong|hai duong|da nang|hoa ky|"
    "nghe an|thanh hoa|can tho|hau giang|tien giang|kien giang|ben tre|ca mau|bac lieu|bac ninh|"
    "bac giang|bac kan|lao cai|lai chau|dien bien|son la|lang son|cao bang|yen bai|phu tho|phu yen|"
    "vinh phuc|vinh long|hung yen|ninh binh|ninh thuan|khanh hoa|dak lak|dak nong|gia lai|kon tum|"
    "lam dong|dong nai|dong thap|long an|tay ninh|tra vinh|soc trang|vung tau|thua thien|tuyen quang|"
    "thai nguyen|sai gon|dien luc|thanh lap|loi ich",
    "|",
)

#: The same, but only where the second is in small letters (Văn hóa, unlike Văn Hòa); folded.
NO_NAMES_IF_SMALL: Final = _listed(
    "van hoa|hieu truong|hieu pho|cam on|si quan|si noi|van ban|thanh tich|kinh thua", "|"
)
