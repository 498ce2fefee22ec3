"""Normalising characters for the patterns: traditional characters of converted pages, kana used as numerals, and points
used as full stops.

Each character is replaced by exactly one, so that all places stay the same.
"""

from __future__ import annotations

import re

_SIMPLIFIED = (
    "万与专业东两个为为举义乡书争于产亩亲亿从们众众优会传体余侨儿党关写况几划则刚创别办务动势区医协单卫厅县参发台号后吨启启员团园围国图场坚处备复复头奋妇学实审对导将届属巩干并广归当录彻径志态总战户扎扩扫护"
    "报择换据撑无旧时显暂术机权条来极构标栏检残汇没济浏点牵独环现监盖着码确礼积称稳筹签类紧级纪纯纲组细织终经结绕统继绩续维编网职联节范见规览计认议记设访评识词语说请读谋负财责账质贯贴转辑过运还这进远连适选"
    "时一二八遗释里里铁银链镇长门闭问间闻阅阅队阶际难页项顺顾预领题馆骤"
)
_TRADITIONAL = (
    "萬與專業東兩個為爲舉義鄉書爭於產畝親億從們眾衆優會傳體餘僑兒黨關寫況幾劃則剛創別辦務動勢區醫協單衛廳縣參發臺號後噸啓啟員團園圍國圖場堅處備復複頭奮婦學實審對導將屆屬鞏幹並廣歸當錄徹徑誌態總戰戶紮擴掃護"
    "報擇換據撐無舊時顯暫術機權條來極構標欄檢殘匯沒濟瀏點牽獨環現監蓋著碼確禮積稱穩籌簽類緊級紀純綱組細織終經結繞統繼績續維編網職聯節範見規覽計認議記設訪評識詞語說請讀謀負財責賬質貫貼轉輯過運還這進遠連適選"
    "時ーニハ遺釋裏裡鐵銀鏈鎮長門閉問間聞閱閲隊階際難頁項順顧預領題館驟"
)
_TABLE = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


_POINT = re.compile(r"(?<=[\u4e00-\u9fff”）)])(?<![一二三四五六七八九十百])[.．](?=[\u4e00-\u9fff“\d\s]|$)")


def simplified_text(text: str) -> str:
    """Return the text with the characters that the patterns know simplified."""
    return text.translate(_TABLE)


def with_full_stops(text: str) -> str:
    """Return the text with full stops instead of points, if its sentences end with points."""
    plain, points = _POINT.subn("。", text)
    return plain if points > text.count("。") else text


def as_printed(words: str, text: str) -> str:
    """Return words found in the simplified text as the text prints them, ignoring spaces between."""
    places = [place for place, sign in enumerate(text) if not sign.isspace()]
    found = simplified_text("".join(text.split())).find("".join(words.split()))
    if found < 0:
        return words
    printed = iter(text[place] for place in places[found:])
    return "".join(sign if sign.isspace() else next(printed) for sign in words)
