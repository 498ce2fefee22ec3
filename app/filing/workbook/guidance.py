"""What the sheet 填表说明 says: how a form is filled in and handed back."""

from __future__ import annotations

from app.filing.core.content import PERCENT_CEILING
from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast, MeasureStatus
from app.filing.workbook.layout import (
    FORM,
    INDICATORS,
    TASKS,
    member_labels,
)
from app.periods.rules import Quarter


def guidance_sentences(quarter: Quarter) -> tuple[str, ...]:
    """Return the sentences of the guidance, the title first."""
    return (
        f"{quarter.words}填报表：填表说明",
        f"1. 在“{FORM.name}”工作表中，每行是本部门承担的一项举措。只填白色的格；灰色的格供对照，不能改动。",
        f"2. 在“{TASKS.name}”工作表中，每行是举措的一项任务。年内已经办结的选“是”，需要说明的写一句。",
        "3. 进展情况写清做了什么、到什么程度，用数字说话。格内换行请按 Alt+Enter。",
        f"4. 完成率是占年度目标的百分比，填 0 至 {PERCENT_CEILING} 之间的整数，不写百分号；"
        f"本季度末的序时进度是 {quarter.elapsed_percent}。",
        f"5. 举措状态从下拉列表中选：{'、'.join(member_labels(MeasureStatus))}。选“暂停”或“取消”的，须写明原因。",
        f"6. 年底预计从下拉列表中选：{'、'.join(member_labels(Forecast))}。",
        f"7. 亮灯由系统按完成率计算。与实际不符时，可在“调整亮灯”中选：{'、'.join(member_labels(Light))}，并写明理由；"
        "不调整的，两格都空着。",
        f"8. 在“{INDICATORS.name}”工作表中，每行是牵头举措的一个量化指标，照“怎样填”一列填，只填数字；比率另填分母。",
        "9. 整行灰色的，是已经提交、审签或采用的填报，现在不能修改。",
        "10. 请不要新增、删除、移动行和列，不要改工作表名称和表头，不要写公式。",
        "11. 填好后保存，在系统“本季填报”的“用 Excel 填报”页上传。上传后先列出改动，核对确认后才保存；"
        "没有改动的举措保持原样，可以分几次、分几个人填。",
        "12. 下载以后别人又在系统中改过的举措，会把两份文字并列出来，由您决定用哪一份。",
        "13. 上传只是保存，不是提交。全部填好后，请在系统中逐项提交。",
    )
