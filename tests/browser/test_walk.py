"""The main job in the browser: a nomination from the unit's desk to the signed Giấy khen, by those whose work it is."""

import re

from playwright.sync_api import expect

from tests.browser.department import Department, until
from tests.browser.desk import Desk
from workflows.queries.observation import observe
from workflows.queries.verification import verify

COUNCIL = ["giam_doc", "chanh_vp", *(f"uy_vien_{number}" for number in range(1, 8))]
NOMINEE = {
    "nominees-0-kind": "person",
    "nominees-0-title": "ba",
    "nominees-0-name": "Nguyễn Thị Ví Dụ",
    "nominees-0-position": "Chuyên viên",
    "nominees-0-citizen_id": "999200000001",
    "nominees-0-target": "G1",
    "nominees-0-content": "II.3",
    "nominees-0-achieved_on": "2021-10-15",
    "nominees-0-work": "Đã có thành tích xuất sắc trong công tác phòng, chống dịch COVID-19",
    "nominees-0-summary": "Trực 45 ngày tại khu cách ly.",
}
LETTER = {
    "letter_date": "2021-10-18",
    "letter_signer": "Nguyễn Văn Giả Sử",
    "letter_signer_title": "Trưởng phòng",
}


SHEET = {
    f"sheet-{n}-{name}": told for n in (0, 1) for name, told in {"met": "met", "evidence": "Báo cáo thành tích"}.items()
}
"""The two standards for a person, met by the report."""


def test_a_thematic_nomination_is_voted_on_signed_announced_and_closed(department: Department) -> None:
    unit = Desk(department, "don_vi_a")
    number = unit.opens_dossier("thematic")
    for paper in ("request_letter", "achievement_report", "meeting_minutes"):
        unit.attaches(paper)
    unit.fills({"stage": "gd1_2021", "outside_plan": "false", "unit_meeting_on": "2021-10-15", **LETTER, **NOMINEE})
    unit.presses("Gửi hồ sơ")

    officer = handled_by_the_office(department)
    expect(officer.page.locator(".days, .due").first).to_be_visible()
    officer.fills({"lines-0-criteria": "met", "lines-0-block": "none", "lines-0-verdict": "eligible", **SHEET})
    officer.presses("Đạt, chuyển xét khen")

    officer.opens_round()
    officer.opens("Lập bảng tổng hợp").ticks("dossiers", [number])
    officer.fills({"meeting_on": "2021-10-22", "chair": "giam_doc"}).presses("Gửi giấy mời và tài liệu")
    officer.opens("Ghi thành viên dự họp").ticks("present", COUNCIL)
    officer.fills({"teller_head": "uy_vien_1"}).presses("Phát phiếu")
    for member in COUNCIL:
        Desk(department, member).opens("Phiếu biểu quyết").fills({"lines-0-vote": "yes"}).presses("Gửi phiếu")
    Desk(department, "uy_vien_1").opens("Biên bản kiểm phiếu").presses("Xác nhận kiểm phiếu")
    minutes = {"secretary": "chuyen_vien", "conclusion": "Hội đồng nhất trí."}
    officer.opens("Biên bản họp Hội đồng").fills(minutes).presses("Kết thúc biên bản")

    signed_and_numbered(department)
    Desk(department, "don_vi_a").opens("Xác nhận chính tả").presses("Đúng hết, cho in")
    officer.opens("Công bố").fills({"announced_on": "2021-10-22", "way": "at_unit"}).presses("Đã công bố")
    archive = {"archived_on": "2021-10-22", "archive_place": "Kho Văn phòng"}
    officer.opens("Lưu hồ sơ").fills(archive).presses("Lưu hồ sơ")

    closed = observe(department.db, number)
    assert (closed.status, closed.end) == ("da-luu", "dossier_archived")
    assert closed.facts.lines[0].values["decisions.bonus.amount"] == 450_000
    the_auditor_sees_a_whole_history(department, number)
    assert all(each.ok for each in verify(department.db))


def test_an_ad_hoc_nomination_is_signed_without_a_council(department: Department) -> None:
    unit = Desk(department, "don_vi_c")
    number = unit.opens_dossier("ad_hoc")
    for paper in ("request_letter", "achievement_summary"):
        unit.attaches(paper)
    unit.fills({"outside_plan": "true", "prompt_reason": "Cứu người mắc kẹt, cần khen ngay.", **LETTER, **NOMINEE})
    unit.presses("Gửi hồ sơ")
    officer = handled_by_the_office(department)
    officer.fills({"lines-0-criteria": "met", "lines-0-block": "none", "lines-0-verdict": "eligible", **SHEET})
    officer.presses("Đạt, chuyển xét khen")
    signed_and_numbered(department)
    until(lambda: observe(department.db, number).status == "da-khen", "the result's return to the dossier")
    unit.opens("Xác nhận chính tả").presses("Đúng hết, cho in")
    officer.opens("Công bố")
    assert not any(task == "cast_ballot" for task in observe(department.db, number).open)


def handled_by_the_office(department: Department) -> Desk:
    """The records clerk receives, the head of office assigns, the officer has the appraisal open."""
    clerk = Desk(department, "van_thu").opens("Tiếp nhận")
    clerk.fills({"received_on": "2021-10-18", "full_on": "2021-10-18"}).presses("Tiếp nhận, vào số")
    Desk(department, "chanh_vp").opens("Phân công").fills({"officer": "chuyen_vien"}).presses("Phân công")
    return Desk(department, "chuyen_vien").opens("Thẩm định")


def signed_and_numbered(department: Department) -> None:
    """The decision is drafted, initialled, signed and numbered, each by another person; its PDF is there."""
    officer = Desk(department, "chuyen_vien").opens("Dự thảo Quyết định")
    officer.fills({"abstract": "Về việc tặng Giấy khen", "grounds": "Căn cứ Luật Thi đua, khen thưởng"})
    officer.presses("Chuyển ký nháy")
    Desk(department, "chanh_vp").opens("ký nháy").presses("Ký nháy")
    Desk(department, "giam_doc").opens("Ký Quyết định").presses("Ký")
    Desk(department, "van_thu").opens("Cấp số").fills({"decision_date": "2021-10-22"}).presses("Cấp số, phát hành")
    department.settled()
    officer.page.goto("/rounds")
    officer.page.locator('main a[href^="/rounds/"]', has_text=re.compile("ĐX-")).first.click()
    paper = officer.page.get_by_role("link", name=re.compile("Quyết định khen thưởng số")).first
    found = officer.page.request.get(str(paper.get_attribute("href")))
    assert found.body().startswith(b"%PDF-")


def the_auditor_sees_a_whole_history(department: Department, number: str) -> None:
    """The auditor's trace shows the steps, the diagram with its mark, and that the history is whole."""
    auditor = Desk(department, "kiem_tra")
    auditor.page.goto(f"/trace/{number}")
    main = auditor.page.locator("main")
    expect(main).to_contain_text("Lập hồ sơ đề nghị khen thưởng")
    expect(main).to_contain_text(re.compile(r"toàn vẹn đến sự kiện \d+"))
    mark = auditor.page.locator(".bjs-powered-by").first
    expect(mark).to_be_visible()
